/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-holder-panel.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-keys.h"
#include "ui/holder/kaf-contact-window.h"
#include "ui/holder/kaf-holder-dialogs.h"
#include "ui/holder/kaf-holder-log.h"
#include "ui/holder/kaf-project-card.h"
#include "ui/holder/kaf-segmentation.h"

struct _KafHolderPanel
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GtkWidget *page; /* weak */
  char *id;        /* of the person, shown or being read */
  char *project;   /* chosen among hers; nullable */
  gboolean writable;
  KafHolderView *view; /* NULL until it was read */
  GCancellable *cancellable;
  GSimpleActionGroup *actions;

  GtkWidget *stages;
  GtkWidget *stages_card;
  GtkWidget *segmentation;
  GtkWidget *end;
  GtkWidget *card;
  GtkWidget *log;
};

G_DEFINE_FINAL_TYPE (KafHolderPanel, kaf_holder_panel, GTK_TYPE_BOX)

/* The project that was chosen, or the first of those under way. */
int
kaf_holder_panel_get_shown (KafHolderPanel *self)
{
  int chosen;

  g_return_val_if_fail (KAF_IS_HOLDER_PANEL (self), -1);

  if (self->view == NULL || self->view->projects->len == 0)
    return -1;
  chosen = kaf_holder_view_find (self->view, self->project);
  return MAX (chosen, 0);
}

static const KafHolderProjectView *
get_project (KafHolderPanel *self)
{
  int shown = kaf_holder_panel_get_shown (self);

  return shown >= 0 ? g_ptr_array_index (self->view->projects, shown) : NULL;
}

static KafWindow *
get_window (KafHolderPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static void
enable (KafHolderPanel *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static gboolean
may_write (KafHolderPanel *self, const char *entity)
{
  return self->view != NULL && self->writable && self->store != NULL &&
         kaf_store_may_write (self->store, kaf_registry_find (entity));
}

static void
update_actions (KafHolderPanel *self)
{
  gboolean any = get_project (self) != NULL;

  enable (self, "note-contact", may_write (self, "contact"));
  enable (self, "correct", may_write (self, "contact"));
  enable (self, "change-stage", any && may_write (self, "project_stage"));
  enable (self, "open-project", any);
  enable (self, "edit-project", any && may_write (self, "project"));
  enable (self, "new-project", may_write (self, "project"));
  enable (self, "decide-tier", may_write (self, "tier_override"));
  enable (self, "answer", self->view != NULL && self->writable);
  enable (self, "pass-on", may_write (self, "relay"));
}

static void
show (KafHolderPanel *self)
{
  static const char *const none[KAF_STAGE_BAR_N] = { NULL };
  const KafHolderProjectView *project = get_project (self);

  gtk_widget_set_visible (self->stages_card, project != NULL);
  kaf_stage_bar_set (KAF_STAGE_BAR (self->stages), project != NULL ? project->place : -1,
                     project != NULL ? (const char *const *) project->reached : none,
                     project != NULL && g_strcmp0 (project->stage, "abandoned") == 0,
                     may_write (self, "project_stage"));
  kaf_project_card_set (KAF_PROJECT_CARD (self->card), self->view,
                        kaf_holder_panel_get_shown (self));
  update_actions (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHolderPanel) self = data;
  g_autoptr (GError) error = NULL;
  KafHolderView *view = kaf_holder_view_read_finish (KAF_STORE (source), result, &error);

  if (view == NULL || self->store == NULL)
    {
      g_clear_pointer (&view, kaf_holder_view_free);
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("What belongs to a project holder was not read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->view, kaf_holder_view_free);
  self->view = view;
  show (self);
}

void
kaf_holder_panel_set_id (KafHolderPanel *self, const char *id, gboolean writable)
{
  g_return_if_fail (KAF_IS_HOLDER_PANEL (self));
  g_return_if_fail (id != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->writable = writable;
  if (g_strcmp0 (self->id, id) != 0)
    {
      g_clear_pointer (&self->project, g_free);
      g_clear_pointer (&self->view, kaf_holder_view_free);
      g_free (self->id);
      self->id = g_strdup (id);
      update_actions (self);
    }
  kaf_holder_log_set_person (KAF_HOLDER_LOG (self->log), id, writable);
  kaf_segmentation_set_person (KAF_SEGMENTATION (self->segmentation), id);
  kaf_holder_view_read_async (self->store, id, self->lang, self->cancellable, on_read,
                              g_object_ref (self));
}

/* Actions */

static void
on_note_contact (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  kaf_holder_dialog_contact (self->page, self->store, self->view, kaf_holder_panel_get_shown (self),
                             NULL);
}

static void
on_contact_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHolderPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, &error);

  if (self->page == NULL || self->view == NULL)
    return;
  if (record != NULL)
    kaf_holder_dialog_contact (self->page, self->store, self->view, -1, record);
  else if (get_window (self) != NULL)
    kaf_window_report_error (get_window (self), NULL, error);
}

static void
on_correct (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  kaf_store_load_async (self->store, kaf_registry_find ("contact"),
                        g_variant_get_string (parameter, NULL), NULL, on_contact_loaded,
                        g_object_ref (self));
}

static void
on_show_contact (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  if (self->page != NULL)
    kaf_contact_window_show (self->page, self->store, g_variant_get_string (parameter, NULL),
                             self->lang);
}

static void
on_change_stage (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;
  const char *stage = g_variant_get_string (parameter, NULL);

  kaf_holder_dialog_stage (self->page, self->store, self->view, kaf_holder_panel_get_shown (self),
                           *stage != '\0' ? stage : NULL);
}

static void
on_open_project (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  if (get_window (self) != NULL)
    kaf_window_open_record (get_window (self), kaf_registry_find ("project"),
                            kaf_record_get_id (get_project (self)->record), NULL,
                            GTK_INVALID_LIST_POSITION);
}

static void
on_edit_project (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  if (get_window (self) != NULL)
    kaf_window_open_form (get_window (self), kaf_registry_find ("project"),
                          kaf_record_get_id (get_project (self)->record));
}

static void
on_new_project (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("project"), NULL);

  kaf_record_set (preset, "person", self->id);
  if (get_window (self) != NULL)
    kaf_window_open_form_with (get_window (self), preset);
}

static void
on_show_project (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  g_free (self->project);
  self->project = g_variant_dup_string (parameter, NULL);
  if (self->view != NULL)
    show (self);
}

static void
on_decide_tier (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;

  kaf_holder_dialog_tier (self->page, self->store, self->view);
}

/* "project.land" and the record of which it is asked. */
static void
on_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;
  const char *field, *id;
  g_auto (GStrv) words = NULL;

  g_variant_get (parameter, "(&s&s)", &field, &id);
  words = g_strsplit (field, ".", 2);
  if (words[0] != NULL && words[1] != NULL)
    kaf_holder_dialog_field (self->page, self->store, words[0], id, words[1]);
}

static void
on_pass_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHolderPanel *self = data;
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("relay"), NULL);

  kaf_record_begin (preset);
  kaf_record_set (preset, "person", self->id);
  kaf_record_set (preset, "sent_on", self->view->today);
  kaf_record_set (preset, "by_whom", self->view->me);
  kaf_holder_dialog_relay (self->page, self->store, preset);
}

static const GActionEntry entries[] = {
  { "note-contact", on_note_contact },
  { "correct", on_correct, "s" },
  { "show-contact", on_show_contact, "s" },
  { "change-stage", on_change_stage, "s" },
  { "open-project", on_open_project },
  { "edit-project", on_edit_project },
  { "new-project", on_new_project },
  { "show-project", on_show_project, "s" },
  { "decide-tier", on_decide_tier },
  { "answer", on_answer, "(ss)" },
  { "pass-on", on_pass_on },
};

static gboolean
on_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, data, NULL);
}

static void
add_actions (KafHolderPanel *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (self->page, "holder", G_ACTION_GROUP (self->actions));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_keys_add (keys, GDK_KEY_l, GDK_CONTROL_MASK, on_key, "holder.note-contact", NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
kaf_holder_panel_dispose (GObject *object)
{
  KafHolderPanel *self = KAF_HOLDER_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->actions);
  g_clear_object (&self->end);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (kaf_holder_panel_parent_class)->dispose (object);
}

static void
kaf_holder_panel_finalize (GObject *object)
{
  KafHolderPanel *self = KAF_HOLDER_PANEL (object);

  g_clear_pointer (&self->view, kaf_holder_view_free);
  g_free (self->id);
  g_free (self->project);
  G_OBJECT_CLASS (kaf_holder_panel_parent_class)->finalize (object);
}

static void
kaf_holder_panel_class_init (KafHolderPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_holder_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_holder_panel_finalize;
}

static void
kaf_holder_panel_init (KafHolderPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
kaf_holder_panel_new (KafStore *store, KafLang lang, GtkWidget *page)
{
  KafHolderPanel *self = g_object_new (KAF_TYPE_HOLDER_PANEL, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  g_set_weak_pointer (&self->page, page);
  add_actions (self);

  self->stages = kaf_stage_bar_new (lang);
  self->stages_card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->stages_card, "card");
  gtk_widget_add_css_class (self->stages_card, "kaf-record-padded");
  gtk_widget_set_visible (self->stages_card, FALSE);
  gtk_box_append (GTK_BOX (self->stages_card), self->stages);
  gtk_box_append (GTK_BOX (self), self->stages_card);
  self->segmentation = kaf_segmentation_new (store, lang);
  gtk_box_append (GTK_BOX (self), self->segmentation);

  /* Held: the page may let go of it while something is still being read. */
  self->end = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->card = kaf_project_card_new (lang);
  self->log = kaf_holder_log_new (store, lang);
  gtk_box_append (GTK_BOX (self->end), self->card);
  gtk_box_append (GTK_BOX (self->end), self->log);
  update_actions (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kaf_holder_panel_get_end (KafHolderPanel *self)
{
  g_return_val_if_fail (KAF_IS_HOLDER_PANEL (self), NULL);
  return self->end;
}

const KafHolderView *
kaf_holder_panel_get_view (KafHolderPanel *self)
{
  g_return_val_if_fail (KAF_IS_HOLDER_PANEL (self), NULL);
  return self->view;
}
