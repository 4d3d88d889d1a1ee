/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one record, its history, and finding it by what a person calls it. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* All fields, as they are shown; where the record is shown by another (kaf-one.h), that one. A deleted record is returned
 * too (its stamp tells). Errors: NOT_FOUND. */
KafRecord *
kaf_read_record (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

/* By reference ("EXP-2026-0042", an alias too), id, code, or EXTERNAL_SOURCE:EXTERNAL_ID.
 * @entity NULL: any. @found (out, nullable): @entity, or without one the first facet that is there
 * of an id that several share, else the root. Returns FALSE with NOT_FOUND. */
gboolean kaf_read_resolve (KafDatabase *db,
                           const char *text,
                           const KafEntity *entity,
                           const KafEntity **found,
                           char **id,
                           GError **error);

/* The title in @lang, falling back to the other script; NULL when there is no such record. */
char *kaf_read_title (KafDatabase *db, const char *entity, const char *id, KafLang lang);

/* The same as a KafTitleFunc whose data is the KafDatabase; of what is not here, for being out of the user's scope or gone, a
 * sentence that says so. */
char *kaf_read_long_title_func (const char *entity, const char *id, KafLang lang, gpointer data);

/* The title where room is short: "DMK". (transfer full) (nullable) */
char *kaf_read_short_title (KafDatabase *db, const char *entity, const char *id, KafLang lang);

/* Whether the record is there and not deleted. */
gboolean kaf_read_exists (KafDatabase *db, const KafEntity *entity, const char *id);

/* One field's change. Values are canonical; text is for reading (references resolved). */
typedef struct
{
  char *batch;
  char *label; /* of the batch: "edit", "import", "undo"… */
  gint64 when; /* µs since 1970, UTC */
  char *author;
  const KafEntity *entity;
  const KafField *field; /* NULL: the record as a whole */
  KafChangeKind kind;
  char *before, *after;
  char *before_text, *after_text;
} KafHistoryItem;
void kaf_history_item_free (KafHistoryItem *self);

/* The newest first, of the record and of its facets. (element-type KafHistoryItem) */
GPtrArray *kaf_read_history (KafDatabase *db,
                             const KafEntity *entity,
                             const char *id,
                             guint limit,
                             KafLang lang,
                             GError **error);

/* Batches of the author, newest first, for the undo menu. */
typedef struct
{
  char *batch, *label, *author;
  gint64 when;
  guint n_records;
  gboolean undone;
} KafBatchInfo;
void kaf_batch_info_free (KafBatchInfo *self);
GPtrArray *kaf_read_batches (KafDatabase *db, guint limit, GError **error);

/* Persons that resemble @record (same e-mail, phone, name key), the likeliest first.
 * (element-type KafLookalike) */
typedef struct
{
  char *id, *ref, *title, *title_ar, *summary; /* summary: city, country, status */
  gboolean same_email, same_phone, like_name;
  double likeness; /* of the names, 0..1 */
} KafLookalike;
void kaf_lookalike_free (KafLookalike *self);
GPtrArray *kaf_read_lookalikes (
    KafDatabase *db, const KafRecord *record, guint limit, KafLang lang, GError **error);

/* All items of a reference list in its order, retired ones last. (element-type KafListItem) */
typedef struct
{
  char *code, *parent; /* parent nullable */
  char *title;         /* in the language asked for */
  char *others;        /* in the others, parted by blanks, to be searched */
  gboolean retired;
} KafListItem;
void kaf_list_item_free (KafListItem *self);
GPtrArray *kaf_read_list (KafDatabase *db, const char *entity, KafLang lang, GError **error);

/* The first column of each row of @sql, whose one parameter is @bind. (element-type utf8) (transfer full) */
GPtrArray *kaf_read_ids (KafDatabase *db, const char *sql, const char *bind, GError **error);

/* The value of a setting on @day (ISO date; NULL: today), or its default: of what began last, and of several that began on one
 * day the one with the greatest id, on every device and at the hub. (transfer full) */
char *kaf_read_setting (KafDatabase *db, const char *key, const char *day);

G_END_DECLS
