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

/* A value within a text, or the name of a member as it is written, without its quotes: one with escapes in it equals no
 * name of ours. It points there. What an array or an object holds follows it in the list of parts: values, or by turns
 * names and values. */
typedef struct
{
  const char *text;
  gsize size;
  guint n;    /* values of an array, members of an object; else 0 */
  guint span; /* parts of the list that it takes, itself among them */
} KafWirePart;

/* Parts of one text; what has more is not read. */
#define KAF_WIRE_MAX_PARTS (1024 * 1024)

/* For kaf_wire_parse(). (element-type KafWirePart) (transfer full) */
GArray *kaf_wire_parts_new (void);

/* The same check, in which @parts takes in the place of what it held all that there is: nothing within the text is looked
 * for twice. Returns the value itself, which stands first; NULL with @error, also KAF_SYNC_ERROR_TOO_LARGE.
 * (transfer none) */
const KafWirePart *kaf_wire_parse (const char *text, gsize size, GArray *parts, GError **error);

/* The same of one object. Errors also: KAF_SYNC_ERROR_GRAMMAR when it is none. */
const KafWirePart *
kaf_wire_parse_object (const char *text, gsize size, GArray *parts, GError **error);

/* All that takes a part bears NULL, for one that is not there. */
gboolean kaf_wire_is_array (const KafWirePart *part);
gboolean kaf_wire_is_object (const KafWirePart *part);
gboolean kaf_wire_is_null (const KafWirePart *part);
gboolean kaf_wire_is_true (const KafWirePart *part);

/* What stands behind the part and all that it holds. Only within what holds it, @n times from its first, part + 1. */
const KafWirePart *kaf_wire_after (const KafWirePart *part);

/* The value of that name; NULL where there is none, or no object. */
const KafWirePart *kaf_wire_find (const KafWirePart *object, const char *name);

/* NULL beyond the end, or where there is no array. It counts from the first. */
const KafWirePart *kaf_wire_nth (const KafWirePart *array, guint i);

/* What its string says, or NULL when it is none. (transfer full) */
char *kaf_wire_get_string (const KafWirePart *part);

/* FALSE when it is no number. */
gboolean kaf_wire_get_integer (const KafWirePart *part, gint64 *value);

/* The same of a member. */
char *kaf_wire_find_string (const KafWirePart *object, const char *name);
gboolean kaf_wire_find_integer (const KafWirePart *object, const char *name, gint64 *value);

G_END_DECLS
