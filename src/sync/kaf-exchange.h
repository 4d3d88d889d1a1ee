/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange between a device and the hub: JSON lines, one round trip.
 *
 *   device → hub   {"hello":1,"now":MS,"cursor":CURSOR,"erased":N,"settled":N,"whole":true}
 *                  GROUP…                                   (kaf-op-group.h), in the order of dseq
 *   hub → device   {"hello":1,"now":MS,"cursor":CURSOR,"epoch":TEXT,"last":HEX,"role":ROLE,"scope":SCOPES}
 *                  {"verdicts":[[DSEQ,VERDICT]…],"expects":DSEQ}   (what was not taken is named:
 *                                          [DSEQ,VERDICT,[[ENTITY,ID,WHY,FIELD]…]]; where there is
 *                                          something of it, "settled":[[N,DSEQ,ENTITY,ID,WHAT,BY,REASON]…])
 *                  {"erased":[[N,ENTITY,ID]…]}
 *                  {"e":ENTITY,"i":ID,"w":true,"p":[PART…]}…
 *                  {"e":ENTITY,"i":ID,"x":true,"p":[]}…
 *                  {"cursor":CURSOR,"seen":N|null,"more":true|false}
 *
 * PART is {"e":ENTITY,"r":[REF,ALIAS…],"c":[CREATED_AT,BY,UPDATED_AT,BY],"d":DELETED_AT,"f":{FIELD:
 * VALUE}}: what changed since the cursor, sets as canonical text; "d" only where it changed; with
 * "w", all that is known. The first "cursor" of an answer is that of its question. "last" is the hash
 * of the header of the last group of this device that the hub has taken, where there is one: whoever
 * has not written that one is a copy, and knows it before anything is told. A cursor is the hub's own,
 * but that what follows its '/' says by which grants the device came by its records: one that begins
 * anew sends that alone. "erased" of the device says up to which number it has carried out what the
 * hub erased: by it the hub knows what to tell, and has its receipt. With "whole" it is told what it
 * wrote itself as well. "settled" is what became of edits that were kept aside for their scope: the device says
 * up to which number it has heard that. "expects" is the number of the next group of this device that the hub will
 * take. "x" is a record that this device may see no more: it is to be dropped here, and may come back.
 * "seen" is the hub's number up to which all is told, on the last page alone. */
#pragma once

#include "record/kaf-record.h"
#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

#define KAF_EXCHANGE_PROTOCOL 1

/* The beginning of either side. */
typedef struct
{
  gint64 protocol;
  gint64 now;    /* ms since 1970 UTC */
  char *cursor;  /* of the device when it asked; nullable: from the beginning */
  char *epoch;   /* of the hub */
  char *last;    /* of the hub: of the last group that it took of the device; nullable: none */
  gint64 erased; /* of the device */
  gint64
      settled; /* of the device: the last that it has heard of what it wrote, and was kept aside */
  gboolean whole; /* of the device: it has nothing any more of what it wrote itself */
  char *role;     /* as is: what the hub grants this user; nullable */
  char *scope;    /* parted by spaces */
} KafHello;
void kaf_hello_clear (KafHello *self);
void kaf_hello_print (const KafHello *self, GString *out);
gboolean kaf_hello_parse (const char *line, gsize size, KafHello *self, GError **error);

/* Why an operation was not taken. */
#define KAF_REFUSED_RIGHT "right"         /* the account may not write that */
#define KAF_REFUSED_SCOPE "scope"         /* it is outside of what the account was granted */
#define KAF_REFUSED_DELETE "delete"       /* the account may not write all that would go */
#define KAF_REFUSED_VALUE "value"         /* a value is none of its field */
#define KAF_REFUSED_NAMES "names"         /* it names a record that the hub does not have */
#define KAF_REFUSED_MISSING "missing"     /* the hub does not have the record */
#define KAF_REFUSED_PERMANENT "permanent" /* what is written once is not changed */
#define KAF_REFUSED_STATE "state"         /* the record was elsewhere by then */
#define KAF_REFUSED_STALE "stale_step"    /* another act moved the mission first */
#define KAF_REFUSED_BEFORE "before"       /* the act that it follows was not taken */
#define KAF_REFUSED_APPROVAL "approval"   /* somebody who approves decides that, or paper */
#define KAF_REFUSED_EDITOR "editor"       /* who approves has edited what is approved */
#define KAF_REFUSED_REASON "reason"       /* none is given where one is asked */
#define KAF_REFUSED_PAPER "paper" /* name, function, day or scan of the paper is not there */
#define KAF_REFUSED_CHECK "check" /* no check of that step, or one that is not settled so */
#define KAF_REFUSED_GATES "gates" /* of the step that was to be left: they are not met */
#define KAF_REFUSED_VALIDATED                                                                      \
  "validated" /* a budget line that step 6 validated: it is changed by an adjustment */
#define KAF_REFUSED_AMOUNT "amount" /* below zero, or more than a number holds */
#define KAF_REFUSED_PUBLISHED                                                                      \
  "published"                       /* scoring rules that were published: another version is made */
#define KAF_REFUSED_CLOSED "closed" /* a month of the count that somebody else closed first */
#define KAF_REFUSED_MINUTES "minutes" /* of a meeting, approved: they stay as they are */
#define KAF_REFUSED_SAMPLE "sample"   /* sample data at a hub of production */
#define KAF_REFUSED_UNREADABLE "unreadable"

/* What became since of one that was refused for its scope. */
#define KAF_REFUSED_TAKEN                                                                          \
  "taken" /* somebody who answers there took it over: it stands in his name */
#define KAF_REFUSED_ASIDE "aside" /* he set it aside */

/* One operation of a group that was not taken. */
typedef struct
{
  char *entity, *id; /* of the record */
  char *why;         /* KAF_REFUSED_…; a later hub may know others */
  char *
      field; /* the first field that it is about, of KAF_REFUSED_GATES the codes of the checks, parted by
                      * blanks; NULL: the record as a whole */
} KafRefused;
void kaf_refused_free (KafRefused *self);

typedef struct
{
  gint64 dseq;
  char *
      verdict; /* "ok", "conflict", "rejected", "quarantined" (refused for its scope alone: somebody
                  * else may take it up), "gone" */
  GPtrArray *refused; /* (element-type KafRefused) (nullable): of one that was not taken whole */
} KafVerdict;
KafVerdict *kaf_verdict_new (gint64 dseq, const char *verdict);
void kaf_verdict_refuse (
    KafVerdict *self, const char *entity, const char *id, const char *why, const char *field);
void kaf_verdict_free (KafVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafVerdict, kaf_verdict_free)

/* Whether something of the group was not taken, and never will be. */
gboolean kaf_verdict_is_refusal (const char *verdict);

/* An edit that was kept aside, and is no more. */
typedef struct
{
  gint64 number; /* the hub's */
  gint64 dseq;   /* of the group that brought it */
  char *entity, *id;
  char *what;   /* KAF_REFUSED_TAKEN, _ASIDE; a later hub may know others */
  char *by;     /* the user who settled it */
  char *reason; /* nullable */
} KafSettled;
KafSettled *kaf_settled_new (gint64 number,
                             gint64 dseq,
                             const char *entity,
                             const char *id,
                             const char *what,
                             const char *by,
                             const char *reason);
void kaf_settled_free (KafSettled *self);

/* Of the line of the verdicts; of a hub that tells none, it is empty. (element-type KafSettled) (transfer full) */
GPtrArray *kaf_settled_parse (const char *line, gsize size, GError **error);

/* @verdicts: element-type KafVerdict; @settled: element-type KafSettled. */
void kaf_verdicts_print (GPtrArray *verdicts, gint64 expects, GPtrArray *settled, GString *out);
GPtrArray *kaf_verdicts_parse (const char *line, gsize size, gint64 *expects, GError **error);

/* A record that was erased for ever. */
typedef struct
{
  gint64 number;         /* the hub's */
  const KafEntity *root; /* NULL when read and not known here */
  char *id;
} KafErased;
KafErased *kaf_erased_new (gint64 number, const KafEntity *root, const char *id);
void kaf_erased_free (KafErased *self);

/* @list: element-type KafErased. */
void kaf_erased_print (GPtrArray *list, GString *out);
GPtrArray *kaf_erased_parse (const char *line, gsize size, GError **error);

/* A part of a record as it is told: the fields that @record holds, its stamp and references. */
typedef struct
{
  KafRecord *record;
  GPtrArray *aliases;  /* of char*: references that it had before; nullable */
  gboolean tells_fate; /* the stamp's deleted_at counts */
  char *author; /* who wrote that, where the stamp names who changed the record later; nullable */
  gint64 written_at; /* by him; µs since 1970 UTC */
} KafFeedPart;

typedef struct
{
  const KafEntity *root; /* NULL when read and not known here */
  char *id;
  gboolean whole;
  gboolean dropped; /* no longer this device's to see: without parts */
  gboolean unknown; /* when read: something of it is not known here, and was left out */
  GPtrArray *parts; /* of KafFeedPart */
} KafFeedRow;
KafFeedRow *kaf_feed_row_new (const KafEntity *root, const char *id, gboolean whole);
KafFeedPart *kaf_feed_row_add (KafFeedRow *self, const KafEntity *entity);
void kaf_feed_row_free (KafFeedRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFeedRow, kaf_feed_row_free)
void kaf_feed_row_print (const KafFeedRow *self, GString *out);
KafFeedRow *kaf_feed_row_parse (const char *line, gsize size, GError **error);

typedef struct
{
  char *cursor;
  gint64 seen; /* -1: not yet all is told */
  gboolean more;
} KafCheckpoint;
void kaf_checkpoint_clear (KafCheckpoint *self);
void kaf_checkpoint_print (const KafCheckpoint *self, GString *out);

/* FALSE without @error: the line is no checkpoint, but a row. */
gboolean kaf_checkpoint_parse (const char *line, gsize size, KafCheckpoint *self, GError **error);

/* The next line of @text, or NULL at its end; @text and @size move on. A last line without its end
 * is none: the other side was cut off. */
const char *kaf_exchange_next (const char **text, gsize *size, gsize *length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHello, kaf_hello_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafCheckpoint, kaf_checkpoint_clear)

G_END_DECLS
