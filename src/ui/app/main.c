/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's program: settles the language before GTK starts, then runs the application. */
#include "config.h"

#include <sys/stat.h>

#include "base/kaf-memory.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-language.h"
#include "ui/app/kaf-restart.h"
#include "ui/app/kaf-settings.h"
#include "ui/compat/kaf-style.h"

int
main (int argc, char **argv)
{
  g_autofree char *language = NULL;
  int status;

  /* What Kafaat writes is personal data: nobody else on the computer reads it. */
  umask (077);
  kaf_memory_return_large ();
  kaf_restart_remember (argc, argv);
  /* Reading a setting starts a thread; after that, the environment may change in place only. */
  g_setenv ("LANGUAGE", "", FALSE);
  kaf_style_skip_theme ();
  language = kaf_settings_get_string (KAF_SETTING_LANGUAGE);
  kaf_language_apply (language);
  gtk_disable_setlocale ();

  {
    g_autoptr (KafApplication) application = kaf_application_new ();

    status = g_application_run (G_APPLICATION (application), argc, argv);
  }
  kaf_restart_run ();
  return status;
}
