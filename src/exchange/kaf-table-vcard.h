/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns that contacts are given in: "full_name", "family_name", "given_name", the same with "_ar", "emails" and
 * "phones" (parted by "|"), "organisation", "title", "address", "city", "country", "links", "birthday", "languages",
 * "notes"… and "other", where properties that have no column stand as "X-NAME: value", a line each. The row of names is
 * number 0; UTF-16 files are told by their first bytes only when they have a mark. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *const *kaf_table_vcard_columns (guint *n);

G_END_DECLS
