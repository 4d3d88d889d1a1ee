/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All measures of all records are one reading; of an axis, each measure is one, whatever the number of its rows. */
#include "config.h"

#include "store/kaf-quality-figures.h"

#include <glib/gi18n-lib.h>

#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

#define PAGE 1000

const KafQualityMeasure kaf_quality_cells[KAF_QUALITY_N_CELLS] = {
  KAF_QUALITY_UNVERIFIED, KAF_QUALITY_OLD,       KAF_QUALITY_NEVER,
  KAF_QUALITY_NO_CONTACT, KAF_QUALITY_NO_ARABIC,
};

static const struct
{
  const char *id, *path, *none;
} axes_of[KAF_QUALITY_N_AXES] = {
  [KAF_QUALITY_BY_NETWORK] = { "network", "membership.network", N_ ("In no network") },
  [KAF_QUALITY_BY_SOURCE] = { "source", "source_claim.source", N_ ("Without a source") },
  [KAF_QUALITY_BY_IMPORT] = { "import", "external_source", N_ ("Entered here") },
};

const char *
kaf_quality_axis_id (KafQualityAxis axis)
{
  g_return_val_if_fail (axis < KAF_QUALITY_N_AXES, NULL);
  return axes_of[axis].id;
}

KafQualityAxis
kaf_quality_axis_parse (const char *id)
{
  for (guint i = 0; i < KAF_QUALITY_N_AXES; i++)
    if (g_strcmp0 (id, axes_of[i].id) == 0)
      return i;
  return KAF_QUALITY_N_AXES;
}

const char *
kaf_quality_axis_none (KafQualityAxis axis)
{
  g_return_val_if_fail (axis < KAF_QUALITY_N_AXES, NULL);
  return axes_of[axis].none;
}

static void
row_free (gpointer data)
{
  KafQualityRow *self = data;

  g_free (self->code);
  g_free (self->title);
  g_free (self);
}

void
kaf_quality_free (KafQuality *self)
{
  for (guint i = 0; i < KAF_QUALITY_N_AXES; i++)
    g_clear_pointer (&self->rows[i], g_ptr_array_unref);
  g_free (self);
}

KafQuery *
kaf_quality_row_list (const KafQuery *of, KafQualityAxis axis, const char *code)
{
  g_return_val_if_fail (axis < KAF_QUALITY_N_AXES, NULL);
  return kaf_quality_narrow (of, axes_of[axis].path, code != NULL ? KAF_OP_ANY_OF : KAF_OP_UNSET,
                             code);
}

typedef struct
{
  KafDatabase *db;
  const KafRole *role; /* nullable: reads all */
  const KafQuery *of;  /* without a text */
  KafDay day;
  KafLang lang;
  GCancellable *cancellable;
} Reader;

static gboolean
is_unreadable (const KafField *field, gpointer role)
{
  return !kaf_role_can_read (role, field);
}

/* One could guess what one does not see by counting. */
static gboolean
may_count (const Reader *self, const KafQuery *query)
{
  return self->role == NULL ||
         kaf_query_find_field (query, is_unreadable, (gpointer) self->role) == NULL;
}

/* Counts those of @queries that may be; the others are told as hidden. */
static gboolean
count_all (const Reader *self, KafQuery *const *queries, guint n, gint64 *counts, GError **error)
{
  g_autofree const KafQuery **asked = g_new0 (const KafQuery *, n);
  g_autofree gint64 *found = g_new0 (gint64, n);
  guint n_asked = 0;

  for (guint i = 0; i < n; i++)
    if (may_count (self, queries[i]))
      asked[n_asked++] = queries[i];
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      (n_asked > 0 && !kaf_page_counts (self->db, asked, n_asked, found, error)))
    return FALSE;
  for (guint i = 0, at = 0; i < n; i++)
    counts[i] = may_count (self, queries[i]) ? found[at++] : KAF_QUALITY_HIDDEN;
  return TRUE;
}

static gboolean
read_measures (const Reader *self, KafQuality *quality, GError **error)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_query_unref);
  gint64 counts[KAF_QUALITY_N_MEASURES + 2];

  for (guint i = 0; i < KAF_QUALITY_N_MEASURES; i++)
    g_ptr_array_add (queries, kaf_quality_list (self->of, i, self->day));
  g_ptr_array_add (queries, kaf_query_copy (self->of));
  g_ptr_array_add (queries, kaf_quality_askable (self->of));
  if (!count_all (self, (KafQuery *const *) queries->pdata, queries->len, counts, error))
    return FALSE;
  for (guint i = 0; i < KAF_QUALITY_N_MEASURES; i++)
    quality->n[i] = counts[i];
  quality->all = MAX (counts[KAF_QUALITY_N_MEASURES], 0);
  quality->askable = counts[KAF_QUALITY_N_MEASURES + 1];
  return TRUE;
}

/* An axis */

static GPtrArray *
read_groups (
    const Reader *self, const KafQuery *query, KafQualityAxis axis, guint limit, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return kaf_page_groups (self->db, query, axes_of[axis].path, self->lang, limit, error);
}

static gboolean
read_cell (const Reader *self, KafQualityAxis axis, guint cell, GHashTable *by_code, GError **error)
{
  g_autoptr (KafQuery) query = kaf_quality_list (self->of, kaf_quality_cells[cell], self->day);
  gboolean may = may_count (self, query);
  g_autoptr (GPtrArray) groups =
      may ? read_groups (self, query, axis, G_MAXINT, error) : g_ptr_array_new ();
  GHashTableIter rows;
  gpointer row;

  g_hash_table_iter_init (&rows, by_code);
  while (!may && g_hash_table_iter_next (&rows, NULL, &row))
    ((KafQualityRow *) row)->n[cell] = KAF_QUALITY_HIDDEN;
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);

      row = g_hash_table_lookup (by_code, group->value);
      if (row != NULL)
        ((KafQualityRow *) row)->n[cell] = group->count;
    }
  return groups != NULL;
}

/* Those who have none stand last. */
static gboolean
add_none (const Reader *self, KafQualityAxis axis, GPtrArray *rows, GError **error)
{
  g_autoptr (KafQuery) none = kaf_quality_row_list (self->of, axis, NULL);
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_query_unref);
  gint64 counts[KAF_QUALITY_N_CELLS + 1];
  KafQualityRow *row;

  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    g_ptr_array_add (queries, kaf_quality_list (none, kaf_quality_cells[i], self->day));
  g_ptr_array_add (queries, kaf_query_ref (none));
  if (!count_all (self, (KafQuery *const *) queries->pdata, queries->len, counts, error))
    return FALSE;
  if (counts[KAF_QUALITY_N_CELLS] <= 0)
    return TRUE;
  row = g_new0 (KafQualityRow, 1);
  row->all = counts[KAF_QUALITY_N_CELLS];
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    row->n[i] = counts[i];
  g_ptr_array_add (rows, row);
  return TRUE;
}

static GPtrArray *
read_axis (const Reader *self, KafQualityAxis axis, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) groups = read_groups (self, self->of, axis, KAF_QUALITY_ROWS_MAX, error);

  if (groups == NULL)
    return NULL;
  for (guint i = 0; i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);
      KafQualityRow *row = g_new0 (KafQualityRow, 1);

      row->code = g_strdup (group->value);
      row->title = g_strdup (group->text != NULL ? group->text : group->value);
      row->all = group->count;
      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_code, row->code, row);
    }
  for (guint cell = 0; rows->len > 0 && cell < KAF_QUALITY_N_CELLS; cell++)
    if (!read_cell (self, axis, cell, by_code, error))
      return NULL;
  return add_none (self, axis, rows, error) ? g_steal_pointer (&rows) : NULL;
}

/* What is searched for is looked up once: from then on it is so many records. (transfer full); NULL with error */
static KafQuery *
settle_text (KafDatabase *db, const KafQuery *of, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GArray) places = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  KafQuery *query;

  if (kaf_query_get_text (of) == NULL)
    return kaf_query_copy (of);
  places = kaf_page_places (db, of, error);
  if (places == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint at = 0; at < places->len; at += PAGE)
    {
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (db, kaf_query_get_entity (of), &g_array_index (places, guint32, at),
                         MIN (PAGE, places->len - at), none, KAF_LANG_EN, error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (rows->pdata[i] != NULL)
          g_ptr_array_add (ids, g_strdup (((KafRow *) rows->pdata[i])->id));
    }
  /* Nobody is nobody, and not everybody. */
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup ("-"));
  g_ptr_array_add (ids, NULL);
  query = kaf_query_new (kaf_query_get_entity (of));
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  return query;
}

KafQuality *
kaf_quality_read (KafDatabase *db,
                  const KafQuery *of,
                  KafDay day,
                  guint axes,
                  KafLang lang,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KafQuery) settled = NULL;
  g_autoptr (KafQuality) quality = g_new0 (KafQuality, 1);
  Reader reader = { db, kaf_permit_read (db), NULL, day, lang, cancellable };

  g_return_val_if_fail (of != NULL, NULL);

  if (!kaf_permit_check_records (db, error))
    return NULL;
  reader.of = settled = settle_text (db, of, error);
  if (settled == NULL)
    return NULL;
  if (day == KAF_DAY_UNKNOWN)
    reader.day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  quality->day = reader.day;
  if (!read_measures (&reader, quality, error))
    return NULL;
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    {
      if ((axes & 1u << axis) == 0)
        continue;
      quality->rows[axis] = read_axis (&reader, axis, error);
      if (quality->rows[axis] == NULL)
        return NULL;
    }
  return g_steal_pointer (&quality);
}
