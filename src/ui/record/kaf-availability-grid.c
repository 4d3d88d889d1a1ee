/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sixty light widgets, so that style, focus and names for screen readers come with the toolkit. Only
 * one of them takes the focus by Tab: the cursor. */
#include "config.h"

#include "ui/record/kaf-availability-grid.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "ui/record/kaf-half-day.h"
#include "ui/record/kaf-wrap.h"

struct _KafAvailabilityGrid
{
  GtkWidget parent_instance;

  KafLang lang;
  GtkWidget *weeks;
  GtkWidget *groups[KAF_PLAN_WEEKS];
  GtkWidget *labels[KAF_PLAN_WEEKS];
  GtkWidget *cells[KAF_PLAN_DAYS][2];
  KafAvailabilityPlan plan;
  gboolean filled; /* the cells show @plan */
  char *today;     /* ISO date; nullable */

  int day, half;               /* the cursor */
  int anchor_day, anchor_half; /* the other corner of the range, -1: none */
};

G_DEFINE_FINAL_TYPE (KafAvailabilityGrid, kaf_availability_grid, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_chosen (KafAvailabilityGrid *self, int day, int half)
{
  return self->anchor_day >= 0 && day >= MIN (self->day, self->anchor_day) &&
         day <= MAX (self->day, self->anchor_day) && half >= MIN (self->half, self->anchor_half) &&
         half <= MAX (self->half, self->anchor_half);
}

static void
show_range (KafAvailabilityGrid *self)
{
  for (int day = 0; day < KAF_PLAN_DAYS; day++)
    {
      for (int half = 0; half < 2; half++)
        {
          gboolean chosen = is_chosen (self, day, half);

          if (chosen)
            gtk_widget_add_css_class (self->cells[day][half], "chosen");
          else
            gtk_widget_remove_css_class (self->cells[day][half], "chosen");
          gtk_accessible_update_state (GTK_ACCESSIBLE (self->cells[day][half]),
                                       GTK_ACCESSIBLE_STATE_SELECTED, chosen, -1);
        }
    }
}

static void
set_cursor (KafAvailabilityGrid *self, int day, int half)
{
  gtk_widget_set_focusable (self->cells[self->day][self->half], FALSE);
  self->day = day;
  self->half = half;
  gtk_widget_set_focusable (self->cells[day][half], TRUE);
}

static void
emit_chosen (KafAvailabilityGrid *self)
{
  int first, last;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->anchor_day < 0)
    {
      self->anchor_day = self->day;
      self->anchor_half = self->half;
      show_range (self);
    }
  first = MIN (self->day, self->anchor_day);
  last = MAX (self->day, self->anchor_day);
  from = kaf_availability_plan_date (&self->plan, first);
  to = kaf_availability_plan_date (&self->plan, last);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, from, to,
                 self->half != self->anchor_half ? "day"
                 : self->half == 0               ? "am"
                                                 : "pm",
                 self->cells[self->day][self->half]);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  KafAvailabilityGrid *self = user_data;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int day = self->day, half = self->half;

  switch (keyval)
    {
    case GDK_KEY_Left:
      day += mirrored ? 1 : -1;
      break;
    case GDK_KEY_Right:
      day += mirrored ? -1 : 1;
      break;
    case GDK_KEY_Up:
      half = 0;
      break;
    case GDK_KEY_Down:
      half = 1;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      emit_chosen (self);
      return TRUE;
    default:
      return FALSE;
    }
  /* At the edges the key goes on to the page. */
  if (day < 0 || day >= KAF_PLAN_DAYS || (day == self->day && half == self->half))
    return FALSE;

  if ((state & GDK_SHIFT_MASK) == 0)
    self->anchor_day = -1;
  else if (self->anchor_day < 0)
    {
      self->anchor_day = self->day;
      self->anchor_half = self->half;
    }
  set_cursor (self, day, half);
  gtk_widget_grab_focus (self->cells[day][half]);
  show_range (self);
  return TRUE;
}

static gboolean
find_cell (KafAvailabilityGrid *self, double x, double y, int *day, int *half)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (*day = 0; *day < KAF_PLAN_DAYS; (*day)++)
    {
      for (*half = 0; *half < 2; (*half)++)
        {
          if (self->cells[*day][*half] == picked)
            return TRUE;
        }
    }
  return FALSE;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, gpointer user_data)
{
  KafAvailabilityGrid *self = user_data;
  int day, half;

  if (!find_cell (self, x, y, &day, &half))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  set_cursor (self, day, half);
  self->anchor_day = day;
  self->anchor_half = half;
  gtk_widget_grab_focus (self->cells[day][half]);
  show_range (self);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
  KafAvailabilityGrid *self = user_data;
  double x, y;
  int day, half;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y) ||
      !find_cell (self, x + dx, y + dy, &day, &half))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  set_cursor (self, day, half);
  show_range (self);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, gpointer user_data)
{
  KafAvailabilityGrid *self = user_data;

  if (self->anchor_day >= 0 && gtk_widget_is_sensitive (GTK_WIDGET (self)))
    emit_chosen (self);
}

static GtkWidget *
week_new (KafAvailabilityGrid *self, int week)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *grid = gtk_grid_new ();

  self->labels[week] = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->labels[week]), 0);
  gtk_widget_add_css_class (self->labels[week], "caption");
  gtk_widget_add_css_class (self->labels[week], "dim-label");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 2);
  for (int day = 0; day < KAF_PLAN_WEEK_DAYS; day++)
    {
      for (int half = 0; half < 2; half++)
        {
          GtkWidget *cell = kaf_half_day_new ();

          self->cells[week * KAF_PLAN_WEEK_DAYS + day][half] = cell;
          gtk_grid_attach (GTK_GRID (grid), cell, day, half, 1, 1);
        }
    }
  gtk_box_append (GTK_BOX (box), self->labels[week]);
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static void
kaf_availability_grid_dispose (GObject *object)
{
  g_clear_pointer (&KAF_AVAILABILITY_GRID (object)->weeks, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_availability_grid_parent_class)->dispose (object);
}

static void
kaf_availability_grid_finalize (GObject *object)
{
  g_free (KAF_AVAILABILITY_GRID (object)->today);

  G_OBJECT_CLASS (kaf_availability_grid_parent_class)->finalize (object);
}

static gboolean on_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data);

static void
kaf_availability_grid_class_init (KafAvailabilityGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_availability_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_availability_grid_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);

  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, GTK_TYPE_WIDGET);
}

static void
kaf_availability_grid_init (KafAvailabilityGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->weeks = kaf_wrap_new (10, 8);
  gtk_widget_set_parent (self->weeks, GTK_WIDGET (self));
  for (int week = 0; week < KAF_PLAN_WEEKS; week++)
    {
      self->groups[week] = week_new (self, week);
      kaf_wrap_append (KAF_WRAP (self->weeks), self->groups[week]);
    }
  self->anchor_day = -1;
  gtk_widget_set_focusable (self->cells[0][0], TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Availability over six weeks"), -1);

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
kaf_availability_grid_new (KafLang lang)
{
  KafAvailabilityGrid *self = g_object_new (KAF_TYPE_AVAILABILITY_GRID, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

static const char *
state_name (const char *state)
{
  if (g_strcmp0 (state, "free") == 0)
    return C_ ("availability", "free");
  if (g_strcmp0 (state, "tentative") == 0)
    return C_ ("availability", "to be confirmed");
  if (g_strcmp0 (state, "busy") == 0)
    return C_ ("availability", "busy");
  return C_ ("availability", "unknown");
}

static void
name_week (KafAvailabilityGrid *self, int week)
{
  const KafAvailabilityPlan *plan = &self->plan;
  g_autofree char *date = kaf_availability_plan_date (plan, week * KAF_PLAN_WEEK_DAYS);
  g_autofree char *day = kaf_date_format (date, self->lang, KAF_DATE_MEDIUM);
  g_autoptr (GString) name = g_string_new (NULL);
  guint counts[4] = { 0 };
  static const char *const states[] = { "free", "tentative", "busy", NULL };
  /* The year says nothing here: "4 janv. 2027" reads "4 janv." */
  char *year = g_strrstr (day, " ");

  for (int i = 0; i < KAF_PLAN_WEEK_DAYS * 2; i++)
    {
      const char *state = plan->states[week * KAF_PLAN_WEEK_DAYS + i / 2][i % 2];

      for (guint j = 0; j < G_N_ELEMENTS (states); j++)
        {
          if (g_strcmp0 (state, states[j]) == 0)
            counts[j]++;
        }
    }
  g_string_append_printf (name, _ ("Week of %s"), day);
  for (guint j = 0; j < G_N_ELEMENTS (states); j++)
    {
      if (counts[j] > 0)
        g_string_append_printf (name, ", %s %u", state_name (states[j]), counts[j]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->groups[week]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  if (year != NULL)
    *year = '\0';
  gtk_label_set_text (GTK_LABEL (self->labels[week]), day);
}

static char *
cell_name (KafAvailabilityGrid *self, int day, int half)
{
  g_autofree char *date = kaf_availability_plan_date (&self->plan, day);
  g_autofree char *words = kaf_date_format (date, self->lang, KAF_DATE_WEEKDAY);

  return g_strdup_printf (half == 0 ? _ ("%s, morning: %s") : _ ("%s, afternoon: %s"), words,
                          state_name (self->plan.states[day][half]));
}

/* One for all: a tooltip for each of the cells would be made anew with every record. */
static gboolean
on_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  KafAvailabilityGrid *self = KAF_AVAILABILITY_GRID (widget);
  int day = self->day, half = self->half;
  g_autofree char *name = NULL;

  if (!self->filled || (!keyboard && !find_cell (self, x, y, &day, &half)))
    return FALSE;
  name = cell_name (self, day, half);
  gtk_tooltip_set_text (tooltip, name);
  return TRUE;
}

static void
name_cells (KafAvailabilityGrid *self, int day, const char *today)
{
  g_autofree char *date = kaf_availability_plan_date (&self->plan, day);

  for (int half = 0; half < 2; half++)
    {
      g_autofree char *name = cell_name (self, day, half);

      kaf_half_day_set (KAF_HALF_DAY (self->cells[day][half]), self->plan.states[day][half], name);
      if (g_strcmp0 (date, today) == 0)
        gtk_widget_add_css_class (self->cells[day][half], "today");
      else
        gtk_widget_remove_css_class (self->cells[day][half], "today");
    }
}

void
kaf_availability_grid_set_plan (KafAvailabilityGrid *self,
                                const KafAvailabilityPlan *plan,
                                const char *today)
{
  KafAvailabilityPlan before;
  gboolean same_days;

  g_return_if_fail (KAF_IS_AVAILABILITY_GRID (self));

  /* Most records differ in a few days only, and many in none. */
  same_days = self->filled && g_strcmp0 (self->plan.monday, plan->monday) == 0 &&
              g_strcmp0 (self->today, today) == 0;
  before = self->plan;
  self->plan = *plan;
  self->filled = TRUE;
  for (int week = 0; week < KAF_PLAN_WEEKS; week++)
    {
      gboolean changed = !same_days;

      for (int day = week * KAF_PLAN_WEEK_DAYS; day < (week + 1) * KAF_PLAN_WEEK_DAYS; day++)
        {
          if (same_days && g_strcmp0 (before.states[day][0], plan->states[day][0]) == 0 &&
              g_strcmp0 (before.states[day][1], plan->states[day][1]) == 0)
            continue;
          changed = TRUE;
          name_cells (self, day, today);
        }
      if (changed)
        name_week (self, week);
    }
  g_free (self->today);
  self->today = g_strdup (today);
}

void
kaf_availability_grid_unselect (KafAvailabilityGrid *self)
{
  g_return_if_fail (KAF_IS_AVAILABILITY_GRID (self));

  self->anchor_day = -1;
  show_range (self);
}

GtkWidget *
kaf_availability_grid_get_cell (KafAvailabilityGrid *self, guint day, guint half)
{
  g_return_val_if_fail (KAF_IS_AVAILABILITY_GRID (self), NULL);
  g_return_val_if_fail (day < KAF_PLAN_DAYS && half < 2, NULL);

  return self->cells[day][half];
}
