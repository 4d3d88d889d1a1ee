/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board is built anew with each mission that it is given: thirty sessions are some three hundred light widgets. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-programme-block.h"
#include "ui/mission/kaf-programme-board-private.h"
#include "ui/mission/kaf-programme-text.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-wrap.h"

#define NARROW_BELOW 520 /* px */
#define DAY_WIDTH 108    /* px, at least: six of them beside the names of half-days */
#define STRIP_WIDTH 12
#define GAP 7
#define ROW_HEIGHT 120

G_DEFINE_FINAL_TYPE (KafProgrammeBoard, kaf_programme_board, GTK_TYPE_WIDGET)

guint kaf_halves_signals[KAF_HALVES_N_SIGNALS];

/* Columns and stops */

static void
free_column (gpointer data)
{
  KafHalvesColumn *column = data;

  g_ptr_array_unref (column->widgets);
  g_free (column);
}

KafHalvesColumn *
kaf_halves_column (KafProgrammeBoard *self, int column)
{
  return column >= 0 && (guint) column < self->columns->len
             ? g_ptr_array_index (self->columns, column)
             : NULL;
}

static void
on_focus (GtkEventControllerFocus *focus, KafProgrammeBoard *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));

  if (self->moving != NULL)
    return;
  for (guint i = 0; i < self->stops->len; i++)
    {
      const KafHalvesStop *stop = &g_array_index (self->stops, KafHalvesStop, i);

      if (stop->widget != widget)
        continue;
      /* The tray remembers the day above it. */
      if (stop->row != KAF_HALVES_TRAY)
        self->column = stop->column;
      else
        self->column = MAX (self->column, 0);
      self->row = stop->row;
      self->index = stop->index;
    }
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, KafProgrammeBoard *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  const KafHalvesStop *stop;

  kaf_halves_cancel_move (self);
  gtk_widget_grab_focus (widget);
  stop = kaf_halves_stop_at_cursor (self);
  if (stop == NULL || stop->widget != widget)
    return;
  if (stop->id == NULL)
    kaf_halves_ask_add (self, stop->column, stop->row);
  else if (n == 2)
    g_signal_emit (self, kaf_halves_signals[KAF_HALVES_EDIT], 0, stop->id);
}

static void
add_stop (
    KafProgrammeBoard *self, GtkWidget *widget, int column, int row, int index, const KafItem *item)
{
  KafHalvesStop stop = { widget, column, row, index, item != NULL ? item->id : NULL };
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_array_append_val (self->stops, stop);
  g_signal_connect (focus, "enter", G_CALLBACK (on_focus), self);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect (click, "released", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/* What is wanted */

void
kaf_halves_ask_move (KafProgrammeBoard *self, const char *id, int column, int row)
{
  KafHalvesColumn *to = row == KAF_HALVES_TRAY ? NULL : kaf_halves_column (self, column);
  const KafItem *item = kaf_mission_find_item (self->mission, id);
  KafDay day = to != NULL ? to->day.day : KAF_DAY_UNKNOWN;

  if (item == NULL || !self->writable ||
      (item->day == day && (day == KAF_DAY_UNKNOWN || item->afternoon == (row == 1))))
    return;
  g_signal_emit (self, kaf_halves_signals[KAF_HALVES_MOVE], 0, id, day, to != NULL && row == 1);
}

void
kaf_halves_ask_add (KafProgrammeBoard *self, int column, int row)
{
  KafHalvesColumn *at = row == KAF_HALVES_TRAY ? NULL : kaf_halves_column (self, column);

  if (self->writable)
    g_signal_emit (self, kaf_halves_signals[KAF_HALVES_ADD], 0,
                   at != NULL ? at->day.day : KAF_DAY_UNKNOWN, at != NULL && row == 1);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, KafProgrammeBoard *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  const char *id = kaf_programme_block_read_drag (value);

  if (id == NULL || kaf_mission_find_item (self->mission, id) == NULL)
    return FALSE;
  if (widget == self->tray)
    {
      kaf_halves_ask_move (self, id, 0, KAF_HALVES_TRAY);
      return TRUE;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      KafHalvesColumn *column = g_ptr_array_index (self->columns, i);

      for (int row = 0; row < 2; row++)
        if (column->cells[row] == widget)
          {
            kaf_halves_ask_move (self, id, (int) i, row);
            return TRUE;
          }
    }
  return FALSE;
}

static void
take_drops (KafProgrammeBoard *self, GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/* Days */

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
heading_new (KafProgrammeBoard *self, const KafProgrammeDay *day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = kaf_programme_day_name (day->day, self->lang);

  gtk_box_append (GTK_BOX (box), label_new (name, "caption-heading"));
  if (day->ramadan)
    gtk_box_append (GTK_BOX (box), label_new (_ ("Ramadan"), "kaf-ramadan"));
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  gtk_widget_set_size_request (box, DAY_WIDTH, -1);
  return box;
}

/* Says in words why it is hatched, and what can be done with it. */
static void
fill_free (KafProgrammeBoard *self, GtkWidget *cell, const KafProgrammeDay *day, int row)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gboolean says = day->holiday != NULL && row == 0;

  gtk_widget_set_valign (middle, says ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (middle, TRUE);
  gtk_widget_set_halign (middle, GTK_ALIGN_CENTER);
  if (says)
    {
      gtk_box_append (GTK_BOX (middle),
                      gtk_image_new_from_icon_name ("x-office-calendar-symbolic"));
      gtk_box_append (GTK_BOX (middle), label_new (_ ("Public holiday"), "caption-heading"));
      gtk_box_append (GTK_BOX (middle), label_new (day->holiday->title, "caption"));
      gtk_widget_set_margin_top (middle, 24);
    }
  else if (day->holiday == NULL && !day->weekend)
    {
      if (self->writable)
        gtk_box_append (GTK_BOX (middle), gtk_image_new_from_icon_name ("list-add-symbolic"));
      gtk_box_append (GTK_BOX (middle), label_new (C_ ("half-day", "free"), "caption"));
      gtk_widget_add_css_class (middle, "dim-label");
    }
  gtk_box_append (GTK_BOX (cell), middle);
}

static void
name_cell (KafProgrammeBoard *self, KafHalvesColumn *column, int row)
{
  g_autofree char *text = kaf_programme_free_text (&column->day, row == 1, self->lang);

  gtk_accessible_update_property (GTK_ACCESSIBLE (column->cells[row]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
add_cell (KafProgrammeBoard *self, KafHalvesColumn *column, int place, int row)
{
  g_autoptr (GPtrArray) items = kaf_programme_list_items (self->mission, column->day.day, row == 1);
  GtkWidget *cell = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  GAP, "css-name", "programmecell", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_GRID_CELL, NULL);
  int number = (int) self->columns->len;

  column->cells[row] = cell;
  g_ptr_array_add (column->widgets, cell);
  gtk_widget_set_vexpand (cell, TRUE);
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_widget_set_size_request (cell, -1, ROW_HEIGHT);
  if (column->day.weekend || column->day.holiday != NULL)
    gtk_widget_add_css_class (cell, "off");
  name_cell (self, column, row);
  for (guint i = 0; i < items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (items, i);
      GtkWidget *block =
          kaf_programme_block_new (self->mission, self->names, item, self->lang, self->writable);

      gtk_widget_set_vexpand (block, TRUE);
      gtk_box_append (GTK_BOX (cell), block);
      add_stop (self, block, number, row, (int) i, item);
    }
  if (items->len == 0)
    {
      gtk_widget_add_css_class (cell, "free");
      gtk_widget_set_focusable (cell, TRUE);
      fill_free (self, cell, &column->day, row);
      add_stop (self, cell, number, row, 0, NULL);
    }
  take_drops (self, cell);
  gtk_size_group_add_widget (self->rows[row + 1], cell);
  gtk_size_group_add_widget (self->widths, cell);
  gtk_grid_attach (GTK_GRID (self->grid), cell, place, row + 1, 1, 1);
}

static void
add_column (KafProgrammeBoard *self, const KafProgrammeDay *day, int place)
{
  KafHalvesColumn *column = g_new0 (KafHalvesColumn, 1);
  GtkWidget *heading = heading_new (self, day);

  column->day = *day;
  column->widgets = g_ptr_array_new ();
  g_ptr_array_add (column->widgets, heading);
  gtk_size_group_add_widget (self->rows[0], heading);
  gtk_size_group_add_widget (self->widths, heading);
  gtk_grid_attach (GTK_GRID (self->grid), heading, place, 0, 1, 1);
  for (int row = 0; row < 2; row++)
    add_cell (self, column, place, row);
  g_ptr_array_add (self->columns, column);
}

/* A weekend without sessions is told by a strip. */
static void
add_strip (KafProgrammeBoard *self, int place)
{
  GtkWidget *strip = g_object_new (GTK_TYPE_BOX, "css-name", "programmecell", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (strip, "off");
  gtk_widget_set_size_request (strip, STRIP_WIDTH, -1);
  kaf_tooltip_set (strip, _ ("Weekend"));
  gtk_grid_attach (GTK_GRID (self->grid), strip, place, 1, 1, 2);
  g_ptr_array_add (self->strips, strip);
}

static void
add_days (KafProgrammeBoard *self)
{
  g_autoptr (GArray) days = kaf_programme_list_days (self->mission, self->holidays);
  gboolean folded = FALSE;

  for (guint i = 0; i < days->len; i++)
    {
      const KafProgrammeDay *day = &g_array_index (days, KafProgrammeDay, i);

      if (day->weekend && day->n_items == 0)
        {
          if (!folded)
            add_strip (self, (int) i);
          folded = TRUE;
          continue;
        }
      /* What lies between the mission and a session outside it is not drawn day by day. */
      if (day->outside && day->n_items == 0)
        continue;
      folded = FALSE;
      add_column (self, day, (int) i);
    }
}

static void
add_tray (KafProgrammeBoard *self)
{
  g_autoptr (GPtrArray) items = kaf_programme_list_items (self->mission, KAF_DAY_UNKNOWN, FALSE);

  kaf_wrap_clear (KAF_WRAP (self->tray));
  for (guint i = 0; i < items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (items, i);
      GtkWidget *block =
          kaf_programme_block_new (self->mission, self->names, item, self->lang, self->writable);

      kaf_wrap_append (KAF_WRAP (self->tray), block);
      add_stop (self, block, 0, KAF_HALVES_TRAY, (int) i, item);
    }
  if (items->len == 0)
    {
      GtkWidget *none =
          gtk_label_new (self->mission->items->len > 0 ? _ ("every session has its half-day")
                                                       : _ ("no session yet"));

      gtk_widget_add_css_class (none, "dim-label");
      gtk_widget_add_css_class (none, "caption");
      kaf_wrap_append (KAF_WRAP (self->tray), none);
    }
}

/* Narrow and wide */

void
kaf_halves_show_column (KafProgrammeBoard *self, int column)
{
  KafHalvesColumn *shown;
  g_autofree char *name = NULL;

  self->shown = self->columns->len > 0 ? CLAMP (column, 0, (int) self->columns->len - 1) : 0;
  for (guint i = 0; i < self->columns->len; i++)
    {
      KafHalvesColumn *one = g_ptr_array_index (self->columns, i);

      for (guint n = 0; n < one->widgets->len; n++)
        gtk_widget_set_visible (g_ptr_array_index (one->widgets, n),
                                !self->narrow || ((int) i == self->shown && n > 0));
    }
  for (guint i = 0; i < self->strips->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->strips, i), !self->narrow);
  gtk_widget_set_visible (self->pager, self->narrow && self->columns->len > 0);
  gtk_widget_set_sensitive (self->pager_back, self->shown > 0);
  gtk_widget_set_sensitive (self->pager_next, self->shown + 1 < (int) self->columns->len);
  shown = kaf_halves_column (self, self->shown);
  if (shown == NULL)
    return;
  name = kaf_programme_day_name (shown->day.day, self->lang);
  if (shown->day.ramadan)
    {
      g_autofree char *both = g_strdup_printf ("%s · %s", name, _ ("Ramadan"));

      gtk_label_set_text (GTK_LABEL (self->pager_label), both);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->pager_label), name);
}

static gboolean
on_relayout (gpointer data)
{
  KafProgrammeBoard *self = data;

  self->relayout = 0;
  kaf_halves_show_column (self, MAX (self->column, 0));
  return G_SOURCE_REMOVE;
}

static void
kaf_programme_board_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gtk_widget_measure (KAF_PROGRAMME_BOARD (widget)->box, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
kaf_programme_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafProgrammeBoard *self = KAF_PROGRAMME_BOARD (widget);
  gboolean narrow = width < NARROW_BELOW;

  gtk_widget_size_allocate (self->box, &(GtkAllocation){ 0, 0, width, height }, -1);
  if (narrow == self->narrow)
    return;
  /* What shows must not change while it is laid out. */
  self->narrow = narrow;
  if (self->relayout == 0)
    self->relayout = g_idle_add (on_relayout, self);
}

static void
on_page (KafProgrammeBoard *self, int step)
{
  kaf_halves_show_column (self, self->shown + step);
}

static void
on_page_back (KafProgrammeBoard *self)
{
  on_page (self, -1);
}

static void
on_page_next (KafProgrammeBoard *self)
{
  on_page (self, 1);
}

/* The widget */

static void
kaf_programme_board_dispose (GObject *object)
{
  KafProgrammeBoard *self = KAF_PROGRAMME_BOARD (object);

  g_clear_handle_id (&self->relayout, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    g_clear_object (&self->rows[i]);
  g_clear_object (&self->widths);
  G_OBJECT_CLASS (kaf_programme_board_parent_class)->dispose (object);
}

static void
kaf_programme_board_finalize (GObject *object)
{
  KafProgrammeBoard *self = KAF_PROGRAMME_BOARD (object);

  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->holidays, g_ptr_array_unref);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->strips);
  g_array_unref (self->stops);
  g_free (self->moving);
  G_OBJECT_CLASS (kaf_programme_board_parent_class)->finalize (object);
}

/* Free half-days are boxes, which Tab passes over: it comes to where the cursor stands, and arrows lead on. */
static gboolean
kaf_programme_board_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KafProgrammeBoard *self = KAF_PROGRAMME_BOARD (widget);
  const KafHalvesStop *stop = kaf_halves_stop_at_cursor (self);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) == NULL && stop != NULL)
    return gtk_widget_grab_focus (stop->widget);
  return GTK_WIDGET_CLASS (kaf_programme_board_parent_class)->focus (widget, direction);
}

static void
kaf_programme_board_class_init (KafProgrammeBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_programme_board_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_programme_board_finalize;
  widget_class->focus = kaf_programme_board_focus;
  widget_class->measure = kaf_programme_board_measure;
  widget_class->size_allocate = kaf_programme_board_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "programmeboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  kaf_halves_signals[KAF_HALVES_MOVE] =
      g_signal_new ("move-item", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_STRING, G_TYPE_UINT, G_TYPE_BOOLEAN);
  kaf_halves_signals[KAF_HALVES_EDIT] = g_signal_new ("edit-item", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  kaf_halves_signals[KAF_HALVES_ADD] =
      g_signal_new ("add-item", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_UINT, G_TYPE_BOOLEAN);
  kaf_halves_signals[KAF_HALVES_REMOVE] = g_signal_new (
      "remove-item", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
half_label_new (KafProgrammeBoard *self, int row, const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "kaf-half-name");
  gtk_widget_set_vexpand (label, row > 0);
  gtk_size_group_add_widget (self->rows[row], label);
  return label;
}

static GtkWidget *
frame_new (KafProgrammeBoard *self)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *names = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_grid_set_row_spacing (GTK_GRID (names), GAP);
  gtk_grid_attach (GTK_GRID (names), half_label_new (self, 0, ""), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (names), half_label_new (self, 1, _ ("Morning")), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (names), half_label_new (self, 2, _ ("Afternoon")), 0, 2, 1, 1);
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), GAP);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), GAP);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (frame), names);
  gtk_box_append (GTK_BOX (frame), scrolled);
  return frame;
}

static GtkWidget *
pager_new (KafProgrammeBoard *self)
{
  GtkWidget *pager = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->pager_back = kaf_record_section_icon_button ("go-previous-symbolic", _ ("Day before"));
  self->pager_next = kaf_record_section_icon_button ("go-next-symbolic", _ ("Next day"));
  self->pager_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->pager_label, "heading");
  gtk_widget_set_hexpand (self->pager_label, TRUE);
  g_signal_connect_swapped (self->pager_back, "clicked", G_CALLBACK (on_page_back), self);
  g_signal_connect_swapped (self->pager_next, "clicked", G_CALLBACK (on_page_next), self);
  gtk_box_append (GTK_BOX (pager), self->pager_back);
  gtk_box_append (GTK_BOX (pager), self->pager_label);
  gtk_box_append (GTK_BOX (pager), self->pager_next);
  gtk_widget_set_visible (pager, FALSE);
  return pager;
}

static GtkWidget *
tray_new (KafProgrammeBoard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->tray_label = gtk_label_new (_ ("To place"));
  gtk_widget_add_css_class (self->tray_label, "dim-label");
  gtk_widget_add_css_class (self->tray_label, "caption");
  self->tray = kaf_wrap_new (6, 6);
  gtk_widget_set_hexpand (self->tray, TRUE);
  gtk_widget_add_css_class (self->tray, "kaf-programme-tray");
  take_drops (self, self->tray);
  gtk_box_append (GTK_BOX (line), self->tray_label);
  gtk_box_append (GTK_BOX (line), self->tray);
  return line;
}

static void
kaf_programme_board_init (KafProgrammeBoard *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    self->rows[i] = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
  self->widths = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->columns = g_ptr_array_new_with_free_func (free_column);
  self->strips = g_ptr_array_new ();
  self->stops = g_array_new (FALSE, TRUE, sizeof (KafHalvesStop));
  self->column = -1;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->pager = pager_new (self);
  self->frame = frame_new (self);
  self->sentence =
      kaf_record_section_sentence (_ ("The days show once the dates of the mission are known."));
  gtk_box_append (GTK_BOX (self->box), self->pager);
  gtk_box_append (GTK_BOX (self->box), self->frame);
  gtk_box_append (GTK_BOX (self->box), self->sentence);
  gtk_box_append (GTK_BOX (self->box), tray_new (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Programme by half-days"), -1);
  kaf_halves_add_keys (self);
}

GtkWidget *
kaf_programme_board_new (KafLang lang)
{
  KafProgrammeBoard *self = g_object_new (KAF_TYPE_PROGRAMME_BOARD, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

/* What had the focus, in words that outlive the widgets. */
typedef struct
{
  gboolean had;
  char *id;
  KafDay day;
  int row;
} Memory;

static Memory
remember (KafProgrammeBoard *self)
{
  const KafHalvesStop *stop = self->mission != NULL ? kaf_halves_stop_at_cursor (self) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  Memory memory = { 0 };

  memory.had = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  if (stop == NULL)
    return memory;
  memory.id = g_strdup (self->moving != NULL ? self->moving : stop->id);
  memory.row = stop->row;
  if (stop->row != KAF_HALVES_TRAY)
    memory.day = kaf_halves_column (self, stop->column)->day.day;
  return memory;
}

static const KafHalvesStop *
find_remembered (KafProgrammeBoard *self, const Memory *memory)
{
  for (guint i = 0; i < self->stops->len && memory->id != NULL; i++)
    {
      const KafHalvesStop *stop = &g_array_index (self->stops, KafHalvesStop, i);

      if (g_strcmp0 (stop->id, memory->id) == 0)
        return stop;
    }
  for (guint i = 0; i < self->columns->len && memory->day != KAF_DAY_UNKNOWN; i++)
    if (kaf_halves_column (self, (int) i)->day.day == memory->day)
      return kaf_halves_find_stop (self, (int) i, memory->row, 0);
  return self->stops->len > 0 ? &g_array_index (self->stops, KafHalvesStop, 0) : NULL;
}

static void
clear (KafProgrammeBoard *self)
{
  GtkWidget *child;

  g_array_set_size (self->stops, 0);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->strips, 0);
  g_clear_pointer (&self->moving, g_free);
  self->column = -1;
  self->row = self->index = 0;
}

void
kaf_programme_board_set (KafProgrammeBoard *self,
                         KafMission *mission,
                         GHashTable *names,
                         GPtrArray *holidays,
                         gboolean writable)
{
  Memory memory;
  const KafHalvesStop *stop;

  g_return_if_fail (KAF_IS_PROGRAMME_BOARD (self));

  memory = remember (self);
  clear (self);
  kaf_mission_ref (mission);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  self->mission = mission;
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = names != NULL ? g_hash_table_ref (names) : NULL;
  g_clear_pointer (&self->holidays, g_ptr_array_unref);
  self->holidays = holidays != NULL ? g_ptr_array_ref (holidays) : NULL;
  self->writable = writable;

  add_days (self);
  add_tray (self);
  gtk_widget_set_visible (self->frame, self->columns->len > 0);
  gtk_widget_set_visible (self->sentence, self->columns->len == 0);
  stop = find_remembered (self, &memory);
  if (stop != NULL)
    {
      self->column = stop->column;
      self->row = stop->row;
      self->index = stop->index;
    }
  kaf_halves_show_column (self, stop != NULL && stop->row != KAF_HALVES_TRAY ? stop->column
                                                                             : self->shown);
  if (stop != NULL && memory.had)
    gtk_widget_grab_focus (stop->widget);
  g_free (memory.id);
}

gboolean
kaf_programme_board_focus_item (KafProgrammeBoard *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BOARD (self), FALSE);

  for (guint i = 0; i < self->stops->len; i++)
    {
      KafHalvesStop stop = g_array_index (self->stops, KafHalvesStop, i);

      if (g_strcmp0 (stop.id, id) != 0)
        continue;
      if (stop.row != KAF_HALVES_TRAY)
        kaf_halves_show_column (self, stop.column);
      return gtk_widget_grab_focus (stop.widget);
    }
  return FALSE;
}

gboolean
kaf_programme_board_get_cursor (KafProgrammeBoard *self,
                                const char **id,
                                KafDay *day,
                                gboolean *afternoon)
{
  const KafHalvesStop *stop;

  g_return_val_if_fail (KAF_IS_PROGRAMME_BOARD (self), FALSE);

  stop = kaf_halves_stop_at_cursor (self);
  if (stop == NULL)
    return FALSE;
  *id = stop->id;
  *day = stop->row == KAF_HALVES_TRAY ? KAF_DAY_UNKNOWN
                                      : kaf_halves_column (self, stop->column)->day.day;
  *afternoon = stop->row == 1;
  return TRUE;
}

const char *
kaf_programme_board_get_moving (KafProgrammeBoard *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BOARD (self), NULL);

  return self->moving;
}

gboolean
kaf_programme_board_is_narrow (KafProgrammeBoard *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_BOARD (self), FALSE);

  return self->narrow;
}
