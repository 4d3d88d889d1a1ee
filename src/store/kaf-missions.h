/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missions loaded whole for the rules (rules/mission/kaf-mission.h): a few columns of each of their parts.
 *
 * One is read by as many short queries as it has kinds of parts. Of many, each kind of part is one pass in the order
 * of the missions, so that memory holds one mission at a time. Run them on a worker. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/mission/kaf-mission.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* The mission @id with all its parts; titles are in @lang where they are written in it. Errors: KAF_STORE_ERROR
 * (NOT_FOUND: it is not here, or deleted), G_IO_ERROR_CANCELLED. (transfer full) */
KafMission *kaf_mission_read (
    KafDatabase *db, const char *id, KafLang lang, GCancellable *cancellable, GError **error);

typedef enum
{
  KAF_MISSIONS_ALL,       /* every mission, with every part */
  KAF_MISSIONS_OPEN_STEP, /* open ones alone, with the parts that the checks of their open step look at */
} KafMissionsWhich;

/* Called with each mission, by id. What it has not kept by a reference is gone afterwards; FALSE ends the reading.
 * The conventions of a kept one live as long as the reading alone. @step: the open one. */
typedef gboolean (*KafMissionFunc) (KafMission *mission, guint step, gpointer data);

/* Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean kaf_missions_read_all (KafDatabase *db,
                                KafMissionsWhich which,
                                KafLang lang,
                                KafMissionFunc func,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/* Open ones alone, as KAF_MISSIONS_OPEN_STEP has them: those of @rows, a JSON array of row numbers; NULL: all. */
gboolean kaf_missions_read_open (KafDatabase *db,
                                 const char *rows,
                                 KafLang lang,
                                 KafMissionFunc func,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

/* Journal groups from this one on wait for the hub; G_MAXINT64: none does. Acts in them stand after others. */
gint64 kaf_missions_read_unsent (KafDatabase *db);

/* kaf_mission_read() on a worker. */
void kaf_store_read_mission_async (KafStore *self,
                                   const char *id,
                                   KafLang lang,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) */
KafMission *kaf_store_read_mission_finish (KafStore *self, GAsyncResult *result, GError **error);

/* The fingerprint of what step 6 approves: SHA-256 in hexadecimal over the dates and the place, who comes, and the
 * sessions that are not cancelled; the same on every device, in whatever order the rows lie. (transfer full) */
char *kaf_mission_read_content (KafDatabase *db, const char *id, GError **error);

/* What the store alone needs: acts and fingerprint, for the derived table. NULL without error: no such mission. */
KafMission *kaf_mission_read_acts (KafDatabase *db, const char *id, GError **error);

G_END_DECLS
