/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the availability grid: one CSS node whose class gives colour and pattern. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_HALF_DAY (kaf_half_day_get_type ())
G_DECLARE_FINAL_TYPE (KafHalfDay, kaf_half_day, KAF, HALF_DAY, GtkWidget)

GtkWidget *kaf_half_day_new (void);

/* @state: "free", "tentative", "busy" or NULL. @name: "Monday 4 January, morning: free". */
void kaf_half_day_set (KafHalfDay *self, const char *state, const char *name);

G_END_DECLS
