/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store gives the newest changes up to a limit: reading further asks for more of them, and only
 * the rows that are new are made. */
#include "config.h"

#include "ui/record/kaf-history-window.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-history-list.h"
#include "ui/record/kaf-record-section.h"

#define STEP 50

struct _KafHistoryWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  const KafEntity *entity;
  char *id;
  KafLang lang;
  GtkWidget *list;
  GtkWidget *message;
  guint n_items;
  guint limit;
  gboolean reading;
  gboolean complete;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KafHistoryWindow, kaf_history_window, ADW_TYPE_WINDOW)

typedef struct
{
  const KafEntity *entity;
  char *id;
  guint limit;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return kaf_read_history (db, request->entity, request->id, request->limit, request->lang, error);
}

static void
add_items (KafHistoryWindow *self, const GPtrArray *items)
{
  for (guint i = self->n_items; i < items->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         kaf_history_row_new (g_ptr_array_index (items, i),
                                              i > 0 ? g_ptr_array_index (items, i - 1) : NULL,
                                              self->store, self->lang));
  self->complete = items->len < self->limit;
  self->n_items = items->len;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  self->reading = FALSE;
  if (items != NULL)
    add_items (self, items);
  else
    {
      g_autofree char *text = kaf_error_text (error);

      kaf_text_set (KAF_TEXT (self->message), text);
      gtk_widget_set_visible (self->message, TRUE);
    }
}

static void
read_more (KafHistoryWindow *self)
{
  Request *request;

  if (self->reading || self->complete)
    return;
  self->reading = TRUE;
  self->limit += STEP;
  request = g_new0 (Request, 1);
  request->entity = self->entity;
  request->id = g_strdup (self->id);
  request->limit = self->limit;
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

static void
on_store_changed (KafStore *store, KafReceipt *receipt, gpointer user_data)
{
  KafHistoryWindow *self = user_data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kaf_record_section_clear (self->list);
  self->n_items = self->limit = 0;
  self->reading = self->complete = FALSE;
  read_more (self);
}

static void
on_edge_reached (GtkScrolledWindow *scrolled, GtkPositionType edge, gpointer user_data)
{
  if (edge == GTK_POS_BOTTOM)
    read_more (user_data);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
kaf_history_window_dispose (GObject *object)
{
  KafHistoryWindow *self = KAF_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (kaf_history_window_parent_class)->dispose (object);
}

static void
kaf_history_window_class_init (KafHistoryWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_history_window_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
kaf_history_window_init (KafHistoryWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 600);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

GtkWidget *
kaf_history_window_new (
    KafStore *store, const KafEntity *entity, const char *id, const char *title, KafLang lang)
{
  KafHistoryWindow *self = g_object_new (KAF_TYPE_HISTORY_WINDOW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->id = g_strdup (id);
  self->lang = lang;
  gtk_window_set_title (GTK_WINDOW (self), _ ("History"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar),
                                   adw_window_title_new (_ ("History"), title));
  self->list = kaf_record_section_list (_ ("History"));
  self->message = kaf_record_section_sentence ("");
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_add_css_class (content, "kaf-record-padded");
  gtk_box_append (GTK_BOX (content), self->message);
  gtk_box_append (GTK_BOX (content), self->list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect (scrolled, "edge-reached", G_CALLBACK (on_edge_reached), self);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, 0);
  read_more (self);
  return GTK_WIDGET (self);
}

guint
kaf_history_window_get_n_items (KafHistoryWindow *self)
{
  g_return_val_if_fail (KAF_IS_HISTORY_WINDOW (self), 0);

  return self->n_items;
}
