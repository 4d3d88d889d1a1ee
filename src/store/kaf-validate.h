/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record may be kept: kinds, required fields, references, the entity's own rule. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Normalises the fields that @change holds, in place, and checks the record that would result
 * (@before: as it stands, or NULL for a new one). *field (out) is the field at fault. */
gboolean kaf_validate_change (
    KafDatabase *db, KafRecord *before, KafRecord *change, const char **field, GError **error);

G_END_DECLS
