/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See kaf-mission-display.h. */
#include "config.h"

#include "kaf-mission-display.h"

#include "schema/kaf-registry.h"
#include "store/kaf-missions.h"

char *
kaf_display_add (KafStore *store, const char *entity, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  const char *field;
  va_list list;

  kaf_record_begin (record);
  va_start (list, entity);
  while ((field = va_arg (list, const char *)) != NULL)
    {
      const char *value = va_arg (list, const char *);

      if (value != NULL)
        kaf_record_set (record, field, value);
    }
  va_end (list);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

typedef struct
{
  gpointer result;
  gboolean done;
} Answer;

static void
on_mission (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->result = kaf_store_read_mission_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

KafMission *
kaf_display_read_mission (KafStore *store, const char *id, KafLang lang)
{
  Answer answer = { 0 };

  kaf_store_read_mission_async (store, id, lang, NULL, on_mission, &answer);
  KAF_WAIT (answer.done);
  return answer.result;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->result = kaf_store_load_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

KafRecord *
kaf_display_load (KafStore *store, const char *entity, const char *id)
{
  Answer answer = { 0 };

  kaf_store_load_async (store, kaf_registry_find (entity), id, NULL, on_loaded, &answer);
  KAF_WAIT (answer.done);
  return answer.result;
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->result = kaf_store_undo_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

void
kaf_display_undo (KafStore *store)
{
  Answer answer = { 0 };

  kaf_store_undo_async (store, NULL, NULL, on_undone, &answer);
  KAF_WAIT (answer.done);
  kaf_receipt_unref (answer.result);
}

gboolean
kaf_display_press (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  return handled;
}

GtkWidget *
kaf_display_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_widget_add_css_class (box, "kaf-page");
  gtk_box_append (GTK_BOX (box), widget);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  KAF_WAIT (gtk_widget_get_width (widget) > 0);
  return window;
}
