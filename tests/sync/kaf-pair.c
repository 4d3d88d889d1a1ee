/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-pair.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"

const char *const users[2] = { "amina", "brahim" };

void
enroll_as (KafFixture *f, const char *user, const char *role)
{
  g_autoptr (GError) error = NULL;

  kaf_sync_enroll (f->db, "https://hub.example", user, role, kaf_sync_get_device (f->db), &error);
  g_assert_no_error (error);
}

void
enroll (KafFixture *f, const char *user)
{
  enroll_as (f, user, "agent");
}

World *
world_new_alone (void)
{
  World *self = g_new0 (World, 1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("kafaat-hub-XXXXXX", NULL);
  path = g_build_filename (self->folder, "hub.db", NULL);
  self->heard = g_string_new (NULL);
  self->random = kaf_random_new_seeded (7);
  self->a = kaf_fixture_new_seeded (1);
  self->b = kaf_fixture_new_seeded (2);
  self->clock = kaf_clock_new_manual (kaf_clock_now (self->a->clock));
  self->hub = kaf_hub_open (path, TRUE, self->clock, self->random, &error);
  g_assert_no_error (error);
  return self;
}

World *
world_new (void)
{
  World *self = world_new_alone ();

  enroll (self->a, users[0]);
  enroll (self->b, users[1]);
  return self;
}

void
world_free (World *self)
{
  kaf_hub_close (self->hub);
  kaf_fixture_assert_whole (self->a);
  kaf_fixture_assert_whole (self->b);
  kaf_fixture_free (self->a);
  kaf_fixture_free (self->b);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  kaf_fixture_remove_folder (self->folder);
  g_string_free (self->heard, TRUE);
  g_free (self->folder);
  g_free (self);
}

void
advance (World *self)
{
  kaf_clock_advance (self->a->clock, G_USEC_PER_SEC);
  kaf_clock_advance (self->b->clock, G_USEC_PER_SEC);
  kaf_clock_advance (self->clock, G_USEC_PER_SEC);
}

/* @most: bytes of groups. */
void
ask_some (World *self, KafFixture *f, const char *role, gsize most, GString *answer)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KafHello hello;
  KafHubSession session = { kaf_sync_get_device (f->db), users[f == self->b], kaf_role_find (role),
                            f == self->b && self->grant != NULL ? self->grant : "national" };

  advance (self);
  g_assert_true (kaf_sync_state_read (f->db, &state, &error));
  hello = kaf_sync_state_greet (&state, kaf_clock_now (f->clock) / 1000);
  kaf_hello_print (&hello, body);
  g_assert_true (kaf_outbox_print (f->db, most, body, &error));
  kaf_hub_exchange (self->hub, &session, body->str, body->len, answer, &error);
  g_assert_no_error (error);
  if (f == self->b)
    g_string_append_len (self->heard, answer->str, answer->len);
}

void
ask (World *self, KafFixture *f, const char *role, GString *answer)
{
  ask_some (self, f, role, 1024 * 1024, answer);
}

void
take (KafFixture *f, GString *answer)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;

  kaf_inbox_take (f->db, answer->str, answer->len, &result, &receipt, &error);
  g_assert_no_error (error);
}

KafInboxResult
sync_as (World *self, KafFixture *f, const char *role)
{
  KafInboxResult sum = { 0 }, one;

  do
    {
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;

      ask (self, f, role, answer);
      kaf_inbox_take (f->db, answer->str, answer->len, &one, &receipt, &error);
      g_assert_no_error (error);
      sum.n_records += one.n_records;
      sum.n_dropped += one.n_dropped;
      sum.n_conflicts += one.n_conflicts;
      sum.n_rejected += one.n_rejected;
      sum.n_gone += one.n_gone;
      sum.n_acked += one.n_acked;
      sum.regranted |= one.regranted;
      sum.n_before += one.n_before;
      sum.n_after += one.n_after;
      sum.forked |= one.forked;
    }
  while (one.more || one.n_erased > 0 || (one.n_acked > 0 && !one.forked));
  return sum;
}

KafInboxResult
sync_store (World *self, KafFixture *f)
{
  return sync_as (self, f, "agent");
}

static void
add_compared (KafHubCompared *sum, const KafHubCompared *one)
{
  if (sum == NULL)
    return;
  sum->n_compared += one->n_compared;
  sum->n_lacking += one->n_lacking;
  sum->n_differing += one->n_differing;
  sum->n_dropped += one->n_dropped;
  sum->n_unknown += one->n_unknown;
}

KafReconcileResult
reconcile_as (World *self, KafFixture *f, const char *role, KafHubCompared *compared)
{
  const KafHubSession session = { kaf_sync_get_device (f->db), users[f == self->b],
                                  kaf_role_find (role),
                                  f == self->b && self->grant != NULL ? self->grant : "national" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReconcile) reconcile = kaf_reconcile_new (f->db, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  while (!done)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      KafHubCompared one;

      kaf_reconcile_print (reconcile, f->db, body);
      kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &one, &error);
      g_assert_no_error (error);
      if (f == self->b)
        g_string_append_len (self->heard, answer->str, answer->len);
      add_compared (compared, &one);
      kaf_reconcile_take (reconcile, f->db, answer->str, answer->len, &receipt, &done, &error);
      g_assert_no_error (error);
    }
  return *kaf_reconcile_get_result (reconcile);
}

void
update (KafFixture *f, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, "person", id, field, value, NULL);

  g_assert_nonnull (receipt);
}

void
assert_both_show (World *self, const char *entity, const char *id, gboolean there)
{
  g_assert_true (kaf_read_exists (self->a->db, kaf_registry_find (entity), id) == there);
  g_assert_true (kaf_read_exists (self->b->db, kaf_registry_find (entity), id) == there);
}

GPtrArray *
find_conflicts (KafFixture *f)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("conflict"));
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  static const char *const columns[] = { "state", NULL };
  gint64 total, at_least;
  g_autoptr (GError) error = NULL;

  rows = kaf_page_read (f->db, query, columns, KAF_LANG_FR, 0, 100, &total, &at_least, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, g_strdup (((KafRow *) g_ptr_array_index (rows, i))->id));
  return ids;
}

void
restore_hub (World *self, const char *backup)
{
  g_autofree char *path = g_build_filename (self->folder, "hub.db", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (backup);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->hub, kaf_hub_close);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->hub = kaf_hub_open (path, FALSE, self->clock, self->random, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_hub_begin_anew (self->hub, &error));
}

char *
say (World *self, guint64 device, const char *role, const char *payload)
{
  const gint64 now = kaf_clock_now (self->clock);
  KafOpGroup group = { .device = device,
                       .dseq = 1,
                       .batch = (char *) "0190aaaa-0000-7000-8000-000000000000",
                       .at = now,
                       .author = (char *) users[1],
                       .clock = kaf_hlc_make (now / 1000, 0, device),
                       .schema = KAF_SCHEMA_VERSION,
                       .n_ops = 1,
                       .saw = G_GINT64_CONSTANT (1) << 30,
                       .payload = (char *) payload };
  const KafHubSession session = { device, users[1], kaf_role_find (role), "national" };
  const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL, .now = now / 1000 };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *rest, *line;
  gsize size, length;
  char *why = NULL;

  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_hello_print (&hello, body);
  kaf_op_group_print (&group, body);
  g_assert_true (kaf_hub_exchange (self->hub, &session, body->str, body->len, answer, &error));
  rest = answer->str;
  size = answer->len;
  while ((line = kaf_exchange_next (&rest, &size, &length)) != NULL)
    {
      gint64 expects;
      g_autoptr (GPtrArray) verdicts = kaf_verdicts_parse (line, length, &expects, NULL);

      for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
        {
          const KafVerdict *verdict = g_ptr_array_index (verdicts, i);

          if (verdict->refused != NULL && verdict->refused->len > 0)
            why = g_strdup (((const KafRefused *) g_ptr_array_index (verdict->refused, 0))->why);
        }
    }
  return why;
}

/* A person with a facet that both know. */
char *
share (World *self)
{
  char *id = kaf_fixture_create (self->a, "person", NULL, "family_name", "Bennis", "given_name",
                                 "Salma", "city", "Genève", "emails", "s@exemple.org", NULL);
  g_autofree char *facet = kaf_fixture_create (self->a, "expert", id, "headline_fr", "Soins", NULL);

  sync_store (self, self->a);
  sync_store (self, self->b);
  return id;
}

/* Whether any file of the folder holds @text, be it in free pages or the log. */
gboolean
holds (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &bytes, &size, NULL) &&
          memmem (bytes, size, text, strlen (text)) != NULL)
        {
          g_test_message ("%s holds it", name);
          return TRUE;
        }
    }
  return FALSE;
}
