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
fill_set (KafRowReader *self, KafRow *row, Set *set, Sets *sets)
{
  const KafRowCell *cell = &self->cells[set->column];

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
      g_string_append (sets->told, kaf_row_reader_tell (self, cell, value, NULL));
      if (detail == NULL)
        continue;
      g_string_append_c (sets->canonical, '\t');
      g_string_append (sets->canonical, detail);
      kaf_value_append_detail (sets->told, detail, self->lang);
    }
  row->raw[set->column] = (char *) kaf_row_reader_keep (self, sets->canonical->str);
  row->cells[set->column] = (char *) kaf_row_reader_keep (self, sets->told->str);
  g_array_set_size (set->elements, 0);
  g_string_truncate (set->text, 0);
}

static gboolean
take_sets (KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
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

gboolean
kaf_row_reader_sets (KafRowReader *self, const KafEntity *entity, GError **error)
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

      done = kaf_row_reader_pass (self, sql->str, KAF_ROW_BY_RID, take_sets, &sets, error);
    }
  sets_clear (&sets);
  return done;
}
