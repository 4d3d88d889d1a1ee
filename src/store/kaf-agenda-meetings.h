/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings between two days, and what was decided to be done by a day of them. */
#pragma once

#include "store/kaf-agenda.h"

G_BEGIN_DECLS

/* Adds them to @items as KAF_AGENDA_MEETING and KAF_AGENDA_DUE, each leading to its record. Errors: KAF_STORE_ERROR. */
gboolean kaf_agenda_add_meetings (KafDatabase *db,
                                  KafDay from,
                                  KafDay until,
                                  KafDay today,
                                  KafLang lang,
                                  GPtrArray *items,
                                  GError **error);

G_END_DECLS
