/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical text of a set: elements joined by '\n', VALUE or VALUE '\t' DETAIL each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *value;
  char *detail; /* nullable */
} KafElement;

/* Elements that a set may have; a list of all countries has 250. */
#define KAF_SET_MAX 1000

/* Elements of @set in their order; empty when NULL. (element-type KafElement) (transfer full) */
GPtrArray *kaf_set_parse (const char *set);

/* @set with one element more; an element of the same value is replaced. (transfer full) */
char *kaf_set_add (const char *set, const char *value, const char *detail);

/* @set with each value once, where it stands first, with the detail that stands last; NULL when it is empty.
 * (transfer full) */
char *kaf_set_unite (const char *set);

/* @set without the element of that value, NULL when nothing is left. (transfer full) */
char *kaf_set_remove (const char *set, const char *value);

gboolean kaf_set_contains (const char *set, const char *value);
guint kaf_set_length (const char *set);

/* The first element's value, or NULL. (transfer full) */
char *kaf_set_first (const char *set);

/* Whether both hold the same elements, whatever their order. */
gboolean kaf_set_equal (const char *a, const char *b);

/* Elements of @to that @from lacks or holds with another detail. (transfer full) */
GPtrArray *kaf_set_difference (const char *to, const char *from);

/* Elements as canonical text; NULL when there are none. (transfer full) */
char *kaf_set_print (GPtrArray *elements);

/* "a|b" to canonical text and back; a bar within an element is written "\|", a backslash "\\".
 * @with_detail: "fr:C1|ar:C2", for languages only, since a web address holds a colon too.
 * (transfer full) (nullable) */
char *kaf_set_from_csv (const char *csv, gboolean with_detail);
char *kaf_set_to_csv (const char *set);

G_END_DECLS
