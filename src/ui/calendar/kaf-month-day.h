/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day in the grid of a month: its number and what stands on it, as far as there is room. A square is a session or a
 * meeting, a ring what is due, a diamond the end of a convention: the colour says how it stands, and never alone. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-agenda.h"

G_BEGIN_DECLS

#define KAF_TYPE_MONTH_DAY (kaf_month_day_get_type ())
G_DECLARE_FINAL_TYPE (KafMonthDay, kaf_month_day, KAF, MONTH_DAY, GtkWidget)

GtkWidget *kaf_month_day_new (void);

/* @items (element-type KafAgendaItem, nullable): of the whole grid; those of the day are taken out. @outside: of the
 * month before or after. */
void kaf_month_day_set (KafMonthDay *self,
                        KafDay day,
                        gboolean outside,
                        gboolean today,
                        const GPtrArray *items,
                        KafLang lang);

KafDay kaf_month_day_get_day (KafMonthDay *self);

/* How many entries stand on it. */
guint kaf_month_day_get_n (KafMonthDay *self);

G_END_DECLS
