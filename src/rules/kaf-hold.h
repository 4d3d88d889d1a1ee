/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the law keeps when a person in it is erased: the record stays, and in her place stands somebody
 * of whom nothing is known. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* Whether anything is ever kept of records of @root. */
gboolean kaf_hold_concerns (const KafEntity *root);

/* The field by which records of @entity name a person (@root) and are kept without her: "person" of a mandate.
 * NULL: they go with her, or are not hers. */
const KafField *kaf_hold_find_field (const KafEntity *entity, const KafEntity *root);

/* What tells such a record from others: the office. NULL when nothing does. (transfer none) */
const char *kaf_hold_get_name (KafRecord *record);

/* Who stands there instead, by the id @id, which tells nothing of who was erased. (transfer full) */
KafRecord *kaf_hold_make_pseudonym (const KafEntity *root, const char *id);

G_END_DECLS
