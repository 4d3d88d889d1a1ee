/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project holders: who is followed by whom, their projects by stage and by region. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "rules/holder/kaf-score-facts.h"
#include "rules/target/kaf-target.h"
#include "schema/kaf-registry.h"
#include "store/kaf-funnel.h"
#include "store/kaf-mission-settings.h"

static const char *
stage_label (KafSheet *sheet, KafStage stage)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("project_stage"), "stage");
  const char *id = kaf_stage_id (stage);
  const KafChoice *choice = id != NULL ? kaf_field_find_choice (field, id) : NULL;

  return kaf_sheet_word (sheet, choice != NULL ? choice->label : N_ ("No stage noted"));
}

/* Who sees totals alone is not told of fewer than five. */
static void
add_count (KafSheet *sheet, guint n, gboolean hides)
{
  if (hides && n < KAF_TARGET_CELL)
    kaf_sheet_add_text (sheet, "–");
  else
    kaf_sheet_add_number (sheet, n);
}

static void
add_stages (KafBook *book, const KafFunnel *funnel, gboolean hides)
{
  static const int series[] = { 1, -1 };
  static const KafStage order[] = { KAF_STAGE_IDEA,      KAF_STAGE_STUDY,   KAF_STAGE_FILE,
                                    KAF_STAGE_FINANCE,   KAF_STAGE_LICENCE, KAF_STAGE_LAUNCHED,
                                    KAF_STAGE_ABANDONED, KAF_STAGE_NONE };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "stages", kaf_book_word (book, "Projects by stage"),
                                            kaf_book_word (book, "All projects of all holders") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "stage", kaf_book_word (book, "Stage"), KAF_SHEET_TEXT, 26 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "projects", kaf_book_word (book, "Projects"),
                                                  KAF_SHEET_INTEGER, 13, KAF_SHEET_TOTAL });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Share of all"), KAF_SHEET_PERCENT });
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      kaf_sheet_add_text (sheet, stage_label (sheet, order[i]));
      add_count (sheet, funnel->stages[order[i]], hides);
      if (hides)
        kaf_sheet_add_empty (sheet);
      else
        kaf_sheet_add_share (sheet, funnel->stages[order[i]], funnel->n);
      kaf_sheet_end_row (sheet);
    }
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Projects by stage"), 0, series });
}

static void
add_region (KafSheet *sheet, const KafFunnelRegion *region, gboolean hides)
{
  gboolean small = hides && region->n_holders < KAF_TARGET_CELL;

  kaf_sheet_add_text (sheet,
                      region->title != NULL ? region->title : kaf_sheet_word (sheet, "Not said"));
  add_count (sheet, region->n_projects, hides);
  add_count (sheet, region->n_holders, hides);
  if (small)
    {
      for (guint i = 0; i < 3; i++)
        kaf_sheet_add_text (sheet, "–");
    }
  else
    {
      kaf_sheet_add_number (sheet, region->jobs);
      kaf_sheet_add_amount (sheet, region->amount, "MAD");
      kaf_sheet_add_number (sheet, region->n_unpriced);
    }
  kaf_sheet_end_row (sheet);
}

static void
add_regions (KafBook *book, const KafFunnel *funnel, gboolean hides)
{
  static const int series[] = { 1, 2, -1 };
  const KafSheetColumn columns[] = {
    { "region", kaf_book_word (book, "Region"), KAF_SHEET_TEXT, 30 },
    { "projects", kaf_book_word (book, "Projects"), KAF_SHEET_INTEGER, 10, KAF_SHEET_TOTAL },
    { "holders", kaf_book_word (book, "Holders"), KAF_SHEET_INTEGER, 10 },
    { "jobs", kaf_book_word (book, "Jobs"), KAF_SHEET_INTEGER, 10, KAF_SHEET_TOTAL },
    { "amount", kaf_book_word (book, "Amount"), KAF_SHEET_MONEY, 20, KAF_SHEET_TOTAL },
    { "unpriced", kaf_book_word (book, "Without known amount"), KAF_SHEET_INTEGER, 12,
      KAF_SHEET_TOTAL },
  };
  KafSheet *sheet = kaf_sheet_new (
      book, &(KafSheetSpec){ "regions", kaf_book_word (book, "Projects by region"),
                             kaf_book_word (book, "All projects under way: those given up are left "
                                                  "out") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  for (guint i = 0; i < funnel->regions->len; i++)
    add_region (sheet, g_ptr_array_index (funnel->regions, i), hides);
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Projects by region"), 0, series });
}

static gboolean
make (KafBook *book, GError **error)
{
  static const KafSheetPath holders[] = {
    { "title" },
    { "title_ar", .width = 26 },
    { "tier" },
    { "potential" },
    { "engagement" },
    { "relay" },
    { "stage" },
    { "project.sector", .width = 20 },
    { "project.territory", .width = 20 },
    { "country" },
    { "counsellor", .width = 18, .flags = KAF_SHEET_MISSING },
    { "last_contact_on" },
    { "next_on", .flags = KAF_SHEET_LATE | KAF_SHEET_MISSING },
    { "ref" },
    { NULL },
  };
  static const KafSheetPath projects[] = {
    { "title", .width = 40 },
    { "person", .width = 26 },
    { "stage" },
    { "since" },
    { "sector", .width = 20 },
    { "territory", .width = 20 },
    { "amount", .width = 19 },
    { "amount_mad", .width = 19, .flags = KAF_SHEET_TOTAL },
    { "jobs", .width = 10, .flags = KAF_SHEET_TOTAL },
    { "next_action", .width = 26, .flags = KAF_SHEET_MISSING },
    { "next_on", .flags = KAF_SHEET_LATE },
    { "ref" },
    { NULL },
  };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafRole *role = kaf_mission_read_role (basis->db);
  gboolean hides = role == NULL || role->aggregates_only;
  g_autoptr (KafFunnel) funnel =
      kaf_funnel_read (basis->db, basis->lang, basis->cancellable, error);
  g_autoptr (KafQuery) of_them = NULL;

  if (funnel == NULL)
    return FALSE;
  if (kaf_sheet_add_query (book,
                           &(KafSheetSpec){ "holders", kaf_book_word (book, "Project holders") },
                           basis->query, holders, error) == NULL)
    return FALSE;
  of_them = kaf_books_query_of (kaf_registry_find ("project"), "person", basis, error);
  if (of_them == NULL ||
      kaf_sheet_add_query (book, &(KafSheetSpec){ "projects", kaf_book_word (book, "Projects") },
                           of_them, projects, error) == NULL)
    return FALSE;
  add_stages (book, funnel, hides);
  add_regions (book, funnel, hides);
  return TRUE;
}

const KafWorkbook kaf_book_holders = {
  .name = "project-holders",
  .label = N_ ("Project holders"),
  .summary = N_ ("Project holders and their projects; by stage and region"),
  .keywords = N_ ("project holders, projects, regions"),
  .entity = "project_holder",
  .names = TRUE,
  .make = make,
};
