/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The languages in which Kafaat writes; not a list of languages people speak. */
typedef enum
{
  KAF_LANG_EN,
  KAF_LANG_FR,
  KAF_LANG_AR,
} KafLang;

KafLang kaf_lang_from_string (const char *name);
const char *kaf_lang_code (KafLang lang);
gboolean kaf_lang_is_rtl (KafLang lang);

G_END_DECLS
