/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of an identity in the table of heads: what it is called, and where it stands in lists. */
#include "config.h"

#include "store/kaf-writer-private.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "store/kaf-one.h"

/* Sorts after any text of either script. */
#define AFTER_ALL_LETTERS "\xf4\x8f\xbf\xbd "

static char *
make_sort (KafRecord *root, const char *const *fields)
{
  const KafEntity *entity = kaf_record_get_entity (root);
  g_autoptr (GString) sort = NULL;

  if (fields == NULL)
    return g_strdup ("");
  sort = g_string_new (NULL);
  for (; *fields != NULL; fields++)
    {
      const KafField *field = kaf_entity_find_field (entity, *fields);
      const char *value = kaf_record_get (root, *fields);

      if (value == NULL)
        continue;
      if (sort->len > 0)
        g_string_append_c (sort, ' ');
      if (field->kind == KAF_KIND_INTEGER)
        g_string_append_printf (sort, "%08" G_GINT64_FORMAT, g_ascii_strtoll (value, NULL, 10));
      else
        kaf_fold_append (sort, value);
    }
  return g_string_free (g_steal_pointer (&sort), FALSE);
}

/* The line of an identity in the table of heads, as it follows from its rows. */
typedef struct
{
  guint facets;
  int deleted;       /* 1; 2: shown by another */
  gboolean nameless; /* its texts are nobody's to free */
  char *sort, *sort_ar, *title, *title_ar;
  const char *brief; /* of the root */
} Head;

static void
head_clear (Head *head)
{
  if (head->nameless)
    return;
  g_free (head->sort);
  g_free (head->sort_ar);
  g_free (head->title);
  g_free (head->title_ar);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

/* What a source said of a value has no name, and comes by the million. */
static gboolean
is_nameless (const KafEntity *entity)
{
  return entity->title == NULL && entity->title_ar == NULL && entity->sort == NULL &&
         entity->sort_ar == NULL;
}

static void
head_name (Head *head, KafRecord *root)
{
  const KafEntity *entity = kaf_record_get_entity (root);

  head->nameless = is_nameless (entity);
  if (head->nameless)
    {
      head->title = head->title_ar = head->sort = (char *) "";
      head->sort_ar = (char *) AFTER_ALL_LETTERS;
      return;
    }
  head->title = kaf_record_title (root, FALSE, TRUE);
  head->title_ar = kaf_record_title (root, TRUE, FALSE);
  head->sort = make_sort (root, entity->sort ? entity->sort : entity->title);
  head->sort_ar = make_sort (root, entity->sort_ar ? entity->sort_ar : entity->title_ar);
  if (!kaf_text_is_arabic (head->sort_ar))
    {
      /* Who has no Arabic name comes after those who have. */
      g_free (head->sort_ar);
      head->sort_ar = g_strconcat (AFTER_ALL_LETTERS, head->sort, NULL);
    }
}

static void
head_fill (Head *head, KafIdentity *identity)
{
  const KafEntity *entity = kaf_record_get_entity (identity->root);

  for (guint i = 0; i < identity->facets->len; i++)
    head->facets |= kaf_record_get_entity (g_ptr_array_index (identity->facets, i))->facet;
  head->deleted = kaf_record_get_stamp (identity->root)->deleted_at == KAF_ONE_HIDDEN ? 2
                  : kaf_record_get_stamp (identity->root)->deleted_at > 0             ? 1
                                                                                      : 0;
  head_name (head, identity->root);
  if (entity->short_title != NULL)
    head->brief = kaf_record_get (identity->root, entity->short_title);
}

/* From @at on; @head is to stay until the statement has run. */
static void
bind_head (KafStatement *statement, int at, const KafIdentity *identity, const Head *head)
{
  const char *texts[] = { head->sort,     head->sort_ar, head->title,
                          head->title_ar, head->brief,   kaf_record_get_id (identity->root) };

  sqlite3_bind_int64 (statement, at, identity->rid);
  sqlite3_bind_text (statement, at + 1, kaf_record_get_entity (identity->root)->id, -1,
                     SQLITE_STATIC);
  sqlite3_bind_int (statement, at + 2, head->facets);
  sqlite3_bind_int (statement, at + 3, head->deleted);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sqlite3_bind_text (statement, at + 4 + (int) i, texts[i], -1, SQLITE_STATIC);
}

#define HEAD_COLUMNS 10

#define INSERT_HEAD                                                                                \
  KAF_WRITER_INSERT                                                                                \
  " head (rid, entity, facets, deleted, sort, sort_ar, title, title_ar, short, id)"                \
  " VALUES "
#define HEAD_VALUES "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

gboolean
kaf_writer_write_head (KafDatabase *db, KafIdentity *identity, GError **error)
{
  g_auto (Head) head = { 0 };
  KafStatement *statement = kaf_database_prepare (
      db,
      identity->exists
          /* Most changes leave it as it is, and its order stands in two indexes. */
          ? "UPDATE head SET facets = ?3, deleted = ?4, sort = ?5, sort_ar = ?6, title = ?7,"
            " title_ar = ?8, short = ?9 WHERE rid = ?1 AND ?2 IS NOT NULL AND ?10 IS NOT NULL"
            " AND (facets, deleted, sort, sort_ar, title, title_ar, short)"
            " IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9)"
          : INSERT_HEAD HEAD_VALUES,
      error);

  if (statement == NULL)
    return FALSE;
  head_fill (&head, identity);
  bind_head (statement, 1, identity, &head);
  return kaf_database_run (db, statement, error);
}

/* Many at once cost SQLite less than each for itself. */
#define HEADS_4 HEAD_VALUES ", " HEAD_VALUES ", " HEAD_VALUES ", " HEAD_VALUES
#define INSERT_HEADS INSERT_HEAD HEADS_4 ", " HEADS_4 ", " HEADS_4 ", " HEADS_4
G_STATIC_ASSERT (KAF_WRITER_HEADS_AT_ONCE == 4 * 4);

/* As many of the values as are wanted. */
static KafStatement *
prepare_heads (KafDatabase *db, guint n, GError **error)
{
  const gsize missing = (KAF_WRITER_HEADS_AT_ONCE - n) * strlen (", " HEAD_VALUES);
  g_autofree char *sql = g_strndup (INSERT_HEADS, strlen (INSERT_HEADS) - missing);

  return kaf_database_prepare (db, sql, error);
}

gboolean
kaf_writer_write_plain (KafDatabase *db, KafIdentity *identities, guint n, GError **error)
{
  Head heads[KAF_WRITER_HEADS_AT_ONCE] = { { 0 } };
  KafStatement *statement = prepare_heads (db, n, error);
  gboolean done;

  if (statement == NULL || !kaf_writer_insert_missing (db, identities, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      head_fill (&heads[i], &identities[i]);
      bind_head (statement, 1 + (int) i * HEAD_COLUMNS, &identities[i], &heads[i]);
    }
  done = kaf_database_run (db, statement, error);
  for (guint i = 0; i < n; i++)
    head_clear (&heads[i]);
  return done;
}

gboolean
kaf_writer_compare_head (KafDatabase *db, KafIdentity *identity, gboolean *same, GError **error)
{
  g_auto (Head) head = { 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT facets, deleted, sort, sort_ar, title, title_ar, short FROM head WHERE rid = ?",
      error);

  if (statement == NULL)
    return FALSE;
  head_fill (&head, identity);
  sqlite3_bind_int64 (statement, 1, identity->rid);
  *same = kaf_database_step (db, statement, &local) &&
          sqlite3_column_int64 (statement, 0) == head.facets &&
          sqlite3_column_int (statement, 1) == head.deleted &&
          g_strcmp0 (kaf_statement_text (statement, 2), head.sort) == 0 &&
          g_strcmp0 (kaf_statement_text (statement, 3), head.sort_ar) == 0 &&
          g_strcmp0 (kaf_statement_text (statement, 4), head.title) == 0 &&
          g_strcmp0 (kaf_statement_text (statement, 5), head.title_ar) == 0 &&
          g_strcmp0 (kaf_statement_text (statement, 6), head.brief) == 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
