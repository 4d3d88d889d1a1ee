/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language, appearance, the name that the history shows, where the store is. */
#pragma once

#include <adwaita.h>

#include "ui/app/kaf-application.h"

G_BEGIN_DECLS

#define KAF_TYPE_PREFERENCES_WINDOW (kaf_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
    KafPreferencesWindow, kaf_preferences_window, KAF, PREFERENCES_WINDOW, AdwPreferencesWindow)

/* @store: nullable, what is kept in it is then left out. */
GtkWidget *kaf_preferences_window_new (KafApplication *application, KafStore *store);

/* A toast of the preferences that @from stands in. FALSE: it stands in none. */
gboolean kaf_preferences_window_tell (GtkWidget *from, const char *text);

G_END_DECLS
