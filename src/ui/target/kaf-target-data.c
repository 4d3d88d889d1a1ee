/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-data.h"

#include "schema/kaf-role.h"
#include "store/kaf-mission-settings.h"

void
kaf_target_data_free (KafTargetData *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->count, kaf_target_count_free);
  g_clear_pointer (&self->points, g_array_unref);
  g_strfreev (self->open_months);
  g_free (self);
}

gpointer
kaf_target_data_read (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafTargetData) self = g_new0 (KafTargetData, 1);
  const KafRole *role = kaf_mission_read_role (db);
  KafTargetQuery query = *(const KafTargetQuery *) data;

  self->today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  self->opens = role != NULL && !role->aggregates_only;
  query.hide = !self->opens;
  self->count = kaf_target_count (db, &query, cancellable, error);
  if (self->count == NULL)
    return NULL;
  self->may_close =
      role != NULL && role->approves && !kaf_database_is_read_only (db) && !self->count->part;
  self->points = kaf_target_series (db, KAF_DAY_UNKNOWN, self->count->day, query.hide, error);
  if (self->points == NULL)
    return NULL;
  if (query.axes != 0)
    self->open_months = kaf_target_open_months (db, error);
  if (query.axes != 0 && self->open_months == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
