/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text file in any encoding as a stream of UTF-8. A byte that the encoding does not have is written
 * as its number, "\\E9", for a person to see. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @wanted (nullable): what the caller set; otherwise it is found. *mark (out): bytes of the mark in front.
 * Errors: KAF_TABLE_ERROR_ENCODING. */
const char *
kaf_text_stream_find_encoding (GBytes *head, const char *wanted, guint *mark, GError **error);

/* The first bytes of the file, as UTF-8 without its mark. (transfer full) */
char *kaf_text_stream_convert_head (GBytes *head, const char *encoding, guint mark);

/* @raw (out, transfer full): the stream of the file itself. Errors: G_IO_ERROR. */
GInputStream *kaf_text_stream_open (GFile *file,
                                    const char *encoding,
                                    guint mark,
                                    GInputStream **raw,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
