/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-archived-mission.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-mission-archive.h"
#include "store/kaf-read.h"
#include "store/kaf-store-error.h"

void
kaf_archived_mission_free (KafArchivedMission *self)
{
  g_clear_pointer (&self->mission, kaf_record_unref);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->cut, g_ptr_array_unref);
  g_free (self);
}

static void
archived_check_free (gpointer data)
{
  KafArchivedCheck *self = data;

  g_free (self->act);
  g_free (self);
}

/* NULL: there is none, or it is of another kind. */
static JsonObject *
get_object (JsonObject *in, const char *name)
{
  JsonNode *node = json_object_get_member (in, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *in, const char *name)
{
  JsonNode *node = json_object_get_member (in, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Fields that the schema has dropped since are left out. */
static KafRecord *
make_record (const KafEntity *entity, JsonObject *from)
{
  KafRecord *record = kaf_record_new (entity, get_text (json_object_get_member (from, "id")));

  kaf_record_set_ref (record, get_text (json_object_get_member (from, "ref")));
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    kaf_record_set (record, field->id, get_text (json_object_get_member (from, field->id)));
  return record;
}

static void
take_parts (KafArchivedMission *self, JsonObject *parts)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, parts);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const KafEntity *entity = kaf_registry_find (name);
      JsonArray *array = entity != NULL ? get_array (parts, name) : NULL;
      GPtrArray *records;

      if (array == NULL)
        continue;
      records = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (JSON_NODE_HOLDS_OBJECT (element))
            g_ptr_array_add (records, make_record (entity, json_node_get_object (element)));
        }
      g_hash_table_insert (self->parts, g_strdup (name), records);
    }
}

/* Of each record its title in French and in Arabic. */
static void
take_titles (KafArchivedMission *self, const char *entity, JsonObject *of, KafLang lang)
{
  guint side = lang == KAF_LANG_AR ? 1 : 0;
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init (&iter, of);
  while (json_object_iter_next (&iter, &id, &node))
    {
      JsonArray *both = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      const char *title = NULL;

      for (guint i = 0; both != NULL && json_array_get_length (both) == 2 && i < 2 && title == NULL;
           i++)
        title = get_text (json_array_get_element (both, i == 0 ? side : 1 - side));
      if (title != NULL)
        g_hash_table_insert (self->titles, g_strdup_printf ("%s\n%s", entity, id),
                             g_strdup (title));
    }
}

/* An expert of the mission is called as the person that she is, who may be no more in it today. */
static void
take_persons (KafArchivedMission *self, KafDatabase *db, KafLang lang)
{
  const GPtrArray *experts = g_hash_table_lookup (self->parts, "mission_expert");

  for (guint i = 0; experts != NULL && i < experts->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (experts, i);
      const char *person = kaf_record_get (one, "person");
      char *name = person != NULL ? kaf_read_title (db, "person", person, lang) : NULL;

      if (name != NULL)
        g_hash_table_insert (self->titles,
                             g_strdup_printf ("mission_expert\n%s", kaf_record_get_id (one)), name);
    }
}

static const char *
get_element (JsonArray *array, guint i)
{
  return i < json_array_get_length (array) ? get_text (json_array_get_element (array, i)) : NULL;
}

/* Checks that the program has dropped since are left out. */
static void
take_checks (KafArchivedMission *self, JsonArray *checks)
{
  self->checks = g_ptr_array_new_with_free_func (archived_check_free);
  for (guint i = 0; i < json_array_get_length (checks); i++)
    {
      JsonNode *node = json_array_get_element (checks, i);
      JsonArray *check = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      const char *code = check != NULL ? get_element (check, 0) : NULL;
      const KafMissionRule *rule = code != NULL ? kaf_mission_rule_find (code) : NULL;
      KafArchivedCheck *one;
      KafCheckState state;

      if (rule == NULL || !kaf_check_state_parse (get_element (check, 1), &state))
        continue;
      one = g_new (KafArchivedCheck, 1);
      *one = (KafArchivedCheck){ rule, state, g_strdup (get_element (check, 2)) };
      g_ptr_array_add (self->checks, one);
    }
}

static void
take_all (KafArchivedMission *self, JsonObject *root, KafDatabase *db, KafLang lang)
{
  JsonObject *parts = get_object (root, "parts");
  JsonObject *titles = get_object (root, "titles");
  JsonArray *checks = get_array (root, "checks");
  JsonArray *cut = get_array (root, "cut");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  self->at = json_object_get_int_member_with_default (root, "at", 0);
  if (parts != NULL)
    take_parts (self, parts);
  take_persons (self, db, lang);
  if (checks != NULL)
    take_checks (self, checks);
  for (guint i = 0; cut != NULL && i < json_array_get_length (cut); i++)
    {
      const char *id = get_text (json_array_get_element (cut, i));

      if (id != NULL && kaf_registry_find (id) != NULL)
        g_ptr_array_add (self->cut, (gpointer) kaf_registry_find (id));
    }
  if (titles == NULL)
    return;
  json_object_iter_init (&iter, titles);
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      take_titles (self, name, json_node_get_object (node), lang);
}

KafArchivedMission *
kaf_archived_mission_read (KafDatabase *db, const char *act, KafLang lang, GError **error)
{
  g_autofree char *text = kaf_mission_archive_read (db, act, error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (KafArchivedMission) self = NULL;
  JsonNode *root;
  JsonObject *mission;

  if (text == NULL)
    return NULL;
  root = json_parser_load_from_data (parser, text, -1, NULL) ? json_parser_get_root (parser) : NULL;
  mission = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                ? get_object (json_node_get_object (root), "mission")
                : NULL;
  if (mission == NULL)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED,
                   "an archive that cannot be read");
      return NULL;
    }
  self = g_new0 (KafArchivedMission, 1);
  self->mission = make_record (kaf_registry_find ("mission"), mission);
  self->parts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cut = g_ptr_array_new ();
  take_all (self, json_node_get_object (root), db, lang);
  return g_steal_pointer (&self);
}

typedef struct
{
  const KafField *field;
  const char *order;
} Order;

/* Numbers by how large they are; what is not known last. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  const char *x = kaf_record_get (*(KafRecord *const *) a, order->order);
  const char *y = kaf_record_get (*(KafRecord *const *) b, order->order);

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);
  if (order->field->kind == KAF_KIND_INTEGER)
    {
      gint64 m = g_ascii_strtoll (x, NULL, 10), n = g_ascii_strtoll (y, NULL, 10);

      return (m > n) - (m < n);
    }
  return strcmp (x, y);
}

GPtrArray *
kaf_archived_mission_list (const KafArchivedMission *self, const char *entity, const char *order)
{
  const GPtrArray *there = g_hash_table_lookup (self->parts, entity);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  Order by = { order != NULL ? kaf_entity_find_field (kaf_registry_find (entity), order) : NULL,
               order };

  for (guint i = 0; there != NULL && i < there->len; i++)
    g_ptr_array_add (records, kaf_record_ref (g_ptr_array_index (there, i)));
  if (by.field != NULL)
    g_ptr_array_sort_with_data (records, compare, &by);
  return records;
}
