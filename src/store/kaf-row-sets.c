/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the columns that show sets. */
#include "config.h"

#include <string.h>

#include "schema/kaf-value.h"
#include "store/kaf-row-reader.h"

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
  guint turn;                /* of the row whose elements are read */
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
sets_init (Sets *self, const KafRowReader *reader, const KafEntity *entity)
{
  self->entity = entity;
  self->turn = G_MAXUINT;
  self->canonical = g_string_new (NULL);
  self->told = g_string_new (NULL);
  self->sets = g_array_new (FALSE, FALSE, sizeof (Set));
  g_array_set_clear_func (self->sets, set_clear);
  for (guint i = 0; i < reader->n_columns; i++)
    if (reader->cells[i].kind == KAF_ROW_CELL_SET && reader->cells[i].holder == entity)
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

/* Where it belongs: sets are short, and most of them lie in order. */
static void
insert_element (GArray *elements, const Element *element)
{
  guint at = elements->len;

  while (at > 0 && g_array_index (elements, Element, at - 1).position > element->position)
    at--;
  g_array_insert_vals (elements, at, element, 1);
}

static void
add_element (Set *self, KafStatement *statement)
{
  const char *value = kaf_statement_text (statement, 3);
  const char *detail = kaf_statement_text (statement, 4);
  Element element = { sqlite3_column_int (statement, 2), (guint) self->text->len, -1 };

  /* Never missing, but in a damaged file. */
  if (value == NULL || *value == '\0')
    return;
  g_string_append_len (self->text, value, (gssize) strlen (value) + 1);
  if (detail != NULL && *detail != '\0')
    {
      element.detail = (int) self->text->len;
      g_string_append_len (self->text, detail, (gssize) strlen (detail) + 1);
    }
  /* Sorted here: a sorter of SQLite's for five rows costs more than reading them. */
  insert_element (self->elements, &element);
}

/* Of one value alone there is nothing to join. */
static void
fill_one (KafRowReader *self, KafRow *row, const Set *set)
{
  const KafRowCell *cell = &self->cells[set->column];

  row->cells[set->column] = (char *) kaf_row_reader_tell (
      self, cell, set->text->str + g_array_index (set->elements, Element, 0).value,
      (const char **) &row->raw[set->column]);
}

static gboolean
is_one_value (const Set *set)
{
  return set->elements->len == 1 && g_array_index (set->elements, Element, 0).detail < 0;
}

static void
fill_set (KafRowReader *self, KafRow *row, Set *set, Sets *sets)
{
  const KafRowCell *cell = &self->cells[set->column];

  g_string_truncate (sets->canonical, 0);
  g_string_truncate (sets->told, 0);
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
      kaf_row_reader_append (self, cell, value, sets->told);
      if (detail == NULL)
        continue;
      g_string_append_c (sets->canonical, '\t');
      g_string_append (sets->canonical, detail);
      kaf_value_append_detail (sets->told, detail, self->lang);
    }
  row->raw[set->column] = (char *) kaf_row_reader_keep (self, sets->canonical->str);
  row->cells[set->column] = (char *) kaf_row_reader_keep (self, sets->told->str);
}

/* What was read of a row. */
static void
fill_row (KafRowReader *self, Sets *sets)
{
  KafRow *row = sets->turn < self->n_turns
                    ? g_ptr_array_index (self->rows, self->turns[sets->turn].at)
                    : NULL;

  for (guint i = 0; i < sets->sets->len; i++)
    {
      Set *set = &g_array_index (sets->sets, Set, i);

      if (row != NULL && is_one_value (set))
        fill_one (self, row, set);
      else if (row != NULL && set->elements->len > 0)
        fill_set (self, row, set, sets);
      g_array_set_size (set->elements, 0);
      g_string_truncate (set->text, 0);
    }
}

static void
take_element (KafRowReader *self, guint turn, KafStatement *statement, gpointer data)
{
  Sets *sets = data;
  const char *field = kaf_statement_text (statement, 1);

  if (turn != sets->turn)
    {
      fill_row (self, sets);
      sets->turn = turn;
    }
  for (guint i = 0; field != NULL && i < sets->sets->len; i++)
    if (strcmp (g_array_index (sets->sets, Set, i).field, field) == 0)
      add_element (&g_array_index (sets->sets, Set, i), statement);
}

/* Elements lie side by side: to walk over the others is quicker than to look for each. */
static char *
print_sets_sql (const Sets *self)
{
  GString *sql = g_string_new ("SELECT t.key, s.field, s.position, s.value, s.detail");

  g_string_append_printf (sql,
                          " FROM " KAF_ROW_TURNS " t CROSS JOIN \"%s_set\" s ON s.rid = t.value"
                          " WHERE s.removed IS NULL",
                          self->entity->id);
  for (guint i = 0; i < self->sets->len; i++)
    g_string_append_printf (sql, "%s+s.field = '%s'", i == 0 ? " AND (" : " OR ",
                            g_array_index (self->sets, Set, i).field);
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

gboolean
kaf_row_reader_sets (KafRowReader *self, const KafEntity *entity, GError **error)
{
  Sets sets;
  gboolean done = TRUE;

  sets_init (&sets, self, entity);
  if (sets.sets->len > 0)
    {
      g_autofree char *sql = print_sets_sql (&sets);

      done = kaf_row_reader_walk (self, sql, take_element, &sets, error);
      fill_row (self, &sets);
    }
  sets_clear (&sets);
  return done;
}
