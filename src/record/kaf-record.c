/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values lie in one array, in the order of the entity's table. */
#include "config.h"

#include "record/kaf-record.h"

#include "base/kaf-id.h"

#include "schema/kaf-set.h"

struct _KafRecord
{
  gatomicrefcount refs;
  const KafEntity *entity;
  guint n_fields;
  char *id;
  char *ref;
  char *extra;
  KafStamp stamp;
  gboolean *held; /* n_fields; they lie behind the values */
  char *values[]; /* n_fields */
};

KafRecord *
kaf_record_new (const KafEntity *entity, const char *id)
{
  KafRecord *self;
  guint n_fields;

  g_return_val_if_fail (entity != NULL, NULL);

  n_fields = kaf_entity_n_fields (entity);
  self = g_malloc0 (sizeof *self + n_fields * (sizeof *self->values + sizeof *self->held));
  g_atomic_ref_count_init (&self->refs);
  self->entity = entity;
  self->n_fields = n_fields;
  self->id = g_strdup (id);
  self->held = (gboolean *) (self->values + n_fields);
  return self;
}

KafRecord *
kaf_record_ref (KafRecord *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_record_unref (KafRecord *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n_fields; i++)
    g_free (self->values[i]);
  g_free (self->id);
  g_free (self->ref);
  g_free (self->extra);
  g_free (self->stamp.created_by);
  g_free (self->stamp.updated_by);
  g_free (self);
}

KafRecord *
kaf_record_copy (const KafRecord *self)
{
  KafRecord *copy = kaf_record_new (self->entity, self->id);

  copy->ref = g_strdup (self->ref);
  copy->extra = g_strdup (self->extra);
  copy->stamp = self->stamp;
  copy->stamp.created_by = g_strdup (self->stamp.created_by);
  copy->stamp.updated_by = g_strdup (self->stamp.updated_by);
  for (guint i = 0; i < self->n_fields; i++)
    {
      copy->held[i] = self->held[i];
      copy->values[i] = g_strdup (self->values[i]);
    }
  return copy;
}

const KafEntity *
kaf_record_get_entity (const KafRecord *self)
{
  return self->entity;
}

const char *
kaf_record_get_id (const KafRecord *self)
{
  return self->id;
}

void
kaf_record_set_id (KafRecord *self, const char *id)
{
  g_autofree char *old = g_steal_pointer (&self->id);

  self->id = g_strdup (id);
}

const char *
kaf_record_get_ref (const KafRecord *self)
{
  return self->ref;
}

void
kaf_record_set_ref (KafRecord *self, const char *ref)
{
  g_autofree char *old = g_steal_pointer (&self->ref);

  self->ref = g_strdup (ref);
}

const char *
kaf_record_get_at (const KafRecord *self, guint index)
{
  g_return_val_if_fail (index < self->n_fields, NULL);

  return self->values[index];
}

const char *
kaf_record_get (const KafRecord *self, const char *field)
{
  int index = kaf_entity_field_index (self->entity, field);

  g_return_val_if_fail (index >= 0, NULL);

  return self->values[index];
}

void
kaf_record_take_at (KafRecord *self, guint index, char *canonical)
{
  g_return_if_fail (index < self->n_fields);

  if (canonical != NULL && *canonical == '\0')
    g_clear_pointer (&canonical, g_free);
  g_free (self->values[index]);
  self->values[index] = canonical;
  self->held[index] = TRUE;
}

void
kaf_record_set_at (KafRecord *self, guint index, const char *canonical)
{
  kaf_record_take_at (self, index, g_strdup (canonical));
}

void
kaf_record_set (KafRecord *self, const char *field, const char *canonical)
{
  int index = kaf_entity_field_index (self->entity, field);

  g_return_if_fail (index >= 0);

  kaf_record_set_at (self, index, canonical);
}

gboolean
kaf_record_holds_at (const KafRecord *self, guint index)
{
  return index < self->n_fields && self->held[index];
}

gboolean
kaf_record_holds (const KafRecord *self, const char *field)
{
  int index = kaf_entity_field_index (self->entity, field);

  return index >= 0 && self->held[index];
}

char *
kaf_record_identify (const KafRecord *self)
{
  const KafEntity *entity = kaf_record_get_entity (self);
  g_autoptr (GPtrArray) parts = NULL;

  if (entity->identity == NULL)
    return NULL;
  parts = g_ptr_array_new ();
  for (const char *const *name = entity->identity; *name != NULL; name++)
    {
      const char *value = kaf_record_get (self, *name);

      g_ptr_array_add (parts, (gpointer) (value != NULL ? value : ""));
    }
  g_ptr_array_add (parts, NULL);
  return kaf_id_from_content_strv (entity->id, (const char *const *) parts->pdata);
}

void
kaf_record_begin (KafRecord *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (!self->held[i] && self->entity->fields[i].initial != NULL)
      kaf_record_set_at (self, i, self->entity->fields[i].initial);
}

void
kaf_record_drop (KafRecord *self, const char *field)
{
  int index = kaf_entity_field_index (self->entity, field);

  g_return_if_fail (index >= 0);

  g_clear_pointer (&self->values[index], g_free);
  self->held[index] = FALSE;
}

guint
kaf_record_count_held (const KafRecord *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_fields; i++)
    n += self->held[i] ? 1 : 0;
  return n;
}

KafStamp *
kaf_record_get_stamp (KafRecord *self)
{
  return &self->stamp;
}

const char *
kaf_record_get_extra (const KafRecord *self)
{
  return self->extra;
}

void
kaf_record_set_extra (KafRecord *self, const char *json)
{
  g_autofree char *old = g_steal_pointer (&self->extra);

  self->extra = g_strdup (json);
}

KafRecord *
kaf_record_diff (const KafRecord *from, const KafRecord *to)
{
  g_autoptr (KafRecord) diff = NULL;

  g_return_val_if_fail (from->entity == to->entity, NULL);

  diff = kaf_record_new (to->entity, to->id);
  for (guint i = 0; i < to->n_fields; i++)
    {
      gboolean many = kaf_field_is_many (&to->entity->fields[i]);

      if (!to->held[i])
        continue;
      if (many ? kaf_set_equal (from->values[i], to->values[i])
               : g_strcmp0 (from->values[i], to->values[i]) == 0)
        continue;
      kaf_record_set_at (diff, i, to->values[i]);
    }
  return kaf_record_count_held (diff) > 0 ? g_steal_pointer (&diff) : NULL;
}

char *
kaf_record_title (const KafRecord *self, gboolean arabic, gboolean capitals)
{
  const char *const *names = arabic ? self->entity->title_ar : self->entity->title;
  g_autoptr (GString) title = g_string_new (NULL);

  for (; names != NULL && *names != NULL; names++)
    {
      const char *value = kaf_record_get (self, *names);
      g_autofree char *upper = NULL;

      if (value == NULL)
        continue;
      if (capitals && g_str_equal (*names, "family_name"))
        value = upper = g_utf8_strup (value, -1);
      if (title->len > 0)
        g_string_append_c (title, ' ');
      g_string_append (title, value);
    }
  return g_string_free (g_steal_pointer (&title), FALSE);
}
