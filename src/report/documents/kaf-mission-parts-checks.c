/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks of a step: what was asked, how it stood, and the reason of who settled it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "report/documents/kaf-mission-parts.h"

static const char *
tell_state (const KafDoc *doc, const KafMissionRule *rule, KafCheckState state)
{
  gboolean gate = rule->rule.kind == KAF_FINDING_BLOCKS;

  switch (state)
    {
    case KAF_CHECK_MET:
      return kaf_doc_word (doc, "met");
    case KAF_CHECK_SETTLED:
      return gate ? kaf_doc_word (doc, "overridden") : kaf_doc_word (doc, "justified");
    case KAF_CHECK_UNKNOWN:
      return kaf_doc_word (doc, "unknown here");
    case KAF_CHECK_FAILS:
    default:
      return gate ? kaf_doc_word (doc, "blocks") : kaf_doc_word (doc, "to verify");
    }
}

const char *
kaf_mission_parts_author (const KafAct *act)
{
  return act->paper_name != NULL ? act->paper_name : act->by;
}

static char *
tell_reason (const KafDoc *doc, const KafDocumentContext *context, const KafAct *act)
{
  g_autofree char *iso = kaf_day_to_iso (kaf_act_get_day (act));
  g_autofree char *day = iso != NULL ? kaf_date_format (iso, context->lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *reason = kaf_bidi_isolate (act->reason);
  g_autofree char *by = kaf_bidi_isolate (kaf_mission_parts_author (act));

  return kaf_doc_print (doc, "Reason: %1$s (%2$s, %3$s)", reason, by, day);
}

void
kaf_mission_parts_overridden (KafDoc *doc, const KafMissionRule *rule, KafCheckState state)
{
  g_autofree char *text = NULL;

  if (state != KAF_CHECK_SETTLED || rule->rule.kind != KAF_FINDING_BLOCKS)
    return;
  text = kaf_doc_print (doc, "Overridden condition: %s", kaf_doc_word (doc, rule->label));
  kaf_doc_warn (doc, text);
}

void
kaf_mission_parts_checks (KafDoc *doc)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "Check"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "State"), 0, KAF_DOC_START },
    { kaf_doc_word (doc, "Remarks"), 5, KAF_DOC_START },
    { NULL },
  };

  kaf_doc_heading (doc, 3, kaf_doc_word (doc, "Checks"));
  kaf_doc_table (doc, columns);
}

void
kaf_mission_parts_check (KafDoc *doc,
                         const KafDocumentContext *context,
                         const KafMissionRule *rule,
                         KafCheckState state,
                         const char *found,
                         const KafAct *act)
{
  g_autofree char *reason =
      act != NULL && act->reason != NULL ? tell_reason (doc, context, act) : NULL;
  g_autofree char *remarks = g_strdup_printf (
      "%s%s%s", found, *found != '\0' && reason != NULL ? "\n" : "", reason != NULL ? reason : "");

  kaf_doc_row (doc, (const char *[]){ kaf_doc_word (doc, rule->label),
                                      tell_state (doc, rule, state), remarks });
}
