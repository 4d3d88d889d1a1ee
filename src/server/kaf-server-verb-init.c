/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server init, backup, restore: the files of the server. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/kaf-hub-blobs.h"
#include "server/kaf-server-cli.h"
#include "server/kaf-snapshots.h"

static KafServerExit
init (const char *dir, GStrv args)
{
  gboolean production = FALSE;
  const GOptionEntry entries[] = {
    { "production", 0, 0, G_OPTION_ARG_NONE, &production, N_ ("Take no sample data, ever"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_init, entries, &words, 0, 0))
    return KAF_SERVER_EXIT_USAGE;
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return kaf_server_cli_fail ("%s: %s", dir, g_strerror (errno));
  /* A folder that was there may have been open to others. */
  if (g_chmod (dir, 0700) != 0)
    return kaf_server_cli_fail ("%s: %s", dir, g_strerror (errno));
  service = kaf_service_open (dir, TRUE, &error);
  if (service == NULL || (production && !kaf_hub_set_production (service->hub, TRUE, &error)))
    return kaf_server_cli_fail_error (NULL, error);
  g_print (_ ("The server's files are in %s. Next: “user add”, “grant”, “serve”.\n"), dir);
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
backup (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *accounts = NULL;
  g_autofree char *files = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_backup, NULL, &words, 1, 1))
    return KAF_SERVER_EXIT_USAGE;
  accounts = g_strconcat (words[1], ".accounts", NULL);
  files = g_strconcat (words[1], ".files", NULL);
  if (g_file_test (words[1], G_FILE_TEST_IS_DIR))
    return kaf_server_cli_fail_usage (_ ("%s is a folder: name the file to write."), words[1]);
  if (g_file_test (words[1], G_FILE_TEST_EXISTS) || g_file_test (accounts, G_FILE_TEST_EXISTS) ||
      g_file_test (files, G_FILE_TEST_EXISTS))
    return kaf_server_cli_fail (_ ("%s or %s is there already: nothing was written."), words[1],
                                accounts);
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  if (!kaf_hub_back_up (service->hub, words[1], &error))
    return kaf_server_cli_fail_error (NULL, error);
  if (!kaf_accounts_back_up (service->accounts, accounts, &error))
    {
      g_unlink (words[1]); /* half a backup is none */
      return kaf_server_cli_fail_error (NULL, error);
    }
  /* After the records: whatever these name and was there is copied. What a failure leaves of it is
   * whole, file by file, and the records stand. */
  if (!kaf_hub_blobs_back_up (kaf_hub_get_blobs (service->hub), files, &error))
    return kaf_server_cli_fail_error (NULL, error);
  g_print (_ ("Written: %s, %s and the files in %s.\n"), words[1], accounts, files);
  return KAF_SERVER_EXIT_OK;
}

/* In the place of NAME in @dir, and of its log. */
static gboolean
put_back (const char *dir, const char *name, const char *from, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *fresh = g_strconcat (path, ".restored", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (fresh);
  static const char *const logs[] = { "-wal", "-shm" };

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return FALSE;
  g_chmod (fresh, 0600);
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (path, logs[i], NULL);

      g_unlink (log);
    }
  if (g_rename (fresh, path) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s", g_strerror (errno));
  return FALSE;
}

/* What was erased since the backup is erased again as the files are opened. */
static KafServerExit
restore_files (const char *dir, const char *file, const char *accounts)
{
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *files = NULL;

  if (!put_back (dir, "hub.db", file, &error) || !put_back (dir, "accounts.db", accounts, &error))
    return kaf_server_cli_fail ("%s", error->message);
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  files = g_strconcat (file, ".files", NULL);
  if (!kaf_hub_begin_anew (service->hub, &error) || !kaf_snapshots_forget (dir, &error) ||
      !kaf_hub_blobs_restore (kaf_hub_get_blobs (service->hub), files, &error))
    return kaf_server_cli_fail_error (NULL, error);
  g_print (_ ("Restored. Devices send again what the backup does not hold.\n"));
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
restore (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autofree char *accounts = NULL;
  KafServerExit status;
  int lock;

  if (!kaf_server_cli_parse (&kaf_server_verb_restore, NULL, &words, 1, 1))
    return KAF_SERVER_EXIT_USAGE;
  accounts = g_strconcat (words[1], ".accounts", NULL);
  if (!g_file_test (words[1], G_FILE_TEST_IS_REGULAR) ||
      !g_file_test (accounts, G_FILE_TEST_IS_REGULAR))
    return kaf_server_cli_fail (_ ("%s or %s is not there: nothing was restored."), words[1],
                                accounts);
  lock = kaf_server_cli_lock (dir);
  if (lock < 0)
    return KAF_SERVER_EXIT_FINDING;
  status = restore_files (dir, words[1], accounts);
  close (lock);
  return status;
}

const KafServerVerb kaf_server_verb_init = {
  .name = "init",
  .arguments = "[--production]",
  .summary = N_ ("Makes the folder of a new server and its files"),
  .run = init,
};

const KafServerVerb kaf_server_verb_backup = {
  .name = "backup",
  .arguments = "FILE",
  .summary =
      N_ ("Copies the records to FILE, the accounts to FILE.accounts, the files to FILE.files"),
  .run = backup,
};

const KafServerVerb kaf_server_verb_restore = {
  .name = "restore",
  .arguments = "FILE",
  .summary = N_ ("Puts a backup in the place of the server's files; it must not be serving"),
  .run = restore,
};
