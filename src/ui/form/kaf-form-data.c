/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a form reads before it shows, in one visit to the worker, and what it writes. */
#include "config.h"

#include "ui/form/kaf-form-data.h"

#include "base/kaf-bidi.h"
#include "base/kaf-id.h"
#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "store/kaf-read.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-application.h"

void
kaf_form_data_free (KafFormData *self)
{
  g_clear_pointer (&self->record, kaf_record_unref);
  g_clear_pointer (&self->owner, kaf_record_unref);
  g_clear_pointer (&self->draft, kaf_draft_free);
  g_strfreev (self->countries);
  g_free (self->in_countries);
  g_free (self->account);
  g_free (self);
}

typedef struct
{
  const KafEntity *entity;
  char *id, *owner_id, *slot;
  KafLang lang;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->id);
  g_free (load->owner_id);
  g_free (load->slot);
  g_free (load);
}

static void
read_countries (KafDatabase *db, KafFormData *self, KafLang lang)
{
  g_autoptr (GString) names = g_string_new (NULL);

  self->countries = kaf_sync_read_bounds (db, "country:");
  for (guint i = 0; self->countries != NULL && self->countries[i] != NULL; i++)
    {
      g_autofree char *name = kaf_read_title (db, "country", self->countries[i], lang);
      g_autofree char *isolated = kaf_bidi_isolate (name != NULL ? name : self->countries[i]);

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", isolated);
    }
  if (self->countries != NULL)
    self->in_countries = g_string_free (g_steal_pointer (&names), FALSE);
}

/* A new person is theirs whose missions need her. */
static gboolean
read_missions (KafDatabase *db, KafFormData *self, GError **error)
{
  g_auto (GStrv) missions = kaf_sync_read_bounds (db, KAF_SCOPE_MISSION);
  g_auto (KafSyncState) state = { 0 };

  if (missions == NULL)
    return TRUE;
  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  self->awaits = TRUE;
  self->account = g_strdup (state.user);
  return TRUE;
}

static gpointer
load_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autoptr (KafFormData) form = g_new0 (KafFormData, 1);
  const char *owner_id = load->id != NULL ? load->id : load->owner_id;

  if (load->id != NULL)
    {
      form->record = kaf_read_record (db, load->entity, load->id, error);
      if (form->record == NULL)
        return NULL;
    }
  if (load->entity->owner != NULL && owner_id != NULL)
    {
      form->owner = kaf_read_record (db, kaf_registry_find (load->entity->owner), owner_id, error);
      if (form->owner == NULL)
        return NULL;
    }
  form->draft = kaf_draft_load (db, load->entity, load->slot);
  if (load->id == NULL && load->owner_id == NULL &&
      g_str_equal (kaf_entity_get_root (load->entity)->id, "person"))
    {
      read_countries (db, form, load->lang);
      if (!read_missions (db, form, error))
        return NULL;
    }
  return g_steal_pointer (&form);
}

void
kaf_form_data_load_async (KafStore *store,
                          const KafEntity *entity,
                          const char *id,
                          const char *owner_id,
                          const char *slot,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Load *load = g_new0 (Load, 1);

  load->entity = entity;
  load->id = g_strdup (id);
  load->owner_id = g_strdup (owner_id);
  load->slot = g_strdup (slot);
  load->lang = kaf_application_get_lang ();
  kaf_store_run_async (store, KAF_LANE_READ, load_job, load, load_free,
                       (GDestroyNotify) kaf_form_data_free, cancellable, callback, user_data);
}

KafFormData *
kaf_form_data_load_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

static void
add_change (KafChangeSet *set, const KafRecord *before, KafRecord *after)
{
  g_autoptr (KafRecord) changed = NULL;

  if (before == NULL)
    {
      kaf_change_set_create (set, after);
      return;
    }

  kaf_record_set_id (after, kaf_record_get_id (before));
  changed = kaf_record_diff (before, after);
  if (changed != NULL)
    kaf_change_set_update (set, changed);
}

KafChangeSet *
kaf_form_data_make_changes (const KafFormData *self, KafRecord *record, KafRecord *owner)
{
  gboolean creates = self->record == NULL;
  KafChangeSet *set = kaf_change_set_new (creates ? "create" : "edit");

  if (owner != NULL)
    {
      /* A facet shares its owner's id, which has to be known before either is written. */
      if (self->owner == NULL)
        {
          g_autoptr (KafClock) clock = kaf_clock_new_system ();
          g_autoptr (KafRandom) random = kaf_random_new_system ();
          g_autofree char *id = kaf_id_new (clock, random);

          kaf_record_set_id (owner, id);
        }
      add_change (set, self->owner, owner);
      kaf_record_set_id (record, kaf_record_get_id (owner));
    }
  add_change (set, self->record, record);
  return set;
}

typedef struct
{
  const KafEntity *entity;
  char *id, *field;
  GFile *file;
  KafStore *store;
} Attach;

static void
attach_free (gpointer data)
{
  Attach *attach = data;

  g_free (attach->id);
  g_free (attach->field);
  g_object_unref (attach->file);
  g_object_unref (attach->store);
  g_free (attach);
}

static gpointer
attach_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Attach *attach = data;
  KafReceipt *receipt = kaf_attachment_add (db, attach->entity, attach->id, attach->field,
                                            attach->file, NULL, NULL, NULL, cancellable, error);

  if (receipt != NULL)
    kaf_store_announce (attach->store, receipt);
  return receipt;
}

void
kaf_form_data_attach_async (KafStore *store,
                            const KafEntity *entity,
                            const char *id,
                            const char *field,
                            GFile *file,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Attach *attach = g_new0 (Attach, 1);

  attach->entity = entity;
  attach->id = g_strdup (id);
  attach->field = g_strdup (field);
  attach->file = g_object_ref (file);
  attach->store = g_object_ref (store);
  kaf_store_run_async (store, KAF_LANE_WRITE, attach_job, attach, attach_free,
                       (GDestroyNotify) kaf_receipt_unref, NULL, callback, user_data);
}

gboolean
kaf_form_data_attach_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (store, result, error);

  return receipt != NULL;
}
