/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list for all groups, so that the arrows walk through them; a group's heading is the header of
 * its first row. Counts come from totals that every commit keeps, so that reading them costs nothing. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/app/kaf-sidebar-row.h"
#include "ui/app/kaf-store-status.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"

typedef struct
{
  const char *id;
  const char *group; /* N_(), nullable: heading above the section */
  const char *label; /* N_() */
  const char *icon;
  gboolean totals; /* open to who sees nothing else */
  const char *
      of; /* nullable: entity whose records it is made of; NULL: those that it is called by, or persons */
} SectionInfo;

static const SectionInfo section_infos[] = {
  { "home", NULL, N_ ("Home"), "go-home-symbolic", TRUE },
  { "expert", N_ ("People"), N_ ("Experts"), "system-users-symbolic" },
  { "project_holder", NULL, N_ ("Project holders"), "starred-symbolic" },
  { "segment", NULL, N_ ("Segments"), "view-list-symbolic" },
  { "organisation", N_ ("Partners"), N_ ("Organisations"), "x-office-address-book-symbolic" },
  { "network", NULL, N_ ("Networks"), "emblem-shared-symbolic" },
  { "convention", NULL, N_ ("Conventions"), "application-certificate-symbolic" },
  { "programme", N_ ("Transfer of skills"), N_ ("Programmes"), "x-office-calendar-symbolic" },
  { "need", NULL, N_ ("Needs"), "emblem-important-symbolic" },
  { "mission", NULL, N_ ("Missions"), "emoji-flags-symbolic" },
  { "meeting", NULL, N_ ("Meetings"), "chat-message-new-symbolic" },
  { "target", N_ ("Steering"), N_ ("Goal 2030"), "find-location-symbolic", TRUE },
  { "funnel", NULL, N_ ("Projects by stage"), "view-sort-descending-symbolic", TRUE, "project" },
  { "quality", NULL, N_ ("Data quality"), "emblem-ok-symbolic" },
};
#define N_SECTIONS G_N_ELEMENTS (section_infos)

struct _KafSidebar
{
  GtkBox parent_instance;

  GtkWidget *header;
  GtkWidget *menu;
  GtkWidget *list;
  GtkWidget *status;
  GtkWidget *rows[N_SECTIONS];
  gint64 totals[N_SECTIONS];
  KafStore *store;
  GCancellable *cancellable;
  gboolean reading;
  gboolean again;
  gboolean quiet; /* the selection follows, and is not a choice */
  int place;      /* of the section that shows; -1: of none */
};

enum
{
  SECTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafSidebar, kaf_sidebar, GTK_TYPE_BOX)

static void refresh (KafSidebar *self);

static gpointer
read_totals (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *totals = g_new (gint64, N_SECTIONS);

  for (gsize i = 0; i < N_SECTIONS; i++)
    {
      const KafEntity *entity = kaf_registry_find (section_infos[i].id);

      totals[i] = entity != NULL ? kaf_page_total (db, entity) : -1;
    }
  return totals;
}

static void
show_totals (KafSidebar *self, const gint64 *totals)
{
  for (gsize i = 0; i < N_SECTIONS; i++)
    {
      g_autofree char *text = NULL;

      self->totals[i] = totals != NULL ? totals[i] : -1;
      /* An empty section says so by its page; a zero would only draw the eye. */
      if (self->totals[i] > 0)
        text = kaf_number_format (self->totals[i], kaf_application_get_lang ());
      kaf_sidebar_row_set_count (KAF_SIDEBAR_ROW (self->rows[i]), text);
    }
}

static void
on_totals (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *totals = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (totals != NULL)
    show_totals (self, totals);
  else
    g_warning ("Counting the sections failed: %s", error != NULL ? error->message : "no result");
  if (self->again)
    refresh (self);
}

/* Of what the server tells nothing to the role, there is nothing to show; figures are counted from persons. */
static gboolean
is_open (KafSidebar *self, gsize place)
{
  const SectionInfo *info = &section_infos[place];
  const KafEntity *entity = kaf_registry_find (info->of != NULL ? info->of : info->id);

  if (self->store == NULL || place == 0)
    return TRUE;
  if (kaf_store_sees_totals_alone (self->store))
    return info->totals;
  return kaf_store_knows (self->store, entity != NULL ? entity : kaf_registry_find ("person"));
}

/* The role may have changed. */
static void
show_open (KafSidebar *self)
{
  for (gsize i = 0; i < N_SECTIONS; i++)
    gtk_widget_set_visible (self->rows[i], is_open (self, i));
}

static void
refresh (KafSidebar *self)
{
  show_open (self);
  self->again = self->reading;
  if (self->reading || self->store == NULL)
    return;
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_totals, NULL, NULL, g_free,
                       self->cancellable, on_totals, g_object_ref (self));
}

static int
find_row (KafSidebar *self, GtkListBoxRow *row)
{
  for (gsize i = 0; i < N_SECTIONS; i++)
    if (self->rows[i] == GTK_WIDGET (row))
      return i;
  return -1;
}

static void
choose (KafSidebar *self, GtkListBoxRow *row)
{
  int place = row != NULL ? find_row (self, row) : -1;

  if (!self->quiet && place >= 0)
    g_signal_emit (self, signals[SECTION], 0, section_infos[place].id);
}

/* A list that the focus comes to selects its row again: that is no choice, and would close the page that shows. */
static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, KafSidebar *self)
{
  int place = row != NULL ? find_row (self, row) : -1;
  gboolean same = place == self->place;

  self->place = place;
  if (!same)
    choose (self, row);
}

/* The row that is selected already: the folded window then shows its pages again. */
static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, KafSidebar *self)
{
  choose (self, row);
}

/* Tab leaves the list, since a row that it walks over is chosen: the pages would follow it. */
static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             KafSidebar *self)
{
  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return gtk_widget_child_focus (self->status, GTK_DIR_TAB_FORWARD);
    case GDK_KEY_ISO_Left_Tab:
      return gtk_widget_child_focus (self->header, GTK_DIR_TAB_BACKWARD);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  int place = find_row (user_data, row);
  GtkWidget *label;

  if (place < 0 || section_infos[place].group == NULL || gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (_ (section_infos[place].group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "kaf-sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

/* Of an action whose key is no accelerator of the application, which the menu would show by itself. */
static void
append_key (GMenu *menu, const char *label, const char *action, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) work = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();

  append_key (edit, _ ("Undo"), "win.undo", "<Control>z");
  append_key (edit, _ ("Redo"), "win.redo", "<Control><Shift>z");
  g_menu_append (work, _ ("To do"), "win.show-todo");
  g_menu_append (work, _ ("Calendar"), "win.show-calendar");
  g_menu_append (work, _ ("Relays"), "win.show-relays");
  g_menu_append (work, _ ("Possible Duplicates"), "win.review-duplicates");
  kaf_menu_append_if_allowed (work, _ ("Kept Aside"), "win.show-aside");
  kaf_menu_append_if_allowed (work, _ ("Erasures"), "win.show-erasures");
  g_menu_append (files, _ ("Import…"), "win.import");
  g_menu_append (files, _ ("Export This List…"), "win.export");
  g_menu_append (files, _ ("Workbooks…"), "win.workbooks");
  g_menu_append (files, _ ("Templates of texts"), "win.show-entity::text_template");
  kaf_menu_append_if_allowed (files, _ ("Connect to a Server…"), "win.join");
  g_menu_append (files, _ ("Synchronise"), "win.sync");
  g_menu_append (program, _ ("Preferences"), "app.preferences");
  g_menu_append (program, _ ("Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (program, _ ("About Kafaat"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (work));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* The name in both scripts, that of the interface first. */
static GtkWidget *
make_title (void)
{
  gboolean arabic = kaf_application_get_lang () == KAF_LANG_AR;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *first =
      gtk_label_new (arabic ? "كفاءات" : "Kafaat"); /* lint: allow c-text (the name itself) */
  GtkWidget *second =
      gtk_label_new (arabic ? "Kafaat" : "كفاءات"); /* lint: allow c-text (the name itself) */

  gtk_widget_add_css_class (first, "heading");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_widget_set_margin_start (box, 8);
  return box;
}

static void
add_header (KafSidebar *self)
{
  g_autoptr (GMenuModel) model = make_menu ();

  self->header = adw_header_bar_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), gtk_label_new (NULL));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), FALSE);
  gtk_widget_add_css_class (self->header, "flat");
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), make_title ());

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "open-menu-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->menu), model);
  kaf_tooltip_set (self->menu, _ ("Main Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main Menu"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), self->menu);
  gtk_box_append (GTK_BOX (self), self->header);
}

static void
kaf_sidebar_dispose (GObject *object)
{
  KafSidebar *self = KAF_SIDEBAR (object);

  kaf_sidebar_set_store (self, NULL, NULL);
  /* Rows go one by one from here on, and are no choices. */
  self->quiet = TRUE;
  G_OBJECT_CLASS (kaf_sidebar_parent_class)->dispose (object);
}

static void
kaf_sidebar_class_init (KafSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_sidebar_dispose;
  signals[SECTION] = g_signal_new ("section", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kaf_sidebar_init (KafSidebar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-sidebar");
  add_header (self);

  self->place = -1;
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sections"), -1);
  for (gsize i = 0; i < N_SECTIONS; i++)
    {
      self->totals[i] = -1;
      self->rows[i] = kaf_sidebar_row_new (section_infos[i].icon, _ (section_infos[i].label));
      gtk_list_box_append (GTK_LIST_BOX (self->list), self->rows[i]);
    }
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), update_header, self, NULL);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, keys);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), scrolled);

  self->status = kaf_store_status_new ();
  gtk_box_append (GTK_BOX (self), self->status);
}

GtkWidget *
kaf_sidebar_new (void)
{
  return g_object_new (KAF_TYPE_SIDEBAR, NULL);
}

void
kaf_sidebar_set_store (KafSidebar *self, KafStore *store, KafSyncAgent *agent)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));

  if (self->store == store)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->reading = FALSE;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  kaf_store_status_set_store (KAF_STORE_STATUS (self->status), store, agent);
  show_totals (self, NULL);
  if (store == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
kaf_sidebar_set_problem (KafSidebar *self)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));
  kaf_store_status_set_problem (KAF_STORE_STATUS (self->status));
}

void
kaf_sidebar_set_section (KafSidebar *self, const char *section)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));

  self->quiet = TRUE;
  if (section == NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), NULL);
  for (gsize i = 0; i < N_SECTIONS && section != NULL; i++)
    if (g_str_equal (section_infos[i].id, section))
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (self->rows[i]));
  self->quiet = FALSE;
}

void
kaf_sidebar_set_folded (KafSidebar *self, gboolean folded)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), folded);
}

void
kaf_sidebar_popup_menu (KafSidebar *self)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

void
kaf_sidebar_popup_status (KafSidebar *self)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));
  kaf_store_status_popup (KAF_STORE_STATUS (self->status));
}

void
kaf_sidebar_popdown_status (KafSidebar *self)
{
  g_return_if_fail (KAF_IS_SIDEBAR (self));
  kaf_store_status_popdown (KAF_STORE_STATUS (self->status));
}

gint64
kaf_sidebar_get_count (KafSidebar *self, const char *section)
{
  g_return_val_if_fail (KAF_IS_SIDEBAR (self), -1);

  for (gsize i = 0; i < N_SECTIONS; i++)
    if (g_str_equal (section_infos[i].id, section))
      return self->totals[i];
  return -1;
}

const char *const *
kaf_sidebar_sections (void)
{
  static const char *ids[N_SECTIONS + 1];

  for (gsize i = 0; i < N_SECTIONS; i++)
    ids[i] = section_infos[i].id;
  return ids;
}
