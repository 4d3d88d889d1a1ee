/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-agenda.h"

#include "base/kaf-date.h"
#include "rules/convention/kaf-commitment.h"
#include "store/kaf-agenda-holders.h"
#include "store/kaf-agenda-meetings.h"
#include "store/kaf-conventions.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings-kept.h"
#include "store/kaf-read.h"

typedef struct
{
  KafDatabase *db;
  KafDay from, until, today;
  KafLang lang;
  GPtrArray *items;
} Agenda;

void
kaf_agenda_item_free (KafAgendaItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_free (self->where);
  g_free (self->starts_at);
  g_free (self->ends_at);
  g_free (self->who);
  g_free (self->person);
  g_free (self->person_name);
  g_free (self);
}

static KafAgendaItem *
add_item (Agenda *self, KafAgendaKind kind, const char *entity, const char *id, KafDay day)
{
  KafAgendaItem *item = g_new0 (KafAgendaItem, 1);

  item->kind = kind;
  item->entity = entity;
  item->id = g_strdup (id);
  item->from = item->to = day;
  g_ptr_array_add (self->items, item);
  return item;
}

/* Sessions */

static KafAgendaState
read_session_state (const Agenda *self, const char *code, KafDay to)
{
  if (g_strcmp0 (code, "held") == 0)
    return KAF_AGENDA_DONE;
  if (g_strcmp0 (code, "cancelled") == 0)
    return KAF_AGENDA_OFF;
  /* Planned, and nobody has said whether it was held. */
  return to < self->today ? KAF_AGENDA_LATE : KAF_AGENDA_OPEN;
}

static const char *
choose_title (KafLang lang, const char *title, const char *title_ar)
{
  if (lang == KAF_LANG_AR)
    return title_ar != NULL ? title_ar : title;
  return title != NULL ? title : title_ar;
}

static void
take_session (Agenda *self, KafStatement *row)
{
  KafDay from = kaf_day_parse (kaf_statement_text (row, 2));
  KafDay to = kaf_day_parse (kaf_statement_text (row, 3));
  KafAgendaItem *item;

  if (from == KAF_DAY_UNKNOWN)
    return;
  item = add_item (self, KAF_AGENDA_SESSION, "training_session", kaf_statement_text (row, 0), from);
  item->ref = g_strdup (kaf_statement_text (row, 1));
  item->to = MAX (from, to);
  item->state = read_session_state (self, kaf_statement_text (row, 4), item->to);
  item->where = g_strdup (kaf_statement_text (row, 5));
  item->title = g_strdup (
      choose_title (self->lang, kaf_statement_text (row, 6), kaf_statement_text (row, 7)));
  item->person = g_strdup (kaf_statement_text (row, 8));
  item->person_name = g_strdup (
      choose_title (self->lang, kaf_statement_text (row, 9), kaf_statement_text (row, 10)));
}

static gboolean
read_sessions (Agenda *self, GError **error)
{
  g_autofree char *from = kaf_day_to_iso (self->from);
  g_autofree char *until = kaf_day_to_iso (self->until);
  g_autoptr (GError) local = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT h.id, s.ref, s.starts_on, s.ends_on, s.state, s.place, m.title, m.title_ar,"
      " s.trainer, p.title, p.title_ar FROM training_session s JOIN head h ON h.rid = s.rid"
      " LEFT JOIN head m ON m.id = s.module AND m.entity = 'training_module'"
      " LEFT JOIN head p ON p.id = s.trainer AND p.entity = 'person' AND p.deleted = 0"
      " WHERE s.deleted_at IS NULL AND s.starts_on <= ?2"
      " AND coalesce (s.ends_on, s.starts_on) >= ?1",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, from);
  kaf_statement_bind_text (statement, 2, until);
  while (kaf_database_step (self->db, statement, &local))
    take_session (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Commitments */

static gboolean
is_closed (const KafCommitment *commitment, KafDay due)
{
  guint64 have = 0;

  for (guint i = 0; i < commitment->fulfilments->len; i++)
    {
      const KafFulfilment *one = &g_array_index (commitment->fulfilments, KafFulfilment, i);

      if (one->due_on == due)
        have += commitment->quantity > 0 ? one->quantity : 1;
    }
  return have >= MAX (commitment->quantity, 1);
}

/* @standing: of the day today. What is due before the earliest that is open is done; so is a later one that was done
 * by name. */
static KafAgendaState
find_due_state (const Agenda *self,
                const KafCommitment *commitment,
                const KafCommitmentStanding *standing,
                KafDay due)
{
  if (standing->state >= KAF_COMMITMENT_WAIVED)
    return is_closed (commitment, due) ? KAF_AGENDA_DONE : KAF_AGENDA_OFF;
  if (standing->due == KAF_DAY_UNKNOWN || due < standing->due || is_closed (commitment, due))
    return KAF_AGENDA_DONE;
  return due < self->today ? KAF_AGENDA_LATE : KAF_AGENDA_OPEN;
}

/* @then: what binds on the last day of the span; @now: today. */
static void
add_commitment (Agenda *self,
                const KafConvention *act,
                const KafCommitment *commitment,
                const KafBinding *then,
                const KafBinding *now)
{
  g_autoptr (GArray) days =
      kaf_commitment_list_due_bound (commitment, then, self->from, self->until);
  g_autofree char *name = NULL;
  KafCommitmentStanding standing;

  if (days->len == 0)
    return;
  standing = kaf_commitment_stand_bound (commitment, now, self->today, 0);
  if (commitment->responsible != NULL)
    name = kaf_read_title (self->db, "person", commitment->responsible, self->lang);
  for (guint i = 0; i < days->len; i++)
    {
      KafDay day = g_array_index (days, KafDay, i);
      KafAgendaItem *item = add_item (self, KAF_AGENDA_DUE, "commitment", commitment->id, day);

      item->ref = g_strdup (commitment->ref);
      item->title = g_strdup (commitment->text);
      item->where = g_strdup (act->title);
      item->who = g_strdup (commitment->followed_by);
      item->person = g_strdup (commitment->responsible);
      item->person_name = g_strdup (name);
      item->state = find_due_state (self, commitment, &standing, day);
    }
}

static void
add_commitments (Agenda *self, const KafConvention *act)
{
  KafBinding then = kaf_convention_bind (act, self->until);
  KafBinding now = kaf_convention_bind (act, self->today);

  for (guint i = 0; i < act->commitments->len; i++)
    add_commitment (self, act, g_ptr_array_index (act->commitments, i), &then, &now);
}

/* Conventions. What an amendment changes ends with what it amends. @standing: of the day today. */
static KafAgendaItem *
add_end (Agenda *self, const KafConvention *act, const KafStanding *standing)
{
  KafAgendaItem *item;

  if (act->kind == KAF_CONVENTION_AMENDMENT || standing->until == KAF_DAY_UNKNOWN ||
      standing->state < KAF_CONVENTION_SIGNED || standing->until < self->from ||
      standing->until > self->until)
    return NULL;
  item = add_item (self, KAF_AGENDA_END, "convention", act->id, standing->until);
  item->ref = g_strdup (act->ref);
  item->state = standing->until < self->today ? KAF_AGENDA_OFF : KAF_AGENDA_OPEN;
  return item;
}

static void
find_end (Agenda *self, const KafConvention *act)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, self->today);
  KafAgendaItem *item = add_end (self, act, standing);

  if (item != NULL)
    item->title = g_strdup (act->title);
}

static gboolean
read_acts (Agenda *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafConventions) all =
      kaf_conventions_read_due (self->db, self->from, self->until, self->lang, cancellable, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (all->acts, i);

      find_end (self, act);
      if (act->commitments->len > 0)
        add_commitments (self, act);
    }
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const KafAgendaItem *one = *(KafAgendaItem *const *) a;
  const KafAgendaItem *other = *(KafAgendaItem *const *) b;
  int titles;

  if (one->from != other->from)
    return one->from < other->from ? -1 : 1;
  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  titles = g_strcmp0 (one->title, other->title);
  return titles != 0 ? titles : g_strcmp0 (one->id, other->id);
}

static gboolean
read_ends (Agenda *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafConventions) all =
      kaf_conventions_read (self->db, NULL, KAF_CONVENTIONS_ACTS, self->lang, cancellable, error);

  for (guint i = 0; all != NULL && i < all->acts->len; i++)
    find_end (self, g_ptr_array_index (all->acts, i));
  return all != NULL;
}

/* Acts that are kept have their titles in another language, maybe. */
static gboolean
read_act_title (Agenda *self, KafAgendaItem *item, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT c.title_fr, c.title_ar FROM head h CROSS JOIN convention c ON c.rid = h.rid"
      " WHERE h.id = ?1 AND h.entity = 'convention'",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, item->id);
  if (kaf_database_step (self->db, statement, &local))
    item->title = g_strdup (choose_title (self->lang, kaf_statement_text (statement, 0),
                                          kaf_statement_text (statement, 1)));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
take_ends (Agenda *self, const KafConventions *all, KafStanding *const *standings, GError **error)
{
  for (guint i = 0; i < all->acts->len; i++)
    {
      KafAgendaItem *item = add_end (self, g_ptr_array_index (all->acts, i), standings[i]);

      if (item != NULL && !read_act_title (self, item, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
kaf_agenda_read_ends (KafDatabase *db,
                      KafDay from,
                      KafDay until,
                      KafDay today,
                      KafLang lang,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_agenda_item_free);
  Agenda self = { db, from, until, today, lang, items };
  gboolean entered = kaf_database_enter_read (db);
  KafStanding *const *standings = NULL;
  const KafConventions *kept = kaf_findings_get_acts (db, today, &standings);
  gboolean done = kept != NULL ? take_ends (&self, kept, standings, error)
                               : read_ends (&self, cancellable, error);

  kaf_database_leave_read (db, entered);
  if (!done)
    return NULL;
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

GPtrArray *
kaf_agenda_read (KafDatabase *db,
                 KafDay from,
                 KafDay until,
                 KafDay today,
                 KafLang lang,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_agenda_item_free);
  Agenda self = { db, from, until, today, lang, items };
  gboolean entered;
  gboolean done;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (from != KAF_DAY_UNKNOWN && from <= until, NULL);

  if (today == KAF_DAY_UNKNOWN)
    {
      g_autofree char *iso = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));

      self.today = kaf_day_parse (iso);
    }
  entered = kaf_database_enter_read (db);
  done = read_sessions (&self, error) && read_acts (&self, cancellable, error) &&
         kaf_agenda_add_holders (db, from, until, self.today, lang, items, error) &&
         kaf_agenda_add_meetings (db, from, until, self.today, lang, items, error);
  kaf_database_leave_read (db, entered);
  if (!done)
    return NULL;
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

gboolean
kaf_agenda_item_is_on (const KafAgendaItem *self, KafDay day)
{
  return self->from <= day && day <= self->to;
}
