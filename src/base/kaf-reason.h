/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a typed reason is that goes into the register or to whom it concerns (law 09-08): something to read, not a letter or
 * two for the sake of a button. Devices and hub ask here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many letters or digits, of whatever script. */
#define KAF_REASON_LEAST 10

/* NULL is none. */
gboolean kaf_reason_is_enough (const char *text);

/* The sentence that asks for it, as msgid. (transfer none) */
const char *kaf_reason_get_rule (void);

G_END_DECLS
