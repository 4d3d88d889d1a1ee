/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file made small for the way, and back, a piece at a time (see sync/kaf-pack.h for what fits into memory).
 * Errors: KAF_STORE_ERROR_FULL, _IO, _DAMAGED; G_IO_ERROR_CANCELLED. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes @to, which is replaced, for its owner alone. A checksum of the content goes with it. */
gboolean
kaf_pack_file (const char *from, const char *to, GCancellable *cancellable, GError **error);
gboolean
kaf_unpack_file (const char *from, const char *to, GCancellable *cancellable, GError **error);

G_END_DECLS
