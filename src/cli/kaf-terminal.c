/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-terminal.h"

#include <stdarg.h>
#include <stdio.h>

/* In the place of what is not shown. */
#define REPLACEMENT 0xFFFD

static const gboolean *is_json;

static gboolean
may_pass (gunichar c)
{
  return c == '\n' || c == '\t' || (c < (gunichar) -2 && !g_unichar_iscntrl (c));
}

static void
write_clean (const char *text, FILE *stream)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  while (*text != '\0')
    {
      /* What is no UTF-8 is two of the highest numbers. */
      gunichar c = g_utf8_get_char_validated (text, -1);

      g_string_append_unichar (clean, may_pass (c) ? c : REPLACEMENT);
      text = c < (gunichar) -2 ? g_utf8_next_char (text) : text + 1;
    }
  fputs (clean->str, stream);
}

static void
print (const char *text)
{
  if (*is_json)
    fputs (text, stdout);
  else
    write_clean (text, stdout);
}

static void
print_error (const char *text)
{
  fflush (stdout);
  write_clean (text, stderr);
}

void
kaf_terminal_begin (const gboolean *json)
{
  is_json = json;
  g_set_print_handler (print);
  g_set_printerr_handler (print_error);
}

void
kaf_terminal_show_progress (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  fputs ("\r", stderr);
  write_clean (text, stderr);
}

void
kaf_terminal_clear_progress (void)
{
  fputs ("\r\033[K", stderr);
}
