/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All figures come from target_now, in which the days stand: a count at a day is how many lines have reached a stage by
 * then. A breakdown joins one part to it; the list of a cell asks the same part, so that they cannot differ. */
#include "config.h"

#include "store/kaf-target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-few.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-sql-top.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-target-private.h"
#include "store/kaf-totals.h"

static const char *const axis_ids[] = { "all", "country", "sector", "network", "region" };
static const char *const columns[] = { "identified_on", "engaged_on", "mobilised_on" };

/* The entity of which a cell is an item. */
static const char *const axis_entities[] = { NULL, "country", "domain", "network", "territory" };

const char *
kaf_target_axis_id (KafTargetAxis axis)
{
  return axis_ids[axis];
}

KafTargetAxis
kaf_target_axis_parse (const char *id)
{
  for (guint axis = 0; axis < KAF_TARGET_N_AXES; axis++)
    if (g_strcmp0 (axis_ids[axis], id) == 0)
      return axis;
  return KAF_TARGET_N_AXES;
}

void
kaf_target_cell_free (gpointer data)
{
  KafTargetCell *self = data;

  g_free (self->code);
  g_free (self->title);
  g_free (self);
}

void
kaf_target_count_free (KafTargetCount *self)
{
  if (self == NULL)
    return;
  for (guint axis = 0; axis < KAF_TARGET_N_AXES; axis++)
    g_clear_pointer (&self->cells[axis], g_ptr_array_unref);
  g_free (self);
}

/* SQL. ?1 is the day, as ISO text. */

#define TOP(list) "WITH RECURSIVE " KAF_SQL_TOP (list)
#define LINE " t.rid AS rid, t.identified_on, t.engaged_on, t.mobilised_on,"

/* One line for each person and each code that is hers. A period may say years or months alone: what begins in a month
 * does so on its first day, and ends on its last. */
static const struct
{
  const char *with, *lines;
} parts[KAF_TARGET_N_AXES] = {
  [KAF_TARGET_ALL] = { "", "SELECT" LINE " NULL AS code FROM target_now t" },
  [KAF_TARGET_BY_COUNTRY] = { "", "SELECT" LINE " p.country AS code FROM target_now t"
                                  " CROSS JOIN person p ON p.rid = t.rid" },
  [KAF_TARGET_BY_SECTOR] = { TOP ("domain"),
                             "SELECT DISTINCT" LINE " coalesce (top.root, s.value) AS code"
                             " FROM target_now t LEFT JOIN expert e ON e.rid = t.rid AND"
                             " e.deleted_at IS NULL LEFT JOIN expert_set s ON s.rid = e.rid AND"
                             " s.field = 'domains' AND s.removed IS NULL LEFT JOIN top ON"
                             " top.code = s.value" },
  [KAF_TARGET_BY_NETWORK] = { "", "SELECT DISTINCT" LINE " m.network AS code FROM target_now t"
                                  " CROSS JOIN head h ON h.rid = t.rid LEFT JOIN membership m ON"
                                  " m.person = h.id AND m.deleted_at IS NULL AND (m.valid_from IS"
                                  " NULL OR m.valid_from <= ?1) AND (m.valid_to IS NULL OR"
                                  " m.valid_to >= substr (?1, 1, length (m.valid_to)))" },
  [KAF_TARGET_BY_REGION] = { TOP ("territory"),
                             "SELECT" LINE " coalesce (top.root, p.territory) AS code"
                             " FROM target_now t CROSS JOIN person p ON p.rid = t.rid LEFT JOIN"
                             " top ON top.code = p.territory" },
};

#define REACHED(column) "coalesce (sum (" column " <= ?1), 0)"

static gboolean
sum_lines (KafDatabase *db, KafDay day, guint n[KAF_TARGET_N_STAGES], GError **error)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            "SELECT " REACHED ("identified_on") ", " REACHED (
                                "engaged_on") ", " REACHED ("mobilised_on") " FROM target_now",
                            error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, iso);
  if (!kaf_database_step (db, statement, error))
    return FALSE;
  for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    n[stage] = (guint) sqlite3_column_int64 (statement, stage);
  return TRUE;
}

/* Cells */

const char *
kaf_target_cell_title (const KafTargetCell *self, KafLang lang)
{
  switch (self->kind)
    {
    case KAF_TARGET_CELL_UNKNOWN:
      return kaf_words_get (lang, "Not said");
    case KAF_TARGET_CELL_REST:
      return kaf_words_get (lang, "Others, told together");
    case KAF_TARGET_CELL_ITEM:
    default:
      return self->title;
    }
}

char *
kaf_target_dup_title (KafDatabase *db, guint axis, const char *code, KafLang lang)
{
  char *title = axis == KAF_TARGET_BY_NETWORK
                    ? kaf_read_short_title (db, axis_entities[axis], code, lang)
                    : NULL;

  return title != NULL ? title : kaf_read_title (db, axis_entities[axis], code, lang);
}

static KafTargetCell *
add_cell (GPtrArray *cells, KafTargetCellKind kind, const char *code)
{
  KafTargetCell *cell = g_new0 (KafTargetCell, 1);

  cell->kind = kind;
  cell->code = g_strdup (code);
  g_ptr_array_add (cells, cell);
  return cell;
}

/* Items before what is not known and the rest; the most mobilised first. */
static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const KafTargetCell *one = *(KafTargetCell *const *) a, *two = *(KafTargetCell *const *) b;

  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  for (int stage = KAF_TARGET_N_STAGES - 1; stage >= 0; stage--)
    if (kaf_few_value (one->n[stage]) != kaf_few_value (two->n[stage]))
      return kaf_few_value (one->n[stage]) > kaf_few_value (two->n[stage]) ? -1 : 1;
  return g_strcmp0 (one->code, two->code);
}

void
kaf_target_hide_stages (guint n[KAF_TARGET_N_STAGES])
{
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    n[stage] = kaf_few_tell (n[stage]);
}

/* What is not known is a cell like another: it may be small too. */
void
kaf_target_hide_cells (GPtrArray *cells)
{
  guint n = cells->len;
  g_autofree guint *counts = g_new0 (guint, n + 1);
  guint rest[KAF_TARGET_N_STAGES] = { 0 };

  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      for (guint i = 0; i < n; i++)
        counts[i] = ((KafTargetCell *) cells->pdata[i])->n[stage];
      rest[stage] = kaf_few_hide (counts, n, TRUE, counts);
      for (guint i = 0; i < n; i++)
        ((KafTargetCell *) cells->pdata[i])->n[stage] = counts[i];
    }
  for (guint i = n; i-- > 0;)
    {
      KafTargetCell *cell = cells->pdata[i];

      if (!kaf_few_is_told (cell->n[0]) && !kaf_few_is_told (cell->n[1]) &&
          !kaf_few_is_told (cell->n[2]))
        g_ptr_array_remove_index (cells, i);
    }
  if (rest[0] > 0 || rest[1] > 0 || rest[2] > 0)
    memcpy (add_cell (cells, KAF_TARGET_CELL_REST, NULL)->n, rest, sizeof rest);
}

GPtrArray *
kaf_target_read_cells (KafDatabase *db, KafTargetAxis axis, KafDay day, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (kaf_target_cell_free);
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *sql =
      g_strdup_printf ("%sSELECT code, " REACHED ("identified_on") ", " REACHED (
                           "engaged_on") ", " REACHED ("mobilised_on") " FROM (%s) GROUP BY code",
                       parts[axis].with, parts[axis].lines);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, iso);
  while (kaf_database_step (db, statement, &local))
    {
      const char *code = kaf_statement_text (statement, 0);
      KafTargetCell *cell;

      /* Nobody has reached anything by then. */
      if (sqlite3_column_int64 (statement, 1) == 0)
        continue;
      cell = add_cell (cells, code != NULL ? KAF_TARGET_CELL_ITEM : KAF_TARGET_CELL_UNKNOWN, code);
      for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
        cell->n[stage] = (guint) sqlite3_column_int64 (statement, stage + 1);
    }
  if (local == NULL)
    return g_steal_pointer (&cells);
  g_propagate_error (error, local);
  return NULL;
}

/* Tallies */

gboolean
kaf_target_is_closed (KafDatabase *db, const char *month)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT 1 FROM target_tally WHERE month = ? AND axis = 'all' AND deleted_at IS NULL",
      NULL);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, month);
  return kaf_database_step (db, statement, NULL);
}

static KafTargetCell *
find_cell (GPtrArray *cells, const char *code)
{
  KafTargetCellKind kind = g_strcmp0 (code, KAF_TARGET_CODE_UNKNOWN) == 0 ? KAF_TARGET_CELL_UNKNOWN
                           : g_strcmp0 (code, KAF_TARGET_CODE_REST) == 0  ? KAF_TARGET_CELL_REST
                                                                          : KAF_TARGET_CELL_ITEM;
  KafTargetCell *cell;

  for (guint i = 0; i < cells->len; i++)
    {
      cell = cells->pdata[i];
      if (cell->kind == kind && (kind != KAF_TARGET_CELL_ITEM || g_str_equal (cell->code, code)))
        return cell;
    }
  cell = add_cell (cells, kind, kind == KAF_TARGET_CELL_ITEM ? code : NULL);
  for (int stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    cell->n[stage] = kind == KAF_TARGET_CELL_REST ? KAF_FEW_SMALL : KAF_FEW_TOGETHER;
  return cell;
}

static gboolean
take_tallies (KafDatabase *db, KafTargetCount *self, const char *month, guint axes, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT axis, stage, code, count FROM target_tally WHERE month = ? AND deleted_at IS NULL",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, month);
  while (kaf_database_step (db, statement, &local))
    {
      KafTargetAxis axis = kaf_target_axis_parse (kaf_statement_text (statement, 0));
      KafTargetStage stage = kaf_target_stage_parse (kaf_statement_text (statement, 1));
      guint n = (guint) sqlite3_column_int64 (statement, 3);

      if (stage == KAF_TARGET_N_STAGES || axis == KAF_TARGET_N_AXES)
        continue;
      if (axis == KAF_TARGET_ALL)
        self->n[stage] = n;
      else if ((axes & 1u << axis) != 0)
        find_cell (self->cells[axis], kaf_statement_text (statement, 2))->n[stage] = n;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Counting */

KafDay
kaf_target_today (KafDatabase *db)
{
  return kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
}

/* "2026-10" (transfer full) */
char *
kaf_target_month_of (KafDay day)
{
  char *iso = kaf_day_to_iso (day);

  if (iso != NULL)
    iso[7] = '\0';
  return iso;
}

static gboolean
count_lines (KafDatabase *db,
             KafTargetCount *self,
             const KafTargetQuery *query,
             GCancellable *cancellable,
             GError **error)
{
  if (!sum_lines (db, self->day, self->n, error))
    return FALSE;
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    {
      if ((query->axes & 1u << axis) == 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      self->cells[axis] = kaf_target_read_cells (db, axis, self->day, error);
      if (self->cells[axis] == NULL)
        return FALSE;
      if (query->hide)
        kaf_target_hide_cells (self->cells[axis]);
    }
  return TRUE;
}

static gboolean
tell_closed (KafDatabase *db,
             KafTargetCount *self,
             const KafTargetQuery *query,
             const char *month,
             GError **error)
{
  self->closed = TRUE;
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    if ((query->axes & 1u << axis) != 0)
      self->cells[axis] = g_ptr_array_new_with_free_func (kaf_target_cell_free);
  return take_tallies (db, self, month, query->axes, error);
}

static void
finish_cells (KafDatabase *db, KafTargetCount *self, KafLang lang)
{
  for (guint axis = 0; axis < KAF_TARGET_N_AXES; axis++)
    {
      GPtrArray *cells = self->cells[axis];

      for (guint i = 0; cells != NULL && i < cells->len; i++)
        {
          KafTargetCell *cell = cells->pdata[i];

          if (cell->kind == KAF_TARGET_CELL_ITEM)
            cell->title = kaf_target_dup_title (db, axis, cell->code, lang);
          if (cell->kind == KAF_TARGET_CELL_ITEM && cell->title == NULL)
            cell->title = g_strdup (cell->code);
        }
      if (cells != NULL)
        g_ptr_array_sort (cells, compare_cells);
    }
}

/* What is a small number is not told of all, nor of a month that was closed; a small change neither. */
static void
hide_small (KafTargetCount *self)
{
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    if (ABS ((gint64) self->n[stage] - self->before[stage]) < KAF_FEW_LEAST)
      self->before[stage] = KAF_FEW_SMALL;
  kaf_target_hide_stages (self->n);
  kaf_target_hide_stages (self->before);
  for (guint axis = 0; axis < KAF_TARGET_N_AXES; axis++)
    for (guint i = 0; self->cells[axis] != NULL && i < self->cells[axis]->len; i++)
      kaf_target_hide_stages (((KafTargetCell *) self->cells[axis]->pdata[i])->n);
}

void
kaf_target_settle (KafDatabase *db, KafTargetCount *self)
{
  g_autofree char *iso = kaf_day_to_iso (self->day);

  self->settings = kaf_target_settings_read (db, iso);
  self->part = kaf_sync_is_part (db);
  if (self->part)
    self->settings.goal = 0;
  self->path =
      kaf_target_path (self->day, self->settings.start, self->settings.end, self->settings.goal);
}

static gboolean
fill_count (KafDatabase *db,
            KafTargetCount *self,
            const KafTargetQuery *query,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *month = NULL;
  gboolean done;

  self->day = query->day != KAF_DAY_UNKNOWN ? query->day : kaf_target_today (db);
  month = kaf_target_month_of (self->day);
  kaf_target_settle (db, self);
  if (!self->part && kaf_target_month_end (month) == self->day && kaf_target_is_closed (db, month))
    done = tell_closed (db, self, query, month, error);
  else
    done = count_lines (db, self, query, cancellable, error);
  if (!done || !sum_lines (db, MAX (self->day, KAF_TARGET_CHANGE_DAYS + 1) - KAF_TARGET_CHANGE_DAYS,
                           self->before, error))
    return FALSE;
  if (query->hide)
    hide_small (self);
  finish_cells (db, self, query->lang);
  return TRUE;
}

KafTargetCount *
kaf_target_count (KafDatabase *db,
                  const KafTargetQuery *query,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KafTargetCount) self = g_new0 (KafTargetCount, 1);
  gboolean entered, done;

  if (kaf_totals_are_due (db))
    return kaf_totals_count (db, query, error);
  entered = kaf_database_enter_read (db);
  done = fill_count (db, self, query, cancellable, error);
  kaf_database_leave_read (db, entered);
  return done ? g_steal_pointer (&self) : NULL;
}

/* Lists */

static KafQuery *
make_id_query (KafDatabase *db,
               const char *iso,
               KafTargetStage stage,
               KafTargetAxis axis,
               const char *code,
               GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "%sSELECT h.id FROM (%s) x CROSS JOIN head h ON h.rid = x.rid WHERE x.%s <= ?1 AND x.code"
      " IS ?2 ORDER BY h.rid",
      parts[axis].with, parts[axis].lines, columns[stage]);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, iso);
  kaf_statement_bind_text (statement, 2, code);
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  /* Nobody: a condition without values would be none. */
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup (""));
  g_ptr_array_add (ids, NULL);
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  return g_steal_pointer (&query);
}

KafQuery *
kaf_target_list (KafDatabase *db,
                 KafDay day,
                 KafTargetStage stage,
                 KafTargetAxis axis,
                 const char *code,
                 GError **error)
{
  static const char *const paths[] = { NULL, "country", "domains", NULL, "territory" };
  gboolean sector = axis == KAF_TARGET_BY_SECTOR;
  g_autofree char *iso = kaf_day_to_iso (day);
  const char *codes[] = { code, NULL };
  const char *until[] = { iso, NULL };
  KafQuery *query;

  /* A membership is of a time, and those without a domain are not experts alone. */
  if (axis == KAF_TARGET_BY_NETWORK || (sector && code == NULL))
    return make_id_query (db, iso, stage, axis, code, error);
  query = kaf_query_new (kaf_registry_find (sector ? "expert" : "person"));
  kaf_query_set_condition (query, columns[stage], KAF_OP_AT_MOST, until);
  if (axis != KAF_TARGET_ALL)
    kaf_query_set_condition (query, paths[axis], code != NULL ? KAF_OP_ANY_OF : KAF_OP_UNSET,
                             code != NULL ? codes : NULL);
  return query;
}
