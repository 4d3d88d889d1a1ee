/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/kaf-clock.h"
#include "base/kaf-random.h"

G_BEGIN_DECLS

/* Length of an identifier in text, without the closing zero. */
#define KAF_ID_LENGTH 36

char *kaf_id_new (KafClock *clock, KafRandom *random);
char *kaf_id_from_content (const char *space, ...) G_GNUC_NULL_TERMINATED;
char *kaf_id_from_content_strv (const char *space, const char *const *parts);
gboolean kaf_id_is_uuid (const char *id);
gint64 kaf_id_get_time (const char *id);
guint kaf_id_hash (gconstpointer id);

G_END_DECLS
