/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-funnel.h"

#include "rules/holder/kaf-score-facts.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-sql-top.h"
#include "store/kaf-totals.h"

static void
region_free (gpointer data)
{
  KafFunnelRegion *self = data;

  g_free (self->code);
  g_free (self->title);
  g_free (self);
}

KafFunnel *
kaf_funnel_new (void)
{
  KafFunnel *self = g_new0 (KafFunnel, 1);

  self->regions = g_ptr_array_new_with_free_func (region_free);
  return self;
}

KafFunnelRegion *
kaf_funnel_add_region (KafFunnel *self)
{
  KafFunnelRegion *region = g_new0 (KafFunnelRegion, 1);

  g_ptr_array_add (self->regions, region);
  return region;
}

void
kaf_funnel_free (KafFunnel *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->regions, g_ptr_array_unref);
  g_free (self);
}

/* One line for each project that is here: its region, by the topmost territory, and the stage that is kept of it
 * (kaf-project-now.h). */
#define PROJECTS                                                                                                   \
  "WITH RECURSIVE " KAF_SQL_TOP (                                                                                  \
      "territory") ", line AS (SELECT h.id, p.person, p.jobs, CASE"                                                \
                   " WHEN p.amount_currency = 'MAD' THEN p.amount ELSE p.amount_mad END AS amount, n.stage,"       \
                   " coalesce (top.root, p.territory) AS region FROM project p CROSS JOIN head h ON h.rid = p.rid" \
                   " LEFT JOIN project_now n ON n.rid = p.rid LEFT JOIN top ON top.code = p.territory"             \
                   " WHERE h.deleted = 0) "
#define UNDER_WAY " WHERE stage IS NOT 'abandoned'"

static gboolean
read_stages (KafDatabase *db, KafFunnel *self, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, PROJECTS "SELECT stage, count (*) FROM line GROUP BY stage", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      guint n = (guint) sqlite3_column_int64 (statement, 1);

      self->stages[kaf_stage_from_id (kaf_statement_text (statement, 0))] += n;
      self->n += n;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_regions (KafDatabase *db, KafFunnel *self, KafLang lang, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      PROJECTS
      "SELECT region, count (*) AS n, count (DISTINCT person), total (jobs), total (amount),"
      " sum (amount IS NULL), sum (jobs IS NULL) FROM line" UNDER_WAY
      " GROUP BY region ORDER BY region IS"
      " NULL, n DESC, region",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      KafFunnelRegion *region = kaf_funnel_add_region (self);

      region->code = g_strdup (kaf_statement_text (statement, 0));
      region->n_projects = (guint) sqlite3_column_int64 (statement, 1);
      region->n_holders = (guint) sqlite3_column_int64 (statement, 2);
      region->jobs = sqlite3_column_int64 (statement, 3);
      region->amount = sqlite3_column_int64 (statement, 4);
      region->n_unpriced = (guint) sqlite3_column_int64 (statement, 5);
      region->n_unstaffed = (guint) sqlite3_column_int64 (statement, 6);
    }
  for (guint i = 0; local == NULL && i < self->regions->len; i++)
    {
      KafFunnelRegion *region = self->regions->pdata[i];

      if (region->code != NULL)
        region->title = kaf_read_title (db, "territory", region->code, lang);
      if (region->code != NULL && region->title == NULL)
        region->title = g_strdup (region->code);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Small numbers, and whatever else a total would tell them by: projects stand in one stage and in one region each. */
static void
hide_small (KafFunnel *self)
{
  guint n = self->regions->len;
  g_autofree guint *counts = g_new0 (guint, n + 1);

  kaf_few_hide (self->stages, KAF_FUNNEL_STAGES, TRUE, self->stages);
  self->n = kaf_few_tell (self->n);
  for (guint i = 0; i < n; i++)
    counts[i] = ((KafFunnelRegion *) self->regions->pdata[i])->n_projects;
  kaf_few_hide (counts, n, TRUE, counts);
  for (guint i = 0; i < n; i++)
    {
      KafFunnelRegion *region = self->regions->pdata[i];

      region->n_projects = counts[i];
      region->n_holders =
          kaf_few_is_told (counts[i]) ? kaf_few_tell (region->n_holders) : counts[i];
    }
}

KafFunnel *
kaf_funnel_read (
    KafDatabase *db, KafLang lang, gboolean hide, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafFunnel) self = kaf_funnel_new ();
  gboolean entered, done;

  if (kaf_totals_are_due (db))
    return kaf_totals_funnel (db, lang, error);
  entered = kaf_database_enter_read (db);
  done = read_stages (db, self, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         read_regions (db, self, lang, error);
  kaf_database_leave_read (db, entered);
  if (done && hide)
    hide_small (self);
  return done ? g_steal_pointer (&self) : NULL;
}

static KafQuery *
make_list (KafDatabase *db, const char *sql, const char *value, const char *entity, GError **error)
{
  g_autoptr (GPtrArray) ids = kaf_read_ids (db, sql, value, error);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));

  if (ids == NULL)
    return NULL;
  /* Nobody: a condition without values would be none. */
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup (""));
  g_ptr_array_add (ids, NULL);
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  return g_steal_pointer (&query);
}

KafQuery *
kaf_funnel_list_stage (KafDatabase *db, KafStage stage, GError **error)
{
  return make_list (db, PROJECTS "SELECT id FROM line WHERE stage IS ?1 ORDER BY id",
                    kaf_stage_id (stage), "project", error);
}

KafQuery *
kaf_funnel_list_region (KafDatabase *db, const char *code, gboolean holders, GError **error)
{
  if (holders)
    return make_list (db,
                      PROJECTS "SELECT DISTINCT person FROM line" UNDER_WAY
                               " AND region IS ?1 ORDER BY person",
                      code, "project_holder", error);
  return make_list (db, PROJECTS "SELECT id FROM line" UNDER_WAY " AND region IS ?1 ORDER BY id",
                    code, "project", error);
}
