/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-duty-progress.h"

#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-conventions.h"
#include "store/kaf-settings.h"

/* Commitments of one party that are looked at; a party of more is none of this ministry's. */
#define MOST 5000

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  KafDay today;
  guint soon_days;
  KafDutyProgress *progress;
} Reading;

static void
group_free (gpointer data)
{
  KafDutyGroup *group = data;

  for (guint i = 0; i < KAF_DUTIES_N; i++)
    g_ptr_array_unref (group->ids[i]);
  g_free (group->title);
  g_free (group->key);
  g_free (group);
}

void
kaf_duty_progress_free (KafDutyProgress *self)
{
  for (guint i = 0; i < KAF_DUTIES_N; i++)
    g_ptr_array_unref (self->ids[i]);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static gboolean
find_state (const KafCommitmentStanding *standing, KafDutiesState *state)
{
  switch (standing->state)
    {
    case KAF_COMMITMENT_OVERDUE:
      *state = KAF_DUTIES_OVERDUE;
      return TRUE;
    case KAF_COMMITMENT_SOON:
      *state = KAF_DUTIES_SOON;
      return TRUE;
    case KAF_COMMITMENT_UNDATED:
    case KAF_COMMITMENT_UPCOMING:
      *state = KAF_DUTIES_OPEN;
      return TRUE;
    case KAF_COMMITMENT_KEPT:
      *state = KAF_DUTIES_DONE;
      return TRUE;
    case KAF_COMMITMENT_WAIVED:
    case KAF_COMMITMENT_REPLACED:
    case KAF_COMMITMENT_LAPSED:
    default:
      return FALSE;
    }
}

static KafDutyGroup *
find_group (Reading *self, const char *key)
{
  for (guint i = 0; i < self->progress->groups->len; i++)
    {
      KafDutyGroup *group = g_ptr_array_index (self->progress->groups, i);

      if (g_strcmp0 (group->key, key) == 0)
        return group;
    }
  return NULL;
}

static KafDutyGroup *
ensure_group (Reading *self, const char *key, const char *title)
{
  KafDutyGroup *group = find_group (self, key);

  if (group != NULL)
    return group;
  group = g_new0 (KafDutyGroup, 1);
  group->key = g_strdup (key);
  /* A title that is not known yet is that of an organisation. */
  group->title = title != NULL ? g_strdup (title)
                 : key != NULL ? kaf_read_short_title (self->db, "organisation", key, self->lang)
                               : NULL;
  for (guint i = 0; i < KAF_DUTIES_N; i++)
    group->ids[i] = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->progress->groups, group);
  return group;
}

static void
count (Reading *self, const KafCommitment *commitment, const char *key, const char *title)
{
  KafCommitmentStanding standing = kaf_commitment_stand (commitment, self->today, self->soon_days);
  KafDutiesState state;

  if (!find_state (&standing, &state))
    return;
  g_ptr_array_add (self->progress->ids[state], g_strdup (commitment->id));
  g_ptr_array_add (ensure_group (self, key, title)->ids[state], g_strdup (commitment->id));
}

/* With those of its amendments, as they count on the day. */
static gboolean
read_convention (Reading *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafConventions) all = kaf_conventions_read (self->db, id, KAF_CONVENTIONS_COMMITMENTS,
                                                         self->lang, cancellable, error);
  const KafConvention *act = all != NULL ? kaf_conventions_find (all, id) : NULL;
  g_autoptr (GPtrArray) commitments = NULL;

  if (all == NULL)
    return FALSE;
  if (act == NULL)
    return TRUE;
  commitments = kaf_convention_list_commitments (act, self->today);
  for (guint i = 0; i < commitments->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (commitments, i);

      count (self, one, one->party, NULL);
    }
  return TRUE;
}

/* Commitments of the tree that the party has; @seen: acts whose tree was read. */
static gboolean
read_tree (Reading *self,
           const char *convention,
           const char *party,
           GHashTable *seen,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (KafConventions) all = kaf_conventions_read (
      self->db, convention, KAF_CONVENTIONS_COMMITMENTS, self->lang, cancellable, error);

  for (guint i = 0; all != NULL && i < all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (all->acts, i);

      if (!g_hash_table_add (seen, g_strdup (act->id)))
        continue;
      for (guint j = 0; j < act->commitments->len; j++)
        {
          const KafCommitment *one = g_ptr_array_index (act->commitments, j);

          if (g_strcmp0 (one->party, party) == 0)
            count (self, one, act->id, act->title != NULL ? act->title : "—");
        }
    }
  return all != NULL;
}

static gboolean
read_party (Reading *self, const char *id, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "convention", NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = kaf_page_related (self->db, kaf_registry_find ("commitment"),
                                                 "party", id, columns, self->lang, MOST, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *convention = ((const KafRow *) g_ptr_array_index (rows, i))->raw[0];

      if (convention != NULL && !g_hash_table_contains (seen, convention) &&
          !read_tree (self, convention, id, seen, cancellable, error))
        return FALSE;
    }
  return rows != NULL;
}

KafDutyProgress *
kaf_duty_progress_read (KafDatabase *db,
                        const char *entity,
                        const char *id,
                        KafLang lang,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (KafDutyProgress) progress = g_new0 (KafDutyProgress, 1);
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *soon = kaf_read_setting (db, KAF_SETTING_COMMITMENT_SOON_DAYS, NULL);
  Reading self = { .db = db, .lang = lang, .today = kaf_day_parse (today), .progress = progress };
  gboolean read;

  self.soon_days = (guint) g_ascii_strtoull (soon, NULL, 10);
  progress->groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; i < KAF_DUTIES_N; i++)
    progress->ids[i] = g_ptr_array_new_with_free_func (g_free);
  read = strcmp (entity, "convention") == 0 ? read_convention (&self, id, cancellable, error)
                                            : read_party (&self, id, cancellable, error);
  return read ? g_steal_pointer (&progress) : NULL;
}
