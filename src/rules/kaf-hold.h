/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the law keeps when a person in it is erased: the record stays, and in her place stands somebody
 * of whom nothing is known. */
#pragma once

#include "base/kaf-lang.h"
#include "record/kaf-record.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

/* Whether anything is ever kept of records of @root. */
gboolean kaf_hold_concerns (const KafEntity *root);

/* The field by which records of @entity name a person (@root) and are kept without her: "person" of a mandate.
 * NULL: they go with her, or are not hers. */
const KafField *kaf_hold_find_field (const KafEntity *entity, const KafEntity *root);

/* What tells a kept record from others, its office, in the script of @lang where it is written in both. @role: nullable;
 * what it may not read is no name. NULL: it has none. (transfer none) */
const char *kaf_hold_get_name (KafRecord *record, KafLang lang, const KafRole *role);

/* A sentence and a line for each of @kept (element-type KafRecord), for who erases: by its office, or whatever
 * tells such a record from others. NULL when nothing is kept. (transfer full) */
char *kaf_hold_describe (GPtrArray *kept, KafLang lang);

/* Who stands there instead, by the id @id, which tells nothing of who was erased. (transfer full) */
KafRecord *kaf_hold_make_pseudonym (const KafEntity *root, const char *id);

G_END_DECLS
