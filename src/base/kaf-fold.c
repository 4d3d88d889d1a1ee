/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shadow text on which search works: one form for every way of writing a word, in either script.
 * A character is folded by itself, never by its neighbours, so a stored text and a typed one always
 * meet, and folding twice changes nothing. Characters below the limits of the two tables are looked
 * up; the rest, rare here, are worked out from Unicode's decompositions as they come. */

#include "config.h"

#include "base/kaf-fold.h"
#include "base/kaf-utf8.h"

#include <string.h>

#define LOW_END 0x0780    /* Latin, Greek, Cyrillic, Hebrew, Arabic */
#define HIGH_START 0x1E00 /* Latin and Greek with several accents, general punctuation */
#define HIGH_END 0x2100
#define ENTRY_TEXT 7
#define FOLD_MAX 128 /* U+FDFA, the longest, takes less */

/* What a character becomes. Length 0: nothing; " ": the end of a word. */
typedef struct
{
  guint8 length;
  char text[ENTRY_TEXT];
} FoldEntry;

static FoldEntry low_table[LOW_END];
static FoldEntry high_table[HIGH_END - HIGH_START];

typedef struct
{
  gunichar from;
  const char *to;
} FoldSpecial;

/* Letters that Unicode does not take apart. Arabic: forms of other spellings of Arabic (Persian,
 * Maghrebi) go to the letter an Arabic keyboard has; a lone hamza is as often left out as written,
 * so it goes. چ becomes ج, its nearest neighbour in print: in Moroccan names it is rare. */
static const FoldSpecial specials[] = {
  { 0x00C6, "ae" }, { 0x00D0, "d" },  { 0x00D8, "o" }, { 0x00DE, "th" }, { 0x00DF, "ss" },
  { 0x00E6, "ae" }, { 0x00F0, "d" },  { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0110, "d" },
  { 0x0111, "d" },  { 0x0126, "h" },  { 0x0127, "h" }, { 0x0131, "i" },  { 0x0138, "k" },
  { 0x0141, "l" },  { 0x0142, "l" },  { 0x014A, "n" }, { 0x014B, "n" },  { 0x0152, "oe" },
  { 0x0153, "oe" }, { 0x0166, "t" },  { 0x0167, "t" }, { 0x0180, "b" },  { 0x018F, "e" },
  { 0x0190, "e" },  { 0x0192, "f" },  { 0x0194, "g" }, { 0x0259, "e" },  { 0x025B, "e" },
  { 0x0263, "g" },  { 0x1E9E, "ss" }, { 0x0621, "" },  { 0x0629, "ه" },  { 0x0640, "" },
  { 0x0649, "ي" },  { 0x066E, "ب" },  { 0x066F, "ق" }, { 0x0671, "ا" },  { 0x0672, "ا" },
  { 0x0673, "ا" },  { 0x0674, "" },   { 0x0675, "ا" }, { 0x0676, "و" },  { 0x0677, "و" },
  { 0x0678, "ي" },  { 0x067E, "ب" },  { 0x0686, "ج" }, { 0x0698, "ز" },  { 0x06A1, "ف" },
  { 0x06A2, "ف" },  { 0x06A4, "ف" },  { 0x06A5, "ف" }, { 0x06A7, "ق" },  { 0x06A8, "ق" },
  { 0x06A9, "ك" },  { 0x06AA, "ك" },  { 0x06AC, "ك" }, { 0x06AD, "ك" },  { 0x06AF, "ك" },
  { 0x06B0, "ك" },  { 0x06B4, "ك" },  { 0x06BA, "ن" }, { 0x06BE, "ه" },  { 0x06C0, "ه" },
  { 0x06C1, "ه" },  { 0x06C2, "ه" },  { 0x06C3, "ه" }, { 0x06C6, "و" },  { 0x06C7, "و" },
  { 0x06C8, "و" },  { 0x06CB, "و" },  { 0x06CC, "ي" }, { 0x06CD, "ي" },  { 0x06CE, "ي" },
  { 0x06D0, "ي" },  { 0x06D2, "ي" },  { 0x06D3, "ي" }, { 0x06D5, "ه" },  { 0x0762, "ك" },
  { 0x0763, "ك" },
};

static const char *
find_special (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    if (specials[i].from == c)
      return specials[i].to;
  return NULL;
}

/* Marks that are heard in no name: accents and tashkeel, what shows nothing, and the half rings and
 * primes with which scholars write hamza and ayn. */
static gboolean
is_removed (gunichar c)
{
  GUnicodeType type;

  if (kaf_char_is_ignorable (c) || (c >= 0x02B9 && c <= 0x02C1))
    return TRUE;
  type = g_unichar_type (c);
  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK ||
         type == G_UNICODE_FORMAT;
}

/* Folds one character that is not to be taken apart further; returns the bytes written. */
static gsize
fold_atom (gunichar c, char *out)
{
  const char *special;
  int digit;

  if (is_removed (c))
    return 0;
  if ((special = find_special (c)) != NULL ||
      (special = find_special (g_unichar_tolower (c))) != NULL)
    {
      gsize length = strlen (special);

      memcpy (out, special, length);
      return length;
    }
  digit = g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER ? g_unichar_digit_value (c) : -1;
  if (digit >= 0)
    {
      *out = (char) ('0' + digit);
      return 1;
    }
  if (!g_unichar_isalnum (c) && g_unichar_type (c) != G_UNICODE_SPACING_MARK)
    {
      *out = ' ';
      return 1;
    }
  return g_unichar_to_utf8 (g_unichar_tolower (c), out);
}

static gsize
fold_once (gunichar c, char *out)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n, length = 0;

  if (is_removed (c))
    return 0;
  if (find_special (c) != NULL)
    return fold_atom (c, out);
  /* A symbol ends a word even if Unicode spells it with letters (™, ℃); letters and figures only. */
  if (!g_unichar_isalnum (c) && g_unichar_type (c) != G_UNICODE_SPACING_MARK)
    {
      *out = ' ';
      return 1;
    }
  n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n && length + 8 < FOLD_MAX; i++)
    length += fold_atom (parts[i], out + length);
  return length;
}

/* Folds @c until nothing changes: a capital may have a decomposition that its small letter alone
 * reveals. Two rounds are enough for all of Unicode (the unit test goes through it). */
static gsize
fold_char (gunichar c, char *out)
{
  char first[FOLD_MAX + 1];
  const char *p = first;
  gsize length = 0;
  gunichar part;

  first[fold_once (c, first)] = 0;
  while ((part = kaf_utf8_next (&p)) != 0 && length + 64 < FOLD_MAX)
    length += part < 0x80 ? (out[length] = (char) part, 1) : fold_once (part, out + length);
  return length;
}

static void
fill_entry (FoldEntry *entry, gunichar c)
{
  char text[FOLD_MAX + 1];
  gsize length = fold_char (c, text);

  /* Nothing below the limits is longer; the assertion holds for every Unicode that GLib knows. */
  g_assert (length <= ENTRY_TEXT);
  entry->length = (guint8) length;
  memcpy (entry->text, text, length);
}

static void
ensure_tables (void)
{
  static gsize ready;

  if (G_LIKELY (g_atomic_pointer_get (&ready)) || !g_once_init_enter (&ready))
    return;
  for (gunichar c = 1; c < LOW_END; c++)
    fill_entry (&low_table[c], c);
  for (gunichar c = HIGH_START; c < HIGH_END; c++)
    fill_entry (&high_table[c - HIGH_START], c);
  g_once_init_leave (&ready, 1);
}

/* What @c becomes; @room is used when no table holds it. */
static inline const char *
lookup (gunichar c, char *room, gsize *length)
{
  const FoldEntry *entry;

  if (c < LOW_END)
    entry = &low_table[c];
  else if (c >= HIGH_START && c < HIGH_END)
    entry = &high_table[c - HIGH_START];
  else
    {
      *length = fold_char (c, room);
      return room;
    }
  *length = entry->length;
  return entry->text;
}

/**
 * kaf_fold_append:
 * @out: where to add
 * @text: (nullable): any text
 *
 * Appends the folded form of @text; see kaf_fold(). What stands in @out already is left alone: the
 * caller puts a blank between two values.
 */
void
kaf_fold_append (GString *out, const char *text)
{
  gsize start = out->len;
  gboolean blank = FALSE;
  char room[FOLD_MAX + 1];
  gunichar c;

  if (text == NULL)
    return;
  ensure_tables ();
  while ((c = kaf_utf8_next (&text)) != 0)
    {
      gsize length;
      const char *folded = lookup (c, room, &length);

      for (gsize i = 0; i < length; i++)
        {
          if (folded[i] == ' ')
            {
              blank = TRUE;
              continue;
            }
          if (blank && out->len > start)
            g_string_append_c (out, ' ');
          blank = FALSE;
          g_string_append_c (out, folded[i]);
        }
    }
}

/**
 * kaf_fold:
 * @text: (nullable): any text, valid UTF-8 or not
 *
 * Brings a text to the form that is indexed and searched: small letters without accents, œ as "oe",
 * one form of each Arabic letter without vowel marks, Western digits, words parted by one space,
 * nothing else. It also serves as a key for sorting; the article is kept.
 *
 * Returns: (transfer full): valid UTF-8, perhaps empty
 */
char *
kaf_fold (const char *text)
{
  GString *out = g_string_sized_new (text != NULL ? strlen (text) + 1 : 1);

  kaf_fold_append (out, text);
  return g_string_free (out, FALSE);
}

/**
 * kaf_fold_words:
 * @text: (nullable): any text
 *
 * Returns: (transfer full) (array zero-terminated=1): the folded words in order, none empty
 */
char **
kaf_fold_words (const char *text)
{
  g_autofree char *folded = kaf_fold (text);

  if (*folded == 0)
    return g_new0 (char *, 1);
  return g_strsplit (folded, " ", -1);
}

static gboolean
begins_with_any (const GString *word, const char *const *folded_words)
{
  for (; *folded_words != NULL; folded_words++)
    if (**folded_words != 0 && g_str_has_prefix (word->str, *folded_words))
      return TRUE;
  return FALSE;
}

static void
close_word (GString *word, KafTextRange range, const char *const *folded_words, GArray *ranges)
{
  if (word->len > 0 && begins_with_any (word, folded_words))
    {
      KafTextRange *last =
          ranges->len > 0 ? &g_array_index (ranges, KafTextRange, ranges->len - 1) : NULL;

      /* One character may hold several words (½, ﷺ): it is marked once. */
      if (last != NULL && last->end > range.start)
        last->end = MAX (last->end, range.end);
      else
        g_array_append_val (ranges, range);
    }
  g_string_truncate (word, 0);
}

/**
 * kaf_fold_highlight:
 * @text: (nullable): the text as it is shown
 * @folded_words: (array zero-terminated=1): what was searched, from kaf_fold_words()
 * @ranges: (element-type KafTextRange): where to add
 *
 * Finds the words of @text whose folded form begins with a searched word. A word is marked whole:
 * a change of weight inside an Arabic word is hard to read. Ranges are bytes of @text, in order,
 * apart from each other, and include marks that follow a letter.
 *
 * Returns: %TRUE when at least one range was added
 */
gboolean
kaf_fold_highlight (const char *text, const char *const *folded_words, GArray *ranges)
{
  g_autoptr (GString) word = g_string_new (NULL);
  KafTextRange range = { 0, 0 };
  char room[FOLD_MAX + 1];
  guint before = ranges->len;
  const char *p = text;
  gunichar c;

  if (text == NULL || folded_words == NULL)
    return FALSE;
  ensure_tables ();
  while ((c = kaf_utf8_next (&p)) != 0)
    {
      gsize length;
      const char *folded = lookup (c, room, &length);
      gsize end = p - text;
      gsize start = end - g_unichar_to_utf8 (c, NULL);

      for (gsize i = 0; i < length; i++)
        {
          if (folded[i] == ' ')
            {
              close_word (word, range, folded_words, ranges);
              continue;
            }
          if (word->len == 0)
            range.start = start;
          g_string_append_c (word, folded[i]);
          range.end = end;
        }
      if (length == 0 && word->len > 0)
        range.end = end;
    }
  close_word (word, range, folded_words, ranges);
  return ranges->len > before;
}

/**
 * kaf_text_is_arabic:
 * @text: (nullable): any text
 *
 * Returns: %TRUE when the first letter of @text is of the Arabic script
 */
gboolean
kaf_text_is_arabic (const char *text)
{
  gunichar c;

  while (text != NULL && (c = kaf_utf8_next (&text)) != 0)
    {
      if (kaf_char_is_arabic_letter (c))
        return TRUE;
      if (g_unichar_isalpha (c))
        return FALSE;
    }
  return FALSE;
}
