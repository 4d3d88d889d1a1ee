/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that is erased is named by nothing any more: where a field of another's names it, and that other does not
 * belong to it (rules/kaf-naming.h), the field is empty from then on. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Before an erasure, where the store is its own authority: empties those fields by a commit, so that a hub that it joins
 * later hears of it. What cannot be committed is left to kaf_unname_rows(). Errors: KAF_STORE_ERROR. */
gboolean kaf_unname_commit (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* Within the transaction of an erasure: what still names the record, deleted ones and those of a device of a hub,
 * which tells the same by itself. */
gboolean kaf_unname_rows (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

G_END_DECLS
