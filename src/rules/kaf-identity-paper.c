/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-identity-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-utf8.h"
#include "base/kaf-validation-error.h"

/* Letters first: @letters_min to @letters_max of them and then digits alone; or, where there may be none, letters and
 * digits as they come. */
static const struct
{
  const char *code, *label, *rule;
  gsize letters_min, letters_max;
  gsize min, max; /* of what follows */
} papers[] = {
  [KAF_IDENTITY_PAPER_CIN] = { "cin", N_ ("National identity card (CIN)"),
                               N_ ("The number of an identity card is one or two letters, then five or six digits."),
                               1, 2, 5, 6 },
  [KAF_IDENTITY_PAPER_PASSPORT] = { "passport", N_ ("Passport"),
                                    N_ ("The number of a passport is six to nine letters and digits."),
                                    0, 0, 6, 9 },
  [KAF_IDENTITY_PAPER_RESIDENCE] = { "residence", N_ ("Residence card"),
                                     N_ ("The number of a residence card is six to nine letters and digits."),
                                     0, 0, 6, 9 },
};

const char *
kaf_identity_paper_get_code (KafIdentityPaper kind)
{
  return papers[kind].code;
}

gboolean
kaf_identity_paper_find (const char *code, KafIdentityPaper *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_str_equal (papers[i].code, code))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
kaf_identity_paper_get_label (KafIdentityPaper kind)
{
  return papers[kind].label;
}

const char *
kaf_identity_paper_get_rule (KafIdentityPaper kind)
{
  return papers[kind].rule;
}

/* What is neither letter nor digit of these numbers stays, and fits nothing. */
static GString *
tidy (const char *input)
{
  /* Room for it all, and for the last letter: what grows leaves a copy of itself in freed memory. */
  GString *text = g_string_sized_new (KAF_IDENTITY_NUMBER_MAX + 8);
  gunichar c;

  while (text->len <= KAF_IDENTITY_NUMBER_MAX && (c = kaf_utf8_next (&input)) != 0)
    {
      int digit = kaf_char_digit (c);

      if (kaf_char_is_blank (c) || kaf_char_is_ignorable (c))
        continue;
      if (digit >= 0)
        g_string_append_c (text, (char) ('0' + digit));
      else
        g_string_append_unichar (text, c < 128 ? (gunichar) g_ascii_toupper ((char) c) : c);
    }
  return text;
}

static gboolean
fits (KafIdentityPaper kind, const char *text)
{
  gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  gsize digits = strspn (text + letters, "0123456789");
  gsize rest;

  if (papers[kind].letters_max > 0)
    return letters >= papers[kind].letters_min && letters <= papers[kind].letters_max &&
           digits >= papers[kind].min && digits <= papers[kind].max &&
           text[letters + digits] == '\0';
  rest = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  return rest >= papers[kind].min && rest <= papers[kind].max && text[rest] == '\0';
}

char *
kaf_identity_paper_normalise (KafIdentityPaper kind, const char *input, GError **error)
{
  GString *text = tidy (input != NULL ? input : "");

  if (text->len > 0 && fits (kind, text->str))
    return g_string_free (text, FALSE);
  if (text->len == 0)
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY, "no number");
  else
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "not a number of a %s",
                 papers[kind].code);
  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
  return NULL;
}

gboolean
kaf_identity_paper_serves (const char *until, const char *today)
{
  return until == NULL || strcmp (until, today) >= 0;
}
