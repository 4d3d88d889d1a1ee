/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the calendar of missions between two days: when each takes place, and its sessions. */
#pragma once

#include "record/kaf-query.h"
#include "store/kaf-agenda.h"

G_BEGIN_DECLS

/* By day, then missions before sessions, then by title. Each item leads to its mission. A session is late when its day
 * is past and nobody said whether it was held. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED.
 * (element-type KafAgendaItem) (transfer full) */
GPtrArray *kaf_agenda_read_missions (KafDatabase *db,
                                     KafDay from,
                                     KafDay until,
                                     KafDay today,
                                     KafLang lang,
                                     GCancellable *cancellable,
                                     GError **error);

/* Leaves of @items (as above) those of the missions of @only (nullable: all) that @who (nullable: anybody) follows.
 * Errors: KAF_STORE_ERROR. */
gboolean kaf_agenda_keep_missions (
    KafDatabase *db, GPtrArray *items, const KafQuery *only, const char *who, GError **error);

G_END_DECLS
