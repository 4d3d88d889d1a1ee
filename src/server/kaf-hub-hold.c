/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-hold.h"

#include "base/kaf-id.h"
#include "rules/kaf-hold.h"
#include "server/kaf-hub-intake.h"
#include "server/kaf-hub-scopes.h"

typedef struct
{
  KafHubStorage *storage;
  const KafEntity *root;
  const char *id;
  GPtrArray *found; /* of KafHubRecord: empty ones, that name what is to be changed */
  gint64 seq;
  gint64 at;
} Hold;

/* The field of the part that names her, where the part is kept. */
static const KafField *
find_naming (Hold *self, const KafHubPart *part)
{
  const KafField *field = kaf_hold_find_field (kaf_record_get_entity (part->record), self->root);

  return field != NULL && kaf_record_get_stamp (part->record)->deleted_at == 0 &&
                 g_strcmp0 (kaf_record_get (part->record, field->id), self->id) == 0
             ? field
             : NULL;
}

static gboolean
look_at (KafHubRecord *record, gpointer data, GError **error)
{
  Hold *self = data;

  for (guint i = 0; i < record->parts->len; i++)
    if (find_naming (self, g_ptr_array_index (record->parts, i)) != NULL)
      {
        g_ptr_array_add (self->found, kaf_hub_record_new (record->root, record->id));
        break;
      }
  return TRUE;
}

static KafMark
next_mark (Hold *self)
{
  return (KafMark){ ++self->seq, 0, kaf_hlc_make (self->at / 1000, 0, 0) };
}

static gboolean
write_pseudonym (Hold *self, const char *id, GError **error)
{
  g_autoptr (KafHubRecord) record = kaf_hub_record_new (self->root, id);
  KafHubPart *part = kaf_hub_record_add (record, self->root);
  g_autoptr (KafRecord) who = kaf_hold_make_pseudonym (self->root, id);
  KafStamp *stamp = kaf_record_get_stamp (part->record);

  part->fate = next_mark (self);
  record->seq = part->fate.seq;
  for (guint i = 0; self->root->fields[i].id != NULL; i++)
    if (kaf_record_get_at (who, i) != NULL)
      {
        kaf_record_set_at (part->record, i, kaf_record_get_at (who, i));
        part->marks[i] = part->fate;
      }
  stamp->created_at = stamp->updated_at = self->at;
  return kaf_hub_draw_ref (self->storage, part->record, self->at, error) &&
         self->storage->klass->write_record (self->storage, record, error);
}

static gboolean
name_pseudonym (
    Hold *self, const KafHubRecord *found, const char *id, GPtrArray *kept, GError **error)
{
  g_autoptr (KafHubRecord) record = NULL;

  if (!self->storage->klass->read_record (self->storage, found->root, found->id, &record, error))
    return FALSE;
  for (guint i = 0; i < record->parts->len; i++)
    {
      KafHubPart *part = g_ptr_array_index (record->parts, i);
      const KafField *field = find_naming (self, part);
      guint at = field != NULL ? field - kaf_record_get_entity (part->record)->fields : 0;

      if (field == NULL)
        continue;
      part->marks[at] = next_mark (self);
      record->seq = part->marks[at].seq;
      kaf_record_set_at (part->record, at, id);
      kaf_record_get_stamp (part->record)->updated_at = self->at;
      if (kept != NULL)
        g_ptr_array_add (kept, kaf_record_ref (part->record));
    }
  return self->storage->klass->write_record (self->storage, record, error);
}

static gboolean
read_seq (Hold *self, GError **error)
{
  GError *local = NULL;
  g_autofree char *seq = self->storage->klass->get_meta (self->storage, "seq", &local);

  self->seq = seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
write_seq (Hold *self, GError **error)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, self->seq);

  return self->storage->klass->set_meta (self->storage, "seq", seq, error);
}

/* Where they stand, now that they name another. */
static gboolean
settle (Hold *self, const char *pseudonym, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (keys, g_strdup_printf ("%s\t%s", self->root->id, pseudonym));
  for (guint i = 0; i < self->found->len; i++)
    {
      const KafHubRecord *record = g_ptr_array_index (self->found, i);

      g_ptr_array_add (keys, g_strdup_printf ("%s\t%s", record->root->id, record->id));
    }
  return kaf_hub_scopes_settle_written (self->storage, keys, error);
}

gboolean
kaf_hub_hold_keep (KafHubStorage *storage,
                   KafRandom *random,
                   const KafEntity *root,
                   const char *id,
                   gint64 at,
                   GPtrArray *kept,
                   GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_record_free);
  Hold self = { storage, root, id, found, 0, at };
  g_autoptr (KafClock) clock = kaf_clock_new_manual (at);
  g_autofree char *other = kaf_id_new (clock, random);

  if (!kaf_hold_concerns (root))
    return TRUE;
  if (!storage->klass->read_feed (storage, 0, NULL, NULL, look_at, &self, error))
    return FALSE;
  if (found->len == 0)
    return TRUE;
  if (!read_seq (&self, error) || !write_pseudonym (&self, other, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (!name_pseudonym (&self, g_ptr_array_index (found, i), other, kept, error))
      return FALSE;
  return write_seq (&self, error) && settle (&self, other, error);
}
