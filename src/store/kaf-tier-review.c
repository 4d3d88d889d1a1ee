/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-tier-review.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-validation-error.h"
#include "rules/holder/kaf-rule-set.h"
#include "rules/holder/kaf-score-rules.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-score.h"
#include "store/kaf-read.h"

/* Freezing */

/* Within an undo the rest of the batch goes back all the same, and what stayed is named. */
static void
set_frozen (gboolean undoing, const char *sentence, GError **error)
{
  if (undoing)
    g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED, sentence);
  else
    g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, sentence);
}

static gboolean
is_own (KafDatabase *db, KafRecord *rules)
{
  return g_strcmp0 (kaf_record_get (rules, "published_by"), kaf_database_get_author (db)) == 0;
}

gboolean
kaf_rule_set_refuse (KafDatabase *db,
                     KafRecord *before,
                     KafRecord *change,
                     gboolean undoing,
                     const char **field,
                     GError **error)
{
  const char *altered = NULL;
  g_autofree char *today = NULL;
  g_autoptr (KafScoreRules) rules = NULL;

  if (!g_str_equal (kaf_record_get_entity (change)->id, "rule_set"))
    return FALSE;
  if (before != NULL)
    altered = kaf_rule_set_find_frozen (before, change);
  today = kaf_date_from_time (kaf_clock_now (db->clock));
  if (altered != NULL &&
      !(undoing && is_own (db, before) && kaf_rule_set_withdraws (before, change, today)))
    {
      *field = altered;
      set_frozen (undoing,
                  N_ ("Rules that were published are never changed: make a new version of them."),
                  error);
      return TRUE;
    }
  if (kaf_record_get (change, "rules") == NULL)
    return FALSE;
  rules = kaf_score_rules_parse (kaf_record_get (change, "rules"), error);
  *field = "rules";
  return rules == NULL;
}

gboolean
kaf_rule_set_refuse_delete (KafRecord *before, gboolean undoing, GError **error)
{
  if (!g_str_equal (kaf_record_get_entity (before)->id, "rule_set") ||
      kaf_record_get (before, "published_on") == NULL)
    return FALSE;
  set_frozen (undoing,
              N_ ("Rules that were published are kept: what was decided by them must stay clear."),
              error);
  return TRUE;
}

/* Recording */

void
kaf_tier_record_free (KafTierRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->rule_set);
  g_free (self->cause);
  g_free (self);
}

static KafTierRecord *
make_record (KafStatement *row)
{
  KafTierRecord *one = g_new0 (KafTierRecord, 1);
  const char *tier = kaf_statement_text (row, 2);

  one->id = g_strdup (kaf_statement_text (row, 0));
  one->recorded_on = kaf_day_parse (kaf_statement_text (row, 1));
  one->tier = tier != NULL ? *tier : '\0';
  one->rule_set = g_strdup (kaf_statement_text (row, 3));
  one->cause = g_strdup (kaf_statement_text (row, 4));
  one->potential = sqlite3_column_int (row, 5);
  one->engagement = sqlite3_column_int (row, 6);
  one->relay = sqlite3_column_int (row, 7);
  return one;
}

/* A publication that was taken back leaves its records where they are written for ever: they say nothing any more. */
#define RECORDS                                                                                    \
  "SELECT h.id, r.recorded_on, r.tier, r.rule_set, r.cause, r.potential, r.engagement, r.relay,"   \
  " r.person FROM tier_record r CROSS JOIN head h ON h.rid = r.rid WHERE r.deleted_at IS NULL"     \
  " AND (r.rule_set = '0' OR EXISTS (SELECT 1 FROM rule_set s WHERE s.number = r.rule_set"         \
  " AND s.published_on IS NOT NULL AND s.deleted_at IS NULL))"

GPtrArray *
kaf_tier_records_read (KafDatabase *db, const char *person, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_tier_record_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, RECORDS " AND r.person = ? ORDER BY r.recorded_on DESC, r.created_at DESC, h.id DESC",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, person);
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (records, make_record (statement));
  if (local == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, local);
  return NULL;
}

/* The last record of each person: id of the person → KafTierRecord. NULL on error. */
static GHashTable *
read_last (KafDatabase *db, GError **error)
{
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) kaf_tier_record_free);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, RECORDS " ORDER BY r.recorded_on, r.created_at, h.id", error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    g_hash_table_replace (last, g_strdup (kaf_statement_text (statement, 8)),
                          make_record (statement));
  if (local == NULL)
    return g_steal_pointer (&last);
  g_propagate_error (error, local);
  return NULL;
}

static const char *
find_cause (const KafTierRecord *last, const KafHolderStanding *standing, const char *number)
{
  if (last == NULL)
    return "first";
  if (standing->decided)
    return "decided";
  return g_strcmp0 (last->rule_set, number) != 0 ? "rules" : "facts";
}

static void
set_number (KafRecord *record, const char *field, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  kaf_record_set (record, field, text);
}

static gboolean
record_one (KafTransaction *transaction,
            const char *person,
            const KafHolderStanding *standing,
            const KafTierRecord *last,
            const char *day,
            const char *number,
            GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("tier_record"), NULL);
  const char tier[] = { standing->tier, '\0' };
  g_autoptr (GError) local = NULL;

  kaf_record_set (record, "person", person);
  kaf_record_set (record, "recorded_on", day);
  kaf_record_set (record, "tier", tier);
  kaf_record_set (record, "rule_set", number);
  set_number (record, "potential", standing->score.axes[KAF_AXIS_POTENTIAL].expected);
  set_number (record, "engagement", standing->score.axes[KAF_AXIS_ENGAGEMENT].expected);
  set_number (record, "relay", standing->score.axes[KAF_AXIS_RELAY].expected);
  kaf_record_set (record, "cause", find_cause (last, standing, number));
  if (kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, record, NULL, NULL, &local))
    return TRUE;
  /* The same was recorded earlier today, and something else since. */
  if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
record_all (KafDatabase *db,
            KafTransaction *transaction,
            const KafScoreRules *rules,
            guint number,
            KafDay day,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (KafHolders) all = kaf_holders_read (db, NULL, day, cancellable, error);
  g_autoptr (GHashTable) last = all != NULL ? read_last (db, error) : NULL;
  g_autoptr (GArray) standings = last != NULL ? kaf_holders_stand (all, rules) : NULL;
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *version = g_strdup_printf ("%u", number);

  for (guint i = 0; standings != NULL && i < standings->len; i++)
    {
      const char *person = kaf_holders_get (all, i)->facts.id;
      const KafHolderStanding *standing = &g_array_index (standings, KafHolderStanding, i);
      const KafTierRecord *before = g_hash_table_lookup (last, person);

      if (before != NULL && before->tier == standing->tier &&
          g_strcmp0 (before->rule_set, version) == 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !record_one (transaction, person, standing, before, iso, version, error))
        return FALSE;
    }
  return standings != NULL;
}

KafReceipt *
kaf_tier_review (KafDatabase *db, GCancellable *cancellable, GError **error)
{
  KafTransaction *transaction = kaf_transaction_begin (db, "review", error);
  KafDay today = kaf_day_from_time (kaf_clock_now (db->clock));
  g_auto (KafRulesInForce) force = { 0 };

  if (transaction == NULL)
    return NULL;
  if (kaf_rules_in_force_read (db, today, &force, error) &&
      record_all (db, transaction, force.rules, force.number, today, cancellable, error))
    return kaf_transaction_commit (transaction, error);
  kaf_transaction_abort (transaction);
  return NULL;
}

static gboolean
publish (KafDatabase *db,
         KafTransaction *transaction,
         const char *id,
         GCancellable *cancellable,
         GError **error)
{
  const KafEntity *entity = kaf_registry_find ("rule_set");
  KafDay today = kaf_day_from_time (kaf_clock_now (db->clock));
  g_autofree char *iso = kaf_day_to_iso (today);
  g_autoptr (KafRecord) before = kaf_read_record (db, entity, id, error);
  g_autoptr (KafRecord) change = kaf_record_new (entity, id);
  g_auto (KafRulesInForce) force = { 0 };

  if (before == NULL)
    return FALSE;
  kaf_record_set (change, "published_on", iso);
  kaf_record_set (change, "published_by", kaf_database_get_author (db));
  /* Published before, it was then: refused. Where a greater number was published today, that one is in force. */
  return kaf_transaction_apply (transaction, KAF_CHANGE_UPDATE, change, NULL, NULL, error) &&
         kaf_transaction_settle (transaction) &&
         kaf_rules_in_force_read (db, today, &force, error) &&
         record_all (db, transaction, force.rules, force.number, today, cancellable, error);
}

KafReceipt *
kaf_rule_set_publish (KafDatabase *db, const char *id, GCancellable *cancellable, GError **error)
{
  KafTransaction *transaction = kaf_transaction_begin (db, "publish", error);

  if (transaction == NULL)
    return NULL;
  if (publish (db, transaction, id, cancellable, error))
    return kaf_transaction_commit (transaction, error);
  kaf_transaction_abort (transaction);
  return NULL;
}
