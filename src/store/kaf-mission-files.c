/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-files.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-attachments.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

static void
file_free (gpointer data)
{
  KafMissionFile *self = data;

  g_free (self->attachment);
  g_free (self->name);
  g_free (self->sha256);
  g_free (self->role);
  g_free (self->owner);
  g_free (self->path);
  g_free (self);
}

/* What a record of the file of a mission belongs to in it; a need is of several missions, and leads to none. */
static gboolean
leads_to_mission (const KafEntity *entity, const KafField *field)
{
  const guint both = KAF_FIELD_REQUIRED | KAF_FIELD_PARENT;

  return (field->flags & both) == both && !g_str_equal (field->target, entity->id) &&
         !g_str_equal (field->target, "need") &&
         kaf_registry_is_of_mission (kaf_registry_find (field->target));
}

/* A query for the ids of the living records of @entity that are of the mission ?1. */
static void
append_ids (GString *sql, const KafEntity *entity)
{
  const char *glue = "";

  if (g_str_equal (entity->id, "mission"))
    {
      g_string_append (sql, "SELECT ?1");
      return;
    }
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (leads_to_mission (entity, field))
      {
        g_string_append_printf (sql,
                                "%sSELECT h.id FROM \"%s\" x JOIN head h ON h.rid = x.rid"
                                " WHERE x.deleted_at IS NULL AND x.\"%s\" IN (",
                                glue, entity->id, field->id);
        append_ids (sql, kaf_registry_find (field->target));
        g_string_append_c (sql, ')');
        glue = " UNION ";
      }
  if (*glue == '\0')
    g_string_append (sql, "SELECT NULL WHERE 0");
}

static char *
make_sql (void)
{
  GString *sql = g_string_new ("SELECT h.id FROM attachment x JOIN head h ON h.rid = x.rid"
                               " WHERE x.deleted_at IS NULL AND (0");
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (kaf_registry_is_of_mission (entities[i]))
      {
        g_string_append_printf (sql, " OR x.owner_entity = '%s' AND x.owner IN (", entities[i]->id);
        append_ids (sql, entities[i]);
        g_string_append_c (sql, ')');
      }
  g_string_append (sql, ") ORDER BY h.id");
  return g_string_free (sql, FALSE);
}

static KafMissionFile *
read_file (KafDatabase *db, const char *id, KafLang lang, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("attachment");
  g_autoptr (KafRecord) record = kaf_read_record (db, entity, id, error);
  g_autoptr (GFile) content = NULL;
  const char *size;
  KafMissionFile *self;

  if (record == NULL)
    return NULL;
  size = kaf_record_get (record, "size");
  /* That it is elsewhere is no error: it is told. */
  content = kaf_attachment_get_file (db, id, NULL);
  self = g_new0 (KafMissionFile, 1);
  self->attachment = g_strdup (id);
  self->name = g_strdup (kaf_record_get (record, "file_name"));
  self->sha256 = g_strdup (kaf_record_get (record, "sha256"));
  self->role = kaf_value_format (kaf_entity_find_field (entity, "role"),
                                 kaf_record_get (record, "role"), lang, NULL, NULL);
  self->owner = kaf_read_title (db, kaf_record_get (record, "owner_entity"),
                                kaf_record_get (record, "owner"), lang);
  self->size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;
  self->path = content != NULL ? g_file_get_path (content) : NULL;
  return self;
}

GPtrArray *
kaf_mission_files_read (KafDatabase *db, const char *mission, KafLang lang, GError **error)
{
  g_autofree char *sql = make_sql ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  g_autoptr (GPtrArray) ids = NULL;

  if (!kaf_permit_reads_column (kaf_permit_read (db), kaf_registry_find ("attachment"),
                                "file_name"))
    return g_steal_pointer (&files);
  ids = kaf_read_ids (db, sql, mission, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      KafMissionFile *file = read_file (db, g_ptr_array_index (ids, i), lang, error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}
