/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a partner is told of the missions that his organisation takes part in: who comes, what is given when and where,
 * and who sat there; no needs, budgets, agreements of others nor evaluations (domain, 7), by whatever way he asks. */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "schema/kaf-registry.h"

#define CENTRE "Centre de formation"

/* What stands in the file of a mission, and by its experts. */
static const struct
{
  const char *entity;
  const char
      *fields; /* "FIELD=VALUE|…"; K: a text of its own, @KIND: the id of the one of that kind */
  gboolean told;
} parts[] = {
  { "need", "title_fr=K|statement_fr=K|stated_by=@organisation", FALSE },
  { "stakeholder", "need=@need|name=K|duty_fr=K", FALSE },
  { "mission_need", "mission=@mission|need=@need|external_source=K", FALSE },
  { "mission_party", "mission=@mission|organisation=@organisation|contact_name=K", FALSE },
  { "mission_expert", "mission=@mission|person=@person|order_number=K", TRUE },
  { "candidate_request", "mission=@mission|asked_on=2026-11-01|criteria=K", FALSE },
  { "mission_result", "mission=@mission|text_fr=K", TRUE },
  { "mission_room", "mission=@mission|name=K", TRUE },
  { "programme_item", "mission=@mission|subject_fr=K|held_on=2026-11-20|half=am", TRUE },
  { "budget_line", "mission=@mission|category=meals|quantity=1|label_fr=K|unit_price=900 MAD",
    FALSE },
  { "equipment", "mission=@mission|label_fr=K", FALSE },
  { "booking", "mission=@mission|kind=travel|label=K", FALSE },
  { "participant", "mission=@mission|name=K", TRUE },
  { "attendance",
    "session=@programme_item|participant=@participant|presence=present|external_source=K", TRUE },
  { "material", "mission=@mission|title_fr=K", FALSE },
  { "pair", "mission=@mission|expert=@mission_expert|participant=@participant|purpose=K", FALSE },
  { "follow_up", "mission=@mission|label_fr=K", FALSE },
  { "evaluation",
    "mission=@mission|role=trainee|answered_on=2026-11-21|trainer_score=2|external_source=K",
    FALSE },
  { "contact", "person=@person|held_on=2026-11-20|channel=call|subject=K", FALSE },
  { "project", "person=@person|title_fr=K", FALSE },
};

/* (transfer full) */
static char *
make_part (World *self, GHashTable *ids, guint at)
{
  const KafEntity *entity = kaf_registry_find (parts[at].entity);
  g_autoptr (KafRecord) record = kaf_record_new (entity, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) fields = g_strsplit (parts[at].fields, "|", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *value = strchr (fields[i], '=');
      g_autofree char *text = g_strdup_printf ("kanari-%s", entity->id);

      *value++ = '\0';
      if (g_str_equal (value, "K"))
        value = text;
      else if (*value == '@')
        value = g_hash_table_lookup (ids, value + 1);
      kaf_record_set (record, fields[i], value);
    }
  kaf_change_set_create (set, record);
  receipt = kaf_commit (self->store->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

/* A file, named so, of a content of its own, which belongs to a record of that kind. */
static char *
make_file (World *self, GHashTable *ids, const char *entity)
{
  g_autofree char *name = g_strdup_printf ("kanari-file-%s.pdf", entity);
  g_autofree char *sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, entity, -1);

  return kaf_fixture_create (self->store, "attachment", NULL, "owner",
                             g_hash_table_lookup (ids, entity), "owner_entity", entity, "file_name",
                             name, "sha256", sha, "size", "2", NULL);
}

typedef struct
{
  World *world;
  GHashTable *ids; /* kind → id */
  char *moved;     /* of a file of the session */
} Mission;

/* A mission that the centre leads. */
static void
mission_make (Mission *self)
{
  World *world = world_new ();
  const char *centre;

  self->world = world;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (self->ids, (gpointer) "organisation",
                       kaf_fixture_create (world->store, "organisation", NULL, "name_fr", CENTRE,
                                           "kind", "public_establishment", NULL));
  centre = g_hash_table_lookup (self->ids, "organisation");
  g_hash_table_insert (
      self->ids, (gpointer) "person",
      kaf_fixture_create (world->store, "person", NULL, "family_name", "Trainer", NULL));
  g_free (kaf_fixture_create (world->store, "mandate", NULL, "person",
                              g_hash_table_lookup (self->ids, "person"), "organisation", centre,
                              "office", "Formateur", NULL));
  g_hash_table_insert (self->ids, (gpointer) "mission",
                       kaf_fixture_create (world->store, "mission", NULL, "title_fr", "Mission",
                                           "lead", centre, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_hash_table_insert (self->ids, (gpointer) parts[i].entity, make_part (world, self->ids, i));
      g_free (make_file (world, self->ids, parts[i].entity));
    }
  self->moved = kaf_fixture_create (world->store, "attachment", NULL, "owner",
                                    g_hash_table_lookup (self->ids, "programme_item"),
                                    "owner_entity", "programme_item", "file_name",
                                    "kanari-moved.pdf", "sha256", SHA, "size", "2", NULL);
  world_sync (world);
}

static void
mission_clear (Mission *self)
{
  g_hash_table_unref (self->ids);
  world_free (self->world);
  g_free (self->moved);
}

static char *
enroll (Mission *self, const char *role, guint64 device)
{
  g_autofree char *scope =
      g_strconcat ("organisation:", g_hash_table_lookup (self->ids, "organisation"), NULL);

  return world_enroll (self->world, "hassan", role, scope, device);
}

static gboolean
tells (const KafRequest *request, const char *text)
{
  return strstr (request->answer->str, text) != NULL;
}

static void
check_told (const KafRequest *request, gboolean partner)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = g_strdup_printf ("\"kanari-%s\"", parts[i].entity);
      g_autofree char *file = g_strdup_printf ("\"kanari-file-%s.pdf\"", parts[i].entity);
      gboolean told = !partner || parts[i].told;

      if (tells (request, text) != told || tells (request, file) != told)
        g_error ("%s %s told", parts[i].entity, told ? "or its file is not" : "or its file is");
    }
}

/* A first reading, with all that belongs to what is told, and nothing that belongs to the rest. */
static void
test_told (void)
{
  Mission mission;
  g_autofree char *hello = NULL;
  g_autofree char *token = NULL;
  g_autoptr (KafRequest) first = NULL;

  mission_make (&mission);
  hello = world_greet (mission.world);
  token = enroll (&mission, "partner", 0x501);
  first = world_ask (mission.world, "/v1/sync", token, hello, -1);
  g_assert_cmpuint (first->status, ==, 200);
  check_told (first, TRUE);
  g_assert_false (tells (first, "900 MAD"));
  mission_clear (&mission);
}

/* The line that ends an answer. (transfer full) */
static char *
get_cursor (const KafRequest *request)
{
  const char *cursor = strstr (request->answer->str, "\"cursor\":\"");

  g_assert_nonnull (cursor);
  cursor += strlen ("\"cursor\":\"");
  return g_strndup (cursor, strcspn (cursor, "\""));
}

static char *
greet_from (World *self, const KafRequest *before)
{
  g_autofree char *cursor = get_cursor (before);

  return g_strdup_printf ("{\"hello\":1,\"now\":%" G_GINT64_FORMAT ",\"cursor\":\"%s\"}\n",
                          kaf_service_now (self->service), cursor);
}

/* Whether the answer takes the record away from the device. */
static gboolean
drops (const KafRequest *request, const char *id)
{
  g_auto (GStrv) lines = g_strsplit (request->answer->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], id) != NULL && strstr (lines[i], "\"x\":true") != NULL)
      return TRUE;
  return FALSE;
}

/* Who read all of it and is a partner now has it no more. */
static void
test_becomes_partner (void)
{
  Mission mission;
  g_autofree char *hello = NULL;
  g_autofree char *again = NULL;
  g_autofree char *token = NULL;
  g_autofree char *other = NULL;
  g_autoptr (KafRequest) first = NULL;
  g_autoptr (KafRequest) second = NULL;

  mission_make (&mission);
  hello = world_greet (mission.world);
  token = enroll (&mission, "regional-officer", 0x501);
  first = world_ask (mission.world, "/v1/sync", token, hello, -1);
  check_told (first, FALSE);
  other = enroll (&mission, "partner", 0x501);
  again = greet_from (mission.world, first);
  second = world_ask (mission.world, "/v1/sync", other, again, -1);
  g_assert_cmpuint (second->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (drops (second, g_hash_table_lookup (mission.ids, parts[i].entity)) == parts[i].told)
      g_error ("%s %s dropped", parts[i].entity, parts[i].told ? "is" : "is not");
  mission_clear (&mission);
}

/* A file of a session that is the budget's from now on is taken away; and told once it comes back. One that was never his
 * is not even named. */
static void
test_moved (void)
{
  Mission mission;
  g_autofree char *hello = NULL;
  g_autofree char *token = NULL;
  g_autofree char *from_first = NULL;
  g_autofree char *from_second = NULL;
  g_autoptr (KafRequest) first = NULL;
  g_autoptr (KafRequest) second = NULL;
  g_autoptr (KafRequest) third = NULL;
  g_autofree char *never = NULL;

  mission_make (&mission);
  hello = world_greet (mission.world);
  token = enroll (&mission, "partner", 0x501);
  first = world_ask (mission.world, "/v1/sync", token, hello, -1);
  g_assert_true (tells (first, "kanari-moved.pdf"));

  never = make_file (mission.world, mission.ids, "budget_line");
  kaf_receipt_unref (kaf_fixture_update (mission.world->store, "attachment", mission.moved, "owner",
                                         g_hash_table_lookup (mission.ids, "budget_line"),
                                         "owner_entity", "budget_line", NULL));
  world_sync (mission.world);
  from_first = greet_from (mission.world, first);
  second = world_ask (mission.world, "/v1/sync", token, from_first, -1);
  g_assert_true (drops (second, mission.moved));
  g_assert_false (tells (second, never));

  kaf_receipt_unref (kaf_fixture_update (mission.world->store, "attachment", mission.moved, "owner",
                                         g_hash_table_lookup (mission.ids, "programme_item"),
                                         "owner_entity", "programme_item", NULL));
  world_sync (mission.world);
  from_second = greet_from (mission.world, second);
  third = world_ask (mission.world, "/v1/sync", token, from_second, -1);
  g_assert_true (tells (third, "kanari-moved.pdf"));
  mission_clear (&mission);
}

/* Of the content of a file that is closed to him he learns nothing either, and makes none of it. */
static void
test_contents (void)
{
  Mission mission;
  g_autofree char *token = NULL;

  mission_make (&mission);
  token = enroll (&mission, "partner", 0x501);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, parts[i].entity, -1);
      g_autofree char *path = g_strconcat ("/v1/blobs/", sha, NULL);
      g_autoptr (KafRequest) request = world_ask (mission.world, path, token, "", -1);

      g_assert_cmpuint (request->status, ==, 404);
      g_assert_true (tells (request, "absent") == parts[i].told);
    }
  mission_clear (&mission);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/partner/told", test_told);
  g_test_add_func ("/partner/becomes-partner", test_becomes_partner);
  g_test_add_func ("/partner/moved", test_moved);
  g_test_add_func ("/partner/contents", test_contents);
  return g_test_run ();
}
