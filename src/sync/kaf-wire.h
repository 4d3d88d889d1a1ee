/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check that stands before the JSON reader for anything from outside: json-glib crashes on
 * deep nesting, wraps integers and cuts strings at a NUL. What passes here holds none of these. */
#pragma once

#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

/* Arrays and objects within one another. */
#define KAF_WIRE_MAX_DEPTH 16

/* Bytes. A group of the journal has 256 KiB and what its last operation adds. */
#define KAF_WIRE_MAX_SIZE (16 * 1024 * 1024)

/* Whether @text is one JSON value (RFC 8259) that is safe to read: UTF-8 without NUL, neither
 * deep nor large, numbers whole and within 64 bits in their one spelling ("-0", "01", "1.0" and
 * "1e2" are not), surrogates in pairs, no name empty or twice in an object. One pass, without
 * recursion. @text: @size bytes, a NUL after them is not needed. Errors: KAF_SYNC_ERROR, with the
 * place in bytes and never the content. */
gboolean kaf_wire_check (const char *text, gsize size, GError **error);

/* A value within a text; it points there. */
typedef struct
{
  const char *text;
  gsize size;
} KafWirePart;

/* The same check; @parts (element-type KafWirePart) takes the values of the outermost array, so that
 * one of many can be read alone. */
gboolean kaf_wire_split (const char *text, gsize size, GArray *parts, GError **error);

G_END_DECLS
