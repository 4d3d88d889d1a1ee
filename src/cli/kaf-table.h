/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of text, aligned by the width that a terminal gives each letter. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafTable KafTable;

KafTable *kaf_table_new (guint n_columns);
void kaf_table_free (KafTable *self);

/* Adds a cell, row by row; NULL: empty. Line ends become blanks. */
void kaf_table_add (KafTable *self, const char *text);

/* Prints the rows on standard output and forgets them. */
void kaf_table_print (KafTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTable, kaf_table_free)

G_END_DECLS
