/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Around what is read from the store: when that failed, a page in its stead says what to do and tries again; when
 * something shows already it stays, under a line that says so. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_READ_FRAME (kaf_read_frame_get_type ())
G_DECLARE_FINAL_TYPE (KafReadFrame, kaf_read_frame, KAF, READ_FRAME, GtkBox)

/* @heading: "The calendar could not be read". @retry: name of the action that reads again. */
GtkWidget *kaf_read_frame_new (GtkWidget *content, const char *heading, const char *retry);

/* The reading failed, for @error (nullable: nobody knows why). @shown: the content holds what was read before. */
void kaf_read_frame_fail (KafReadFrame *self, const GError *error, gboolean shown);

/* The reading went well. */
void kaf_read_frame_clear (KafReadFrame *self);

gboolean kaf_read_frame_has_failed (KafReadFrame *self);

G_END_DECLS
