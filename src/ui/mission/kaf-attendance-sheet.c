/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid is made anew when its day, its sessions or its participants are others; a mark alone changes its cell, so that
 * who types keeps the focus. One cell is in the chain of Tab: arrows lead to the others. */
#include "config.h"

#include "ui/mission/kaf-attendance-sheet-private.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date-words.h"
#include "base/kaf-number.h"
#include "ui/compat/kaf-text.h"
#include "ui/mission/kaf-attendance-cell.h"
#include "ui/mission/kaf-attendance-head.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-part-title.h"
#include "ui/record/kaf-record-section.h"

#define NAME_WIDTH 150 /* px */

G_DEFINE_FINAL_TYPE (KafAttendanceSheet, kaf_attendance_sheet, GTK_TYPE_BOX)

static void
kaf_attendance_sheet_dispose (GObject *object)
{
  KafAttendanceSheet *self = KAF_ATTENDANCE_SHEET (object);

  if (self->marks != NULL)
    g_signal_handlers_disconnect_by_data (self->marks, self);
  g_clear_object (&self->marks);
  self->data = NULL;
  G_OBJECT_CLASS (kaf_attendance_sheet_parent_class)->dispose (object);
}

static void
kaf_attendance_sheet_finalize (GObject *object)
{
  KafAttendanceSheet *self = KAF_ATTENDANCE_SHEET (object);

  g_array_unref (self->days);
  g_ptr_array_unref (self->sessions);
  g_ptr_array_unref (self->participants);
  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->cells);
  g_free (self->shape);
  G_OBJECT_CLASS (kaf_attendance_sheet_parent_class)->finalize (object);
}

/* Marks */

static const KafItem *
find_item (KafAttendanceSheet *self, guint column)
{
  return kaf_mission_find_item (self->data->mission, g_ptr_array_index (self->sessions, column));
}

static void
show_marks (KafAttendanceSheet *self)
{
  for (guint column = 0; column < self->heads->len; column++)
    {
      const char *session = g_ptr_array_index (self->sessions, column);
      const KafItem *item = find_item (self, column);
      KafTurnout turnout = kaf_attendance_marks_count (self->marks, session, self->participants);

      if (item != NULL)
        kaf_attendance_head_count (g_ptr_array_index (self->heads, column), self->data, item,
                                   &turnout, self->participants->len);
      for (guint row = 0; row < self->participants->len; row++)
        kaf_attendance_cell_set (
            KAF_ATTENDANCE_CELL (kaf_attendance_sheet_get_cell (self, row, column)),
            kaf_attendance_marks_get (self->marks, session,
                                      g_ptr_array_index (self->participants, row)));
    }
}

static gboolean
may_mark (KafAttendanceSheet *self, guint column)
{
  const KafItem *item = find_item (self, column);

  return self->writable && item != NULL && item->state != KAF_ITEM_CANCELLED;
}

void
kaf_attendance_sheet_mark (KafAttendanceSheet *self, guint row, guint column, KafPresence presence)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (!may_mark (self, column))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  g_ptr_array_add (one, g_ptr_array_index (self->participants, row));
  kaf_attendance_marks_put (self->marks, g_ptr_array_index (self->sessions, column), one, presence,
                            NULL);
  show_marks (self);
}

void
kaf_attendance_sheet_mark_all (KafAttendanceSheet *self, guint column)
{
  const char *session = g_ptr_array_index (self->sessions, column);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autofree char *done = NULL;

  if (!may_mark (self, column))
    return;
  for (guint i = 0; i < self->participants->len; i++)
    {
      gpointer one = g_ptr_array_index (self->participants, i);

      if (kaf_attendance_marks_get (self->marks, session, one) == KAF_PRESENCE_NONE)
        g_ptr_array_add (rest, one);
    }
  done = g_strdup_printf (
      ngettext ("%u person marked as present", "%u persons marked as present", rest->len),
      rest->len);
  kaf_attendance_marks_put (self->marks, session, rest, KAF_PRESENCE_PRESENT, done);
  show_marks (self);
}

static void
on_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafAttendanceSheet *self = KAF_ATTENDANCE_SHEET (widget);
  guint column;

  if (self->data != NULL &&
      g_ptr_array_find_with_equal_func (self->sessions, g_variant_get_string (parameter, NULL),
                                        g_str_equal, &column))
    kaf_attendance_sheet_mark_all (self, column);
}

/* The focus */

GtkWidget *
kaf_attendance_sheet_get_cell (KafAttendanceSheet *self, guint row, guint column)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_SHEET (self), NULL);

  if (row >= self->participants->len || column >= self->sessions->len)
    return NULL;
  return g_ptr_array_index (self->cells, row * self->sessions->len + column);
}

gboolean
kaf_attendance_sheet_go (KafAttendanceSheet *self, guint row, guint column)
{
  GtkWidget *before = kaf_attendance_sheet_get_cell (self, self->row, self->column);
  GtkWidget *cell = kaf_attendance_sheet_get_cell (self, row, column);

  if (cell == NULL)
    return FALSE;
  gtk_widget_set_focusable (cell, TRUE);
  gtk_widget_grab_focus (cell);
  if (before != NULL && before != cell)
    gtk_widget_set_focusable (before, FALSE);
  self->row = row;
  self->column = column;
  return TRUE;
}

static void
on_touched (KafAttendanceCell *cell, KafAttendanceSheet *self)
{
  guint place;

  if (!g_ptr_array_find (self->cells, cell, &place))
    return;
  kaf_attendance_sheet_go (self, place / self->sessions->len, place % self->sessions->len);
  kaf_attendance_sheet_mark (self, self->row, self->column,
                             kaf_presence_next (kaf_attendance_cell_get (cell)));
}

/* Making */

static GtkWidget *
name_new (KafAttendanceSheet *self, const KafRow *row)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = kaf_part_participant_name (self->data, row);
  const char *function = kaf_mission_data_text (row, "function");
  gboolean edits = kaf_mission_data_may_write (self->data, "participant");

  gtk_box_append (GTK_BOX (texts), kaf_text_new (name, KAF_DRAWN_TEXT_PLAIN, NAME_WIDTH, 2));
  if (function != NULL)
    gtk_box_append (
        GTK_BOX (texts),
        kaf_text_new (function, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, NAME_WIDTH, 1));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), texts);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-attendance-name");
  gtk_widget_set_hexpand (button, TRUE);
  /* A name that leads nowhere stays as well to be read as the others. */
  gtk_widget_set_can_target (button, edits);
  gtk_widget_set_focusable (button, edits);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "participant", row->id);
  if (edits)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.edit");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_row (KafAttendanceSheet *self, const KafRow *row)
{
  int place = (int) self->participants->len + 1;

  g_ptr_array_add (self->participants, g_strdup (row->id));
  gtk_grid_attach (GTK_GRID (self->grid), name_new (self, row), 0, place, 1, 1);
  for (guint column = 0; column < self->sessions->len; column++)
    {
      const KafItem *item = find_item (self, column);
      g_autofree char *label =
          g_strdup_printf ("%s, %s", kaf_part_participant_name (self->data, row), item->subject);
      GtkWidget *cell = kaf_attendance_cell_new (label);

      gtk_widget_set_sensitive (cell, item->state != KAF_ITEM_CANCELLED);
      g_signal_connect (cell, "touched", G_CALLBACK (on_touched), self);
      g_ptr_array_add (self->cells, cell);
      gtk_grid_attach (GTK_GRID (self->grid), cell, (int) column + 1, place, 1, 1);
    }
}

static void
clear (KafAttendanceSheet *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_ptr_array_set_size (self->sessions, 0);
  g_ptr_array_set_size (self->participants, 0);
  g_ptr_array_set_size (self->heads, 0);
  g_ptr_array_set_size (self->cells, 0);
}

static gboolean
is_of_day (KafAttendanceSheet *self, const KafItem *item)
{
  return item->day == kaf_attendance_sheet_get_day (self);
}

static void
make_grid (KafAttendanceSheet *self)
{
  GPtrArray *items = self->data->mission->items;
  GPtrArray *rows = kaf_mission_data_rows (self->data, "participant");
  GtkWidget *corner = gtk_label_new (_ ("Participants"));
  GtkWidget *cell;

  clear (self);
  gtk_label_set_xalign (GTK_LABEL (corner), 0);
  gtk_widget_set_valign (corner, GTK_ALIGN_END);
  gtk_widget_add_css_class (corner, "caption-heading");
  gtk_widget_add_css_class (corner, "kaf-attendance-corner");
  gtk_grid_attach (GTK_GRID (self->grid), corner, 0, 0, 1, 1);
  for (guint i = 0; i < items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (items, i);
      GtkWidget *head;

      if (!is_of_day (self, item))
        continue;
      head = kaf_attendance_head_new (self->data, item, self->writable);
      g_ptr_array_add (self->sessions, g_strdup (item->id));
      g_ptr_array_add (self->heads, head);
      gtk_grid_attach (GTK_GRID (self->grid), head, (int) self->sessions->len, 0, 1, 1);
    }
  for (guint i = 0; i < rows->len; i++)
    add_row (self, g_ptr_array_index (rows, i));
  self->row = MIN (self->row, MAX (self->participants->len, 1) - 1);
  self->column = MIN (self->column, MAX (self->sessions->len, 1) - 1);
  cell = kaf_attendance_sheet_get_cell (self, self->row, self->column);
  if (cell != NULL)
    gtk_widget_set_focusable (cell, TRUE);
}

/* What the grid looks like but for its marks. */
static char *
describe (KafAttendanceSheet *self)
{
  GPtrArray *items = self->data->mission->items;
  GPtrArray *rows = kaf_mission_data_rows (self->data, "participant");
  g_autoptr (GString) shape = g_string_new (self->writable ? "w" : "r");

  for (guint i = 0; i < items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (items, i);

      if (is_of_day (self, item))
        g_string_append_printf (shape, "\n%s %s %s %s %d %d", item->id, item->subject,
                                item->room != NULL ? item->room : "-",
                                item->trainer != NULL ? item->trainer : "-", item->state,
                                item->afternoon);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      const char *function = kaf_mission_data_text (row, "function");

      g_string_append_printf (shape, "\n%s %s %s", row->id,
                              kaf_part_participant_name (self->data, row),
                              function != NULL ? function : "");
    }
  return g_string_free (g_steal_pointer (&shape), FALSE);
}

/* Days */

static void
read_days (KafAttendanceSheet *self)
{
  GPtrArray *items = self->data->mission->items;
  KafDay shown = kaf_attendance_sheet_get_day (self);

  g_array_set_size (self->days, 0);
  for (guint i = 0; i < items->len; i++)
    {
      KafDay day = ((const KafItem *) g_ptr_array_index (items, i))->day;

      if (self->days->len == 0 || g_array_index (self->days, KafDay, self->days->len - 1) != day)
        g_array_append_val (self->days, day);
    }
  if (!self->chosen)
    shown = self->data->context.day;
  /* Today, or the first day after it, or the last. */
  for (self->day = 0; self->day + 1 < self->days->len; self->day++)
    {
      KafDay day = g_array_index (self->days, KafDay, self->day);

      if (day == shown || (!self->chosen && (day > shown || day == KAF_DAY_UNKNOWN)))
        break;
    }
}

static void
show_day (KafAttendanceSheet *self)
{
  KafDay day = kaf_attendance_sheet_get_day (self);
  g_autofree char *date = day != KAF_DAY_UNKNOWN ? kaf_mission_day (day, self->data->lang) : NULL;
  g_autofree char *text = NULL;
  GDate weekday;

  if (day == KAF_DAY_UNKNOWN)
    text = g_strdup (_ ("Sessions without a day"));
  else
    {
      g_date_clear (&weekday, 1);
      g_date_set_julian (&weekday, day);
      /* Translators: day of the week, date, "day 2 of 5". */
      text =
          g_strdup_printf (_ ("%s %s, day %u of %u"),
                           kaf_date_weekday_name (g_date_get_weekday (&weekday), self->data->lang),
                           date, self->day + 1, self->days->len);
    }
  gtk_label_set_text (GTK_LABEL (self->title), text);
  gtk_widget_set_sensitive (self->before, self->day > 0);
  gtk_widget_set_sensitive (self->after, self->day + 1 < self->days->len);
}

static void
show (KafAttendanceSheet *self)
{
  g_autofree char *shape = NULL;
  gboolean any = self->data->mission->items->len > 0;
  gboolean some = kaf_mission_data_rows (self->data, "participant")->len > 0;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean inside = root != NULL && KAF_IS_ATTENDANCE_CELL (gtk_root_get_focus (root)) &&
                    gtk_widget_is_ancestor (gtk_root_get_focus (root), self->grid);

  gtk_widget_set_visible (self->bar, any);
  gtk_widget_set_visible (self->grid, any);
  gtk_widget_set_visible (self->help, any && some && self->writable);
  gtk_widget_set_visible (self->empty, !any || !some);
  kaf_text_set (KAF_TEXT (self->empty),
                !any ? _ ("No session yet: the programme is made in step 4.")
                : kaf_mission_data_may_make (self->data, "participant")
                    ? _ ("Nobody is on the list yet: add who comes, one a line, below.")
                    : _ ("Nobody is on the list yet: who keeps the mission adds who comes."));
  if (!any)
    {
      clear (self);
      g_clear_pointer (&self->shape, g_free);
      return;
    }
  show_day (self);
  shape = describe (self);
  if (g_strcmp0 (shape, self->shape) != 0)
    {
      make_grid (self);
      g_free (self->shape);
      self->shape = g_steal_pointer (&shape);
      if (inside)
        kaf_attendance_sheet_go (self, self->row, self->column);
    }
  show_marks (self);
}

gboolean
kaf_attendance_sheet_turn (KafAttendanceSheet *self, int by)
{
  gboolean inside =
      kaf_attendance_sheet_get_cell (self, self->row, self->column) != NULL &&
      gtk_widget_has_focus (kaf_attendance_sheet_get_cell (self, self->row, self->column));

  if (self->data == NULL || (by < 0 && self->day == 0) ||
      (by > 0 && self->day + 1 >= self->days->len))
    return FALSE;
  self->day = (guint) ((int) self->day + by);
  self->chosen = TRUE;
  show (self);
  if (inside)
    kaf_attendance_sheet_go (self, self->row, self->column);
  return TRUE;
}

static void
on_turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kaf_attendance_sheet_turn (KAF_ATTENDANCE_SHEET (widget), g_variant_get_int32 (parameter));
}

static void
kaf_attendance_sheet_class_init (KafAttendanceSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_attendance_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_attendance_sheet_finalize;
  gtk_widget_class_install_action (widget_class, "attendance.all", "s", on_all);
  gtk_widget_class_install_action (widget_class, "attendance.turn", "i", on_turn);
}

static GtkWidget *
turn_button_new (const char *icon, const char *name, int by)
{
  GtkWidget *button = kaf_record_section_icon_button (icon, name);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", by);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "attendance.turn");
  return button;
}

static void
make_bar (KafAttendanceSheet *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = gtk_label_new (NULL);
  self->before = turn_button_new ("go-previous-symbolic", _ ("Day before"), -1);
  self->after = turn_button_new ("go-next-symbolic", _ ("Day after"), 1);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (self->bar), self->before);
  gtk_box_append (GTK_BOX (self->bar), self->title);
  gtk_box_append (GTK_BOX (self->bar), self->after);
}

static void
kaf_attendance_sheet_init (KafAttendanceSheet *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->days = g_array_new (FALSE, FALSE, sizeof (KafDay));
  self->sessions = g_ptr_array_new_with_free_func (g_free);
  self->participants = g_ptr_array_new_with_free_func (g_free);
  self->heads = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
  make_bar (self);
  self->grid = gtk_grid_new ();
  self->empty = kaf_text_new (NULL, KAF_DRAWN_TEXT_DIM, NAME_WIDTH, KAF_TEXT_WHOLE);
  self->help = kaf_text_new (_ ("P present, A absent, E excused, Space changes, Delete takes back, "
                                "* all present; arrows walk, Page Down the next day."),
                             KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, NAME_WIDTH, KAF_TEXT_WHOLE);
  gtk_widget_add_css_class (self->grid, "card");
  gtk_widget_add_css_class (self->grid, "kaf-attendance");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  gtk_box_append (GTK_BOX (self), self->bar);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), self->empty);
  gtk_box_append (GTK_BOX (self), self->help);
  kaf_attendance_sheet_add_keys (self);
}

static void
on_marks_changed (KafAttendanceSheet *self)
{
  if (self->data != NULL)
    show_marks (self);
}

GtkWidget *
kaf_attendance_sheet_new (KafStore *store)
{
  KafAttendanceSheet *self = g_object_new (KAF_TYPE_ATTENDANCE_SHEET, NULL);

  self->marks = kaf_attendance_marks_new (store, GTK_WIDGET (self));
  g_signal_connect_swapped (self->marks, "changed", G_CALLBACK (on_marks_changed), self);
  return GTK_WIDGET (self);
}

void
kaf_attendance_sheet_set (KafAttendanceSheet *self, const KafMissionData *data, gboolean writable)
{
  g_return_if_fail (KAF_IS_ATTENDANCE_SHEET (self));

  kaf_attendance_marks_set (self->marks, data);
  self->data = data;
  self->writable = writable;
  read_days (self);
  show (self);
}

gboolean
kaf_attendance_sheet_lead (KafAttendanceSheet *self, const char *session)
{
  const KafItem *item;
  guint column;

  g_return_val_if_fail (KAF_IS_ATTENDANCE_SHEET (self), FALSE);

  item = self->data != NULL && session != NULL
             ? kaf_mission_find_item (self->data->mission, session)
             : NULL;
  for (guint i = 0; item != NULL && i < self->days->len; i++)
    if (g_array_index (self->days, KafDay, i) == item->day)
      kaf_attendance_sheet_turn (self, (int) i - (int) self->day);
  if (item == NULL ||
      !g_ptr_array_find_with_equal_func (self->sessions, session, g_str_equal, &column))
    return FALSE;
  /* Held already: it is the attendance that lacks. */
  if (item->state == KAF_ITEM_HELD && kaf_attendance_sheet_go (self, 0, column))
    return TRUE;
  return kaf_attendance_head_lead (g_ptr_array_index (self->heads, column));
}

KafDay
kaf_attendance_sheet_get_day (KafAttendanceSheet *self)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_SHEET (self), KAF_DAY_UNKNOWN);
  return self->day < self->days->len ? g_array_index (self->days, KafDay, self->day)
                                     : KAF_DAY_UNKNOWN;
}

const char *
kaf_attendance_sheet_get_count (KafAttendanceSheet *self, guint column)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_SHEET (self) && column < self->heads->len, NULL);
  return kaf_attendance_head_get_count (g_ptr_array_index (self->heads, column));
}

gboolean
kaf_attendance_sheet_is_settled (KafAttendanceSheet *self)
{
  g_return_val_if_fail (KAF_IS_ATTENDANCE_SHEET (self), TRUE);
  return kaf_attendance_marks_is_settled (self->marks);
}
