/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which persons that may be one are found: two persons are compared when they have a key in common.
 *
 *   e:ADDRESS  l:LOCAL PART  p:LAST NINE DIGITS  i:IDENTIFIER
 *   n:KEY KEY            a given and a family name, sorted, in every reading of both (article or not)
 *   m:KEY KEY            the same in their likeliest reading, without what registry offices abroad confuse
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

#define KAF_MATCH_KEYS_VERSION 2

/* Persons of one key; of what more persons share, those of one country are looked at: whoever keeps keys keeps the
 * country with them. */
#define KAF_MATCH_KEY_CROWD 200

/* Sorted, each once. (element-type utf8) (transfer full) */
GPtrArray *kaf_match_keys (const KafMatchPerson *person);

/* One of those of e-mail, phone and identifier, which are hardly ever had by two: who has one in common is found by it. */
gboolean kaf_match_key_is_anchor (const char *key);

/* A key as it is kept: 64 bits of it. Two that fall together only add a candidate. */
guint64 kaf_match_key_hash (const char *key);

G_END_DECLS
