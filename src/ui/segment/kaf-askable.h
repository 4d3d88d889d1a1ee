/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of records of an entity, from the schema: its fields, its owner's, what is derived. */
#pragma once

#include "record/kaf-query.h"

G_BEGIN_DECLS

/* (element-type KafField) (transfer container); owned by the schema. @role_reads: KafClass bits. */
GPtrArray *kaf_askable_fields (const KafEntity *entity, guint role_reads);

/* The heading over a field: "Expert", "Person – Contact details". (transfer full) */
char *kaf_askable_group (const KafEntity *entity, const KafField *field);

/* Ways to other records that @role_reads may go; as kaf_links_of(). */
GPtrArray *kaf_askable_links (const KafEntity *entity, guint role_reads);

/* The operators that make sense of a field, the usual one first; ends with KAF_N_OPS. Static. */
const KafOp *kaf_askable_ops (const KafField *field);

/* "is", "in the last … days": between the field and its value. */
const char *kaf_askable_op_label (const KafField *field, KafOp op);

G_END_DECLS
