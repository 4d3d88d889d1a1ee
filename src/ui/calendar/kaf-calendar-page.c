/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid moves at once; what stands on the days comes behind. Widgets change in place. */
#include "config.h"

#include "ui/calendar/kaf-calendar-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "exchange/kaf-agenda-text.h"
#include "ui/app/kaf-day-watch.h"
#include "store/kaf-agenda-missions.h"
#include "ui/app/kaf-home-row.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/calendar/kaf-calendar-export.h"
#include "ui/compat/kaf-text.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

#define SIDE_BY_SIDE 700 /* px */
#define GRID_PERCENT 66

struct _KafCalendarPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GCancellable *cancellable; /* of the reading under way */
  guint reading;
  KafDay today;
  KafDay day;
  KafDay shown;      /* the first day of the grid for which items hold */
  GPtrArray *items;  /* of the days shown; NULL: not read yet */
  gboolean stale;    /* the store changed while the page did not show */
  gboolean day_over; /* another day began since it was read */
  gboolean missions; /* those alone */
  KafQuery *only;    /* of them these; nullable */
  gboolean mine;     /* and those that I follow */

  GtkWidget *frame;
  GtkWidget *title;
  GtkWidget *grid;
  GtkWidget *section;
  GtkWidget *date;
  GtkWidget *list;
  GtkWidget *sentence;
  GtkWidget *legend;
};

G_DEFINE_FINAL_TYPE (KafCalendarPage, kaf_calendar_page, GTK_TYPE_BOX)

/* Reading */

typedef struct
{
  KafDay day; /* whose month is read; unknown: today */
  KafDay first;
  KafDay today;
  KafLang lang;
  gboolean missions;
  KafQuery *only; /* nullable */
  gboolean mine;
  GPtrArray *items; /* (element-type KafAgendaItem) */
} Month;

static void
month_free (Month *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->only, kaf_query_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Month, month_free)

static gpointer
read_month (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Month *asked = data;
  g_autoptr (Month) month = g_new0 (Month, 1);
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));

  month->today = kaf_day_parse (today);
  month->day = asked->day != KAF_DAY_UNKNOWN ? asked->day : month->today;
  month->first = kaf_month_first_shown (month->day);
  month->items = (asked->missions ? kaf_agenda_read_missions : kaf_agenda_read) (
      db, month->first, month->first + KAF_MONTH_DAYS - 1, month->today, asked->lang, cancellable,
      error);
  if (month->items == NULL ||
      !kaf_agenda_keep_missions (db, month->items, asked->only,
                                 asked->mine ? kaf_database_get_author (db) : NULL, error))
    return NULL;
  return g_steal_pointer (&month);
}

/* The list of the day */

static void
fill_row (KafHomeRow *row, const KafAgendaItem *item)
{
  static const char *const icons[] = {
    [KAF_AGENDA_SESSION] = "x-office-presentation-symbolic",
    [KAF_AGENDA_MEETING] = "chat-message-new-symbolic",
    [KAF_AGENDA_DUE] = "content-loading-symbolic",
    [KAF_AGENDA_END] = "application-certificate-symbolic",
    [KAF_AGENDA_MISSION] = "emoji-flags-symbolic",
  };
  g_autofree char *title = kaf_agenda_text_title (item);
  g_autofree char *context = kaf_agenda_text_context (item);
  g_autofree char *line = kaf_bidi_line (title);
  const char *style = NULL;
  const char *state = kaf_agenda_text_state (item, &style);

  kaf_home_row_set_text (
      row, item->state == KAF_AGENDA_DONE ? "object-select-symbolic" : icons[item->kind], line,
      context);
  kaf_home_row_set_pill (row, state, style);
  kaf_home_row_set_target (row, "win.open-record", g_variant_new ("(ss)", item->entity, item->id));
}

static void
show_day (KafCalendarPage *self)
{
  g_autofree char *iso = kaf_day_to_iso (self->day);
  g_autofree char *date = kaf_date_format (iso, self->lang, KAF_DATE_WEEKDAY);
  int n = 0;
  GtkListBoxRow *row;

  gtk_label_set_label (GTK_LABEL (self->date), date);
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (self->items, i);

      if (!kaf_agenda_item_is_on (item, self->day))
        continue;
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), n++);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (kaf_home_row_new ());
          gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
        }
      fill_row (KAF_HOME_ROW (row), item);
    }
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->sentence, n == 0);
  kaf_text_set (KAF_TEXT (self->sentence),
                self->items != NULL ? _ ("Nothing on this day.") : _ ("Looking…"));
}

/* "November 2026", as a title. */
static char *
make_title (KafDay day, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;
  g_autofree char *upper = NULL;

  iso[strlen ("2026-11")] = '\0';
  text = kaf_date_format (iso, lang, KAF_DATE_LONG);
  first = g_utf8_substring (text, 0, 1);
  upper = g_utf8_strup (first, -1);
  return g_strconcat (upper, g_utf8_next_char (text), NULL);
}

static void
show_month (KafCalendarPage *self)
{
  g_autofree char *title = make_title (self->day, self->lang);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  kaf_month_grid_set (KAF_MONTH_GRID (self->grid), self->day, self->today, self->items);
  show_day (self);
}

static void go_to (KafCalendarPage *self, KafDay day);

/* Who stood on today stands on it again, on the day after; who looked elsewhere stays there. */
static gboolean
follow_day (KafCalendarPage *self, KafDay before)
{
  gboolean follows = self->day_over && self->day == before && self->today != before;

  self->day_over = FALSE;
  if (follows)
    go_to (self, self->today);
  return follows;
}

static void
on_month (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafCalendarPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Month) month = kaf_store_run_finish (KAF_STORE (source), result, &error);
  gboolean first;
  KafDay before;

  self->reading--;
  /* Another one is on its way, or the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->grid == NULL)
    return;
  if (month == NULL)
    {
      g_warning ("Reading the calendar failed: %s", error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->items != NULL);
      return;
    }
  first = self->day == KAF_DAY_UNKNOWN;
  before = self->today;
  self->today = month->today;
  if (first)
    self->day = month->day;
  /* The cursor may have moved within the month meanwhile. */
  if (kaf_month_first_shown (self->day) != month->first)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_steal_pointer (&month->items);
  self->shown = month->first;
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  if (!follow_day (self, before))
    show_month (self);
  if (first)
    kaf_month_grid_focus (KAF_MONTH_GRID (self->grid));
}

static void
stop_reading (KafCalendarPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
refresh (KafCalendarPage *self)
{
  Month *asked = g_new0 (Month, 1);

  stop_reading (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  self->reading++;
  asked->day = self->day;
  asked->lang = self->lang;
  asked->missions = self->missions;
  asked->only = self->only != NULL ? kaf_query_copy (self->only) : NULL;
  asked->mine = self->mine;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_month, asked, (GDestroyNotify) month_free,
                       (GDestroyNotify) month_free, self->cancellable, on_month,
                       g_object_ref (self));
}

static void
read_again (KafCalendarPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafCalendarPage *self)
{
  read_again (self);
}

static void
on_day (KafCalendarPage *self)
{
  self->day_over = TRUE;
  read_again (self);
}

static void
go_to (KafCalendarPage *self, KafDay day)
{
  if (day == KAF_DAY_UNKNOWN || day == self->day)
    return;
  self->day = day;
  if (kaf_month_first_shown (day) == self->shown && self->items != NULL)
    {
      show_month (self);
      return;
    }
  /* Those of another month. */
  g_clear_pointer (&self->items, g_ptr_array_unref);
  show_month (self);
  refresh (self);
}

static void
on_moved (KafMonthGrid *grid, guint day, KafCalendarPage *self)
{
  go_to (self, day);
}

/* One entry is opened at once; of several the list is entered. */
static void
on_opened (KafMonthGrid *grid, guint day, KafCalendarPage *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (first == NULL)
    return;
  if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 1) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else
    gtk_widget_activate (GTK_WIDGET (first));
}

/* Back from the list to its day. */
static gboolean
on_list_key (GtkEventControllerKey *keys,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             KafCalendarPage *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  kaf_month_grid_focus (KAF_MONTH_GRID (self->grid));
  return GDK_EVENT_STOP;
}

/* Actions */

static void
on_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (widget);

  go_to (self, kaf_day_add_months (self->day, -1));
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (widget);

  go_to (self, kaf_day_add_months (self->day, 1));
}

static void
on_today (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (widget);

  go_to (self, self->today);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_CALENDAR_PAGE (widget));
}

static void
on_go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to (KAF_CALENDAR_PAGE (widget), kaf_day_parse (g_variant_get_string (parameter, NULL)));
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean year = g_str_equal (g_variant_get_string (parameter, NULL), "year");
  g_autofree char *iso = kaf_day_to_iso (self->day);
  KafDay first;

  if (iso == NULL || !KAF_IS_WINDOW (root))
    return;
  iso[8] = '0';
  iso[9] = '1';
  first = kaf_day_parse (iso);
  kaf_calendar_export_file (KAF_WINDOW (root), first,
                            kaf_day_add_months (first, year ? 12 : 1) - 1);
}

static void
kaf_calendar_page_map (GtkWidget *widget)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_calendar_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_calendar_page_dispose (GObject *object)
{
  KafCalendarPage *self = KAF_CALENDAR_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->store);
  self->grid = NULL;
  G_OBJECT_CLASS (kaf_calendar_page_parent_class)->dispose (object);
}

static void
kaf_calendar_page_finalize (GObject *object)
{
  g_clear_pointer (&KAF_CALENDAR_PAGE (object)->items, g_ptr_array_unref);
  g_clear_pointer (&KAF_CALENDAR_PAGE (object)->only, kaf_query_unref);
  G_OBJECT_CLASS (kaf_calendar_page_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  const GdkModifierType control = GDK_CONTROL_MASK;

  /* Wherever the focus is; on the grid the same keys do it alone. */
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Up, control, "calendar.previous", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Down, control, "calendar.next", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Home, control, "calendar.today", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_y, control | GDK_SHIFT_MASK,
                                       "calendar.export", "s", "year");
}

static void
kaf_calendar_page_class_init (KafCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_calendar_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_calendar_page_finalize;
  widget_class->map = kaf_calendar_page_map;
  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, on_today);
  gtk_widget_class_install_action (widget_class, "calendar.go", "s", on_go);
  gtk_widget_class_install_action (widget_class, "calendar.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "calendar.export", "s", on_export);
  add_keys (widget_class);
}

/* Making */

static GtkWidget *
make_icon_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = kaf_record_section_icon_button (icon, name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_header (KafCalendarPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Calendar"), NULL);
  GtkWidget *export = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("Export This Month…"), "calendar.export::month");
  g_menu_append (menu, _ ("Export Twelve Months…"), "calendar.export::year");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (export), "document-save-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (export), G_MENU_MODEL (menu));
  kaf_tooltip_set (export, _ ("Export for Another Calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (export), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Export for Another Calendar"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), export);
  return header;
}

static GtkWidget *
make_month (KafCalendarPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *today = gtk_button_new_with_label (_ ("Today"));

  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "title-2");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (today), "calendar.today");
  gtk_widget_add_css_class (today, "flat");
  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), make_icon_button ("go-previous-symbolic", _ ("Previous Month"),
                                                    "calendar.previous"));
  gtk_box_append (GTK_BOX (line), today);
  gtk_box_append (GTK_BOX (line),
                  make_icon_button ("go-next-symbolic", _ ("Next Month"), "calendar.next"));
  self->grid = kaf_month_grid_new (self->lang);
  gtk_widget_set_vexpand (self->grid, TRUE);
  gtk_widget_add_css_class (self->grid, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Calendar"), -1);
  g_signal_connect_object (self->grid, "moved", G_CALLBACK (on_moved), self, 0);
  g_signal_connect_object (self->grid, "opened", G_CALLBACK (on_opened), self, 0);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->grid);
  return box;
}

/* What the marks stand for. */
static GtkWidget *
make_legend (void)
{
  GtkWidget *label = gtk_label_new (_ (
      "A square is a session or a meeting, a ring a due date, a diamond the end of a convention. The arrows "
      "move the day, Page Up and Page Down the month, Home goes to today, Enter opens."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "kaf-wraps");
  return label;
}

static GtkWidget *
make_day (KafCalendarPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->date = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->date), 0);
  gtk_label_set_wrap (GTK_LABEL (self->date), TRUE);
  gtk_widget_add_css_class (self->date, "heading");
  gtk_widget_set_size_request (self->date, -1, 34);
  self->list = kaf_record_section_list (_ ("Entries of the day"));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, keys);
  self->sentence = kaf_record_section_sentence (NULL);
  gtk_box_append (GTK_BOX (box), self->date);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->sentence);
  self->legend = make_legend ();
  gtk_box_append (GTK_BOX (box), self->legend);
  return box;
}

static void
kaf_calendar_page_init (KafCalendarPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *columns;

  self->lang = kaf_application_get_lang ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  columns = kaf_columns_new (make_month (self), make_day (self), SIDE_BY_SIDE, GRID_PERCENT, 18);
  gtk_widget_add_css_class (columns, "kaf-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), columns);
  self->frame =
      kaf_read_frame_new (scrolled, _ ("The Calendar Could Not Be Read"), "calendar.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_calendar_page_new (KafStore *store)
{
  KafCalendarPage *self = g_object_new (KAF_TYPE_CALENDAR_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (on_day), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kaf_calendar_page_new_missions (KafStore *store)
{
  KafCalendarPage *self = g_object_new (KAF_TYPE_CALENDAR_PAGE, NULL);

  self->store = g_object_ref (store);
  self->missions = TRUE;
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self)), FALSE);
  gtk_label_set_label (
      GTK_LABEL (self->legend),
      _ ("A ring is a mission, a square one of its sessions. The arrows move the "
         "day, Page Up and Page Down the month, Home goes to today, Enter opens."));
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}

void
kaf_calendar_page_set_only (KafCalendarPage *self, const KafQuery *only, gboolean mine)
{
  g_return_if_fail (KAF_IS_CALENDAR_PAGE (self));

  g_clear_pointer (&self->only, kaf_query_unref);
  self->only = only != NULL ? kaf_query_copy (only) : NULL;
  self->mine = mine;
  read_again (self);
}

gboolean
kaf_calendar_page_is_settled (KafCalendarPage *self)
{
  g_return_val_if_fail (KAF_IS_CALENDAR_PAGE (self), FALSE);
  return self->reading == 0 && !self->stale &&
         (self->items != NULL || kaf_read_frame_has_failed (KAF_READ_FRAME (self->frame)));
}

KafDay
kaf_calendar_page_get_day (KafCalendarPage *self)
{
  g_return_val_if_fail (KAF_IS_CALENDAR_PAGE (self), KAF_DAY_UNKNOWN);
  return self->day;
}

KafMonthGrid *
kaf_calendar_page_get_grid (KafCalendarPage *self)
{
  g_return_val_if_fail (KAF_IS_CALENDAR_PAGE (self), NULL);
  return KAF_MONTH_GRID (self->grid);
}

GtkListBox *
kaf_calendar_page_get_list (KafCalendarPage *self)
{
  g_return_val_if_fail (KAF_IS_CALENDAR_PAGE (self), NULL);
  return GTK_LIST_BOX (self->list);
}
