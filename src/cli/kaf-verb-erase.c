/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl erase: for ever, from every place of the store; a reason is required. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "rules/kaf-hold.h"
#include "store/kaf-commit.h"
#include "store/kaf-pseudonym.h"

/* Of @id, which was erased before. */
static KafExit
finish (KafCli *cli, const char *id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;

  if (!kaf_erase_finish_left (cli->db, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!cli->json)
    {
      g_print (
          "%s\n",
          _ ("It was erased before. What had remained of it here is removed now, if anything had."));
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", id);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why, for the register"), "TEXT" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *what = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_erase, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  if (reason == NULL || *g_strstrip (reason) == '\0' || !g_utf8_validate (reason, -1, NULL))
    return kaf_cli_fail (_ ("Say why with --reason: an erasure cannot be undone."));
  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  if (kaf_erase_was_done (cli->db, words[1]))
    return finish (cli, words[1]);
  if (!kaf_cli_resolve (cli, words[1], &entity, &id))
    return KAF_EXIT_USAGE;

  /* What is erased is the person, or whatever the record is a facet of. */
  entity = kaf_entity_get_root (entity);
  kept = kaf_pseudonym_find_kept (cli->db, entity, id, &error);
  if (kept == NULL || !kaf_erase (cli->db, entity, id, reason, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  what = kaf_hold_describe (kept, cli->lang);
  if (!cli->json)
    {
      g_print (_ ("%s was erased for ever.\n"), words[1]);
      if (what != NULL)
        g_print ("%s\n", what);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", entity->id);
  kaf_cli_add_text (builder, "id", id);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_erase = {
  .name = "erase",
  .arguments = "REF --reason TEXT",
  .summary = N_ ("Erases a record and what belongs to it, for ever"),
  .run = run,
};
