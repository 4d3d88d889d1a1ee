/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server erase: a person asked to be forgotten. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "rules/kaf-hold.h"
#include "server/kaf-server-cli.h"

static KafServerExit
run (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  g_autofree char *what = NULL;
  guint n = 0;

  if (!kaf_server_cli_parse (&kaf_server_verb_erase, NULL, &words, 1, 1))
    return KAF_SERVER_EXIT_USAGE;
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  if (kaf_service_erase (service, words[1], &n, kept, &error))
    {
      if (n == 0)
        {
          g_print (
              "%s\n",
              _ ("It was erased before. What had remained of it here is removed now, if anything had;"
                 " each device follows at its next sync."));
          return KAF_SERVER_EXIT_OK;
        }
      g_print (ngettext ("%u record was erased for ever; each device follows at its next sync.\n",
                         "%u records were erased for ever; each device follows at its next sync.\n",
                         n),
               n);
      what = kaf_hold_describe (kept, kaf_lang_from_string (g_get_language_names ()[0]));
      if (what != NULL)
        g_print ("%s\n", what);
      return KAF_SERVER_EXIT_OK;
    }
  if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    return kaf_server_cli_fail (_ ("There is no record of this number: nothing was erased."));
  if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_UNFINISHED))
    return kaf_server_cli_fail (
        _ ("It is erased, here and for each device at its next sync, but traces of it remain in the server’s file"
           " (%s). Make room on the disk, end what else reads the file, and give the same command again."),
        error->message);
  return kaf_server_cli_fail_error (NULL, error);
}

const KafServerVerb kaf_server_verb_erase = {
  .name = "erase",
  .arguments = "ID",
  .summary = N_ ("Erases a record and what belongs to it for ever, here and on every device"),
  .run = run,
};
