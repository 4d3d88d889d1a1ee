/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written where its author may not write any more: it waits, is told field by field to who answers there, is taken
 * in his name or set aside by him, and its author is told. */
#include "config.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-quarantine.h"
#include "store/kaf-refusals.h"
#include "sync/kaf-exchange.h"

#define HERE "country:CH"

/* What the author, amina, is granted once her grant was withdrawn. */
#define ELSEWHERE "country:DE"

static void
grant (World *self, const char *scope)
{
  g_autoptr (GError) error = NULL;

  kaf_accounts_grant (self->service->accounts, "amina", "agent", scope, &error);
  g_assert_no_error (error);
}

/* Amina writes it without a network, and has lost the place when she is back. */
static void
write_late (World *self, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (self->store, entity, id, field, value, NULL);

  g_assert_nonnull (receipt);
  grant (self, ELSEWHERE);
  g_assert_cmpuint (world_exchange (self), ==, 1);
}

static char *
list (World *self, const char *token)
{
  g_autoptr (KafRequest) request = world_ask (self, "/v1/quarantine", token, "", -1);

  g_assert_cmpuint (request->status, ==, 200);
  return g_strdup (request->answer->str);
}

static gint64
find_seen (const char *lines)
{
  const char *seen = strstr (lines, "{\"seen\":");

  g_assert_nonnull (seen);
  return g_ascii_strtoll (seen + strlen ("{\"seen\":"), NULL, 10);
}

/* The name of the first edit that is listed. (transfer full) */
static char *
find_name (const char *lines)
{
  const char *name = lines + strlen ("{\"edit\":\"");

  g_assert_true (g_str_has_prefix (lines, "{\"edit\":\""));
  return g_strndup (name, strcspn (name, "\""));
}

static KafRequest *
take (World *self, const char *token, const char *name, gint64 seen)
{
  g_autofree char *body =
      g_strdup_printf ("{\"edit\":\"%s\",\"take\":true,\"seen\":%" G_GINT64_FORMAT "}", name, seen);

  return world_ask (self, "/v1/settlements", token, body, -1);
}

/* Takes the first edit that is listed. */
static void
take_first (World *self, const char *token)
{
  g_autofree char *lines = list (self, token);
  g_autofree char *name = find_name (lines);
  g_autoptr (KafRequest) request = take (self, token, name, find_seen (lines));

  g_assert_cmpstr (request->answer->str, ==, "{\"settled\":true}\n");
}

static KafRefusal *
find_refusal (World *self)
{
  g_autoptr (GPtrArray) refusals = kaf_refusals_read (self->store->db, 10, KAF_LANG_EN, NULL);

  g_assert_cmpuint (refusals->len, ==, 1);
  return g_ptr_array_steal_index (refusals, 0);
}

static void
assert_refusal (World *self, const char *why, const char *about)
{
  g_autoptr (KafRefusal) refusal = find_refusal (self);

  g_assert_cmpstr (refusal->why, ==, why);
  g_assert_cmpstr (refusal->about, ==, about);
}

/* How the record stands at the hub, as who sees everything is told. (transfer full) */
static char *
read_all (World *self)
{
  g_autofree char *token = world_enroll (self, "zineb", "manager", "national", 0x700);
  g_autofree char *hello = world_greet (self);
  g_autoptr (KafRequest) request = world_ask (self, "/v1/sync", token, hello, -1);

  g_assert_cmpuint (request->status, ==, 200);
  return g_strdup (request->answer->str);
}

/* Tests */

static void
test_taken (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  g_autofree char *name = NULL;
  g_autofree char *lines = NULL, *after = NULL, *all = NULL;
  g_autoptr (KafRequest) again = NULL;
  gint64 n_quarantined;

  write_late (world, "person", world->persons[0], "city", "Berne");
  assert_refusal (world, KAF_REFUSED_SCOPE, NULL);
  kaf_hub_count_quarantine (world->service->hub, &n_quarantined, NULL);
  g_assert_cmpint (n_quarantined, ==, 1);
  lines = list (world, token);
  name = find_name (lines);
  g_assert_nonnull (strstr (lines, "\"by\":\"amina\""));
  g_assert_nonnull (strstr (lines, world->persons[0]));
  g_assert_nonnull (strstr (lines, "\"f\":{\"city\":[\"Berne\",\"kanari-in-contact-person\"]}}]}"));
  take_first (world, token);
  all = read_all (world);
  g_assert_nonnull (strstr (all, "\"city\":\"Berne\""));
  g_assert_nonnull (strstr (all, "\"rachid\""));
  /* Settled, it waits no more; and its author hears of it, who may not see the record. */
  after = list (world, token);
  g_assert_true (g_str_has_prefix (after, "{\"seen\":"));
  kaf_hub_count_quarantine (world->service->hub, &n_quarantined, NULL);
  g_assert_cmpint (n_quarantined, ==, 0);
  again = take (world, token, name, find_seen (lines));
  g_assert_cmpuint (again->status, ==, 404);
  world_sync (world);
  assert_refusal (world, KAF_REFUSED_TAKEN, "rachid\t");
  g_assert_false (
      kaf_read_exists (world->store->db, kaf_registry_find ("person"), world->persons[0]));
  /* Granted the place again, she finds it there. */
  grant (world, "national");
  world_sync (world);
  kaf_fixture_assert_field (world->store, "person", world->persons[0], "city", "Berne");
}

static void
test_set_aside (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "regional-officer", HERE, 0x800);
  g_autofree char *officer = world_enroll (world, "salwa", "protection-officer", "national", 0x801);
  g_autofree char *order =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", world->persons[0]);
  g_autofree char *body = NULL, *name = NULL, *lines = NULL, *after = NULL, *all = NULL;
  g_autofree char *hub = g_build_filename (world->dir, "hub.db", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (KafRequest) request = NULL, erased = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  gsize size;

  write_late (world, "person", world->persons[0], "city", "Berne");
  lines = list (world, token);
  name = find_name (lines);
  body = g_strdup_printf ("{\"edit\":\"%s\",\"reason\":\"Elle vit à Genève\"}", name);
  request = world_ask (world, "/v1/settlements", token, body, -1);
  g_assert_cmpuint (request->status, ==, 200);
  after = list (world, token);
  g_assert_true (g_str_has_prefix (after, "{\"seen\":"));
  all = read_all (world);
  g_assert_null (strstr (all, "Berne"));
  world_sync (world);
  assert_refusal (world, KAF_REFUSED_ASIDE, "rachid\tElle vit à Genève");
  /* It is in the journal, until she is erased who it is about: then it goes, and so does why. */
  erased = world_ask (world, "/v1/erase-orders", officer, order, -1);
  g_assert_cmpuint (erased->status, ==, 200);
  world_sync (world);
  refusals = kaf_refusals_read (world->store->db, 10, KAF_LANG_EN, NULL);
  g_assert_cmpuint (refusals->len, ==, 0);
  g_assert_true (g_file_get_contents (hub, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, "Elle vit", strlen ("Elle vit")));
  g_assert_null (memmem (bytes, size, "Berne", strlen ("Berne")));
}

/* Nobody takes what he could not have written, nor what he does not read. */
static void
test_rights (void)
{
  static const struct
  {
    const char *field, *value;
    gboolean told;
    guint status;
    const char *answer;
  } cases[] = {
    { "given_name", "Salma", TRUE, 409,
      "{\"error\":\"refused\",\"why\":\"right\",\"field\":\"given_name\"}\n" },
    { "notes", "Kanarizettel", FALSE, 409,
      "{\"error\":\"refused\",\"why\":\"right\",\"field\":null}\n" },
    { "city", "Berne", TRUE, 200, "{\"settled\":true}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (World) world = world_new ();
      g_autofree char *token = world_enroll (world, "rachid", "regional-officer", HERE, 0x800);
      g_autofree char *lines = NULL, *name = NULL;
      g_autoptr (KafRequest) request = NULL;

      write_late (world, "person", world->persons[0], cases[i].field, cases[i].value);
      lines = list (world, token);
      name = find_name (lines);
      g_assert_true ((strstr (lines, cases[i].value) != NULL) == cases[i].told);
      g_assert_true ((strstr (lines, "\"hidden\":0") != NULL) == cases[i].told);
      request = take (world, token, name, find_seen (lines));
      g_assert_cmpstr (request->answer->str, ==, cases[i].answer);
      g_assert_cmpuint (request->status, ==, cases[i].status);
    }
}

/* What somebody wrote after it was looked at is not written over in silence. */
static void
test_changed_since (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  Actor other = { .world = world, .user = (char *) "karim", .device = 0x810 };
  g_autofree char *payload =
      g_strdup_printf ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"city\":"
                       "[\"kanari-in-contact-person\",\"Genève\"]}}]",
                       world->persons[0]);
  g_autofree char *lines = NULL, *name = NULL, *all = NULL;
  g_autoptr (KafRequest) sent = NULL, request = NULL;

  other.token = world_enroll (world, other.user, "agent", HERE, other.device);
  write_late (world, "person", world->persons[0], "city", "Berne");
  lines = list (world, token);
  name = find_name (lines);
  sent = actor_send (&other, payload);
  g_assert_nonnull (strstr (sent->answer->str, "[1,\"ok\"]"));
  request = take (world, token, name, find_seen (lines));
  g_assert_cmpuint (request->status, ==, 200);
  all = read_all (world);
  g_assert_nonnull (strstr (all, "\"e\":\"conflict\""));
  g_assert_nonnull (strstr (all, "\\\"city\\\":\\\"Genève\\\""));
  g_free (other.token);
}

/* Nor what was taken meanwhile: the hub has written that by its own hand, and whoever looked before has not seen it. */
static void
test_taken_since (void)
{
  static const char *const cities[] = { "Berne", "Bienne" };
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  g_autofree char *other = world_enroll (world, "hind", "manager", HERE, 0x801);
  Actor outsider = { .world = world, .user = (char *) "karim", .device = 0x810 };
  g_autofree char *lines = NULL, *first = NULL, *second = NULL, *all = NULL;

  outsider.token = world_enroll (world, outsider.user, "agent", ELSEWHERE, outsider.device);
  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autofree char *payload =
          g_strdup_printf ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"city\":"
                           "[\"kanari-in-contact-person\",\"%s\"]}}]",
                           world->persons[0], cities[i]);
      g_autoptr (KafRequest) sent = actor_send (&outsider, payload);

      g_assert_nonnull (strstr (sent->answer->str, "\"quarantined\""));
    }
  lines = list (world, token);
  first = find_name (lines);
  second = find_name (strchr (lines, '\n') + 1);
  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autoptr (KafRequest) request =
          take (world, i == 0 ? token : other, i == 0 ? first : second, find_seen (lines));

      g_assert_cmpuint (request->status, ==, 200);
    }
  all = read_all (world);
  g_assert_nonnull (strstr (all, "\"city\":\"Bienne\""));
  g_assert_nonnull (strstr (all, "\\\"city\\\":\\\"Berne\\\""));
  g_free (outsider.token);
}

/* A person and what belongs to her, whom nobody has yet: first she is taken, then that. */
static void
test_created (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  g_autofree char *foreign = world_enroll (world, "karim", "manager", "country:FR", 0x801);
  g_autofree char *person = kaf_fixture_create (world->store, "person", NULL, "family_name",
                                                "Bennis", "country", "CH", NULL);
  g_autofree char *expert =
      kaf_fixture_create (world->store, "expert", person, "employer", "EPFL", NULL);
  g_autofree char *contact =
      kaf_fixture_create (world->store, "contact", NULL, "person", person, "held_on", "2026-11-20",
                          "channel", "call", "subject", "Objet", NULL);
  g_autofree char *none = NULL, *after = NULL, *all = NULL;

  grant (world, ELSEWHERE);
  g_assert_cmpuint (world_exchange (world), ==, 3);
  none = list (world, foreign);
  g_assert_true (g_str_has_prefix (none, "{\"seen\":"));
  take_first (world, token);
  take_first (world, token);
  take_first (world, token);
  after = list (world, token);
  g_assert_true (g_str_has_prefix (after, "{\"seen\":"));
  all = read_all (world);
  g_assert_nonnull (strstr (all, "\"Bennis\""));
  g_assert_nonnull (strstr (all, "\"EPFL\""));
  g_assert_nonnull (strstr (all, "\"Objet\""));
  grant (world, "national");
  world_sync (world);
  kaf_fixture_assert_field (world->store, "person", person, "family_name", "Bennis");
  kaf_fixture_assert_field (world->store, "contact", contact, "subject", "Objet");
}

/* What somebody declared is nobody else's to declare. */
static void
test_act (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", "national", 0x800);
  Actor other = { .world = world, .user = (char *) "karim", .device = 0x810 };
  g_autofree char *lines = NULL, *name = NULL;
  g_autoptr (KafRequest) sent = NULL, request = NULL;

  other.token = world_enroll (world, other.user, "agent", ELSEWHERE, other.device);
  sent =
      actor_send (&other, "[{\"o\":\"create\",\"e\":\"mission_act\",\"i\":\"0190aaaa-z\","
                          "\"f\":{\"mission\":\"0190aaaa-m\",\"kind\":\"leave\",\"step\":\"1\"}}]");
  g_assert_nonnull (strstr (sent->answer->str, "\"quarantined\""));
  lines = list (world, token);
  name = find_name (lines);
  request = take (world, token, name, find_seen (lines));
  g_assert_cmpuint (request->status, ==, 409);
  g_assert_nonnull (strstr (request->answer->str, "\"why\":\"approval\""));
  g_free (other.token);
}

/* What its author would have had for having made it lies nowhere else for that: who answers elsewhere is not told of it. */
static void
test_own (void)
{
  static const char *const payloads[] = {
    "[{\"o\":\"create\",\"e\":\"need\",\"i\":\"0190aaaa-need\",\"f\":{\"title_fr\":\"Kanaribedarf\"}}]",
    "[{\"o\":\"create\",\"e\":\"segment\",\"i\":\"0190aaaa-segm\",\"f\":{\"name\":\"Kanaripfad\"}}]",
    "[{\"o\":\"create\",\"e\":\"saved_filter\",\"i\":\"0190aaaa-filt\",\"f\":{\"name\":\"Kanarifilter\"}}]",
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "regional-officer", HERE, 0x800);
  g_autofree char *foreign = world_enroll (world, "hind", "manager", ELSEWHERE, 0x801);
  g_autofree char *national = world_enroll (world, "zineb", "manager", "national", 0x802);
  Actor outsider = { .world = world, .user = (char *) "karim", .device = 0x810 };
  const char *const tokens[] = { token, foreign, national };
  g_autoptr (GError) error = NULL;

  outsider.token = world_enroll (world, outsider.user, "agent", ELSEWHERE, outsider.device);
  kaf_accounts_grant (world->service->accounts, outsider.user, KAF_ROLE_NONE, "", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (KafRequest) sent = actor_send (&outsider, payloads[i]);

      g_assert_nonnull (strstr (sent->answer->str, "\"quarantined\""));
    }
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *lines = list (world, tokens[i]);

      g_assert_true ((strstr (lines, "Kanari") != NULL) == (tokens[i] == national));
      g_assert_true ((strstr (lines, "0190aaaa-") != NULL) == (tokens[i] == national));
    }
  g_free (outsider.token);
}

/* However much somebody writes, an answer stays small enough to be read; the rest is told once that is settled. */
static void
test_much (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  g_autofree char *notes = g_strnfill (32000, 'k');
  Actor outsider = { .world = world, .user = (char *) "karim", .device = 0x810 };
  g_autofree char *lines = NULL;
  gint64 n_quarantined;

  outsider.token = world_enroll (world, outsider.user, "agent", ELSEWHERE, outsider.device);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *payload =
          g_strdup_printf ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"notes\":"
                           "[null,\"%s%u\"]}}]",
                           world->persons[0], notes, i);
      g_autoptr (KafRequest) sent = actor_send (&outsider, payload);

      g_assert_nonnull (strstr (sent->answer->str, "\"quarantined\""));
    }
  g_assert_true (kaf_hub_count_quarantine (world->service->hub, &n_quarantined, NULL));
  g_assert_cmpint (n_quarantined, ==, 150);
  lines = list (world, token);
  g_assert_cmpuint (strlen (lines), <, 4400 * 1024);
  g_assert_true (g_str_has_prefix (lines, "{\"edit\":"));
  g_assert_true (g_str_has_suffix (lines, "\"more\":true}\n"));
  g_free (outsider.token);
}

/* Whom it is about is erased: nothing of what was taken stays at the hub, nor does it come back; and of its hash, which
 * does, nobody finds out what stood there. */
static void
test_erased (void)
{
  static const guint8 none[KAF_OP_GROUP_SALT_SIZE];
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "manager", HERE, 0x800);
  g_autofree char *officer = world_enroll (world, "salwa", "protection-officer", "national", 0x801);
  g_autofree char *order =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", world->persons[0]);
  g_autofree char *hub = g_build_filename (world->dir, "hub.db", NULL);
  g_autofree char *log = g_strconcat (hub, "-wal", NULL);
  const char *const files[] = { hub, log };
  g_autofree char *lines = NULL, *name = NULL;
  g_autoptr (KafRequest) erased = NULL, again = NULL;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
  sqlite3_stmt *rows;
  sqlite3 *db;

  write_late (world, "person", world->persons[0], "city", "Berne");
  lines = list (world, token);
  name = find_name (lines);
  take_first (world, token);
  g_assert_cmpint (sqlite3_open (hub, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT header, payload FROM op_group WHERE device = 0",
                                       -1, &rows, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (rows), ==, SQLITE_ROW);
  kaf_op_group_hash_payload (none, sizeof none, (const char *) sqlite3_column_text (rows, 1), hash);
  g_assert_cmpint (sqlite3_column_bytes (rows, 0), ==, sizeof hash);
  g_assert_cmpint (memcmp (sqlite3_column_blob (rows, 0), hash, sizeof hash), !=, 0);
  sqlite3_finalize (rows);
  sqlite3_close (db);
  erased = world_ask (world, "/v1/erase-orders", officer, order, -1);
  g_assert_cmpuint (erased->status, ==, 200);
  again = take (world, token, name, find_seen (lines));
  g_assert_cmpuint (again->status, ==, 404);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *bytes = NULL;
      gsize size = 0;

      g_file_get_contents (files[i], &bytes, &size, NULL);
      g_assert_null (bytes != NULL ? memmem (bytes, size, "Berne", strlen ("Berne")) : NULL);
    }
}

/* Whoever settles asks now and then: what was taken, which is nearly all, is not read for it; nor in a hub that was made
 * before there was an index. */
static void
test_index (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kafaat-quarantine-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "hub.db", NULL);
  g_autoptr (KafClock) clock = kaf_clock_new_system ();
  g_autoptr (KafRandom) random = kaf_random_new_system ();

  for (guint i = 0; i < 2; i++)
    {
      KafHub *hub = kaf_hub_open (path, i == 0, clock, random, NULL);
      sqlite3_stmt *rows;
      sqlite3 *db;

      g_assert_nonnull (hub);
      kaf_hub_close (hub);
      g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
      sqlite3_prepare_v2 (db,
                          "EXPLAIN QUERY PLAN SELECT payload FROM op_group"
                          " WHERE verdict <> 'ok' AND instr (verdict, 'scope') > 0 ORDER BY first",
                          -1, &rows, NULL);
      g_assert_cmpint (sqlite3_step (rows), ==, SQLITE_ROW);
      g_assert_nonnull (
          strstr ((const char *) sqlite3_column_text (rows, 3), "USING INDEX op_group_refused"));
      sqlite3_finalize (rows);
      g_assert_cmpint (sqlite3_exec (db, "DROP INDEX op_group_refused", NULL, NULL, NULL), ==,
                       SQLITE_OK);
      sqlite3_close (db);
    }
  kaf_fixture_remove_folder (dir);
}

/* However much was settled of what one device wrote, it hears of all of it. */
static void
test_many_settled (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kafaat-quarantine-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "hub.db", NULL);
  g_autofree char *reason = g_strnfill (1000, '\1');
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  KafHubStorage *storage = kaf_hub_sqlite_open (path, TRUE, random, NULL);
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();
  gint64 heard = 0;

  g_assert_true (storage->klass->begin (storage, NULL));
  for (guint i = 1; i <= 3000; i++)
    {
      g_autofree char *key = g_strdup_printf (KAF_HUB_SETTLED "%016x.%018u", 7, i);
      g_autofree char *text = g_strdup_printf ("%u\tperson\tp%u\taside\trachid\t%s", i, i, reason);

      g_assert_true (storage->klass->set_meta (storage, key, text, NULL));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) told = kaf_hub_quarantine_list_settled (storage, 7, heard, NULL);
      g_autoptr (GString) line = g_string_new (NULL);
      g_autoptr (GPtrArray) read = NULL;

      kaf_verdicts_print (verdicts, 1, told, line);
      read = kaf_settled_parse (line->str, line->len, NULL);
      g_assert_nonnull (read);
      g_assert_cmpuint (read->len, >, 0);
      heard = ((const KafSettled *) g_ptr_array_index (read, read->len - 1))->number;
    }
  g_assert_cmpint (heard, ==, 3000);
  g_assert_true (storage->klass->end (storage, TRUE, NULL));
  storage->klass->close (storage);
  kaf_fixture_remove_folder (dir);
}

/* The notes of the world's hub, @days from now. How many went. */
static guint
prune_after (World *world, gint64 days)
{
  g_autofree char *path = g_build_filename (world->dir, "hub.db", NULL);
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  KafHubStorage *storage = kaf_hub_sqlite_open (path, FALSE, random, NULL);
  gint64 now = g_get_real_time () / 1000 + days * 24 * 3600 * 1000;
  guint n = 0;

  g_assert_nonnull (storage);
  g_assert_true (storage->klass->begin (storage, NULL));
  g_assert_true (kaf_hub_quarantine_prune (storage, now, &n, NULL));
  g_assert_true (storage->klass->end (storage, TRUE, NULL));
  storage->klass->close (storage);
  return n;
}

/* Who settled it and why goes after a year; it waits no more all the same, and who sends it again hears that it is settled. */
static void
test_pruned (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "regional-officer", HERE, 0x800);
  g_autofree char *lines = NULL, *name = NULL, *body = NULL, *after = NULL;
  g_autoptr (KafRequest) request = NULL;
  gint64 n = -1;

  write_late (world, "person", world->persons[0], "city", "Berne");
  lines = list (world, token);
  name = find_name (lines);
  body = g_strdup_printf ("{\"edit\":\"%s\",\"reason\":\"Elle vit à Genève\"}", name);
  request = world_ask (world, "/v1/settlements", token, body, -1);
  g_assert_cmpuint (request->status, ==, 200);
  g_assert_cmpuint (prune_after (world, KAF_HUB_SETTLED_DAYS - 1), ==, 0);
  g_assert_cmpuint (prune_after (world, KAF_HUB_SETTLED_DAYS + 1), ==, 1);
  g_assert_cmpuint (prune_after (world, KAF_HUB_SETTLED_DAYS + 1), ==, 0);
  after = list (world, token);
  g_assert_true (g_str_has_prefix (after, "{\"seen\":"));
  kaf_hub_count_quarantine (world->service->hub, &n, NULL);
  g_assert_cmpint (n, ==, 0);
  world_sync (world);
  assert_refusal (world, KAF_REFUSED_SCOPE, NULL);
}

/* A year by a clock that is wrong for a day is none; nor is what was settled by one that was behind as old as it says. */
static void
test_clock_leaps (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "rachid", "regional-officer", HERE, 0x800);
  g_autofree char *lines = NULL, *name = NULL, *body = NULL;
  g_autoptr (KafClock) clock = kaf_clock_new_manual (kaf_service_now (world->service) * 1000);
  g_autoptr (KafRequest) request = NULL;

  write_late (world, "person", world->persons[0], "city", "Berne");
  world_set_clock (world, clock);
  world_run_hours (world, clock, 0, 100);
  world_run_hours (world, clock, -2000, 1);
  lines = list (world, token);
  name = find_name (lines);
  body = g_strdup_printf ("{\"edit\":\"%s\",\"reason\":\"Elle vit à Genève\"}", name);
  request = world_ask (world, "/v1/settlements", token, body, -1);
  g_assert_cmpuint (request->status, ==, 200);
  world_run_hours (world, clock, 2000, 100);
  world_run_hours (world, clock, 400, 24);
  world_run_hours (world, clock, -400, 100);
  world_sync (world);
  assert_refusal (world, KAF_REFUSED_ASIDE, "rachid\tElle vit à Genève");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/quarantine/taken", test_taken);
  g_test_add_func ("/quarantine/set-aside", test_set_aside);
  g_test_add_func ("/quarantine/rights", test_rights);
  g_test_add_func ("/quarantine/changed-since", test_changed_since);
  g_test_add_func ("/quarantine/taken-since", test_taken_since);
  g_test_add_func ("/quarantine/created", test_created);
  g_test_add_func ("/quarantine/act", test_act);
  g_test_add_func ("/quarantine/own", test_own);
  g_test_add_func ("/quarantine/much", test_much);
  g_test_add_func ("/quarantine/erased", test_erased);
  g_test_add_func ("/quarantine/index", test_index);
  g_test_add_func ("/quarantine/many-settled", test_many_settled);
  g_test_add_func ("/quarantine/pruned", test_pruned);
  g_test_add_func ("/quarantine/clock-leaps", test_clock_leaps);
  return g_test_run ();
}
