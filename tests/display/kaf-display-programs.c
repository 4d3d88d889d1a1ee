/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-display-programs.h"

#include <string.h>

char *
kaf_display_call (const char *input, const char *program, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  const char *word;
  va_list rest;

  g_ptr_array_add (words, (gpointer) program);
  va_start (rest, program);
  while ((word = va_arg (rest, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  process =
      g_subprocess_newv ((const char *const *) words->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

void
kaf_display_ignore (char *printed)
{
  g_free (printed);
}

GSubprocess *
kaf_display_serve (const char *dir, const char *listen, char **url)
{
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
      g_getenv ("KAFAAT_SERVER"), "--dir", dir, "serve", "--dev-tls", "--listen", listen, NULL);

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (*url);
  *url = g_strconcat ("https://", strrchr (line, ' ') + 1, NULL);
  return server;
}
