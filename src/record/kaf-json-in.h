/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that comes from elsewhere, looked at before it is believed. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether @json, of at most @size_max bytes and with at most @depth_max arrays and objects within one another, may be
 * given to json-glib: UTF-8, of the characters of JSON alone, without a NUL in a text and without a number so long that
 * it would be read as another one. What it says may still be no JSON.
 * @too_much (out) (nullable): where it may not, whether it is too long or too deep. */
gboolean
kaf_json_in_is_harmless (const char *json, gsize size_max, guint depth_max, gboolean *too_much);

/* Whether each member of @object is one of @names, which end with NULL: what is not understood would be passed over. */
gboolean kaf_json_in_has_only (JsonObject *object, const char *const *names);

G_END_DECLS
