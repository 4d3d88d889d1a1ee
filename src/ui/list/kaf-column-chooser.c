/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns as rows with a switch; dragged, or moved with Alt and the arrows. */
#include "config.h"

#include "ui/list/kaf-column-chooser.h"

#include <glib/gi18n-lib.h>

struct _KafColumnChooser
{
  AdwWindow parent_instance;

  GPtrArray *columns;
  GtkListBox *box;
};

G_DEFINE_FINAL_TYPE (KafColumnChooser, kaf_column_chooser, ADW_TYPE_WINDOW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void fill (KafColumnChooser *self);

static void
tell (KafColumnChooser *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
switched_cb (GtkSwitch *toggle, GParamSpec *pspec, gpointer data)
{
  KafColumnChooser *self = data;
  KafColumn *column = g_object_get_data (G_OBJECT (toggle), "column");

  if (column->visible == gtk_switch_get_active (toggle))
    return;

  column->visible = gtk_switch_get_active (toggle);
  tell (self);
}

/* Moves a column to another place; the row takes the focus with it. */
static void
move (KafColumnChooser *self, guint from, guint to)
{
  KafColumn *column;

  if (to >= self->columns->len || from == to)
    return;

  column = g_ptr_array_steal_index (self->columns, from);
  g_ptr_array_insert (self->columns, (int) to, column);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->box, (int) to)));
  tell (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer data)
{
  KafColumnChooser *self = data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint at = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if ((state & GDK_ALT_MASK) == 0 || (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down)
    move (self, at, at + 1);
  else if (at > 0)
    move (self, at, at - 1);

  return GDK_EVENT_STOP;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (G_TYPE_INT,
                                         gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  KafColumnChooser *self = data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  move (self, (guint) g_value_get_int (value),
        (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));

  return TRUE;
}

static void
add_row (KafColumnChooser *self, KafColumn *column)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INT, GDK_ACTION_MOVE);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->label);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
  gtk_switch_set_active (GTK_SWITCH (toggle), column->visible);
  gtk_widget_set_sensitive (toggle, !kaf_column_is_fixed (column));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (toggle), "column", column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  column->label, -1);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);

  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (row, key);
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drop));
  gtk_list_box_append (self->box, row);
}

static void
fill (KafColumnChooser *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_list_box_remove (self->box, child);
  for (guint i = 0; i < self->columns->len; i++)
    add_row (self, g_ptr_array_index (self->columns, i));
}

static void
kaf_column_chooser_finalize (GObject *object)
{
  g_clear_pointer (&KAF_COLUMN_CHOOSER (object)->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (kaf_column_chooser_parent_class)->finalize (object);
}

static void
kaf_column_chooser_class_init (KafColumnChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_column_chooser_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_column_chooser_init (KafColumnChooser *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "boxed-list");
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Drag a row, or press Alt with an arrow, to change the order."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->box));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);

  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Columns"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 360, 560);
}

/* @columns: of KafColumn, shared. */
GtkWidget *
kaf_column_chooser_new (GPtrArray *columns)
{
  KafColumnChooser *self = g_object_new (KAF_TYPE_COLUMN_CHOOSER, NULL);

  self->columns = g_ptr_array_ref (columns);
  fill (self);

  return GTK_WIDGET (self);
}

typedef struct
{
  char *key;
  char *text;
} LocalJob;

static void
local_job_free (gpointer data)
{
  LocalJob *job = data;

  g_free (job->key);
  g_free (job->text);
  g_free (job);
}

static LocalJob *
local_job_new (const KafEntity *entity, const char *text)
{
  LocalJob *job = g_new0 (LocalJob, 1);

  job->key = g_strconcat ("columns.", entity->id, NULL);
  job->text = g_strdup (text);

  return job;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_local_get (db, ((LocalJob *) data)->key);
}

static gpointer
keep_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LocalJob *job = data;

  kaf_local_set (db, job->key, job->text, error);

  return NULL;
}

void
kaf_list_columns_read (KafStore *store,
                       const KafEntity *entity,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  kaf_store_run_async (store, KAF_LANE_READ, read_job, local_job_new (entity, NULL), local_job_free,
                       g_free, cancellable, callback, user_data);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("columns: %s", error->message);
}

void
kaf_list_columns_keep (KafStore *store, const KafEntity *entity, const char *text)
{
  kaf_store_run_async (store, KAF_LANE_WRITE, keep_job, local_job_new (entity, text),
                       local_job_free, NULL, NULL, kept_cb, NULL);
}
