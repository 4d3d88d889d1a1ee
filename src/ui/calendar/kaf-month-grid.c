/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/calendar/kaf-month-grid.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date-words.h"
#include "base/kaf-date.h"

#define WEEK 7
#define WEEKS (KAF_MONTH_DAYS / WEEK)

struct _KafMonthGrid
{
  GtkWidget parent_instance;

  KafLang lang;
  GtkWidget *grid;
  GtkWidget *cells[KAF_MONTH_DAYS];
  KafDay first;
  KafDay day;
  KafDay today;
};

enum
{
  MOVED,
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafMonthGrid, kaf_month_grid, GTK_TYPE_WIDGET)

static KafDay
first_of_month (KafDay day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return day - g_date_get_day (&date) + 1;
}

static gboolean
is_same_month (KafDay one, KafDay other)
{
  return one != KAF_DAY_UNKNOWN && other != KAF_DAY_UNKNOWN &&
         first_of_month (one) == first_of_month (other);
}

/* The first day of all, 1 January of the year 1, was a Monday. */
KafDay
kaf_month_first_shown (KafDay day)
{
  KafDay first = first_of_month (day);

  return first - MIN ((first - 1) % WEEK, first - 1);
}

static GtkWidget *
find_cell (KafMonthGrid *self, KafDay day)
{
  if (self->first == KAF_DAY_UNKNOWN || day < self->first || day >= self->first + KAF_MONTH_DAYS)
    return NULL;
  return self->cells[day - self->first];
}

static void
mark_cursor (KafMonthGrid *self, KafDay day, gboolean on)
{
  GtkWidget *cell = find_cell (self, day);

  if (cell == NULL)
    return;
  gtk_widget_set_focusable (cell, on);
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_SELECTED, on, -1);
  if (on)
    gtk_widget_add_css_class (cell, "chosen");
  else
    gtk_widget_remove_css_class (cell, "chosen");
}

static gboolean
has_focus (KafMonthGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
kaf_month_grid_set_cursor (KafMonthGrid *self, KafDay day)
{
  gboolean focus;

  g_return_if_fail (KAF_IS_MONTH_GRID (self));

  focus = has_focus (self);
  mark_cursor (self, self->day, FALSE);
  self->day = day;
  mark_cursor (self, day, TRUE);
  if (focus)
    kaf_month_grid_focus (self);
}

static void
move_to (KafMonthGrid *self, KafDay day)
{
  if (day == KAF_DAY_UNKNOWN || day == self->day)
    return;
  if (is_same_month (day, self->day))
    kaf_month_grid_set_cursor (self, day);
  g_signal_emit (self, signals[MOVED], 0, (guint) day);
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KafMonthGrid *self)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->day == KAF_DAY_UNKNOWN || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_to (self, mirrored ? self->day + 1 : self->day - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_to (self, mirrored ? self->day - 1 : self->day + 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_to (self, self->day - WEEK);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_to (self, self->day + WEEK);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_to (self, kaf_day_add_months (self->day, -1));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_to (self, kaf_day_add_months (self->day, 1));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_to (self, self->today);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      g_signal_emit (self, signals[OPENED], 0, (guint) self->day);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, KafMonthGrid *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (!KAF_IS_MONTH_DAY (picked) || self->first == KAF_DAY_UNKNOWN)
    return;
  kaf_month_grid_focus (self);
  move_to (self, kaf_month_day_get_day (KAF_MONTH_DAY (picked)));
  if (n == 2)
    g_signal_emit (self, signals[OPENED], 0, (guint) self->day);
}

static void
kaf_month_grid_dispose (GObject *object)
{
  g_clear_pointer (&KAF_MONTH_GRID (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_month_grid_parent_class)->dispose (object);
}

static void
kaf_month_grid_class_init (KafMonthGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_month_grid_dispose;
  gtk_widget_class_set_css_name (widget_class, "monthgrid");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
kaf_month_grid_init (KafMonthGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (int i = 0; i < KAF_MONTH_DAYS; i++)
    {
      self->cells[i] = kaf_month_day_new ();
      gtk_widget_set_vexpand (self->cells[i], TRUE);
      gtk_widget_set_hexpand (self->cells[i], TRUE);
      gtk_grid_attach (GTK_GRID (self->grid), self->cells[i], i % WEEK, i / WEEK + 1, 1, 1);
    }
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
kaf_month_grid_new (KafLang lang)
{
  KafMonthGrid *self = g_object_new (KAF_TYPE_MONTH_GRID, NULL);

  self->lang = lang;
  for (guint i = 0; i < WEEK; i++)
    {
      GtkWidget *label = gtk_label_new (kaf_date_weekday_name (i + 1, lang));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "kaf-weekday");
      gtk_grid_attach (GTK_GRID (self->grid), label, (int) i, 0, 1, 1);
    }
  return GTK_WIDGET (self);
}

void
kaf_month_grid_set (KafMonthGrid *self, KafDay day, KafDay today, const GPtrArray *items)
{
  gboolean focus;

  g_return_if_fail (KAF_IS_MONTH_GRID (self));
  g_return_if_fail (day != KAF_DAY_UNKNOWN);

  focus = has_focus (self);
  mark_cursor (self, self->day, FALSE);
  self->first = kaf_month_first_shown (day);
  self->day = day;
  self->today = today;
  for (guint i = 0; i < KAF_MONTH_DAYS; i++)
    kaf_month_day_set (KAF_MONTH_DAY (self->cells[i]), self->first + i,
                       !is_same_month (self->first + i, day), self->first + i == today, items,
                       self->lang);
  mark_cursor (self, day, TRUE);
  if (focus)
    kaf_month_grid_focus (self);
}

void
kaf_month_grid_focus (KafMonthGrid *self)
{
  GtkWidget *cell;

  g_return_if_fail (KAF_IS_MONTH_GRID (self));

  cell = find_cell (self, self->day);
  if (cell != NULL)
    gtk_widget_grab_focus (cell);
}

KafMonthDay *
kaf_month_grid_get_cell (KafMonthGrid *self, KafDay day)
{
  GtkWidget *cell;

  g_return_val_if_fail (KAF_IS_MONTH_GRID (self), NULL);

  cell = find_cell (self, day);
  return cell != NULL ? KAF_MONTH_DAY (cell) : NULL;
}
