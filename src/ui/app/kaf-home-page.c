/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filled in two goes (kaf-home-data.h): the first is quick however many records there are, and brings
 * along what was counted last, so that the page is whole at once; when that is no longer what the store
 * holds, the second counts behind, on the lane that nobody waits for, and only while the page shows.
 * Read again, after a short rest, when the store changes. Widgets change in place. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-closed-page.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-home-data.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-home-part.h"
#include "ui/app/kaf-home-quality.h"
#include "ui/app/kaf-home-todo.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-row-names.h"
#include "ui/app/kaf-totals-page.h"
#include "ui/compat/kaf-tall.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/duplicates/kaf-suspect-watch.h"
#include "ui/list/kaf-list-empty.h"
#include "ui/record/kaf-columns.h"
#include "ui/mission/kaf-board-bars.h"
#include "ui/record/kaf-record-section.h"
#include "ui/target/kaf-target-card.h"
#include "ui/todo/kaf-todo-text.h"

#define REST 300 /* ms after a change before reading again: an import changes many times */
#define LAPSING_SHOWN 5

struct _KafHomePage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  KafHomeStart *start;
  KafHomeRest *rest;
  guint timer;
  guint tick;        /* waiting for a frame before counting */
  guint frames;      /* begun since */
  guint late;        /* waiting for a frame before what it does not show is made */
  guint late_frames; /* begun since */
  guint reading;     /* goes that are under way or due */
  gboolean stale;    /* changed, or left, before it was read */

  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *greeting;
  GtkWidget *date;
  GtkWidget *add;
  GtkWidget *totals; /* nullable: for who sees them alone */
  GtkWidget *start_column;
  GtkWidget *missions;
  GtkWidget *target;
  GtkWidget *end_column;
  KafHomePart todo, lapsing, recent, quality, countries, domains; /* made when first filled */
};

enum
{
  FILLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafHomePage, kaf_home_page, GTK_TYPE_BOX)

static void read_all (KafHomePage *self);

static void
make_todo (KafHomePage *self)
{
  KafRecordSection *section;
  GtkWidget *button;

  if (self->todo.section != NULL)
    return;
  kaf_home_part_make_list (&self->todo, self->start_column, _ ("To do"));
  gtk_box_reorder_child_after (GTK_BOX (self->start_column), self->todo.section, NULL);
  section = KAF_RECORD_SECTION (self->todo.section);
  button = kaf_record_section_add_button (section, _ ("Calendar"), _ ("Open the Calendar"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-calendar");
  button = kaf_record_section_add_button (section, _ ("See All"), _ ("See All That Is to Be Done"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-todo");
}

static void
show_todo (KafHomePage *self)
{
  g_autofree char *count = NULL;

  make_todo (self);
  if (self->rest != NULL)
    count = kaf_todo_text_count (self->rest->todo, self->rest->lang);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->todo.section), count);
  kaf_home_todo_fill (&self->todo, self->start, self->rest);
}

static void
fill_lapsing (KafHomeRow *row, const KafAgendaItem *item, const KafTodo *todo, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (item->from);
  g_autofree char *date = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *isolated = kaf_bidi_isolate (date);
  g_autofree char *until = g_strdup_printf (C_ ("convention", "until %s"), isolated);
  g_autofree char *title = kaf_bidi_line (item->title);
  KafDay today = todo->findings->day;
  guint left = item->from > today ? item->from - today : 0;
  g_autofree char *number = kaf_number_format (left, lang);
  /* Translators: how many days are left */
  g_autofree char *days = g_strdup_printf (ngettext ("%s day", "%s days", left), number);

  kaf_home_row_set_text (row, NULL, title, until);
  kaf_home_row_set_pill (row, days, left <= todo->lapse_soon ? "warning" : NULL);
  kaf_home_row_set_target (row, "win.open-record", g_variant_new ("(ss)", item->entity, item->id));
}

/* Conventions that lapse within the first term of the settings. */
static void
show_lapsing (KafHomePage *self)
{
  const KafTodo *todo = self->rest->todo;
  g_autofree char *number = kaf_number_format (todo->lapse_days, self->rest->lang);
  g_autofree char *note = NULL;
  KafHomeRow *last = NULL;

  if (todo->lapsing->len == 0 && self->lapsing.section == NULL)
    return;
  kaf_home_part_make_list (&self->lapsing, self->end_column, _ ("Conventions lapsing"));
  for (guint i = 0; i < todo->lapsing->len && i < LAPSING_SHOWN; i++)
    {
      last = kaf_home_part_next_row (&self->lapsing, last);
      fill_lapsing (last, g_ptr_array_index (todo->lapsing, i), todo, self->rest->lang);
    }
  note = g_strdup_printf (ngettext ("%s day", "%s days", todo->lapse_days), number);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->lapsing.section), note);
  kaf_home_part_end_rows (&self->lapsing, last, NULL);
  gtk_widget_set_visible (self->lapsing.section, last != NULL);
  /* Before the charts, whenever it came. */
  gtk_box_reorder_child_after (GTK_BOX (self->end_column), self->lapsing.section, NULL);
}

static void
show_recent (KafHomePage *self)
{
  const GPtrArray *rows = self->rest->recent;
  KafHomeRow *last = NULL;

  kaf_home_part_make_list (&self->recent, self->start_column, _ ("Changed last"));
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      const char *first;
      const char *second;
      g_autofree char *date = row->cells[0] != NULL ? kaf_bidi_isolate (row->cells[0]) : NULL;

      kaf_row_names (row, kaf_application_get_lang (), &first, &second);
      last = kaf_home_part_next_row (&self->recent, last);
      kaf_home_row_set_text (last, NULL, first, second);
      kaf_home_row_set_figure (last, date, TRUE);
      kaf_home_row_set_target (last, "win.open-record",
                               g_variant_new ("(ss)", row->entity->id, row->id));
    }
  kaf_home_part_end_rows (&self->recent, last, NULL);
  gtk_widget_set_visible (self->recent.section, last != NULL);
}

static void
show_charts (KafHomePage *self)
{
  kaf_home_part_make_bars (&self->countries, self->end_column, _ ("Experts by country"));
  kaf_home_part_make_bars (&self->domains, self->end_column, _ ("Experts by domain"));
  kaf_home_part_show_bars (&self->countries, "country", self->rest->countries);
  kaf_home_part_show_bars (&self->domains, "domains", self->rest->domains);
}

static GtkWidget *make_empty (void);

static void
show_greeting (KafHomePage *self)
{
  g_autofree char *name =
      self->start->author != NULL ? kaf_bidi_isolate (self->start->author) : NULL;
  g_autofree char *hello = name != NULL ? g_strdup_printf (_ ("Hello, %s"), name) : NULL;
  g_autofree char *date =
      kaf_date_format (self->start->today, kaf_application_get_lang (), KAF_DATE_WEEKDAY);

  gtk_label_set_label (GTK_LABEL (self->greeting), hello != NULL ? hello : _ ("Hello"));
  gtk_label_set_label (GTK_LABEL (self->date), date);
}

/* The count of 2030 reads for itself. */
static void
show_totals (KafHomePage *self)
{
  gtk_widget_set_visible (self->add, FALSE);
  if (self->totals != NULL)
    return;
  self->totals = kaf_totals_section_new ();
  gtk_box_prepend (GTK_BOX (self->start_column), self->totals);
}

static void
show_quality (KafHomePage *self)
{
  if (self->late != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->late);
  self->late = 0;
  kaf_home_quality_fill (&self->quality, self->start_column, self->start, self->rest);
}

/* Before the window shows: what would lie below it, however low its rows are, need not be there for its first frame. */
static gboolean
is_out_of_sight (KafHomePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int width;
  int height;

  if (!GTK_IS_WINDOW (root) || gtk_widget_get_mapped (GTK_WIDGET (self)) || self->late != 0 ||
      gtk_window_is_maximized (GTK_WINDOW (root)))
    return FALSE;
  gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  return kaf_home_part_least_height (&self->todo) + kaf_home_part_least_height (&self->recent) >
         height;
}

/* As on_frame(). */
static gboolean
on_late (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  if (++self->late_frames < 2)
    return G_SOURCE_CONTINUE;
  self->late = 0;
  show_quality (self);
  return G_SOURCE_REMOVE;
}

/* Made when first needed: most starts are not of an empty store. For a role of which no record comes here it tells what
 * the role is for, and is another when the role is. */
static void
show_empty (KafHomePage *self)
{
  GtkStack *stack = GTK_STACK (self->stack);
  GtkWidget *closed = gtk_stack_get_child_by_name (stack, "closed");
  gboolean due = kaf_closed_page_is_due (self->store);
  const KafEntity *expert = kaf_registry_find ("expert");
  gboolean adds = kaf_store_may_make (self->store, expert);

  if (closed != NULL)
    gtk_stack_remove (stack, closed);
  if (due)
    gtk_stack_add_named (stack, kaf_closed_page_new (self->store), "closed");
  else if (!adds && gtk_stack_get_child_by_name (stack, "told") == NULL)
    gtk_stack_add_named (stack, kaf_list_empty_new (expert, self->store), "told");
  else if (adds && gtk_stack_get_child_by_name (stack, "empty") == NULL)
    gtk_stack_add_named (stack, make_empty (), "empty");
  gtk_stack_set_visible_child_name (stack, due ? "closed" : adds ? "empty" : "told");
}

static void
show_data (KafHomePage *self)
{
  gboolean empty = kaf_home_page_is_empty (self);

  show_greeting (self);
  gtk_widget_set_visible (self->add,
                          kaf_store_may_make (self->store, kaf_registry_find ("expert")));
  if (empty)
    show_empty (self);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "full");
  if (empty)
    return;
  if (self->start->totals)
    {
      show_totals (self);
      return;
    }

  show_todo (self);
  if (self->rest == NULL)
    return;
  show_lapsing (self);
  show_recent (self);
  show_charts (self);
  if (is_out_of_sight (self))
    {
      self->late_frames = 0;
      self->late = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_late, NULL, NULL);
    }
  else
    show_quality (self);
}

static gboolean
was_cancelled (KafHomePage *self, const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL;
}

static void
keep_rest (KafHomePage *self)
{
  if (!kaf_store_is_read_only (self->store))
    kaf_store_run_async (self->store, KAF_LANE_WRITE, kaf_home_keep,
                         kaf_home_rest_to_text (self->rest), g_free, NULL, NULL, NULL, NULL);
}

static void
on_rest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafHomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHomeRest) rest = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (was_cancelled (self, error))
    return;
  self->reading--;
  if (rest == NULL)
    {
      g_warning ("Counting for the home page failed: %s", error != NULL ? error->message : "");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, TRUE);
      return;
    }
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  self->rest = g_steal_pointer (&rest);
  show_data (self);
  keep_rest (self);
}

/* Called in each frame before it is painted: at the second, the first is on the screen. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, kaf_home_read_rest, NULL, NULL,
                       (GDestroyNotify) kaf_home_rest_free, self->cancellable, on_rest,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_reading (KafHomePage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->reading = 0;
}

static gboolean
is_counted (const KafHomeStart *start, const KafHomeRest *rest)
{
  return rest != NULL && g_str_equal (rest->stamp, start->stamp);
}

/* What is kept may stand until it is counted, or be what another window has counted meanwhile. */
static void
take_kept (KafHomePage *self)
{
  if (self->start->kept == NULL || is_counted (self->start, self->rest) ||
      (self->rest != NULL && !is_counted (self->start, self->start->kept)))
    return;
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  self->rest = g_steal_pointer (&self->start->kept);
}

static void
on_start (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafHomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHomeStart) start = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (was_cancelled (self, error))
    return;
  self->reading--;
  if (start == NULL)
    {
      g_warning ("Reading for the home page failed: %s", error != NULL ? error->message : "");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->start != NULL);
      return;
    }
  g_clear_pointer (&self->start, kaf_home_start_free);
  self->start = g_steal_pointer (&start);
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  take_kept (self);
  show_data (self);
  if (!self->start->totals && !is_counted (self->start, self->rest))
    {
      self->reading++;
      self->frames = 0;
      self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
    }
  g_signal_emit (self, signals[FILLED], 0);
}

static void
read_all (KafHomePage *self)
{
  stop_reading (self);
  self->stale = FALSE;
  if (self->store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->reading++;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_home_read_start, NULL, NULL,
                       (GDestroyNotify) kaf_home_start_free, self->cancellable, on_start,
                       g_object_ref (self));
}

static gboolean
on_timer (gpointer data)
{
  KafHomePage *self = data;

  self->timer = 0;
  read_all (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafHomePage *self)
{
  self->stale = TRUE;
  if (self->timer != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  /* What is being counted is counted of what was. */
  stop_reading (self);
  self->timer = g_timeout_add (REST, on_timer, self);
}

static void
on_day (KafHomePage *self)
{
  if (self->store != NULL)
    on_changed (self->store, NULL, self);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_all (KAF_HOME_PAGE (widget));
}

static void
kaf_home_page_map (GtkWidget *widget)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_home_page_parent_class)->map (widget);
  if (self->stale)
    read_all (self);
}

static void
kaf_home_page_unmap (GtkWidget *widget)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  self->stale = self->stale || self->reading > 0 || self->timer != 0;
  stop_reading (self);
  GTK_WIDGET_CLASS (kaf_home_page_parent_class)->unmap (widget);
}

static void
kaf_home_page_dispose (GObject *object)
{
  KafHomePage *self = KAF_HOME_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->store);
  self->stack = NULL;
  G_OBJECT_CLASS (kaf_home_page_parent_class)->dispose (object);
}

static void
kaf_home_page_finalize (GObject *object)
{
  KafHomePage *self = KAF_HOME_PAGE (object);

  g_clear_pointer (&self->start, kaf_home_start_free);
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  G_OBJECT_CLASS (kaf_home_page_parent_class)->finalize (object);
}

static void
kaf_home_page_class_init (KafHomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_home_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_home_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = kaf_home_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = kaf_home_page_unmap;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "home.retry", NULL, on_retry);

  signals[FILLED] = g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_button (const char *icon, const char *label, const char *action, const char *style)
{
  GtkWidget *button = gtk_button_new ();

  if (icon != NULL)
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
      gtk_button_set_child (GTK_BUTTON (button), content);
    }
  else
    gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  /* A button is labelled by its content: a label of its own would be read out as well. */
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  return button;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons[] = {
    make_button (NULL, _ ("Import a File…"), "win.import", "suggested-action"),
    make_button (NULL, _ ("Add an Expert"), "win.new-record::expert", NULL),
    make_button (NULL, _ ("Connect to a Server…"), "win.join", NULL),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_add_css_class (buttons[i], "pill");
      gtk_widget_set_halign (buttons[i], GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (buttons[i], 280, -1);
      gtk_box_append (GTK_BOX (box), buttons[i]);
    }
  /* Where there is a server already, or none may be joined, nothing is offered: the action makes it sensitive. */
  g_object_bind_property (buttons[G_N_ELEMENTS (buttons) - 1], "sensitive",
                          buttons[G_N_ELEMENTS (buttons) - 1], "visible", G_BINDING_SYNC_CREATE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-users-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody Here Yet"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  kaf_list_empty_offer_sample (
      page, box,
      _ ("Import a file that you have, add a first person, or look around with the sample data."),
      _ ("Import a file that you have, or add a first person."));
  gtk_widget_set_halign (gtk_widget_get_last_child (box), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (gtk_widget_get_last_child (box), 280, -1);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static GtkWidget *
make_heading (KafHomePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->greeting = gtk_label_new (NULL);
  self->date = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->greeting, "title-2");
  gtk_widget_add_css_class (self->date, "caption");
  gtk_widget_add_css_class (self->date, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->greeting), 0);
  gtk_label_set_xalign (GTK_LABEL (self->date), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->greeting), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->date), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (lines), self->greeting);
  gtk_box_append (GTK_BOX (lines), self->date);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  self->add = make_button ("contact-new-symbolic", _ ("New Expert"), "win.new-record::expert",
                           "suggested-action");
  gtk_box_append (GTK_BOX (box), self->add);
  return box;
}

static GtkWidget *
make_full (KafHomePage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  self->start_column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  self->end_column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  self->missions = kaf_board_bars_new ();
  gtk_box_append (GTK_BOX (self->end_column), self->missions);
  self->target = kaf_target_card_new ();
  gtk_box_append (GTK_BOX (self->start_column), self->target);
  gtk_box_append (GTK_BOX (box), make_heading (self));
  gtk_box_append (GTK_BOX (box),
                  kaf_columns_new (self->start_column, self->end_column, 760, 58, 18));
  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return kaf_tall_new (scrolled);
}

static void
kaf_home_page_init (KafHomePage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *search = gtk_button_new_from_icon_name ("system-search-symbolic");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Home"), NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (search), "win.search-everywhere");
  kaf_tooltip_set (search, _ ("Search Everywhere"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Everywhere"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  gtk_box_append (GTK_BOX (self), header);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_full (self), "full");
  self->frame =
      kaf_read_frame_new (self->stack, _ ("The Home Page Could Not Be Read"), "home.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_home_page_new (KafStore *store)
{
  KafHomePage *self = g_object_new (KAF_TYPE_HOME_PAGE, NULL);

  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (on_day), self,
                           G_CONNECT_SWAPPED);
  kaf_home_page_set_store (self, store);
  return GTK_WIDGET (self);
}

void
kaf_home_page_set_store (KafHomePage *self, KafStore *store)
{
  g_return_if_fail (KAF_IS_HOME_PAGE (self));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  /* Its bars tell of a mission or two. */
  kaf_board_bars_set_store (KAF_BOARD_BARS (self->missions),
                            store != NULL && kaf_store_sees_totals_alone (store) ? NULL : store);
  kaf_target_card_set_store (KAF_TARGET_CARD (self->target), store);
  if (store == NULL)
    return;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (kaf_suspect_watch_get (store), "updated", G_CALLBACK (on_day), self,
                           G_CONNECT_SWAPPED);
  /* Another page may be the first that shows: then nothing is read for this one. The window may
   * wait for what is read before it shows. */
  self->stale = TRUE;
  if (gtk_widget_get_child_visible (GTK_WIDGET (self)))
    read_all (self);
}

gboolean
kaf_home_page_is_settled (KafHomePage *self)
{
  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  return self->store != NULL && !self->stale && self->reading == 0 &&
         (self->rest != NULL || (self->start != NULL && self->start->totals));
}

gboolean
kaf_home_page_is_filled (KafHomePage *self)
{
  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  return self->start != NULL;
}

gboolean
kaf_home_page_is_empty (KafHomePage *self)
{
  const KafHomeStart *start;

  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  start = self->start;
  return start != NULL && !start->totals && start->n_experts == 0 && start->n_organisations == 0 &&
         start->n_networks == 0 && start->drafts->len == 0;
}
