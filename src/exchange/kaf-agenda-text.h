/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the calendar, in words: the same in the window and in an exported calendar. In the language of the
 * interface. */
#pragma once

#include "store/kaf-agenda.h"

G_BEGIN_DECLS

/* "Session: …", "Due: …", "End of the convention: …"; the title isolated. (transfer full) */
char *kaf_agenda_text_title (const KafAgendaItem *self);

/* "Session", "Due date", "End of convention". */
const char *kaf_agenda_text_kind (KafAgendaKind kind);

/* "planned", "held", "to do", "late", "done"…; @style (out, nullable): of the pill. */
const char *kaf_agenda_text_state (const KafAgendaItem *self, const char **style);

/* The lines beneath: where, who, reference, parted by " · "; NULL when there is nothing to say. (transfer full) */
char *kaf_agenda_text_context (const KafAgendaItem *self);

G_END_DECLS
