/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule that several entities share: a period ends after it begins. */
#include "config.h"

#include "schema/entities/kaf-period.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-validation-error.h"

gboolean
kaf_period_validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  const char *from = get ("valid_from", data);
  const char *to = get ("valid_to", data);
  g_autofree char *first = from != NULL ? kaf_date_start (from) : NULL;
  g_autofree char *last = to != NULL ? kaf_date_end (to) : NULL;

  if (first == NULL || last == NULL || strcmp (first, last) <= 0)
    return TRUE;

  *field = "valid_to";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("The end stands before the beginning: correct one of the two dates."));
  return FALSE;
}
