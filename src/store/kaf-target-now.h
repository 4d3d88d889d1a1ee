/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which day each person reached the stages of the count of 2030, as a table: what follows from dated facts, written
 * again in the transaction that changes them. Lists, filters, counts and exports ask it; nobody else writes it. Who is
 * not identified has no line. A day to come stands there like any other: a count asks for those up to its own day.
 *
 *   target_now (rid, identified_on, engaged_on, mobilised_on) */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Whose lines a transaction may have changed. */
typedef struct
{
  GHashTable *persons;  /* ids */
  GHashTable *missions; /* ids: those of their experts */
  gboolean all;         /* the rule itself changed */
} KafTargetTouched;

KafTargetTouched *kaf_target_touched_new (void);
void kaf_target_touched_free (KafTargetTouched *self);

/* Adds whom @record says something of that counts. A change tells no more than it changes: the row is asked for the
 * rest. @created: whatever it says, it is there now. */
void kaf_target_now_note (KafDatabase *db,
                          KafTargetTouched *touched,
                          KafRecord *record,
                          gboolean created);

/* Adds whom @before, which is about to change, said something of. */
void kaf_target_now_note_before (KafDatabase *db, KafTargetTouched *touched, KafRecord *before);

/* Writes the lines, within a transaction whose rows are written, and where missions stand. */
gboolean kaf_target_now_write_all (KafDatabase *db, KafTargetTouched *touched, GError **error);
gboolean kaf_target_now_write (KafDatabase *db, const char *person, GError **error);

/* The person whose line depends on that row; NULL: none. (transfer full) */
char *kaf_target_now_find (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so is its line. */
gboolean kaf_target_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* The lines of the experts of a mission, where an act of it does not count after all. */
gboolean kaf_target_now_refuse (KafDatabase *db, const char *act, GError **error);

/* All lines anew, in a transaction: a file of an earlier version. */
gboolean kaf_target_now_rebuild (KafDatabase *db, GError **error);

/* Persons whose line is not what follows from the facts, by id. (element-type utf8) (transfer full) */
GPtrArray *kaf_target_now_check (KafDatabase *db, GError **error);

/* The table; of a fresh store. */
extern const char *const kaf_target_now_ddl[];

G_END_DECLS
