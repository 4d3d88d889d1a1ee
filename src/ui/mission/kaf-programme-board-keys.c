/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the cursor walks over the board, and how a session is moved without a pointer. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-programme-board-private.h"
#include "ui/mission/kaf-programme-text.h"

/* The cursor */

const KafHalvesStop *
kaf_halves_find_stop (KafProgrammeBoard *self, int column, int row, int index)
{
  const KafHalvesStop *last = NULL;

  for (guint i = 0; i < self->stops->len; i++)
    {
      const KafHalvesStop *stop = &g_array_index (self->stops, KafHalvesStop, i);

      if (stop->column != column || stop->row != row)
        continue;
      last = stop;
      if (stop->index >= index)
        break;
    }
  return last;
}

const KafHalvesStop *
kaf_halves_stop_at_cursor (KafProgrammeBoard *self)
{
  return self->column >= 0
             ? kaf_halves_find_stop (self, self->row == KAF_HALVES_TRAY ? 0 : self->column,
                                     self->row, self->index)
             : NULL;
}

/* @index: G_MAXINT for the last of the cell. FALSE: there is nothing. */
static gboolean
go_to (KafProgrammeBoard *self, int column, int row, int index)
{
  const KafHalvesStop *stop =
      kaf_halves_find_stop (self, row == KAF_HALVES_TRAY ? 0 : column, row, index);

  if (stop == NULL)
    return FALSE;
  if (row != KAF_HALVES_TRAY)
    kaf_halves_show_column (self, column);
  return gtk_widget_grab_focus (stop->widget);
}

static gboolean
walk_across (KafProgrammeBoard *self, int step)
{
  if (self->row == KAF_HALVES_TRAY)
    return self->index + step >= 0 && go_to (self, 0, KAF_HALVES_TRAY, self->index + step);
  return go_to (self, self->column + step, self->row, self->index);
}

static gboolean
walk_down (KafProgrammeBoard *self)
{
  const KafHalvesStop *next = kaf_halves_find_stop (self, self->column, self->row, self->index + 1);

  if (self->row == KAF_HALVES_TRAY)
    return FALSE;
  if (next != NULL && next->index > self->index)
    return go_to (self, self->column, self->row, next->index);
  return go_to (self, self->column, self->row + 1, 0);
}

static gboolean
walk_up (KafProgrammeBoard *self)
{
  if (self->row == KAF_HALVES_TRAY)
    return go_to (self, MAX (self->column, 0), 1, G_MAXINT);
  if (self->index > 0)
    return go_to (self, self->column, self->row, self->index - 1);
  return self->row > 0 && go_to (self, self->column, self->row - 1, G_MAXINT);
}

/* Moving */

static const KafItem *
get_moved (KafProgrammeBoard *self)
{
  return self->moving != NULL ? kaf_mission_find_item (self->mission, self->moving) : NULL;
}

static char *
describe_target (KafProgrammeBoard *self, const KafItem *item)
{
  KafHalvesColumn *column;
  g_autofree char *subject = kaf_bidi_isolate (item->subject);
  g_autofree char *where = NULL;
  g_autofree char *why = NULL;
  KafClash clash;

  if (self->to_row == KAF_HALVES_TRAY)
    return g_strdup_printf (_ ("Move %s to the tray"), subject);
  column = kaf_halves_column (self, self->to_column);
  where = kaf_programme_slot_name (column->day.day, self->to_row == 1, self->lang);
  kaf_programme_clash_at (self->mission, item, column->day.day, self->to_row == 1, NULL, &clash);
  why = kaf_programme_clash_text (self->mission, self->names, &clash);
  if (why != NULL)
    return g_strdup_printf (_ ("Move %s to %s; %s"), subject, where, why);
  return g_strdup_printf (_ ("Move %s to %s"), subject, where);
}

static GtkWidget *
get_target (KafProgrammeBoard *self)
{
  KafHalvesColumn *column;

  if (self->to_row == KAF_HALVES_TRAY)
    return self->tray;
  column = kaf_halves_column (self, self->to_column);
  return column != NULL ? column->cells[self->to_row] : NULL;
}

/* A cell that holds sessions takes no focus but while something is moved into it. */
static void
leave_target (KafProgrammeBoard *self)
{
  GtkWidget *target = get_target (self);

  if (target == NULL)
    return;
  gtk_widget_remove_css_class (target, "target");
  if (self->to_row == KAF_HALVES_TRAY ||
      kaf_halves_find_stop (self, self->to_column, self->to_row, 0)->widget != target)
    gtk_widget_set_focusable (target, FALSE);
}

/* The focus goes along, so that a screen reader says where, and what would clash there. */
static void
enter_target (KafProgrammeBoard *self, int column, int row)
{
  const KafItem *item = get_moved (self);
  g_autofree char *text = NULL;
  GtkWidget *target;

  leave_target (self);
  self->to_column = column;
  self->to_row = row;
  target = get_target (self);
  if (target == NULL || item == NULL)
    return;
  text = describe_target (self, item);
  if (row != KAF_HALVES_TRAY)
    kaf_halves_show_column (self, column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (target, "target");
  gtk_widget_set_focusable (target, TRUE);
  gtk_widget_grab_focus (target);
}

static gboolean
begin_move (KafProgrammeBoard *self)
{
  const KafHalvesStop *stop = kaf_halves_stop_at_cursor (self);
  GtkWidget *widget;

  if (stop == NULL || stop->id == NULL || self->columns->len == 0 || !self->writable)
    return FALSE;
  widget = stop->widget;
  self->moving = g_strdup (stop->id);
  self->to_column = MAX (self->column, 0);
  self->to_row = stop->row;
  gtk_widget_add_css_class (widget, "moving");
  if (stop->row == KAF_HALVES_TRAY)
    enter_target (self, self->to_column, 1);
  else
    enter_target (self, self->to_column, self->to_row);
  return TRUE;
}

void
kaf_halves_cancel_move (KafProgrammeBoard *self)
{
  g_autofree char *id = g_steal_pointer (&self->moving);

  if (id == NULL)
    return;
  leave_target (self);
  for (guint i = 0; i < self->stops->len; i++)
    gtk_widget_remove_css_class (g_array_index (self->stops, KafHalvesStop, i).widget, "moving");
  kaf_programme_board_focus_item (self, id);
}

static void
finish_move (KafProgrammeBoard *self)
{
  g_autofree char *id = g_strdup (self->moving);
  int column = self->to_column, row = self->to_row;

  kaf_halves_cancel_move (self);
  kaf_halves_ask_move (self, id, column, row);
}

static gboolean
steer (KafProgrammeBoard *self, guint keyval, int across)
{
  int column = CLAMP (self->to_column + across, 0, (int) self->columns->len - 1);

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      enter_target (self, column, MIN (self->to_row, 1));
      return TRUE;
    case GDK_KEY_Up:
      enter_target (self, self->to_column, MAX (self->to_row - 1, 0));
      return TRUE;
    case GDK_KEY_Down:
      enter_target (self, self->to_column, MIN (self->to_row + 1, KAF_HALVES_TRAY));
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_m:
    case GDK_KEY_M:
      finish_move (self);
      return TRUE;
    case GDK_KEY_Escape:
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      kaf_halves_cancel_move (self);
      return keyval == GDK_KEY_Escape;
    default:
      return FALSE;
    }
}

/* Keys */

static gboolean
act_on_stop (KafProgrammeBoard *self, const KafHalvesStop *stop, guint keyval)
{
  g_autofree char *id = g_strdup (stop->id);

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_F2:
      if (id != NULL)
        g_signal_emit (self, kaf_halves_signals[KAF_HALVES_EDIT], 0, id);
      else
        kaf_halves_ask_add (self, stop->column, stop->row);
      return TRUE;
    case GDK_KEY_n:
    case GDK_KEY_N:
      kaf_halves_ask_add (self, stop->column, stop->row);
      return TRUE;
    case GDK_KEY_m:
    case GDK_KEY_M:
      return begin_move (self);
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      if (id == NULL)
        return FALSE;
      if (stop->row == KAF_HALVES_TRAY)
        g_signal_emit (self, kaf_halves_signals[KAF_HALVES_REMOVE], 0, id);
      else
        kaf_halves_ask_move (self, id, 0, KAF_HALVES_TRAY);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
walk (KafProgrammeBoard *self, guint keyval, int across)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return walk_across (self, across);
    case GDK_KEY_Up:
      return walk_up (self);
    case GDK_KEY_Down:
      return walk_down (self);
    case GDK_KEY_Home:
      return go_to (self, 0, self->row, 0);
    case GDK_KEY_End:
      return go_to (self, self->row == KAF_HALVES_TRAY ? 0 : (int) self->columns->len - 1,
                    self->row, self->row == KAF_HALVES_TRAY ? G_MAXINT : 0);
    default:
      return FALSE;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KafProgrammeBoard *self)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int across = (keyval == GDK_KEY_Right) != mirrored ? 1 : -1;
  const KafHalvesStop *stop = kaf_halves_stop_at_cursor (self);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (self->moving != NULL)
    return steer (self, keyval, across);
  if (stop == NULL)
    return FALSE;
  if (walk (self, keyval, across))
    return TRUE;
  return self->writable
             ? act_on_stop (self, stop, keyval)
             : keyval == GDK_KEY_Return && stop->id != NULL && act_on_stop (self, stop, keyval);
}

void
kaf_halves_add_keys (KafProgrammeBoard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
