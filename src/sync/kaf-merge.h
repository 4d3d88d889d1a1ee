/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the hub takes an edit into a record that others may have edited meanwhile. The hub numbers what it
 * takes in, and a device says with each edit how far it had read: so that whether the author had seen
 * what stands is known, and not guessed from clocks, which only say who wrote later.
 *
 * Nothing typed is lost: what does not stand goes into a conflict, for a person to settle. */
#pragma once

#include "base/kaf-hlc.h"
#include "schema/kaf-field.h"

G_BEGIN_DECLS

/* Where a value that stands comes from. */
typedef struct
{
  gint64 seq;     /* the hub's number of the edit; 0: there never was a value */
  guint64 device; /* that wrote it */
  KafHlc clock;   /* when, by the author's clock as the hub settled it */
} KafMark;

/* What the author of an edit had before his eyes. */
typedef struct
{
  gint64 saw;     /* the hub's number up to which his device had read */
  guint64 device; /* whose own edits it knows too */
  KafHlc clock;
  gboolean
      made; /* the edit makes the record: he had nothing before him, not even that a field is empty */
} KafSight;

/* Whether the author had seen what @mark stands for. */
gboolean kaf_merge_saw (const KafSight *sight, const KafMark *mark);

/* One field of a merge unit (KafField.unit; most are alone). Texts are canonical, NULL is unknown. */
typedef struct
{
  const char *before;   /* as the author had it */
  const char *after;    /* as he wrote it */
  const char *standing; /* as the hub has it */
  KafMark mark;         /* of that */
} KafMergeField;

typedef enum
{
  KAF_MERGE_STANDS, /* it is so already */
  KAF_MERGE_TAKEN,  /* written over what its author had seen, or what nobody changed */
  KAF_MERGE_WON,    /* written; what stood, unseen by the author, goes into a conflict */
  KAF_MERGE_LOST,   /* not written: a later edit stands; this one goes into a conflict */
  KAF_MERGE_REFUSED /* not written: the field is written once for ever */
} KafMergeResult;

/* The fields of a unit stand or fall together. Not for sets. */
KafMergeResult
kaf_merge_unit (KafMerge rule, const KafMergeField *fields, guint n_fields, const KafSight *sight);

/* An element of a set, as the hub has it. */
typedef struct
{
  char *value;
  char *detail; /* nullable */
  KafMark mark; /* of the detail */
  /* Those who added it unseen by one another, and by who removed it. Nearly always it is one, which has its room here:
   * sets are most of what a hub reads and writes. */
  KafMark *added;
  guint n_added;
  KafMark only;
} KafMergeElement;
void kaf_merge_element_add (KafMergeElement *self, const KafMark *mark);
void kaf_merge_element_free (KafMergeElement *self);

/* Takes what the author added to and removed from a set (canonical texts, see kaf-set.h) into
 * @elements (of KafMergeElement), which keep their order. What was added unseen by the remover stays.
 * @seq: the hub's number of this edit. TRUE when @elements changed, be it their marks alone. */
gboolean kaf_merge_set (
    GPtrArray *elements, const char *before, const char *after, const KafSight *sight, gint64 seq);

/* Whether a record goes when its author deletes it. @marks: of its fields and elements. FALSE: somebody
 * edited it unseen; it stays, and both are told. */
gboolean kaf_merge_delete (const KafMark *marks, guint n_marks, const KafSight *sight);

G_END_DECLS
