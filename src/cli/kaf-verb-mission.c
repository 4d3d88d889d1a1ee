/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl mission: a mission through its ten steps, as the window does it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-mission-cli.h"
#include "cli/kaf-mission-match.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-mission-act.h"

#define BOARD_CARDS 5

typedef struct
{
  char *reason, *about;
  char *paper_name, *paper_function, *paper_on, *scan;
  char *why;
  GStrv where;
  gboolean all, mine, waiting, over;
  int limit;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->reason);
  g_free (self->about);
  g_free (self->paper_name);
  g_free (self->paper_function);
  g_free (self->paper_on);
  g_free (self->scan);
  g_free (self->why);
  g_strfreev (self->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* 0: none, or none that there is; that was told then. */
static gboolean
parse_step (const char *word, guint *step)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (word, 10, 1, KAF_MISSION_STEPS, &number, NULL))
    {
      *step = (guint) number;
      return TRUE;
    }
  kaf_cli_fail_printf (_ ("“%s” is no step: write a number from 1 to 10."), word);
  return FALSE;
}

/* What the rules say no to, and why. */
static KafExit
refuse (KafCli *cli, const char *ref, const KafMissionActOrder *order, const GError *error)
{
  if (error->domain != KAF_RULE_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  kaf_cli_fail (_ (error->message));
  if (error->code == KAF_RULE_ERROR_GATES || error->code == KAF_RULE_ERROR_WARNINGS)
    kaf_mission_cli_tell_failing (cli, ref, order->step);
  return KAF_EXIT_USAGE;
}

static void
tell_cut (const KafMissionActResult *result)
{
  g_autofree char *names = NULL;

  if (result->cut == NULL || result->cut->len == 0)
    return;
  g_ptr_array_add (result->cut, NULL);
  names = g_strjoinv (", ", (char **) result->cut->pdata);
  g_printerr ("%s %s\n", _ ("The archive of the file would be too long; it leaves out:"), names);
}

static KafExit
commit (KafCli *cli, const char *ref, const KafMissionActOrder *order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMissionActResult) result = kaf_mission_act_commit (cli->db, order, NULL, &error);

  if (result == NULL)
    return refuse (cli, ref, order, error);
  tell_cut (result);
  return kaf_mission_cli_show (cli, ref);
}

/* The check that a code names says of which step it is. */
static gboolean
find_step_of_code (const char *code, guint *step)
{
  const KafMissionRule *rule = kaf_mission_rule_find (code);

  if (rule != NULL)
    {
      *step = rule->step;
      return TRUE;
    }
  kaf_cli_fail_printf (_ ("There is no check “%s”: “kafaatctl mission rules” lists them."), code);
  return FALSE;
}

static gboolean
fill_order (KafActKind kind, GStrv words, const Options *options, KafMissionActOrder *order)
{
  gboolean settles = kind == KAF_ACT_ACKNOWLEDGE || kind == KAF_ACT_OVERRIDE;

  if (settles && words[3] == NULL)
    {
      kaf_cli_fail (_ ("Name the check by its code: “kafaatctl mission check REF” shows it."));
      return FALSE;
    }
  if (kind == KAF_ACT_REOPEN && words[3] == NULL)
    {
      kaf_cli_fail (_ ("Say which step is to be reopened: write its number behind the mission."));
      return FALSE;
    }
  if (options->paper_on != NULL && !kaf_date_is_valid (options->paper_on, FALSE))
    {
      kaf_cli_fail_printf (_ ("Write the day “%s” as 2026-11-28."), options->paper_on);
      return FALSE;
    }
  order->kind = kind;
  order->code = settles ? words[3] : NULL;
  order->about = options->about;
  order->reason = options->reason;
  order->paper_name = options->paper_name;
  order->paper_function = options->paper_function;
  order->paper_on = options->paper_on;
  if (settles)
    return find_step_of_code (words[3], &order->step);
  return words[3] == NULL || parse_step (words[3], &order->step);
}

static KafExit
act (KafCli *cli, KafActKind kind, GStrv words, const Options *options)
{
  g_auto (KafMissionView) view = { 0 };
  g_autoptr (GFile) scan =
      options->scan != NULL ? g_file_new_for_commandline_arg (options->scan) : NULL;
  KafMissionActOrder order = { .scan = scan };

  if (!fill_order (kind, words, options, &order) || !kaf_cli_open (cli, KAF_ACCESS_WRITE) ||
      !kaf_mission_view_read (cli, words[2], &view))
    return KAF_EXIT_USAGE;
  order.mission = view.mission->id;
  return commit (cli, words[2], &order);
}

static KafExit
check (KafCli *cli, GStrv words, const Options *options)
{
  guint step = 0;

  if ((words[3] != NULL && !parse_step (words[3], &step)) || !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  return kaf_mission_cli_check (cli, words[2], step, options->all);
}

static KafExit
rules (KafCli *cli, GStrv words)
{
  guint step = 0;

  if (words[2] != NULL && !parse_step (words[2], &step))
    return KAF_EXIT_USAGE;
  return kaf_mission_cli_rules (cli, step);
}

static KafExit
board (KafCli *cli, const Options *options)
{
  const char *whose = options->mine ? "mine" : options->waiting ? "waiting" : NULL;
  guint cards = options->limit > 0 ? (guint) options->limit : cli->json ? 0 : BOARD_CARDS;

  if (!kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  return kaf_mission_cli_board (cli, options->where, whose, options->over, cards);
}

/* "mission new …" is "new mission …". */
static KafExit
make (KafCli *cli, GStrv words)
{
  g_auto (GStrv) turned = g_strdupv (words);
  char *first = turned[0];

  turned[0] = turned[1];
  turned[1] = first;
  return kaf_verb_new.run (cli, turned);
}

static KafExit
run_words (KafCli *cli, GStrv words, const Options *options)
{
  KafActKind kind = kaf_act_kind_parse (words[1]);

  if (g_str_equal (words[1], "rules"))
    return rules (cli, words);
  if (g_str_equal (words[1], "board"))
    return board (cli, options);
  if (words[2] != NULL && kind != KAF_N_ACTS)
    return act (cli, kind, words, options);
  if (words[2] != NULL && g_str_equal (words[1], "check"))
    return check (cli, words, options);
  if (words[2] != NULL && g_str_equal (words[1], "show"))
    return kaf_cli_open (cli, KAF_ACCESS_READ) ? kaf_mission_cli_show (cli, words[2])
                                               : KAF_EXIT_USAGE;
  if (words[2] != NULL && g_str_equal (words[1], "match"))
    return kaf_cli_open (cli, KAF_ACCESS_READ)
               ? kaf_mission_cli_match (cli, words[2], options->limit, options->why)
               : KAF_EXIT_USAGE;
  return kaf_cli_fail (
      _ ("Write “mission new FIELD=VALUE…”, “mission show|check|match|leave|reopen|hold|resume|"
         "abandon|override|acknowledge|deviation|incident|take REF…”, “mission rules” or “mission "
         "board”."));
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options.reason, N_ ("Why: it stays in the file"),
      N_ ("TEXT") },
    { "about", 0, 0, G_OPTION_ARG_FILENAME, &options.about,
      N_ ("Only for that record of what a check found"), N_ ("ID") },
    { "paper-name", 0, 0, G_OPTION_ARG_FILENAME, &options.paper_name,
      N_ ("Decided on paper, by whom"), N_ ("NAME") },
    { "paper-function", 0, 0, G_OPTION_ARG_FILENAME, &options.paper_function,
      N_ ("The function of who decided"), N_ ("TEXT") },
    { "paper-on", 0, 0, G_OPTION_ARG_FILENAME, &options.paper_on, N_ ("The day of the paper"),
      N_ ("DAY") },
    { "scan", 0, 0, G_OPTION_ARG_FILENAME, &options.scan, N_ ("The paper as a file"), N_ ("FILE") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("The checks of all steps"), NULL },
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.where,
      N_ ("Of the board: only such missions"), N_ ("CONDITION") },
    { "mine", 0, 0, G_OPTION_ARG_NONE, &options.mine, N_ ("Of the board: those that you follow"),
      NULL },
    { "waiting", 0, 0, G_OPTION_ARG_NONE, &options.waiting,
      N_ ("Of the board: those that wait for you"), NULL },
    { "over", 0, 0, G_OPTION_ARG_NONE, &options.over,
      N_ ("Of the board: closed and abandoned ones too"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit,
      N_ ("So many cards of a step, or candidates, at the most"), N_ ("NUMBER") },
    { "why", 0, 0, G_OPTION_ARG_FILENAME, &options.why,
      N_ ("Of “match”: why this person is, or is not, among the best"), N_ ("PERSON") },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);

  if (args[1] != NULL && g_str_equal (args[1], "new"))
    return make (cli, args);
  if (args[1] != NULL && g_str_equal (args[1], "take"))
    return kaf_cli_take_mission (cli, &kaf_verb_mission, args);
  if (!kaf_cli_parse (cli, &kaf_verb_mission, entries, &words, 1, 3))
    return KAF_EXIT_USAGE;
  return run_words (cli, words, &options);
}

const KafVerb kaf_verb_mission = {
  .name = "mission",
  .arguments = "new FIELD=VALUE… | show|check|match|leave|reopen|hold|resume|abandon|override|"
               "acknowledge|deviation|incident REF [STEP|CODE] | rules [STEP] | board |"
               " take REF [--check]",
  .summary = N_ ("Takes a mission through its ten steps"),
  .run = run,
  .records = TRUE,
};
