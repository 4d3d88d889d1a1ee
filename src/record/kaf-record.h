/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one record, by field. A record may hold all its fields (as read from the
 * store) or only some (a change). Reference counted; not locked: share it read-only. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

typedef struct _KafRecord KafRecord;

/* @id: nullable, for a record that the store will name. */
KafRecord *kaf_record_new (const KafEntity *entity, const char *id);
KafRecord *kaf_record_ref (KafRecord *self);
void kaf_record_unref (KafRecord *self);
KafRecord *kaf_record_copy (const KafRecord *self);

const KafEntity *kaf_record_get_entity (const KafRecord *self);
const char *kaf_record_get_id (const KafRecord *self);
void kaf_record_set_id (KafRecord *self, const char *id);
const char *kaf_record_get_ref (const KafRecord *self);
void kaf_record_set_ref (KafRecord *self, const char *ref);

/* Canonical text, or NULL when unknown or not held. @field must be one of the entity. */
const char *kaf_record_get (const KafRecord *self, const char *field);
const char *kaf_record_get_at (const KafRecord *self, guint index);

/* Sets and holds the field; NULL or "" is unknown. */
void kaf_record_set (KafRecord *self, const char *field, const char *canonical);
void kaf_record_set_at (KafRecord *self, guint index, const char *canonical);
void kaf_record_take_at (KafRecord *self, guint index, char *canonical);

/* Whether the field is held, be it as unknown. */
gboolean kaf_record_holds (const KafRecord *self, const char *field);
gboolean kaf_record_holds_at (const KafRecord *self, guint index);

/* Whether who reads the classes @reads (KafClass bits) is told field @field of @part: rules/kaf-told knows. */
typedef gboolean (*KafRecordTells) (guint reads, KafRecord *part, guint field);

/* Whether it holds one of @fields at least. (array zero-terminated=1) */
gboolean kaf_record_holds_any (const KafRecord *self, const char *const *fields);

/* The id that follows from what identifies it (kaf-entity.h, identity), so that who enters the same thing twice makes
 * one record; NULL where ids are drawn. (transfer full) */
char *kaf_record_identify (const KafRecord *self);

/* Gives the fields that are not held what a new record begins with. */
void kaf_record_begin (KafRecord *self);

/* Has the value as a store keeps it (kaf_value_check()), unless it is so already: it may be done where there is time
 * for it, before the record is handed to the store, which does it too. FALSE: the value stays, and is wrong. Errors:
 * KAF_VALIDATION_ERROR. */
gboolean kaf_record_clean_at (KafRecord *self, guint index, GError **error);
gboolean kaf_record_is_clean_at (const KafRecord *self, guint index);

void kaf_record_drop (KafRecord *self, const char *field);
guint kaf_record_count_held (const KafRecord *self);

/* Who and when; µs since 1970 UTC, 0 when unknown. */
typedef struct
{
  gint64 created_at, updated_at, deleted_at;
  char *created_by, *updated_by;
} KafStamp;
KafStamp *kaf_record_get_stamp (KafRecord *self);

/* What the row holds beside its fields: a JSON object, or NULL. Nothing writes any today: what a newer hub tells and is not
 * known here is read again once it is (kaf-inbox). */
const char *kaf_record_get_extra (const KafRecord *self);
void kaf_record_set_extra (KafRecord *self, const char *json);

/* The fields that @to holds with another value than @from, as a record of @to's id; NULL when
 * there are none. Sets are compared whatever their order. (transfer full) (nullable) */
KafRecord *kaf_record_diff (const KafRecord *from, const KafRecord *to);

/* "BENNIS Salma", from the entity's title fields; capitals for the family name only when
 * @capitals. Empty when the fields are. (transfer full) */
char *kaf_record_title (const KafRecord *self, gboolean arabic, gboolean capitals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRecord, kaf_record_unref)

G_END_DECLS
