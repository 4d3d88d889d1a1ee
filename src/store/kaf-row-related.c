/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the columns that other records fill: their texts joined, the next availability, where something stands. */
#include "config.h"

#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-missing.h"
#include "store/kaf-query-sql.h"
#include "store/kaf-row-reader.h"

/* Texts of the related records' field, joined, e.g. the networks of a person: "DMK, C3M". */
static gboolean
take_related (
    KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  const KafRowCell *cell = data;
  guint at = (guint) (cell - self->cells);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) raw = g_string_new (NULL);
  GError *local = NULL;

  while (kaf_database_step (self->db, statement, &local))
    {
      const char *value = kaf_statement_text (statement, 0);

      if (raw->len > 0)
        {
          g_string_append (text, self->lang == KAF_LANG_AR ? "، " : ", ");
          g_string_append_c (raw, '\n');
        }
      kaf_row_reader_append (self, cell, value, text);
      g_string_append (raw, value);
    }
  if (raw->len > 0)
    {
      row->cells[at] = (char *) kaf_row_reader_keep (self, text->str);
      row->raw[at] = (char *) kaf_row_reader_keep (self, raw->str);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
read_related (KafRowReader *self, KafRowCell *cell, GError **error)
{
  const KafField *parent = kaf_query_sql_parent_field (cell->related, self->root);
  g_autofree char *sql = NULL;

  if (parent == NULL || kaf_field_is_many (cell->field))
    return TRUE;
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE \"%s\" = ? AND deleted_at IS NULL"
                         " AND \"%s\" IS NOT NULL LIMIT 20",
                         cell->field->id, cell->related->id, parent->id, cell->field->id);
  return kaf_row_reader_pass (self, sql, KAF_ROW_BY_ID, take_related, cell, error);
}

/* What one availability says; kind NULL: nothing yet. */
typedef struct
{
  char *kind, *from, *to;
} Nearest;

static void
nearest_clear (Nearest *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Nearest, nearest_clear)

/* Whether one availability says more than another of when to call: what holds today first,
 * then the nearest; being busy later comes last. */
static gboolean
is_nearer (const char *kind, const char *from, const Nearest *so_far, const char *today)
{
  gboolean later_busy = g_str_equal (kind, "busy") && strcmp (from, today) > 0;
  gboolean so_far_busy = g_strcmp0 (so_far->kind, "busy") == 0 && strcmp (so_far->from, today) > 0;

  if (so_far->kind == NULL)
    return TRUE;
  if (later_busy != so_far_busy)
    return so_far_busy;
  return strcmp (from, so_far->from) < 0;
}

/* "free", while it lasts; "free · 6–13 Jan" before */
static char *
describe_availability (const Nearest *nearest, const char *today, KafLang lang)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("availability"), "kind");
  g_autofree char *label = kaf_value_format (field, nearest->kind, lang, NULL, NULL);
  g_autofree char *word = g_utf8_strdown (label, -1); /* it goes on in a line */
  g_autofree char *days = NULL;

  if (strcmp (nearest->from, today) <= 0)
    return g_steal_pointer (&word);
  days = kaf_date_format_span (nearest->from, nearest->to, today, lang);
  return g_strdup_printf ("%s · %s", word, days);
}

/* The next availability from today on: what one asks before calling. */
typedef struct
{
  guint column;
  char *today;
} Calling;

static gboolean
take_availability (
    KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  const Calling *calling = data;
  g_auto (Nearest) nearest = { NULL, NULL, NULL };
  GError *local = NULL;

  kaf_statement_bind_text (statement, 2, calling->today);
  while (kaf_database_step (self->db, statement, &local))
    {
      const char *kind = kaf_statement_text (statement, 0);
      const char *from = kaf_statement_text (statement, 1);

      if (!is_nearer (kind, from, &nearest, calling->today))
        continue;
      nearest_clear (&nearest);
      nearest.kind = g_strdup (kind);
      nearest.from = g_strdup (from);
      nearest.to = g_strdup (kaf_statement_text (statement, 2));
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (nearest.kind == NULL)
    return TRUE;
  row->cells[calling->column] = (char *) kaf_row_reader_take (
      self, describe_availability (&nearest, calling->today, self->lang));
  row->raw[calling->column] = (char *) kaf_row_reader_keep (self, nearest.kind);
  return TRUE;
}

static gboolean
read_availability (KafRowReader *self, guint column, GError **error)
{
  Calling calling = { column, kaf_date_from_time (kaf_clock_now (self->db->clock)) };
  gboolean done = kaf_row_reader_pass (
      self,
      "SELECT kind, valid_from, valid_to FROM availability WHERE person = ?1 AND"
      " valid_to >= ?2 AND deleted_at IS NULL",
      KAF_ROW_BY_ID, take_availability, &calling, error);

  g_free (calling.today);
  return done;
}

/* What the person can be asked for. */
static gboolean
read_missing (KafRowReader *self, guint column, GError **error)
{
  g_autoptr (KafMissing) missing = kaf_missing_new (self->db, self->entity, error);

  for (guint i = 0; missing != NULL && i < self->n_turns; i++)
    {
      KafRow *row = g_ptr_array_index (self->rows, self->turns[i].at);
      guint bits;

      if (row == NULL)
        continue;
      if (!kaf_missing_read (missing, row->rid, &bits, error))
        return FALSE;
      row->cells[column] =
          (char *) kaf_row_reader_take (self, kaf_missing_describe (bits, self->lang));
      row->raw[column] = (char *) kaf_row_reader_take (self, kaf_missing_to_codes (bits));
    }
  return missing != NULL;
}

/* Where a mission stands; when a person reached a stage. */
static gboolean
take_derived (
    KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  const KafRowCell *cell = data;
  guint at = (guint) (cell - self->cells);
  GError *local = NULL;

  if (!kaf_database_step (self->db, statement, &local))
    return local == NULL || (g_propagate_error (error, local), FALSE);
  if (kaf_statement_text (statement, 0) != NULL)
    row->cells[at] = (char *) kaf_row_reader_tell (self, cell, kaf_statement_text (statement, 0),
                                                   (const char **) &row->raw[at]);
  return TRUE;
}

static gboolean
read_derived (KafRowReader *self, KafRowCell *cell, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM %s WHERE rid = ?", cell->field->id,
                                          kaf_derived_get_table (cell->field));

  return kaf_row_reader_pass (self, sql, KAF_ROW_BY_RID, take_derived, cell, error);
}

gboolean
kaf_row_reader_column (KafRowReader *self, guint column, GError **error)
{
  KafRowCell *cell = &self->cells[column];

  switch (cell->kind)
    {
    case KAF_ROW_CELL_AVAILABILITY:
      return read_availability (self, column, error);
    case KAF_ROW_CELL_MISSING:
      return read_missing (self, column, error);
    case KAF_ROW_CELL_RELATED:
      return read_related (self, cell, error);
    case KAF_ROW_CELL_DERIVED:
      return read_derived (self, cell, error);
    default:
      return TRUE;
    }
}
