/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-hold.h"

#include <string.h>

#include "base/kaf-id.h"
#include "rules/kaf-hold.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-intake.h"
#include "server/kaf-hub-scopes.h"

/* In the hub's meta: what nobody outside knows, and pseudonyms are drawn with. */
#define KEY "erasure-key"

typedef struct
{
  KafHubStorage *storage;
  const KafEntity *root;
  const char *id;
  GPtrArray *found; /* of KafHubRecord: as they stand, those that are to be changed */
  gint64 seq;
  gint64 at;
} Hold;

/* The key */

gboolean
kaf_hub_hold_prepare (KafHubStorage *storage, KafRandom *random, GError **error)
{
  GError *local = NULL;
  g_autofree char *key = storage->klass->get_meta (storage, KEY, &local);
  g_autoptr (GString) drawn = g_string_new (NULL);

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (key != NULL)
    return TRUE;
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (drawn, "%016" G_GINT64_MODIFIER "x", kaf_random_u64 (random));
  return storage->klass->set_meta (storage, KEY, drawn->str, error);
}

char *
kaf_hub_hold_prove (KafHubStorage *storage, const char *text, GError **error)
{
  GError *local = NULL;
  g_autofree char *key = storage->klass->get_meta (storage, KEY, &local);

  if (local == NULL)
    return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) (key != NULL ? key : ""),
                                      key != NULL ? strlen (key) : 0, text, -1);
  g_propagate_error (error, local);
  return NULL;
}

/* Somebody who was erased has one pseudonym, whenever what names her comes in, and after a restore too; who
 * it was tells only the key. A pseudonym that was erased in turn has its own. */
static char *
find_pseudonym (KafHubStorage *storage, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *name = g_strdup (id);
  gboolean erased = TRUE;

  while (erased)
    {
      g_autofree char *text = g_strconcat (root->id, "\t", name, NULL);
      g_autofree char *proof = kaf_hub_hold_prove (storage, text, error);

      if (proof == NULL)
        return NULL;
      g_free (name);
      name = kaf_id_from_content ("pseudonym", proof, NULL);
      if (!storage->klass->is_erased (storage, root->id, name, &erased, error))
        return NULL;
    }
  return g_steal_pointer (&name);
}

/* Finding */

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
names_her (Hold *self, const KafHubRecord *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    if (find_naming (self, g_ptr_array_index (record->parts, i)) != NULL)
      return TRUE;
  return FALSE;
}

/* Of what belongs to her. */
static gboolean
find_kept (Hold *self, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autoptr (GPtrArray) keys = klass->read_children (self->storage, self->root, self->id, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (keys, i), "\t", 2);
      const KafEntity *root = kaf_registry_find (words[0]);
      g_autoptr (KafHubRecord) record = NULL;

      if (root == NULL || words[1] == NULL)
        continue;
      if (!klass->read_record (self->storage, root, words[1], &record, error))
        return FALSE;
      if (record != NULL && names_her (self, record))
        g_ptr_array_add (self->found, g_steal_pointer (&record));
    }
  return keys != NULL;
}

/* Writing */

static KafMark
next_mark (Hold *self)
{
  return (KafMark){ ++self->seq, 0, kaf_hlc_make (self->at / 1000, 0, 0) };
}

static void
fill_pseudonym (KafHubRecord *record, KafMark mark, gint64 at)
{
  const KafEntity *root = record->root;
  KafHubPart *part = kaf_hub_record_add (record, root);
  g_autoptr (KafRecord) who = kaf_hold_make_pseudonym (root, record->id);
  KafStamp *stamp = kaf_record_get_stamp (part->record);

  part->fate = mark;
  record->seq = mark.seq;
  for (guint i = 0; root->fields[i].id != NULL; i++)
    if (kaf_record_get_at (who, i) != NULL)
      {
        kaf_record_set_at (part->record, i, kaf_record_get_at (who, i));
        part->marks[i] = mark;
      }
  stamp->created_at = stamp->updated_at = at;
}

gboolean
kaf_hub_hold_draw_ref (KafHubStorage *storage, KafHubRecord *record, gint64 at, GError **error)
{
  KafHubPart *part = g_ptr_array_index (record->parts, 0);

  return kaf_hub_draw_ref (storage, part->record, at, error);
}

/* Unless it is there, from before. */
static gboolean
write_pseudonym (Hold *self, const char *id, GError **error)
{
  g_autoptr (KafHubRecord) record = NULL;

  if (!self->storage->klass->read_record (self->storage, self->root, id, &record, error))
    return FALSE;
  if (record != NULL)
    return TRUE;
  record = kaf_hub_record_new (self->root, id);
  fill_pseudonym (record, next_mark (self), self->at);
  return kaf_hub_hold_draw_ref (self->storage, record, self->at, error) &&
         self->storage->klass->write_record (self->storage, record, error);
}

static gboolean
name_pseudonym (Hold *self, KafHubRecord *record, const char *id, GPtrArray *kept, GError **error)
{
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
                   const KafEntity *root,
                   const char *id,
                   gint64 at,
                   GPtrArray *kept,
                   GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_record_free);
  Hold self = { storage, root, id, found, 0, at };
  g_autofree char *other = NULL;

  if (!kaf_hold_concerns (root))
    return TRUE;
  if (!find_kept (&self, error))
    return FALSE;
  if (found->len == 0)
    return TRUE;
  other = find_pseudonym (storage, root, id, error);
  if (other == NULL || !read_seq (&self, error) || !write_pseudonym (&self, other, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (!name_pseudonym (&self, g_ptr_array_index (found, i), other, kept, error))
      return FALSE;
  return write_seq (&self, error) && settle (&self, other, error);
}

/* What comes in later */

const KafField *
kaf_hub_hold_find_late (KafHubStorage *storage,
                        const KafEntity *entity,
                        const KafRecord *after,
                        char **id,
                        GError **error)
{
  const KafEntity *root = NULL;
  const KafField *field = NULL;
  const char *named;
  gboolean erased = FALSE;

  *id = NULL;
  if (!kaf_entity_has (entity, KAF_ENTITY_KEPT))
    return NULL;
  for (const KafField *one = entity->fields; field == NULL && one->id != NULL; one++)
    {
      const KafEntity *target = kaf_registry_find (one->target);

      root = target != NULL ? kaf_entity_get_root (target) : NULL;
      field = root != NULL && kaf_hold_find_field (entity, root) == one ? one : NULL;
    }
  named = field != NULL ? kaf_record_get (after, field->id) : NULL;
  if (named == NULL || !storage->klass->is_erased (storage, root->id, named, &erased, error) ||
      !erased)
    return NULL;
  *id = find_pseudonym (storage, root, named, error);
  return *id != NULL ? field : NULL;
}

void
kaf_hub_hold_begin (KafHubRecord *record, gint64 seq, gint64 at)
{
  fill_pseudonym (record, (KafMark){ seq, 0, kaf_hlc_make (at / 1000, 0, 0) }, at);
}
