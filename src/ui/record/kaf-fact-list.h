/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card of facts, label and value: to read out, to copy, to mend in place.
 *
 * Signal "edit" (const KafFact *fact, GtkWidget *row): F2, Enter, a double click or the pencil.
 * Uses the actions "record.copy-text" (s), "record.open-uri" (s) and "record.edit". */
#pragma once

#include <gtk/gtk.h>

#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_FACT_LIST (kaf_fact_list_get_type ())
G_DECLARE_FINAL_TYPE (KafFactList, kaf_fact_list, KAF, FACT_LIST, GtkBox)

/* @claims: (element-type KafFieldClaims): a line of which sources say something has the button that shows it, always
 * where one says otherwise, "record.show-sources" (s: a field). Both must outlive the list. @store: that of which the
 * user's role says what is mended; NULL: nothing is. */
GtkWidget *kaf_fact_list_new (const KafFactCard *card, const GPtrArray *claims, KafStore *store);

/* Adds the buttons that come with the pointer or the focus. They take no room, so that they can come
 * once the card is painted. */
void kaf_fact_list_add_acts (KafFactList *self);

/* The row of a field, or NULL; of several, the first. */
GtkWidget *kaf_fact_list_find_row (KafFactList *self, const char *field);

G_END_DECLS
