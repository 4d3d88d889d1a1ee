/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store keeps beside the records because lists, filters, scores, findings and searches ask it: where missions
 * stand, what of commitments is open, how project holders are scored, when persons reached the stages of 2030, how
 * experts fit. Each table has its own file (kaf-mission-now, kaf-commitment-now, kaf-holder-now, kaf-target-now,
 * kaf-expert-now); here is the one place that calls them, so that another is added once. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Whose lines a transaction may have changed. */
typedef struct _KafBeside KafBeside;

KafBeside *kaf_beside_new (void);
void kaf_beside_free (KafBeside *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBeside, kaf_beside_free)

/* @record as it is written, or the change of it. @fate: it came to be, came back or went. */
void kaf_beside_note (KafBeside *self, KafDatabase *db, KafRecord *record, gboolean fate);

/* The same of a record as it was before @change. */
void
kaf_beside_note_before (KafBeside *self, KafDatabase *db, KafRecord *before, KafRecord *change);

/* Of a row that is about to be erased. */
void kaf_beside_note_row (KafBeside *self, KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so are its own lines. */
gboolean kaf_beside_forget_row (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* Writes the lines, within a transaction whose rows are written. */
gboolean kaf_beside_write (KafBeside *self, KafDatabase *db, GError **error);

/* The statements that make the tables, of a fresh store. */
void kaf_beside_add_ddl (GPtrArray *statements);

/* Records whose line is not what follows from the others, by id; NULL with an error. (element-type utf8) (transfer
 * full) */
typedef struct
{
  const char *name;
  GPtrArray *(*find_wrong) (KafDatabase *db, GError **error);
} KafBesideCheck;

/* Ends with a NULL name. */
extern const KafBesideCheck kaf_beside_checks[];

G_END_DECLS
