/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-import-map.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "base/kaf-fold.h"
#include "exchange/kaf-column-guess.h"
#include "record/kaf-json-in.h"
#include "store/kaf-drafts.h"

#define JSON_MAX (1024 * 1024) /* bytes */
#define JSON_DEPTH 8

/* Sources whose mapping is kept; the one that was used longest ago goes first. */
#define KEPT_MAX 40

#define MONTHS 12

/* Of the headers that one of two tables has, so many both must have. */
#define ALIKE_FROM 0.6

G_DEFINE_QUARK (kaf_import_map_error_quark, kaf_import_map_error)

char *
kaf_import_map_explain (const GError *error)
{
  if (error->code == KAF_IMPORT_MAP_ERROR_FIELD)
    return g_strdup_printf (_ ("There is no field “%s” that a table may give."), error->message);
  if (error->code == KAF_IMPORT_MAP_ERROR_COLUMN)
    return g_strdup_printf (_ ("The table has no column “%s”."), error->message);
  return g_strdup (_ ("This is no mapping of columns: choose a file that Kafaat has written."));
}

static void
column_free (gpointer data)
{
  KafImportColumn *column = data;

  g_free (column->header);
  g_clear_pointer (&column->values, g_hash_table_unref);
  g_free (column);
}

static GHashTable *
new_words (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static KafImportMap *
map_new (const KafEntity *entity)
{
  KafImportMap *self = g_new0 (KafImportMap, 1);

  self->entity = entity;
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->constants = new_words ();
  return self;
}

void
kaf_import_map_free (KafImportMap *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->columns);
  g_hash_table_unref (self->constants);
  g_free (self->source);
  g_free (self->origin);
  g_free (self->claimed_on);
  g_free (self->confidence);
  g_free (self);
}

static GHashTable *
copy_words (GHashTable *words)
{
  GHashTable *copy = new_words ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
  return copy;
}

KafImportMap *
kaf_import_map_copy (const KafImportMap *self)
{
  KafImportMap *copy = g_memdup2 (self, sizeof *self);

  copy->columns = g_ptr_array_new_with_free_func (column_free);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafImportColumn *column = g_ptr_array_index (self->columns, i);
      KafImportColumn *one = g_memdup2 (column, sizeof *column);

      one->header = g_strdup (column->header);
      one->values = column->values != NULL ? copy_words (column->values) : NULL;
      g_ptr_array_add (copy->columns, one);
    }
  copy->constants = copy_words (self->constants);
  copy->source = g_strdup (self->source);
  copy->origin = g_strdup (self->origin);
  copy->claimed_on = g_strdup (self->claimed_on);
  copy->confidence = g_strdup (self->confidence);
  return copy;
}

/* ---- Proposing ---- */

static guint
count_columns (const GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n = MAX (n, ((const KafTablePeek *) g_ptr_array_index (rows, i))->n_cells);
  return n;
}

static void
take_guess (KafImportColumn *column, const KafColumnGuess *guess)
{
  if (guess->field == NULL)
    return;
  column->confidence = guess->confidence;
  if (guess->treatment == KAF_COLUMN_FULL_NAME)
    {
      column->use = KAF_IMPORT_FULL_NAME;
      return;
    }
  column->use = KAF_IMPORT_FIELD;
  column->entity = guess->entity;
  column->field = guess->field;
}

/* "03/04/2024": the first two numbers. */
static gboolean
read_numbers (const char *text, guint *first, guint *second)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  static GRegex *numbers;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      numbers = g_regex_new ("^\\s*(\\d{1,2})[/.-](\\d{1,2})[/.-]\\d{4}\\s*$", 0, 0, NULL);
      g_once_init_leave (&ready, 1);
    }
  if (!g_regex_match (numbers, text, 0, &match))
    return FALSE;
  a = g_match_info_fetch (match, 1);
  b = g_match_info_fetch (match, 2);
  *first = (guint) g_ascii_strtoull (a, NULL, 10);
  *second = (guint) g_ascii_strtoull (b, NULL, 10);
  return TRUE;
}

KafImportDates
kaf_import_map_read_dates (const KafImportMap *self, const GPtrArray *rows)
{
  gboolean any = FALSE, day = FALSE, month = FALSE;

  for (guint i = self->has_header; i < rows->len; i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);
      guint first, second;

      for (guint j = 0; j < row->n_cells; j++)
        if (row->cells[j].type == KAF_TABLE_CELL_TEXT &&
            read_numbers (row->cells[j].text, &first, &second))
          {
            any = TRUE;
            day |= first > MONTHS;
            month |= second > MONTHS;
          }
    }
  return !any           ? KAF_IMPORT_NO_DATES
         : day == month ? KAF_IMPORT_EITHER_FIRST
         : day          ? KAF_IMPORT_DAY_FIRST
                        : KAF_IMPORT_MONTH_FIRST;
}

KafImportMap *
kaf_import_map_new (const KafEntity *entity, const GPtrArray *rows)
{
  KafImportMap *self = map_new (entity);
  guint n = count_columns (rows);
  const KafTablePeek *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  g_autofree const char **headers = g_new0 (const char *, n + 1);
  g_autoptr (GPtrArray) below = g_ptr_array_new ();
  g_autoptr (GArray) guesses = NULL;

  self->has_header = first != NULL && kaf_column_is_header (first);
  for (guint i = 0; i < n; i++)
    headers[i] = self->has_header && i < first->n_cells ? first->cells[i].text : "";
  for (guint i = self->has_header; i < rows->len; i++)
    g_ptr_array_add (below, g_ptr_array_index (rows, i));
  guesses = kaf_column_guess (entity, self->has_header ? headers : NULL, n, below);
  for (guint i = 0; i < n; i++)
    {
      KafImportColumn *column = g_new0 (KafImportColumn, 1);

      column->header = g_strdup (headers[i]);
      g_ptr_array_add (self->columns, column);
      if (self->has_header && g_str_equal (headers[i], KAF_IMPORT_TARGET_REF))
        column->use = KAF_IMPORT_ID;
      else
        take_guess (column, &g_array_index (guesses, KafColumnGuess, i));
    }
  self->month_first = kaf_import_map_read_dates (self, rows) == KAF_IMPORT_MONTH_FIRST;
  return self;
}

/* ---- Targets ---- */

/* What a table may say: what forms show, and the number by which the source knows the record. */
static gboolean
is_target (const KafField *field)
{
  return field->kind != KAF_KIND_ATTACHMENT &&
         (!kaf_field_has (field, KAF_FIELD_HIDDEN) || g_str_equal (field->id, "external_id"));
}

static const KafField *
find_target (const KafEntity *entity, const char *id, const KafEntity **of)
{
  const KafEntity *parts[] = { entity, kaf_entity_get_root (entity) };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const KafField *field = kaf_entity_find_field (parts[i], id);

      if (field == NULL || !is_target (field))
        continue;
      *of = parts[i];
      return field;
    }
  return NULL;
}

static gboolean
has_full_name (const KafEntity *entity)
{
  return kaf_entity_find_field (kaf_entity_get_root (entity), "family_name") != NULL;
}

static void
add_targets (GArray *targets, const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      KafImportTarget target = { field->id, field->label };

      if (is_target (field))
        g_array_append_val (targets, target);
    }
}

GArray *
kaf_import_map_list_targets (const KafEntity *entity)
{
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (KafImportTarget));
  const KafEntity *root = kaf_entity_get_root (entity);
  KafImportTarget full = { KAF_IMPORT_TARGET_FULL_NAME, N_ ("Full name, to be split") };
  KafImportTarget ref = { KAF_IMPORT_TARGET_REF, N_ ("Reference in Kafaat") };

  if (has_full_name (entity))
    g_array_append_val (targets, full);
  add_targets (targets, root);
  if (root != entity)
    add_targets (targets, entity);
  g_array_append_val (targets, ref);
  return targets;
}

const KafImportColumn *
kaf_import_map_get (const KafImportMap *self, guint column)
{
  return column < self->columns->len ? g_ptr_array_index (self->columns, column) : NULL;
}

const char *
kaf_import_map_get_target (const KafImportMap *self, guint column)
{
  const KafImportColumn *one = kaf_import_map_get (self, column);

  if (one == NULL || one->use == KAF_IMPORT_SKIP)
    return KAF_IMPORT_TARGET_SKIP;
  return one->use == KAF_IMPORT_FULL_NAME ? KAF_IMPORT_TARGET_FULL_NAME
         : one->use == KAF_IMPORT_ID      ? KAF_IMPORT_TARGET_REF
                                          : one->field->id;
}

gboolean
kaf_import_map_set_target (KafImportMap *self, guint column, const char *target, GError **error)
{
  KafImportColumn *one = g_ptr_array_index (self->columns, column);
  KafImportUse use = KAF_IMPORT_FIELD;
  const KafEntity *entity = NULL;
  const KafField *field = NULL;

  g_return_val_if_fail (column < self->columns->len, FALSE);

  if (g_str_equal (target, KAF_IMPORT_TARGET_SKIP) || *target == '\0')
    use = KAF_IMPORT_SKIP;
  else if (g_str_equal (target, KAF_IMPORT_TARGET_FULL_NAME) && has_full_name (self->entity))
    use = KAF_IMPORT_FULL_NAME;
  else if (g_str_equal (target, KAF_IMPORT_TARGET_REF) || g_str_equal (target, "id"))
    use = KAF_IMPORT_ID;
  else
    field = find_target (self->entity, target, &entity);
  if (use == KAF_IMPORT_FIELD && field == NULL)
    {
      g_set_error_literal (error, KAF_IMPORT_MAP_ERROR, KAF_IMPORT_MAP_ERROR_FIELD, target);
      return FALSE;
    }
  /* Words stand for codes of one list. */
  if (field != one->field)
    g_clear_pointer (&one->values, g_hash_table_unref);
  one->use = use;
  one->entity = entity;
  one->field = field;
  one->confidence = 1;
  return TRUE;
}

static gboolean
find_column (const KafImportMap *self, const char *name, guint *column)
{
  char *end = NULL;
  guint64 number;

  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (kaf_import_map_get (self, i)->header, name))
      {
        *column = i;
        return TRUE;
      }
  number = g_ascii_strtoull (name, &end, 10);
  *column = (guint) number - 1;
  return *name != '\0' && *end == '\0' && number >= 1 && number <= self->columns->len;
}

gboolean
kaf_import_map_assign (KafImportMap *self, const char *assignment, GError **error)
{
  const char *equals = strrchr (assignment, '=');
  g_autofree char *name =
      equals != NULL ? g_strstrip (g_strndup (assignment, (gsize) (equals - assignment))) : NULL;
  g_autofree char *target = equals != NULL ? g_strstrip (g_strdup (equals + 1)) : NULL;
  guint column;

  if (name == NULL || !find_column (self, name, &column))
    {
      g_set_error_literal (error, KAF_IMPORT_MAP_ERROR, KAF_IMPORT_MAP_ERROR_COLUMN,
                           name != NULL ? name : assignment);
      return FALSE;
    }
  return kaf_import_map_set_target (self, column, target, error);
}

gboolean
kaf_import_map_set_constant (KafImportMap *self,
                             const char *field,
                             const char *text,
                             GError **error)
{
  const KafEntity *of;

  if (find_target (self->entity, field, &of) == NULL)
    {
      g_set_error_literal (error, KAF_IMPORT_MAP_ERROR, KAF_IMPORT_MAP_ERROR_FIELD, field);
      return FALSE;
    }
  if (text == NULL || *text == '\0')
    g_hash_table_remove (self->constants, field);
  else
    g_hash_table_replace (self->constants, g_strdup (field), g_strdup (text));
  return TRUE;
}

void
kaf_import_map_translate (KafImportMap *self, guint column, const char *text, const char *code)
{
  KafImportColumn *one = g_ptr_array_index (self->columns, column);
  char *folded = g_strstrip (kaf_fold (text));

  g_return_if_fail (column < self->columns->len);

  if (one->values == NULL)
    one->values = new_words ();
  if (code != NULL)
    {
      g_hash_table_replace (one->values, folded, g_strdup (code));
      return;
    }
  g_hash_table_remove (one->values, folded);
  g_free (folded);
}

void
kaf_import_map_set_text (char **place, const char *text)
{
  g_free (*place);
  *place = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* ---- As text ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
add_words (JsonBuilder *builder, const char *name, GHashTable *words)
{
  g_autoptr (GList) keys = NULL;

  if (words == NULL || g_hash_table_size (words) == 0)
    return;
  keys = g_list_sort (g_hash_table_get_keys (words), compare_texts);
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  for (GList *key = keys; key != NULL; key = key->next)
    add_text (builder, key->data, g_hash_table_lookup (words, key->data));
  json_builder_end_object (builder);
}

static JsonNode *
to_node (const KafImportMap *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "entity", self->entity->id);
  add_text (builder, "source", self->source);
  add_text (builder, "origin", self->origin);
  add_text (builder, "date", self->claimed_on);
  add_text (builder, "confidence", self->confidence);
  add_text (builder, "date_order", self->month_first ? "mdy" : "dmy");
  add_words (builder, "constants", self->constants);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafImportColumn *column = g_ptr_array_index (self->columns, i);

      json_builder_begin_object (builder);
      add_text (builder, "header", column->header);
      add_text (builder, "field", kaf_import_map_get_target (self, i));
      add_words (builder, "values", column->values);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
print (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}

char *
kaf_import_map_to_json (const KafImportMap *self)
{
  g_autoptr (JsonNode) node = to_node (self);

  return print (node);
}

/* NULL: not there, or no text. */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_columns (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "columns");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_column (JsonArray *columns, guint index)
{
  JsonNode *node = json_array_get_element (columns, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Whether the column of the mapping, at @index, is the one at @column here. */
static gboolean
is_column (const KafImportMap *self, guint column, JsonObject *kept, guint index)
{
  const char *header = get_text (kept, "header");
  const char *own = kaf_import_map_get (self, column)->header;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (header == NULL || *header == '\0' || *own == '\0')
    return index == column && (header == NULL || *header == '\0') == (*own == '\0');
  a = g_strstrip (kaf_fold (header));
  b = g_strstrip (kaf_fold (own));
  return g_str_equal (a, b);
}

static JsonObject *
find_kept (const KafImportMap *self, guint column, JsonArray *kept)
{
  for (guint i = 0; i < json_array_get_length (kept); i++)
    {
      JsonObject *one = get_column (kept, i);

      if (one != NULL && is_column (self, column, one, i))
        return one;
    }
  return NULL;
}

static void
apply_values (KafImportMap *self, guint column, JsonObject *values)
{
  g_autoptr (GList) names = values != NULL ? json_object_get_members (values) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    kaf_import_map_translate (self, column, name->data, get_text (values, name->data));
}

static gboolean
apply (KafImportMap *self, JsonObject *object, GError **error)
{
  JsonArray *columns = get_columns (object);
  JsonObject *constants = get_object (object, "constants");
  g_autoptr (GList) names = constants != NULL ? json_object_get_members (constants) : NULL;

  for (guint i = 0; columns != NULL && i < self->columns->len; i++)
    {
      JsonObject *kept = find_kept (self, i, columns);
      const char *target = kept != NULL ? get_text (kept, "field") : NULL;

      if (target == NULL)
        continue;
      if (!kaf_import_map_set_target (self, i, target, error))
        return FALSE;
      apply_values (self, i, get_object (kept, "values"));
    }
  for (GList *name = names; name != NULL; name = name->next)
    if (!kaf_import_map_set_constant (self, name->data, get_text (constants, name->data), error))
      return FALSE;
  if (get_text (object, "source") != NULL)
    kaf_import_map_set_text (&self->source, get_text (object, "source"));
  if (get_text (object, "origin") != NULL)
    kaf_import_map_set_text (&self->origin, get_text (object, "origin"));
  if (get_text (object, "date") != NULL)
    kaf_import_map_set_text (&self->claimed_on, get_text (object, "date"));
  if (get_text (object, "confidence") != NULL)
    kaf_import_map_set_text (&self->confidence, get_text (object, "confidence"));
  self->month_first = g_strcmp0 (get_text (object, "date_order"), "mdy") == 0;
  return TRUE;
}

static JsonNode *
parse (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (kaf_json_in_is_harmless (json, JSON_MAX, JSON_DEPTH, NULL))
    node = json_from_string (json, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, KAF_IMPORT_MAP_ERROR, KAF_IMPORT_MAP_ERROR_TEXT,
                       "not a mapping of columns");
  return NULL;
}

gboolean
kaf_import_map_apply_json (KafImportMap *self, const char *json, GError **error)
{
  g_autoptr (JsonNode) node = parse (json, error);

  return node != NULL && apply (self, json_node_get_object (node), error);
}

/* ---- Remembering ---- */

static char *
make_key (const KafImportMap *self)
{
  return g_strconcat ("import.", self->entity->id, NULL);
}

static JsonNode *
read_kept (const KafImportMap *self, KafDatabase *db)
{
  g_autofree char *key = make_key (self);
  g_autofree char *json = kaf_local_get (db, key);

  return json != NULL ? parse (json, NULL) : NULL;
}

gboolean
kaf_import_map_remember (const KafImportMap *self, KafDatabase *db, GError **error)
{
  g_autofree char *key = make_key (self);
  g_autofree char *json = NULL;
  JsonNode *kept = read_kept (self, db);
  JsonNode *own = to_node (self);
  JsonObject *all;

  if (kept == NULL)
    {
      kept = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (kept, json_object_new ());
    }
  all = json_node_get_object (kept);
  /* The day is said anew with each file. */
  json_object_remove_member (json_node_get_object (own), "date");
  if (self->source != NULL)
    {
      g_autoptr (GList) names = NULL;

      if (json_object_has_member (all, self->source))
        json_object_remove_member (all, self->source);
      names = json_object_get_members (all);
      if (json_object_get_size (all) >= KEPT_MAX)
        json_object_remove_member (all, names->data);
      json_object_set_member (all, self->source, g_steal_pointer (&own));
    }
  g_clear_pointer (&own, json_node_unref);
  json = print (kept);
  json_node_unref (kept);
  return kaf_local_set (db, key, json, error);
}

/* The share of headers that both have. */
static double
likeness (const KafImportMap *self, JsonArray *kept)
{
  guint n = 0, most = MAX (self->columns->len, json_array_get_length (kept));

  for (guint i = 0; i < self->columns->len; i++)
    n += find_kept (self, i, kept) != NULL;
  return most > 0 ? (double) n / most : 0;
}

gboolean
kaf_import_map_recall (KafImportMap *self, KafDatabase *db)
{
  g_autoptr (JsonNode) kept = read_kept (self, db);
  JsonObject *all = kept != NULL ? json_node_get_object (kept) : NULL;
  g_autoptr (GList) names = all != NULL ? json_object_get_members (all) : NULL;
  JsonObject *best = NULL;
  double best_likeness = ALIKE_FROM;

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonObject *one = get_object (all, name->data);
      JsonArray *columns = one != NULL ? get_columns (one) : NULL;
      double like = columns != NULL ? likeness (self, columns) : 0;

      /* Of two that are alike the later. */
      if (like < best_likeness)
        continue;
      best = one;
      best_likeness = like;
    }
  return best != NULL && apply (self, best, NULL);
}
