/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search key of names: consonants only, in classes that the two scripts do not tell apart, so
 * that El Ouafi and الوافي, Guessous and كسوس have a word in common.
 *
 * The key of a stored name holds every reading (with and without the article, compounds joined and
 * apart, "th" as one sound or two); the key of a typed word holds the likeliest only. Two names that
 * are one share a word; two names that share a word need not be one: that is for
 * kaf_name_likeness() to say. */

#include "config.h"

#include "match/kaf-name-key.h"
#include "match/kaf-name-alphabet.h"

#include <string.h>

#define KEY_PHONES 96
#define KEY_MAX 64
#define TOKENS_MAX 48

typedef struct
{
  guint n;
  guint8 phones[KEY_PHONES];
} Phones;

typedef struct
{
  guint n;
  char tokens[TOKENS_MAX][KEY_MAX];
} Tokens;

/* How letters with two readings go into a key. */
typedef enum
{
  READ_ONE_SOUND,  /* th → t, sh → c */
  READ_TWO_SOUNDS, /* th → t h, sh → s h */
  READ_FUSED,      /* t h → t, s h → c: how Latin letters may have written تح or سح */
} Reading;

/* ---- Phones to a key ---- */

static char
key_letter (guint8 phone)
{
  switch (phone)
    {
    case 'b':
    case 'p':
      return 'b';
    case 't':
    case 'T':
      return 't';
    case 'd':
    case 'D':
      return 'd';
    case 'c':
    case 'C':
      return 'c';
    case 'G':
      return 'g';
    case 'g':
    case 'k':
    case 'q':
      return 'k';
    case 'f':
    case 'v':
      return 'f';
    default:
      return (char) phone;
    }
}

/* Whether the u at @i is heard as w in both scripts: at the end of Alaoui and علوي. */
static gboolean
is_final_w (const Phones *phones, guint i)
{
  return phones->phones[i] == 'u' && i > 0 && i + 2 == phones->n && phones->phones[i + 1] == 'i';
}

/* Writes the key of @phones, "" when there is none. A key of one letter finds nobody by itself. */
static void
write_key (const Phones *phones, Reading reading, char out[KEY_MAX])
{
  guint n = 0;
  gboolean vowel_first = phones->n > 0 && kaf_name_phone_is_vowel (phones->phones[0]);

  for (guint i = 0; i < phones->n && n + 3 < KEY_MAX; i++)
    {
      guint8 phone = phones->phones[i];
      guint8 next = i + 1 < phones->n ? phones->phones[i + 1] : 0;

      if (i == 0 && (phone == 'w' || phone == 'y'))
        {
          out[n++] = (char) phone;
          vowel_first = FALSE;
        }
      else if (is_final_w (phones, i))
        out[n++] = 'w';
      else if (kaf_name_phone_is_vowel (phone))
        continue;
      else if (reading == READ_TWO_SOUNDS && (phone == 'T' || phone == 'D' || phone == 'C'))
        {
          out[n++] = phone == 'T' ? 't' : phone == 'D' ? 'd' : 's';
          out[n++] = 'h';
        }
      else if (reading == READ_FUSED && next == 'h' &&
               (phone == 't' || phone == 'd' || phone == 's'))
        {
          out[n++] = phone == 's' ? 'c' : (char) phone;
          i++;
        }
      else
        out[n++] = key_letter (phone);
    }
  /* Short names lean on the vowel they begin with; longer ones do without, since Driss is إدريس. */
  if (vowel_first && (n == 1 || n == 2))
    {
      memmove (out + 1, out, n);
      out[0] = 'a';
      n++;
    }
  out[n] = 0;
}

/* The same, "" when too little is left to find anyone by. */
static void
make_key (const Phones *phones, Reading reading, char out[KEY_MAX])
{
  write_key (phones, reading, out);
  if (strlen (out) < 2)
    *out = 0;
}

static gboolean
has_two_readings (const Phones *phones, gboolean arabic)
{
  for (guint i = 0; i < phones->n; i++)
    {
      guint8 phone = phones->phones[i];

      if (phone == 'T' || phone == 'D' || phone == 'C')
        return TRUE;
      if (arabic && i + 1 < phones->n && phones->phones[i + 1] == 'h' &&
          strchr ("tds", phone) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
tokens_add (Tokens *tokens, const char *key)
{
  if (*key == 0 || tokens->n >= TOKENS_MAX)
    return;
  for (guint i = 0; i < tokens->n; i++)
    if (strcmp (tokens->tokens[i], key) == 0)
      return;
  strcpy (tokens->tokens[tokens->n++], key);
}

/* Ouj… and وج… may begin with w or with u: Oujdi is وجدي, Oubella is أوبلا. */
static void
add_initial_reading (Tokens *tokens, const Phones *phones)
{
  Phones other = *phones;
  char key[KEY_MAX];

  if (phones->n < 2 || kaf_name_phone_is_vowel (phones->phones[1]))
    return;
  if (phones->phones[0] == 'u')
    other.phones[0] = 'w';
  else if (phones->phones[0] == 'w')
    other.phones[0] = 'u';
  else
    return;
  make_key (&other, READ_ONE_SOUND, key);
  tokens_add (tokens, key);
}

static void
tokens_add_phones (Tokens *tokens, const Phones *phones, gboolean arabic)
{
  char key[KEY_MAX];

  make_key (phones, READ_ONE_SOUND, key);
  tokens_add (tokens, key);
  add_initial_reading (tokens, phones);
  if (!has_two_readings (phones, arabic))
    return;
  make_key (phones, arabic ? READ_FUSED : READ_TWO_SOUNDS, key);
  tokens_add (tokens, key);
}

/* ---- Words to phones ---- */

/* Adds @word from its phone @from. Inside a longer whole, w and y are vowels again. */
static void
phones_add (Phones *phones, const KafNameWord *word, guint from, gboolean with_article)
{
  if (with_article && word->article)
    {
      phones->phones[phones->n++] = 'e';
      if (!kaf_name_phone_is_sun (word->phones[from]))
        phones->phones[phones->n++] = 'l';
    }
  for (guint i = from; i < word->n && phones->n + 2 < KEY_PHONES; i++)
    {
      guint8 phone = word->phones[i];

      if (phones->n > 0 && (phone == 'w' || phone == 'y'))
        phone = phone == 'w' ? 'u' : 'i';
      phones->phones[phones->n++] = phone;
    }
}

static guint
count_consonants (const KafNameWord *word, guint from)
{
  guint n = 0;

  for (guint i = from; i < word->n; i++)
    {
      guint8 phone = word->phones[i];
      gboolean final_w = phone == 'u' && i + 2 == word->n && word->phones[i + 1] == 'i';

      if (!kaf_name_phone_is_vowel (phone) || final_w ||
          (i == from && (phone == 'w' || phone == 'y')))
        n++;
    }
  return n;
}

/* Where the word begins without an article glued on, when enough is left of it. */
static guint
bare_start (const KafNameWord *word)
{
  return word->alt > 0 && count_consonants (word, word->alt) >= 2 ? word->alt : 0;
}

/* The end (exclusive) of the group of words that opens at @i and is one name: Aït Ben Haddou, Abd
 * Errahim, Nour Eddine. */
static guint
group_end (const KafNameWord *words, guint n, guint i)
{
  guint end = i;

  while (end + 1 < n && words[end].role == KAF_NAME_JOINS)
    end++;
  end++;
  while (end < n && words[end].role == KAF_NAME_SUFFIX)
    end++;
  return end;
}

static Phones
join_words (const KafNameWord *words, guint start, guint end, gboolean with_articles)
{
  Phones phones = { 0 };

  /* The first word's own article is no part of the compound. */
  for (guint i = start; i < end; i++)
    phones_add (&phones, &words[i], 0, with_articles && i > start);
  return phones;
}

static void
add_word (Tokens *tokens, const KafNameWord *word)
{
  guint bare = bare_start (word);
  Phones phones = { 0 };

  phones_add (&phones, word, bare, FALSE);
  tokens_add_phones (tokens, &phones, word->arabic);
  if (word->open_t && phones.n < KEY_PHONES)
    {
      phones.phones[phones.n++] = 't';
      tokens_add_phones (tokens, &phones, word->arabic);
    }
  if (!word->article && bare == 0)
    return;
  phones.n = 0;
  phones_add (&phones, word, 0, TRUE);
  tokens_add_phones (tokens, &phones, word->arabic);
}

static void
add_group (Tokens *tokens, const KafNameWord *words, guint start, guint end)
{
  Phones phones = join_words (words, start, end, TRUE);

  tokens_add_phones (tokens, &phones, words[start].arabic);
  phones = join_words (words, start, end, FALSE);
  tokens_add_phones (tokens, &phones, words[start].arabic);
}

static void
collect (Tokens *tokens, const char *name)
{
  KafNameWord words[KAF_NAME_WORDS];
  guint n = kaf_name_read (name, words);

  tokens->n = 0;
  for (guint i = 0; i < n; i++)
    {
      guint end = group_end (words, n, i);

      /* A particle by itself would find half the country. */
      if (words[i].role == KAF_NAME_WORD || words[i].role == KAF_NAME_TITLE)
        add_word (tokens, &words[i]);
      if (end > i + 1 && words[i].role != KAF_NAME_SUFFIX)
        add_group (tokens, words, i, end);
      if (words[i].role == KAF_NAME_TITLE && i + 1 < n)
        add_group (tokens, words, i, group_end (words, n, i + 1));
    }
}

/**
 * kaf_name_key_append:
 * @out: where to add
 * @name: (nullable): a name in either script or both
 *
 * Appends the key words of @name, each once, parted by a space from each other and from what stands
 * in @out. They are small ASCII letters; there may be none.
 */
void
kaf_name_key_append (GString *out, const char *name)
{
  Tokens tokens;

  collect (&tokens, name);
  for (guint i = 0; i < tokens.n; i++)
    {
      if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      g_string_append (out, tokens.tokens[i]);
    }
}

/**
 * kaf_name_key:
 * @name: (nullable): a name in either script or both
 *
 * Returns: (transfer full): its key words, parted by a space; "" for none
 */
char *
kaf_name_key (const char *name)
{
  GString *out = g_string_new (NULL);

  kaf_name_key_append (out, name);
  return g_string_free (out, FALSE);
}

static Phones
canonical_phones (const KafNameWord *words, guint start, guint end)
{
  Phones phones = { 0 };

  if (end > start + 1)
    return join_words (words, start, end, TRUE);
  phones_add (&phones, &words[start], words[start].alt_sure ? bare_start (&words[start]) : 0,
              FALSE);
  return phones;
}

/**
 * kaf_name_key_query:
 * @typed: (nullable): a name or part of one as it is typed
 *
 * Reads particles with what they belong to, as one word at a time cannot: "Abd El Rahim", "Abderrahim"
 * and "عبد الرحيم" give the same single key. A word of which only a consonant is there, "Skalli M",
 * gives a key of one letter, but only beside one that finds somebody.
 *
 * Returns: (transfer full) (array zero-terminated=1): one key for each name in @typed that has one; a
 *   record fits when each is the beginning of one of its key words
 */
char **
kaf_name_key_query (const char *typed)
{
  KafNameWord words[KAF_NAME_WORDS];
  guint n = kaf_name_read (typed, words);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gboolean finds = FALSE;

  for (guint i = 0; i < n;)
    {
      guint end = group_end (words, n, i);
      gboolean lone_particle =
          end == i + 1 && words[i].role != KAF_NAME_WORD && words[i].role != KAF_NAME_TITLE;
      Phones phones = canonical_phones (words, i, end);
      char key[KEY_MAX];

      write_key (&phones, READ_ONE_SOUND, key);
      if (*key != 0 && !lone_particle)
        g_ptr_array_add (keys, g_strdup (key));
      finds = finds || (strlen (key) > 1 && !lone_particle);
      i = end;
    }
  if (!finds)
    g_ptr_array_set_size (keys, 0);
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_steal (keys, NULL);
}

/**
 * kaf_name_key_word:
 * @word: (nullable): one word as it is typed
 *
 * Returns: (transfer full): the likeliest key of the word, to be looked for as the beginning of a key
 *   word; of one letter when the word is too weak to find anyone by (fewer than two consonants and no
 *   vowel in front); "" without any consonant, and of a particle (El, Ben, Abd)
 */
char *
kaf_name_key_word (const char *word)
{
  KafNameWord words[KAF_NAME_WORDS];
  guint n = kaf_name_read (word, words);
  /* "Benjelloun" is read as two words, and is one name. */
  guint end = n > 0 ? group_end (words, n, 0) : 0;
  char key[KEY_MAX] = "";

  if (n > 0 && (end > 1 || words[0].role == KAF_NAME_WORD || words[0].role == KAF_NAME_TITLE))
    {
      Phones phones = canonical_phones (words, 0, end);

      write_key (&phones, READ_ONE_SOUND, key);
    }
  return g_strdup (key);
}
