/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of organisations and networks: in full and short, in several languages, with legal forms and years. What no
 * rule can see (DMK is also "Réseau des compétences germano-marocaines") stands in a list of names that are known to be
 * one: data/reference/aliases.tsv, and the names that a store keeps of its organisations. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_MATCH_ALIAS_ORGANISATION,
  KAF_MATCH_ALIAS_CITY,
  KAF_MATCH_ALIAS_COUNTRY,
} KafMatchAlias;

/* Names that are one. */
typedef struct _KafMatchAliases KafMatchAliases;

KafMatchAliases *kaf_match_aliases_new (void);
void kaf_match_aliases_free (KafMatchAliases *self);

/* @name is another name of @known, which is added with it. */
void kaf_match_aliases_add (KafMatchAliases *self,
                            KafMatchAlias kind,
                            const char *known,
                            const char *name);

/* Lines "organisation<tab>KNOWN<tab>NAME<tab>NAME…", or "city…", "country…"; what begins with # is skipped. Returns the number of
 * names read. */
guint kaf_match_aliases_read (KafMatchAliases *self, const char *text);

/* The known name of what is called @name, with years and legal forms left out; NULL: none, or @self NULL. */
const char *
kaf_match_aliases_find (const KafMatchAliases *self, KafMatchAlias kind, const char *name);

/* Before initials among the values of a person. */
#define KAF_MATCH_INITIALS "<"

/* The words that tell an organisation, folded, sorted, without legal forms, articles and years; of one that is known,
 * those of its known name. (transfer full) (nullable: no such word) */
char *kaf_match_organisation_key (const char *name, const KafMatchAliases *aliases);

/* "ofppt" of the name in full, at least three letters; NULL for a name of fewer words. (transfer full) */
char *kaf_match_organisation_initials (const char *name);

/* Whether two names are one organisation: 1 the same key or known to be one, .9 one is the initials of the other, else
 * the share of words in common, each weighed by its length. */
double
kaf_match_organisation_likeness (const char *a, const char *b, const KafMatchAliases *aliases);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchAliases, kaf_match_aliases_free)

G_END_DECLS
