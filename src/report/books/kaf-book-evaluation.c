/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What participants said of missions. No average is told of fewer answers than the setting says, and none from which
 * such a one could be subtracted. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-few.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet.h"
#include "rules/mission/kaf-evaluation.h"
#include "schema/kaf-registry.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

typedef struct
{
  GHashTable *wanted;
  guint least;
  KafSheet *missions, *results;
  KafEvaluation sums;
  guint hidden[KAF_EVALUATION_ROLES][KAF_EVALUATION_QUESTIONS]; /* scores told in no mission */
} Reading;

static const KafField *
field_of (const char *id)
{
  return kaf_entity_find_field (kaf_registry_find ("evaluation"), id);
}

static const char *
role_name (KafSheet *sheet, guint role)
{
  return kaf_sheet_word (
      sheet, role < KAF_EVALUATION_ROLES
                 ? kaf_field_find_choice (field_of ("role"), kaf_evaluation_roles[role])->label
                 : N_ ("All together"));
}

static void
add_score_columns (KafSheet *sheet)
{
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "role", kaf_sheet_word (sheet, "Role"), KAF_SHEET_TEXT, 18 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "answers", kaf_sheet_word (sheet, "Answers"),
                                                  KAF_SHEET_INTEGER, 10 });
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    kaf_sheet_add_column (
        sheet,
        &(KafSheetColumn){ kaf_evaluation_questions[i],
                           kaf_sheet_word (sheet, field_of (kaf_evaluation_questions[i])->label),
                           KAF_SHEET_DECIMAL, 14 });
}

static void
add_scores (KafSheet *sheet, guint role, guint n, const KafScore *scores)
{
  kaf_sheet_add_text (sheet, role_name (sheet, role));
  kaf_sheet_add_number (sheet, n);
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    if (scores[i].n > 0 && !scores[i].shown)
      kaf_sheet_add_text (sheet, "–");
    else
      kaf_sheet_add_tenths (sheet, kaf_score_tenths (&scores[i]));
  kaf_sheet_end_row (sheet);
}

static void
add_results (Reading *self, const KafMission *mission)
{
  for (guint i = 0; i < mission->results->len; i++)
    {
      const KafResult *result = g_ptr_array_index (mission->results, i);

      kaf_sheet_add_text (self->results, mission->ref);
      kaf_sheet_add_text (self->results, mission->title);
      kaf_sheet_add_text (self->results, result->text);
      if (result->target >= 0)
        kaf_sheet_add_number (self->results, result->target);
      else
        kaf_sheet_add_empty (self->results);
      if (result->reached >= 0)
        kaf_sheet_add_number (self->results, result->reached);
      else
        kaf_sheet_add_empty (self->results);
      if (kaf_result_percent (result) >= 0)
        kaf_sheet_add_formula (self->results, "{4}/{3}",
                               (double) result->reached / (double) result->target);
      kaf_sheet_end_row (self->results);
    }
}

/* Of all missions together: what is told of none of them is counted apart. */
static void
sum_up (Reading *self, const KafEvaluation *evaluation)
{
  self->sums.n_all += evaluation->n_all;
  for (guint role = 0; role < KAF_EVALUATION_ROLES; role++)
    {
      self->sums.n[role] += evaluation->n[role];
      for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
        {
          const KafScore *score = &evaluation->scores[role][i];

          self->sums.scores[role][i].n += score->n;
          self->sums.scores[role][i].sum += score->sum;
          if (!score->shown)
            self->hidden[role][i] += score->n;
        }
    }
}

static gboolean
take_mission (KafMission *mission, guint step, gpointer data)
{
  Reading *self = data;
  KafEvaluation evaluation;

  if (!g_hash_table_contains (self->wanted, mission->id))
    return TRUE;
  add_results (self, mission);
  if (mission->answers->len == 0)
    return TRUE;
  kaf_evaluation_sum (mission, self->least, &evaluation);
  sum_up (self, &evaluation);
  for (guint role = 0; role <= KAF_EVALUATION_ROLES; role++)
    {
      gboolean all = role == KAF_EVALUATION_ROLES;

      if (!all && evaluation.n[role] == 0)
        continue;
      kaf_sheet_add_text (self->missions, mission->ref);
      kaf_sheet_add_text (self->missions, mission->title);
      add_scores (self->missions, role, all ? evaluation.n_all : evaluation.n[role],
                  all ? evaluation.all : evaluation.scores[role]);
    }
  return TRUE;
}

/* An average of all missions shows where it adds as many answers to those that show as an average needs, or none. */
static void
add_together (KafBook *book, Reading *self)
{
  static const int series[] = { 2, 3, 4, 5, 6, -1 };
  const char *title = kaf_book_word (
      book, g_hash_table_size (self->wanted) == 1 ? N_ ("All together") : N_ ("All missions"));
  KafSheet *sheet = kaf_sheet_new (book, &(KafSheetSpec){ "evaluation", title });

  add_score_columns (sheet);
  for (guint role = 0; role < KAF_EVALUATION_ROLES; role++)
    {
      for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
        {
          KafScore *score = &self->sums.scores[role][i];

          score->shown = kaf_few_allows (score->n, self->hidden[role][i], self->least);
        }
      if (self->sums.n[role] > 0)
        add_scores (sheet, role, self->sums.n[role], self->sums.scores[role]);
    }
  kaf_sheet_add_chart (sheet,
                       &(KafSheetChart){ KAF_CHART_COLUMNS,
                                         kaf_book_word (book, "Averages by role, from 1 to 5"), 0,
                                         series, .most = 5 });
}

static KafSheet *
make_results (KafBook *book)
{
  const KafSheetColumn columns[] = {
    { "ref", kaf_book_word (book, "Mission"), KAF_SHEET_TEXT, 16 },
    { "mission", kaf_book_word (book, "Title"), KAF_SHEET_LONG_TEXT, 34 },
    { "result", kaf_book_word (book, "Expected result"), KAF_SHEET_LONG_TEXT, 44 },
    { "target", kaf_book_word (book, "Expected"), KAF_SHEET_INTEGER, 11 },
    { "reached", kaf_book_word (book, "Reached"), KAF_SHEET_INTEGER, 11, KAF_SHEET_MISSING },
    { "share", kaf_book_word (book, "Per cent"), KAF_SHEET_PERCENT, 11 },
  };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "results", kaf_book_word (book, "Results") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  return sheet;
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autofree char *day = kaf_day_to_iso (basis->day);
  g_autoptr (GHashTable) wanted = kaf_books_read_ids (basis->db, basis->query, error);
  Reading reading = { wanted, kaf_mission_thresholds_read (basis->db, day).answers_shown };
  g_autofree char *note = g_strdup_printf (
      kaf_words_plural (basis->lang, "No average is told of fewer than %u answer (–).",
                        "No average is told of fewer than %u answers (–).", reading.least),
      reading.least);

  if (wanted == NULL)
    return FALSE;
  reading.missions = kaf_sheet_new (
      book, &(KafSheetSpec){ "evaluation_by_mission", kaf_book_word (book, "By mission"), note });
  kaf_sheet_add_column (reading.missions, &(KafSheetColumn){ "ref", kaf_book_word (book, "Mission"),
                                                             KAF_SHEET_TEXT, 16 });
  kaf_sheet_add_column (
      reading.missions,
      &(KafSheetColumn){ "mission", kaf_book_word (book, "Title"), KAF_SHEET_LONG_TEXT, 34 });
  add_score_columns (reading.missions);
  reading.results = make_results (book);
  if (!kaf_missions_read_all (basis->db, KAF_MISSIONS_ALL, basis->lang, take_mission, &reading,
                              basis->cancellable, error))
    return FALSE;
  add_together (book, &reading);
  return TRUE;
}

const KafWorkbook kaf_book_evaluation = {
  .name = "evaluation",
  .label = N_ ("Evaluation of missions"),
  .summary = N_ ("Answers by mission and role; results against what was expected"),
  .keywords = N_ ("evaluation, results, missions"),
  .entity = "mission",
  .source = "evaluation",
  .make = make,
};
