/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person searches for, and how well a record's folded text answers. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* How the words were found: what the index can tell. */
typedef enum
{
  KAF_MATCH_NAMES, /* every word begins a word of the names */
  KAF_MATCH_KEYS,  /* the same, some of them only through the name key (the other script) */
  KAF_MATCH_TEXT,  /* every word is found, somewhere in the record */
  KAF_MATCH_NONE,
} KafMatchClass;

/* More words than these are ignored. */
#define KAF_MATCH_MAX_WORDS 12

/* Where the name begins, each a range of the order of names: with the whole text; with a word, the
 * first of those that it does begin with counts; or with none of them. */
#define KAF_MATCH_WHOLE 0
#define KAF_MATCH_WORD(i) (1 + (i))
#define KAF_MATCH_WITHIN KAF_MATCH_WORD (KAF_MATCH_MAX_WORDS)
#define KAF_MATCH_N_PLACES (KAF_MATCH_WITHIN + 1)

/* Ranks, the best is 0: by class, then by place. Those of a rank are in the order of names. */
#define KAF_MATCH_RANK(class, place) ((class) * KAF_MATCH_N_PLACES + (place))
#define KAF_MATCH_N_RANKS KAF_MATCH_RANK (KAF_MATCH_NONE, 0)

typedef struct _KafMatcher KafMatcher;

/* NULL when @text holds nothing to search for. */
KafMatcher *kaf_matcher_new (const char *text);
void kaf_matcher_free (KafMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatcher, kaf_matcher_free)

/* The words looked for, folded, to highlight them. */
const char *const *kaf_matcher_words (KafMatcher *self);

/* Whether the first word is Arabic: the order of names is then the Arabic one. */
gboolean kaf_matcher_is_arabic (KafMatcher *self);

/* FTS5 expression that finds the records up to @class. (transfer full) */
char *kaf_matcher_expression (KafMatcher *self, KafMatchClass class);

/* The expression of class TEXT in two: each word, anywhere; and the names read as a whole, NULL when
 * the words say the same. Apart, since FTS5 (3.40) forgets where a phrase stands when an AND is
 * within an OR, and kaf_found() asks it. (transfer full) */
char *kaf_matcher_words_expression (KafMatcher *self);
char *kaf_matcher_joint_expression (KafMatcher *self); /* (nullable) */

/* The words, one space between them. */
const char *kaf_matcher_whole (KafMatcher *self);

/* Rank of a record by its class and its sort key. */
guint kaf_matcher_rank (KafMatcher *self, KafMatchClass class, const char *sort);

/* The same by its document; KAF_MATCH_N_RANKS when it does not match. */
guint kaf_matcher_classify (
    KafMatcher *self, const char *name, const char *key, const char *rest, const char *sort);

/* The SQL functions kaf_rank (name, key, rest, sort), as kaf_matcher_classify(), and, in a search by
 * the words' expression, kaf_found (search): the class of a row by the index alone (KEYS only when
 * there is no joint expression). Both use db->search. */
gboolean kaf_matcher_register (KafDatabase *db, GError **error);

G_END_DECLS
