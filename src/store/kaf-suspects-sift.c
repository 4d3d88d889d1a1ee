/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of the hundreds who have a key in common with a person, those who are somebody else by one row of theirs. */
#include "config.h"

#include <stdlib.h>

#include "match/kaf-match-sift.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-private.h"

#define COLUMNS                                                                                    \
  "SELECT p.rid, p.given_name, p.family_name, p.given_name_ar, p.family_name_ar, p.country,"       \
  " p.city, p.birth_year, p.gender FROM json_each (?1) l CROSS JOIN person p ON p.rid = l.value"

#define EMPLOYER "SELECT employer FROM expert WHERE rid = ? AND deleted_at IS NULL"

/* Who has names beside those of her row is read in full. To look for them with each costs as much as the row; where few of
 * the store have any, these are known at once. */
#define BARE                                                                                       \
  COLUMNS " WHERE NOT EXISTS (SELECT 1 FROM person_set s WHERE s.rid = p.rid"                      \
          " AND s.field = 'aliases' AND s.removed IS NULL)"
#define ALIASED "SELECT rid FROM person_set WHERE field = 'aliases' AND removed IS NULL LIMIT ?"
#define FEW 200

#define TEXTS_KEPT 10000

/* What was read and compared before, by the connection. */
static KafMatchKept *
get_kept (KafDatabase *db)
{
  KafMatchKept *kept = kaf_match_kept (db);

  if (kept->readings != NULL && kaf_match_readings_get_n (kept->readings) > TEXTS_KEPT)
    kaf_match_kept_forget_readings (kept);
  if (kept->readings == NULL)
    {
      kept->readings = kaf_match_readings_new (kaf_match_reader_get_aliases (db));
      kept->memo = kaf_match_memo_new ();
    }
  return kept;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
contains (const GArray *rising, gint64 rid)
{
  return rising->len > 0 &&
         bsearch (&rid, rising->data, rising->len, sizeof rid, compare_rows) != NULL;
}

/* Adds those who have other names, where they are few; @all (out): whether they are. */
static gboolean
add_aliased (KafDatabase *db, GArray *rows, gboolean *all, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (db, ALIASED, error);
  guint before = rows->len;
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int (row, 1, FEW + 1);
  while (kaf_database_step (db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      g_array_append_val (rows, rid);
    }
  *all = rows->len - before <= FEW;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* The rows of @found that may be looked at alone. */
static KafStatement *
prepare (KafDatabase *db, const GArray *found, const GArray *anchored, GError **error)
{
  g_autoptr (GArray) full = g_array_copy ((GArray *) anchored);
  g_autoptr (GString) list = g_string_new ("[]");
  gboolean all = FALSE;
  KafStatement *row;

  if (!add_aliased (db, full, &all, error))
    return NULL;
  g_array_sort (full, compare_rows);
  for (guint i = 0; i < found->len; i++)
    if (!contains (full, g_array_index (found, gint64, i)))
      kaf_rows_add (list, g_array_index (found, gint64, i));
  row = kaf_database_prepare (db, all ? COLUMNS : BARE, error);
  if (row != NULL)
    kaf_statement_bind_text (row, 1, list->str);
  return row;
}

static KafMatchColumns
read_columns (KafStatement *row)
{
  return (KafMatchColumns){
    .given = kaf_statement_text (row, 1),
    .family = kaf_statement_text (row, 2),
    .given_ar = kaf_statement_text (row, 3),
    .family_ar = kaf_statement_text (row, 4),
    .country = kaf_statement_text (row, 5),
    .city = kaf_statement_text (row, 6),
    .birth = kaf_statement_text (row, 7),
    .gender = kaf_statement_text (row, 8),
  };
}

/* The employer is asked for where all else does not tell yet. */
static gboolean
is_not (KafDatabase *db, const KafMatchSift *sift, KafStatement *row, GError **error)
{
  KafMatchColumns columns = read_columns (row);
  g_autoptr (KafStatement) facet = NULL;
  GError *local = NULL;

  if (kaf_match_sift_is_not (sift, &columns))
    return TRUE;
  facet = kaf_database_prepare (db, EMPLOYER, error);
  if (facet == NULL)
    return FALSE;
  sqlite3_bind_int64 (facet, 1, sqlite3_column_int64 (row, 0));
  if (kaf_database_step (db, facet, &local))
    columns.employer = kaf_statement_text (facet, 0);
  columns.asked = local == NULL;
  if (local == NULL)
    return kaf_match_sift_is_not (sift, &columns);
  g_propagate_error (error, local);
  return FALSE;
}

/* Both rising. */
static void
take_out (GArray *found, const GArray *out)
{
  guint n = 0;

  for (guint i = 0, j = 0; i < found->len; i++)
    {
      gint64 rid = g_array_index (found, gint64, i);

      if (j < out->len && g_array_index (out, gint64, j) == rid)
        j++;
      else
        g_array_index (found, gint64, n++) = rid;
    }
  g_array_set_size (found, n);
}

gboolean
kaf_suspects_sift (KafDatabase *db,
                   const KafMatchPerson *person,
                   const KafMatchRarity *rarity,
                   double prior,
                   double least,
                   const GArray *anchored,
                   GArray *found,
                   GError **error)
{
  KafMatchKept *kept = get_kept (db);
  g_autoptr (KafMatchSift) sift = kaf_match_sift_new (
      kaf_match_model_default (), rarity, kept->readings, kept->memo, person, prior, least);
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KafStatement) row = prepare (db, found, anchored, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  while (local == NULL && kaf_database_step (db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      if (is_not (db, sift, row, &local))
        g_array_append_val (out, rid);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  take_out (found, out);
  return TRUE;
}
