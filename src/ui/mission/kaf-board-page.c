/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading fills strip, cards and counts. The list and the calendar are made when they are first asked for. */
#include "config.h"

#include "ui/mission/kaf-board-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-mission-settings.h"
#include "ui/app/kaf-window.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-list-empty.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-strip.h"
#include "ui/mission/kaf-board-text.h"
#include "ui/mission/kaf-mission-page.h"

/* The button that adds a filter, at the least; px. */
#define FILTERS_WIDTH 110

struct _KafBoardPage
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *entity;
  KafLang lang;
  GCancellable *cancellable; /* of the reading under way */
  guint reading;
  gboolean stale;  /* the store changed while the page did not show */
  gboolean wanted; /* the focus goes to the cards once they are there */
  KafQuery *query; /* what the filters say */
  KafBoardWhose whose;
  gboolean over;
  guint step;
  KafBoard *board; /* nullable: not read yet */

  GtkWidget *title, *add;
  GtkWidget *toggles; /* of the list; nullable */
  GtkWidget *views;
  GtkWidget *states; /* of the board: nothing read, empty, nothing found, cards */
  GtkWidget *filters;
  GtkWidget *mine, *waiting, *over_chip;
  GtkWidget *strip;
  GtkWidget *columns;
  GtkWidget *list;     /* nullable */
  GtkWidget *calendar; /* nullable */
  GtkWidget *filter_line;
};

enum
{
  PROP_0,
  PROP_VIEW,
  PROP_WHOSE,
  PROP_OVER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static const char *const whose_names[] = { "all", "mine", "waiting" };

G_DEFINE_FINAL_TYPE (KafBoardPage, kaf_board_page, GTK_TYPE_BOX)

static void refresh (KafBoardPage *self);
static void refresh_gates (KafBoardPage *self);

/* Reading */

typedef struct
{
  KafBoardQuery query;
  KafQuery *only;
} Asked;

static void
asked_free (Asked *self)
{
  kaf_query_unref (self->only);
  g_free (self);
}

static gpointer
read_board (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Asked *asked = data;
  const KafRole *role = kaf_mission_read_role (db);

  asked->query.who = kaf_database_get_author (db);
  asked->query.approves = role != NULL && role->approves;
  return kaf_board_read (db, &asked->query, cancellable, error);
}

/* Showing */

static void
show_counts (KafBoardPage *self)
{
  g_autofree char *mine = kaf_number_format (self->board->n_mine, self->lang);
  g_autofree char *waiting = kaf_number_format (self->board->n_waiting, self->lang);
  /* Translators: chips; %s is a number of missions. */
  g_autofree char *mine_text = g_strdup_printf (_ ("Mine %s"), mine);
  g_autofree char *waiting_text = g_strdup_printf (_ ("Waiting for me %s"), waiting);
  g_autofree char *count = kaf_board_text_count (self->board->n, self->board->n_late, self->lang);

  gtk_button_set_label (GTK_BUTTON (self->mine), mine_text);
  gtk_button_set_label (GTK_BUTTON (self->waiting), waiting_text);
  /* The page of an empty section says so. */
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title),
                                 self->board->n_all > 0 ? count : "");
}

static gboolean
is_narrowed (KafBoardPage *self)
{
  return kaf_query_get_n_conditions (self->query) > 0 || self->whose != KAF_BOARD_EVERYBODY;
}

static GtkWidget *
find_state (KafBoardPage *self, const char *name, GtkWidget *(*make) (KafBoardPage *) )
{
  GtkWidget *child = gtk_stack_get_child_by_name (GTK_STACK (self->states), name);

  if (child == NULL)
    {
      child = make (self);
      gtk_stack_add_named (GTK_STACK (self->states), child, name);
    }
  return child;
}

static GtkWidget *
make_empty (KafBoardPage *self)
{
  return kaf_list_empty_new (self->entity, self->store);
}

static GtkWidget *
make_nothing (KafBoardPage *self)
{
  return kaf_list_nothing_new ();
}

static void
show_state (KafBoardPage *self)
{
  const char *name = "cards";

  if (self->board->n_all == 0)
    {
      find_state (self, "empty", make_empty);
      name = "empty";
    }
  else if (self->board->n == 0 && is_narrowed (self))
    {
      g_autofree char *asked = kaf_filter_bar_describe (KAF_FILTER_BAR (self->filters));

      kaf_list_nothing_set_filters (find_state (self, "nothing", make_nothing),
                                    *asked != '\0' ? asked : _ ("missions of yours"),
                                    kaf_query_get_n_conditions (self->query) > 0);
      name = "nothing";
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->states), name);
}

static void
show_board (KafBoardPage *self)
{
  show_counts (self);
  kaf_board_strip_set (KAF_BOARD_STRIP (self->strip), self->board, self->step);
  kaf_board_columns_set (KAF_BOARD_COLUMNS (self->columns), self->board, self->step);
  show_state (self);
  if (self->wanted && gtk_widget_get_mapped (self->columns))
    self->wanted = !kaf_board_columns_keep_focus (KAF_BOARD_COLUMNS (self->columns));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBoardPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafBoard) board = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafBoard *before;

  self->reading--;
  /* Another one is on its way, or the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (board == NULL)
    {
      g_warning ("Reading the board failed: %s", error != NULL ? error->message : "no result");
      return;
    }
  before = self->board;
  self->board = g_steal_pointer (&board);
  show_board (self);
  g_clear_pointer (&before, kaf_board_free);
  refresh_gates (self);
}

/* The gates of what shows, behind */

typedef struct
{
  char **ids;
  KafLang lang;
} Shown;

static void
shown_free (Shown *self)
{
  g_strfreev (self->ids);
  g_free (self);
}

static gpointer
read_gates (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Shown *shown = data;

  return kaf_board_read_gates (db, (const char *const *) shown->ids, shown->lang, cancellable,
                               error);
}

/* Whether any card says something else now. */
static gboolean
take_gates (KafBoardPage *self, GHashTable *gates)
{
  gboolean changed = FALSE;

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    for (guint i = 0; i < self->board->steps[step].cards->len; i++)
      {
        KafBoardCard *card = g_ptr_array_index (self->board->steps[step].cards, i);
        gpointer n;

        if (!g_hash_table_lookup_extended (gates, card->id, NULL, &n))
          continue;
        card->n_gates = (int) GPOINTER_TO_UINT (n);
        changed = changed || card->n_gates > 0;
      }
  return changed;
}

static void
on_gates (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBoardPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) gates = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading--;
  if (self->store == NULL || gates == NULL)
    {
      if (error != NULL && error->domain != G_IO_ERROR)
        g_warning ("Checking the missions of the board failed: %s", error->message);
      return;
    }
  if (take_gates (self, gates))
    kaf_board_columns_set (KAF_BOARD_COLUMNS (self->columns), self->board, self->step);
}

static void
refresh_gates (KafBoardPage *self)
{
  Shown *shown = g_new0 (Shown, 1);

  shown->ids = kaf_board_columns_dup_ids (KAF_BOARD_COLUMNS (self->columns));
  shown->lang = self->lang;
  self->reading++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_gates, shown, (GDestroyNotify) shown_free,
                       (GDestroyNotify) g_hash_table_unref, self->cancellable, on_gates,
                       g_object_ref (self));
}

static void
stop_reading (KafBoardPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
refresh (KafBoardPage *self)
{
  Asked *asked = g_new0 (Asked, 1);

  stop_reading (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  self->reading++;
  asked->only = kaf_query_copy (self->query);
  asked->query =
      (KafBoardQuery){ .whose = self->whose,
                       .over = self->over,
                       .step = self->step,
                       .cards = self->step != 0 ? KAF_BOARD_CARDS_ALONE : KAF_BOARD_CARDS,
                       .only = asked->only,
                       .day = KAF_DAY_UNKNOWN,
                       .lang = self->lang };
  kaf_store_run_async (self->store, KAF_LANE_READ, read_board, asked, (GDestroyNotify) asked_free,
                       (GDestroyNotify) kaf_board_free, self->cancellable, on_read,
                       g_object_ref (self));
}

static void narrow_calendar (KafBoardPage *self);

/* Others are asked for: the calendar shows the same missions as the board. */
static void
ask_anew (KafBoardPage *self)
{
  refresh (self);
  if (self->calendar != NULL)
    narrow_calendar (self);
}

/* The role of who works here may change with a sync. */
static void
show_rights (KafBoardPage *self)
{
  GtkWidget *empty = gtk_stack_get_child_by_name (GTK_STACK (self->states), "empty");

  gtk_widget_set_visible (self->add, kaf_store_may_make (self->store, self->entity));
  if (empty != NULL)
    kaf_list_empty_update (empty, self->entity, self->store);
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafBoardPage *self)
{
  show_rights (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

/* Filters */

static void
show_filters (KafBoardPage *self)
{
  kaf_filter_bar_set_query (KAF_FILTER_BAR (self->filters), self->query);
  ask_anew (self);
}

static void
on_condition (KafFilterBar *bar, const char *path, int op, GStrv values, KafBoardPage *self)
{
  kaf_query_set_condition (self->query, path, (KafOp) op, (const char *const *) values);
  show_filters (self);
}

static void
on_removed (KafFilterBar *bar, const char *path, KafBoardPage *self)
{
  kaf_query_remove_condition (self->query, path);
  show_filters (self);
}

static void
set_step (KafBoardPage *self, guint step)
{
  if (step == self->step)
    return;
  self->step = step;
  ask_anew (self);
}

static void
on_step (KafBoardStrip *strip, guint step, KafBoardPage *self)
{
  set_step (self, step);
}

static void
set_whose (KafBoardPage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (whose_names); i++)
    if (g_str_equal (whose_names[i], name))
      self->whose = (KafBoardWhose) i;
  ask_anew (self);
}

/* A chip that is down is let go by another press: all show again. */
static void
on_chip (GtkToggleButton *button, KafBoardPage *self)
{
  const char *name = GTK_WIDGET (button) == self->mine ? "mine" : "waiting";

  gtk_widget_activate_action (GTK_WIDGET (self), "board.whose", "s",
                              g_str_equal (whose_names[self->whose], name) ? "all" : name);
}

static void
show_chips (KafBoardPage *self)
{
  GtkWidget *chips[] = { self->mine, self->waiting };

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      gboolean down = self->whose == (i == 0 ? KAF_BOARD_MINE : KAF_BOARD_WAITING);

      g_signal_handlers_block_by_func (chips[i], on_chip, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chips[i]), down);
      g_signal_handlers_unblock_by_func (chips[i], on_chip, self);
    }
  gtk_button_set_label (GTK_BUTTON (self->over_chip),
                        self->over ? _ ("Closed ones too") : _ ("All but closed"));
}

/* Views */

static const char *
get_view (KafBoardPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->views));

  return name != NULL ? name : "board";
}

static void
add_list (KafBoardPage *self)
{
  self->list = kaf_list_page_new (self->store, self->entity);
  self->toggles = kaf_list_page_take_toggles (KAF_LIST_PAGE (self->list));
  adw_header_bar_pack_end (ADW_HEADER_BAR (gtk_widget_get_first_child (GTK_WIDGET (self))),
                           self->toggles);
  gtk_stack_add_named (GTK_STACK (self->views), self->list, "list");
}

static void
add_calendar (KafBoardPage *self)
{
  self->calendar = kaf_calendar_page_new_missions (self->store);
  gtk_stack_add_named (GTK_STACK (self->views), self->calendar, "calendar");
}

/* What the board shows, as the list asks for it. (transfer full) */
static KafQuery *
make_list_query (KafBoardPage *self, guint step)
{
  static const char *const going[] = { "open", "on_hold", NULL };
  KafQuery *query = kaf_query_copy (self->query);
  g_autofree char *number = g_strdup_printf ("%u", step);
  const char *steps[] = { number, NULL };

  if (step != 0)
    kaf_query_set_condition (query, "step", KAF_OP_ANY_OF, steps);
  if (!self->over)
    kaf_query_set_condition (query, "state", KAF_OP_ANY_OF, going);
  return query;
}

static void
narrow_calendar (KafBoardPage *self)
{
  g_autoptr (KafQuery) query = make_list_query (self, self->step);

  kaf_calendar_page_set_only (KAF_CALENDAR_PAGE (self->calendar), query,
                              self->whose == KAF_BOARD_MINE);
}

static void
set_view (KafBoardPage *self, const char *name)
{
  gboolean list = g_str_equal (name, "list");

  if (list && self->list == NULL)
    add_list (self);
  if (g_str_equal (name, "calendar") && self->calendar == NULL)
    add_calendar (self);
  /* The same missions as on the board. */
  if (list)
    {
      g_autoptr (KafQuery) query = make_list_query (self, self->step);

      kaf_list_page_set_query (KAF_LIST_PAGE (self->list), query);
    }
  if (g_str_equal (name, "calendar"))
    narrow_calendar (self);
  if (self->toggles != NULL)
    gtk_widget_set_visible (self->toggles, list);
  /* The list has filters of its own; what waits for whom only the board knows. */
  gtk_widget_set_visible (self->filter_line, !list);
  gtk_widget_set_visible (self->waiting, !g_str_equal (name, "calendar"));
  gtk_stack_set_visible_child_name (GTK_STACK (self->views), name);
}

/* Actions */

static void
on_more (KafBoardColumns *columns, guint step, KafBoardPage *self)
{
  g_autoptr (KafQuery) query = make_list_query (self, step);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAF_IS_WINDOW (root))
    kaf_window_show_query (KAF_WINDOW (root), query);
}

/* By the same panel as on its page, and so on its page. */
static void
on_leave (KafBoardColumns *columns, const char *id, KafBoardPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!KAF_IS_WINDOW (root))
    return;
  kaf_window_open_mission (KAF_WINDOW (root), id, 0);
  if (KAF_IS_MISSION_PAGE (kaf_window_get_page (KAF_WINDOW (root))))
    kaf_mission_page_ask_leave (KAF_MISSION_PAGE (kaf_window_get_page (KAF_WINDOW (root))));
}

static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.new-record", "s", "mission");
}

static void
on_remove_last (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafBoardPage *self = KAF_BOARD_PAGE (widget);
  guint n = kaf_query_get_n_conditions (self->query);
  g_autofree char *path = NULL;

  if (n == 0)
    return;
  path = g_strdup (kaf_query_get_condition (self->query, n - 1)->path);
  kaf_query_remove_condition (self->query, path);
  show_filters (self);
}

static void
on_clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafBoardPage *self = KAF_BOARD_PAGE (widget);

  kaf_query_clear_conditions (self->query);
  self->step = 0;
  kaf_filter_bar_set_query (KAF_FILTER_BAR (self->filters), self->query);
  gtk_widget_activate_action (widget, "board.whose", "s", "all");
}

static void
on_show_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_step (KAF_BOARD_PAGE (widget), MIN (g_variant_get_uint32 (parameter), KAF_MISSION_STEPS));
}

/* 1…9, and 0 for the tenth; -1: another key. */
static int
get_digit (guint keyval)
{
  int digit = -1;

  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    digit = (int) (keyval - GDK_KEY_0);
  else if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    digit = (int) (keyval - GDK_KEY_KP_0);
  return digit == 0 ? KAF_MISSION_STEPS : digit;
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KafBoardPage *self)
{
  int digit = get_digit (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !g_str_equal (get_view (self), "board"))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && self->step != 0)
    digit = 0;
  if (digit < 0)
    return GDK_EVENT_PROPAGATE;
  self->wanted = TRUE;
  set_step (self, (guint) digit == self->step ? 0 : (guint) digit);
  return GDK_EVENT_STOP;
}

/* The widget */

static void
kaf_board_page_map (GtkWidget *widget)
{
  KafBoardPage *self = KAF_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_board_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_board_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KafBoardPage *self = KAF_BOARD_PAGE (object);

  switch (id)
    {
    case PROP_VIEW:
      g_value_set_string (value, get_view (self));
      break;
    case PROP_WHOSE:
      g_value_set_string (value, whose_names[self->whose]);
      break;
    case PROP_OVER:
      g_value_set_boolean (value, self->over);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_board_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KafBoardPage *self = KAF_BOARD_PAGE (object);

  switch (id)
    {
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    case PROP_WHOSE:
      set_whose (self, g_value_get_string (value));
      show_chips (self);
      break;
    case PROP_OVER:
      self->over = g_value_get_boolean (value);
      show_chips (self);
      ask_anew (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_board_page_dispose (GObject *object)
{
  KafBoardPage *self = KAF_BOARD_PAGE (object);

  stop_reading (self);
  if (self->columns != NULL)
    kaf_board_columns_set (KAF_BOARD_COLUMNS (self->columns), NULL, 0);
  self->columns = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_board_page_parent_class)->dispose (object);
}

static void
kaf_board_page_finalize (GObject *object)
{
  KafBoardPage *self = KAF_BOARD_PAGE (object);

  g_clear_pointer (&self->board, kaf_board_free);
  g_clear_pointer (&self->query, kaf_query_unref);
  G_OBJECT_CLASS (kaf_board_page_parent_class)->finalize (object);
}

static void
kaf_board_page_class_init (KafBoardPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_board_page_dispose;
  object_class->finalize = kaf_board_page_finalize;
  object_class->get_property = kaf_board_page_get_property;
  object_class->set_property = kaf_board_page_set_property;
  widget_class->map = kaf_board_page_map;
  props[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "board", flags);
  props[PROP_WHOSE] = g_param_spec_string ("whose", NULL, NULL, "all", flags);
  props[PROP_OVER] = g_param_spec_boolean ("over", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_install_property_action (widget_class, "board.view", "view");
  gtk_widget_class_install_property_action (widget_class, "board.whose", "whose");
  gtk_widget_class_install_property_action (widget_class, "board.over", "over");
  gtk_widget_class_install_action (widget_class, "board.step", "u", on_show_step);
  gtk_widget_class_install_action (widget_class, "list.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "list.remove-last-filter", NULL, on_remove_last);
  gtk_widget_class_install_action (widget_class, "list.clear-filters", NULL, on_clear);
}

/* Making */

static GtkWidget *
make_switch (void)
{
  static const struct
  {
    const char *view, *icon, *name;
  } views[] = {
    { "board", "view-grid-symbolic", N_ ("Board") },
    { "list", "view-list-symbolic", N_ ("List") },
    { "calendar", "x-office-calendar-symbolic", N_ ("Calendar") },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_icon_name (GTK_BUTTON (button), views[i].icon);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", views[i].view);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "board.view");
      kaf_tooltip_set (button, _ (views[i].name));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (views[i].name), -1);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
make_header (KafBoardPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  const char *name = kaf_list_text (self->entity, KAF_LIST_TEXT_ADD);

  self->title = adw_window_title_new (_ (self->entity->plural), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (add), "s", self->entity->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.new-record");
  kaf_tooltip_set (add, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  self->add = add;
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_switch ());
  return header;
}

static GtkWidget *
make_chip (KafBoardPage *self, const char *text)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  gtk_widget_add_css_class (chip, "kaf-board-chip");
  return chip;
}

static GtkWidget *
make_filter_line (KafBoardPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new (); /* sideways, in a narrow window */

  self->mine = make_chip (self, _ ("Mine"));
  self->waiting = make_chip (self, _ ("Waiting for me"));
  g_signal_connect (self->mine, "toggled", G_CALLBACK (on_chip), self);
  g_signal_connect (self->waiting, "toggled", G_CALLBACK (on_chip), self);
  self->over_chip = make_chip (self, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->over_chip), "board.over");
  self->filters = kaf_filter_bar_new (self->store, self->entity, self->lang);
  gtk_widget_set_hexpand (self->filters, TRUE);
  gtk_widget_set_size_request (self->filters, FILTERS_WIDTH, -1);
  g_signal_connect_object (self->filters, "condition", G_CALLBACK (on_condition), self, 0);
  g_signal_connect_object (self->filters, "removed", G_CALLBACK (on_removed), self, 0);
  gtk_box_append (GTK_BOX (line), self->mine);
  gtk_box_append (GTK_BOX (line), self->waiting);
  gtk_box_append (GTK_BOX (line), self->over_chip);
  gtk_box_append (GTK_BOX (line), self->filters);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), line);
  gtk_widget_add_css_class (scrolled, "kaf-board-filters");
  return scrolled;
}

static GtkWidget *
make_board (KafBoardPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "kaf-board");
  self->strip = kaf_board_strip_new (self->lang);
  g_signal_connect_object (self->strip, "step", G_CALLBACK (on_step), self, 0);
  self->columns = kaf_board_columns_new (self->lang);
  gtk_widget_set_vexpand (self->columns, TRUE);
  g_signal_connect_object (self->columns, "more", G_CALLBACK (on_more), self, 0);
  g_signal_connect_object (self->columns, "leave", G_CALLBACK (on_leave), self, 0);
  self->states = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->states), FALSE);
  gtk_stack_add_named (GTK_STACK (self->states), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->states), self->columns, "cards");
  gtk_box_append (GTK_BOX (box), self->strip);
  gtk_box_append (GTK_BOX (box), self->states);
  return box;
}

static void
kaf_board_page_init (KafBoardPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->entity = kaf_registry_find ("mission");
  self->lang = kaf_application_get_lang ();
  self->query = kaf_query_new (self->entity);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
kaf_board_page_new (KafStore *store)
{
  KafBoardPage *self = g_object_new (KAF_TYPE_BOARD_PAGE, NULL);

  self->store = g_object_ref (store);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->views = gtk_stack_new ();
  gtk_widget_set_vexpand (self->views, TRUE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_stack_add_named (GTK_STACK (self->views), make_board (self), "board");
  self->filter_line = make_filter_line (self);
  gtk_box_append (GTK_BOX (self), self->filter_line);
  gtk_box_append (GTK_BOX (self), self->views);
  show_chips (self);
  show_rights (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kaf_board_page_get_view (KafBoardPage *self)
{
  GtkWidget *view;

  g_return_val_if_fail (KAF_IS_BOARD_PAGE (self), NULL);

  view = gtk_stack_get_visible_child (GTK_STACK (self->views));
  return view == self->list || view == self->calendar ? view : GTK_WIDGET (self);
}

void
kaf_board_page_focus (KafBoardPage *self)
{
  g_return_if_fail (KAF_IS_BOARD_PAGE (self));

  self->wanted = !kaf_board_columns_focus (KAF_BOARD_COLUMNS (self->columns));
  if (self->wanted)
    gtk_widget_child_focus (self->views, GTK_DIR_TAB_FORWARD);
}

gboolean
kaf_board_page_is_settled (KafBoardPage *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_PAGE (self), FALSE);
  return self->reading == 0 && !self->stale && self->board != NULL;
}

KafBoardColumns *
kaf_board_page_get_columns (KafBoardPage *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_PAGE (self), NULL);
  return KAF_BOARD_COLUMNS (self->columns);
}

const KafBoard *
kaf_board_page_get_board (KafBoardPage *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_PAGE (self), NULL);
  return self->board;
}
