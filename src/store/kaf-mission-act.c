/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-act.h"

#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-mission-archive.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-transaction-private.h"

#define APPROVAL 6

void
kaf_mission_act_result_free (KafMissionActResult *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_clear_pointer (&self->receipt, kaf_receipt_unref);
  g_clear_pointer (&self->cut, g_ptr_array_unref);
  g_free (self);
}

static guint
get_step (const KafMissionLife *life, const KafMissionActOrder *order)
{
  return order->step != 0 ? order->step : life->step;
}

/* What is approved is what stands there now; a deviation says the same of what it declares. */
static gboolean
tells_content (const KafMissionActOrder *order, guint step)
{
  return (order->kind == KAF_ACT_LEAVE && step == APPROVAL) || order->kind == KAF_ACT_DEVIATION;
}

/* The file as it stands before @step is reopened, with the checks of that step. */
static char *
make_archive (KafDatabase *db,
              const KafMission *mission,
              const KafMissionLife *life,
              guint step,
              GPtrArray **cut,
              GError **error)
{
  const KafThresholds thresholds = kaf_thresholds_default ();
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (db, KAF_DAY_UNKNOWN, KAF_LANG_EN, error);
  g_autoptr (KafFindings) findings = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  if (around == NULL)
    return NULL;
  findings = kaf_findings_new (around->context.day, &thresholds);
  checks = kaf_mission_run_checks (mission, life, step, &around->context, findings);
  return kaf_mission_archive_make (db, mission->id, checks, cut, error);
}

KafRecord *
kaf_mission_act_make (KafDatabase *db,
                      const KafMission *mission,
                      const KafMissionActOrder *order,
                      GPtrArray **cut,
                      GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission_act"), NULL);
  g_autofree char *archive = NULL;
  char number[16];
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  g_snprintf (number, sizeof number, "%u", get_step (&life, order));
  if (order->kind == KAF_ACT_REOPEN)
    {
      archive = make_archive (db, mission, &life, get_step (&life, order), cut, error);
      if (archive == NULL)
        return NULL;
    }
  kaf_record_set (record, "mission", mission->id);
  kaf_record_set (record, "kind", kaf_act_kind_id (order->kind));
  kaf_record_set (record, "step", number);
  kaf_record_set (record, "after", life.last != NULL ? life.last->id : NULL);
  kaf_record_set (record, "code", order->code);
  kaf_record_set (record, "about", order->about);
  kaf_record_set (record, "reason", order->reason);
  if (tells_content (order, get_step (&life, order)))
    kaf_record_set (record, "content", mission->content);
  kaf_record_set (record, "archive", archive);
  kaf_record_set (record, "paper_name", order->paper_name);
  kaf_record_set (record, "paper_function", order->paper_function);
  kaf_record_set (record, "paper_on", order->paper_on);
  return g_steal_pointer (&record);
}

/* As the rules see it before it is written. */
static void
fill_act (KafAct *act, KafDatabase *db, const KafMission *mission, const KafMissionActOrder *order)
{
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  *act = (KafAct){
    .id = "",
    .after = life.last != NULL ? life.last->id : NULL,
    .kind = order->kind,
    .step = get_step (&life, order),
    .code = order->code,
    .about = order->about,
    .reason = order->reason,
    .by = kaf_database_get_author (db),
    .at = kaf_clock_now (kaf_database_get_clock (db)),
    .paper_name = order->paper_name,
    .paper_function = order->paper_function,
    .paper_on = kaf_day_parse (order->paper_on),
    .has_scan = order->scan != NULL,
  };
  if (tells_content (order, act->step))
    act->content = mission->content;
}

static gboolean
ask_rules (KafDatabase *db,
           const KafMission *mission,
           const KafMissionActOrder *order,
           GError **error)
{
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (db, KAF_DAY_UNKNOWN, KAF_LANG_EN, error);
  const KafRole *role = kaf_mission_read_role (db);
  KafAct act;

  if (around == NULL)
    return FALSE;
  if (role == NULL)
    role = kaf_role_find (KAF_ROLE_NONE);
  fill_act (&act, db, mission, order);
  return order->kind == KAF_ACT_LEAVE
             ? kaf_mission_may_leave (mission, &act, role, &around->context, error)
             : kaf_mission_may_act (mission, &act, role, &around->context, error);
}

/* The paper first: it is content of the file whatever the rules say, and streams. */
static gboolean
add_scan (KafDatabase *db,
          const KafMissionActOrder *order,
          char **scan,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (KafReceipt) receipt = NULL;

  if (order->scan == NULL)
    return TRUE;
  receipt = kaf_attachment_add (db, kaf_registry_find ("mission"), order->mission, NULL,
                                order->scan, NULL, NULL, scan, cancellable, error);
  return receipt != NULL;
}

static gboolean
apply (KafDatabase *db,
       KafTransaction *tx,
       const KafMissionActOrder *order,
       const char *scan,
       KafMissionActResult *result,
       GError **error)
{
  g_autoptr (KafMission) mission = kaf_mission_read (db, order->mission, KAF_LANG_EN, NULL, error);
  g_autoptr (KafRecord) record = NULL;

  if (mission == NULL || !ask_rules (db, mission, order, error))
    return FALSE;
  record = kaf_mission_act_make (db, mission, order, &result->cut, error);
  if (record == NULL)
    return FALSE;
  kaf_record_set (record, "scan", scan);
  return kaf_transaction_apply (tx, KAF_CHANGE_CREATE, record, &result->id, NULL, error);
}

/* Asked once before the scan is copied in, and again once nobody can come between. */
KafMissionActResult *
kaf_mission_act_commit (KafDatabase *db,
                        const KafMissionActOrder *order,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (KafMissionActResult) result = g_new0 (KafMissionActResult, 1);
  g_autoptr (KafMission) before =
      kaf_mission_read (db, order->mission, KAF_LANG_EN, cancellable, error);
  g_autofree char *scan = NULL;
  KafTransaction *tx;

  if (before == NULL || !ask_rules (db, before, order, error) ||
      !add_scan (db, order, &scan, cancellable, error))
    return NULL;
  tx = kaf_transaction_begin (db, "mission-act", error);
  if (tx == NULL)
    return NULL;
  if (!apply (db, tx, order, scan, result, error))
    {
      kaf_transaction_abort (tx);
      return NULL;
    }
  result->receipt = kaf_transaction_commit (tx, error);
  return result->receipt != NULL ? g_steal_pointer (&result) : NULL;
}
