/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person searches for, and how well a record's folded text answers. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Classes, best first; within a class the order is that of names. */
typedef enum
{
  KAF_MATCH_WHOLE, /* the name begins with the whole text */
  KAF_MATCH_FIRST, /* every word begins a word of the names, and the first begins the name itself */
  KAF_MATCH_BEGINS, /* the same, and another word begins the name */
  KAF_MATCH_NAMES,  /* every word begins a word of the names */
  KAF_MATCH_KEYS,   /* the same, some of them only through the name key (the other script) */
  KAF_MATCH_TEXT,   /* every word is found, somewhere in the record */
  KAF_MATCH_NONE,
} KafMatchClass;

typedef struct _KafMatcher KafMatcher;

/* NULL when @text holds nothing to search for. */
KafMatcher *kaf_matcher_new (const char *text);
void kaf_matcher_free (KafMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatcher, kaf_matcher_free)

/* The words looked for, folded, to highlight them. */
const char *const *kaf_matcher_words (KafMatcher *self);

/* Whether the first word is Arabic: the order of names is then the Arabic one. */
gboolean kaf_matcher_is_arabic (KafMatcher *self);

/* FTS5 expression that finds the records up to @class, which is NAMES, KEYS or TEXT: of those
 * before the index knows nothing. (transfer full) */
char *kaf_matcher_expression (KafMatcher *self, KafMatchClass class);

/* The expression of class TEXT in two: each word, anywhere; and the names read as a whole, NULL when
 * the words say the same. Apart, since FTS5 (3.40) forgets where a phrase stands when an AND is
 * within an OR, and kaf_found() asks it. (transfer full) */
char *kaf_matcher_words_expression (KafMatcher *self);
char *kaf_matcher_joint_expression (KafMatcher *self); /* (nullable) */

/* The words, one space between them: what names of class WHOLE begin with. */
const char *kaf_matcher_whole (KafMatcher *self);

/* WHOLE, FIRST, BEGINS or NAMES, by the sort key of a record that has every word in its names. */
KafMatchClass kaf_matcher_place (KafMatcher *self, const char *sort);

/* Class of a record by its document and its sort key. */
KafMatchClass kaf_matcher_classify (
    KafMatcher *self, const char *name, const char *key, const char *rest, const char *sort);

/* The SQL functions kaf_class (name, key, rest, sort) and, in a search by the words' expression,
 * kaf_found (search): the class of a row by its document, and NAMES, KEYS or TEXT by the index alone
 * (KEYS only when there is no joint expression). Both use db->search. */
gboolean kaf_matcher_register (KafDatabase *db, GError **error);

G_END_DECLS
