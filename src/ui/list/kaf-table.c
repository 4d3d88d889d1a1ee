/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that recycles its rows.
 *
 *   header   titles; moves sideways with the rows, never up and down
 *   rows     as many widgets as the viewport holds and one more, in the order in which they show;
 *            scrolling by a row moves one widget from one end to the other and binds it anew
 *
 * Every row has the same height, so that the place of any of them is a multiplication, and a list
 * of a million rows scrolls as one of twenty. GtkColumnView of GTK 4.8 builds some two hundred
 * rows whatever shows.
 *
 * The focus is a position. Its row widget holds the keyboard focus while it shows; when it scrolls
 * out of view the table itself takes the focus over, and gives it back later. */
#include "config.h"

#include "ui/list/kaf-table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ui/list/kaf-table-header.h"
#include "ui/list/kaf-table-row.h"
#include "ui/model/kaf-row-item.h"

struct _KafTable
{
  GtkWidget parent_instance;

  KafTableLayout layout;
  GtkWidget *header;
  GPtrArray *rows; /* KafTableRow, in the order in which they show */
  guint first;     /* position of the first of them */
  guint n_bound;   /* how many of them show a row */

  GListModel *model;
  KafTableSelection *selection; /* nullable */
  guint n_items;
  guint focus;  /* position; meaningless when the model is empty */
  guint anchor; /* where a range of rows began */

  GtkAdjustment *hadjustment, *vadjustment;
  GtkScrollablePolicy hpolicy, vpolicy;
  int width, height; /* as allocated last */
  guint emptied_id;  /* source: the model was emptied, and most likely fills again at once */
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  ROW_ACTIVATED,
  SORT,
  COLUMNS_RESIZED,
  COMPACT,
  LEAVE_UP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KafTable,
                               kaf_table,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static gboolean
is_rtl (KafTable *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static int
header_height (KafTable *self)
{
  return self->layout.compact ? 0 : KAF_TABLE_HEADER_HEIGHT;
}

static int
body_height (KafTable *self)
{
  return MAX (0, self->height - header_height (self));
}

static double
scroll_y (KafTable *self)
{
  return self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
}

/* How far the table is scrolled from its start edge. */
static double
scroll_x (KafTable *self)
{
  double value;

  if (self->hadjustment == NULL)
    return 0;

  value = gtk_adjustment_get_value (self->hadjustment);

  return is_rtl (self) ? gtk_adjustment_get_upper (self->hadjustment) -
                             gtk_adjustment_get_page_size (self->hadjustment) - value
                       : value;
}

static KafTableRow *
row_at (KafTable *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

static KafTableRow *
row_of (KafTable *self, guint position)
{
  if (position < self->first || position >= self->first + self->n_bound)
    return NULL;

  return row_at (self, position - self->first);
}

static void
show_selected (KafTable *self, KafTableRow *row)
{
  kaf_table_row_set_selected (
      row, self->selection != NULL &&
               kaf_table_selection_contains (self->selection, kaf_table_row_get_position (row)));
}

static void
bind_row (KafTable *self, KafTableRow *row, guint position)
{
  g_autoptr (KafRowItem) item = g_list_model_get_item (self->model, position);

  /* A widget that showed the row in focus must not carry the focus to another. */
  if (kaf_table_row_get_position (row) != position && gtk_widget_has_focus (GTK_WIDGET (row)))
    gtk_widget_grab_focus (GTK_WIDGET (self));

  kaf_table_row_bind (row, item != NULL ? kaf_row_item_get_row (item) : NULL, position,
                      self->n_items);
  show_selected (self, row);
  gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
}

static void
make_rows (KafTable *self, guint n)
{
  while (self->rows->len < n)
    {
      GtkWidget *row = kaf_table_row_new (&self->layout);

      gtk_widget_set_parent (row, GTK_WIDGET (self));
      g_ptr_array_add (self->rows, row);
    }
}

static void
clear_rows (KafTable *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (GTK_WIDGET (row_at (self, i)));
  g_ptr_array_set_size (self->rows, 0);
  self->n_bound = 0;
}

/* Brings the widgets whose rows left at one end to the other, so that the rest keep theirs. */
static void
rotate (KafTable *self, guint first)
{
  guint n = self->rows->len;
  gint64 by = (gint64) first - self->first;
  GtkWidget *header = self->header;

  for (; by > 0; by--)
    {
      GtkWidget *row = g_ptr_array_steal_index (self->rows, 0);

      gtk_widget_insert_before (row, GTK_WIDGET (self), NULL);
      g_ptr_array_add (self->rows, row);
    }
  for (; by < 0; by++)
    {
      GtkWidget *row = g_ptr_array_steal_index (self->rows, n - 1);

      gtk_widget_insert_after (row, GTK_WIDGET (self), header);
      g_ptr_array_insert (self->rows, 0, row);
    }
}

/* Binds what the viewport holds. @from, @to: positions whose rows may have changed. */
static void
update_rows (KafTable *self, guint from, guint to)
{
  int row_height = kaf_table_layout_row_height (&self->layout);
  guint first = (guint) (scroll_y (self) / row_height);
  guint fits = (guint) (body_height (self) / row_height) + 2;
  guint n = first < self->n_items ? MIN (fits, self->n_items - first) : 0;

  if (self->width == 0 || self->height == 0)
    return;

  make_rows (self, n);
  if (n > 0 && first != self->first && ABS ((gint64) first - self->first) < self->rows->len)
    rotate (self, first);
  self->first = first;
  self->n_bound = n;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafTableRow *row = row_at (self, i);
      guint position = first + i;

      if (i >= n)
        {
          kaf_table_row_unbind (row);
          gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
        }
      else if (kaf_table_row_get_position (row) != position || (position >= from && position < to))
        bind_row (self, row, position);
    }

  if (gtk_widget_has_focus (GTK_WIDGET (self)) && row_of (self, self->focus) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row_of (self, self->focus)));
}

static void
configure_adjustments (KafTable *self)
{
  int row_height = kaf_table_layout_row_height (&self->layout);
  double body = body_height (self);
  double upper = MAX (body, (double) self->n_items * row_height);
  double start = scroll_x (self);
  double total = self->layout.total;

  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment, MIN (scroll_y (self), MAX (0, upper - body)), 0,
                              upper, row_height, MAX (row_height, body - row_height), body);
  if (self->hadjustment != NULL)
    {
      double most = MAX (0, total - self->width);
      double value = MIN (start, most);

      gtk_adjustment_configure (self->hadjustment, is_rtl (self) ? most - value : value, 0, total,
                                32, self->width * 0.9, self->width);
    }
}

static void
scrolled_cb (KafTable *self)
{
  update_rows (self, 0, 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
relayout_rows (KafTable *self)
{
  kaf_table_layout_update (&self->layout, self->width);
  gtk_widget_queue_allocate (self->header);
  for (guint i = 0; i < self->rows->len; i++)
    kaf_table_row_relayout (row_at (self, i));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
emptied_cb (gpointer data)
{
  KafTable *self = data;

  self->emptied_id = 0;
  configure_adjustments (self);
  update_rows (self, 0, G_MAXUINT);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  KafTable *self = data;
  guint end = removed == added ? position + added : G_MAXUINT;

  self->n_items = g_list_model_get_n_items (model);
  if (self->focus >= self->n_items)
    self->focus = self->n_items > 0 ? self->n_items - 1 : 0;

  /* A new query empties the model and fills it again: the rows are kept for that. */
  if (self->n_items == 0 && removed > 0)
    {
      gtk_adjustment_set_value (self->vadjustment, 0);
      if (self->emptied_id == 0)
        self->emptied_id = g_idle_add_full (G_PRIORITY_HIGH, emptied_cb, self, NULL);
      return;
    }
  if (self->emptied_id != 0)
    {
      g_clear_handle_id (&self->emptied_id, g_source_remove);
      position = 0;
      end = G_MAXUINT;
    }

  /* A page of rows that came in, out of sight. */
  if (removed == added && end != G_MAXUINT &&
      (end <= self->first || position >= self->first + self->n_bound))
    return;

  configure_adjustments (self);
  update_rows (self, position, end);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
selection_changed_cb (KafTable *self)
{
  for (guint i = 0; i < self->n_bound; i++)
    show_selected (self, row_at (self, i));
}

static void
set_compact (KafTable *self, gboolean compact)
{
  guint top = (guint) (scroll_y (self) / kaf_table_layout_row_height (&self->layout));

  self->layout.compact = compact;
  gtk_widget_set_child_visible (self->header, !compact);
  clear_rows (self);
  if (self->vadjustment != NULL && top > 0)
    {
      configure_adjustments (self);
      gtk_adjustment_set_value (self->vadjustment,
                                (double) top * kaf_table_layout_row_height (&self->layout));
    }
  g_signal_emit (self, signals[COMPACT], 0, compact);
}

static void
allocate_children (KafTable *self)
{
  int row_height = kaf_table_layout_row_height (&self->layout);
  int top = header_height (self);
  int width = MAX (self->layout.total, self->width);
  int start = (int) scroll_x (self);
  int x = is_rtl (self) ? self->width - width + start : -start;
  double offset = scroll_y (self);

  if (!self->layout.compact)
    {
      gtk_widget_measure (self->header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->header, &(GtkAllocation){ x, 0, width, top }, -1);
    }
  for (guint i = 0; i < self->n_bound; i++)
    {
      GtkWidget *row = GTK_WIDGET (row_at (self, i));
      double y = (double) (self->first + i) * row_height - offset;

      gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (
          row, &(GtkAllocation){ x, top + (int) floor (y), width, row_height }, -1);
    }
}

static void
kaf_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafTable *self = KAF_TABLE (widget);
  gboolean resized = width != self->width || height != self->height;

  self->width = width;
  self->height = height;
  if (resized)
    {
      if ((width <= KAF_TABLE_NARROW) != self->layout.compact)
        set_compact (self, width <= KAF_TABLE_NARROW);
      kaf_table_layout_update (&self->layout, width);
      configure_adjustments (self);
      update_rows (self, 0, 0);
    }
  allocate_children (self);
}

static void
kaf_table_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? 100 : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? 400 : 600;
}

static void
kaf_table_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafTable *self = KAF_TABLE (widget);
  int top = header_height (self);

  /* The rows pass beneath the header. */
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) top, (float) self->width,
                                                         (float) body_height (self)));
  for (guint i = 0; i < self->n_bound; i++)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (row_at (self, i)), snapshot);
  gtk_snapshot_pop (snapshot);

  if (!self->layout.compact)
    gtk_widget_snapshot_child (widget, self->header, snapshot);
}

static void
activate (KafTable *self, guint position)
{
  if (position < self->n_items)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, position);
}

/* Moves the focus; @extend: selects what lies between its anchor and there. */
static void
move_focus (KafTable *self, guint position, gboolean extend)
{
  if (self->n_items == 0)
    return;

  position = MIN (position, self->n_items - 1);
  self->focus = position;
  kaf_table_scroll_to (self, position);
  if (row_of (self, position) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row_of (self, position)));

  if (extend && self->selection != NULL)
    kaf_table_selection_set_range (self->selection, self->anchor, position);
  else
    self->anchor = position;
}

static guint
page_rows (KafTable *self)
{
  return (guint) MAX (1, body_height (self) / kaf_table_layout_row_height (&self->layout) - 1);
}

static gboolean
move_by_key (KafTable *self, guint keyval, GdkModifierType state)
{
  gboolean extend = (state & GDK_SHIFT_MASK) != 0;
  guint focus = self->focus;
  guint page = page_rows (self);

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (focus == 0)
        g_signal_emit (self, signals[LEAVE_UP], 0);
      else
        move_focus (self, focus - 1, extend);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_focus (self, focus + 1, extend);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_focus (self, focus > page ? focus - page : 0, extend);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_focus (self, focus + page, extend);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_focus (self, 0, extend);
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_focus (self, G_MAXUINT, extend);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer data)
{
  KafTable *self = data;
  GtkWidget *in_header = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (in_header == self->header || (state & GDK_ALT_MASK) != 0 || self->n_items == 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      activate (self, self->focus);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      if ((state & GDK_CONTROL_MASK) != 0 || self->selection == NULL)
        return GDK_EVENT_PROPAGATE;
      self->anchor = self->focus;
      kaf_table_selection_toggle (self->selection, self->focus);
      return GDK_EVENT_STOP;
    case GDK_KEY_a:
    case GDK_KEY_A:
      if ((state & GDK_CONTROL_MASK) == 0 || self->selection == NULL)
        return GDK_EVENT_PROPAGATE;
      kaf_table_selection_select_all (self->selection);
      return GDK_EVENT_STOP;
    default:
      return move_by_key (self, keyval, state);
    }
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KafTable *self = data;
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double body = y - header_height (self) + scroll_y (self);
  guint position;

  if (y < header_height (self) || body < 0)
    return;
  position = (guint) (body / kaf_table_layout_row_height (&self->layout));
  if (position >= self->n_items || n_press > 1)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if ((state & GDK_SHIFT_MASK) != 0 && self->selection != NULL)
    {
      move_focus (self, position, TRUE);
      return;
    }

  move_focus (self, position, FALSE);
  if (self->selection != NULL && (self->layout.select_mode || (state & GDK_CONTROL_MASK) != 0))
    kaf_table_selection_toggle (self->selection, position);
  else
    activate (self, position);
}

static void
header_sort_cb (KafTable *self, const char *column)
{
  g_signal_emit (self, signals[SORT], 0, column);
}

static void
header_resized_cb (KafTable *self, gboolean done)
{
  configure_adjustments (self);
  relayout_rows (self);
  if (done)
    g_signal_emit (self, signals[COLUMNS_RESIZED], 0);
}

/* One stop for Tab among the rows, one for the titles. */
static gboolean
kaf_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KafTable *self = KAF_TABLE (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  gboolean inside = child != NULL || gtk_widget_has_focus (widget);

  if (child == self->header && direction != GTK_DIR_TAB_FORWARD)
    return direction == GTK_DIR_TAB_BACKWARD ? FALSE : gtk_widget_child_focus (child, direction);
  if (inside && child != self->header)
    {
      if (direction == GTK_DIR_TAB_BACKWARD && !self->layout.compact)
        return gtk_widget_child_focus (self->header, GTK_DIR_TAB_FORWARD);
      return FALSE;
    }

  return gtk_widget_grab_focus (widget);
}

static gboolean
kaf_table_grab_focus (GtkWidget *widget)
{
  KafTable *self = KAF_TABLE (widget);
  KafTableRow *row = row_of (self, self->focus);

  if (row != NULL && !gtk_widget_has_focus (GTK_WIDGET (row)) &&
      gtk_widget_get_mapped (GTK_WIDGET (row)))
    return gtk_widget_grab_focus (GTK_WIDGET (row));

  return GTK_WIDGET_CLASS (kaf_table_parent_class)->grab_focus (widget);
}

static void
kaf_table_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  KafTable *self = KAF_TABLE (widget);

  configure_adjustments (self);
  update_rows (self, 0, G_MAXUINT);
  gtk_widget_queue_allocate (widget);
}

static void
set_adjustment (KafTable *self, GtkAdjustment **where, GtkAdjustment *adjustment)
{
  if (*where != NULL)
    g_signal_handlers_disconnect_by_func (*where, scrolled_cb, self);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  g_object_ref_sink (adjustment);
  g_clear_object (where);
  *where = adjustment;
  configure_adjustments (self);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
}

static void
kaf_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KafTable *self = KAF_TABLE (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_table_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KafTable *self = KAF_TABLE (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_table_dispose (GObject *object)
{
  KafTable *self = KAF_TABLE (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->hadjustment, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->vadjustment, self);
  g_clear_handle_id (&self->emptied_id, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->selection);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  clear_rows (self);
  g_clear_pointer (&self->header, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_table_parent_class)->dispose (object);
}

static void
kaf_table_finalize (GObject *object)
{
  KafTable *self = KAF_TABLE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->layout.columns, g_ptr_array_unref);
  g_clear_pointer (&self->layout.words, g_strfreev);

  G_OBJECT_CLASS (kaf_table_parent_class)->finalize (object);
}

static guint
add_signal (KafTableClass *klass, const char *name, GType argument)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, argument != G_TYPE_NONE ? 1 : 0, argument);
}

static void
kaf_table_class_init (KafTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kaf_table_get_property;
  object_class->set_property = kaf_table_set_property;
  object_class->dispose = kaf_table_dispose;
  object_class->finalize = kaf_table_finalize;
  widget_class->measure = kaf_table_measure;
  widget_class->size_allocate = kaf_table_size_allocate;
  widget_class->snapshot = kaf_table_snapshot;
  widget_class->focus = kaf_table_focus;
  widget_class->grab_focus = kaf_table_grab_focus;
  widget_class->direction_changed = kaf_table_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "kaftable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[ROW_ACTIVATED] = add_signal (klass, "row-activated", G_TYPE_UINT);
  signals[SORT] = add_signal (klass, "sort", G_TYPE_STRING);
  signals[COLUMNS_RESIZED] = add_signal (klass, "columns-resized", G_TYPE_NONE);
  signals[COMPACT] = add_signal (klass, "compact", G_TYPE_BOOLEAN);
  signals[LEAVE_UP] = add_signal (klass, "leave-up", G_TYPE_NONE);
}

static void
kaf_table_init (KafTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");

  self->header = kaf_table_header_new (&self->layout);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  g_signal_connect_swapped (self->header, "sort", G_CALLBACK (header_sort_cb), self);
  g_signal_connect_swapped (self->header, "resized", G_CALLBACK (header_resized_cb), self);

  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

GtkWidget *
kaf_table_new (KafLang lang)
{
  KafTable *self = g_object_new (KAF_TYPE_TABLE, NULL);

  self->layout.lang = lang;

  return GTK_WIDGET (self);
}

/* @model: of KafRowItem. */
void
kaf_table_set_model (KafTable *self, GListModel *model)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (model, 0, self->n_items, g_list_model_get_n_items (model), self);
}

/* @columns: of KafColumn, shared with whoever changes them; call again then. */
void
kaf_table_set_columns (KafTable *self, GPtrArray *columns)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  g_ptr_array_ref (columns);
  g_clear_pointer (&self->layout.columns, g_ptr_array_unref);
  self->layout.columns = columns;
  kaf_table_layout_update (&self->layout, self->width);
  kaf_table_header_rebuild (KAF_TABLE_HEADER (self->header));
  clear_rows (self);
  configure_adjustments (self);
  if (self->model != NULL)
    update_rows (self, 0, 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
kaf_table_set_selection (KafTable *self, KafTableSelection *selection)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    g_signal_connect_swapped (selection, "changed", G_CALLBACK (selection_changed_cb), self);
  selection_changed_cb (self);
}

/* (transfer none) (nullable) */
KafTableSelection *
kaf_table_get_selection (KafTable *self)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), NULL);

  return self->selection;
}

/* Check boxes at the start of the rows; a click then chooses instead of opening. */
void
kaf_table_set_select_mode (KafTable *self, gboolean select_mode)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  if (self->layout.select_mode == select_mode)
    return;

  self->layout.select_mode = select_mode;
  relayout_rows (self);
  selection_changed_cb (self);
}

gboolean
kaf_table_get_select_mode (KafTable *self)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), FALSE);

  return self->layout.select_mode;
}

/* @words: folded, to mark in the names; nullable. Shows with the next rows bound. */
void
kaf_table_set_words (KafTable *self, const char *const *words)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  g_clear_pointer (&self->layout.words, g_strfreev);
  self->layout.words = g_strdupv ((GStrv) words);
}

void
kaf_table_set_sort (KafTable *self, const char *path, gboolean descending)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  kaf_table_header_set_sort (KAF_TABLE_HEADER (self->header), path, descending);
}

gboolean
kaf_table_is_compact (KafTable *self)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), FALSE);

  return self->layout.compact;
}

guint
kaf_table_get_focus_position (KafTable *self)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), 0);

  return self->focus;
}

/* Where the keyboard stands when it comes to the table; scrolls there. */
void
kaf_table_set_focus_position (KafTable *self, guint position)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  if (self->n_items == 0)
    return;

  self->focus = self->anchor = MIN (position, self->n_items - 1);
  kaf_table_scroll_to (self, self->focus);
}

/* Scrolls as little as needed for the whole row to show. */
void
kaf_table_scroll_to (KafTable *self, guint position)
{
  int row_height;
  double top, value, body;

  g_return_if_fail (KAF_IS_TABLE (self));

  row_height = kaf_table_layout_row_height (&self->layout);
  top = (double) position * row_height;
  value = scroll_y (self);
  body = body_height (self);
  if (self->vadjustment == NULL || body <= 0)
    return;

  if (top < value)
    gtk_adjustment_set_value (self->vadjustment, top);
  else if (top + row_height > value + body)
    gtk_adjustment_set_value (self->vadjustment, top + row_height - body);
}

/* For the rows of another query. */
void
kaf_table_scroll_to_start (KafTable *self)
{
  g_return_if_fail (KAF_IS_TABLE (self));

  self->focus = self->anchor = 0;
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, 0);
}

guint
kaf_table_get_n_row_widgets (KafTable *self)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), 0);

  return self->rows->len;
}

/* NULL when the position does not show. (transfer none) (nullable) */
GtkWidget *
kaf_table_get_row_widget (KafTable *self, guint position)
{
  g_return_val_if_fail (KAF_IS_TABLE (self), NULL);

  return GTK_WIDGET (row_of (self, position));
}
