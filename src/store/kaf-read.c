/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "base/kaf-money.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-one-private.h"
#include "store/kaf-read-private.h"
#include "store/kaf-settings.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-transaction-private.h"
#include "store/kaf-untitled.h"

gint64
kaf_database_find_rid (KafDatabase *self, const KafEntity *root, const char *id)
{
  g_autoptr (KafStatement) statement = NULL;
  gint64 rid = kaf_transaction_find_held (self->transaction, root, id);

  if (rid > 0)
    return rid;

  statement = kaf_database_prepare (self, "SELECT rid FROM head WHERE id = ? AND entity = ?", NULL);
  if (statement == NULL || id == NULL)
    return 0;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, root->id, -1, SQLITE_STATIC);
  return kaf_database_step (self, statement, NULL) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* One element as it lies in the table; a person's order is kept beside it. */
typedef struct
{
  int field;
  int position;
  char *text;
} StoredElement;

static void
stored_element_clear (gpointer data)
{
  g_free (((StoredElement *) data)->text);
}

static int
compare_elements (gconstpointer a, gconstpointer b)
{
  const StoredElement *x = a, *y = b;

  return x->field != y->field ? x->field - y->field : x->position - y->position;
}

static gboolean
clear_sets (KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  gboolean has_sets = FALSE;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_field_is_many (&entity->fields[i]))
      {
        kaf_record_set_at (record, i, NULL);
        has_sets = TRUE;
      }
  return has_sets;
}

/* Sorted here: a sorter of SQLite's for five rows costs more than reading them. */
static void
fill_sets (KafRecord *record, GArray *elements)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_sort (elements, compare_elements);
  for (guint i = 0; i < elements->len; i++)
    {
      const StoredElement *element = &g_array_index (elements, StoredElement, i);
      gboolean last = i + 1 == elements->len ||
                      g_array_index (elements, StoredElement, i + 1).field != element->field;

      g_string_append (text, element->text);
      if (!last)
        {
          g_string_append_c (text, '\n');
          continue;
        }
      kaf_record_set_at (record, element->field, text->str);
      g_string_truncate (text, 0);
    }
}

gboolean
kaf_read_sets (KafDatabase *db, KafRecord *record, gint64 rid, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GArray) elements = NULL;
  g_autoptr (GError) local = NULL;

  if (!clear_sets (record))
    return TRUE;
  sql = g_strdup_printf ("SELECT field, position, value, detail FROM \"%s_set\" WHERE rid = ?"
                         " AND removed IS NULL",
                         entity->id);
  statement = kaf_database_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;

  elements = g_array_new (FALSE, FALSE, sizeof (StoredElement));
  g_array_set_clear_func (elements, stored_element_clear);
  sqlite3_bind_int64 (statement, 1, rid);
  while (kaf_database_step (db, statement, &local))
    {
      const char *field = kaf_statement_text (statement, 0);
      const char *value = kaf_statement_text (statement, 2);
      const char *detail = kaf_statement_text (statement, 3);
      StoredElement element = { -1, sqlite3_column_int (statement, 1), NULL };

      /* Neither is ever missing, but in a damaged file. */
      if (field != NULL && value != NULL)
        element.field = kaf_entity_field_index (entity, field);
      if (element.field < 0)
        continue;
      element.text = g_strconcat (value, detail != NULL ? "\t" : NULL, detail, NULL);
      g_array_append_val (elements, element);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  fill_sets (record, elements);
  return TRUE;
}

/* Gives the column after it. */
static int
read_column (KafRecord *record, guint field, KafStatement *statement, int at)
{
  const char *currency;

  if (kaf_record_get_entity (record)->fields[field].kind != KAF_KIND_MONEY)
    {
      kaf_record_set_at (record, field, kaf_statement_text (statement, at));
      return at + 1;
    }
  currency = kaf_statement_text (statement, at + 1);
  kaf_record_take_at (
      record, field,
      currency != NULL ? kaf_money_make (sqlite3_column_int64 (statement, at), currency) : NULL);
  return at + 2;
}

static void
read_columns (KafRecord *record, KafStatement *statement)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  KafStamp *stamp = kaf_record_get_stamp (record);
  int at = 9;

  kaf_record_set_ref (record, kaf_statement_text (statement, 1));
  stamp->created_at = sqlite3_column_int64 (statement, 2);
  stamp->created_by = g_strdup (kaf_statement_text (statement, 3));
  stamp->updated_at = sqlite3_column_int64 (statement, 4);
  stamp->updated_by = g_strdup (kaf_statement_text (statement, 5));
  stamp->deleted_at = sqlite3_column_int64 (statement, 6);
  kaf_record_set_extra (record, kaf_statement_text (statement, 8));

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (!kaf_field_is_many (&entity->fields[i]))
      at = read_column (record, i, statement, at);
}

KafRecord *
kaf_read_scalars (
    KafDatabase *db, const KafEntity *entity, gint64 rid, const char *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE rid = ?", entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (KafRecord) record = NULL;

  if (statement == NULL)
    return NULL;
  if (db->transaction != NULL)
    kaf_transaction_write_row (db->transaction, rid);
  sqlite3_bind_int64 (statement, 1, rid);
  if (!kaf_database_step (db, statement, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s", entity->id);
      return NULL;
    }

  record = kaf_record_new (entity, id);
  read_columns (record, statement);
  return g_steal_pointer (&record);
}

KafRecord *
kaf_read_row (KafDatabase *db, const KafEntity *entity, gint64 rid, const char *id, GError **error)
{
  g_autoptr (KafRecord) record = kaf_read_scalars (db, entity, rid, id, error);

  return record != NULL && kaf_read_sets (db, record, rid, error) ? g_steal_pointer (&record)
                                                                  : NULL;
}

KafRecord *
kaf_read_record (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *shown = kaf_one_concerns (root) ? kaf_one_find_alias (db, root, id) : NULL;
  gint64 rid;

  if (shown != NULL)
    id = shown;
  rid = kaf_database_find_rid (db, root, id);
  if (rid == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s", entity->id);
      return NULL;
    }
  return kaf_read_row (db, entity, rid, id, error);
}

gboolean
kaf_read_exists (KafDatabase *db, const KafEntity *entity, const char *id)
{
  gint64 rid = kaf_database_find_rid (db, kaf_entity_get_root (entity), id);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (rid == 0)
    return FALSE;
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE rid = ? AND deleted_at IS NULL", entity->id);
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL);
}

void
kaf_read_forget_titles (KafDatabase *db)
{
  g_hash_table_remove_all (db->titles);
}

/* A list's titles are few and asked for on every row: kept. */
static char *
list_title (KafDatabase *db, const KafEntity *entity, const char *code, KafLang lang)
{
  g_autofree char *key = g_strconcat (entity->id, "\n", code, NULL);
  const char *const *titles = g_hash_table_lookup (db->titles, key);
  const char *names[3] = { NULL };

  if (titles == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT name_fr, name_ar, name_en FROM \"%s\""
                                              " WHERE rid = ?",
                                              entity->id);
      g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);
      gint64 rid = kaf_database_find_rid (db, entity, code);
      char **read = NULL;

      if (statement == NULL || rid == 0)
        return NULL;
      sqlite3_bind_int64 (statement, 1, rid);
      if (!kaf_database_step (db, statement, NULL))
        return NULL;
      for (guint i = 0; i < 3; i++)
        {
          const char *name = kaf_statement_text (statement, i);

          names[i] = name != NULL && *name != '\0' ? name : "";
        }
      read = g_new0 (char *, 4);
      for (guint i = 0; i < 3; i++)
        read[i] = g_strdup (names[i]);
      g_hash_table_insert (db->titles, g_steal_pointer (&key), read);
      titles = (const char *const *) read;
    }

  if (lang == KAF_LANG_AR && *titles[1] != '\0')
    return g_strdup (titles[1]);
  if (lang == KAF_LANG_EN && *titles[2] != '\0')
    return g_strdup (titles[2]);
  return g_strdup (titles[0]);
}

/* Columns @first to @first + 2: title, title_ar, short. */
static const char *
choose_title (KafStatement *statement, int first, KafLang lang, gboolean brief)
{
  const char *title = kaf_statement_text (statement, first);
  const char *title_ar = kaf_statement_text (statement, first + 1);
  const char *acronym = kaf_statement_text (statement, first + 2);
  gboolean arabic = lang == KAF_LANG_AR;

  if (brief && acronym != NULL)
    return acronym;
  if (title == NULL || *title == '\0')
    arabic = TRUE;
  else if (title_ar == NULL || *title_ar == '\0')
    arabic = FALSE;
  title = arabic ? title_ar : title;
  if (title == NULL || *title == '\0')
    return acronym;
  return title;
}

const char *
kaf_read_choose_title (KafStatement *statement, int first, KafLang lang)
{
  return choose_title (statement, first, lang, TRUE);
}

static char *
record_title (KafDatabase *db, const KafEntity *root, const char *id, KafLang lang, gboolean brief)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT title, title_ar, short FROM head WHERE id = ? AND entity = ?", NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  kaf_statement_bind_text (statement, 2, root->id);
  return kaf_database_step (db, statement, NULL)
             ? g_strdup (choose_title (statement, 0, lang, brief))
             : NULL;
}

static char *
read_title (KafDatabase *db, const char *entity_id, const char *id, KafLang lang, gboolean brief)
{
  const KafEntity *entity = kaf_registry_find (entity_id);

  if (entity == NULL || id == NULL)
    return NULL;
  if (kaf_entity_has (entity, KAF_ENTITY_LIST))
    return list_title (db, entity, id, lang);
  kaf_transaction_settle (db->transaction);
  if (kaf_untitled_is (entity))
    return kaf_untitled_describe (db, entity, id, lang);
  return record_title (db, kaf_entity_get_root (entity), id, lang, brief);
}

char *
kaf_read_title (KafDatabase *db, const char *entity, const char *id, KafLang lang)
{
  return read_title (db, entity, id, lang, FALSE);
}

char *
kaf_read_short_title (KafDatabase *db, const char *entity, const char *id, KafLang lang)
{
  return read_title (db, entity, id, lang, TRUE);
}

/* Nobody reads a number of thirty-six digits; a code of a list says something. */
char *
kaf_read_describe_absent (KafDatabase *db, const char *id, KafLang lang)
{
  if (!kaf_id_is_uuid (id))
    return NULL;
  if (kaf_sync_is_part (db))
    return g_strdup (kaf_words_get (lang, "Outside of your scope"));
  return g_strdup (kaf_words_get (lang, "Record that is not on this device any more"));
}

char *
kaf_read_title_func (const char *entity, const char *id, KafLang lang, gpointer data)
{
  char *title = read_title (data, entity, id, lang, TRUE);

  return title != NULL ? title : kaf_read_describe_absent (data, id, lang);
}

char *
kaf_read_long_title_func (const char *entity, const char *id, KafLang lang, gpointer data)
{
  char *title = kaf_read_title (data, entity, id, lang);

  return title != NULL ? title : kaf_read_describe_absent (data, id, lang);
}

/* Resolving what a person calls a record. */

/* As it is shown: by the id of another, where that one is shown for it. Every way of calling a record ends here. */
static gboolean
found_rid (KafDatabase *db,
           const KafEntity *wanted,
           const KafEntity *root,
           gint64 rid,
           gboolean raw,
           const KafEntity **found,
           char **id)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id, h.facets FROM head o LEFT JOIN alias a ON a.id = o.id AND a.entity = o.entity"
      " AND NOT ?2 JOIN head h ON h.id = coalesce (a.canonical, o.id) AND h.entity = o.entity"
      " WHERE o.rid = ?1",
      NULL);
  const KafEntity *entity = wanted;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  sqlite3_bind_int (statement, 2, raw);
  if (!kaf_database_step (db, statement, NULL))
    return FALSE;

  for (guint bit = 1; entity == NULL && bit <= 64; bit <<= 1)
    if ((sqlite3_column_int (statement, 1) & bit) != 0)
      entity = kaf_registry_find_facet (root, bit);
  if (entity == NULL)
    entity = root;

  if (found != NULL)
    *found = entity;
  *id = g_strdup (kaf_statement_text (statement, 0));
  return TRUE;
}

static gboolean
resolve_ref (KafDatabase *db,
             const char *text,
             const KafEntity *entity,
             gboolean raw,
             const KafEntity **found,
             char **id)
{
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT entity, rid FROM ref WHERE ref = ?", NULL);
  const KafEntity *holder;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, upper);
  if (!kaf_database_step (db, statement, NULL))
    return FALSE;
  holder = kaf_registry_find (kaf_statement_text (statement, 0));
  if (holder == NULL ||
      (entity != NULL && kaf_entity_get_root (entity) != kaf_entity_get_root (holder)))
    return FALSE;
  return found_rid (db, entity != NULL ? entity : holder, kaf_entity_get_root (holder),
                    sqlite3_column_int64 (statement, 1), raw, found, id);
}

static gboolean
resolve_id (KafDatabase *db,
            const char *text,
            const KafEntity *entity,
            gboolean raw,
            const KafEntity **found,
            char **id)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT entity, rid FROM head WHERE id = ?", NULL);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, text);
  while (kaf_database_step (db, statement, NULL))
    {
      const KafEntity *root = kaf_registry_find (kaf_statement_text (statement, 0));

      if (root == NULL || (entity != NULL && kaf_entity_get_root (entity) != root))
        continue;
      return found_rid (db, entity, root, sqlite3_column_int64 (statement, 1), raw, found, id);
    }
  return FALSE;
}

static gboolean
resolve_external (KafDatabase *db,
                  const char *text,
                  const KafEntity *entity,
                  gboolean raw,
                  const KafEntity **found,
                  char **id)
{
  const char *colon = strchr (text, ':');
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *source = colon != NULL ? g_strndup (text, colon - text) : NULL;
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (colon == NULL || kaf_entity_find_field (root, "external_source") == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT rid FROM \"%s\" WHERE external_source = ? AND external_id = ?"
                         " AND (deleted_at IS NULL OR deleted_at = %d)"
                         " ORDER BY deleted_at IS NOT NULL, rid LIMIT 1",
                         root->id, KAF_ONE_HIDDEN);
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, source);
  kaf_statement_bind_text (statement, 2, colon + 1);
  return kaf_database_step (db, statement, NULL) &&
         found_rid (db, entity, root, sqlite3_column_int64 (statement, 0), raw, found, id);
}

static gboolean
resolve (KafDatabase *db,
         const char *text,
         const KafEntity *entity,
         gboolean raw,
         const KafEntity **found,
         char **id,
         GError **error)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  kaf_transaction_settle (db->transaction);
  if (resolve_ref (db, text, entity, raw, found, id) ||
      resolve_id (db, text, entity, raw, found, id))
    return TRUE;
  if (entity != NULL && resolve_external (db, text, entity, raw, found, id))
    return TRUE;
  for (guint i = 0; entity == NULL && i < n_entities; i++)
    if (entities[i]->owner == NULL && resolve_external (db, text, entities[i], raw, found, id))
      return TRUE;

  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no record of that reference");
  return FALSE;
}

gboolean
kaf_read_resolve (KafDatabase *db,
                  const char *text,
                  const KafEntity *entity,
                  const KafEntity **found,
                  char **id,
                  GError **error)
{
  return resolve (db, text, entity, FALSE, found, id, error);
}

gboolean
kaf_one_resolve_raw (KafDatabase *db,
                     const char *text,
                     const KafEntity *entity,
                     const KafEntity **found,
                     char **id,
                     GError **error)
{
  return resolve (db, text, entity, TRUE, found, id, error);
}

void
kaf_list_item_free (KafListItem *self)
{
  g_free (self->code);
  g_free (self->parent);
  g_free (self->title);
  g_free (self->others);
  g_free (self);
}

/* The names of the row but @title, columns 3 to 5. */
static char *
join_other_names (KafStatement *statement, const char *title)
{
  GString *names = g_string_new (NULL);

  for (int i = 3; i <= 5; i++)
    {
      const char *name = kaf_statement_text (statement, i);

      if (name != NULL && g_strcmp0 (name, title) != 0)
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

GPtrArray *
kaf_read_list (KafDatabase *db, const char *entity, KafLang lang, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT code, parent, retired, name_fr, name_ar, name_en FROM \"%s\" l"
                       " JOIN head h ON h.rid = l.rid WHERE h.deleted = 0"
                       " ORDER BY coalesce (retired, 0), %s",
                       entity, lang == KAF_LANG_AR ? "h.sort_ar" : "h.sort");
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_list_item_free);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      KafListItem *item = g_new0 (KafListItem, 1);
      const char *french = kaf_statement_text (statement, 3);
      const char *own = lang == KAF_LANG_AR   ? kaf_statement_text (statement, 4)
                        : lang == KAF_LANG_EN ? kaf_statement_text (statement, 5)
                                              : french;

      item->code = g_strdup (kaf_statement_text (statement, 0));
      item->parent = g_strdup (kaf_statement_text (statement, 1));
      item->retired = sqlite3_column_int (statement, 2) != 0;
      item->title = g_strdup (own != NULL && *own != '\0' ? own : french);
      item->others = join_other_names (statement, item->title);
      g_ptr_array_add (items, item);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&items);
}

char *
kaf_read_setting (KafDatabase *db, const char *key, const char *day)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (db->clock));
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT value FROM setting JOIN head USING (rid) WHERE key = ? AND valid_from <= ?"
      " AND deleted_at IS NULL ORDER BY valid_from DESC, head.id DESC LIMIT 1",
      NULL);

  if (statement != NULL)
    {
      kaf_statement_bind_text (statement, 1, key);
      kaf_statement_bind_text (statement, 2, day != NULL ? day : today);
      if (kaf_database_step (db, statement, NULL))
        return g_strdup (kaf_statement_text (statement, 0));
    }
  return g_strdup (kaf_settings_default (key));
}

GPtrArray *
kaf_read_ids (KafDatabase *db, const char *sql, const char *bind, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, bind);
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local);
  return NULL;
}
