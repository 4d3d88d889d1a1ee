/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_NAME_PHONES 40 /* of one word; what is longer is cut */
#define KAF_NAME_WORDS 16  /* of one name */

/* What a word does in a name. */
typedef enum
{
  KAF_NAME_WORD,
  KAF_NAME_ARTICLE, /* El, Al, L', ال standing apart */
  KAF_NAME_JOINS,   /* Ben, Bou, Aït, Abou, Abd: one name with what follows */
  KAF_NAME_SUFFIX,  /* Eddine, Allah: one name with what comes before */
  KAF_NAME_TITLE,   /* Moulay, Sidi, Haj: a name that may be left out */
} KafNameRole;

/* One word in the common alphabet. Consonants: b p t T(th) d D(dh) j c(ch) C(sh) x(kh) G(gh) g k q f
 * v r z s l m n h. Vowels: a e i o u, A (hamza, any vowel), E (ayn), and w y, which open a word. */
typedef struct
{
  KafNameRole role;
  gboolean arabic;
  gboolean article;  /* the article stood in front and is not in the phones */
  gboolean alt_sure; /* the reading without the glued article is the likelier */
  gboolean open_t;   /* ends in اة, of which some hear the t: نجاة is Najat and Naja */
  guint8 alt;        /* phones that may be an article glued on, 0 for none */
  guint8 n;
  guint8 phones[KAF_NAME_PHONES];
} KafNameWord;

guint kaf_name_read (const char *name, KafNameWord words[KAF_NAME_WORDS]);

gboolean kaf_name_phone_is_vowel (guint8 phone);
gboolean kaf_name_phone_is_sun (guint8 phone);

G_END_DECLS
