/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl papers: numbers of papers of a person, which the server alone keeps. A number is read from the terminal or from
 * standard input, never from the command line, which others can see. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-utf8.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-papers.h"
#include "store/kaf-permit.h"
#include "store/kaf-sync-state.h"

typedef struct
{
  KafCli *cli;
  const char *path, *url, *person;
  KafIdentityPaper kind;
  const char *reason, *until;
} Call;

/* Listing */

static void
print_json (const KafHeldPaper *paper)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", kaf_identity_paper_get_code (paper->kind));
  kaf_cli_add_text (builder, "until", paper->until);
  kaf_cli_add_text (builder, "by", paper->by);
  kaf_cli_add_time (builder, "when", paper->at);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafHeldPaper *paper, KafLang lang)
{
  g_autofree char *when = kaf_time_format (paper->at, lang);
  g_autofree char *day =
      paper->until != NULL ? kaf_date_format (paper->until, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *until = day != NULL ? g_strdup_printf (_ ("valid until %s"), day) : NULL;

  kaf_table_add (table, kaf_identity_paper_get_code (paper->kind));
  kaf_table_add (table, _ (kaf_identity_paper_get_label (paper->kind)));
  kaf_table_add (table, when);
  kaf_table_add (table, paper->by);
  kaf_table_add (table, until);
}

static KafExit
list (const Call *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPapers) all = kaf_papers_fetch (call->path, call->url, call->person, NULL, &error);
  g_autoptr (KafTable) table = kaf_table_new (5);

  if (all == NULL)
    return kaf_cli_fail_hub (error);
  for (guint i = 0; i < all->papers->len; i++)
    {
      if (call->cli->json)
        print_json (g_ptr_array_index (all->papers, i));
      else
        add_row (table, g_ptr_array_index (all->papers, i), call->cli->lang);
    }
  if (call->cli->json)
    return KAF_EXIT_OK;
  kaf_table_print (table);
  if (all->papers->len == 0)
    g_print ("%s\n", _ ("The server holds no number of a paper of this person."));
  if (!all->authorised)
    g_print ("%s\n", _ ("No authorisation of the CNDP is recorded: none is entered or revealed."));
  return KAF_EXIT_OK;
}

/* Changing and revealing */

static KafExit
set (const Call *call)
{
  char *typed = kaf_cli_read_unseen (_ ("Number: "));
  char *number = kaf_identity_paper_normalise (call->kind, typed, NULL);
  g_autoptr (GError) error = NULL;
  KafExit status = KAF_EXIT_OK;

  if (number == NULL)
    status = kaf_cli_fail (_ (kaf_identity_paper_get_rule (call->kind)));
  else if (kaf_papers_set (call->path, call->url, call->person, call->kind, number, call->until,
                           NULL, &error))
    g_print ("%s\n", _ ("The server keeps it, and no device does."));
  else
    status = kaf_cli_fail_hub (error);
  kaf_papers_free_number (typed);
  kaf_papers_free_number (number);
  return status;
}

static KafExit
drop (const Call *call)
{
  g_autoptr (GError) error = NULL;

  if (!kaf_papers_set (call->path, call->url, call->person, call->kind, NULL, NULL, NULL, &error))
    return kaf_cli_fail_hub (error);
  g_print ("%s\n", _ ("It was removed at the server, for ever."));
  return KAF_EXIT_OK;
}

static KafExit
reveal (const Call *call)
{
  g_autoptr (GError) error = NULL;
  char *number = kaf_papers_reveal (call->path, call->url, call->person, call->kind, call->reason,
                                    NULL, &error);

  if (number == NULL)
    return kaf_cli_fail_hub (error);
  if (call->cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "kind", kaf_identity_paper_get_code (call->kind));
      kaf_cli_add_text (builder, "number", number);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
    }
  else
    g_print ("%s\n", number);
  kaf_papers_free_number (number);
  return KAF_EXIT_OK;
}

/* The verb */

static const struct
{
  const char *name;
  gboolean has_kind;
  KafExit (*run) (const Call *call);
} acts[] = {
  { "list", FALSE, list },
  { "set", TRUE, set },
  { "remove", TRUE, drop },
  { "reveal", TRUE, reveal },
};

/* The place of the act that @words name behind the person; G_N_ELEMENTS: none. */
static guint
find_act (char *const *words)
{
  guint i = 0;

  if (words[2] == NULL)
    return 0;
  while (i < G_N_ELEMENTS (acts) &&
         (!g_str_equal (acts[i].name, words[2]) || acts[i].has_kind != (words[3] != NULL)))
    i++;
  return i;
}

/* What goes with the act and nothing else. FALSE: it was told what is wrong. */
static gboolean
check_words (Call *call, guint act, char *const *words, char *reason, const char *until, char **day)
{
  if (act == G_N_ELEMENTS (acts))
    kaf_cli_fail (_ ("Write “papers REF list”, “papers REF set KIND”, “papers REF remove KIND” or "
                     "“papers REF reveal KIND --reason TEXT”."));
  else if (acts[act].has_kind && !kaf_identity_paper_find (words[3], &call->kind))
    kaf_cli_fail (_ ("Write the kind of paper as “cin”, “passport” or “residence”."));
  else if (acts[act].run == reveal &&
           (kaf_text_is_blank (reason) || !g_utf8_validate (reason, -1, NULL)))
    kaf_cli_fail (_ ("Say why with --reason: who saw which number, and why, is logged."));
  else if (!kaf_cli_check_reason (reason))
    return FALSE;
  else if (until != NULL && (*day = kaf_date_normalise (until, FALSE, NULL)) == NULL)
    kaf_cli_fail (_ ("Write the last day on which the paper is valid as 2031-12-24."));
  else
    return TRUE;
  return FALSE;
}

/* The person as the server knows her. FALSE: it was told why there is none to ask about. */
static gboolean
find_person (KafCli *cli, const char *name, char **url, char **person)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_sync_state_read (cli->db, &state, &error))
    kaf_cli_fail_error (NULL, NULL, error);
  else if (state.url == NULL)
    kaf_cli_fail (
        _ ("Numbers of papers are kept by a server alone, and this store belongs to none."));
  else if (!kaf_permit_reveals (kaf_permit_read (cli->db)))
    kaf_cli_fail (_ ("Your role on the server sees no numbers of papers: a manager does."));
  else if (kaf_cli_resolve (cli, name, &entity, person))
    {
      *url = g_strdup (state.url);
      if (g_str_equal (kaf_entity_get_root (entity)->id, "person"))
        return TRUE;
      kaf_cli_fail (_ ("That is no person: write the reference of one."));
    }
  return FALSE;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *reason = NULL;
  g_autofree char *until = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason,
      N_ ("Why the number is revealed, for the log"), "TEXT" },
    { "until", 0, 0, G_OPTION_ARG_FILENAME, &until, N_ ("The last day on which the paper is valid"),
      "DATE" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autofree char *url = NULL;
  g_autofree char *person = NULL;
  g_autofree char *day = NULL;
  Call call = { .cli = cli };
  guint act;

  if (!kaf_cli_parse (cli, &kaf_verb_papers, entries, &words, 1, 3))
    return KAF_EXIT_USAGE;
  act = find_act (words);
  if (!check_words (&call, act, words, reason, until, &day) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ) || !find_person (cli, words[1], &url, &person))
    return KAF_EXIT_USAGE;
  call.path = kaf_database_get_path (cli->db);
  call.url = url;
  call.person = person;
  call.reason = reason;
  call.until = day;
  return acts[act].run (&call);
}

const KafVerb kaf_verb_papers = {
  .name = "papers",
  .arguments = "REF [list | set KIND [--until DATE] | remove KIND | reveal KIND --reason TEXT]",
  .summary = N_ ("Lists, enters or reveals numbers of papers of a person, at the server"),
  .run = run,
  .records = TRUE,
};
