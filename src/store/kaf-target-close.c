/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing months: what stood at their end, as numbers that no erasure rewrites. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-database-private.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-target-private.h"

#define BATCH "close-month"

GStrv
kaf_target_open_months (KafDatabase *db, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT min (identified_on) FROM target_now", error);
  KafDay today = kaf_target_today (db);
  KafDay day;

  if (statement == NULL || !kaf_database_step (db, statement, error))
    return NULL;
  day = kaf_day_parse (kaf_statement_text (statement, 0));
  while (day != KAF_DAY_UNKNOWN && day < today && !kaf_sync_is_part (db))
    {
      g_autofree char *month = kaf_target_month_of (day);
      KafDay end = kaf_target_month_end (month);

      if (end < today && !kaf_target_is_closed (db, month))
        g_strv_builder_add (builder, month);
      day = end + 1;
    }
  return g_strv_builder_end (builder);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED, message);
  return FALSE;
}

static gboolean
may_close (KafDatabase *db, const char *const *months, GError **error)
{
  const KafRole *role = kaf_mission_read_role (db);
  KafDay today = kaf_target_today (db);

  if (role == NULL || !role->approves)
    return refuse (error, N_ ("A month is closed by a manager, or by the local officer."));
  if (kaf_sync_is_part (db))
    return refuse (error, N_ ("Whoever sees a part of the records alone closes no month: its "
                              "figures are those of all of them."));
  for (; *months != NULL; months++)
    {
      KafDay end = kaf_target_month_end (*months);

      if (end == KAF_DAY_UNKNOWN)
        return refuse (error, N_ ("Write a month as 2026-10."));
      if (end >= today)
        return refuse (error, N_ ("Only a month that is over can be closed."));
      if (kaf_target_is_closed (db, *months))
        return refuse (error, N_ ("This month is closed already: its figures stand."));
    }
  return TRUE;
}

static void
add_tally (KafChangeSet *set,
           const char *month,
           KafTargetStage stage,
           KafTargetAxis axis,
           const char *code,
           guint n)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("target_tally"), NULL);
  g_autofree char *count = g_strdup_printf ("%u", n);

  kaf_record_set (record, "month", month);
  kaf_record_set (record, "stage", kaf_target_stage_id (stage));
  kaf_record_set (record, "axis", kaf_target_axis_id (axis));
  kaf_record_set (record, "code", code);
  kaf_record_set (record, "count", count);
  kaf_change_set_create (set, record);
}

static gboolean
add_axis (KafDatabase *db, KafChangeSet *set, const char *month, KafTargetAxis axis, GError **error)
{
  g_autoptr (GPtrArray) cells =
      kaf_target_read_cells (db, axis, kaf_target_month_end (month), error);

  if (cells == NULL)
    return FALSE;
  kaf_target_hide_cells (cells);
  for (guint i = 0; i < cells->len; i++)
    {
      const KafTargetCell *cell = cells->pdata[i];
      const char *code = cell->kind == KAF_TARGET_CELL_ITEM      ? cell->code
                         : cell->kind == KAF_TARGET_CELL_UNKNOWN ? KAF_TARGET_CODE_UNKNOWN
                                                                 : KAF_TARGET_CODE_REST;

      for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
        if (kaf_few_is_told (cell->n[stage]))
          add_tally (set, month, stage, axis, code, cell->n[stage]);
    }
  return TRUE;
}

static gboolean
add_month (KafDatabase *db,
           KafChangeSet *set,
           const char *month,
           GCancellable *cancellable,
           GError **error)
{
  const KafTargetQuery query = { .day = kaf_target_month_end (month) };
  g_autoptr (KafTargetCount) count = kaf_target_count (db, &query, cancellable, error);

  if (count == NULL)
    return FALSE;
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    add_tally (set, month, stage, KAF_TARGET_ALL, KAF_TARGET_CODE_ALL, count->n[stage]);
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    if (!add_axis (db, set, month, axis, error))
      return FALSE;
  return TRUE;
}

KafReceipt *
kaf_target_close (KafDatabase *db,
                  const char *const *months,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new (BATCH);

  if (!may_close (db, months, error))
    return NULL;
  for (; *months != NULL; months++)
    if (!add_month (db, set, *months, cancellable, error))
      return NULL;
  return kaf_commit (db, set, NULL, cancellable, error);
}
