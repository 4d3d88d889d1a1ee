/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission needs of the convention it relies on: in force when it begins, else a warning; in force and signed
 * to leave step 7. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "rules/convention/kaf-convention-rules.h"
#include "rules/kaf-rulebook.h"

enum
{
  NONE,
  NONE_BLOCKS,
  NOT_IN_FORCE,
  NOT_IN_FORCE_BLOCKS,
  NOT_SIGNED,
  NOT_SIGNED_BLOCKS,
  ENDS_BEFORE,
  TERM_UNKNOWN,
};

/* Each of the first comes with what it is at step 7. */
const KafRule kaf_cover_rules[] = {
  [NONE] = { "mission-without-convention", KAF_FINDING_WARNS, "mission", "conventions",
             N_ ("The mission relies on no convention."),
             N_ ("Choose the convention it is part of, or begin one: step 7 needs it.") },
  [NONE_BLOCKS] = { "mission-convention-required", KAF_FINDING_BLOCKS, "mission", "conventions",
                    N_ ("The mission relies on no convention."),
                    N_ ("Choose a convention that is signed and in force.") },
  [NOT_IN_FORCE] = { "mission-convention-over", KAF_FINDING_WARNS, "convention", "ends_on",
                     N_ ("%s is not in force on %s."),
                     N_ ("Have it extended by an amendment, or choose another one: step 7 needs "
                         "a convention in force.") },
  [NOT_IN_FORCE_BLOCKS] = { "mission-convention-not-in-force", KAF_FINDING_BLOCKS, "convention",
                            "ends_on", N_ ("%s is not in force on %s."),
                            N_ ("Sign an amendment that extends it, or choose a convention in "
                                "force.") },
  [NOT_SIGNED] = { "mission-convention-unsigned", KAF_FINDING_WARNS, "convention", "signed_on",
                   N_ ("%s is not signed yet."), N_ ("Have it signed before step 7 ends.") },
  [NOT_SIGNED_BLOCKS] = { "mission-convention-not-signed", KAF_FINDING_BLOCKS, "convention",
                          "signed_on", N_ ("%s is not signed yet."),
                          N_ ("Have it signed and enter the day, or choose a signed "
                              "convention.") },
  [ENDS_BEFORE] = { "mission-convention-ends-before", KAF_FINDING_WARNS, "convention", "ends_on",
                    N_ ("%s ends on %s, before the mission does on %s."),
                    N_ ("Prepare an amendment that extends it, or bring the mission forward.") },
  [TERM_UNKNOWN] = { "mission-convention-term-unknown", KAF_FINDING_WARNS, "convention", "ends_on",
                     N_ ("%s may be over: its paper does not state a term."),
                     N_ ("Look for the term in the signed paper before the mission relies on "
                         "it.") },
  { NULL },
};

static KafFinding *
add (KafFindings *findings, guint rule, const KafConvention *act, const char *mission)
{
  KafFinding *finding = kaf_findings_add (findings, &kaf_cover_rules[rule],
                                          act != NULL ? act->id : mission, KAF_DAY_UNKNOWN);

  if (act != NULL)
    kaf_finding_add_record (findings, finding, "convention", act->id);
  kaf_finding_set_of (findings, finding, "mission", mission);
  return finding;
}

/* On its last day it is over, or before that by what is signed. */
static void
check_end (KafFindings *findings, const KafConvention *act, const char *mission, KafDay until)
{
  g_autoptr (KafStanding) then = kaf_convention_stand (act, until);
  KafFinding *finding;

  if (then->state != KAF_CONVENTION_EXPIRED && then->state != KAF_CONVENTION_TERMINATED)
    return;
  finding = add (findings, ENDS_BEFORE, act, mission);
  kaf_finding_add_day (finding, then->until);
  kaf_finding_add_day (finding, until);
}

gboolean
kaf_convention_covers (KafFindings *findings,
                       const KafConvention *act,
                       const char *mission,
                       KafDay from,
                       KafDay until,
                       KafCoverMoment moment)
{
  guint at_step = moment == KAF_COVER_STEP_7 ? 1 : 0;
  KafDay day = from != KAF_DAY_UNKNOWN ? MAX (from, findings->day) : findings->day;
  g_autoptr (KafStanding) standing = NULL;

  if (act == NULL)
    {
      add (findings, NONE + at_step, NULL, mission);
      return at_step == 0;
    }
  standing = kaf_convention_stand (act, day);
  if (act->signed_on == KAF_DAY_UNKNOWN || act->signed_on > findings->day)
    {
      add (findings, NOT_SIGNED + at_step, act, mission);
      return at_step == 0;
    }
  if (standing->state != KAF_CONVENTION_IN_FORCE)
    {
      kaf_finding_add_day (add (findings, NOT_IN_FORCE + at_step, act, mission), day);
      return at_step == 0;
    }
  if (standing->term == KAF_TERM_UNKNOWN)
    add (findings, TERM_UNKNOWN, act, mission);
  if (until != KAF_DAY_UNKNOWN && until > day)
    check_end (findings, act, mission, until);
  return TRUE;
}
