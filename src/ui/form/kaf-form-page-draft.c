/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draft of a form: what is kept of it, offering it again, taking it back. */
#include "config.h"

#include "ui/form/kaf-form-page-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "record/kaf-typed.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-toaster.h"

/* The form's own fields by their id, those of the owner as ENTITY.FIELD. */
static char *
draft_key (KafFormPage *self, const KafEntity *entity, const KafField *field)
{
  if (entity == self->entity)
    return g_strdup (field->id);
  return g_strconcat (entity->id, ".", field->id, NULL);
}

gboolean
kaf_form_page_is_fixed (KafFormPage *self,
                        const KafEntity *entity,
                        const KafField *field,
                        const char *value)
{
  if (!kaf_store_may_write_field (self->store, entity, field))
    return TRUE;
  /* What a record belongs to is known from where the form was opened. */
  if (self->id == NULL)
    return value != NULL && kaf_field_has (field, KAF_FIELD_PARENT);
  return value != NULL && field->merge == KAF_MERGE_APPEND_ONLY && !kaf_field_is_many (field);
}

static void
collect_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  GHashTable *typed = data;
  const KafField *field = kaf_field_row_get_field (row);
  g_autofree char *text = NULL;

  /* What a record has, or begins with, is not the draft's to say unless it was touched. */
  if ((self->id != NULL || field->initial != NULL) && !kaf_field_row_is_touched (row))
    return;
  text = kaf_field_row_get_typed (row);
  if (self->id == NULL && field->initial == NULL && *text == '\0')
    return;
  g_hash_table_insert (typed, draft_key (self, entity, field), g_steal_pointer (&text));
}

void
kaf_form_page_collect (KafFormPage *self, GHashTable *typed)
{
  g_autofree char *mark = self->follower != NULL ? kaf_follower_mark (self->follower) : NULL;

  kaf_form_page_for_each_row (self, collect_row, typed);
  if (mark != NULL)
    g_hash_table_insert (typed, g_strdup (KAF_DRAFT_KNOWN), g_steal_pointer (&mark));
  if (self->members != NULL && self->members[0] != NULL)
    g_hash_table_insert (typed, g_strdup (KAF_DRAFT_MEMBERS), g_strjoinv ("\n", self->members));
}

/* Those of the draft join those who were chosen since: the line above the form tells how many they are. */
static void
resume_members (KafFormPage *self, GHashTable *typed)
{
  const char *text = g_hash_table_lookup (typed, KAF_DRAFT_MEMBERS);
  g_auto (GStrv) kept = text != NULL ? g_strsplit (text, "\n", -1) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (kept == NULL)
    return;
  if (self->members != NULL)
    g_strv_builder_addv (builder, (const char **) self->members);
  for (char **id = kept; *id != NULL; id++)
    if (**id != '\0' &&
        (self->members == NULL || !g_strv_contains ((const char *const *) self->members, *id)))
      g_strv_builder_add (builder, *id);
  all = g_strv_builder_end (builder);
  kaf_form_page_set_members (self, (const char *const *) all);
}

static gboolean
is_erased (const GError *unkept)
{
  return g_error_matches (unkept, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

char *
kaf_form_page_explain_unkept (const GError *error)
{
  if (is_erased (error))
    return g_strdup (_ ("This record was erased: what you type in it is no longer kept."));
  return kaf_error_text (error);
}

static void
tell_time (KafFormPage *self, const GError *unkept)
{
  g_autofree char *time = kaf_draft_keeper_get_time (self->keeper);
  g_autofree char *text = NULL;

  if (unkept != NULL)
    text = g_strdup (_ ("Draft not kept yet"));
  else if (time != NULL)
    /* Translators: %s is a time of the day, "14:31". */
    text = g_strdup_printf (_ ("Draft kept at %s"), time);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text != NULL ? text : "");
}

/* What failed, and where that leaves what was typed. */
static char *
explain (KafFormPage *self, const GError *unkept)
{
  g_autofree char *why = NULL;
  const char *typed = NULL;

  if (is_erased (unkept) || self->erased)
    return g_strdup (_ ("This record was erased: what you type in it is no longer kept."));
  if (self->left_out && self->error == NULL && unkept == NULL)
    return g_strdup (
        _ ("A record that was named here was erased for good: it is left out. What else "
           "you typed is kept."));
  if (unkept != NULL)
    typed =
        _ ("What you typed is not kept yet: leave this form open, it is tried again by itself.");
  else if (kaf_form_page_is_touched (self) && !kaf_form_page_is_unkept (self))
    typed = _ ("What you are typing is kept as a draft.");

  why = kaf_error_text (self->error != NULL ? self->error : unkept);
  return typed != NULL ? g_strdup_printf ("%s %s", why, typed) : g_steal_pointer (&why);
}

void
kaf_form_page_tell (KafFormPage *self)
{
  const GError *unkept = kaf_draft_keeper_get_error (self->keeper);
  gboolean failed = self->error != NULL || unkept != NULL || self->erased || self->left_out;

  tell_time (self, unkept);
  if (failed)
    {
      g_autofree char *text = explain (self, unkept);

      kaf_banner_set_title (KAF_BANNER (self->error_banner), text);
    }
  kaf_banner_set_revealed (KAF_BANNER (self->error_banner), failed);
}

static void
resume_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  const KafField *field = kaf_field_row_get_field (row);
  g_autofree char *key = draft_key (self, entity, field);
  const char *typed = g_hash_table_lookup (data, key);

  if (typed == NULL)
    return;
  kaf_field_row_set_typed (row, typed);
  if (self->id == NULL && strcmp (self->slot, SLOT_NEW) != 0)
    kaf_field_row_set_read_only (row, kaf_form_page_is_fixed (self, entity, field, typed));
}

void
kaf_form_page_resume_draft (KafFormPage *self)
{
  g_autoptr (GHashTable) typed = NULL;

  kaf_banner_set_revealed (KAF_BANNER (self->draft_banner), FALSE);
  if (self->data == NULL || self->data->draft == NULL)
    return;

  typed = kaf_typed_from_json (self->data->draft->fields);
  if (typed == NULL)
    return;
  self->left_out = g_hash_table_contains (typed, KAF_DRAFT_MARK);
  self->filling = TRUE;
  kaf_form_page_for_each_row (self, resume_row, typed);
  resume_members (self, typed);
  self->filling = FALSE;
  kaf_follower_recall (self->follower, g_hash_table_lookup (typed, KAF_DRAFT_KNOWN));
  kaf_form_page_update_country (self);
  kaf_form_page_update_rows (self, NULL);
  kaf_draft_keeper_touch (self->keeper);
}

void
kaf_form_page_offer_draft (KafFormPage *self)
{
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (self->data->draft == NULL)
    return;
  if (self->resumes)
    {
      kaf_form_page_resume_draft (self);
      return;
    }

  when = kaf_time_format (self->data->draft->when, kaf_application_get_lang ());
  /* Translators: %s is a day and a time, "22/11/2026 14:31". */
  text = g_strdup_printf (_ ("A draft of %s was kept."), when);
  kaf_banner_set_title (KAF_BANNER (self->draft_banner), text);
  kaf_banner_set_revealed (KAF_BANNER (self->draft_banner), TRUE);
}

/* Erasures */

typedef struct
{
  KafFormPage *page; /* owned */
  const KafEntity *entity;
  char *slot;
  char *typed; /* JSON */
  char *rest;
  KafDraftFate fate;
} Look;

static void
look_free (Look *self)
{
  g_object_unref (self->page);
  g_free (self->slot);
  g_free (self->typed);
  g_free (self->rest);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gpointer
run_look (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;

  look->fate = kaf_draft_judge (db, look->entity, look->slot, look->typed, &look->rest);
  return NULL;
}

static void
leave_out (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  g_autofree char *key = draft_key (self, entity, kaf_field_row_get_field (row));
  g_autofree char *now = kaf_field_row_get_typed (row);
  GHashTable **both = data; /* what was typed, and what is left of it */
  const char *before = g_hash_table_lookup (both[0], key);
  const char *after = g_hash_table_lookup (both[1], key);

  /* What was typed since is another matter. */
  if (before != NULL && g_strcmp0 (before, after) != 0 && g_strcmp0 (before, now) == 0)
    kaf_field_row_set_typed (row, after != NULL ? after : "");
}

static void
leave_out_members (KafFormPage *self, GHashTable *after)
{
  const char *text = g_hash_table_lookup (after, KAF_DRAFT_MEMBERS);
  g_auto (GStrv) left = text != NULL && *text != '\0' ? g_strsplit (text, "\n", -1) : NULL;
  const char *nobody[] = { NULL };

  if (text != NULL)
    kaf_form_page_set_members (self, left != NULL ? (const char *const *) left : nobody);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  KafFormPage *self = look->page;

  kaf_store_run_finish (KAF_STORE (source), result, NULL);
  if (g_cancellable_is_cancelled (self->cancellable) || look->fate == KAF_DRAFT_WHOLE)
    return;
  if (look->fate == KAF_DRAFT_ERASED)
    {
      self->erased = TRUE;
      kaf_form_page_set_enabled (self, "save", FALSE);
    }
  else
    {
      g_autoptr (GHashTable) before = kaf_typed_from_json (look->typed);
      g_autoptr (GHashTable) after = kaf_typed_from_json (look->rest);
      GHashTable *both[] = { before, after };

      self->left_out = TRUE;
      kaf_form_page_for_each_row (self, leave_out, both);
      leave_out_members (self, after);
      kaf_draft_keeper_touch (self->keeper);
    }
  kaf_form_page_tell (self);
}

void
kaf_form_page_look_for_erasure (KafFormPage *self)
{
  g_autoptr (GHashTable) typed = NULL;
  Look *look;

  if (self->data == NULL || self->erased || self->saved_id != NULL)
    return;
  typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  kaf_form_page_collect (self, typed);
  look = g_new0 (Look, 1);
  look->page = g_object_ref (self);
  look->entity = self->entity;
  look->slot = g_strdup (self->slot);
  look->typed = kaf_typed_to_json (typed);
  kaf_store_run_async (self->store, KAF_LANE_READ, run_look, look, NULL, NULL, self->cancellable,
                       on_looked, look);
}

void
kaf_form_page_resume (KafFormPage *self)
{
  g_return_if_fail (KAF_IS_FORM_PAGE (self));

  self->resumes = TRUE;
  if (self->data != NULL)
    kaf_form_page_resume_draft (self);
}

static void
find_touched (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  gboolean *touched = data;

  *touched = *touched || kaf_field_row_is_touched (row);
}

gboolean
kaf_form_page_is_touched (KafFormPage *self)
{
  gboolean touched = FALSE;

  kaf_form_page_for_each_row (self, find_touched, &touched);
  return touched;
}

/* What the button of the toast needs once the form is gone. */
typedef struct
{
  KafStore *store;
  const KafEntity *entity;
  char *slot;
} Dropping;

static void
dropping_free (gpointer data, GClosure *closure)
{
  Dropping *dropping = data;

  g_object_unref (dropping->store);
  g_free (dropping->slot);
  g_free (dropping);
}

static void
on_discard_clicked (AdwToast *toast, gpointer data)
{
  Dropping *dropping = data;

  kaf_draft_keeper_drop_slot (dropping->store, dropping->entity, dropping->slot);
}

void
kaf_form_page_tell_of_draft (KafFormPage *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;
  Dropping *dropping;

  if (overlay == NULL)
    return;

  dropping = g_new0 (Dropping, 1);
  dropping->store = g_object_ref (self->store);
  dropping->entity = self->entity;
  dropping->slot = g_strdup (self->slot);

  toast = adw_toast_new (_ ("What you typed is kept as a draft"));
  adw_toast_set_button_label (toast, _ ("Discard"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_discard_clicked), dropping,
                         dropping_free, 0);
  kaf_toaster_show (ADW_TOAST_OVERLAY (overlay), toast);
}

void
kaf_form_page_discard_draft (KafFormPage *self)
{
  kaf_banner_set_revealed (KAF_BANNER (self->draft_banner), FALSE);
  if (self->data != NULL)
    g_clear_pointer (&self->data->draft, kaf_draft_free);
  kaf_draft_keeper_drop (self->keeper);
  /* What was typed since the form opened is another matter. */
  if (kaf_form_page_is_touched (self))
    kaf_draft_keeper_touch (self->keeper);
}
