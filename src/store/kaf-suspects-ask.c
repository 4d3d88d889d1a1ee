/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "match/kaf-match-groups.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-settings.h"
#include "store/kaf-suspects-private.h"

/* What speaks for two of one group of which nothing was kept: as if they were just not worth a look. */
#define UNKNOWN_BITS -5.0

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

void
kaf_likely_free (KafLikely *self)
{
  g_free (self->id);
  kaf_match_person_free (self->person);
  g_free (self);
}

static guint
which_of (const KafEntity *entity)
{
  return entity == kaf_matched_entity (0) ? 0 : 1;
}

/* ---- The list ---- */

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

guint
kaf_suspects_count (KafDatabase *db, const KafEntity *entity, guint least, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db,
                            "SELECT count (*) FROM suspect s CROSS JOIN head h ON h.rid = s.a"
                            " WHERE (?1 IS NULL OR h.entity = ?1) AND s.likelihood >= ?2",
                            error);

  if (row == NULL)
    return 0;
  kaf_statement_bind_text (row, 1, entity != NULL ? entity->id : NULL);
  sqlite3_bind_int (row, 2, (int) least);
  return kaf_database_step (db, row, error) ? (guint) sqlite3_column_int (row, 0) : 0;
}

/* ---- Who may it be ---- */

static int
compare_likely (gconstpointer a, gconstpointer b)
{
  const KafLikely *x = *(const KafLikely *const *) a, *y = *(const KafLikely *const *) b;

  if (x->score.bits != y->score.bits)
    return x->score.bits > y->score.bits ? -1 : 1;
  return strcmp (x->id, y->id);
}

/* As kaf_match_kept_rarity(), but where all were never looked at, nothing is known of how usual a name is. */
static gboolean
get_model (
    KafDatabase *db, guint which, const KafMatchRarity **rarity, double *prior, GError **error)
{
  GError *local = NULL;

  *rarity = kaf_match_kept_rarity (db, which, &local);
  *prior = kaf_match_prior (*rarity != NULL ? kaf_match_rarity_get_persons (*rarity) : 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
add_likely (GPtrArray *list,
            KafDatabase *db,
            guint which,
            gint64 rid,
            const KafMatchPerson *person,
            double least,
            KafJudgements *judgements,
            GError **error)
{
  const KafMatchRarity *rarity;
  g_autoptr (KafMatchPerson) other = NULL;
  GError *local = NULL;
  KafMatchScore score;
  KafLikely *one;
  double prior;

  other = kaf_match_reader_read (db, kaf_matched_entity (which), rid, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (other == NULL || g_strcmp0 (other->id, person->id) == 0)
    return TRUE;
  if (!get_model (db, which, &rarity, &prior, error))
    return FALSE;
  kaf_match_weigh (kaf_match_model_default (), rarity, prior, person, other, &score);
  if (score.probability < least ||
      (judgements != NULL && !kaf_judgements_may_suggest (judgements, person->id, other->id)))
    return TRUE;
  one = g_new0 (KafLikely, 1);
  one->id = g_strdup (other->id);
  one->person = g_steal_pointer (&other);
  one->score = score;
  g_ptr_array_add (list, one);
  return TRUE;
}

GPtrArray *
kaf_suspects_find (KafDatabase *db,
                   const KafEntity *entity,
                   const KafMatchPerson *person,
                   double least,
                   guint limit,
                   GError **error)
{
  guint which = which_of (entity);
  GPtrArray *countries = person->values[KAF_MATCH_COUNTRY];
  g_autofree char *place =
      countries != NULL ? g_ascii_strup (((KafMatchValue *) countries->pdata[0])->value, -1) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_likely_free);
  g_autoptr (GArray) found =
      kaf_suspect_candidates (db, which, person, place != NULL ? place : "", error);
  g_autoptr (KafJudgements) judgements = NULL;

  if (found == NULL)
    return NULL;
  if (person->id != NULL && found->len > 0)
    {
      judgements = kaf_judge_read_all (db, entity, error);
      if (judgements == NULL)
        return NULL;
    }
  for (guint i = 0; i < found->len; i++)
    if (!add_likely (list, db, which, g_array_index (found, gint64, i), person, least, judgements,
                     error))
      return NULL;
  g_ptr_array_sort (list, compare_likely);
  if (list->len > limit)
    g_ptr_array_set_size (list, (int) limit);
  return g_steal_pointer (&list);
}

gboolean
kaf_suspects_weigh (KafDatabase *db,
                    const KafEntity *entity,
                    const char *id_a,
                    const char *id_b,
                    KafMatchPerson **a,
                    KafMatchPerson **b,
                    KafMatchScore *score,
                    GError **error)
{
  guint which = which_of (entity);
  const KafMatchRarity *rarity;
  double prior;

  *a = *b = NULL;
  if (!get_model (db, which, &rarity, &prior, error))
    return FALSE;
  *a = kaf_match_reader_read (db, entity, kaf_database_find_rid (db, entity, id_a), NULL, error);
  *b = *a != NULL ? kaf_match_reader_read (db, entity, kaf_database_find_rid (db, entity, id_b),
                                           NULL, error)
                  : NULL;
  if (*b == NULL)
    {
      g_clear_pointer (a, kaf_match_person_free);
      return FALSE;
    }
  kaf_match_weigh (kaf_match_model_default (), rarity, prior, *a, *b, score);
  return TRUE;
}

/* ---- Groups ---- */

typedef struct
{
  GHashTable *numbers; /* id → number + 1 */
  GHashTable *bits;    /* "a b" of numbers as gint64 → index of the pair + 1 */
  GArray *pairs;       /* KafMatchPair */
  KafJudgements *judgements;
  GPtrArray *ids; /* by number */
} Groups;

static guint32
number_of (Groups *self, const char *id)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, id));

  if (number > 0)
    return number - 1;
  g_ptr_array_add (self->ids, (gpointer) id);
  g_hash_table_insert (self->numbers, (gpointer) id, GUINT_TO_POINTER (self->ids->len));
  return self->ids->len - 1;
}

static gint64
pair_key (guint32 a, guint32 b)
{
  return (gint64) MIN (a, b) << 32 | MAX (a, b);
}

/* Log odds of what was kept. */
static double
bits_of (guint likelihood)
{
  double p = CLAMP (likelihood, 1, 999) / 1000.;

  return log2 (p / (1 - p));
}

static double
judge (guint a, guint b, gpointer data)
{
  Groups *self = data;
  gint64 key = pair_key (a, b);
  guint pair = GPOINTER_TO_UINT (g_hash_table_lookup (self->bits, &key));

  if (pair > 0)
    return g_array_index (self->pairs, KafMatchPair, pair - 1).bits;
  return kaf_judgements_may_suggest (self->judgements, self->ids->pdata[a], self->ids->pdata[b])
             ? UNKNOWN_BITS
             : -INFINITY;
}

static void
add_pairs (Groups *self, GPtrArray *suspects)
{
  for (guint i = 0; i < suspects->len; i++)
    {
      const KafSuspect *one = suspects->pdata[i];
      guint32 a = number_of (self, one->a), b = number_of (self, one->b);
      KafMatchPair pair = { MIN (a, b), MAX (a, b), bits_of (one->likelihood),
                            one->likelihood / 1000. };
      gint64 key = pair_key (a, b);

      g_array_append_val (self->pairs, pair);
      g_hash_table_insert (self->bits, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (self->pairs->len));
    }
}

GPtrArray *
kaf_suspects_list_groups (
    KafDatabase *db, const KafEntity *entity, guint least, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) all =
      kaf_suspects_list (db, entity, KAF_SUSPECT_LEAST, 0, G_MAXINT, lang, error);
  g_autoptr (KafJudgements) judgements =
      all != NULL ? kaf_judge_read_all (db, entity, error) : NULL;
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) bits = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (KafMatchPair));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspect_free);
  g_autofree guint32 *roots = NULL;
  Groups self = { numbers, bits, pairs, judgements, ids };

  if (judgements == NULL)
    return NULL;
  add_pairs (&self, all);
  roots = kaf_match_groups (ids->len, pairs, bits_of (least), judge, &self);
  for (guint i = 0; i < all->len; i++)
    {
      const KafSuspect *one = all->pdata[i];

      if (one->likelihood >= least && roots[g_array_index (pairs, KafMatchPair, i).a] ==
                                          roots[g_array_index (pairs, KafMatchPair, i).b])
        g_ptr_array_add (list, g_steal_pointer (&all->pdata[i]));
    }
  return g_steal_pointer (&list);
}

/* ---- Accepting together ---- */

guint
kaf_suspects_get_accept (KafDatabase *db)
{
  const KafRole *role = kaf_mission_read_role (db);
  g_autofree char *text = NULL;
  guint64 least = 0;

  if (role == NULL || !g_str_equal (role->id, "manager"))
    return 0;
  text = kaf_read_setting (db, KAF_SETTING_ACCEPT_FROM, NULL);
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, KAF_SUSPECT_LEAST, 1000, &least, NULL))
    return 0;
  return (guint) least;
}

KafChangeSet *
kaf_suspects_accept (
    KafDatabase *db, const KafEntity *entity, const char *reason, guint *n, GError **error)
{
  guint least = kaf_suspects_get_accept (db);
  g_autofree char *engine = g_strdup_printf ("%u", kaf_match_model_default ()->version);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  g_autoptr (GPtrArray) list = NULL;

  *n = 0;
  if (least == 0 || reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, KAF_STORE_ERROR,
                           least == 0 ? KAF_STORE_ERROR_AUTHORITY : KAF_STORE_ERROR_REFUSED,
                           least == 0 ? "pairs are not accepted together here"
                                      : "why they are accepted is to be said");
      return NULL;
    }
  list = kaf_suspects_list_groups (db, entity, least, KAF_LANG_EN, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const KafSuspect *one = list->pdata[i];
      KafJudging judging = { .entity = entity,
                             .a = one->a,
                             .b = one->b,
                             .verdict = KAF_VERDICT_SAME,
                             .reason = reason,
                             .likelihood = (int) one->likelihood,
                             .engine = engine,
                             .evidence = one->evidence };

      kaf_judge_add (set, &judging);
    }
  if (list == NULL)
    return NULL;
  *n = list->len;
  if (list->len > 0)
    return g_steal_pointer (&set);
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING, "no pair is that likely");
  return NULL;
}
