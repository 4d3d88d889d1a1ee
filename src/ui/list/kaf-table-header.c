/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles of columns as buttons, placed by the table's layout. Widths are changed in the columns
 * themselves; the table allocates anew. The menu runs the actions "list.sort", "list.hide-column"
 * and "list.columns" of the page. */
#include "config.h"

#include "ui/list/kaf-table-header.h"

#include "ui/compat/kaf-tooltip.h"

#include <glib/gi18n-lib.h>

#define EDGE_SLACK 5
#define KEY_STEP 16

typedef struct
{
  KafColumn *column;
  GtkWidget *button, *label, *arrow;
} Title;

struct _KafTableHeader
{
  GtkWidget parent_instance;

  const KafTableLayout *layout;
  GArray *titles; /* Title */
  char *sort;     /* path */
  gboolean descending;

  KafColumn *dragged;
  int dragged_width;
  GtkWidget *menu; /* nullable */
};

G_DEFINE_FINAL_TYPE (KafTableHeader, kaf_table_header, GTK_TYPE_WIDGET)

enum
{
  SORT,
  RESIZED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_rtl (KafTableHeader *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* A place in the header, from its start edge. */
static int
logical_x (KafTableHeader *self, double x)
{
  return is_rtl (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - (int) x : (int) x;
}

static void
show_sort (KafTableHeader *self, Title *title)
{
  gboolean sorted = self->sort != NULL && g_strcmp0 (title->column->sort, self->sort) == 0;
  g_autofree char *label = NULL;
  const char *state =
      self->descending ? C_ ("column", "sorted, descending") : C_ ("column", "sorted, ascending");

  gtk_widget_set_visible (title->arrow, sorted);
  gtk_image_set_from_icon_name (GTK_IMAGE (title->arrow),
                                self->descending ? "pan-down-symbolic" : "pan-up-symbolic");
  label = sorted ? g_strdup_printf ("%s, %s", title->column->label, state)
                 : g_strdup (title->column->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
clicked_cb (GtkButton *button, gpointer data)
{
  KafTableHeader *self = data;

  for (guint i = 0; i < self->titles->len; i++)
    {
      Title *title = &g_array_index (self->titles, Title, i);

      if (title->button == GTK_WIDGET (button) && title->column->sort != NULL)
        {
          g_signal_emit (self, signals[SORT], 0, title->column->id);
          return;
        }
    }
}

static void
add_title (KafTableHeader *self, KafColumn *column)
{
  Title title = { .column = column };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  title.label = gtk_label_new (column->label);
  gtk_label_set_ellipsize (GTK_LABEL (title.label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title.label), 0);
  title.arrow = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), title.label);
  gtk_box_append (GTK_BOX (box), title.arrow);
  if (column->kind == KAF_COLUMN_FIGURE)
    gtk_widget_set_halign (box, is_rtl (self) ? GTK_ALIGN_START : GTK_ALIGN_END);

  title.button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (title.button), box);
  gtk_widget_add_css_class (title.button, "flat");
  kaf_tooltip_set (title.button, column->label);
  gtk_widget_set_parent (title.button, GTK_WIDGET (self));
  g_signal_connect (title.button, "clicked", G_CALLBACK (clicked_cb), self);
  g_array_append_val (self->titles, title);
  show_sort (self, &title);
}

static void
clear_titles (KafTableHeader *self)
{
  for (guint i = 0; i < self->titles->len; i++)
    gtk_widget_unparent (g_array_index (self->titles, Title, i).button);
  g_array_set_size (self->titles, 0);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  KafTableHeader *self = data;
  int edge = kaf_table_layout_find_edge (self->layout, logical_x (self, x), EDGE_SLACK);

  if (edge < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->dragged = self->layout->column[edge];
  self->dragged_width = self->layout->width[edge];
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* From the first drag on each column has the width that shows, or the others would move. */
static void
freeze_widths (KafTableHeader *self)
{
  for (guint i = 0; i < self->layout->n; i++)
    self->layout->column[i]->width = self->layout->width[i];
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  KafTableHeader *self = data;

  if (self->dragged == NULL)
    return;

  freeze_widths (self);
  self->dragged->width = CLAMP (self->dragged_width + (int) (is_rtl (self) ? -dx : dx),
                                self->dragged->min_width, 1200);
  g_signal_emit (self, signals[RESIZED], 0, FALSE);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  KafTableHeader *self = data;

  if (self->dragged == NULL)
    return;

  self->dragged = NULL;
  g_signal_emit (self, signals[RESIZED], 0, TRUE);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer data)
{
  KafTableHeader *self = data;
  int edge = kaf_table_layout_find_edge (self->layout, logical_x (self, x), EDGE_SLACK);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   edge >= 0 || self->dragged != NULL ? "col-resize" : NULL);
}

static KafColumn *
column_at (KafTableHeader *self, double x)
{
  int at = logical_x (self, x);

  for (guint i = 0; i < self->layout->n; i++)
    if (at >= self->layout->x[i] && at < self->layout->x[i] + self->layout->width[i])
      return self->layout->column[i];

  return NULL;
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
show_menu (KafTableHeader *self, KafColumn *column, double x)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  if (column->sort != NULL)
    {
      g_autofree char *up = g_strconcat (column->sort, ":asc", NULL);
      g_autofree char *down = g_strconcat (column->sort, ":desc", NULL);

      add_item (section, _ ("Sort in ascending order"), "list.sort", up);
      add_item (section, _ ("Sort in descending order"), "list.sort", down);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  g_clear_object (&section);
  section = g_menu_new ();
  if (!kaf_column_is_fixed (column))
    add_item (section, _ ("Hide this column"), "list.hide-column", column->id);
  g_menu_append (section, _ ("Columns…"), "list.columns");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) x, KAF_TABLE_HEADER_HEIGHT - 4, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KafTableHeader *self = data;
  KafColumn *column = column_at (self, x);

  if (column != NULL)
    show_menu (self, column, x);
}

/* Keys on a title: the menu, and Alt with an arrow for the width. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer data)
{
  KafTableHeader *self = data;
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; i < self->titles->len; i++)
    {
      Title *title = &g_array_index (self->titles, Title, i);
      gboolean wider = keyval == (is_rtl (self) ? GDK_KEY_Left : GDK_KEY_Right);

      if (title->button != focus)
        continue;
      if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
        {
          GtkAllocation box;

          gtk_widget_get_allocation (focus, &box);
          show_menu (self, title->column, box.x + box.width / 2.0);
          return TRUE;
        }
      if ((state & GDK_ALT_MASK) != 0 && (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right))
        {
          freeze_widths (self);
          title->column->width = CLAMP (title->column->width + (wider ? KEY_STEP : -KEY_STEP),
                                        title->column->min_width, 1200);
          g_signal_emit (self, signals[RESIZED], 0, TRUE);
          return TRUE;
        }
    }

  return FALSE;
}

static void
kaf_table_header_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? KAF_TABLE_HEADER_HEIGHT : 0;
}

static void
kaf_table_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafTableHeader *self = KAF_TABLE_HEADER (widget);

  for (guint i = 0; i < self->titles->len && i < self->layout->n; i++)
    {
      Title *title = &g_array_index (self->titles, Title, i);
      GtkAllocation box = { self->layout->x[i], 0, self->layout->width[i], height };
      int minimum;

      gtk_widget_measure (title->button, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      box.width = MAX (box.width, minimum);
      if (is_rtl (self))
        box.x = width - box.x - box.width;
      gtk_widget_size_allocate (title->button, &box, -1);
    }

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
kaf_table_header_dispose (GObject *object)
{
  KafTableHeader *self = KAF_TABLE_HEADER (object);

  clear_titles (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_table_header_parent_class)->dispose (object);
}

static void
kaf_table_header_finalize (GObject *object)
{
  KafTableHeader *self = KAF_TABLE_HEADER (object);

  g_clear_pointer (&self->titles, g_array_unref);
  g_clear_pointer (&self->sort, g_free);

  G_OBJECT_CLASS (kaf_table_header_parent_class)->finalize (object);
}

static void
kaf_table_header_class_init (KafTableHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_table_header_dispose;
  object_class->finalize = kaf_table_header_finalize;
  widget_class->measure = kaf_table_header_measure;
  widget_class->size_allocate = kaf_table_header_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "tableheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW_GROUP);

  signals[SORT] = g_signal_new ("sort", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
add_controller (KafTableHeader *self, GtkEventController *controller, GtkPropagationPhase phase)
{
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
kaf_table_header_init (KafTableHeader *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->titles = g_array_new (FALSE, FALSE, sizeof (Title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns"), -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  /* Before the buttons, or a drag of an edge would press one. */
  add_controller (self, GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  add_controller (self, GTK_EVENT_CONTROLLER (secondary), GTK_PHASE_CAPTURE);

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  add_controller (self, motion, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  add_controller (self, key, GTK_PHASE_CAPTURE);
}

/* @layout must outlive the header. */
GtkWidget *
kaf_table_header_new (const KafTableLayout *layout)
{
  KafTableHeader *self = g_object_new (KAF_TYPE_TABLE_HEADER, NULL);

  self->layout = layout;

  return GTK_WIDGET (self);
}

/* Makes the titles of the columns that the layout now shows. */
void
kaf_table_header_rebuild (KafTableHeader *self)
{
  g_return_if_fail (KAF_IS_TABLE_HEADER (self));

  clear_titles (self);
  for (guint i = 0; i < self->layout->n; i++)
    add_title (self, self->layout->column[i]);
}

/* @path: as in KafQuery; NULL: sorted by no column. */
void
kaf_table_header_set_sort (KafTableHeader *self, const char *path, gboolean descending)
{
  g_return_if_fail (KAF_IS_TABLE_HEADER (self));

  g_free (self->sort);
  self->sort = g_strdup (path);
  self->descending = descending;
  for (guint i = 0; i < self->titles->len; i++)
    show_sort (self, &g_array_index (self->titles, Title, i));
}
