/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's few settings of this computer (GSettings), or their defaults in memory when the
 * schema is not installed, as in a build that runs from its folder. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keys as in org.kafaat.Kafaat.gschema.xml. */
#define KAF_SETTING_LANGUAGE "language"           /* "auto", "ar", "en", "fr" */
#define KAF_SETTING_COLOR_SCHEME "color-scheme"   /* "default", "light", "dark" */
#define KAF_SETTING_WINDOW_WIDTH "window-width"   /* px */
#define KAF_SETTING_WINDOW_HEIGHT "window-height" /* px */
#define KAF_SETTING_WINDOW_MAXIMIZED "window-maximized"

char *kaf_settings_get_string (const char *key); /* (transfer full) */
void kaf_settings_set_string (const char *key, const char *value);
int kaf_settings_get_int (const char *key);
void kaf_settings_set_int (const char *key, int value);
gboolean kaf_settings_get_boolean (const char *key);
void kaf_settings_set_boolean (const char *key, gboolean value);

/* Waits until what was set is kept: before the program replaces itself. */
void kaf_settings_sync (void);

G_END_DECLS
