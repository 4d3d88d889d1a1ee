/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings names of either script to one alphabet. Latin letters are read as French-Moroccan spelling
 * uses them (ou, ch, kh, gh, dj, gu…), Arabic ones as they are said in Moroccan names; short vowels,
 * which Arabic does not write, are kept apart from consonants so that the key can leave them out.
 *
 *   text → raw words (letters of one script) → compounds taken apart → roles → phones
 *
 * Only the known is read here: where a spelling has two readings (th, sh, a glued article), both
 * stay visible to the key. */

#include "config.h"

#include "match/kaf-name-alphabet.h"
#include "base/kaf-utf8.h"

#include <string.h>

#define RAW_MAX 48
#define KNOWN_MAX 6 /* letters of the longest word that has a role */

typedef struct
{
  gboolean arabic;
  gboolean article;
  guint n;
  gunichar text[RAW_MAX + 1]; /* zero-terminated */
} RawWord;

/* The words of one name, of which compounds may make two. */
typedef struct
{
  guint n;
  RawWord words[KAF_NAME_WORDS];
} RawName;

typedef struct
{
  const char *word;
  KafNameRole role;
} KnownWord;

static const KnownWord latin_words[] = {
  { "el", KAF_NAME_ARTICLE },    { "al", KAF_NAME_ARTICLE },   { "l", KAF_NAME_ARTICLE },
  { "ul", KAF_NAME_ARTICLE },    { "ben", KAF_NAME_JOINS },    { "bin", KAF_NAME_JOINS },
  { "ibn", KAF_NAME_JOINS },     { "bent", KAF_NAME_JOINS },   { "bint", KAF_NAME_JOINS },
  { "bou", KAF_NAME_JOINS },     { "bu", KAF_NAME_JOINS },     { "abou", KAF_NAME_JOINS },
  { "abu", KAF_NAME_JOINS },     { "ait", KAF_NAME_JOINS },    { "aith", KAF_NAME_JOINS },
  { "abd", KAF_NAME_JOINS },     { "oum", KAF_NAME_JOINS },    { "um", KAF_NAME_JOINS },
  { "ould", KAF_NAME_JOINS },    { "oulad", KAF_NAME_JOINS },  { "ouled", KAF_NAME_JOINS },
  { "eddine", KAF_NAME_SUFFIX }, { "eddin", KAF_NAME_SUFFIX }, { "edine", KAF_NAME_SUFFIX },
  { "addine", KAF_NAME_SUFFIX }, { "uddin", KAF_NAME_SUFFIX }, { "dine", KAF_NAME_SUFFIX },
  { "din", KAF_NAME_SUFFIX },    { "allah", KAF_NAME_SUFFIX }, { "ellah", KAF_NAME_SUFFIX },
  { "moulay", KAF_NAME_TITLE },  { "mly", KAF_NAME_TITLE },    { "sidi", KAF_NAME_TITLE },
  { "lalla", KAF_NAME_TITLE },   { "haj", KAF_NAME_TITLE },    { "hadj", KAF_NAME_TITLE },
  { "hajj", KAF_NAME_TITLE },
};

/* Without the article, which is taken off first. */
static const KnownWord arabic_words[] = {
  { "بن", KAF_NAME_JOINS },   { "ابن", KAF_NAME_JOINS },   { "إبن", KAF_NAME_JOINS },
  { "بنت", KAF_NAME_JOINS },  { "بو", KAF_NAME_JOINS },    { "أبو", KAF_NAME_JOINS },
  { "ابو", KAF_NAME_JOINS },  { "آيت", KAF_NAME_JOINS },   { "أيت", KAF_NAME_JOINS },
  { "ايت", KAF_NAME_JOINS },  { "عبد", KAF_NAME_JOINS },   { "أم", KAF_NAME_JOINS },
  { "ولد", KAF_NAME_JOINS },  { "أولاد", KAF_NAME_JOINS }, { "مولاي", KAF_NAME_TITLE },
  { "سيدي", KAF_NAME_TITLE }, { "لالة", KAF_NAME_TITLE },  { "للا", KAF_NAME_TITLE },
  { "حاج", KAF_NAME_TITLE },
};

/* Names whose first letters only look like an article. */
static const char *const not_articles[] = { "elham",  "elias",     "elyas",     "elyass", "elise",
                                            "elissa", "elisabeth", "elizabeth", "elsa",   "alfred",
                                            "albert", "alice",     "الياس",     "الهام",  "الهام" };

/**
 * kaf_name_phone_is_vowel:
 * @phone: a letter of the common alphabet
 *
 * Returns: %TRUE for what no key keeps
 */
gboolean
kaf_name_phone_is_vowel (guint8 phone)
{
  switch (phone)
    {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'A':
    case 'E':
    case 'w':
    case 'y':
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * kaf_name_phone_is_sun:
 * @phone: the first letter of a word
 *
 * Returns: %TRUE when the article's l is not heard in front of it
 */
gboolean
kaf_name_phone_is_sun (guint8 phone)
{
  return phone != 0 && strchr ("tTdDrzscCln", phone) != NULL;
}

static gboolean
raw_equals_at (const RawWord *word, guint at, const char *utf8)
{
  gunichar c;

  for (; (c = kaf_utf8_next (&utf8)) != 0; at++)
    if (at >= word->n || word->text[at] != c)
      return FALSE;
  return TRUE;
}

static gboolean
raw_equals (const RawWord *word, const char *utf8)
{
  gunichar c;
  guint at = 0;

  for (; (c = kaf_utf8_next (&utf8)) != 0; at++)
    if (at >= word->n || word->text[at] != c)
      return FALSE;
  return at == word->n;
}

static gboolean
raw_ends_with (const RawWord *word, const char *utf8, guint least_before)
{
  guint n = 0;

  for (const char *p = utf8; *p != 0; p++)
    n += (*p & 0xC0) != 0x80;
  return word->n >= n + least_before && raw_equals_at (word, word->n - n, utf8);
}

static RawWord
raw_part (const RawWord *word, guint from, guint to)
{
  RawWord part = { word->arabic, FALSE, to - from, { 0 } };

  memcpy (part.text, word->text + from, (to - from) * sizeof (gunichar));
  return part;
}

static void
raw_name_add (RawName *name, const RawWord *word)
{
  RawWord *to = &name->words[name->n];

  if (word->n == 0 || name->n >= KAF_NAME_WORDS)
    return;
  to->arabic = word->arabic;
  to->article = word->article;
  to->n = word->n;
  memcpy (to->text, word->text, (word->n + 1) * sizeof (gunichar));
  name->n++;
}

static gboolean
is_latin_vowel (gunichar c)
{
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* ---- Text to raw words ---- */

/* The plain letter under an accented one; 0 for what is no letter of either script. */
static gunichar
plain_letter (gunichar c)
{
  static const struct
  {
    gunichar from;
    gunichar to;
  } others[] = { { 0xE7, 's' },  { 0xC7, 's' },  { 0xDF, 's' },    { 0xE6, 'a' },   { 0xC6, 'a' },
                 { 0xF8, 'o' },  { 0xD8, 'o' },  { 0x153, 'e' },   { 0x152, 'e' },  { 0x142, 'l' },
                 { 0x141, 'l' }, { 0x111, 'd' }, { 0x110, 'd' },   { 0xF0, 'd' },   { 0x131, 'i' },
                 { 0x127, 'h' }, { 0x126, 'h' }, { 0x15F, 0x283 }, { 0x15E, 0x283 } };
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c < 0x80)
    return g_ascii_isalpha (c) ? (gunichar) g_ascii_tolower (c) : 0;
  if (c >= 0x0620 && c <= 0x06FF)
    return g_unichar_isalpha (c) ? c : 0;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].from == c)
      return others[i].to;
  if (!g_unichar_isalpha (c))
    return 0;
  if (c == 0x0763)
    return c;
  g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  if (parts[0] < 0x80)
    return g_ascii_isalpha (parts[0]) ? (gunichar) g_ascii_tolower (parts[0]) : 0;
  return parts[0] >= 0x0620 && parts[0] <= 0x06FF ? parts[0] : 0;
}

/* Marks inside a word: they neither sound nor part it. */
static gboolean
is_silent (gunichar c)
{
  if (c < 0x80)
    return c == '`';
  return c == 0x0640 || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
         (c >= 0x0300 && c <= 0x036F) || (c >= 0x02B9 && c <= 0x02C1) || kaf_char_is_ignorable (c);
}

/* ---- Compounds ---- */

static void
split_at (RawName *name, const RawWord *word, guint at)
{
  RawWord first = raw_part (word, 0, at);
  RawWord second = raw_part (word, at, word->n);

  raw_name_add (name, &first);
  raw_name_add (name, &second);
}

/* عبدالرحيم, نورالدين, بنعلي. */
static guint
arabic_seam (const RawWord *word)
{
  if (word->n >= 7 && raw_equals_at (word, 0, "عبدال"))
    return 3;
  if (raw_ends_with (word, "الدين", 2))
    return word->n - 5;
  if (raw_ends_with (word, "الله", 2))
    return word->n - 4;
  if (word->n >= 5 && raw_equals_at (word, 0, "بن") && word->text[2] != 0x646 /* ن */ &&
      word->text[2] != 0x627 /* ا */ && word->text[2] != 0x648 /* و */ &&
      word->text[2] != 0x64A /* ي */)
    return 2;
  return 0;
}

/* Abderrahim, Abdel (Kader), Noureddine, Fathallah, Benjelloun. */
static guint
latin_seam (const RawWord *word)
{
  static const char *const endings[] = { "eddine", "eddin", "edine", "addine",
                                         "uddin",  "allah", "ellah", "ollah" };

  if (word->n >= 5 && raw_equals_at (word, 0, "abd") && is_latin_vowel (word->text[3]) &&
      (word->n >= 7 || word->text[word->n - 1] == 'l'))
    return 3;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (raw_ends_with (word, endings[i], 2))
      return word->n - (guint) strlen (endings[i]);
  if (word->n >= 6 && raw_equals_at (word, 0, "ben") && word->text[3] != 'n')
    return 3;
  return 0;
}

static void
split_compound (RawName *name, const RawWord *word)
{
  guint seam = word->arabic ? arabic_seam (word) : latin_seam (word);

  if (seam > 0)
    split_at (name, word, seam);
  else
    raw_name_add (name, word);
}

static void
read_raw (const char *text, RawName *name)
{
  RawWord word = { 0 };
  gunichar c;

  while ((c = kaf_utf8_next (&text)) != 0)
    {
      gunichar letter;
      gboolean arabic;

      if (is_silent (c))
        continue;
      /* M'hamed is one word; l' and d' stand in front of one. */
      if ((c == '\'' || c == 0x2019) &&
          !(word.n == 1 && (word.text[0] == 'l' || word.text[0] == 'd')))
        continue;
      letter = plain_letter (c);
      arabic = letter >= 0x0620;
      if (word.n > 0 && (letter == 0 || arabic != word.arabic))
        {
          split_compound (name, &word);
          word.n = 0;
        }
      if (letter == 0 || word.n >= RAW_MAX)
        continue;
      word.arabic = arabic;
      word.text[word.n++] = letter;
      word.text[word.n] = 0;
    }
  if (word.n > 0)
    split_compound (name, &word);
}

/* ---- Roles and articles ---- */

static KafNameRole
find_role (const RawWord *word)
{
  const KnownWord *known = word->arabic ? arabic_words : latin_words;
  guint n = word->arabic ? G_N_ELEMENTS (arabic_words) : G_N_ELEMENTS (latin_words);

  if (word->n > KNOWN_MAX)
    return KAF_NAME_WORD;
  for (guint i = 0; i < n; i++)
    if (raw_equals (word, known[i].word))
      return known[i].role;
  return KAF_NAME_WORD;
}

static gboolean
only_looks_like_article (const RawWord *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_articles); i++)
    if (raw_equals (word, not_articles[i]))
      return TRUE;
  return FALSE;
}

/* Takes ال off @word. */
static void
strip_arabic_article (RawWord *word)
{
  if (word->n < 3 || !raw_equals_at (word, 0, "ال") || only_looks_like_article (word))
    return;
  word->n -= 2;
  memmove (word->text, word->text + 2, (word->n + 1) * sizeof (gunichar));
  word->article = TRUE;
}

/* Er, Es, En…: an article when the next word begins with the same letter. */
static gboolean
is_sun_article (const RawWord *word, const RawWord *next)
{
  if (word->arabic || next == NULL || next->arabic ||
      (word->text[0] != 'e' && word->text[0] != 'a'))
    return FALSE;
  if (raw_equals (word, "ech") || raw_equals (word, "ach"))
    return next->text[0] == 'c' || next->text[0] == 's';
  return word->n == 2 && strchr ("dlnrstz", (int) word->text[1]) != NULL &&
         next->text[0] == word->text[1];
}

/* How many letters at the start of a Latin word may be its article: Elouafi, Essaidi, Lhoucine. */
static guint
glued_article (const RawWord *word, gboolean *sure)
{
  const gunichar *s = word->text;

  *sure = TRUE;
  if (word->n < 5 || only_looks_like_article (word))
    return 0;
  if (s[0] == 'e' && s[1] == 'l' && s[2] != 'l')
    return 2;
  if (s[0] == 'a' && s[1] == 'l' && !is_latin_vowel (s[2]) && s[2] != 'l' && word->n >= 6)
    return 2;
  if (s[0] == 'e' && s[1] == s[2] && strchr ("dlnrstz", (int) s[1]) != NULL)
    return 2;
  if (s[0] == 'e' && s[1] == 'c' && s[2] == 'h' && s[3] == 'c' && s[4] == 'h')
    return 3;
  if (s[0] == 'l' && !is_latin_vowel (s[1]) && s[1] != 'l' && s[1] != 'w')
    return 1;
  /* Lahcen is الحسن, but Latifa is لطيفة. */
  *sure = FALSE;
  if (s[0] == 'l' && s[1] == 'a')
    return 1;
  return 0;
}

/* ---- Phones ---- */

static void
put (KafNameWord *word, guint8 phone)
{
  if (word->n < KAF_NAME_PHONES)
    word->phones[word->n++] = phone;
}

/* Doubled letters are heard once. */
static void
put_once (KafNameWord *word, guint8 phone)
{
  if (word->n == 0 || word->phones[word->n - 1] != phone)
    put (word, phone);
}

typedef struct
{
  const char *letters;
  guint8 phone;
} LatinGroup;

/* Whether a letter opens one of them: most do not, and reading names is most of the work. */
#define LETTER_BIT(c) (1u << ((c) - 'a'))
#define OPENS_GROUP(c)                                                                             \
  ((c) >= 'a' && (c) <= 'z' &&                                                                     \
   (LETTER_BIT (c) &                                                                               \
    (LETTER_BIT ('a') | LETTER_BIT ('c') | LETTER_BIT ('d') | LETTER_BIT ('e') |                   \
     LETTER_BIT ('g') | LETTER_BIT ('i') | LETTER_BIT ('k') | LETTER_BIT ('o') |                   \
     LETTER_BIT ('p') | LETTER_BIT ('s') | LETTER_BIT ('t') | LETTER_BIT ('u'))) != 0)

/* Tried in this order. */
static const LatinGroup latin_groups[] = {
  { "sch", 'c' }, { "tch", 'c' }, { "ch", 'c' }, { "sh", 'C' }, { "kh", 'x' },
  { "gh", 'G' },  { "ph", 'f' },  { "th", 'T' }, { "dh", 'D' }, { "tj", 'j' },
  { "dj", 'j' },  { "dg", 'j' },  { "ck", 'k' }, { "ou", 'u' }, { "oo", 'u' },
  { "ee", 'i' },  { "aa", 'a' },  { "ii", 'i' }, { "uu", 'o' },
};

static guint
read_latin_group (const RawWord *raw, guint i, KafNameWord *word)
{
  gunichar next = raw->text[i + 1];

  if (next == 0)
    return 0;
  for (guint g = 0; g < G_N_ELEMENTS (latin_groups) && OPENS_GROUP (raw->text[i]); g++)
    if ((gunichar) latin_groups[g].letters[0] == raw->text[i] &&
        (gunichar) latin_groups[g].letters[1] == next &&
        raw_equals_at (raw, i, latin_groups[g].letters))
      {
        guint n = (guint) strlen (latin_groups[g].letters);
        guint8 phone = latin_groups[g].phone;

        if (phone == 'u' && i == 0 && is_latin_vowel (raw->text[i + n]))
          phone = 'w';
        put_once (word, phone);
        return n;
      }
  if (raw->text[i] == 'r' && next == 'h' && i == 0)
    {
      put (word, 'G');
      return 2;
    }
  if (raw->text[i] == 'g' && next == 'u' && is_latin_vowel (raw->text[i + 2]) &&
      raw->text[i + 2] != 'a')
    {
      put_once (word, 'g');
      return 2;
    }
  if (raw->text[i] == 'q' && next == 'u' && is_latin_vowel (raw->text[i + 2]))
    {
      put_once (word, 'q');
      return 2;
    }
  return 0;
}

static void
read_latin_letter (const RawWord *raw, guint i, KafNameWord *word)
{
  gunichar c = raw->text[i];
  gunichar next = raw->text[i + 1];

  switch (c)
    {
    case 'c':
      put_once (word, next == 'e' || next == 'i' || next == 'y' ? 's' : 'k');
      break;
    case 'x':
      put (word, 'k');
      put (word, 's');
      break;
    case 'w':
      put (word, i == 0 && is_latin_vowel (next) ? 'w' : 'u');
      break;
    case 'y':
      put (word, i == 0 && is_latin_vowel (next) ? 'y' : 'i');
      break;
    case 'u':
      put (word, 'o');
      break;
    case 'e':
      /* The French mute e. */
      if (next != 0 || raw->n < 4 || is_latin_vowel (raw->text[i - 1]))
        put (word, 'e');
      break;
    case 0x283:
      put_once (word, 'c');
      break;
    default:
      put_once (word, (guint8) c);
    }
}

static void
read_latin (const RawWord *raw, KafNameWord *word)
{
  gboolean sure;
  guint article = glued_article (raw, &sure);

  for (guint i = 0; i < raw->n;)
    {
      guint n;

      if (article > 0 && i == article)
        {
          /* The rest is read as a word of its own, so that Elouafi and Ouafi begin alike. */
          RawWord rest = raw_part (raw, article, raw->n);
          KafNameWord rest_word = { 0 };

          read_latin (&rest, &rest_word);
          if (word->n > 1 && word->phones[word->n - 1] == rest_word.phones[0])
            word->n--; /* Essaidi: the article's s is the word's */
          word->alt = word->n;
          word->alt_sure = sure;
          for (guint k = 0; k < rest_word.n; k++)
            put (word, rest_word.phones[k]);
          return;
        }
      n = read_latin_group (raw, i, word);
      if (n == 0)
        {
          read_latin_letter (raw, i, word);
          n = 1;
        }
      i += n;
    }
}

/* Letters U+0621 to U+064A: what each sounds; 0 nothing. */
static const char arabic_phones[] = "\0aAuei"     /* ء آ أ ؤ إ ئ */
                                    "abatt"       /* ا ب ة ت ث */
                                    "jhxdd"       /* ج ح خ د ذ */
                                    "rzscsdtdEG"  /* ر ز س ش ص ض ط ظ ع غ */
                                    "kkiii\0"     /* U+063B to U+063F and tatweel: hardly used */
                                    "fqklmnhuai"; /* ف ق ك ل م ن ه و ى ي */

static guint8
arabic_phone (gunichar c)
{
  static const struct
  {
    gunichar letter;
    guint8 phone;
  } others[] = { { 0x0671, 'a' }, { 0x067E, 'p' }, { 0x0686, 'c' }, { 0x0698, 'j' },
                 { 0x06A4, 'v' }, { 0x06A5, 'v' }, { 0x06A8, 'g' }, { 0x06A7, 'q' },
                 { 0x06A2, 'f' }, { 0x06A9, 'k' }, { 0x06AD, 'g' }, { 0x06AF, 'g' },
                 { 0x0763, 'g' }, { 0x06BE, 'h' }, { 0x06C1, 'h' }, { 0x06CC, 'i' },
                 { 0x06D5, 'a' }, { 0x06C3, 'a' }, { 0x06CB, 'u' } };

  if (c >= 0x0621 && c <= 0x064A)
    return (guint8) arabic_phones[c - 0x0621];
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].letter == c)
      return others[i].phone;
  return 0;
}

static void
read_arabic (const RawWord *raw, KafNameWord *word)
{
  for (guint i = 0; i < raw->n; i++)
    {
      gunichar c = raw->text[i];
      guint8 phone = arabic_phone (c);

      /* تج and دج write the j of Boutjdir as tj and dj do. */
      if (i > 0 && (c == 0x062A || c == 0x062F) && raw->text[i + 1] == 0x062C)
        continue;
      if (i == 0 && c == 0x0648)
        phone = 'w';
      if (i == 0 && c == 0x064A)
        phone = 'y';
      if (phone != 0)
        put (word, phone);
    }
  /* After a long a, the ة of names is heard: Najat, Hayat. */
  word->open_t = raw->n >= 3 && raw->text[raw->n - 1] == 0x0629 && raw->text[raw->n - 2] == 0x0627;
  /* لحسن is الحسن as it is said. */
  if (!word->article && raw->n >= 4 && raw->text[0] == 0x0644 &&
      !kaf_name_phone_is_vowel (word->phones[1]) && word->n >= 4 &&
      !kaf_name_phone_is_sun (word->phones[1]))
    word->alt = 1;
}

/**
 * kaf_name_read:
 * @name: (nullable): a name in one script or both
 * @words: (out caller-allocates): its words in order
 *
 * Returns: how many words were read, at most KAF_NAME_WORDS
 */
guint
kaf_name_read (const char *name, KafNameWord words[KAF_NAME_WORDS])
{
  RawName raw;
  gboolean article = FALSE;
  guint n = 0;

  if (name == NULL)
    return 0;
  raw.n = 0; /* the rest is filled as words are read: clearing it would cost more than reading */
  read_raw (name, &raw);
  for (guint i = 0; i < raw.n; i++)
    {
      RawWord *from = &raw.words[i];
      const RawWord *next = i + 1 < raw.n ? &raw.words[i + 1] : NULL;
      KafNameWord *word = &words[n];
      KafNameRole role;

      if (from->arabic && next != NULL && raw_equals (from, "ال"))
        role = KAF_NAME_ARTICLE;
      else if (raw_equals (from, "الدين") || raw_equals (from, "الله"))
        role = KAF_NAME_SUFFIX;
      else
        {
          if (from->arabic)
            strip_arabic_article (from);
          role = is_sun_article (from, next) ? KAF_NAME_ARTICLE : find_role (from);
        }
      if (role == KAF_NAME_ARTICLE && next != NULL)
        {
          article = TRUE;
          continue;
        }
      if (role == KAF_NAME_SUFFIX)
        strip_arabic_article (from);
      memset (word, 0, sizeof *word);
      word->role = role;
      word->arabic = from->arabic;
      word->article = from->article || article;
      article = FALSE;
      if (from->arabic)
        read_arabic (from, word);
      else
        read_latin (from, word);
      if (word->n > 0)
        n++;
    }
  return n;
}
