/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with something that came from another device. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_SYNC_ERROR (kaf_sync_error_quark ())
GQuark kaf_sync_error_quark (void);

typedef enum
{
  KAF_SYNC_ERROR_TOO_LARGE,
  KAF_SYNC_ERROR_ENCODING, /* not UTF-8, or a byte of zero */
  KAF_SYNC_ERROR_GRAMMAR,  /* not JSON (RFC 8259) */
  KAF_SYNC_ERROR_TOO_DEEP,
  KAF_SYNC_ERROR_NUMBER,        /* no whole number of 64 bits in its one spelling */
  KAF_SYNC_ERROR_STRING,        /* an escaped NUL, or half of a surrogate pair */
  KAF_SYNC_ERROR_DUPLICATE_KEY, /* one name twice in an object, or an empty name */
  KAF_SYNC_ERROR_MEMBER,        /* what must be there is missing, or not as it should be */
} KafSyncError;

G_END_DECLS
