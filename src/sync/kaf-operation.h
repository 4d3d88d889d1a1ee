/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one author did to one record, as the journal keeps it and as it travels:
 *
 *   {"o":"create","e":ENTITY,"i":ID,"r":REF,"f":{FIELD:VALUE}}
 *   {"o":"update","e":…,"i":…,"b":CLOCK,"f":{FIELD:[BEFORE,AFTER]}}
 *   {"o":"delete"|"restore","e":…,"i":…}
 *
 * "u":[FIELD,…]: fields that its author's role was not told: of one that writes, of those that it tells; of a deletion,
 * of all that its record may have, "FACET.FIELD" where it goes with its owner. What stands there he never saw, however far
 * his device had read, unless he wrote it himself, at that device. May be missing: he was told them, or his program is older
 * than that.
 *
 * Values are canonical text or null. "r" and "b" (the latest clock among the fields changed, as the
 * writer saw them) may be missing. Of a merge unit (KafField.unit) an update tells all fields, those
 * too that stay: what the author had before his eyes when he changed one of them. */
#pragma once

#include "base/kaf-hlc.h"
#include "record/kaf-change-set.h"

G_BEGIN_DECLS

typedef struct
{
  const KafEntity *entity; /* the operation's, or a facet of it */
  guint field;
} KafUnseen;

typedef struct
{
  KafChangeKind kind;
  KafRecord *before; /* of an update: what the fields told were */
  KafRecord *after;  /* holds the fields told; carries entity, id and reference */
  GArray *unseen;    /* nullable; of KafUnseen: what the author's role was not told */
} KafOperation;
void kaf_operation_free (KafOperation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafOperation, kaf_operation_free)

const KafEntity *kaf_operation_get_entity (const KafOperation *self);
const char *kaf_operation_get_id (const KafOperation *self);

/* Whether the operation changes that field, rather than tell it for its unit's sake. */
gboolean kaf_operation_changes (const KafOperation *self, guint field);

/* Whether taking it may leave another value in that field than @standing has (nullable: nothing stands there): it changes
 * the field, or tells it for its unit's sake as it does not stand there, since an edit that the author had made before was
 * refused, or others made one since. A unit is taken whole. */
gboolean kaf_operation_writes (const KafOperation *self, guint field, const KafRecord *standing);

/* Whether it tells any so. */
gboolean kaf_operation_carries (const KafOperation *self, const KafRecord *standing);

/* The field by which the author of an operation that may not write @field knows what he did: that one, or the one of its
 * unit that he changed. */
const char *kaf_operation_name_field (const KafOperation *self, guint field);

/* Whether the author's role was not told that field, of @entity: the operation's, or a facet of it. */
gboolean kaf_operation_is_unseen (const KafOperation *self, const KafEntity *entity, guint field);

/* Whether an update that writes @change tells that field: it writes it, or another of its unit. */
gboolean kaf_operation_tells (const KafRecord *change, guint field);

/* Appends an operation. @before: an update's whole record as it was; @change: the fields it writes;
 * @base, @unseen (see KafOperation): nullable. */
void kaf_operation_print (KafChangeKind kind,
                          const KafRecord *before,
                          const KafRecord *change,
                          const KafHlc *base,
                          const GArray *unseen,
                          GString *json);

/* Appends one that was read, for another to write: without what its first author had seen. */
void kaf_operation_print_again (const KafOperation *self, GString *json);

/* Operations of a payload, an array of them. Entities and fields that this program does not know are
 * left out. Errors: KAF_SYNC_ERROR. (element-type KafOperation) (transfer full) */
GPtrArray *kaf_operation_parse (const char *payload, gsize size, GError **error);

/* Those of the record @id alone, out of a payload that may hold five hundred others. */
GPtrArray *kaf_operation_parse_record (const char *payload, const char *id, GError **error);

/* A payload without the operations on records of @ids (a set of char*); what cannot be read goes too.
 * (transfer full) */
char *kaf_operation_strip (const char *payload, GHashTable *ids);

G_END_DECLS
