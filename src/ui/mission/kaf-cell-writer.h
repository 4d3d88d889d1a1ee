/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what is typed into the cells of a table, over nobody's edit: where another value stands by now than the cell
 * showed, nothing is written, and a line tells what was typed and who made what of the field, with "Take Mine" and
 * "Take Theirs". It is to stand under the table, and is hidden while it has nothing to tell. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_CELL_WRITER (kaf_cell_writer_get_type ())
G_DECLARE_FINAL_TYPE (KafCellWriter, kaf_cell_writer, KAF, CELL_WRITER, GtkBox)

GtkWidget *kaf_cell_writer_new (KafStore *store);

/* @change: a field of a record that has an id, or several that go together. @shown: that record, with the fields and those of
 * their units as the cells showed them. @name: of the record, for the line; @done, @failed: as kaf_window_commit(). */
void kaf_cell_writer_write (KafCellWriter *self,
                            KafRecord *change,
                            const KafRecord *shown,
                            const char *name,
                            const char *done,
                            const char *failed);

/* Nothing is on its way. Lines may wait. */
gboolean kaf_cell_writer_is_settled (KafCellWriter *self);

/* The last line; NULL: there is none. (transfer none) */
const char *kaf_cell_writer_get_line (KafCellWriter *self);

G_END_DECLS
