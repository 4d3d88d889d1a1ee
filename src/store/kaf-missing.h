/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can be asked for: of a row the words, of a list the order, most worth asking first. Both are made of the
 * measures of rules/quality, as far as the user's role may read what they look at. */
#pragma once

#include "store/kaf-query-sql.h"

G_BEGIN_DECLS

/* Points of a row as SQL over the tables of @sql, whose values it binds. (transfer full); NULL with error */
char *kaf_missing_gain (KafDatabase *db, KafQuerySql *sql, const KafEntity *entity, GError **error);

typedef struct _KafMissing KafMissing;

/* Reads row after row of @entity. Errors: KAF_STORE_ERROR. */
KafMissing *kaf_missing_new (KafDatabase *db, const KafEntity *entity, GError **error);
void kaf_missing_free (KafMissing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMissing, kaf_missing_free)

/* @bits (out): 1 << KafQualityMeasure of what the row @rid can be asked for. */
gboolean kaf_missing_read (KafMissing *self, guint32 rid, guint *bits, GError **error);

/* "Confirmation, phone or e-mail" in that language, and "never no_contact". NULL: nothing. (transfer full) */
char *kaf_missing_describe (guint bits, KafLang lang);
char *kaf_missing_to_codes (guint bits);

G_END_DECLS
