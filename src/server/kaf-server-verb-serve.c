/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server serve: until it is told to stop. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/kaf-dev-tls.h"
#include "server/kaf-hub-blobs.h"
#include "server/kaf-server-cli.h"
#include "server/kaf-server.h"
#include "server/kaf-snapshot-keeper.h"

#define LISTEN_DEFAULT "127.0.0.1:8443"

/* All connections, and the files; a process begins with 1024. */
#define FILES_WANTED 4096

#define CLEAN_INTERVAL_S 3600
#define MIB (G_GINT64_CONSTANT (1024) * 1024)

typedef struct
{
  char *listen, *socket;
  char *cert_file, *key_file;
  gboolean dev_tls;
  int file_limit, user_limit; /* MiB */
} Options;

static void
options_clear (Options *self)
{
  g_free (self->listen);
  g_free (self->socket);
  g_free (self->cert_file);
  g_free (self->key_file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *self, GStrv *words)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_FILENAME, &self->listen,
      N_ ("Where to listen (127.0.0.1:8443 unless told)"), "ADDRESS:PORT" },
    { "unix", 0, 0, G_OPTION_ARG_FILENAME, &self->socket,
      N_ ("Listen on a socket of this machine, behind a proxy that speaks TLS"), "PATH" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &self->cert_file,
      N_ ("Certificate and what leads to its authority (PEM)"), "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file, N_ ("The certificate's key (PEM)"),
      "FILE" },
    { "dev-tls", 0, 0, G_OPTION_ARG_NONE, &self->dev_tls,
      N_ ("Make a certificate for this machine alone"), NULL },
    { "file-limit", 0, 0, G_OPTION_ARG_INT, &self->file_limit,
      N_ ("Largest file that is taken (256 unless told)"), "MIB" },
    { "user-limit", 0, 0, G_OPTION_ARG_INT, &self->user_limit,
      N_ ("All files that one user may send (16384 unless told)"), "MIB" },
    { NULL },
  };
  gboolean given;

  if (!kaf_server_cli_parse (&kaf_server_verb_serve, entries, words, 0, 0))
    return FALSE;
  given = self->cert_file != NULL || self->key_file != NULL;
  if (self->socket != NULL && (self->listen != NULL || given || self->dev_tls))
    kaf_server_cli_fail_usage (_ ("--unix goes without --listen and without TLS."));
  else if (given && (self->cert_file == NULL || self->key_file == NULL || self->dev_tls))
    kaf_server_cli_fail_usage (_ ("--tls-cert and --tls-key go together, and without --dev-tls."));
  else if (self->file_limit < 1 || self->user_limit < 1)
    kaf_server_cli_fail_usage (_ ("The limits are numbers of MiB, from 1 up."));
  else if (self->socket == NULL && !given && !self->dev_tls)
    kaf_server_cli_fail_usage (_ ("Nothing goes over a network in the clear: give --tls-cert and "
                                  "--tls-key, or --dev-tls, or --unix."));
  else
    return TRUE;
  return FALSE;
}

static void
raise_limits (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_WANTED)
    return;
  files.rlim_cur = MIN (files.rlim_max, FILES_WANTED);
  setrlimit (RLIMIT_NOFILE, &files);
}

static gboolean
load_tls (const Options *options, const char *dir, char **cert, char **key, GError **error)
{
  if (options->socket != NULL)
    return TRUE;
  if (options->dev_tls)
    return kaf_dev_tls_ensure (dir, g_get_real_time () / G_USEC_PER_SEC, cert, key, error);
  return g_file_get_contents (options->cert_file, cert, NULL, error) &&
         g_file_get_contents (options->key_file, key, NULL, error);
}

static KafListener *
make_listener (const Options *options, GError **error)
{
  if (options->socket != NULL)
    return kaf_listener_new_unix (options->socket, error);
  return kaf_listener_new_tcp (options->listen != NULL ? options->listen : LISTEN_DEFAULT, error);
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hour (gpointer data)
{
  kaf_service_clean (data);
  return G_SOURCE_CONTINUE;
}

static void
run_until_told (KafService *service, const char *where)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint sources[] = {
    g_unix_signal_add (SIGTERM, on_signal, loop),
    g_unix_signal_add (SIGINT, on_signal, loop),
    g_timeout_add_seconds (CLEAN_INTERVAL_S, on_hour, service),
  };

  /* One line for whoever started it, and the same in every language. */
  g_print ("kafaat-server: listening on %s\n", where);
  fflush (stdout);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

static KafServerExit
serve (const Options *options, const char *dir)
{
  g_autoptr (KafService) service = kaf_server_cli_open (dir);
  g_autoptr (KafListener) listener = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *cert = NULL;
  g_autofree char *key = NULL;
  KafSnapshotKeeper *keeper;
  KafServer *server;

  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  kaf_hub_blobs_set_limits (kaf_hub_get_blobs (service->hub), options->file_limit * MIB,
                            options->user_limit * MIB);
  kaf_service_clean (service);
  if (!kaf_service_open_reader (service, &error))
    return kaf_server_cli_fail_error (NULL, error);
  if (!load_tls (options, dir, &cert, &key, &error))
    return kaf_server_cli_fail_error (NULL, error);
  listener = make_listener (options, &error);
  if (listener == NULL)
    return kaf_server_cli_fail_error (NULL, error);
  server = kaf_server_start (service, listener, cert, key, &error);
  if (server == NULL)
    return kaf_server_cli_fail_error (NULL, error);
  keeper = kaf_snapshot_keeper_start (service);
  run_until_told (service, listener->where);
  kaf_snapshot_keeper_stop (keeper);
  kaf_server_stop (server);
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
run (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (Options) options = { .file_limit = 256, .user_limit = 16384 };
  KafServerExit status;
  int lock;

  if (!parse (&options, &words))
    return KAF_SERVER_EXIT_USAGE;
  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    return kaf_server_cli_fail (
        _ ("There is no server here yet: “kafaat-server --dir DIR init” makes one."));
  lock = kaf_server_cli_lock (dir);
  if (lock < 0)
    return KAF_SERVER_EXIT_FINDING;
  signal (SIGPIPE, SIG_IGN);
  raise_limits ();
  status = serve (&options, dir);
  close (lock);
  return status;
}

const KafServerVerb kaf_server_verb_serve = {
  .name = "serve",
  .arguments = "[--listen ADDRESS:PORT | --unix PATH] [--tls-cert FILE --tls-key FILE | --dev-tls]"
               " [--file-limit MIB] [--user-limit MIB]",
  .summary = N_ ("Serves until it is told to stop"),
  .run = run,
};
