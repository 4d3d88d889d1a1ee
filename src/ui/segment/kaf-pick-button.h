/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that offers a long choice with a search in it: fields of a record, ways to other records.
 * Signal "picked" (guint index): in the order in which they were added. */
#define KAF_TYPE_PICK_BUTTON (kaf_pick_button_get_type ())
G_DECLARE_FINAL_TYPE (KafPickButton, kaf_pick_button, KAF, PICK_BUTTON, GtkWidget)

/* @icon: nullable. */
GtkWidget *kaf_pick_button_new (const char *label, const char *icon);
void kaf_pick_button_set_label (KafPickButton *self, const char *label);

/* @group: heading, said again for each of its items. */
void kaf_pick_button_add (KafPickButton *self, const char *group, const char *label);

/* As if a person had chosen it. */
void kaf_pick_button_pick (KafPickButton *self, guint index);
void kaf_pick_button_open (KafPickButton *self);

G_END_DECLS
