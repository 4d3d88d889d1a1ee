/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of one record: its table, its sets, its head and its search document. Used by the commit
 * alone; validation and journal are not its business. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Writes a new row of @record (all fields it holds). */
gboolean kaf_writer_insert (
    KafDatabase *db, KafRecord *record, gint64 rid, const KafHlc *clock, GError **error);

/* Writes the fields that @change holds; @before: the record as it stands. */
gboolean kaf_writer_update (KafDatabase *db,
                            KafRecord *before,
                            KafRecord *change,
                            gint64 rid,
                            const KafHlc *clock,
                            GError **error);

/* Puts the rows of a set into the order of @set, which has the same elements. */
gboolean kaf_writer_order_set (KafDatabase *db,
                               const KafEntity *entity,
                               gint64 rid,
                               const char *field,
                               const char *set,
                               GError **error);

/* Marks as deleted (@when > 0) or as there again (0). @by: whose doing it is, and since when (its
 * updated_by, updated_at). */
gboolean kaf_writer_mark (KafDatabase *db,
                          const KafEntity *entity,
                          gint64 rid,
                          gint64 when,
                          const KafStamp *by,
                          GError **error);

/* Has the row show another value, or another deletion (0: none), than it holds for good: journal, clocks and who
 * wrote it last know nothing of it. For kaf-one alone. */
gboolean kaf_writer_show (KafDatabase *db,
                          const KafEntity *entity,
                          gint64 rid,
                          const KafField *field,
                          const char *value,
                          GError **error);
gboolean kaf_writer_show_fate (
    KafDatabase *db, const KafEntity *entity, gint64 rid, gint64 when, GError **error);

/* What head and search_doc say of an identity; collected while its parts are written. */
typedef struct
{
  gint64 rid;
  KafRecord *root;
  GPtrArray *facets; /* of KafRecord, live ones */
  gboolean exists;   /* has a head already */
  gboolean rowless;  /* the row of the root is still to be written too, with @clock */
  KafHlc clock;
} KafIdentity;

/* Reads the parts of an identity that has a head. On failure @identity holds nothing. */
gboolean kaf_writer_read_identity (KafDatabase *db,
                                   const KafEntity *root,
                                   gint64 rid,
                                   const char *id,
                                   KafIdentity *identity,
                                   GError **error);
void kaf_writer_clear_identity (KafIdentity *identity);

/* Whether it is nothing but a new head: what is not searched, and has no facets. Such may wait for one another. */
gboolean kaf_writer_is_plain (const KafIdentity *identity);

#define KAF_WRITER_HEADS_AT_ONCE 16

/* Writes the heads, and rows that are missing, of @n plain identities, all in one statement: 1 to
 * KAF_WRITER_HEADS_AT_ONCE. */
gboolean kaf_writer_write_plain (KafDatabase *db, KafIdentity *identities, guint n, GError **error);

/* Writes head, search document and index, and the row if it is missing; removes the document when the root is deleted. */
gboolean kaf_writer_write_identity (KafDatabase *db, KafIdentity *identity, GError **error);

/* Head, search document and index of an identity, again from its rows. */
gboolean kaf_writer_refresh (
    KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error);

/* Whether head and search document still say what the rows do; @same_head and @same_document
 * (out). FALSE when it could not be read. */
gboolean kaf_writer_compare_identity (KafDatabase *db,
                                      KafIdentity *identity,
                                      gboolean *same_head,
                                      gboolean *same_document,
                                      GError **error);

G_END_DECLS
