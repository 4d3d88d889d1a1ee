/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-rules-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "rules/holder/kaf-score-rules.h"
#include "rules/holder/kaf-tiers.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holders.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

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

/* The scores of everybody by one set of rules. */
static KafScore *
score_all (const KafHolders *holders, const KafScoreRules *rules)
{
  guint n = kaf_holders_get_size (holders);
  KafScore *scores = g_new0 (KafScore, MAX (n, 1));
  g_autoptr (KafTiers) tiers = kaf_tiers_new (rules);

  for (guint i = 0; i < n; i++)
    {
      const KafHolderLine *line = kaf_holders_get (holders, i);

      kaf_score_compute (rules, &line->facts, holders->as_of, &scores[i]);
      kaf_tiers_add (tiers, line->facts.id, line->facts.post, &scores[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      const KafHolderLine *line = kaf_holders_get (holders, i);

      kaf_score_place (rules, kaf_tiers_cut (tiers, line->facts.post), line->facts.id, &scores[i]);
    }
  return scores;
}

static char *
title_of (const char *entity, const char *id, KafLang lang, gpointer data)
{
  return kaf_read_title (data, entity, id, lang);
}

/* What a criterion brings her by other rules, where they have it; @found tells. */
static int
points_of (const KafScoreRules *rules,
           const GPtrArray *parts,
           const KafScoreCriterion *wanted,
           gboolean *found)
{
  *found = FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      const KafScorePart *part = g_ptr_array_index (parts, i);
      const KafScoreCriterion *criterion = g_ptr_array_index (rules->criteria, part->criterion);

      if (criterion->fact != wanted->fact || criterion->axis != wanted->axis)
        continue;
      *found = TRUE;
      return part->known ? part->points : (part->low + part->high) / 2;
    }
  return 0;
}

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  const KafScoreRules *before, *after;
  guint32 as_of;
} Asked;

/* "Jobs planned: +10 → +20", of the criterion that differs most; NULL: none does, it is the cuts. */
static char *
find_difference (const Asked *asked,
                 const KafScoreRules *rules,
                 const GPtrArray *first,
                 const GPtrArray *second)
{
  const KafScoreCriterion *most = NULL;
  int from = 0, to = 0;

  for (guint i = 0; i < rules->criteria->len; i++)
    {
      const KafScoreCriterion *criterion = g_ptr_array_index (rules->criteria, i);
      gboolean old, new;
      int before = points_of (asked->before, first, criterion, &old);
      int after = points_of (asked->after, second, criterion, &new);

      if (criterion->axis == KAF_AXIS_RELAY || (!old && !new) ||
          ABS (after - before) <= ABS (to - from))
        continue;
      most = criterion;
      from = before;
      to = after;
    }
  if (most == NULL)
    return NULL;
  /* Translators: a criterion, its points by the rules of now and by others: "Jobs planned: 10 → 20". */
  return g_strdup_printf (_ ("%s: %d → %d"), kaf_score_criterion_label (most, asked->lang), from,
                          to);
}

static char *
explain_move (const Asked *asked, const KafHolder *facts)
{
  g_autoptr (GPtrArray) first =
      kaf_score_explain_in (asked->before, facts, asked->as_of, asked->lang, title_of, asked->db);
  g_autoptr (GPtrArray) second =
      kaf_score_explain_in (asked->after, facts, asked->as_of, asked->lang, title_of, asked->db);
  char *why = find_difference (asked, asked->after, first, second);

  if (why == NULL)
    why = find_difference (asked, asked->before, first, second);
  return why != NULL ? why : g_strdup (_ ("The cuts between tiers are others."));
}

static void
add_move (
    KafRulesSimulation *self, const Asked *asked, const KafHolder *facts, char before, char after)
{
  KafTierMove *move;

  if (self->n_moved++ >= KAF_RULES_MOVES)
    return;
  move = g_new0 (KafTierMove, 1);
  move->id = g_strdup (facts->id);
  move->name = kaf_read_title (asked->db, "person", facts->id, asked->lang);
  move->before = before;
  move->after = after;
  move->why = explain_move (asked, facts);
  g_ptr_array_add (self->moves, move);
}

KafRulesSimulation *
kaf_rules_simulate (KafDatabase *db,
                    const KafScoreRules *rules,
                    KafLang lang,
                    GCancellable *cancellable,
                    GError **error)
{
  KafDay today = today_of (db);
  g_autoptr (KafHolders) holders = kaf_holders_read (db, NULL, today, cancellable, error);
  g_auto (KafRulesInForce) in_force = { 0 };
  g_autofree KafScore *old = NULL;
  g_autofree KafScore *new = NULL;
  KafRulesSimulation *self;
  Asked asked = { db, lang, NULL, rules, today };

  if (holders == NULL || !kaf_rules_in_force_read (db, today, &in_force, error))
    return NULL;
  asked.before = in_force.rules;
  old = score_all (holders, in_force.rules);
  new = score_all (holders, rules);
  self = g_new0 (KafRulesSimulation, 1);
  self->moves = g_ptr_array_new_with_free_func (move_free);
  for (guint i = 0; i < kaf_holders_get_size (holders); i++)
    {
      const KafHolderLine *line = kaf_holders_get (holders, i);
      const KafTierOverride *decided =
          kaf_tier_override_find (line->overrides, line->n_overrides, today);
      gboolean holds = decided != NULL && decided->tier != '\0';
      /* What somebody decided stays, whatever the score. */
      char before = holds ? decided->tier : old[i].tier;
      char after = holds ? decided->tier : new[i].tier;

      self->n++;
      if (before < 'a' || before > 'd' || after < 'a' || after > 'd')
        continue;
      self->cells[before - 'a'][after - 'a']++;
      if (before != after)
        add_move (self, &asked, &line->facts, before, after);
    }
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

static KafRecord *
make_rule_set (KafDatabase *db, const KafScoreRules *rules, guint number)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("rule_set"), NULL);
  g_autofree char *json = kaf_score_rules_to_json (rules);
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *today = kaf_day_to_iso (today_of (db));
  g_autofree char *french = g_strdup_printf ("Barème n° %u", number);
  g_autofree char *arabic =
      g_strdup_printf ("سلم التنقيط رقم %u", number); /* lint: allow c-text (a record has both) */

  kaf_record_begin (record);
  kaf_record_set (record, "title_fr", french);
  kaf_record_set (record, "title_ar", arabic);
  kaf_record_set (record, "number", text);
  kaf_record_set (record, "rules", json);
  kaf_record_set (record, "published_on", today);
  kaf_record_set (record, "published_by", kaf_database_get_author (db));
  return record;
}

KafReceipt *
kaf_rules_publish (KafDatabase *db, const KafScoreRules *rules, GError **error)
{
  guint number = next_number (db, error);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("publish");
  g_autoptr (KafRecord) record = NULL;
  KafReceipt *receipt;

  if (number == 0)
    return NULL;
  record = make_rule_set (db, rules, number);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, error);
  if (receipt == NULL)
    return NULL;
  /* What is published needs no draft; one that stays by mischance is offered once more. */
  kaf_rules_keep_draft (db, NULL, NULL);
  kaf_holder_now_refresh (db, NULL);
  return receipt;
}
