/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-unname.h"

#include "rules/kaf-naming.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "server/kaf-hub-scopes.h"

typedef struct
{
  KafHubStorage *storage;
  GPtrArray *victims; /* of KafErased */
  GPtrArray *written; /* of char*, "ENTITY\tID" */
  gint64 seq;
  gint64 at;
} Unname;

static gboolean
is_victim (GPtrArray *victims, const KafEntity *root, const char *id)
{
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      if (one->root == root && g_strcmp0 (one->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Adds to @ids those of the victims that a field of @entity may name. */
static void
add_ids (GPtrArray *victims, const KafEntity *entity, GHashTable *ids)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *named = kaf_naming_find_root (field);

      for (guint i = 0; named != NULL && i < victims->len; i++)
        {
          const KafErased *one = g_ptr_array_index (victims, i);

          if (one->root == named)
            g_hash_table_add (ids, one->id);
        }
    }
}

/* Writing */

static gboolean
empty_set (Unname *self, KafHubPart *part, guint field, const KafEntity *named)
{
  GPtrArray *elements = part->sets[field];
  gboolean changed = FALSE;

  for (guint i = elements != NULL ? elements->len : 0; i > 0; i--)
    if (is_victim (self->victims, named,
                   ((KafMergeElement *) g_ptr_array_index (elements, i - 1))->value))
      {
        g_ptr_array_remove_index (elements, i - 1);
        changed = TRUE;
      }
  if (changed)
    kaf_hub_part_print_set (part, field);
  return changed;
}

static gboolean
empty_field (Unname *self, KafHubPart *part, guint field)
{
  const KafField *one = &kaf_record_get_entity (part->record)->fields[field];
  const KafEntity *named = kaf_naming_find_root (one);

  if (named == NULL)
    return FALSE;
  if (kaf_field_is_many (one))
    return empty_set (self, part, field, named);
  if (!is_victim (self->victims, named, kaf_record_get_at (part->record, field)))
    return FALSE;
  kaf_record_set_at (part->record, field, NULL);
  return TRUE;
}

static gboolean
empty_record (Unname *self, KafHubRecord *record, GError **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < record->parts->len; i++)
    {
      KafHubPart *part = g_ptr_array_index (record->parts, i);
      guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (part->record));

      for (guint j = 0; j < n_fields; j++)
        if (empty_field (self, part, j))
          {
            part->marks[j] = (KafMark){ ++self->seq, 0, kaf_hlc_make (self->at / 1000, 0, 0) };
            record->seq = part->marks[j].seq;
            kaf_record_get_stamp (part->record)->updated_at = self->at;
            changed = TRUE;
          }
    }
  if (!changed)
    return TRUE;
  g_ptr_array_add (self->written, g_strdup_printf ("%s\t%s", record->root->id, record->id));
  return self->storage->klass->write_record (self->storage, record, error);
}

static gboolean
empty_root (Unname *self, const KafEntity *root, GHashTable *ids, GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autoptr (GPtrArray) found = klass->find_telling (self->storage, root, ids, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const char *id = g_ptr_array_index (found, i);
      g_autoptr (KafHubRecord) record = NULL;

      /* It goes itself. */
      if (is_victim (self->victims, root, id))
        continue;
      if (!klass->read_record (self->storage, root, id, &record, error) ||
          (record != NULL && !empty_record (self, record, error)))
        return FALSE;
    }
  return found != NULL;
}

static gboolean
empty_all (Unname *self, GError **error)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

      if (kaf_entity_get_root (entities[i]) != entities[i])
        continue;
      for (guint j = 0; j < n_entities; j++)
        if (kaf_entity_get_root (entities[j]) == entities[i])
          add_ids (self->victims, entities[j], ids);
      if (g_hash_table_size (ids) > 0 && !empty_root (self, entities[i], ids, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_hub_unname (KafHubStorage *storage, GPtrArray *victims, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  Unname self = { storage, victims, written, 0, at };
  GError *local = NULL;
  g_autofree char *before = storage->klass->get_meta (storage, "seq", &local);
  g_autofree char *after = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  self.seq = before != NULL ? g_ascii_strtoll (before, NULL, 10) : 0;
  if (!empty_all (&self, error))
    return FALSE;
  if (written->len == 0)
    return TRUE;
  after = g_strdup_printf ("%" G_GINT64_FORMAT, self.seq);
  return storage->klass->set_meta (storage, "seq", after, error) &&
         kaf_hub_scopes_settle_written (storage, written, error);
}

/* What comes in later */

static gboolean
empty_late_set (
    KafHubStorage *storage, const KafOperation *op, guint field, gboolean *changed, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (op->after);
  const KafEntity *named = kaf_naming_find_root (&entity->fields[field]);
  g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get_at (op->after, field));

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *rest = NULL;
      gboolean erased;

      if (!storage->klass->is_erased (storage, named->id, element->value, &erased, error))
        return FALSE;
      if (!erased)
        continue;
      rest = kaf_set_remove (kaf_record_get_at (op->after, field), element->value);
      kaf_record_set_at (op->after, field, rest);
      *changed = TRUE;
    }
  return TRUE;
}

gboolean
kaf_hub_unname_late (KafHubStorage *storage,
                     const KafOperation *op,
                     gboolean *changed,
                     GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (op->after);

  *changed = FALSE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *id = kaf_record_get_at (op->after, i);
      const KafEntity *named = id != NULL ? kaf_naming_find_root (&entity->fields[i]) : NULL;
      gboolean erased = FALSE;

      if (named == NULL)
        continue;
      if (kaf_field_is_many (&entity->fields[i]))
        {
          if (!empty_late_set (storage, op, i, changed, error))
            return FALSE;
          continue;
        }
      if (!storage->klass->is_erased (storage, named->id, id, &erased, error))
        return FALSE;
      if (erased)
        kaf_record_set_at (op->after, i, NULL);
      *changed |= erased;
    }
  return TRUE;
}
