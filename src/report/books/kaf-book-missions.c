/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missions: where each stands, how many came to which of the ten steps, and what is late. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "rules/mission/kaf-mission-context.h"
#include "rules/mission/kaf-mission-owed.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

typedef struct
{
  GHashTable *wanted;
  const KafMissionContext *context;
  guint stands[KAF_MISSION_STEPS + 1], late[KAF_MISSION_STEPS + 1], reached[KAF_MISSION_STEPS + 1];
  guint over[KAF_MISSION_STEPS + 1]; /* closed or given up there */
} Steps;

static gboolean
count_mission (KafMission *mission, guint step, gpointer data)
{
  Steps *self = data;
  KafMissionLife life;

  if (!g_hash_table_contains (self->wanted, mission->id))
    return TRUE;
  kaf_mission_live (mission, &life);
  for (guint i = 1; i <= KAF_MISSION_STEPS; i++)
    if (i <= life.step || life.left[i])
      self->reached[i]++;
  if (life.state == KAF_MISSION_OPEN || life.state == KAF_MISSION_ON_HOLD)
    self->stands[life.step]++;
  else
    self->over[life.step]++;
  if (kaf_mission_is_late (mission, &life, self->context))
    self->late[life.step]++;
  return TRUE;
}

static void
add_steps (KafBook *book, const Steps *steps)
{
  static const int series[] = { 2, 3, -1 };
  const KafField *field = kaf_derived_find (kaf_registry_find ("mission"), "step");
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "steps", kaf_book_word (book, "The ten steps") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "number", kaf_book_word (book, "No."), KAF_SHEET_INTEGER, 11 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "step", kaf_book_word (book, "Step"), KAF_SHEET_TEXT, 28 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "reached", kaf_book_word (book, "Came to it"),
                                                  KAF_SHEET_INTEGER, 11 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "stands", kaf_book_word (book, "Stand there"),
                                                  KAF_SHEET_INTEGER, 11, KAF_SHEET_TOTAL });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "late", kaf_book_word (book, "Late"),
                                                  KAF_SHEET_INTEGER, 9, KAF_SHEET_TOTAL });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "over", kaf_book_word (book, "Ended there"),
                                                  KAF_SHEET_INTEGER, 11, KAF_SHEET_TOTAL });
  for (guint i = 1; i <= KAF_MISSION_STEPS; i++)
    {
      kaf_sheet_add_number (sheet, i);
      kaf_sheet_add_text (sheet, kaf_book_word (book, field->choices[i - 1].label));
      kaf_sheet_add_number (sheet, steps->reached[i]);
      kaf_sheet_add_number (sheet, steps->stands[i]);
      kaf_sheet_add_number (sheet, steps->late[i]);
      kaf_sheet_add_number (sheet, steps->over[i]);
      kaf_sheet_end_row (sheet);
    }
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Missions by step"), 1, series });
}

/* What is late or due, as the pages tell it */

static const char *
kind_word (KafSheet *sheet, KafFindingKind kind)
{
  static const char *const words[] = {
    [KAF_FINDING_BLOCKS] = NC_ ("finding", "Blocks"),
    [KAF_FINDING_LATE] = NC_ ("finding", "Late"),
    [KAF_FINDING_WARNS] = NC_ ("finding", "Warning"),
    [KAF_FINDING_DUE] = NC_ ("finding", "To be done"),
    [KAF_FINDING_NOTES] = NC_ ("finding", "Note"),
  };

  return kaf_words_context (kaf_book_get_basis (kaf_sheet_get_book (sheet))->lang, "finding",
                            words[kind]);
}

static void
add_delay (KafSheet *sheet, const KafFinding *finding)
{
  gboolean itself = g_str_equal (finding->rule->entity, "mission");

  kaf_sheet_add_text (sheet, itself ? finding->title : finding->of_title);
  kaf_sheet_add_text (sheet, kind_word (sheet, finding->rule->kind));
  kaf_sheet_add_text (sheet, finding->sentence);
  kaf_sheet_add_day (sheet, finding->due);
  kaf_sheet_add_text (sheet, finding->advice);
  kaf_sheet_add_text (sheet, finding->who);
  kaf_sheet_end_row (sheet);
}

static const char *
mission_of (const KafFinding *finding)
{
  return g_str_equal (finding->rule->entity, "mission") ? finding->id : finding->of;
}

static gboolean
add_delays (KafBook *book, GHashTable *wanted, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafFindingsQuery query = { .entity = "mission", .day = basis->day, .lang = basis->lang };
  const KafSheetColumn columns[] = {
    { "mission", kaf_book_word (book, "Mission"), KAF_SHEET_LONG_TEXT, 32 },
    { "kind", kaf_book_word (book, "Kind"), KAF_SHEET_TEXT, 14 },
    { "finding", kaf_book_word (book, "What is so"), KAF_SHEET_LONG_TEXT, 48 },
    { "due_on", kaf_book_word (book, "Due on"), KAF_SHEET_DAY, 12,
      KAF_SHEET_LATE | KAF_SHEET_SOON },
    { "advice", kaf_book_word (book, "What to do"), KAF_SHEET_LONG_TEXT, 44 },
    { "who", kaf_book_word (book, "Followed by"), KAF_SHEET_TEXT, 18, KAF_SHEET_MISSING },
  };
  g_autoptr (KafFindings) findings =
      kaf_findings_read (basis->db, &query, basis->cancellable, error);
  KafSheet *sheet;

  if (findings == NULL)
    return FALSE;
  sheet = kaf_sheet_new (book,
                         &(KafSheetSpec){ "delays", kaf_book_word (book, "Delays and warnings") });
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (findings->list, i);
      const char *of = mission_of (finding);

      if (of != NULL && g_hash_table_contains (wanted, of))
        add_delay (sheet, finding);
    }
  return TRUE;
}

static gboolean
make (KafBook *book, GError **error)
{
  static const KafSheetPath paths[] = {
    { "ref" },
    { "title", .width = 40 },
    { "title_ar", .width = 32 },
    { "step" },
    { "state" },
    { "since" },
    { "due_on", .flags = KAF_SHEET_LATE | KAF_SHEET_SOON },
    { "territory", .width = 20 },
    { "starts_on", .flags = KAF_SHEET_MISSING },
    { "ends_on", .flags = KAF_SHEET_MISSING },
    { "mode", .width = 16 },
    { "participants_planned", .width = 12, .flags = KAF_SHEET_TOTAL },
    { "followed_by", .width = 22, .flags = KAF_SHEET_MISSING },
    { NULL },
  };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (GHashTable) wanted = kaf_books_read_ids (basis->db, basis->query, error);
  g_autoptr (KafMissionSurroundings) around =
      wanted != NULL ? kaf_mission_surroundings_read (basis->db, basis->day, basis->lang, error)
                     : NULL;
  Steps steps = { wanted };

  if (around == NULL ||
      kaf_sheet_add_query (book, &(KafSheetSpec){ "missions", kaf_book_word (book, "Missions") },
                           basis->query, paths, error) == NULL)
    return FALSE;
  steps.context = &around->context;
  if (!kaf_missions_read_all (basis->db, KAF_MISSIONS_ALL, basis->lang, count_mission, &steps,
                              basis->cancellable, error))
    return FALSE;
  add_steps (book, &steps);
  return add_delays (book, wanted, error);
}

const KafWorkbook kaf_book_missions = {
  .name = "missions",
  .label = N_ ("Missions"),
  .summary = N_ ("Where each stands, the ten steps, what is late"),
  .keywords = N_ ("missions, ten steps, delays"),
  .entity = "mission",
  .make = make,
};
