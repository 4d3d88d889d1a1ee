/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-server-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include "server/kaf-password.h"
#include "server/kaf-tokens.h"

/* What is read is longer than any password, so that one that is too long is not cut to fit. */
#define LINE_MAX_BYTES (KAF_PASSWORD_MAX_BYTES + 8)

static void
tell (const char *format, va_list values)
{
  g_autofree char *text = g_strdup_vprintf (format, values);

  g_printerr ("kafaat-server: %s\n", text);
}

KafServerExit
kaf_server_cli_fail_usage (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  tell (format, values);
  va_end (values);
  return KAF_SERVER_EXIT_USAGE;
}

KafServerExit
kaf_server_cli_fail (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  tell (format, values);
  va_end (values);
  return KAF_SERVER_EXIT_FINDING;
}

static const char *
explain_hub (int code)
{
  switch (code)
    {
    case KAF_HUB_ERROR_MISSING:
      return _ ("There is no server here yet: “kafaat-server --dir DIR init” makes one.");
    case KAF_HUB_ERROR_EXISTS:
      return _ ("There is such a file already.");
    case KAF_HUB_ERROR_FOREIGN:
      return _ ("The file belongs to another program, or to a newer version of this one.");
    case KAF_HUB_ERROR_FULL:
      return _ ("The disk is full.");
    default:
      return _ ("The file cannot be read or written.");
    }
}

static KafServerExit
fail_accounts (const char *what, int code)
{
  if (code == KAF_ACCOUNTS_ERROR_EXISTS)
    return kaf_server_cli_fail (_ ("There is a user “%s” already."), what);
  return kaf_server_cli_fail (_ ("There is no “%s”."), what);
}

KafServerExit
kaf_server_cli_fail_error (const char *what, const GError *error)
{
  if (error->domain == KAF_ACCOUNTS_ERROR && what != NULL)
    return fail_accounts (what, error->code);
  if (error->domain == KAF_HUB_ERROR)
    return kaf_server_cli_fail ("%s (%s)", explain_hub (error->code), error->message);
  return kaf_server_cli_fail ("%s", error->message);
}

static gboolean
check_words (GStrv args, const KafServerVerb *verb, guint least, guint most)
{
  guint n = g_strv_length (args);

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (args[i], -1, NULL))
      {
        kaf_server_cli_fail_usage (_ ("The command line is not in UTF-8."));
        return FALSE;
      }
  if (n - 1 >= least && n - 1 <= most)
    return TRUE;
  kaf_server_cli_fail_usage (_ ("Usage: kafaat-server --dir DIR %s %s"), verb->name,
                             verb->arguments);
  return FALSE;
}

gboolean
kaf_server_cli_parse (
    const KafServerVerb *verb, const GOptionEntry *entries, GStrv *args, guint least, guint most)
{
  g_autoptr (GOptionContext) context = g_option_context_new (verb->arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _ (verb->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, args, &error))
    {
      kaf_server_cli_fail_usage ("%s", error->message);
      return FALSE;
    }
  return check_words (*args, verb, least, most);
}

KafService *
kaf_server_cli_open (const char *dir)
{
  g_autoptr (GError) error = NULL;
  KafService *service = kaf_service_open (dir, FALSE, &error);

  if (service == NULL)
    kaf_server_cli_fail_error (NULL, error);
  return service;
}

/* A line without its end; NULL at the end of the input. */
static char *
read_line (void)
{
  char line[LINE_MAX_BYTES];
  char *copy;

  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  copy = g_strdup (line);
  explicit_bzero (line, sizeof line);
  return copy;
}

static char *
ask_unseen (const char *prompt)
{
  struct termios before, unseen;
  char *line;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  unseen = before;
  unseen.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s", prompt);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  line = read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return line;
}

/* NULL when it was told that the two differ. */
static char *
ask_twice (void)
{
  g_autoptr (KafSecret) first = ask_unseen (_ ("Password: "));
  g_autoptr (KafSecret) second = first != NULL ? ask_unseen (_ ("The same again: ")) : NULL;

  if (first == NULL || second == NULL)
    kaf_server_cli_fail_usage (_ ("No password was given."));
  else if (!g_str_equal (first, second))
    kaf_server_cli_fail_usage (_ ("The two are not the same."));
  else
    return g_steal_pointer (&first);
  return NULL;
}

char *
kaf_server_cli_read_password (gboolean from_stdin)
{
  g_autoptr (KafSecret) password = NULL;

  if (!from_stdin && !isatty (STDIN_FILENO))
    {
      kaf_server_cli_fail_usage (_ ("There is no terminal to ask on: use --password-stdin."));
      return NULL;
    }
  password = from_stdin ? read_line () : ask_twice ();
  if (password == NULL)
    {
      if (from_stdin)
        kaf_server_cli_fail_usage (_ ("No password was given."));
      return NULL;
    }
  if (kaf_password_is_good (password))
    return g_steal_pointer (&password);
  kaf_server_cli_fail_usage (ngettext ("A password has %d character at least.",
                                       "A password has %d characters at least.",
                                       KAF_PASSWORD_MIN_CHARS),
                             KAF_PASSWORD_MIN_CHARS);
  return NULL;
}

char *
kaf_server_cli_format_time (gint64 ms)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (ms / 1000);

  return ms != 0 && when != NULL ? g_date_time_format (when, "%Y-%m-%d %H:%M UTC") : g_strdup ("—");
}

/* Held for as long as the process lives: two servers over one hub would each believe itself alone. */
int
kaf_server_cli_lock (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    kaf_server_cli_fail ("%s: %s", path, g_strerror (errno));
  else if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      kaf_server_cli_fail (_ ("A server runs on %s already."), dir);
      close (fd);
      fd = -1;
    }
  return fd;
}
