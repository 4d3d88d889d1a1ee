/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every endpoint × every role × foreign id, through the request handler of the real server (kaf-endpoint-world.h).
 * Whatever is asked, no answer holds one that the role may not see; and what it may see it is told. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "server/kaf-snapshots.h"
#include "store/kaf-pack-file.h"
#include "server/kaf-service.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-compare.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"

#define HERE "country:CH"

/* Number of an erasure that none of these reaches: the device owes none. */
#define CARRIED_OUT 1000

/* The rule */

/* Of papers of the two persons: one answer tells them, and no other. */
static const char *const numbers[N_PLACES] = { "KN483920", "LB57391" };

static gboolean
may_see (const Actor *self, const Canary *canary)
{
  return (self->role->reads & canary->klass) != 0 && kaf_role_knows (self->role, canary->root) &&
         (canary->place == 0 ? *self->scope != '\0' : g_str_equal (self->scope, "national"));
}

/* @all: what it may see must be in it, too. */
static void
check_answer (const Actor *self, const char *what, const KafRequest *request, gboolean all)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < N_PLACES; i++)
    g_assert_null (strstr (request->answer->str, numbers[i]));
  g_hash_table_iter_init (&iter, self->world->canaries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Canary *canary = value;
      gboolean told = strstr (request->answer->str, canary->text) != NULL;

      if (told && !may_see (self, canary))
        g_error ("%s as %s of “%s” tells %s", what, self->role->id, self->scope, canary->text);
      if (all && !told && may_see (self, canary))
        g_error ("%s as %s of “%s” does not tell %s", what, self->role->id, self->scope,
                 canary->text);
    }
}

/* Requests */

/* What may be tried with the id of somebody's whom one may not see. %s: of the person, of the organisation. */
static const char *const tries[] = {
  "[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%1$s\",\"f\":{\"links\":[null,\"https://" WRITTEN_BY_FORCE
  ".example\"]}}]",
  "[{\"o\":\"update\",\"e\":\"expert\",\"i\":\"%1$s\",\"f\":{\"employer\":[null,\"" WRITTEN_BY_FORCE
  "\"]}}]",
  "[{\"o\":\"delete\",\"e\":\"expert\",\"i\":\"%1$s\"}]",
  "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"%1$s\"}]",
  "[{\"o\":\"restore\",\"e\":\"person\",\"i\":\"%1$s\"}]",
  "[{\"o\":\"create\",\"e\":\"person\",\"i\":\"%1$s\",\"f\":{\"country\":\"CH\",\"family_name\":"
  "\"" WRITTEN_BY_FORCE "\"}}]",
  "[{\"o\":\"create\",\"e\":\"expert\",\"i\":\"%1$s\",\"f\":{\"employer\":\"" WRITTEN_BY_FORCE
  "\"}}]",
  "[{\"o\":\"create\",\"e\":\"membership\",\"i\":\"0190aaaa-m\",\"f\":{\"person\":\"%1$s\","
  "\"network\":\"%2$s\",\"role\":\"" WRITTEN_BY_FORCE "\"}}]",
  "[{\"o\":\"create\",\"e\":\"mandate\",\"i\":\"0190aaaa-n\",\"f\":{\"person\":\"%1$s\","
  "\"organisation\":\"%2$s\",\"office\":\"" WRITTEN_BY_FORCE "\"}}]",
  "[{\"o\":\"create\",\"e\":\"contact\",\"i\":\"0190aaaa-c\",\"f\":{\"person\":\"%1$s\","
  "\"held_on\":\"2026-11-20\",\"channel\":\"call\",\"subject\":\"" WRITTEN_BY_FORCE "\"}}]",
  "[{\"o\":\"create\",\"e\":\"attachment\",\"i\":\"0190aaaa-a\",\"f\":{\"owner\":\"%1$s\","
  "\"owner_entity\":\"person\",\"media_type\":\"" WRITTEN_BY_FORCE "\",\"sha256\":\"00\"}}]",
  "[{\"o\":\"create\",\"e\":\"conflict\",\"i\":\"0190aaaa-k\",\"f\":{\"owner\":\"%1$s\","
  "\"owner_entity\":\"person\",\"state\":\"open\",\"field\":\"" WRITTEN_BY_FORCE "\"}}]",
};

static void
try_sync (Actor *self)
{
  g_autofree char *hello = world_greet (self->world);
  g_autoptr (KafRequest) plain = world_ask (self->world, "/v1/sync", self->token, hello, -1);

  g_assert_cmpuint (plain->status, ==, 200);
  check_answer (self, "a first sync", plain, TRUE);
  if (g_str_equal (self->scope, "national"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *payload =
          g_strdup_printf (tries[i], self->world->persons[1], self->world->organisations[0]);
#pragma GCC diagnostic pop
      g_autoptr (KafRequest) request = actor_send (self, payload);

      g_assert_cmpuint (request->status, ==, 200);
      check_answer (self, payload, request, FALSE);
      g_assert_true (strstr (request->answer->str, "\"quarantined\"") != NULL ||
                     strstr (request->answer->str, "\"rejected\"") != NULL);
    }
}

/* How far a device has read that has read all. (transfer full) */
static char *
read_to_end (Actor *self)
{
  g_auto (KafCheckpoint) checkpoint = { .more = TRUE };

  while (checkpoint.more)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (KafRequest) request = NULL;
      const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL,
                               .now = kaf_service_now (self->world->service),
                               .cursor = checkpoint.cursor };
      const char *last;

      kaf_hello_print (&hello, body);
      request = world_ask (self->world, "/v1/sync", self->token, body->str, body->len);
      g_assert_cmpuint (request->status, ==, 200);
      kaf_checkpoint_clear (&checkpoint);
      g_string_truncate (request->answer, request->answer->len - 1);
      last = strrchr (request->answer->str, '\n') + 1;
      g_assert_true (kaf_checkpoint_parse (last, strlen (last), &checkpoint, NULL));
    }
  return g_steal_pointer (&checkpoint.cursor);
}

/* All records that the device is to hold, since it says that it has none, but somebody's whom it may not see. */
static void
try_reconcile_all (Actor *self, const char *cursor)
{
  KafCompareAsk compare = {
    .schema = KAF_SCHEMA_VERSION, .cursor = (char *) cursor, .erased = CARRIED_OUT, .tells = TRUE
  };
  const KafCompareHeld foreign = { .entity = (char *) "person",
                                   .id = self->world->persons[1],
                                   .digest = 1 };
  g_autoptr (KafRequest) all = kaf_request_new ();
  gboolean more = TRUE;

  memset (compare.buckets, 0xff, sizeof compare.buckets);
  all->answer = g_string_new (NULL);
  while (more)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (KafRequest) request = NULL;
      g_auto (KafCompareEnd) end = { { NULL } };
      const char *last;

      kaf_compare_ask_print (&compare, body);
      if (compare.after.entity == NULL ||
          kaf_compare_place_order (compare.after.entity, compare.after.id, foreign.entity,
                                   foreign.id) < 0)
        kaf_compare_held_print (&foreign, body);
      request = world_ask (self->world, "/v1/reconcile", self->token, body->str, body->len);
      g_assert_cmpuint (request->status, ==, 200);
      g_string_append (all->answer, request->answer->str);
      g_string_truncate (request->answer, request->answer->len - 1);
      last = strrchr (request->answer->str, '\n') + 1;
      g_assert_true (kaf_compare_end_parse (last, strlen (last), &end, NULL));
      more = end.until.entity != NULL;
      kaf_compare_place_set (&compare.after, end.until.entity, end.until.id);
    }
  kaf_compare_place_clear (&compare.after);
  check_answer (self, "a comparison", all, TRUE);
}

static void
try_reconcile (Actor *self)
{
  KafCompareAsk compare = { .schema = KAF_SCHEMA_VERSION,
                            .cursor = (char *) "nowhere",
                            .erased = CARRIED_OUT };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (KafRequest) early = NULL;
  g_autoptr (KafRequest) sums = NULL;
  g_autofree char *cursor = NULL;

  kaf_compare_ask_print (&compare, body);
  early = world_ask (self->world, "/v1/reconcile", self->token, body->str, body->len);
  g_assert_cmpuint (early->status, ==, 200);
  g_assert_nonnull (strstr (early->answer->str, "\"behind\":true"));
  compare.cursor = cursor = read_to_end (self);
  g_string_truncate (body, 0);
  kaf_compare_ask_print (&compare, body);
  sums = world_ask (self->world, "/v1/reconcile", self->token, body->str, body->len);
  g_assert_cmpuint (sums->status, ==, 200);
  g_assert_nonnull (strstr (sums->answer->str, "\"sums\":"));
  check_answer (self, "sums", sums, FALSE);
  try_reconcile_all (self, cursor);
}

static void
try_aggregates (Actor *self)
{
  g_autoptr (KafRequest) request = world_ask (self->world, "/v1/aggregates", self->token, "", -1);

  g_assert_cmpuint (request->status, ==, self->role->aggregates_only ? 200 : 403);
  check_answer (self, "aggregates", request, FALSE);
  /* Two persons are none. */
  if (request->status == 200)
    g_assert_nonnull (strstr (request->answer->str, "\"total\":null,\"cells\":[]"));
}

/* Of her mandate the office is told, as far as the role reads that, though not the record: it is why it is kept. */
static void
check_kept (const Actor *self, const KafRequest *request, guint place)
{
  g_autofree char *office = g_strdup_printf ("kanari-%s-public-mandate", world_places[place]);
  GHashTableIter iter;
  gpointer value;

  g_assert_true ((request->status == 200 && (self->role->reads & KAF_CLASS_PUBLIC) != 0) ==
                 (strstr (request->answer->str, office) != NULL));
  g_hash_table_iter_init (&iter, self->world->canaries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Canary *canary = value;

      if (!g_str_equal (canary->text, office) && strstr (request->answer->str, canary->text))
        g_error ("a look as %s of “%s” tells %s", self->role->id, self->scope, canary->text);
    }
}

/* What would be erased is told to who would be heard, and nothing of it happens. */
static void
try_look (Actor *self)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"id\":\"%s\",\"look\":true}", self->world->persons[i]);
      g_autoptr (KafRequest) request =
          world_ask (self->world, "/v1/erase-orders", self->token, body, -1);
      gboolean reached = i == 0 || g_str_equal (self->scope, "national");

      g_assert_cmpuint (request->status, ==, !self->role->erases ? 403 : reached ? 200 : 404);
      check_kept (self, request, i);
    }
}

static void
try_erase_orders (Actor *self)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}",
                                           self->world->persons[1]);
  g_autofree char *unreasoned =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"ok\"}", self->world->persons[1]);
  g_autoptr (KafRequest) without =
      world_ask (self->world, "/v1/erase-orders", self->token, unreasoned, -1);
  g_autoptr (KafRequest) request = NULL;

  g_assert_cmpuint (without->status, ==, self->role->erases ? 400 : 403);
  try_look (self);
  /* Where it would be carried out, it is asked for at the end of all. */
  if (self->role->erases && g_str_equal (self->scope, "national"))
    return;
  request = world_ask (self->world, "/v1/erase-orders", self->token, body, -1);
  g_assert_cmpuint (request->status, ==, self->role->erases ? 404 : 403);
  check_answer (self, "an order to erase", request, FALSE);
}

/* Who ordered what elsewhere is told to whom the whole is entrusted alone. */
static void
try_erasures (Actor *self)
{
  g_autoptr (KafRequest) request = world_ask (self->world, "/v1/erasures", self->token, "", -1);
  gboolean national = g_str_equal (self->scope, "national");

  g_assert_cmpuint (request->status, ==, self->role->erases ? 200 : 403);
  check_answer (self, "erasures", request, FALSE);
  g_assert_true ((strstr (request->answer->str, "\"device\":") != NULL) == self->role->erases);
  g_assert_true ((strstr (request->answer->str, self->world->ordered) != NULL) ==
                 (self->role->erases && national));
}

/* What was written where its author may not write is told to who answers there, as far as he reads it. */
static gboolean
is_told_aside (const Actor *self, guint place, KafClass klass)
{
  return self->role->settles && (self->role->reads & klass) != 0 &&
         (place == 0 || g_str_equal (self->scope, "national"));
}

static void
try_quarantine (Actor *self)
{
  static const struct
  {
    KafClass klass;
    const char *name;
  } told[] = { { KAF_CLASS_CONTACT, "contact" }, { KAF_CLASS_PRIVATE, "private" } };
  static const char *const kinds[] = { "aside", "made" };
  g_autoptr (KafRequest) request = world_ask (self->world, "/v1/quarantine", self->token, "", -1);

  g_assert_cmpuint (request->status, ==, self->role->settles ? 200 : 403);
  check_answer (self, "what is kept aside", request, FALSE);
  for (guint i = 0; i < N_PLACES * G_N_ELEMENTS (told) * G_N_ELEMENTS (kinds); i++)
    {
      guint place = i % N_PLACES, j = i / N_PLACES % G_N_ELEMENTS (told);
      g_autofree char *text = g_strdup_printf (
          "%s-%s-%s", kinds[i / N_PLACES / G_N_ELEMENTS (told)], world_places[place], told[j].name);
      gboolean is_told = strstr (request->answer->str, text) != NULL;

      if (is_told != is_told_aside (self, place, told[j].klass))
        g_error ("what is kept aside as %s of “%s”: %s", self->role->id, self->scope, text);
    }
}

/* Nobody settles what lies elsewhere, nor hears that there is such a thing. */
static void
try_settlements (Actor *self)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *unreasoned = g_strdup_printf ("{\"edit\":\"%s\"}", self->world->aside[i]);
      g_autofree char *taking =
          g_strdup_printf ("{\"edit\":\"%s\",\"take\":true,\"seen\":1}", self->world->aside[i]);
      g_autofree char *refusing = g_strdup_printf (
          "{\"edit\":\"%s\",\"reason\":\"ne relève pas de ce poste\"}", self->world->aside[i]);
      g_autoptr (KafRequest) first =
          world_ask (self->world, "/v1/settlements", self->token, unreasoned, -1);
      const char *const bodies[] = { taking, refusing };

      g_assert_cmpuint (first->status, ==, self->role->settles ? 400 : 403);
      /* Where it would be settled, that is tried elsewhere. */
      for (guint j = 0; !is_told_aside (self, i, KAF_CLASS_ALL) && j < G_N_ELEMENTS (bodies); j++)
        {
          g_autoptr (KafRequest) request =
              world_ask (self->world, "/v1/settlements", self->token, bodies[j], -1);

          g_assert_cmpuint (request->status, ==, self->role->settles ? 404 : 403);
          check_answer (self, "a settlement", request, FALSE);
        }
    }
}

/* What a device begins with: a store, in which all of it is. */
static GString *
unpack (const Actor *self, const KafRequest *request)
{
  g_autofree char *packed = g_build_filename (self->world->dir, "packed", NULL);
  g_autofree char *plain = g_build_filename (self->world->dir, "plain", NULL);
  g_autofree char *fd = g_strdup_printf ("/proc/self/fd/%d", request->file);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (fd, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (packed, bytes, size, &error);
  g_assert_no_error (error);
  kaf_unpack_file (packed, plain, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&bytes, g_free);
  g_file_get_contents (plain, &bytes, &size, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < size; i++) /* so that it is searched to its end */
    if (bytes[i] == '\0')
      bytes[i] = ' ';
  return g_string_new_len (bytes, size);
}

static void
try_snapshot (Actor *self)
{
  KafService *service = self->world->service;
  g_autoptr (KafRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  gboolean national = g_str_equal (self->scope, "national");

  if (self->role->reads != 0)
    kaf_snapshots_prepare (self->world->dir, service->hub, &service->hub_mutex, self->role, TRUE,
                           NULL, &error);
  g_assert_no_error (error);
  request = world_ask (self->world, "/v1/snapshot/national", self->token, "", -1);
  g_assert_cmpuint (request->status, ==, national && self->role->reads != 0 ? 200 : 404);
  if (request->status == 200)
    {
      g_string_free (request->answer, TRUE);
      request->answer = unpack (self, request);
    }
  check_answer (self, "a snapshot", request, request->status == 200);
}

/* Of an attachment that he sees, or of none. */
static gboolean
may_have_file (const Actor *self)
{
  const KafEntity *entity = kaf_registry_find ("attachment");
  gboolean may =
      *self->scope != '\0' && !self->role->aggregates_only && kaf_role_knows (self->role, entity);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    may = may && kaf_role_can_read (self->role, &entity->fields[i]);
  return may;
}

static void
try_blob (Actor *self)
{
  g_autoptr (KafRequest) request = world_ask (self->world, "/v1/blobs/" SHA, self->token, "", -1);
  const char *code = may_have_file (self) ? "absent" : "not_found";

  g_assert_cmpuint (request->status, ==, 404);
  g_assert_nonnull (strstr (request->answer->str, code));
}

/* Whether he adds files as well. */
static gboolean
may_send_file (const Actor *self)
{
  const KafEntity *entity = kaf_registry_find ("attachment");
  gboolean may = may_have_file (self);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    may = may && kaf_role_can_write (self->role, &entity->fields[i]);
  return may;
}

static void
try_blob_missing (Actor *self)
{
  g_autoptr (KafRequest) request =
      world_ask (self->world, "/v1/blobs/" SHA "/missing", self->token, "", -1);

  g_assert_cmpuint (request->status, ==,
                    may_send_file (self)   ? 200
                    : may_have_file (self) ? 403
                                           : 404);
}

static void
try_blob_put (Actor *self)
{
  g_autoptr (KafRequest) request =
      world_ask (self->world, "/v1/blobs/" SHA "/0", self->token, "wrong length", -1);

  g_assert_cmpuint (request->status, !=, 200);
  g_assert_true (may_have_file (self) || request->status == 404);
}

/* Which are held, by whom entered, and no number. */
static void
try_papers (Actor *self)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      static const char *const forms[] = {
        "{\"person\":\"%s\"}",
        "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"ZZ000000\"}",
        "{\"person\":\"%s\",\"kind\":\"cin\",\"remove\":true}",
      };
      gboolean reached = i == 0 || g_str_equal (self->scope, "national");

      /* Where it would be written, that is tried elsewhere. */
      for (guint j = 0; j < (self->role->reveals && reached ? 1 : G_N_ELEMENTS (forms)); j++)
        {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          g_autofree char *body = g_strdup_printf (forms[j], self->world->persons[i]);
#pragma GCC diagnostic pop
          g_autoptr (KafRequest) request =
              world_ask (self->world, "/v1/papers", self->token, body, -1);

          g_assert_cmpuint (request->status, ==, !self->role->reveals ? 403 : reached ? 200 : 404);
          g_assert_true ((strstr (request->answer->str, "\"kind\":\"cin\"") != NULL) ==
                         (request->status == 200));
          check_answer (self, "papers", request, FALSE);
        }
    }
}

/* The number itself, of who lies where the session reveals, against a reason. */
static void
try_reveal (Actor *self)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *unreasoned =
          g_strdup_printf ("{\"person\":\"%s\",\"kind\":\"cin\"}", self->world->persons[i]);
      g_autofree char *body =
          g_strdup_printf ("{\"person\":\"%s\",\"kind\":\"cin\",\"reason\":\"ordre de mission\"}",
                           self->world->persons[i]);
      g_autoptr (KafRequest) first =
          world_ask (self->world, "/v1/reveal", self->token, unreasoned, -1);
      g_autoptr (KafRequest) request = world_ask (self->world, "/v1/reveal", self->token, body, -1);
      gboolean reached = i == 0 || g_str_equal (self->scope, "national");

      g_assert_cmpuint (first->status, ==, self->role->reveals ? 400 : 403);
      check_answer (self, "a reveal without a reason", first, FALSE);
      g_assert_cmpuint (request->status, ==, !self->role->reveals ? 403 : reached ? 200 : 404);
      if (request->status != 200)
        check_answer (self, "a reveal", request, FALSE);
      else
        g_assert_nonnull (strstr (request->answer->str, numbers[i]));
    }
}

static void
try_open (Actor *self, const char *path, const char *body, guint status)
{
  g_autoptr (KafRequest) request = world_ask (self->world, path, self->token, body, -1);

  g_assert_cmpuint (request->status, ==, status);
  check_answer (self, path, request, FALSE);
}

static void
try_hello (Actor *self)
{
  try_open (self, "/v1/hello", "", 200);
}

static void
try_enroll (Actor *self)
{
  try_open (self, "/v1/enroll", "{}", 400);
}

static void
try_token (Actor *self)
{
  try_open (self, "/v1/token", "{\"refresh\":\"nobody's\"}", 401);
}

static void
try_metrics (Actor *self)
{
  try_open (self, "/v1/metrics", "", 404);
}

/* @stranger: what one without a token is told. */
static const struct
{
  const char *path;
  void (*run) (Actor *self);
  guint stranger;
} rows[] = {
  { "/v1/hello", try_hello, 200 },
  { "/v1/enroll", try_enroll, 400 },
  { "/v1/token", try_token, 400 },
  { "/v1/sync", try_sync, 401 },
  { "/v1/reconcile", try_reconcile, 401 },
  { "/v1/aggregates", try_aggregates, 401 },
  { "/v1/erase-orders", try_erase_orders, 401 },
  { "/v1/erasures", try_erasures, 401 },
  { "/v1/quarantine", try_quarantine, 401 },
  { "/v1/settlements", try_settlements, 401 },
  { "/v1/papers", try_papers, 401 },
  { "/v1/reveal", try_reveal, 401 },
  { "/v1/metrics", try_metrics, 404 },
  { "/v1/snapshot/national", try_snapshot, 401 },
  { "/v1/blobs/{sha}", try_blob, 401 },
  { "/v1/blobs/{sha}/missing", try_blob_missing, 401 },
  { "/v1/blobs/{sha}/{n}", try_blob_put, 401 },
};

/* One of those that the pattern stands for. (transfer full) */
static char *
make_path (const char *pattern)
{
  g_autoptr (GString) path = g_string_new (pattern);

  g_string_replace (path, "{sha}", SHA, 0);
  g_string_replace (path, "{n}", "0", 0);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* No endpoint goes untested. */
static void
test_all_there (void)
{
  guint n;
  const KafEndpoint *endpoints = kaf_service_get_endpoints (&n);

  for (guint i = 0; i < n; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        found |= g_str_equal (rows[j].path, endpoints[i].path);
      if (!found)
        g_error ("%s has no row in this table", endpoints[i].path);
    }
}

static void
try_all (World *world, const KafRole *role, const char *scope, guint number)
{
  Actor actor = { .world = world, .role = role, .scope = scope, .device = 0x1000 + number };

  actor.user = g_strdup_printf ("user-%u", number);
  actor.token = world_enroll (world, actor.user, role->id, scope, actor.device);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i].run (&actor);
  g_free (actor.user);
  g_free (actor.token);
}

/* One number of each, by a manager, who is authorised. */
static void
enter_numbers (World *self)
{
  Actor manager = { .world = self, .user = (char *) "latifa", .device = 0x910 };
  g_autofree char *token = world_enroll (self, manager.user, "manager", "national", manager.device);

  manager.token = token;
  actor_authorise (&manager);
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"person\":\"%s\",\"kind\":\"cin\",\"number\":\"%s\"}", self->persons[i], numbers[i]);
      g_autoptr (KafRequest) request = world_ask (self, "/v1/papers", token, body, -1);

      g_assert_cmpuint (request->status, ==, 200);
    }
}

/* By somebody who was granted neither place. */
static void
write_aside (World *self)
{
  Actor outsider = { .world = self, .user = (char *) "driss", .device = 0x900 };

  outsider.token = world_enroll (self, outsider.user, "agent", "country:DE", outsider.device);
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *payload =
          g_strdup_printf ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"city\":[null,"
                           "\"aside-%s-contact\"],\"notes\":[null,\"aside-%s-private\"]}}]",
                           self->persons[i], world_places[i], world_places[i]);
      g_autofree char *made = g_strdup_printf (
          "[{\"o\":\"create\",\"e\":\"person\",\"i\":\"0190aaaa-%s\",\"f\":{\"country\":\"%s\","
          "\"city\":\"made-%s-contact\",\"notes\":\"made-%s-private\"}}]",
          world_places[i], i == 0 ? "CH" : "FR", world_places[i], world_places[i]);
      const char *const payloads[] = { payload, made };

      for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
        {
          g_autoptr (KafRequest) request = actor_send (&outsider, payloads[j]);

          g_assert_nonnull (strstr (request->answer->str, "\"quarantined\""));
        }
    }
  g_free (outsider.token);
  world_name_aside (self);
}

static void
test_roles (void)
{
  g_autoptr (World) world = world_new ();
  guint n, number = 0;
  const KafRole *roles = kaf_roles (&n);
  g_autofree char *hello = world_greet (world);
  g_autofree char *token = NULL;
  g_autoptr (KafRequest) after = NULL;

  world_order_one (world);
  write_aside (world);
  enter_numbers (world);
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (roles[i].id, KAF_ROLE_NONE))
        {
          try_all (world, &roles[i], "", number++);
          continue;
        }
      try_all (world, &roles[i], HERE, number++);
      try_all (world, &roles[i], "national", number++);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = make_path (rows[i].path);
      g_autoptr (KafRequest) stranger = world_ask (world, path, NULL, "{}", -1);

      g_assert_cmpuint (stranger->status, ==, rows[i].stranger);
      g_assert_null (strstr (stranger->answer->str, "kanari"));
    }
  token = world_enroll (world, "zineb", "agent", "national", 79);
  after = world_ask (world, "/v1/sync", token, hello, -1);
  g_assert_null (strstr (after->answer->str, WRITTEN_BY_FORCE));
  g_assert_nonnull (strstr (after->answer->str, world->persons[1]));
}

/* Of several scopes one that is national is enough: the device begins with what is ready, and is told the same
 * as all others from there on. */
static void
test_several_scopes (void)
{
  static const struct
  {
    const char *scope;
    guint status;
  } cases[] = { { "country:CH national", 200 },
                { "national sector:health", 200 },
                { "country:CH sector:health", 404 },
                { "nationalx", 404 } };
  g_autoptr (World) world = world_new ();
  KafService *service = world->service;
  g_autoptr (GError) error = NULL;

  kaf_snapshots_prepare (world->dir, service->hub, &service->hub_mutex, kaf_role_find ("agent"),
                         TRUE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *user = g_strdup_printf ("user%u", i);
      g_autofree char *token = world_enroll (world, user, "agent", cases[i].scope, 500 + i);
      g_autoptr (KafRequest) request = world_ask (world, "/v1/snapshot/national", token, "", -1);

      g_assert_cmpuint (request->status, ==, cases[i].status);
    }
}

/* What goes alone at the hub takes none of the threads of those who have little to say, however small it came. */
static void
test_short_bodies (void)
{
  static const struct
  {
    gsize size;
    gboolean is_short;
  } cases[] = { { 1000, TRUE },
                { KAF_HUB_QUEUE_SHORT, TRUE },
                { KAF_HUB_QUEUE_SHORT + 1, FALSE },
                { 1024 * 1024, FALSE } };
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafRequest) request = kaf_request_new ();
      g_autofree char *blanks = g_strnfill (cases[i].size, ' ');
      GString *packed = kaf_body_pack (KAF_ENCODING_ZSTD, blanks, cases[i].size);

      request->address = g_strdup ("192.0.2.1");
      request->path = g_strdup ("/v1/sync");
      request->authorization = g_strconcat ("Bearer ", world->token, NULL);
      request->encoding = KAF_ENCODING_ZSTD;
      g_string_append_len (request->body, packed->str, (gssize) packed->len);
      g_assert_true (kaf_service_run_short (world->service, kaf_service_find_endpoint ("/v1/sync"),
                                            request) == cases[i].is_short);
      g_assert_cmpuint (request->status, ==, cases[i].is_short ? 400 : 0);
      if (!cases[i].is_short)
        g_assert_cmpmem (request->body->str, request->body->len, packed->str, packed->len);
      g_string_free (packed, TRUE);
    }
}

/* Totals of 5 and more. */
static void
test_aggregates (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "wafae", "direction", "national", 78);
  g_autoptr (KafRequest) request = NULL;

  for (guint i = 0; i < 12; i++)
    {
      static const char *const where[] = { "CH", "FR" };
      g_autofree char *id =
          kaf_fixture_create (world->store, "person", NULL, "family_name", "Anonyme", "country",
                              where[i % 2], "status", i < 3 ? "active" : "verified", NULL);
      g_autofree char *facet =
          kaf_fixture_create (world->store, "expert", id, "domains", "health", NULL);
    }
  world_sync (world);
  request = world_ask (world, "/v1/aggregates", token, "", -1);
  g_assert_cmpuint (request->status, ==, 200);
  g_assert_nonnull (strstr (request->answer->str,
                            "{\"of\":\"expert\",\"by\":\"country\",\"total\":14,"
                            "\"cells\":[[\"CH\",7],[\"FR\",7]]}"));
  /* Three are active and two to verify: five together, which says nothing of either. */
  g_assert_nonnull (strstr (request->answer->str,
                            "{\"of\":\"expert\",\"by\":\"status\",\"total\":14,"
                            "\"cells\":[[\"verified\",9]]}"));
  g_assert_nonnull (strstr (request->answer->str, "[\"health\",12]"));
  g_assert_nonnull (strstr (request->answer->str, "{\"of\":\"organisation\",\"by\":\"kind\","
                                                  "\"total\":null,\"cells\":[]}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/endpoints/all-there", test_all_there);
  g_test_add_func ("/endpoints/roles", test_roles);
  g_test_add_func ("/endpoints/several-scopes", test_several_scopes);
  g_test_add_func ("/endpoints/short-bodies", test_short_bodies);
  g_test_add_func ("/endpoints/aggregates", test_aggregates);
  return g_test_run ();
}
