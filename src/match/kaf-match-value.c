/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-value.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-email.h"
#include "base/kaf-fold.h"
#include "match/kaf-name-key.h"

#define PHONE_DIGITS 9
#define PHONE_LEAST 7
#define LOCAL_LEAST 4
#define IDENTIFIER_LEAST 4

/* Mailboxes of a post, which more than one person reads. */
static const char *const posts[] = {
  "accueil", "admin",       "administration", "bureau",  "contact",   "direction",
  "hello",   "info",        "infos",          "mail",    "noreply",   "office",
  "rh",      "secretariat", "service",        "support", "webmaster", NULL,
};

/* Pages that are one person's: where the part that tells her begins. */
static const struct
{
  const char *kind, *before;
} pages[] = {
  { "orcid", "orcid.org/" },
  { "linkedin", "linkedin.com/in/" },
  { "linkedin", "linkedin.com/pub/" },
  { "scholar", "scholar.google.com/citations?user=" },
  { "researchgate", "researchgate.net/profile/" },
  { "idhal", "cv.hal.science/" },
  { "idhal", "cv.archives-ouvertes.fr/" },
};

/* Given names as they are written short, folded. */
static const struct
{
  const char *written, *name;
} shorts[] = {
  { "med", "Mohamed" }, { "mohd", "Mohamed" },   { "mhd", "Mohamed" },
  { "md", "Mohamed" },  { "abdel", "Abdellah" },
};

/* A woman or a man, folded; parted by |. */
static const char women[] =
    "|f|femme|female|feminin|mme|madame|mlle|mrs|ms|woman|w|انثي|امراه|السيده|";
static const char men[] = "|m|h|homme|male|masculin|mr|monsieur|man|ذكر|رجل|السيد|";

char *
kaf_match_email (const char *text)
{
  g_autofree char *address = text != NULL ? kaf_email_normalise (text, NULL) : NULL;
  g_autofree char *lower = address != NULL ? g_ascii_strdown (address, -1) : NULL;
  g_autoptr (GString) out = NULL;
  const char *at = lower != NULL ? strrchr (lower, '@') : NULL;
  const char *host, *end;
  gboolean gmail;

  if (at == NULL || at == lower)
    return NULL;
  host = at + 1;
  gmail = g_str_equal (host, "gmail.com") || g_str_equal (host, "googlemail.com");
  end = memchr (lower + 1, '+', (gsize) (at - lower - 1));
  if (end == NULL)
    end = at;
  while (end > lower && end[-1] == '.')
    end--;
  out = g_string_new (NULL);
  for (const char *p = lower; p < end; p++)
    if (!gmail || *p != '.')
      g_string_append_c (out, *p);
  if (out->len == 0)
    return NULL;
  g_string_append_printf (out, "@%s", gmail ? "gmail.com" : host);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
kaf_match_email_is_shared (const char *email)
{
  const char *at = strrchr (email, '@');
  g_autofree char *local = at != NULL ? g_strndup (email, (gsize) (at - email)) : NULL;

  return local != NULL && g_strv_contains (posts, local);
}

char *
kaf_match_email_local (const char *email)
{
  const char *at = email != NULL ? strrchr (email, '@') : NULL;
  g_autofree char *local = at != NULL ? g_strndup (email, (gsize) (at - email)) : NULL;
  g_autoptr (GString) bare = NULL;

  if (local == NULL || kaf_match_email_is_shared (email))
    return NULL;
  /* Providers differ in what may part the words: first.last here is first_last there. */
  bare = g_string_new (NULL);
  for (const char *p = local; *p != '\0'; p++)
    if (strchr ("._-", *p) == NULL)
      g_string_append_c (bare, *p);
  return bare->len >= LOCAL_LEAST ? g_string_free (g_steal_pointer (&bare), FALSE) : NULL;
}

char *
kaf_match_phone (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gsize from;

  for (const char *p = text; p != NULL && *p != '\0';)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return NULL;
      if (g_unichar_isdigit (c))
        g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
      /* An extension is not the number. */
      else if (digits->len >= PHONE_LEAST && g_unichar_isalpha (c))
        break;
      p = g_utf8_next_char (p);
    }
  if (digits->len < PHONE_LEAST ||
      strspn (digits->str, (char[]){ digits->str[0], 0 }) == digits->len)
    return NULL;
  from = digits->len > PHONE_DIGITS ? digits->len - PHONE_DIGITS : 0;
  /* "06 61 …" at home has one digit more than abroad; seven or eight digits are kept as they are. */
  return g_strdup (digits->str + from);
}

/* Letters and digits alone, letters large. */
static char *
strip (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, g_ascii_toupper (*p));
  return g_string_free (out, FALSE);
}

/* Sixteen characters, the last of which may be an X. */
static char *
read_orcid (const char *text)
{
  g_autofree char *digits = strip (text);

  if (strlen (digits) != 16 || strspn (digits, "0123456789") < 15 ||
      strchr ("0123456789X", digits[15]) == NULL || !g_str_has_prefix (digits, "000"))
    return NULL;
  return g_strdup_printf ("orcid:%.4s-%.4s-%.4s-%.4s", digits, digits + 4, digits + 8, digits + 12);
}

static char *
read_page (const char *lower)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const char *found = strstr (lower, pages[i].before);
      const char *slug = found != NULL ? found + strlen (pages[i].before) : NULL;
      gsize n = slug != NULL ? strcspn (slug, "/?#& ") : 0;
      g_autofree char *part = n > 0 ? g_strndup (slug, n) : NULL;

      if (part == NULL)
        continue;
      if (g_str_equal (pages[i].kind, "orcid"))
        return read_orcid (part);
      return g_strdup_printf ("%s:%s", pages[i].kind, part);
    }
  return NULL;
}

char *
kaf_match_identifier (const char *text)
{
  g_autofree char *lower = NULL;
  g_autofree char *bare = NULL;
  char *found;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  lower = g_utf8_strdown (text, -1);
  g_strstrip (lower);
  found = read_page (lower);
  if (found != NULL || strstr (lower, "://") != NULL || g_str_has_prefix (lower, "www."))
    return found;
  found = read_orcid (lower);
  if (found != NULL)
    return found;
  bare = strip (lower);
  if (strlen (bare) < IDENTIFIER_LEAST || strpbrk (bare, "0123456789") == NULL ||
      strspn (bare, (char[]){ bare[0], 0 }) == strlen (bare))
    return NULL;
  return g_strdup_printf ("id:%s", bare);
}

char *
kaf_match_birth (const char *text)
{
  g_autofree char *spread = NULL;
  g_autofree char *date = NULL;

  if (text == NULL)
    return NULL;
  /* 19750412, as other systems write it. */
  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    spread = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  date = kaf_date_normalise (spread != NULL ? spread : text, TRUE, NULL);
  if (date != NULL && g_str_has_suffix (date, "-01-01"))
    date[4] = '\0';
  return g_steal_pointer (&date);
}

char *
kaf_match_city (const char *text)
{
  g_auto (GStrv) keys = kaf_name_key_query (text);
  g_autofree char *key = g_strjoinv (" ", keys);

  return *key != '\0' ? g_steal_pointer (&key) : kaf_match_word (text);
}

char *
kaf_match_word (const char *text)
{
  char *word = text != NULL ? kaf_fold (text) : NULL;

  if (word != NULL && *word == '\0')
    g_clear_pointer (&word, g_free);
  return word;
}

char *
kaf_match_given (const char *text)
{
  g_auto (GStrv) words = text != NULL ? kaf_fold_words (text) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (shorts); j++)
      if (g_str_equal (words[i], shorts[j].written) &&
          (words[i + 1] == NULL || !g_str_equal (words[i], "abdel")))
        {
          g_free (words[i]);
          words[i] = g_strdup (shorts[j].name);
          any = TRUE;
        }
  return any ? g_strjoinv (" ", words) : NULL;
}

char *
kaf_match_gender (const char *text)
{
  g_autofree char *folded = kaf_match_word (text);
  g_autofree char *between = folded != NULL ? g_strdup_printf ("|%s|", folded) : NULL;

  if (between == NULL || strchr (folded, '|') != NULL)
    return NULL;
  return strstr (women, between) != NULL ? g_strdup ("f")
         : strstr (men, between) != NULL ? g_strdup ("m")
                                         : NULL;
}
