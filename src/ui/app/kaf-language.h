/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language the interface speaks, settled once before anything is translated. */
#pragma once

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* Sets locale and catalogues from @choice: "auto" follows the session, "ar", "en", "fr". To be
 * called first in main(), on the only thread, before GTK starts. KAF_LOCALEDIR in the environment
 * says where the catalogues are, instead of where they would be installed. */
void kaf_language_apply (const char *choice);

/* After GTK and libadwaita have started: direction of text, and libadwaita's own words in the
 * languages that it does not speak. */
void kaf_language_apply_to_toolkit (void);

/* The language settled upon. */
KafLang kaf_language_get (void);

G_END_DECLS
