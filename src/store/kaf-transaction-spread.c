/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person works with what is shown. Where that is of several records, or a row names one that is shown for another,
 * what she does is turned into what is done to the rows as they came: what she leaves alone is not written, what she
 * types goes to the record that is shown, and what she takes away goes from each that has it. */
#include "config.h"

#include "schema/kaf-set.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"

/* The rows of one part of all who are shown as one, as they came, deleted ones too; the shown one's first. */
static GPtrArray *
read_rows (KafDatabase *db, const KafEntity *part, GPtrArray *members, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (GError) local = NULL;
      KafRecord *row = kaf_one_read_raw (db, part, g_ptr_array_index (members, i), &local);

      if (row != NULL)
        g_ptr_array_add (rows, row);
      else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&rows);
}

/* How an element of a row is shown. */
static char *
show_element (KafDatabase *db, KafRecord *row, guint field, const char *value)
{
  const KafEntity *entity = kaf_record_get_entity (row);

  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    if (ref->field == &entity->fields[field] && ref->root != NULL)
      return kaf_one_get_shown (db, ref->root, value);
  return g_strdup (value);
}

/* @row's set without what was taken away from what is shown. */
static char *
take_away (KafDatabase *db, KafRecord *row, guint field, const char *shown, const char *given)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get_at (row, field));
  char *set = g_strdup (kaf_record_get_at (row, field));

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *as = show_element (db, row, field, element->value);
      g_autofree char *old = set;

      set = shown != NULL && kaf_set_contains (shown, as) &&
                    (given == NULL || !kaf_set_contains (given, as))
                ? kaf_set_remove (old, element->value)
                : g_steal_pointer (&old);
    }
  return set;
}

static char *
add_new (char *set, const char *shown, const char *given)
{
  g_autoptr (GPtrArray) added = kaf_set_difference (given, shown);

  for (guint i = 0; i < added->len; i++)
    {
      const KafElement *element = g_ptr_array_index (added, i);
      g_autofree char *old = set;

      set = kaf_set_add (old, element->value, element->detail);
    }
  return set;
}

/* What the change of what is @shown does to @row. */
static KafRecord *
change_row (KafDatabase *db, KafRecord *row, KafRecord *shown, KafRecord *change, gboolean first)
{
  const KafEntity *entity = kaf_record_get_entity (row);
  KafRecord *own = kaf_record_new (entity, kaf_record_get_id (row));

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *given = kaf_record_get_at (change, i);

      if (!kaf_record_holds_at (change, i))
        continue;
      if (kaf_field_is_many (&entity->fields[i]))
        {
          const char *before = kaf_record_get_at (shown, i);
          char *set = take_away (db, row, i, before, given);

          kaf_record_take_at (own, i, first ? add_new (set, before, given) : set);
        }
      else if (first || given == NULL)
        kaf_record_set_at (own, i, given);
    }
  return own;
}

static void
note_typed (KafTransaction *self, KafRecord *row, KafRecord *change)
{
  const KafEntity *part = kaf_record_get_entity (row);

  for (guint i = 0; part->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i) && kaf_record_get_at (change, i) != NULL)
      kaf_one_note_typed (self->one, kaf_record_get_id (row), part, part->fields[i].id);
}

/* The program's own marks of a row are its own. */
static gboolean
spread_update (
    KafTransaction *self, KafRecord *given, GPtrArray *rows, GPtrArray *each, GError **error)
{
  const KafEntity *part = kaf_record_get_entity (given);
  g_autoptr (KafRecord) shown = kaf_read_record (self->db, part, kaf_record_get_id (given), error);
  g_autoptr (KafRecord) change = shown != NULL ? kaf_record_diff (shown, given) : NULL;
  gboolean first = TRUE;

  if (shown == NULL)
    return FALSE;
  for (guint i = 0; change != NULL && i < rows->len; i++)
    {
      KafRecord *row = g_ptr_array_index (rows, i);

      if (kaf_record_get_stamp (row)->deleted_at > 0 &&
          kaf_record_get_stamp (shown)->deleted_at == 0)
        continue;
      g_ptr_array_add (each, change_row (self->db, row, shown, change, first));
      if (first)
        note_typed (self, row, change);
      first = FALSE;
    }
  return TRUE;
}

static void
spread_mark (KafChangeKind kind, GPtrArray *rows, GPtrArray *each)
{
  KafRecord *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  gint64 when = first != NULL ? kaf_record_get_stamp (first)->deleted_at : 0;

  for (guint i = 0; i < rows->len; i++)
    {
      KafRecord *row = g_ptr_array_index (rows, i);
      gint64 own = kaf_record_get_stamp (row)->deleted_at;

      /* With her came back what went with her. */
      if (kind == KAF_CHANGE_DELETE ? own == 0 : own > 0 && own == when)
        g_ptr_array_add (each,
                         kaf_record_new (kaf_record_get_entity (row), kaf_record_get_id (row)));
    }
}

GPtrArray *
kaf_transaction_spread (KafTransaction *self, KafChangeKind kind, KafRecord *given, GError **error)
{
  const KafEntity *part = kaf_record_get_entity (given);
  const KafEntity *root = kaf_entity_get_root (part);
  const char *id = kaf_record_get_id (given);
  g_autoptr (GPtrArray) each = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 rid;

  if (kind == KAF_CHANGE_CREATE || id == NULL || !kaf_one_any (self->db))
    return NULL;
  rid = kaf_database_find_rid (self->db, root, id);
  if (rid == 0)
    return NULL;
  if (kaf_one_concerns (root))
    members = kaf_one_list_members (self->db, root, id, error);
  else
    {
      members = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (members, g_strdup (id));
    }
  /* Named by itself rather than by who is shown for it, it alone is meant. */
  if (members == NULL || (members->len < 2 && !kaf_raw_any (self->db, rid)) ||
      !g_str_equal (g_ptr_array_index (members, 0), id))
    return NULL;
  rows = read_rows (self->db, part, members, error);
  if (rows == NULL || rows->len == 0)
    return NULL;
  each = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  if (kind == KAF_CHANGE_UPDATE)
    return spread_update (self, given, rows, each, error) ? g_steal_pointer (&each) : NULL;
  spread_mark (kind, rows, each);
  return g_steal_pointer (&each);
}
