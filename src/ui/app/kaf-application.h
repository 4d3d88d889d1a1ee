/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: language, store, windows, actions "app.*". */
#pragma once

#include <adwaita.h>

#include "base/kaf-lang.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_APPLICATION (kaf_application_get_type ())
G_DECLARE_FINAL_TYPE (KafApplication, kaf_application, KAF, APPLICATION, AdwApplication)

KafApplication *kaf_application_new (void);

/* The language of the interface, in which data is formatted. Known once main() or the tests
 * called kaf_language_apply(); never changes while the program runs. */
KafLang kaf_application_get_lang (void);

/* Path of the store in use or to be opened. */
const char *kaf_application_get_store_path (KafApplication *self);

/* Opens the store at @path in every window in place of the present one. (nullable: the same path
 * again) */
void kaf_application_open_store (KafApplication *self, const char *path);

/* Ends this process's windows and starts the program anew with the same arguments: the way a new
 * language takes effect. */
void kaf_application_restart (KafApplication *self);

/* The window stays, for what was typed in it: the program is not to end with it any more. */
void kaf_application_stay (KafApplication *self);

G_END_DECLS
