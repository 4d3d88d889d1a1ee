/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the rows of a list. Each table is gone through once, in the order in which its rows lie there, whatever
 * the order of the list; a value that comes back in row after row, a country or a degree, is put into words once. */
#include "config.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-money.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-missing.h"
#include "store/kaf-page.h"
#include "store/kaf-query-sql.h"
#include "store/kaf-read-private.h"
#include "store/kaf-row-private.h"

#define US_A_MINUTE (60 * G_USEC_PER_SEC)

typedef enum
{
  CELL_NONE,
  CELL_TITLE,
  CELL_TITLE_AR,
  CELL_REF,
  CELL_UPDATED,
  CELL_CREATED,
  CELL_AVAILABILITY,
  CELL_MISSING,
  CELL_SCALAR,
  CELL_SET,
  CELL_RELATED,
  CELL_DERIVED,
} CellKind;

/* A column. */
typedef struct
{
  CellKind kind;
  const KafField *field; /* NULL: no field */
  const KafEntity *holder, *related;
  int place,
      twin; /* in the table of the holder; @twin: its Arabic one, where that is to be shown, or -1 */
  gboolean plain;    /* told as it stands */
  GHashTable *words; /* canonical → text, those of the lot; NULL: each row has its own */
} Cell;

/* A row, and where it is to stand. */
typedef struct
{
  guint32 rid;
  guint at;
} Turn;

typedef struct
{
  KafDatabase *db;
  const KafEntity *entity, *root;
  KafLang lang;
  guint n_columns;
  KafRowLot *lot;
  Cell *cells;     /* one a column */
  GPtrArray *rows; /* of KafRow; NULL: gone */
  Turn *turns;     /* by rid */
  guint n_turns;
  gint64 minute; /* of the last stamp that was told */
  const char *told;
} Reader;

static void
row_unref0 (gpointer data)
{
  if (data != NULL)
    kaf_row_unref (data);
}

/* Cells */

static const char *
keep (Reader *self, const char *text)
{
  return kaf_row_lot_keep (self->lot, text);
}

/* @text: (transfer full) */
static const char *
take (Reader *self, char *text)
{
  const char *kept = keep (self, text);

  g_free (text);
  return kept;
}

static const char *
put_into_words (Reader *self, const Cell *cell, const char *value)
{
  return take (self,
               kaf_value_format (cell->field, value, self->lang, kaf_read_title_func, self->db));
}

/* What @value is told by; @raw: out, nullable, the value itself. Both are kept. */
static const char *
tell (Reader *self, const Cell *cell, const char *value, const char **raw)
{
  gpointer known = NULL, text = NULL;

  if (cell->words != NULL && !g_hash_table_lookup_extended (cell->words, value, &known, &text))
    {
      known = (gpointer) keep (self, value);
      text = (gpointer) put_into_words (self, cell, value);
      g_hash_table_insert (cell->words, known, text);
    }
  else if (cell->words == NULL)
    {
      known = (gpointer) keep (self, value);
      text = cell->plain ? known : (gpointer) put_into_words (self, cell, value);
    }
  if (raw != NULL)
    *raw = known;
  return text;
}

static void
fill_stamp (Reader *self, KafRow *row, guint at, gint64 when)
{
  char raw[32];

  if (when == 0)
    return;
  g_snprintf (raw, sizeof raw, "%" G_GINT64_FORMAT, when);
  row->raw[at] = (char *) keep (self, raw);
  /* What was entered together lies together. */
  if (self->told == NULL || self->minute != when / US_A_MINUTE)
    {
      self->told = take (self, kaf_time_format (when, self->lang));
      self->minute = when / US_A_MINUTE;
    }
  row->cells[at] = (char *) self->told;
}

/* What a statement is asked by: the number of the row on this device, or the id of its record. */
typedef enum
{
  BY_RID,
  BY_ID,
} Key;

/* A pass: @func is called with each row and the statement that asks of it; it steps itself. FALSE from it: an error. */
typedef gboolean (*PassFunc) (
    Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error);

static gboolean
pass (Reader *self, const char *sql, Key key, PassFunc func, gpointer data, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < self->n_turns; i++)
    {
      KafRow *row = g_ptr_array_index (self->rows, self->turns[i].at);

      if (row == NULL)
        continue;
      if (key == BY_ID)
        kaf_statement_bind_text (statement, 1, row->id);
      else
        sqlite3_bind_int64 (statement, 1, row->rid);
      done = func (self, row, statement, data, error);
      sqlite3_reset (statement);
    }
  return done;
}

/* Heads */

static gboolean
read_heads (Reader *self, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db, "SELECT id, title, title_ar FROM head WHERE rid = ? AND deleted = 0", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_turns && local == NULL; i++)
    {
      KafRow *row;

      sqlite3_bind_int64 (statement, 1, self->turns[i].rid);
      if (kaf_database_step (self->db, statement, &local))
        {
          row = kaf_row_lot_begin (self->lot, self->turns[i].at);
          row->rid = self->turns[i].rid;
          row->entity = self->entity;
          row->id = (char *) keep (self, kaf_statement_text (statement, 0));
          row->title = (char *) keep (self, kaf_statement_text (statement, 1));
          row->title_ar = (char *) keep (self, kaf_statement_text (statement, 2));
          self->rows->pdata[self->turns[i].at] = row;
        }
      sqlite3_reset (statement);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

/* The tables of the entity and of its root */

/* The fields of one of them that columns show. */
typedef struct
{
  const KafEntity *entity;
  gboolean any; /* columns show some */
  gboolean *wanted;
  const char **values; /* of the row that is read, by place in the table */
  GPtrArray *made;     /* those that lie in no row as they are */
} Part;

static void
part_init (Part *self, Reader *reader, const KafEntity *entity)
{
  guint n = kaf_entity_n_fields (entity);

  self->entity = entity;
  self->any = FALSE;
  self->wanted = g_new0 (gboolean, n + 1);
  self->values = g_new0 (const char *, n + 1);
  self->made = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reader->n_columns; i++)
    {
      const Cell *cell = &reader->cells[i];

      if (cell->kind != CELL_SCALAR || cell->holder != entity)
        continue;
      self->any = TRUE;
      self->wanted[cell->place] = TRUE;
      if (cell->twin >= 0)
        self->wanted[cell->twin] = TRUE;
    }
}

static void
part_clear (Part *self)
{
  g_free (self->wanted);
  g_free (self->values);
  g_ptr_array_unref (self->made);
}

/* Gives the column after it. */
static int
take_value (Part *self, guint field, KafStatement *statement, int at)
{
  const char *text = kaf_statement_text (statement, at);

  if (self->entity->fields[field].kind == KAF_KIND_MONEY)
    {
      const char *currency = kaf_statement_text (statement, ++at);

      text = currency != NULL ? kaf_money_make (sqlite3_column_int64 (statement, at - 1), currency)
                              : NULL;
      if (text != NULL)
        g_ptr_array_add (self->made, (gpointer) text);
    }
  self->values[field] = text != NULL && *text != '\0' ? text : NULL;
  return at + 1;
}

static void
fill_scalars (Reader *self, KafRow *row, const Part *part)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const Cell *cell = &self->cells[i];
      const char *value;

      if (cell->kind != CELL_SCALAR || cell->holder != part->entity)
        continue;
      value = part->values[cell->place];
      if (value != NULL)
        row->cells[i] = (char *) tell (self, cell, value, (const char **) &row->raw[i]);
      if (cell->twin >= 0 && part->values[cell->twin] != NULL)
        row->cells[i] = (char *) keep (self, part->values[cell->twin]);
    }
}

static void
fill_stamps (Reader *self, KafRow *row, KafStatement *statement)
{
  row->ref = (char *) keep (self, kaf_statement_text (statement, 0));
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].kind == CELL_CREATED)
      fill_stamp (self, row, i, sqlite3_column_int64 (statement, 1));
    else if (self->cells[i].kind == CELL_UPDATED)
      fill_stamp (self, row, i, sqlite3_column_int64 (statement, 2));
}

static gboolean
take_scalars (Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  Part *part = data;
  int column = 3; /* after ref, created_at, updated_at */
  GError *local = NULL;

  if (!kaf_database_step (self->db, statement, &local))
    return local == NULL || (g_propagate_error (error, local), FALSE);
  for (guint i = 0; part->entity->fields[i].id != NULL; i++)
    if (part->wanted[i])
      column = take_value (part, i, statement, column);
  if (part->entity == self->entity)
    fill_stamps (self, row, statement);
  fill_scalars (self, row, part);
  g_ptr_array_set_size (part->made, 0);
  return TRUE;
}

static gboolean
read_scalars (Reader *self, const KafEntity *entity, GError **error)
{
  Part part;
  g_autofree char *sql = NULL;
  gboolean done;

  part_init (&part, self, entity);
  sql = kaf_read_some_sql (entity, part.wanted);
  /* Of the entity itself each row has its reference. */
  done =
      (entity != self->entity && !part.any) || pass (self, sql, BY_RID, take_scalars, &part, error);
  part_clear (&part);
  return done;
}

/* Sets */

/* An element as it lies in the table; a person's order is kept beside it. */
typedef struct
{
  int position;
  guint value; /* where it begins in the text of the set */
  int detail;  /* the same; -1: nothing is said of it */
} Element;

/* What a set of one row holds: values, and what is said of them. */
typedef struct
{
  guint column;
  const char *field;
  GArray *elements; /* of Element */
  GString *text;    /* of them, each closed by a NUL */
} Set;

typedef struct
{
  const KafEntity *entity;
  GArray *sets;              /* of Set: those that columns show */
  GString *canonical, *told; /* of the set that is filled */
} Sets;

static void
set_clear (gpointer data)
{
  Set *self = data;

  g_array_unref (self->elements);
  g_string_free (self->text, TRUE);
}

static void
sets_init (Sets *self, const Reader *reader, const KafEntity *entity)
{
  self->entity = entity;
  self->canonical = g_string_new (NULL);
  self->told = g_string_new (NULL);
  self->sets = g_array_new (FALSE, FALSE, sizeof (Set));
  g_array_set_clear_func (self->sets, set_clear);
  for (guint i = 0; i < reader->n_columns; i++)
    if (reader->cells[i].kind == CELL_SET && reader->cells[i].holder == entity)
      {
        Set set = { i, reader->cells[i].field->id, g_array_new (FALSE, FALSE, sizeof (Element)),
                    g_string_new (NULL) };

        g_array_append_val (self->sets, set);
      }
}

static void
sets_clear (Sets *self)
{
  g_array_unref (self->sets);
  g_string_free (self->canonical, TRUE);
  g_string_free (self->told, TRUE);
}

static int
compare_elements (gconstpointer a, gconstpointer b)
{
  const Element *x = a, *y = b;

  return x->position - y->position;
}

static void
add_element (Set *self, KafStatement *statement)
{
  const char *value = kaf_statement_text (statement, 2);
  const char *detail = kaf_statement_text (statement, 3);
  Element element = { sqlite3_column_int (statement, 1), (guint) self->text->len, -1 };

  /* Never missing, but in a damaged file. */
  if (value == NULL || *value == '\0')
    return;
  g_string_append_len (self->text, value, (gssize) strlen (value) + 1);
  if (detail != NULL && *detail != '\0')
    {
      element.detail = (int) self->text->len;
      g_string_append_len (self->text, detail, (gssize) strlen (detail) + 1);
    }
  g_array_append_val (self->elements, element);
}

/* Sorted here: a sorter of SQLite's for five rows costs more than reading them. */
static void
fill_set (Reader *self, KafRow *row, Set *set, Sets *sets)
{
  const Cell *cell = &self->cells[set->column];

  g_string_truncate (sets->canonical, 0);
  g_string_truncate (sets->told, 0);
  if (set->elements->len > 1)
    g_array_sort (set->elements, compare_elements);
  for (guint i = 0; i < set->elements->len; i++)
    {
      const Element *element = &g_array_index (set->elements, Element, i);
      const char *value = set->text->str + element->value;
      const char *detail = element->detail >= 0 ? set->text->str + element->detail : NULL;

      if (i > 0)
        {
          g_string_append_c (sets->canonical, '\n');
          g_string_append (sets->told, self->lang == KAF_LANG_AR ? "، " : ", ");
        }
      g_string_append (sets->canonical, value);
      g_string_append (sets->told, tell (self, cell, value, NULL));
      if (detail == NULL)
        continue;
      g_string_append_c (sets->canonical, '\t');
      g_string_append (sets->canonical, detail);
      kaf_value_append_detail (sets->told, detail, self->lang);
    }
  row->raw[set->column] = (char *) keep (self, sets->canonical->str);
  row->cells[set->column] = (char *) keep (self, sets->told->str);
  g_array_set_size (set->elements, 0);
  g_string_truncate (set->text, 0);
}

static gboolean
take_sets (Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  Sets *sets = data;
  GError *local = NULL;

  while (kaf_database_step (self->db, statement, &local))
    {
      const char *field = kaf_statement_text (statement, 0);

      for (guint i = 0; field != NULL && i < sets->sets->len; i++)
        if (strcmp (g_array_index (sets->sets, Set, i).field, field) == 0)
          add_element (&g_array_index (sets->sets, Set, i), statement);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  /* The words may be read by other statements. */
  sqlite3_reset (statement);
  for (guint i = 0; i < sets->sets->len; i++)
    {
      Set *set = &g_array_index (sets->sets, Set, i);

      if (set->elements->len > 0)
        fill_set (self, row, set, sets);
    }
  return TRUE;
}

static gboolean
read_sets (Reader *self, const KafEntity *entity, GError **error)
{
  Sets sets;
  gboolean done = TRUE;

  sets_init (&sets, self, entity);
  if (sets.sets->len > 0)
    {
      g_autoptr (GString) sql = g_string_new ("SELECT field, position, value, detail FROM");

      g_string_append_printf (sql, " \"%s_set\" WHERE rid = ? AND removed IS NULL", entity->id);
      /* They lie side by side: to walk over the others is quicker than to look for each. */
      for (guint i = 0; i < sets.sets->len; i++)
        g_string_append_printf (sql, "%s'%s'", i == 0 ? " AND +field IN (" : ", ",
                                g_array_index (sets.sets, Set, i).field);
      g_string_append_c (sql, ')');

      done = pass (self, sql->str, BY_RID, take_sets, &sets, error);
    }
  sets_clear (&sets);
  return done;
}

/* Columns that other records fill */

/* Texts of the related records' field, joined, e.g. the networks of a person: "DMK, C3M". */
static gboolean
take_related (Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  const Cell *cell = data;
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
      g_string_append (text, tell (self, cell, value, NULL));
      g_string_append (raw, value);
    }
  if (raw->len > 0)
    {
      row->cells[at] = (char *) keep (self, text->str);
      row->raw[at] = (char *) keep (self, raw->str);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
read_related (Reader *self, Cell *cell, GError **error)
{
  const KafField *parent = kaf_query_sql_parent_field (cell->related, self->root);
  g_autofree char *sql = NULL;

  if (parent == NULL || kaf_field_is_many (cell->field))
    return TRUE;
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE \"%s\" = ? AND deleted_at IS NULL"
                         " AND \"%s\" IS NOT NULL LIMIT 20",
                         cell->field->id, cell->related->id, parent->id, cell->field->id);
  return pass (self, sql, BY_ID, take_related, cell, error);
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
    Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
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
  row->cells[calling->column] =
      (char *) take (self, describe_availability (&nearest, calling->today, self->lang));
  row->raw[calling->column] = (char *) keep (self, nearest.kind);
  return TRUE;
}

static gboolean
read_availability (Reader *self, guint column, GError **error)
{
  Calling calling = { column, kaf_date_from_time (kaf_clock_now (self->db->clock)) };
  gboolean done = pass (self,
                        "SELECT kind, valid_from, valid_to FROM availability WHERE person = ?1 AND"
                        " valid_to >= ?2 AND deleted_at IS NULL",
                        BY_ID, take_availability, &calling, error);

  g_free (calling.today);
  return done;
}

/* What the person can be asked for. */
static gboolean
read_missing (Reader *self, guint column, GError **error)
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
      row->cells[column] = (char *) take (self, kaf_missing_describe (bits, self->lang));
      row->raw[column] = (char *) take (self, kaf_missing_to_codes (bits));
    }
  return missing != NULL;
}

/* Where a mission stands; when a person reached a stage. */
static gboolean
take_derived (Reader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  const Cell *cell = data;
  guint at = (guint) (cell - self->cells);
  GError *local = NULL;

  if (!kaf_database_step (self->db, statement, &local))
    return local == NULL || (g_propagate_error (error, local), FALSE);
  if (kaf_statement_text (statement, 0) != NULL)
    row->cells[at] = (char *) tell (self, cell, kaf_statement_text (statement, 0),
                                    (const char **) &row->raw[at]);
  return TRUE;
}

static gboolean
read_derived (Reader *self, Cell *cell, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM %s WHERE rid = ?", cell->field->id,
                                          kaf_derived_get_table (cell->field));

  return pass (self, sql, BY_RID, take_derived, cell, error);
}

static gboolean
read_column (Reader *self, guint column, GError **error)
{
  Cell *cell = &self->cells[column];

  switch (cell->kind)
    {
    case CELL_AVAILABILITY:
      return read_availability (self, column, error);
    case CELL_MISSING:
      return read_missing (self, column, error);
    case CELL_RELATED:
      return read_related (self, cell, error);
    case CELL_DERIVED:
      return read_derived (self, cell, error);
    default:
      return TRUE;
    }
}

/* What the columns ask for */

/* The Arabic twin of a text: office and office_ar, headline_fr and headline_ar. */
static const KafField *
find_twin (const KafEntity *entity, const KafField *field)
{
  gboolean french = g_str_has_suffix (field->id, "_fr");
  g_autofree char *name = g_strdup_printf (
      "%.*s_ar", (int) (strlen (field->id) - (french ? strlen ("_fr") : 0)), field->id);

  return field->kind == KAF_KIND_TEXT && !kaf_field_is_many (field)
             ? kaf_entity_find_field (entity, name)
             : NULL;
}

/* Whether few values fill many rows. */
static gboolean
comes_back (const KafField *field)
{
  switch (field->kind)
    {
    case KAF_KIND_INTEGER:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
    case KAF_KIND_BOOLEAN:
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
resolve_field (Reader *self, Cell *cell, const char *path)
{
  const KafField *twin;

  cell->field = kaf_query_resolve (self->entity, path, &cell->holder, &cell->related);
  if (cell->field == NULL)
    return;
  if (comes_back (cell->field))
    cell->words = g_hash_table_new (g_str_hash, g_str_equal);
  cell->plain = cell->field->kind == KAF_KIND_TEXT || cell->field->kind == KAF_KIND_LONG_TEXT;
  if (cell->related != NULL)
    cell->kind = CELL_RELATED;
  else if (kaf_field_is_derived (cell->field))
    cell->kind = CELL_DERIVED;
  else if (kaf_field_is_many (cell->field))
    cell->kind = CELL_SET;
  else
    cell->kind = CELL_SCALAR;
  if (cell->kind != CELL_SCALAR)
    return;
  cell->place = kaf_entity_field_index (cell->holder, cell->field->id);
  twin = self->lang == KAF_LANG_AR ? find_twin (cell->holder, cell->field) : NULL;
  cell->twin = twin != NULL ? kaf_entity_field_index (cell->holder, twin->id) : -1;
}

static void
resolve_cell (Reader *self, Cell *cell, const char *path)
{
  if (g_str_equal (path, "title"))
    cell->kind = CELL_TITLE;
  else if (g_str_equal (path, "title_ar") && kaf_entity_find_field (self->entity, path) == NULL)
    cell->kind = CELL_TITLE_AR;
  else if (g_str_equal (path, "availability"))
    cell->kind = CELL_AVAILABILITY;
  else if (g_str_equal (path, KAF_QUALITY_MISSING))
    cell->kind = CELL_MISSING;
  else if (g_str_equal (path, "ref"))
    cell->kind = CELL_REF;
  else if (g_str_equal (path, "updated_at"))
    cell->kind = CELL_UPDATED;
  else if (g_str_equal (path, "created_at"))
    cell->kind = CELL_CREATED;
  else
    resolve_field (self, cell, path);
}

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const Turn *x = a, *y = b;

  return x->rid < y->rid ? -1 : x->rid > y->rid ? 1 : 0;
}

static void
reader_init (Reader *self, const guint32 *rids, guint n_rids, const char *const *columns)
{
  self->rows = g_ptr_array_new_full (n_rids, row_unref0);
  g_ptr_array_set_size (self->rows, (int) n_rids);
  self->lot = kaf_row_lot_new (n_rids, self->n_columns);
  self->turns = g_new (Turn, n_rids);
  self->n_turns = n_rids;
  for (guint i = 0; i < n_rids; i++)
    self->turns[i] = (Turn){ rids[i], i };
  qsort (self->turns, n_rids, sizeof *self->turns, compare_turns);
  self->cells = g_new0 (Cell, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    resolve_cell (self, &self->cells[i], columns[i]);
}

static void
reader_clear (Reader *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->cells[i].words, g_hash_table_unref);
  g_free (self->cells);
  g_free (self->turns);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  kaf_row_lot_unref (self->lot);
}

/* What the row has of itself. */
static void
copy_heads (Reader *self)
{
  for (guint r = 0; r < self->rows->len; r++)
    for (guint i = 0; self->rows->pdata[r] != NULL && i < self->n_columns; i++)
      {
        KafRow *row = self->rows->pdata[r];
        CellKind kind = self->cells[i].kind;

        if (kind == CELL_TITLE)
          row->cells[i] = row->title;
        else if (kind == CELL_TITLE_AR)
          row->cells[i] = row->title_ar;
        else if (kind == CELL_REF)
          row->cells[i] = row->ref;
      }
}

static gboolean
read_all (Reader *self, GError **error)
{
  gboolean apart = self->root != self->entity;

  if (!read_heads (self, error) || !read_scalars (self, self->entity, error) ||
      !read_sets (self, self->entity, error))
    return FALSE;
  if (apart && (!read_scalars (self, self->root, error) || !read_sets (self, self->root, error)))
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (!read_column (self, i, error))
      return FALSE;
  copy_heads (self);
  return TRUE;
}

GPtrArray *
kaf_page_rows (KafDatabase *db,
               const KafEntity *entity,
               const guint32 *rids,
               guint n_rids,
               const char *const *columns,
               KafLang lang,
               GError **error)
{
  Reader reader = { db, entity, kaf_entity_get_root (entity), lang,
                    columns != NULL ? g_strv_length ((char **) columns) : 0 };
  GPtrArray *rows = NULL;

  reader_init (&reader, rids, n_rids, columns);
  if (read_all (&reader, error))
    rows = g_steal_pointer (&reader.rows);
  reader_clear (&reader);
  return rows;
}
