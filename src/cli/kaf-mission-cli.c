/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-mission-cli.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-board.h"
#include "store/kaf-missions.h"

void
kaf_mission_view_clear (KafMissionView *self)
{
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->around, kaf_mission_surroundings_free);
}

gboolean
kaf_mission_view_read (KafCli *cli, const char *ref, KafMissionView *self)
{
  const KafEntity *entity = kaf_registry_find ("mission");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_resolve (cli, ref, &entity, &id))
    return FALSE;
  self->mission = kaf_mission_read (cli->db, id, cli->lang, NULL, &error);
  if (self->mission != NULL)
    self->around = kaf_mission_surroundings_read (cli->db, KAF_DAY_UNKNOWN, cli->lang, &error);
  if (self->around == NULL)
    {
      kaf_cli_fail_error (NULL, NULL, error);
      return FALSE;
    }
  kaf_mission_live (self->mission, &self->life);
  return TRUE;
}

/* Checks */

typedef struct
{
  KafFindings *findings;
  GPtrArray *checks;
  guint n_gates, n_warnings;
} Checks;

static void
checks_clear (Checks *self)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->findings, kaf_findings_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Checks, checks_clear)

static gboolean
run_checks (KafCli *cli, const KafMissionView *view, guint step, Checks *self)
{
  g_autoptr (GError) error = NULL;

  self->findings = kaf_findings_new (view->around->context.day, NULL);
  self->checks = kaf_mission_run_checks (view->mission, &view->life, step, &view->around->context,
                                         self->findings);
  kaf_checks_allow (self->checks, &self->n_gates, &self->n_warnings);
  if (kaf_findings_tell (cli->db, self->findings, cli->lang, &error))
    return TRUE;
  kaf_cli_fail_error (NULL, NULL, error);
  return FALSE;
}

static void
add_findings (const KafCheck *check, const KafMissionView *view, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < check->findings->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (check->findings, i);
      g_autofree char *sentence = kaf_bidi_strip (finding->sentence);
      const KafAct *act =
          kaf_check_find_settlement (check->rule, finding, view->mission, &view->life);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "entity", finding->rule->entity);
      kaf_cli_add_text (builder, "id", finding->id);
      kaf_cli_add_text (builder, "field", finding->rule->field);
      kaf_cli_add_text (builder, "sentence", sentence);
      kaf_cli_add_text (builder, "advice", finding->advice);
      kaf_cli_add_text (builder, "settled_by", act != NULL ? act->id : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_check_json (const KafCheck *check, const KafMissionView *view)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "step", check->rule->step);
  kaf_cli_add_text (builder, "code", check->rule->rule.code);
  kaf_cli_add_text (builder, "kind", kaf_finding_kind_id (check->rule->rule.kind));
  kaf_cli_add_text (builder, "label", _ (check->rule->label));
  kaf_cli_add_text (builder, "state", kaf_check_state_id (check->state));
  kaf_cli_add_text (builder, "reason", check->act != NULL ? check->act->reason : NULL);
  add_findings (check, view, builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static const char *
tell_state (const KafCheck *check)
{
  gboolean gate = check->rule->rule.kind == KAF_FINDING_BLOCKS;

  switch (check->state)
    {
    case KAF_CHECK_MET:
      return C_ ("check", "met");
    case KAF_CHECK_SETTLED:
      return gate ? C_ ("check", "overridden") : C_ ("check", "acknowledged");
    case KAF_CHECK_UNKNOWN:
      return C_ ("check", "unknown here");
    case KAF_CHECK_FAILS:
    default:
      return gate ? C_ ("check", "blocks") : C_ ("check", "warns");
    }
}

static void
print_check (const KafCheck *check)
{
  g_print ("%-14s %-26s %s\n", tell_state (check), check->rule->rule.code, _ (check->rule->label));
  if (check->act != NULL && check->act->reason != NULL)
    g_print ("    “%s”\n", check->act->reason);
  for (guint i = 0; i < check->findings->len && check->state == KAF_CHECK_FAILS; i++)
    {
      const KafFinding *finding = g_ptr_array_index (check->findings, i);
      g_autofree char *line = kaf_bidi_line (finding->sentence);

      g_print ("    %s\n    %s\n", line, finding->advice);
    }
}

static void
print_step (guint step)
{
  /* Translators: %1$u is the number of a step, %2$s its name. */
  g_print (_ ("Step %1$u, %2$s"), step, kaf_mission_step_name (step));
  g_print ("\n");
}

static gboolean
check_step (KafCli *cli, const KafMissionView *view, guint step, gboolean *fails)
{
  g_auto (Checks) checks = { 0 };

  if (!run_checks (cli, view, step, &checks))
    return FALSE;
  if (!cli->json)
    print_step (step);
  for (guint i = 0; i < checks.checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks.checks, i);

      if (cli->json)
        print_check_json (check, view);
      else
        print_check (check);
    }
  *fails |= checks.n_gates + checks.n_warnings > 0;
  return TRUE;
}

KafExit
kaf_mission_cli_check (KafCli *cli, const char *ref, guint step, gboolean all)
{
  g_auto (KafMissionView) view = { 0 };
  gboolean fails = FALSE;
  guint first, last;

  if (!kaf_mission_view_read (cli, ref, &view))
    return KAF_EXIT_USAGE;
  first = all ? 1 : step != 0 ? step : view.life.step;
  last = all ? KAF_MISSION_STEPS : first;
  for (step = first; step <= last; step++)
    if (!check_step (cli, &view, step, &fails))
      return KAF_EXIT_USAGE;
  return fails ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

void
kaf_mission_cli_tell_failing (KafCli *cli, const char *ref, guint step)
{
  g_auto (KafMissionView) view = { 0 };
  g_auto (Checks) checks = { 0 };

  if (!kaf_mission_view_read (cli, ref, &view) ||
      !run_checks (cli, &view, step != 0 ? step : view.life.step, &checks))
    return;
  for (guint i = 0; i < checks.checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks.checks, i);

      for (guint j = 0; j < check->findings->len && check->state == KAF_CHECK_FAILS; j++)
        {
          const KafFinding *finding = g_ptr_array_index (check->findings, j);
          g_autofree char *line = kaf_bidi_line (finding->sentence);

          if (kaf_check_find_settlement (check->rule, finding, view.mission, &view.life) == NULL)
            g_printerr ("  %s: %s\n", check->rule->rule.code, line);
        }
    }
}

/* The catalogue */

static void
print_rule_json (const KafMissionRule *rule)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "step", rule->step);
  kaf_cli_add_text (builder, "step_name", kaf_mission_step_name (rule->step));
  kaf_cli_add_text (builder, "code", rule->rule.code);
  kaf_cli_add_text (builder, "kind", kaf_finding_kind_id (rule->rule.kind));
  json_builder_set_member_name (builder, "overridable");
  json_builder_add_boolean_value (builder, rule->overridable);
  kaf_cli_add_text (builder, "label", _ (rule->label));
  kaf_cli_add_text (builder, "entity", rule->rule.entity);
  kaf_cli_add_text (builder, "field", rule->rule.field);
  kaf_cli_add_text (builder, "sentence", _ (rule->rule.sentence));
  kaf_cli_add_text (builder, "advice", _ (rule->rule.advice));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static const char *
tell_kind (const KafMissionRule *rule)
{
  if (rule->rule.kind != KAF_FINDING_BLOCKS)
    return C_ ("check", "warning");
  return rule->overridable ? C_ ("check", "condition, may be overridden")
                           : C_ ("check", "condition");
}

KafExit
kaf_mission_cli_rules (KafCli *cli, guint step)
{
  guint last = 0;

  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    {
      if (step != 0 && rule->step != step)
        continue;
      if (cli->json)
        {
          print_rule_json (rule);
          continue;
        }
      if (rule->step != last)
        print_step (rule->step);
      last = rule->step;
      g_print ("  %s (%s)\n    %s\n    %s\n", rule->rule.code, tell_kind (rule),
               _ (rule->rule.sentence), _ (rule->rule.advice));
    }
  return KAF_EXIT_OK;
}

/* Where a mission stands */

static void
add_steps (const KafMissionLife *life, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      g_autofree char *left_on = kaf_day_to_iso (life->left_on[step]);

      json_builder_begin_object (builder);
      kaf_cli_add_int (builder, "step", step);
      kaf_cli_add_text (builder, "name", kaf_mission_step_name (step));
      json_builder_set_member_name (builder, "left");
      json_builder_add_boolean_value (builder, life->left[step]);
      kaf_cli_add_text (builder, "left_on", left_on);
      json_builder_set_member_name (builder, "recheck");
      json_builder_add_boolean_value (builder, life->recheck[step]);
      json_builder_set_member_name (builder, "pending");
      json_builder_add_boolean_value (builder, life->pending[step]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_act (const KafAct *act, JsonBuilder *builder)
{
  g_autofree char *paper_on = kaf_day_to_iso (act->paper_on);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", act->id);
  kaf_cli_add_text (builder, "kind", kaf_act_kind_id (act->kind));
  kaf_cli_add_int (builder, "step", act->step);
  kaf_cli_add_text (builder, "code", act->code);
  kaf_cli_add_text (builder, "about", act->about);
  kaf_cli_add_text (builder, "reason", act->reason);
  kaf_cli_add_text (builder, "by", act->by);
  kaf_cli_add_time (builder, "at", act->at);
  kaf_cli_add_text (builder, "paper_name", act->paper_name);
  kaf_cli_add_text (builder, "paper_function", act->paper_function);
  kaf_cli_add_text (builder, "paper_on", paper_on);
  json_builder_set_member_name (builder, "pending");
  json_builder_add_boolean_value (builder, act->pending);
  json_builder_end_object (builder);
}

static void
show_json (const KafMissionView *view, const Checks *checks)
{
  const KafMission *mission = view->mission;
  const KafMissionLife *life = &view->life;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *since = kaf_day_to_iso (life->since);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", mission->id);
  kaf_cli_add_text (builder, "ref", mission->ref);
  kaf_cli_add_text (builder, "title", mission->title);
  kaf_cli_add_int (builder, "step", life->step);
  kaf_cli_add_text (builder, "step_name", kaf_mission_step_name (life->step));
  kaf_cli_add_text (builder, "state", kaf_mission_state_id (life->state));
  kaf_cli_add_text (builder, "since", since);
  json_builder_set_member_name (builder, "approval_lapsed");
  json_builder_add_boolean_value (builder, life->approval_lapsed);
  json_builder_set_member_name (builder, "deviates");
  json_builder_add_boolean_value (builder, life->deviates);
  kaf_cli_add_int (builder, "gates", checks->n_gates);
  kaf_cli_add_int (builder, "warnings", checks->n_warnings);
  kaf_cli_add_text (builder, "content", mission->content);
  add_steps (life, builder);
  json_builder_set_member_name (builder, "acts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mission->acts->len; i++)
    add_act (g_ptr_array_index (mission->acts, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static char *
tell_derived (const char *field, const char *value, KafLang lang)
{
  return kaf_value_format (kaf_derived_find (kaf_registry_find ("mission"), field), value, lang,
                           NULL, NULL);
}

static const char *
tell_step_state (const KafMissionLife *life, guint step)
{
  if (life->recheck[step])
    return C_ ("step", "to be looked at again");
  if (life->left[step])
    return life->pending[step] ? C_ ("step", "left, waits for the server") : C_ ("step", "left");
  if (step != life->step)
    return "";
  return life->approval_lapsed ? C_ ("step", "open again: the content changed")
                               : C_ ("step", "open");
}

static void
show_text (KafCli *cli, const KafMissionView *view, const Checks *checks)
{
  const KafMissionLife *life = &view->life;
  g_autoptr (KafTable) table = kaf_table_new (4);
  g_autofree char *state = tell_derived ("state", kaf_mission_state_id (life->state), cli->lang);

  g_print ("%s  %s  (%s)\n", view->mission->ref != NULL ? view->mission->ref : view->mission->id,
           view->mission->title, state);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      g_autofree char *number = g_strdup_printf ("%u", step);
      g_autofree char *iso = kaf_day_to_iso (life->left_on[step]);
      g_autofree char *left_on =
          iso != NULL ? kaf_date_format (iso, cli->lang, KAF_DATE_SHORT) : NULL;

      kaf_table_add (table, number);
      kaf_table_add (table, kaf_mission_step_name (step));
      kaf_table_add (table, tell_step_state (life, step));
      kaf_table_add (table, left_on);
    }
  kaf_table_print (table);
  if (life->state == KAF_MISSION_OPEN)
    {
      /* Translators: of the open step of a mission. */
      g_print (_ ("Conditions that block: %1$u. Warnings without a reason: %2$u."), checks->n_gates,
               checks->n_warnings);
      g_print ("\n");
    }
  if (life->deviates)
    g_print ("%s\n", _ ("It was changed after its approval: record the deviation."));
}

KafExit
kaf_mission_cli_show (KafCli *cli, const char *ref)
{
  g_auto (KafMissionView) view = { 0 };
  g_auto (Checks) checks = { 0 };

  if (!kaf_mission_view_read (cli, ref, &view) || !run_checks (cli, &view, view.life.step, &checks))
    return KAF_EXIT_USAGE;
  if (cli->json)
    show_json (&view, &checks);
  else
    show_text (cli, &view, &checks);
  return KAF_EXIT_OK;
}

/* The board */

static void
print_card_json (const KafBoardCard *card)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *since = kaf_day_to_iso (card->since);
  g_autofree char *due_on = kaf_day_to_iso (card->due_on);

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "step", card->step);
  kaf_cli_add_text (builder, "id", card->id);
  kaf_cli_add_text (builder, "ref", card->ref);
  kaf_cli_add_text (builder, "title", card->title);
  kaf_cli_add_text (builder, "place", card->place);
  kaf_cli_add_text (builder, "followed_by", card->who);
  kaf_cli_add_text (builder, "state", kaf_mission_state_id (card->state));
  kaf_cli_add_text (builder, "since", since);
  kaf_cli_add_int (builder, "days", card->days);
  kaf_cli_add_text (builder, "due_on", due_on);
  json_builder_set_member_name (builder, "late");
  json_builder_add_boolean_value (builder, card->late);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_board (const KafBoard *board)
{
  g_autoptr (KafTable) table = kaf_table_new (4);

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      const KafBoardStep *one = &board->steps[step];

      print_step (step);
      /* Translators: missions at a step, and those of them that are late. */
      g_print ("  ");
      g_print (_ ("Missions: %1$u. Late: %2$u."), one->n, one->n_late);
      g_print ("\n");
      for (guint i = 0; i < one->cards->len; i++)
        {
          const KafBoardCard *card = g_ptr_array_index (one->cards, i);

          kaf_table_add (table, card->late ? "  !" : "   ");
          kaf_table_add (table, card->ref != NULL ? card->ref : card->id);
          kaf_table_add (table, card->title);
          kaf_table_add (table, card->who);
        }
      kaf_table_print (table);
      if (one->n > one->cards->len)
        {
          g_print ("   … ");
          /* Translators: of the missions at a step, those that are not shown. */
          g_print (_ ("others: %u"), one->n - one->cards->len);
          g_print ("\n");
        }
    }
}

KafExit
kaf_mission_cli_board (KafCli *cli, GStrv where, const char *whose, gboolean over, guint n)
{
  const KafRole *role = kaf_mission_read_role (cli->db);
  g_autoptr (KafQuery) only = kaf_cli_make_query (cli, kaf_registry_find ("mission"), where, NULL);
  g_autoptr (KafBoard) board = NULL;
  g_autoptr (GError) error = NULL;
  KafBoardQuery query = { .who = kaf_database_get_author (cli->db),
                          .approves = role != NULL && role->approves,
                          .over = over,
                          .cards = n,
                          .only = only,
                          .lang = cli->lang };

  if (only == NULL)
    return KAF_EXIT_USAGE;
  if (whose != NULL)
    query.whose = g_str_equal (whose, "mine") ? KAF_BOARD_MINE : KAF_BOARD_WAITING;
  board = kaf_board_read (cli->db, &query, NULL, &error);
  if (board == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint step = 1; step <= KAF_MISSION_STEPS && cli->json; step++)
    for (guint i = 0; i < board->steps[step].cards->len; i++)
      print_card_json (g_ptr_array_index (board->steps[step].cards, i));
  if (!cli->json)
    print_board (board);
  return KAF_EXIT_OK;
}
