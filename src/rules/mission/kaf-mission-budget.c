/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-mission-budget.h"

#include "base/kaf-money.h"

/* An adjustment may be all that is known of a line's currency. */
#define HOME_CURRENCY "MAD"

KafBudgetPhase
kaf_budget_phase (const KafMissionLife *life)
{
  if (life->step >= 8 || life->left[8])
    return KAF_BUDGET_SPENT;
  return life->left[6] || life->approval_lapsed ? KAF_BUDGET_FROZEN : KAF_BUDGET_PLANNED;
}

/* Whether the cost is known; FALSE in @fits: it is, and no number holds it. */
static gboolean
work_out (const KafBudgetLine *line, gint64 *cost, gboolean *fits)
{
  *cost = 0;
  *fits = TRUE;
  if (line->unit_price < 0 || line->quantity < 0)
    return FALSE;
  *fits = !__builtin_mul_overflow (line->quantity, line->unit_price, cost) &&
          !__builtin_add_overflow (*cost, line->adjusted, cost);
  return *fits;
}

gboolean
kaf_budget_validates (const char *field)
{
  static const char *const fields[] = { "mission",  "label_fr", "label_ar",
                                        "category", "quantity", "unit_price",
                                        "payer",    "basis",    NULL };

  return g_strv_contains (fields, field);
}

gboolean
kaf_budget_may_adjust (const char *price, const char *amount)
{
  char one[4], other[4];
  gint64 minor;

  return price == NULL || amount == NULL || !kaf_money_split (price, &minor, one) ||
         !kaf_money_split (amount, &minor, other) || g_str_equal (one, other);
}

gboolean
kaf_budget_line_cost (const KafBudgetLine *line, gint64 *cost)
{
  gboolean fits;

  return work_out (line, cost, &fits);
}

/* Sums */

static void
free_sum (gpointer data)
{
  KafBudgetSum *sum = data;

  g_array_unref (sum->payers);
  g_array_unref (sum->categories);
  g_free (sum);
}

static KafBudgetSum *
find_sum (const KafBudget *self, const char *currency)
{
  for (guint i = 0; i < self->sums->len; i++)
    {
      KafBudgetSum *sum = g_ptr_array_index (self->sums, i);

      if (g_strcmp0 (sum->currency, currency) == 0)
        return sum;
    }
  return NULL;
}

static KafBudgetSum *
ensure_sum (KafBudget *self, const char *currency)
{
  KafBudgetSum *sum = find_sum (self, currency);

  if (sum != NULL)
    return sum;
  sum = g_new0 (KafBudgetSum, 1);
  sum->currency = currency;
  sum->payers = g_array_new (FALSE, TRUE, sizeof (KafBudgetShare));
  sum->categories = g_array_new (FALSE, TRUE, sizeof (KafBudgetShare));
  g_ptr_array_add (self->sums, sum);
  return sum;
}

static void
add_to (KafBudget *self, gint64 *sum, gint64 amount)
{
  if (__builtin_add_overflow (*sum, amount, sum))
    self->overflowed = TRUE;
}

static void
add_share (KafBudget *self, GArray *shares, const char *of, gint64 amount)
{
  KafBudgetShare fresh = { .of = of };
  KafBudgetShare *share = NULL;

  for (guint i = 0; i < shares->len && share == NULL; i++)
    if (g_strcmp0 (g_array_index (shares, KafBudgetShare, i).of, of) == 0)
      share = &g_array_index (shares, KafBudgetShare, i);
  if (share == NULL)
    {
      g_array_append_val (shares, fresh);
      share = &g_array_index (shares, KafBudgetShare, shares->len - 1);
    }
  add_to (self, &share->total, amount);
  share->n_lines++;
}

static void
add_line (KafBudget *self, const KafBudgetLine *line)
{
  const char *currency = line->currency != NULL ? line->currency : HOME_CURRENCY;
  gboolean fits;
  gint64 cost;
  KafBudgetSum *sum;

  self->n_lines++;
  self->n_without_payer += line->payer == NULL ? 1 : 0;
  self->n_open += line->settled_on == KAF_DAY_UNKNOWN ? 1 : 0;
  if (line->payer != NULL &&
      !g_ptr_array_find_with_equal_func (self->payers, line->payer, g_str_equal, NULL))
    g_ptr_array_add (self->payers, (gpointer) line->payer);
  if (!work_out (line, &cost, &fits))
    {
      self->overflowed |= !fits;
      self->n_unpriced += fits ? 1 : 0;
      cost = 0;
    }
  if (line->unit_price < 0 && line->committed < 0 && line->spent < 0)
    return;
  sum = ensure_sum (self, currency);
  sum->n_lines++;
  if (line->committed > 0)
    add_to (self, &sum->committed, line->committed);
  if (line->spent > 0)
    add_to (self, &sum->spent, line->spent);
  if (line->unit_price < 0)
    return;
  add_to (self, &sum->total, cost);
  add_to (self, &sum->adjusted, line->adjusted);
  add_share (self, sum->payers, line->payer, cost);
  add_share (self, sum->categories, line->category, cost);
}

/* Who has none is last, whatever the order of the lines. */
static void
put_unpaid_last (KafBudgetSum *sum)
{
  for (guint i = 0; i + 1 < sum->payers->len; i++)
    {
      KafBudgetShare share = g_array_index (sum->payers, KafBudgetShare, i);

      if (share.of != NULL)
        continue;
      g_array_remove_index (sum->payers, i);
      g_array_append_val (sum->payers, share);
      return;
    }
}

/* That of the ceiling first; without one, that of most lines. */
static void
put_main_first (KafBudget *self, const char *currency)
{
  guint main = 0;

  for (guint i = 0; i < self->sums->len; i++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (self->sums, i);
      const KafBudgetSum *best = g_ptr_array_index (self->sums, main);

      if (currency != NULL ? g_str_equal (sum->currency, currency) : sum->n_lines > best->n_lines)
        main = i;
    }
  if (main > 0)
    g_ptr_array_insert (self->sums, 0, g_ptr_array_steal_index (self->sums, main));
}

KafBudget *
kaf_budget_new (const KafMission *mission)
{
  KafBudget *self = g_new0 (KafBudget, 1);
  const char *currency = mission->currency;
  const KafBudgetSum *sum;

  self->sums = g_ptr_array_new_with_free_func (free_sum);
  self->payers = g_ptr_array_new ();
  for (guint i = 0; i < mission->lines->len; i++)
    add_line (self, g_ptr_array_index (mission->lines, i));
  for (guint i = 0; i < self->sums->len; i++)
    put_unpaid_last (g_ptr_array_index (self->sums, i));
  self->mixed = self->sums->len > 1;
  if (mission->ceiling >= 0 && currency == NULL)
    currency = HOME_CURRENCY;
  put_main_first (self, mission->ceiling >= 0 ? currency : NULL);
  if (mission->ceiling >= 0 && !self->overflowed)
    {
      sum = find_sum (self, currency);
      self->has_remainder = !__builtin_sub_overflow (mission->ceiling, sum != NULL ? sum->total : 0,
                                                     &self->remainder);
    }
  return self;
}

void
kaf_budget_free (KafBudget *self)
{
  g_ptr_array_unref (self->sums);
  g_ptr_array_unref (self->payers);
  g_free (self);
}

const KafBudgetSum *
kaf_budget_find_sum (const KafBudget *self, const char *currency)
{
  return find_sum (self, currency);
}

gint64
kaf_budget_sum_of_payer (const KafBudgetSum *self, const char *payer)
{
  for (guint i = 0; i < self->payers->len; i++)
    {
      const KafBudgetShare *share = &g_array_index (self->payers, KafBudgetShare, i);

      if (g_strcmp0 (share->of, payer) == 0)
        return share->total;
    }
  return 0;
}

/* The largest remainders get what rounding down left. */
GArray *
kaf_budget_percentages (GArray *shares)
{
  GArray *out = g_array_new (FALSE, TRUE, sizeof (int));
  g_autofree __int128 *rests = g_new0 (__int128, shares->len);
  __int128 all = 0;
  int left = 100;

  g_array_set_size (out, shares->len);
  for (guint i = 0; i < shares->len; i++)
    all += MAX (g_array_index (shares, KafBudgetShare, i).total, 0);
  if (all <= 0)
    return out;
  for (guint i = 0; i < shares->len; i++)
    {
      __int128 part = (__int128) MAX (g_array_index (shares, KafBudgetShare, i).total, 0) * 100;

      g_array_index (out, int, i) = (int) (part / all);
      rests[i] = part % all;
      left -= (int) (part / all);
    }
  for (; left > 0; left--)
    {
      guint best = 0;

      for (guint i = 1; i < shares->len; i++)
        if (rests[i] > rests[best])
          best = i;
      g_array_index (out, int, best)++;
      rests[best] = -1;
    }
  return out;
}

/* The payer of a line that has none */

/* Of the lines of @payer: how many, how many of a category, and the convention of most. */
static void
count_lines (const KafMission *mission,
             const char *payer,
             const char *category,
             KafBudgetGuess *guess,
             guint *n_alike)
{
  *guess = (KafBudgetGuess){ .payer = payer };
  *n_alike = 0;
  for (guint i = 0; i < mission->lines->len; i++)
    {
      const KafBudgetLine *line = g_ptr_array_index (mission->lines, i);
      guint n = 0;

      if (g_strcmp0 (line->payer, payer) != 0)
        continue;
      guess->n_lines++;
      *n_alike += g_strcmp0 (line->category, category) == 0 ? 1 : 0;
      if (line->basis == NULL)
        continue;
      for (guint j = 0; j < mission->lines->len; j++)
        {
          const KafBudgetLine *other = g_ptr_array_index (mission->lines, j);

          n += g_strcmp0 (other->payer, payer) == 0 && g_strcmp0 (other->basis, line->basis) == 0
                   ? 1
                   : 0;
        }
      if (n > guess->n_on_basis)
        {
          guess->n_on_basis = n;
          guess->basis = line->basis;
        }
    }
}

KafBudgetGuess
kaf_budget_guess_payer (const KafMission *mission, const KafBudgetLine *line)
{
  KafBudgetGuess best = { 0 };
  guint best_alike = 0;

  for (guint i = 0; i < mission->lines->len; i++)
    {
      const KafBudgetLine *other = g_ptr_array_index (mission->lines, i);
      KafBudgetGuess guess;
      guint n_alike;

      if (other->payer == NULL || g_strcmp0 (other->payer, best.payer) == 0)
        continue;
      count_lines (mission, other->payer, line->category, &guess, &n_alike);
      if (guess.n_lines < best.n_lines || (guess.n_lines == best.n_lines && n_alike <= best_alike))
        continue;
      best = guess;
      best_alike = n_alike;
    }
  return best;
}

const KafBudgetLine *
kaf_budget_find_unpaid (const KafMission *mission)
{
  for (guint i = 0; i < mission->lines->len; i++)
    {
      const KafBudgetLine *line = g_ptr_array_index (mission->lines, i);

      if (line->payer == NULL)
        return line;
    }
  return NULL;
}
