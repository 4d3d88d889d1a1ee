/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/convention/kaf-convention-rules.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-rulebook.h"
#include "rules/network/kaf-mandate.h"

enum
{
  WITHOUT_FRAMEWORK,
  WITHIN_ITSELF,
  PARENT_MISSING,
  AMENDED_MISSING,
  FRAMEWORK_NOT_IN_FORCE,
  FEWER_THAN_TWO_PARTIES,
  WITHOUT_SIGNATORIES,
  PARTY_WITHOUT_SIGNATORY,
  WITHOUT_MANDATE,
  MANDATE_UNCERTAIN,
  WITHOUT_COPY,
  EXPIRED,
  LAPSING,
  RENEWAL_NOTICE,
  TERM_UNKNOWN,
  AMENDMENT_WITHOUT_END,
  AMENDMENT_CHANGES_NOTHING,
  AMENDMENT_DUTIES_UNTICKED,
};

const KafRule kaf_convention_rules[] = {
  [WITHOUT_FRAMEWORK] = { "specific-without-framework", KAF_FINDING_WARNS, "convention", "parent",
                          N_ ("%s is a specific convention and stands within no framework."),
                          N_ ("Name the framework convention that it stands within.") },
  [WITHIN_ITSELF] = { "convention-within-itself", KAF_FINDING_WARNS, "convention", "parent",
                      N_ ("%s stands within %s, which stands within it in turn."),
                      N_ ("Name in one of the two what it really stands within or amends.") },
  [PARENT_MISSING] = { "framework-missing", KAF_FINDING_NOTES, "convention", "parent",
                       N_ ("The framework that %s stands within is not on this device."),
                       N_ ("Ask who shares it with you, or name another framework.") },
  [AMENDED_MISSING] = { "amended-missing", KAF_FINDING_WARNS, "convention", "parent",
                        N_ ("The convention that %s amends is not here: the amendment changes "
                            "nothing."),
                        N_ ("Name the convention that it amends, or restore the deleted one.") },
  [FRAMEWORK_NOT_IN_FORCE] = { "framework-not-in-force", KAF_FINDING_WARNS, "convention", "parent",
                               N_ ("%s needs a framework in force on %s; %s was not."),
                               N_ ("Check the dates of both, or sign the framework or its "
                                   "renewal first.") },
  [FEWER_THAN_TWO_PARTIES] = { "fewer-than-two-parties", KAF_FINDING_WARNS, "convention", "parties",
                               N_ ("%s has fewer than two parties."),
                               N_ ("Add the parties as the paper names them.") },
  [WITHOUT_SIGNATORIES] = { "signed-without-signatories", KAF_FINDING_WARNS, "convention", NULL,
                            N_ ("%s is signed, and nobody is noted as having signed it."),
                            N_ ("Add a signatory for each party, by the office held that day.") },
  [PARTY_WITHOUT_SIGNATORY] = { "party-without-signatory", KAF_FINDING_WARNS, "convention", NULL,
                                N_ ("Nobody is noted as having signed %s for %s."),
                                N_ ("Add who signed for this party, by the office held that "
                                    "day.") },
  [WITHOUT_MANDATE] = { "signatory-without-mandate", KAF_FINDING_WARNS, "signatory", "mandate",
                        N_ ("%s signed %s on %s without holding that office on that day."),
                        N_ ("Correct the dates of the mandate, or choose the office held that "
                            "day.") },
  [MANDATE_UNCERTAIN] = { "signatory-mandate-uncertain", KAF_FINDING_NOTES, "signatory", "mandate",
                          N_ ("%s signed %s on %s; the dates of the mandate do not tell whether "
                              "it was held on that day."),
                          N_ ("Complete the dates of the mandate to the day.") },
  [WITHOUT_COPY] = { "signed-without-copy", KAF_FINDING_WARNS, "convention", NULL,
                     N_ ("No signed copy of %s is attached."),
                     N_ ("Attach the scan of the signed paper, as “signed copy”.") },
  [EXPIRED] = { "convention-expired", KAF_FINDING_LATE, "convention", "ends_on",
                N_ ("%s is over since %s."),
                N_ ("Sign an amendment that extends it or a new convention, or note that it was "
                    "ended.") },
  [LAPSING] = { "convention-lapsing", KAF_FINDING_WARNS, "convention", "ends_on",
                N_ ("%s ends on %s and nothing extends it."),
                N_ ("Prepare an amendment that extends it, or a new convention.") },
  [RENEWAL_NOTICE] = { "renewal-notice", KAF_FINDING_DUE, "convention", "tacit_renewal",
                       N_ ("%s renews itself after %s; notice can be given until %s."),
                       N_ ("Decide whether to go on; otherwise give notice in time.") },
  [TERM_UNKNOWN] = { "term-unknown", KAF_FINDING_NOTES, "convention", "ends_on",
                     N_ ("The term of %s is unknown: the paper does not state it."),
                     N_ ("Look for the term in the signed paper, or agree on it by an "
                         "amendment.") },
  [AMENDMENT_WITHOUT_END] = { "amendment-without-end", KAF_FINDING_WARNS, "convention", "ends_on",
                              N_ ("%s says that it changes the term and gives none."),
                              N_ ("Enter the new end, or tick “for an indefinite term”.") },
  [AMENDMENT_CHANGES_NOTHING] = { "amendment-changes-nothing", KAF_FINDING_WARNS, "convention",
                                  "changes",
                                  N_ ("%s is an amendment and does not say what it "
                                      "changes."),
                                  N_ ("Tick what it changes: only that is applied.") },
  [AMENDMENT_DUTIES_UNTICKED] = { "amendment-duties-unticked", KAF_FINDING_WARNS, "convention",
                                  "changes",
                                  N_ ("%s has commitments of its own and does not say that it "
                                      "changes them: they are not counted."),
                                  N_ ("Tick “the commitments” in what it changes.") },
  { NULL },
};

static KafFinding *
add_for (KafFindings *findings, const KafConvention *act, guint rule, const char *id, KafDay due)
{
  KafFinding *finding = kaf_findings_add (findings, &kaf_convention_rules[rule], id, due);

  kaf_finding_set_of (findings, finding, "convention", act->id);
  return finding;
}

static KafFinding *
add (KafFindings *findings, const KafConvention *act, guint rule, KafDay due)
{
  KafFinding *finding = add_for (findings, act, rule, act->id, due);

  kaf_finding_add_record (findings, finding, "convention", act->id);
  return finding;
}

static gboolean
is_over (const KafStanding *standing)
{
  return standing->state == KAF_CONVENTION_EXPIRED || standing->state == KAF_CONVENTION_TERMINATED;
}

static gboolean
is_signed (const KafStanding *standing)
{
  return standing->state >= KAF_CONVENTION_SIGNED;
}

/* What it stands within */

/* Signed on the same day counts, also when the framework takes effect later. */
static gboolean
allows_on (const KafConvention *framework, KafDay day)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (framework, day);

  return standing->state == KAF_CONVENTION_IN_FORCE || framework->signed_on == day;
}

/* Two devices, neither of which knew of the other, can close a circle. */
static void
check_circle (KafFindings *findings, const KafConvention *act)
{
  if (act->is_cut)
    kaf_finding_add_record (findings, add (findings, act, WITHIN_ITSELF, KAF_DAY_UNKNOWN),
                            "convention", act->parent_id);
}

static void
check_framework (KafFindings *findings, const KafConvention *act, const KafStanding *standing)
{
  const KafConvention *framework = kaf_convention_get_framework (act);
  KafDay day = is_signed (standing) ? act->signed_on : findings->day;
  KafFinding *finding;

  if (act->kind != KAF_CONVENTION_SPECIFIC || act->is_cut)
    return;
  if (framework == NULL)
    {
      gboolean elsewhere = act->parent_id != NULL && act->parent == NULL;

      add (findings, act, elsewhere ? PARENT_MISSING : WITHOUT_FRAMEWORK, KAF_DAY_UNKNOWN);
      return;
    }
  /* Both may be in preparation together. */
  if (!is_signed (standing) && framework->signed_on == KAF_DAY_UNKNOWN &&
      framework->terminated_on == KAF_DAY_UNKNOWN)
    return;
  if (allows_on (framework, day))
    return;
  finding = add (findings, act, FRAMEWORK_NOT_IN_FORCE, KAF_DAY_UNKNOWN);
  kaf_finding_add_day (finding, day);
  kaf_finding_add_record (findings, finding, "convention", framework->id);
}

static void
check_amendment (KafFindings *findings, const KafConvention *act, const KafStanding *standing)
{
  if (act->kind != KAF_CONVENTION_AMENDMENT)
    return;
  if (act->parent == NULL && !act->is_cut)
    add (findings, act, AMENDED_MISSING, KAF_DAY_UNKNOWN);
  if ((act->changes & KAF_CHANGES_END) != 0 && act->ends_on == KAF_DAY_UNKNOWN && !act->open_ended)
    add (findings, act, AMENDMENT_WITHOUT_END, KAF_DAY_UNKNOWN);
  if (act->changes == 0 && is_signed (standing))
    add (findings, act, AMENDMENT_CHANGES_NOTHING, KAF_DAY_UNKNOWN);
}

void
kaf_convention_check_unticked (KafFindings *findings,
                               const KafConvention *act,
                               const KafStanding *standing)
{
  if (act->kind == KAF_CONVENTION_AMENDMENT && (act->changes & KAF_CHANGES_DUTIES) == 0 &&
      !is_over (standing))
    add (findings, act, AMENDMENT_DUTIES_UNTICKED, KAF_DAY_UNKNOWN);
}

/* Who signed */

static gboolean
signed_for (const KafConvention *act, const char *organisation)
{
  for (guint i = 0; i < act->signatories->len; i++)
    {
      const KafSignatory *one = g_ptr_array_index (act->signatories, i);

      /* A mandate that is not here may be anybody's. */
      if (one->organisation == NULL || g_str_equal (one->organisation, organisation))
        return TRUE;
    }
  return FALSE;
}

/* Those of the act that is signed: of an amendment, all that were parties that day. */
static void
check_signatures (KafFindings *findings, const KafConvention *act)
{
  g_autoptr (KafStanding) then = NULL;

  if (act->signatories->len == 0)
    {
      add (findings, act, WITHOUT_SIGNATORIES, KAF_DAY_UNKNOWN);
      return;
    }
  then = kaf_convention_stand (act, act->signed_on);
  for (guint i = 0; i < then->parties->len; i++)
    {
      const KafParty *party = &g_array_index (then->parties, KafParty, i);
      KafFinding *finding;

      if (signed_for (act, party->organisation))
        continue;
      finding = add (findings, act, PARTY_WITHOUT_SIGNATORY, KAF_DAY_UNKNOWN);
      kaf_finding_add_record (findings, finding, "organisation", party->organisation);
    }
}

static void
check_mandates (KafFindings *findings, const KafConvention *act, GHashTable *mandates)
{
  for (guint i = 0; i < act->signatories->len; i++)
    {
      const KafSignatory *one = g_ptr_array_index (act->signatories, i);
      KafDay day = one->signed_on != KAF_DAY_UNKNOWN ? one->signed_on : act->signed_on;
      const KafMandate *mandate =
          one->mandate != NULL ? g_hash_table_lookup (mandates, one->mandate) : NULL;
      KafHeld held;
      KafFinding *finding;

      if (mandate == NULL || day == KAF_DAY_UNKNOWN)
        continue;
      held = kaf_mandate_held_on (mandate, day);
      if (held == KAF_HELD_YES)
        continue;
      finding = add_for (findings, act, held == KAF_HELD_NO ? WITHOUT_MANDATE : MANDATE_UNCERTAIN,
                         one->id, KAF_DAY_UNKNOWN);
      finding->rid = one->row;
      kaf_finding_add_record (findings, finding, "person", mandate->person);
      kaf_finding_add_record (findings, finding, "convention", act->id);
      kaf_finding_add_day (finding, day);
    }
}

/* Its term */

static void
check_renewal (KafFindings *findings, const KafConvention *act, const KafStanding *standing)
{
  guint notice = standing->term_by->notice_days;
  KafDay last_call = notice < standing->until ? standing->until - notice : KAF_DAY_UNKNOWN;
  KafFinding *finding;

  if (last_call < findings->day || last_call - findings->day > findings->thresholds.lapse_first)
    return;
  finding = add (findings, act, RENEWAL_NOTICE, last_call);
  kaf_finding_add_day (finding, standing->until);
  kaf_finding_add_day (finding, last_call);
}

static void
check_term (KafFindings *findings, const KafConvention *act, const KafStanding *standing)
{
  guint left = 0;

  if (act->kind == KAF_CONVENTION_AMENDMENT)
    return;
  if (standing->state == KAF_CONVENTION_EXPIRED && standing->until < findings->day &&
      findings->day - standing->until <= findings->thresholds.expired)
    kaf_finding_add_day (add (findings, act, EXPIRED, standing->until), standing->until);
  else if (standing->state == KAF_CONVENTION_IN_FORCE && standing->term == KAF_TERM_UNKNOWN)
    add (findings, act, TERM_UNKNOWN, KAF_DAY_UNKNOWN);
  /* Somebody has decided its end. */
  if (act->terminated_on != KAF_DAY_UNKNOWN ||
      !kaf_standing_days_left (standing, findings->day, &left))
    return;
  if (standing->term_by->tacit_renewal)
    check_renewal (findings, act, standing);
  else if (left <= findings->thresholds.lapse_first)
    kaf_finding_add_day (add (findings, act, LAPSING, standing->until), standing->until);
}

void
kaf_convention_check (KafFindings *findings,
                      const KafConvention *act,
                      const KafStanding *standing,
                      GHashTable *mandates)
{
  check_circle (findings, act);
  check_term (findings, act, standing);
  if (is_over (standing))
    return;
  check_framework (findings, act, standing);
  check_amendment (findings, act, standing);
  /* A draft is still being written. */
  if (act->kind != KAF_CONVENTION_AMENDMENT && standing->state != KAF_CONVENTION_DRAFT &&
      standing->parties->len < 2)
    add (findings, act, FEWER_THAN_TWO_PARTIES, KAF_DAY_UNKNOWN);
  if (!is_signed (standing))
    return;
  check_signatures (findings, act);
  check_mandates (findings, act, mandates);
  if (act->n_files_signed == 0)
    add (findings, act, WITHOUT_COPY, KAF_DAY_UNKNOWN);
}
