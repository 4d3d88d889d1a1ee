/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a store, derived from the schema.
 *
 *   head         one row per identity (a person and her facets share it): id, titles, order
 *   ENTITY       one row per record: the scalars, who and when, the clocks of its fields
 *   ENTITY_set   one row per element of a many-valued field
 *   ref          every reference ever given, aliases too
 *   search_doc   the folded text of a record; `search` is its full-text index
 *   op_group, op the journal: what was written, by whom; op finds a record's groups
 *   batch        what is undone as one
 *   tally        records of each entity, so that counting needs no scan
 *   verdict      what the hub made of groups of this device, where that was not just what they say
 *   refusal      the operations of them that it did not take, until their author has let go of them
 *   held         records that are not sent until a person has looked whether a hub has them already
 *   draft, local what stays on this device
 *   mission_now  where each mission stands: what follows from its acts, see kaf-mission-now.h
 *   commitment_now  of each commitment: by which act, whose, what is open next, see kaf-commitment-now.h
 *   target_now   when each person reached the stages of 2030, see kaf-target-now.h
 *   holder_now, project_now  how holders are scored, how far projects are: see kaf-holder-now.h
 *   expert_page  what decides how each expert fits, with its codes in expert_word, see kaf-expert-now.h
 *   touched      which rows were written lately, see kaf-touched.h
 *   blob         contents of files, between here and the hub
 *   alias        by which record each one is shown that was judged to be the same as another
 *   raw          how rows came that are shown otherwise, since records of theirs are one
 *   match_key    by which records that may be one are found
 *   match_count  how usual their names are
 *   suspect      pairs of them that wait for a judgement
 */
#include "config.h"

#include "schema/kaf-registry.h"
#include "store/kaf-beside.h"
#include "store/kaf-database-private.h"

static const char *const fixed[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",

  "CREATE TABLE head (rid INTEGER PRIMARY KEY, entity TEXT NOT NULL, id TEXT NOT NULL,"
  " facets INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,"
  " sort TEXT NOT NULL DEFAULT '', sort_ar TEXT NOT NULL DEFAULT '', title TEXT, title_ar TEXT,"
  " short TEXT)",
  "CREATE UNIQUE INDEX head_id ON head (id, entity)",
  "CREATE INDEX head_order ON head (entity, deleted, sort, facets)",
  "CREATE INDEX head_order_ar ON head (entity, deleted, sort_ar, facets)",

  "CREATE TABLE ref (ref TEXT PRIMARY KEY, entity TEXT NOT NULL, rid INTEGER NOT NULL)"
  " WITHOUT ROWID",
  "CREATE INDEX ref_rid ON ref (rid)",
  "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
  "CREATE TABLE tally (entity TEXT PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID",

  "CREATE TABLE search_doc (rid INTEGER PRIMARY KEY, name TEXT, key TEXT, rest TEXT)",
  /* The words that begin with one or two letters are many: an index of their own. From the third on they are so few that
   * it would gain half a millisecond, and cost each write a quarter of its time. */
  "CREATE VIRTUAL TABLE search USING fts5 (name, key, rest, content='search_doc',"
  " content_rowid='rid', tokenize=\"unicode61 remove_diacritics 0\", prefix='1 2',"
  " detail=column, columnsize=0)",

  /* Memory of its own before it writes a segment: an import makes a tenth of the segments; and twice as many as
   * are usual before they become one. */
  "INSERT INTO search (search, rank) VALUES ('hashsize', 8388608)",
  "INSERT INTO search (search, rank) VALUES ('automerge', 8)",

  "CREATE TABLE op_group (seq INTEGER PRIMARY KEY, device TEXT NOT NULL, dseq INTEGER NOT NULL,"
  " batch TEXT NOT NULL, at INTEGER NOT NULL, author TEXT, hlc BLOB NOT NULL,"
  " prev_hash BLOB NOT NULL, payload_hash BLOB NOT NULL, hash BLOB NOT NULL,"
  " schema INTEGER NOT NULL, n_ops INTEGER NOT NULL, salt BLOB, payload TEXT, remainder TEXT,"
  " saw INTEGER NOT NULL DEFAULT 0)",
  "CREATE UNIQUE INDEX op_group_dseq ON op_group (device, dseq)",
  "CREATE INDEX op_group_batch ON op_group (batch, seq)",
  "CREATE TABLE op (rid INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (rid, seq))"
  " WITHOUT ROWID",
  "CREATE TABLE batch (id TEXT PRIMARY KEY, first INTEGER NOT NULL, at INTEGER NOT NULL,"
  " author TEXT, label TEXT NOT NULL, n_records INTEGER NOT NULL, undoes TEXT,"
  " undone_by TEXT) WITHOUT ROWID",
  "CREATE INDEX batch_order ON batch (first)",

  "CREATE TABLE draft (entity TEXT NOT NULL, slot TEXT NOT NULL, at INTEGER NOT NULL,"
  " fields TEXT NOT NULL, PRIMARY KEY (entity, slot)) WITHOUT ROWID",
  "CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
  "CREATE TABLE verdict (dseq INTEGER PRIMARY KEY, verdict TEXT NOT NULL, at INTEGER NOT NULL)",
  /* What is known of the content of a file between here and the hub. hub: in which epoch the hub has
   * confirmed that it has it; wanted: a person waits for it; due: µs, not before. */
  "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, hub TEXT, wanted INTEGER NOT NULL DEFAULT 0,"
  " failures INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0, problem TEXT)"
  " WITHOUT ROWID",
  "CREATE TABLE refusal (n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, entity TEXT NOT NULL,"
  " id TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, let_go INTEGER, about TEXT)",
  "CREATE UNIQUE INDEX refusal_op ON refusal (seq, entity, id)",
  "CREATE TABLE held (rid INTEGER PRIMARY KEY, at INTEGER NOT NULL)",

  "CREATE TABLE alias (id TEXT PRIMARY KEY, entity TEXT NOT NULL, canonical TEXT NOT NULL)"
  " WITHOUT ROWID",
  "CREATE INDEX alias_canonical ON alias (canonical)",
  /* A field as canonical text; of field '' the time of deletion; of '+' a row that is there by a judgement alone. */
  "CREATE TABLE raw (rid INTEGER NOT NULL, entity TEXT NOT NULL, field TEXT NOT NULL, value TEXT,"
  " PRIMARY KEY (rid, entity, field)) WITHOUT ROWID",
  /* key: 64 bits of it; place: the country, by which a crowd is parted. */
  "CREATE TABLE match_key (key INTEGER NOT NULL, place TEXT NOT NULL, rid INTEGER NOT NULL,"
  " PRIMARY KEY (key, place, rid)) WITHOUT ROWID",
  "CREATE INDEX match_key_rid ON match_key (rid)",
  /* How many had it, by field and key, when all were looked at last: the numbers hold until then. */
  "CREATE TABLE match_count (entity TEXT NOT NULL, field INTEGER NOT NULL, key INTEGER NOT NULL,"
  " n INTEGER NOT NULL, PRIMARY KEY (entity, field, key)) WITHOUT ROWID",
  /* a < b: row numbers; gain: what is won by knowing, whole numbers, the largest first. */
  "CREATE TABLE suspect (a INTEGER NOT NULL, b INTEGER NOT NULL, likelihood INTEGER NOT NULL,"
  " gain INTEGER NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID",
  "CREATE INDEX suspect_b ON suspect (b)",
  "CREATE INDEX suspect_gain ON suspect (gain DESC, a)",
};

GPtrArray *
kaf_ddl_fixed (void)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (statements, g_strdup (fixed[i]));
  kaf_beside_add_ddl (statements);
  return statements;
}

static const char *
column_type (const KafField *field)
{
  switch (field->kind)
    {
    case KAF_KIND_INTEGER:
    case KAF_KIND_MONEY:
    case KAF_KIND_BOOLEAN:
      return "INTEGER";
    case KAF_KIND_TEXT:
    case KAF_KIND_LONG_TEXT:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_EMAIL:
    case KAF_KIND_PHONE:
    case KAF_KIND_URL:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_ATTACHMENT:
    default:
      return "TEXT";
    }
}

static void
add_table (GPtrArray *statements, const KafEntity *entity)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CREATE TABLE \"%s\" (rid INTEGER PRIMARY KEY, ref TEXT,"
                          " created_at INTEGER, created_by TEXT, updated_at INTEGER,"
                          " updated_by TEXT, deleted_at INTEGER, clock BLOB, extra TEXT",
                          entity->id);
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (kaf_field_is_many (field))
        continue;
      g_string_append_printf (sql, ", \"%s\" %s", field->id, column_type (field));
      if (field->kind == KAF_KIND_MONEY)
        g_string_append_printf (sql, ", \"%s_currency\" TEXT", field->id);
    }
  g_string_append_c (sql, ')');
  g_ptr_array_add (statements, g_string_free (g_steal_pointer (&sql), FALSE));
}

static void
add_indexes (GPtrArray *statements, const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      gboolean external = g_str_equal (field->id, "external_source");

      if (!kaf_field_has (field, KAF_FIELD_INDEX) || kaf_field_is_many (field))
        continue;
      g_ptr_array_add (statements, g_strdup_printf ("CREATE INDEX \"%s__%s\" ON \"%s\" (\"%s\"%s)"
                                                    " WHERE \"%s\" IS NOT NULL",
                                                    entity->id, field->id, entity->id, field->id,
                                                    external ? ", external_id" : "", field->id));
    }
}

static void
add_set_table (GPtrArray *statements, const KafEntity *entity)
{
  gboolean has_sets = FALSE;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    has_sets |= kaf_field_is_many (field);
  if (!has_sets)
    return;

  g_ptr_array_add (statements,
                   g_strdup_printf ("CREATE TABLE \"%s_set\" (rid INTEGER NOT NULL,"
                                    " field TEXT NOT NULL, value TEXT NOT NULL, detail TEXT,"
                                    " position INTEGER NOT NULL, added BLOB, removed BLOB,"
                                    " PRIMARY KEY (rid, field, value)) WITHOUT ROWID",
                                    entity->id));
  g_ptr_array_add (
      statements,
      g_strdup_printf ("CREATE INDEX \"%s_set__value\" ON \"%s_set\" (field, value, removed)"
                       " WHERE removed IS NULL",
                       entity->id, entity->id));
}

GPtrArray *
kaf_ddl_entity (const KafEntity *entity)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);

  add_table (statements, entity);
  add_indexes (statements, entity);
  add_set_table (statements, entity);
  return statements;
}

static gboolean
run_all (KafDatabase *self, GPtrArray *statements, GError **error)
{
  for (guint i = 0; i < statements->len; i++)
    if (!kaf_database_exec (self, g_ptr_array_index (statements, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
create_tables (KafDatabase *self, GError **error)
{
  g_autoptr (GPtrArray) statements = kaf_ddl_fixed ();
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  if (!run_all (self, statements, error))
    return FALSE;

  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr (GPtrArray) own = kaf_ddl_entity (entities[i]);

      if (!run_all (self, own, error))
        return FALSE;
    }
  return TRUE;
}

/* A store draws its device number and the key of its erasure ledger at birth. */
static gboolean
create_identity (KafDatabase *self, GError **error)
{
  g_autofree char *device =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_random_u64 (self->random));
  g_autofree char *key =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                       kaf_random_u64 (self->random), kaf_random_u64 (self->random));
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            KAF_STORE_APPLICATION_ID, KAF_STORE_VERSION);
  g_autofree char *schema = g_strdup_printf ("%d", KAF_SCHEMA_VERSION);

  return kaf_database_set_meta (self, "device", device, error) &&
         kaf_database_set_meta (self, "erasure_key", key, error) &&
         kaf_database_set_meta (self, "schema", schema, error) &&
         kaf_database_exec (self, stamp, error);
}

gboolean
kaf_ddl_create (KafDatabase *self, GError **error)
{
  gboolean done;

  if (!kaf_database_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;

  /* Another process may have made it while this one waited for its turn. */
  done = kaf_database_get_int (self, "SELECT count(*) FROM sqlite_schema", NULL) > 0 ||
         (create_tables (self, error) && create_identity (self, error));
  if (done && kaf_database_exec (self, "COMMIT", error))
    return TRUE;
  kaf_database_exec (self, "ROLLBACK", NULL);
  g_prefix_error (error, "create: ");
  return FALSE;
}
