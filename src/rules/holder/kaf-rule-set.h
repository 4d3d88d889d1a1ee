/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published set of scoring rules is never changed: what was decided by it must stay clear. The same on a device and on
 * the hub. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* The first field of what is frozen that @change would make another than it is in @before; NULL: none, or @before was
 * not published. */
const char *kaf_rule_set_find_frozen (KafRecord *before, KafRecord *change);

/* Whether @change does no more than take the publication back on the day of it (@day, ISO): nothing can have been built
 * on it before that day is over. Whose it is to take back is for the caller to say. */
gboolean kaf_rule_set_withdraws (KafRecord *before, KafRecord *change, const char *day);

G_END_DECLS
