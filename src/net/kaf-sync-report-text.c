/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-sync-report-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-role.h"

char *
kaf_sync_report_text_settled (guint n, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);

  if (n == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%s edit that was kept aside has been decided on",
                                    "%s edits that were kept aside have been decided on", n),
                          number);
}

char *
kaf_sync_report_text_rights (const KafSyncReport *report, const char *role, KafLang lang)
{
  const KafRole *of_now = role != NULL ? kaf_role_find (role) : NULL;
  g_autofree char *before = kaf_number_format (report->n_before, lang);
  g_autofree char *now = kaf_number_format (report->n_after, lang);
  g_autofree char *heading = NULL;

  if (!report->regranted)
    return NULL;
  if (of_now != NULL)
    /* Translators: the name of a role */
    heading = g_strdup_printf (_ ("Your rights have changed (%s)"), _ (of_now->label));
  else
    heading = g_strdup (_ ("Your rights have changed"));
  /* Translators: "Your rights have changed", then numbers of records */
  return g_strdup_printf (_ ("%s: records on this device before: %s · now: %s"), heading, before,
                          now);
}
