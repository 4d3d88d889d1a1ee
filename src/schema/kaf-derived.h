/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that nobody writes: what a store keeps beside the records because lists, filters and searches ask it.
 * Where a mission stands follows from its acts; its step and state are read like fields all the same. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Fields of @entity that are derived; ends with a NULL id. NULL: it has none. */
const KafField *kaf_derived_fields (const KafEntity *entity);

/* NULL: no such field. */
const KafField *kaf_derived_find (const KafEntity *entity, const char *id);

gboolean kaf_field_is_derived (const KafField *field);

/* The table that holds them, by the record's row number; NULL where nothing is derived. */
const char *kaf_derived_table (const KafEntity *entity);

G_END_DECLS
