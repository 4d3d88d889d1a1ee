/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-budget-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-money.h"
#include "schema/kaf-registry.h"

#define UNKNOWN "—"
#define HOME_CURRENCY "MAD"
#define NBSP "\u00A0"

char *
kaf_budget_amount (gint64 minor, const char *currency, const char *home, KafLang lang)
{
  g_autofree char *canonical = kaf_money_make (minor, currency != NULL ? currency : HOME_CURRENCY);
  g_autofree char *text = kaf_money_format (canonical, lang);
  char *space = g_strrstr (text, NBSP);

  if (space != NULL && (currency == NULL || g_strcmp0 (currency, home) == 0))
    *space = '\0';
  return kaf_bidi_ltr (text);
}

const char *
kaf_budget_name (GHashTable *names, const char *id)
{
  const char *name = id != NULL && names != NULL ? g_hash_table_lookup (names, id) : NULL;

  return name != NULL ? name : UNKNOWN;
}

const char *
kaf_budget_category_name (const char *category)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("budget_line"), "category");

  for (guint i = 0; field->choices[i].code != NULL; i++)
    if (g_strcmp0 (field->choices[i].code, category) == 0)
      return _ (field->choices[i].label);
  return UNKNOWN;
}

const char *
kaf_budget_home (const KafMission *mission, const KafBudget *budget)
{
  const KafBudgetSum *first = budget->sums->len > 0 ? g_ptr_array_index (budget->sums, 0) : NULL;

  if (mission->ceiling >= 0 && mission->currency != NULL)
    return mission->currency;
  return first != NULL ? first->currency : HOME_CURRENCY;
}

static void
append_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

/* "EUR 300,00; USD 20,00": what stands apart. */
static char *
list_others (const KafBudget *budget, const char *home, KafLang lang)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < budget->sums->len; i++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (budget->sums, i);
      g_autofree char *amount = NULL;

      if (g_strcmp0 (sum->currency, home) == 0)
        continue;
      amount = kaf_budget_amount (sum->total, sum->currency, home, lang);
      if (list->len > 0)
        g_string_append (list, _ (", "));
      g_string_append (list, amount);
    }
  return g_string_free (list, FALSE);
}

char *
kaf_budget_caveats (const KafBudget *budget, const char *home, KafLang lang)
{
  GString *text = g_string_new (NULL);

  if (budget->overflowed)
    append_sentence (text, g_strdup (_ ("An amount is too large to be added: the sums are not to "
                                        "be trusted.")));
  if (budget->n_unpriced > 0)
    append_sentence (text, g_strdup_printf (ngettext ("%u line without a price is not counted.",
                                                      "%u lines without a price are not counted.",
                                                      budget->n_unpriced),
                                            budget->n_unpriced));
  if (budget->mixed)
    {
      g_autofree char *others = list_others (budget, home, lang);

      append_sentence (
          text,
          g_strdup_printf (_ ("Other currencies stand apart and are not added: %s."), others));
    }
  if (text->len > 0)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

char *
kaf_budget_ceiling_text (const KafMission *mission,
                         const KafBudget *budget,
                         KafLang lang,
                         gboolean *passed)
{
  const char *home = kaf_budget_home (mission, budget);
  g_autofree char *ceiling = NULL;
  g_autofree char *rest = NULL;

  *passed = FALSE;
  if (mission->ceiling < 0)
    return NULL;
  ceiling = kaf_budget_amount (mission->ceiling, mission->currency, home, lang);
  if (!budget->has_remainder)
    return g_strdup_printf (_ ("Ceiling %s"), ceiling);
  *passed = budget->remainder < 0;
  rest = kaf_budget_amount (ABS (budget->remainder), mission->currency, home, lang);
  return g_strdup_printf (*passed ? _ ("Ceiling %s · passed by %s") : _ ("Ceiling %s · %s left"),
                          ceiling, rest);
}
