/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-duplicates-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "store/kaf-duplicates.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-wrap.h"
#include "ui/sync/kaf-card.h"
#include "ui/sync/kaf-sync-text.h"

/* px from which the two persons stand side by side */
#define ABREAST 560

struct _KafDuplicatesPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafSyncAgent *agent;
  GCancellable *cancellable;
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *hint;
  GtkWidget *list;
  GtkWidget *send;     /* button: all but what is left for review */
  GPtrArray *found;    /* of KafDuplicate, as the rows are; NULL: not read yet */
  GPtrArray *switches; /* of GtkSwitch; empty once all but them was sent */
  gboolean reading;
  gboolean again;
  gboolean preview; /* nothing was sent yet */
};

G_DEFINE_FINAL_TYPE (KafDuplicatesPage, kaf_duplicates_page, GTK_TYPE_BOX)

static void refresh (KafDuplicatesPage *self);

static KafWindow *
get_window (KafDuplicatesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

/* Rows */

static GtkWidget *
make_person (const char *place, const char *title, const char *summary, const char *ref)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = kaf_bidi_isolate (title != NULL ? title : _ ("Record without a name"));
  g_autofree char *about = summary != NULL ? kaf_bidi_line (summary) : NULL;
  g_autofree char *number = ref != NULL ? kaf_bidi_ltr (ref) : NULL;

  gtk_widget_add_css_class (kaf_card_add_label (box, place, "caption-heading"), "dim-label");
  kaf_card_add_label (box, name, "heading");
  if (about != NULL)
    kaf_card_add_label (box, about, NULL);
  if (number != NULL)
    gtk_widget_add_css_class (kaf_card_add_label (box, number, "caption"), "dim-label");
  return box;
}

static GtkWidget *
make_reasons (const KafSuspected *suspected)
{
  const KafLookalike *other = suspected->like;
  GtkWidget *wrap = kaf_wrap_new (6, 4);

  if (other->same_email)
    kaf_wrap_append (KAF_WRAP (wrap), kaf_pill_new (_ ("same e-mail address"), "warning"));
  if (other->same_phone)
    kaf_wrap_append (KAF_WRAP (wrap), kaf_pill_new (_ ("same phone"), "warning"));
  if (other->like_name)
    kaf_wrap_append (KAF_WRAP (wrap), kaf_pill_new (_ ("like name"), NULL));
  return wrap;
}

static GtkWidget *
make_button (const char *label, const char *action, const KafDuplicate *one)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, one->title != NULL ? one->title : "");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", one->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  return button;
}

/* Before anything is sent: whether she is left for review. */
static GtkWidget *
make_choice (KafDuplicatesPage *self, const KafDuplicate *one)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *label = kaf_card_add_label (line, _ ("Leave for review: do not send her yet"), NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Leave for review: do not send her yet"), -1);
  gtk_box_append (GTK_BOX (line), toggle);
  g_ptr_array_add (self->switches, toggle);
  return line;
}

/* Afterwards: she is another person, or the same and goes. */
static GtkWidget *
make_outcome (const KafDuplicate *one)
{
  GtkWidget *wrap = kaf_wrap_new (6, 6);

  kaf_wrap_append (KAF_WRAP (wrap),
                   make_button (_ ("Another Person: Send"), "duplicates.release", one));
  kaf_wrap_append (KAF_WRAP (wrap),
                   make_button (_ ("The Same: Delete Mine"), "duplicates.delete", one));
  kaf_wrap_append (KAF_WRAP (wrap), make_button (_ ("Open the Record"), "duplicates.open", one));
  return wrap;
}

static GtkWidget *
make_row (KafDuplicatesPage *self, const KafDuplicate *one)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *here = make_person (_ ("On this computer"), one->title, one->summary, NULL);

  if (one->other != NULL)
    {
      gtk_box_append (
          GTK_BOX (box),
          kaf_columns_new (here,
                           make_person (_ ("At the server"), one->other->like->title,
                                        one->other->like->summary, one->other->like->ref),
                           ABREAST, 50, 10));
      gtk_box_append (GTK_BOX (box), make_reasons (one->other));
      if (one->other->why != NULL)
        gtk_widget_add_css_class (kaf_card_add_label (box, one->other->why, "caption"),
                                  "dim-label");
    }
  else
    gtk_box_append (GTK_BOX (box), here);
  gtk_box_append (GTK_BOX (box), self->preview ? make_choice (self, one) : make_outcome (one));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "kaf-conflict");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  one->title != NULL ? one->title : "", -1);
  return row;
}

/* Reading */

typedef struct
{
  gboolean preview;
  guint n_own;
  GPtrArray *found;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gpointer
run_find (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->preview = GPOINTER_TO_INT (data);
  found->found = kaf_duplicates_find (db, !found->preview, kaf_application_get_lang (),
                                      &found->n_own, cancellable, error);
  return found->found != NULL ? g_steal_pointer (&found) : NULL;
}

static void
show_hint (KafDuplicatesPage *self, const Found *found)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *n = kaf_number_format (found->found->len, lang);
  g_autofree char *all = kaf_number_format (found->n_own, lang);
  g_autofree char *text = NULL;

  if (self->preview)
    /* Translators: two numbers */
    text = g_strdup_printf (
        ngettext (
            "%s of the %s persons of this store looks like one of the server. Nothing was sent "
            "yet. Leave for review whom you doubt about; all others are sent as persons of "
            "their own.",
            "%s of the %s persons of this store look like ones of the server. Nothing was sent "
            "yet. Leave for review whom you doubt about; all others are sent as persons of "
            "their own.",
            found->found->len),
        n, all);
  else
    text =
        g_strdup (_ ("These persons stay on this computer until you have looked: are they others "
                     "than those of the server, or the same?"));
  gtk_label_set_label (GTK_LABEL (self->hint), text);
}

static void
show_found (KafDuplicatesPage *self, const Found *found)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_ptr_array_set_size (self->switches, 0);
  self->preview = found->preview;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_ptr_array_ref (found->found);
  for (guint i = 0; i < self->found->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (self, g_ptr_array_index (self->found, i)));
  show_hint (self, found);
  gtk_widget_set_visible (self->send, self->preview && self->found->len > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->found->len > 0 ? "list" : "empty");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDuplicatesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (found != NULL)
    show_found (self, found);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Comparing failed: %s", error != NULL ? error->message : "no result");
  if (self->again)
    refresh (self);
}

static void
refresh (KafDuplicatesPage *self)
{
  gboolean preview = kaf_sync_agent_get_status (self->agent)->preview;

  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, run_find, GINT_TO_POINTER (preview), NULL,
                       found_free, self->cancellable, on_found, g_object_ref (self));
}

/* While a person chooses, what she chose stays. */
static void
on_status (KafDuplicatesPage *self)
{
  if (self->preview && !kaf_sync_agent_get_status (self->agent)->preview)
    refresh (self);
}

static void
on_store_changed (KafDuplicatesPage *self)
{
  if (!self->preview)
    refresh (self);
}

/* Choosing */

static void
on_send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafDuplicatesPage *self = KAF_DUPLICATES_PAGE (widget);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  KafWindow *window = get_window (self);

  if (!self->preview || self->found == NULL)
    return;
  for (guint i = 0; i < self->found->len; i++)
    if (gtk_switch_get_active (GTK_SWITCH (g_ptr_array_index (self->switches, i))))
      g_ptr_array_add (held, g_strdup (((KafDuplicate *) g_ptr_array_index (self->found, i))->id));
  gtk_widget_set_visible (self->send, FALSE);
  kaf_sync_agent_send_but (self->agent, held);
  if (window != NULL)
    kaf_window_toast (window, _ ("Your records are being sent"));
}

static gpointer
run_release (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_duplicates_release (db, data, error);
  return NULL;
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDuplicatesPage) self = data;
  g_autoptr (GError) error = NULL;
  KafWindow *window = get_window (self);

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL && window != NULL)
    kaf_window_report_error (window, _ ("The person is still held back"), error);
  kaf_store_announce (KAF_STORE (source), NULL);
}

static void
on_release (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafDuplicatesPage *self = KAF_DUPLICATES_PAGE (widget);

  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_release,
                       g_variant_dup_string (parameter, NULL), g_free, NULL, NULL, on_released,
                       g_object_ref (self));
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafDuplicatesPage *self = KAF_DUPLICATES_PAGE (widget);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, kaf_registry_find ("person"), g_variant_get_string (parameter, NULL));
  kaf_window_commit (widget, self->store, set, _ ("Record deleted"),
                     _ ("The record was not deleted"), NULL, NULL);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafWindow *window = get_window (KAF_DUPLICATES_PAGE (widget));

  if (window != NULL)
    kaf_window_open_record (window, kaf_registry_find ("expert"),
                            g_variant_get_string (parameter, NULL), NULL,
                            GTK_INVALID_LIST_POSITION);
}

static void
kaf_duplicates_page_dispose (GObject *object)
{
  g_cancellable_cancel (KAF_DUPLICATES_PAGE (object)->cancellable);
  G_OBJECT_CLASS (kaf_duplicates_page_parent_class)->dispose (object);
}

static void
kaf_duplicates_page_finalize (GObject *object)
{
  KafDuplicatesPage *self = KAF_DUPLICATES_PAGE (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->switches, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->agent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_duplicates_page_parent_class)->finalize (object);
}

static void
kaf_duplicates_page_class_init (KafDuplicatesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_duplicates_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_duplicates_page_finalize;
  gtk_widget_class_install_action (widget_class, "duplicates.send", NULL, on_send);
  gtk_widget_class_install_action (widget_class, "duplicates.release", "s", on_release);
  gtk_widget_class_install_action (widget_class, "duplicates.delete", "s", on_delete);
  gtk_widget_class_install_action (widget_class, "duplicates.open", "s", on_open);
}

static GtkWidget *
make_header (KafDuplicatesPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Persons That Look Alike"), &self->title);

  self->send = gtk_button_new_with_label (_ ("Send"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send), "duplicates.send");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Send"), -1);
  gtk_widget_set_visible (self->send, FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->send);
  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody Is Held Back"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page), _ ("All persons of this store are sent as persons of their own."));
  return page;
}

static GtkWidget *
make_list (KafDuplicatesPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->hint = kaf_card_add_label (box, NULL, NULL);
  self->list = kaf_card_list_new (_ ("Persons That Look Alike"));
  gtk_box_append (GTK_BOX (box), self->list);
  return kaf_card_page_new (box);
}

static void
kaf_duplicates_page_init (KafDuplicatesPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->switches = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), self->stack);
}

GtkWidget *
kaf_duplicates_page_new (KafStore *store, KafSyncAgent *agent)
{
  KafDuplicatesPage *self = g_object_new (KAF_TYPE_DUPLICATES_PAGE, NULL);

  self->store = g_object_ref (store);
  self->agent = g_object_ref (agent);
  g_signal_connect_object (agent, "changed", G_CALLBACK (on_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

int
kaf_duplicates_page_get_n (KafDuplicatesPage *self)
{
  g_return_val_if_fail (KAF_IS_DUPLICATES_PAGE (self), -1);
  return self->found == NULL || self->reading ? -1 : (int) self->found->len;
}

void
kaf_duplicates_page_set_held (KafDuplicatesPage *self, int place, gboolean held)
{
  g_return_if_fail (KAF_IS_DUPLICATES_PAGE (self));
  g_return_if_fail (place >= 0 && place < (int) self->switches->len);
  gtk_switch_set_active (GTK_SWITCH (g_ptr_array_index (self->switches, place)), held);
}
