/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading, filling and showing a record with its owner. */
#include "config.h"

#include "cli/kaf-aggregate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "cli/kaf-table.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-read.h"

static KafAggregate *
make_empty (const KafEntity *entity)
{
  KafAggregate *self = g_new0 (KafAggregate, 1);

  self->entity = entity;
  return self;
}

static const KafEntity *
get_part (const KafEntity *entity, guint part)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  return part == 0 ? root : part == 1 && root != entity ? entity : NULL;
}

KafAggregate *
kaf_aggregate_new (const KafEntity *entity, const char *id)
{
  KafAggregate *self = make_empty (entity);
  const KafEntity *part;

  while ((part = get_part (entity, self->n_parts)) != NULL)
    self->parts[self->n_parts++] = kaf_record_new (part, id);
  return self;
}

KafAggregate *
kaf_aggregate_read (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  g_autoptr (KafAggregate) self = make_empty (entity);
  const KafEntity *part;

  while ((part = get_part (entity, self->n_parts)) != NULL)
    {
      self->parts[self->n_parts] = kaf_read_record (db, part, id, error);
      if (self->parts[self->n_parts] == NULL)
        return NULL;
      self->n_parts++;
    }
  return g_steal_pointer (&self);
}

void
kaf_aggregate_free (KafAggregate *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_parts; i++)
    kaf_record_unref (self->parts[i]);
  g_free (self);
}

KafRecord *
kaf_aggregate_get_record (const KafAggregate *self)
{
  return self->parts[self->n_parts - 1];
}

gboolean
kaf_aggregate_assign (KafAggregate *self, KafCellReader *cells, const char *assignment)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = equals != NULL ? g_strndup (assignment, equals - assignment) : NULL;

  if (name == NULL || *name == '\0')
    {
      kaf_cli_fail_printf (_ ("Write “%s” as FIELD=VALUE."), assignment);
      return FALSE;
    }
  for (guint i = self->n_parts; i-- > 0;)
    {
      const KafEntity *entity = kaf_record_get_entity (self->parts[i]);
      const KafField *field = kaf_entity_find_field (entity, name);
      g_autofree char *canonical = NULL;
      g_autofree char *suggestion = NULL;
      g_autoptr (GError) error = NULL;

      if (field == NULL)
        continue;
      if (!kaf_cell_reader_parse (cells, field, equals + 1, NULL, &canonical, &suggestion, &error))
        {
          kaf_cli_fail_error (field, suggestion, error);
          return FALSE;
        }
      kaf_record_set (self->parts[i], name, canonical);
      return TRUE;
    }
  kaf_cli_fail_no_field (self->entity, name);
  return FALSE;
}

char *
kaf_aggregate_title (const KafAggregate *self, KafDatabase *db, gboolean arabic)
{
  g_autofree char *title = NULL;

  if (kaf_record_get_entity (self->parts[0])->title != NULL)
    title = kaf_record_title (self->parts[0], arabic, TRUE);
  else if (!arabic)
    title = kaf_read_title (db, self->entity->id, kaf_record_get_id (self->parts[0]), KAF_LANG_FR);
  return title != NULL && *title != '\0' ? g_steal_pointer (&title) : NULL;
}

static void
add_value (const KafField *field, const char *value, const char *detail, JsonBuilder *builder)
{
  g_autofree char *both = detail != NULL ? g_strdup_printf ("%s:%s", value, detail) : NULL;

  if (field->kind == KAF_KIND_INTEGER)
    json_builder_add_int_value (builder, g_ascii_strtoll (value, NULL, 10));
  else if (field->kind == KAF_KIND_BOOLEAN)
    json_builder_add_boolean_value (builder, g_str_equal (value, "1"));
  else
    json_builder_add_string_value (builder, both != NULL ? both : value);
}

void
kaf_value_to_json (const KafField *field, const char *canonical, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (canonical == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  if (!kaf_field_is_many (field))
    {
      add_value (field, canonical, NULL, builder);
      return;
    }
  elements = kaf_set_parse (canonical);
  json_builder_begin_array (builder);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);

      add_value (field, element->value, element->detail, builder);
    }
  json_builder_end_array (builder);
}

static void
add_fields (const KafRecord *record, JsonBuilder *builder)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      const char *canonical = kaf_record_get_at (record, i);

      if (canonical == NULL)
        continue;
      json_builder_set_member_name (builder, fields[i].id);
      kaf_value_to_json (&fields[i], canonical, builder);
    }
}

void
kaf_aggregate_to_json (const KafAggregate *self, KafDatabase *db, JsonBuilder *builder)
{
  KafRecord *record = kaf_aggregate_get_record (self);
  const KafStamp *stamp = kaf_record_get_stamp (record);
  g_autofree char *title = kaf_aggregate_title (self, db, FALSE);
  g_autofree char *title_ar = kaf_aggregate_title (self, db, TRUE);

  kaf_cli_add_text (builder, "entity", self->entity->id);
  kaf_cli_add_text (builder, "id", kaf_record_get_id (record));
  kaf_cli_add_text (builder, "ref", kaf_record_get_ref (record));
  kaf_cli_add_text (builder, "title", title);
  kaf_cli_add_text (builder, "title_ar", title_ar);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->n_parts; i++)
    add_fields (self->parts[i], builder);
  json_builder_end_object (builder);
  kaf_cli_add_time (builder, "created_at", stamp->created_at);
  kaf_cli_add_time (builder, "updated_at", stamp->updated_at);
  if (stamp->deleted_at != 0)
    kaf_cli_add_time (builder, "deleted_at", stamp->deleted_at);
}

static void
add_line (KafTable *table, const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  kaf_table_add (table, label);
  kaf_table_add (table, text);
}

/* Shown at the top as the title: of a title of one field. */
static gboolean
is_title (const KafEntity *entity, const char *field)
{
  return (entity->title != NULL && entity->title[1] == NULL &&
          g_str_equal (entity->title[0], field)) ||
         (entity->title_ar != NULL && entity->title_ar[1] == NULL &&
          g_str_equal (entity->title_ar[0], field));
}

static void
add_time (KafTable *table, const char *label, gint64 us, const char *author, KafLang lang)
{
  g_autofree char *when = us != 0 ? kaf_time_format (us, lang) : NULL;
  g_autofree char *text =
      when != NULL && author != NULL ? g_strdup_printf ("%s, %s", when, author) : NULL;

  add_line (table, label, text != NULL ? text : when);
}

void
kaf_aggregate_print (const KafAggregate *self, KafCli *cli)
{
  KafRecord *record = kaf_aggregate_get_record (self);
  const KafStamp *stamp = kaf_record_get_stamp (record);
  g_autoptr (KafTable) table = kaf_table_new (2);
  g_autofree char *title = kaf_aggregate_title (self, cli->db, FALSE);
  g_autofree char *title_ar = kaf_aggregate_title (self, cli->db, TRUE);

  add_line (table, _ (self->entity->label), kaf_record_get_ref (record));
  add_line (table, _ ("Title"), title);
  add_line (table, _ ("Title in Arabic"), title_ar);
  for (guint part = 0; part < self->n_parts; part++)
    {
      const KafField *fields = kaf_record_get_entity (self->parts[part])->fields;

      for (guint i = 0; fields[i].id != NULL; i++)
        {
          g_autofree char *text = NULL;

          if (is_title (kaf_record_get_entity (self->parts[part]), fields[i].id))
            continue;
          text = kaf_value_format (&fields[i], kaf_record_get_at (self->parts[part], i), cli->lang,
                                   kaf_read_long_title_func, cli->db);

          add_line (table, _ (fields[i].label), text);
        }
    }
  add_time (table, _ ("Created"), stamp->created_at, stamp->created_by, cli->lang);
  add_time (table, _ ("Changed"), stamp->updated_at, stamp->updated_by, cli->lang);
  add_time (table, _ ("Deleted"), stamp->deleted_at, NULL, cli->lang);
  add_line (table, _ ("Identifier"), kaf_record_get_id (record));
  kaf_table_print (table);
}
