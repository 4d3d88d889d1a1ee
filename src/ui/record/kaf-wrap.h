/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after the other on a common baseline, going to the next line when the width ends. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_WRAP (kaf_wrap_get_type ())
G_DECLARE_FINAL_TYPE (KafWrap, kaf_wrap, KAF, WRAP, GtkWidget)

/* @spacing, @line_spacing: px. */
GtkWidget *kaf_wrap_new (int spacing, int line_spacing);
void kaf_wrap_append (KafWrap *self, GtkWidget *child);
void kaf_wrap_clear (KafWrap *self);

G_END_DECLS
