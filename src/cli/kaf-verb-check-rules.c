/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl check-rules: what is wrong or due by the rules and the user's role mends, the most urgent first; exit status 1
 * when there is anything. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "cli/kaf-verbs.h"
#include "rules/kaf-rulebook.h"
#include "store/kaf-findings.h"
#include "store/kaf-permit.h"

/* The catalogue */

static void
print_rule (KafCli *cli, const KafRule *rule)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print ("%s (%s)\n  %s\n  %s\n", rule->code, rule->entity, _ (rule->sentence),
               _ (rule->advice));
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "code", rule->code);
  kaf_cli_add_text (builder, "kind", kaf_finding_kind_id (rule->kind));
  kaf_cli_add_text (builder, "entity", rule->entity);
  kaf_cli_add_text (builder, "field", rule->field);
  kaf_cli_add_text (builder, "sentence", _ (rule->sentence));
  kaf_cli_add_text (builder, "advice", _ (rule->advice));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
print_catalogue (KafCli *cli)
{
  g_autoptr (GPtrArray) rules = kaf_rulebook_list ();

  for (guint i = 0; i < rules->len; i++)
    print_rule (cli, g_ptr_array_index (rules, i));
  return KAF_EXIT_OK;
}

/* Findings */

static void
print_json (const KafFinding *finding, gboolean mends)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *due = kaf_day_to_iso (finding->due);
  g_autofree char *sentence = kaf_bidi_strip (finding->sentence);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "code", finding->rule->code);
  kaf_cli_add_text (builder, "kind", kaf_finding_kind_id (finding->rule->kind));
  kaf_cli_add_text (builder, "urgency", kaf_urgency_id (finding->urgency));
  kaf_cli_add_text (builder, "entity", finding->rule->entity);
  kaf_cli_add_text (builder, "id", finding->id);
  kaf_cli_add_text (builder, "field", finding->rule->field);
  kaf_cli_add_text (builder, "title", finding->title);
  kaf_cli_add_text (builder, "of_entity", finding->of_entity);
  kaf_cli_add_text (builder, "of", finding->of);
  kaf_cli_add_text (builder, "sentence", sentence);
  kaf_cli_add_text (builder, "advice", finding->advice);
  kaf_cli_add_text (builder, "due", due);
  kaf_cli_add_text (builder, "followed_by", finding->who);
  kaf_cli_add_text (builder, "responsible", finding->person);
  json_builder_set_member_name (builder, "yours");
  json_builder_add_boolean_value (builder, mends);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_finding (KafCli *cli, const KafFinding *finding, gboolean mends)
{
  g_autofree char *line = NULL;

  if (cli->json)
    {
      print_json (finding, mends);
      return;
    }
  line = kaf_bidi_line (finding->sentence);
  g_print ("%s\n  %s\n", line, finding->advice);
  if (!mends)
    g_print ("  %s\n", _ ("It waits for another role than yours."));
}

/* Returns how many were printed: those that @role mends, or all. */
static guint
print_findings (KafCli *cli, const KafFindings *findings, const KafRole *role, gboolean all)
{
  guint n = 0;

  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (findings->list, i);
      gboolean mends = kaf_permit_mends (role, finding->rule);

      if (!mends && !all)
        continue;
      print_finding (cli, finding, mends);
      n++;
    }
  return n;
}

static void
print_end (guint n, guint n_left)
{
  if (n_left > 0)
    g_print (ngettext ("%u finding waits for another role than yours: --all lists it.\n",
                       "%u findings wait for another role than yours: --all lists them.\n", n_left),
             n_left);
  else if (n == 0)
    g_print ("%s\n", _ ("Nothing is wrong and nothing is due."));
}

/* FALSE when it was told that this is no day, no entity or no record. */
static gboolean
fill_query (KafCli *cli,
            const char *entity_name,
            const char *day,
            const char *ref,
            KafFindingsQuery *query,
            char **id)
{
  const KafEntity *entity = entity_name != NULL ? kaf_cli_find_entity (entity_name) : NULL;

  if (entity_name != NULL && entity == NULL)
    return FALSE;
  if (day != NULL && !kaf_date_is_valid (day, FALSE))
    {
      kaf_cli_fail_printf (_ ("Write the day “%s” as 2026-11-28."), day);
      return FALSE;
    }
  if (ref != NULL && !kaf_cli_resolve (cli, ref, &entity, id))
    return FALSE;
  query->entity = entity != NULL ? entity->id : NULL;
  query->id = *id;
  query->day = kaf_day_parse (day);
  query->lang = cli->lang;
  return TRUE;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *entity = NULL;
  g_autofree char *day = NULL;
  gboolean list = FALSE;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "entity", 0, 0, G_OPTION_ARG_FILENAME, &entity, N_ ("Only what concerns such records"),
      N_ ("ENTITY") },
    { "day", 0, 0, G_OPTION_ARG_FILENAME, &day, N_ ("As of that day instead of today"),
      N_ ("DAY") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Also what another role than yours mends"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("List the rules"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autofree char *id = NULL;
  g_autoptr (KafFindings) findings = NULL;
  g_autoptr (GError) error = NULL;
  KafFindingsQuery query = { 0 };
  guint n;

  if (!kaf_cli_parse (cli, &kaf_verb_check_rules, entries, &words, 0, 1))
    return KAF_EXIT_USAGE;
  if (list)
    return print_catalogue (cli);
  if (!kaf_cli_open (cli, KAF_ACCESS_READ) || !fill_query (cli, entity, day, words[1], &query, &id))
    return KAF_EXIT_USAGE;
  findings = kaf_findings_read (cli->db, &query, NULL, &error);
  if (findings == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  n = print_findings (cli, findings, kaf_permit_read (cli->db), all);
  if (!cli->json)
    print_end (n, findings->list->len - n);
  return n > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

const KafVerb kaf_verb_check_rules = {
  .name = "check-rules",
  .arguments = "[REF]",
  .summary = N_ ("Lists what is wrong or due with conventions, networks and programmes"),
  .run = run,
  .records = TRUE,
};
