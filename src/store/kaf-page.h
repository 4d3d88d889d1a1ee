/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a query: pages of rows ready to show, the count, and the places of all rows. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* One row of a list. Reference counted, never changed once made. */
typedef struct
{
  gatomicrefcount refs;
  guint32 rid;             /* the row's number on this device; never leaves it */
  const KafEntity *entity; /* of the query; in a general search, of the record */
  char *id, *ref, *title, *title_ar;
  guint n_cells;
  char **cells; /* text to show, NULL: unknown; one per column asked for */
  char **raw;   /* canonical text of the same */
  char *match;  /* general search: the text that matched when it is not the title; nullable */
  gpointer lot; /* what holds it and its texts (kaf-row-private.h); NULL: they are its own */
} KafRow;
KafRow *kaf_row_ref (KafRow *self);
void kaf_row_unref (KafRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRow, kaf_row_unref)

/* Places of all rows in order: rids. GArray of guint32. */

/* Rows @offset to @offset + @limit. @columns: paths as in KafQuery, and "ref", "title",
 * "title_ar", "updated_at", "created_at"; ENTITY.FIELD gives the texts of the related records, joined;
 * "availability" gives a word and, raw, "free", "tentative", "busy" or NULL, from today on; KAF_QUALITY_MISSING what a
 * person can be asked for and, raw, the measures (rules/quality).
 * @total (out, nullable): how many in all, or -1 when that would cost more than the page;
 * @at_least (out, nullable): a lower bound known then ("1 000+").
 * Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
GPtrArray *kaf_page_read (KafDatabase *db,
                          const KafQuery *query,
                          const char *const *columns,
                          KafLang lang,
                          guint offset,
                          guint limit,
                          gint64 *total,
                          gint64 *at_least,
                          GError **error);

/* All places in order: lets a list jump, select all and step to the next record. */
GArray *kaf_page_places (KafDatabase *db, const KafQuery *query, GError **error);

/* Rows of those places, in their order; a place that is gone gives a NULL element. */
GPtrArray *kaf_page_rows (KafDatabase *db,
                          const KafEntity *entity,
                          const guint32 *rids,
                          guint n_rids,
                          const char *const *columns,
                          KafLang lang,
                          GError **error);

gint64 kaf_page_count (KafDatabase *db, const KafQuery *query, GError **error);

/* Counts several queries of one entity, without texts, in one reading: @counts, one for each. */
gboolean kaf_page_counts (KafDatabase *db,
                          const KafQuery *const *queries,
                          guint n_queries,
                          gint64 *counts,
                          GError **error);

/* Records of an entity, kept up to date by every commit: no scan. */
gint64 kaf_page_total (KafDatabase *db, const KafEntity *entity);

/* Records of every searched entity; cells: city or kind, country. @entity NULL: all. */
GPtrArray *kaf_search_everywhere (KafDatabase *db,
                                  const char *text,
                                  const KafEntity *entity,
                                  KafLang lang,
                                  guint limit,
                                  GError **error);

/* Live records of @entity that belong to a record, newest first: memberships of a person… */
GPtrArray *kaf_page_related (KafDatabase *db,
                             const KafEntity *entity,
                             const char *field,
                             const char *owner_id,
                             const char *const *columns,
                             KafLang lang,
                             guint limit,
                             GError **error);

/* The same, more closely asked for. */
typedef struct
{
  const char *field; /* holds the owner: a reference, or a set of references */
  const char *owner_id;
  const char *only, *value; /* nullable: of those alone whose field @only holds @value */
  const char *order; /* nullable: field that they are ordered by, upwards; NULL: newest first */
  guint limit;
} KafRelatedQuery;
GPtrArray *kaf_page_related_by (KafDatabase *db,
                                const KafEntity *entity,
                                const KafRelatedQuery *query,
                                const char *const *columns,
                                KafLang lang,
                                GError **error);

/* How many records of the query hold each value of a field, the most frequent first; ENTITY.FIELD: of how many of them a
 * related record holds it. */
typedef struct
{
  char *value, *text;
  gint64 count;
} KafGroup;
void kaf_group_free (KafGroup *self);
GPtrArray *kaf_page_groups (KafDatabase *db,
                            const KafQuery *query,
                            const char *path,
                            KafLang lang,
                            guint limit,
                            GError **error);

G_END_DECLS
