/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-endpoint-world.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "server/kaf-snapshots.h"
#include "store/kaf-pack-file.h"
#include "server/kaf-service.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-settings.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-compare.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"

const char *const world_places[N_PLACES] = { "in", "out" };
static const char *const countries[] = { "CH", "FR" };

static const struct
{
  KafClass klass;
  const char *name;
} classes[] = {
  { KAF_CLASS_PUBLIC, "public" },     { KAF_CLASS_CONTACT, "contact" },
  { KAF_CLASS_IDENTITY, "identity" }, { KAF_CLASS_IDENTIFIER, "identifier" },
  { KAF_CLASS_PRIVATE, "private" },
};

static void
canary_free (gpointer data)
{
  Canary *self = data;

  g_free (self->text);
  g_free (self);
}

/* Asking */

KafRequest *
world_ask (World *self, const char *path, const char *token, const char *body, gssize size)
{
  const KafEndpoint *endpoint = kaf_service_find_endpoint (path);
  KafRequest *request = kaf_request_new ();

  g_assert_nonnull (endpoint);
  request->address = g_strdup ("192.0.2.1");
  request->path = g_strdup (path);
  if (token != NULL)
    request->authorization = g_strconcat ("Bearer ", token, NULL);
  g_string_append_len (request->body, body, size < 0 ? (gssize) strlen (body) : size);
  if (endpoint->admit != NULL)
    endpoint->admit (self->service, request);
  if (request->status == 0)
    kaf_service_run (self->service, endpoint, request);
  g_assert_cmpuint (request->status, !=, 0);
  g_assert_nonnull (request->answer);
  return request;
}

char *
world_enroll (World *self, const char *user, const char *role, const char *scope, guint64 device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafAccountsSession) session = NULL;

  if (kaf_accounts_add_user (self->service->accounts, user, "hash", NULL))
    {
      kaf_accounts_grant (self->service->accounts, user, "agent", "national", &error);
      g_assert_no_error (error);
    }
  session = kaf_accounts_enroll (self->service->accounts, user, device, "a laptop", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (session->device, ==, device);
  kaf_accounts_grant (self->service->accounts, user, role, scope, &error);
  g_assert_no_error (error);
  return g_strdup (session->access);
}

void
world_set_clock (World *self, KafClock *clock)
{
  g_autofree char *path = g_build_filename (self->dir, "hub.db", NULL);
  KafService *service = self->service;
  g_autoptr (GError) error = NULL;

  g_assert_null (self->random);
  self->random = kaf_random_new_system ();
  kaf_hub_queue_free (service->queue);
  kaf_hub_close (service->hub);
  kaf_clock_unref (service->clock);
  service->clock = kaf_clock_ref (clock);
  service->hub = kaf_hub_open (path, FALSE, clock, self->random, &error);
  g_assert_no_error (error);
  service->queue = kaf_hub_queue_new (service->hub, &service->hub_mutex);
}

void
world_run_hours (World *self, KafClock *clock, gint64 leap, guint hours)
{
  if (leap != 0)
    {
      kaf_clock_advance (clock, leap * 24 * 3600 * G_USEC_PER_SEC);
      g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*the clock has gone*");
    }
  for (guint i = 0; i < hours; i++)
    {
      kaf_clock_advance (clock, G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
      kaf_service_clean (self->service);
    }
  g_test_assert_expected_messages ();
}

guint
world_exchange (World *self)
{
  KafInboxResult result;
  guint n_rejected = 0;

  do
    {
      g_auto (KafSyncState) state = { 0 };
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (KafRequest) request = NULL;
      g_autoptr (KafReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;
      KafHello hello;

      g_assert_true (kaf_sync_state_read (self->store->db, &state, NULL));
      hello = kaf_sync_state_greet (&state, kaf_service_now (self->service));
      kaf_hello_print (&hello, body);
      g_assert_true (kaf_outbox_print (self->store->db, 1024 * 1024, body, NULL));
      request = world_ask (self, "/v1/sync", self->token, body->str, body->len);
      g_assert_cmpuint (request->status, ==, 200);
      kaf_inbox_take (self->store->db, request->answer->str, request->answer->len, &result,
                      &receipt, &error);
      g_assert_no_error (error);
      n_rejected += result.n_rejected;
    }
  while (result.more || result.n_erased > 0 || result.n_acked > 0);
  return n_rejected;
}

void
world_sync (World *self)
{
  g_assert_cmpuint (world_exchange (self), ==, 0);
}

char *
world_greet (World *self)
{
  return g_strdup_printf ("{\"hello\":1,\"now\":%" G_GINT64_FORMAT "}\n",
                          kaf_service_now (self->service));
}

KafRequest *
actor_send (Actor *self, const char *payload)
{
  KafOpGroup group = { .device = self->device,
                       .dseq = self->dseq + 1,
                       .batch = (char *) "0190aaaa-0000-7000-8000-000000000000",
                       .at = kaf_service_now (self->world->service) * 1000,
                       .author = self->user,
                       .clock =
                           kaf_hlc_make (kaf_service_now (self->world->service), 0, self->device),
                       .schema = KAF_SCHEMA_VERSION,
                       .n_ops = 1,
                       .saw = G_GINT64_CONSTANT (1) << 30,
                       .payload = (char *) payload };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *hello = world_greet (self->world);
  KafRequest *request;

  memcpy (group.prev_hash, self->hash, sizeof group.prev_hash);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  g_string_append (body, hello);
  kaf_op_group_print (&group, body);
  request = world_ask (self->world, "/v1/sync", self->token, body->str, body->len);
  if (request->status == 200)
    {
      self->dseq++;
      kaf_op_group_hash (&group, self->hash);
    }
  return request;
}

void
actor_set (Actor *self, const char *key, const char *from, const char *value)
{
  g_autofree char *id = kaf_id_from_content ("setting", key, from, NULL);
  g_autofree char *payload = g_strdup_printf (
      "[{\"o\":\"create\",\"e\":\"setting\",\"i\":\"%s\",\"f\":{\"key\":\"%s\",\"valid_from\":"
      "\"%s\",\"value\":\"%s\"}}]",
      id, key, from, value);
  g_autoptr (KafRequest) request = actor_send (self, payload);

  g_assert_cmpuint (request->status, ==, 200);
  g_assert_null (strstr (request->answer->str, "\"rejected\""));
}

void
actor_authorise (Actor *self)
{
  actor_set (self, KAF_SETTING_IDENTIFIERS_REFERENCE, "2026-01-01", "A-PO-2026/17");
  actor_set (self, KAF_SETTING_IDENTIFIERS_DAY, "2026-01-01", "2026-03-03");
}

void
world_order_one (World *self)
{
  g_autofree char *token = world_enroll (self, "salwa", "protection-officer", "national", 90);
  g_autofree char *body = NULL;
  g_autoptr (KafRequest) request = NULL;

  self->ordered = kaf_fixture_create (self->store, "person", NULL, "family_name", "Erased",
                                      "country", "CH", NULL);
  world_sync (self);
  body = g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", self->ordered);
  request = world_ask (self, "/v1/erase-orders", token, body, -1);
  g_assert_cmpuint (request->status, ==, 200);
  world_sync (self);
}

void
world_name_aside (World *self)
{
  g_autofree char *token = world_enroll (self, "meryem", "manager", "national", 0x901);
  g_autoptr (KafRequest) request = world_ask (self, "/v1/quarantine", token, "", -1);
  g_auto (GStrv) lines = g_strsplit (request->answer->str, "\n", -1);

  for (guint i = 0; i < N_PLACES; i++)
    g_clear_pointer (&self->aside[i], g_free);
  for (guint i = 0; lines[i] != NULL; i++)
    for (guint j = 0; j < N_PLACES; j++)
      if (self->aside[j] == NULL && strstr (lines[i], self->persons[j]) != NULL)
        {
          const char *name = lines[i] + strlen ("{\"edit\":\"");

          self->aside[j] = g_strndup (name, strcspn (name, "\""));
        }
}

/* The world */

static const char *
name_class (KafClass klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].klass == klass)
      return classes[i].name;
  g_assert_not_reached ();
}

/* What the program itself reads in these says what the record is. */
static gboolean
is_technical (const KafField *field)
{
  static const char *const names[] = { "owner",    "owner_entity", "field", "sha256", "entity",
                                       "timezone", "query",        "code",  NULL };

  return g_strv_contains (names, field->id);
}

static char *
make_canary (World *self, guint place, const KafEntity *entity, const KafField *field)
{
  KafClass klass = kaf_field_get_class (field);
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *word =
      g_strdup_printf ("kanari-%s-%s-%s", world_places[place], name_class (klass), root->id);
  g_autofree char *text = g_strdelimit (g_strdup (word), "_", '-');
  Canary *canary = g_new0 (Canary, 1);

  *canary = (Canary){ g_strdup (text), place, klass, root };
  /* The key is the text of the one that is kept. */
  g_hash_table_replace (self->canaries, canary->text, canary);
  switch (field->kind)
    {
    case KAF_KIND_EMAIL:
      return g_strconcat (text, "@exemple.org", NULL);
    case KAF_KIND_URL:
      return g_strconcat ("https://exemple.org/", text, NULL);
    case KAF_KIND_TEXT:
    case KAF_KIND_LONG_TEXT:
    default:
      return g_strdup (text);
    }
}

static gboolean
is_text (const KafField *field)
{
  return field->kind == KAF_KIND_TEXT || field->kind == KAF_KIND_LONG_TEXT ||
         field->kind == KAF_KIND_EMAIL || field->kind == KAF_KIND_URL;
}

/* @pairs: fields that are not left to chance. */
static char *
make_record (World *self, guint place, const char *name, const char *id, ...)
{
  const KafEntity *entity = kaf_registry_find (name);
  g_autoptr (KafRecord) record = kaf_record_new (entity, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const char *field, *value;
  va_list args;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (is_text (&entity->fields[i]) && !is_technical (&entity->fields[i]) &&
        !g_str_has_prefix (entity->fields[i].id, "origin"))
      {
        g_autofree char *text = make_canary (self, place, entity, &entity->fields[i]);

        kaf_record_set_at (record, i, text);
      }
  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    {
      value = va_arg (args, const char *);
      kaf_record_set (record, field, value);
    }
  va_end (args);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (self->store->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

#define MAKE(...) g_free (make_record (self, __VA_ARGS__, NULL))

static void
fill (World *self, guint place)
{
  const char *country = countries[place];
  char *person = make_record (self, place, "person", NULL, "country", country, NULL);
  char *organisation =
      make_record (self, place, "organisation", NULL, "country", country, "kind", "network", NULL);
  MAKE (place, "expert", person, "mode", "occasional");
  MAKE (place, "network", organisation, "basis", "geographic");
  MAKE (place, "organisation_name", NULL, "organisation", organisation, "language", "fr");
  MAKE (place, "mandate", NULL, "person", person, "organisation", organisation);
  MAKE (place, "membership", NULL, "person", person, "network", organisation);
  MAKE (place, "contact", NULL, "person", person, "held_on", "2026-11-20", "channel", "call");
  MAKE (place, "source_claim", NULL, "person", person, "field", "city", "about", NULL, "said",
        NULL);
  MAKE (place, "source_claim", NULL, "person", person, "field", NULL, "value", NULL, "about",
        "city");
  MAKE (place, "attachment", NULL, "owner", person, "owner_entity", "person", "sha256", SHA, "size",
        "2");
  MAKE (place, "consent", NULL, "person", person, "purpose", "sharing", "given_on", "2026-11-20",
        "means", "form");
  self->persons[place] = person;
  self->organisations[place] = organisation;
}

/* Nobody's but the author's, and of those who see everything. */
static void
fill_own (World *self)
{
  MAKE (1, "disclosure", NULL, "act", "export", "made_on", "2026-11-20", "entity", "expert");
  MAKE (1, "saved_filter", NULL, "entity", "expert", "query", "{\"entity\":\"expert\"}");
}

World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("kafaat-endpoints-XXXXXX", NULL);
  self->service = kaf_service_open (self->dir, TRUE, &error);
  g_assert_no_error (error);
  self->store = kaf_fixture_new_seeded (1);
  self->canaries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, canary_free);
  self->token =
      world_enroll (self, "amina", "agent", "national", kaf_sync_get_device (self->store->db));
  kaf_sync_enroll (self->store->db, "https://hub.example", "amina", "agent",
                   kaf_sync_get_device (self->store->db), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_PLACES; i++)
    fill (self, i);
  fill_own (self);
  world_sync (self);
  return self;
}

void
world_free (World *self)
{
  kaf_service_close (self->service);
  g_clear_pointer (&self->random, kaf_random_unref);
  kaf_fixture_free (self->store);
  g_hash_table_unref (self->canaries);
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_free (self->aside[i]);
      g_free (self->persons[i]);
      g_free (self->organisations[i]);
    }
  kaf_fixture_remove_folder (self->dir);
  g_free (self->ordered);
  g_free (self->token);
  g_free (self->dir);
  g_free (self);
}
