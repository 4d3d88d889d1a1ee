/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records that may be one, as a row of a list: the names of both in both scripts, what speaks for it most, how likely
 * it is, and whether it was put off. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-suspects-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_SUSPECT_ROW (kaf_suspect_row_get_type ())
G_DECLARE_FINAL_TYPE (KafSuspectRow, kaf_suspect_row, KAF, SUSPECT_ROW, GtkBox)

GtkWidget *kaf_suspect_row_new (void);

/* @line NULL: it is not read yet. */
void kaf_suspect_row_set_line (KafSuspectRow *self, const KafSuspectLine *line, KafLang lang);

G_END_DECLS
