/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-writer-private.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "base/kaf-money.h"
#include "base/kaf-phone.h"
#include "match/kaf-name-key.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-one.h"
#include "store/kaf-read-private.h"
#include "sync/kaf-field-clocks.h"

static void
bind_value (KafStatement *statement, int *at, const KafField *field, const char *value)
{
  gint64 minor;
  char currency[4];

  if (field->kind == KAF_KIND_MONEY)
    {
      if (value != NULL && kaf_money_split (value, &minor, currency))
        {
          sqlite3_bind_int64 (statement, (*at)++, minor);
          sqlite3_bind_text (statement, (*at)++, currency, -1, SQLITE_TRANSIENT);
        }
      else
        *at += 2;
      return;
    }
  if (value != NULL)
    sqlite3_bind_text (statement, *at, value, -1, SQLITE_STATIC);
  (*at)++;
}

static char *
insert_rows_sql (const KafEntity *entity, guint n_rows)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new ("(?");
  guint n = 9;

  g_string_append_printf (sql,
                          KAF_WRITER_INSERT " \"%s\" (rid, ref, created_at, created_by, updated_at,"
                                            " updated_by, deleted_at, clock, extra",
                          entity->id);
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (kaf_field_is_many (field))
        continue;
      g_string_append_printf (sql, ", \"%s\"", field->id);
      n++;
      if (field->kind == KAF_KIND_MONEY)
        {
          g_string_append_printf (sql, ", \"%s_currency\"", field->id);
          n++;
        }
    }
  for (guint i = 1; i < n; i++)
    g_string_append (values, ", ?");
  g_string_append (sql, ") VALUES ");
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (sql, "%s%s)", i > 0 ? ", " : "", values->str);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
insert_sql (const KafEntity *entity)
{
  return insert_rows_sql (entity, 1);
}

static char *
insert_many_sql (const KafEntity *entity)
{
  return insert_rows_sql (entity, KAF_WRITER_HEADS_AT_ONCE);
}

const char *
kaf_writer_cached_sql (const KafEntity *entity,
                       const char *use,
                       char *(*build) (const KafEntity *) )
{
  static GMutex lock;
  static GHashTable *cache;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *key = g_strconcat (use, entity->id, NULL);
  char *sql;

  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sql = g_hash_table_lookup (cache, key);
  if (sql == NULL)
    {
      sql = build (entity);
      g_hash_table_insert (cache, g_steal_pointer (&key), sql);
    }
  return sql;
}

/* From @at on, where the next row then begins. */
static void
bind_row (KafStatement *statement, int *at, KafRecord *record, gint64 rid, const KafHlc *clock)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  KafStamp *stamp = kaf_record_get_stamp (record);
  int first = *at;

  sqlite3_bind_int64 (statement, first, rid);
  sqlite3_bind_text (statement, first + 1, kaf_record_get_ref (record), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, first + 2, stamp->created_at);
  sqlite3_bind_text (statement, first + 3, stamp->created_by, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, first + 4, stamp->updated_at);
  sqlite3_bind_text (statement, first + 5, stamp->updated_by, -1, SQLITE_STATIC);
  sqlite3_bind_blob (statement, first + 7, clock->bytes, KAF_HLC_SIZE, SQLITE_STATIC);
  sqlite3_bind_text (statement, first + 8, kaf_record_get_extra (record), -1, SQLITE_STATIC);
  *at += 9;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (!kaf_field_is_many (&entity->fields[i]))
      bind_value (statement, at, &entity->fields[i], kaf_record_get_at (record, i));
}

gboolean
kaf_writer_insert (
    KafDatabase *db, KafRecord *record, gint64 rid, const KafHlc *clock, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  KafStatement *statement =
      kaf_database_prepare (db, kaf_writer_cached_sql (entity, "insert ", insert_sql), error);
  int at = 1;

  if (statement == NULL)
    return FALSE;
  bind_row (statement, &at, record, rid, clock);
  return kaf_database_run (db, statement, error) && kaf_writer_insert_sets (db, record, rid, error);
}

static gboolean
insert_row_of (KafDatabase *db, KafIdentity *identity, GError **error)
{
  gboolean missing = identity->rowless;

  identity->rowless = FALSE;
  return !missing || kaf_writer_insert (db, identity->root, identity->rid, &identity->clock, error);
}

/* As many as are written at once, all of one entity, and none with its row. */
static gboolean
may_insert_many (const KafIdentity *identities, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!identities[i].rowless ||
        kaf_record_get_entity (identities[i].root) != kaf_record_get_entity (identities[0].root))
      return FALSE;
  return n == KAF_WRITER_HEADS_AT_ONCE;
}

static gboolean
insert_many (KafDatabase *db, KafIdentity *identities, guint n, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (identities[0].root);
  KafStatement *statement = kaf_database_prepare (
      db, kaf_writer_cached_sql (entity, "insert many ", insert_many_sql), error);
  int at = 1;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    bind_row (statement, &at, identities[i].root, identities[i].rid, &identities[i].clock);
  if (!kaf_database_run (db, statement, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      identities[i].rowless = FALSE;
      if (!kaf_writer_insert_sets (db, identities[i].root, identities[i].rid, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_writer_insert_missing (KafDatabase *db, KafIdentity *identities, guint n, GError **error)
{
  if (may_insert_many (identities, n))
    return insert_many (db, identities, n, error);
  for (guint i = 0; i < n; i++)
    if (!insert_row_of (db, &identities[i], error))
      return FALSE;
  return TRUE;
}

/* The clocks of a row with those of the changed fields moved on. */
static GByteArray *
next_clocks (KafDatabase *db, KafRecord *change, gint64 rid, const KafHlc *clock, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  g_autofree char *sql = g_strdup_printf ("SELECT clock FROM \"%s\" WHERE rid = ?", entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GByteArray *clocks;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  if (!kaf_database_step (db, statement, error))
    return NULL;

  clocks = g_byte_array_new ();
  g_byte_array_append (clocks, sqlite3_column_blob (statement, 0),
                       sqlite3_column_bytes (statement, 0));
  if (clocks->len < KAF_HLC_SIZE)
    kaf_field_clocks_init (clocks, clock);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i))
      kaf_field_clocks_set (clocks, entity->fields[i].id, clock);
  return clocks;
}

static gboolean
update_row (KafDatabase *db, KafRecord *change, gint64 rid, GByteArray *clocks, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  g_autoptr (GString) sql = g_string_new (NULL);
  KafStatement *statement;
  int at = 4;

  g_string_append_printf (sql, "UPDATE \"%s\" SET updated_at = ?, updated_by = ?, clock = ?",
                          entity->id);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!kaf_record_holds_at (change, i) || kaf_field_is_many (&entity->fields[i]))
        continue;
      g_string_append_printf (sql, ", \"%s\" = ?", entity->fields[i].id);
      if (entity->fields[i].kind == KAF_KIND_MONEY)
        g_string_append_printf (sql, ", \"%s_currency\" = ?", entity->fields[i].id);
    }
  g_string_append (sql, " WHERE rid = ?");

  statement = kaf_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, kaf_record_get_stamp (change)->updated_at);
  kaf_statement_bind_text (statement, 2, kaf_record_get_stamp (change)->updated_by);
  sqlite3_bind_blob (statement, 3, clocks->data, clocks->len, SQLITE_STATIC);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i) && !kaf_field_is_many (&entity->fields[i]))
      bind_value (statement, &at, &entity->fields[i], kaf_record_get_at (change, i));
  sqlite3_bind_int64 (statement, at, rid);
  return kaf_database_run (db, statement, error);
}

/* Whoever writes a row reads it as it came, and puts it back first: else what is shown of somebody else would be written
 * for good. */
static gboolean
refuse_shown (KafDatabase *db, const KafEntity *entity, gint64 rid, GError **error)
{
  if (!kaf_raw_any (db, rid))
    return FALSE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_IO,
               "a %s would be written as it is shown, not as it came", entity->id);
  return TRUE;
}

gboolean
kaf_writer_update (KafDatabase *db,
                   KafRecord *before,
                   KafRecord *change,
                   gint64 rid,
                   const KafHlc *clock,
                   GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  g_autoptr (GByteArray) clocks = NULL;

  if (refuse_shown (db, entity, rid, error))
    return FALSE;
  clocks = next_clocks (db, change, rid, clock, error);
  if (clocks == NULL || !update_row (db, change, rid, clocks, error))
    return FALSE;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_field_is_many (&entity->fields[i]) && kaf_record_holds_at (change, i) &&
        !kaf_writer_update_set (db, entity, rid, entity->fields[i].id,
                                kaf_record_get_at (before, i), kaf_record_get_at (change, i), clock,
                                error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_writer_mark (KafDatabase *db,
                 const KafEntity *entity,
                 gint64 rid,
                 gint64 when,
                 const KafStamp *by,
                 GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("UPDATE \"%s\" SET deleted_at = ?, updated_at = ?, updated_by = ?"
                       " WHERE rid = ?",
                       entity->id);
  KafStatement *statement;

  if (refuse_shown (db, entity, rid, error))
    return FALSE;
  statement = kaf_database_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  if (when > 0)
    sqlite3_bind_int64 (statement, 1, when);
  sqlite3_bind_int64 (statement, 2, by->updated_at);
  kaf_statement_bind_text (statement, 3, by->updated_by);
  sqlite3_bind_int64 (statement, 4, rid);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_writer_show (KafDatabase *db,
                 const KafEntity *entity,
                 gint64 rid,
                 const KafField *field,
                 const char *value,
                 GError **error)
{
  g_autofree char *sql = NULL;
  KafStatement *statement;
  int at = 1;

  if (kaf_field_is_many (field))
    return kaf_writer_show_set (db, entity, rid, field->id, value, error);
  sql = field->kind == KAF_KIND_MONEY
            ? g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ?, \"%s_currency\" = ? WHERE rid = ?",
                               entity->id, field->id, field->id)
            : g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ? WHERE rid = ?", entity->id, field->id);
  statement = kaf_database_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_value (statement, &at, field, value);
  sqlite3_bind_int64 (statement, at, rid);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_writer_show_fate (
    KafDatabase *db, const KafEntity *entity, gint64 rid, gint64 when, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("UPDATE \"%s\" SET deleted_at = ? WHERE rid = ?", entity->id);
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (when != 0)
    sqlite3_bind_int64 (statement, 1, when);
  sqlite3_bind_int64 (statement, 2, rid);
  return kaf_database_run (db, statement, error);
}

static void
append_word (GString *text, const char *folded)
{
  if (text->len > 0 && text->str[text->len - 1] != ' ')
    g_string_append_c (text, ' ');
  g_string_append (text, folded);
}

static void
append_folded (GString *text, const char *value)
{
  if (text->len > 0 && text->str[text->len - 1] != ' ')
    g_string_append_c (text, ' ');
  kaf_fold_append (text, value);
}

static void
append_titles (KafDatabase *db, GString *rest, const KafField *field, const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *fr = kaf_read_title (db, field->target, element->value, KAF_LANG_FR);
      g_autofree char *ar = kaf_read_title (db, field->target, element->value, KAF_LANG_AR);

      if (fr != NULL)
        append_folded (rest, fr);
      if (ar != NULL && g_strcmp0 (fr, ar) != 0)
        append_folded (rest, ar);
    }
}

static void
append_phones (GString *rest, const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *tokens = kaf_phone_search_tokens (element->value);

      append_word (rest, tokens);
    }
}

/* A reference is found as written, without its dashes, and in pieces. */
static void
append_ref (GString *rest, const char *ref)
{
  g_autofree char *folded = ref != NULL ? kaf_fold (ref) : NULL;

  if (folded == NULL)
    return;
  append_word (rest, folded);
  if (strchr (folded, ' ') != NULL)
    {
      g_string_append_c (rest, ' ');
      for (const char *p = folded; *p != '\0'; p++)
        if (*p != ' ')
          g_string_append_c (rest, *p);
    }
}

/* What an identity is found by. */
typedef struct
{
  GString *name, *key, *rest;
} Document;

static void
document_clear (Document *doc)
{
  g_string_free (doc->name, TRUE);
  g_string_free (doc->key, TRUE);
  g_string_free (doc->rest, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Document, document_clear)

static void
describe (KafDatabase *db, Document *doc, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const char *value = kaf_record_get_at (record, i);

      if (value == NULL)
        continue;
      if (kaf_field_has (field, KAF_FIELD_NAME))
        {
          append_folded (doc->name, value);
          append_word (doc->key, "");
          kaf_name_key_append (doc->key, value);
        }
      if (!kaf_field_has (field, KAF_FIELD_SEARCH))
        continue;
      if (field->kind == KAF_KIND_REFERENCE)
        append_titles (db, doc->rest, field, value);
      else if (field->kind == KAF_KIND_PHONE)
        append_phones (doc->rest, value);
      else
        append_folded (doc->rest, value);
    }
  append_ref (doc->rest, kaf_record_get_ref (record));
}

static gboolean
write_index (KafDatabase *db, const char *sql, gint64 rid, const char *const *texts, GError **error)
{
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  for (guint i = 0; i < 3 && texts != NULL; i++)
    sqlite3_bind_text (statement, i + 2, texts[i], -1, SQLITE_STATIC);
  return kaf_database_run (db, statement, error);
}

/* Takes the document out of the index, which must be told what it holds. @same (out): the
 * document equals @texts already, and stays. */
static gboolean
remove_document (
    KafDatabase *db, gint64 rid, const char *const *texts, gboolean *same, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT name, key, rest FROM search_doc WHERE rid = ?", error);
  const char *old[3];

  *same = FALSE;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  if (!kaf_database_step (db, statement, error))
    return error == NULL || *error == NULL;

  for (guint i = 0; i < 3; i++)
    old[i] = kaf_statement_text (statement, i);
  *same = texts != NULL && g_strcmp0 (old[0], texts[0]) == 0 && g_strcmp0 (old[1], texts[1]) == 0 &&
          g_strcmp0 (old[2], texts[2]) == 0;
  return *same || (write_index (db,
                                "INSERT INTO search (search, rowid, name, key, rest)"
                                " VALUES ('delete', ?1, ?2, ?3, ?4)",
                                rid, old, error) &&
                   write_index (db, "DELETE FROM search_doc WHERE rid = ?1", rid, NULL, error));
}

static gboolean
is_searched (const KafEntity *root)
{
  return kaf_entity_has (root, KAF_ENTITY_SEARCHED) || kaf_entity_has (root, KAF_ENTITY_LIST);
}

static void
describe_all (KafDatabase *db, Document *doc, KafIdentity *identity)
{
  describe (db, doc, identity->root);
  for (guint i = 0; i < identity->facets->len; i++)
    describe (db, doc, g_ptr_array_index (identity->facets, i));
}

static gboolean
write_document (KafDatabase *db, KafIdentity *identity, GError **error)
{
  g_auto (Document) doc = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  const char *texts[3];
  gboolean deleted = kaf_record_get_stamp (identity->root)->deleted_at > 0;
  gboolean same = FALSE;

  describe_all (db, &doc, identity);
  texts[0] = doc.name->str;
  texts[1] = doc.key->str;
  texts[2] = doc.rest->str;

  if (identity->exists &&
      !remove_document (db, identity->rid, deleted ? NULL : texts, &same, error))
    return FALSE;
  if (same || deleted)
    return TRUE;
  return write_index (db, "INSERT INTO search_doc (rid, name, key, rest) VALUES (?1, ?2, ?3, ?4)",
                      identity->rid, texts, error) &&
         write_index (db, "INSERT INTO search (rowid, name, key, rest) VALUES (?1, ?2, ?3, ?4)",
                      identity->rid, texts, error);
}

/* A record that was deleted, or whose kind is not searched, has none. */
static gboolean
compare_document (KafDatabase *db, KafIdentity *identity, gboolean *same, GError **error)
{
  g_auto (Document) doc = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  gboolean wanted = is_searched (kaf_record_get_entity (identity->root)) &&
                    kaf_record_get_stamp (identity->root)->deleted_at == 0;
  g_autoptr (GError) local = NULL;
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT name, key, rest FROM search_doc WHERE rid = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, identity->rid);
  *same = !kaf_database_step (db, statement, &local) == !wanted;
  if (*same && wanted)
    {
      describe_all (db, &doc, identity);
      *same = g_strcmp0 (kaf_statement_text (statement, 0), doc.name->str) == 0 &&
              g_strcmp0 (kaf_statement_text (statement, 1), doc.key->str) == 0 &&
              g_strcmp0 (kaf_statement_text (statement, 2), doc.rest->str) == 0;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
kaf_writer_clear_identity (KafIdentity *identity)
{
  g_clear_pointer (&identity->root, kaf_record_unref);
  g_clear_pointer (&identity->facets, g_ptr_array_unref);
  identity->rid = 0;
  identity->rowless = FALSE;
}

/* The facets that are there and not deleted. */
static gboolean
read_facets (KafDatabase *db,
             const KafEntity *root,
             gint64 rid,
             const char *id,
             GPtrArray *facets,
             GError **error)
{
  for (guint bit = 1; bit <= 64; bit <<= 1)
    {
      const KafEntity *facet = kaf_registry_find_facet (root, bit);
      g_autoptr (GError) local = NULL;
      g_autoptr (KafRecord) record = NULL;

      if (facet == NULL)
        break;
      record = kaf_read_row (db, facet, rid, id, &local);
      if (record == NULL && !g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (record != NULL && kaf_record_get_stamp (record)->deleted_at == 0)
        g_ptr_array_add (facets, g_steal_pointer (&record));
    }
  return TRUE;
}

gboolean
kaf_writer_read_identity (KafDatabase *db,
                          const KafEntity *root,
                          gint64 rid,
                          const char *id,
                          KafIdentity *identity,
                          GError **error)
{
  identity->rid = rid;
  identity->exists = TRUE;
  identity->facets = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  identity->root = kaf_read_row (db, root, rid, id, error);
  if (identity->root != NULL && read_facets (db, root, rid, id, identity->facets, error))
    return TRUE;
  kaf_writer_clear_identity (identity);
  return FALSE;
}

gboolean
kaf_writer_write_identity (KafDatabase *db, KafIdentity *identity, GError **error)
{
  if (!insert_row_of (db, identity, error) || !kaf_writer_write_head (db, identity, error))
    return FALSE;
  return !is_searched (kaf_record_get_entity (identity->root)) ||
         write_document (db, identity, error);
}

gboolean
kaf_writer_is_plain (const KafIdentity *identity)
{
  return !identity->exists && identity->facets->len == 0 &&
         !is_searched (kaf_record_get_entity (identity->root));
}

gboolean
kaf_writer_refresh (
    KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  KafIdentity identity = { 0 };
  gboolean done = kaf_writer_read_identity (db, root, rid, id, &identity, error) &&
                  kaf_writer_write_identity (db, &identity, error);

  kaf_writer_clear_identity (&identity);
  return done;
}

gboolean
kaf_writer_compare_identity (KafDatabase *db,
                             KafIdentity *identity,
                             gboolean *same_head,
                             gboolean *same_document,
                             GError **error)
{
  return kaf_writer_compare_head (db, identity, same_head, error) &&
         compare_document (db, identity, same_document, error);
}
