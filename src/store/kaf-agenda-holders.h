/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due with project holders between two days: next actions of projects and after exchanges, answers of relays,
 * ends of tiers that were decided. */
#pragma once

#include "store/kaf-agenda.h"

G_BEGIN_DECLS

/* Adds them to @items as KAF_AGENDA_DUE, each leading to its record. Errors: KAF_STORE_ERROR. */
gboolean kaf_agenda_add_holders (KafDatabase *db,
                                 KafDay from,
                                 KafDay until,
                                 KafDay today,
                                 KafLang lang,
                                 GPtrArray *items,
                                 GError **error);

G_END_DECLS
