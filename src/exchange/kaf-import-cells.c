/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of several kinds of cells, in an order: the country first, by which phones are read, then fields, then names in
 * one piece, for those that no column of their own has given. */
#include "config.h"

#include "exchange/kaf-import-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "base/kaf-validation-error.h"
#include "exchange/kaf-cell.h"
#include "exchange/kaf-code-list.h"
#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-explain.h"
#include "exchange/kaf-import-bodies.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-read.h"

/* Words that are remembered as unknown; a column mapped wrongly has thousands. */
#define UNKNOWN_MAX 500

struct _KafImportCells
{
  KafDatabase *db;
  const KafImportMap *map;
  const KafEntity *parts[KAF_IMPORT_PARTS];
  KafCellReader *references;
  GHashTable *lists;   /* const KafField → KafCodeList */
  GHashTable *unknown; /* "COLUMN\tFOLDED" → KafImportWord, of words */
  GPtrArray *words;
  const char *country;     /* of the row at hand */
  KafImportBodies *bodies; /* NULL until one is named */
};

static void
word_free (gpointer data)
{
  KafImportWord *word = data;

  g_free (word->text);
  g_free (word);
}

KafImportCells *
kaf_import_cells_new (KafDatabase *db, const KafImportMap *map)
{
  KafImportCells *self = g_new0 (KafImportCells, 1);
  const KafEntity *root = kaf_entity_get_root (map->entity);

  self->db = db;
  self->map = map;
  self->parts[0] = root;
  self->parts[1] = root != map->entity ? map->entity : NULL;
  self->references = kaf_cell_reader_new (db);
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) kaf_code_list_free);
  self->unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->words = g_ptr_array_new_with_free_func (word_free);
  return self;
}

void
kaf_import_cells_free (KafImportCells *self)
{
  if (self == NULL)
    return;
  kaf_cell_reader_free (self->references);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->unknown);
  g_ptr_array_unref (self->words);
  kaf_import_bodies_free (self->bodies);
  g_free (self);
}

/* ---- Lists ---- */

static const KafEntity *
get_list (const KafField *field)
{
  const KafEntity *target = field->target != NULL ? kaf_registry_find (field->target) : NULL;

  return target != NULL && kaf_entity_has (target, KAF_ENTITY_LIST) ? target : NULL;
}

gboolean
kaf_import_cells_is_list (const KafField *field)
{
  return field != NULL && (field->kind == KAF_KIND_CHOICE || get_list (field) != NULL);
}

static KafListItem *
make_item (const KafChoice *choice, KafLang lang)
{
  KafListItem *item = g_new0 (KafListItem, 1);

  item->code = g_strdup (choice->code);
  item->title = g_strdup (g_dgettext (GETTEXT_PACKAGE, choice->label));
  return item;
}

GPtrArray *
kaf_import_cells_list_codes (KafDatabase *db, const KafField *field, KafLang lang)
{
  GPtrArray *items;

  if (get_list (field) != NULL)
    {
      items = kaf_read_list (db, field->target, lang, NULL);
      if (items != NULL)
        return items;
    }
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_list_item_free);
  for (const KafChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    g_ptr_array_add (items, make_item (choice, lang));
  return items;
}

static KafCodeList *
get_codes (KafImportCells *self, const KafField *field)
{
  KafCodeList *list = g_hash_table_lookup (self->lists, field);

  if (list != NULL)
    return list;
  list = kaf_code_list_new ();
  g_hash_table_insert (self->lists, (gpointer) field, list);
  kaf_code_list_add_choices (list, field);
  for (KafLang lang = 0; get_list (field) != NULL && lang <= KAF_LANG_AR; lang++)
    {
      g_autoptr (GPtrArray) items = kaf_read_list (self->db, field->target, lang, NULL);

      for (guint i = 0; items != NULL && i < items->len; i++)
        {
          const KafListItem *item = g_ptr_array_index (items, i);

          kaf_code_list_add (list, item->code, item->code);
          if (item->title != NULL)
            kaf_code_list_add (list, item->code, item->title);
        }
    }
  return list;
}

/* The code of a word; "" when it is to be left out; NULL: to be asked. */
static const char *
find_code (KafImportCells *self,
           const KafImportColumn *column,
           const KafField *field,
           const char *text)
{
  g_autofree char *folded = g_strstrip (kaf_fold (text));
  const char *code = column != NULL && column->values != NULL
                         ? g_hash_table_lookup (column->values, folded)
                         : NULL;

  return code != NULL ? code : kaf_code_list_find (get_codes (self, field), text);
}

static void
note_unknown (KafImportCells *self, guint column, const char *text)
{
  g_autofree char *folded = g_strstrip (kaf_fold (text));
  g_autofree char *key = g_strdup_printf ("%u\t%s", column, folded);
  KafImportWord *word = g_hash_table_lookup (self->unknown, key);

  if (word == NULL && self->words->len >= UNKNOWN_MAX)
    return;
  if (word == NULL)
    {
      word = g_new0 (KafImportWord, 1);
      word->column = column;
      word->text = g_strdup (text);
      g_ptr_array_add (self->words, word);
      g_hash_table_insert (self->unknown, g_steal_pointer (&key), word);
    }
  word->n++;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const KafImportWord *x = *(KafImportWord *const *) a, *y = *(KafImportWord *const *) b;

  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return x->n != y->n ? (x->n > y->n ? -1 : 1) : g_strcmp0 (x->text, y->text);
}

GPtrArray *
kaf_import_cells_get_unknown (KafImportCells *self)
{
  g_ptr_array_sort (self->words, compare_words);
  return self->words;
}

/* ---- One cell ---- */

/* A cell while it is read. */
typedef struct
{
  KafImportCells *self;
  KafImportRow *row;
  guint column; /* of the map; its length for a constant */
  const KafField *field;
} Cell;

static void
add_fault (Cell *cell, char *sentence)
{
  g_autofree char *own = sentence;
  g_autofree char *before = g_steal_pointer (&cell->row->fault);
  const char *label = g_dgettext (GETTEXT_PACKAGE, cell->field->label);

  if (before == NULL)
    cell->row->fault_column =
        cell->column < cell->self->map->columns->len ? (int) cell->column : -1;
  /* Translators: the name of a field, and a sentence that says what is wrong with its value */
  own = g_strdup_printf (_ ("%s: %s"), label, sentence);
  g_free (sentence);
  cell->row->fault = before != NULL ? g_strconcat (before, " ", own, NULL) : g_steal_pointer (&own);
}

/* What offices write where they know nothing. */
static gboolean
says_nothing (const KafTableCell *cell)
{
  static const char *const fillers[] = { "-",     "--", "–",    "—",      "/",  "//",    ".",
                                         "…",     "?",  "x",    "n/a",    "na", "néant", "ras",
                                         "neant", "nd", "null", "لا شيء", NULL };
  g_autofree char *text = g_strstrip (g_utf8_strdown (cell->text, -1));

  return cell->type == KAF_TABLE_CELL_EMPTY || *text == '\0' || g_strv_contains (fillers, text);
}

/* "12/31/1980" to "31/12/1980" where the month stands first; a day and an hour to the day. */
static char *
order_date (const KafImportMap *map, const KafTableCell *cell)
{
  g_auto (GStrv) parts = NULL;

  if (cell->type == KAF_TABLE_CELL_DATE_TIME)
    return g_strndup (cell->text, 10);
  if (cell->type != KAF_TABLE_CELL_TEXT || !map->month_first)
    return g_strdup (cell->text);
  parts = g_strsplit_set (cell->text, "/-. ", -1);
  if (g_strv_length (parts) != 3 || strlen (parts[2]) != 4)
    return g_strdup (cell->text);
  return g_strdup_printf ("%s/%s/%s", parts[1], parts[0], parts[2]);
}

/* A year out of a day, where the year alone is kept. */
static char *
take_year (const KafImportMap *map, const KafTableCell *cell)
{
  g_autofree char *text = order_date (map, cell);
  g_autofree char *day = kaf_date_normalise (text, TRUE, NULL);

  return day != NULL ? g_strndup (day, 4) : g_strdup (text);
}

static gboolean
is_year (const KafField *field)
{
  return g_str_has_suffix (field->id, "_year");
}

static char *
get_text (const KafImportMap *map, const KafField *field, const KafTableCell *cell)
{
  g_autofree char *text = NULL;

  if (field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE)
    text = order_date (map, cell);
  else if (is_year (field))
    text = take_year (map, cell);
  else
    text = g_strdup (cell->text);
  return g_strdup (g_strstrip (text));
}

/* The field of the other script, where the text is in it: names are in the column of either. */
static const KafField *
by_script (const KafEntity *entity, const KafField *field, const char *text)
{
  gboolean arabic = kaf_text_is_arabic (text);
  g_autofree char *stem = NULL;
  g_autofree char *other = NULL;
  const KafField *found;

  if (field->kind != KAF_KIND_TEXT || arabic == kaf_field_has (field, KAF_FIELD_ARABIC))
    return field;
  stem = g_strdup (field->id);
  if (g_str_has_suffix (stem, "_ar") || g_str_has_suffix (stem, "_fr"))
    stem[strlen (stem) - 3] = '\0';
  other = arabic ? g_strconcat (stem, "_ar", NULL) : g_strdup (stem);
  found = kaf_entity_find_field (entity, other);
  if (found == NULL && !arabic)
    {
      g_free (other);
      other = g_strconcat (stem, "_fr", NULL);
      found = kaf_entity_find_field (entity, other);
    }
  return found != NULL ? found : field;
}

/* Puts a value to those that the row has said of the field already. */
static void
put (KafRecord *record, const KafField *field, const char *canonical)
{
  const char *before = kaf_record_get (record, field->id);
  g_autofree char *joined = NULL;

  if (canonical == NULL || *canonical == '\0')
    return;
  if (before == NULL)
    joined = g_strdup (canonical);
  else if (kaf_field_is_many (field))
    {
      g_autofree char *both = g_strconcat (before, "\n", canonical, NULL);

      joined = kaf_set_unite (both);
    }
  else if (field->kind == KAF_KIND_TEXT)
    joined = g_strconcat (before, " ", canonical, NULL);
  else if (field->kind == KAF_KIND_LONG_TEXT)
    joined = g_strconcat (before, "\n", canonical, NULL);
  else
    return; /* the first column that says it */
  kaf_record_set (record, field->id, joined);
}

/* An organisation by what the cell calls it; @why (out) when several are called so. FALSE for an error of the store. */
static gboolean
find_body (Cell *cell, const char *text, char **canonical, char **why, GError **error)
{
  const KafField *field = cell->field;
  const KafEntity *target = field->target != NULL ? kaf_registry_find (field->target) : NULL;
  gboolean several = FALSE;

  if (field->kind != KAF_KIND_REFERENCE || target == NULL ||
      kaf_entity_get_root (target) != kaf_registry_find ("organisation"))
    return TRUE;
  if (cell->self->bodies == NULL)
    cell->self->bodies = kaf_import_bodies_new (cell->self->db, error);
  if (cell->self->bodies == NULL)
    return FALSE;
  *canonical = g_strdup (kaf_import_bodies_find (cell->self->bodies, target, text, &several));
  if (several)
    *why = g_strdup (_ ("Several records are called so: say which with its reference."));
  return TRUE;
}

/* One value that is no word of a list. FALSE for an error of the store. */
static gboolean
read_plain (Cell *cell, const char *text, char **canonical, GError **error)
{
  const KafCellContext context = { cell->self->map->source, cell->self->country };
  g_autofree char *suggestion = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *why = NULL;
  g_autoptr (GError) local = NULL;

  /* A bar or a backslash of the value parts no set here. */
  if (kaf_field_is_many (cell->field))
    {
      g_autofree char *set = kaf_set_add (NULL, text, NULL);

      escaped = kaf_set_to_csv (set);
    }
  if (kaf_cell_reader_parse (cell->self->references, cell->field, escaped != NULL ? escaped : text,
                             &context, canonical, &suggestion, &local))
    return TRUE;
  if (local->domain != KAF_VALIDATION_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_error_matches (local, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE) &&
      !find_body (cell, text, canonical, &why, error))
    return FALSE;
  if (*canonical != NULL)
    return TRUE;
  /* A number as it is dialled at home, in a row that says where that is. */
  if (cell->field->kind == KAF_KIND_PHONE && suggestion != NULL && cell->self->country != NULL)
    *canonical = g_steal_pointer (&suggestion);
  else
    {
      if (why == NULL)
        why = kaf_explain (cell->field, suggestion, local);
      /* Translators: a value as the file has it, and what is wrong with it */
      add_fault (cell, g_strdup_printf (_ ("“%s”. %s"), text, why));
    }
  return TRUE;
}

/* "Français (C1)", "fr:C1" to the language and its level. */
static char *
take_level (char *text)
{
  char *open = strpbrk (text, "(:");
  g_autofree char *level = NULL;

  if (open == NULL)
    return NULL;
  level = g_strstrip (g_strndup (open + 1, strcspn (open + 1, ")")));
  for (guint i = 0; kaf_value_levels ()[i] != NULL; i++)
    if (g_ascii_strcasecmp (level, kaf_value_levels ()[i]) == 0)
      {
        *open = '\0';
        g_strchomp (text);
        return g_strdup (kaf_value_levels ()[i]);
      }
  return NULL;
}

static void
read_word (Cell *cell, const char *text, char **canonical)
{
  const KafImportColumn *column = kaf_import_map_get (cell->self->map, cell->column);
  g_autofree char *word = g_strdup (text);
  g_autofree char *level = cell->field->kind == KAF_KIND_LANGUAGE ? take_level (word) : NULL;
  const char *code = find_code (cell->self, column, cell->field, word);

  if (code == NULL)
    {
      note_unknown (cell->self, cell->column, word);
      add_fault (cell,
                 g_strdup_printf (_ ("“%s” is not in the list: say what it stands for."), word));
    }
  else if (*code != '\0')
    *canonical = level != NULL ? kaf_set_add (NULL, code, level) : g_strdup (code);
}

/* Where the values of a cell part. */
static const char *
get_separators (const KafField *field, const char *text)
{
  switch (field->kind)
    {
    case KAF_KIND_EMAIL:
      /* What is no address is told whole. */
      return strchr (text, '@') != NULL ? "|;, \n\t" : "|;\n";
    case KAF_KIND_PHONE:
      return "|;,/\n";
    case KAF_KIND_URL:
      return "|; \n";
    case KAF_KIND_CHOICE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_REFERENCE:
      return "|;,/\n";
    case KAF_KIND_TEXT:
    case KAF_KIND_LONG_TEXT:
    case KAF_KIND_INTEGER:
    case KAF_KIND_MONEY:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
    case KAF_KIND_BOOLEAN:
    case KAF_KIND_ATTACHMENT:
    default:
      return "|;\n";
    }
}

/* A label may hold what parts labels: the whole is looked at first. */
static gboolean
is_one (Cell *cell, const char *text)
{
  const KafImportColumn *column = kaf_import_map_get (cell->self->map, cell->column);

  return !kaf_field_is_many (cell->field) ||
         (kaf_import_cells_is_list (cell->field) &&
          find_code (cell->self, column, cell->field, text) != NULL);
}

static gboolean
read_field (Cell *cell, KafRecord *record, const char *text, GError **error)
{
  g_auto (GStrv) parts = is_one (cell, text)
                             ? g_strsplit (text, "\x1f", 2)
                             : g_strsplit_set (text, get_separators (cell->field, text), -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      g_autofree char *canonical = NULL;

      if (*part == '\0')
        continue;
      if (kaf_import_cells_is_list (cell->field))
        read_word (cell, part, &canonical);
      else if (!read_plain (cell, part, &canonical, error))
        return FALSE;
      put (record, cell->field, canonical);
    }
  return TRUE;
}

static KafRecord *
get_record (const KafImportRow *row, const KafEntity *entity)
{
  return row->parts[1] != NULL && kaf_record_get_entity (row->parts[1]) == entity ? row->parts[1]
                                                                                  : row->parts[0];
}

static gboolean
read_cell (
    KafImportCells *self, KafImportRow *row, guint index, const KafTableCell *value, GError **error)
{
  const KafImportColumn *column = kaf_import_map_get (self->map, index);
  Cell cell = { self, row, index, column->field };
  g_autofree char *text = NULL;

  if (says_nothing (value))
    return TRUE;
  if (value->type == KAF_TABLE_CELL_ERROR)
    {
      add_fault (&cell, g_strdup_printf (_ ("The cell holds the error %s."), value->text));
      return TRUE;
    }
  text = get_text (self->map, column->field, value);
  if (g_str_equal (column->field->id, "external_id"))
    {
      g_free (row->number);
      row->number = g_strdup (text);
      return TRUE;
    }
  cell.field = by_script (column->entity, column->field, text);
  return read_field (&cell, get_record (row, column->entity), text, error);
}

/* ---- Names in one piece ---- */

static gboolean
is_title (const char *word)
{
  static const char *const titles[] = { "m",       "mr",       "mme",    "mlle",    "mrs",
                                        "ms",      "dr",       "pr",     "prof",    "monsieur",
                                        "madame",  "السيد",    "السيده", "الدكتور", "الدكتوره",
                                        "الاستاذ", "الاستاذه", "د",      NULL };
  g_auto (GStrv) folded = kaf_fold_words (word);

  return g_strv_length (folded) == 1 && g_strv_contains (titles, folded[0]);
}

static void
put_name (KafImportRow *row, GString *name, gboolean arabic)
{
  const char *const given_id = arabic ? "given_name_ar" : "given_name";
  const char *const family_id = arabic ? "family_name_ar" : "family_name";
  KafRecord *record = row->parts[0];
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;

  if (name->len == 0 || kaf_record_get (record, given_id) != NULL ||
      kaf_record_get (record, family_id) != NULL)
    return;
  kaf_column_split_name (name->str, &given, &family);
  kaf_record_set (record, given_id, given);
  kaf_record_set (record, family_id, family);
}

/* "Mme Salma BENALI / سلمى بنعلي": each script on its own. */
static void
read_full_name (KafImportRow *row, const KafTableCell *value)
{
  g_auto (GStrv) words = g_strsplit_set (value->text, " \t\n/()", -1);
  g_autoptr (GString) latin = g_string_new (NULL);
  g_autoptr (GString) arabic = g_string_new (NULL);

  if (says_nothing (value))
    return;
  for (guint i = 0; words[i] != NULL; i++)
    {
      GString *name = kaf_text_is_arabic (words[i]) ? arabic : latin;

      if (*words[i] == '\0' || g_str_equal (words[i], "-") ||
          (name->len == 0 && is_title (words[i])))
        continue;
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
    }
  put_name (row, latin, FALSE);
  put_name (row, arabic, TRUE);
}

/* ---- The row ---- */

static gboolean
is_country (const KafImportColumn *column)
{
  return column->use == KAF_IMPORT_FIELD && g_str_equal (column->field->id, "country");
}

static gboolean
read_constants (KafImportCells *self, KafImportRow *row, gboolean country, GError **error)
{
  GHashTableIter iter;
  gpointer id, text;

  g_hash_table_iter_init (&iter, self->map->constants);
  while (g_hash_table_iter_next (&iter, &id, &text))
    for (guint part = 0; part < KAF_IMPORT_PARTS && self->parts[part] != NULL; part++)
      {
        const KafField *field = kaf_entity_find_field (self->parts[part], id);
        Cell cell = { self, row, self->map->columns->len, field };

        if (field == NULL || g_str_equal (id, "country") != country ||
            kaf_record_get (row->parts[part], id) != NULL)
          continue;
        if (!read_field (&cell, row->parts[part], text, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
read_columns (KafImportCells *self,
              const KafTableCell *cells,
              guint n_cells,
              KafImportRow *row,
              gboolean countries,
              GError **error)
{
  for (guint i = 0; i < MIN (n_cells, self->map->columns->len); i++)
    {
      const KafImportColumn *column = kaf_import_map_get (self->map, i);

      if (column->use == KAF_IMPORT_FIELD && is_country (column) == countries &&
          !read_cell (self, row, i, &cells[i], error))
        return FALSE;
      if (column->use == KAF_IMPORT_ID && !countries && !says_nothing (&cells[i]))
        {
          g_free (row->named);
          row->named = g_strstrip (g_strdup (cells[i].text));
        }
    }
  return read_constants (self, row, countries, error);
}

gboolean
kaf_import_cells_read (KafImportCells *self,
                       const KafTableCell *cells,
                       guint n_cells,
                       KafImportRow *row,
                       GError **error)
{
  *row = (KafImportRow){ .fault_column = -1 };
  for (guint part = 0; part < KAF_IMPORT_PARTS && self->parts[part] != NULL; part++)
    row->parts[part] = kaf_record_new (self->parts[part], NULL);
  self->country = NULL;
  if (!read_columns (self, cells, n_cells, row, TRUE, error))
    return FALSE;
  if (kaf_entity_find_field (self->parts[0], "country") != NULL)
    self->country = kaf_record_get (row->parts[0], "country");
  if (!read_columns (self, cells, n_cells, row, FALSE, error))
    return FALSE;
  for (guint i = 0; i < MIN (n_cells, self->map->columns->len); i++)
    if (kaf_import_map_get (self->map, i)->use == KAF_IMPORT_FULL_NAME)
      read_full_name (row, &cells[i]);
  /* A network is an organisation of that kind. */
  if (g_str_equal (self->map->entity->id, "network") &&
      kaf_record_get (row->parts[0], "kind") == NULL)
    kaf_record_set (row->parts[0], "kind", "network");
  self->country = NULL;
  return TRUE;
}

static const char *
get_held (const char *field, gpointer data)
{
  return kaf_record_get (data, field);
}

char *
kaf_import_cells_explain_missing (const KafImportRow *row)
{
  for (guint part = 0; part < KAF_IMPORT_PARTS && row->parts[part] != NULL; part++)
    {
      const KafEntity *entity = kaf_record_get_entity (row->parts[part]);
      const char *wrong = NULL;
      g_autoptr (GError) error = NULL;

      for (const KafField *field = entity->fields; field->id != NULL; field++)
        if (kaf_field_has (field, KAF_FIELD_REQUIRED) && field->initial == NULL &&
            kaf_record_get (row->parts[part], field->id) == NULL)
          return g_strdup_printf (_ ("“%s” is missing: a record cannot be without it."),
                                  g_dgettext (GETTEXT_PACKAGE, field->label));
      if (entity->validate != NULL &&
          !entity->validate (get_held, row->parts[part], &wrong, &error))
        return kaf_explain (wrong != NULL ? kaf_entity_find_field (entity, wrong) : NULL, NULL,
                            error);
    }
  return NULL;
}
