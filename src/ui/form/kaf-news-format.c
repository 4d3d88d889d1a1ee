/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-news-format.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "ui/app/kaf-application.h"

static char *
format_time (gint64 when)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *now = kaf_time_format (g_get_real_time (), lang);
  g_autofree char *then = kaf_time_format (when, lang);
  const char *space = strrchr (then, ' ');
  gsize day = space != NULL ? (gsize) (space - then) : 0;

  /* Of today the day goes without saying. */
  return kaf_bidi_ltr (space != NULL && strncmp (now, then, day + 1) == 0 ? space + 1 : then);
}

char *
kaf_news_format (const KafNews *news)
{
  g_autofree char *value = kaf_bidi_isolate (news->text != NULL ? news->text : _ ("empty"));
  g_autofree char *who = news->author != NULL ? kaf_bidi_isolate (news->author) : NULL;
  g_autofree char *when = news->when > 0 ? format_time (news->when) : NULL;
  g_autofree char *sentence = NULL;

  if (news->own && when != NULL)
    /* Translators: the first %s is a time ("17:43"), the second a value. */
    sentence = g_strdup_printf (_ ("Changed by you elsewhere, %s: %s"), when, value);
  else if (who != NULL && when != NULL)
    /* Translators: who changed the field meanwhile ("Karim"), when ("17:43"), to what ("Liège"). */
    sentence = g_strdup_printf (_ ("Changed by %s, %s: %s"), who, when, value);
  else
    /* Translators: %s is a value. */
    sentence = g_strdup_printf (_ ("Changed meanwhile: %s"), value);
  return kaf_bidi_line (sentence);
}
