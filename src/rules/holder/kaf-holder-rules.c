/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-holder-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/holder/kaf-score-facts.h"
#include "rules/kaf-rulebook.h"

enum
{
  STALE,
  NEVER_CONTACTED,
  NEXT_ACTION,
  WITHOUT_COUNSELLOR,
  UNMOVED,
  OVERRIDE_ENDS,
  UNANSWERED,
  WITHOUT_CONSENT,
};

const KafRule kaf_holder_rules[] = {
  [STALE] = { "holder-stale", KAF_FINDING_WARNS, "project_holder", NULL,
              N_ ("The last exchange with %s was on %s."),
              N_ ("Get in touch with the project holder and note the exchange."), .by = "contact" },
  [NEVER_CONTACTED] = { "holder-never-contacted", KAF_FINDING_WARNS, "project_holder", NULL,
                        N_ ("%s is registered since %s, and no exchange is noted."),
                        N_ ("Get in touch with the project holder and note the exchange."),
                        .by = "contact" },
  [NEXT_ACTION] = { "holder-next-action", KAF_FINDING_DUE, "project_holder", NULL,
                    N_ ("The next action for %s is due on %s."),
                    N_ ("Note what was done, and what follows."), .by = "contact" },
  [WITHOUT_COUNSELLOR] = { "holder-without-counsellor", KAF_FINDING_WARNS, "project_holder",
                           "counsellor", N_ ("Nobody follows the file of %s."),
                           N_ ("Name the counsellor who accompanies the project holder.") },
  [UNMOVED] = { "project-unmoved", KAF_FINDING_WARNS, "project", NULL,
                N_ ("The project “%s” is at the stage “%s” since %s."),
                N_ ("Note how far the project is, or that it was given up."),
                .by = "project_stage" },
  [OVERRIDE_ENDS] = { "tier-decision-ends", KAF_FINDING_DUE, "project_holder", NULL,
                      N_ ("The tier decided for %s ends on %s."),
                      N_ ("Decide anew, or let the score count again."), .by = "tier_override" },
  [UNANSWERED] = { "relay-unanswered", KAF_FINDING_DUE, "relay", "answer",
                   N_ ("An answer to “%s” is expected by %s."),
                   N_ ("Ask the relay, and note the answer.") },
  [WITHOUT_CONSENT] = { "relay-without-consent", KAF_FINDING_WARNS, "project_holder", NULL,
                        N_ ("%s was passed on to a relay on %s and has not agreed to any sharing "
                            "of data."),
                        N_ ("Ask for the consent and note it, or ask the relay to delete what it "
                            "was told.") },
  { NULL },
};

/* @args: the record itself, then a day. */
static KafFinding *
add (KafFindings *findings, guint rule, guint32 rid, KafDay due, const char *who)
{
  KafFinding *finding = kaf_findings_add (findings, &kaf_holder_rules[rule], NULL, due);

  finding->rid = rid;
  finding->who = kaf_findings_keep (findings, who);
  kaf_finding_add_row (finding, kaf_holder_rules[rule].entity, rid);
  return finding;
}

static guint
get_stale_days (const KafHolderThresholds *limits, char tier)
{
  if (tier == 'a')
    return limits->stale_a;
  return tier == 'b' ? limits->stale_b : limits->stale;
}

/* Whom to call first is late; of the others there is no day. */
static void
check_exchanges (KafFindings *findings,
                 const KafHolderThresholds *limits,
                 const KafHolderFile *file)
{
  guint days = get_stale_days (limits, file->tier);
  gboolean never = file->last_contact_on == KAF_DAY_UNKNOWN;
  KafDay since = never ? file->registered_on : file->last_contact_on;
  KafDay due = file->tier == 'a' || file->tier == 'b' ? since + days : KAF_DAY_UNKNOWN;

  if (since == KAF_DAY_UNKNOWN || since >= findings->day || findings->day - since <= days)
    return;
  kaf_finding_add_day (
      add (findings, never ? NEVER_CONTACTED : STALE, file->rid, due, file->counsellor), since);
}

void
kaf_holder_check (KafFindings *findings,
                  const KafHolderThresholds *limits,
                  const KafHolderFile *file)
{
  if (file->next_on != KAF_DAY_UNKNOWN &&
      file->next_on <= findings->day + findings->thresholds.lapse_second)
    kaf_finding_add_day (add (findings, NEXT_ACTION, file->rid, file->next_on, file->counsellor),
                         file->next_on);
  if (file->launched)
    return;
  check_exchanges (findings, limits, file);
  if (file->counsellor == NULL)
    add (findings, WITHOUT_COUNSELLOR, file->rid, KAF_DAY_UNKNOWN, NULL);
}

void
kaf_holder_check_project (KafFindings *findings,
                          const KafHolderThresholds *limits,
                          guint32 rid,
                          const char *person,
                          const char *stage,
                          KafDay since,
                          const char *who)
{
  KafStage now = kaf_stage_from_id (stage);
  KafFinding *finding;

  if (now == KAF_STAGE_NONE || now >= KAF_STAGE_LAUNCHED || since >= findings->day ||
      findings->day - since <= limits->unmoved)
    return;
  finding = add (findings, UNMOVED, rid, KAF_DAY_UNKNOWN, who);
  kaf_finding_add_choice (finding, "project_stage", kaf_stage_id (now));
  kaf_finding_add_day (finding, since);
  kaf_finding_set_of (findings, finding, "project_holder", person);
}

void
kaf_holder_check_override (KafFindings *findings,
                           const KafHolderThresholds *limits,
                           guint32 rid,
                           KafDay until,
                           const char *who)
{
  if (until >= findings->day && until - findings->day <= limits->override_soon)
    kaf_finding_add_day (add (findings, OVERRIDE_ENDS, rid, until, who), until);
}

void
kaf_holder_check_relay (KafFindings *findings, guint32 rid, KafDay answer_by, const char *who)
{
  if (answer_by != KAF_DAY_UNKNOWN && answer_by <= findings->day + findings->thresholds.lapse_last)
    kaf_finding_add_day (add (findings, UNANSWERED, rid, answer_by, who), answer_by);
}

void
kaf_holder_check_sharing (KafFindings *findings, guint32 rid, KafDay sent_on, const char *who)
{
  if (sent_on != KAF_DAY_UNKNOWN && sent_on <= findings->day)
    kaf_finding_add_day (add (findings, WITHOUT_CONSENT, rid, KAF_DAY_UNKNOWN, who), sent_on);
}
