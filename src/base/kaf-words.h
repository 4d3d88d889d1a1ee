/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Translation into a language that need not be the interface's: a paper is French, Arabic or both whatever the window
 * speaks. The words are those of the program's own catalogues (DIR/LANG/LC_MESSAGES/kafaat.mo, in the folder that
 * bindtextdomain() was given), each read once for the process. Usable from any thread. What has no translation comes
 * back as it stands in the source. All that is returned lives as long as the process. (transfer none) */
#pragma once

#include "base/kaf-lang.h"

G_BEGIN_DECLS

const char *kaf_words_get (KafLang lang, const char *msgid);

/* Of words that need a context, as C_() has them. */
const char *kaf_words_context (KafLang lang, const char *context, const char *msgid);

/* The form for @n, as ngettext() chooses it: still a format. */
const char *kaf_words_plural (KafLang lang, const char *singular, const char *plural, gulong n);

G_END_DECLS
