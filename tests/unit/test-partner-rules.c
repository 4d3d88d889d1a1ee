/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of networks and programmes, each found and not found, on the days between the two. */
#include "config.h"

#include "rules/network/kaf-network-rules.h"
#include "rules/programme/kaf-programme-rules.h"

static KafDay
day (const char *iso)
{
  KafDay found = kaf_day_parse (iso);

  g_assert_cmpuint (found, !=, KAF_DAY_UNKNOWN);
  return found;
}

static guint
count (const KafFindings *findings, const char *code)
{
  guint n = 0;

  for (guint i = 0; i < findings->list->len; i++)
    n += g_str_equal (((KafFinding *) g_ptr_array_index (findings->list, i))->rule->code, code);
  return n;
}

static void
assert_body (const KafBody *body, const char *on, const char *code, guint n)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (day (on), NULL);

  g_test_message ("%s on %s", code, on);
  kaf_body_check (findings, body);
  g_assert_cmpuint (count (findings, code), ==, n);
}

static KafMandate *
preside (KafBody *body, const char *person, const char *from, const char *to)
{
  KafMandate *mandate = kaf_mandate_new (person, from, to);

  mandate->person = g_strdup (person);
  mandate->presides = TRUE;
  g_ptr_array_add (body->presidencies, mandate);
  return mandate;
}

static KafBody *
make_network (void)
{
  KafBody *body = kaf_body_new ("N");

  body->is_network = TRUE;
  body->n_conventions = 1;
  body->last_contact = day ("2024-02-29");
  return body;
}

static void
test_president (void)
{
  g_autoptr (KafBody) body = make_network ();
  g_autoptr (KafMandate) mandate = NULL;

  assert_body (body, "2024-03-01", "network-without-president", 1);
  mandate = preside (body, "a", "2020-01-01", "2024-02-29");
  assert_body (body, "2024-02-29", "network-without-president", 0);
  assert_body (body, "2024-02-29", "presidency-vacant", 0);
  assert_body (body, "2024-03-01", "presidency-vacant", 1);
  assert_body (body, "2024-03-01", "network-without-president", 0);
  assert_body (body, "2019-12-31", "network-without-president", 1);
  /* Until some day of 2024: nobody can say that it is over. */
  mandate->to_first = day ("2024-01-01");
  mandate->to = day ("2024-12-31");
  assert_body (body, "2024-12-31", "presidency-vacant", 0);
  assert_body (body, "2025-01-01", "presidency-vacant", 1);

  /* An organisation that nobody ever presided needs no president. */
  body->is_network = FALSE;
  assert_body (body, "2025-01-01", "presidency-vacant", 1);
  g_ptr_array_set_size (body->presidencies, 0);
  assert_body (body, "2025-01-01", "network-without-president", 0);
  assert_body (body, "2025-01-01", "presidency-vacant", 0);
}

static void
test_overlap (void)
{
  static const struct
  {
    const char *from, *to, *next_from, *next_to;
    guint n;
  } cases[] = {
    { "2018-01-01", "2020-06-24", "2020-06-24", NULL, 0 }, /* handed over that day */
    { "2018-01-01", "2020-06-25", "2020-06-24", NULL, 1 },
    { "2018-01-01", "2020-06-23", "2020-06-24", NULL, 0 },
    { "2018-01-01", NULL, "2020-06-24", NULL, 1 },
    { "2018", "2020", "2020", NULL, 0 }, /* within the year, who knows */
    { "2018", "2021", "2020", NULL, 1 },
    { "2018", "2020-03", "2020-02", NULL, 1 },
    { NULL, NULL, NULL, NULL, 1 }, /* both preside today */
    { NULL, NULL, "2020-06-24", NULL, 1 },
    { NULL, "2020-06-24", "2019-01-01", "2021-01-01", 0 },
    { "2030-01-01", NULL, "2020-06-24", NULL, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafBody) body = make_network ();
      g_autoptr (KafMandate) one = preside (body, "a", cases[i].from, cases[i].to);
      g_autoptr (KafMandate) two = preside (body, "b", cases[i].next_from, cases[i].next_to);

      g_test_message ("case %u", i);
      assert_body (body, "2024-03-01", "presidencies-overlap", cases[i].n);
      /* The same person, entered twice, is one president. */
      g_free (two->person);
      two->person = g_strdup ("a");
      assert_body (body, "2024-03-01", "presidencies-overlap", 0);
    }
}

static void
test_contact (void)
{
  g_autoptr (KafBody) body = make_network ();

  /* A year of 365 days, over a leap day. */
  assert_body (body, "2025-02-28", "network-without-contact", 0);
  assert_body (body, "2025-03-01", "network-without-contact", 1);
  assert_body (body, "2024-02-28", "network-without-contact", 0);
  body->last_contact = KAF_DAY_UNKNOWN;
  assert_body (body, "2025-03-01", "network-without-contact", 0);
  assert_body (body, "2025-03-01", "network-never-contacted", 1);
  body->is_network = FALSE;
  assert_body (body, "2025-03-01", "network-never-contacted", 0);
}

static void
test_convention (void)
{
  g_autoptr (KafBody) body = make_network ();

  assert_body (body, "2024-03-01", "network-without-convention", 0);
  body->n_conventions = 0;
  assert_body (body, "2024-03-01", "network-without-convention", 1);
}

/* Programmes */

typedef struct
{
  KafProgramme *programme;
  KafDomains *domains;
  KafConventions *conventions;
} Academy;

static void
assert_lacks (const Academy *self, const char *on, const char *code, guint n)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (day (on), NULL);
  g_autoptr (GPtrArray) in_force = g_ptr_array_new ();

  for (guint i = 0; i < self->conventions->acts->len; i++)
    {
      KafConvention *act = g_ptr_array_index (self->conventions->acts, i);
      g_autoptr (KafStanding) standing = kaf_convention_stand (act, findings->day);

      if (standing->state == KAF_CONVENTION_IN_FORCE)
        g_ptr_array_add (in_force, act);
    }
  g_test_message ("%s on %s", code, on);
  kaf_programme_check (findings, self->programme, self->domains, in_force);
  g_assert_cmpuint (count (findings, code), ==, n);
}

static void
set_domains (char ***where, const char *domains)
{
  g_strfreev (*where);
  *where = g_strsplit (domains, "|", -1);
}

static void
test_coverage (void)
{
  g_autoptr (KafProgramme) programme = kaf_programme_new ("P");
  g_autoptr (KafDomains) domains = kaf_domains_new ();
  g_autoptr (KafConventions) conventions = kaf_conventions_new ();
  Academy academy = { programme, domains, conventions };
  KafConvention *framework = kaf_convention_new ("F"), *specific = kaf_convention_new ("S");

  g_hash_table_insert (domains->parents, g_strdup ("cardiology"), g_strdup ("health"));
  set_domains (&programme->domains, "health|automotive");
  framework->programme = g_strdup ("P");
  framework->signed_on = day ("2020-06-24");
  specific->kind = KAF_CONVENTION_SPECIFIC;
  specific->parent_id = g_strdup ("F");
  specific->signed_on = day ("2020-06-24");
  specific->ends_on = day ("2024-02-29");
  set_domains (&specific->domains, "cardiology");
  kaf_conventions_take (conventions, framework);
  kaf_conventions_take (conventions, specific);
  kaf_conventions_tie (conventions);

  assert_lacks (&academy, "2024-02-29", "domain-without-module", 2);
  g_hash_table_add (programme->modules, g_strdup ("cardiology"));
  assert_lacks (&academy, "2024-02-29", "domain-without-module", 1);
  g_hash_table_add (programme->modules, g_strdup ("automotive"));
  assert_lacks (&academy, "2024-02-29", "domain-without-module", 0);

  assert_lacks (&academy, "2024-02-29", "domain-without-expert", 2);
  g_hash_table_add (domains->with_experts, g_strdup ("cardiology"));
  assert_lacks (&academy, "2024-02-29", "domain-without-expert", 1);

  /* The specific one serves the programme of its framework, until its last day. */
  assert_lacks (&academy, "2024-02-29", "domain-without-convention", 1);
  assert_lacks (&academy, "2024-03-01", "domain-without-convention", 2);
  set_domains (&framework->domains, "automotive|health");
  assert_lacks (&academy, "2024-03-01", "domain-without-convention", 0);

  /* Before it begins, and after its end, it lacks nothing. */
  set_domains (&programme->domains, "space");
  programme->from = day ("2024-03-01");
  programme->to = day ("2024-12-31");
  assert_lacks (&academy, "2024-02-29", "domain-without-module", 0);
  assert_lacks (&academy, "2024-03-01", "domain-without-module", 1);
  assert_lacks (&academy, "2024-12-31", "domain-without-module", 1);
  assert_lacks (&academy, "2025-01-01", "domain-without-module", 0);
}

/* A list of domains that two devices have tied into a circle. */
static void
test_circle (void)
{
  g_autoptr (KafDomains) domains = kaf_domains_new ();

  g_hash_table_insert (domains->parents, g_strdup ("a"), g_strdup ("b"));
  g_hash_table_insert (domains->parents, g_strdup ("b"), g_strdup ("a"));
  g_assert_true (kaf_domains_is_within (domains, "a", "b"));
  g_assert_false (kaf_domains_is_within (domains, "a", "c"));
}

static void
assert_session (const KafSession *session, const char *on, const char *code, guint n)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (day (on), NULL);

  kaf_session_check (findings, session);
  g_assert_cmpuint (count (findings, code), ==, n);
  g_assert_cmpuint (findings->n_all, ==, n);
}

static void
test_session (void)
{
  KafSession session = { .id = "s", .module = "m", .programme = "P" };

  session.starts_on = day ("2024-02-27");
  session.ends_on = day ("2024-02-29");
  assert_session (&session, "2024-02-29", "session-past-planned", 0);
  assert_session (&session, "2024-03-01", "session-past-planned", 1);
  session.ends_on = KAF_DAY_UNKNOWN;
  assert_session (&session, "2024-02-27", "session-past-planned", 0);
  assert_session (&session, "2024-02-28", "session-past-planned", 1);
  session.state = KAF_SESSION_HELD;
  assert_session (&session, "2024-02-28", "session-without-trainees", 1);
  session.counted = TRUE;
  assert_session (&session, "2024-02-28", "session-without-trainees", 1);
  session.present = 1;
  assert_session (&session, "2024-02-28", "session-without-trainees", 0);
  session.present = 0;
  session.state = KAF_SESSION_CANCELLED;
  assert_session (&session, "2024-02-28", "session-without-trainees", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partner-rules/president", test_president);
  g_test_add_func ("/partner-rules/overlap", test_overlap);
  g_test_add_func ("/partner-rules/contact", test_contact);
  g_test_add_func ("/partner-rules/convention", test_convention);
  g_test_add_func ("/partner-rules/coverage", test_coverage);
  g_test_add_func ("/partner-rules/circle", test_circle);
  g_test_add_func ("/partner-rules/session", test_session);
  return g_test_run ();
}
