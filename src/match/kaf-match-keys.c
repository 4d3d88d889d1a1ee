/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-keys.h"

#include <string.h>

#include "match/kaf-match-value.h"
#include "match/kaf-name-alphabet.h"

#define KEY_WORDS_MAX 10 /* readings of one side of a name that are looked at */

#define LONG_WORD 5 /* letters from which on a word of a name tells an organisation */

#define COARSE_LEAST 4 /* consonants of both names */

#define WHOLE_DATE 10 /* "1975-04-12" */

typedef struct
{
  const KafMatchPerson *person;
  GHashTable *keys; /* a set */
} Maker;

static void
take (Maker *maker, char *key)
{
  g_hash_table_add (maker->keys, key);
}

static void
add_values (Maker *maker, KafMatchField field, char letter)
{
  const KafMatchValues *values = maker->person->values[field];

  for (guint i = 0; values != NULL && i < values->len; i++)
    take (maker, g_strdup_printf ("%c:%s", letter, values->at[i].value));
}

static void
add_locals (Maker *maker)
{
  const KafMatchValues *values = maker->person->values[KAF_MATCH_EMAIL];

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree char *local = kaf_match_email_local (values->at[i].value);

      if (local != NULL)
        take (maker, g_strconcat ("l:", local, NULL));
    }
}

/* One key of the name with one thing that is known of the person. */
static void
add_with (Maker *maker, const char *word, char letter, KafMatchField field)
{
  const KafMatchValues *values = maker->person->values[field];

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const char *value = values->at[i].value;

      if (g_str_has_prefix (value, KAF_MATCH_INITIALS))
        value += strlen (KAF_MATCH_INITIALS);
      take (maker, g_strdup_printf (field == KAF_MATCH_BIRTH ? "%c:%s %.4s" : "%c:%s %s", letter,
                                    word, value));
    }
}

static void
add_bodies (Maker *maker)
{
  const KafMatchValues *values = maker->person->values[KAF_MATCH_BODY];

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const char *name = values->at[i].value;
      g_auto (GStrv) words = NULL;

      if (g_str_has_prefix (name, KAF_MATCH_INITIALS))
        name += strlen (KAF_MATCH_INITIALS);
      take (maker, g_strconcat ("o:", name, NULL));
      words = g_strsplit (name, " ", -1);
      for (guint j = 0; words[j] != NULL; j++)
        if (g_utf8_strlen (words[j], -1) >= LONG_WORD)
          take (maker, g_strconcat ("b:", words[j], NULL));
    }
}

/* The whole birth date with something else: few share both. */
static void
add_day (Maker *maker, const char *with)
{
  const KafMatchValues *values = maker->person->values[KAF_MATCH_BIRTH];

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const char *day = values->at[i].value;

      if (strlen (day) == WHOLE_DATE)
        take (maker, g_strdup_printf ("d:%s %s", with, day));
    }
}

static void
add_pairs (Maker *maker, char **given, char **family)
{
  for (guint i = 0; given[i] != NULL && i < KEY_WORDS_MAX; i++)
    for (guint j = 0; family[j] != NULL && j < KEY_WORDS_MAX; j++)
      {
        gboolean first = strcmp (given[i], family[j]) <= 0;

        if (*given[i] != '\0' && *family[j] != '\0')
          take (maker, g_strdup_printf ("n:%s %s", first ? given[i] : family[j],
                                        first ? family[j] : given[i]));
      }
}

/* The first sound of a given name, vowels being one: what is left of it where an initial is written. 0: none. */
static char
initial_of (const char *name)
{
  KafNameWord words[KAF_NAME_WORDS];
  g_autofree char *key = NULL;

  if (name == NULL || kaf_name_read (name, words) == 0 || words[0].n == 0)
    return 0;
  if (kaf_name_phone_is_vowel (words[0].phones[0]))
    return 'a';
  key = kaf_name_key_word (name);
  /* As letters, where they are sounds: K. may be Khadija, C. Chaimae. */
  return key[0] == 'x' || key[0] == 'c' ? 'k' : key[0];
}

static void
add_initial (Maker *maker, const char *given, char **family)
{
  char initial = initial_of (given);

  for (guint i = 0; initial != 0 && family[i] != NULL && i < KEY_WORDS_MAX; i++)
    if (*family[i] != '\0')
      take (maker, g_strdup_printf ("f:%s %c", family[i], initial));
}

/* Letters that a registry office abroad leaves out or writes otherwise are gone: h is, kh is k. */
static char *
coarsen (const char *key)
{
  GString *out = g_string_new (NULL);

  for (; *key != '\0'; key++)
    if (*key != 'h' && *key != ' ')
      g_string_append_c (out, *key == 'x' ? 'k' : *key);
  return g_string_free (out, FALSE);
}

static void
add_coarse (Maker *maker, const KafMatchName *name)
{
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;
  gboolean first;

  if (name->given_key == NULL || name->family_key == NULL)
    return;
  given = coarsen (name->given_key);
  family = coarsen (name->family_key);
  first = strcmp (given, family) <= 0;
  if (strlen (given) + strlen (family) >= COARSE_LEAST)
    take (maker, g_strdup_printf ("m:%s %s", first ? given : family, first ? family : given));
}

static void
add_name (Maker *maker, const KafMatchName *name)
{
  g_autofree char *full = kaf_match_given (name->given);
  g_autofree char *given_key = kaf_name_key (full != NULL ? full : name->given);
  g_autofree char *family_key = kaf_name_key (name->family);
  g_auto (GStrv) given = g_strsplit (given_key, " ", -1);
  g_auto (GStrv) family = g_strsplit (family_key, " ", -1);

  add_pairs (maker, given, family);
  add_coarse (maker, name);
  /* A family name may change with marriage, or be spelled beyond what a key forgives. */
  for (guint i = 0; given[i] != NULL && i < KEY_WORDS_MAX; i++)
    if (*given[i] != '\0')
      add_day (maker, given[i]);
  add_initial (maker, name->given, family);
  if (name->cut)
    add_initial (maker, name->family, given);
  for (guint side = 0; side < 2; side++)
    {
      /* Where a name came in one piece, either side may be the family. */
      char **words = side == 0 ? family : name->cut || name->family == NULL ? given : NULL;

      for (guint i = 0; words != NULL && words[i] != NULL && i < KEY_WORDS_MAX; i++)
        if (*words[i] != '\0')
          {
            add_with (maker, words[i], 'y', KAF_MATCH_BIRTH);
            add_with (maker, words[i], 'w', KAF_MATCH_EMPLOYER);
            add_with (maker, words[i], 'c', KAF_MATCH_CITY);
          }
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
kaf_match_keys (const KafMatchPerson *person)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Maker maker = { person, keys };
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  add_values (&maker, KAF_MATCH_EMAIL, 'e');
  add_locals (&maker);
  add_values (&maker, KAF_MATCH_PHONE, 'p');
  add_values (&maker, KAF_MATCH_IDENTIFIER, 'i');
  add_bodies (&maker);
  if (kaf_match_person_get (person, KAF_MATCH_CITY) != NULL)
    add_day (&maker, kaf_match_person_get (person, KAF_MATCH_CITY));
  for (guint i = 0; i < person->names->len; i++)
    add_name (&maker, g_ptr_array_index (person->names, i));

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_ptr_array_add (sorted, key);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (sorted, compare_keys);
  return sorted;
}

gboolean
kaf_match_key_is_anchor (const char *key)
{
  return strchr ("elpi", key[0]) != NULL && key[1] == ':';
}

/* FNV-1a. */
guint64
kaf_match_key_hash (const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *key != '\0'; key++)
    hash = (hash ^ (guint8) *key) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}
