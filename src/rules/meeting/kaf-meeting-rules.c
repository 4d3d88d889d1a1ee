/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/meeting/kaf-meeting-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-rulebook.h"

enum
{
  PAST,
  UNAPPROVED,
  OVERDUE,
  SOON,
};

const KafRule kaf_meeting_rules[] = {
  [PAST] = { "meeting-past-planned", KAF_FINDING_LATE, "meeting", "state",
             N_ ("%s was to be held on %s and is still “planned”."),
             N_ ("Say whether it was held or cancelled.") },
  [UNAPPROVED] = { "minutes-not-approved", KAF_FINDING_LATE, "meeting", "approved_on",
                   N_ ("The minutes of %s, held on %s, are not approved."),
                   N_ ("Have the minutes approved, and enter the day and by whom.") },
  [OVERDUE] = { "decision-overdue", KAF_FINDING_LATE, "decision", "due_on",
                N_ ("A decision of %s was to be carried out by %s: %s"),
                N_ ("Remind who is responsible, or note that it is done and with what result.") },
  [SOON] = { "decision-due-soon", KAF_FINDING_DUE, "decision", "due_on",
             N_ ("A decision of %s is to be carried out by %s: %s"),
             N_ ("Ask who is responsible how far it is; mark it as done when it is done.") },
  { NULL },
};

void
kaf_meeting_check (KafFindings *findings, const char *id, KafDay held_on, gboolean held)
{
  KafDay due = held ? held_on + findings->thresholds.minutes : held_on;
  KafFinding *finding;

  if (held_on == KAF_DAY_UNKNOWN || due >= findings->day ||
      findings->day - held_on > findings->thresholds.expired)
    return;
  finding = kaf_findings_add (findings, &kaf_meeting_rules[held ? UNAPPROVED : PAST], id, due);
  kaf_finding_add_record (findings, finding, "meeting", id);
  kaf_finding_add_day (finding, held_on);
}

void
kaf_decision_check (KafFindings *findings, const char *id, const char *meeting, KafDay due_on)
{
  KafFinding *finding;

  if (due_on == KAF_DAY_UNKNOWN || due_on > findings->day + findings->thresholds.commitment_soon)
    return;
  finding = kaf_findings_add (findings, &kaf_meeting_rules[due_on < findings->day ? OVERDUE : SOON],
                              id, due_on);
  kaf_finding_add_record (findings, finding, "meeting", meeting);
  kaf_finding_add_day (finding, due_on);
  kaf_finding_add_record (findings, finding, "decision", id);
  kaf_finding_set_of (findings, finding, "meeting", meeting);
}
