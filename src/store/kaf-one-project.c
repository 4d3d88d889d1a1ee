/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows as they came, while a transaction writes; and what is shown, once it has. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-one-private.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-one-show.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"
#include "store/kaf-writer.h"

/* Read with what belongs to a person: who said what, what she agreed to. */
static const char *const beside_members[] = { "source_claim", "consent", NULL };

struct _KafOne
{
  KafDatabase *db;
  gboolean any;      /* anything was ever judged here */
  GHashTable *dirty; /* root → set of char*: ids that may be one with others, or no more */
  GHashTable *rows;  /* set of Row: those that may name somebody who is shown by another */
  GHashTable *fresh; /* set of char*: ids that were just judged to be one with another, here */
  GHashTable *typed; /* set of "ID\tPART\tFIELD" */
  KafOneRows shown;
};

typedef struct
{
  const KafEntity *root;
  gint64 rid;
} Row;

static guint
row_hash (gconstpointer data)
{
  return g_int64_hash (&((const Row *) data)->rid);
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
  return ((const Row *) a)->rid == ((const Row *) b)->rid;
}

static GHashTable *
new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

KafOne *
kaf_one_new (KafDatabase *db, KafBeside *beside)
{
  KafOne *self = g_new0 (KafOne, 1);

  self->db = db;
  self->any = kaf_one_any (db);
  self->dirty = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->rows = g_hash_table_new_full (row_hash, row_equal, g_free, NULL);
  self->fresh = new_ids ();
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kaf_one_rows_init (&self->shown, db, beside);
  return self;
}

void
kaf_one_free (KafOne *self)
{
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->typed);
  kaf_one_rows_clear (&self->shown);
  g_free (self);
}

static GHashTable *
get_dirty (KafOne *self, const KafEntity *root)
{
  GHashTable *ids = g_hash_table_lookup (self->dirty, root);

  if (ids == NULL)
    {
      ids = new_ids ();
      g_hash_table_insert (self->dirty, (gpointer) root, ids);
    }
  return ids;
}

static void
add_dirty (KafOne *self, const KafEntity *root, const char *id)
{
  if (id != NULL)
    g_hash_table_add (get_dirty (self, root), g_strdup (id));
}

static gboolean
add_row (const KafEntity *root, gint64 rid, gpointer data, GError **error G_GNUC_UNUSED)
{
  KafOne *self = data;
  const Row row = { root, rid };

  if (!g_hash_table_contains (self->rows, &row))
    g_hash_table_add (self->rows, g_memdup2 (&row, sizeof row));
  return TRUE;
}

/* It is shown again with the rows that name somebody, whatever it is. */
static gboolean
put_back_row (KafOne *self, const KafEntity *root, gint64 rid, GError **error)
{
  g_autofree char *id =
      kaf_raw_any (self->db, rid) ? kaf_one_rows_find_id (self->db, root, rid) : NULL;

  return id == NULL || (add_row (root, rid, self, NULL) &&
                        kaf_one_rows_put_back (&self->shown, root, rid, id, error));
}

/* Writing */

static gboolean
let_go (KafDatabase *db, gint64 rid)
{
  KafTransaction *tx = db->transaction;

  if (!kaf_transaction_settle (tx))
    return FALSE;
  if (tx != NULL && tx->held.rid == rid)
    kaf_transaction_clear_held (tx);
  return TRUE;
}

static gboolean
note_member (KafOne *self, const KafEntity *entity, gint64 rid, GError **error)
{
  g_autoptr (KafRecord) record = kaf_read_scalars (self->db, entity, rid, NULL, error);

  if (record == NULL)
    return FALSE;
  add_dirty (self, kaf_registry_find ("person"), kaf_record_get (record, "person"));
  if (kaf_entity_find_field (entity, "organisation") != NULL)
    add_dirty (self, kaf_registry_find ("organisation"), kaf_record_get (record, "organisation"));
  return TRUE;
}

gboolean
kaf_one_restore (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  if (!self->any || rid == 0)
    return TRUE;
  if (kaf_one_concerns (root))
    add_dirty (self, root, id);
  if (g_strv_contains (beside_members, root->id) && !note_member (self, root, rid, error))
    return FALSE;
  if (!kaf_raw_any (self->db, rid))
    return TRUE;
  add_row (root, rid, self, NULL);
  return let_go (self->db, rid) && kaf_one_rows_put_back (&self->shown, root, rid, id, error) &&
         let_go (self->db, rid);
}

/* A judgement, or what was chosen with one. */
static gboolean
is_judgement (const KafEntity *entity)
{
  return g_str_equal (entity->id, "judgement") || g_str_equal (entity->id, "field_choice");
}

#define N_JUDGED 4

typedef struct
{
  const KafEntity *root;
  const char *id; /* of the judgement */
} Judged;

/* The records that it is about. @judged: room for N_JUDGED. Returns how many there are. */
static guint
list_judged (KafRecord *judgement, Judged *judged)
{
  static const char *const fields[N_JUDGED][2] = { { "person", "person" },
                                                   { "person", "other_person" },
                                                   { "organisation", "organisation" },
                                                   { "organisation", "other_organisation" } };
  guint n = 0;

  for (guint i = 0; i < N_JUDGED; i++)
    {
      const char *id = kaf_record_get (judgement, fields[i][1]);

      if (id != NULL)
        judged[n++] = (Judged){ kaf_registry_find (fields[i][0]), id };
    }
  return n;
}

void
kaf_one_note (KafOne *self, KafRecord *record, gint64 rid)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafEntity *root = kaf_entity_get_root (entity);

  if (is_judgement (entity))
    {
      Judged judged[N_JUDGED];
      guint n = list_judged (record, judged);

      self->any |= g_str_equal (entity->id, "judgement");
      for (guint i = 0; i < n; i++)
        add_dirty (self, judged[i].root, judged[i].id);
      return;
    }
  if (!self->any)
    return;
  if (kaf_one_concerns (root))
    add_dirty (self, root, kaf_record_get_id (record));
  if (g_strv_contains (beside_members, entity->id))
    {
      add_dirty (self, kaf_registry_find ("person"), kaf_record_get (record, "person"));
      if (kaf_entity_find_field (entity, "organisation") != NULL)
        add_dirty (self, kaf_registry_find ("organisation"),
                   kaf_record_get (record, "organisation"));
    }
  if (kaf_one_refs_any (self->db, record))
    add_row (root, rid, self, NULL);
}

void
kaf_one_note_judged (KafOne *self, KafRecord *judgement)
{
  const char *id = kaf_record_get (judgement, "person");

  if (id == NULL)
    id = kaf_record_get (judgement, "organisation");
  if (id != NULL && g_strcmp0 (kaf_record_get (judgement, "verdict"), "same") == 0)
    g_hash_table_add (self->fresh, g_strdup (id));
}

void
kaf_one_note_typed (KafOne *self, const char *id, const KafEntity *part, const char *field)
{
  g_hash_table_add (self->typed, g_strdup_printf ("%s\t%s\t%s", id, part->id, field));
}

/* Components */

/* It is here, and nobody deleted it; once it is as it came. */
static gboolean
is_alive (KafDatabase *db, const KafEntity *root, const char *id)
{
  return kaf_read_exists (db, root, id);
}

static KafOneGroup *
make_group (KafDatabase *db, KafJudgements *judgements, const KafEntity *root, const char *id)
{
  KafOneGroup *self = g_new0 (KafOneGroup, 1);
  g_autoptr (GPtrArray) members = kaf_judgements_list_members (judgements, id);

  self->root = root;
  self->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      g_ptr_array_add (self->ids, g_strdup (member));
      if (self->shown == NULL && is_alive (db, root, member))
        self->shown = g_strdup (member);
    }
  return self;
}

/* Each record of @ids in one of them. */
static GPtrArray *
make_groups (KafDatabase *db, KafJudgements *judgements, const KafEntity *root, GHashTable *ids)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (kaf_one_group_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (ids), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      KafOneGroup *group;

      if (g_hash_table_contains (seen, l->data))
        continue;
      group = make_group (db, judgements, root, l->data);
      g_ptr_array_add (groups, group);
      for (guint i = 0; i < group->ids->len; i++)
        g_hash_table_add (seen, g_ptr_array_index (group->ids, i));
    }
  return groups;
}

/* Those that end with another one's; while they still name who was shown. */
static gboolean
put_back_consents (KafOne *self, const char *person, GError **error)
{
  const KafEntity *consent = kaf_registry_find ("consent");
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT c.rid FROM consent c JOIN raw r ON r.rid = c.rid AND r.entity = 'consent'"
      " AND r.field = 'withdrawn_on' WHERE c.person = ?",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, person);
  while (kaf_database_step (self->db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  for (guint i = 0; i < rids->len; i++)
    if (!put_back_row (self, consent, g_array_index (rids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
put_back_all (KafOne *self, const KafEntity *root, GHashTable *ids, GError **error)
{
  gboolean persons = g_str_equal (root->id, "person");
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      gint64 rid = kaf_database_find_rid (self->db, root, id);

      if ((rid > 0 && !put_back_row (self, root, rid, error)) ||
          (persons && !put_back_consents (self, id, error)))
        return FALSE;
    }
  return TRUE;
}

/* Enters who is shown for whom. @moved: gets those for whom it is somebody else than before. */
static gboolean
write_alias (KafOne *self, const KafOneGroup *group, GHashTable *moved, GError **error)
{
  for (guint i = 0; i < group->ids->len; i++)
    {
      const char *id = g_ptr_array_index (group->ids, i);
      g_autofree char *before = kaf_one_find_alias (self->db, group->root, id);
      const char *after = g_strcmp0 (group->shown, id) != 0 ? group->shown : NULL;
      KafStatement *statement;

      if (g_strcmp0 (before, after) == 0)
        continue;
      g_hash_table_add (moved, g_strdup (id));
      statement = kaf_database_prepare (
          self->db,
          after != NULL ? "INSERT OR REPLACE INTO alias (id, entity, canonical) VALUES (?1, ?2, ?3)"
                        : "DELETE FROM alias WHERE id = ?1 AND ?2 IS NOT NULL AND ?3 IS NULL",
          error);
      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, id);
      kaf_statement_bind_text (statement, 2, group->root->id);
      kaf_statement_bind_text (statement, 3, after);
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* All of it */

static gboolean
is_in_group (KafDatabase *db, const KafEntity *root, const char *id)
{
  g_autofree char *shown = kaf_one_find_alias (db, root, id);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT 1 FROM alias WHERE canonical = ? AND entity = ?", NULL);

  if (shown != NULL || statement == NULL)
    return shown != NULL;
  kaf_statement_bind_text (statement, 1, id);
  kaf_statement_bind_text (statement, 2, root->id);
  return kaf_database_step (db, statement, NULL);
}

/* Rows of nobody who is one with others are shown; the others are dirty. */
static gboolean
show_rows (KafOne *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Row *row = key;
      g_autofree char *id = kaf_one_rows_find_id (self->db, row->root, row->rid);

      if (id == NULL)
        continue;
      if (kaf_one_concerns (row->root) && is_in_group (self->db, row->root, id))
        add_dirty (self, row->root, id);
      else if (!kaf_one_show_row (&self->shown, row->root, row->rid, id, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->rows);
  return TRUE;
}

/* Who is one with whom now. @all (nullable): gets the groups. */
static gboolean
settle_root (KafOne *self, const KafEntity *root, GPtrArray *all, GError **error)
{
  GHashTable *ids = get_dirty (self, root);
  g_autoptr (GHashTable) moved = new_ids ();
  g_autoptr (KafJudgements) judgements = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  if (g_hash_table_size (ids) == 0)
    return TRUE;
  judgements = kaf_one_gather (self->db, root, ids, error);
  if (judgements == NULL || !put_back_all (self, root, ids, error))
    return FALSE;
  groups = make_groups (self->db, judgements, root, ids);
  for (guint i = 0; i < groups->len; i++)
    if (!write_alias (self, g_ptr_array_index (groups, i), moved, error))
      return FALSE;
  if (!kaf_one_refs_find (self->db, root, moved, add_row, self, error))
    return FALSE;
  while (groups->len > 0)
    g_ptr_array_add (all, g_ptr_array_steal_index (groups, 0));
  return TRUE;
}

static gboolean
is_fresh (KafOne *self, const KafOneGroup *group)
{
  for (guint i = 0; i < group->ids->len && g_hash_table_size (self->fresh) > 0; i++)
    if (g_hash_table_contains (self->fresh, g_ptr_array_index (group->ids, i)))
      return TRUE;
  return FALSE;
}

static guint
count_dirty (KafOne *self)
{
  GHashTableIter iter;
  gpointer ids;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, NULL, &ids))
    n += g_hash_table_size (ids);
  return n;
}

/* Who is one with whom first; then the rows that name somebody of them; these may be rows of others that are one, which
 * are then to be shown anew too. */
static gboolean
settle (KafOne *self, GPtrArray *groups, GError **error)
{
  const KafEntity *const roots[] = { kaf_registry_find ("person"),
                                     kaf_registry_find ("organisation") };
  guint n;

  do
    {
      g_ptr_array_set_size (groups, 0);
      for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
        if (!settle_root (self, roots[i], groups, error))
          return FALSE;
      n = count_dirty (self);
      if (!show_rows (self, error))
        return FALSE;
    }
  while (count_dirty (self) > n);
  return TRUE;
}

static gboolean
project (KafOne *self, GPtrArray *choices, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (kaf_one_group_free);

  if (!settle (self, groups, error))
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      const KafOneGroup *group = g_ptr_array_index (groups, i);
      const KafOneKnown known = { self->typed, is_fresh (self, group), choices };

      if (group->shown != NULL && group->ids->len > 1 &&
          !kaf_one_show_group (&self->shown, group, &known, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->dirty);
  g_hash_table_remove_all (self->fresh);
  g_hash_table_remove_all (self->typed);
  return TRUE;
}

gboolean
kaf_one_project (KafOne *self, GPtrArray **choices, GError **error)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  if (choices != NULL)
    *choices = NULL;
  if (!self->any || (g_hash_table_size (self->dirty) == 0 && g_hash_table_size (self->rows) == 0))
    return TRUE;
  if (!let_go (self->db, self->db->transaction != NULL ? self->db->transaction->held.rid : 0))
    return FALSE;
  if (!project (self, wanted, error) || !kaf_one_rows_write_tallies (&self->shown, error))
    return FALSE;
  if (choices != NULL && wanted->len > 0)
    *choices = g_steal_pointer (&wanted);
  return TRUE;
}

/* Gone */

static gboolean
forget_row (const KafEntity *root, gint64 rid, gpointer data, GError **error)
{
  KafOne *self = data;
  g_autofree char *id = kaf_one_rows_find_id (self->db, root, rid);

  if (id == NULL)
    return TRUE;
  add_row (root, rid, self, NULL);
  if (kaf_one_concerns (root))
    add_dirty (self, root, id);
  return kaf_one_rows_put_back (&self->shown, root, rid, id, error);
}

static gboolean
drop_aliases (KafOne *self, GHashTable *ids, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      KafStatement *statement =
          kaf_database_prepare (self->db, "DELETE FROM alias WHERE id = ?", error);

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, id);
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* With all who are one with it: neither names the other any more. */
static gboolean
forget_group (KafOne *self, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GHashTable) ids = new_ids ();
  g_autoptr (KafJudgements) judgements = NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_add (ids, g_strdup (id));
  judgements = kaf_one_gather (self->db, root, ids, error);
  if (judgements == NULL || !kaf_one_refs_find (self->db, root, ids, forget_row, self, error) ||
      !put_back_all (self, root, ids, error) || !drop_aliases (self, ids, error))
    return FALSE;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    add_dirty (self, root, key);
  return TRUE;
}

/* Once a judgement is gone nothing tells any more which records were shown as one by it. */
static gboolean
forget_judged (KafOne *self, const KafEntity *entity, gint64 rid, const char *id, GError **error)
{
  GError *local = NULL;
  g_autoptr (KafRecord) record = kaf_read_scalars (self->db, entity, rid, id, &local);
  Judged judged[N_JUDGED];
  guint n = 0;

  if (record != NULL)
    n = list_judged (record, judged);
  else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);
  for (guint i = 0; i < n; i++)
    if (!forget_group (self, judged[i].root, judged[i].id, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_one_forget (KafOne *self, const KafEntity *root, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (self->db, root, id);

  if (!self->any)
    return TRUE;
  if (!let_go (self->db, rid))
    return FALSE;
  if (kaf_one_concerns (root))
    return forget_group (self, root, id, error);
  return (rid == 0 || !is_judgement (root) || forget_judged (self, root, rid, id, error)) &&
         kaf_one_restore (self, root, rid, id, error);
}
