/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A state that reads without colour: full free, ringed tentative, full with a bar busy, hollow
 * unknown. A word goes with it. */
#define KAF_TYPE_DOT (kaf_dot_get_type ())
G_DECLARE_FINAL_TYPE (KafDot, kaf_dot, KAF, DOT, GtkWidget)

GtkWidget *kaf_dot_new (void);

/* @state: "free", "tentative", "busy", or NULL for unknown. */
void kaf_dot_set_state (KafDot *self, const char *state);

G_END_DECLS
