/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-one-show.h"

#include "schema/kaf-registry.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "store/kaf-writer.h"

void
kaf_one_group_free (gpointer data)
{
  KafOneGroup *self = data;

  g_ptr_array_unref (self->ids);
  g_free (self->shown);
  g_free (self);
}

/* Fields of the row of @part that are otherwise in @shown. */
static gboolean
show_fields (KafOneRows *self, KafRecord *row, KafRecord *shown, gint64 rid, GError **error)
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
show_fate (KafOneRows *self, KafRecord *row, gint64 rid, gint64 when, GError **error)
{
  const KafEntity *part = kaf_record_get_entity (row);
  gint64 own = kaf_record_get_stamp (row)->deleted_at;
  g_autofree char *text = own != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, own) : NULL;

  return own == when || (kaf_raw_keep (self->db, rid, part, KAF_RAW_FATE, text, error) &&
                         kaf_writer_show_fate (self->db, part, rid, when, error));
}

/* Something that she is by another of her records alone. */
static gboolean
show_added (KafOneRows *self, KafRecord *first, KafRecord *shown, gint64 rid, GError **error)
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
read_members (KafOneRows *self, const KafOneGroup *group, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);

  for (guint i = 0; i < group->ids->len; i++)
    {
      const char *id = g_ptr_array_index (group->ids, i);
      gint64 rid = kaf_database_find_rid (self->db, group->root, id);
      GPtrArray *parts = rid > 0 ? kaf_one_rows_read (self->db, group->root, rid, id, error) : NULL;
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
show_part (KafOneRows *self,
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
hide_member (KafOneRows *self, const Member *member, const KafEntity *root, GError **error)
{
  for (guint i = 0; i < member->parts->len; i++)
    if (!show_fate (self, g_ptr_array_index (member->parts, i), member->rid, KAF_ONE_HIDDEN, error))
      return FALSE;
  return kaf_one_rows_enter (self, root, member->rid, member->id, error);
}

/* One of hers was withdrawn: it counts for what another of her records says as well. */
static gboolean
end_consents (KafOneRows *self, const char *shown, GError **error)
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
      g_autofree char *id = kaf_one_rows_find_id (self->db, consent, number);
      g_autoptr (GPtrArray) parts = kaf_one_rows_read_leaving (self, consent, number, id, error);

      if (parts == NULL || !kaf_raw_keep (self->db, number, consent, field->id, NULL, error) ||
          !kaf_writer_show (self->db, consent, number, field, date, error) ||
          !kaf_one_rows_enter (self, consent, number, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_one_show_group (KafOneRows *self,
                    const KafOneGroup *group,
                    const KafOneKnown *known,
                    GError **error)
{
  g_autoptr (GPtrArray) members = read_members (self, group, error);
  g_autoptr (KafOneSays) says = NULL;
  const Member *first;
  const KafEntity *part;

  if (members == NULL)
    return FALSE;
  says = kaf_one_says_read (self->db, group->root, group->ids, error);
  if (says == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    kaf_one_rows_leave (self, ((Member *) g_ptr_array_index (members, i))->parts);
  first = g_ptr_array_index (members, 0);
  for (guint n = 0; (part = kaf_one_part (group->root, n)) != NULL; n++)
    if (!show_part (self, members, part, says, known, error))
      return FALSE;
  for (guint i = 1; i < members->len; i++)
    if (!hide_member (self, g_ptr_array_index (members, i), group->root, error))
      return FALSE;
  return (!g_str_equal (group->root->id, "person") || end_consents (self, group->shown, error)) &&
         kaf_one_rows_enter (self, group->root, first->rid, first->id, error);
}

gboolean
kaf_one_show_row (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;
  gboolean changes = FALSE;

  if (!kaf_one_rows_put_back (self, root, rid, id, error))
    return FALSE;
  parts = kaf_one_rows_read (self->db, root, rid, id, error);
  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    changes |= kaf_one_refs_any (self->db, g_ptr_array_index (parts, i));
  if (!changes)
    return TRUE;
  kaf_one_rows_leave (self, parts);
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *row = g_ptr_array_index (parts, i);
      g_autoptr (KafRecord) shown = kaf_record_copy (row);

      kaf_one_refs_map (self->db, shown, kaf_one_concerns (root) ? id : NULL);
      if (!show_fields (self, row, shown, rid, error))
        return FALSE;
    }
  return kaf_one_rows_enter (self, root, rid, id, error);
}
