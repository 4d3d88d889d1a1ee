/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs as they are listed: those that wait, in whatever order, and those that were put off. */
#include "config.h"

#include "match/kaf-match-words.h"
#include "store/kaf-judge.h"
#include "store/kaf-suspects-list.h"
#include "store/kaf-suspects-news.h"
#include "store/kaf-suspects-private.h"

void
kaf_suspect_free (KafSuspect *self)
{
  if (self == NULL)
    return;
  g_free (self->a);
  g_free (self->b);
  g_free (self->title_a);
  g_free (self->title_b);
  g_free (self->ref_a);
  g_free (self->ref_b);
  g_free (self->evidence);
  g_free (self);
}

static const char list_sql[] =
    "SELECT x.entity, x.id, y.id, x.title, x.title_ar, y.title, y.title_ar,"
    " coalesce (p.ref, o.ref), coalesce (q.ref, r.ref), s.likelihood, s.gain, s.evidence"
    " FROM suspect s INDEXED BY suspect_gain CROSS JOIN head x ON x.rid = s.a"
    " CROSS JOIN head y ON y.rid = s.b"
    " LEFT JOIN person p ON p.rid = s.a LEFT JOIN organisation o ON o.rid = s.a"
    " LEFT JOIN person q ON q.rid = s.b LEFT JOIN organisation r ON r.rid = s.b"
    " WHERE (?1 IS NULL OR x.entity = ?1) AND s.likelihood >= ?2"
    " ORDER BY s.gain DESC, s.a, s.b LIMIT ?3 OFFSET ?4";

static char *
pick_title (KafStatement *row, int column, KafLang lang)
{
  const char *latin = kaf_statement_text (row, column);
  const char *arabic = kaf_statement_text (row, column + 1);
  const char *wanted = lang == KAF_LANG_AR ? arabic : latin;

  if (wanted == NULL || *wanted == '\0')
    wanted = lang == KAF_LANG_AR ? latin : arabic;
  return g_strdup (wanted);
}

static KafSuspect *
read_suspect (KafStatement *row, KafLang lang)
{
  KafSuspect *one = g_new0 (KafSuspect, 1);
  gboolean person = g_str_equal (kaf_statement_text (row, 0), kaf_matched_entity (0)->id);

  one->entity = kaf_matched_entity (person ? 0 : 1);
  one->a = g_strdup (kaf_statement_text (row, 1));
  one->b = g_strdup (kaf_statement_text (row, 2));
  one->title_a = pick_title (row, 3, lang);
  one->title_b = pick_title (row, 5, lang);
  one->ref_a = g_strdup (kaf_statement_text (row, 7));
  one->ref_b = g_strdup (kaf_statement_text (row, 8));
  one->likelihood = (guint) sqlite3_column_int (row, 9);
  one->gain = (guint) sqlite3_column_int (row, 10);
  one->evidence = g_strdup (kaf_statement_text (row, 11));
  return one;
}

GPtrArray *
kaf_suspects_list (KafDatabase *db,
                   const KafEntity *entity,
                   guint least,
                   guint offset,
                   guint limit,
                   KafLang lang,
                   GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspect_free);
  g_autoptr (KafStatement) row = kaf_database_prepare (db, list_sql, error);
  GError *local = NULL;

  if (row == NULL)
    return NULL;
  kaf_statement_bind_text (row, 1, entity != NULL ? entity->id : NULL);
  sqlite3_bind_int (row, 2, (int) least);
  sqlite3_bind_int64 (row, 3, limit);
  sqlite3_bind_int64 (row, 4, offset);
  while (kaf_database_step (db, row, &local))
    g_ptr_array_add (list, read_suspect (row, lang));
  if (local == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, local);
  return NULL;
}

/* ---- By places ---- */

void
kaf_suspect_line_free (KafSuspectLine *self)
{
  if (self == NULL)
    return;
  kaf_suspect_free (self->pair);
  g_free (self->other_a);
  g_free (self->other_b);
  g_free (self->reason);
  g_free (self);
}

/* Of those that wait. Where nobody knows what is won, the likeliest come first. */
static const char *const orders[KAF_N_SUSPECTS_ORDERS] = {
  [KAF_SUSPECTS_BY_GAIN] = "gain DESC, likelihood DESC",
  [KAF_SUSPECTS_BY_LIKELIHOOD] = "likelihood DESC, gain DESC",
  [KAF_SUSPECTS_BY_NAME] = "name",
};

static const struct
{
  guint least, less; /* ‰: from the first on, less than the second */
} bands[KAF_N_SUSPECTS_SHOWN] = {
  [KAF_SUSPECTS_WAITING] = { 0, G_MAXINT },
  [KAF_SUSPECTS_VERY_LIKELY] = { KAF_SUSPECT_VERY_LIKELY, G_MAXINT },
  [KAF_SUSPECTS_TO_EXAMINE] = { 0, KAF_SUSPECT_VERY_LIKELY },
};

/* Names are sorted as lists sort them. */
static char *
waiting_sql (const KafSuspectsAsked *asked, KafLang lang)
{
  const char *name = lang == KAF_LANG_AR ? "sort_ar" : "sort";

  /* The index gives the order by itself, as far as it is read. */
  if (asked->order == KAF_SUSPECTS_BY_GAIN)
    return g_strdup ("SELECT a, b FROM suspect WHERE likelihood >= ?1 AND likelihood < ?2"
                     " ORDER BY gain DESC, a, b LIMIT ?3 OFFSET ?4");
  return g_strdup_printf ("SELECT s.a, s.b, s.likelihood, s.gain, h.%s"
                          " AS name FROM suspect s CROSS JOIN head h ON h.rid = s.a"
                          " WHERE s.likelihood >= ?1 AND s.likelihood < ?2"
                          " ORDER BY %s, s.a, s.b LIMIT ?3 OFFSET ?4",
                          name, orders[asked->order]);
}

/* Put off, and not settled since by what else was judged. */
static char *
later_sql (const KafSuspectsAsked *asked, KafLang lang)
{
  const char *name = lang == KAF_LANG_AR ? "sort_ar" : "sort";

  return g_strdup_printf (
      "SELECT min (x.rid, y.rid) AS a, max (x.rid, y.rid) AS b, max (j.likelihood) AS likelihood,"
      " 0 AS gain, x.%s AS name FROM judgement j"
      " JOIN head h ON h.rid = j.rid"
      " JOIN head x ON x.id = coalesce (j.person, j.organisation) AND x.deleted = 0"
      " JOIN head y ON y.id = coalesce (j.other_person, j.other_organisation) AND y.deleted = 0"
      " WHERE j.verdict = 'unsure'"
      " AND NOT EXISTS (SELECT 1 FROM judgement r WHERE r.revokes = h.id)"
      " GROUP BY 1, 2 ORDER BY %s, 1, 2",
      name, orders[asked->order]);
}

static GArray *
read_places (KafDatabase *db, const char *sql, const int *binds, guint n_binds, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (KafSuspectPlace));
  g_autoptr (KafStatement) row = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return NULL;
  for (guint i = 0; i < n_binds; i++)
    sqlite3_bind_int (row, (int) i + 1, binds[i]);
  while (kaf_database_step (db, row, &local))
    {
      KafSuspectPlace place = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1) };

      g_array_append_val (places, place);
    }
  if (local == NULL)
    return g_steal_pointer (&places);
  g_propagate_error (error, local);
  return NULL;
}

/* Takes out of @places those of which the judgements of a kind say more than that they were put off. */
static gboolean
drop_settled (KafDatabase *db, guint which, GArray *places, GError **error)
{
  const KafEntity *entity = kaf_matched_entity (which);
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, entity, error);

  if (judgements == NULL)
    return FALSE;
  for (guint i = places->len; i-- > 0;)
    {
      const KafSuspectPlace *place = &g_array_index (places, KafSuspectPlace, i);
      g_autofree char *a = kaf_match_find_id (db, place->a, NULL);
      g_autofree char *b = kaf_match_find_id (db, place->b, NULL);

      if (a == NULL || b == NULL || kaf_database_find_rid (db, entity, a) != place->a)
        continue;
      if (kaf_judgements_get_verdict (judgements, a, b) != KAF_VERDICT_UNSURE ||
          g_str_equal (kaf_judgements_get_canonical (judgements, a),
                       kaf_judgements_get_canonical (judgements, b)))
        g_array_remove_index (places, i);
    }
  return TRUE;
}

static GArray *
read_later (KafDatabase *db,
            const KafSuspectsAsked *asked,
            guint offset,
            guint limit,
            KafLang lang,
            GError **error)
{
  g_autofree char *sql = later_sql (asked, lang);
  g_autoptr (GArray) places = read_places (db, sql, NULL, 0, error);

  if (places == NULL)
    return NULL;
  for (guint which = 0; which < KAF_N_MATCHED && places->len > 0; which++)
    if (!drop_settled (db, which, places, error))
      return NULL;
  g_array_remove_range (places, 0, MIN (offset, places->len));
  if (places->len > limit)
    g_array_set_size (places, limit);
  return g_steal_pointer (&places);
}

GArray *
kaf_suspects_list_places (KafDatabase *db,
                          const KafSuspectsAsked *asked,
                          guint offset,
                          guint limit,
                          KafLang lang,
                          GError **error)
{
  const int binds[] = { (int) bands[asked->shown].least, (int) bands[asked->shown].less,
                        (int) MIN (limit, G_MAXINT), (int) offset };
  g_autofree char *sql = NULL;

  if (asked->shown == KAF_SUSPECTS_LATER)
    return read_later (db, asked, offset, limit, lang, error);
  sql = waiting_sql (asked, lang);
  return read_places (db, sql, binds, G_N_ELEMENTS (binds), error);
}

guint
kaf_suspects_count_shown (KafDatabase *db, KafSuspectsShown shown, GError **error)
{
  const KafSuspectsAsked asked = { shown, KAF_SUSPECTS_BY_GAIN };
  g_autoptr (KafStatement) row = NULL;

  if (shown == KAF_SUSPECTS_LATER)
    {
      g_autoptr (GArray) places = read_later (db, &asked, 0, G_MAXUINT, KAF_LANG_EN, error);

      return places != NULL ? places->len : 0;
    }
  row = kaf_database_prepare (
      db, "SELECT count (*) FROM suspect WHERE likelihood >= ?1 AND likelihood < ?2", error);
  if (row == NULL)
    return 0;
  sqlite3_bind_int (row, 1, (int) bands[shown].least);
  sqlite3_bind_int (row, 2, (int) bands[shown].less);
  return kaf_database_step (db, row, error) ? (guint) sqlite3_column_int (row, 0) : 0;
}

/* What speaks for it most; NULL: nothing does. */
static char *
tell_strongest (const KafMatchScore *score, KafLang lang)
{
  const KafMatchReason *strongest = NULL;

  for (guint i = 0; i < score->n_reasons; i++)
    if (kaf_match_speaks_for (&score->reasons[i]) &&
        (strongest == NULL || score->reasons[i].bits > strongest->bits))
      strongest = &score->reasons[i];
  return strongest != NULL ? kaf_match_tell_reason (strongest, lang) : NULL;
}

static gboolean
weigh_line (KafDatabase *db, KafSuspectLine *line, gboolean waits, KafLang lang, GError **error)
{
  g_autoptr (KafMatchPerson) a = NULL;
  g_autoptr (KafMatchPerson) b = NULL;
  GError *local = NULL;
  KafMatchScore score;

  if (kaf_suspects_weigh (db, line->pair->entity, line->pair->a, line->pair->b, &a, &b, &score,
                          &local))
    {
      line->reason = tell_strongest (&score, lang);
      if (!waits)
        line->pair->likelihood = kaf_match_permille (score.probability);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* The name in the other script, where it is not the one that shows. */
static char *
pick_other (KafStatement *row, int column, const char *shown)
{
  const char *latin = kaf_statement_text (row, column);
  const char *arabic = kaf_statement_text (row, column + 1);
  const char *other = g_strcmp0 (latin, shown) == 0 ? arabic : latin;

  return other != NULL && *other != '\0' && g_strcmp0 (other, shown) != 0 ? g_strdup (other) : NULL;
}

static const char line_sql[] =
    "SELECT x.entity, x.id, y.id, x.title, x.title_ar, y.title, y.title_ar,"
    " coalesce (p.ref, o.ref), coalesce (q.ref, r.ref), s.likelihood, s.gain, s.evidence"
    " FROM head x CROSS JOIN head y LEFT JOIN suspect s ON s.a = x.rid AND s.b = y.rid"
    " LEFT JOIN person p ON p.rid = x.rid LEFT JOIN organisation o ON o.rid = x.rid"
    " LEFT JOIN person q ON q.rid = y.rid LEFT JOIN organisation r ON r.rid = y.rid"
    " WHERE x.rid = ?1 AND y.rid = ?2";

static KafSuspectLine *
read_line (KafDatabase *db, const KafSuspectPlace *place, KafLang lang, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (db, line_sql, error);
  g_autoptr (KafSuspectLine) line = g_new0 (KafSuspectLine, 1);
  gboolean waits;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, place->a);
  sqlite3_bind_int64 (row, 2, place->b);
  if (!kaf_database_step (db, row, error))
    return NULL;
  waits = sqlite3_column_type (row, 9) != SQLITE_NULL;
  line->pair = read_suspect (row, lang);
  line->other_a = pick_other (row, 3, line->pair->title_a);
  line->other_b = pick_other (row, 5, line->pair->title_b);
  line->waits = waits;
  return weigh_line (db, line, waits, lang, error) ? g_steal_pointer (&line) : NULL;
}

GPtrArray *
kaf_suspects_list_lines (
    KafDatabase *db, const KafSuspectPlace *places, guint n, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspect_line_free);

  for (guint i = 0; i < n; i++)
    {
      GError *local = NULL;
      KafSuspectLine *line = read_line (db, &places[i], lang, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      g_ptr_array_add (lines, line);
    }
  return g_steal_pointer (&lines);
}

GPtrArray *
kaf_suspects_list_lines_of (
    KafDatabase *db, GPtrArray *suspects, guint n, KafLang lang, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (KafSuspectPlace));

  for (guint i = 0; i < MIN (n, suspects->len); i++)
    {
      const KafSuspect *one = g_ptr_array_index (suspects, i);
      KafSuspectPlace place = { kaf_database_find_rid (db, one->entity, one->a),
                                kaf_database_find_rid (db, one->entity, one->b) };

      g_array_append_val (places, place);
    }
  return kaf_suspects_list_lines (db, (const KafSuspectPlace *) places->data, places->len, lang,
                                  error);
}
