/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl quarantine: what others wrote where they may not, and the server keeps aside for who answers there. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-quarantine.h"
#include "store/kaf-permit.h"
#include "store/kaf-sync-state.h"

/* "NAME@SEEN": with an edit what was looked at. */
static char *
print_id (const KafAside *edit, const KafQuarantine *all)
{
  return g_strdup_printf ("%s@%" G_GINT64_FORMAT, edit->name, all->seen);
}

static gboolean
read_id (const char *id, char **name, gint64 *seen)
{
  const char *at = strchr (id, '@');
  guint64 number;

  if (at == NULL || at == id ||
      !g_ascii_string_to_unsigned (at + 1, 10, 0, G_MAXINT64, &number, NULL))
    return FALSE;
  *name = g_strndup (id, (gsize) (at - id));
  *seen = (gint64) number;
  return TRUE;
}

static void
add_json_fields (JsonBuilder *builder, const KafAside *edit)
{
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < edit->changes->len; i++)
    {
      const KafAsideChange *change = g_ptr_array_index (edit->changes, i);

      for (guint j = 0; j < change->fields->len; j++)
        {
          const KafAsideField *one = g_ptr_array_index (change->fields, j);

          json_builder_begin_object (builder);
          kaf_cli_add_text (builder, "entity", change->entity->id);
          kaf_cli_add_text (builder, "field", one->field->id);
          kaf_cli_add_text (builder, "written", one->value);
          kaf_cli_add_text (builder, "stands", one->stands);
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);
}

static void
print_json (const KafAside *edit, const KafQuarantine *all)
{
  static const char *const kinds[] = { [KAF_CHANGE_CREATE] = "create",
                                       [KAF_CHANGE_UPDATE] = "update",
                                       [KAF_CHANGE_DELETE] = "delete",
                                       [KAF_CHANGE_RESTORE] = "restore" };
  const KafAsideChange *first = g_ptr_array_index (edit->changes, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = print_id (edit, all);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "edit", id);
  kaf_cli_add_text (builder, "entity", edit->entity->id);
  kaf_cli_add_text (builder, "record", edit->id);
  kaf_cli_add_text (builder, "ref", edit->ref);
  kaf_cli_add_text (builder, "kind", kinds[first->kind]);
  kaf_cli_add_text (builder, "by", edit->by);
  kaf_cli_add_time (builder, "when", edit->at);
  kaf_cli_add_int (builder, "hidden", edit->n_hidden);
  add_json_fields (builder, edit);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_fields (const KafAside *edit)
{
  g_autoptr (KafTable) table = kaf_table_new (4);

  for (guint i = 0; i < edit->changes->len; i++)
    {
      const KafAsideChange *change = g_ptr_array_index (edit->changes, i);

      for (guint j = 0; j < change->fields->len; j++)
        {
          const KafAsideField *one = g_ptr_array_index (change->fields, j);
          g_autofree char *stands =
              one->stands_text != NULL ? g_strdup_printf (_ ("now: %s"), one->stands_text) : NULL;

          kaf_table_add (table, " ");
          kaf_table_add (table, _ (one->field->label));
          kaf_table_add (table, one->value_text != NULL ? one->value_text : _ ("empty"));
          kaf_table_add (table, stands);
        }
    }
  kaf_table_print (table);
}

static void
print_text (KafCli *cli, const KafAside *edit, const KafQuarantine *all)
{
  g_autofree char *id = print_id (edit, all);
  g_autofree char *when = kaf_time_format (edit->at, cli->lang);
  g_autofree char *what = kaf_aside_name_edit (edit);

  g_print ("%s  %s  %s  %s  %s\n", id, when, edit->by != NULL ? edit->by : "—",
           kaf_aside_get_title (edit), what);
  print_fields (edit);
  if (edit->n_hidden > 0)
    g_print (ngettext ("  and %u field that your role does not read\n",
                       "  and %u fields that your role does not read\n", edit->n_hidden),
             edit->n_hidden);
}

static KafExit
fail (const GError *error)
{
  g_autofree char *sentence = kaf_quarantine_explain (error);

  return kaf_cli_fail (sentence);
}

static KafExit
list (KafCli *cli, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuarantine) all =
      kaf_quarantine_fetch (kaf_database_get_path (cli->db), url, NULL, &error);

  if (all == NULL)
    return fail (error);
  kaf_quarantine_fill (all, cli->db, cli->lang);
  for (guint i = 0; i < all->edits->len; i++)
    {
      if (cli->json)
        print_json (g_ptr_array_index (all->edits, i), all);
      else
        print_text (cli, g_ptr_array_index (all->edits, i), all);
    }
  if (all->more && !cli->json)
    g_print ("%s\n", _ ("There are more: settle these first."));
  return all->edits->len > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

/* @reason: NULL: it is taken over. */
static KafExit
settle (KafCli *cli, const char *url, const char *id, const char *reason)
{
  const char *path = kaf_database_get_path (cli->db);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seen = 0;

  if (!read_id (id, &name, &seen))
    return kaf_cli_fail (_ ("Write the ID as “kafaatctl quarantine” lists it: “1042-0@1060”."));
  if (!(reason != NULL ? kaf_quarantine_refuse (path, url, name, reason, NULL, &error)
                       : kaf_quarantine_take (path, url, name, seen, NULL, &error)))
    return fail (error);
  g_print ("%s\n", reason != NULL
                       ? _ ("It is set aside; its author is told the reason.")
                       : _ ("It stands at the server in your name; it comes here with the next "
                            "exchange, and its author is told."));
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why it is set aside, for its author"),
      "TEXT" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean lists, takes, refuses;

  if (!kaf_cli_parse (cli, &kaf_verb_quarantine, entries, &words, 0, 2) ||
      !kaf_cli_check_reason (reason))
    return KAF_EXIT_USAGE;
  lists = words[1] == NULL || (g_str_equal (words[1], "list") && words[2] == NULL);
  takes = !lists && g_str_equal (words[1], "take") && words[2] != NULL;
  refuses = !lists && g_str_equal (words[1], "refuse") && words[2] != NULL;
  if (!lists && !takes && !refuses)
    return kaf_cli_fail (_ ("Write “quarantine list”, “quarantine take ID” or “quarantine refuse "
                            "ID --reason TEXT”."));
  if (refuses &&
      (reason == NULL || *g_strstrip (reason) == '\0' || !g_utf8_validate (reason, -1, NULL)))
    return kaf_cli_fail (_ ("Say why with --reason: its author is told."));
  if (!kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (state.url == NULL)
    return kaf_cli_fail (_ ("This store belongs to no server: nothing is kept aside."));
  if (!kaf_permit_settles (kaf_permit_read (cli->db)))
    return kaf_cli_fail (_ ("Your role on the server settles nothing that was kept aside: a "
                            "manager or a regional officer does."));
  return lists ? list (cli, state.url) : settle (cli, state.url, words[2], refuses ? reason : NULL);
}

const KafVerb kaf_verb_quarantine = {
  .name = "quarantine",
  .arguments = "[list | take ID | refuse ID --reason TEXT]",
  .summary = N_ ("Lists what was written out of its author's rights, or settles one"),
  .run = run,
  .records = TRUE,
};
