/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-letterhead-group.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/print/kaf-letterhead-data.h"
#include "ui/print/kaf-paper.h"

#define N_TEXTS 10
#define PICTURE_HEIGHT 150 /* px */
#define REST 200           /* ms after the last key before the picture follows */

struct _KafLetterheadGroup
{
  AdwPreferencesGroup parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  GtkWidget *texts[N_TEXTS];
  GtkWidget *logo;         /* row */
  GtkWidget *remove;       /* its button */
  GtkWidget *picture;      /* frame of a KafPaper */
  KafLetterhead *read;     /* as it was read last; nullable */
  GCancellable *picturing; /* of the picture under way; nullable */
  guint timer;
  guint busy;
};

G_DEFINE_FINAL_TYPE (KafLetterheadGroup, kaf_letterhead_group, ADW_TYPE_PREFERENCES_GROUP)

static const struct
{
  const char *key, *label;
  gboolean arabic;
} texts[N_TEXTS] = {
  { KAF_SETTING_DOCUMENT "state-fr", N_ ("State, in French"), FALSE },
  { KAF_SETTING_DOCUMENT "state-ar", N_ ("State, in Arabic"), TRUE },
  { KAF_SETTING_DOCUMENT "service-fr", N_ ("Issuing service, in French"), FALSE },
  { KAF_SETTING_DOCUMENT "service-ar", N_ ("Issuing service, in Arabic"), TRUE },
  { KAF_SETTING_DOCUMENT "place-fr", N_ ("Place, in French"), FALSE },
  { KAF_SETTING_DOCUMENT "place-ar", N_ ("Place, in Arabic"), TRUE },
  { KAF_SETTING_DOCUMENT "signer-fr", N_ ("Who signs orders and letters, in French"), FALSE },
  { KAF_SETTING_DOCUMENT "signer-ar", N_ ("Who signs orders and letters, in Arabic"), TRUE },
  { KAF_SETTING_DOCUMENT "function-fr", N_ ("Office of who signs, in French"), FALSE },
  { KAF_SETTING_DOCUMENT "function-ar", N_ ("Office of who signs, in Arabic"), TRUE },
};

static char **
part_of (KafLetterhead *letterhead, guint i)
{
  char **parts[] = { letterhead->state, letterhead->service, letterhead->place, letterhead->signer,
                     letterhead->function };

  return &parts[i / 2][i % 2];
}

/* Lines of a field are parted by " | " where they stand in one. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  return g_strjoinv (" | ", lines);
}

static char *
part_lines (const char *text)
{
  g_autoptr (GString) lines = g_string_new (text);

  g_string_replace (lines, " | ", "\n", 0);
  return g_strdup (lines->str);
}

/* The picture */

static void
run_picture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KafLang lang = kaf_application_get_lang () == KAF_LANG_AR ? KAF_LANG_AR : KAF_LANG_FR;

  g_task_return_pointer (task, kaf_letterhead_picture (data, lang),
                         (GDestroyNotify) kaf_pages_unref);
}

static void
on_picture (GObject *source, GAsyncResult *result, gpointer data)
{
  KafLetterheadGroup *self = KAF_LETTERHEAD_GROUP (source);
  g_autoptr (KafPages) pages = g_task_propagate_pointer (G_TASK (result), NULL);

  self->busy--;
  if (pages != NULL && self->store != NULL)
    gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (self->picture), kaf_paper_new (pages, 0));
}

static void
stop_picture (KafLetterheadGroup *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->picturing);
  g_clear_object (&self->picturing);
}

/* As it would be with what is typed. */
static void
show_picture (KafLetterheadGroup *self)
{
  KafLetterhead *typed = g_new0 (KafLetterhead, 1);
  g_autoptr (GTask) task = NULL;

  stop_picture (self);
  for (guint i = 0; i < N_TEXTS; i++)
    *part_of (typed, i) = part_lines (gtk_editable_get_text (GTK_EDITABLE (self->texts[i])));
  if (self->read != NULL && self->read->logo != NULL)
    typed->logo = g_bytes_ref (self->read->logo);
  self->picturing = g_cancellable_new ();
  self->busy++;
  task = g_task_new (self, self->picturing, on_picture, NULL);
  g_task_set_source_tag (task, show_picture);
  g_task_set_task_data (task, typed, (GDestroyNotify) kaf_letterhead_free);
  g_task_run_in_thread (task, run_picture);
}

static gboolean
on_rest (gpointer data)
{
  KafLetterheadGroup *self = data;

  self->timer = 0;
  show_picture (self);
  return G_SOURCE_REMOVE;
}

static void
on_typed (KafLetterheadGroup *self)
{
  stop_picture (self);
  self->timer = g_timeout_add (REST, on_rest, self);
}

/* Reading and writing */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafLetterheadGroup) self = data;
  g_autoptr (KafLetterhead) read = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  self->busy--;
  if (read == NULL || self->store == NULL)
    return;
  g_clear_pointer (&self->read, kaf_letterhead_free);
  self->read = g_steal_pointer (&read);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *line = join_lines (*part_of (self->read, i));

      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->texts[i]), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self->texts[i]), line);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->texts[i]), TRUE);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->logo), self->read->logo != NULL
                                                                ? _ ("A logo is chosen.")
                                                                : _ ("No logo is chosen."));
  gtk_widget_set_sensitive (self->remove, self->read->logo != NULL);
  show_picture (self);
}

static void
load (KafLetterheadGroup *self)
{
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_letterhead_load, NULL, NULL,
                       (GDestroyNotify) kaf_letterhead_free, self->cancellable, on_read,
                       g_object_ref (self));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafLetterheadGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *text = NULL;

  self->busy--;
  if (receipt != NULL)
    {
      kaf_store_announce (KAF_STORE (source), receipt);
      if (self->store != NULL)
        load (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    text = g_strdup (_ ("The logo has to be a PNG picture."));
  else if (error != NULL)
    text = kaf_error_text (error);
  if (text != NULL && self->store != NULL)
    kaf_preferences_window_tell (GTK_WIDGET (self), text);
}

static void
save (KafLetterheadGroup *self, const char *key, const char *value, GFile *logo)
{
  KafLetterheadChange *change = g_new0 (KafLetterheadChange, 1);

  change->key = g_strdup (key);
  change->value = g_strdup (value);
  change->logo = logo != NULL ? g_object_ref (logo) : NULL;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, kaf_letterhead_save, change,
                       kaf_letterhead_change_free, (GDestroyNotify) kaf_receipt_unref, NULL,
                       on_saved, g_object_ref (self));
}

static void
on_applied (AdwEntryRow *row, KafLetterheadGroup *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    if (self->texts[i] == GTK_WIDGET (row))
      save (self, texts[i].key, gtk_editable_get_text (GTK_EDITABLE (row)), NULL);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafLetterheadGroup) self = data;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);

  if (file != NULL && self->store != NULL)
    save (self, KAF_SETTING_DOCUMENT_LOGO, NULL, file);
}

static void
on_choose_logo (KafLetterheadGroup *self)
{
  kaf_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                               _ ("Choose a Logo"), NULL, "*.png", _ ("PNG pictures"),
                               self->cancellable, on_file, g_object_ref (self));
}

static void
on_remove_logo (KafLetterheadGroup *self)
{
  save (self, KAF_SETTING_DOCUMENT_LOGO, NULL, NULL);
}

static GtkWidget *
button_new (KafLetterheadGroup *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
make_rows (KafLetterheadGroup *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->texts[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->texts[i]), _ (texts[i].label));
      g_signal_connect_object (self->texts[i], "apply", G_CALLBACK (on_applied), self, 0);
      g_signal_connect_object (self->texts[i], "changed", G_CALLBACK (on_typed), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->texts[i]);
    }
  self->logo = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->logo), _ ("Logo"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->logo),
                             button_new (self, _ ("Choose…"), G_CALLBACK (on_choose_logo)));
  self->remove = button_new (self, _ ("Remove"), G_CALLBACK (on_remove_logo));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->logo), self->remove);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->logo);
  self->picture = gtk_aspect_frame_new (0.5F, 0.5F, 210 / 74.0F, FALSE);
  gtk_widget_set_size_request (self->picture, -1, PICTURE_HEIGHT);
  gtk_widget_set_margin_top (self->picture, 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->picture);
}

static void
kaf_letterhead_group_dispose (GObject *object)
{
  KafLetterheadGroup *self = KAF_LETTERHEAD_GROUP (object);

  stop_picture (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_letterhead_group_parent_class)->dispose (object);
}

static void
kaf_letterhead_group_finalize (GObject *object)
{
  KafLetterheadGroup *self = KAF_LETTERHEAD_GROUP (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->read, kaf_letterhead_free);
  G_OBJECT_CLASS (kaf_letterhead_group_parent_class)->finalize (object);
}

static void
kaf_letterhead_group_class_init (KafLetterheadGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_letterhead_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_letterhead_group_finalize;
}

static void
kaf_letterhead_group_init (KafLetterheadGroup *self)
{
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Letterhead"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("At the head of printed documents from today on. “ | ” begins a new line."));
}

GtkWidget *
kaf_letterhead_group_new (KafStore *store)
{
  KafLetterheadGroup *self = g_object_new (KAF_TYPE_LETTERHEAD_GROUP, NULL);

  self->store = g_object_ref (store);
  make_rows (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            !kaf_store_is_read_only (store) &&
                                kaf_store_may_write (store, kaf_registry_find ("setting")));
  load (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_letterhead_group_is_settled (KafLetterheadGroup *self)
{
  g_return_val_if_fail (KAF_IS_LETTERHEAD_GROUP (self), FALSE);
  return self->busy == 0 && self->timer == 0 && self->read != NULL;
}

GtkWidget *
kaf_letterhead_group_get_row (KafLetterheadGroup *self, const char *key)
{
  g_return_val_if_fail (KAF_IS_LETTERHEAD_GROUP (self), NULL);
  for (guint i = 0; i < N_TEXTS; i++)
    if (g_str_equal (texts[i].key, key))
      return self->texts[i];
  return NULL;
}
