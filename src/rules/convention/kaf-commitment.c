/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A commitment is a row of occurrences, one or many, each of them open until something closes it. A fulfilment that
 * names an occurrence closes that one; another closes the earliest that is open. Where a number is due, numbers add
 * up, and what is beyond the number of one occurrence goes to the next. */
#include "config.h"

#include "rules/convention/kaf-commitment.h"

/* Enough for a month's duty over a century: ends the walk where neither an end nor the day does. */
#define OCCURRENCES_MAX 1200

KafRecurrence
kaf_recurrence_parse (const char *code)
{
  static const char *const codes[] = {
    [KAF_RECURRENCE_MONTHLY] = "monthly",           [KAF_RECURRENCE_QUARTERLY] = "quarterly",
    [KAF_RECURRENCE_HALF_YEARLY] = "half_yearly",   [KAF_RECURRENCE_YEARLY] = "yearly",
    [KAF_RECURRENCE_EACH_MISSION] = "each_mission", [KAF_RECURRENCE_EACH_SESSION] = "each_session",
  };

  for (guint i = KAF_RECURRENCE_NONE + 1; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i], code))
      return i;
  return KAF_RECURRENCE_NONE;
}

KafCommitment *
kaf_commitment_new (const char *id)
{
  KafCommitment *self = g_new0 (KafCommitment, 1);

  self->id = g_strdup (id);
  self->fulfilments = g_array_new (FALSE, FALSE, sizeof (KafFulfilment));
  return self;
}

void
kaf_commitment_free (KafCommitment *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->ref);
  g_free (self->convention_id);
  g_free (self->text);
  g_free (self->party);
  g_free (self->replaces);
  g_free (self->responsible);
  g_free (self->followed_by);
  g_array_unref (self->fulfilments);
  g_free (self);
}

/* Occurrences */

/* 0: once, or without a calendar. */
static int
get_step (const KafCommitment *self)
{
  switch (self->recurrence)
    {
    case KAF_RECURRENCE_MONTHLY:
      return 1;
    case KAF_RECURRENCE_QUARTERLY:
      return 3;
    case KAF_RECURRENCE_HALF_YEARLY:
      return 6;
    case KAF_RECURRENCE_YEARLY:
      return 12;
    case KAF_RECURRENCE_NONE:
    case KAF_RECURRENCE_EACH_MISSION:
    case KAF_RECURRENCE_EACH_SESSION:
    default:
      return 0;
    }
}

static gboolean
has_calendar (const KafCommitment *self)
{
  return self->due_on != KAF_DAY_UNKNOWN && self->recurrence != KAF_RECURRENCE_EACH_MISSION &&
         self->recurrence != KAF_RECURRENCE_EACH_SESSION;
}

/* The first is 0; each is counted from the first, so that the 31st comes back after a February. Unknown: there is
 * none. @last (unknown: none) is that of the convention. */
static KafDay
get_occurrence (const KafCommitment *self, guint index, KafDay last)
{
  int step = get_step (self);
  KafDay day;

  if (!has_calendar (self) || (index > 0 && step == 0) || index >= OCCURRENCES_MAX)
    return KAF_DAY_UNKNOWN;
  day = index == 0 ? self->due_on : kaf_day_add_months (self->due_on, (int) index * step);
  if (index > 0 && self->recurs_until != KAF_DAY_UNKNOWN && day > self->recurs_until)
    return KAF_DAY_UNKNOWN;
  return last != KAF_DAY_UNKNOWN && day > last ? KAF_DAY_UNKNOWN : day;
}

/* What binds */

static void
end_by (KafBinding *self, KafDay day)
{
  if (day != KAF_DAY_UNKNOWN && (self->last == KAF_DAY_UNKNOWN || day < self->last))
    self->last = day;
}

KafBinding
kaf_convention_bind (const KafConvention *self, KafDay day)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (self, day);

  return kaf_convention_bind_as (self, standing);
}

KafBinding
kaf_convention_bind_as (const KafConvention *self, const KafStanding *standing)
{
  const KafConvention *amended = kaf_convention_get_amended (self);
  KafBinding binding = { standing->state, standing->until };

  /* It goes on of itself, until somebody ends it. */
  if (standing->state <= KAF_CONVENTION_IN_FORCE && standing->term_by != NULL &&
      standing->term_by->tacit_renewal)
    binding.last = KAF_DAY_UNKNOWN;
  end_by (&binding, self->terminated_on);
  end_by (&binding, amended->terminated_on);
  return binding;
}

static KafDay
get_effect (const KafConvention *act)
{
  return act->effective_on != KAF_DAY_UNKNOWN ? act->effective_on : act->signed_on;
}

/* An amendment changes commitments from the day it takes effect, and only if it says so. */
static gboolean
changes_duties (const KafConvention *amendment, KafDay day)
{
  return (amendment->changes & KAF_CHANGES_DUTIES) != 0 &&
         amendment->signed_on != KAF_DAY_UNKNOWN && amendment->signed_on <= day &&
         get_effect (amendment) <= day;
}

static gboolean
is_replaced (const KafCommitment *self, KafDay day)
{
  const KafCommitment *by = self->replaced_by;

  return by != NULL && by->act != NULL &&
         (by->act->kind != KAF_CONVENTION_AMENDMENT || changes_duties (by->act, day));
}

static gboolean
is_waived (const KafCommitment *self, KafDay day)
{
  return self->waived_on != KAF_DAY_UNKNOWN && self->waived_on <= day;
}

/* What is done */

/* Fulfilments as they are spread over occurrences. */
typedef struct
{
  const KafCommitment *self;
  guint64 loose; /* of those that name no occurrence here: how much is left of them */
  gboolean targeted;
} Spread;

static guint64
get_amount (const KafCommitment *self, const KafFulfilment *fulfilment)
{
  /* "Done", without a number, says that all of it is. */
  if (self->quantity > 0)
    return fulfilment->quantity > 0 ? fulfilment->quantity : self->quantity;
  return 1;
}

static gboolean
is_occurrence (const KafCommitment *self, KafDay day)
{
  for (guint i = 0;; i++)
    {
      KafDay due = get_occurrence (self, i, KAF_DAY_UNKNOWN);

      if (due == day)
        return TRUE;
      if (due == KAF_DAY_UNKNOWN || due > day)
        return FALSE;
    }
}

static Spread
spread_begin (const KafCommitment *self)
{
  Spread spread = { .self = self };

  for (guint i = 0; i < self->fulfilments->len; i++)
    {
      const KafFulfilment *one = &g_array_index (self->fulfilments, KafFulfilment, i);

      if (one->due_on != KAF_DAY_UNKNOWN && is_occurrence (self, one->due_on))
        spread.targeted = TRUE;
      else
        spread.loose += get_amount (self, one);
    }
  return spread;
}

/* How much of what is due on @due is done; called for one occurrence after the other. */
static guint
spread_take (Spread *spread, KafDay due)
{
  const KafCommitment *self = spread->self;
  guint64 want = MAX (self->quantity, 1), have = 0, more;

  for (guint i = 0; spread->targeted && i < self->fulfilments->len; i++)
    {
      const KafFulfilment *one = &g_array_index (self->fulfilments, KafFulfilment, i);

      if (one->due_on == due)
        have += get_amount (self, one);
    }
  if (have > want)
    {
      /* Ten were promised and twelve came: without a number nothing is beyond it. */
      if (self->quantity > 0)
        spread->loose += have - want;
      have = want;
    }
  more = MIN (want - have, spread->loose);
  spread->loose -= more;
  return (guint) (have + more);
}

static guint
sum_up (const KafCommitment *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->fulfilments->len; i++)
    sum += get_amount (self, &g_array_index (self->fulfilments, KafFulfilment, i));
  return (guint) MIN (sum, G_MAXUINT);
}

/* How it stands */

/* It stands without a date. */
static void
stand_undated (const KafCommitment *self, KafCommitmentStanding *standing)
{
  gboolean again = self->recurrence != KAF_RECURRENCE_NONE;

  standing->done = sum_up (self);
  standing->of = again ? 0 : MAX (self->quantity, 1);
  standing->state =
      !again && standing->done >= standing->of ? KAF_COMMITMENT_KEPT : KAF_COMMITMENT_UNDATED;
}

/* Walks from the first occurrence to the first open one that is not past. */
static void
stand_dated (const KafCommitment *self,
             const KafBinding *binding,
             KafDay day,
             guint soon_days,
             KafCommitmentStanding *standing)
{
  guint want = MAX (self->quantity, 1);
  Spread spread = spread_begin (self);
  guint64 done = 0, of = 0;
  gboolean closed_any = FALSE;

  for (guint i = 0;; i++)
    {
      KafDay due = get_occurrence (self, i, binding->last);
      guint have;

      if (due == KAF_DAY_UNKNOWN)
        break;
      have = spread_take (&spread, due);
      closed_any |= have >= want;
      /* What is done before its day counts, and makes no less of what was due. */
      if (due <= day || have > 0 || i == 0)
        {
          done += have;
          of += want;
        }
      if (have >= want)
        continue;
      if (standing->due == KAF_DAY_UNKNOWN)
        standing->due = due;
      if (due >= day)
        break;
      standing->n_overdue++;
    }
  standing->done = (guint) MIN (done, G_MAXUINT);
  standing->of = (guint) MIN (of, G_MAXUINT);
  if (standing->due == KAF_DAY_UNKNOWN)
    standing->state = KAF_COMMITMENT_KEPT;
  else if (standing->due < day)
    standing->state = KAF_COMMITMENT_OVERDUE;
  else if (standing->due - day <= soon_days)
    standing->state = KAF_COMMITMENT_SOON;
  else
    standing->state = closed_any ? KAF_COMMITMENT_KEPT : KAF_COMMITMENT_UPCOMING;
}

KafCommitmentStanding
kaf_commitment_stand_bound (const KafCommitment *self,
                            const KafBinding *binding,
                            KafDay day,
                            guint soon_days)
{
  KafCommitmentStanding standing = { .state = KAF_COMMITMENT_UNDATED };
  gboolean binds =
      binding->state == KAF_CONVENTION_SIGNED || binding->state == KAF_CONVENTION_IN_FORCE;

  if (!has_calendar (self))
    stand_undated (self, &standing);
  else
    stand_dated (self, binding, day, soon_days, &standing);
  if (is_waived (self, day))
    standing.state = KAF_COMMITMENT_WAIVED;
  else if (is_replaced (self, day))
    standing.state = KAF_COMMITMENT_REPLACED;
  else if (!binds && standing.state != KAF_COMMITMENT_KEPT)
    standing.state = KAF_COMMITMENT_LAPSED;
  if (standing.state >= KAF_COMMITMENT_WAIVED)
    {
      standing.due = KAF_DAY_UNKNOWN;
      standing.n_overdue = 0;
    }
  return standing;
}

KafDay
kaf_commitment_get_open (const KafCommitment *self)
{
  guint want = MAX (self->quantity, 1);
  Spread spread = spread_begin (self);
  KafDay due;

  for (guint i = 0; (due = get_occurrence (self, i, KAF_DAY_UNKNOWN)) != KAF_DAY_UNKNOWN; i++)
    if (spread_take (&spread, due) < want)
      return due;
  return KAF_DAY_UNKNOWN;
}

/* Without its act, nobody here knows that it does not bind. */
static KafBinding
find_binding (const KafCommitment *self, KafDay day)
{
  if (self->act == NULL)
    return (KafBinding){ KAF_CONVENTION_IN_FORCE, KAF_DAY_UNKNOWN };
  return kaf_convention_bind (self->act, day);
}

KafCommitmentStanding
kaf_commitment_stand (const KafCommitment *self, KafDay day, guint soon_days)
{
  KafBinding binding = find_binding (self, day);

  return kaf_commitment_stand_bound (self, &binding, day, soon_days);
}

GArray *
kaf_commitment_list_due_bound (const KafCommitment *self,
                               const KafBinding *binding,
                               KafDay from,
                               KafDay until)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (KafDay));

  /* What nobody signed binds nobody. */
  for (guint i = 0; binding->state >= KAF_CONVENTION_SIGNED; i++)
    {
      KafDay due = get_occurrence (self, i, binding->last);

      if (due == KAF_DAY_UNKNOWN || due > until)
        break;
      /* Lifted or replaced before its day: nobody waits for it. */
      if (is_waived (self, due) || is_replaced (self, due))
        break;
      if (due >= from)
        g_array_append_val (days, due);
    }
  return days;
}

GArray *
kaf_commitment_list_due (const KafCommitment *self, KafDay from, KafDay until)
{
  KafBinding binding = find_binding (self, until);

  return kaf_commitment_list_due_bound (self, &binding, from, until);
}

static void
collect (const KafConvention *act, KafDay day, GPtrArray *list)
{
  for (guint i = 0; i < act->commitments->len; i++)
    {
      KafCommitment *one = g_ptr_array_index (act->commitments, i);

      if (!is_replaced (one, day) && !is_waived (one, day))
        g_ptr_array_add (list, one);
    }
}

GPtrArray *
kaf_convention_list_commitments (const KafConvention *self, KafDay day)
{
  GPtrArray *list = g_ptr_array_new ();

  collect (self, day, list);
  if (kaf_convention_get_amended (self) == self)
    {
      g_autoptr (GPtrArray) amendments = kaf_convention_list_amendments (self);

      for (guint i = 0; i < amendments->len; i++)
        if (changes_duties (g_ptr_array_index (amendments, i), day))
          collect (g_ptr_array_index (amendments, i), day, list);
    }
  return list;
}
