/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data quality: how fresh, how complete and how far verified what is known of experts is; by network and source. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-quality-figures.h"

/* How fresh */

static void
add_share (KafSheet *sheet, const char *name, gint64 n, gint64 all)
{
  kaf_sheet_add_text (sheet, name);
  kaf_sheet_add_number (sheet, n);
  kaf_sheet_add_share (sheet, n, all);
  kaf_sheet_end_row (sheet);
}

static void
add_freshness (KafBook *book, const KafQuality *quality)
{
  static const int series[] = { 1, -1 };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "freshness", kaf_book_word (book, "Freshness") });

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "age", kaf_book_word (book, "Last confirmation"),
                                                  KAF_SHEET_TEXT, 36 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "experts", kaf_book_word (book, "Experts"),
                                                  KAF_SHEET_INTEGER, 12,
                                                  KAF_SHEET_TOTAL | KAF_SHEET_BAR });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Share of all"), KAF_SHEET_PERCENT });
  for (guint i = 0; i < KAF_QUALITY_N_AGES; i++)
    add_share (sheet, kaf_book_word (book, kaf_quality_label (i)), MAX (quality->n[i], 0),
               quality->all);
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Last confirmation"), 0, series });
}

/* How complete */

static gboolean
is_asked (const KafField *field, const KafRole *role)
{
  return !kaf_field_has (field, KAF_FIELD_HIDDEN) && field->kind != KAF_KIND_ATTACHMENT &&
         (role == NULL || kaf_role_can_read (role, field));
}

static gboolean
add_fields (
    KafSheet *sheet, const KafBookBasis *basis, const KafEntity *entity, gint64 all, GError **error)
{
  const KafRole *role = kaf_permit_read (basis->db);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autoptr (KafQuery) known = NULL;
      gint64 n;

      if (!is_asked (field, role))
        continue;
      known = kaf_quality_narrow (basis->query, field->id, KAF_OP_SET, NULL);
      n = kaf_page_count (basis->db, known, error);
      if (n < 0)
        return FALSE;
      kaf_sheet_add_text (sheet, kaf_sheet_word (sheet, field->label));
      kaf_sheet_add_number (sheet, n);
      kaf_sheet_add_number (sheet, all - n);
      kaf_sheet_add_share (sheet, n, all);
      kaf_sheet_end_row (sheet);
    }
  return TRUE;
}

static gboolean
add_completeness (KafBook *book, gint64 all, GError **error)
{
  static const int series[] = { 1, 2, -1 };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafEntity *entity = kaf_query_get_entity (basis->query);
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "completeness", kaf_book_word (book, "Completeness") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "field", kaf_book_word (book, "Field"), KAF_SHEET_TEXT, 34 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "known", kaf_book_word (book, "Known"), KAF_SHEET_INTEGER, 11 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "unknown", kaf_book_word (book, "Unknown"),
                                                  KAF_SHEET_INTEGER, 11 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Share known"),
                                                  KAF_SHEET_PERCENT, 12, KAF_SHEET_BAR });
  if (!add_fields (sheet, basis, kaf_entity_get_root (entity), all, error) ||
      !add_fields (sheet, basis, entity, all, error))
    return FALSE;
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_STACKED, kaf_book_word (book, "Completeness"), 0, series, 24 });
  return TRUE;
}

/* By network and source */

static void
add_row (KafBook *book, KafSheet *sheet, KafQualityAxis axis, const KafQualityRow *row)
{
  kaf_sheet_add_text (
      sheet, row->title != NULL ? row->title : kaf_book_word (book, kaf_quality_axis_none (axis)));
  kaf_sheet_add_number (sheet, row->all);
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    if (row->n[i] == KAF_QUALITY_HIDDEN)
      kaf_sheet_add_empty (sheet);
    else
      kaf_sheet_add_number (sheet, row->n[i]);
  kaf_sheet_end_row (sheet);
}

static void
add_axis (KafBook *book,
          const KafQuality *quality,
          KafQualityAxis axis,
          const char *id,
          const char *title,
          const char *heading)
{
  static const int series[] = { 1, 2, 3, -1 };
  KafSheet *sheet = kaf_sheet_new (
      book, &(KafSheetSpec){
                id, title, kaf_book_word (book, "What has several of them counts in each line.") });

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", heading, KAF_SHEET_TEXT, 36 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "experts", kaf_book_word (book, "Experts"),
                                                  KAF_SHEET_INTEGER, 11 });
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    kaf_sheet_add_column (
        sheet,
        &(KafSheetColumn){ NULL, kaf_book_word (book, kaf_quality_label (kaf_quality_cells[i])),
                           KAF_SHEET_INTEGER, 14 });
  for (guint i = 0; i < quality->rows[axis]->len; i++)
    add_row (book, sheet, axis, g_ptr_array_index (quality->rows[axis], i));
  kaf_sheet_add_chart (sheet, &(KafSheetChart){ KAF_CHART_BARS, title, 0, series });
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (KafQuality) quality = kaf_quality_read (
      basis->db, basis->query, basis->day,
      1u << KAF_QUALITY_BY_NETWORK | 1u << KAF_QUALITY_BY_SOURCE, basis->lang, NULL, error);

  if (quality == NULL)
    return FALSE;
  add_freshness (book, quality);
  if (!add_completeness (book, quality->all, error))
    return FALSE;
  add_axis (book, quality, KAF_QUALITY_BY_NETWORK, "quality_by_network",
            kaf_book_word (book, "By network"), kaf_book_word (book, "Network"));
  add_axis (book, quality, KAF_QUALITY_BY_SOURCE, "quality_by_source",
            kaf_book_word (book, "By source"), kaf_book_word (book, "Source"));
  return TRUE;
}

const KafWorkbook kaf_book_quality = {
  .name = "data-quality",
  .label = N_ ("Data quality"),
  .summary = N_ ("How fresh, complete and verified what is known of experts is"),
  .keywords = N_ ("data quality, confirmation, completeness, sources"),
  .entity = "expert",
  .make = make,
};
