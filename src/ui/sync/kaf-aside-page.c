/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store says which server; that is asked on a thread of its own; then the store makes texts of what it said. */
#include "config.h"

#include "ui/sync/kaf-aside-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "net/kaf-net-error.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/sync/kaf-aside-row.h"
#include "ui/sync/kaf-card.h"

struct _KafAsidePage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  char *url;          /* of the server; nullable */
  KafQuarantine *all; /* as the server said last; nullable */
  gboolean asking;
  gboolean settling;

  GtkWidget *title;
  GtkWidget *spinner;
  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (KafAsidePage, kaf_aside_page, GTK_TYPE_BOX)

static void refresh (KafAsidePage *self);

static KafWindow *
get_window (KafAsidePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static void
set_asking (KafAsidePage *self, gboolean asking)
{
  self->asking = asking;
  gtk_widget_set_visible (self->spinner, asking);
  if (asking)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

/* Showing */

static GtkListBoxRow *
get_row (KafAsidePage *self, int place)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place);
}

static void
show_all (KafAsidePage *self)
{
  guint n = self->all->edits->len;
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s change waits", "%s changes wait", n), number);
  GtkListBoxRow *row;

  while ((row = get_row (self, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (
        GTK_LIST_BOX (self->list),
        kaf_aside_row_new (g_ptr_array_index (self->all->edits, i), kaf_application_get_lang ()));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), n > 0 ? text : "");
  gtk_widget_set_visible (self->more, self->all->more);
  if (get_window (self) != NULL)
    kaf_sync_agent_note_aside (kaf_window_get_sync (get_window (self)), n);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "empty");
}

static gpointer
fill_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_quarantine_fill (data, db, kaf_application_get_lang ());
  return NULL;
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAsidePage) self = data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (self->store == NULL || self->all == NULL)
    return;
  set_asking (self, FALSE);
  show_all (self);
}

void
kaf_aside_page_show (KafAsidePage *self, KafQuarantine *all)
{
  g_return_if_fail (KAF_IS_ASIDE_PAGE (self));

  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  g_clear_pointer (&self->all, kaf_quarantine_free);
  self->all = all;
  kaf_store_run_async (self->store, KAF_LANE_READ, fill_job, all, NULL, NULL, NULL, on_filled,
                       g_object_ref (self));
}

/* Asking */

static void
fail (KafAsidePage *self, const GError *error)
{
  set_asking (self, FALSE);
  kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->all != NULL);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAsidePage) self = data;
  g_autoptr (GError) error = NULL;
  KafQuarantine *all = kaf_quarantine_fetch_finish (result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_pointer (&all, kaf_quarantine_free);
  else if (all == NULL)
    fail (self, error);
  else
    kaf_aside_page_show (self, all);
}

static gpointer
read_url (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  if (state.url == NULL)
    g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_NOT_ENROLLED, "no server");
  return g_steal_pointer (&state.url);
}

static void
on_url (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAsidePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (url == NULL)
    {
      fail (self, error);
      return;
    }
  g_free (self->url);
  self->url = g_steal_pointer (&url);
  kaf_quarantine_fetch_async (kaf_store_get_path (self->store), self->url, self->cancellable,
                              on_fetched, g_object_ref (self));
}

static void
refresh (KafAsidePage *self)
{
  if (self->asking || self->store == NULL)
    return;
  set_asking (self, TRUE);
  kaf_store_run_async (self->store, KAF_LANE_READ, read_url, NULL, NULL, g_free, self->cancellable,
                       on_url, g_object_ref (self));
}

static void
on_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_ASIDE_PAGE (widget));
}

/* Settling */

typedef struct
{
  KafAsidePage *page; /* owned */
  char *name;
  gboolean takes;
} Settle;

static void
settle_free (Settle *self)
{
  g_object_unref (self->page);
  g_free (self->name);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settle, settle_free)

static Settle *
settle_new (KafAsidePage *self, const char *name, gboolean takes)
{
  Settle *settle = g_new0 (Settle, 1);

  settle->page = g_object_ref (self);
  settle->name = g_strdup (name);
  settle->takes = takes;
  return settle;
}

static KafAsideRow *
find_row (KafAsidePage *self, const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_str_equal (kaf_aside_row_get_name (KAF_ASIDE_ROW (row)), name))
      return KAF_ASIDE_ROW (row);
  return NULL;
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Settle) settle = data;
  KafAsidePage *self = settle->page;
  g_autoptr (GError) error = NULL;
  gboolean done = kaf_quarantine_settle_finish (result, &error);
  KafAsideRow *row = find_row (self, settle->name);
  KafWindow *window = get_window (self);
  g_autofree char *why = done ? NULL : kaf_quarantine_explain (error);

  self->settling = FALSE;
  if (self->store == NULL)
    return;
  if (!done && row != NULL)
    kaf_aside_row_set_error (row, why);
  if (!done)
    return;
  if (window != NULL)
    kaf_window_toast (window, settle->takes ? _ ("Taken over in your name; its author is told")
                                            : _ ("Set aside; its author is told the reason"));
  /* What was taken comes here with an exchange. */
  if (settle->takes)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
  refresh (self);
}

/* @reason: NULL: it is taken over. */
static void
run (Settle *settle, const char *reason)
{
  KafAsidePage *self = settle->page;
  KafAsideRow *row = find_row (self, settle->name);

  /* One after the other: the next may be about the same record. */
  if (self->settling || self->all == NULL || self->url == NULL || row == NULL)
    {
      settle_free (settle);
      return;
    }
  self->settling = TRUE;
  kaf_aside_row_set_error (row, NULL);
  kaf_quarantine_settle_async (kaf_store_get_path (self->store), self->url, settle->name,
                               self->all->seen, reason, self->cancellable, on_settled, settle);
}

static void
on_take (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafAsidePage *self = KAF_ASIDE_PAGE (widget);

  run (settle_new (self, g_variant_get_string (parameter, NULL), TRUE), NULL);
}

static void
on_reason (KafReasonAnswer answer, const char *reason, gpointer data)
{
  if (answer == KAF_REASON_GIVEN)
    run (data, reason);
  else
    settle_free (data);
}

static void
on_refuse (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafAsidePage *self = KAF_ASIDE_PAGE (widget);

  kaf_reason_dialog_ask (
      GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Set This Change Aside?"),
      _ ("It will not stand at the server. Its author is told your reason, and keeps what was "
         "typed."),
      _ ("Why it is set aside, for its author"), _ ("Set Aside"), FALSE, on_reason,
      settle_new (self, g_variant_get_string (parameter, NULL), FALSE));
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafAsidePage *self = KAF_ASIDE_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->all != NULL && i < self->all->edits->len; i++)
    {
      const KafAside *edit = g_ptr_array_index (self->all->edits, i);

      if (g_str_equal (edit->name, name) && edit->page != NULL && get_window (self) != NULL)
        {
          kaf_window_open_record (get_window (self), edit->page, edit->id, NULL,
                                  GTK_INVALID_LIST_POSITION);
          return;
        }
    }
}

/* Making */

static void
kaf_aside_page_dispose (GObject *object)
{
  KafAsidePage *self = KAF_ASIDE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_aside_page_parent_class)->dispose (object);
}

static void
kaf_aside_page_finalize (GObject *object)
{
  KafAsidePage *self = KAF_ASIDE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->all, kaf_quarantine_free);
  g_free (self->url);
  G_OBJECT_CLASS (kaf_aside_page_parent_class)->finalize (object);
}

static void
kaf_aside_page_class_init (KafAsidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_aside_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_aside_page_finalize;
  gtk_widget_class_install_action (widget_class, "aside.take", "s", on_take);
  gtk_widget_class_install_action (widget_class, "aside.refuse", "s", on_refuse);
  gtk_widget_class_install_action (widget_class, "aside.open", "s", on_open);
  gtk_widget_class_install_action (widget_class, "aside.refresh", NULL, on_refresh);
}

static GtkWidget *
make_header (KafAsidePage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Kept Aside"), &self->title);
  GtkWidget *again = gtk_button_new_from_icon_name ("view-refresh-symbolic");

  kaf_tooltip_set (again, _ ("Ask the server again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (again), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ask the server again"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "aside.refresh");
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The server is asked"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), again);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Waits"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("When somebody loses a place while changes made there are still on the way, the server "
         "keeps them aside. They are shown here to who answers for that place."));
  return page;
}

static GtkWidget *
add_text (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "kaf-wraps");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
make_list (KafAsidePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  add_text (box, _ ("These changes were written by somebody who may not write there any more. What "
                    "you take over stands in your name; its author is told either way."));
  self->list = kaf_card_list_new (_ ("Kept Aside"));
  gtk_box_append (GTK_BOX (box), self->list);
  self->more = add_text (box, _ ("There are more: settle these first."));
  return kaf_card_page_new (box);
}

static void
kaf_aside_page_init (KafAsidePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->frame = kaf_read_frame_new (self->stack, _ ("What was kept aside could not be read"),
                                    "aside.refresh");
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_aside_page_new (KafStore *store)
{
  KafAsidePage *self = g_object_new (KAF_TYPE_ASIDE_PAGE, NULL);

  self->store = g_object_ref (store);
  refresh (self);
  return GTK_WIDGET (self);
}

int
kaf_aside_page_get_n (KafAsidePage *self)
{
  int n = 0;

  g_return_val_if_fail (KAF_IS_ASIDE_PAGE (self), -1);
  if (self->asking || self->all == NULL)
    return -1;
  while (get_row (self, n) != NULL)
    n++;
  return n;
}

gboolean
kaf_aside_page_has_failed (KafAsidePage *self)
{
  g_return_val_if_fail (KAF_IS_ASIDE_PAGE (self), FALSE);
  return kaf_read_frame_has_failed (KAF_READ_FRAME (self->frame));
}
