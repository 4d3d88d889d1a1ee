/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-data.h"

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "store/kaf-conventions.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-application.h"

KafConventionData *
kaf_convention_data_ref (KafConventionData *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_convention_data_unref (KafConventionData *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->all, kaf_conventions_free);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
stretch (KafConventionData *self, KafDay day)
{
  if (day == KAF_DAY_UNKNOWN)
    return;
  self->first = self->first == KAF_DAY_UNKNOWN ? day : MIN (self->first, day);
  self->last = MAX (self->last, day);
}

static void
read_names (KafConventionData *self, KafDatabase *db, char **organisations)
{
  for (char **id = organisations; *id != NULL; id++)
    if (!g_hash_table_contains (self->names, *id))
      g_hash_table_insert (
          self->names, g_strdup (*id),
          kaf_read_short_title (db, "organisation", *id, kaf_application_get_lang ()));
}

static void
entry_free (gpointer data)
{
  KafConventionEntry *entry = data;

  kaf_standing_free (entry->standing);
  g_free (entry->folded);
  g_free (entry);
}

/* At each key of a search the window would else wait for all of it. */
static void
add_entry (KafConventionData *self, const KafConvention *act)
{
  KafConventionEntry *entry = g_new (KafConventionEntry, 1);
  g_autofree char *parties = kaf_convention_data_describe_parties (self, act->parties);
  g_autofree char *text =
      g_strconcat (act->title != NULL ? act->title : "", " ", parties != NULL ? parties : "", " ",
                   act->ref != NULL ? act->ref : "", NULL);

  entry->standing = kaf_convention_stand (act, self->today);
  entry->folded = kaf_fold (text);
  g_hash_table_insert (self->entries, (gpointer) act, entry);
}

const KafConventionEntry *
kaf_convention_data_get (const KafConventionData *self, const KafConvention *act)
{
  return g_hash_table_lookup (self->entries, act);
}

gpointer
kaf_convention_data_read (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafConventionData) self = g_new0 (KafConventionData, 1);
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *soon = kaf_read_setting (db, KAF_SETTING_LAPSE_FIRST_DAYS, NULL);

  g_atomic_ref_count_init (&self->refs);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->today = kaf_day_parse (today);
  self->soon_days = (guint) g_ascii_strtoull (soon, NULL, 10);
  self->all = kaf_conventions_read (db, NULL, KAF_CONVENTIONS_ACTS, kaf_application_get_lang (),
                                    cancellable, error);
  if (self->all == NULL)
    return NULL;
  for (guint i = 0; i < self->all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->all->acts, i);

      stretch (self, act->effective_on != KAF_DAY_UNKNOWN ? act->effective_on : act->signed_on);
      stretch (self, act->ends_on);
      stretch (self, act->negotiated_on);
      read_names (self, db, act->parties);
      add_entry (self, act);
    }
  return g_steal_pointer (&self);
}

const char *
kaf_convention_data_get_name (const KafConventionData *self, const char *organisation)
{
  const char *name = organisation != NULL ? g_hash_table_lookup (self->names, organisation) : NULL;

  return name != NULL ? name : "—";
}

char *
kaf_convention_data_describe_parties (const KafConventionData *self, char **parties)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **id = parties; *id != NULL; id++)
    {
      g_autofree char *name = kaf_bidi_isolate (kaf_convention_data_get_name (self, *id));

      g_string_append_printf (text, "%s%s", text->len > 0 ? " – " : "", name);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
