/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What approved minutes keep as it was: the meeting, its agenda, who was called and came, and what was decided. How far a
 * decision is goes on being written. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* Whether minutes hold records of the entity at all. */
gboolean kaf_minutes_concern (const KafEntity *entity);

/* The first field of @before that the minutes hold and that @after, which may hold few, writes otherwise. @before NULL:
 * a new record; @after NULL: one that goes. *field (out): the field, NULL where it is the record as a whole.
 * FALSE: nothing that they hold is touched. */
gboolean kaf_minutes_touch (KafRecord *before, KafRecord *after, const char **field);

/* Whether @after, of the meeting @before, takes its approval back by who gave it: since then nobody else writes there. */
gboolean kaf_minutes_withdraw (KafRecord *before, KafRecord *after, const char *author);

G_END_DECLS
