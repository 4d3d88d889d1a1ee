/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-bench-server.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kaf-bench.h"

static void
remove_dir (KafBenchServer *self)
{
  const char *argv[] = { "rm", "-rf", self->dir, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

KafBenchServer *
kaf_bench_server_new (const char *program, const char *name)
{
  KafBenchServer *self = g_new0 (KafBenchServer, 1);

  self->program = g_strdup (program);
  self->dir = kaf_bench_scratch (name);
  remove_dir (self);
  kaf_bench_server_call (self, "init");
  return self;
}

void
kaf_bench_server_free (KafBenchServer *self)
{
  remove_dir (self);
  g_free (self->program);
  g_free (self->dir);
  g_free (self);
}

void
kaf_bench_server_call (KafBenchServer *self, const char *words)
{
  g_autofree char *command = g_strdup_printf ("printf '%%s\\n' '%s' | '%s' --dir '%s' %s",
                                              KAF_BENCH_PASSWORD, self->program, self->dir, words);
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  kaf_bench_check (error);
  g_spawn_check_wait_status (status, &error);
  kaf_bench_check (error);
}

/* Waits for the line that tells the port. */
void
kaf_bench_server_start (KafBenchServer *self)
{
  const char *argv[] = { self->program, "--dir",       self->dir,   "serve",
                         "--listen",    "127.0.0.1:0", "--dev-tls", NULL };
  g_autofree char *pem = g_build_filename (self->dir, "dev-ca.pem", NULL);
  /* As its unit for systemd has it. */
  g_auto (GStrv) environ = g_environ_setenv (g_get_environ (), "G_SLICE", "always-malloc", TRUE);
  g_autoptr (GError) error = NULL;
  char line[200];
  gssize n = 0;

  g_spawn_async_with_pipes (NULL, (char **) argv, environ,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                            &self->pid, NULL, &self->out, NULL, &error);
  kaf_bench_check (error);
  while (n < (gssize) sizeof line - 1 && read (self->out, line + n, 1) == 1 && line[n] != '\n')
    n++;
  line[n] = '\0';
  self->url = g_strconcat ("https://", strrchr (line, ' ') + 1, NULL);
  g_file_get_contents (pem, &self->authority, NULL, &error);
  kaf_bench_check (error);
}

void
kaf_bench_server_stop (KafBenchServer *self)
{
  kill (self->pid, SIGTERM);
  waitpid (self->pid, NULL, 0);
  close (self->out);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->authority, g_free);
}

double
kaf_bench_server_memory (KafBenchServer *self, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", self->pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, name)) == NULL)
    return 0;
  return strtol (line + strlen (name) + 1, NULL, 10) / 1024.0;
}

double
kaf_bench_server_used (KafBenchServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", self->pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  const char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (end = strrchr (text, ')')) == NULL)
    return 0;
  words = g_strsplit (end + 2, " ", 14);
  return g_strv_length (words) < 14
             ? 0
             : (g_ascii_strtod (words[11], NULL) + g_ascii_strtod (words[12], NULL)) * 1000 /
                   sysconf (_SC_CLK_TCK);
}
