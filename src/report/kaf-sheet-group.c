/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-sheet-group.h"

#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"

#define GROUPS_MAX 1000
/* Bars beyond that are too thin to be read. */
#define BARS_MAX 20

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const KafGroup *one = *(const KafGroup *const *) a;
  const KafGroup *other = *(const KafGroup *const *) b;

  return one->count < other->count ? 1 : one->count > other->count ? -1 : 0;
}

/* One record of what the path leads to: those of the query that have it. */
static KafGroup *
count_one (const KafBookBasis *basis,
           const KafQuery *query,
           const char *path,
           const KafRow *row,
           GError **error)
{
  const char *values[] = { row->id, NULL };
  g_autoptr (KafQuery) narrowed = kaf_query_copy (query);
  KafGroup *group;
  gint64 n;

  kaf_query_add_node (narrowed, kaf_node_new_condition (path, KAF_OP_ANY_OF, values));
  n = kaf_page_count (basis->db, narrowed, error);
  if (n < 0)
    return NULL;
  group = g_new0 (KafGroup, 1);
  group->value = g_strdup (row->id);
  group->text =
      g_strdup (basis->lang == KAF_LANG_AR && row->title_ar != NULL ? row->title_ar : row->title);
  group->count = n;
  return group;
}

/* By a field of records that belong to those of the query: "membership.network". */
static GPtrArray *
count_related (const KafBookBasis *basis,
               const KafQuery *query,
               const char *path,
               const KafField *field,
               GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_group_free);
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find (field->target));
  g_autoptr (GPtrArray) rows =
      kaf_page_read (basis->db, all, none, basis->lang, 0, GROUPS_MAX, NULL, NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      KafGroup *group = g_cancellable_set_error_if_cancelled (basis->cancellable, error)
                            ? NULL
                            : count_one (basis, query, path, g_ptr_array_index (rows, i), error);

      if (group == NULL)
        return NULL;
      if (group->count > 0)
        g_ptr_array_add (groups, group);
      else
        kaf_group_free (group);
    }
  if (rows == NULL)
    return NULL;
  g_ptr_array_sort (groups, compare_groups);
  return g_steal_pointer (&groups);
}

static void
add_row (KafSheet *sheet, const char *text, gint64 count, gint64 whole)
{
  kaf_sheet_add_text (sheet, text);
  kaf_sheet_add_number (sheet, count);
  kaf_sheet_add_share (sheet, count, whole);
  kaf_sheet_end_row (sheet);
}

/* What nobody said stands last, however often it is. */
static void
add_rows (KafSheet *sheet, const GPtrArray *groups, gint64 whole)
{
  gint64 unknown = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);

      if (group->text == NULL)
        unknown += group->count;
      else
        add_row (sheet, group->text, group->count, whole);
    }
  if (unknown > 0)
    add_row (sheet, kaf_sheet_word (sheet, "Not said"), unknown, whole);
}

static void
fill (KafBook *book,
      const KafSheetSpec *spec,
      const char *heading,
      const GPtrArray *groups,
      gint64 whole)
{
  const int series[] = { 1, -1 };
  const KafSheetChart chart = { KAF_CHART_BARS, spec->title, 0, series, BARS_MAX };
  KafSheet *sheet = kaf_sheet_new (book, spec);

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", heading, KAF_SHEET_TEXT, 40 });
  /* Where one counts in several lines, a sum of the lines would be no number of records. */
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "number", kaf_book_word (book, "Number"), KAF_SHEET_INTEGER, 14,
                                (spec->note != NULL ? 0 : KAF_SHEET_TOTAL) | KAF_SHEET_BAR });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Share of all"), KAF_SHEET_PERCENT });
  add_rows (sheet, groups, whole);
  kaf_sheet_add_chart (sheet, &chart);
}

gboolean
kaf_sheet_add_groups (KafBook *book,
                      const char *id,
                      const char *title,
                      const KafQuery *query,
                      const char *path,
                      GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafRole *role = kaf_permit_read (basis->db);
  const KafEntity *related = NULL;
  const KafField *field = kaf_query_resolve (kaf_query_get_entity (query), path, NULL, &related);
  gboolean several = related != NULL || (field != NULL && kaf_field_is_many (field));
  const KafSheetSpec spec = {
    id, title,
    several ? kaf_book_word (book, "What has several of them counts in each line.") : NULL
  };
  g_autoptr (GPtrArray) groups = NULL;
  gint64 whole;

  if (field == NULL || (role != NULL && !kaf_role_can_read (role, field)))
    return TRUE;
  groups = related != NULL
               ? count_related (basis, query, path, field, error)
               : kaf_page_groups (basis->db, query, path, basis->lang, GROUPS_MAX, error);
  whole = kaf_page_count (basis->db, query, error);
  if (groups == NULL || whole < 0)
    return FALSE;
  fill (book, &spec, kaf_book_word (book, field->label), groups, whole);
  return TRUE;
}
