/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An exchange made small for the way: zstd, 3 times smaller at 150 MB/s. */
#pragma once

#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

/* NULL when there is no memory for it. (transfer full) */
GString *kaf_pack (const char *data, gsize size);

/* What was packed. A bomb is found out at @limit bytes. Errors: KAF_SYNC_ERROR_TOO_LARGE, _ENCODING.
 * (transfer full) */
GString *kaf_unpack (const char *data, gsize size, gsize limit, GError **error);

G_END_DECLS
