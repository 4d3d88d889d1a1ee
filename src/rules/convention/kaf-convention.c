/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/convention/kaf-convention.h"

#include <string.h>

#include "base/kaf-id.h"
#include "rules/convention/kaf-commitment.h"

void
kaf_signatory_free (KafSignatory *self)
{
  g_free (self->id);
  g_free (self->mandate);
  g_free (self->organisation);
  g_free (self->person);
  g_free (self);
}

KafConvention *
kaf_convention_new (const char *id)
{
  KafConvention *self = g_new0 (KafConvention, 1);

  self->id = g_strdup (id);
  self->parties = g_new0 (char *, 1);
  self->parties_left = g_new0 (char *, 1);
  self->domains = g_new0 (char *, 1);
  self->children = g_ptr_array_new ();
  self->signatories = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_signatory_free);
  self->commitments = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_commitment_free);
  return self;
}

void
kaf_convention_free (KafConvention *self)
{
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_free (self->parent_id);
  g_free (self->programme);
  g_strfreev (self->parties);
  g_strfreev (self->parties_left);
  g_strfreev (self->domains);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->signatories);
  g_ptr_array_unref (self->commitments);
  g_free (self);
}

/* All acts */

KafConventions *
kaf_conventions_new (void)
{
  KafConventions *self = g_new0 (KafConventions, 1);

  self->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_convention_free);
  self->by_id = g_hash_table_new (kaf_id_hash, g_str_equal);
  self->roots = g_ptr_array_new ();
  return self;
}

void
kaf_conventions_free (KafConventions *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->acts);
  g_free (self);
}

void
kaf_conventions_take (KafConventions *self, KafConvention *act)
{
  g_ptr_array_add (self->acts, act);
  g_hash_table_insert (self->by_id, act->id, act);
}

KafConvention *
kaf_conventions_find (const KafConventions *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/* So many, mostly. */
#define PARTIES 4

/* By signature, those without one last; then as a person reads them. */
static int
compare_acts (gconstpointer a, gconstpointer b)
{
  const KafConvention *one = *(const KafConvention *const *) a;
  const KafConvention *two = *(const KafConvention *const *) b;

  /* Unknown is 0: less one, it is the latest of all. */
  if (one->signed_on != two->signed_on)
    return one->signed_on - 1 < two->signed_on - 1 ? -1 : 1;
  if (g_strcmp0 (one->title, two->title) != 0)
    return g_strcmp0 (one->title, two->title);
  return strcmp (one->id, two->id);
}

static KafDay
effect_of (const KafConvention *self)
{
  return self->effective_on != KAF_DAY_UNKNOWN ? self->effective_on : self->signed_on;
}

static int
compare_effects (gconstpointer a, gconstpointer b)
{
  KafDay one = effect_of (*(const KafConvention *const *) a);
  KafDay two = effect_of (*(const KafConvention *const *) b);

  return one != two ? (one < two ? -1 : 1) : compare_acts (a, b);
}

static gboolean
leads_to (const KafConvention *from, const KafConvention *to)
{
  for (; from != NULL; from = from->parent)
    if (from == to)
      return TRUE;
  return FALSE;
}

/* Whether @one says otherwise sooner than @other: what is signed before a draft, then by its effect. */
static gboolean
replaces_sooner (const KafConvention *one, const KafConvention *other)
{
  gboolean is_signed = one->signed_on != KAF_DAY_UNKNOWN;

  if (is_signed != (other->signed_on != KAF_DAY_UNKNOWN))
    return is_signed;
  return compare_effects (&one, &other) < 0;
}

/* An amendment in force says otherwise; of two, the one that does first: the other replaces nothing any more. */
static void
tie_commitment (GHashTable *commitments, KafCommitment *commitment)
{
  KafCommitment *replaced =
      commitment->replaces != NULL ? g_hash_table_lookup (commitments, commitment->replaces) : NULL;

  if (replaced == NULL || replaced == commitment)
    return;
  if (replaced->replaced_by == NULL ||
      replaces_sooner (commitment->act, replaced->replaced_by->act))
    replaced->replaced_by = commitment;
}

static void
tie_commitments (KafConventions *self)
{
  g_autoptr (GHashTable) commitments = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer commitment;

  for (guint i = 0; i < self->acts->len; i++)
    {
      KafConvention *act = g_ptr_array_index (self->acts, i);

      for (guint j = 0; j < act->commitments->len; j++)
        {
          KafCommitment *one = g_ptr_array_index (act->commitments, j);

          one->act = act;
          g_hash_table_insert (commitments, one->id, one);
        }
    }
  g_hash_table_iter_init (&iter, commitments);
  while (g_hash_table_iter_next (&iter, NULL, &commitment))
    tie_commitment (commitments, commitment);
}

void
kaf_conventions_tie (KafConventions *self)
{
  for (guint i = 0; i < self->acts->len; i++)
    {
      KafConvention *act = g_ptr_array_index (self->acts, i);
      KafConvention *parent = kaf_conventions_find (self, act->parent_id);

      act->is_cut = parent != NULL && leads_to (parent, act);
      if (parent != NULL && !act->is_cut)
        {
          act->parent = parent;
          g_ptr_array_add (parent->children, act);
        }
    }
  for (guint i = 0; i < self->acts->len; i++)
    {
      KafConvention *act = g_ptr_array_index (self->acts, i);

      g_ptr_array_sort (act->children, compare_acts);
      if (act->parent == NULL)
        g_ptr_array_add (self->roots, act);
    }
  g_ptr_array_sort (self->roots, compare_acts);
  tie_commitments (self);
}

/* Ways up and down */

const KafConvention *
kaf_convention_get_amended (const KafConvention *self)
{
  while (self->kind == KAF_CONVENTION_AMENDMENT && self->parent != NULL)
    self = self->parent;
  return self;
}

const KafConvention *
kaf_convention_get_framework (const KafConvention *self)
{
  while (self != NULL && self->kind != KAF_CONVENTION_FRAMEWORK)
    self = self->parent;
  return self;
}

static void
collect_amendments (const KafConvention *self, GPtrArray *amendments)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      KafConvention *child = g_ptr_array_index (self->children, i);

      if (child->kind != KAF_CONVENTION_AMENDMENT)
        continue;
      if (child->signed_on != KAF_DAY_UNKNOWN)
        g_ptr_array_add (amendments, child);
      collect_amendments (child, amendments);
    }
}

GPtrArray *
kaf_convention_list_amendments (const KafConvention *self)
{
  GPtrArray *amendments = g_ptr_array_new ();

  collect_amendments (self, amendments);
  g_ptr_array_sort (amendments, compare_effects);
  return amendments;
}

/* What holds on a day */

static gboolean
is_rescinded (const KafConvention *amendment, KafDay day)
{
  return amendment->terminated_on != KAF_DAY_UNKNOWN && amendment->terminated_on <= day;
}

/* @amendments: nullable, here and below. The parties agreed on another term when they signed, whatever the day from which the rest applies: what was
 * signed last holds. */
static const KafConvention *
find_term (const KafConvention *self, const GPtrArray *amendments, KafDay day)
{
  const KafConvention *by = self;

  for (guint i = 0; amendments != NULL && i < amendments->len; i++)
    {
      const KafConvention *amendment = g_ptr_array_index (amendments, i);

      if ((amendment->changes & KAF_CHANGES_END) != 0 && amendment->signed_on <= day &&
          !is_rescinded (amendment, day) && (by == self || amendment->signed_on >= by->signed_on))
        by = amendment;
    }
  return by;
}

static void
renew (KafStanding *self, const KafConvention *by, KafDay day)
{
  if (!by->tacit_renewal || self->until >= day)
    return;
  if (by->renewal_months == 0)
    {
      /* Renewed, nobody knows until when. */
      self->n_renewals = 1;
      self->term = KAF_TERM_UNKNOWN;
      self->until = KAF_DAY_UNKNOWN;
      return;
    }
  while (self->until != KAF_DAY_UNKNOWN && self->until < day)
    {
      self->n_renewals++;
      self->until = kaf_day_add_months (by->ends_on, (int) (self->n_renewals * by->renewal_months));
    }
}

static void
find_end (KafStanding *self, const KafConvention *by, KafDay day)
{
  self->term_by = by;
  if (by->ends_on != KAF_DAY_UNKNOWN)
    {
      self->term = KAF_TERM_STATED;
      self->until = by->ends_on;
      renew (self, by, day);
    }
  else
    self->term = by->open_ended ? KAF_TERM_OPEN : KAF_TERM_UNKNOWN;
}

/* Where it stands among them, or their number. */
static guint
find_party (const GArray *parties, const char *organisation)
{
  guint i = 0;

  while (i < parties->len &&
         strcmp (g_array_index (parties, KafParty, i).organisation, organisation) != 0)
    i++;
  return i;
}

static void
remove_party (GArray *parties, const char *organisation)
{
  guint at = find_party (parties, organisation);

  if (at < parties->len)
    g_array_remove_index (parties, at);
}

static void
add_parties (GArray *parties, const KafConvention *by)
{
  for (char **id = by->parties; *id != NULL; id++)
    {
      const KafParty party = { *id, by };

      if (find_party (parties, *id) == parties->len)
        g_array_append_val (parties, party);
    }
}

static void
find_parties (KafStanding *self, const KafConvention *act, const GPtrArray *amendments, KafDay day)
{
  add_parties (self->parties, act);
  for (guint i = 0; amendments != NULL && i < amendments->len; i++)
    {
      const KafConvention *amendment = g_ptr_array_index (amendments, i);

      if ((amendment->changes & KAF_CHANGES_PARTIES) == 0 || amendment->signed_on > day ||
          effect_of (amendment) > day || is_rescinded (amendment, day))
        continue;
      for (char **id = amendment->parties_left; *id != NULL; id++)
        remove_party (self->parties, *id);
      add_parties (self->parties, amendment);
    }
}

static KafConventionState
find_state (const KafStanding *standing, const KafConvention *act, KafDay day)
{
  if (act->signed_on == KAF_DAY_UNKNOWN || act->signed_on > day)
    {
      if (act->terminated_on != KAF_DAY_UNKNOWN && act->terminated_on <= day)
        return KAF_CONVENTION_ABANDONED;
      return act->negotiated_on != KAF_DAY_UNKNOWN && act->negotiated_on <= day
                 ? KAF_CONVENTION_NEGOTIATION
                 : KAF_CONVENTION_DRAFT;
    }
  /* It had run out before anybody ended it. */
  if (standing->until != KAF_DAY_UNKNOWN && standing->until < day &&
      standing->until != act->terminated_on)
    return KAF_CONVENTION_EXPIRED;
  if (act->terminated_on != KAF_DAY_UNKNOWN && act->terminated_on <= day)
    return KAF_CONVENTION_TERMINATED;
  return standing->from > day ? KAF_CONVENTION_SIGNED : KAF_CONVENTION_IN_FORCE;
}

/* What was ended does not last, nor is it renewed, beyond that day. */
static void
cut_short (KafStanding *self, const KafConvention *act, KafDay day)
{
  if (act->terminated_on == KAF_DAY_UNKNOWN || act->terminated_on > day)
    return;
  if (self->until == KAF_DAY_UNKNOWN || self->until > act->terminated_on)
    {
      self->until = act->terminated_on;
      self->term = KAF_TERM_STATED;
      self->term_by = act;
    }
}

static KafDay
last_day_of_effect (const KafConvention *act, KafDay day)
{
  return act->terminated_on != KAF_DAY_UNKNOWN ? MIN (act->terminated_on, day) : day;
}

static KafStanding *
stand_itself (const KafConvention *self, KafDay day)
{
  /* Most have none. */
  g_autoptr (GPtrArray) amendments =
      self->children->len > 0 ? kaf_convention_list_amendments (self) : NULL;
  KafStanding *standing = g_new0 (KafStanding, 1);

  standing->parties = g_array_sized_new (FALSE, FALSE, sizeof (KafParty), PARTIES);
  standing->from = effect_of (self);
  find_end (standing, find_term (self, amendments, day), last_day_of_effect (self, day));
  cut_short (standing, self, day);
  find_parties (standing, self, amendments, day);
  standing->state = find_state (standing, self, day);
  return standing;
}

/* Of what is over with the convention that it amends. */
static KafStanding *
stand_as_amendment (const KafConvention *self, KafDay day)
{
  KafStanding *standing = stand_itself (kaf_convention_get_amended (self), day);
  gboolean over =
      standing->state == KAF_CONVENTION_EXPIRED || standing->state == KAF_CONVENTION_TERMINATED;
  KafConventionState own;

  standing->from = effect_of (self);
  cut_short (standing, self, day);
  own = find_state (standing, self, day);
  if (!over || own < KAF_CONVENTION_SIGNED)
    standing->state = own;
  return standing;
}

KafStanding *
kaf_convention_stand (const KafConvention *self, KafDay day)
{
  if (kaf_convention_get_amended (self) != self)
    return stand_as_amendment (self, day);
  return stand_itself (self, day);
}

void
kaf_standing_free (KafStanding *self)
{
  g_array_unref (self->parties);
  g_free (self);
}

static void
add_id (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, (gpointer) id);
}

static void
add_ids (GPtrArray *ids, char **from)
{
  for (char **id = from; *id != NULL; id++)
    add_id (ids, *id);
}

GPtrArray *
kaf_convention_list_signing (const KafConvention *self, KafDay day)
{
  const KafConvention *amended = kaf_convention_get_amended (self);
  g_autoptr (KafStanding) standing = amended != self ? stand_itself (amended, day) : NULL;
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; standing != NULL && i < standing->parties->len; i++)
    add_id (ids, g_array_index (standing->parties, KafParty, i).organisation);
  add_ids (ids, self->parties);
  if (amended != self)
    add_ids (ids, self->parties_left);
  return ids;
}

gboolean
kaf_standing_days_left (const KafStanding *self, KafDay day, guint *days)
{
  if (self->state != KAF_CONVENTION_IN_FORCE || self->until == KAF_DAY_UNKNOWN || self->until < day)
    return FALSE;
  *days = self->until - day;
  return TRUE;
}
