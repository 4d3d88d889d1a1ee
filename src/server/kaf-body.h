/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies of HTTP, compressed or not. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_ENCODING_NONE,
  KAF_ENCODING_ZSTD,
  KAF_ENCODING_GZIP,
  KAF_ENCODING_OTHER, /* one that is not understood here */
} KafEncoding;

/* Of "Content-Encoding"; NULL is none. */
KafEncoding kaf_encoding_from_header (const char *header);

/* The better of those that "Accept-Encoding" names (NULL: none). */
KafEncoding kaf_encoding_choose (const char *accept);

/* As in the header; NULL for none. */
const char *kaf_encoding_get_name (KafEncoding encoding);

/* Errors: G_IO_ERROR_NO_SPACE beyond @limit bytes, G_IO_ERROR_INVALID_DATA, G_IO_ERROR_NOT_SUPPORTED. */
GString *
kaf_body_unpack (KafEncoding encoding, const char *data, gsize size, gsize limit, GError **error);

/* NULL when it could not be done. */
GString *kaf_body_pack (KafEncoding encoding, const char *data, gsize size);

G_END_DECLS
