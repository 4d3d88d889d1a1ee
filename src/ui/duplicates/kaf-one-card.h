/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the page of a record that is one with others: who judged so, when and why, and the way back. Hidden where it is one
 * with none.
 *
 * Action: one.separate (s: id of a judgement). */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_ONE_CARD (kaf_one_card_get_type ())
G_DECLARE_FINAL_TYPE (KafOneCard, kaf_one_card, KAF, ONE_CARD, GtkBox)

GtkWidget *kaf_one_card_new (KafStore *store, KafLang lang);

/* Reads what was judged of that record; of any but persons and organisations, nothing. */
void kaf_one_card_set_record (KafOneCard *self, const KafEntity *entity, const char *id);

/* The judgements that tie it to others; 0: none, or they are being read. */
guint kaf_one_card_get_n (KafOneCard *self);

G_END_DECLS
