/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data quality: how fresh, how complete and how far verified what is known of experts is; by network and source. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-day.h"
#include "record/kaf-listing.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

#define GROUPS_MAX 200

/* A query with one condition more; @value nullable. (transfer full) */
static KafQuery *
narrow (const KafQuery *query, const char *path, KafOp op, const char *value)
{
  const char *values[] = { value, NULL };
  KafQuery *narrowed = kaf_query_copy (query);

  kaf_query_add_node (narrowed, kaf_node_new_condition (path, op, value != NULL ? values : NULL));
  return narrowed;
}

static gint64
count (KafDatabase *db,
       const KafQuery *query,
       const char *path,
       KafOp op,
       const char *value,
       GError **error)
{
  g_autoptr (KafQuery) narrowed = narrow (query, path, op, value);

  return kaf_page_count (db, narrowed, error);
}

/* How fresh */

typedef struct
{
  const char *label; /* translated */
  int from, to;      /* months back; -1: without end */
} Age;

/* Confirmed between two days, both counted; unknown: without bound. */
static gint64
count_between (const KafBookBasis *basis, KafDay from, KafDay to, GError **error)
{
  g_autofree char *least = kaf_day_to_iso (from);
  g_autofree char *most = kaf_day_to_iso (to);
  g_autoptr (KafQuery) query = kaf_query_copy (basis->query);

  if (least != NULL)
    kaf_query_add_node (query, kaf_node_new_condition ("confirmed_on", KAF_OP_AT_LEAST,
                                                       (const char *const[]){ least, NULL }));
  if (most != NULL)
    kaf_query_add_node (query, kaf_node_new_condition ("confirmed_on", KAF_OP_AT_MOST,
                                                       (const char *const[]){ most, NULL }));
  return kaf_page_count (basis->db, query, error);
}

static void
add_share (KafSheet *sheet, const char *name, gint64 n, gint64 all)
{
  kaf_sheet_add_text (sheet, name);
  kaf_sheet_add_number (sheet, n);
  kaf_sheet_add_share (sheet, n, all);
  kaf_sheet_end_row (sheet);
}

static gboolean
add_freshness (KafBook *book, gint64 all, GError **error)
{
  static const int series[] = { 1, -1 };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const Age ages[] = {
    { kaf_book_word (book, "Confirmed in the last 12 months"), 0, 12 },
    { kaf_book_word (book, "One to two years ago"), 12, 24 },
    { kaf_book_word (book, "Two to three years ago"), 24, 36 },
    { kaf_book_word (book, "Longer ago"), 36, -1 },
  };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "freshness", kaf_book_word (book, "Freshness") });
  gint64 n;

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "age", kaf_book_word (book, "Last confirmation"),
                                                  KAF_SHEET_TEXT, 36 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "experts", kaf_book_word (book, "Experts"),
                                                  KAF_SHEET_INTEGER, 12,
                                                  KAF_SHEET_TOTAL | KAF_SHEET_BAR });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Share of all"), KAF_SHEET_PERCENT });
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      KafDay to = i == 0 ? KAF_DAY_UNKNOWN : kaf_day_add_months (basis->day, -ages[i].from);
      KafDay from =
          ages[i].to < 0 ? KAF_DAY_UNKNOWN : kaf_day_add_months (basis->day, -ages[i].to) + 1;

      n = count_between (basis, from, to, error);
      if (n < 0)
        return FALSE;
      add_share (sheet, ages[i].label, n, all);
    }
  n = count (basis->db, basis->query, "confirmed_on", KAF_OP_UNSET, NULL, error);
  if (n < 0)
    return FALSE;
  add_share (sheet, kaf_book_word (book, "Never confirmed"), n, all);
  kaf_sheet_add_chart (
      sheet,
      &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "Last confirmation"), 0, series });
  return TRUE;
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
      gint64 n;

      if (!is_asked (field, role))
        continue;
      n = count (basis->db, basis->query, field->id, KAF_OP_SET, NULL, error);
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

/* What is counted of each: a condition. */
static const struct
{
  const char *label, *path;
  KafOp op;
  const char *value; /* nullable; "year": the day a year back */
} measures[] = {
  { N_ ("Not verified"), "status", KAF_OP_ANY_OF, "prospect" },
  { N_ ("Not confirmed for 12 months"), "confirmed_on", KAF_OP_AT_MOST, "year" },
  { N_ ("Never confirmed"), "confirmed_on", KAF_OP_UNSET, NULL },
  { N_ ("Without e-mail"), "emails", KAF_OP_UNSET, NULL },
  { N_ ("Without Arabic name"), "family_name_ar", KAF_OP_UNSET, NULL },
};

static gboolean
add_measures (KafSheet *sheet,
              const KafBookBasis *basis,
              const char *name,
              const KafQuery *query,
              GError **error)
{
  g_autofree char *year = kaf_day_to_iso (kaf_day_add_months (basis->day, -12));
  gint64 all = kaf_page_count (basis->db, query, error);

  if (all <= 0)
    return all == 0;
  kaf_sheet_add_text (sheet, name);
  kaf_sheet_add_number (sheet, all);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      const char *value = g_strcmp0 (measures[i].value, "year") == 0 ? year : measures[i].value;
      gint64 n = count (basis->db, query, measures[i].path, measures[i].op, value, error);

      if (n < 0)
        return FALSE;
      kaf_sheet_add_number (sheet, n);
    }
  kaf_sheet_end_row (sheet);
  return TRUE;
}

static KafSheet *
make_measures (KafBook *book, const char *id, const char *title, const char *heading)
{
  KafSheet *sheet = kaf_sheet_new (
      book, &(KafSheetSpec){
                id, title, kaf_book_word (book, "What has several of them counts in each line.") });

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", heading, KAF_SHEET_TEXT, 36 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "experts", kaf_book_word (book, "Experts"),
                                                  KAF_SHEET_INTEGER, 11 });
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    kaf_sheet_add_column (sheet, &(KafSheetColumn){ NULL, kaf_book_word (book, measures[i].label),
                                                    KAF_SHEET_INTEGER, 14 });
  return sheet;
}

static gboolean
add_networks (KafBook *book, GError **error)
{
  static const char *const none[] = { NULL };
  static const int series[] = { 1, 2, 3, -1 };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  KafSheet *sheet = make_measures (book, "quality_by_network", kaf_book_word (book, "By network"),
                                   kaf_book_word (book, "Network"));
  g_autoptr (KafQuery) networks = kaf_query_new (kaf_registry_find ("network"));
  g_autoptr (KafQuery) without = narrow (basis->query, "membership.network", KAF_OP_UNSET, NULL);
  g_autoptr (GPtrArray) rows =
      kaf_page_read (basis->db, networks, none, basis->lang, 0, GROUPS_MAX, NULL, NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      g_autoptr (KafQuery) of = narrow (basis->query, "membership.network", KAF_OP_ANY_OF, row->id);
      g_autofree char *name = kaf_read_title (basis->db, "organisation", row->id, basis->lang);

      if (!add_measures (sheet, basis, name, of, error))
        return FALSE;
    }
  if (rows == NULL ||
      !add_measures (sheet, basis, kaf_book_word (book, "In no network"), without, error))
    return FALSE;
  kaf_sheet_add_chart (
      sheet, &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "By network"), 0, series });
  return TRUE;
}

static gboolean
add_sources (KafBook *book, GError **error)
{
  static const int series[] = { 1, 2, 3, -1 };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  KafSheet *sheet = make_measures (book, "quality_by_source", kaf_book_word (book, "By source"),
                                   kaf_book_word (book, "Source"));
  g_autoptr (KafQuery) claims = kaf_query_new (kaf_registry_find ("source_claim"));
  g_autoptr (KafQuery) without = narrow (basis->query, "source_claim.source", KAF_OP_UNSET, NULL);
  g_autoptr (GPtrArray) groups =
      kaf_page_groups (basis->db, claims, "source", basis->lang, GROUPS_MAX, error);

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);
      g_autoptr (KafQuery) of = group->value != NULL ? narrow (basis->query, "source_claim.source",
                                                               KAF_OP_ANY_OF, group->value)
                                                     : NULL;

      if (of != NULL && !add_measures (sheet, basis, group->text, of, error))
        return FALSE;
    }
  if (groups == NULL ||
      !add_measures (sheet, basis, kaf_book_word (book, "Without a source"), without, error))
    return FALSE;
  kaf_sheet_add_chart (
      sheet, &(KafSheetChart){ KAF_CHART_BARS, kaf_book_word (book, "By source"), 0, series });
  return TRUE;
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  gint64 all = kaf_page_count (basis->db, basis->query, error);

  return all >= 0 && add_freshness (book, all, error) && add_completeness (book, all, error) &&
         add_networks (book, error) && add_sources (book, error);
}

const KafWorkbook kaf_book_quality = {
  .name = "data-quality",
  .label = N_ ("Data quality"),
  .summary = N_ ("How fresh, complete and verified what is known of experts is"),
  .keywords = N_ ("data quality, confirmation, completeness, sources"),
  .entity = "expert",
  .make = make,
};
