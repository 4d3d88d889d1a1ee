/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a person is erased: what the law keeps of her (rules/kaf-hold.h). */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* What would be kept, whole records. (element-type KafRecord) (transfer full). Errors: KAF_STORE_ERROR. */
GPtrArray *
kaf_pseudonym_find_kept (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* What would be kept of persons who are erased for ever, and names them still: the hub said nothing of a pseudonym there.
 * (element-type KafErased) (transfer full) */
GPtrArray *kaf_pseudonym_find_left (KafDatabase *db, GError **error);

/* Puts a pseudonym in her place there, where the store is its own authority. */
gboolean
kaf_pseudonym_take_place (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

G_END_DECLS
