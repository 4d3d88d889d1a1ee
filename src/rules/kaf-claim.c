/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-claim.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

void
kaf_claim_free (KafClaim *self)
{
  g_free (self->id);
  g_free (self->source);
  g_free (self->origin);
  g_free (self->claimed_on);
  g_free (self->confidence);
  g_free (self->value);
  g_free (self->text);
  g_free (self);
}

/* The place of a code in the table of its field, which is in order. */
static guint
rank (const char *field, const char *code)
{
  const KafChoice *choices =
      kaf_entity_find_field (kaf_registry_find ("source_claim"), field)->choices;
  guint at = 0;

  while (choices[at].code != NULL && g_strcmp0 (choices[at].code, code) != 0)
    at++;
  return at;
}

guint
kaf_claim_rank (const char *origin)
{
  return rank ("origin", origin);
}

guint
kaf_claim_rank_typed (void)
{
  return kaf_claim_rank ("administration");
}

int
kaf_claim_compare (const KafClaim *a, const KafClaim *b)
{
  guint first = rank ("origin", a->origin), second = rank ("origin", b->origin);
  int days;

  if (first != second)
    return first < second ? -1 : 1;
  /* NULL is before every day, so last. */
  days = g_strcmp0 (b->claimed_on, a->claimed_on);
  if (days != 0)
    return days;
  first = rank ("confidence", a->confidence);
  second = rank ("confidence", b->confidence);
  if (first != second)
    return first < second ? -1 : 1;
  return g_strcmp0 (a->id, b->id);
}

KafClaimWhy
kaf_claim_explain (const GPtrArray *claims, gboolean held, const KafClaim **best)
{
  const KafClaim *agreeing = NULL;
  gboolean outranked = FALSE;

  for (guint i = 0; agreeing == NULL && i < claims->len; i++)
    {
      const KafClaim *claim = g_ptr_array_index (claims, i);

      if (claim->agrees)
        agreeing = claim;
      else
        outranked |= claim->value != NULL;
    }
  if (best != NULL)
    *best = agreeing;
  if (!held)
    return KAF_CLAIM_NOTHING;
  if (agreeing == NULL)
    return KAF_CLAIM_TYPED;
  return outranked ? KAF_CLAIM_CHOSEN : KAF_CLAIM_BELIEVED;
}

/* Sources write in capitals what is a name here. */
static gboolean
is_same_text (const char *a, const char *b)
{
  g_autofree char *first = g_utf8_casefold (a, -1);
  g_autofree char *second = g_utf8_casefold (b, -1);

  return g_utf8_collate (first, second) == 0;
}

gboolean
kaf_claim_agrees (const KafField *field, const char *value, const char *held)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (value == NULL || held == NULL)
    return FALSE;
  if (!kaf_field_is_many (field))
    return g_str_equal (value, held) ||
           (field->kind == KAF_KIND_TEXT && is_same_text (value, held));
  elements = kaf_set_parse (value);
  for (guint i = 0; i < elements->len; i++)
    if (!kaf_set_contains (held, ((const KafElement *) g_ptr_array_index (elements, i))->value))
      return FALSE;
  return TRUE;
}

char *
kaf_claim_apply (const KafField *field, const char *value, const char *held)
{
  g_autofree char *both = NULL;

  if (!kaf_field_is_many (field) || held == NULL)
    return g_strdup (value);
  both = g_strconcat (held, "\n", value, NULL);
  return kaf_set_unite (both);
}
