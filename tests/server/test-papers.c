/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers: the hub alone keeps them, and only under an authorisation of the CNDP; who may reveal them is shown
 * one against a reason, which the register gets; what is removed or erased is in no file any more. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-utf8.h"
#include "kaf-endpoint-world.h"
#include "rules/kaf-identity-paper.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-papers.h"
#include "store/kaf-judge.h"
#include "store/kaf-read.h"
#include "store/kaf-setting-write.h"
#include "store/kaf-settings.h"

#define HERE "country:CH"
#define NUMBER "KN483920"
#define OTHER "LB57391"
#define REASON "Ordre de mission de décembre"

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* A manager, who is national. */
static Actor
make_manager (World *self)
{
  Actor actor = { .world = self, .user = (char *) "meryem", .device = 0x901 };

  actor.token = world_enroll (self, actor.user, "manager", "national", actor.device);
  return actor;
}

static KafRequest *ask (World *self, const char *path, const char *token, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static KafRequest *
ask (World *self, const char *path, const char *token, const char *format, ...)
{
  g_autofree char *body = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  return world_ask (self, path, token, body, -1);
}

static void
check (const KafRequest *request, guint status, const char *text)
{
  g_assert_cmpuint (request->status, ==, status);
  g_assert_nonnull (strstr (request->answer->str, text));
}

static void
set (World *self, const char *token, const char *person, const char *number)
{
  g_autoptr (KafRequest) request =
      ask (self, "/v1/papers", token, "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"%s\"}",
           person, number);

  check (request, 200, "{\"done\":true}");
}

static KafRequest *
list (World *self, const char *token, const char *person)
{
  return ask (self, "/v1/papers", token, "{\"person\":\"%s\"}", person);
}

static KafRequest *
reveal (World *self, const char *token, const char *person)
{
  return ask (self, "/v1/reveal", token,
              "{\"person\":\"%s\",\"kind\":\"cin\",\"reason\":\"" REASON "\"}", person);
}

/* Whether a file of the hub's folder has that text, as its bytes stand there. */
static gboolean
is_in_files (World *self, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      if (g_file_get_contents (path, &bytes, &size, NULL))
        found = found || memmem (bytes, size, text, strlen (text)) != NULL;
    }
  return found;
}

static void
reopen (World *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->service, kaf_service_close);
  self->service = kaf_service_open (self->dir, FALSE, &error);
  g_assert_no_error (error);
}

/* Has the hub begin with a copy of itself that was made before. */
static void
restore (World *self, const char *backup)
{
  g_autofree char *hub = g_build_filename (self->dir, "hub.db", NULL);

  g_clear_pointer (&self->service, kaf_service_close);
  g_assert_cmpint (g_rename (backup, hub), ==, 0);
  reopen (self);
}

static char *
back_up (World *self)
{
  char *path = g_build_filename (self->dir, "backup.db", NULL);
  g_autoptr (GError) error = NULL;

  kaf_hub_back_up (self->service->hub, path, &error);
  g_assert_no_error (error);
  return path;
}

/* Rules */

static void
test_numbers (void)
{
  static const struct
  {
    KafIdentityPaper kind;
    const char *typed, *kept;
  } cases[] = {
    { KAF_IDENTITY_PAPER_CIN, " kn 483 920 ", "KN483920" },
    { KAF_IDENTITY_PAPER_CIN, "j٤٨٣٩٢", "J48392" },
    { KAF_IDENTITY_PAPER_CIN,
      "K\xc2\xa0"
      "48392",
      "K48392" },
    { KAF_IDENTITY_PAPER_CIN, "KNX48392", NULL },
    { KAF_IDENTITY_PAPER_CIN, "483920", NULL },
    { KAF_IDENTITY_PAPER_CIN, "KN4839", NULL },
    { KAF_IDENTITY_PAPER_CIN, "KN4839201", NULL },
    { KAF_IDENTITY_PAPER_CIN, "KN48392a", NULL },
    { KAF_IDENTITY_PAPER_CIN, "KN-48392", NULL },
    { KAF_IDENTITY_PAPER_CIN, "ك48392", NULL },
    { KAF_IDENTITY_PAPER_CIN, " ", NULL },
    { KAF_IDENTITY_PAPER_CIN, NULL, NULL },
    { KAF_IDENTITY_PAPER_PASSPORT, "ab 1234567", "AB1234567" },
    { KAF_IDENTITY_PAPER_PASSPORT, "12345", NULL },
    { KAF_IDENTITY_PAPER_PASSPORT, "AB12345678", NULL },
    { KAF_IDENTITY_PAPER_RESIDENCE, "9x8y7z", "9X8Y7Z" },
    { KAF_IDENTITY_PAPER_RESIDENCE, "9x8y7é", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = kaf_identity_paper_normalise (cases[i].kind, cases[i].typed, &error);

      g_assert_cmpstr (kept, ==, cases[i].kept);
      g_assert_true ((error == NULL) == (kept != NULL));
    }
  g_assert_true (kaf_identity_paper_serves (NULL, "2026-11-30"));
  g_assert_true (kaf_identity_paper_serves ("2026-11-30", "2026-11-30"));
  g_assert_false (kaf_identity_paper_serves ("2026-11-29", "2026-11-30"));
}

/* What is kept, and what is told of it */

static void
test_kept (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  const char *person = world->persons[0];
  g_autoptr (KafRequest) none = NULL, one = NULL, shown = NULL, gone = NULL, again = NULL;

  actor_authorise (&manager);
  none = list (world, token, person);
  check (none, 200, "{\"authorised\":true,\"papers\":[]}");
  set (world, token, person, "lb 57 391");
  set (world, token, person, NUMBER);
  one = list (world, token, person);
  check (one, 200, "\"papers\":[{\"kind\":\"cin\",\"until\":null,\"by\":\"meryem\",\"at\":");
  g_assert_null (strstr (one->answer->str, NUMBER));
  /* What stood there before is nowhere. */
  g_assert_false (is_in_files (world, OTHER));
  shown = reveal (world, token, person);
  check (shown, 200, "{\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":null}");

  gone = ask (world, "/v1/papers", token, "{\"person\":\"%s\",\"kind\":\"cin\",\"remove\":true}",
              person);
  check (gone, 200, "{\"done\":true}");
  g_assert_false (is_in_files (world, NUMBER));
  again = reveal (world, token, person);
  check (again, 404, "missing");
}

/* The register of disclosures gets who, when, of whom, which and why, and no number. */
static void
test_logged (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autoptr (KafRequest) shown = NULL;
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("disclosure"));
  static const char *const columns[] = { "filter", "reason", "made_on", NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (KafRecord) person = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *what = NULL;
  g_autofree char *today = NULL;
  gint64 total, least;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  shown = reveal (world, token, world->persons[0]);
  check (shown, 200, NUMBER);
  world_sync (world);
  kaf_query_set_condition (query, "act", KAF_OP_ANY_OF, (const char *const[]){ "reveal", NULL });
  rows = kaf_page_read (world->store->db, query, columns, KAF_LANG_FR, 0, 10, &total, &least, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  record = kaf_read_record (world->store->db, kaf_registry_find ("disclosure"),
                            ((const KafRow *) g_ptr_array_index (rows, 0))->id, NULL);
  person =
      kaf_read_record (world->store->db, kaf_registry_find ("person"), world->persons[0], NULL);
  what = g_strdup_printf ("%s cin", kaf_record_get_ref (person));
  today = kaf_date_from_time (kaf_service_now (world->service) * 1000);
  g_assert_cmpstr (kaf_record_get (record, "filter"), ==, what);
  g_assert_cmpstr (kaf_record_get (record, "reason"), ==, REASON);
  g_assert_cmpstr (kaf_record_get (record, "entity"), ==, "person");
  g_assert_cmpstr (kaf_record_get (record, "n_persons"), ==, "1");
  g_assert_cmpstr (kaf_record_get (record, "made_on"), ==, today);
  g_assert_cmpstr (kaf_record_get_stamp (record)->created_by, ==, "meryem");
  g_assert_nonnull (kaf_record_get_ref (record));
}

/* What is refused */

static void
test_authorisation (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  const char *person = world->persons[0];
  static const struct
  {
    const char *key, *from, *value;
    gboolean authorised;
  } steps[] = {
    { "cndp.identifiers-reference", "2026-01-01", "A-PO-2026/17", FALSE },
    { "cndp.identifiers-day", "2026-01-01", "le 3 mars", FALSE },
    { "cndp.identifiers-day", "2026-01-02", "2199-01-01", FALSE },
    { "cndp.identifiers-day", "2026-01-03", "2026-03-03", TRUE },
    { "cndp.identifiers-reference", "2199-01-01", " ", TRUE },
    { "cndp.identifiers-reference", "2026-01-02", " ", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (KafRequest) set_it = NULL, shown = NULL, listed = NULL;

      actor_set (&manager, steps[i].key, steps[i].from, steps[i].value);
      set_it = ask (world, "/v1/papers", token,
                    "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"" NUMBER "\"}", person);
      shown = reveal (world, token, person);
      listed = list (world, token, person);
      if (steps[i].authorised)
        {
          check (set_it, 200, "done");
          check (shown, 200, NUMBER);
          check (listed, 200, "{\"authorised\":true");
        }
      else
        {
          check (set_it, 409, "{\"error\":\"papers\",\"why\":\"authorisation\"}");
          check (shown, 409, "authorisation");
          check (listed, 200, "{\"authorised\":false");
        }
    }
  /* What is there may still be removed. */
  {
    g_autoptr (KafRequest) gone = ask (
        world, "/v1/papers", token, "{\"person\":\"%s\",\"kind\":\"cin\",\"remove\":true}", person);

    check (gone, 200, "done");
  }
}

/* The reference of the authorisation from @from on, with an id of its own, as a device gives one. */
static void
set_reference (Actor *actor, const char *id, const char *from, const char *value)
{
  g_autofree char *payload = g_strdup_printf (
      "[{\"o\":\"create\",\"e\":\"setting\",\"i\":\"%s\",\"f\":{\"key\":\"%s\",\"valid_from\":"
      "\"%s\",\"value\":\"%s\"}}]",
      id, KAF_SETTING_IDENTIFIERS_REFERENCE, from, value);
  g_autoptr (KafRequest) request = actor_send (actor, payload);

  g_assert_cmpuint (request->status, ==, 200);
  g_assert_null (strstr (request->answer->str, "\"rejected\""));
}

/* The hub goes by it, and a device that has heard all. */
static void
check_reference (World *world, const char *token, gboolean authorised)
{
  g_autoptr (KafRequest) listed = NULL;
  g_autofree char *here = NULL;

  world_sync (world);
  listed = list (world, token, world->persons[0]);
  check (listed, 200, authorised ? "\"authorised\":true" : "\"authorised\":false");
  here = kaf_read_setting (world->store->db, KAF_SETTING_IDENTIFIERS_REFERENCE, NULL);
  g_assert_true (kaf_text_is_blank (here) == !authorised);
}

/* Two devices set the same from the same day on, neither having heard of the other: the hub and all devices go by the
 * same one of the two, whichever came first, and who sets it again that day changes that one. */
static void
test_same_day (void)
{
  static const char *const ids[] = { "0190aaaa-0000-7000-8000-000000000001",
                                     "0190aaaa-0000-7000-8000-000000000002" };
  static const char *const values[] = { " ", "A-PO-2026/17" };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (World) world = world_new ();
      Actor manager = make_manager (world);
      g_autofree char *token = manager.token;
      g_autofree char *today =
          kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (world->store->db)));
      gboolean first = i % 2, authorised = i / 2;
      g_autoptr (KafReceipt) again = NULL;
      g_autoptr (GError) error = NULL;

      actor_set (&manager, KAF_SETTING_IDENTIFIERS_DAY, "2026-01-01", "2026-01-01");
      for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
        {
          gboolean later = j == 0 ? first : !first;

          set_reference (&manager, ids[later], today, values[later ? authorised : !authorised]);
        }
      check_reference (world, token, authorised);
      kaf_accounts_grant (world->service->accounts, "amina", "manager", "national", &error);
      g_assert_no_error (error);
      world_sync (world);
      again = kaf_setting_write (world->store->db, KAF_SETTING_IDENTIFIERS_REFERENCE,
                                 values[!authorised], NULL, &error);
      g_assert_no_error (error);
      check_reference (world, token, !authorised);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *path, *rest;
    guint status;
    const char *text;
  } cases[] = {
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"KN48\"", 409, "\"why\":\"number\"" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":\"2020-01-01\"", 409,
      "\"why\":\"expired\"" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":\"2030-02-30\"", 400,
      "request" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":null", 400, "request" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"remove\":true", 400, "request" },
    { "/v1/papers", ",\"kind\":\"cin\"", 400, "request" },
    { "/v1/papers", ",\"kind\":\"iban\",\"number\":\"" NUMBER "\"", 400, "request" },
    { "/v1/papers", ",\"kind\":7", 400, "request" },
    { "/v1/papers", ",\"remove\":true", 400, "request" },
    { "/v1/papers", ",\"kind\":\"passport\",\"remove\":true", 404, "missing" },
    { "/v1/reveal", ",\"kind\":\"cin\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\" \"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"ok\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"a\\nb\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"\\u00a0\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"\\u0001\\u200f\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"Ordre\\u001b[2J\"", 400, "request" },
    { "/v1/reveal", ",\"reason\":\"" REASON "\"", 400, "request" },
    { "/v1/reveal", ",\"kind\":\"passport\",\"reason\":\"" REASON "\"", 404, "missing" },
  };
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autoptr (KafRequest) nobody = NULL, organisation = NULL, bare = NULL;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafRequest) request = ask (world, cases[i].path, token, "{\"person\":\"%s\"%s}",
                                            world->persons[0], cases[i].rest);

      if (request->status != cases[i].status)
        g_test_message ("%s", cases[i].rest);
      check (request, cases[i].status, cases[i].text);
    }
  nobody = list (world, token, "0190aaaa-0000-7000-8000-00000000ffff");
  check (nobody, 404, "missing");
  organisation = list (world, token, world->organisations[0]);
  check (organisation, 404, "missing");
  bare = ask (world, "/v1/reveal", token, "[]");
  check (bare, 400, "request");
}

/* As many an hour as may be, of an account, whatever the device; it is not forgotten when the server starts anew. */
static void
test_rate (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *other = world_enroll (world, "meryem", "manager", "national", 0x902);
  g_autofree char *second = world_enroll (world, "nadia", "manager", "national", 0x903);
  g_autoptr (KafRequest) over = NULL, elsewhere = NULL;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  for (guint i = 0; i < KAF_HUB_REVEALS_AN_HOUR; i++)
    {
      g_autoptr (KafRequest) request =
          reveal (world, i % 2 == 0 ? token : other, world->persons[0]);

      check (request, 200, NUMBER);
    }
  reopen (world);
  over = reveal (world, token, world->persons[0]);
  check (over, 429, "{\"error\":\"wait\",\"seconds\":3");
  g_assert_null (strstr (over->answer->str, NUMBER));
  elsewhere = reveal (world, second, world->persons[0]);
  check (elsewhere, 200, NUMBER);
}

/* Who is one with another is asked together with her. */
static void
test_merged (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *local = world_enroll (world, "nadia", "manager", HERE, 0x903);
  KafJudging judging = { .entity = kaf_registry_find ("person"),
                         .a = world->persons[0],
                         .b = world->persons[1],
                         .verdict = KAF_VERDICT_SAME,
                         .likelihood = -1 };
  g_autoptr (KafChangeSet) same = kaf_judge (&judging);
  g_autoptr (KafChangeSet) back = kaf_change_set_new ("judge");
  g_autoptr (KafReceipt) judged = NULL, revoked = NULL;
  g_autoptr (KafRequest) before = NULL, after = NULL, there = NULL, parted = NULL, abroad = NULL;
  g_autoptr (GError) error = NULL;

  actor_authorise (&manager);
  set (world, token, world->persons[1], NUMBER);
  before = reveal (world, token, world->persons[0]);
  check (before, 404, "missing");
  judged = kaf_commit (world->store->db, same, NULL, NULL, &error);
  g_assert_no_error (error);
  world_sync (world);
  after = reveal (world, token, world->persons[0]);
  check (after, 200, NUMBER);
  /* Of the two he whose other half lies elsewhere is shown no more than before. */
  abroad = reveal (world, local, world->persons[0]);
  g_assert_null (strstr (abroad->answer->str, NUMBER));
  /* Entered for the one, it stands in the place of the other's. */
  set (world, token, world->persons[0], OTHER);
  there = reveal (world, token, world->persons[1]);
  check (there, 200, OTHER);
  g_assert_false (is_in_files (world, NUMBER));

  kaf_judge_revoke (world->store->db, back, g_ptr_array_index (judged->ids, 0), NULL, &error);
  g_assert_no_error (error);
  revoked = kaf_commit (world->store->db, back, NULL, NULL, &error);
  g_assert_no_error (error);
  world_sync (world);
  parted = reveal (world, token, world->persons[1]);
  check (parted, 404, "missing");
}

/* Erasing */

/* Her number goes with her, from the log and from a backup that is restored later too. */
static void
test_erased (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *officer = world_enroll (world, "salwa", "protection-officer", "national", 77);
  g_autofree char *backup = NULL;
  g_autoptr (KafRequest) order = NULL, after = NULL, other = NULL, again = NULL;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  set (world, token, world->persons[1], OTHER);
  backup = back_up (world);
  g_assert_true (is_in_files (world, NUMBER));
  order = ask (world, "/v1/erase-orders", officer,
               "{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", world->persons[0]);
  check (order, 200, "erased");
  after = list (world, token, world->persons[0]);
  check (after, 404, "missing");
  restore (world, backup);
  g_assert_false (is_in_files (world, NUMBER));
  again = reveal (world, token, world->persons[0]);
  check (again, 404, "missing");
  other = reveal (world, token, world->persons[1]);
  check (other, 200, OTHER);
}

/* What was removed does not come back with a backup; what was entered since stays. */
static void
test_restored (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *backup = NULL;
  g_autoptr (KafRequest) gone = NULL, shown = NULL;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  backup = back_up (world);
  gone = ask (world, "/v1/papers", token, "{\"person\":\"%s\",\"kind\":\"cin\",\"remove\":true}",
              world->persons[0]);
  check (gone, 200, "done");
  restore (world, backup);
  g_assert_false (is_in_files (world, NUMBER));
  set (world, token, world->persons[0], OTHER);
  reopen (world);
  shown = reveal (world, token, world->persons[0]);
  check (shown, 200, OTHER);
}

/* In time */

/* The hub of a world at another time, without its service. */
typedef struct
{
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
} Later;

static Later
open_later (World *self, gint64 days)
{
  g_autofree char *path = g_build_filename (self->dir, "hub.db", NULL);
  g_autoptr (GError) error = NULL;
  Later later = { kaf_clock_new_manual (kaf_service_now (self->service) * 1000 + days * DAY_US),
                  kaf_random_new_seeded (7), NULL };

  g_clear_pointer (&self->service, kaf_service_close);
  later.hub = kaf_hub_open (path, FALSE, later.clock, later.random, &error);
  g_assert_no_error (error);
  return later;
}

static void
close_later (Later *later, World *self)
{
  kaf_hub_close (later->hub);
  kaf_clock_unref (later->clock);
  kaf_random_unref (later->random);
  reopen (self);
}

/* Of her identity card. (transfer full) */
static char *
ask_later (const Later *later, KafHubPapersAct act, const char *person)
{
  const KafHubSession session = {
    .device = 0x901, .user = "meryem", .role = kaf_role_find ("manager"), .grant = "national"
  };
  const KafHubPapersAsk wanted = { .act = act,
                                   .person = person,
                                   .kind = KAF_IDENTITY_PAPER_CIN,
                                   .number = act == KAF_HUB_PAPERS_SET ? NUMBER : NULL,
                                   .reason = REASON };
  g_autoptr (GString) answer = g_string_new (NULL);
  KafHubPapersRefusal refusal;
  g_autoptr (GError) error = NULL;

  if (!kaf_hub_ask_papers (later->hub, &session, &wanted, answer, &refusal, &error))
    g_assert_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING);
  return g_string_free (g_steal_pointer (&answer), FALSE);
}

static void
clean (const Later *later)
{
  g_autofree char *after = g_strdup ("");
  g_autoptr (GError) error = NULL;

  while (after != NULL)
    {
      kaf_hub_clean_papers (later->hub, kaf_clock_now (later->clock), &after, &error);
      g_assert_no_error (error);
    }
  kaf_hub_finish_erasures (later->hub, &error);
  g_assert_no_error (error);
}

/* On its last day it serves; on the next it is shown to nobody, and cleaned away. */
static void
test_expired (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *today = kaf_date_from_time (kaf_service_now (world->service) * 1000);
  g_autofree char *until = kaf_date_add_days (today, 10);
  g_autoptr (KafRequest) request = NULL;

  actor_authorise (&manager);
  request = ask (world, "/v1/papers", token,
                 "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":\"%s\"}",
                 world->persons[0], until);
  check (request, 200, "done");
  for (guint i = 0; i < 2; i++)
    {
      Later later = open_later (world, 10 + i);
      g_autofree char *shown = ask_later (&later, KAF_HUB_PAPERS_REVEAL, world->persons[0]);

      g_assert_true ((strstr (shown, NUMBER) != NULL) == (i == 0));
      g_assert_true (is_in_files (world, NUMBER));
      clean (&later);
      g_assert_true (is_in_files (world, NUMBER) == (i == 0));
      close_later (&later, world);
    }
}

/* A clock that is wrong for a day removes none: it is believed once it has run on for some days. */
static void
test_clock_leaps (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *today = kaf_date_from_time (kaf_service_now (world->service) * 1000);
  g_autofree char *until = kaf_date_add_days (today, 10);
  gint64 now = kaf_service_now (world->service) * 1000;
  g_autoptr (KafClock) clock = kaf_clock_new_manual (now - now % DAY_US);
  g_autoptr (KafRequest) request = NULL;

  actor_authorise (&manager);
  request = ask (world, "/v1/papers", token,
                 "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"" NUMBER "\",\"until\":\"%s\"}",
                 world->persons[0], until);
  check (request, 200, "done");
  world_set_clock (world, clock);
  world_run_hours (world, clock, 0, 100);
  g_assert_true (is_in_files (world, NUMBER));
  world_run_hours (world, clock, 400, 24);
  world_run_hours (world, clock, -400, 100);
  g_assert_true (is_in_files (world, NUMBER));
  /* Nor on the last day that it serves, when the clock is some hours ahead; but then it goes. */
  world_run_hours (world, clock, 0, 24);
  kaf_clock_advance (clock, G_GINT64_CONSTANT (23) * 3600 * G_USEC_PER_SEC);
  world_run_hours (world, clock, 0, 1);
  g_assert_true (is_in_files (world, NUMBER));
  world_run_hours (world, clock, 0, 48);
  g_assert_false (is_in_files (world, NUMBER));
}

/* What a clock entered that was ahead is removed by a right one for good too. */
static void
test_entered_ahead (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *backup = NULL;
  g_autofree char *entered = NULL;
  g_autoptr (KafRequest) gone = NULL, after = NULL;
  Later later;

  actor_authorise (&manager);
  later = open_later (world, 400);
  entered = ask_later (&later, KAF_HUB_PAPERS_SET, world->persons[0]);
  g_assert_nonnull (strstr (entered, "done"));
  close_later (&later, world);
  backup = back_up (world);
  gone = ask (world, "/v1/papers", token, "{\"person\":\"%s\",\"kind\":\"cin\",\"remove\":true}",
              world->persons[0]);
  check (gone, 200, "done");
  restore (world, backup);
  after = reveal (world, token, world->persons[0]);
  check (after, 404, "missing");
  g_assert_false (is_in_files (world, NUMBER));
}

/* What it removed does not go again, once it was entered by a right one. */
static void
test_removed_ahead (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *removed = NULL;
  g_autoptr (KafRequest) after = NULL;
  Later later;

  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  later = open_later (world, 400);
  removed = ask_later (&later, KAF_HUB_PAPERS_REMOVE, world->persons[0]);
  g_assert_nonnull (strstr (removed, "done"));
  close_later (&later, world);
  set (world, token, world->persons[0], OTHER);
  reopen (world);
  after = reveal (world, token, world->persons[0]);
  check (after, 200, OTHER);
}

/* While she is deleted nobody is shown it; it is there again when that is undone, as long as that is likely. */
static void
test_deleted (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  const char *person = world->persons[0];
  g_autofree char *remove =
      g_strdup_printf ("[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"%s\"}]", person);
  g_autofree char *bring_back =
      g_strdup_printf ("[{\"o\":\"restore\",\"e\":\"person\",\"i\":\"%s\"}]", person);
  static const gint64 days[] = { KAF_HUB_PAPERS_DELETED_DAYS - 1, KAF_HUB_PAPERS_DELETED_DAYS + 1 };

  actor_authorise (&manager);
  set (world, token, person, NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (KafRequest) removed = actor_send (&manager, remove);
      g_autoptr (KafRequest) hidden = reveal (world, token, person);
      g_autoptr (KafRequest) back = NULL, shown = NULL;
      Later later;

      check (hidden, 404, "missing");
      later = open_later (world, days[i]);
      clean (&later);
      g_assert_true (is_in_files (world, NUMBER) == (i == 0));
      close_later (&later, world);
      back = actor_send (&manager, bring_back);
      shown = reveal (world, token, person);
      check (shown, i == 0 ? 200 : 404, i == 0 ? NUMBER : "missing");
    }
}

/* A hub of before gets a place for them. */
static void
test_older (void)
{
  g_autoptr (World) world = world_new ();
  Actor manager = make_manager (world);
  g_autofree char *token = manager.token;
  g_autofree char *path = g_build_filename (world->dir, "hub.db", NULL);
  g_autoptr (KafRequest) shown = NULL;
  sqlite3 *db = NULL;

  g_clear_pointer (&world->service, kaf_service_close);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DROP TABLE paper; PRAGMA user_version = 2", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  reopen (world);
  actor_authorise (&manager);
  set (world, token, world->persons[0], NUMBER);
  shown = reveal (world, token, world->persons[0]);
  check (shown, 200, NUMBER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/papers/numbers", test_numbers);
  g_test_add_func ("/papers/kept", test_kept);
  g_test_add_func ("/papers/logged", test_logged);
  g_test_add_func ("/papers/authorisation", test_authorisation);
  g_test_add_func ("/papers/same-day", test_same_day);
  g_test_add_func ("/papers/refused", test_refused);
  g_test_add_func ("/papers/rate", test_rate);
  g_test_add_func ("/papers/merged", test_merged);
  g_test_add_func ("/papers/erased", test_erased);
  g_test_add_func ("/papers/restored", test_restored);
  g_test_add_func ("/papers/expired", test_expired);
  g_test_add_func ("/papers/clock-leaps", test_clock_leaps);
  g_test_add_func ("/papers/entered-ahead", test_entered_ahead);
  g_test_add_func ("/papers/removed-ahead", test_removed_ahead);
  g_test_add_func ("/papers/deleted", test_deleted);
  g_test_add_func ("/papers/older", test_older);
  return g_test_run ();
}
