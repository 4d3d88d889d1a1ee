/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which fields a record names another without belonging to it: when that other is erased they are emptied, on the
 * device and on the hub alike. What belongs to it goes with it, or is kept with a pseudonym (rules/kaf-hold.h); lists
 * are never erased. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Whether @field may name a record of @root so: "responsible" of a commitment, of persons. */
gboolean kaf_naming_concerns (const KafField *field, const KafEntity *root);

/* The root whose records @field may name so; NULL: it names none, or its own record belongs to what it names. */
const KafEntity *kaf_naming_find_root (const KafField *field);

G_END_DECLS
