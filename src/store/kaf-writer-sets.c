/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many-valued fields: one row an element, marked where it was removed. */
#include "config.h"

#include "store/kaf-writer-private.h"

#include <string.h>

#include "schema/kaf-set.h"

static char *
insert_element_sql (const KafEntity *entity)
{
  return g_strdup_printf ("INSERT INTO \"%s_set\" (rid, field, value, detail, position, added)"
                          " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (rid, field, value) DO UPDATE SET"
                          " detail = excluded.detail, position = excluded.position,"
                          " added = excluded.added, removed = NULL",
                          entity->id);
}

/* @added NULL: since the row itself, whose clock then counts. */
static gboolean
write_elements (KafDatabase *db,
                const KafEntity *entity,
                gint64 rid,
                const char *field,
                GPtrArray *elements,
                const KafHlc *added,
                GError **error)
{
  const char *sql =
      elements->len > 0 ? kaf_writer_cached_sql (entity, "element ", insert_element_sql) : NULL;

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      KafStatement *statement = kaf_database_prepare (db, sql, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, rid);
      sqlite3_bind_text (statement, 2, field, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 3, element->value, -1, SQLITE_STATIC);
      if (element->detail != NULL)
        sqlite3_bind_text (statement, 4, element->detail, -1, SQLITE_STATIC);
      sqlite3_bind_int (statement, 5, i);
      if (added != NULL)
        sqlite3_bind_blob (statement, 6, added->bytes, KAF_HLC_SIZE, SQLITE_STATIC);
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Elements of new rows that one statement writes. */
#define ELEMENTS_AT_ONCE 8
#define ELEMENT_VALUES "(?, ?, ?, ?, ?)"
#define ELEMENTS_4 ELEMENT_VALUES ", " ELEMENT_VALUES ", " ELEMENT_VALUES ", " ELEMENT_VALUES
G_STATIC_ASSERT (ELEMENTS_AT_ONCE == 2 * 4);

/* Of a row that was not there before; cut where fewer are written. */
static char *
insert_elements_sql (const KafEntity *entity)
{
  return g_strdup_printf (KAF_WRITER_INSERT " \"%s_set\" (rid, field, value, detail, position)"
                                            " VALUES " ELEMENTS_4 ", " ELEMENTS_4,
                          entity->id);
}

/* The elements of a row's sets, which wait for one another. */
typedef struct
{
  KafDatabase *db;
  const KafEntity *entity;
  gint64 rid;
  struct
  {
    const char *field;
    const KafElement *element;
    int position;
  } waiting[ELEMENTS_AT_ONCE];
  guint n;
} NewElements;

static gboolean
write_new_elements (NewElements *self, GError **error)
{
  const char *many = kaf_writer_cached_sql (self->entity, "elements ", insert_elements_sql);
  const gsize missing = (ELEMENTS_AT_ONCE - self->n) * strlen (", " ELEMENT_VALUES);
  g_autofree char *sql = g_strndup (many, strlen (many) - missing);
  KafStatement *statement = kaf_database_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      const KafElement *element = self->waiting[i].element;
      int at = 1 + (int) i * 5;

      sqlite3_bind_int64 (statement, at, self->rid);
      sqlite3_bind_text (statement, at + 1, self->waiting[i].field, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, at + 2, element->value, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, at + 3, element->detail, -1, SQLITE_STATIC);
      sqlite3_bind_int (statement, at + 4, self->waiting[i].position);
    }
  self->n = 0;
  return kaf_database_run (self->db, statement, error);
}

static gboolean
add_new_elements (NewElements *self, const char *field, const GPtrArray *elements, GError **error)
{
  for (guint i = 0; i < elements->len; i++)
    {
      self->waiting[self->n].field = field;
      self->waiting[self->n].element = g_ptr_array_index (elements, i);
      self->waiting[self->n++].position = (int) i;
      if (self->n == ELEMENTS_AT_ONCE && !write_new_elements (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_sets (KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_field_is_many (&entity->fields[i]) && kaf_record_get_at (record, i) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
kaf_writer_insert_sets (KafDatabase *db, KafRecord *record, gint64 rid, GError **error)
{
  NewElements new = { .db = db, .entity = kaf_record_get_entity (record), .rid = rid };
  g_autoptr (GPtrArray) sets = NULL;

  if (!has_sets (record))
    return TRUE;
  sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; new.entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &new.entity->fields[i];
      const char *value = kaf_record_get_at (record, i);

      if (!kaf_field_is_many (field) || value == NULL)
        continue;
      g_ptr_array_add (sets, kaf_set_parse (value));
      if (!add_new_elements (&new, field->id, g_ptr_array_index (sets, sets->len - 1), error))
        return FALSE;
    }
  return new.n == 0 || write_new_elements (&new, error);
}

static gboolean
remove_elements (KafDatabase *db,
                 const KafEntity *entity,
                 gint64 rid,
                 const char *field,
                 GPtrArray *elements,
                 const KafHlc *clock,
                 GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE \"%s_set\" SET removed = ? WHERE rid = ? AND field = ? AND value = ?", entity->id);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      KafStatement *statement = kaf_database_prepare (db, sql, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_blob (statement, 1, clock->bytes, KAF_HLC_SIZE, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, rid);
      kaf_statement_bind_text (statement, 3, field);
      kaf_statement_bind_text (statement, 4, element->value);
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* The order of a set is the order in which a person put it: written whole. */
static gboolean
order_elements (KafDatabase *db,
                const KafEntity *entity,
                gint64 rid,
                const char *field,
                const char *set,
                GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE \"%s_set\" SET position = ? WHERE rid = ? AND field = ? AND value = ?"
      " AND position <> ?",
      entity->id);
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      KafStatement *statement = kaf_database_prepare (db, sql, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int (statement, 1, i);
      sqlite3_bind_int64 (statement, 2, rid);
      kaf_statement_bind_text (statement, 3, field);
      kaf_statement_bind_text (statement, 4, element->value);
      sqlite3_bind_int (statement, 5, i);
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_writer_update_set (KafDatabase *db,
                       const KafEntity *entity,
                       gint64 rid,
                       const char *field,
                       const char *before,
                       const char *after,
                       const KafHlc *clock,
                       GError **error)
{
  g_autoptr (GPtrArray) added = kaf_set_difference (after, before);
  g_autoptr (GPtrArray) removed = kaf_set_difference (before, after);

  for (guint i = removed->len; i-- > 0;)
    {
      const KafElement *element = g_ptr_array_index (removed, i);

      if (after != NULL && kaf_set_contains (after, element->value))
        g_ptr_array_remove_index (removed, i); /* only its detail changed */
    }
  return remove_elements (db, entity, rid, field, removed, clock, error) &&
         write_elements (db, entity, rid, field, added, clock, error) &&
         order_elements (db, entity, rid, field, after, error);
}

/* SQLite tells nobody of a table without row numbers: the row itself is written too. */
static gboolean
tell_row (KafDatabase *db, const KafEntity *entity, gint64 rid, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("UPDATE \"%s\" SET clock = clock WHERE rid = ?", entity->id);

  return kaf_database_run_for (db, sql, rid, error);
}

gboolean
kaf_writer_order_set (KafDatabase *db,
                      const KafEntity *entity,
                      gint64 rid,
                      const char *field,
                      const char *set,
                      GError **error)
{
  return order_elements (db, entity, rid, field, set, error) && tell_row (db, entity, rid, error);
}

gboolean
kaf_writer_show_set (KafDatabase *db,
                     const KafEntity *entity,
                     gint64 rid,
                     const char *field,
                     const char *set,
                     GError **error)
{
  g_autofree char *drop =
      g_strdup_printf ("DELETE FROM \"%s_set\" WHERE rid = ? AND field = ?", entity->id);
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);
  KafStatement *statement = kaf_database_prepare (db, drop, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, field);
  return kaf_database_run (db, statement, error) &&
         write_elements (db, entity, rid, field, elements, NULL, error) &&
         tell_row (db, entity, rid, error);
}
