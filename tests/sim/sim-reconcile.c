/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device is compared with its hub, in the middle of all the rest: where nothing is wrong nothing is found, whatever
 * waits, was refused or came meanwhile. And a row is spoiled behind its back: it is found, and all is shown as it was. Of
 * what a restored hub has no more, nothing can be found: that is counted, and left alone, unless its user may not hold
 * such a record any more. What comes again to that hub and is his no more is found, once and by this alone. */
#include "config.h"

#include "sim-world.h"

#include <string.h>

#include "rules/kaf-told.h"
#include "server/kaf-hub-storage.h"
#include "store/kaf-database-private.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-outbox.h"
#include "store/kaf-reconcile.h"
#include "store/kaf-sync-state.h"

/* Comparing */

/* Nothing outside of what the device may see is told. */
static void
check_told (SimWorld *self, SimDevice *device, const char *answer, gsize size)
{
  g_autoptr (GPtrArray) records = sim_scope_is_part (device) ? sim_scope_read_hub (self) : NULL;
  const char *line, *rest = answer;
  gsize length;

  if ((device->role->reads & KAF_CLASS_PRIVATE) == 0 && strstr (answer, SIM_CANARY) != NULL)
    sim_wrong (self, "a %s was told what is not for him, as it was compared", device->role->id);
  while (records != NULL && (line = kaf_exchange_next (&rest, &size, &length)) != NULL)
    {
      g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, length, NULL);

      if (row != NULL && row->root != NULL && !row->dropped &&
          !sim_scope_sees (device, records, row->root, row->id))
        sim_wrong (self, "device %u, of “%s”, was told of %s %s as it was compared", device->number,
                   device->grant, row->root->id, row->id);
    }
}

/* @n_told: gets how many records the hub takes for wrong. */
static gboolean
ask_hub (SimWorld *self, SimDevice *device, KafReconcile *reconcile, guint *n_told, gboolean *done)
{
  const KafHubSession session = { kaf_sync_get_device (device->db), device->user, device->role,
                                  device->grant };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafHubCompared compared;

  kaf_reconcile_print (reconcile, device->db, body);
  if (kaf_hub_reconcile (self->hub, &session, body->str, body->len, answer, &compared, &error))
    {
      g_autoptr (GString) read = sim_older_read (device, answer->str, answer->len);

      check_told (self, device, answer->str, answer->len);
      *n_told += compared.n_lacking + compared.n_differing + compared.n_dropped;
      if (kaf_reconcile_take (reconcile, device->db, read->str, read->len, &receipt, done, &error))
        return TRUE;
    }
  sim_wrong (self, "device %u was not compared: %s", device->number, error->message);
  return FALSE;
}

static KafReconcileResult
compare (SimWorld *self, SimDevice *device, guint *n_told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReconcile) reconcile = kaf_reconcile_new (device->db, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  *n_told = 0;
  while (!done && ask_hub (self, device, reconcile, n_told, &done))
    ;
  return *kaf_reconcile_get_result (reconcile);
}

/* One record of a device. */
typedef struct
{
  const KafEntity *root;
  char *id;
  gint64 rid;
} Head;

static void
head_free (Head *self)
{
  g_free (self->id);
  g_free (self);
}

/* (element-type Head) (transfer full) */
static GPtrArray *
read_heads (SimDevice *device)
{
  g_autoptr (KafStatement) rows =
      kaf_database_prepare (device->db, "SELECT entity, id, rid FROM head ORDER BY rid", NULL);
  GPtrArray *heads = g_ptr_array_new_with_free_func ((GDestroyNotify) head_free);

  while (kaf_database_step (device->db, rows, NULL))
    {
      Head *head = g_new (Head, 1);

      head->root = kaf_registry_find (kaf_statement_text (rows, 0));
      head->id = g_strdup (kaf_statement_text (rows, 1));
      head->rid = sqlite3_column_int64 (rows, 2);
      g_ptr_array_add (heads, head);
    }
  return heads;
}

/* What a restored hub has. (element-type KafHubRecord) (transfer full) (nullable): it has all that devices hold. */
static GPtrArray *
read_known (SimWorld *self)
{
  return self->is_restored ? sim_scope_read_hub (self) : NULL;
}

static gboolean
is_known (GPtrArray *known, const Head *head)
{
  gboolean found = known == NULL;

  for (guint i = 0; !found && i < known->len; i++)
    {
      const KafHubRecord *record = g_ptr_array_index (known, i);

      found = record->root == head->root && g_str_equal (record->id, head->id);
    }
  return found;
}

/* Nothing of it waits or was refused. */
static gboolean
is_settled (SimDevice *device, const Head *head)
{
  g_autoptr (GHashTable) held = kaf_duplicates_get_held (device->db);
  g_autoptr (KafStatement) refused =
      kaf_database_prepare (device->db, "SELECT 1 FROM refusal WHERE id = ?", NULL);

  kaf_statement_bind_text (refused, 1, head->id);
  return !kaf_database_step (device->db, refused, NULL) &&
         kaf_outbox_count (device->db, head->root, head->id) == 0 &&
         (held == NULL || !g_hash_table_contains (held, head->id));
}

/* What is not to be found where no hub was restored. */
typedef struct
{
  guint n_unknown;   /* the hub has it no more: nobody has sent it again, or nobody may */
  guint n_withdrawn; /* its user's right to it went while the hub did not know of it */
} Astray;

static Astray
count_astray (SimWorld *self, SimDevice *device)
{
  g_autoptr (GPtrArray) heads = read_heads (device);
  g_autoptr (GPtrArray) known = read_known (self);
  Astray found = { 0, 0 };

  for (guint i = 0; known != NULL && i < heads->len; i++)
    {
      const Head *head = g_ptr_array_index (heads, i);

      if (!is_settled (device, head))
        continue;
      if (is_known (known, head) ? !sim_scope_sees (device, known, head->root, head->id)
                                 : !kaf_role_knows (device->role, head->root))
        found.n_withdrawn++;
      else
        found.n_unknown += !is_known (known, head);
    }
  return found;
}

/* Of what the next exchange takes away nothing is said here. */
static gboolean
finds_astray (const KafReconcileResult *result, const Astray *astray, gboolean at_rest)
{
  return result->n_dropped <= astray->n_withdrawn && result->n_unknown <= astray->n_unknown &&
         (result->early || result->n_unknown == astray->n_unknown) &&
         (!at_rest || result->n_dropped == astray->n_withdrawn);
}

/* FALSE: it could not be compared yet, or is not as it should be. */
static gboolean
compare_well (SimWorld *self, SimDevice *device, gboolean at_rest)
{
  Astray astray = count_astray (self, device);
  guint n_told;
  KafReconcileResult result = compare (self, device, &n_told);

  /* What it had sent it was never told again, and is now. */
  if (device->is_copy)
    return FALSE;
  if (result.n_fetched + result.n_renewed + result.n_left > 0 || n_told != result.n_dropped ||
      !finds_astray (&result, &astray, at_rest))
    sim_wrong (
        self,
        "device %u lacked %u records, had %u otherwise, %u too much where there were %u, %u unknown "
        "where there were %u; the hub told %u",
        device->number, result.n_fetched, result.n_renewed, result.n_dropped, astray.n_withdrawn,
        result.n_unknown, astray.n_unknown, n_told);
  sim_note (self, "  device %u: %u unknown, %u withdrawn", device->number, result.n_unknown,
            result.n_dropped);
  if (result.early && at_rest)
    sim_wrong (self, "device %u is at rest and has something to hear first", device->number);
  return self->wrong == NULL && !result.early;
}

/* Spoiling */

/* What waits or was refused is left alone, and what is shown for something else is not what came. What an older program does
 * not know is not compared with it. */
static gboolean
may_be_spoiled (SimDevice *device, const Head *victim)
{
  return victim->root->since <= device->db->schema && is_settled (device, victim) &&
         !kaf_raw_any (device->db, victim->rid);
}

/* The first from there on that the hub can tell again. */
static gboolean
pick (SimWorld *self, SimDevice *device, guint32 any, Head *victim)
{
  g_autoptr (GPtrArray) heads = read_heads (device);
  g_autoptr (GPtrArray) known = read_known (self);

  for (guint i = 0; i < heads->len; i++)
    {
      Head *head = g_ptr_array_index (heads, (any % heads->len + i) % heads->len);

      if (!is_known (known, head))
        continue;
      *victim = *head;
      head->id = NULL;
      return TRUE;
    }
  return FALSE;
}

/* A text that its user is told, which is another then. */
static char *
spoil_field (SimDevice *device, const Head *victim, guint32 any)
{
  g_autoptr (KafRecord) record = kaf_read_record (device->db, victim->root, victim->id, NULL);
  guint n = kaf_entity_n_fields (victim->root);

  for (guint i = 0; record != NULL && i < n; i++)
    {
      guint at = (any + i) % n;
      const KafField *field = &victim->root->fields[at];

      if (!kaf_field_is_many (field) &&
          (field->kind == KAF_KIND_TEXT || field->kind == KAF_KIND_LONG_TEXT) &&
          kaf_told_can_read (device->role->reads, record, at) &&
          field->since <= device->db->schema && !g_str_equal (field->id, "owner_entity") &&
          !g_str_equal (field->id, "field"))
        return g_strdup_printf (
            "UPDATE \"%s\" SET \"%s\" = '%s' WHERE rid = %" G_GINT64_FORMAT, victim->root->id,
            field->id, kaf_record_get_at (record, at) != NULL ? "" : "verdorben", victim->rid);
    }
  return NULL;
}

/* A record that nobody ever made. */
static char *
add_phantom (const Head *victim)
{
  return g_strdup_printf (
      "CREATE TEMP TABLE one AS SELECT * FROM head WHERE rid = %2$" G_GINT64_FORMAT ";"
      "UPDATE one SET rid = 900001, id = 'phantom'; INSERT INTO head SELECT * FROM one;"
      "DROP TABLE one;"
      "CREATE TEMP TABLE one AS SELECT * FROM \"%1$s\" WHERE rid = %2$" G_GINT64_FORMAT ";"
      "UPDATE one SET rid = 900001, ref = NULL; INSERT INTO \"%1$s\" SELECT * FROM one;"
      "DROP TABLE one; UPDATE tally SET live = live + 1 WHERE entity = '%1$s'",
      victim->root->id, victim->rid);
}

static char *
make_spoiling (SimWorld *self, SimDevice *device, const Head *victim, guint32 any)
{
  switch (any % 4)
    {
    case 0:
      return g_strdup_printf ("DELETE FROM \"%s\" WHERE rid = %" G_GINT64_FORMAT, victim->root->id,
                              victim->rid);
    case 1:
      return g_strdup_printf ("DELETE FROM head WHERE rid = %" G_GINT64_FORMAT, victim->rid);
    case 2:
      /* Such a hub may be the one that lacks it. */
      return self->is_restored ? NULL : add_phantom (victim);
    default:
      return spoil_field (device, victim, any / 4);
    }
}

/* What the user typed without being told of it is nobody's to bring back. */
static void
print_shown (
    SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id, GString *line)
{
  g_autoptr (KafRecord) record = sim_read_shown (self, device, entity, id);

  g_string_truncate (line, 0);
  if (record == NULL)
    return;
  g_string_printf (line, "%s %s %s %d", entity->id, id, kaf_record_get_ref (record),
                   kaf_record_get_stamp (record)->deleted_at > 0);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_told_can_read (device->role->reads, record, i))
      g_string_append_printf (line, "|%s", kaf_record_get_at (record, i));
}

/* All that is shown. (transfer full) */
static char *
print_all_shown (SimWorld *self, SimDevice *device)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);
  g_autoptr (GString) line = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid ORDER BY h.id", entities[i]->id);
      g_autoptr (KafStatement) rows = kaf_database_prepare (device->db, sql, NULL);

      while (rows != NULL && kaf_database_step (device->db, rows, NULL))
        {
          print_shown (self, device, entities[i], kaf_statement_text (rows, 0), line);
          g_string_append_printf (text, "%s\n", line->str);
        }
    }
  return g_string_free (text, FALSE);
}

static void
spoil (SimWorld *self, SimDevice *device, guint32 a, guint32 b)
{
  Head victim = { NULL };
  g_autofree char *sql = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  KafReconcileResult result;
  guint n_told;

  if (!pick (self, device, a, &victim))
    return;
  id = victim.id;
  if (!may_be_spoiled (device, &victim) || (sql = make_spoiling (self, device, &victim, b)) == NULL)
    return;
  before = print_all_shown (self, device);
  kaf_database_exec (device->db, sql, NULL);
  result = compare (self, device, &n_told);
  after = print_all_shown (self, device);
  sim_note (self, "  device %u: %s", device->number, sql);
  if (kaf_reconcile_count_mended (&result) != 1 || result.n_left > 0 || n_told != 1)
    sim_wrong (
        self,
        "of device %u one record was spoiled, the hub told %u, and %u were found, of which %u "
        "stay so: %s",
        device->number, n_told, kaf_reconcile_count_mended (&result), result.n_left, sql);
  else if (!g_str_equal (before, after))
    sim_wrong (self, "device %u shows something else once it is mended: %s", device->number, sql);
}

void
sim_compare (SimWorld *self, SimDevice *device)
{
  if (!device->forked && self->wrong == NULL)
    compare_well (self, device, FALSE);
}

/* All are at rest, and a day goes by: who holds what a restored hub does not know is compared anew. */
void
sim_compare_daily (SimWorld *self)
{
  for (guint i = 0; self->is_restored && i < SIM_DEVICES; i++)
    if (!self->devices[i].forked && self->wrong == NULL)
      compare_well (self, &self->devices[i], TRUE);
}

/* What is drawn says which record, and how. */
void
sim_reconcile (SimWorld *self, SimDevice *device, guint32 a, guint32 b)
{
  if (!device->forked && self->wrong == NULL && compare_well (self, device, FALSE))
    spoil (self, device, a, b);
}

/* All are at rest, and hold what the hub has told them. */
void
sim_reconcile_finish (SimWorld *self, guint64 seed)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    {
      SimDevice *device = &self->devices[i];

      if (!device->forked && self->wrong == NULL && compare_well (self, device, TRUE))
        spoil (self, device, (guint32) (seed * 31 + i), (guint32) (seed / 4 + i));
    }
}
