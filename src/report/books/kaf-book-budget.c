/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What missions cost, and who pays: each line, by mission, by payer and category. Amounts of two currencies are never
 * added: each has its rows. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-money.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet.h"
#include "rules/mission/kaf-mission-budget.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missions.h"
#include "store/kaf-read.h"

/* Payers that have a column of their own by mission. */
#define PAYERS_SHOWN 7
#define BARS_MAX 20

/* Rows by what they are of, then by currency; amounts by column. */
typedef struct
{
  char *name, *currency;
  GHashTable *amounts; /* key of the column → gint64 *, owned */
} CrossRow;

typedef struct
{
  KafBook *book;
  const KafBookBasis *basis;
  GHashTable *wanted;
  KafSheet *lines, *missions;
  GPtrArray *by_payer;   /* (element-type CrossRow): payers, by category */
  GPtrArray *by_mission; /* (element-type CrossRow): missions, by payer */
  GPtrArray *payers;     /* (element-type utf8): names, in the order they came */
} Reading;

static void
cross_row_free (CrossRow *self)
{
  g_free (self->name);
  g_free (self->currency);
  g_hash_table_unref (self->amounts);
  g_free (self);
}

static CrossRow *
find_row (GPtrArray *rows, const char *name, const char *currency)
{
  CrossRow *row;

  for (guint i = rows->len; i > 0; i--)
    {
      row = g_ptr_array_index (rows, i - 1);
      if (g_str_equal (row->name, name) && g_str_equal (row->currency, currency))
        return row;
    }
  row = g_new0 (CrossRow, 1);
  row->name = g_strdup (name);
  row->currency = g_strdup (currency);
  row->amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (rows, row);
  return row;
}

static void
add_amount (CrossRow *row, const char *key, gint64 amount)
{
  gint64 *sum = g_hash_table_lookup (row->amounts, key);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (row->amounts, g_strdup (key), sum);
    }
  *sum += amount;
}

/* Lines */

static KafSheet *
make_lines (KafBook *book)
{
  const KafSheetColumn columns[] = {
    { "ref", kaf_book_word (book, "Mission"), KAF_SHEET_TEXT, 16 },
    { "mission", kaf_book_word (book, "Title"), KAF_SHEET_LONG_TEXT, 30 },
    { "label", kaf_book_word (book, "Line"), KAF_SHEET_LONG_TEXT, 30 },
    { "category", kaf_book_word (book, "Category"), KAF_SHEET_TEXT, 16 },
    { "payer", kaf_book_word (book, "Payer"), KAF_SHEET_TEXT, 20, KAF_SHEET_MISSING },
    { "quantity", kaf_book_word (book, "Quantity"), KAF_SHEET_INTEGER, 10 },
    { "unit_price", kaf_book_word (book, "Unit price"), KAF_SHEET_MONEY, 17, KAF_SHEET_MISSING },
    { "adjusted", kaf_book_word (book, "Adjustments"), KAF_SHEET_MONEY, 17, KAF_SHEET_TOTAL },
    { "cost", kaf_book_word (book, "Cost"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "committed", kaf_book_word (book, "Committed"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "spent", kaf_book_word (book, "Spent"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "settled_on", kaf_book_word (book, "Settled on"), KAF_SHEET_DAY, 12 },
  };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "lines", kaf_book_word (book, "Budget lines") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  return sheet;
}

static const char *
category_label (KafLang lang, const char *code)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("budget_line"), "category");
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (field, code) : NULL;

  return kaf_words_get (lang, choice != NULL ? choice->label : N_ ("Other"));
}

/* (transfer full) (nullable) */
static char *
payer_name (const Reading *self, const KafBudgetLine *line)
{
  return line->payer != NULL ? kaf_read_short_title (self->basis->db, "organisation", line->payer,
                                                     self->basis->lang)
                             : NULL;
}

static void
add_known (KafSheet *sheet, gboolean known, gint64 amount, const char *currency)
{
  if (known)
    kaf_sheet_add_amount (sheet, amount, currency);
  else
    kaf_sheet_add_empty (sheet);
}

static void
add_line (Reading *self, const KafMission *mission, const KafBudgetLine *line)
{
  const char *currency = line->currency != NULL ? line->currency : "MAD";
  g_autofree char *payer = payer_name (self, line);
  const char *shown = payer != NULL ? payer : kaf_book_word (self->book, "Without payer");
  gint64 cost;
  gboolean priced = kaf_budget_line_cost (line, &cost);
  KafSheet *sheet = self->lines;

  kaf_sheet_add_text (sheet, mission->ref);
  kaf_sheet_add_text (sheet, mission->title);
  kaf_sheet_add_text (sheet, line->label);
  kaf_sheet_add_text (sheet, category_label (self->basis->lang, line->category));
  kaf_sheet_add_text (sheet, payer);
  kaf_sheet_add_number (sheet, line->quantity);
  add_known (sheet, line->unit_price >= 0, line->unit_price, currency);
  add_known (sheet, line->adjusted != 0, line->adjusted, currency);
  add_known (sheet, priced, cost, currency);
  add_known (sheet, line->committed >= 0, line->committed, currency);
  add_known (sheet, line->spent >= 0, line->spent, currency);
  kaf_sheet_add_day (sheet, line->settled_on);
  kaf_sheet_end_row (sheet);
  if (!priced)
    return;
  add_amount (find_row (self->by_payer, shown, currency),
              category_label (self->basis->lang, line->category), cost);
  add_amount (find_row (self->by_mission, mission->title, currency), shown, cost);
  if (!g_ptr_array_find_with_equal_func (self->payers, shown, g_str_equal, NULL))
    g_ptr_array_add (self->payers, g_strdup (shown));
}

/* By mission */

static KafSheet *
make_missions (KafBook *book)
{
  const KafSheetColumn columns[] = {
    { "ref", kaf_book_word (book, "Mission"), KAF_SHEET_TEXT, 16 },
    { "mission", kaf_book_word (book, "Title"), KAF_SHEET_LONG_TEXT, 34 },
    { "total", kaf_book_word (book, "Cost"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "ceiling", kaf_book_word (book, "Ceiling"), KAF_SHEET_MONEY, 18 },
    { "remainder", kaf_book_word (book, "Left of the ceiling"), KAF_SHEET_MONEY, 18 },
    { "committed", kaf_book_word (book, "Committed"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "spent", kaf_book_word (book, "Spent"), KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL },
    { "unpriced", kaf_book_word (book, "Lines without price"), KAF_SHEET_INTEGER, 12 },
    { "without_payer", kaf_book_word (book, "Lines without payer"), KAF_SHEET_INTEGER, 12 },
  };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "budgets", kaf_book_word (book, "By mission") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  return sheet;
}

static void
add_sum (KafSheet *sheet,
         const KafMission *mission,
         const KafBudget *budget,
         const KafBudgetSum *sum)
{
  gboolean has_ceiling = mission->ceiling >= 0 && g_strcmp0 (mission->currency, sum->currency) == 0;
  int digits = (int) kaf_money_digits (sum->currency);

  kaf_sheet_add_text (sheet, mission->ref);
  kaf_sheet_add_text (sheet, mission->title);
  kaf_sheet_add_amount (sheet, sum->total, sum->currency);
  if (has_ceiling)
    {
      kaf_sheet_add_amount (sheet, mission->ceiling, sum->currency);
      kaf_sheet_add_formula (sheet, "{3}-{2}",
                             (double) (mission->ceiling - sum->total) / (digits == 2 ? 100 : 1));
    }
  else
    {
      kaf_sheet_add_empty (sheet);
      kaf_sheet_add_empty (sheet);
    }
  kaf_sheet_add_amount (sheet, sum->committed, sum->currency);
  kaf_sheet_add_amount (sheet, sum->spent, sum->currency);
  kaf_sheet_add_number (sheet, budget->n_unpriced);
  kaf_sheet_add_number (sheet, budget->n_without_payer);
  kaf_sheet_end_row (sheet);
}

static gboolean
take_mission (KafMission *mission, guint step, gpointer data)
{
  Reading *self = data;
  g_autoptr (KafBudget) budget = NULL;

  if (!g_hash_table_contains (self->wanted, mission->id))
    return TRUE;
  budget = kaf_budget_new (mission);
  for (guint i = 0; i < mission->lines->len; i++)
    add_line (self, mission, g_ptr_array_index (mission->lines, i));
  for (guint i = 0; i < budget->sums->len; i++)
    add_sum (self->missions, mission, budget, g_ptr_array_index (budget->sums, i));
  return TRUE;
}

/* Tables of amounts, drawn one behind the other */

static gint64
sum_rest (const CrossRow *row, const GPtrArray *keys)
{
  GHashTableIter iter;
  gpointer key, value;
  gint64 rest = 0;

  g_hash_table_iter_init (&iter, row->amounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_ptr_array_find_with_equal_func ((GPtrArray *) keys, key, g_str_equal, NULL))
      rest += *(gint64 *) value;
  return rest;
}

static void
add_cross_row (KafSheet *sheet, const CrossRow *row, const GPtrArray *keys, gboolean rest)
{
  gint64 total = 0;

  kaf_sheet_add_text (sheet, row->name);
  for (guint i = 0; i < keys->len; i++)
    {
      const gint64 *amount = g_hash_table_lookup (row->amounts, keys->pdata[i]);

      kaf_sheet_add_amount (sheet, amount != NULL ? *amount : 0, row->currency);
      total += amount != NULL ? *amount : 0;
    }
  if (rest)
    kaf_sheet_add_amount (sheet, sum_rest (row, keys), row->currency);
  total += rest ? sum_rest (row, keys) : 0;
  kaf_sheet_add_amount (sheet, total, row->currency);
  kaf_sheet_end_row (sheet);
}

static void
add_cross (KafBook *book,
           const KafSheetSpec *spec,
           const char *heading,
           GPtrArray *rows,
           const GPtrArray *keys,
           gboolean rest)
{
  KafSheet *sheet = kaf_sheet_new (book, spec);
  guint n = keys->len + (rest ? 1 : 0);
  g_autofree int *series = g_new (int, n + 1);

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", heading, KAF_SHEET_LONG_TEXT, 34 });
  for (guint i = 0; i < n; i++)
    {
      const char *title = i < keys->len ? keys->pdata[i] : kaf_book_word (book, "Others");

      series[i] = (int) kaf_sheet_add_column (
          sheet, &(KafSheetColumn){ NULL, title, KAF_SHEET_MONEY, 17, KAF_SHEET_TOTAL });
    }
  series[n] = -1;
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "total", kaf_book_word (book, "Total"),
                                                  KAF_SHEET_MONEY, 18, KAF_SHEET_TOTAL });
  for (guint i = 0; i < rows->len; i++)
    add_cross_row (sheet, g_ptr_array_index (rows, i), keys, rest);
  kaf_sheet_add_chart (sheet,
                       &(KafSheetChart){ KAF_CHART_STACKED, spec->title, 0, series, BARS_MAX });
}

static GPtrArray *
list_categories (KafLang lang)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("budget_line"), "category");
  GPtrArray *names = g_ptr_array_new ();

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    g_ptr_array_add (names, (gpointer) kaf_words_get (lang, choice->label));
  return names;
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (GHashTable) wanted = kaf_books_read_ids (basis->db, basis->query, error);
  g_autoptr (GPtrArray) by_payer = g_ptr_array_new_with_free_func ((GDestroyNotify) cross_row_free);
  g_autoptr (GPtrArray) by_mission =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cross_row_free);
  g_autoptr (GPtrArray) payers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) categories = list_categories (basis->lang);
  gboolean rest;
  Reading reading = { book, basis, wanted, NULL, NULL, by_payer, by_mission, payers };

  if (wanted == NULL)
    return FALSE;
  reading.missions = make_missions (book);
  reading.lines = make_lines (book);
  if (!kaf_missions_read_all (basis->db, KAF_MISSIONS_ALL, basis->lang, take_mission, &reading,
                              basis->cancellable, error))
    return FALSE;
  add_cross (book, &(KafSheetSpec){ "payers", kaf_book_word (book, "Payers by category") },
             kaf_book_word (book, "Payer"), by_payer, categories, FALSE);
  /* Of one mission there is nothing to compare. */
  if (g_hash_table_size (wanted) == 1)
    return TRUE;
  rest = payers->len > PAYERS_SHOWN;
  if (rest)
    g_ptr_array_set_size (payers, PAYERS_SHOWN);
  add_cross (book,
             &(KafSheetSpec){ "payers_by_mission", kaf_book_word (book, "Missions by payer") },
             kaf_book_word (book, "Mission"), by_mission, payers, rest);
  return TRUE;
}

const KafWorkbook kaf_book_budget = {
  .name = "budget",
  .label = N_ ("Budget by payer"),
  .summary = N_ ("What missions cost and who pays; by mission and category"),
  .keywords = N_ ("budget, payers, missions"),
  .entity = "mission",
  .source = "budget_line",
  .make = make,
};
