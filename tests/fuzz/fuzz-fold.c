/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes through everything that reads typed text: nothing crashes, what comes out is UTF-8, and
 * what was brought to one form stays as it is. */

#include "config.h"

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-email.h"
#include "base/kaf-fold.h"
#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "base/kaf-phone.h"
#include "base/kaf-url.h"
#include "match/kaf-name-key.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Stops here, release build or not. */
#define CHECK(condition)                                                                           \
  do                                                                                               \
    {                                                                                              \
      if (!(condition))                                                                            \
        __builtin_trap ();                                                                         \
    }                                                                                              \
  while (0)

static void
check_fold (const char *text)
{
  g_autofree char *folded = kaf_fold (text);
  g_autofree char *again = kaf_fold (folded);
  g_auto (GStrv) words = kaf_fold_words (text);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KafTextRange));
  gsize at = 0;

  CHECK (g_utf8_validate (folded, -1, NULL));
  CHECK (strcmp (folded, again) == 0);
  CHECK (strstr (folded, "  ") == NULL && *folded != ' ' && !g_str_has_suffix (folded, " "));
  CHECK (kaf_fold_highlight (text, (const char *const *) words, ranges) == (words[0] != NULL));
  for (guint i = 0; i < ranges->len; i++)
    {
      KafTextRange *range = &g_array_index (ranges, KafTextRange, i);

      CHECK (range->start >= at && range->start < range->end && range->end <= strlen (text));
      at = range->end;
    }
  kaf_text_is_arabic (text);
}

static void
check_names (const char *text)
{
  g_autofree char *key = kaf_name_key (text);
  g_autofree char *word = kaf_name_key_word (text);
  const char *half = text + strlen (text) / 2;
  double likeness = kaf_name_likeness (text, half);

  CHECK (strspn (key, "abcdefghijklmnopqrstuvwxyz ") == strlen (key));
  CHECK (strspn (word, "abcdefghijklmnopqrstuvwxyz") == strlen (word));
  CHECK (likeness >= 0 && likeness <= 1);
}

typedef char *(*Normalise) (const char *text);

static char *
normalise_phone (const char *text)
{
  g_autofree char *suggestion = NULL;
  char *phone = kaf_phone_normalise (text, "MA", &suggestion, NULL);

  CHECK (phone == NULL || suggestion == NULL);
  if (suggestion != NULL)
    {
      g_autofree char *taken = kaf_phone_normalise (suggestion, NULL, NULL, NULL);

      CHECK (taken != NULL);
    }
  return phone;
}

static char *
normalise_email (const char *text)
{
  return kaf_email_normalise (text, NULL);
}

static char *
normalise_url (const char *text)
{
  return kaf_url_normalise (text, NULL);
}

static char *
normalise_date (const char *text)
{
  return kaf_date_normalise (text, TRUE, NULL);
}

static char *
normalise_money (const char *text)
{
  char *canonical = kaf_money_parse (text, NULL);

  if (canonical != NULL)
    {
      g_autofree char *shown = kaf_money_format (canonical, KAF_LANG_FR);

      /* The canonical text is in minor units: it is read back from what is shown. */
      g_free (canonical);
      canonical = kaf_money_parse (shown, NULL);
      CHECK (canonical != NULL && kaf_money_split (canonical, NULL, NULL));
      g_free (canonical);
      return g_steal_pointer (&shown);
    }
  return NULL;
}

static char *
normalise_number (const char *text)
{
  gint64 value;

  return kaf_number_parse (text, &value, NULL) ? kaf_number_format (value, KAF_LANG_AR) : NULL;
}

/* What is normalised is UTF-8 and stays as it is. */
static void
check_stable (const char *text, Normalise normalise)
{
  g_autofree char *once = normalise (text);
  g_autofree char *twice = once != NULL ? normalise (once) : NULL;

  CHECK (once == NULL || (twice != NULL && strcmp (once, twice) == 0));
  CHECK (once == NULL || g_utf8_validate (once, -1, NULL));
}

static void
check_formats (const char *text)
{
  g_autofree char *phone = kaf_phone_format (text);
  g_autofree char *tokens = kaf_phone_search_tokens (text);
  g_autofree char *date = kaf_date_format (text, KAF_LANG_AR, KAF_DATE_WEEKDAY);
  g_autofree char *start = kaf_date_start (text);
  g_autofree char *end = kaf_date_end (text);
  g_autofree char *money = kaf_money_format (text, KAF_LANG_EN);
  g_autofree char *line = kaf_bidi_line (text);
  g_autofree char *plain = kaf_bidi_strip (text);

  CHECK ((start == NULL) == (end == NULL));
  CHECK (g_utf8_validate (plain, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const Normalise normalisers[] = { normalise_phone, normalise_email, normalise_url,
                                           normalise_date,  normalise_money, normalise_number };
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_fold (text);
  check_names (text);
  for (guint i = 0; i < G_N_ELEMENTS (normalisers); i++)
    check_stable (text, normalisers[i]);
  check_formats (text);
  return 0;
}
