/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row held before it was made to show something else (the table raw), and back. For the files of kaf-one. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* In the place of a field: when the row was deleted; that it is there by a judgement alone. */
#define KAF_RAW_FATE ""
#define KAF_RAW_ADDED "+"

/* Keeps what the row holds in @field, unless something is kept of it already. @value: of a set nothing, it is read. */
gboolean kaf_raw_keep (KafDatabase *db,
                       gint64 rid,
                       const KafEntity *entity,
                       const char *field,
                       const char *value,
                       GError **error);

/* Whether the rows of that number show something else than they hold. */
gboolean kaf_raw_any (KafDatabase *db, gint64 rid);

/* Puts the rows of that number back as they came, the root and its facets. */
gboolean kaf_raw_put_back (KafDatabase *db, gint64 rid, GError **error);

/* Gives @record, as it was read from the row, what the row holds for good. @absent (out): there is no such row. */
gboolean
kaf_raw_overlay (KafDatabase *db, KafRecord *record, gint64 rid, gboolean *absent, GError **error);

/* Elements that are not removed, of a set that is kept; a canonical set. (transfer full) (nullable) */
char *kaf_raw_read_set (const char *kept);

G_END_DECLS
