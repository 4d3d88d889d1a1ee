/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl score: how project holders are scored, one explained or all; what other rules would change; the tiers
 * recorded. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "cli/kaf-verbs.h"
#include "rules/holder/kaf-score-rules.h"
#include "store/kaf-commit.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holder-score.h"
#include "store/kaf-read.h"
#include "store/kaf-tier-review.h"

static void
add_span (JsonBuilder *builder, const char *name, const KafScoreSpan *span)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "low", span->low);
  kaf_cli_add_int (builder, "expected", span->expected);
  kaf_cli_add_int (builder, "high", span->high);
  json_builder_end_object (builder);
}

static void
add_tier (JsonBuilder *builder, const char *name, char tier)
{
  const char text[] = { tier, '\0' };

  kaf_cli_add_text (builder, name, text);
}

static void
add_score (JsonBuilder *builder, const KafScore *score)
{
  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    add_span (builder, kaf_axis_id ((KafAxis) axis), &score->axes[axis]);
  add_tier (builder, "scored", score->tier);
  add_tier (builder, "best", score->best);
  add_tier (builder, "worst", score->worst);
  json_builder_set_member_name (builder, "is_relay");
  json_builder_add_boolean_value (builder, score->relay);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static char *
tell_span (const KafScoreSpan *span)
{
  return span->low == span->high
             ? g_strdup_printf ("%d", span->expected)
             : g_strdup_printf ("%d (%d–%d)", span->expected, span->low, span->high);
}

/* One holder */

static void
add_parts (JsonBuilder *builder, const KafHolderScore *score)
{
  json_builder_set_member_name (builder, "criteria");
  json_builder_begin_array (builder);
  for (guint i = 0; i < score->parts->len; i++)
    {
      const KafScorePart *part = score->parts->pdata[i];
      const KafScoreCriterion *criterion = score->force.rules->criteria->pdata[part->criterion];
      g_autofree char *sentence = kaf_bidi_strip (part->sentence);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "axis", kaf_axis_id (part->axis));
      kaf_cli_add_text (builder, "fact", criterion->fact->code);
      add_boolean (builder, "known", part->known);
      if (part->known)
        kaf_cli_add_int (builder, "points", part->points);
      kaf_cli_add_int (builder, "low", part->low);
      kaf_cli_add_int (builder, "high", part->high);
      kaf_cli_add_text (builder, "sentence", sentence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_question (JsonBuilder *builder, const KafHolderScore *score)
{
  g_autofree char *sentence = kaf_bidi_strip (score->sentence);

  json_builder_set_member_name (builder, "question");
  if (!score->asks)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "field", score->field);
  kaf_cli_add_text (builder, "question", score->question);
  kaf_cli_add_text (builder, "sentence", sentence);
  json_builder_end_object (builder);
}

static void
print_one_json (const KafHolderScore *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *day = kaf_day_to_iso (score->score.as_of);
  g_autofree char *until = score->decided != NULL ? kaf_day_to_iso (score->decided->until) : NULL;

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", score->line->facts.id);
  kaf_cli_add_text (builder, "as_of", day);
  kaf_cli_add_int (builder, "rules", score->force.number);
  add_tier (builder, "tier", score->tier);
  add_boolean (builder, "decided", score->decided != NULL);
  kaf_cli_add_text (builder, "decided_until", until);
  add_score (builder, &score->score);
  add_parts (builder, score);
  add_question (builder, score);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_part (const KafScorePart *part)
{
  g_autofree char *line = kaf_bidi_line (part->sentence);

  if (part->known)
    g_print ("  %+4d  %s\n", part->points, line);
  else
    g_print ("     ?  %s\n", line);
}

static void
print_one (const KafHolderScore *score)
{
  const char tier[] = { g_ascii_toupper (score->tier), '\0' };

  /* Translators: the letter of a tier, then the number of the rules. */
  g_print (_ ("Tier %1$s by the rules no. %2$u"), tier, score->force.number);
  if (score->decided != NULL)
    g_print (" (%s)", _ ("decided"));
  g_print ("\n");
  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    {
      g_autofree char *span = tell_span (&score->score.axes[axis]);

      g_print ("%s: %s\n", kaf_axis_name ((KafAxis) axis), span);
      for (guint i = 0; i < score->parts->len; i++)
        if (((KafScorePart *) score->parts->pdata[i])->axis == axis)
          print_part (score->parts->pdata[i]);
    }
  if (score->asks)
    g_print ("? %s %s\n", score->question, score->sentence);
  g_print ("%s\n", _ ("Scores advise, you decide."));
}

static KafExit
tell_one (KafCli *cli, const char *ref, KafDay day)
{
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;
  g_autoptr (KafHolderScore) score = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_resolve (cli, ref, &entity, &id))
    return KAF_EXIT_USAGE;
  score = kaf_holder_score_read (cli->db, id, day, cli->lang, &error);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    return kaf_cli_fail_printf (_ ("“%s” is no project holder."), ref);
  if (score == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (cli->json)
    print_one_json (score);
  else
    print_one (score);
  return KAF_EXIT_OK;
}

/* All */

static void
print_line (KafCli *cli, const KafHolderLine *line, const KafHolderStanding *standing)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = kaf_read_title (cli->db, "person", line->facts.id, cli->lang);

  if (!cli->json)
    {
      g_autofree char *potential = tell_span (&standing->score.axes[KAF_AXIS_POTENTIAL]);
      g_autofree char *engagement = tell_span (&standing->score.axes[KAF_AXIS_ENGAGEMENT]);

      g_print ("%c%s  %s · %s  %s\n", g_ascii_toupper (standing->tier),
               standing->decided ? "*" : " ", potential, engagement, name != NULL ? name : "");
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", line->facts.id);
  kaf_cli_add_text (builder, "name", name);
  kaf_cli_add_text (builder, "post", line->facts.post);
  add_tier (builder, "tier", standing->tier);
  add_boolean (builder, "decided", standing->decided);
  add_score (builder, &standing->score);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
tell_all (KafCli *cli, KafDay day)
{
  g_auto (KafRulesInForce) force = { 0 };
  g_autoptr (KafHolders) all = NULL;
  g_autoptr (GArray) standings = NULL;
  g_autoptr (GError) error = NULL;

  all = kaf_holders_read (cli->db, NULL, day, NULL, &error);
  if (all == NULL || !kaf_rules_in_force_read (cli->db, day, &force, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  standings = kaf_holders_stand (all, force.rules);
  for (char tier = 'a'; tier <= 'd'; tier++)
    for (guint i = 0; i < standings->len; i++)
      if (g_array_index (standings, KafHolderStanding, i).tier == tier)
        print_line (cli, kaf_holders_get (all, i),
                    &g_array_index (standings, KafHolderStanding, i));
  return KAF_EXIT_OK;
}

/* Simulation */

static void
add_reasons (JsonBuilder *builder, const KafSimulatedChange *change)
{
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < change->n_reasons; i++)
    {
      const KafSimulatedReason *reason = &change->reasons[i];

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "axis", kaf_axis_id (reason->axis));
      kaf_cli_add_text (builder, "fact", reason->fact);
      kaf_cli_add_int (builder, "from", reason->from);
      kaf_cli_add_int (builder, "to", reason->to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_change (KafCli *cli, const KafSimulatedChange *change)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = kaf_read_title (cli->db, "person", change->id, cli->lang);

  if (!cli->json)
    {
      g_print ("%c → %c  %s\n", g_ascii_toupper (change->before), g_ascii_toupper (change->after),
               name != NULL ? name : "");
      for (guint i = 0; i < change->n_reasons; i++)
        g_print ("      %s: %d → %d\n", _ (kaf_score_fact_find (change->reasons[i].fact)->label),
                 change->reasons[i].from, change->reasons[i].to);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", "change");
  kaf_cli_add_text (builder, "id", change->id);
  kaf_cli_add_text (builder, "name", name);
  add_tier (builder, "before", change->before);
  add_tier (builder, "after", change->after);
  add_reasons (builder, change);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_sums (KafCli *cli, const KafSimulation *simulation)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      /* Translators: how many of how many project holders change tier. */
      g_print (_ ("%1$u of %2$u project holders would change tier."), simulation->changes->len,
               simulation->n_holders);
      g_print ("\n");
      for (guint i = 0; i < G_N_ELEMENTS (simulation->before); i++)
        g_print ("  %c  %u → %u\n", 'A' + (int) i, simulation->before[i], simulation->after[i]);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", "counts");
  kaf_cli_add_int (builder, "holders", simulation->n_holders);
  kaf_cli_add_int (builder, "changes", simulation->changes->len);
  for (guint i = 0; i < G_N_ELEMENTS (simulation->before); i++)
    {
      const char name[] = { 'a' + (int) i, '\0' };

      json_builder_set_member_name (builder, name);
      json_builder_begin_object (builder);
      kaf_cli_add_int (builder, "before", simulation->before[i]);
      kaf_cli_add_int (builder, "after", simulation->after[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
simulate (KafCli *cli, const char *path, KafDay day)
{
  g_autofree char *json = NULL;
  g_autoptr (KafScoreRules) rules = NULL;
  g_autoptr (KafSimulation) simulation = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &json, NULL, NULL))
    return kaf_cli_fail_printf (_ ("The file “%s” cannot be read."), path);
  rules = kaf_score_rules_parse (json, &error);
  if (rules == NULL)
    return kaf_cli_fail (error->message);
  simulation = kaf_simulation_run (cli->db, rules, day, NULL, &error);
  if (simulation == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < simulation->changes->len; i++)
    print_change (cli, simulation->changes->pdata[i]);
  print_sums (cli, simulation);
  return KAF_EXIT_OK;
}

/* Rules and records */

static KafExit
print_rules (KafCli *cli, KafDay day)
{
  g_auto (KafRulesInForce) force = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_rules_in_force_read (cli->db, day, &force, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  json = kaf_score_rules_to_json (force.rules);
  g_print ("%s\n", json);
  return KAF_EXIT_OK;
}

static KafExit
review (KafCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_tier_review (cli->db, NULL, &error);

  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      kaf_cli_add_int (builder, "recorded", receipt->n_records);
      kaf_cli_add_text (builder, "batch", receipt->batch);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
      return KAF_EXIT_OK;
    }
  g_print (ngettext ("%u tier was recorded.", "%u tiers were recorded.", receipt->n_records),
           receipt->n_records);
  g_print ("\n");
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *as_of = NULL;
  g_autofree char *file = NULL;
  gboolean records = FALSE;
  gboolean rules = FALSE;
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_FILENAME, &as_of, N_ ("As of that day instead of today"),
      N_ ("DAY") },
    { "simulate", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_ ("Tell what the rules of that file would change"), N_ ("FILE") },
    { "review", 0, 0, G_OPTION_ARG_NONE, &records, N_ ("Record the tiers that have changed"),
      NULL },
    { "rules", 0, 0, G_OPTION_ARG_NONE, &rules, N_ ("Print the rules in force as JSON"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  KafDay day;

  if (!kaf_cli_parse (cli, &kaf_verb_score, entries, &words, 0, 1))
    return KAF_EXIT_USAGE;
  if (as_of != NULL && !kaf_date_is_valid (as_of, FALSE))
    return kaf_cli_fail_printf (_ ("Write the day “%s” as 2026-11-28."), as_of);
  if (!kaf_cli_open (cli, records ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  day = as_of != NULL ? kaf_day_parse (as_of)
                      : kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (cli->db)));
  if (rules)
    return print_rules (cli, day);
  if (file != NULL)
    return simulate (cli, file, day);
  if (records)
    return review (cli);
  return words[1] != NULL ? tell_one (cli, words[1], day) : tell_all (cli, day);
}

const KafVerb kaf_verb_score = {
  .name = "score",
  .arguments = "[REF]",
  .summary = N_ ("Tells how project holders are scored, and what other rules would change"),
  .run = run,
  .records = TRUE,
};
