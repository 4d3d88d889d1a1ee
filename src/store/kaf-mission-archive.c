/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-archive.h"

#include <string.h>
#include <zstd.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-untitled.h"
#include "sync/kaf-json.h"

/* A long text holds no more; see kaf-value.c. */
#define TEXT_MAX 32000
/* Before the bytes of a frame, as base64. */
#define PACKED "zstd:"
/* No archive is as long, and a frame that says so is not read. */
#define JSON_MAX (4 * 1024 * 1024)

/* The parts, the most needed first: those at the end are left out first. @by: how they belong to the mission. */
static const struct
{
  const char *entity;
  const char *sql; /* ids, of the mission ?1 */
} parts[] = {
#define OF_MISSION(entity)                                                                         \
  {                                                                                                \
    entity, "SELECT h.id FROM \"" entity "\" x INDEXED BY \"" entity "__mission\""                 \
            " CROSS JOIN head h ON h.rid = x.rid WHERE x.mission = ?1 AND x.deleted_at IS NULL"    \
            " ORDER BY h.id"                                                                       \
  }
  { "need", "SELECT x.need FROM mission_need x INDEXED BY mission_need__mission"
            " WHERE x.mission = ?1 AND x.deleted_at IS NULL ORDER BY 1" },
  { "stakeholder", "SELECT h.id FROM mission_need x INDEXED BY mission_need__mission"
                   " CROSS JOIN stakeholder s INDEXED BY stakeholder__need ON s.need = x.need"
                   " CROSS JOIN head h ON h.rid = s.rid WHERE x.mission = ?1"
                   " AND x.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY 1" },
  OF_MISSION ("mission_party"),
  OF_MISSION ("mission_expert"),
  OF_MISSION ("mission_result"),
  OF_MISSION ("mission_room"),
  OF_MISSION ("mission_convention"),
  OF_MISSION ("programme_item"),
  OF_MISSION ("budget_line"),
  OF_MISSION ("equipment"),
  OF_MISSION ("booking"),
  OF_MISSION ("material"),
  OF_MISSION ("pair"),
  OF_MISSION ("follow_up"),
  /* What was said with a person is hers, and is erased with her. */
  { "contact", "SELECT h.id FROM contact x INDEXED BY contact__mission"
               " CROSS JOIN head h ON h.rid = x.rid WHERE x.mission = ?1 AND x.person IS NULL"
               " AND x.deleted_at IS NULL ORDER BY h.id" },
  OF_MISSION ("evaluation"),
  OF_MISSION ("participant"),
};

typedef struct
{
  KafDatabase *db;
  const char *mission;
  const GPtrArray *checks; /* of KafCheck */
  GHashTable *titles;      /* "entity\nid" of records that are named */
} Archive;

/* Whether what its records are called is the name of somebody: those of the reference, and of the sheets. */
static gboolean
is_called_by_name (const KafEntity *entity)
{
  for (guint i = 0; entity->title != NULL && entity->title[i] != NULL; i++)
    {
      const KafField *field = kaf_entity_find_field (entity, entity->title[i]);

      if (field != NULL && kaf_field_get_class (field) != KAF_CLASS_PUBLIC)
        return TRUE;
    }
  return FALSE;
}

static void
note_title (Archive *self, const KafField *field, const char *id)
{
  const KafEntity *target = kaf_registry_find (field->target);

  /* Nobody is named, and goes by an id: what stands here outlives an erasure. What has no title of its own, as a pair, is
   * called after persons. */
  if (target == NULL || kaf_untitled_is (target) ||
      is_called_by_name (kaf_entity_get_root (target)) || field->kind == KAF_KIND_ATTACHMENT)
    return;
  g_hash_table_add (self->titles, g_strconcat (field->target, "\n", id, NULL));
}

static void
note_titles (Archive *self, const KafField *field, const char *value)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (field->target == NULL)
    return;
  if (!kaf_field_is_many (field))
    {
      note_title (self, field, value);
      return;
    }
  elements = kaf_set_parse (value);
  for (guint i = 0; i < elements->len; i++)
    note_title (self, field, ((KafElement *) g_ptr_array_index (elements, i))->value);
}

static void
append_fields (Archive *self, KafRecord *record, GString *json)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  g_string_append (json, "{\"id\":");
  kaf_json_append_string (json, kaf_record_get_id (record));
  if (kaf_record_get_ref (record) != NULL)
    {
      g_string_append (json, ",\"ref\":");
      kaf_json_append_string (json, kaf_record_get_ref (record));
    }
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const char *value = kaf_record_get_at (record, i);

      if (value == NULL || field->klass > KAF_CLASS_PUBLIC)
        continue;
      g_string_append_printf (json, ",\"%s\":", field->id);
      kaf_json_append_string (json, value);
      note_titles (self, field, value);
    }
  g_string_append_c (json, '}');
}

static gboolean
append_part (Archive *self, guint part, GString *json, GError **error)
{
  const KafEntity *entity = kaf_registry_find (parts[part].entity);
  g_autoptr (GPtrArray) ids = kaf_read_ids (self->db, parts[part].sql, self->mission, error);

  if (ids == NULL)
    return FALSE;
  g_string_append_printf (json, "%s\"%s\":[", part > 0 ? "," : "", entity->id);
  for (guint i = 0, n = 0; i < ids->len; i++)
    {
      g_autoptr (KafRecord) record =
          kaf_read_record (self->db, entity, g_ptr_array_index (ids, i), NULL);

      /* A need outside of what this device sees. */
      if (record == NULL)
        continue;
      if (n++ > 0)
        g_string_append_c (json, ',');
      append_fields (self, record, json);
    }
  g_string_append_c (json, ']');
  return TRUE;
}

static gboolean
append_attendance (Archive *self, GString *json, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT h.id, count (*), sum (a.presence = 'present') FROM programme_item x"
      " INDEXED BY programme_item__mission CROSS JOIN head h ON h.rid = x.rid"
      " CROSS JOIN attendance a INDEXED BY attendance__session ON a.session = h.id"
      " WHERE x.mission = ?1 AND x.deleted_at IS NULL AND a.deleted_at IS NULL"
      " GROUP BY h.id ORDER BY h.id",
      error);
  GError *local = NULL;
  guint n = 0;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->mission);
  g_string_append (json, ",\"attendance\":{");
  while (kaf_database_step (self->db, statement, &local))
    {
      if (n++ > 0)
        g_string_append_c (json, ',');
      kaf_json_append_string (json, kaf_statement_text (statement, 0));
      g_string_append_printf (json, ":[%d,%d]", sqlite3_column_int (statement, 1),
                              sqlite3_column_int (statement, 2));
    }
  g_string_append_c (json, '}');
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static void
append_checks (const Archive *self, GString *json)
{
  g_string_append (json, ",\"checks\":[");
  for (guint i = 0; i < self->checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (self->checks, i);

      g_string_append_printf (json, "%s[\"%s\",\"%s\"", i > 0 ? "," : "", check->rule->rule.code,
                              kaf_check_state_id (check->state));
      if (check->state == KAF_CHECK_SETTLED && check->act != NULL)
        {
          g_string_append_c (json, ',');
          kaf_json_append_string (json, check->act->id);
        }
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, ']');
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What records outside of the file were called that day. */
static void
append_titles (Archive *self, GString *json)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (self->titles, NULL);
  guint n = g_hash_table_size (self->titles);
  g_autofree char *last = NULL;

  qsort (keys, n, sizeof *keys, compare_keys);
  g_string_append (json, ",\"titles\":{");
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) key = g_strsplit (keys[i], "\n", 2);
      g_autofree char *latin = kaf_read_title (self->db, key[0], key[1], KAF_LANG_FR);
      g_autofree char *arabic = kaf_read_title (self->db, key[0], key[1], KAF_LANG_AR);
      gboolean same = g_strcmp0 (last, key[0]) == 0;

      if (!same)
        g_string_append_printf (json, "%s\"%s\":{", last != NULL ? "}," : "", key[0]);
      else
        g_string_append_c (json, ',');
      kaf_json_append_string (json, key[1]);
      g_string_append (json, ":[");
      kaf_json_append_string (json, latin);
      g_string_append_c (json, ',');
      kaf_json_append_string (json, arabic);
      g_string_append_c (json, ']');
      g_free (last);
      last = g_strdup (key[0]);
    }
  g_string_append (json, last != NULL ? "}}" : "}");
}

/* With the first @n kinds of parts. */
static char *
print (Archive *self, guint n, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (self->db, kaf_registry_find ("mission"), self->mission, error);
  g_autoptr (GString) json = g_string_new (NULL);

  if (record == NULL)
    return NULL;
  g_hash_table_remove_all (self->titles);
  g_string_append_printf (
      json, "{\"v\":1,\"at\":%" G_GINT64_FORMAT ",\"mission\":", kaf_clock_now (self->db->clock));
  append_fields (self, record, json);
  g_string_append (json, ",\"parts\":{");
  for (guint i = 0; i < n; i++)
    if (!append_part (self, i, json, error))
      return NULL;
  g_string_append_c (json, '}');
  if (!append_attendance (self, json, error))
    return NULL;
  append_checks (self, json);
  append_titles (self, json);
  g_string_append (json, ",\"cut\":[");
  for (guint i = n; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (json, "%s\"%s\"", i > n ? "," : "", parts[i].entity);
  g_string_append (json, "]}");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
pack (const char *json)
{
  gsize size = strlen (json);
  gsize bound = ZSTD_compressBound (size);
  g_autofree guint8 *frame = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (size <= TEXT_MAX)
    return g_strdup (json);
  frame = g_malloc (bound);
  length = ZSTD_compress (frame, bound, json, size, 9);
  if (ZSTD_isError (length))
    return NULL;
  text = g_base64_encode (frame, length);
  return g_strconcat (PACKED, text, NULL);
}

char *
kaf_mission_archive_make (
    KafDatabase *db, const char *mission, const GPtrArray *checks, GPtrArray **cut, GError **error)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Archive self = { db, mission, checks, titles };
  guint n = G_N_ELEMENTS (parts);
  g_autofree char *text = NULL;

  for (;; n--)
    {
      g_autofree char *json = print (&self, n, error);

      if (json == NULL)
        return NULL;
      g_free (text);
      text = pack (json);
      if ((text != NULL && strlen (text) <= TEXT_MAX) || n == 0)
        break;
    }
  if (cut != NULL)
    {
      *cut = g_ptr_array_new ();
      for (guint i = n; i < G_N_ELEMENTS (parts); i++)
        g_ptr_array_add (*cut, (gpointer) parts[i].entity);
    }
  return g_steal_pointer (&text);
}

static char *
damaged (GError **error)
{
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED, "an archive that cannot be read");
  return NULL;
}

char *
kaf_mission_archive_unpack (const char *text, GError **error)
{
  g_autofree guint8 *frame = NULL;
  g_autofree char *json = NULL;
  unsigned long long size;
  gsize length;

  if (!g_str_has_prefix (text, PACKED))
    return g_strdup (text);
  frame = g_base64_decode (text + strlen (PACKED), &length);
  size = ZSTD_getFrameContentSize (frame, length);
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > JSON_MAX)
    return damaged (error);
  json = g_malloc (size + 1);
  if (ZSTD_decompress (json, size, frame, length) != size)
    return damaged (error);
  json[size] = '\0';
  return g_utf8_validate (json, (gssize) size, NULL) ? g_steal_pointer (&json) : damaged (error);
}

char *
kaf_mission_archive_read (KafDatabase *db, const char *act, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("mission_act"), act, error);
  const char *text = record != NULL ? kaf_record_get (record, "archive") : NULL;

  if (text != NULL)
    return kaf_mission_archive_unpack (text, error);
  if (record != NULL)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "the act holds no archive");
  return NULL;
}
