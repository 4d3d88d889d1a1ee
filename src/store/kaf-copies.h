/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of attachments to look at: a file of the store must never be edited in place. They hold personal data: they lie in
 * the user's runtime folder (in memory, gone at logout), where that user alone may read them, and go when the program
 * ends, or when nobody's attachment they are any more. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Where a copy of that content may be made, in a folder of its own that is there by then. @name: of the file, data
 * from elsewhere; nullable. Errors: G_IO_ERROR. (transfer full) */
char *kaf_copies_make_place (KafDatabase *db, const char *sha256, const char *name, GError **error);

/* Removes those that this process made: at its end. */
void kaf_copies_forget_own (void);

/* Removes those of contents that no attachment of the store names any more, whatever process made them, and all of
 * processes that have ended without. */
void kaf_copies_sweep (KafDatabase *db);

G_END_DECLS
