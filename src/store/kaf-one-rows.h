/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that come to show something else, with all that follows from what a row shows: counts, head, search document,
 * and what is kept beside the records. For the files of kaf-one. */
#pragma once

#include "store/kaf-beside.h"
#include "store/kaf-database-private.h"

G_BEGIN_DECLS

typedef struct
{
  KafDatabase *db;
  KafBeside *beside;   /* not owned */
  GHashTable *tallies; /* KafEntity → delta */
} KafOneRows;

void kaf_one_rows_init (KafOneRows *self, KafDatabase *db, KafBeside *beside);
void kaf_one_rows_clear (KafOneRows *self);

/* The root itself for 0, then its facets; NULL after the last. */
const KafEntity *kaf_one_part (const KafEntity *root, guint n);

/* Its id; NULL: there is no such record. (transfer full) */
char *kaf_one_rows_find_id (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The root and the facets that are there, deleted or not. NULL on error. (element-type KafRecord) (transfer full) */
GPtrArray *kaf_one_rows_read (
    KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* They are about to show something else. */
void kaf_one_rows_leave (KafOneRows *self, GPtrArray *parts);

/* Both: NULL on error. */
GPtrArray *kaf_one_rows_read_leaving (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* They show it now. */
gboolean kaf_one_rows_enter (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* They are as they came. */
gboolean kaf_one_rows_put_back (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* Writes how many more or less are counted. */
gboolean kaf_one_rows_write_tallies (KafOneRows *self, GError **error);

G_END_DECLS
