/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a form, as it was typed, wrong or not: the content of a draft. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @typed: text by field. The keys are sorted, so that the same content gives the same text.
 * (transfer full) */
char *kaf_typed_to_json (GHashTable *typed);

/* Back to text by field; what is not text is passed over. NULL when @json is no JSON object.
 * (element-type utf8 utf8) (transfer full) (nullable) */
GHashTable *kaf_typed_from_json (const char *json);

G_END_DECLS
