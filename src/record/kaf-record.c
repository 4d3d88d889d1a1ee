/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values lie in one array, in the order of the entity's table. The texts of a copy lie in one piece with it: it is made
 * and freed at once, where many are. */
#include "config.h"

#include "record/kaf-record.h"

#include <string.h>

#include "base/kaf-id.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"

/* What is known of a field. */
enum
{
  HELD = 1 << 0,
  CLEAN = 1 << 1, /* found as a store keeps it */
};

struct _KafRecord
{
  gatomicrefcount refs;
  const KafEntity *entity;
  guint n_fields;
  char *id;
  char *ref;
  char *extra;
  KafStamp stamp;
  guint8 *known;  /* n_fields; they lie behind the values */
  char *end;      /* of this piece of memory, in which texts may lie */
  char *values[]; /* n_fields */
};

/* @room: bytes for texts in the same piece of memory. */
static KafRecord *
new_record (const KafEntity *entity, gsize room)
{
  guint n_fields = kaf_entity_n_fields (entity);
  gsize size = sizeof (KafRecord) + n_fields * (sizeof (char *) + sizeof (guint8));
  KafRecord *self = g_malloc (size + room);

  memset (self, 0, size);
  g_atomic_ref_count_init (&self->refs);
  self->entity = entity;
  self->n_fields = n_fields;
  self->known = (guint8 *) (self->values + n_fields);
  self->end = (char *) self + size + room;
  return self;
}

static void
free_text (KafRecord *self, char *text)
{
  if (text < (char *) self || text >= self->end)
    g_free (text);
}

KafRecord *
kaf_record_new (const KafEntity *entity, const char *id)
{
  KafRecord *self;

  g_return_val_if_fail (entity != NULL, NULL);

  self = new_record (entity, 0);
  self->id = g_strdup (id);
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
    free_text (self, self->values[i]);
  free_text (self, self->id);
  free_text (self, self->ref);
  free_text (self, self->extra);
  g_free (self->stamp.created_by);
  g_free (self->stamp.updated_by);
  g_free (self);
}

static gsize
measure (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

static char *
put (const char *text, char **at)
{
  gsize size = measure (text);
  char *copy = *at;

  if (text == NULL)
    return NULL;
  memcpy (copy, text, size);
  *at += size;
  return copy;
}

KafRecord *
kaf_record_copy (const KafRecord *self)
{
  gsize room = measure (self->id) + measure (self->ref) + measure (self->extra);
  KafRecord *copy;
  char *at;

  for (guint i = 0; i < self->n_fields; i++)
    room += measure (self->values[i]);
  copy = new_record (self->entity, room);
  at = copy->end - room;
  copy->id = put (self->id, &at);
  copy->ref = put (self->ref, &at);
  copy->extra = put (self->extra, &at);
  copy->stamp = self->stamp;
  copy->stamp.created_by = g_strdup (self->stamp.created_by);
  copy->stamp.updated_by = g_strdup (self->stamp.updated_by);
  for (guint i = 0; i < self->n_fields; i++)
    copy->values[i] = put (self->values[i], &at);
  memcpy (copy->known, self->known, self->n_fields);
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
  char *old = self->id;

  self->id = g_strdup (id);
  free_text (self, old);
}

const char *
kaf_record_get_ref (const KafRecord *self)
{
  return self->ref;
}

void
kaf_record_set_ref (KafRecord *self, const char *ref)
{
  char *old = self->ref;

  self->ref = g_strdup (ref);
  free_text (self, old);
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
  free_text (self, self->values[index]);
  self->values[index] = canonical;
  self->known[index] = HELD;
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
  return index < self->n_fields && (self->known[index] & HELD) != 0;
}

gboolean
kaf_record_holds (const KafRecord *self, const char *field)
{
  int index = kaf_entity_field_index (self->entity, field);

  return index >= 0 && (self->known[index] & HELD) != 0;
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
    if ((self->known[i] & HELD) == 0 && self->entity->fields[i].initial != NULL)
      kaf_record_set_at (self, i, self->entity->fields[i].initial);
}

gboolean
kaf_record_is_clean_at (const KafRecord *self, guint index)
{
  return index < self->n_fields && (self->known[index] & CLEAN) != 0;
}

gboolean
kaf_record_clean_at (KafRecord *self, guint index, GError **error)
{
  char *clean = NULL;

  g_return_val_if_fail (index < self->n_fields, FALSE);

  if (kaf_record_is_clean_at (self, index))
    return TRUE;
  if (!kaf_value_check (&self->entity->fields[index], self->values[index], &clean, error))
    return FALSE;
  if (g_strcmp0 (clean, self->values[index]) != 0)
    kaf_record_take_at (self, index, g_steal_pointer (&clean));
  g_free (clean);
  self->known[index] |= CLEAN;
  return TRUE;
}

void
kaf_record_drop (KafRecord *self, const char *field)
{
  int index = kaf_entity_field_index (self->entity, field);

  g_return_if_fail (index >= 0);

  free_text (self, self->values[index]);
  self->values[index] = NULL;
  self->known[index] = 0;
}

gboolean
kaf_record_holds_any (const KafRecord *self, const char *const *fields)
{
  for (; *fields != NULL; fields++)
    if (kaf_record_holds (self, *fields))
      return TRUE;
  return FALSE;
}

guint
kaf_record_count_held (const KafRecord *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_fields; i++)
    n += (self->known[i] & HELD) != 0 ? 1 : 0;
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
  char *old = self->extra;

  self->extra = g_strdup (json);
  free_text (self, old);
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

      if ((to->known[i] & HELD) == 0)
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
  g_autoptr (GString) title = NULL;

  /* What has no title comes by the hundred thousand: the claims of an import. */
  if (names == NULL)
    return g_strdup ("");
  title = g_string_new (NULL);
  for (; *names != NULL; names++)
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
