/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings that nobody closed, minutes that nobody approved, decisions that are due. */
#include "config.h"

#include "rules/meeting/kaf-meeting-rules.h"
#include "store/kaf-findings-private.h"

static void
take_meeting (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  kaf_meeting_check (self->findings, kaf_statement_text (row, 0), kaf_run_get_day (row, 1),
                     g_strcmp0 (kaf_statement_text (row, 2), "held") == 0);
}

static void
take_decision (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  kaf_decision_check (self->findings, kaf_statement_text (row, 0), kaf_statement_text (row, 1),
                      kaf_run_get_day (row, 2));
}

static gboolean
run_decisions (KafRun *self, const char *id, GError **error)
{
  g_autofree char *until =
      kaf_day_to_iso (self->findings->day + self->findings->thresholds.commitment_soon);
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id, d.meeting, d.due_on FROM decision d"
                       " CROSS JOIN head h ON h.rid = d.rid"
                       " CROSS JOIN head m ON m.id = d.meeting AND m.entity = 'meeting'"
                       " WHERE d.deleted_at IS NULL AND d.state = 'open' AND d.due_on <= '%s'"
                       " AND m.deleted = 0%s",
                       until, id != NULL ? " AND d.meeting = ?1" : "");

  return kaf_run_rows (self, sql, id, take_decision, NULL, error);
}

gboolean
kaf_run_meetings (KafRun *self, const char *id, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id, m.held_on, m.state FROM meeting m"
                       " CROSS JOIN head h ON h.rid = m.rid WHERE m.deleted_at IS NULL"
                       " AND m.approved_on IS NULL AND m.held_on < '%s'"
                       " AND m.state <> 'cancelled'%s",
                       self->today, id != NULL ? " AND h.id = ?1" : "");

  return kaf_run_rows (self, sql, id, take_meeting, NULL, error) && run_decisions (self, id, error);
}
