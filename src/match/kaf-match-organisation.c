/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-organisation.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-match-value.h"

#define INITIALS_LIKENESS 0.9
#define INITIALS_LEAST 3
#define INITIALS_MOST 8

struct _KafMatchAliases
{
  GHashTable *names; /* kind and key → known name */
};

/* Folded. Legal forms come out of "S.A.R.L." in letters, which join_letters() puts together. */
static const char *const legal_forms[] = {
  "ag",  "asbl", "bv",  "co",  "corp", "ev",      "gmbh",         "inc",  "kg",
  "llc", "llp",  "ltd", "plc", "sa",   "sarl",    "sas",          "sasu", "se",
  "snc", "spa",  "srl", "nv",  "gie",  "limited", "incorporated", "شركة", NULL,
};

static const char *const small_words[] = {
  "a",  "al",   "an",  "and", "au",  "aux", "d",  "das", "de", "den", "der", "des", "die",
  "du", "e",    "en",  "et",  "for", "fur", "im", "in",  "l",  "la",  "le",  "les", "of",
  "on", "pour", "the", "to",  "und", "von", "y",  "zu",  "في", "من",  "و",   NULL,
};

/* As the lines of a list begin. */
static const char *const kinds[] = { "organisation", "city", "country" };

static gboolean
is_year (const char *word)
{
  return strlen (word) == 4 && strspn (word, "0123456789") == 4 &&
         (g_str_has_prefix (word, "19") || g_str_has_prefix (word, "20"));
}

/* The letters of "S.A.R.L." are one word; NULL: @words are not single letters, or only one. */
static char *
join_dotted (char **words)
{
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    if (g_utf8_strlen (words[i], -1) != 1)
      return NULL;
  return n > 1 ? g_strjoinv (NULL, words) : NULL;
}

/* Folded words; letters that stand alone one after the other ("e. V.", "S A R L") are put together. */
static GPtrArray *
read_words (const char *name)
{
  g_auto (GStrv) pieces = g_strsplit_set (name, " \t\n", -1);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_auto (GStrv) words = kaf_fold_words (pieces[i]);
      char *dotted = join_dotted (words);
      gboolean letter = words[0] != NULL && words[1] == NULL && g_utf8_strlen (words[0], -1) == 1;

      if (letter)
        g_string_append (letters, words[0]);
      if (letters->len > 0 && (!letter || pieces[i + 1] == NULL))
        {
          g_ptr_array_add (out, g_strdup (letters->str));
          g_string_truncate (letters, 0);
        }
      if (dotted != NULL)
        g_ptr_array_add (out, dotted);
      for (guint j = 0; dotted == NULL && !letter && words[j] != NULL; j++)
        g_ptr_array_add (out, g_strdup (words[j]));
    }
  return g_steal_pointer (&out);
}

/* The words that tell it, in their order. */
static GPtrArray *
telling_words (const char *name)
{
  g_autofree char *valid = name != NULL ? g_utf8_make_valid (name, -1) : NULL;
  g_autoptr (GPtrArray) joined = read_words (valid != NULL ? valid : "");
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < joined->len; i++)
    {
      const char *word = g_ptr_array_index (joined, i);

      if (!g_strv_contains (legal_forms, word) && !g_strv_contains (small_words, word) &&
          !is_year (word))
        g_ptr_array_add (out, g_strdup (word));
    }
  return g_steal_pointer (&out);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
bare_key (const char *name)
{
  g_autoptr (GPtrArray) words = telling_words (name);

  if (words->len == 0)
    return NULL;
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/* ---- Names that are known to be one ---- */

KafMatchAliases *
kaf_match_aliases_new (void)
{
  KafMatchAliases *self = g_new (KafMatchAliases, 1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_match_aliases_free (KafMatchAliases *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

static char *
alias_key (KafMatchAlias kind, const char *name)
{
  g_autofree char *key =
      kind == KAF_MATCH_ALIAS_ORGANISATION ? bare_key (name) : kaf_match_word (name);

  return key != NULL ? g_strdup_printf ("%u %s", kind, key) : NULL;
}

void
kaf_match_aliases_add (KafMatchAliases *self,
                       KafMatchAlias kind,
                       const char *known,
                       const char *name)
{
  const char *both[] = { known, name };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      char *key = alias_key (kind, both[i]);

      /* The first that claims a name has it: what a file says again changes nothing. */
      if (key != NULL && !g_hash_table_contains (self->names, key))
        g_hash_table_insert (self->names, key, g_strdup (known));
      else
        g_free (key);
    }
}

guint
kaf_match_aliases_read (KafMatchAliases *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), "\t", -1);
      guint kind = 0;

      if (*lines[i] == '#' || cells[0] == NULL || cells[1] == NULL)
        continue;
      while (kind < G_N_ELEMENTS (kinds) && !g_str_equal (cells[0], kinds[kind]))
        kind++;
      if (kind == G_N_ELEMENTS (kinds))
        continue;
      for (guint j = 2; cells[j] != NULL; j++, n++)
        kaf_match_aliases_add (self, kind, cells[1], cells[j]);
    }
  return n;
}

const char *
kaf_match_aliases_find (const KafMatchAliases *self, KafMatchAlias kind, const char *name)
{
  g_autofree char *key = self != NULL ? alias_key (kind, name) : NULL;

  return key != NULL ? g_hash_table_lookup (self->names, key) : NULL;
}

/* ---- Organisations ---- */

char *
kaf_match_organisation_key (const char *name, const KafMatchAliases *aliases)
{
  const char *known = kaf_match_aliases_find (aliases, KAF_MATCH_ALIAS_ORGANISATION, name);

  return bare_key (known != NULL ? known : name);
}

char *
kaf_match_organisation_initials (const char *name)
{
  g_autoptr (GPtrArray) words = telling_words (name);
  GString *out;

  if (words->len < INITIALS_LEAST || words->len > INITIALS_MOST)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    g_string_append_unichar (out, g_utf8_get_char (g_ptr_array_index (words, i)));
  return g_string_free (out, FALSE);
}

static double
common_share (const char *a, const char *b)
{
  g_auto (GStrv) words_a = g_strsplit (a, " ", -1);
  g_auto (GStrv) words_b = g_strsplit (b, " ", -1);
  double common = 0, all = 0;

  for (guint i = 0; words_a[i] != NULL; i++)
    {
      double length = (double) strlen (words_a[i]);

      all += length;
      if (g_strv_contains ((const char *const *) words_b, words_a[i]))
        common += 2 * length;
    }
  for (guint i = 0; words_b[i] != NULL; i++)
    all += (double) strlen (words_b[i]);
  return all > 0 ? MIN (common / all, 1) : 0;
}

double
kaf_match_organisation_likeness (const char *a, const char *b, const KafMatchAliases *aliases)
{
  g_autofree char *key_a = kaf_match_organisation_key (a, aliases);
  g_autofree char *key_b = kaf_match_organisation_key (b, aliases);
  g_autofree char *initials_a = kaf_match_organisation_initials (a);
  g_autofree char *initials_b = kaf_match_organisation_initials (b);

  if (key_a == NULL || key_b == NULL)
    return 0;
  if (g_str_equal (key_a, key_b))
    return 1;
  if (g_strcmp0 (initials_a, key_b) == 0 || g_strcmp0 (initials_b, key_a) == 0)
    return INITIALS_LIKENESS;
  return MIN (common_share (key_a, key_b), INITIALS_LIKENESS);
}
