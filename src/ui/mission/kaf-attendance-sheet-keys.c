/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-attendance-cell.h"
#include "ui/mission/kaf-attendance-sheet-private.h"

/* The letters are the first ones of the words in French and in Arabic (حاضر، غائب، معذور), whatever the language: a
 * keyboard is often set to the other one. */
static const struct
{
  guint keyval;
  KafPresence presence;
} marks[] = {
  { GDK_KEY_p, KAF_PRESENCE_PRESENT },
  { GDK_KEY_P, KAF_PRESENCE_PRESENT },
  { GDK_KEY_1, KAF_PRESENCE_PRESENT },
  { GDK_KEY_KP_1, KAF_PRESENCE_PRESENT },
  { GDK_KEY_Arabic_hah, KAF_PRESENCE_PRESENT },
  { GDK_KEY_a, KAF_PRESENCE_ABSENT },
  { GDK_KEY_A, KAF_PRESENCE_ABSENT },
  { GDK_KEY_2, KAF_PRESENCE_ABSENT },
  { GDK_KEY_KP_2, KAF_PRESENCE_ABSENT },
  { GDK_KEY_Arabic_ghain, KAF_PRESENCE_ABSENT },
  { GDK_KEY_e, KAF_PRESENCE_EXCUSED },
  { GDK_KEY_E, KAF_PRESENCE_EXCUSED },
  { GDK_KEY_3, KAF_PRESENCE_EXCUSED },
  { GDK_KEY_KP_3, KAF_PRESENCE_EXCUSED },
  { GDK_KEY_Arabic_meem, KAF_PRESENCE_EXCUSED },
  { GDK_KEY_Delete, KAF_PRESENCE_NONE },
  { GDK_KEY_BackSpace, KAF_PRESENCE_NONE },
};

static gboolean
walk (KafAttendanceSheet *self, guint keyval)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint last = self->sessions->len - 1;

  switch (keyval)
    {
    case GDK_KEY_Up:
      return self->row > 0 && kaf_attendance_sheet_go (self, self->row - 1, self->column);
    case GDK_KEY_Down:
      return kaf_attendance_sheet_go (self, self->row + 1, self->column);
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      if ((keyval == GDK_KEY_Right) != rtl)
        return kaf_attendance_sheet_go (self, self->row, self->column + 1) || TRUE;
      return (self->column > 0 && kaf_attendance_sheet_go (self, self->row, self->column - 1)) ||
             TRUE;
    case GDK_KEY_Home:
      return kaf_attendance_sheet_go (self, 0, self->column);
    case GDK_KEY_End:
      return kaf_attendance_sheet_go (self, self->participants->len - 1, MIN (self->column, last));
    case GDK_KEY_Page_Up:
      return kaf_attendance_sheet_turn (self, -1);
    case GDK_KEY_Page_Down:
      return kaf_attendance_sheet_turn (self, 1);
    default:
      return FALSE;
    }
}

static gboolean
toggle (KafAttendanceSheet *self)
{
  KafAttendanceCell *cell =
      KAF_ATTENDANCE_CELL (kaf_attendance_sheet_get_cell (self, self->row, self->column));

  kaf_attendance_sheet_mark (self, self->row, self->column,
                             kaf_presence_toggle (kaf_attendance_cell_get (cell)));
  return TRUE;
}

static gboolean
mark (KafAttendanceSheet *self, guint keyval)
{
  if (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space)
    return toggle (self);
  if (keyval == GDK_KEY_asterisk || keyval == GDK_KEY_KP_Multiply)
    {
      kaf_attendance_sheet_mark_all (self, self->column);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].keyval == keyval)
      {
        kaf_attendance_sheet_mark (self, self->row, self->column, marks[i].presence);
        if (marks[i].presence != KAF_PRESENCE_NONE)
          kaf_attendance_sheet_go (self, self->row + 1, self->column);
        return TRUE;
      }
  return FALSE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KafAttendanceSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !KAF_IS_ATTENDANCE_CELL (focus) ||
      kaf_attendance_sheet_get_cell (self, self->row, self->column) == NULL)
    return FALSE;
  return walk (self, keyval) || (self->writable && mark (self, keyval));
}

void
kaf_attendance_sheet_add_keys (KafAttendanceSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (self->grid, keys);
}
