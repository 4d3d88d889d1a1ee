/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/segment/kaf-segment-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "record/kaf-listing.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-registry.h"
#include "store/kaf-segments.h"
#include "ui/app/kaf-export.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-row-names.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/list/kaf-bulk-edit-window.h"
#include "ui/list/kaf-list-page.h"
#include "ui/record/kaf-wrap.h"
#include "ui/segment/kaf-segment-form.h"
#include "ui/segment/kaf-segment-words.h"

#define FIRST_ROWS 8

typedef struct
{
  KafSegmentShown *shown;
  GPtrArray *rows;  /* of KafRow: the first ones */
  GPtrArray *lists; /* of KafSegmentList */
} Read;

struct _KafSegmentPage
{
  GtkBox parent_instance;

  KafStore *store;
  char *id;
  GCancellable *cancellable;
  Read *read; /* NULL: not read yet */
  guint reading;
  gboolean stale;

  GtkWidget *title;
  GtkWidget *frame;
  GtkWidget *content;
  GtkWidget *count;
  GtkWidget *told;
  GtkWidget *purpose;
  GtkWidget *rows;
  GtkWidget *lists;
  GtkWidget *lists_title;
};

G_DEFINE_FINAL_TYPE (KafSegmentPage, kaf_segment_page, GTK_TYPE_BOX)

static void refresh (KafSegmentPage *self);

static void
read_free (Read *self)
{
  g_clear_pointer (&self->shown, kaf_segment_shown_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

typedef struct
{
  char *id;
  KafLang lang;
} Asked;

static void
asked_free (Asked *self)
{
  g_free (self->id);
  g_free (self);
}

static gpointer
read_segment (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const none[] = { NULL };
  const Asked *asked = data;
  KafSegment *segment = kaf_segment_read (db, asked->id, error);
  g_autoptr (Read) read = NULL;

  if (segment == NULL)
    return NULL;
  read = g_new0 (Read, 1);
  read->shown = kaf_segment_shown_new (db, segment, asked->lang);
  read->lists = kaf_segment_lists_read (db, asked->id, error);
  if (read->lists == NULL)
    return NULL;
  if (segment->query != NULL)
    {
      read->rows =
          kaf_page_read (db, segment->query, none, asked->lang, 0, FIRST_ROWS, NULL, NULL, error);
      if (read->rows == NULL)
        return NULL;
    }
  return g_steal_pointer (&read);
}

static KafWindow *
get_window (KafSegmentPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static const KafQuery *
get_query (KafSegmentPage *self)
{
  return self->read != NULL ? self->read->shown->segment->query : NULL;
}

/* Showing */

static void
clear_list (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
show_rows (KafSegmentPage *self)
{
  clear_list (self->rows);
  for (guint i = 0; self->read->rows != NULL && i < self->read->rows->len; i++)
    {
      const char *first, *second;
      GtkWidget *row;

      kaf_row_names (g_ptr_array_index (self->read->rows, i), kaf_application_get_lang (), &first,
                     &second);
      row = new_row (first, second);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
  gtk_widget_set_visible (self->rows, self->read->rows != NULL && self->read->rows->len > 0);
}

static void
add_button (GtkWidget *row, const char *label, const char *day, const char *action, const char *id)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s – %s", label, day);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_lists (KafSegmentPage *self)
{
  KafLang lang = kaf_application_get_lang ();

  clear_list (self->lists);
  for (guint i = 0; i < self->read->lists->len; i++)
    {
      const KafSegmentList *list = g_ptr_array_index (self->read->lists, i);
      g_autofree char *day = kaf_date_format (list->frozen_on, lang, KAF_DATE_SHORT);
      g_autofree char *number = kaf_number_format (list->count, lang);
      g_autofree char *title = NULL;
      GtkWidget *row;

      /* Translators: a day, then how many there were. */
      title = g_strdup_printf (_ ("%s: %s"), day, number);
      row = new_row (title, list->note);
      add_button (row, _ ("Open"), day, "segment.open-list", list->id);
      add_button (row, _ ("Compare"), day, "segment.compare", list->id);
      gtk_list_box_append (GTK_LIST_BOX (self->lists), row);
    }
  gtk_widget_set_visible (self->lists, self->read->lists->len > 0);
  gtk_widget_set_visible (self->lists_title, self->read->lists->len > 0);
}

static void
show_segment (KafSegmentPage *self)
{
  const KafSegmentShown *shown = self->read->shown;
  gboolean asks = shown->segment->query != NULL;
  gboolean writes = !kaf_store_is_read_only (self->store);
  g_autofree char *count = kaf_number_format (shown->segment->count, kaf_application_get_lang ());

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), shown->title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), shown->segment->ref);
  gtk_label_set_label (GTK_LABEL (self->count), asks ? count : "–");
  gtk_label_set_label (GTK_LABEL (self->told), shown->told);
  gtk_label_set_label (GTK_LABEL (self->purpose),
                       shown->segment->purpose != NULL ? shown->segment->purpose : "");
  gtk_widget_set_visible (self->purpose, shown->segment->purpose != NULL);
  show_rows (self);
  show_lists (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.open", asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.export", asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.bulk", asks && writes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.freeze", asks && writes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.edit", asks && writes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.delete", writes);
  gtk_widget_set_visible (self->content, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentPage) self = data;
  g_autoptr (GError) error = NULL;
  Read *read = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (read == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->read != NULL);
      return;
    }
  g_clear_pointer (&self->read, read_free);
  self->read = read;
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  show_segment (self);
}

static void
refresh (KafSegmentPage *self)
{
  Asked *asked = g_new0 (Asked, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->reading++;
  asked->id = g_strdup (self->id);
  asked->lang = kaf_application_get_lang ();
  kaf_store_run_async (self->store, KAF_LANE_READ, read_segment, asked, (GDestroyNotify) asked_free,
                       (GDestroyNotify) read_free, self->cancellable, on_read, g_object_ref (self));
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafSegmentPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

/* Actions */

/* Persons to be asked, in the order in which it is worth it: with what is missing, and how to reach them. */
static gboolean
is_campaign (const KafQuery *query)
{
  return g_strcmp0 (kaf_query_get_sort (query), KAF_QUALITY_MISSING) == 0;
}

static void
open_query (KafSegmentPage *self, KafQuery *query, const char *title)
{
  KafWindow *window = get_window (self);
  GtkWidget *page;

  if (window == NULL || query == NULL)
    return;
  page = kaf_list_page_new (self->store, kaf_query_get_entity (query));
  kaf_list_page_set_back (KAF_LIST_PAGE (page));
  if (is_campaign (query))
    kaf_list_page_show_columns (KAF_LIST_PAGE (page), kaf_listing_asking);
  kaf_window_push (window, page);
  kaf_list_page_set_query (KAF_LIST_PAGE (page), query);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);
  g_autoptr (KafQuery) query = get_query (self) != NULL ? kaf_query_copy (get_query (self)) : NULL;

  open_query (self, query, NULL);
}

static void
on_open_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);
  g_autoptr (KafQuery) query = NULL;

  if (get_query (self) == NULL)
    return;
  query = kaf_segment_list_query (kaf_query_get_entity (get_query (self)),
                                  g_variant_get_string (parameter, NULL));
  if (is_campaign (get_query (self)))
    kaf_query_set_sort (query, KAF_QUALITY_MISSING, TRUE);
  open_query (self, query, NULL);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);
  g_autoptr (KafQuery) query = get_query (self) != NULL ? kaf_query_copy (get_query (self)) : NULL;

  if (query != NULL && get_window (self) != NULL)
    kaf_export_query (get_window (self), query, is_campaign (query) ? kaf_listing_asking : NULL);
}

static void
on_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);

  kaf_window_push (get_window (self), kaf_segment_form_new (self->store, self->id, NULL));
}

static gpointer
read_places (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_page_places (db, data, error);
}

static void
on_places (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafWindow *window = get_window (self);
  GtkWidget *dialog;

  if (window == NULL)
    return;
  if (places == NULL)
    {
      kaf_window_report_error (window, _ ("The records could not be read"), error);
      return;
    }
  if (places->len == 0 || get_query (self) == NULL)
    return;
  dialog = kaf_bulk_edit_window_new (self->store, kaf_query_get_entity (get_query (self)), places,
                                     kaf_application_get_lang ());
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_bulk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);

  if (get_query (self) != NULL)
    kaf_store_run_async (self->store, KAF_LANE_READ, read_places, kaf_query_copy (get_query (self)),
                         (GDestroyNotify) kaf_query_unref, (GDestroyNotify) g_array_unref, NULL,
                         on_places, g_object_ref (self));
}

/* Freezing */

typedef struct
{
  char *id, *note;
} Freeze;

static void
freeze_free (Freeze *self)
{
  g_free (self->id);
  g_free (self->note);
  g_free (self);
}

static gpointer
freeze_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Freeze *freeze = data;

  return kaf_segment_freeze (db, freeze->id, freeze->note, NULL, error);
}

static void
on_frozen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading--;
  if (receipt != NULL)
    kaf_store_announce (KAF_STORE (source), receipt);
  if (get_window (self) == NULL)
    return;
  if (receipt != NULL)
    kaf_window_toast_undo (get_window (self), _ ("List frozen"), receipt);
  else
    kaf_window_report_error (get_window (self), _ ("The list was not frozen"), error);
}

void
kaf_segment_page_freeze (KafSegmentPage *self, const char *note)
{
  Freeze *freeze = g_new0 (Freeze, 1);

  g_return_if_fail (KAF_IS_SEGMENT_PAGE (self));

  freeze->id = g_strdup (self->id);
  freeze->note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
  self->reading++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, freeze_job, freeze,
                       (GDestroyNotify) freeze_free, (GDestroyNotify) kaf_receipt_unref, NULL,
                       on_frozen, g_object_ref (self));
}

static void
freeze_response_cb (AdwMessageDialog *dialog, const char *response, KafSegmentPage *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  if (g_str_equal (response, "freeze"))
    kaf_segment_page_freeze (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
on_freeze (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (get_window (self)), _ ("Freeze the List"),
      _ ("Keeps who is in the segment today, with the date. The list does not change any more."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Note, if there is one"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note"),
                                  -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "freeze",
                                    _ ("Freeze"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "freeze",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "freeze");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (freeze_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* Comparing */

static gpointer
compare_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_segment_compare (db, data, error);
}

static void
compared_response_cb (AdwMessageDialog *dialog, const char *response, KafSegmentPage *self)
{
  KafSegmentChange *change = g_object_get_data (G_OBJECT (dialog), "change");

  if (g_str_equal (response, "came"))
    open_query (self, change->came, NULL);
  else if (g_str_equal (response, "left"))
    open_query (self, change->left, NULL);
}

static char *
tell_change (const KafSegmentChange *change)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *then = kaf_number_format (change->then, lang);
  g_autofree char *now = kaf_number_format (change->now, lang);
  g_autofree char *came = kaf_number_format (change->n_came, lang);
  g_autofree char *left = kaf_number_format (change->n_left, lang);
  g_autofree char *gone = kaf_number_format (change->gone, lang);
  g_autofree char *more = change->gone > 0
                              ? g_strdup_printf (_ ("\nNo longer in this reference: %s"), gone)
                              : g_strdup ("");

  return g_strdup_printf (_ ("That day: %s\nToday: %s\nCame since: %s\nLeft since: %s%s"), then,
                          now, came, left, more);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentPage) self = data;
  g_autoptr (GError) error = NULL;
  KafSegmentChange *change = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *text = NULL;
  GtkWidget *dialog;

  self->reading--;
  if (get_window (self) == NULL || change == NULL)
    {
      if (get_window (self) != NULL)
        kaf_window_report_error (get_window (self), _ ("The list could not be compared"), error);
      g_clear_pointer (&change, kaf_segment_change_free);
      return;
    }
  text = tell_change (change);
  dialog = adw_message_dialog_new (GTK_WINDOW (get_window (self)), _ ("The List and Today"), text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"), "came",
                                    _ ("Show Who Came"), "left", _ ("Show Who Left"), NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "came", change->n_came > 0);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "left", change->n_left > 0);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "change", change,
                          (GDestroyNotify) kaf_segment_change_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (compared_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_compare (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);

  self->reading++;
  kaf_store_run_async (
      self->store, KAF_LANE_READ, compare_job, g_variant_dup_string (parameter, NULL), g_free,
      (GDestroyNotify) kaf_segment_change_free, NULL, on_compared, g_object_ref (self));
}

/* Deleting */

static void
on_deleted (GtkWidget *widget, KafReceipt *receipt, gpointer data)
{
  KafWindow *window = get_window (KAF_SEGMENT_PAGE (widget));

  if (receipt == NULL || window == NULL)
    return;
  /* The page may be gone after this: what it tells, it tells before. */
  kaf_window_tell_done (widget, _ ("Segment deleted"), receipt);
  if (kaf_window_get_page (window) == widget)
    kaf_window_back (window);
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (widget);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, kaf_registry_find ("segment"), self->id);
  kaf_window_commit (widget, self->store, set, NULL, _ ("The segment was not deleted"), on_deleted,
                     NULL);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_SEGMENT_PAGE (widget));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, KafSegmentPage *self)
{
  const KafRow *shown =
      g_ptr_array_index (self->read->rows, (guint) gtk_list_box_row_get_index (row));

  if (get_window (self) != NULL)
    kaf_window_open_record (get_window (self), shown->entity, shown->id, NULL,
                            GTK_INVALID_LIST_POSITION);
}

static void
kaf_segment_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kaf_segment_page_parent_class)->map (widget);
  if (KAF_SEGMENT_PAGE (widget)->stale)
    refresh (KAF_SEGMENT_PAGE (widget));
}

static void
kaf_segment_page_dispose (GObject *object)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_segment_page_parent_class)->dispose (object);
}

static void
kaf_segment_page_finalize (GObject *object)
{
  KafSegmentPage *self = KAF_SEGMENT_PAGE (object);

  g_clear_pointer (&self->read, read_free);
  g_free (self->id);
  G_OBJECT_CLASS (kaf_segment_page_parent_class)->finalize (object);
}

static void
kaf_segment_page_class_init (KafSegmentPageClass *klass)
{
  static const struct
  {
    const char *name, *parameter;
    GtkWidgetActionActivateFunc run;
    guint key;
    GdkModifierType state;
  } actions[] = {
    { "segment.open", NULL, on_open, GDK_KEY_l, GDK_CONTROL_MASK },
    { "segment.freeze", NULL, on_freeze, GDK_KEY_g, GDK_CONTROL_MASK },
    { "segment.export", NULL, on_export, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "segment.bulk", NULL, on_bulk, GDK_KEY_b, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "segment.edit", NULL, on_edit, GDK_KEY_e, GDK_CONTROL_MASK },
    { "segment.delete", NULL, on_delete, 0, 0 },
    { "segment.open-list", "s", on_open_list, 0, 0 },
    { "segment.compare", "s", on_compare, 0, 0 },
    { "segment.retry", NULL, on_retry, GDK_KEY_F5, 0 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_segment_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_segment_page_finalize;
  widget_class->map = kaf_segment_page_map;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                       actions[i].run);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].state,
                                             actions[i].name, NULL);
    }
}

/* Making */

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
new_text (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
new_buttons (void)
{
  static const struct
  {
    const char *label, *action;
  } buttons[] = {
    { N_ ("Open as a List"), "segment.open" }, { N_ ("Freeze…"), "segment.freeze" },
    { N_ ("Export…"), "segment.export" },      { N_ ("Edit All…"), "segment.bulk" },
    { N_ ("Delete"), "segment.delete" },
  };
  GtkWidget *wrap = kaf_wrap_new (6, 6);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      kaf_wrap_append (KAF_WRAP (wrap), button);
    }
  return wrap;
}

static GtkWidget *
make_content (KafSegmentPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->count = new_text ("title-1");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("How many"), -1);
  self->told = new_text ("body");
  self->purpose = new_text ("dim-label");
  self->rows = new_list (_ ("The first ones"));
  g_signal_connect (self->rows, "row-activated", G_CALLBACK (on_row_activated), self);
  self->lists = new_list (_ ("Frozen lists"));
  self->lists_title = new_heading (_ ("Frozen lists"));
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_box_append (GTK_BOX (box), self->told);
  gtk_box_append (GTK_BOX (box), self->purpose);
  gtk_box_append (GTK_BOX (box), new_buttons ());
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), self->lists_title);
  gtk_box_append (GTK_BOX (box), self->lists);
  return box;
}

static void
kaf_segment_page_init (KafSegmentPage *self)
{
  GtkWidget *header = kaf_page_header_new ("", &self->title);
  GtkWidget *edit = gtk_button_new_with_label (_ ("Edit"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "segment.edit");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), edit);
  gtk_box_append (GTK_BOX (self), header);
  self->content = make_content (self);
  gtk_widget_set_visible (self->content, FALSE);
  self->frame = kaf_read_frame_new (kaf_segment_scroll (self->content),
                                    _ ("The Segment Could Not Be Read"), "segment.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_segment_page_new (KafStore *store, const char *id)
{
  KafSegmentPage *self = g_object_new (KAF_TYPE_SEGMENT_PAGE, NULL);

  self->store = g_object_ref (store);
  self->id = g_strdup (id);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_segment_page_is_settled (KafSegmentPage *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_PAGE (self), FALSE);

  return self->reading == 0 && !self->stale;
}

gint64
kaf_segment_page_get_count (KafSegmentPage *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_PAGE (self), -1);

  return self->read != NULL ? self->read->shown->segment->count : -1;
}

guint
kaf_segment_page_get_n_lists (KafSegmentPage *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_PAGE (self), 0);

  return self->read != NULL ? self->read->lists->len : 0;
}
