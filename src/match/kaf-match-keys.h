/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which persons that may be one are found: two persons are compared when they have a key in common.
 *
 *   e:ADDRESS  l:LOCAL PART  p:LAST NINE DIGITS  i:IDENTIFIER
 *   n:KEY KEY            a given and a family name, sorted, in every reading of both (article or not)
 *   f:KEY LETTER         a family name and the first sound of the given one
 *   y:KEY YEAR           a family name and the year of birth
 *   w:KEY EMPLOYER       … and an employer, by its words or its initials
 *   c:KEY CITY           … and a city
 *   o:NAME  b:WORD       an organisation by its name or its initials, and by its long words
 *   d:KEY DATE           a given name, or the city, and the whole date of birth
 *
 * The strings depend on nothing but the person, and stay the same on every device and in every version of the model;
 * a change of the keys is a change of KAF_MATCH_KEYS_VERSION. */
#pragma once

#include "match/kaf-match-person.h"

G_BEGIN_DECLS

#define KAF_MATCH_KEYS_VERSION 1

/* Persons of one key; what more persons share is combined with the country. */
#define KAF_MATCH_KEY_CROWD 200

/* Sorted, each once. (element-type utf8) (transfer full) */
GPtrArray *kaf_match_keys (const KafMatchPerson *person);

/* A key as it is kept: 64 bits of it. Two that fall together only add a candidate. */
guint64 kaf_match_key_hash (const char *key);

/* The key of a crowd, for those of one country; NULL: hers is not known. (transfer full) */
char *kaf_match_key_in_country (const char *key, const KafMatchPerson *person);

G_END_DECLS
