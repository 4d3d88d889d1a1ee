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

static void
add_stages (KafBook *book, const KafFunnel *funnel)
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
      kaf_sheet_add_few (sheet, funnel->stages[order[i]]);
      if (kaf_few_is_told (funnel->stages[order[i]]))
        kaf_sheet_add_share (sheet, funnel->stages[order[i]], funnel->n);
      else
        kaf_sheet_add_empty (sheet);
      kaf_sheet_end_row (sheet);
    }
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Projects by stage"), 0, series });
}

static void
add_region (KafSheet *sheet, const KafFunnelRegion *region)
{
  kaf_sheet_add_text (sheet,
                      region->title != NULL ? region->title : kaf_sheet_word (sheet, "Not said"));
  kaf_sheet_add_few (sheet, region->n_projects);
  kaf_sheet_add_few (sheet, region->n_holders);
  if (!kaf_few_is_told (region->n_holders))
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
add_regions (KafBook *book, const KafFunnel *funnel)
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
    add_region (sheet, g_ptr_array_index (funnel->regions, i));
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
  g_autoptr (KafFunnel) funnel = kaf_funnel_read (
      basis->db, basis->lang, role == NULL || role->aggregates_only, basis->cancellable, error);
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
  add_stages (book, funnel);
  add_regions (book, funnel);
  return TRUE;
}

const KafWorkbook kaf_book_holders = {
  .name = "project-holders",
  .label = N_ ("Project holders"),
  .summary = N_ ("Project holders and their projects; by stage and region"),
  .keywords = N_ ("project holders, projects, regions"),
  .entity = "project_holder",
  .source = "project",
  .names = TRUE,
  .make = make,
};
