/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-expert-now.h"

#include <stdlib.h>
#include <string.h>

#include "match/kaf-expert-fit.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

const char *const kaf_expert_now_ddl[] = {
  "CREATE TABLE expert_page (page INTEGER PRIMARY KEY, experts BLOB NOT NULL)",
  "CREATE TABLE expert_word (n INTEGER PRIMARY KEY, word TEXT NOT NULL)",
  "CREATE UNIQUE INDEX expert_word_word ON expert_word (word)",
  NULL,
};

/* Who changed */

static const char *const parts[] = { "membership", "availability", "consent", "mission_expert" };
static const char *const of_person[] = { "status", "territory", "confirmed_on", "languages", NULL };
static const char *const of_expert[] = { "domains", "occupations", NULL };

static gboolean
is_part (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i], entity->id))
      return TRUE;
  return FALSE;
}

/* A record that holds nothing is deleted, or comes back. */
static gboolean
decides (KafRecord *record)
{
  gboolean person = g_str_equal (kaf_record_get_entity (record)->id, "person");

  return kaf_record_count_held (record) == 0 ||
         kaf_record_holds_any (record, person ? of_person : of_expert);
}

char *
kaf_expert_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (g_str_equal (root->id, "person"))
    sql = g_strdup ("SELECT id FROM head WHERE rid = ?");
  else if (is_part (root))
    sql = g_strdup_printf ("SELECT person FROM \"%s\" WHERE rid = ?", root->id);
  else
    return NULL;
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

static void
note_part (KafDatabase *db, GHashTable *touched, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *named = kaf_record_get (record, "person");
  char *person;

  person = named != NULL
               ? g_strdup (named)
               : kaf_expert_now_find (
                     db, entity, kaf_database_find_rid (db, entity, kaf_record_get_id (record)));
  if (person != NULL)
    g_hash_table_add (touched, person);
}

void
kaf_expert_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record, gboolean created)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  if (is_part (entity))
    note_part (db, touched, record);
  else if ((g_str_equal (entity->id, "person") || g_str_equal (entity->id, "expert")) &&
           (created || decides (record)))
    g_hash_table_add (touched, g_strdup (kaf_record_get_id (record)));
}

void
kaf_expert_now_note_before (KafDatabase *db, GHashTable *touched, KafRecord *before)
{
  if (is_part (kaf_record_get_entity (before)))
    note_part (db, touched, before);
}

/* One expert, out of the rows */

typedef struct
{
  KafDatabase *db;
  GHashTable *words;         /* those met → their numbers */
  gboolean reads;            /* for a check: no word is added */
  GArray *numbers;           /* guint32: a list at hand */
  GByteArray *record, *page; /* of one expert, and where she stands */
  gint64 number;             /* of the page at hand; -1: none */
  gboolean changed;
} Writer;

static void
writer_init (Writer *self, KafDatabase *db)
{
  *self = (Writer){ .db = db, .number = -1 };
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->record = g_byte_array_new ();
  self->page = g_byte_array_new ();
}

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->record, g_byte_array_unref);
  g_clear_pointer (&self->page, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
add_word (Writer *self, const char *word, guint32 *n, GError **error)
{
  KafStatement *insert =
      kaf_database_prepare (self->db, "INSERT INTO expert_word (word) VALUES (?)", error);

  if (insert == NULL)
    return FALSE;
  kaf_statement_bind_text (insert, 1, word);
  if (!kaf_database_run (self->db, insert, error))
    return FALSE;
  *n = (guint32) sqlite3_last_insert_rowid (self->db->sql);
  return TRUE;
}

/* Words stay: a code that was used once is used again. */
static gboolean
find_word (
    Writer *self, char kind, const char *code, const char *detail, guint32 *n, GError **error)
{
  g_autofree char *word = detail != NULL ? g_strdup_printf ("%c%s\t%s", kind, code, detail)
                                         : g_strdup_printf ("%c%s", kind, code);
  g_autoptr (KafStatement) row = NULL;
  GError *local = NULL;

  *n = GPOINTER_TO_UINT (g_hash_table_lookup (self->words, word));
  if (*n != 0)
    return TRUE;
  row = kaf_database_prepare (self->db, "SELECT n FROM expert_word WHERE word = ?", error);
  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, word);
  if (kaf_database_step (self->db, row, &local))
    *n = (guint32) sqlite3_column_int64 (row, 0);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (*n == 0 && !self->reads && !add_word (self, word, n, error))
    return FALSE;
  g_hash_table_insert (self->words, g_steal_pointer (&word), GUINT_TO_POINTER (*n));
  return TRUE;
}

typedef gboolean (*RowFunc) (Writer *self, KafStatement *row, GError **error);

static gboolean
add_words (Writer *self, KafStatement *row, GError **error)
{
  const char *kind = kaf_statement_text (row, 0);
  guint32 n;

  if (!find_word (self, kind[0], kaf_statement_text (row, 1), kaf_statement_text (row, 2), &n,
                  error))
    return FALSE;
  g_array_append_val (self->numbers, n);
  return TRUE;
}

static gboolean
add_network (Writer *self, KafStatement *row, GError **error)
{
  const char *to = kaf_statement_text (row, 1);
  guint32 until = to != NULL ? kaf_day_parse_end (to) : 0, n;

  if (!find_word (self, KAF_WORD_NETWORK, kaf_statement_text (row, 0), NULL, &n, error))
    return FALSE;
  g_array_append_val (self->numbers, n);
  g_array_append_val (self->numbers, until);
  return TRUE;
}

static gboolean
add_time (Writer *self, KafStatement *row, GError **error)
{
  const char *part = kaf_statement_text (row, 2);
  const char *kind = kaf_statement_text (row, 3);
  guint32 from = kaf_day_parse (kaf_statement_text (row, 0));
  guint32 to = kaf_day_parse (kaf_statement_text (row, 1));
  guint32 bits = (g_strcmp0 (kind, "busy") == 0   ? KAF_FIT_BUSY
                  : g_strcmp0 (kind, "free") == 0 ? KAF_FIT_FREE
                                                  : KAF_FIT_TENTATIVE)
                 << KAF_TIME_KIND_SHIFT;

  bits |= g_strcmp0 (part, "pm") != 0 ? KAF_TIME_MORNING : 0;
  bits |= g_strcmp0 (part, "am") != 0 ? KAF_TIME_AFTERNOON : 0;
  bits |= sqlite3_column_int (row, 4) != 0 ? KAF_TIME_REMOTE : 0;
  if (to == KAF_DAY_UNKNOWN)
    to = from;
  g_array_append_val (self->numbers, from);
  g_array_append_val (self->numbers, to);
  g_array_append_val (self->numbers, bits);
  return TRUE;
}

/* The list of the rows of @sql, whose parameter is her id where @id is given, else her row number. */
static gboolean
add_list (Writer *self,
          const char *sql,
          gint64 rid,
          const char *id,
          guint size,
          RowFunc add,
          GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  if (id != NULL)
    kaf_statement_bind_text (row, 1, id);
  else
    sqlite3_bind_int64 (row, 1, rid);
  g_array_set_size (self->numbers, 0);
  while (local == NULL && kaf_database_step (self->db, row, &local))
    add (self, row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  kaf_expert_write (self->record, self->numbers->len / size);
  for (guint i = 0; i < self->numbers->len; i++)
    kaf_expert_write (self->record, g_array_index (self->numbers, guint32, i));
  return TRUE;
}

/* What stands once. */
typedef struct
{
  guint32 flags, status, territory;
  KafDay confirmed_on;
} Single;

/* Her row; *@found FALSE: she is no expert, or deleted. */
static gboolean
read_person (
    Writer *self, gint64 rid, const char *id, Single *single, gboolean *found, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      self->db,
      "SELECT p.status, p.territory, p.confirmed_on, EXISTS (SELECT 1 FROM consent c INDEXED BY"
      " consent__person WHERE c.person = ?2 AND c.purpose IN ('sharing', 'mission')"
      " AND c.withdrawn_on IS NULL AND c.deleted_at IS NULL),"
      " EXISTS (SELECT 1 FROM mission_expert o INDEXED BY mission_expert__person"
      " WHERE o.person = ?2 AND o.deleted_at IS NULL)"
      " FROM person p CROSS JOIN expert e ON e.rid = p.rid"
      " WHERE p.rid = ?1 AND p.deleted_at IS NULL AND e.deleted_at IS NULL",
      error);
  const char *status, *territory;
  GError *local = NULL;

  *found = FALSE;
  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, rid);
  kaf_statement_bind_text (row, 2, id);
  *found = kaf_database_step (self->db, row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!*found)
    return TRUE;
  status = kaf_statement_text (row, 0);
  territory = kaf_statement_text (row, 1);
  single->confirmed_on = kaf_day_parse (kaf_statement_text (row, 2));
  single->flags = (sqlite3_column_int (row, 3) != 0 ? KAF_EXPERT_CONSENTS : 0) |
                  (sqlite3_column_int (row, 4) != 0 ? KAF_EXPERT_IN_MISSIONS : 0);
  return (status == NULL ||
          find_word (self, KAF_WORD_STATUS, status, NULL, &single->status, error)) &&
         (territory == NULL ||
          find_word (self, KAF_WORD_TERRITORY, territory, NULL, &single->territory, error));
}

#define SET_OF(entity, field, kind)                                                                \
  "SELECT '" kind "', value, detail FROM " entity "_set WHERE rid = ?1 AND field = '" field        \
  "' AND removed IS NULL"

static void
add_single (Writer *self, const Single *single)
{
  kaf_expert_write (self->record, single->flags);
  kaf_expert_write (self->record, single->status);
  kaf_expert_write (self->record, single->territory);
  kaf_expert_write (self->record, single->confirmed_on);
}

/* Makes self->record, empty where she is none that is kept. */
static gboolean
make_record (Writer *self, gint64 rid, const char *id, GError **error)
{
  Single single = { 0 };
  guint8 packed[KAF_EXPERT_ID_SIZE];
  gboolean found;

  g_byte_array_set_size (self->record, 0);
  if (!read_person (self, rid, id, &single, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  kaf_expert_write (self->record, (guint32) (rid % KAF_EXPERTS_A_PAGE));
  if (!add_list (self, SET_OF ("expert", "domains", "d"), rid, NULL, 1, add_words, error) ||
      !add_list (self, SET_OF ("expert", "occupations", "o"), rid, NULL, 1, add_words, error))
    return FALSE;
  add_single (self, &single);
  if (!add_list (self, SET_OF ("person", "languages", "l"), rid, NULL, 1, add_words, error) ||
      !add_list (self,
                 "SELECT network, valid_to FROM membership INDEXED BY membership__person"
                 " WHERE person = ?1 AND deleted_at IS NULL AND network IS NOT NULL ORDER BY rid",
                 rid, id, 2, add_network, error) ||
      !add_list (self,
                 "SELECT valid_from, valid_to, part, kind, remote FROM availability"
                 " INDEXED BY availability__person WHERE person = ?1 AND deleted_at IS NULL"
                 " ORDER BY rid",
                 rid, id, 3, add_time, error))
    return FALSE;
  kaf_expert_page_pack_id (id, packed);
  g_byte_array_append (self->record, packed, sizeof packed);
  return TRUE;
}

/* Pages */

static gboolean
save_page (Writer *self, GError **error)
{
  KafStatement *write;

  if (!self->changed)
    return TRUE;
  self->changed = FALSE;
  write = kaf_database_prepare (self->db,
                                self->page->len > 0
                                    ? "INSERT OR REPLACE INTO expert_page (page, experts)"
                                      " VALUES (?, ?)"
                                    : "DELETE FROM expert_page WHERE page = ?",
                                error);
  if (write == NULL)
    return FALSE;
  sqlite3_bind_int64 (write, 1, self->number);
  if (self->page->len > 0)
    sqlite3_bind_blob (write, 2, self->page->data, (int) self->page->len, SQLITE_STATIC);
  return kaf_database_run (self->db, write, error);
}

static gboolean
load_page (Writer *self, gint64 number, GError **error)
{
  g_autoptr (KafStatement) row = NULL;
  GError *local = NULL;

  if (self->number == number)
    return TRUE;
  if (!save_page (self, error))
    return FALSE;
  self->number = number;
  g_byte_array_set_size (self->page, 0);
  row = kaf_database_prepare (self->db, "SELECT experts FROM expert_page WHERE page = ?", error);
  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, number);
  if (kaf_database_step (self->db, row, &local))
    g_byte_array_append (self->page, sqlite3_column_blob (row, 0),
                         (guint) sqlite3_column_bytes (row, 0));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
write_one (Writer *self, gint64 rid, const char *id, GError **error)
{
  if (!load_page (self, rid / KAF_EXPERTS_A_PAGE, error) || !make_record (self, rid, id, error))
    return FALSE;
  self->changed |= kaf_expert_page_replace (self->page, (guint) (rid % KAF_EXPERTS_A_PAGE),
                                            self->record->len > 0 ? self->record : NULL);
  return TRUE;
}

typedef struct
{
  gint64 rid;
  const char *id;
} Touched;

static int
compare_touched (gconstpointer a, gconstpointer b)
{
  const Touched *one = a, *other = b;

  return one->rid < other->rid ? -1 : one->rid > other->rid;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Looked for in the order of the index, which is faster where they are many. */
static GArray *
find_touched (KafDatabase *db, GHashTable *ids)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Touched));
  const KafEntity *person = kaf_registry_find ("person");
  g_autofree const char **sorted = (const char **) g_hash_table_get_keys_as_array (ids, NULL);
  guint n = g_hash_table_size (ids);

  qsort (sorted, n, sizeof *sorted, compare_ids);
  for (guint i = 0; i < n; i++)
    {
      Touched one = { kaf_database_find_rid (db, person, sorted[i]), sorted[i] };

      if (one.rid > 0)
        g_array_append_val (all, one);
    }
  g_array_sort (all, compare_touched);
  return all;
}

/* In the order of their row numbers: a page is written once. */
gboolean
kaf_expert_now_write_all (KafDatabase *db, GHashTable *touched, GError **error)
{
  g_auto (Writer) writer = { 0 };
  g_autoptr (GArray) all = find_touched (db, touched);

  writer_init (&writer, db);
  for (guint i = 0; i < all->len; i++)
    {
      const Touched *one = &g_array_index (all, Touched, i);

      if (!write_one (&writer, one->rid, one->id, error))
        return FALSE;
    }
  g_hash_table_remove_all (touched);
  return save_page (&writer, error);
}

gboolean
kaf_expert_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  g_auto (Writer) writer = { 0 };

  if (!g_str_equal (root->id, "person"))
    return TRUE;
  writer_init (&writer, db);
  if (!load_page (&writer, rid / KAF_EXPERTS_A_PAGE, error))
    return FALSE;
  writer.changed = kaf_expert_page_replace (writer.page, (guint) (rid % KAF_EXPERTS_A_PAGE), NULL);
  return save_page (&writer, error);
}

/* All */

#define ALL_EXPERTS                                                                                \
  "SELECT h.rid, h.id FROM expert e CROSS JOIN head h ON h.rid = e.rid"                            \
  " WHERE e.deleted_at IS NULL AND h.deleted = 0 ORDER BY e.rid"

static gboolean
write_all (KafDatabase *db, GError **error)
{
  g_auto (Writer) writer = { 0 };
  g_autoptr (KafStatement) row = kaf_database_prepare (db, ALL_EXPERTS, error);
  GError *local = NULL;

  writer_init (&writer, db);
  if (row == NULL)
    return FALSE;
  while (local == NULL && kaf_database_step (db, row, &local))
    write_one (&writer, sqlite3_column_int64 (row, 0), kaf_statement_text (row, 1), &local);
  if (local == NULL)
    return save_page (&writer, error);
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
is_missing (KafDatabase *db)
{
  return kaf_database_get_int (db, "SELECT NOT EXISTS (SELECT 1 FROM expert_page)", NULL) == 1 &&
         kaf_database_get_int (db, "SELECT EXISTS (" ALL_EXPERTS ")", NULL) == 1;
}

gboolean
kaf_expert_now_complete (KafDatabase *db, GError **error)
{
  if (!is_missing (db))
    return TRUE;
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  /* Another process may have done it while this one waited for its turn. */
  if ((!is_missing (db) || write_all (db, error)) && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  g_prefix_error (error, "experts: ");
  return FALSE;
}

/* Checking */

/* What stands in the pages against what would be written; of the latter, those that are not there at all. */
static gboolean
check_one (Writer *self, gint64 rid, const char *id, GPtrArray *wrong, GError **error)
{
  if (!load_page (self, rid / KAF_EXPERTS_A_PAGE, error) || !make_record (self, rid, id, error))
    return FALSE;
  if (kaf_expert_page_replace (self->page, (guint) (rid % KAF_EXPERTS_A_PAGE), self->record))
    g_ptr_array_add (wrong, g_strdup_printf ("%" G_GINT64_FORMAT, rid));
  return TRUE;
}

static gboolean
is_kept (KafDatabase *db, gint64 rid)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      "SELECT 1 FROM expert e CROSS JOIN head h ON h.rid = e.rid WHERE e.rid = ?"
      " AND e.deleted_at IS NULL AND h.deleted = 0 AND h.entity = 'person'",
      NULL);

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, rid);
  return kaf_database_step (db, row, NULL);
}

/* Those in the pages that are no experts, and pages that end too soon. */
static gboolean
check_pages (KafDatabase *db, GPtrArray *wrong, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT page, experts FROM expert_page ORDER BY page", error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  while (kaf_database_step (db, row, &local))
    {
      gint64 first = sqlite3_column_int64 (row, 0) * KAF_EXPERTS_A_PAGE;
      const guint8 *data = sqlite3_column_blob (row, 1);
      KafExpertBytes page = kaf_expert_bytes (data, (gsize) sqlite3_column_bytes (row, 1)), expert;
      guint slot;

      while (kaf_expert_page_next (&page, &expert, &slot))
        if (!is_kept (db, first + slot))
          g_ptr_array_add (wrong, g_strdup_printf ("%" G_GINT64_FORMAT, first + slot));
      if (page.at < page.end)
        g_ptr_array_add (wrong, g_strdup_printf ("%" G_GINT64_FORMAT "…", first));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

GPtrArray *
kaf_expert_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_auto (Writer) writer = { 0 };
  g_autoptr (KafStatement) row = kaf_database_prepare (db, ALL_EXPERTS, error);
  GError *local = NULL;

  writer_init (&writer, db);
  writer.reads = TRUE;
  if (row == NULL)
    return NULL;
  while (local == NULL && kaf_database_step (db, row, &local))
    {
      check_one (&writer, sqlite3_column_int64 (row, 0), kaf_statement_text (row, 1), wrong,
                 &local);
      writer.changed = FALSE;
    }
  if (local == NULL && check_pages (db, wrong, &local))
    return g_steal_pointer (&wrong);
  g_propagate_error (error, local);
  return NULL;
}
