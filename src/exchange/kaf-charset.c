/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-charset.h"

#include <string.h>

/* Of 10 000 letters of Arabic names and titles, how many are each, from U+0621 on; in logarithms below. */
static const guint16 arabic_counts[] = {
  40,  15,  160, 10,  40,  90,  1500, 370, 390, 260, 20,  190,
  330, 140, /* ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ */
  480, 40,  610, 120, 300, 190, 110,  60,  140, 20,  420, 90, /* د ذ ر ز س ش ص ض ط ظ ع غ */
};
static const guint16 arabic_counts_late[] = {
  270, 260, 250, 1250, 790, 560, 260, 480, 80, 880, /* ف ق ك ل م ن ه و ى ي */
};

enum
{
  WEIGHT_UNDEFINED = -12,
  WEIGHT_CONTROL = -12,
  WEIGHT_MIXED = -6, /* letters of two scripts side by side */
  WEIGHT_SYMBOL_IN_WORD = -4,
  WEIGHT_RARE = -3,
};

static const char *const names[] = {
  "UTF-8",      "UTF-16LE",   "UTF-16BE",    "WINDOWS-1252", "WINDOWS-1256",
  "ISO-8859-1", "ISO-8859-6", "ISO-8859-15", NULL,
};

/* Those of one byte, the likeliest first: of two that weigh the same the former is told. Where no byte tells
 * ISO-8859-1 from Windows-1252, which holds all of it, the latter is told. */
static const char *const candidates[] = { "WINDOWS-1252", "WINDOWS-1256", "ISO-8859-15",
                                          "ISO-8859-6" };

const char *const *
kaf_charset_names (void)
{
  return names;
}

const char *
kaf_charset_find (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return names[i];
  return NULL;
}

/* The characters of the upper 128 bytes; 0 where there is none. */
static void
make_table (const char *charset, gunichar table[128])
{
  for (guint i = 0; i < 128; i++)
    {
      char byte = (char) (guint8) (128 + i);
      g_autofree char *text = g_convert (&byte, 1, "UTF-8", charset, NULL, NULL, NULL);

      table[i] = text != NULL && *text != '\0' ? g_utf8_get_char (text) : 0;
    }
}

/* Twice the binary logarithm of how much more often than 1 in 64 a letter stands. */
static int
weigh_arabic (gunichar c)
{
  guint count = 0;

  if (c >= 0x0621 && c < 0x0621 + G_N_ELEMENTS (arabic_counts))
    count = arabic_counts[c - 0x0621];
  else if (c >= 0x0641 && c < 0x0641 + G_N_ELEMENTS (arabic_counts_late))
    count = arabic_counts_late[c - 0x0641];
  if (count == 0)
    return WEIGHT_RARE; /* signs of vowels, and letters of other languages */
  return count >= 400 ? 4 : count >= 200 ? 3 : count >= 100 ? 2 : count >= 40 ? 1 : 0;
}

static int
weigh_latin (gunichar c, gunichar before, gunichar after)
{
  gboolean upper = g_unichar_isupper (c);

  /* A capital inside a word of small letters; of the letters that Western languages have none is doubled. */
  if (upper && g_unichar_islower (before))
    return WEIGHT_RARE;
  if (before == c || (before >= 0x80 && after >= 0x80))
    return WEIGHT_RARE;
  return strchr (
             "\xe0\xe2\xe4\xe7\xe8\xe9\xea\xeb\xee\xef\xf1\xf4\xf6\xf9\xfb\xfc\xdf\xe1\xed\xf3\xfa\xc9",
             c < 0x100 ? (int) c : 1) != NULL ||
                 c == 0x0153
             ? 3
             : 1;
}

static gboolean
is_arabic (gunichar c)
{
  return c >= 0x0600 && c < 0x0700;
}

static gboolean
is_latin (gunichar c)
{
  return c < 0x0600 && g_unichar_isalpha (c);
}

/* Of one character above ASCII, by those beside it (0 or a blank: none). */
static int
weigh (gunichar c, gunichar before, gunichar after)
{
  if (c == 0)
    return WEIGHT_UNDEFINED;
  if (c < 0xA0)
    return WEIGHT_CONTROL;
  if (is_arabic (c) && g_unichar_isalpha (c))
    return is_latin (before) || is_latin (after) ? WEIGHT_MIXED : weigh_arabic (c);
  if (is_latin (c) && g_unichar_isalpha (c))
    return is_arabic (before) || is_arabic (after) ? WEIGHT_MIXED : weigh_latin (c, before, after);
  if (g_unichar_ismark (c))
    return WEIGHT_RARE;
  /* ’ « » … · – and the comma and question mark of Arabic are as good as nothing; others in a word tell of a wrong
   * encoding. */
  if (c == 0x2019 || c == 0xAB || c == 0xBB || c == 0xA0 || c == 0x060C || c == 0x061F)
    return 0;
  return g_unichar_isalpha (before) && g_unichar_isalpha (after) ? WEIGHT_SYMBOL_IN_WORD : -1;
}

/* The tables of all candidates, made once. */
static const gunichar *
get_table (guint candidate)
{
  static gunichar tables[G_N_ELEMENTS (candidates)][128];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
        make_table (candidates[i], tables[i]);
      g_once_init_leave (&made, 1);
    }
  return tables[candidate];
}

static gint64
score (const guint8 *text, gsize size, const gunichar table[128])
{
  gunichar before = 0, c = 0, after;
  gint64 sum = 0;

  for (gsize i = 0; i <= size; i++)
    {
      after = i == size ? ' ' : text[i] < 0x80 ? text[i] : table[text[i] - 0x80];
      if (i > 0 && text[i - 1] >= 0x80)
        sum += weigh (c, before, after);
      before = c;
      c = after;
    }
  return sum;
}

static const char *
detect_bytes (const guint8 *text, gsize size)
{
  const char *best = candidates[0];
  gint64 most = G_MININT64;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      gint64 sum = score (text, size, get_table (i));

      if (sum > most)
        {
          most = sum;
          best = candidates[i];
        }
    }
  return best;
}

/* Whether it is UTF-8 but for a place or two, where a byte was damaged. */
static gboolean
is_utf8 (const guint8 *text, gsize size, gboolean cut)
{
  const char *p = (const char *) text;
  const char *end = p + size;
  guint good = 0, bad = 0;

  while (p < end)
    {
      gunichar c = (guint8) *p < 0x80 ? (guint8) *p : g_utf8_get_char_validated (p, end - p);
      gboolean valid = c != (gunichar) -1 && c != (gunichar) -2;

      if (c == (gunichar) -2 && cut)
        break;
      good += valid && c >= 0x80;
      bad += !valid;
      p += valid ? g_unichar_to_utf8 (c, NULL) : 1;
    }
  return bad == 0 || good / 10 > bad;
}

/* UTF-16 without its mark: the upper byte of Latin letters is 00, of Arabic ones 06, neither of which other text has. */
static const char *
detect_wide (const guint8 *text, gsize size)
{
  gsize first = 0, second = 0;

  for (gsize i = 0; i + 1 < size; i += 2)
    {
      first += text[i] == 0 || text[i] == 6;
      second += text[i + 1] == 0 || text[i + 1] == 6;
    }
  if (size < 4 || MAX (first, second) < size / 2 * 4 / 5)
    return NULL;
  return second > first ? "UTF-16LE" : first > second ? "UTF-16BE" : NULL;
}

const char *
kaf_charset_detect (const guint8 *text, gsize size, gboolean cut, guint *mark)
{
  const char *wide;

  *mark = 0;
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      *mark = 3;
      return "UTF-8";
    }
  if (size >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      *mark = 2;
      return *text == 0xff ? "UTF-16LE" : "UTF-16BE";
    }
  wide = detect_wide (text, size);
  if (wide != NULL)
    return wide;
  return is_utf8 (text, size, cut) ? "UTF-8" : detect_bytes (text, size);
}
