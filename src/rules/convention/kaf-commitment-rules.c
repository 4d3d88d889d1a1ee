/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "rules/convention/kaf-convention-rules.h"
#include "rules/kaf-rulebook.h"

enum
{
  OVERDUE,
  SOON,
  IDLE_PARTY,
};

const KafRule kaf_commitment_rules[] = {
  [OVERDUE] = { "commitment-overdue", KAF_FINDING_LATE, "commitment", "due_on",
                N_ ("%s was to do by %s: %s"),
                N_ ("Remind the party, or note what was done and what shows it."),
                .by = "fulfilment" },
  [SOON] = { "commitment-due-soon", KAF_FINDING_DUE, "commitment", "due_on",
             N_ ("%s is to do by %s: %s"),
             N_ ("Ask the party how far it is; note what was done when it is done."),
             .by = "fulfilment" },
  [IDLE_PARTY] = { "party-without-commitment", KAF_FINDING_NOTES, "convention", NULL,
                   N_ ("%s is a party to %s and has no commitment in it."),
                   N_ ("Add what the paper has this party do.") },
  { NULL },
};

static gboolean
binds (KafConventionState state)
{
  return state == KAF_CONVENTION_SIGNED || state == KAF_CONVENTION_IN_FORCE;
}

void
kaf_commitment_check (KafFindings *findings,
                      const KafCommitment *commitment,
                      const KafBinding *binding,
                      KafDay open,
                      const char *convention)
{
  KafFinding *finding;

  if (!binds (binding->state) || open == KAF_DAY_UNKNOWN ||
      open > findings->day + findings->thresholds.commitment_soon ||
      (binding->last != KAF_DAY_UNKNOWN && open > binding->last))
    return;
  finding = kaf_findings_add (
      findings, &kaf_commitment_rules[open < findings->day ? OVERDUE : SOON], commitment->id, open);
  finding->rid = commitment->row;
  finding->who = kaf_findings_keep (findings, commitment->followed_by);
  finding->person = kaf_findings_keep (findings, commitment->responsible);
  kaf_finding_add_record (findings, finding, "organisation", commitment->party);
  kaf_finding_add_day (finding, open);
  if (commitment->id == NULL)
    kaf_finding_add_row (finding, "commitment", commitment->row);
  else
    kaf_finding_add_record (findings, finding, "commitment", commitment->id);
  kaf_finding_set_of (findings, finding, "convention", convention);
}

void
kaf_convention_check_idle_parties (KafFindings *findings,
                                   const KafConvention *act,
                                   const KafStanding *standing,
                                   GHashTable *busy,
                                   GHashTable *busy_above)
{
  for (guint i = 0; i < standing->parties->len; i++)
    {
      const KafParty *party = &g_array_index (standing->parties, KafParty, i);
      KafFinding *finding;

      if ((busy != NULL && g_hash_table_contains (busy, party->organisation)) ||
          (busy_above != NULL && g_hash_table_contains (busy_above, party->organisation)))
        continue;
      finding =
          kaf_findings_add (findings, &kaf_commitment_rules[IDLE_PARTY], act->id, KAF_DAY_UNKNOWN);
      kaf_finding_add_record (findings, finding, "organisation", party->organisation);
      kaf_finding_add_record (findings, finding, "convention", act->id);
      kaf_finding_set_of (findings, finding, "convention", act->id);
    }
}

/* Organisations that have something to do by @act on the day. (transfer full) (nullable) */
static GHashTable *
list_busy (const KafConvention *act, KafDay day)
{
  g_autoptr (GPtrArray) list = NULL;
  GHashTable *busy;

  if (act == NULL || !binds (kaf_convention_bind (act, day).state))
    return NULL;
  list = kaf_convention_list_commitments (act, day);
  busy = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < list->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (list, i);

      if (one->party != NULL)
        g_hash_table_add (busy, one->party);
    }
  return busy;
}

void
kaf_convention_check_commitments (KafFindings *findings,
                                  const KafConvention *act,
                                  const KafStanding *standing)
{
  const KafConvention *framework = kaf_convention_get_framework (act);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GHashTable) busy = NULL;
  g_autoptr (GHashTable) busy_above = NULL;

  if (act->commitments->len > 0)
    kaf_convention_check_unticked (findings, act, standing);
  if (act->kind == KAF_CONVENTION_AMENDMENT || !binds (standing->state))
    return;
  list = kaf_convention_list_commitments (act, findings->day);
  for (guint i = 0; i < list->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (list, i);
      KafBinding binding = kaf_convention_bind (one->act, findings->day);

      kaf_commitment_check (findings, one, &binding, kaf_commitment_get_open (one), act->id);
    }
  busy = list_busy (act, findings->day);
  busy_above = framework != act ? list_busy (framework, findings->day) : NULL;
  kaf_convention_check_idle_parties (findings, act, standing, busy, busy_above);
}
