/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl erase: for ever, from every place of the store; a reason is required. On a device of a server it is an order
 * to that, for whose role may give one. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "rules/kaf-hold.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-net-error.h"
#include "store/kaf-commit.h"
#include "store/kaf-permit.h"
#include "store/kaf-pseudonym.h"
#include "store/kaf-sync-state.h"

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

/* At the server */

static void
print_order (KafCli *cli, const char *name, const KafErasure *erasure, guint n, gboolean looks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *subject = kaf_erasure_text_subject (erasure);
  g_autofree char *records = kaf_erasure_text_records (looks ? erasure->n : n, cli->lang);

  if (!cli->json)
    {
      g_print (looks ? _ ("An order would erase %s: %s, %s. Nothing was ordered.\n")
                     : _ ("%s was erased at the server: %s, %s. Each device follows at its next "
                          "exchange; “kafaatctl erasures” tells which have confirmed it.\n"),
               name, subject, records);
      kaf_cli_print_kept (cli, erasure->kept);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", erasure->entity != NULL ? erasure->entity->id : NULL);
  kaf_cli_add_text (builder, "id", erasure->id);
  kaf_cli_add_int (builder, "records", looks ? erasure->n : n);
  kaf_cli_add_kept (builder, erasure->kept);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

/* What was erased before is not there to be looked at, and yet an order finishes it. */
static KafExit
order (KafCli *cli, const char *url, const char *name, const char *reason, gboolean looks)
{
  const char *path = kaf_database_get_path (cli->db);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafErasure) erasure = NULL;
  gboolean known;
  guint n = 0;

  if (!kaf_permit_erases (kaf_permit_read (cli->db)))
    return kaf_cli_fail (
        _ ("Your role on the server orders no erasures: the data-protection officer does."));
  erasure = kaf_erasures_look (path, url, name, NULL, &error);
  known = erasure != NULL;
  if (!known && (looks || !g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_ERASE_UNKNOWN)))
    return kaf_cli_fail_hub (error);
  g_clear_error (&error);
  if (!looks &&
      !kaf_erasures_order (path, url, name, known ? erasure->id : NULL, reason, &n, NULL, &error))
    return g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_ERASE_OFFLINE)
               ? kaf_cli_fail (_ ("The server did not answer: the order may have arrived or not. "
                                  "Order once more; an order that arrives twice does no harm."))
               : kaf_cli_fail_hub (error);
  if (known)
    print_order (cli, name, erasure, n, looks);
  else if (!cli->json)
    g_print ("%s\n", _ ("It was erased before; each device follows at its next exchange."));
  return KAF_EXIT_OK;
}

static KafExit
erase_here (KafCli *cli, const char *name, const char *reason)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *what = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (kaf_erase_was_done (cli->db, name))
    return finish (cli, name);
  if (!kaf_cli_resolve (cli, name, &entity, &id))
    return KAF_EXIT_USAGE;

  /* What is erased is the person, or whatever the record is a facet of. */
  entity = kaf_entity_get_root (entity);
  kept = kaf_pseudonym_find_kept (cli->db, entity, id, &error);
  if (kept == NULL || !kaf_erase (cli->db, entity, id, reason, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  what = kaf_hold_describe (kept, cli->lang);
  if (!cli->json)
    {
      g_print (_ ("%s was erased for ever.\n"), name);
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

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *reason = NULL;
  gboolean looks = FALSE;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why, for the register"), "TEXT" },
    { "look", 0, 0, G_OPTION_ARG_NONE, &looks,
      N_ ("Only tell what an order to the server would erase, and what the law keeps"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_erase, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  if (!looks &&
      (reason == NULL || *g_strstrip (reason) == '\0' || !g_utf8_validate (reason, -1, NULL)))
    return kaf_cli_fail (_ ("Say why with --reason: an erasure cannot be undone."));
  if (!looks && !kaf_cli_check_reason (reason))
    return KAF_EXIT_USAGE;
  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (state.url != NULL)
    return order (cli, state.url, words[1], reason, looks);
  if (looks)
    return kaf_cli_fail (_ ("Nothing is ordered where there is no server: leave out --look."));
  return erase_here (cli, words[1], reason);
}

const KafVerb kaf_verb_erase = {
  .name = "erase",
  .arguments = "REF --reason TEXT|--look",
  .summary = N_ ("Erases a record and what belongs to it, for ever"),
  .run = run,
};
