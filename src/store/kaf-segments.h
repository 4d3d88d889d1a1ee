/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments: saved queries with a live count, frozen as dated lists that can be compared with today. */
#pragma once

#include "record/kaf-query.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

typedef struct
{
  char *id, *ref, *title, *title_ar, *purpose; /* nullable, all but @id */
  char *owner;                                 /* user name; nullable */
  gboolean shared, own;
  KafQuery *query; /* NULL when it cannot be read here or may not be asked: @problem says why */
  char *problem;   /* a sentence in the language of the interface */
  gint64 count;    /* what it finds today; -1 without a query */
  guint n_lists;
} KafSegment;
void kaf_segment_free (KafSegment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSegment, kaf_segment_free)

/* The shared ones and one's own, by title, counted. (element-type KafSegment) */
GPtrArray *kaf_segments_read (KafDatabase *db, GError **error);
/* Errors: KAF_STORE_ERROR_NOT_FOUND. */
KafSegment *kaf_segment_read (KafDatabase *db, const char *id, GError **error);

typedef struct
{
  char *id, *segment, *frozen_on, *note; /* @note nullable */
  gint64 count;                          /* of that day */
} KafSegmentList;
void kaf_segment_list_free (KafSegmentList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSegmentList, kaf_segment_list_free)

/* The frozen lists of a segment, the newest first. (element-type KafSegmentList) */
GPtrArray *kaf_segment_lists_read (KafDatabase *db, const char *segment, GError **error);

/* Keeps who stands in it today as a list with a date: one batch, undone as one. @note: nullable. @list (out,
 * nullable, transfer full): its id. Errors: KAF_VALIDATION_ERROR, KAF_STORE_ERROR. */
KafReceipt *kaf_segment_freeze (
    KafDatabase *db, const char *segment, const char *note, char **list, GError **error);

/* Creates the segment @record and freezes it: one batch, undone as one. @id (out, transfer full): of the segment. Errors:
 * as kaf_segment_freeze(). */
KafReceipt *kaf_segment_create_frozen (
    KafDatabase *db, KafRecord *record, const char *note, char **id, GError **error);

/* Those of a list who are still here, as a query that lists, exports and bulk edits take; of persons, whatever they
 * are besides. @entity: of the segment. (transfer full) */
KafQuery *kaf_segment_list_query (const KafEntity *entity, const char *list);

typedef struct
{
  gint64 then, now, stayed; /* figures: of that day, of today, in both */
  gint64 gone;              /* of that day, and not in this reference any more */
  KafQuery *came, *left;    /* who, one by one */
  gint64 n_came, n_left;
} KafSegmentChange;
void kaf_segment_change_free (KafSegmentChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSegmentChange, kaf_segment_change_free)

/* A frozen list against what its segment finds today. */
KafSegmentChange *kaf_segment_compare (KafDatabase *db, const char *list, GError **error);

/* A segment as a record to create. @title: in the language of the interface. (transfer full) */
KafRecord *kaf_segment_make (
    const KafQuery *query, const char *title, KafLang lang, const char *purpose, gboolean shared);

G_END_DECLS
