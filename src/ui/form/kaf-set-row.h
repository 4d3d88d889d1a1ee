/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a set of typed values (phones, e-mails, spellings): an entry each, the first being the
 * main one. A list of its own, since an element is a row. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_SET_ROW (kaf_set_row_get_type ())
G_DECLARE_FINAL_TYPE (KafSetRow, kaf_set_row, KAF, SET_ROW, GtkWidget)

GtkWidget *kaf_set_row_new (const KafField *field);

guint kaf_set_row_get_n_elements (KafSetRow *self);
/* The entry of an element. (transfer none) */
GtkWidget *kaf_set_row_get_entry (KafSetRow *self, guint index);
void kaf_set_row_add (KafSetRow *self);
void kaf_set_row_remove (KafSetRow *self, guint index);
/* Makes the element the main one. */
void kaf_set_row_raise (KafSetRow *self, guint index);

G_END_DECLS
