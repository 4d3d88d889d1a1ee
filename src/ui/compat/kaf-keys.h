/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a page that do something only where their function says so: a shortcut of the class cannot ask first. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* To @keys, a GtkShortcutController. @func gets @action (nullable) as its data, and @arguments (nullable, floating). */
void kaf_keys_add (GtkEventController *keys,
                   guint keyval,
                   GdkModifierType modifiers,
                   GtkShortcutFunc func,
                   const char *action,
                   GVariant *arguments);

G_END_DECLS
