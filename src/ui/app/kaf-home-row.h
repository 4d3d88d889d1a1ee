/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the home page that leads somewhere: what, a line of context, a word or figure at its end. It
 * changes in place, so that nothing flickers when the page is read again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_HOME_ROW_HEIGHT 51 /* px, at the least */

#define KAF_TYPE_HOME_ROW (kaf_home_row_get_type ())
G_DECLARE_FINAL_TYPE (KafHomeRow, kaf_home_row, KAF, HOME_ROW, GtkListBoxRow)

GtkWidget *kaf_home_row_new (void);

/* @icon: name of a symbolic icon, nullable. @subtitle: nullable. */
void
kaf_home_row_set_text (KafHomeRow *self, const char *icon, const char *title, const char *subtitle);

/* @text: nullable, there is none then. @style: as in kaf_pill_new(). */
void kaf_home_row_set_pill (KafHomeRow *self, const char *text, const char *style);

/* A figure or date at the end. @text: nullable. @dim: small and pale, once for all. */
void kaf_home_row_set_figure (KafHomeRow *self, const char *text, gboolean dim);

/* What activating the row does. @target: floating, taken. Without this, the row is for reading. */
void kaf_home_row_set_target (KafHomeRow *self, const char *action, GVariant *target);

G_END_DECLS
