/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong or due with the files of project holders, over a real store: found on its day, not the day before, and gone
 * once it is mended; and how it stands in the calendar. */
#include "config.h"

#include "kaf-fixture.h"

#include "exchange/kaf-calendar.h"
#include "rules/kaf-rulebook.h"
#include "store/kaf-agenda.h"
#include "store/kaf-findings.h"
#include "schema/kaf-registry.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-todo.h"

static char *
day_plus (KafFixture *f, int days)
{
  return kaf_day_to_iso (kaf_day_from_time (kaf_clock_now (f->clock)) + (KafDay) days);
}

static char *
add_holder (KafFixture *f, const char *counsellor, int registered)
{
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "OUHAMMOU", NULL);
  g_autofree char *day = day_plus (f, -registered);

  g_free (kaf_fixture_create (f, "project_holder", id, "counsellor", counsellor, "registered_on",
                              day, NULL));
  return g_steal_pointer (&id);
}

static void
add_contact (KafFixture *f, const char *person, int days_ago)
{
  g_autofree char *day = day_plus (f, -days_ago);

  g_free (kaf_fixture_create (f, "contact", NULL, "person", person, "held_on", day, "channel",
                              "call", "subject", "x", NULL));
}

/* How often the rule speaks of the record; all of it is told. */
static guint
count (KafFixture *f, const char *code, const char *id)
{
  KafFindingsQuery query = { .lang = KAF_LANG_FR };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = NULL;
  guint n = 0;

  g_assert_nonnull (kaf_rulebook_find (code));
  g_assert_true (kaf_holder_now_refresh (f->db, NULL));
  findings = kaf_findings_read (f->db, &query, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *one = g_ptr_array_index (findings->list, i);

      if (!g_str_equal (one->rule->code, code) || g_strcmp0 (one->id, id) != 0)
        continue;
      g_assert_nonnull (one->sentence);
      g_assert_null (g_strstr_len (one->sentence, -1, "%"));
      n++;
    }
  return n;
}

static void
set_tier (KafFixture *f, const char *person, const char *tier)
{
  g_autofree char *today = day_plus (f, 0);
  g_autofree char *until = day_plus (f, 300);

  g_free (kaf_fixture_create (f, "tier_override", NULL, "person", person, "tier", tier, "reason",
                              "x", "decided_on", today, "until", until, NULL));
}

/* 60 days for whom to call first, 180 for who comes last. */
static void
test_stale (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *first = add_holder (f, "alaoui", 400);
  g_autofree char *last = add_holder (f, "alaoui", 400);

  set_tier (f, first, "a");
  set_tier (f, last, "d");
  add_contact (f, first, 60);
  add_contact (f, last, 61);
  g_assert_cmpuint (count (f, "holder-stale", first), ==, 0);
  kaf_clock_advance (f->clock, (gint64) 24 * 3600 * G_USEC_PER_SEC);
  g_assert_cmpuint (count (f, "holder-stale", first), ==, 1);
  g_assert_cmpuint (count (f, "holder-stale", last), ==, 0);
  add_contact (f, first, 0);
  g_assert_cmpuint (count (f, "holder-stale", first), ==, 0);
}

static void
test_never_contacted (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *fresh = add_holder (f, NULL, 180);
  g_autofree char *old = add_holder (f, "alaoui", 181);

  g_assert_cmpuint (count (f, "holder-never-contacted", fresh), ==, 0);
  g_assert_cmpuint (count (f, "holder-never-contacted", old), ==, 1);
  g_assert_cmpuint (count (f, "holder-without-counsellor", fresh), ==, 1);
  g_assert_cmpuint (count (f, "holder-without-counsellor", old), ==, 0);
}

/* Items of the calendar of today and of before, by state. */
static guint
count_due (KafFixture *f, const char *id, KafAgendaState state)
{
  KafDay today = kaf_day_from_time (kaf_clock_now (f->clock));
  g_autoptr (GPtrArray) items =
      kaf_agenda_read (f->db, today - 30, today + 30, today, KAF_LANG_FR, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (items, i);

      n += g_strcmp0 (item->id, id) == 0 && item->state == state &&
           g_strcmp0 (item->who, "alaoui") == 0;
    }
  return n;
}

/* Of a project and of an exchange; what comes later takes its place. */
static void
test_next_action (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "alaoui", 10);
  g_autofree char *yesterday = day_plus (f, -1);
  g_autofree char *soon = day_plus (f, 5);
  g_autofree char *before = day_plus (f, -3);
  g_autofree char *project =
      kaf_fixture_create (f, "project", NULL, "person", person, "title_fr", "Argan", "next_action",
                          "Rappeler", "next_on", yesterday, NULL);

  g_assert_cmpuint (count (f, "holder-next-action", person), ==, 1);
  g_assert_cmpuint (count_due (f, project, KAF_AGENDA_LATE), ==, 1);
  kaf_receipt_unref (kaf_fixture_update (f, "project", project, "next_on", soon, NULL));
  g_assert_cmpuint (count_due (f, project, KAF_AGENDA_LATE), ==, 0);
  g_assert_cmpuint (count_due (f, project, KAF_AGENDA_OPEN), ==, 1);

  g_free (kaf_fixture_create (f, "contact", NULL, "person", person, "held_on", before, "channel",
                              "call", "subject", "x", "next_action", "Relancer", "next_on",
                              yesterday, NULL));
  g_assert_cmpuint (count_due (f, person, KAF_AGENDA_LATE), ==, 1);
  add_contact (f, person, 0);
  g_assert_cmpuint (count_due (f, person, KAF_AGENDA_LATE), ==, 0);
  g_assert_cmpuint (count_due (f, person, KAF_AGENDA_DONE), ==, 1);
}

/* Who holds a project is no convention and answers for nothing; and is not named where no names are wanted. */
static void
test_calendar_names (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "alaoui", 10);
  g_autofree char *soon = day_plus (f, 5);
  KafDay today = kaf_day_from_time (kaf_clock_now (f->clock));
  KafCalendarOptions options = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *named = NULL;
  g_autofree char *nameless = NULL;

  g_free (kaf_fixture_create (f, "project", NULL, "person", person, "title_fr", "Argan",
                              "next_action", "Rappeler", "next_on", soon, NULL));
  items = kaf_agenda_read (f->db, today, today + 30, today, KAF_LANG_FR, NULL, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  named = kaf_calendar_write (items, &options, 0);
  options.no_names = TRUE;
  nameless = kaf_calendar_write (items, &options, 0);
  g_assert_nonnull (strstr (named, "Project holder: OUHAMMOU"));
  g_assert_null (strstr (named, "Convention: "));
  g_assert_nonnull (strstr (nameless, "Rappeler"));
  g_assert_null (strstr (nameless, "OUHAMMOU"));
}

/* Who was passed on to a relay has agreed to it; a consent that was withdrawn is none. */
static void
test_consent (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = add_holder (f, "alaoui", 10);
  g_autofree char *nobody = kaf_fixture_create (f, "person", NULL, "family_name", "ALAMI", NULL);
  g_autofree char *consulate = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Consulat",
                                                   "kind", "consulate", NULL);
  g_autofree char *yesterday = day_plus (f, -1);
  g_autofree char *tomorrow = day_plus (f, 1);
  g_autofree char *relay =
      kaf_fixture_create (f, "relay", NULL, "organisation", consulate, "person", person,
                          "subject_fr", "Dossier", "sent_on", tomorrow, NULL);
  g_autofree char *other =
      kaf_fixture_create (f, "relay", NULL, "organisation", consulate, "person", nobody,
                          "subject_fr", "Autre", "sent_on", yesterday, NULL);
  g_autofree char *mailing = NULL;
  g_autofree char *sharing = NULL;

  g_assert_cmpuint (count (f, "relay-without-consent", person), ==, 0);
  kaf_receipt_unref (kaf_fixture_update (f, "relay", relay, "sent_on", yesterday, NULL));
  g_assert_cmpuint (count (f, "relay-without-consent", person), ==, 1);
  g_assert_cmpuint (count (f, "relay-without-consent", nobody), ==, 0);
  mailing = kaf_fixture_create (f, "consent", NULL, "person", person, "purpose", "mailing",
                                "given_on", yesterday, NULL);
  g_assert_cmpuint (count (f, "relay-without-consent", person), ==, 1);
  sharing = kaf_fixture_create (f, "consent", NULL, "person", person, "purpose", "sharing",
                                "given_on", yesterday, NULL);
  g_assert_cmpuint (count (f, "relay-without-consent", person), ==, 0);
  kaf_receipt_unref (kaf_fixture_update (f, "consent", sharing, "withdrawn_on", yesterday, NULL));
  g_assert_cmpuint (count (f, "relay-without-consent", person), ==, 1);
}

/* What is to do is what the role mends; who prepares what others decide is told of all. */
static void
test_of_roles (void)
{
  static const struct
  {
    const char *role; /* NULL: there is no hub */
    gboolean contacts, counsellor, commitment;
  } cases[] = {
    { NULL, TRUE, TRUE, TRUE },
    { "agent", TRUE, TRUE, TRUE },
    { "manager", TRUE, TRUE, TRUE },
    { "facilitator", TRUE, TRUE, TRUE },
    { "consular-relay", TRUE, TRUE, FALSE },
    { "regional-officer", TRUE, FALSE, FALSE },
    { "partner", FALSE, FALSE, FALSE },
    { "administrator", FALSE, FALSE, FALSE },
  };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *holder = add_holder (f, NULL, 400);
  g_autofree char *body = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Office", "kind",
                                              "association", NULL);
  g_autofree char *act =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework",
                          "parties", body, "signed_on", "2020-01-01", NULL);
  g_autofree char *late = day_plus (f, -3);
  g_autofree char *duty = kaf_fixture_create (f, "commitment", NULL, "convention", act, "party",
                                              body, "text_fr", "Former", "due_on", late, NULL);

  g_assert_true (kaf_holder_now_refresh (f->db, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KafTodoQuery query = { .lang = KAF_LANG_FR };
      const KafFindingsQuery everything = { .lang = KAF_LANG_FR };
      g_autoptr (GError) error = NULL;
      g_autoptr (KafTodo) todo = NULL;
      g_autoptr (KafFindings) all = NULL;
      const struct
      {
        const char *code;
        gboolean shows;
      } wanted[] = { { "holder-never-contacted", cases[i].contacts },
                     { "holder-without-counsellor", cases[i].counsellor },
                     { "commitment-overdue", cases[i].commitment } };

      if (cases[i].role != NULL)
        kaf_fixture_be (f->db, cases[i].role);
      todo = kaf_todo_read (f->db, &query, NULL, &error);
      g_assert_no_error (error);
      all = kaf_findings_read (f->db, &everything, NULL, &error);
      g_assert_no_error (error);
      for (gsize j = 0; j < G_N_ELEMENTS (wanted); j++)
        {
          guint n_todo = 0, n_all = 0;

          for (guint k = 0; k < todo->findings->list->len; k++)
            n_todo += g_str_equal (((KafFinding *) todo->findings->list->pdata[k])->rule->code,
                                   wanted[j].code);
          for (guint k = 0; k < all->list->len; k++)
            n_all += g_str_equal (((KafFinding *) all->list->pdata[k])->rule->code, wanted[j].code);
          g_test_message ("%s, %s", cases[i].role, wanted[j].code);
          g_assert_cmpuint (n_todo, ==, wanted[j].shows ? 1 : 0);
          g_assert_cmpuint (n_all, ==, 1);
        }
      g_assert_cmpuint (todo->findings->list->len, ==, todo->findings->n_all);
    }
}

/* Whatever a rule names is there. */
static void
test_rules_name (void)
{
  g_autoptr (GPtrArray) rules = kaf_rulebook_list ();

  for (guint i = 0; i < rules->len; i++)
    {
      const KafRule *rule = g_ptr_array_index (rules, i);

      g_assert_nonnull (kaf_registry_find (rule->entity));
      g_assert_true (rule->by == NULL || kaf_registry_find (rule->by) != NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holder-findings/stale", test_stale);
  g_test_add_func ("/holder-findings/never-contacted", test_never_contacted);
  g_test_add_func ("/holder-findings/next-action", test_next_action);
  g_test_add_func ("/holder-findings/calendar-names", test_calendar_names);
  g_test_add_func ("/holder-findings/consent", test_consent);
  g_test_add_func ("/holder-findings/of-roles", test_of_roles);
  g_test_add_func ("/holder-findings/rules-name", test_rules_name);
  return g_test_run ();
}
