/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of conventions and commitments, each found and not found, on the days between the two. */
#include "config.h"

#include "rules/convention/kaf-convention-rules.h"
#include "rules/kaf-rulebook.h"
#include "rules/network/kaf-mandate.h"

typedef struct
{
  KafConventions *all;
  GHashTable *mandates;
} World;

static KafDay
day (const char *iso)
{
  KafDay found = kaf_day_parse (iso);

  g_assert_cmpuint (found, !=, KAF_DAY_UNKNOWN);
  return found;
}

static void
set_up (World *self, G_GNUC_UNUSED gconstpointer data)
{
  self->all = kaf_conventions_new ();
  self->mandates =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) kaf_mandate_free);
}

static void
tear_down (World *self, G_GNUC_UNUSED gconstpointer data)
{
  kaf_conventions_free (self->all);
  g_hash_table_unref (self->mandates);
}

static KafConvention *
add (World *self, const char *id, KafConventionKind kind, const char *parent, const char *signed_on)
{
  KafConvention *act = kaf_convention_new (id);

  act->kind = kind;
  act->parent_id = g_strdup (parent);
  act->signed_on = kaf_day_parse (signed_on);
  act->open_ended = kind != KAF_CONVENTION_AMENDMENT;
  act->n_files_signed = 1;
  g_strfreev (act->parties);
  act->parties = g_strsplit (kind == KAF_CONVENTION_AMENDMENT ? "" : "ministry|network", "|", -1);
  kaf_conventions_take (self->all, act);
  return act;
}

static void
sign (World *self, KafConvention *act, const char *party, const char *from, const char *to)
{
  KafSignatory *one = g_new0 (KafSignatory, 1);
  g_autofree char *id = g_strdup_printf ("mandate %s of %s", party, act->id);
  KafMandate *mandate = kaf_mandate_new (id, from, to);

  one->id = g_strdup_printf ("%s signs %s", party, act->id);
  one->mandate = g_strdup (id);
  one->organisation = g_strdup (party);
  mandate->person = g_strdup ("person");
  mandate->organisation = g_strdup (party);
  g_hash_table_insert (self->mandates, mandate->id, mandate);
  g_ptr_array_add (act->signatories, one);
}

/* An act that is in order: two parties that both signed. */
static KafConvention *
add_whole (
    World *self, const char *id, KafConventionKind kind, const char *parent, const char *signed_on)
{
  KafConvention *act = add (self, id, kind, parent, signed_on);

  sign (self, act, "ministry", "2000", NULL);
  sign (self, act, "network", "2000", NULL);
  return act;
}

static KafFindings *
look (World *self, const char *on)
{
  KafFindings *findings = kaf_findings_new (day (on), NULL);

  /* Once only: children would be tied twice. */
  if (self->all->roots->len == 0)
    kaf_conventions_tie (self->all);
  for (guint i = 0; i < self->all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->all->acts, i);
      g_autoptr (KafStanding) standing = kaf_convention_stand (act, findings->day);

      kaf_convention_check (findings, act, standing, self->mandates);
      kaf_convention_check_commitments (findings, act, standing);
    }
  kaf_findings_sort (findings);
  return findings;
}

/* How often the rule finds something; the last one found. */
static guint
count (const KafFindings *findings, const char *code, const KafFinding **last)
{
  guint n = 0;

  g_assert_nonnull (kaf_rulebook_find (code));
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);

      if (!g_str_equal (one->rule->code, code))
        continue;
      n++;
      if (last != NULL)
        *last = one;
    }
  return n;
}

static void
assert_found (World *self, const char *on, const char *code, guint n)
{
  g_autoptr (KafFindings) findings = look (self, on);

  g_test_message ("%s on %s", code, on);
  g_assert_cmpuint (count (findings, code, NULL), ==, n);
}

static void
assert_due (World *self, const char *on, const char *code, const char *due, KafUrgency urgency)
{
  g_autoptr (KafFindings) findings = look (self, on);
  const KafFinding *one = NULL;
  g_autofree char *iso = NULL;

  g_test_message ("%s on %s", code, on);
  g_assert_cmpuint (count (findings, code, &one), ==, 1);
  iso = kaf_day_to_iso (one->due);
  g_assert_cmpstr (iso, ==, due);
  g_assert_cmpstr (kaf_urgency_id (one->urgency), ==, kaf_urgency_id (urgency));
}

static void
test_framework (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *framework = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  KafConvention *specific = add_whole (self, "S", KAF_CONVENTION_SPECIFIC, "F", "2020-06-24");

  /* Signed the same day counts, also when it takes effect later. */
  assert_found (self, "2020-06-24", "framework-not-in-force", 0);
  framework->effective_on = day ("2020-09-01");
  assert_found (self, "2020-06-24", "framework-not-in-force", 0);
  framework->effective_on = KAF_DAY_UNKNOWN;
  specific->signed_on = day ("2020-06-23");
  assert_found (self, "2020-06-24", "framework-not-in-force", 1);

  /* On the last day of the framework, and the day after. */
  framework->open_ended = FALSE;
  framework->ends_on = day ("2024-02-29");
  specific->signed_on = day ("2024-02-29");
  assert_found (self, "2025-01-01", "framework-not-in-force", 0);
  specific->signed_on = day ("2024-03-01");
  assert_found (self, "2025-01-01", "framework-not-in-force", 1);

  /* A draft is asked for today; while both are drafts, for nothing. */
  specific->signed_on = KAF_DAY_UNKNOWN;
  assert_found (self, "2024-02-29", "framework-not-in-force", 0);
  assert_found (self, "2024-03-01", "framework-not-in-force", 1);
  framework->signed_on = KAF_DAY_UNKNOWN;
  assert_found (self, "2024-02-28", "framework-not-in-force", 0);
}

static void
test_framework_extended (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *framework = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  KafConvention *amendment = add_whole (self, "A", KAF_CONVENTION_AMENDMENT, "F", "2023-06-24");

  add_whole (self, "S", KAF_CONVENTION_SPECIFIC, "F", "2024-01-15");
  framework->open_ended = FALSE;
  framework->ends_on = day ("2023-06-24");
  amendment->changes = KAF_CHANGES_END;
  amendment->ends_on = day ("2026-06-24");
  assert_found (self, "2024-02-01", "framework-not-in-force", 0);
  amendment->ends_on = day ("2024-01-14");
  assert_found (self, "2024-02-01", "framework-not-in-force", 1);
}

static void
test_parents (World *self, G_GNUC_UNUSED gconstpointer data)
{
  add_whole (self, "alone", KAF_CONVENTION_SPECIFIC, NULL, "2020-06-24");
  add_whole (self, "away", KAF_CONVENTION_SPECIFIC, "elsewhere", "2020-06-24");
  add_whole (self, "lost", KAF_CONVENTION_AMENDMENT, "elsewhere", "2020-06-24");
  assert_found (self, "2020-07-01", "specific-without-framework", 1);
  assert_found (self, "2020-07-01", "framework-missing", 1);
  assert_found (self, "2020-07-01", "amended-missing", 1);
}

static void
test_parties (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");

  assert_found (self, "2020-07-01", "fewer-than-two-parties", 0);
  assert_found (self, "2020-07-01", "party-without-signatory", 0);
  g_ptr_array_set_size (act->signatories, 1);
  assert_found (self, "2020-07-01", "party-without-signatory", 1);
  g_clear_pointer (&((KafSignatory *) g_ptr_array_index (act->signatories, 0))->organisation,
                   g_free);
  /* A mandate that is not here may be anybody's. */
  assert_found (self, "2020-07-01", "party-without-signatory", 0);
  g_ptr_array_set_size (act->signatories, 0);
  assert_found (self, "2020-07-01", "party-without-signatory", 0);
  assert_found (self, "2020-07-01", "signed-without-signatories", 1);
  assert_found (self, "2020-06-23", "signed-without-signatories", 0);

  g_clear_pointer (&act->parties[1], g_free);
  assert_found (self, "2020-07-01", "fewer-than-two-parties", 1);
  act->signed_on = KAF_DAY_UNKNOWN;
  assert_found (self, "2020-07-01", "fewer-than-two-parties", 0);
  act->negotiated_on = day ("2020-07-01");
  assert_found (self, "2020-07-01", "fewer-than-two-parties", 1);
}

/* A party that joins by an amendment signs that one. */
static void
test_joining_party (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *amendment;

  add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  amendment = add_whole (self, "A", KAF_CONVENTION_AMENDMENT, "F", "2021-01-10");
  amendment->changes = KAF_CHANGES_PARTIES;
  g_strfreev (amendment->parties);
  amendment->parties = g_strsplit ("university", "|", -1);
  assert_found (self, "2021-02-01", "party-without-signatory", 1);
  sign (self, amendment, "university", "2019", NULL);
  assert_found (self, "2021-02-01", "party-without-signatory", 0);
}

static void
test_mandates (World *self, G_GNUC_UNUSED gconstpointer data)
{
  static const struct
  {
    const char *from, *to;
    guint without, uncertain;
  } cases[] = {
    { "2020-06-24", NULL, 0, 0 },
    { "2020-06-25", NULL, 1, 0 },
    { NULL, "2020-06-24", 0, 0 },
    { NULL, "2020-06-23", 1, 0 },
    { "2020-06", NULL, 0, 1 },
    { "2020", "2020", 0, 1 },
    { "2019", "2021", 0, 0 },
    { "2021", NULL, 1, 0 },
    { NULL, "2019", 1, 0 },
    { NULL, NULL, 0, 0 },
    { "2020-05-31", "2020-06", 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World world;
      KafConvention *act;

      set_up (&world, NULL);
      act = add (&world, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
      sign (&world, act, "ministry", "2000", NULL);
      sign (&world, act, "network", cases[i].from, cases[i].to);
      g_test_message ("from %s to %s", cases[i].from, cases[i].to);
      assert_found (&world, "2020-07-01", "signatory-without-mandate", cases[i].without);
      assert_found (&world, "2020-07-01", "signatory-mandate-uncertain", cases[i].uncertain);
      tear_down (&world, NULL);
    }
  (void) self;
}

/* Who signs on another day than the rest holds the office that day. */
static void
test_own_day (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  KafSignatory *late;

  sign (self, act, "ministry", "2000", NULL);
  sign (self, act, "network", "2020-07-01", NULL);
  assert_found (self, "2020-08-01", "signatory-without-mandate", 1);
  late = g_ptr_array_index (act->signatories, 1);
  late->signed_on = day ("2020-07-01");
  assert_found (self, "2020-08-01", "signatory-without-mandate", 0);
}

static void
test_copy (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");

  assert_found (self, "2020-06-24", "signed-without-copy", 0);
  act->n_files_signed = 0;
  assert_found (self, "2020-06-24", "signed-without-copy", 1);
  assert_found (self, "2020-06-23", "signed-without-copy", 0);
  /* Nobody looks for the paper of what is over. */
  act->terminated_on = day ("2021-01-01");
  assert_found (self, "2021-01-01", "signed-without-copy", 0);
}

static void
test_lapsing (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-03-01");

  act->open_ended = FALSE;
  act->ends_on = day ("2024-02-29");
  assert_found (self, "2023-11-30", "convention-lapsing", 0);
  assert_due (self, "2023-12-01", "convention-lapsing", "2024-02-29", KAF_URGENCY_LATER);
  assert_due (self, "2024-01-29", "convention-lapsing", "2024-02-29", KAF_URGENCY_LATER);
  assert_due (self, "2024-01-30", "convention-lapsing", "2024-02-29", KAF_URGENCY_MONTH);
  assert_due (self, "2024-02-21", "convention-lapsing", "2024-02-29", KAF_URGENCY_MONTH);
  assert_due (self, "2024-02-22", "convention-lapsing", "2024-02-29", KAF_URGENCY_WEEK);
  assert_due (self, "2024-02-29", "convention-lapsing", "2024-02-29", KAF_URGENCY_WEEK);
  assert_found (self, "2024-02-29", "convention-expired", 0);
  assert_found (self, "2024-03-01", "convention-lapsing", 0);
  assert_due (self, "2024-03-01", "convention-expired", "2024-02-29", KAF_URGENCY_LATE);
  /* A year later everybody knows. */
  assert_found (self, "2025-02-28", "convention-expired", 1);
  assert_found (self, "2025-03-01", "convention-expired", 0);
  /* It was ended: that is no surprise. */
  act->terminated_on = day ("2024-01-31");
  assert_found (self, "2024-01-15", "convention-lapsing", 0);
  assert_found (self, "2024-03-01", "convention-expired", 0);
}

static void
test_extended (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-03-01");
  KafConvention *amendment = add_whole (self, "A", KAF_CONVENTION_AMENDMENT, "F", "2024-02-01");

  act->open_ended = FALSE;
  act->ends_on = day ("2024-02-29");
  amendment->changes = KAF_CHANGES_END;
  amendment->ends_on = day ("2026-02-28");
  /* Until it is signed, it lapses; then by the new end. */
  assert_found (self, "2024-01-31", "convention-lapsing", 1);
  assert_found (self, "2024-02-01", "convention-lapsing", 0);
  assert_found (self, "2024-03-01", "convention-expired", 0);
  assert_due (self, "2026-02-28", "convention-lapsing", "2026-02-28", KAF_URGENCY_WEEK);
  assert_due (self, "2026-03-01", "convention-expired", "2026-02-28", KAF_URGENCY_LATE);

  /* It says that it changes the end, and gives none. */
  assert_found (self, "2024-02-01", "amendment-without-end", 0);
  amendment->ends_on = KAF_DAY_UNKNOWN;
  assert_found (self, "2024-02-01", "amendment-without-end", 1);
  assert_found (self, "2024-02-01", "term-unknown", 1);
  amendment->open_ended = TRUE;
  assert_found (self, "2024-02-01", "amendment-without-end", 0);
  assert_found (self, "2024-02-01", "term-unknown", 0);
  amendment->changes = 0;
  assert_found (self, "2024-02-01", "amendment-changes-nothing", 1);
}

static void
test_term (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  g_autoptr (KafFindings) findings = NULL;
  const KafFinding *one = NULL;

  assert_found (self, "2020-07-01", "term-unknown", 0);
  act->open_ended = FALSE;
  findings = look (self, "2020-07-01");
  g_assert_cmpuint (count (findings, "term-unknown", &one), ==, 1);
  g_assert_cmpint (one->urgency, ==, KAF_URGENCY_MILD);
  assert_found (self, "2060-07-01", "convention-expired", 0);
}

static void
test_renewal (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-01-01");

  act->open_ended = FALSE;
  act->ends_on = day ("2023-12-31");
  act->tacit_renewal = TRUE;
  act->renewal_months = 12;
  act->notice_days = 60;
  assert_found (self, "2023-08-02", "renewal-notice", 0);
  assert_due (self, "2023-08-03", "renewal-notice", "2023-11-01", KAF_URGENCY_LATER);
  assert_due (self, "2023-11-01", "renewal-notice", "2023-11-01", KAF_URGENCY_WEEK);
  assert_found (self, "2023-11-02", "renewal-notice", 0);
  assert_found (self, "2023-12-31", "convention-lapsing", 0);
  /* Renewed until the end of 2024. */
  assert_due (self, "2024-10-31", "renewal-notice", "2024-11-01", KAF_URGENCY_WEEK);
  assert_found (self, "2024-01-01", "convention-expired", 0);
}

static KafCommitment *
promise (KafConvention *act, const char *id, const char *party, const char *due)
{
  KafCommitment *one = kaf_commitment_new (id);

  one->party = g_strdup (party);
  one->due_on = kaf_day_parse (due);
  one->act = act;
  one->followed_by = g_strdup ("Office 3");
  one->responsible = g_strdup ("somebody");
  g_ptr_array_add (act->commitments, one);
  return one;
}

static void
test_commitments (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  KafCommitment *one = promise (act, "c", "ministry", "2024-02-29");
  KafFulfilment done = { .done_on = day ("2024-02-01") };
  g_autoptr (KafFindings) findings = NULL;
  const KafFinding *found = NULL;

  assert_found (self, "2024-01-29", "commitment-due-soon", 0);
  assert_due (self, "2024-01-30", "commitment-due-soon", "2024-02-29", KAF_URGENCY_MONTH);
  assert_due (self, "2024-02-29", "commitment-due-soon", "2024-02-29", KAF_URGENCY_WEEK);
  assert_found (self, "2024-02-29", "commitment-overdue", 0);
  assert_due (self, "2024-03-01", "commitment-overdue", "2024-02-29", KAF_URGENCY_LATE);
  findings = look (self, "2024-03-01");
  count (findings, "commitment-overdue", &found);
  g_assert_cmpstr (found->id, ==, "c");
  g_assert_cmpstr (found->of, ==, "F");
  g_assert_cmpstr (found->who, ==, "Office 3");
  g_assert_cmpstr (found->person, ==, "somebody");
  g_array_append_val (one->fulfilments, done);
  assert_found (self, "2024-03-01", "commitment-overdue", 0);
}

static void
test_idle_parties (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *framework = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");
  KafConvention *specific = add_whole (self, "S", KAF_CONVENTION_SPECIFIC, "F", "2020-06-24");
  KafConvention *amendment = add_whole (self, "A", KAF_CONVENTION_AMENDMENT, "S", "2021-01-01");

  assert_found (self, "2020-07-01", "party-without-commitment", 4);
  assert_found (self, "2020-06-23", "party-without-commitment", 0);
  /* What the framework asks of a party holds for what stands within it. */
  promise (framework, "one", "ministry", NULL);
  assert_found (self, "2020-07-01", "party-without-commitment", 2);
  promise (specific, "two", "network", NULL);
  assert_found (self, "2020-07-01", "party-without-commitment", 1);
  framework->terminated_on = day ("2020-12-31");
  assert_found (self, "2021-01-01", "party-without-commitment", 1);

  /* An amendment has to say that it brings some. */
  amendment->changes = KAF_CHANGES_END;
  amendment->open_ended = TRUE;
  promise (amendment, "three", "ministry", NULL);
  assert_found (self, "2021-02-01", "party-without-commitment", 1);
  assert_found (self, "2021-02-01", "amendment-duties-unticked", 1);
  amendment->changes |= KAF_CHANGES_DUTIES;
  assert_found (self, "2021-02-01", "party-without-commitment", 0);
  assert_found (self, "2021-02-01", "amendment-duties-unticked", 0);
}

/* Missions */

static void
assert_covers (const KafConvention *act,
               const char *on,
               const char *from,
               const char *until,
               KafCoverMoment moment,
               gboolean covers,
               const char *code)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (day (on), NULL);
  gboolean found = kaf_convention_covers (findings, act, "mission", kaf_day_parse (from),
                                          kaf_day_parse (until), moment);

  g_assert_cmpint (found, ==, covers);
  g_assert_cmpuint (findings->n_all, ==, code != NULL ? 1 : 0);
  if (code != NULL)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, 0);

      g_assert_cmpstr (one->rule->code, ==, code);
      g_assert_cmpint (one->rule->kind == KAF_FINDING_BLOCKS, ==, !covers);
    }
}

static void
test_cover (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-06-24");

  kaf_conventions_tie (self->all);
  act->open_ended = FALSE;
  act->ends_on = day ("2024-02-29");
  assert_covers (act, "2024-02-01", "2024-02-29", "2024-02-29", KAF_COVER_STEP_7, TRUE, NULL);
  assert_covers (act, "2024-02-01", "2024-03-01", NULL, KAF_COVER_START, TRUE,
                 "mission-convention-over");
  assert_covers (act, "2024-02-01", "2024-03-01", NULL, KAF_COVER_STEP_7, FALSE,
                 "mission-convention-not-in-force");
  assert_covers (act, "2024-03-01", NULL, NULL, KAF_COVER_STEP_7, FALSE,
                 "mission-convention-not-in-force");
  assert_covers (act, "2024-02-01", "2024-02-20", "2024-03-01", KAF_COVER_STEP_7, TRUE,
                 "mission-convention-ends-before");
  assert_covers (NULL, "2024-02-01", NULL, NULL, KAF_COVER_START, TRUE,
                 "mission-without-convention");
  assert_covers (NULL, "2024-02-01", NULL, NULL, KAF_COVER_STEP_7, FALSE,
                 "mission-convention-required");
  act->ends_on = KAF_DAY_UNKNOWN;
  assert_covers (act, "2024-02-01", NULL, NULL, KAF_COVER_STEP_7, TRUE,
                 "mission-convention-term-unknown");
  act->open_ended = TRUE;
  assert_covers (act, "2024-02-01", "2034-02-01", "2034-02-10", KAF_COVER_STEP_7, TRUE, NULL);
  act->signed_on = KAF_DAY_UNKNOWN;
  assert_covers (act, "2024-02-01", NULL, NULL, KAF_COVER_START, TRUE,
                 "mission-convention-unsigned");
  assert_covers (act, "2024-02-01", NULL, NULL, KAF_COVER_STEP_7, FALSE,
                 "mission-convention-not-signed");
}

/* The catalogue and the list */

static void
test_catalogue (void)
{
  g_autoptr (GPtrArray) rules = kaf_rulebook_list ();
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (rules->len, >, 30);
  for (guint i = 0; i < rules->len; i++)
    {
      const KafRule *rule = g_ptr_array_index (rules, i);

      g_assert_true (g_hash_table_add (codes, (gpointer) rule->code));
      g_assert_true (kaf_rulebook_find (rule->code) == rule);
      g_assert_nonnull (rule->entity);
      g_assert_nonnull (rule->sentence);
      g_assert_nonnull (rule->advice);
    }
}

static char *
give_title (const char *entity, const char *id, G_GNUC_UNUSED KafLang lang, gpointer data)
{
  (void) data;
  return g_strdup_printf ("the %s %s", entity, id);
}

static void
test_order (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-03-01");
  g_autoptr (KafFindings) findings = NULL;
  guint sum = 0;

  act->n_files_signed = 0;
  act->open_ended = FALSE;
  act->ends_on = day ("2024-02-29");
  promise (act, "late", "ministry", "2024-01-01");
  promise (act, "later", "ministry", "2024-01-15");
  promise (act, "today", "ministry", "2024-02-01");
  findings = look (self, "2024-02-01");
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);
      const KafFinding *before = i > 0 ? g_ptr_array_index (findings->list, i - 1) : NULL;

      g_assert_true (before == NULL || before->urgency <= one->urgency);
    }
  g_assert_cmpstr (((KafFinding *) g_ptr_array_index (findings->list, 0))->id, ==, "late");
  g_assert_cmpstr (((KafFinding *) g_ptr_array_index (findings->list, 1))->id, ==, "later");
  g_assert_cmpstr (((KafFinding *) g_ptr_array_index (findings->list, 2))->id, ==, "today");
  for (guint i = 0; i < KAF_N_URGENCIES; i++)
    sum += findings->counts[i];
  g_assert_cmpuint (sum, ==, findings->n_all);
  g_assert_cmpuint (findings->counts[KAF_URGENCY_LATE], ==, 2);
}

static void
test_tell (World *self, G_GNUC_UNUSED gconstpointer data)
{
  KafConvention *act = add_whole (self, "F", KAF_CONVENTION_FRAMEWORK, NULL, "2020-03-01");
  g_autoptr (KafFindings) findings = NULL;
  const KafFinding *one = NULL;
  g_autofree char *text = NULL;

  act->open_ended = FALSE;
  act->ends_on = day ("2024-02-29");
  findings = look (self, "2024-02-01");
  g_assert_cmpuint (count (findings, "convention-lapsing", &one), ==, 1);
  text = kaf_finding_tell (one, KAF_LANG_EN, give_title, NULL);
  g_assert_cmpstr (text, ==,
                   "\u2068the convention F\u2069 ends on \u206829 February 2024\u2069 and nothing "
                   "extends it.");
  g_assert_cmpint (kaf_finding_days_left (one, findings->day), ==, 28);
}

#define ADD(name, function) g_test_add (name, World, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/convention-rules/framework", test_framework);
  ADD ("/convention-rules/framework-extended", test_framework_extended);
  ADD ("/convention-rules/parents", test_parents);
  ADD ("/convention-rules/parties", test_parties);
  ADD ("/convention-rules/joining-party", test_joining_party);
  ADD ("/convention-rules/mandates", test_mandates);
  ADD ("/convention-rules/own-day", test_own_day);
  ADD ("/convention-rules/copy", test_copy);
  ADD ("/convention-rules/lapsing", test_lapsing);
  ADD ("/convention-rules/extended", test_extended);
  ADD ("/convention-rules/term", test_term);
  ADD ("/convention-rules/renewal", test_renewal);
  ADD ("/convention-rules/commitments", test_commitments);
  ADD ("/convention-rules/idle-parties", test_idle_parties);
  ADD ("/convention-rules/cover", test_cover);
  ADD ("/convention-rules/order", test_order);
  ADD ("/convention-rules/tell", test_tell);
  g_test_add_func ("/convention-rules/catalogue", test_catalogue);
  return g_test_run ();
}
