/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office held for a time, as far as its dates are known. */
#pragma once

#include "base/kaf-day.h"

G_BEGIN_DECLS

/* "From 2019 to March 2021": each end is a span of days. Unknown: not stated. */
typedef struct
{
  char *id, *person, *organisation;
  gboolean presides;
  KafDay from, from_last;
  KafDay to_first, to;
} KafMandate;

/* @from, @to: partial dates, nullable. */
KafMandate *kaf_mandate_new (const char *id, const char *from, const char *to);
void kaf_mandate_free (KafMandate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMandate, kaf_mandate_free)

typedef enum
{
  KAF_HELD_NO,
  KAF_HELD_PERHAPS, /* the day falls into a year or month that is all that is known of an end */
  KAF_HELD_YES,
} KafHeld;

/* An end that is not stated excludes no day. */
KafHeld kaf_mandate_held_on (const KafMandate *self, KafDay day);

/* Whether both were held for certain, for more than the day on which one hands over to the other. Where nothing
 * says since when, it is since its last known day, or @today. */
gboolean kaf_mandate_overlaps (const KafMandate *self, const KafMandate *other, KafDay today);

G_END_DECLS
