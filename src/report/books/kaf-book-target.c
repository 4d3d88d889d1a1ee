/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030: how far it is, month by month against the path, by breakdown, and what is counted. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-target.h"

#define BARS_MAX 15
#define IN_SCOPE N_ ("Counted in your scope on the server alone: the goal is one of all records.")

static void
add_stage_columns (KafSheet *sheet, KafSheetFlags flags)
{
  for (guint stage = KAF_TARGET_N_STAGES; stage-- > 0;)
    kaf_sheet_add_column (sheet,
                          &(KafSheetColumn){ kaf_target_stage_id (stage),
                                             kaf_sheet_word (sheet, kaf_target_stage_label (stage)),
                                             KAF_SHEET_INTEGER, 13, flags });
}

static void
add_stages (KafSheet *sheet, const guint *n)
{
  for (guint stage = KAF_TARGET_N_STAGES; stage-- > 0;)
    kaf_sheet_add_few (sheet, n[stage]);
}

/* How far it is */

static void
add_figure (KafSheet *sheet, const char *name, guint n, guint before, guint goal)
{
  kaf_sheet_add_text (sheet, name);
  kaf_sheet_add_few (sheet, n);
  if (kaf_few_is_told (n) && kaf_few_is_told (before))
    kaf_sheet_add_number (sheet, (gint64) n - before);
  else
    kaf_sheet_add_empty (sheet);
  if (goal == 0)
    {
      kaf_sheet_end_row (sheet);
      return;
    }
  kaf_sheet_add_number (sheet, goal);
  if (kaf_few_is_told (n))
    kaf_sheet_add_formula (sheet, "IF({3}=0,0,{1}/{3})", (double) n / goal);
  else
    kaf_sheet_add_empty (sheet);
  kaf_sheet_end_row (sheet);
}

static void
add_figures (KafBook *book, const KafTargetCount *count)
{
  KafLang lang = kaf_book_get_basis (book)->lang;
  g_autofree char *iso = kaf_day_to_iso (count->day);
  g_autofree char *day = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *note = g_strdup_printf (
      /* Translators: a date. */
      count->closed ? kaf_book_word (book, "At the end of %s, as it was closed")
                    : kaf_book_word (book, "At the end of %s"),
      day);
  g_autofree char *scoped =
      count->part ? g_strconcat (note, " · ", kaf_book_word (book, IN_SCOPE), NULL) : NULL;
  guint goal = count->settings.goal;
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "target", kaf_book_word (book, "Where we are"),
                                            scoped != NULL ? scoped : note });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "stage", kaf_book_word (book, "Stage"), KAF_SHEET_TEXT, 34 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "persons", kaf_book_word (book, "Persons"),
                                                  KAF_SHEET_INTEGER, 14 });
  kaf_sheet_add_column (sheet,
                        &(KafSheetColumn){ "change", kaf_book_word (book, "Change over 90 days"),
                                           KAF_SHEET_INTEGER, 16 });
  if (goal > 0)
    {
      kaf_sheet_add_column (
          sheet, &(KafSheetColumn){ "goal", kaf_book_word (book, "Goal"), KAF_SHEET_INTEGER, 14 });
      kaf_sheet_add_column (sheet, &(KafSheetColumn){ "reached", kaf_book_word (book, "Reached"),
                                                      KAF_SHEET_PERCENT, 12 });
    }
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    add_figure (sheet, kaf_book_word (book, kaf_target_stage_label (stage)), count->n[stage],
                count->before[stage], goal);
  if (goal > 0)
    add_figure (sheet, kaf_book_word (book, "Where the path stands"), count->path, count->path,
                goal);
}

/* Month by month */

static void
add_month (KafSheet *sheet, const KafTargetPoint *point, const KafTargetSettings *settings)
{
  guint path = kaf_target_path (point->day, settings->start, settings->end, settings->goal);

  kaf_sheet_add_day (sheet, point->day);
  add_stages (sheet, point->n);
  if (settings->goal > 0)
    kaf_sheet_add_number (sheet, path);
  /* Mobilised, which stands first, less the path. */
  if (settings->goal > 0 && kaf_few_is_told (point->n[KAF_TARGET_MOBILISED]))
    kaf_sheet_add_formula (sheet, "{1}-{4}", (double) point->n[KAF_TARGET_MOBILISED] - path);
  else if (settings->goal > 0)
    kaf_sheet_add_empty (sheet);
  kaf_sheet_add_text (sheet, point->closed ? kaf_sheet_word (sheet, "closed") : NULL);
  kaf_sheet_end_row (sheet);
}

static gboolean
add_months (KafBook *book, const KafTargetCount *count, gboolean hide, GError **error)
{
  static const int series[] = { 1, 2, 3, 4, -1 };
  static const int alone[] = { 1, 2, 3, -1 };
  gboolean goal = count->settings.goal > 0;
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (GArray) points =
      kaf_target_series (basis->db, KAF_DAY_UNKNOWN, count->day, hide, error);
  KafSheet *sheet;

  if (points == NULL)
    return FALSE;
  sheet = kaf_sheet_new (
      book, &(KafSheetSpec){
                "target_months", kaf_book_word (book, "Month by month"),
                count->part
                    ? kaf_book_word (book, IN_SCOPE)
                    : kaf_book_word (
                          book, "A closed month stands as it was counted, whatever is erased.") });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "day", kaf_book_word (book, "At the end of"), KAF_SHEET_DAY, 13 });
  add_stage_columns (sheet, KAF_SHEET_PLAIN);
  if (goal)
    {
      kaf_sheet_add_column (
          sheet, &(KafSheetColumn){ "path", kaf_book_word (book, "Path"), KAF_SHEET_INTEGER, 11 });
      kaf_sheet_add_column (sheet,
                            &(KafSheetColumn){ "gap", kaf_book_word (book, "Ahead of the path"),
                                               KAF_SHEET_INTEGER, 13 });
    }
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "closed", kaf_book_word_in (book, "workbook", "Closed month"),
                                KAF_SHEET_TEXT, 13 });
  for (guint i = 0; i < points->len; i++)
    add_month (sheet, &g_array_index (points, KafTargetPoint, i), &count->settings);
  kaf_sheet_add_chart (
      sheet, &(KafSheetChart){ KAF_CHART_LINES,
                               goal ? kaf_book_word (book, "Mobilised persons against the path")
                                    : kaf_book_word (book, "Month by month"),
                               0, goal ? series : alone });
  return TRUE;
}

/* Breakdowns */

static void
add_breakdown (KafBook *book, const KafTargetCount *count, KafTargetAxis axis)
{
  static const char *const titles[] = { NULL, N_ ("By country of residence"), N_ ("By domain"),
                                        N_ ("By network, on that day"),
                                        N_ ("By region of attachment") };
  static const int series[] = { 1, 2, 3, -1 };
  const GPtrArray *cells = count->cells[axis];
  g_autofree char *id = g_strconcat ("target_by_", kaf_target_axis_id (axis), NULL);
  gboolean several = axis == KAF_TARGET_BY_SECTOR || axis == KAF_TARGET_BY_NETWORK;
  KafSheet *sheet = kaf_sheet_new (
      book, &(KafSheetSpec){
                id, kaf_book_word (book, titles[axis]),
                several ? kaf_book_word (book, "A person with several of them counts in each line.")
                        : NULL });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "name", kaf_book_word (book, titles[axis]), KAF_SHEET_TEXT, 34 });
  add_stage_columns (sheet, several ? KAF_SHEET_PLAIN : KAF_SHEET_TOTAL);
  for (guint i = 0; i < cells->len; i++)
    {
      const KafTargetCell *cell = g_ptr_array_index (cells, i);

      kaf_sheet_add_text (sheet, kaf_target_cell_title (cell, kaf_book_get_basis (book)->lang));
      add_stages (sheet, cell->n);
      kaf_sheet_end_row (sheet);
    }
  kaf_sheet_add_chart (sheet, &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, titles[axis]),
                                                0, series, BARS_MAX });
}

/* Definitions */

static void
define (KafSheet *sheet, const char *term, const char *text)
{
  kaf_sheet_add_text (sheet, term);
  kaf_sheet_add_text (sheet, text);
  kaf_sheet_end_row (sheet);
}

static void
add_definitions (KafBook *book, const KafTargetSettings *settings)
{
  KafLang lang = kaf_book_get_basis (book)->lang;
  g_autofree char *days = kaf_number_format (settings->days, lang);
  g_autofree char *months = kaf_number_format (settings->months, lang);
  g_autofree char *goal = kaf_number_format (settings->goal, lang);
  g_autofree char *start_iso = kaf_day_to_iso (settings->start);
  g_autofree char *end_iso = kaf_day_to_iso (settings->end);
  g_autofree char *start = kaf_date_format (start_iso, lang, KAF_DATE_LONG);
  g_autofree char *end = kaf_date_format (end_iso, lang, KAF_DATE_LONG);
  /* Translators: two dates, then a number of persons. */
  g_autofree char *path = g_strdup_printf (
      kaf_book_word (book, "A straight line from 0 on %1$s to %3$s on %2$s."), start, end, goal);
  KafSheet *sheet = kaf_sheet_new (
      book,
      &(KafSheetSpec){
          "target_definitions", kaf_book_word (book, "Definitions"),
          kaf_book_word (book, "Distinct persons, each once per stage, from dated facts alone") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ NULL, kaf_book_word_in (book, "workbook", "Term defined"),
                                KAF_SHEET_TEXT, 24 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ NULL, kaf_book_word (book, "What is counted"),
                                                  KAF_SHEET_LONG_TEXT, 60 });
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *text = kaf_target_stage_define (stage, days, months, lang);

      define (sheet, kaf_book_word (book, kaf_target_stage_label (stage)), text);
    }
  if (settings->goal > 0)
    define (sheet, kaf_book_word (book, "Path"), path);
  define (sheet, kaf_book_word (book, "Closed month"),
          kaf_book_word (
              book,
              "Its figures are kept as numbers without names: an erasure later does not rewrite "
              "them."));
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafRole *role = kaf_mission_read_role (basis->db);
  const KafTargetQuery query = { .day = basis->day,
                                 .axes = 1u << KAF_TARGET_BY_COUNTRY | 1u << KAF_TARGET_BY_SECTOR |
                                         1u << KAF_TARGET_BY_NETWORK | 1u << KAF_TARGET_BY_REGION,
                                 .hide = role == NULL || role->aggregates_only,
                                 .lang = basis->lang };
  g_autoptr (KafTargetCount) count =
      kaf_target_count (basis->db, &query, basis->cancellable, error);

  if (count == NULL)
    return FALSE;
  add_figures (book, count);
  if (!add_months (book, count, query.hide, error))
    return FALSE;
  add_breakdown (book, count, KAF_TARGET_BY_SECTOR);
  add_breakdown (book, count, KAF_TARGET_BY_COUNTRY);
  add_breakdown (book, count, KAF_TARGET_BY_NETWORK);
  add_breakdown (book, count, KAF_TARGET_BY_REGION);
  add_definitions (book, &count->settings);
  return TRUE;
}

const KafWorkbook kaf_book_target = {
  .name = "target-2030",
  .label = N_ ("Target 2030"),
  .summary = N_ ("How far the goal is, month by month; by domain, country, network and region"),
  .keywords = N_ ("target 2030, identified, engaged, mobilised"),
  .totals = TRUE,
  .make = make,
};
