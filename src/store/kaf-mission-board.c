/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over where the missions stand counts them and keeps a few words of each; the texts are read of those alone
 * that are shown. */
#include "config.h"

#include "store/kaf-mission-board.h"

#include <string.h>

#include "base/kaf-clock.h"
#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-registry.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-page.h"
#include "store/kaf-query-sql.h"

#define APPROVAL 6
#define DELIVERY 8

/* What the pass keeps of a mission. */
typedef struct
{
  gint64 rid;
  KafMissionState state;
  KafDay since, due_on;
  const char *due; /* static */
  KafDay starts_on, ends_on;
  gboolean late, for_me;
} Place;

typedef struct
{
  KafDatabase *db;
  const KafBoardQuery *query;
  KafDay today;
  KafMissionThresholds limits;
  GArray *places[KAF_MISSION_STEPS + 1]; /* of Place */
  KafBoard *board;
} Reader;

static void
card_free (KafBoardCard *card)
{
  g_free (card->id);
  g_free (card->ref);
  g_free (card->title);
  g_free (card->place);
  g_free (card->who);
  g_free (card);
}

static KafBoard *
board_new (void)
{
  KafBoard *self = g_new0 (KafBoard, 1);

  for (guint step = 0; step <= KAF_MISSION_STEPS; step++)
    self->steps[step].cards = g_ptr_array_new_with_free_func ((GDestroyNotify) card_free);
  return self;
}

void
kaf_board_free (KafBoard *self)
{
  for (guint step = 0; step <= KAF_MISSION_STEPS; step++)
    g_ptr_array_unref (self->steps[step].cards);
  g_free (self);
}

/* The pass */

static KafMissionState
parse_state (const char *id)
{
  for (KafMissionState state = KAF_MISSION_OPEN; state <= KAF_MISSION_ABANDONED; state++)
    if (g_strcmp0 (kaf_mission_state_id (state), id) == 0)
      return state;
  return KAF_MISSION_OPEN;
}

static const char *
intern_due (const char *due)
{
  static const char *const known[] = { "booking", "follow_up", "equipment", "candidate_request" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i], due) == 0)
      return known[i];
  return NULL;
}

static gboolean
is_late (const Reader *self, const Place *place, guint step)
{
  if (place->state != KAF_MISSION_OPEN)
    return FALSE;
  if (place->due_on != KAF_DAY_UNKNOWN && place->due_on < self->today)
    return TRUE;
  if (step < DELIVERY && place->starts_on != KAF_DAY_UNKNOWN && place->starts_on < self->today)
    return TRUE;
  return place->since != KAF_DAY_UNKNOWN &&
         self->today > place->since + (KafDay) self->limits.step_days;
}

static gboolean
waits (const Reader *self, const Place *place, guint step, gboolean mine)
{
  if (place->state != KAF_MISSION_OPEN)
    return FALSE;
  return (self->query->approves && (step == APPROVAL || step == APPROVAL + 1)) ||
         (mine && place->late);
}

static void
take_place (Reader *self, KafStatement *row)
{
  KafBoard *board = self->board;
  guint step = (guint) CLAMP (sqlite3_column_int (row, 1), 1, KAF_MISSION_STEPS);
  Place place = { .rid = sqlite3_column_int64 (row, 0),
                  .state = parse_state (kaf_statement_text (row, 2)),
                  .since = kaf_day_parse (kaf_statement_text (row, 3)),
                  .due_on = kaf_day_parse (kaf_statement_text (row, 4)),
                  .due = intern_due (kaf_statement_text (row, 5)),
                  .starts_on = kaf_day_parse (kaf_statement_text (row, 7)),
                  .ends_on = kaf_day_parse (kaf_statement_text (row, 8)) };
  const char *who = kaf_statement_text (row, 6);
  gboolean mine = self->query->who != NULL && g_strcmp0 (who, self->query->who) == 0;

  place.late = is_late (self, &place, step);
  place.for_me = waits (self, &place, step, mine);
  board->n_mine += mine;
  board->n_waiting += place.for_me;
  if ((self->query->whose == KAF_BOARD_MINE && !mine) ||
      (self->query->whose == KAF_BOARD_WAITING && !place.for_me))
    return;
  board->n++;
  board->n_late += place.late;
  board->steps[step].n++;
  board->steps[step].n_late += place.late;
  if (self->query->step == 0 || self->query->step == step)
    g_array_append_val (self->places[step], place);
}

/* What every query says of the heads is so of all that the table holds: asked for here, all heads would be read for
 * it. */
#define OF_HEADS "h.entity = 'mission' AND h.deleted = 0"

/* (transfer full) */
static KafStatement *
prepare_pass (const Reader *self, KafQuerySql *only, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT k.rid, k.step, k.state, k.since, k.due_on, k.due, e.followed_by, e.starts_on,"
      " e.ends_on FROM mission_now k CROSS JOIN mission e ON e.rid = k.rid");

  if (only != NULL)
    g_string_replace (only->where, OF_HEADS, "TRUE", 1);
  if (only != NULL && strstr (only->where->str, "h.") != NULL)
    g_string_append (sql, " CROSS JOIN head h ON h.rid = k.rid");
  g_string_append (sql, " WHERE e.deleted_at IS NULL");
  if (!self->query->over)
    g_string_append (sql, " AND k.state IN ('open', 'on_hold')");
  if (only == NULL)
    return kaf_database_prepare (self->db, sql->str, error);
  g_string_append_printf (sql, " AND %s", only->where->str);
  return kaf_query_sql_prepare (self->db, only, sql->str, error);
}

static gboolean
is_narrowed (const KafQuery *query)
{
  return query != NULL &&
         (kaf_query_has_conditions (query) || kaf_query_get_text (query) != NULL);
}

static gboolean
read_places (Reader *self, GError **error)
{
  g_autoptr (KafQuerySql) only = NULL;
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  if (is_narrowed (self->query->only))
    {
      only = kaf_query_sql_new (self->db, self->query->only, error);
      if (only == NULL)
        return FALSE;
    }
  statement = prepare_pass (self, only, error);
  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (self->db, statement, &local))
    take_place (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The cards */

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a, *two = b;

  if (one->late != two->late)
    return one->late ? -1 : 1;
  if (one->since != two->since)
    return one->since < two->since ? -1 : 1;
  return one->rid < two->rid ? -1 : one->rid > two->rid;
}

/* The text of two columns that are the same thing in French and in Arabic. (transfer full) */
static char *
dup_either (const Reader *self, KafStatement *row, int column)
{
  gboolean arabic = self->query->lang == KAF_LANG_AR;
  const char *first = kaf_statement_text (row, arabic ? column + 1 : column);

  if (first == NULL || *first == '\0')
    first = kaf_statement_text (row, arabic ? column : column + 1);
  return g_strdup (first);
}

static KafBoardCard *
make_card (const Reader *self, const Place *place, guint step, KafStatement *row)
{
  KafBoardCard *card = g_new0 (KafBoardCard, 1);

  card->id = g_strdup (kaf_statement_text (row, 0));
  card->ref = g_strdup (kaf_statement_text (row, 1));
  card->title = dup_either (self, row, 2);
  card->who = g_strdup (kaf_statement_text (row, 4));
  card->place = dup_either (self, row, 5);
  if (card->place == NULL)
    card->place = dup_either (self, row, 7);
  card->step = step;
  card->state = place->state;
  card->since = place->since;
  card->days = place->since != KAF_DAY_UNKNOWN && self->today > place->since
                   ? (guint) (self->today - place->since)
                   : 0;
  card->starts_on = place->starts_on;
  card->ends_on = place->ends_on;
  card->due_on = place->due_on;
  card->due = place->due;
  card->late = place->late;
  card->for_me = place->for_me;
  card->n_gates = -1;
  return card;
}

static gboolean
read_card (Reader *self, const Place *place, guint step, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT h.id, m.ref, m.title_fr, m.title_ar, m.followed_by, t.title, t.title_ar,"
      " m.place_fr, m.place_ar FROM mission m JOIN head h ON h.rid = m.rid"
      " LEFT JOIN head t ON t.id = m.territory AND t.entity = 'territory' WHERE m.rid = ?1",
      error);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, place->rid);
  if (kaf_database_step (self->db, statement, &local))
    g_ptr_array_add (self->board->steps[step].cards, make_card (self, place, step, statement));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_cards (Reader *self, guint step, GError **error)
{
  GArray *places = self->places[step];
  guint n = self->query->cards > 0 ? MIN (self->query->cards, places->len) : places->len;

  g_array_sort (places, compare_places);
  for (guint i = 0; i < n; i++)
    if (!read_card (self, &g_array_index (places, Place, i), step, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_board (Reader *self, GCancellable *cancellable, GError **error)
{
  if (!read_places (self, error))
    return FALSE;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (!read_cards (self, step, error) ||
        g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  return TRUE;
}

KafBoard *
kaf_board_read (KafDatabase *db,
                const KafBoardQuery *query,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (KafBoard) board = board_new ();
  Reader self = { .db = db,
                  .query = query,
                  .today = query->day != KAF_DAY_UNKNOWN
                               ? query->day
                               : kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db))),
                  .limits = kaf_mission_thresholds_read (db, NULL),
                  .board = board };
  gboolean done;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  board->day = self.today;
  board->n_all = kaf_page_total (db, kaf_registry_find ("mission"));
  for (guint step = 0; step <= KAF_MISSION_STEPS; step++)
    self.places[step] = g_array_new (FALSE, FALSE, sizeof (Place));
  done = read_board (&self, cancellable, error);
  for (guint step = 0; step <= KAF_MISSION_STEPS; step++)
    g_array_unref (self.places[step]);
  return done ? g_steal_pointer (&board) : NULL;
}

/* Gates */

static guint
count_gates (const KafMission *mission, const KafMissionContext *context)
{
  const KafThresholds thresholds = kaf_thresholds_default ();
  g_autoptr (KafFindings) findings = kaf_findings_new (context->day, &thresholds);
  g_autoptr (GPtrArray) checks = NULL;
  KafMissionLife life = { 0 };
  guint n_gates = 0;

  kaf_mission_live (mission, &life);
  if (life.state != KAF_MISSION_OPEN)
    return 0;
  checks = kaf_mission_run_checks (mission, &life, life.step, context, findings);
  kaf_checks_allow (checks, &n_gates, NULL);
  return n_gates;
}

GHashTable *
kaf_board_read_gates (KafDatabase *db,
                      const char *const *ids,
                      KafLang lang,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GHashTable) gates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (db, KAF_DAY_UNKNOWN, lang, error);

  g_return_val_if_fail (ids != NULL, NULL);

  if (around == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KafMission) mission = kaf_mission_read (db, ids[i], lang, cancellable, &local);

      if (mission != NULL)
        g_hash_table_insert (gates, g_strdup (ids[i]),
                             GUINT_TO_POINTER (count_gates (mission, &around->context)));
      else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&gates);
}
