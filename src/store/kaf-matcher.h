/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person searches for, and how well a record's folded text answers.
 *
 * Classes, best first; within a class the order is that of names:
 *   0  every word begins a word of the names, and the first begins the name itself
 *   1  every word begins a word of the names
 *   2  the same, some of them only through the name key (the other script)
 *   3  every word is found, somewhere in the record
 *   4  not found */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

#define KAF_MATCH_NONE 4

typedef struct _KafMatcher KafMatcher;

/* NULL when @text holds nothing to search for. */
KafMatcher *kaf_matcher_new (const char *text);
void kaf_matcher_free (KafMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatcher, kaf_matcher_free)

/* The words looked for, folded, to highlight them. */
const char *const *kaf_matcher_words (KafMatcher *self);

/* Whether the first word is Arabic: the order of names is then the Arabic one. */
gboolean kaf_matcher_is_arabic (KafMatcher *self);

/* FTS5 expression that finds the records of classes 0 to @class (1 to 3). (transfer full) */
char *kaf_matcher_expression (KafMatcher *self, guint class);

/* Class of a record by its document and its sort key. */
guint kaf_matcher_classify (
    KafMatcher *self, const char *name, const char *key, const char *rest, const char *sort);

/* The SQL function kaf_class (name, key, rest, sort), which uses db->search. */
void kaf_matcher_register (KafDatabase *db);

G_END_DECLS
