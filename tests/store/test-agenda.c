/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the calendar: sessions over several days, every occurrence of a commitment, ends of conventions, each
 * at the edge of the span; and the to-do, as it is kept and filtered. */
#include "config.h"

#include "kaf-fixture.h"

#include "store/kaf-agenda.h"
#include "store/kaf-findings.h"
#include "store/kaf-todo.h"

#define DAY(iso) kaf_day_parse (iso)

typedef struct
{
  char *party, *convention;
} Paper;

static void
paper_clear (Paper *self)
{
  g_free (self->party);
  g_free (self->convention);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

/* In force from 2024 to the end of 2026. */
static Paper
sign (KafFixture *fixture)
{
  Paper paper = { 0 };

  paper.party = kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "Réseau", "kind",
                                    "association", NULL);
  paper.convention =
      kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Convention", "title_ar",
                          "اتفاقية", "kind", "framework", "parties", paper.party, "signed_on",
                          "2024-01-15", "ends_on", "2026-12-31", NULL);
  return paper;
}

static GPtrArray *
read_span (KafFixture *fixture, const char *from, const char *until, const char *today)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = kaf_agenda_read (fixture->db, DAY (from), DAY (until), DAY (today),
                                      KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  return items;
}

/* "session 2026-12-07/2026-12-09 open", a line each. */
static char *
describe (GPtrArray *items)
{
  static const char *const kinds[] = { "session", "meeting", "due", "end" };
  static const char *const states[] = { "open", "late", "done", "off" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (items, i);
      g_autofree char *from = kaf_day_to_iso (item->from);
      g_autofree char *to = kaf_day_to_iso (item->to);

      g_string_append_printf (text, "%s %s/%s %s\n", kinds[item->kind], from, to,
                              states[item->state]);
    }
  return g_string_free (text, FALSE);
}

static void
assert_span (KafFixture *fixture,
             const char *from,
             const char *until,
             const char *today,
             const char *expected)
{
  g_autoptr (GPtrArray) items = read_span (fixture, from, until, today);
  g_autofree char *found = describe (items);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_sessions (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *programme =
      kaf_fixture_create (fixture, "programme", NULL, "title_fr", "MRE Academy", NULL);
  g_autofree char *module =
      kaf_fixture_create (fixture, "training_module", NULL, "programme", programme, "title_fr",
                          "Soudage", "title_ar", "اللحام", NULL);
  g_autofree char *long_one =
      kaf_fixture_create (fixture, "training_session", NULL, "module", module, "starts_on",
                          "2026-11-29", "ends_on", "2026-12-02", "place", "Agadir", NULL);
  g_autofree char *held = kaf_fixture_create (fixture, "training_session", NULL, "module", module,
                                              "starts_on", "2026-12-05", "state", "held", NULL);
  g_autofree char *off = kaf_fixture_create (fixture, "training_session", NULL, "module", module,
                                             "starts_on", "2026-12-06", "state", "cancelled", NULL);
  g_autoptr (GPtrArray) items = NULL;
  const KafAgendaItem *item;

  /* It began before the span, and goes on in it; the last day counts, the day after does not. */
  assert_span (fixture, "2026-12-01", "2026-12-05", "2026-11-28",
               "session 2026-11-29/2026-12-02 open\nsession 2026-12-05/2026-12-05 done\n");
  assert_span (fixture, "2026-12-02", "2026-12-02", "2026-12-02",
               "session 2026-11-29/2026-12-02 open\n");
  assert_span (fixture, "2026-12-03", "2026-12-04", "2026-11-28", "");
  assert_span (fixture, "2026-12-06", "2026-12-31", "2026-11-28",
               "session 2026-12-06/2026-12-06 off\n");
  /* Its last day is past, and nobody said whether it was held. */
  assert_span (fixture, "2026-11-29", "2026-11-29", "2026-12-03",
               "session 2026-11-29/2026-12-02 late\n");

  items = read_span (fixture, "2026-11-29", "2026-11-29", "2026-11-28");
  item = g_ptr_array_index (items, 0);
  g_assert_cmpstr (item->title, ==, "Soudage");
  g_assert_cmpstr (item->where, ==, "Agadir");
  g_assert_cmpstr (item->id, ==, long_one);
  g_assert_true (kaf_agenda_item_is_on (item, DAY ("2026-12-02")));
  g_assert_false (kaf_agenda_item_is_on (item, DAY ("2026-12-03")));
}

static void
test_occurrences (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  /* From the last day of a month: the shorter ones have theirs. */
  g_autofree char *report = kaf_fixture_create (
      fixture, "commitment", NULL, "convention", paper.convention, "party", paper.party, "text_fr",
      "Rapport", "due_on", "2026-08-31", "recurrence", "monthly", "followed_by", "Nadia", NULL);
  g_autofree char *once =
      kaf_fixture_create (fixture, "commitment", NULL, "convention", paper.convention, "party",
                          paper.party, "text_fr", "Versement", "due_on", "2026-11-28", NULL);
  g_autofree char *done = NULL;

  assert_span (fixture, "2026-09-01", "2026-11-30", "2026-11-28",
               "due 2026-09-30/2026-09-30 late\ndue 2026-10-31/2026-10-31 late\n"
               "due 2026-11-28/2026-11-28 open\ndue 2026-11-30/2026-11-30 open\n");
  /* Without naming an occurrence it closes the earliest, that of August. */
  done = kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", report, "done_on",
                             "2026-09-02", NULL);
  assert_span (fixture, "2026-08-01", "2026-09-30", "2026-11-28",
               "due 2026-08-31/2026-08-31 done\ndue 2026-09-30/2026-09-30 late\n");
  g_free (done);
  done = kaf_fixture_create (fixture, "fulfilment", NULL, "commitment", report, "done_on",
                             "2026-11-02", "due_on", "2026-10-31", NULL);
  assert_span (fixture, "2026-09-30", "2026-10-31", "2026-11-28",
               "due 2026-09-30/2026-09-30 late\ndue 2026-10-31/2026-10-31 done\n");
  /* The convention ends, and what it asks for with it. */
  assert_span (fixture, "2026-12-31", "2027-06-30", "2026-11-28",
               "due 2026-12-31/2026-12-31 open\nend 2026-12-31/2026-12-31 open\n");
}

static void
test_amended_end (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  g_autofree char *amendment = NULL;

  assert_span (fixture, "2026-12-01", "2027-12-31", "2026-11-28",
               "end 2026-12-31/2026-12-31 open\n");
  amendment = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Avenant n° 1", "kind",
                                  "amendment", "parent", paper.convention, "changes", "end",
                                  "signed_on", "2026-11-20", "ends_on", "2027-06-30", NULL);
  assert_span (fixture, "2026-12-01", "2027-12-31", "2026-11-28",
               "end 2027-06-30/2027-06-30 open\n");
  /* Past it. */
  assert_span (fixture, "2027-06-30", "2027-06-30", "2027-07-01",
               "end 2027-06-30/2027-06-30 off\n");
}

static void
test_leap_day (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  g_autofree char *yearly = kaf_fixture_create (
      fixture, "commitment", NULL, "convention", paper.convention, "party", paper.party, "text_fr",
      "Bilan", "due_on", "2024-02-29", "recurrence", "yearly", "recurs_until", "2026-02-28", NULL);

  assert_span (fixture, "2024-02-29", "2024-02-29", "2024-02-01",
               "due 2024-02-29/2024-02-29 open\n");
  assert_span (fixture, "2025-02-01", "2025-03-31", "2024-02-01",
               "due 2025-02-28/2025-02-28 open\n");
  assert_span (fixture, "2026-02-28", "2026-12-30", "2024-02-01",
               "due 2026-02-28/2026-02-28 open\n");
}

static KafTodo *
read_todo (KafFixture *fixture, const char *who, gboolean or_nobody)
{
  const KafTodoQuery query = {
    .who = who, .or_nobody = or_nobody, .lapsing = TRUE, .lang = KAF_LANG_FR
  };
  g_autoptr (GError) error = NULL;
  KafTodo *todo = kaf_todo_read (fixture->db, &query, NULL, &error);

  g_assert_no_error (error);
  return todo;
}

static const KafFinding *
find_finding (const KafTodo *todo, const char *id)
{
  for (guint i = 0; i < todo->findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (todo->findings->list, i);

      if (g_strcmp0 (finding->id, id) == 0)
        return finding;
    }
  return NULL;
}

static void
test_todo (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  g_autofree char *hers = kaf_fixture_create (
      fixture, "commitment", NULL, "convention", paper.convention, "party", paper.party, "text_fr",
      "Rapport", "due_on", "2024-02-01", "followed_by", "Nadia", NULL);
  g_autofree char *his = kaf_fixture_create (
      fixture, "commitment", NULL, "convention", paper.convention, "party", paper.party, "text_fr",
      "Bilan", "due_on", "2024-02-02", "followed_by", "Omar", NULL);
  g_autofree char *nobodys =
      kaf_fixture_create (fixture, "commitment", NULL, "convention", paper.convention, "party",
                          paper.party, "text_fr", "Versement", "due_on", "2024-02-03", NULL);
  g_autoptr (KafTodo) all = read_todo (fixture, NULL, FALSE);
  g_autoptr (KafTodo) mine = read_todo (fixture, "Nadia", FALSE);
  g_autoptr (KafTodo) home = read_todo (fixture, "Nadia", TRUE);

  g_assert_cmpuint (g_strv_length (all->people), ==, 2);
  g_assert_nonnull (find_finding (all, hers));
  g_assert_nonnull (find_finding (all, his));
  g_assert_nonnull (find_finding (mine, hers));
  g_assert_null (find_finding (mine, his));
  g_assert_null (find_finding (mine, nobodys));
  g_assert_nonnull (find_finding (home, nobodys));
  g_assert_null (find_finding (home, his));
  g_assert_cmpuint (mine->findings->counts[KAF_URGENCY_LATE], ==, 1);
  g_assert_cmpuint (kaf_todo_count (mine), ==, 1);
}

/* Kept without a name, and told with the titles of the day on which it is taken up. */
static void
test_kept (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  g_autofree char *id = kaf_fixture_create (
      fixture, "commitment", NULL, "convention", paper.convention, "party", paper.party, "text_fr",
      "Rapport annuel", "due_on", "2024-02-01", "followed_by", "Nadia", NULL);
  g_autoptr (KafTodo) todo = read_todo (fixture, NULL, FALSE);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KafTodo) taken = NULL;
  g_autofree char *text = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_todo_keep (todo, file, "home");
  text = g_key_file_to_data (file, NULL, NULL);
  g_assert_null (strstr (text, "Rapport"));
  g_assert_null (strstr (text, "Nadia"));
  g_assert_null (strstr (text, "Convention"));

  taken = kaf_todo_take (fixture->db, file, "home", KAF_LANG_FR);
  g_assert_nonnull (taken);
  g_assert_cmpuint (taken->findings->list->len, ==, todo->findings->list->len);
  g_assert_cmpuint (kaf_todo_count (taken), ==, kaf_todo_count (todo));
  g_assert_cmpuint (taken->lapsing->len, ==, todo->lapsing->len);
  for (guint i = 0; i < taken->findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (taken->findings->list, i);
      const KafFinding *two = g_ptr_array_index (todo->findings->list, i);

      g_assert_cmpstr (one->sentence, ==, two->sentence);
      g_assert_cmpstr (one->of_title, ==, two->of_title);
      g_assert_cmpuint (one->due, ==, two->due);
      g_assert_cmpuint (one->urgency, ==, two->urgency);
    }
  receipt = kaf_fixture_update (fixture, "commitment", id, "text_fr", "Bilan moral", NULL);
  g_clear_pointer (&taken, kaf_todo_free);
  taken = kaf_todo_take (fixture->db, file, "home", KAF_LANG_FR);
  g_assert_nonnull (strstr (find_finding (taken, id)->sentence, "Bilan moral"));

  g_key_file_set_string (file, "home", "todo-0", "no-such-rule;;;;0;0;");
  g_assert_null (kaf_todo_take (fixture->db, file, "home", KAF_LANG_FR));
}

static void
assert_ends (KafFixture *fixture, KafLang lang, const char *titles)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ends = kaf_agenda_read_ends (
      fixture->db, DAY ("2026-01-01"), DAY ("2027-12-31"), DAY ("2026-06-01"), lang, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ends->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (ends, i);
      g_autofree char *day = kaf_day_to_iso (item->from);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", item->title, day);
    }
  g_assert_cmpstr (text->str, ==, titles);
}

static void
look_on (KafFixture *fixture, const char *day)
{
  const KafFindingsQuery query = { .day = DAY (day) };

  kaf_findings_unref (kaf_findings_read (fixture->db, &query, NULL, NULL));
}

/* What ends is the same whether acts are read for it, or kept of the findings: of that day, and nothing written since. */
static void
test_kept_ends (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_auto (Paper) paper = sign (fixture);
  g_autofree char *second = kaf_fixture_create (
      fixture, "convention", NULL, "title_fr", "Avec", "kind", "specific", "parent",
      paper.convention, "signed_on", "2026-03-01", "ends_on", "2026-12-31", NULL);
  g_autofree char *amendment = NULL;

  assert_ends (fixture, KAF_LANG_FR, "Avec 2026-12-31, Convention 2026-12-31");
  look_on (fixture, "2026-06-01");
  assert_ends (fixture, KAF_LANG_FR, "Avec 2026-12-31, Convention 2026-12-31");
  assert_ends (fixture, KAF_LANG_AR, "Avec 2026-12-31, اتفاقية 2026-12-31");
  amendment = kaf_fixture_create (fixture, "convention", NULL, "title_fr", "Avenant", "kind",
                                  "amendment", "parent", second, "signed_on", "2026-05-01",
                                  "changes", "end", "ends_on", "2027-02-01", NULL);
  assert_ends (fixture, KAF_LANG_FR, "Convention 2026-12-31, Avec 2027-02-01");
  look_on (fixture, "2026-04-01");
  assert_ends (fixture, KAF_LANG_FR, "Convention 2026-12-31, Avec 2027-02-01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agenda/sessions", test_sessions);
  g_test_add_func ("/agenda/occurrences", test_occurrences);
  g_test_add_func ("/agenda/amended-end", test_amended_end);
  g_test_add_func ("/agenda/kept-ends", test_kept_ends);
  g_test_add_func ("/agenda/leap-day", test_leap_day);
  g_test_add_func ("/todo/who", test_todo);
  g_test_add_func ("/todo/kept", test_kept);
  return g_test_run ();
}
