/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-rules-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "rules/holder/kaf-score-rules.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-holder-score.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"
#include "store/kaf-tier-review.h"

/* On this device alone. */
#define KEY_DRAFT "rules.draft"

void
kaf_rules_state_free (KafRulesState *self)
{
  g_clear_pointer (&self->in_force, kaf_score_rules_unref);
  g_clear_pointer (&self->draft, kaf_score_rules_unref);
  g_clear_pointer (&self->sectors, g_ptr_array_unref);
  g_clear_pointer (&self->territories, g_ptr_array_unref);
  g_free (self->published_on);
  g_free (self);
}

static void
move_free (gpointer data)
{
  KafTierMove *move = data;

  g_free (move->id);
  g_free (move->name);
  g_free (move->why);
  g_free (move);
}

void
kaf_rules_simulation_free (KafRulesSimulation *self)
{
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_free (self);
}

/* One that cannot be read any more is let go of: it was written by another version. */
static KafScoreRules *
read_draft (KafDatabase *db)
{
  g_autofree char *json = kaf_local_get (db, KEY_DRAFT);
  g_autoptr (GError) error = NULL;
  KafScoreRules *rules =
      json != NULL && *json != '\0' ? kaf_score_rules_parse (json, &error) : NULL;

  if (error != NULL)
    g_message ("A draft of scoring rules was not understood: %s", error->message);
  return rules;
}

gboolean
kaf_rules_keep_draft (KafDatabase *db, const KafScoreRules *rules, GError **error)
{
  g_autofree char *json = rules != NULL ? kaf_score_rules_to_json (rules) : NULL;

  return kaf_local_set (db, KEY_DRAFT, json != NULL ? json : "", error);
}

static KafDay
today_of (KafDatabase *db)
{
  return kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
}

KafRulesState *
kaf_rules_state_read (KafDatabase *db, KafLang lang, GError **error)
{
  g_autoptr (KafRulesState) self = g_new0 (KafRulesState, 1);
  g_auto (KafRulesInForce) rules = { 0 };

  if (!kaf_rules_in_force_read (db, today_of (db), &rules, error))
    return NULL;
  self->in_force = kaf_score_rules_ref (rules.rules);
  self->number = (int) rules.number;
  self->published_on = rules.published_on != NULL
                           ? kaf_date_format (rules.published_on, lang, KAF_DATE_SHORT)
                           : NULL;
  self->draft = read_draft (db);
  self->sectors = kaf_read_list (db, "sector", lang, error);
  if (self->sectors != NULL)
    self->territories = kaf_read_list (db, "territory", lang, error);
  return self->territories != NULL ? g_steal_pointer (&self) : NULL;
}

/* As the rules call it, or as the program does. */
static const char *
label_of (const KafScoreRules *rules, const KafSimulatedReason *reason, KafLang lang)
{
  const KafScoreFact *fact = kaf_score_fact_find (reason->fact);

  for (guint i = 0; i < rules->criteria->len; i++)
    {
      const KafScoreCriterion *criterion = g_ptr_array_index (rules->criteria, i);

      if (criterion->axis == reason->axis && criterion->fact == fact)
        return kaf_score_criterion_label (criterion, lang);
    }
  return fact != NULL ? g_dgettext (GETTEXT_PACKAGE, fact->label) : reason->fact;
}

/* "Jobs planned: 10 → 20 · Land: 0 → 15" */
static char *
describe_reasons (const KafScoreRules *rules, const KafSimulatedChange *change, KafLang lang)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < change->n_reasons; i++)
    {
      const KafSimulatedReason *reason = &change->reasons[i];
      g_autofree char *text = NULL;

      if (reason->axis == KAF_AXIS_RELAY)
        continue;
      /* Translators: a criterion, its points by the rules of now and by others: "Jobs planned: 10 → 20". */
      text = g_strdup_printf (_ ("%s: %d → %d"), label_of (rules, reason, lang), reason->from,
                              reason->to);
      kaf_bidi_append (line, text);
    }
  if (line->len == 0)
    return g_strdup (_ ("The cuts between tiers are others."));
  return kaf_bidi_line (line->str);
}

static KafTierMove *
move_new (KafDatabase *db,
          const KafScoreRules *rules,
          const KafSimulatedChange *change,
          KafLang lang)
{
  KafTierMove *move = g_new0 (KafTierMove, 1);

  move->id = g_strdup (change->id);
  move->name = kaf_read_title (db, "person", change->id, lang);
  move->before = change->before;
  move->after = change->after;
  move->why = describe_reasons (rules, change, lang);
  return move;
}

KafRulesSimulation *
kaf_rules_simulate (KafDatabase *db,
                    const KafScoreRules *rules,
                    KafLang lang,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (KafSimulation) simulation =
      kaf_simulation_run (db, rules, today_of (db), cancellable, error);
  KafRulesSimulation *self;

  if (simulation == NULL)
    return NULL;
  self = g_new0 (KafRulesSimulation, 1);
  self->n = simulation->n_holders;
  self->n_moved = simulation->changes->len;
  memcpy (self->cells, simulation->moves, sizeof self->cells);
  self->moves = g_ptr_array_new_with_free_func (move_free);
  for (guint i = 0; i < MIN (simulation->changes->len, KAF_RULES_MOVES); i++)
    g_ptr_array_add (self->moves,
                     move_new (db, rules, g_ptr_array_index (simulation->changes, i), lang));
  return self;
}

/* The next after all that there are, published or not. 0 with error. */
static guint
next_number (KafDatabase *db, GError **error)
{
  static const char *const columns[] = { "number", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("rule_set"));
  g_autoptr (GPtrArray) rows = NULL;

  kaf_query_set_sort (query, "number", TRUE);
  rows = kaf_page_read (db, query, columns, KAF_LANG_EN, 0, 1, NULL, NULL, error);
  if (rows == NULL)
    return 0;
  if (rows->len == 0 || ((KafRow *) g_ptr_array_index (rows, 0))->raw[0] == NULL)
    return 1;
  return (guint) g_ascii_strtoull (((KafRow *) g_ptr_array_index (rows, 0))->raw[0], NULL, 10) + 1;
}

/* A set that nobody published yet is written over: an undone publication leaves one. NULL: there is none, or @error.
 * (transfer full) */
static char *
find_unpublished (KafDatabase *db, GError **error)
{
  static const char *const columns[] = { "number", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("rule_set"));
  g_autoptr (GPtrArray) rows = NULL;

  kaf_query_set_condition (query, "published_on", KAF_OP_UNSET, NULL);
  kaf_query_set_sort (query, "number", TRUE);
  rows = kaf_page_read (db, query, columns, KAF_LANG_EN, 0, 1, NULL, NULL, error);
  return rows != NULL && rows->len > 0 ? g_strdup (((KafRow *) g_ptr_array_index (rows, 0))->id)
                                       : NULL;
}

static void
number_it (KafRecord *record, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *french = g_strdup_printf ("Barème n° %u", number);
  g_autofree char *arabic =
      g_strdup_printf ("سلم التنقيط رقم %u", number); /* lint: allow c-text (a record has both) */

  kaf_record_begin (record);
  kaf_record_set (record, "title_fr", french);
  kaf_record_set (record, "title_ar", arabic);
  kaf_record_set (record, "number", text);
}

/* The set in the store, not published: its id. (transfer full) */
static char *
write_rule_set (KafDatabase *db, const KafScoreRules *rules, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *id = find_unpublished (db, &failed);
  g_autofree char *json = kaf_score_rules_to_json (rules);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (id != NULL ? "edit" : "create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("rule_set"), id);
  g_autoptr (KafReceipt) receipt = NULL;
  guint number = id == NULL && failed == NULL ? next_number (db, &failed) : 1;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (id == NULL)
    number_it (record, number);
  kaf_record_set (record, "rules", json);
  if (id == NULL)
    kaf_change_set_create (set, record);
  else
    kaf_change_set_update (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, error);
  if (receipt == NULL)
    return NULL;
  return id != NULL ? g_steal_pointer (&id) : g_strdup (g_ptr_array_index (receipt->ids, 0));
}

KafReceipt *
kaf_rules_publish (KafDatabase *db, const KafScoreRules *rules, GError **error)
{
  g_autofree char *id = write_rule_set (db, rules, error);
  KafReceipt *receipt = id != NULL ? kaf_rule_set_publish (db, id, NULL, error) : NULL;

  if (receipt == NULL)
    return NULL;
  /* What is published needs no draft; one that stays by mischance is offered once more. */
  kaf_rules_keep_draft (db, NULL, NULL);
  return receipt;
}
