/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gettext follows LANGUAGE only in a locale other than "C": where the session's locale is not
 * generated, C.UTF-8, which always is, stands in, and LANGUAGE keeps what the session asked for. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <libintl.h>
#include <locale.h>

#include "ui/app/kaf-language.h"

static KafLang current = KAF_LANG_EN;

/* The language that the session asks for, by the usual order of precedence. */
static char *
session_language (void)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return g_strndup (value, strcspn (value, ":._@"));
    }
  return g_strdup ("en");
}

static void
set_locale (void)
{
  const char *messages;

  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  messages = setlocale (LC_MESSAGES, NULL);
  if (messages == NULL || g_str_equal (messages, "C") || g_str_equal (messages, "POSIX"))
    {
      setlocale (LC_CTYPE, "C.UTF-8");
      setlocale (LC_MESSAGES, "C.UTF-8");
    }
  /* Figures are written by kaf_number_format(); what machines read must keep its dot. */
  setlocale (LC_NUMERIC, "C");
}

void
kaf_language_apply (const char *choice)
{
  g_autofree char *language = NULL;
  const char *dir = g_getenv ("KAF_LOCALEDIR");

  if (choice != NULL && *choice != '\0' && !g_str_equal (choice, "auto"))
    language = g_strdup (choice);
  else
    language = session_language ();

  current = kaf_lang_from_string (language);
  /* A session in a fourth language reads English, as gettext would have it. */
  g_setenv ("LANGUAGE", current == KAF_LANG_EN ? "en" : kaf_lang_code (current), TRUE);
  set_locale ();

  bindtextdomain (GETTEXT_PACKAGE, dir != NULL ? dir : KAF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
kaf_language_apply_to_toolkit (void)
{
  gtk_widget_set_default_direction (kaf_lang_is_rtl (current) ? GTK_TEXT_DIR_RTL
                                                              : GTK_TEXT_DIR_LTR);
  if (current == KAF_LANG_AR)
    {
      /* libadwaita 1.2 has no Arabic: its few words are carried in a catalogue beside our own. */
      const char *dir = g_getenv ("KAF_LOCALEDIR");
      g_autofree char *folder = dir != NULL ? g_build_filename (dir, "libadwaita", NULL)
                                            : g_build_filename (KAF_PKGDATADIR, "locale", NULL);

      bindtextdomain ("libadwaita", folder);
      bind_textdomain_codeset ("libadwaita", "UTF-8");
    }
}

KafLang
kaf_language_get (void)
{
  return current;
}
