/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One edit that the server keeps aside: of whom, of which record, what was written and what stands, and two buttons, whose
 * actions are "aside.take" and "aside.refuse" with the name of the edit. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-quarantine.h"

G_BEGIN_DECLS

#define KAF_TYPE_ASIDE_ROW (kaf_aside_row_get_type ())
G_DECLARE_FINAL_TYPE (KafAsideRow, kaf_aside_row, KAF, ASIDE_ROW, GtkListBoxRow)

/* @edit: filled; looked at while the row is made. */
GtkWidget *kaf_aside_row_new (const KafAside *edit, KafLang lang);

const char *kaf_aside_row_get_name (KafAsideRow *self);

/* Why it was not settled, below it; NULL: nothing. */
void kaf_aside_row_set_error (KafAsideRow *self, const char *text);

G_END_DECLS
