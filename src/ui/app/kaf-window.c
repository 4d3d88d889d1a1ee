/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around all pages:
 *
 *   toast overlay
 *     box
 *       banner                     (read-only store)
 *       leaflet
 *         sidebar                  sections, counts, state of the store
 *         content                  navigation: piles of pages by section; or the problem page
 *
 * Pages are made when they are first asked for: at start, the one that shows. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-search-everywhere.h"
#include "ui/app/kaf-section-page.h"
#include "ui/app/kaf-settings.h"
#include "ui/app/kaf-store-problem-page.h"
#include "ui/app/kaf-window-private.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-toaster.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/duplicates/kaf-review-page.h"
#include "ui/duplicates/kaf-suspect-watch.h"
#include "ui/erasure/kaf-erasures-page.h"
#include "ui/form/kaf-form-page.h"
#include "ui/holder/kaf-relays-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-page.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/record/kaf-record-page.h"
#include "ui/segment/kaf-segment-form.h"
#include "ui/segment/kaf-segment-page.h"
#include "ui/sync/kaf-aside-page.h"
#include "ui/sync/kaf-conflicts-page.h"
#include "ui/sync/kaf-duplicates-page.h"
#include "ui/todo/kaf-todo-page.h"

G_DEFINE_FINAL_TYPE (KafWindow, kaf_window, ADW_TYPE_APPLICATION_WINDOW)

/* The sidebar of the mockups, and the least width that a page is made for. */
#define SIDEBAR_WIDTH 226
#define CONTENT_WIDTH 360

static void
show_content (KafWindow *self)
{
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->content);
}

/* A form whose draft could not be written goes by its own Cancel alone: it would take what was typed
 * with it. */
static gboolean
must_stay (GtkWidget *page)
{
  return KAF_IS_FORM_PAGE (page) && kaf_form_page_is_unkept (KAF_FORM_PAGE (page));
}

void
kaf_window_choose_section (KafWindow *self, const char *section)
{
  KafNavigation *navigation;

  g_return_if_fail (KAF_IS_WINDOW (self));

  navigation = KAF_NAVIGATION (self->navigation);
  /* A second press on the present section leads back to its first page. */
  if (g_strcmp0 (kaf_navigation_get_section (navigation), section) == 0 &&
      !KAF_IS_FORM_PAGE (kaf_window_get_page (self)))
    kaf_navigation_pop_to_root (navigation, must_stay);
  kaf_window_show_section (self, section);
}

static void
on_section (KafSidebar *sidebar, const char *section, KafWindow *self)
{
  kaf_window_choose_section (self, section);
}

/* A page of all that is due lies above a section, and is a part of none. */
static gboolean
is_of_none (KafWindow *self)
{
  GtkWidget *page = kaf_window_get_page (self);

  return KAF_IS_TODO_PAGE (page) || KAF_IS_CALENDAR_PAGE (page) || KAF_IS_RELAYS_PAGE (page) ||
         KAF_IS_ERASURES_PAGE (page);
}

static void
on_page_changed (KafNavigation *navigation, KafWindow *self)
{
  const char *section = kaf_navigation_get_section (navigation);
  const KafEntity *entity = section != NULL ? kaf_registry_find (section) : NULL;
  g_autofree char *title = NULL;

  if (section != NULL)
    kaf_sidebar_set_section (KAF_SIDEBAR (self->sidebar), is_of_none (self) ? NULL : section);
  if (entity != NULL)
    title = g_strdup_printf ("%s – %s", g_dgettext (GETTEXT_PACKAGE, entity->plural), _ ("Kafaat"));
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Kafaat"));
  kaf_window_update_actions (self);
}

static void
discard_spare (KafWindow *self)
{
  GtkWidget *spare = self->spare;

  /* Forgotten first: who holds the page may keep it a while. */
  g_clear_weak_pointer (&self->spare);
  if (spare != NULL)
    kaf_navigation_discard (KAF_NAVIGATION (self->navigation), spare);
}

/* Filling a page again is less work than making one: the last that was left is kept for that, until the
 * store changes, since its record may be among what was erased. */
static gboolean
on_page_left (KafNavigation *navigation, GtkWidget *page, KafWindow *self)
{
  if (!KAF_IS_RECORD_PAGE (page) || !kaf_record_page_rest (KAF_RECORD_PAGE (page)))
    return FALSE;
  discard_spare (self);
  g_set_weak_pointer (&self->spare, page);
  return TRUE;
}

static void
on_folded (GObject *object, GParamSpec *pspec, KafWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));

  kaf_navigation_set_folded (KAF_NAVIGATION (self->navigation), folded);
  kaf_sidebar_set_folded (KAF_SIDEBAR (self->sidebar), folded);
  /* Hidden with F9 while there was room: folded, it is the only way to the sections. */
  if (folded)
    gtk_widget_set_visible (self->sidebar, TRUE);
}

static void
on_mouse_back (GtkGestureClick *gesture, int n_press, double x, double y, KafWindow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  kaf_window_back (self);
}

static gboolean
kaf_window_close_request (GtkWindow *window)
{
  KafWindow *self = KAF_WINDOW (window);
  int width;
  int height;

  gtk_window_get_default_size (window, &width, &height);
  kaf_settings_set_boolean (KAF_SETTING_WINDOW_MAXIMIZED, gtk_window_is_maximized (window));
  if (width >= 360 && height >= 200)
    {
      kaf_settings_set_int (KAF_SETTING_WINDOW_WIDTH, width);
      kaf_settings_set_int (KAF_SETTING_WINDOW_HEIGHT, height);
    }
  if (!kaf_window_may_close (self))
    return TRUE;
  return GTK_WINDOW_CLASS (kaf_window_parent_class)->close_request (window);
}

static void
drop_store (KafWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->search, gtk_widget_unparent);
  g_clear_weak_pointer (&self->spare);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->agent != NULL)
    kaf_sync_agent_stop (self->agent);
  g_clear_object (&self->agent);
  g_clear_object (&self->scores);
  g_clear_object (&self->store);
}

static void
kaf_window_dispose (GObject *object)
{
  KafWindow *self = KAF_WINDOW (object);

  if (self->navigation != NULL)
    g_signal_handlers_disconnect_by_data (self->navigation, self);
  if (self->leaflet != NULL)
    g_signal_handlers_disconnect_by_data (self->leaflet, self);
  self->navigation = NULL;
  self->leaflet = NULL;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->realizing, g_source_remove);
  g_clear_handle_id (&self->undo_timer, g_source_remove);
  g_clear_weak_pointer (&self->spare);
  drop_store (self);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_free);
  G_OBJECT_CLASS (kaf_window_parent_class)->dispose (object);
}

static void
kaf_window_class_init (KafWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_window_close_request;
}

static void
add_leaflet (KafWindow *self, GtkWidget *box)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  AdwLeafletPage *page;

  self->leaflet = adw_leaflet_new ();
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  gtk_widget_set_vexpand (self->leaflet, TRUE);

  self->sidebar = kaf_sidebar_new ();
  gtk_widget_set_size_request (self->sidebar, SIDEBAR_WIDTH, -1);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->sidebar);
  page = adw_leaflet_append (ADW_LEAFLET (self->leaflet), separator);
  adw_leaflet_page_set_navigatable (page, FALSE);

  self->content = gtk_stack_new ();
  gtk_widget_set_hexpand (self->content, TRUE);
  gtk_widget_set_size_request (self->content, CONTENT_WIDTH, -1);
  self->navigation = kaf_navigation_new ();
  gtk_stack_add_child (GTK_STACK (self->content), self->navigation);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->content);
  show_content (self);
  gtk_box_append (GTK_BOX (box), self->leaflet);

  g_signal_connect (self->sidebar, "section", G_CALLBACK (on_section), self);
  g_signal_connect (self->navigation, "changed", G_CALLBACK (on_page_changed), self);
  g_signal_connect (self->navigation, "left", G_CALLBACK (on_page_left), self);
  g_signal_connect (self->leaflet, "notify::folded", G_CALLBACK (on_folded), self);
}

/* Turned to again, perhaps after a night: by then nothing is to show what held yesterday. */
static void
on_active (KafWindow *self)
{
  kaf_day_watch_check (kaf_day_watch_get_default ());
}

static void
kaf_window_init (KafWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  self->toasts = adw_toast_overlay_new ();
  self->banner = kaf_banner_new ();
  gtk_box_append (GTK_BOX (box), self->banner);
  add_leaflet (self, box);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->toasts);

  /* The button of a mouse that means "back" in every browser. */
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 8);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_mouse_back), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
  kaf_window_add_actions (self);
  gtk_widget_set_size_request (GTK_WIDGET (self), CONTENT_WIDTH, 294);
  gtk_window_set_default_size (GTK_WINDOW (self), kaf_settings_get_int (KAF_SETTING_WINDOW_WIDTH),
                               kaf_settings_get_int (KAF_SETTING_WINDOW_HEIGHT));
  if (kaf_settings_get_boolean (KAF_SETTING_WINDOW_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_window_set_icon_name (GTK_WINDOW (self), KAF_APPLICATION_ID);
}

KafWindow *
kaf_window_new (KafApplication *application, const char *section)
{
  KafWindow *self = g_object_new (KAF_TYPE_WINDOW, "application", application, NULL);

  self->pending = g_strdup (section);
  kaf_window_set_store (self, NULL);
  return self;
}

KafStore *
kaf_window_get_store (KafWindow *self)
{
  g_return_val_if_fail (KAF_IS_WINDOW (self), NULL);
  return self->store;
}

static void
close_problem (KafWindow *self)
{
  gtk_stack_set_visible_child (GTK_STACK (self->content), self->navigation);
  if (self->problem != NULL)
    gtk_stack_remove (GTK_STACK (self->content), self->problem);
  self->problem = NULL;
}

static gpointer
list_drafts (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_draft_list_forms (db, error);
}

static void
on_drafts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafWindow) self = user_data;
  g_autoptr (GPtrArray) drafts = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  AdwToast *toast;
  KafDraft *draft;

  if (drafts == NULL || drafts->len == 0 || self->navigation == NULL)
    return;
  draft = g_ptr_array_index (drafts, 0);
  toast = adw_toast_new (ngettext ("A draft was kept", "Several drafts were kept", drafts->len));
  adw_toast_set_button_label (toast, C_ ("action", "Open"));
  adw_toast_set_detailed_action_name (toast, "win.section::home");
  if (drafts->len == 1)
    {
      adw_toast_set_action_name (toast, "win.open-draft");
      adw_toast_set_action_target_value (toast,
                                         g_variant_new ("(ss)", draft->entity->id, draft->slot));
    }
  adw_toast_set_timeout (toast, 10);
  kaf_toaster_show (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
tell_read_only (KafWindow *self)
{
  gboolean read_only = self->store != NULL && kaf_store_is_read_only (self->store);

  if (read_only)
    {
      kaf_banner_set_style (KAF_BANNER (self->banner), "warning");
      kaf_banner_set_title (KAF_BANNER (self->banner),
                            _ ("This store may only be read: what you change cannot be kept."));
    }
  kaf_banner_set_revealed (KAF_BANNER (self->banner), read_only);
}

/* What shows until there is a store: the home page, which fills then, or the bare frame of another
 * page, so that a start with a list does not make a home page that nobody sees. */
static void
show_frame (KafWindow *self)
{
  KafNavigation *navigation = KAF_NAVIGATION (self->navigation);
  GtkWidget *page;

  if (self->pending == NULL || g_str_equal (self->pending, "home"))
    page = kaf_home_page_new (NULL);
  else
    {
      page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_box_append (GTK_BOX (page), adw_header_bar_new ());
    }
  kaf_navigation_add_section (navigation, self->pending != NULL ? self->pending : "home", page);
  kaf_navigation_show_section (navigation, self->pending != NULL ? self->pending : "home");
}

static void
show_first_page (KafWindow *self)
{
  KafNavigation *navigation = KAF_NAVIGATION (self->navigation);
  GtkWidget *home = kaf_navigation_get_root_page (navigation, "home");
  g_autofree char *pending = g_steal_pointer (&self->pending);

  if (home == NULL)
    kaf_navigation_clear (navigation);
  if (pending != NULL)
    kaf_window_show_section (self, pending);
  /* After another page took its place: it then reads nothing yet. */
  if (home != NULL)
    kaf_home_page_set_store (KAF_HOME_PAGE (home), self->store);
}

KafBlobAgent *
kaf_window_get_files (KafWindow *self)
{
  g_return_val_if_fail (KAF_IS_WINDOW (self), NULL);
  return self->agent != NULL ? kaf_sync_agent_get_files (self->agent) : NULL;
}

KafSyncAgent *
kaf_window_get_sync (KafWindow *self)
{
  g_return_val_if_fail (KAF_IS_WINDOW (self), NULL);
  return self->agent;
}

/* After the sign-in it is shown once by itself; what is being typed is not buried under it. */
static void
on_sync_changed (KafWindow *self)
{
  guint n_alike = kaf_sync_agent_get_status (self->agent)->n_alike;

  kaf_window_update_actions (self);
  kaf_window_tell_gone (self);
  kaf_window_tell_rights (self);
  if (n_alike > 0 && self->n_alike == 0 && !KAF_IS_FORM_PAGE (kaf_window_get_page (self)))
    kaf_window_show_duplicates (self);
  self->n_alike = n_alike;
}

void
kaf_window_set_store (KafWindow *self, KafStore *store)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  if (self->store != NULL || kaf_window_get_page (self) == NULL)
    {
      kaf_navigation_clear (KAF_NAVIGATION (self->navigation));
      drop_store (self);
      show_frame (self);
    }
  close_problem (self);

  self->n_alike = self->n_gone = self->n_regranted = 0;
  g_set_object (&self->store, store);
  if (store != NULL)
    {
      self->agent = kaf_sync_agent_new (store);
      g_signal_connect_object (self->agent, "changed", G_CALLBACK (on_sync_changed), self,
                               G_CONNECT_SWAPPED);
    }
  kaf_sidebar_set_store (KAF_SIDEBAR (self->sidebar), store, self->agent);
  tell_read_only (self);
  kaf_window_update_actions (self);
  if (store == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (store, "changed", G_CALLBACK (discard_spare), self, G_CONNECT_SWAPPED);
  show_first_page (self);
  kaf_window_await_page (self);
  /* Behind what the page waits for. */
  self->scores = kaf_score_watch_new (store);
  kaf_suspect_watch_get (store);
  kaf_store_run_async (store, KAF_LANE_BACKGROUND, list_drafts, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_drafts,
                       g_object_ref (self));
}

void
kaf_window_show_problem (KafWindow *self, const char *path, const GError *error)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  kaf_window_set_store (self, NULL);
  kaf_sidebar_set_problem (KAF_SIDEBAR (self->sidebar));
  self->problem = kaf_store_problem_page_new (path, error);
  gtk_stack_add_child (GTK_STACK (self->content), self->problem);
  gtk_stack_set_visible_child (GTK_STACK (self->content), self->problem);
  show_content (self);
  kaf_window_show_now (self);
}

void
kaf_window_show_section (KafWindow *self, const char *section)
{
  KafNavigation *navigation;

  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (section != NULL);

  navigation = KAF_NAVIGATION (self->navigation);
  if (self->store == NULL)
    {
      g_free (self->pending);
      self->pending = g_strdup (section);
      return;
    }
  if (!g_strv_contains (kaf_sidebar_sections (), section))
    return;
  if (!kaf_navigation_has_section (navigation, section))
    kaf_navigation_add_section (navigation, section, kaf_section_page_new (self->store, section));
  kaf_navigation_show_section (navigation, section);
  show_content (self);
}

/* What the page is about, and not the buttons of its header bar. */
static gboolean
focus_below_header (GtkWidget *page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!ADW_IS_HEADER_BAR (child) && gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD))
      return TRUE;
  return FALSE;
}

void
kaf_window_enter_page (KafWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (KAF_IS_WINDOW (self));

  page = kaf_window_get_page (self);
  if (KAF_IS_LIST_PAGE (page))
    kaf_list_page_focus_rows (KAF_LIST_PAGE (page));
  else if (KAF_IS_CONVENTIONS_PAGE (page))
    kaf_conventions_page_focus_rows (KAF_CONVENTIONS_PAGE (page));
  else if (KAF_IS_BOARD_PAGE (page))
    kaf_board_page_focus (KAF_BOARD_PAGE (page));
  else if (page != NULL && !focus_below_header (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

const char *
kaf_window_find_section (const KafEntity *entity)
{
  const char *const *sections = kaf_sidebar_sections ();

  for (gsize i = 0; sections[i] != NULL; i++)
    if (g_str_equal (sections[i], entity->id))
      return sections[i];
  return NULL;
}

const KafEntity *
kaf_window_get_entity (KafWindow *self)
{
  const char *section;
  const KafEntity *entity;
  GtkWidget *page;
  KafQuery *query = NULL;

  g_return_val_if_fail (KAF_IS_WINDOW (self), NULL);

  /* A list may stand on top of a section that is about something else. */
  page = kaf_window_get_page (self);
  if (KAF_IS_LIST_PAGE (page))
    query = kaf_paged_list_get_query (kaf_list_page_get_list (KAF_LIST_PAGE (page)));
  if (query != NULL)
    return kaf_query_get_entity (query);
  section = kaf_navigation_get_section (KAF_NAVIGATION (self->navigation));
  entity = section != NULL ? kaf_registry_find (section) : NULL;
  return entity != NULL ? entity : kaf_registry_find ("expert");
}

/* What has no section of its own is listed on top of the present page. */
static void
push_list (KafWindow *self, KafQuery *query)
{
  GtkWidget *page = kaf_list_page_new (self->store, kaf_query_get_entity (query));

  kaf_list_page_set_back (KAF_LIST_PAGE (page));
  kaf_navigation_push (KAF_NAVIGATION (self->navigation), page);
  kaf_list_page_set_query (KAF_LIST_PAGE (page), query);
  show_content (self);
}

void
kaf_window_show_query (KafWindow *self, KafQuery *query)
{
  const char *section;

  g_return_if_fail (KAF_IS_WINDOW (self));

  section = kaf_window_find_section (kaf_query_get_entity (query));
  if (self->store == NULL)
    return;
  if (section == NULL)
    {
      push_list (self, query);
      return;
    }
  kaf_window_show_section (self, section);
  if (!kaf_navigation_pop_to_root (KAF_NAVIGATION (self->navigation), must_stay))
    return;
  /* A section whose first page is no list has one on top of it. */
  if (KAF_IS_LIST_PAGE (kaf_window_get_page (self)))
    kaf_list_page_set_query (KAF_LIST_PAGE (kaf_window_get_page (self)), query);
  else
    push_list (self, query);
}

void
kaf_window_show_sync (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  if (adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)))
    adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->sidebar);
  gtk_widget_set_visible (self->sidebar, TRUE);
  kaf_sidebar_popup_status (KAF_SIDEBAR (self->sidebar));
}

/* A page of its own on top of the present one, unless that is of this kind. */
static void
show_on_top (KafWindow *self, GType type, GtkWidget *(*make) (KafStore *store))
{
  if (self->store == NULL)
    return;
  if (!G_TYPE_CHECK_INSTANCE_TYPE (kaf_window_get_page (self), type))
    kaf_navigation_push (KAF_NAVIGATION (self->navigation), make (self->store));
  show_content (self);
}

void
kaf_window_show_conflicts (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  kaf_sidebar_popdown_status (KAF_SIDEBAR (self->sidebar));
  show_on_top (self, KAF_TYPE_CONFLICTS_PAGE, kaf_conflicts_page_new);
}

void
kaf_window_show_duplicates (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  if (self->store == NULL || self->agent == NULL)
    return;
  kaf_sidebar_popdown_status (KAF_SIDEBAR (self->sidebar));
  if (!KAF_IS_DUPLICATES_PAGE (kaf_window_get_page (self)))
    kaf_navigation_push (KAF_NAVIGATION (self->navigation),
                         kaf_duplicates_page_new (self->store, self->agent));
  show_content (self);
}

void
kaf_window_review_duplicates (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  show_on_top (self, KAF_TYPE_REVIEW_PAGE, kaf_review_page_new);
}

void
kaf_window_show_calendar (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  show_on_top (self, KAF_TYPE_CALENDAR_PAGE, kaf_calendar_page_new);
}

void
kaf_window_show_todo (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  show_on_top (self, KAF_TYPE_TODO_PAGE, kaf_todo_page_new);
}

void
kaf_window_show_relays (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  show_on_top (self, KAF_TYPE_RELAYS_PAGE, kaf_relays_page_new);
}

void
kaf_window_show_aside (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  show_on_top (self, KAF_TYPE_ASIDE_PAGE, kaf_aside_page_new);
}

void
kaf_window_show_erasures (KafWindow *self, const char *name)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  if (self->store == NULL)
    return;
  if (!KAF_IS_ERASURES_PAGE (kaf_window_get_page (self)))
    kaf_navigation_push (KAF_NAVIGATION (self->navigation),
                         kaf_erasures_page_new (self->store, self->agent));
  show_content (self);
  if (name != NULL)
    kaf_erasures_page_order (KAF_ERASURES_PAGE (kaf_window_get_page (self)), name);
}

static GtkWidget *
take_record_page (KafWindow *self, const KafEntity *entity, const char *id)
{
  GtkWidget *page = self->spare;

  if (page == NULL || kaf_record_page_get_entity (KAF_RECORD_PAGE (page)) != entity)
    return kaf_record_page_new (self->store, entity, id);
  g_clear_weak_pointer (&self->spare);
  kaf_record_page_open (KAF_RECORD_PAGE (page), id);
  return page;
}

void
kaf_window_open_mission (KafWindow *self, const char *id, guint step)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  if (self->store == NULL)
    return;
  kaf_navigation_push (KAF_NAVIGATION (self->navigation),
                       kaf_mission_page_new (self->store, id, step));
  show_content (self);
}

void
kaf_window_push (KafWindow *self, GtkWidget *page)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  kaf_navigation_push (KAF_NAVIGATION (self->navigation), page);
  show_content (self);
}

void
kaf_window_open_record (
    KafWindow *self, const KafEntity *entity, const char *id, KafPagedList *list, guint position)
{
  GtkWidget *page;

  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (entity != NULL && id != NULL);

  if (self->store == NULL)
    return;
  if (g_str_equal (entity->id, "mission"))
    {
      kaf_window_open_mission (self, id, 0);
      kaf_mission_page_set_list (KAF_MISSION_PAGE (kaf_window_get_page (self)), list, position);
      return;
    }
  if (g_str_equal (entity->id, "segment"))
    {
      kaf_window_push (self, kaf_segment_page_new (self->store, id));
      return;
    }
  page = take_record_page (self, entity, id);
  if (list != NULL)
    kaf_record_page_set_list (KAF_RECORD_PAGE (page), list, position);
  kaf_navigation_push (KAF_NAVIGATION (self->navigation), page);
  show_content (self);
}

static void
on_form_saved (KafFormPage *form, KafReceipt *receipt, const char *id, KafWindow *self)
{
  const KafEntity *entity = kaf_form_page_get_entity (form);
  gboolean is_new = kaf_form_page_get_id (form) == NULL;
  g_autofree char *record = g_strdup (id);
  g_autofree char *text =
      g_strdup_printf (C_ ("record", "%s saved"), g_dgettext (GETTEXT_PACKAGE, entity->label));
  g_autoptr (KafReceipt) kept = receipt != NULL ? kaf_receipt_ref (receipt) : NULL;

  kaf_navigation_remove (KAF_NAVIGATION (self->navigation), GTK_WIDGET (form));
  /* What hangs on the new act, signatories and commitments, is entered from its page. */
  if (is_new && record != NULL &&
      (kaf_window_find_section (entity) != NULL || g_str_equal (entity->id, "convention")))
    kaf_window_open_record (self, entity, record, NULL, GTK_INVALID_LIST_POSITION);
  /* Nothing was changed: there is nothing to undo, nor to tell. */
  if (kept != NULL && kept->batch != NULL)
    kaf_window_toast_undo (self, text, kept);
}

static void
on_form_cancelled (KafFormPage *form, KafWindow *self)
{
  kaf_navigation_remove (KAF_NAVIGATION (self->navigation), GTK_WIDGET (form));
}

static void
open_form (KafWindow *self, const KafEntity *entity, const char *id, KafRecord *preset)
{
  GtkWidget *page;

  if (self->store == NULL)
    return;
  if (g_str_equal (entity->id, "segment"))
    {
      kaf_window_push (self, kaf_segment_form_new (self->store, id, NULL));
      return;
    }
  page = kaf_form_page_new (self->store, entity, id, preset);
  g_signal_connect_object (page, "saved", G_CALLBACK (on_form_saved), self, 0);
  g_signal_connect_object (page, "cancelled", G_CALLBACK (on_form_cancelled), self, 0);
  kaf_navigation_push (KAF_NAVIGATION (self->navigation), page);
  show_content (self);
}

void
kaf_window_open_draft (KafWindow *self, const KafEntity *entity, const char *id)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (entity != NULL && id != NULL);
  open_form (self, entity, id, NULL);
  if (KAF_IS_FORM_PAGE (kaf_window_get_page (self)))
    kaf_form_page_resume (KAF_FORM_PAGE (kaf_window_get_page (self)));
}

/* Nobody types what the server would refuse. A draft from before opens all the same: it is somebody's text. */
static gboolean
refuse_forbidden (KafWindow *self, const KafEntity *entity, gboolean is_new)
{
  g_autofree char *sentence = NULL;

  if (self->store != NULL)
    sentence = is_new ? kaf_store_explain_unmade (self->store, entity)
                      : kaf_store_explain_forbidden (self->store, entity);
  if (sentence != NULL)
    kaf_window_toast (self, sentence);
  return sentence != NULL;
}

void
kaf_window_open_form (KafWindow *self, const KafEntity *entity, const char *id)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);
  if (refuse_forbidden (self, entity, id == NULL))
    return;
  open_form (self, entity, id, NULL);
}

void
kaf_window_open_form_with (KafWindow *self, KafRecord *preset)
{
  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (preset != NULL);
  if (refuse_forbidden (self, kaf_record_get_entity (preset), TRUE))
    return;
  open_form (self, kaf_record_get_entity (preset), NULL, preset);
}

void
kaf_window_open_network_form (KafWindow *self, const char *const *members)
{
  const KafEntity *network = kaf_registry_find ("network");

  g_return_if_fail (KAF_IS_WINDOW (self));
  if (refuse_forbidden (self, network, TRUE))
    return;
  open_form (self, network, NULL, NULL);
  if (KAF_IS_FORM_PAGE (kaf_window_get_page (self)))
    kaf_form_page_set_members (KAF_FORM_PAGE (kaf_window_get_page (self)), members);
}

void
kaf_window_choose_members (KafWindow *self, const char *network, const char *title)
{
  GtkWidget *page;

  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (network != NULL && title != NULL);

  if (self->store == NULL)
    return;
  page = kaf_list_page_new (self->store, kaf_registry_find ("expert"));
  kaf_list_page_set_back (KAF_LIST_PAGE (page));
  kaf_list_page_set_network (KAF_LIST_PAGE (page), network, title);
  kaf_navigation_push (KAF_NAVIGATION (self->navigation), page);
  show_content (self);
  kaf_window_enter_page (self);
}

/* Coming back from a record that was reached by stepping, the list stands at that record. */
static void
follow_step (KafWindow *self, const char *id)
{
  GtkWidget *page = kaf_window_get_page (self);
  guint position;

  if (id == NULL || !KAF_IS_LIST_PAGE (page))
    return;
  position = kaf_paged_list_find (kaf_list_page_get_list (KAF_LIST_PAGE (page)), id);
  if (position != GTK_INVALID_LIST_POSITION)
    kaf_list_page_select_position (KAF_LIST_PAGE (page), position);
}

void
kaf_window_back (KafWindow *self)
{
  GtkWidget *page;
  g_autofree char *id = NULL;

  g_return_if_fail (KAF_IS_WINDOW (self));

  page = kaf_window_get_page (self);
  if (KAF_IS_FORM_PAGE (page))
    {
      gtk_widget_activate_action (page, "form.cancel", NULL);
      return;
    }
  if (KAF_IS_RECORD_PAGE (page))
    id = g_strdup (kaf_record_page_get_id (KAF_RECORD_PAGE (page)));
  if (kaf_navigation_pop (KAF_NAVIGATION (self->navigation)))
    follow_step (self, id);
  else if (adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)))
    adw_leaflet_navigate (ADW_LEAFLET (self->leaflet), ADW_NAVIGATION_DIRECTION_BACK);
}

/* Of what shows one page as another, the one that it shows. */
GtkWidget *
kaf_window_get_page (KafWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (KAF_IS_WINDOW (self), NULL);
  page = kaf_navigation_get_page (KAF_NAVIGATION (self->navigation));
  return KAF_IS_BOARD_PAGE (page) ? kaf_board_page_get_view (KAF_BOARD_PAGE (page)) : page;
}

/* Takes @toast over. The last word counts: an Undo that waits behind an earlier toast would undo the wrong thing in
 * the user's eyes. Those put off can still be undone from the menu. */
static void
show_toast (KafWindow *self, AdwToast *toast)
{
  kaf_toaster_show (ADW_TOAST_OVERLAY (self->toasts), toast);
}

void
kaf_window_toast (KafWindow *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (KAF_IS_WINDOW (self));
  /* A toast's title is markup. */
  escaped = g_markup_escape_text (text, -1);
  show_toast (self, adw_toast_new (escaped));
}

void
kaf_window_toast_button (
    KafWindow *self, const char *text, const char *label, const char *action, GVariant *target)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (KAF_IS_WINDOW (self));

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  if (target != NULL)
    adw_toast_set_action_target_value (toast, target);
  adw_toast_set_timeout (toast, 8);
  show_toast (self, toast);
}

void
kaf_window_toast_undo (KafWindow *self, const char *text, KafReceipt *receipt)
{
  g_return_if_fail (receipt != NULL);

  if (receipt->batch != NULL)
    kaf_window_toast_button (self, text, _ ("Undo"), "win.undo-batch",
                             g_variant_new_string (receipt->batch));
  else
    kaf_window_toast (self, text);
}
