/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved searches are records like any other: written by a change set, undone by the same toast. */
#include "config.h"

#include "ui/list/kaf-saved-filters.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-tooltip.h"

#define MAX_SHOWN 100

struct _KafSavedFilters
{
  GtkWidget parent_instance;

  KafStore *store;
  const KafEntity *entity;
  const KafEntity *filter_entity;
  KafQuery *query; /* nullable */
  GCancellable *cancellable;
  GPtrArray *rows; /* KafRow, cells as below; NULL until read */

  GtkWidget *button;
  GtkWidget *popover;
  GtkListBox *box;
  GtkWidget *none;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (KafSavedFilters, kaf_saved_filters, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

enum
{
  CELL_NAME,
  CELL_QUERY,
  CELL_SHARED,
};

static KafWindow *
get_window (KafSavedFilters *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "name", "query", "shared", NULL };
  const KafEntity *entity = data;
  const char *values[] = { entity->id, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("saved_filter"));

  kaf_query_set_condition (query, "entity", KAF_OP_ANY_OF, values);

  return kaf_page_read (db, query, columns, KAF_LANG_EN, 0, MAX_SHOWN, NULL, NULL, error);
}

static void
commit (KafSavedFilters *self, KafChangeSet *set, const char *text)
{
  kaf_window_commit (GTK_WIDGET (self), self->store, set, _ (text),
                     _ ("The saved search was not written"), NULL, NULL);
}

static void
rename_to (KafSavedFilters *self, const char *id, const char *name, gboolean shared)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (self->filter_entity, id);

  kaf_record_set (record, "name", name);
  kaf_record_set (record, "shared", shared ? "1" : "0");
  kaf_change_set_update (set, record);
  commit (self, set, N_ ("Saved search renamed"));
}

/* What the dialog asks for. @id: of the search to rename, NULL for a new one. */
typedef struct
{
  char *id;
  GtkWidget *name, *shared;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->id);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  KafSavedFilters *self = data;
  const Question *question = g_object_get_data (G_OBJECT (dialog), "question");
  gboolean shared = gtk_switch_get_active (GTK_SWITCH (question->shared));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->name)));

  g_strstrip (name);
  if (!g_str_equal (response, "save") || name[0] == '\0')
    return;

  if (question->id != NULL)
    rename_to (self, question->id, name, shared);
  else
    kaf_saved_filters_save (self, name, shared);
}

static void
name_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "save", *g_strstrip (text) != '\0');
}

static GtkWidget *
new_question (Question *question, const char *name, gboolean shared)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Share with colleagues"));

  question->name = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (question->name), name != NULL ? name : "");
  gtk_entry_set_activates_default (GTK_ENTRY (question->name), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the search"), -1);

  question->shared = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (question->shared), shared);
  gtk_widget_set_valign (question->shared, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->shared), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Share with colleagues"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), question->shared);
  gtk_box_append (GTK_BOX (box), question->name);
  gtk_box_append (GTK_BOX (box), line);

  return box;
}

static void
ask_name (
    KafSavedFilters *self, const char *title, const char *id, const char *name, gboolean shared)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), title, NULL);
  Question *question = g_new0 (Question, 1);

  question->id = g_strdup (id);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      new_question (question, name, shared));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "save",
                                    _ ("Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_signal_connect (question->name, "changed", G_CALLBACK (name_changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  name_changed_cb (GTK_EDITABLE (question->name), ADW_MESSAGE_DIALOG (dialog));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (question->name);
}

static KafRow *
row_of (KafSavedFilters *self, GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return g_ptr_array_index (self->rows,
                            (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static void
rename_cb (GtkButton *button, gpointer data)
{
  KafSavedFilters *self = data;
  KafRow *row = row_of (self, GTK_WIDGET (button));

  ask_name (self, _ ("Rename the Search"), row->id, row->cells[CELL_NAME],
            g_strcmp0 (row->raw[CELL_SHARED], "1") == 0);
}

static void
delete_cb (GtkButton *button, gpointer data)
{
  KafSavedFilters *self = data;
  KafRow *row = row_of (self, GTK_WIDGET (button));
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, self->filter_entity, row->id);
  commit (self, set, N_ ("Saved search deleted"));
}

static void
activated_cb (GtkListBox *box, GtkListBoxRow *list_row, gpointer data)
{
  KafSavedFilters *self = data;
  KafRow *row = g_ptr_array_index (self->rows, (guint) gtk_list_box_row_get_index (list_row));
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = NULL;

  if (row->raw[CELL_QUERY] != NULL)
    query = kaf_query_from_json (row->raw[CELL_QUERY], &error);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (query == NULL || kaf_query_get_entity (query) != self->entity)
    {
      KafWindow *window = get_window (self);

      if (window != NULL)
        kaf_window_toast (window, _ ("This saved search can no longer be read"));
      return;
    }
  g_signal_emit (self, signals[CHOSEN], 0, query);
}

static void
add_icon_button (
    GtkWidget *box, const char *icon, const char *name, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", callback, data);
  gtk_box_append (GTK_BOX (box), button);
}

static void
show_rows (KafSavedFilters *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_list_box_remove (self->box, child);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (self->rows, i);
      const char *name = row->cells[CELL_NAME] != NULL ? row->cells[CELL_NAME] : row->title;
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *label = gtk_label_new (name);
      g_autofree char *rename = g_strdup_printf (_ ("Rename “%s”"), name);
      g_autofree char *delete = g_strdup_printf (_ ("Delete “%s”"), name);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), label);
      add_icon_button (box, "document-edit-symbolic", rename, G_CALLBACK (rename_cb), self);
      add_icon_button (box, "user-trash-symbolic", delete, G_CALLBACK (delete_cb), self);
      gtk_list_box_append (self->box, box);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->box), self->rows->len > 0);
  gtk_widget_set_visible (self->none, self->rows->len == 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSavedFilters) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (rows == NULL || self->button == NULL)
    return;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  show_rows (self);
}

static void
read_rows (KafSavedFilters *self)
{
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, (gpointer) self->entity, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb,
                       g_object_ref (self));
}

/* Only once somebody has opened the list: a start reads nothing that does not show. */
static void
store_changed_cb (KafSavedFilters *self)
{
  if (self->rows != NULL)
    read_rows (self);
}

static void
save_cb (KafSavedFilters *self)
{
  kaf_saved_filters_save_as (self);
}

static void
kaf_saved_filters_dispose (GObject *object)
{
  KafSavedFilters *self = KAF_SAVED_FILTERS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (kaf_saved_filters_parent_class)->dispose (object);
}

static void
kaf_saved_filters_class_init (KafSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_saved_filters_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
kaf_saved_filters_init (KafSavedFilters *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancellable = g_cancellable_new ();
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  g_signal_connect (self->box, "row-activated", G_CALLBACK (activated_cb), self);
  self->none = gtk_label_new (_ ("No search was saved yet."));
  gtk_widget_add_css_class (self->none, "dim-label");
  self->save = gtk_button_new_with_label (_ ("Save This Search…"));
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (content), self->none);
  gtk_box_append (GTK_BOX (content), self->save);
  gtk_widget_set_size_request (content, 260, -1);

  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), content);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (read_rows), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Saved searches"), -1);
  kaf_tooltip_set (self->button, _ ("Saved searches"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  kaf_saved_filters_set_compact (self, FALSE);
}

/* @entity: of the list. */
GtkWidget *
kaf_saved_filters_new (KafStore *store, const KafEntity *entity)
{
  KafSavedFilters *self = g_object_new (KAF_TYPE_SAVED_FILTERS, NULL);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->filter_entity = kaf_registry_find ("saved_filter");
  gtk_widget_set_sensitive (self->save, !kaf_store_is_read_only (store));
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
kaf_saved_filters_set_query (KafSavedFilters *self, const KafQuery *query)
{
  KafQuery *copy;

  g_return_if_fail (KAF_IS_SAVED_FILTERS (self));

  copy = kaf_query_copy (query);
  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = copy;
}

/* An icon in place of the words. */
void
kaf_saved_filters_set_compact (KafSavedFilters *self, gboolean compact)
{
  g_return_if_fail (KAF_IS_SAVED_FILTERS (self));

  if (compact)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "starred-symbolic");
  else
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _ ("Saved searches"));
}

void
kaf_saved_filters_save_as (KafSavedFilters *self)
{
  g_return_if_fail (KAF_IS_SAVED_FILTERS (self));

  ask_name (self, _ ("Save This Search"), NULL, NULL, FALSE);
}

void
kaf_saved_filters_save (KafSavedFilters *self, const char *name, gboolean shared)
{
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *json = NULL;

  g_return_if_fail (KAF_IS_SAVED_FILTERS (self));
  g_return_if_fail (name != NULL);

  if (self->query == NULL)
    return;

  set = kaf_change_set_new ("create");
  record = kaf_record_new (self->filter_entity, NULL);
  json = kaf_query_to_json (self->query);
  kaf_record_set (record, "name", name);
  kaf_record_set (record, "entity", self->entity->id);
  kaf_record_set (record, "query", json);
  kaf_record_set (record, "shared", shared ? "1" : "0");
  kaf_change_set_create (set, record);
  commit (self, set, N_ ("Search saved"));
}

/* How many are shown; 0 until they were read. */
guint
kaf_saved_filters_get_n (KafSavedFilters *self)
{
  g_return_val_if_fail (KAF_IS_SAVED_FILTERS (self), 0);

  return self->rows != NULL ? self->rows->len : 0;
}
