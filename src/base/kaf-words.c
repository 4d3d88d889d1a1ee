/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-words.h"

#include <libintl.h>

#include "base/kaf-catalogue.h"

#define N_LANGS 3

/* What was found of a language. A catalogue stays for the process; of a folder that holds none it is known, so that it
 * is not looked for with each word, and looked for again when the program says another one. */
static struct
{
  const KafCatalogue *catalogue;
  const char *without; /* the folder, as bindtextdomain() has it */
} found[N_LANGS];

static GMutex lock;

static const KafCatalogue *
look_for (KafLang lang, const char *folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *path = NULL;
  KafCatalogue *catalogue;

  if (found[lang].catalogue != NULL)
    return found[lang].catalogue;
  path =
      g_build_filename (folder, kaf_lang_code (lang), "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  catalogue = kaf_catalogue_load (path, NULL);
  g_atomic_pointer_set (&found[lang].without, folder);
  g_atomic_pointer_set (&found[lang].catalogue, catalogue);
  return catalogue;
}

static const KafCatalogue *
get_catalogue (KafLang lang)
{
  const KafCatalogue *catalogue;
  const char *folder;

  /* The words of the source are English. */
  if (lang == KAF_LANG_EN || (guint) lang >= N_LANGS)
    return NULL;
  catalogue = g_atomic_pointer_get (&found[lang].catalogue);
  if (catalogue != NULL)
    return catalogue;
  folder = bindtextdomain (GETTEXT_PACKAGE, NULL);
  if (folder == NULL || folder == g_atomic_pointer_get (&found[lang].without))
    return NULL;
  return look_for (lang, folder);
}

/* As the heads of po/fr.po and po/ar.po have it. */
static guint
choose_form (KafLang lang, gulong n)
{
  if (lang == KAF_LANG_FR)
    return n > 1 ? 1 : 0;
  if (lang != KAF_LANG_AR)
    return n != 1 ? 1 : 0;
  if (n <= 2)
    return (guint) n;
  if (n % 100 >= 3 && n % 100 <= 10)
    return 3;
  return n % 100 >= 11 ? 4 : 5;
}

const char *
kaf_words_get (KafLang lang, const char *msgid)
{
  const KafCatalogue *catalogue = get_catalogue (lang);
  /* "" would find the head of the catalogue. */
  const char *text =
      catalogue != NULL && *msgid != '\0' ? kaf_catalogue_find (catalogue, msgid, 0) : NULL;

  return text != NULL ? text : msgid;
}

const char *
kaf_words_context (KafLang lang, const char *context, const char *msgid)
{
  const KafCatalogue *catalogue = get_catalogue (lang);
  g_autofree char *key = catalogue != NULL ? g_strconcat (context, "\004", msgid, NULL) : NULL;
  const char *text = key != NULL ? kaf_catalogue_find (catalogue, key, 0) : NULL;

  return text != NULL ? text : msgid;
}

const char *
kaf_words_plural (KafLang lang, const char *singular, const char *plural, gulong n)
{
  const KafCatalogue *catalogue = get_catalogue (lang);
  const char *text =
      catalogue != NULL ? kaf_catalogue_find (catalogue, singular, choose_form (lang, n)) : NULL;

  if (text != NULL)
    return text;
  return n == 1 ? singular : plural;
}
