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

/* A member of an object; the name as it is written, without its quotes: one with escapes in it equals
 * no name of ours. */
typedef struct
{
  KafWirePart name;
  KafWirePart value;
} KafWireMember;

/* The same check of one object; @members (element-type KafWireMember) takes what it holds. Errors also:
 * KAF_SYNC_ERROR_GRAMMAR when it is no object. */
gboolean kaf_wire_members (const char *text, gsize size, GArray *members, GError **error);

/* The value of that name, or NULL. */
const KafWirePart *kaf_wire_find (GArray *members, const char *name);

/* The values of a part that is an array, or NULL. (element-type KafWirePart) (transfer full) */
GArray *kaf_wire_array (const KafWirePart *part);

/* NULL beyond the end. */
const KafWirePart *kaf_wire_nth (GArray *parts, guint i);

/* Of a part that was checked: what its string says, or NULL when it is none. (transfer full) */
char *kaf_wire_get_string (const KafWirePart *part);

/* FALSE when the part, which was checked, is no number. */
gboolean kaf_wire_get_integer (const KafWirePart *part, gint64 *value);

/* The same of a member; also NULL or FALSE where there is none of that name. */
char *kaf_wire_find_string (GArray *members, const char *name);
gboolean kaf_wire_find_integer (GArray *members, const char *name, gint64 *value);

G_END_DECLS
