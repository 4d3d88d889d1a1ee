/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows as they came, while a transaction writes; and what is shown, once it has. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-one-private.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"
#include "store/kaf-writer.h"

/* Read with what belongs to a person: who said what, what she agreed to. */
static const char *const beside_members[] = { "source_claim", "consent", NULL };

struct _KafOne
{
  KafDatabase *db;
  KafBeside *beside;
  gboolean any;        /* anything was ever judged here */
  GHashTable *dirty;   /* root → set of char*: ids that may be one with others, or no more */
  GHashTable *rows;    /* set of Row: those that may name somebody who is shown by another */
  GHashTable *fresh;   /* set of char*: ids that were just judged to be one with another, here */
  GHashTable *typed;   /* set of "ID\tPART\tFIELD" */
  GHashTable *tallies; /* KafEntity → delta */
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
  self->beside = beside;
  self->any = kaf_one_any (db);
  self->dirty = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->rows = g_hash_table_new_full (row_hash, row_equal, g_free, NULL);
  self->fresh = new_ids ();
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tallies = g_hash_table_new (NULL, NULL);
  return self;
}

void
kaf_one_free (KafOne *self)
{
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->typed);
  g_hash_table_unref (self->tallies);
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

/* Rows, with what is kept beside them */

/* The part of that bit, the root itself for 0; NULL after the last. */
static const KafEntity *
get_part (const KafEntity *root, guint n)
{
  return n == 0 ? root : kaf_registry_find_facet (root, 1u << (n - 1));
}

/* What is there, whether deleted or not. NULL on error. */
static GPtrArray *
read_parts (KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  const KafEntity *part;

  for (guint n = 0; (part = get_part (root, n)) != NULL; n++)
    {
      g_autoptr (GError) local = NULL;
      KafRecord *record = kaf_read_row (db, part, rid, id, &local);

      if (record != NULL)
        g_ptr_array_add (parts, record);
      else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&parts);
}

static void
count (KafOne *self, GPtrArray *parts, int delta)
{
  KafRecord *root = parts->len > 0 ? g_ptr_array_index (parts, 0) : NULL;

  if (root == NULL || kaf_record_get_stamp (root)->deleted_at != 0)
    return;
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *record = g_ptr_array_index (parts, i);
      gpointer entity = (gpointer) kaf_record_get_entity (record);
      int sum = GPOINTER_TO_INT (g_hash_table_lookup (self->tallies, entity));

      if (kaf_record_get_stamp (record)->deleted_at == 0)
        g_hash_table_insert (self->tallies, entity, GINT_TO_POINTER (sum + delta));
    }
}

/* Of a row that is about to show something else. */
static gboolean
leave (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = read_parts (self->db, root, rid, id, error);

  if (parts == NULL)
    return FALSE;
  count (self, parts, -1);
  for (guint i = 0; i < parts->len; i++)
    kaf_beside_note_before (self->beside, self->db, g_ptr_array_index (parts, i),
                            g_ptr_array_index (parts, i));
  return TRUE;
}

/* Of one that does now. */
static gboolean
enter (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = read_parts (self->db, root, rid, id, error);

  if (parts == NULL)
    return FALSE;
  count (self, parts, 1);
  for (guint i = 0; i < parts->len; i++)
    kaf_beside_note (self->beside, self->db, g_ptr_array_index (parts, i), TRUE);
  return kaf_writer_refresh (self->db, root, rid, id, error);
}

static gboolean
put_back (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  if (!kaf_raw_any (self->db, rid))
    return TRUE;
  return leave (self, root, rid, id, error) && kaf_raw_put_back (self->db, rid, error) &&
         enter (self, root, rid, id, error);
}

static char *
find_id (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT id FROM head WHERE rid = ? AND entity = ?", NULL);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, root->id);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

/* It is shown again with the rows that name somebody, whatever it is. */
static gboolean
put_back_row (KafOne *self, const KafEntity *root, gint64 rid, GError **error)
{
  g_autofree char *id = kaf_raw_any (self->db, rid) ? find_id (self->db, root, rid) : NULL;

  return id == NULL || (add_row (root, rid, self, NULL) && put_back (self, root, rid, id, error));
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
  return let_go (self->db, rid) && put_back (self, root, rid, id, error) && let_go (self->db, rid);
}

void
kaf_one_note (KafOne *self, KafRecord *record, gint64 rid)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafEntity *root = kaf_entity_get_root (entity);
  gboolean judges = g_str_equal (entity->id, "judgement");

  if (judges || g_str_equal (entity->id, "field_choice"))
    {
      static const char *const roots[] = { "person", "organisation" };

      self->any |= judges;
      for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
        {
          g_autofree char *other = g_strconcat ("other_", roots[i], NULL);

          add_dirty (self, kaf_registry_find (roots[i]), kaf_record_get (record, roots[i]));
          add_dirty (self, kaf_registry_find (roots[i]), kaf_record_get (record, other));
        }
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

/* Records that are one, with who is shown for them. */
typedef struct
{
  const KafEntity *root;
  GPtrArray *ids; /* smallest first */
  char *shown;    /* nullable: none of them is there, or they were all deleted */
} Group;

static void
group_free (gpointer data)
{
  Group *self = data;

  g_ptr_array_unref (self->ids);
  g_free (self->shown);
  g_free (self);
}

/* It is here, and nobody deleted it; once it is as it came. */
static gboolean
is_alive (KafDatabase *db, const KafEntity *root, const char *id)
{
  return kaf_read_exists (db, root, id);
}

static Group *
make_group (KafDatabase *db, KafJudgements *judgements, const KafEntity *root, const char *id)
{
  Group *self = g_new0 (Group, 1);
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
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (ids), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      Group *group;

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
write_alias (KafOne *self, const Group *group, GHashTable *moved, GError **error)
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

/* Showing */

/* Fields of the row of @part that are otherwise in @shown. */
static gboolean
show_fields (KafOne *self, KafRecord *row, KafRecord *shown, gint64 rid, GError **error)
{
  const KafEntity *part = kaf_record_get_entity (row);
  g_autoptr (KafRecord) change = kaf_record_diff (row, shown);

  for (guint i = 0; change != NULL && part->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i) &&
        (!kaf_raw_keep (self->db, rid, part, part->fields[i].id, kaf_record_get_at (row, i),
                        error) ||
         !kaf_writer_show (self->db, part, rid, &part->fields[i], kaf_record_get_at (change, i),
                           error)))
      return FALSE;
  return TRUE;
}

static gboolean
show_fate (KafOne *self, KafRecord *row, gint64 rid, gint64 when, GError **error)
{
  const KafEntity *part = kaf_record_get_entity (row);
  gint64 own = kaf_record_get_stamp (row)->deleted_at;
  g_autofree char *text = own != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, own) : NULL;

  return own == when || (kaf_raw_keep (self->db, rid, part, KAF_RAW_FATE, text, error) &&
                         kaf_writer_show_fate (self->db, part, rid, when, error));
}

/* Something that she is by another of her records alone. */
static gboolean
show_added (KafOne *self, KafRecord *first, KafRecord *shown, gint64 rid, GError **error)
{
  const KafHlc clock = kaf_hlc_make (kaf_record_get_stamp (first)->created_at / 1000, 0, 0);

  return kaf_writer_insert (self->db, shown, rid, &clock, error) &&
         kaf_raw_keep (self->db, rid, kaf_record_get_entity (shown), KAF_RAW_ADDED, NULL, error);
}

static KafRecord *
find_part (GPtrArray *parts, const KafEntity *part)
{
  for (guint i = 0; i < parts->len; i++)
    if (kaf_record_get_entity (g_ptr_array_index (parts, i)) == part)
      return g_ptr_array_index (parts, i);
  return NULL;
}

/* The rows of those who are there, as they came. */
typedef struct
{
  const char *id; /* of the group */
  gint64 rid;
  GPtrArray *parts;
} Member;

static void
member_free (gpointer data)
{
  Member *self = data;

  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* The one that is shown first. */
static GPtrArray *
read_members (KafOne *self, const Group *group, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);

  for (guint i = 0; i < group->ids->len; i++)
    {
      const char *id = g_ptr_array_index (group->ids, i);
      gint64 rid = kaf_database_find_rid (self->db, group->root, id);
      GPtrArray *parts = rid > 0 ? read_parts (self->db, group->root, rid, id, error) : NULL;
      Member *member;

      if (rid == 0)
        continue;
      if (parts == NULL)
        return NULL;
      member = g_new0 (Member, 1);
      *member = (Member){ id, rid, parts };
      g_ptr_array_insert (members, g_str_equal (id, group->shown) ? 0 : -1, member);
    }
  return g_steal_pointer (&members);
}

/* Of one part, those that are not deleted. */
static GPtrArray *
list_alive (GPtrArray *members, const KafEntity *part)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = g_ptr_array_index (members, i);
      KafRecord *root = g_ptr_array_index (member->parts, 0);
      KafRecord *record = find_part (member->parts, part);

      if (record != NULL && kaf_record_get_stamp (root)->deleted_at == 0 &&
          kaf_record_get_stamp (record)->deleted_at == 0)
        g_ptr_array_add (records, record);
    }
  return records;
}

/* What she shows of one part. */
static gboolean
show_part (KafOne *self,
           GPtrArray *members,
           const KafEntity *part,
           KafOneSays *says,
           const KafOneKnown *known,
           GError **error)
{
  const Member *first = g_ptr_array_index (members, 0);
  g_autoptr (GPtrArray) records = list_alive (members, part);
  KafRecord *row = find_part (first->parts, part);
  g_autoptr (KafRecord) shown = NULL;

  if (records->len == 0)
    return TRUE;
  shown = kaf_one_says_show (self->db, says, records, first->id, known);
  if (row == NULL)
    return show_added (self, g_ptr_array_index (records, 0), shown, first->rid, error);
  return show_fields (self, row, shown, first->rid, error) &&
         show_fate (self, row, first->rid, 0, error);
}

static gboolean
hide_member (KafOne *self, const Member *member, const KafEntity *root, GError **error)
{
  for (guint i = 0; i < member->parts->len; i++)
    if (!show_fate (self, g_ptr_array_index (member->parts, i), member->rid, KAF_ONE_HIDDEN, error))
      return FALSE;
  return enter (self, root, member->rid, member->id, error);
}

/* One of hers was withdrawn: it counts for what another of her records says as well. */
static gboolean
end_consents (KafOne *self, const char *shown, GError **error)
{
  const KafEntity *consent = kaf_registry_find ("consent");
  const KafField *field = kaf_entity_find_field (consent, "withdrawn_on");
  g_autoptr (GHashTable) ends = kaf_one_says_end_consents (self->db, shown, error);
  GHashTableIter iter;
  gpointer rid, date;

  if (ends == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, ends);
  while (g_hash_table_iter_next (&iter, &rid, &date))
    {
      gint64 number = *(gint64 *) rid;
      g_autofree char *id = find_id (self->db, consent, number);

      if (!leave (self, consent, number, id, error) ||
          !kaf_raw_keep (self->db, number, consent, field->id, NULL, error) ||
          !kaf_writer_show (self->db, consent, number, field, date, error) ||
          !enter (self, consent, number, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_fresh (KafOne *self, const Group *group)
{
  for (guint i = 0; i < group->ids->len && g_hash_table_size (self->fresh) > 0; i++)
    if (g_hash_table_contains (self->fresh, g_ptr_array_index (group->ids, i)))
      return TRUE;
  return FALSE;
}

static gboolean
show_group (KafOne *self, const Group *group, GPtrArray *choices, GError **error)
{
  g_autoptr (GPtrArray) members = read_members (self, group, error);
  g_autoptr (KafOneSays) says = NULL;
  KafOneKnown known = { self->typed, is_fresh (self, group), choices };
  const Member *first;
  const KafEntity *part;

  if (members == NULL)
    return FALSE;
  says = kaf_one_says_read (self->db, group->root, group->ids, error);
  if (says == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = g_ptr_array_index (members, i);

      if (!leave (self, group->root, member->rid, member->id, error))
        return FALSE;
    }
  first = g_ptr_array_index (members, 0);
  for (guint n = 0; (part = get_part (group->root, n)) != NULL; n++)
    if (!show_part (self, members, part, says, &known, error))
      return FALSE;
  for (guint i = 1; i < members->len; i++)
    if (!hide_member (self, g_ptr_array_index (members, i), group->root, error))
      return FALSE;
  return (!g_str_equal (group->root->id, "person") || end_consents (self, group->shown, error)) &&
         enter (self, group->root, first->rid, first->id, error);
}

/* A row that is no part of a group names who is shown. */
static gboolean
show_row (KafOne *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;
  gboolean changes = FALSE;

  if (!put_back (self, root, rid, id, error))
    return FALSE;
  parts = read_parts (self->db, root, rid, id, error);
  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    changes |= kaf_one_refs_any (self->db, g_ptr_array_index (parts, i));
  if (!changes)
    return TRUE;
  if (!leave (self, root, rid, id, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *row = g_ptr_array_index (parts, i);
      g_autoptr (KafRecord) shown = kaf_record_copy (row);

      kaf_one_refs_map (self->db, shown, kaf_one_concerns (root) ? id : NULL);
      if (!show_fields (self, row, shown, rid, error))
        return FALSE;
    }
  return enter (self, root, rid, id, error);
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
      g_autofree char *id = find_id (self->db, row->root, row->rid);

      if (id == NULL)
        continue;
      if (kaf_one_concerns (row->root) && is_in_group (self->db, row->root, id))
        add_dirty (self, row->root, id);
      else if (!show_row (self, row->root, row->rid, id, error))
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
write_tallies (KafOne *self, GError **error)
{
  GHashTableIter iter;
  gpointer entity, delta;

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, &entity, &delta))
    {
      KafStatement *statement;

      if (GPOINTER_TO_INT (delta) == 0)
        continue;
      statement =
          kaf_database_prepare (self->db,
                                "INSERT INTO tally (entity, live) VALUES (?1, ?2)"
                                " ON CONFLICT (entity) DO UPDATE SET live = live + excluded.live",
                                error);
      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, ((const KafEntity *) entity)->id);
      sqlite3_bind_int (statement, 2, GPOINTER_TO_INT (delta));
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->tallies);
  return TRUE;
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
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);

  if (!settle (self, groups, error))
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);

      if (group->shown != NULL && group->ids->len > 1 && !show_group (self, group, choices, error))
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
  if (!project (self, wanted, error) || !write_tallies (self, error))
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
  g_autofree char *id = find_id (self->db, root, rid);

  if (id == NULL)
    return TRUE;
  add_row (root, rid, self, NULL);
  if (kaf_one_concerns (root))
    add_dirty (self, root, id);
  return put_back (self, root, rid, id, error);
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

gboolean
kaf_one_forget (KafOne *self, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GHashTable) ids = new_ids ();
  g_autoptr (KafJudgements) judgements = NULL;
  gint64 rid = kaf_database_find_rid (self->db, root, id);
  GHashTableIter iter;
  gpointer key;

  if (!self->any)
    return TRUE;
  if (!let_go (self->db, rid))
    return FALSE;
  if (!kaf_one_concerns (root))
    return kaf_one_restore (self, root, rid, id, error);
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
