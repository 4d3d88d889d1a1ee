/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/entities/kaf-common-rules.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-money.h"
#include "base/kaf-validation-error.h"

/* As far as they are known: of "2026" and "2026-03" neither is the earlier. */
static gboolean
is_in_order (const char *first, const char *second)
{
  g_autofree char *begin = first != NULL ? kaf_date_start (first) : NULL;
  g_autofree char *end = second != NULL ? kaf_date_end (second) : NULL;

  return begin == NULL || end == NULL || strcmp (begin, end) <= 0;
}

gboolean
kaf_common_validate_order (KafGetFunc get,
                           gpointer data,
                           const char *first,
                           const char *second,
                           const char **field,
                           GError **error)
{
  if (is_in_order (get (first, data), get (second, data)))
    return TRUE;

  *field = second;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("This date stands before one that it follows: correct one of the two."));
  return FALSE;
}

gboolean
kaf_common_validate_period (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (is_in_order (get ("valid_from", data), get ("valid_to", data)))
    return TRUE;

  *field = "valid_to";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("The end stands before the beginning: correct one of the two dates."));
  return FALSE;
}

gboolean
kaf_common_validate_either (KafGetFunc get,
                            gpointer data,
                            const char *french,
                            const char *arabic,
                            const char *sentence,
                            const char **field,
                            GError **error)
{
  if (get (french, data) != NULL || get (arabic, data) != NULL)
    return TRUE;

  *field = french;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED, sentence);
  return FALSE;
}

gboolean
kaf_common_validate_title (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_either (get, data, "title_fr", "title_ar",
                                     N_ ("Give a title, in French or in Arabic."), field, error);
}

gboolean
kaf_common_is_time (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) &&
         text[2] == ':' && text[3] >= '0' && text[3] <= '5' && g_ascii_isdigit (text[4]) &&
         (text[0] < '2' || (text[0] == '2' && text[1] < '4'));
}

gboolean
kaf_common_validate_amounts (
    KafGetFunc get, gpointer data, const char *const *fields, const char **field, GError **error)
{
  for (; *fields != NULL; fields++)
    {
      const char *amount = get (*fields, data);

      if (amount == NULL || *amount != '-')
        continue;
      *field = *fields;
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                           N_ ("Enter an amount of zero or more."));
      return FALSE;
    }
  return TRUE;
}

/* Ten thousand billion dirhams in centimes: nine thousand of them add up to what a number holds, in SQL too. */
#define AMOUNT_MAX G_GINT64_CONSTANT (1000000000000000)

gboolean
kaf_common_validate_sums (
    KafGetFunc get, gpointer data, const char *const *fields, const char **field, GError **error)
{
  for (; *fields != NULL; fields++)
    {
      const char *amount = get (*fields, data);
      char currency[4];
      gint64 minor;

      if (amount == NULL || !kaf_money_split (amount, &minor, currency) ||
          (minor <= AMOUNT_MAX && minor >= -AMOUNT_MAX))
        continue;
      *field = *fields;
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                           N_ ("That is more than a budget can hold: correct the amount."));
      return FALSE;
    }
  return TRUE;
}
