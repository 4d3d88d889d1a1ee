/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a record's page shows, read in one round trip on a worker and never changed after. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-blobs.h"
#include "store/kaf-claims.h"
#include "store/kaf-store.h"
#include "ui/record/kaf-related-spec.h"

G_BEGIN_DECLS

/* Changes shown on the page; the rest stands in the history's own window. */
#define KAF_RECORD_DATA_HISTORY 5

/* A line of a card: one field, an element of a set of phones, or fields that change together. */
typedef struct
{
  const KafEntity *entity; /* of the fields */
  const KafField *field;   /* the first of them */
  GPtrArray *fields;       /* (element-type KafField): all that are edited with it */
  char *value;             /* canonical text of the element or of the first field */
  char *text;              /* as a person reads it */
} KafFact;

typedef struct
{
  char *title;             /* translated */
  const KafEntity *entity; /* first field to offer when nothing is known */
  const KafField *field;
  GPtrArray *facts; /* (element-type KafFact) */
} KafFactCard;

/* Records of one KafRelatedSpec. */
typedef struct
{
  const KafRelatedSpec *spec;
  GPtrArray *rows; /* (element-type KafRow) */
  gint64 total;    /* -1: the rows are all */
} KafRelatedRows;

typedef struct
{
  const KafEntity *entity, *root;
  char *asked;       /* the id that was asked for */
  char *id;          /* of the record that is shown for it */
  KafRecord *record; /* of the entity */
  KafRecord *owner;  /* of the root: the same when the entity is no facet */
  gboolean deleted;
  char *today;             /* ISO date */
  char *title;             /* in the language of the interface, or what there is */
  char *other_title;       /* in the other script; nullable */
  char *headline;          /* what she does, where; nullable */
  char *confirmed;         /* formatted; nullable */
  char *filter;            /* the list's filter in words; nullable */
  guint n_waiting;         /* changes of it that are still to be sent */
  gboolean shares;         /* consent to share is given */
  GPtrArray *cards;        /* (element-type KafFactCard) */
  GPtrArray *related;      /* (element-type KafRelatedRows), in the order of the groups */
  GPtrArray *claims;       /* (element-type KafFieldClaims): what sources say of its fields */
  GHashTable *words;       /* char * → KafRecordWords, see kaf-record-words.h */
  GPtrArray *facets;       /* (element-type KafEntity): other facets that are there */
  GPtrArray *availability; /* (element-type KafRow): as KafAvailabilityPlan has it; nullable */
  GPtrArray *
      attachments; /* (element-type KafRow): file_name, size, media_type, created_at, sha256, role */
  KafBlobState *contents; /* by attachment: where its content is */
  GPtrArray *history;     /* (element-type KafHistoryItem) */
  GdkTexture *photo;      /* nullable */
} KafRecordData;

void kaf_record_data_free (KafRecordData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRecordData, kaf_record_data_free)

/* @query: nullable, the list that the record stands in, for its filter in words. */
void kaf_record_data_read_async (KafStore *store,
                                 const KafEntity *entity,
                                 const char *id,
                                 const KafQuery *query,
                                 KafLang lang,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Errors: KAF_STORE_ERROR, NOT_FOUND among them; G_IO_ERROR_CANCELLED. */
KafRecordData *kaf_record_data_read_finish (KafStore *store, GAsyncResult *result, GError **error);

/* The value of a field, be it of the owner or of the facet; NULL: unknown. */
const char *kaf_record_data_get (const KafRecordData *self, const char *field);

G_END_DECLS
