/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of the mission is walked from record to record: down to all that belongs to it, and over to those that it
 * ties to itself; of these, down to what is theirs alone. */
#include "config.h"

#include "store/kaf-mission-kit.h"

#include <string.h>

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-sync-state.h"

/* How much of what belongs to a record goes along. */
typedef enum
{
  PART_FILE,   /* of the mission: all, and what that names */
  PART_NEEDED, /* all that is its own */
  PART_ABOVE   /* a framework: without the others that stand within it */
} Part;

typedef struct
{
  const KafEntity *root;
  char *id;
  Part part;
} Stop;

typedef struct
{
  KafDatabase *db;
  KafMissionKit *kit;
  GPtrArray *stops; /* of Stop */
  GHashTable *seen; /* "ENTITY\tID" → Part, plus one */
  GHashTable *contents;
  GHashTable *counts; /* entity → records of it that are here */
} Walk;

static void
stop_free (gpointer data)
{
  g_free (((Stop *) data)->id);
  g_free (data);
}

static void
gap_free (gpointer data)
{
  KafKitGap *self = data;

  g_free (self->id);
  g_free (self->by_id);
  g_free (self->by_title);
  g_free (self);
}

static void
file_free (gpointer data)
{
  KafKitFile *self = data;

  g_free (self->attachment);
  g_free (self->name);
  g_free (self->sha256);
  g_free (self->owner_title);
  g_free (self);
}

void
kaf_mission_kit_free (KafMissionKit *self)
{
  if (self == NULL)
    return;
  g_free (self->mission);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->gaps);
  g_ptr_array_unref (self->files);
  g_free (self);
}

gboolean
kaf_mission_kit_is_whole (const KafMissionKit *self)
{
  return self->gaps->len == 0 && self->n_absent == 0;
}

static void
count (Walk *self, const KafEntity *root, int by)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->counts, root));

  self->kit->n_records = (guint) ((int) self->kit->n_records + by);
  g_hash_table_insert (self->counts, (gpointer) root, GINT_TO_POINTER (n + by));
}

/* Once, or once more when more of what belongs to it is to go along. */
static void
add_stop (Walk *self, const KafEntity *root, const char *id, Part part)
{
  g_autofree char *key = kaf_entity_make_key (root, id);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));
  Stop *stop;

  if (before > 0 && before <= part + 1)
    return;
  g_hash_table_insert (self->seen, g_steal_pointer (&key), GUINT_TO_POINTER (part + 1));
  if (before == 0)
    count (self, root, 1);
  stop = g_new0 (Stop, 1);
  *stop = (Stop){ root, g_strdup (id), part };
  g_ptr_array_add (self->stops, stop);
}

static void
add_gap (Walk *self, const KafEntity *root, const char *id, KafRecord *by, const KafField *field)
{
  g_autofree char *key = kaf_entity_make_key (root, id);
  g_autoptr (KafRecord) deleted = NULL;
  KafKitGap *gap;

  if (!g_hash_table_insert (self->seen, g_steal_pointer (&key), GUINT_TO_POINTER (1)))
    return;
  deleted = kaf_read_record (self->db, root, id, NULL);
  gap = g_new0 (KafKitGap, 1);
  *gap = (KafKitGap){ root,
                      g_strdup (id),
                      kaf_record_get_entity (by),
                      g_strdup (kaf_record_get_id (by)),
                      field,
                      deleted != NULL,
                      NULL };
  g_ptr_array_add (self->kit->gaps, gap);
}

/* Files */

static void
add_file (Walk *self, KafRecord *attachment)
{
  const char *sha256 = kaf_record_get (attachment, "sha256");
  const char *size = kaf_record_get (attachment, "size");
  KafBlobState state;
  KafKitFile *file;

  if (sha256 == NULL || !g_hash_table_add (self->contents, g_strdup (sha256)))
    return;
  state = kaf_blob_get_state (self->db, sha256);
  file = g_new0 (KafKitFile, 1);
  file->attachment = g_strdup (kaf_record_get_id (attachment));
  file->name = g_strdup (kaf_record_get (attachment, "file_name"));
  file->sha256 = g_strdup (sha256);
  file->size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;
  file->state = state;
  file->here = state == KAF_BLOB_HERE || state == KAF_BLOB_TO_SEND || state == KAF_BLOB_REFUSED;
  g_ptr_array_add (self->kit->files, file);
  if (file->here)
    self->kit->present += file->size;
  else
    {
      self->kit->n_absent++;
      self->kit->absent += file->size;
    }
}

/* Belongings */

/* Those that go along with a record of the kind of which a mission needs one. */
static gboolean
goes_along (const Stop *stop, const KafEntity *entity)
{
  static const char *const with_organisation[] = { "organisation_name", "mandate", "attachment",
                                                   NULL };

  if (g_str_equal (entity->id, "conflict") || g_str_equal (entity->id, "saved_filter"))
    return FALSE;
  if (stop->part == PART_FILE)
    return TRUE;
  if (g_str_equal (stop->root->id, "organisation"))
    return g_strv_contains (with_organisation, entity->id);
  if (g_str_equal (stop->root->id, "programme"))
    return FALSE;
  if (g_str_equal (entity->id, "convention"))
    return stop->part == PART_NEEDED;
  return !kaf_registry_is_of_mission (entity);
}

/* Ids of living records of @entity whose @field is that. */
static GPtrArray *
list_where (Walk *self, const KafEntity *entity, const char *field, const char *id, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id FROM \"%s\" x JOIN head h ON h.rid = x.rid WHERE x.\"%s\" = ?"
                       " AND x.deleted_at IS NULL AND h.deleted = 0 ORDER BY h.id",
                       entity->id, field);

  return kaf_read_ids (self->db, sql, id, error);
}

static gboolean
meet_where (
    Walk *self, const Stop *stop, const KafEntity *entity, const char *field, GError **error)
{
  g_autoptr (GPtrArray) ids = list_where (self, entity, field, stop->id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    add_stop (self, kaf_entity_get_root (entity), g_ptr_array_index (ids, i),
              kaf_registry_is_of_mission (entity) ? PART_FILE : PART_NEEDED);
  return ids != NULL;
}

static gboolean
meet_belongings (Walk *self, const Stop *stop, GError **error)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      if (!goes_along (stop, entities[i]))
        continue;
      if (kaf_entity_find_field (entities[i], "owner_entity") != NULL &&
          !meet_where (self, stop, entities[i], "owner", error))
        return FALSE;
      for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
        if (kaf_field_has (field, KAF_FIELD_PARENT) &&
            kaf_entity_get_root (kaf_registry_find (field->target)) == stop->root &&
            !meet_where (self, stop, entities[i], field->id, error))
          return FALSE;
    }
  return TRUE;
}

/* What is named */

/* Whether what the field names is needed. */
static gboolean
needs_named (KafRecord *record, const KafField *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  if (kaf_scope_names (entity, field) || field->kind == KAF_KIND_ATTACHMENT)
    return TRUE;
  if (g_str_equal (entity->id, "convention") && g_str_equal (field->id, "parent"))
    return TRUE;
  /* Who was not retained does not come, nor does her file. */
  if (g_str_equal (entity->id, "mission_expert") &&
      g_strcmp0 (kaf_record_get (record, "answer"), "discarded") == 0)
    return FALSE;
  return kaf_scope_ties (entity) && kaf_field_has (field, KAF_FIELD_PARENT) &&
         !g_str_equal (field->target, "mission");
}

static void
meet_named (Walk *self, const Stop *stop, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *root = field->target != NULL && !kaf_field_is_many (field)
                                  ? kaf_entity_get_root (kaf_registry_find (field->target))
                                  : NULL;
      const char *id = root != NULL ? kaf_record_get (record, field->id) : NULL;

      if (id == NULL || !needs_named (record, field))
        continue;
      if (!kaf_read_exists (self->db, root, id))
        add_gap (self, root, id, record, field);
      else if (kaf_registry_is_of_mission (root))
        add_stop (self, root, id, PART_FILE);
      else
        add_stop (self, root, id,
                  g_str_equal (entity->id, "convention") ? PART_ABOVE : PART_NEEDED);
    }
}

/* A mission_need of another mission leads to that one, and no further. */
static gboolean
is_others (const Walk *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  return kaf_entity_find_field (entity, "mission") != NULL &&
         kaf_record_get (record, "mission") != NULL &&
         g_strcmp0 (kaf_record_get (record, "mission"), self->kit->mission) != 0;
}

static gboolean
visit (Walk *self, const Stop *stop, GError **error)
{
  GError *local = NULL;
  g_autoptr (KafRecord) record = kaf_read_record (self->db, stop->root, stop->id, &local);

  if (local != NULL)
    g_propagate_error (error, local);
  if (record == NULL)
    return local == NULL;
  /* An exchange with a person in the course of another mission is of that one. */
  if (is_others (self, record))
    {
      count (self, stop->root, -1);
      return TRUE;
    }
  if (g_str_equal (stop->root->id, "attachment"))
    add_file (self, record);
  meet_named (self, stop, record);
  for (guint bit = 1; kaf_registry_find_facet (stop->root, bit) != NULL; bit <<= 1)
    {
      g_autoptr (KafRecord) facet =
          kaf_read_record (self->db, kaf_registry_find_facet (stop->root, bit), stop->id, NULL);

      if (facet != NULL)
        meet_named (self, stop, facet);
    }
  return meet_belongings (self, stop, error);
}

static void
list_kinds (Walk *self)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      int n = GPOINTER_TO_INT (g_hash_table_lookup (self->counts, entities[i]));
      KafKitKind *kind;

      if (n <= 0)
        continue;
      kind = g_new0 (KafKitKind, 1);
      *kind = (KafKitKind){ entities[i], (guint) n };
      g_ptr_array_add (self->kit->kinds, kind);
    }
}

KafMissionKit *
kaf_mission_kit_read (KafDatabase *db, const char *mission, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("mission");
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (KafMissionKit) kit = g_new0 (KafMissionKit, 1);
  g_autoptr (GPtrArray) stops = g_ptr_array_new_with_free_func (stop_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  Walk self = { db, kit, stops, seen, contents, counts };

  kit->mission = g_strdup (mission);
  kit->kinds = g_ptr_array_new_with_free_func (g_free);
  kit->gaps = g_ptr_array_new_with_free_func (gap_free);
  kit->files = g_ptr_array_new_with_free_func (file_free);
  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  kit->synced_at = state.synced_at;
  if (!kaf_read_exists (db, entity, mission))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "the mission is not here");
      return NULL;
    }
  add_stop (&self, entity, mission, PART_FILE);
  for (guint i = 0; i < stops->len; i++)
    if (!visit (&self, g_ptr_array_index (stops, i), error))
      return NULL;
  list_kinds (&self);
  return g_steal_pointer (&kit);
}

/* Whose file: what the attachment belongs to. */
static char *
tell_owner (KafDatabase *db, const KafKitFile *file, KafLang lang)
{
  g_autoptr (KafRecord) attachment =
      kaf_read_record (db, kaf_registry_find ("attachment"), file->attachment, NULL);
  const char *entity = attachment != NULL ? kaf_record_get (attachment, "owner_entity") : NULL;
  const char *owner = attachment != NULL ? kaf_record_get (attachment, "owner") : NULL;

  if (entity == NULL || owner == NULL || kaf_registry_find (entity) == NULL)
    return NULL;
  return kaf_read_title (db, entity, owner, lang);
}

void
kaf_mission_kit_tell (KafDatabase *db, KafMissionKit *self, KafLang lang)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      KafKitGap *gap = g_ptr_array_index (self->gaps, i);

      g_free (gap->by_title);
      gap->by_title = kaf_read_title (db, gap->by->id, gap->by_id, lang);
    }
  for (guint i = 0; i < self->files->len; i++)
    {
      KafKitFile *file = g_ptr_array_index (self->files, i);

      g_free (file->owner_title);
      file->owner_title = file->here ? NULL : tell_owner (db, file, lang);
    }
}

gboolean
kaf_mission_kit_want (KafDatabase *db, const KafMissionKit *self, gboolean wanted, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const KafKitFile *file = g_ptr_array_index (self->files, i);

      if (!file->here && !kaf_blob_want (db, file->attachment, wanted, error))
        return FALSE;
    }
  return TRUE;
}
