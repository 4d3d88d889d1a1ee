/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted on a worker, behind what somebody waits for; again when the store changes and the page shows. */
#include "config.h"

#include "ui/segment/kaf-segments-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "store/kaf-query-text.h"
#include "store/kaf-segments.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/segment/kaf-segment-form.h"
#include "ui/segment/kaf-segment-page.h"
#include "ui/segment/kaf-segment-words.h"

struct _KafSegmentsPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  GPtrArray *segments; /* of KafSegmentShown; NULL: not read yet */
  guint reading;
  gboolean stale;

  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (KafSegmentsPage, kaf_segments_page, GTK_TYPE_BOX)

static gpointer
read_segments (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) segments = kaf_segments_read (db, error);
  GPtrArray *shown;

  if (segments == NULL)
    return NULL;
  shown = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_segment_shown_free);
  while (segments->len > 0)
    g_ptr_array_add (shown, kaf_segment_shown_new (db, g_ptr_array_steal_index (segments, 0),
                                                   GPOINTER_TO_INT (data)));
  return shown;
}

static GtkWidget *
new_row (const KafSegmentShown *shown)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *count = kaf_number_format (shown->segment->count, kaf_application_get_lang ());
  GtkWidget *number = gtk_label_new (shown->segment->count >= 0 ? count : "–");
  g_autofree char *name = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown->told);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (!shown->segment->shared)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("system-lock-screen-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Mine alone"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }
  gtk_widget_add_css_class (number, "title-3");
  gtk_widget_add_css_class (number, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  /* Translators: a segment, then how many it finds. */
  name = g_strdup_printf (_ ("%s, %s. %s"), shown->title,
                          shown->segment->count >= 0 ? count : _ ("unknown"), shown->told);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
show_segments (KafSegmentsPage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);
  int at = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < self->segments->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         new_row (g_ptr_array_index (self->segments, i)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->segments->len > 0 ? "list" : "empty");
  if (at >= 0 && self->segments->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (
        GTK_LIST_BOX (self->list), MIN (at, (int) self->segments->len - 1))));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) segments = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (segments == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->segments != NULL);
      return;
    }
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  self->segments = g_steal_pointer (&segments);
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  show_segments (self);
}

static void
refresh (KafSegmentsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->reading++;
  kaf_store_run_async (self->store, self->segments == NULL ? KAF_LANE_READ : KAF_LANE_BACKGROUND,
                       read_segments, GINT_TO_POINTER (kaf_application_get_lang ()), NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafSegmentsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, KafSegmentsPage *self)
{
  const KafSegmentShown *shown =
      g_ptr_array_index (self->segments, (guint) gtk_list_box_row_get_index (row));

  kaf_window_push (KAF_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                   kaf_segment_page_new (self->store, shown->segment->id));
}

static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentsPage *self = KAF_SEGMENTS_PAGE (widget);

  kaf_window_push (KAF_WINDOW (gtk_widget_get_root (widget)),
                   kaf_segment_form_new (self->store, NULL, NULL));
}

static void
on_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_SEGMENTS_PAGE (widget));
}

static void
kaf_segments_page_map (GtkWidget *widget)
{
  KafSegmentsPage *self = KAF_SEGMENTS_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_segments_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_segments_page_dispose (GObject *object)
{
  KafSegmentsPage *self = KAF_SEGMENTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_segments_page_parent_class)->dispose (object);
}

static void
kaf_segments_page_finalize (GObject *object)
{
  g_clear_pointer (&KAF_SEGMENTS_PAGE (object)->segments, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_segments_page_parent_class)->finalize (object);
}

static void
kaf_segments_page_class_init (KafSegmentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_segments_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_segments_page_finalize;
  widget_class->map = kaf_segments_page_map;
  gtk_widget_class_install_action (widget_class, "segments.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "segments.refresh", NULL, on_refresh);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "segments.refresh", NULL);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("New Segment"));

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "segments.new");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-list-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Segments Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("A segment keeps conditions under a name and counts who meets them, today and every day. "
         "Freeze it to keep who was in it on a day."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

/* The word, or its icon where there is no room for it. */
static GtkWidget *
add_button_new (void)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *word = gtk_button_new_with_label (_ ("New Segment"));
  GtkWidget *icon = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (word), "segments.new");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (icon), "segments.new");
  kaf_tooltip_set (icon, _ ("New Segment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New Segment"), -1);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), word);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), icon);
  return squeezer;
}

static void
kaf_segments_page_init (KafSegmentsPage *self)
{
  GtkWidget *header = adw_header_bar_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Segments"), NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), add_button_new ());
  gtk_box_append (GTK_BOX (self), header);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Segments"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_activated), self);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                       "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), kaf_segment_scroll (self->list), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  self->frame =
      kaf_read_frame_new (self->stack, _ ("The Segments Could Not Be Read"), "segments.refresh");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_segments_page_new (KafStore *store)
{
  KafSegmentsPage *self = g_object_new (KAF_TYPE_SEGMENTS_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segments.new",
                                 !kaf_store_is_read_only (store));
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_segments_page_is_settled (KafSegmentsPage *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENTS_PAGE (self), FALSE);

  return self->reading == 0 && !self->stale;
}

GtkListBox *
kaf_segments_page_get_list (KafSegmentsPage *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENTS_PAGE (self), NULL);

  return GTK_LIST_BOX (self->list);
}
