/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store is read first, for what waits here and for the years of the law; then the server is asked, where there is
 * one, on a thread of its own. */
#include "config.h"

#include "ui/erasure/kaf-erasures-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "net/kaf-erasure-text.h"
#include "store/kaf-erasure-notes.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-keys.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/erasure/kaf-erasure-rows.h"
#include "ui/erasure/kaf-erasure-window.h"
#include "ui/record/kaf-record-section.h"

#define PAGE_WIDTH 900

/* What the store says. */
typedef struct
{
  char *url;        /* of the server; NULL: there is none */
  GPtrArray *notes; /* (element-type KafErasureNote) */
  GPtrArray *days;  /* (element-type KafErasedDay) */
  guint years;
} Own;

struct _KafErasuresPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafSyncAgent *agent;
  KafLang lang;
  GCancellable *cancellable; /* of what is under way */
  GSimpleActionGroup *actions;
  Own *own;         /* as read last; nullable */
  KafErasures *all; /* as the server said last; nullable */
  gint64 synced;    /* of the agent's status, as it was last seen */
  gboolean asks;    /* the server is asked once the store was read */
  char *pending;    /* number to be ordered as soon as the server is known; nullable */
  GHashTable *open; /* set of char*: rows that were opened, by "TIME NAME" */

  GtkWidget *title;
  GtkWidget *spinner;
  GtkWidget *noted; /* section */
  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *list; /* section */
};

G_DEFINE_FINAL_TYPE (KafErasuresPage, kaf_erasures_page, GTK_TYPE_BOX)

static void
own_free (gpointer data)
{
  Own *self = data;

  g_free (self->url);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_free (self);
}

/* Reading */

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  Own *self;

  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  self = g_new0 (Own, 1);
  self->url = g_steal_pointer (&state.url);
  self->notes = kaf_erasure_notes_read (db);
  self->days = kaf_erase_list_days (db);
  self->years = kaf_erasure_rows_read_years (db);
  return self;
}

static char *
make_key (const KafErasure *erasure)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", erasure->at,
                          erasure->name != NULL ? erasure->name : "");
}

static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, KafErasuresPage *self)
{
  const char *key = g_object_get_data (G_OBJECT (row), "kaf-key");

  if (adw_expander_row_get_expanded (row))
    g_hash_table_add (self->open, g_strdup (key));
  else
    g_hash_table_remove (self->open, key);
}

static void
add_erasure (KafErasuresPage *self, GtkWidget *list, const KafErasure *erasure)
{
  g_autofree char *key = make_key (erasure);
  GtkWidget *row = kaf_erasure_row_new (erasure, self->all, self->own->years,
                                        g_hash_table_contains (self->open, key));

  g_object_set_data_full (G_OBJECT (row), "kaf-key", g_steal_pointer (&key), g_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static guint
count_open (KafErasuresPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->all->erasures->len; i++)
    n += kaf_erasure_count (g_ptr_array_index (self->all->erasures, i), self->all).n_awaited > 0;
  return n;
}

static void
show_all (KafErasuresPage *self)
{
  GtkWidget *list = kaf_record_section_list (_ ("Erased"));
  guint n = count_open (self);
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s not yet confirmed everywhere", "%s not yet confirmed everywhere", n), number);

  gtk_widget_remove_css_class (list, "kaf-rows");
  for (guint i = 0; i < self->all->erasures->len; i++)
    add_erasure (self, list, g_ptr_array_index (self->all->erasures, i));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->list), list);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), n > 0 ? text : "");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->all->erasures->len > 0 ? "list" : "empty");
}

static void
show_days (KafErasuresPage *self)
{
  GtkWidget *list = kaf_record_section_list (_ ("Erased"));

  gtk_widget_remove_css_class (list, "kaf-rows");
  for (guint i = 0; i < self->own->days->len; i++)
    {
      const KafErasedDay *day = g_ptr_array_index (self->own->days, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *text = kaf_date_format (day->day, self->lang, KAF_DATE_LONG);
      g_autofree char *records = kaf_erasure_text_records (day->n, self->lang);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), records);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->list), list);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->own->days->len > 0 ? "list" : "alone");
}

static void
set_asking (KafErasuresPage *self, gboolean asking)
{
  gtk_widget_set_visible (self->spinner, asking);
  if (asking)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafErasuresPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafErasures) all = kaf_erasures_fetch_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  set_asking (self, FALSE);
  if (all == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->all != NULL);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  g_clear_pointer (&self->all, kaf_erasures_free);
  self->all = g_steal_pointer (&all);
  show_all (self);
}

/* What waits to be ordered */

static GtkWidget *
button_new (const char *label, const char *name, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_note (KafErasuresPage *self, GtkWidget *list, const KafErasureNote *note)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = kaf_bidi_ltr (note->name);
  g_autofree char *time = kaf_time_format (note->at, self->lang);
  g_autofree char *when = kaf_bidi_ltr (time);
  /* Translators: %s is a day and a time. */
  g_autofree char *text =
      g_strdup_printf (_ ("Noted on %s, while the server could not be reached"), when);
  /* Translators: of both, %s is the number of a record. */
  g_autofree char *order = g_strdup_printf (_ ("Order the erasure of %s"), number);
  g_autofree char *forget = g_strdup_printf (_ ("Do not order the erasure of %s"), number);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), number);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             button_new (_ ("Order…"), order, "erasures.order", note->name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new (C_ ("erasure", "Leave"), forget,
                                                               "erasures.forget", note->name));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
show_notes (KafErasuresPage *self)
{
  GtkWidget *list = kaf_record_section_list (_ ("To be ordered"));

  gtk_widget_remove_css_class (list, "kaf-rows");
  for (guint i = 0; i < self->own->notes->len; i++)
    add_note (self, list, g_ptr_array_index (self->own->notes, i));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->noted), list);
  /* The clamp around it. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->noted), self->own->notes->len > 0);
}

static void
order_pending (KafErasuresPage *self)
{
  g_autofree char *name = g_steal_pointer (&self->pending);

  if (name != NULL)
    kaf_erasures_page_order (self, name);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafErasuresPage) self = data;
  g_autoptr (GError) error = NULL;
  Own *own = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    {
      g_clear_pointer (&own, own_free);
      return;
    }
  if (own == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->own != NULL);
      return;
    }
  g_clear_pointer (&self->own, own_free);
  self->own = own;
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "order")),
      own->url != NULL);
  show_notes (self);
  if (own->url == NULL)
    {
      kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
      show_days (self);
      return;
    }
  order_pending (self);
  if (!self->asks)
    return;
  self->asks = FALSE;
  set_asking (self, TRUE);
  kaf_erasures_fetch_async (kaf_store_get_path (self->store), own->url, self->cancellable,
                            on_fetched, g_object_ref (self));
}

static void
read_own (KafErasuresPage *self)
{
  if (self->store == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, NULL, NULL, own_free,
                       self->cancellable, on_read, g_object_ref (self));
}

static void
refresh (KafErasuresPage *self)
{
  self->asks = TRUE;
  read_own (self);
}

/* The server answers, again or still: what it knows may be more by now. While nobody looks it is not asked. */
static void
on_synced (KafErasuresPage *self)
{
  gint64 synced = kaf_sync_agent_get_status (self->agent)->synced_at;

  if (synced == self->synced || self->store == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->synced = synced;
  refresh (self);
}

/* Actions */

static void
on_ordered (KafErasureWindow *window, gpointer data)
{
  KafErasuresPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAF_IS_WINDOW (root))
    kaf_window_toast (KAF_WINDOW (root), _ ("Erased at the server; each device follows at its "
                                            "next exchange"));
  /* This device is one of them. */
  if (self->agent != NULL)
    kaf_sync_agent_sync_now (self->agent);
  refresh (self);
}

void
kaf_erasures_page_order (KafErasuresPage *self, const char *name)
{
  GtkRoot *root;
  GtkWidget *window;

  g_return_if_fail (KAF_IS_ERASURES_PAGE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->own == NULL)
    {
      g_free (self->pending);
      self->pending = g_strdup (name);
      return;
    }
  if (self->own->url == NULL)
    return;
  window = kaf_erasure_window_new (self->store, self->own->url, name);
  g_signal_connect_object (window, "ordered", G_CALLBACK (on_ordered), self, 0);
  g_signal_connect_object (window, "noted", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_order (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_erasures_page_order (data, g_variant_get_string (parameter, NULL));
}

static gpointer
forget_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (kaf_erasure_notes_remove (db, data, error));
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafErasuresPage) self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL && KAF_IS_WINDOW (root))
    kaf_window_report_error (KAF_WINDOW (root), _ ("The number stays in the list"), error);
  refresh (self);
}

static void
on_forget (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafErasuresPage *self = data;

  kaf_store_run_async (self->store, KAF_LANE_WRITE, forget_job,
                       g_variant_dup_string (parameter, NULL), g_free, NULL, NULL, on_forgotten,
                       g_object_ref (self));
}

static void
on_refresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  refresh (data);
}

static gboolean
on_order_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, "erasures.order", "s", "");
}

static gboolean
on_refresh_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, "erasures.refresh", NULL);
}

static void
add_keys (KafErasuresPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_keys_add (keys, GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_order_key, NULL, NULL);
  kaf_keys_add (keys, GDK_KEY_F5, 0, on_refresh_key, NULL, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* The widget */

static void
kaf_erasures_page_dispose (GObject *object)
{
  KafErasuresPage *self = KAF_ERASURES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->agent);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (kaf_erasures_page_parent_class)->dispose (object);
}

static void
kaf_erasures_page_finalize (GObject *object)
{
  KafErasuresPage *self = KAF_ERASURES_PAGE (object);

  g_clear_pointer (&self->own, own_free);
  g_clear_pointer (&self->all, kaf_erasures_free);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_free (self->pending);
  G_OBJECT_CLASS (kaf_erasures_page_parent_class)->finalize (object);
}

static void
kaf_erasures_page_class_init (KafErasuresPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_erasures_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_erasures_page_finalize;
}

static void
kaf_erasures_page_init (KafErasuresPage *self)
{
  static const GActionEntry entries[] = {
    { "order", on_order, "s" },
    { "forget", on_forget, "s" },
    { "refresh", on_refresh },
  };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "erasures", G_ACTION_GROUP (self->actions));
  add_keys (self);
}

static GtkWidget *
icon_button_new (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  kaf_tooltip_set (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
header_new (KafErasuresPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Erasures"), &self->title);
  GtkWidget *order = icon_button_new ("list-add-symbolic", _ ("Order an Erasure"));
  GtkWidget *again = icon_button_new ("view-refresh-symbolic", _ ("Ask the Server Again"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (order), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (order), "erasures.order");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "erasures.refresh");
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The server is asked"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), order);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), again);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static GtkWidget *
status_new (const char *title, const char *text, gboolean orders)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "user-trash-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  if (!orders)
    return page;
  button = button_new (_ ("Order an Erasure…"), _ ("Order an Erasure…"), "erasures.order", "");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
clamp_new (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (child, "kaf-record-body");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  return clamp;
}

static GtkWidget *
body_new (KafErasuresPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = kaf_record_section_new (_ ("Erased"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp_new (self->list));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                       "waiting");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "list");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      status_new (_ ("Nothing Was Erased Yet"),
                  _ ("Who asks to be erased is named here by the number of the record. The server "
                     "erases, each device follows, and its receipt is shown here."),
                  TRUE),
      "empty");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      status_new (_ ("Nothing Was Erased Yet"),
                  _ ("This store has no server: a record is erased from the menu of its page, and "
                     "then gone from here for good."),
                  FALSE),
      "alone");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

GtkWidget *
kaf_erasures_page_new (KafStore *store, KafSyncAgent *agent)
{
  KafErasuresPage *self = g_object_new (KAF_TYPE_ERASURES_PAGE, NULL);
  GtkWidget *noted;

  self->store = g_object_ref (store);
  self->agent = agent != NULL ? g_object_ref (agent) : NULL;
  self->lang = kaf_application_get_lang ();
  gtk_box_append (GTK_BOX (self), header_new (self));
  self->noted = kaf_record_section_new (_ ("To be ordered"));
  noted = clamp_new (self->noted);
  gtk_widget_set_visible (noted, FALSE);
  gtk_box_append (GTK_BOX (self), noted);
  self->frame = kaf_read_frame_new (body_new (self), _ ("The erasures could not be read"),
                                    "erasures.refresh");
  gtk_box_append (GTK_BOX (self), self->frame);
  g_signal_connect_object (store, "changed", G_CALLBACK (read_own), self, G_CONNECT_SWAPPED);
  if (agent != NULL)
    {
      self->synced = kaf_sync_agent_get_status (agent)->synced_at;
      g_signal_connect_object (agent, "changed", G_CALLBACK (on_synced), self, G_CONNECT_SWAPPED);
      g_signal_connect (self, "map", G_CALLBACK (on_synced), NULL);
    }
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_erasures_page_count (KafErasuresPage *self, guint *n_erasures, guint *n_noted)
{
  g_return_val_if_fail (KAF_IS_ERASURES_PAGE (self), FALSE);

  if (self->own == NULL)
    return FALSE;
  *n_noted = self->own->notes->len;
  *n_erasures = self->all != NULL ? self->all->erasures->len : self->own->days->len;
  return self->own->url == NULL || self->all != NULL || kaf_erasures_page_has_failed (self);
}

gboolean
kaf_erasures_page_has_failed (KafErasuresPage *self)
{
  g_return_val_if_fail (KAF_IS_ERASURES_PAGE (self), FALSE);

  return kaf_read_frame_has_failed (KAF_READ_FRAME (self->frame));
}
