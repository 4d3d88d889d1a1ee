/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of project holders, their projects, tiers that were decided, relays: out of what is written of them beside the
 * records (kaf-holder-now.h), so that no score is counted for it. */
#include "config.h"

#include "rules/holder/kaf-holder-rules.h"
#include "store/kaf-findings-private.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

static guint
read_days (KafDatabase *db, const char *name, const char *day)
{
  g_autofree char *key = g_strconcat (KAF_SETTING_HOLDER, name, NULL);
  g_autofree char *value = kaf_read_setting (db, key, day);
  guint64 days = 0;

  /* What nobody can read counts as what stands without it. */
  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, 36600, &days, NULL))
    g_ascii_string_to_unsigned (kaf_settings_default (key), 10, 0, 36600, &days, NULL);
  return (guint) days;
}

static KafHolderThresholds
read_limits (KafDatabase *db, const char *day)
{
  return (KafHolderThresholds){
    .stale_a = read_days (db, "stale-a-days", day),
    .stale_b = read_days (db, "stale-b-days", day),
    .stale = read_days (db, "stale-days", day),
    .override_soon = read_days (db, "override-days", day),
    .unmoved = read_days (db, "unmoved-days", day),
  };
}

static void
take_file (KafRun *self, KafStatement *row, gpointer data)
{
  const char *tier = kaf_statement_text (row, 2);
  const KafHolderFile file = {
    .rid = (guint32) sqlite3_column_int64 (row, 0),
    .counsellor = kaf_statement_text (row, 1),
    .tier = tier != NULL ? *tier : '\0',
    .launched = g_strcmp0 (kaf_statement_text (row, 3), "launched") == 0,
    .registered_on = kaf_run_get_day (row, 4),
    .last_contact_on = kaf_run_get_day (row, 5),
    .next_on = kaf_run_get_day (row, 6),
  };

  kaf_holder_check (self->findings, data, &file);
}

static void
take_project (KafRun *self, KafStatement *row, gpointer data)
{
  kaf_holder_check_project (self->findings, data, (guint32) sqlite3_column_int64 (row, 0),
                            kaf_statement_text (row, 1), kaf_statement_text (row, 2),
                            kaf_run_get_day (row, 3), kaf_statement_text (row, 4));
}

static void
take_override (KafRun *self, KafStatement *row, gpointer data)
{
  kaf_holder_check_override (self->findings, data, (guint32) sqlite3_column_int64 (row, 0),
                             kaf_run_get_day (row, 1), kaf_statement_text (row, 2));
}

static void
take_relay (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  kaf_holder_check_relay (self->findings, (guint32) sqlite3_column_int64 (row, 0),
                          kaf_run_get_day (row, 1), kaf_statement_text (row, 2));
}

static void
take_sharing (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  kaf_holder_check_sharing (self->findings, (guint32) sqlite3_column_int64 (row, 0),
                            kaf_run_get_day (row, 1), kaf_statement_text (row, 2));
}

/* Rows are looked up by subqueries: for a join, SQLite 3.40 reads all heads into a Bloom filter first. */
#define ROW_OF(id) "(SELECT rid FROM head WHERE id = " id " AND entity = 'person')"
#define COUNSELLOR_OF(id)                                                                          \
  "(SELECT e.counsellor FROM project_holder e WHERE e.rid = " ROW_OF (id) ")"

#define FILES                                                                                      \
  "SELECT n.rid, e.counsellor, n.tier, n.stage, e.registered_on, n.last_contact_on, n.next_on"     \
  " FROM holder_now n CROSS JOIN project_holder e ON e.rid = n.rid"
#define PROJECTS                                                                                         \
  "SELECT p.rid, p.person, n.stage, n.since, coalesce (p.counsellor, " COUNSELLOR_OF (                   \
      "p.person") ")"                                                                                    \
                  " FROM project p CROSS JOIN project_now n ON n.rid = p.rid WHERE p.deleted_at IS NULL" \
                  " AND n.stage NOT IN ('launched', 'abandoned')"
/* The one that counts: none was decided after it. */
#define OVERRIDES                                                                                  \
  "SELECT " ROW_OF ("x.person") ", x.until, " COUNSELLOR_OF (                                      \
      "x.person") " FROM tier_override x"                                                          \
                  " WHERE x.deleted_at IS NULL AND x.tier IS NOT NULL AND x.until IS NOT NULL"     \
                  " AND " ROW_OF (                                                                 \
                      "x.person") " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tier_override y"     \
                                  " WHERE y.person = x.person AND y.deleted_at IS NULL AND y.decided_on > x.decided_on)"
#define RELAYS                                                                                     \
  "SELECT rid, answer_by, by_whom FROM relay WHERE answer_by IS NOT NULL AND answer IS NULL"       \
  " AND deleted_at IS NULL"
/* Each holder once, by the last relay that she was passed on to: a bare column goes with its max(). */
#define SHARINGS                                                                                                                 \
  "SELECT " ROW_OF (                                                                                                             \
      "r.person") " AS holder, max (r.sent_on), r.by_whom FROM relay r"                                                          \
                  " WHERE r.person IS NOT NULL AND r.sent_on IS NOT NULL AND r.deleted_at IS NULL"                               \
                  " AND EXISTS (SELECT 1 FROM holder_now n WHERE n.rid = " ROW_OF (                                              \
                      "r.person") ")"                                                                                            \
                                  " AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.person = r.person AND c.purpose = 'sharing'" \
                                  " AND c.withdrawn_on IS NULL AND c.deleted_at IS NULL)"
#define BY_HOLDER " GROUP BY r.person"

static gboolean
run_of_person (KafRun *self, const char *person, KafHolderThresholds *limits, GError **error)
{
  return kaf_run_rows (self, FILES " WHERE n.rid = " ROW_OF ("?1"), person, take_file, limits,
                       error) &&
         kaf_run_rows (self, PROJECTS " AND p.person = ?1", person, take_project, limits, error) &&
         kaf_run_rows (self, OVERRIDES " AND x.person = ?1", person, take_override, limits,
                       error) &&
         kaf_run_rows (self, RELAYS " AND person = ?1", person, take_relay, limits, error) &&
         kaf_run_rows (self, SHARINGS " AND r.person = ?1" BY_HOLDER, person, take_sharing, limits,
                       error);
}

gboolean
kaf_run_holders (KafRun *self, const char *person, GError **error)
{
  KafHolderThresholds limits = read_limits (self->db, self->today);

  if (person != NULL)
    return run_of_person (self, person, &limits, error);
  return kaf_run_rows (self, FILES, NULL, take_file, &limits, error) &&
         kaf_run_rows (self, PROJECTS, NULL, take_project, &limits, error) &&
         kaf_run_rows (self, OVERRIDES, NULL, take_override, &limits, error) &&
         kaf_run_rows (self, RELAYS, NULL, take_relay, &limits, error) &&
         kaf_run_rows (self, SHARINGS BY_HOLDER, NULL, take_sharing, &limits, error);
}
