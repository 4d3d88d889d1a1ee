/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as the hub keeps it: an identity with its parts (a person and her facets), each value with
 * the mark of the edit that it comes from. Kept as one text, whatever the storage. */
#pragma once

#include "record/kaf-record.h"
#include "sync/kaf-merge.h"
#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

typedef struct
{
  KafRecord *record;  /* what stands: values (sets too, as text), reference, stamp; never NULL */
  KafMark *marks;     /* by field: its last change; seq 0: never written */
  GPtrArray **sets;   /* by field: of KafMergeElement; NULL where the field is no set or empty */
  KafMark fate;       /* of its creation, deletion or return */
  GPtrArray *aliases; /* of char*: references that it had before */
} KafHubPart;

/* A row of the feed as it was printed, and who is told the very same: who may read these classes, has read up to a number
 * from @from to before @until, unless he is told the whole, and wrote nothing of what it tells. */
typedef struct
{
  guint reads;
  gboolean whole;
  gint64 from, until;
  GArray *devices; /* of guint64: who wrote something of it */
  GString *text;
} KafHubTold;

KafHubTold *kaf_hub_told_new (guint reads, gboolean whole);
void kaf_hub_told_free (KafHubTold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHubTold, kaf_hub_told_free)

typedef struct
{
  const KafEntity *root;
  char *id;
  gint64 seq;       /* the hub's number of its last change; kept beside the text */
  GPtrArray *parts; /* of KafHubPart, the root first if it is there */
  char *scopes;   /* since when and until when it stands in which; kept beside the text; nullable */
  gboolean fresh; /* nothing of it was ever kept, not even what it belongs to */
  KafHubTold *told; /* as it was told last; nullable */
  GString *printed; /* the text, where it was printed ahead; nullable */
} KafHubRecord;

KafHubRecord *kaf_hub_record_new (const KafEntity *root, const char *id);
void kaf_hub_record_free (KafHubRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHubRecord, kaf_hub_record_free)

KafHubPart *kaf_hub_record_find (KafHubRecord *self, const KafEntity *entity);
KafHubPart *kaf_hub_record_add (KafHubRecord *self, const KafEntity *entity);

/* The text of field @field again, after its elements changed. */
void kaf_hub_part_print_set (KafHubPart *self, guint field);

/* {"m":[[SEQ,CLOCK]…],"p":[PART…]}: the marks once, then parts whose values name them by place. */
void kaf_hub_record_print (const KafHubRecord *self, GString *json);

/* Fields that this program does not know are left out. Errors: KAF_SYNC_ERROR. (transfer full) */
KafHubRecord *kaf_hub_record_parse (const KafEntity *root,
                                    const char *id,
                                    gint64 seq,
                                    const char *json,
                                    gsize size,
                                    GError **error);

G_END_DECLS
