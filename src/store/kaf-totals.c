/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-totals.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"
#include "store/kaf-store-error.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-target-private.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

#define SMALL (-1)
#define TOGETHER (-2)

#define N_LANGS 3

/* Every part of the count. */
#define AXES ((1u << KAF_TARGET_N_AXES) - (1u << KAF_TARGET_BY_COUNTRY))

/* Printing */

static void
print_name (GString *json, const char *name)
{
  g_string_append_printf (json, "\"%s\":", name);
}

static void
print_numbers (GString *json, const char *name, const guint *told, guint n)
{
  print_name (json, name);
  g_string_append_c (json, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      kaf_json_append_integer (json, told[i] == KAF_FEW_SMALL      ? SMALL
                                     : told[i] == KAF_FEW_TOGETHER ? TOGETHER
                                                                   : (gint64) told[i]);
    }
  g_string_append_c (json, ']');
}

static void
print_day (GString *json, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);

  g_string_append_printf (json, "\"day\":\"%s\"", iso);
}

/* What is told of a place, in each language. */
typedef char *(*TitleFunc) (KafDatabase *db, guint axis, const char *code, KafLang lang);

static void
print_titles (GString *json, KafDatabase *db, TitleFunc find, guint axis, const char *code)
{
  print_name (json, "code");
  kaf_json_append_string (json, code);
  g_string_append (json, ",\"titles\":[");
  for (guint lang = 0; lang < N_LANGS; lang++)
    {
      g_autofree char *title = code != NULL ? find (db, axis, code, lang) : NULL;

      if (lang > 0)
        g_string_append_c (json, ',');
      kaf_json_append_string (json, title);
    }
  g_string_append_c (json, ']');
}

static void
print_cells (GString *json, KafDatabase *db, const KafTargetCount *count, KafTargetAxis axis)
{
  const GPtrArray *cells = count->cells[axis];

  g_string_append_c (json, '[');
  for (guint i = 0; i < cells->len; i++)
    {
      const KafTargetCell *cell = g_ptr_array_index (cells, i);

      g_string_append_printf (json, "%s{\"kind\":%d,", i > 0 ? "," : "", cell->kind);
      print_titles (json, db, kaf_target_dup_title, axis, cell->code);
      g_string_append_c (json, ',');
      print_numbers (json, "n", cell->n, KAF_TARGET_N_STAGES);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
print_count (GString *json, KafDatabase *db, const KafTargetCount *count)
{
  print_day (json, count->day);
  g_string_append_c (json, ',');
  print_numbers (json, "n", count->n, KAF_TARGET_N_STAGES);
  g_string_append_c (json, ',');
  print_numbers (json, "before", count->before, KAF_TARGET_N_STAGES);
  g_string_append (json, ",\"axes\":[");
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    {
      if (axis > KAF_TARGET_BY_COUNTRY)
        g_string_append_c (json, ',');
      print_cells (json, db, count, axis);
    }
  g_string_append_c (json, ']');
}

static void
print_series (GString *json, const GArray *points)
{
  g_string_append (json, ",\"series\":[");
  for (guint i = 0; i < points->len; i++)
    {
      const KafTargetPoint *point = &g_array_index (points, KafTargetPoint, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      print_day (json, point->day);
      g_string_append_printf (json, ",\"closed\":%d,", point->closed);
      print_numbers (json, "n", point->n, KAF_TARGET_N_STAGES);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static char *
find_region (KafDatabase *db, guint axis, const char *code, KafLang lang)
{
  return kaf_read_title (db, "territory", code, lang);
}

/* Of who has too few holders nothing but that is told. */
static void
print_region (GString *json, KafDatabase *db, const KafFunnelRegion *region)
{
  const guint n[] = { region->n_projects, region->n_holders };
  gboolean told = kaf_few_is_told (region->n_projects) && kaf_few_is_told (region->n_holders);

  print_titles (json, db, find_region, 0, region->code);
  g_string_append_c (json, ',');
  print_numbers (json, "n", n, G_N_ELEMENTS (n));
  g_string_append_printf (json,
                          ",\"jobs\":%" G_GINT64_FORMAT ",\"amount\":%" G_GINT64_FORMAT
                          ",\"unpriced\":%u,\"unstaffed\":%u",
                          told ? region->jobs : 0, told ? region->amount : 0,
                          told ? region->n_unpriced : 0, told ? region->n_unstaffed : 0);
}

static void
print_funnel (GString *json, KafDatabase *db, const KafFunnel *funnel)
{
  const guint n[] = { funnel->n };

  g_string_append_c (json, ',');
  print_numbers (json, "projects", n, 1);
  g_string_append_c (json, ',');
  print_numbers (json, "stages", funnel->stages, KAF_FUNNEL_STAGES);
  g_string_append (json, ",\"regions\":[");
  for (guint i = 0; i < funnel->regions->len; i++)
    {
      g_string_append (json, i > 0 ? ",{" : "{");
      print_region (json, db, g_ptr_array_index (funnel->regions, i));
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

gboolean
kaf_totals_print (KafDatabase *db, GString *json, GCancellable *cancellable, GError **error)
{
  const KafTargetQuery query = { .axes = AXES, .hide = TRUE };
  gboolean entered = kaf_database_enter_read (db);
  g_autoptr (KafTargetCount) count = kaf_target_count (db, &query, cancellable, error);
  g_autoptr (KafFunnel) funnel =
      count != NULL ? kaf_funnel_read (db, KAF_LANG_EN, TRUE, cancellable, error) : NULL;
  g_autoptr (GArray) points =
      funnel != NULL ? kaf_target_series (db, KAF_DAY_UNKNOWN, count->day, TRUE, error) : NULL;

  if (points != NULL)
    {
      g_string_append_c (json, '{');
      print_count (json, db, count);
      print_series (json, points);
      print_funnel (json, db, funnel);
      g_string_append_c (json, '}');
    }
  kaf_database_leave_read (db, entered);
  return points != NULL;
}

/* Reading */

/* What is kept, taken apart. Nothing in it was looked at but that it is one object. */
typedef struct
{
  char *text;
  GArray *parts;
  const KafWirePart *whole;
} Kept;

static void
kept_clear (Kept *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
read_numbers (const KafWirePart *of, const char *name, guint *told, guint n)
{
  const KafWirePart *array = kaf_wire_find (of, name);

  for (guint i = 0; i < n; i++)
    {
      gint64 value;

      if (!kaf_wire_get_integer (kaf_wire_nth (array, i), &value) || value < TOGETHER ||
          value > G_MAXINT32)
        return FALSE;
      told[i] = value == SMALL      ? KAF_FEW_SMALL
                : value == TOGETHER ? KAF_FEW_TOGETHER
                                    : (guint) value;
    }
  return kaf_wire_is_array (array) && array->n == n;
}

static gboolean
read_day (const KafWirePart *of, KafDay *day)
{
  g_autofree char *text = kaf_wire_find_string (of, "day");

  *day = text != NULL ? kaf_day_parse (text) : KAF_DAY_UNKNOWN;
  return *day != KAF_DAY_UNKNOWN;
}

/* In that language, or as it is called at all. (transfer full) */
static char *
read_title (const KafWirePart *of, KafLang lang)
{
  const KafWirePart *titles = kaf_wire_find (of, "titles");
  char *title = kaf_wire_get_string (kaf_wire_nth (titles, lang));

  for (guint other = 0; title == NULL && other < N_LANGS; other++)
    title = kaf_wire_get_string (kaf_wire_nth (titles, other));
  return title != NULL ? title : kaf_wire_find_string (of, "code");
}

static gboolean
read_cells (const KafWirePart *array, KafLang lang, GPtrArray *cells)
{
  const KafWirePart *part = array + 1;

  for (guint i = 0; i < array->n; i++, part = kaf_wire_after (part))
    {
      KafTargetCell *cell = g_new0 (KafTargetCell, 1);
      gint64 kind;

      g_ptr_array_add (cells, cell);
      if (!kaf_wire_find_integer (part, "kind", &kind) || kind < KAF_TARGET_CELL_ITEM ||
          kind > KAF_TARGET_CELL_REST || !read_numbers (part, "n", cell->n, KAF_TARGET_N_STAGES))
        return FALSE;
      cell->kind = (KafTargetCellKind) kind;
      cell->code = kaf_wire_find_string (part, "code");
      cell->title = cell->kind == KAF_TARGET_CELL_ITEM ? read_title (part, lang) : NULL;
      if (cell->kind == KAF_TARGET_CELL_ITEM && cell->code == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_axes (const KafWirePart *whole, guint axes, KafLang lang, KafTargetCount *count)
{
  const KafWirePart *all = kaf_wire_find (whole, "axes");

  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    {
      const KafWirePart *array = kaf_wire_nth (all, axis - KAF_TARGET_BY_COUNTRY);

      if ((axes & 1u << axis) == 0)
        continue;
      count->cells[axis] = g_ptr_array_new_with_free_func (kaf_target_cell_free);
      if (!kaf_wire_is_array (array) || !read_cells (array, lang, count->cells[axis]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_series (const KafWirePart *whole, GArray *points)
{
  const KafWirePart *array = kaf_wire_find (whole, "series");
  const KafWirePart *part = array != NULL ? array + 1 : NULL;

  for (guint i = 0; kaf_wire_is_array (array) && i < array->n; i++, part = kaf_wire_after (part))
    {
      KafTargetPoint point = { 0 };
      gint64 closed = 0;

      if (!read_day (part, &point.day) || !kaf_wire_find_integer (part, "closed", &closed) ||
          !read_numbers (part, "n", point.n, KAF_TARGET_N_STAGES))
        return FALSE;
      point.closed = closed != 0;
      g_array_append_val (points, point);
    }
  return kaf_wire_is_array (array);
}

static gboolean
read_count (const KafWirePart *whole, KafTargetCount *count)
{
  return read_day (whole, &count->day) &&
         read_numbers (whole, "n", count->n, KAF_TARGET_N_STAGES) &&
         read_numbers (whole, "before", count->before, KAF_TARGET_N_STAGES);
}

static gboolean
read_region (const KafWirePart *part, KafLang lang, KafFunnelRegion *region)
{
  guint n[2];
  gint64 unpriced, unstaffed;

  region->code = kaf_wire_find_string (part, "code");
  region->title = region->code != NULL ? read_title (part, lang) : NULL;
  if (!read_numbers (part, "n", n, G_N_ELEMENTS (n)) ||
      !kaf_wire_find_integer (part, "jobs", &region->jobs) ||
      !kaf_wire_find_integer (part, "amount", &region->amount) ||
      !kaf_wire_find_integer (part, "unpriced", &unpriced) || unpriced < 0 ||
      !kaf_wire_find_integer (part, "unstaffed", &unstaffed) || unstaffed < 0)
    return FALSE;
  region->n_projects = n[0];
  region->n_holders = n[1];
  region->n_unpriced = (guint) unpriced;
  region->n_unstaffed = (guint) unstaffed;
  return TRUE;
}

static gboolean
read_funnel (const KafWirePart *whole, KafLang lang, KafFunnel *funnel)
{
  const KafWirePart *array = kaf_wire_find (whole, "regions");
  const KafWirePart *part = array != NULL ? array + 1 : NULL;

  if (!read_numbers (whole, "projects", &funnel->n, 1) ||
      !read_numbers (whole, "stages", funnel->stages, KAF_FUNNEL_STAGES))
    return FALSE;
  for (guint i = 0; kaf_wire_is_array (array) && i < array->n; i++, part = kaf_wire_after (part))
    if (!read_region (part, lang, kaf_funnel_add_region (funnel)))
      return FALSE;
  return kaf_wire_is_array (array);
}

/* Whether all of it can be read. */
static gboolean
check (const KafWirePart *whole)
{
  g_autoptr (KafTargetCount) count = g_new0 (KafTargetCount, 1);
  g_autoptr (KafFunnel) funnel = kaf_funnel_new ();
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (KafTargetPoint));

  return read_count (whole, count) && read_axes (whole, AXES, KAF_LANG_EN, count) &&
         read_series (whole, points) && read_funnel (whole, KAF_LANG_EN, funnel);
}

static gboolean
refuse (GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR, "no totals");
  return FALSE;
}

gboolean
kaf_totals_keep (KafDatabase *db, const char *json, gsize size, gboolean *changed, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autofree char *before = kaf_local_get (db, KAF_SYNC_TOTALS);
  g_autofree char *text = g_strndup (json, size);
  const KafWirePart *whole;

  *changed = FALSE;
  if (size > KAF_TOTALS_MAX_SIZE)
    return refuse (error);
  whole = kaf_wire_parse_object (json, size, parts, error);
  if (whole == NULL || (!check (whole) && !refuse (error)))
    return FALSE;
  *changed = g_strcmp0 (before, text) != 0;
  return !*changed || kaf_local_set (db, KAF_SYNC_TOTALS, text, error);
}

/* What is kept */

gboolean
kaf_totals_are_asked (KafDatabase *db)
{
  return kaf_permit_totals_alone (kaf_permit_read (db));
}

static gboolean
is_kept (KafDatabase *db)
{
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_TOTALS);

  return text != NULL;
}

gboolean
kaf_totals_are_due (KafDatabase *db)
{
  return kaf_totals_are_asked (db) &&
         (is_kept (db) || kaf_page_total (db, kaf_registry_find ("person")) == 0);
}

static gboolean
lack (const char *sentence, GError **error)
{
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN, sentence);
  return FALSE;
}

gboolean
kaf_totals_are_lacking (const GError *error)
{
  return g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
}

static gboolean
open_kept (KafDatabase *db, Kept *self, GError **error)
{
  *self = (Kept){ kaf_local_get (db, KAF_SYNC_TOTALS), kaf_wire_parts_new (), NULL };
  if (self->text != NULL)
    self->whole = kaf_wire_parse_object (self->text, strlen (self->text), self->parts, NULL);
  return self->whole != NULL || lack (_ ("The server has not sent its totals yet. Sync, then look "
                                         "here again."),
                                      error);
}

/* The last month that ended by @day. */
static gboolean
go_back (const KafWirePart *whole, KafTargetCount *count, KafDay day, guint axes, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (KafTargetPoint));
  const KafTargetPoint *found = NULL;

  if (!read_series (whole, points))
    return refuse (error);
  for (guint i = 0; i < points->len; i++)
    if (g_array_index (points, KafTargetPoint, i).day <= day)
      found = &g_array_index (points, KafTargetPoint, i);
  if (found == NULL)
    return lack (_ ("The server tells no totals of that day."), error);
  count->day = found->day;
  count->closed = found->closed;
  memcpy (count->n, found->n, sizeof count->n);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    count->before[stage] = KAF_FEW_SMALL;
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    if ((axes & 1u << axis) != 0)
      count->cells[axis] = g_ptr_array_new_with_free_func (kaf_target_cell_free);
  return TRUE;
}

KafTargetCount *
kaf_totals_count (KafDatabase *db, const KafTargetQuery *query, GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (KafTargetCount) count = g_new0 (KafTargetCount, 1);
  gboolean earlier;

  if (!open_kept (db, &kept, error) || (!read_count (kept.whole, count) && !refuse (error)))
    return NULL;
  earlier = query->day != KAF_DAY_UNKNOWN && query->day < count->day;
  if (earlier && !go_back (kept.whole, count, query->day, query->axes, error))
    return NULL;
  if (!earlier && !read_axes (kept.whole, query->axes, query->lang, count) && !refuse (error))
    return NULL;
  kaf_target_settle (db, count);
  return g_steal_pointer (&count);
}

GArray *
kaf_totals_series (KafDatabase *db, KafDay from, KafDay to, GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (KafTargetPoint));

  if (!open_kept (db, &kept, error) || (!read_series (kept.whole, points) && !refuse (error)))
    return NULL;
  for (guint i = points->len; i-- > 0;)
    {
      KafDay day = g_array_index (points, KafTargetPoint, i).day;

      if ((to != KAF_DAY_UNKNOWN && day > to) || (from != KAF_DAY_UNKNOWN && day < from))
        g_array_remove_index (points, i);
    }
  return g_steal_pointer (&points);
}

KafFunnel *
kaf_totals_funnel (KafDatabase *db, KafLang lang, GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (KafFunnel) funnel = kaf_funnel_new ();

  if (!open_kept (db, &kept, error) || (!read_funnel (kept.whole, lang, funnel) && !refuse (error)))
    return NULL;
  return g_steal_pointer (&funnel);
}
