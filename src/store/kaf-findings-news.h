/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the findings may be others since some rows were written. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_NEWS_ACTS = 1 << 0, /* conventions and their signatories; with them all that stands on them */
  KAF_NEWS_COMMITMENTS = 1 << 1, /* what is due of them */
  KAF_NEWS_BODIES = 1 << 2,      /* networks, and who presides */
  KAF_NEWS_PROGRAMMES = 1 << 3,
  KAF_NEWS_MISSIONS = 1 << 4, /* all of them */
  KAF_NEWS_DELETED = 1 << 5,  /* what names something deleted */
  KAF_NEWS_HOLDERS = 1 << 6,  /* project holders and relays */
  KAF_NEWS_MEETINGS = 1 << 7, /* and what they decided */
  KAF_NEWS_ALL = (1 << 8) - 1,
} KafNews;

/* Of the rows touched after the entry @since: the parts to run again; into @missions (id → row, owned) those missions
 * that are by themselves; into @conventions (set of ids, owned) those whose commitments are. */
gboolean kaf_news_read (KafDatabase *db,
                        gint64 since,
                        KafNews *news,
                        GHashTable *missions,
                        GHashTable *conventions,
                        GError **error);

/* Adds a mission that is here. */
gboolean
kaf_news_add_mission (KafDatabase *db, GHashTable *missions, const char *id, GError **error);

G_END_DECLS
