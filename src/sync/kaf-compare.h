/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a device holds what the hub would have told it: JSON lines, to and from /v1/reconcile.
 *
 * Both walk through the records in the order of entity and id, a stretch at a time: the hub says how far it looked and
 * the sums of what it found, in 256 buckets; the device sums up what it holds of that stretch.
 *
 *   device → hub   {"compare":1,"schema":N,"cursor":CURSOR,"erased":N,"after":[ENTITY,ID]}
 *   hub → device   {"compare":1,"cursor":CURSOR,"schema":N,"reads":CLASSES,"until":[ENTITY,ID]|null,"sums":HEX}
 *
 * Where sums differ the device says what it holds in those buckets, and is told what does not agree:
 *
 *   device → hub   {"compare":1,…,"after":[ENTITY,ID],"until":[ENTITY,ID]|null,"buckets":HEX}
 *                  [ENTITY,ID,DIGEST|null,OWN]…             in that order
 *   hub → device   {"compare":1,"cursor":CURSOR}
 *                  {"e":ENTITY,"i":ID,"w":true,"p":[PART…]}… and {"e":ENTITY,"i":ID,"x":true,"p":[]}…
 *                                                           (kaf-exchange.h)
 *                  {"until":[ENTITY,ID]|null,"unknown":N}
 *
 * "until" of an answer is how far the hub came; null: to the end of what was asked. "reads" are the classes that the
 * user reads, "schema" the older of both sides' versions: by these the device makes its digests. DIGEST null: something
 * of the record waits to be sent, it is left alone. OWN 1: the hub refused something of it; it is told, but not taken
 * away, and is no alarm. What the hub has got since the cursor it leaves out: the next exchange tells it. "unknown"
 * counts records that a restored hub does not have and that are not taken away, since nobody else may have them; those
 * of a kind that the user's role may not hold are. A device that has not read up to what it says is answered
 * {"compare":1,"cursor":CURSOR,"behind":true}. */
#pragma once

#include "record/kaf-record.h"
#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

#define KAF_COMPARE_PROTOCOL 1
#define KAF_COMPARE_BUCKETS 256
#define KAF_COMPARE_BUCKET_BYTES (KAF_COMPARE_BUCKETS / 8)

/* Between two records, neither of which it need name; without an entity: before the first, or behind the last. */
typedef struct
{
  char *entity, *id;
} KafComparePlace;
void kaf_compare_place_clear (KafComparePlace *self);
void kaf_compare_place_set (KafComparePlace *self, const char *entity, const char *id);

/* In the order in which the hub keeps them: by bytes. */
int kaf_compare_place_order (const char *entity, const char *id, const char *of, const char *to);

typedef struct
{
  gint64 protocol;
  gint64 schema; /* version that the device knows */
  char *cursor;
  gint64 erased;
  KafComparePlace after, until;
  gboolean tells; /* the digests of @buckets follow */
  guint8 buckets[KAF_COMPARE_BUCKET_BYTES];
} KafCompareAsk;
void kaf_compare_ask_clear (KafCompareAsk *self);
void kaf_compare_ask_print (const KafCompareAsk *self, GString *out);
gboolean kaf_compare_ask_parse (const char *line, gsize size, KafCompareAsk *self, GError **error);

gboolean kaf_compare_has_bucket (const guint8 *buckets, guint bucket);
void kaf_compare_add_bucket (guint8 *buckets, guint bucket);

/* One record that the device holds. */
typedef struct
{
  char *entity, *id;
  guint64 digest;
  gboolean waits; /* something of it is to be sent; there is no digest */
  gboolean own;   /* the hub refused something of it */
} KafCompareHeld;
void kaf_compare_held_clear (KafCompareHeld *self);
void kaf_compare_held_print (const KafCompareHeld *self, GString *out);
gboolean
kaf_compare_held_parse (const char *line, gsize size, KafCompareHeld *self, GError **error);

/* The first line of an answer. */
typedef struct
{
  char *cursor;
  gboolean behind;
  gint64 schema, reads; /* of sums, as is: */
  KafComparePlace until;
  gboolean has_sums;
  guint64 sums[KAF_COMPARE_BUCKETS];
} KafCompareAnswer;
void kaf_compare_answer_clear (KafCompareAnswer *self);
void kaf_compare_answer_print (const KafCompareAnswer *self, GString *out);
gboolean
kaf_compare_answer_parse (const char *line, gsize size, KafCompareAnswer *self, GError **error);

/* The last line of one that tells records. */
typedef struct
{
  KafComparePlace until;
  gint64 n_unknown;
} KafCompareEnd;
void kaf_compare_end_clear (KafCompareEnd *self);
void kaf_compare_end_print (const KafCompareEnd *self, GString *out);

/* FALSE without @error: the line is no end, but a row. */
gboolean kaf_compare_end_parse (const char *line, gsize size, KafCompareEnd *self, GError **error);

/* Sums */

/* Where the record is counted, 0 to 255. */
guint kaf_compare_find_bucket (const char *id);

/* By what a record is compared: whether its parts are deleted, their references, and the fields that a version of the
 * schema has and the user reads. Not who wrote and when: of its own edits a device is told neither. @parts
 * (element-type KafRecord): in any order. 0: the root is not among them, so that there is nothing to hold. */
guint64 kaf_compare_digest (GPtrArray *parts, guint schema, guint classes, KafRecordTells tells);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafComparePlace, kaf_compare_place_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCompareAsk, kaf_compare_ask_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCompareHeld, kaf_compare_held_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCompareAnswer, kaf_compare_answer_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCompareEnd, kaf_compare_end_clear)

G_END_DECLS
