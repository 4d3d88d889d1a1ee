/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was shown is what is accepted: where the pairs are others by then, nothing is, and they are shown anew. */
#include "config.h"

#include "ui/duplicates/kaf-accept-window.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "base/kaf-reason.h"
#include "schema/kaf-registry.h"
#include "store/kaf-suspects-list.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/duplicates/kaf-accept-row.h"
#include "ui/duplicates/kaf-suspect-row.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 520
#define HEIGHT 620
#define SAMPLE 10

static const char *const kinds[] = { "person", "organisation" };

struct _KafAcceptWindow
{
  AdwWindow parent_instance;

  KafWindow *window; /* that it was asked for in */
  KafStore *store;
  KafLang lang;
  GCancellable *cancellable; /* of the read under way */
  GPtrArray *pairs;          /* of KafSuspect; NULL: not read yet */
  gboolean running;

  GtkWidget *kind, *reason;
  GtkWidget *sentence;
  GtkWidget *section; /* of the sample */
  GtkWidget *sample;
};

G_DEFINE_FINAL_TYPE (KafAcceptWindow, kaf_accept_window, ADW_TYPE_WINDOW)

static void refresh (KafAcceptWindow *self);

/* ---- Reading ---- */

typedef struct
{
  guint least;      /* ‰; 0: none is set */
  GPtrArray *pairs; /* KafSuspect */
  GPtrArray *lines; /* KafSuspectLine: the least likely of them */
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

typedef struct
{
  const KafEntity *entity;
  KafLang lang;
} Asked;

static int
compare_likelihood (gconstpointer a, gconstpointer b)
{
  const KafSuspect *x = *(const KafSuspect *const *) a, *y = *(const KafSuspect *const *) b;

  return x->likelihood < y->likelihood ? -1 : x->likelihood > y->likelihood;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->least = kaf_suspects_get_accept (db);
  if (found->least == 0)
    return g_steal_pointer (&found);
  found->pairs = kaf_suspects_list_groups (db, asked->entity, found->least, asked->lang, error);
  if (found->pairs == NULL)
    return NULL;
  g_ptr_array_sort (found->pairs, compare_likelihood);
  found->lines = kaf_suspects_list_lines_of (db, found->pairs, SAMPLE, asked->lang, error);
  return found->lines != NULL ? g_steal_pointer (&found) : NULL;
}

/* ---- Showing ---- */

static void
update_actions (KafAcceptWindow *self)
{
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "accept.run",
      self->pairs != NULL && self->pairs->len > 0 && !self->running &&
          kaf_reason_is_enough (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
}

static void
show_sentence (KafAcceptWindow *self, const Found *found)
{
  guint n = found->pairs != NULL ? found->pairs->len : 0;
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text = NULL;

  if (found->least == 0)
    text = g_strdup (_ ("No likelihood is set yet from which on pairs are accepted together."));
  else if (n == 0)
    text = g_strdup (_ ("No pair is that likely."));
  else
    text = g_strdup_printf (ngettext ("%s pair becomes one record. One step to undo.",
                                      "%s pairs become one record each. One step to undo.", n),
                            number);
  gtk_label_set_text (GTK_LABEL (self->sentence), text);
}

static void
show_found (KafAcceptWindow *self, const Found *found)
{
  show_sentence (self, found);
  kaf_record_section_clear (self->sample);
  for (guint i = 0; found->lines != NULL && i < found->lines->len; i++)
    {
      GtkWidget *row = kaf_suspect_row_new ();

      kaf_suspect_row_set_line (KAF_SUSPECT_ROW (row), found->lines->pdata[i], self->lang);
      gtk_list_box_append (GTK_LIST_BOX (self->sample), row);
    }
  gtk_widget_set_visible (self->section, found->lines != NULL && found->lines->len > 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAcceptWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (found == NULL)
    {
      g_warning ("Pairs to accept were not read: %s", error != NULL ? error->message : "nothing");
      return;
    }
  show_found (self, found);
  self->pairs = found->pairs != NULL ? g_ptr_array_ref (found->pairs) : g_ptr_array_new ();
  update_actions (self);
}

static const KafEntity *
get_entity (KafAcceptWindow *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));

  return kaf_registry_find (kinds[MIN (chosen, G_N_ELEMENTS (kinds) - 1)]);
}

static void
refresh (KafAcceptWindow *self)
{
  Asked *asked;

  if (self->store == NULL || self->running)
    return;
  asked = g_new (Asked, 1);
  asked->entity = get_entity (self);
  asked->lang = self->lang;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  update_actions (self);
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, asked, g_free, found_free,
                       self->cancellable, on_read, g_object_ref (self));
}

/* ---- Accepting ---- */

typedef struct
{
  const KafEntity *entity;
  char *reason;
  GPtrArray *shown;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_free (self->reason);
  g_ptr_array_unref (self->shown);
  g_free (self);
}

static gpointer
accept_job (KafDatabase *db,
            KafProgressFunc progress,
            gpointer progress_data,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Order *order = data;
  guint n;

  return kaf_suspects_accept (db, order->entity, order->reason, order->shown, progress,
                              progress_data, &n, cancellable, error);
}

static void
tell_accepted (KafAcceptWindow *self, KafReceipt *receipt, guint n)
{
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s pair was accepted", "%s pairs were accepted", n), number);

  kaf_store_announce (self->store, receipt);
  kaf_window_toast_undo (self->window, text, receipt);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafAcceptWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_progress_window_finish (result, &error);

  self->running = FALSE;
  if (self->store == NULL)
    return;
  if (receipt != NULL)
    {
      tell_accepted (self, receipt, self->pairs->len);
      return;
    }
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    kaf_window_toast (self->window, _ ("The pairs have changed: look at them again"));
  else
    kaf_window_report_error (self->window, _ ("No pair was accepted"), error);
  refresh (self);
}

static void
on_run (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafAcceptWindow *self = KAF_ACCEPT_WINDOW (widget);
  Order *order = g_new (Order, 1);

  order->entity = get_entity (self);
  order->reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  order->shown = g_ptr_array_ref (self->pairs);
  self->running = TRUE;
  update_actions (self);
  kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Accepting the Pairs"),
                           KAF_LANE_WRITE, accept_job, order, order_free,
                           (GDestroyNotify) kaf_receipt_unref, on_accepted, g_object_ref (self));
}

/* ---- Making ---- */

static void
kaf_accept_window_dispose (GObject *object)
{
  KafAcceptWindow *self = KAF_ACCEPT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (kaf_accept_window_parent_class)->dispose (object);
}

static void
kaf_accept_window_finalize (GObject *object)
{
  g_clear_pointer (&KAF_ACCEPT_WINDOW (object)->pairs, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_accept_window_parent_class)->finalize (object);
}

static void
kaf_accept_window_class_init (KafAcceptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_accept_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_accept_window_finalize;
  gtk_widget_class_install_action (widget_class, "accept.run", NULL, on_run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "accept.run",
                                       NULL);
}

static void
kaf_accept_window_init (KafAcceptWindow *self)
{
}

static GtkWidget *
kind_row_new (KafAcceptWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, _ (kaf_registry_find (kinds[i])->plural));
  self->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _ ("Records"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (names));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  return self->kind;
}

static GtkWidget *
reason_row_new (KafAcceptWindow *self)
{
  self->reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason),
                                 _ ("Reason, for the history of each record"));
  g_signal_connect_object (self->reason, "changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  return self->reason;
}

static GtkWidget *
body_new (KafAcceptWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = kaf_record_section_list (_ ("What is accepted"));

  gtk_list_box_append (GTK_LIST_BOX (list), kind_row_new (self));
  gtk_list_box_append (GTK_LIST_BOX (list), kaf_accept_row_new (self->store, self->lang));
  gtk_list_box_append (GTK_LIST_BOX (list), reason_row_new (self));
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_add_css_class (self->sentence, "kaf-wraps");
  self->section = kaf_record_section_new (_ ("The Least Likely of Them"));
  self->sample = kaf_record_section_list (_ ("The Least Likely of Them"));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->sample);
  gtk_widget_set_visible (self->section, FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), kaf_dialog_paragraph_new (_ (kaf_reason_get_rule ()), "caption"));
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->section);
  gtk_widget_add_css_class (box, "kaf-record-padded");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
kaf_accept_window_new (KafWindow *parent, KafStore *store, KafLang lang)
{
  KafAcceptWindow *self =
      g_object_new (KAF_TYPE_ACCEPT_WINDOW, "title", _ ("Accept Pairs Together"), "transient-for",
                    parent, "modal", TRUE, "default-width", WIDTH, "default-height", HEIGHT, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = g_object_ref (parent);
  self->store = g_object_ref (store);
  self->lang = lang;
  gtk_box_append (GTK_BOX (content),
                  kaf_dialog_header_new ("window.close", _ ("Accept"), "accept.run", NULL));
  gtk_box_append (GTK_BOX (content), body_new (self));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_focus (GTK_WINDOW (self), self->kind);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

int
kaf_accept_window_get_n (KafAcceptWindow *self)
{
  g_return_val_if_fail (KAF_IS_ACCEPT_WINDOW (self), -1);

  return self->pairs != NULL && !self->running ? (int) self->pairs->len : -1;
}

void
kaf_accept_window_set_reason (KafAcceptWindow *self, const char *reason)
{
  g_return_if_fail (KAF_IS_ACCEPT_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason);
}
