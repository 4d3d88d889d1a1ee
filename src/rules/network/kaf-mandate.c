/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/network/kaf-mandate.h"

KafMandate *
kaf_mandate_new (const char *id, const char *from, const char *to)
{
  KafMandate *self = g_new0 (KafMandate, 1);

  self->id = g_strdup (id);
  self->from = kaf_day_parse (from);
  self->from_last = kaf_day_parse_end (from);
  self->to_first = kaf_day_parse (to);
  self->to = kaf_day_parse_end (to);
  return self;
}

void
kaf_mandate_free (KafMandate *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->person);
  g_free (self->organisation);
  g_free (self);
}

KafHeld
kaf_mandate_held_on (const KafMandate *self, KafDay day)
{
  if (self->from != KAF_DAY_UNKNOWN && day < self->from)
    return KAF_HELD_NO;
  if (self->to != KAF_DAY_UNKNOWN && day > self->to)
    return KAF_HELD_NO;
  if (self->from_last != KAF_DAY_UNKNOWN && day < self->from_last)
    return KAF_HELD_PERHAPS;
  if (self->to_first != KAF_DAY_UNKNOWN && day > self->to_first)
    return KAF_HELD_PERHAPS;
  return KAF_HELD_YES;
}

/* The first and the last day on which it was held for certain; the last: G_MAXUINT32 while it is held. */
static void
get_certain (const KafMandate *self, KafDay today, KafDay *first, KafDay *last)
{
  *last = self->to_first != KAF_DAY_UNKNOWN ? self->to_first : G_MAXUINT32;
  *first = self->from_last != KAF_DAY_UNKNOWN ? self->from_last : MIN (*last, today);
}

gboolean
kaf_mandate_overlaps (const KafMandate *self, const KafMandate *other, KafDay today)
{
  KafDay first, last, other_first, other_last;

  get_certain (self, today, &first, &last);
  get_certain (other, today, &other_first, &other_last);
  return MAX (first, other_first) < MIN (last, other_last);
}
