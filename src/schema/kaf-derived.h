/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that nobody writes: what a store keeps beside the records because lists, filters and searches ask it.
 * Where a mission stands follows from its acts; its step and state are read like fields all the same. So are the days
 * on which a person reached the stages of the count of 2030. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Fields of @entity itself that are derived; ends with a NULL id. NULL: it has none. */
const KafField *kaf_derived_fields (const KafEntity *entity);

/* Of @entity or, for a facet, of its owner. NULL: no such field. */
const KafField *kaf_derived_find (const KafEntity *entity, const char *id);

gboolean kaf_field_is_derived (const KafField *field);

/* The table that holds it, by rid; a record may have no line there. NULL: it is not derived. */
const char *kaf_derived_get_table (const KafField *field);

/* All tables of derived fields; NULL-terminated. */
const char *const *kaf_derived_tables (void);

G_END_DECLS
