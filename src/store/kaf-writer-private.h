/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the writer share. */
#pragma once

#include "store/kaf-writer.h"

G_BEGIN_DECLS

/* A write that fails ends the transaction: SQLite need not keep each page to turn back one statement alone. */
#define KAF_WRITER_INSERT "INSERT OR FAIL INTO"

/* The same few texts for ever: built once, kept for the life of the program. @use: tells those of an entity apart. */
const char *kaf_writer_cached_sql (const KafEntity *entity,
                                   const char *use,
                                   char *(*build) (const KafEntity *) );

/* Writes the sets of a row that was not there before. */
gboolean kaf_writer_insert_sets (KafDatabase *db, KafRecord *record, gint64 rid, GError **error);

/* Makes of the set @before the set @after, canonical texts that may be NULL; what comes and goes does so at @clock. */
gboolean kaf_writer_update_set (KafDatabase *db,
                                const KafEntity *entity,
                                gint64 rid,
                                const char *field,
                                const char *before,
                                const char *after,
                                const KafHlc *clock,
                                GError **error);

/* Puts @set in the place of the set's rows, as if they had always been there: see kaf_writer_show(). */
gboolean kaf_writer_show_set (KafDatabase *db,
                              const KafEntity *entity,
                              gint64 rid,
                              const char *field,
                              const char *set,
                              GError **error);

/* Writes the rows of those of @n identities that have none yet. */
gboolean
kaf_writer_insert_missing (KafDatabase *db, KafIdentity *identities, guint n, GError **error);

gboolean kaf_writer_write_head (KafDatabase *db, KafIdentity *identity, GError **error);
gboolean
kaf_writer_compare_head (KafDatabase *db, KafIdentity *identity, gboolean *same, GError **error);

G_END_DECLS
