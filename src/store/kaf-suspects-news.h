/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the records was written since they were compared last. */
#pragma once

#include "store/kaf-suspects-private.h"

G_BEGIN_DECLS

/* How far one has come: in what was touched (kaf-touched.h), in the journal. */
typedef struct
{
  gint64 touched, journal;
} KafMatchSeen;

gboolean kaf_match_seen_read (KafDatabase *db, KafMatchSeen *now, GError **error);
char *kaf_match_seen_print (const KafMatchSeen *seen); /* (transfer full) */
gboolean kaf_match_seen_parse (const char *text, KafMatchSeen *seen);

/* Whether anything was written that the matching looks at. */
gboolean
kaf_match_news_any (KafDatabase *db, const KafMatchSeen *seen, gboolean *any, GError **error);

/* Adds the row numbers (gint64, owned) of persons and of organisations that are to be looked at again. */
gboolean kaf_match_news_gather (KafDatabase *db,
                                const KafMatchSeen *seen,
                                GHashTable *const rows[KAF_N_MATCHED],
                                GError **error);

/* The id of a row's record; NULL: it is gone. (transfer full) */
char *kaf_match_find_id (KafDatabase *db, gint64 rid, GError **error);

G_END_DECLS
