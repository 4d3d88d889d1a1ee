/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What steps 8 to 10 gather: attendance, bookings, what was handed over and is followed up, evaluations. */
#include "config.h"

#include "store/kaf-missions-private.h"

#include "rules/mission/kaf-remark.h"

static void
take_attendance (KafMissionReading *self, KafStatement *row)
{
  KafItem *item = kaf_mission_find_item (self->mission, kaf_statement_text (row, 1));

  if (item == NULL)
    return;
  item->n_marked = (guint) sqlite3_column_int (row, 2);
  item->n_present = (guint) sqlite3_column_int (row, 3);
}

static void
take_n_participants (KafMissionReading *self, KafStatement *row)
{
  self->mission->n_participants = (guint) sqlite3_column_int (row, 1);
}

static void
take_booking (KafMissionReading *self, KafStatement *row)
{
  KafBooking *one = kaf_mission_add_booking (self->mission, kaf_statement_text (row, 1));

  one->label = kaf_mission_get_text (self, row, 2);
  one->kind = kaf_mission_get_text (self, row, 3);
  one->state = kaf_mission_get_text (self, row, 4);
  one->from = kaf_mission_get_day (row, 5);
  one->to = kaf_mission_get_day (row, 6);
  one->book_by = kaf_mission_get_day (row, 7);
}

static void
take_material (KafMissionReading *self, KafStatement *row)
{
  KafMaterial *one = kaf_mission_add_material (self->mission, kaf_statement_text (row, 1));

  one->title = kaf_mission_get_either (self, row, 2);
  one->refused_reason = kaf_mission_get_text (self, row, 4);
  one->handed_on = kaf_mission_get_day (row, 5);
}

static void
take_follow_up (KafMissionReading *self, KafStatement *row)
{
  KafFollowUp *one = kaf_mission_add_follow_up (self->mission, kaf_statement_text (row, 1));

  one->label = kaf_mission_get_text (self, row, 2);
  one->owner = kaf_mission_get_text (self, row, 3);
  one->pair = kaf_mission_get_text (self, row, 4);
  one->due_on = kaf_mission_get_day (row, 5);
  one->done_on = kaf_mission_get_day (row, 6);
}

static void
take_n_pairs (KafMissionReading *self, KafStatement *row)
{
  self->mission->n_pairs = (guint) sqlite3_column_int (row, 1);
}

static void
take_answer (KafMissionReading *self, KafStatement *row)
{
  KafAnswer *one = kaf_mission_add_answer (self->mission, kaf_statement_text (row, 1));

  one->role = kaf_mission_get_text (self, row, 2);
  for (guint i = 0; i < G_N_ELEMENTS (one->scores); i++)
    one->scores[i] = (int) kaf_mission_get_number (row, 3 + (int) i, -1);
  one->suggests = kaf_statement_text (row, 10) != NULL;
  one->suggestion_use = kaf_mission_get_text (self, row, 11);
  for (int column = 8; column <= 10; column++)
    one->names_somebody |= kaf_remark_names_somebody (kaf_statement_text (row, column));
}

const KafMissionPart kaf_mission_parts_delivery[] = {
  { "SELECT w.id, " KAF_MISSION_ID ", count (*), sum (a.presence = 'present')" KAF_MISSION_ROWS (
        "programme_item") " CROSS JOIN attendance a INDEXED BY attendance__session"
                          " ON a.session = " KAF_MISSION_ID " WHERE x.deleted_at IS NULL"
                          " AND a.deleted_at IS NULL GROUP BY 1, 2",
    KAF_MISSION_SHARED, 1 << 8, take_attendance },
  { "SELECT w.id, (SELECT count (*) FROM participant x INDEXED BY participant__mission"
    " WHERE x.mission = w.id AND x.deleted_at IS NULL) FROM w",
    NULL, 1 << 5 | 1 << 8 | 1 << 10, take_n_participants },
  { "SELECT w.id, " KAF_MISSION_ID ", x.label, x.kind, x.state, x.starts_on, x.ends_on,"
    " x.book_by" KAF_MISSION_ROWS ("booking") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 8, take_booking },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.title_fr, x.title_ar, x.refused_reason, x.handed_on" KAF_MISSION_ROWS (
        "material") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 9, take_material },
  { "SELECT w.id, " KAF_MISSION_ID
    ", x.label_fr, x.owner_name, x.pair, x.due_on, x.done_on" KAF_MISSION_ROWS (
        "follow_up") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 9, take_follow_up },
  { "SELECT w.id, (SELECT count (*) FROM pair x INDEXED BY pair__mission"
    " WHERE x.mission = w.id AND x.deleted_at IS NULL) FROM w",
    NULL, 1 << 9, take_n_pairs },
  { "SELECT w.id, " KAF_MISSION_ID ", x.role, x.content_score, x.relevance_score, x.trainer_score,"
    " x.organisation_score, x.again_score, x.liked, x.missing, x.suggestion,"
    " x.suggestion_use" KAF_MISSION_ROWS ("evaluation") " WHERE x.deleted_at IS NULL",
    NULL, 1 << 10, take_answer },
  { NULL, NULL, 0, NULL },
};
