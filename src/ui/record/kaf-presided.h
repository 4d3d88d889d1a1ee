/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who presided on a given day: a date is typed, the answer stands under it. Of networks and organisations. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_PRESIDED (kaf_presided_get_type ())
G_DECLARE_FINAL_TYPE (KafPresided, kaf_presided, KAF, PRESIDED, GtkBox)

GtkWidget *kaf_presided_new (KafStore *store, KafLang lang);

/* The organisation that is asked about; the answer is sought again. */
void kaf_presided_set_id (KafPresided *self, const char *id);

/* As if it were typed: "24/06/2020". */
void kaf_presided_set_day (KafPresided *self, const char *typed);

/* What the answer says now; "" before a day was given. */
const char *kaf_presided_get_answer (KafPresided *self);

G_END_DECLS
