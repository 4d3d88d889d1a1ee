/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that names the file. What is chosen here is only remembered: the form copies it into the
 * store once the record that it belongs to is saved. Typed text: the file's URI, else the id. */
#include "config.h"

#include "ui/form/kaf-attachment-editor.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-title-lookup.h"

struct _KafAttachmentEditor
{
  AdwActionRow parent_instance;

  const KafField *field;
  KafStore *store;
  char *id;    /* nullable: what the store holds */
  GFile *file; /* nullable: what will take its place */
  GtkWidget *choose;
  GtkWidget *clear;
  GCancellable *cancellable;
};

static void kaf_attachment_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafAttachmentEditor,
                               kaf_attachment_editor,
                               ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR,
                                                      kaf_attachment_editor_iface_init))

static void
show_name (KafAttachmentEditor *self, const char *name)
{
  g_autofree char *line = name != NULL ? kaf_bidi_isolate (name) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), line != NULL ? line : _ ("No file"));
  gtk_widget_set_visible (self->clear, name != NULL);
}

static void
on_title (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAttachmentEditor) self = data;
  g_auto (GStrv) titles = kaf_title_lookup_finish (KAF_STORE (source), result, NULL);

  if (titles != NULL && titles[0] != NULL && self->store != NULL)
    show_name (self, titles[0]);
}

static void
kaf_attachment_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafAttachmentEditor *self = KAF_ATTACHMENT_EDITOR (editor);
  gboolean known = canonical != NULL && *canonical != '\0';

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_free (self->id);
  self->id = known ? g_strdup (canonical) : NULL;

  show_name (self, known ? (text != NULL ? text : "…") : NULL);
  if (known && text == NULL)
    {
      self->cancellable = g_cancellable_new ();
      kaf_title_lookup_async (self->store, self->field->target, self->id, self->cancellable,
                              on_title, g_object_ref (self));
    }
}

static void
show_file (KafAttachmentEditor *self)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  /* Translators: a file that was chosen in a form that is not saved yet. */
  g_autofree char *text = g_strdup_printf (_ ("%s, kept when you save"), name);

  show_name (self, text);
}

static void
kaf_attachment_editor_set_typed (KafEditor *editor, const char *typed)
{
  KafAttachmentEditor *self = KAF_ATTACHMENT_EDITOR (editor);

  if (!g_str_has_prefix (typed, "file:"))
    {
      kaf_attachment_editor_show (editor, typed, NULL);
      return;
    }
  g_clear_object (&self->file);
  self->file = g_file_new_for_uri (typed);
  show_file (self);
}

static char *
kaf_attachment_editor_get_typed (KafEditor *editor)
{
  KafAttachmentEditor *self = KAF_ATTACHMENT_EDITOR (editor);

  if (self->file != NULL)
    return g_file_get_uri (self->file);
  return g_strdup (self->id != NULL ? self->id : "");
}

/* The file is not the store's yet: until then the field keeps the attachment that it has. */
static gboolean
kaf_attachment_editor_read (KafEditor *editor,
                            const KafField *field,
                            const KafValueContext *context,
                            char **canonical,
                            char **suggestion,
                            GError **error)
{
  *canonical = g_strdup (KAF_ATTACHMENT_EDITOR (editor)->id);
  return TRUE;
}

static void
kaf_attachment_editor_set_title (KafEditor *editor, const char *title)
{
  KafAttachmentEditor *self = KAF_ATTACHMENT_EDITOR (editor);
  /* Translators: a button beside the name of a field: "Choose a file: Curriculum vitae". */
  g_autofree char *choose = g_strdup_printf (_ ("Choose a file: %s"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choose, -1);
}

static GtkWidget *
kaf_attachment_editor_get_focus (KafEditor *editor)
{
  return KAF_ATTACHMENT_EDITOR (editor)->choose;
}

static void
kaf_attachment_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_attachment_editor_show;
  iface->get_typed = kaf_attachment_editor_get_typed;
  iface->set_typed = kaf_attachment_editor_set_typed;
  iface->set_title = kaf_attachment_editor_set_title;
  iface->read = kaf_attachment_editor_read;
  iface->get_focus = kaf_attachment_editor_get_focus;
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAttachmentEditor) self = data;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);

  if (file != NULL && self->store != NULL)
    kaf_attachment_editor_choose (self, file);
}

static void
on_choose_clicked (KafAttachmentEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kaf_file_chooser_open_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Choose a file"),
                               _ ("Choose"), NULL, NULL, NULL, on_file_chosen, g_object_ref (self));
}

static void
on_clear_clicked (KafAttachmentEditor *self)
{
  if (self->file != NULL && self->id != NULL)
    {
      g_autofree char *id = g_strdup (self->id);

      kaf_attachment_editor_show (KAF_EDITOR (self), id, NULL);
      kaf_editor_emit_edited (KAF_EDITOR (self));
    }
  else
    kaf_attachment_editor_choose (self, NULL);
  gtk_widget_grab_focus (self->choose);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, KafAttachmentEditor *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  kaf_attachment_editor_choose (self, files->data);
  return TRUE;
}

static void
kaf_attachment_editor_dispose (GObject *object)
{
  KafAttachmentEditor *self = KAF_ATTACHMENT_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_attachment_editor_parent_class)->dispose (object);
}

static void
kaf_attachment_editor_finalize (GObject *object)
{
  g_free (KAF_ATTACHMENT_EDITOR (object)->id);
  G_OBJECT_CLASS (kaf_attachment_editor_parent_class)->finalize (object);
}

static void
kaf_attachment_editor_class_init (KafAttachmentEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_attachment_editor_dispose;
  object_class->finalize = kaf_attachment_editor_finalize;
}

static GtkWidget *
new_button (KafAttachmentEditor *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

static void
kaf_attachment_editor_init (KafAttachmentEditor *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  self->clear =
      new_button (self, "edit-clear-symbolic", _ ("Remove"), G_CALLBACK (on_clear_clicked));
  self->choose = new_button (self, "mail-attachment-symbolic", _ ("Choose a file"),
                             G_CALLBACK (on_choose_clicked));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->choose);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  kaf_editor_watch_focus (KAF_EDITOR (self));
  show_name (self, NULL);
}

GtkWidget *
kaf_attachment_editor_new (const KafField *field, KafStore *store)
{
  KafAttachmentEditor *self = g_object_new (KAF_TYPE_ATTACHMENT_EDITOR, NULL);

  self->field = field;
  self->store = store != NULL ? g_object_ref (store) : NULL;
  return GTK_WIDGET (self);
}

GFile *
kaf_attachment_editor_get_file (KafAttachmentEditor *self)
{
  g_return_val_if_fail (KAF_IS_ATTACHMENT_EDITOR (self), NULL);

  return self->file;
}

void
kaf_attachment_editor_choose (KafAttachmentEditor *self, GFile *file)
{
  g_return_if_fail (KAF_IS_ATTACHMENT_EDITOR (self));

  if (file != NULL)
    {
      g_set_object (&self->file, file);
      show_file (self);
    }
  else
    kaf_attachment_editor_show (KAF_EDITOR (self), NULL, NULL);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}
