/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading rows by their number, for the other files of store/. */
#pragma once

#include "store/kaf-database-private.h"
#include "store/kaf-read.h"

G_BEGIN_DECLS

/* The row of @entity at @rid with all its fields, or NULL; @id: of the record. */
KafRecord *
kaf_read_row (KafDatabase *db, const KafEntity *entity, gint64 rid, const char *id, GError **error);

/* The same without the sets, which the record does not hold then: see kaf_read_sets(). */
KafRecord *kaf_read_scalars (
    KafDatabase *db, const KafEntity *entity, gint64 rid, const char *id, GError **error);

/* Fills @record's set fields. */
gboolean kaf_read_sets (KafDatabase *db, KafRecord *record, gint64 rid, GError **error);

/* The short title out of the columns title, title_ar and short of a head, from @first on. (nullable) */
const char *kaf_read_choose_title (KafStatement *statement, int first, KafLang lang);

/* As kaf_read_long_title_func(); gives short titles. */
char *kaf_read_title_func (const char *entity, const char *id, KafLang lang, gpointer data);

/* What is said in the place of the title of a record that is not on this device; NULL: @id is a code. */
char *kaf_read_describe_absent (KafDatabase *db, const char *id, KafLang lang);

/* Forgets the cached titles of reference lists. */
void kaf_read_forget_titles (KafDatabase *db);

G_END_DECLS
