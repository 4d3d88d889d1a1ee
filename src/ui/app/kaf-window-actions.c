/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions "win.*": what menus, keys, buttons, tests and assistive tools share. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "exchange/kaf-sample.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-sync-report-text.h"
#include "rules/mission/kaf-mission.h"
#include "schema/kaf-registry.h"
#include "store/kaf-refusals.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-export.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-search-everywhere.h"
#include "ui/app/kaf-window-private.h"
#include "ui/app/kaf-workbook-window.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/segment/kaf-segment-page.h"
#include "ui/form/kaf-form-page.h"
#include "ui/holder/kaf-holder-dialogs.h"
#include "ui/holder/kaf-rules-window.h"
#include "ui/import/kaf-import-assistant.h"
#include "ui/import/kaf-import-source.h"
#include "ui/list/kaf-list-page.h"
#include "ui/print/kaf-preview-page.h"
#include "ui/print/kaf-print-subject.h"
#include "ui/sync/kaf-sign-in-window.h"

static void
on_section (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  kaf_window_choose_section (self, g_variant_get_string (parameter, NULL));
  kaf_window_enter_page (self);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_back (user_data);
}

static void
on_search_everywhere (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->store == NULL)
    return;
  if (self->search == NULL)
    {
      self->search = kaf_search_everywhere_new (self->store);
      gtk_widget_set_parent (self->search, GTK_WIDGET (self->leaflet));
    }
  kaf_search_everywhere_popup (KAF_SEARCH_EVERYWHERE (self->search));
}

/* The page's own search where it has one, that of everything elsewhere. */
static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *page = kaf_window_get_page (user_data);

  if (KAF_IS_LIST_PAGE (page))
    kaf_list_page_focus_search (KAF_LIST_PAGE (page));
  else if (KAF_IS_CONVENTIONS_PAGE (page))
    kaf_conventions_page_focus_search (KAF_CONVENTIONS_PAGE (page));
  else
    on_search_everywhere (action, parameter, user_data);
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  const KafEntity *entity = kaf_window_get_entity (self);

  /* A form that is open already is not buried under another. */
  if (entity != NULL && !KAF_IS_FORM_PAGE (kaf_window_get_page (self)) &&
      kaf_store_may_make (self->store, entity))
    kaf_window_open_form (self, entity, NULL);
}

static void
on_new_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const KafEntity *entity = kaf_registry_find (g_variant_get_string (parameter, NULL));

  if (entity != NULL && kaf_store_may_make (((KafWindow *) user_data)->store, entity))
    kaf_window_open_form (user_data, entity, NULL);
}

static void
on_open_draft (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id;
  const char *slot;
  const KafEntity *entity;

  g_variant_get (parameter, "(&s&s)", &id, &slot);
  entity = kaf_registry_find (id);
  if (entity != NULL)
    kaf_window_open_form (user_data, entity, g_str_equal (slot, "new") ? NULL : slot);
}

static void
on_open_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *entity_id;
  const char *id;
  const KafEntity *entity;

  g_variant_get (parameter, "(&s&s)", &entity_id, &id);
  entity = kaf_registry_find (entity_id);
  if (entity != NULL)
    kaf_window_open_record (user_data, entity, id, NULL, GTK_INVALID_LIST_POSITION);
}

/* The id, and the step to begin with; 0: the open one. */
static void
on_open_mission (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id;
  guint step;

  g_variant_get (parameter, "(&su)", &id, &step);
  if (step <= KAF_MISSION_STEPS)
    kaf_window_open_mission (user_data, id, step);
}

static void
on_show_query (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_query_from_json (g_variant_get_string (parameter, NULL), &error);

  if (query != NULL)
    kaf_window_show_query (user_data, query);
  else
    kaf_window_report_error (user_data, NULL, error);
}

/* What is taken back by one key without a look: so many records that it has to be said in full. */
#define MANY_RECORDS 100
#define LONG_UNDO 600 /* ms */

/* Translators: of all these, %s is a number of records, 100 or more. */
static const struct
{
  const char *label; /* of the batch; NULL: any other */
  const char *undone, *redone;
} large[] = {
  { "import", N_ ("Import of %s records undone"), N_ ("Import of %s records done again") },
  { "sample", N_ ("Sample data taken back: %s records"),
    N_ ("Sample data loaded again: %s records") },
  { "bulk-edit", N_ ("Edit of %s records undone"), N_ ("Edit of %s records done again") },
  { "freeze", N_ ("Frozen list undone"), N_ ("List frozen again") },
  { "delete", N_ ("Deletion of %s records undone"), N_ ("Deletion of %s records done again") },
  { NULL, N_ ("Undone, %s records"), N_ ("Done again, %s records") },
};

static char *
describe_large (const KafReceipt *receipt, gboolean redone)
{
  g_autofree char *number =
      kaf_number_format (kaf_receipt_count_told (receipt), kaf_application_get_lang ());
  guint i = 0;

  while (large[i].label != NULL && g_strcmp0 (large[i].label, receipt->of) != 0)
    i++;
  return g_strdup_printf (_ (redone ? large[i].redone : large[i].undone), number);
}

static char *
describe_taken_back (const KafReceipt *receipt, gboolean redone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = kaf_receipt_count_told (receipt);
  guint n_changed = receipt->skipped->len - receipt->n_permanent;

  if (n == 0 && n_changed == 0 && receipt->n_permanent > 0)
    return g_strdup (_ ("An exchange stays as written: add another that corrects it"));

  if (n >= MANY_RECORDS)
    {
      g_autofree char *large_text = describe_large (receipt, redone);

      g_string_append (text, large_text);
    }
  else
    g_string_append_printf (text,
                            redone ? ngettext ("Done again, %u record", "Done again, %u records", n)
                                   : ngettext ("Undone, %u record", "Undone, %u records", n),
                            n);
  if (n_changed > 0)
    g_string_append_printf (text,
                            ngettext ("; %u value changed since was left alone",
                                      "; %u values changed since were left alone", n_changed),
                            n_changed);
  if (receipt->n_permanent > 0)
    g_string_append_printf (text,
                            ngettext ("; %u exchange stays as written",
                                      "; %u exchanges stay as written", receipt->n_permanent),
                            receipt->n_permanent);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Says what was taken back, with the way to it again: undo instead of a question before. */
void
kaf_window_tell_taken_back (KafWindow *self, KafReceipt *receipt, gboolean redone)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KAF_IS_WINDOW (self));
  g_return_if_fail (receipt != NULL);

  text = describe_taken_back (receipt, redone);
  if (receipt->batch == NULL)
    kaf_window_toast (self, text);
  else if (redone)
    kaf_window_toast_undo (self, text, receipt);
  else
    kaf_window_toast_button (self, text, _ ("Redo"), "win.redo", NULL);
}

void
kaf_window_report (KafWindow *self, const char *heading, const char *text)
{
  GtkWidget *dialog;

  g_return_if_fail (KAF_IS_WINDOW (self));

  /* A dialog and no toast: a toast cuts long sentences and goes away by itself. */
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
kaf_window_report_error (KafWindow *self, const char *what, const GError *error)
{
  g_autofree char *heading = NULL;
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (KAF_IS_WINDOW (self));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("%s", error->message);
  heading = kaf_error_heading (error);
  text = kaf_error_text (error);
  body = what != NULL ? g_strdup_printf ("%s.\n%s", heading, text) : g_strdup (text);
  kaf_window_report (self, what != NULL ? what : heading, body);
}

static void
finish_taking_back (GObject *source, GAsyncResult *result, KafWindow *self, gboolean redone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_undo_finish (KAF_STORE (source), result, &error);

  if (--self->n_undos == 0)
    {
      g_clear_handle_id (&self->undo_timer, g_source_remove);
      self->undo_is_long = FALSE;
    }
  if (self->navigation == NULL)
    return;
  if (receipt != NULL)
    kaf_window_tell_taken_back (self, receipt, redone);
  else if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING))
    kaf_window_toast (self,
                      redone ? _ ("There is nothing to do again") : _ ("There is nothing to undo"));
  else
    kaf_window_report_error (
        self, redone ? _ ("The change was not made again") : _ ("The change was not undone"),
        error);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafWindow) self = user_data;

  finish_taking_back (source, result, self, FALSE);
}

static void
on_redone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafWindow) self = user_data;

  finish_taking_back (source, result, self, TRUE);
}

static gboolean
on_undo_is_long (gpointer data)
{
  KafWindow *self = data;

  self->undo_timer = 0;
  self->undo_is_long = TRUE;
  kaf_window_toast (self, _ ("Working through many records…"));
  return G_SOURCE_REMOVE;
}

/* FALSE: nothing is to be taken back now. Who presses the key again because nothing seems to happen
 * would lose what was done before. */
static gboolean
begin_taking_back (KafWindow *self)
{
  if (self->store == NULL || self->undo_is_long)
    return FALSE;
  if (self->n_undos++ == 0)
    self->undo_timer = g_timeout_add (LONG_UNDO, on_undo_is_long, self);
  return TRUE;
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (begin_taking_back (self))
    kaf_store_undo_async (self->store, NULL, NULL, on_undone, g_object_ref (self));
}

static void
on_undo_batch (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (begin_taking_back (self))
    kaf_store_undo_async (self->store, g_variant_get_string (parameter, NULL), NULL, on_undone,
                          g_object_ref (self));
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (begin_taking_back (self))
    kaf_store_redo_async (self->store, NULL, on_redone, g_object_ref (self));
}

static void
on_toggle_sidebar (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  AdwLeaflet *leaflet = ADW_LEAFLET (self->leaflet);

  if (!adw_leaflet_get_folded (leaflet))
    gtk_widget_set_visible (self->sidebar, !gtk_widget_get_visible (self->sidebar));
  else
    adw_leaflet_navigate (leaflet, adw_leaflet_get_visible_child (leaflet) == self->sidebar
                                       ? ADW_NAVIGATION_DIRECTION_FORWARD
                                       : ADW_NAVIGATION_DIRECTION_BACK);
}

/* There are two panes: the next and the previous are the same. */
static void
on_other_pane (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean in_sidebar = focus != NULL && gtk_widget_is_ancestor (focus, self->sidebar);

  if (in_sidebar)
    kaf_window_enter_page (self);
  else if (gtk_widget_get_mapped (self->sidebar))
    gtk_widget_child_focus (self->sidebar, GTK_DIR_TAB_FORWARD);
}

static void
on_main_menu (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)))
    adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->sidebar);
  kaf_sidebar_popup_menu (KAF_SIDEBAR (self->sidebar));
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  GtkWidget *window;

  if (self->store == NULL)
    return;
  window = kaf_import_assistant_new (self, self->store, kaf_window_get_entity (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  GtkWidget *page = kaf_window_get_page (self);
  KafPagedList *list =
      KAF_IS_LIST_PAGE (page) ? kaf_list_page_get_list (KAF_LIST_PAGE (page)) : NULL;
  KafQuery *query = list != NULL ? kaf_paged_list_get_query (list) : NULL;

  if (query != NULL && self->store != NULL)
    {
      g_auto (GStrv) columns = kaf_list_page_get_columns (KAF_LIST_PAGE (page));

      kaf_export_query (self, query, (const char *const *) columns);
    }
  else if (KAF_IS_CALENDAR_PAGE (page))
    gtk_widget_activate_action (page, "calendar.export", "s", "month");
  else if (KAF_IS_SEGMENT_PAGE (page))
    gtk_widget_activate_action (page, "segment.export", NULL);
}

static void
on_workbooks (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->store != NULL)
    gtk_window_present (GTK_WINDOW (kaf_workbook_window_new (self)));
}

static void
on_open_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_open_file (user_data, g_variant_get_string (parameter, NULL));
}

/* What the page shows; on the preview itself, to the printer. */
static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  GtkWidget *page = kaf_window_get_page (self);
  KafPrintJob *job;

  if (KAF_IS_PREVIEW_PAGE (page))
    {
      gtk_widget_activate_action (page, "preview.print", NULL);
      return;
    }
  job = self->store != NULL ? kaf_print_subject_of (page) : NULL;
  if (job != NULL)
    kaf_window_push (self, kaf_preview_page_new (self->store, job));
}

static gpointer
load_sample (KafDatabase *db,
             KafProgressFunc progress,
             gpointer progress_data,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  KafReceipt *receipt = NULL;

  if (!kaf_sample_load (db, GPOINTER_TO_UINT (data), 1, cancellable, progress, progress_data,
                        &receipt, error))
    return NULL;
  return receipt;
}

static void
on_sample_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_progress_window_finish (result, &error);

  if (self->navigation == NULL)
    return;
  if (error != NULL)
    {
      kaf_window_report_error (self, _ ("The sample data was not loaded"), error);
      return;
    }
  if (self->store != NULL)
    kaf_store_announce (self->store, receipt);
  if (receipt != NULL && receipt->batch != NULL)
    kaf_window_toast_undo (self, _ ("Sample data loaded"), receipt);
  else
    kaf_window_toast (self, _ ("The sample data is already there"));
}

/* Enough synthetic persons for lists and searches to look like those of a day's work. */
#define SAMPLE_PERSONS 300

static void
on_load_sample (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->store != NULL)
    kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Loading the sample data"),
                             KAF_LANE_WRITE, load_sample, GUINT_TO_POINTER (SAMPLE_PERSONS), NULL,
                             (GDestroyNotify) kaf_receipt_unref, on_sample_loaded,
                             g_object_ref (self));
}

static void
on_sync (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->agent != NULL)
    kaf_sync_agent_sync_now (self->agent);
}

static void
on_cancel_sync (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->agent != NULL)
    kaf_sync_agent_cancel (self->agent);
}

static void
on_show_sync (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_sync (user_data);
}

static void
on_sign_in (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  if (self->agent == NULL)
    return;
  kaf_sidebar_popdown_status (KAF_SIDEBAR (self->sidebar));
  gtk_window_present (GTK_WINDOW (kaf_sign_in_window_new (GTK_WINDOW (self), self->agent)));
}

/* @data: one number, or an array of them. */
static gpointer
run_restore_refused (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gsize n = 1;
  gint64 one = 0;
  const gint64 *numbers = &one;

  if (g_variant_is_of_type (data, G_VARIANT_TYPE_INT64))
    one = g_variant_get_int64 (data);
  else
    numbers = g_variant_get_fixed_array (data, &n, sizeof (gint64));
  for (gsize i = 0; i < n; i++)
    if (!kaf_refusal_let_go (db, numbers[i], FALSE, error))
      break;
  return NULL;
}

static void
on_refused_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL && self->navigation != NULL)
    kaf_window_report_error (self, NULL, error);
  kaf_store_announce (KAF_STORE (source), NULL);
}

static void
on_restore_refused (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;

  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_restore_refused, g_variant_ref (parameter),
                       (GDestroyNotify) g_variant_unref, NULL, NULL, on_refused_restored,
                       g_object_ref (self));
}

static void
on_show_conflicts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_conflicts (user_data);
}

static void
on_show_duplicates (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_duplicates (user_data);
}

static void
on_review_duplicates (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_review_duplicates (user_data);
}

static void
on_show_calendar (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_calendar (user_data);
}

static void
on_show_todo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_todo (user_data);
}

static void
on_show_relays (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_relays (user_data);
}

static void
on_show_aside (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_aside (user_data);
}

static void
on_show_erasures (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_erasures (user_data, NULL);
}

/* The number to begin with, or "". */
static void
on_order_erasure (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_window_show_erasures (user_data, g_variant_get_string (parameter, NULL));
}

/* What a relay is asked to pass on: a field of it ("segment", "list", "organisation"…) and its value. */
static void
on_pass_on (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  const KafEntity *relay = kaf_registry_find ("relay");
  g_autoptr (KafRecord) preset = kaf_record_new (relay, NULL);
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());
  const char *field, *value;

  g_variant_get (parameter, "(&s&s)", &field, &value);
  if (self->store == NULL || kaf_entity_find_field (relay, field) == NULL)
    return;
  kaf_record_begin (preset);
  kaf_record_set (preset, field, value);
  kaf_record_set (preset, "sent_on", today);
  kaf_holder_dialog_relay (GTK_WIDGET (self), self->store, preset);
}

/* How project holders are scored: to change it and see what that would do. */
static void
on_show_rules (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *self = user_data;
  GtkWidget *window;

  if (self->store == NULL)
    return;
  window = kaf_rules_window_new (self->store, kaf_application_get_lang ());
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (window));
}

/* All records of what has no section of its own. */
static void
on_show_entity (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const KafEntity *entity = kaf_registry_find (g_variant_get_string (parameter, NULL));
  g_autoptr (KafQuery) query = entity != NULL ? kaf_query_new (entity) : NULL;

  if (query != NULL)
    kaf_window_show_query (user_data, query);
}

static const GActionEntry entries[] = {
  { .name = "section", .activate = on_section, .parameter_type = "s" },
  { .name = "back", .activate = on_back },
  { .name = "search-everywhere", .activate = on_search_everywhere },
  { .name = "search", .activate = on_search },
  { .name = "new", .activate = on_new },
  { .name = "new-record", .activate = on_new_record, .parameter_type = "s" },
  { .name = "open-record", .activate = on_open_record, .parameter_type = "(ss)" },
  { .name = "open-draft", .activate = on_open_draft, .parameter_type = "(ss)" },
  { .name = "open-mission", .activate = on_open_mission, .parameter_type = "(su)" },
  { .name = "show-query", .activate = on_show_query, .parameter_type = "s" },
  { .name = "undo", .activate = on_undo },
  { .name = "undo-batch", .activate = on_undo_batch, .parameter_type = "s" },
  { .name = "redo", .activate = on_redo },
  { .name = "toggle-sidebar", .activate = on_toggle_sidebar },
  { .name = "next-pane", .activate = on_other_pane },
  { .name = "previous-pane", .activate = on_other_pane },
  { .name = "main-menu", .activate = on_main_menu },
  { .name = "import", .activate = on_import },
  { .name = "export", .activate = on_export },
  { .name = "workbooks", .activate = on_workbooks },
  { .name = "open-file", .activate = on_open_file, .parameter_type = "s" },
  { .name = "print", .activate = on_print },
  { .name = "load-sample", .activate = on_load_sample },
  { .name = "sync", .activate = on_sync },
  { .name = "cancel-sync", .activate = on_cancel_sync },
  { .name = "show-sync", .activate = on_show_sync },
  { .name = "sign-in", .activate = on_sign_in },
  { .name = "join", .activate = on_sign_in },
  { .name = "show-conflicts", .activate = on_show_conflicts },
  { .name = "show-duplicates", .activate = on_show_duplicates },
  { .name = "review-duplicates", .activate = on_review_duplicates },
  { .name = "show-calendar", .activate = on_show_calendar },
  { .name = "show-todo", .activate = on_show_todo },
  { .name = "pass-on", .activate = on_pass_on, .parameter_type = "(ss)" },
  { .name = "show-rules", .activate = on_show_rules },
  { .name = "show-relays", .activate = on_show_relays },
  { .name = "show-erasures", .activate = on_show_erasures },
  { .name = "show-aside", .activate = on_show_aside },
  { .name = "order-erasure", .activate = on_order_erasure, .parameter_type = "s" },
  { .name = "show-entity", .activate = on_show_entity, .parameter_type = "s" },
  { .name = "restore-refused", .activate = on_restore_refused, .parameter_type = "x" },
  { .name = "restore-all-refused", .activate = on_restore_refused, .parameter_type = "ax" },
};

/* What needs a store to read, and what needs one to write. */
static const char *const reading[] = { "search-everywhere", "search",           "section",
                                       "show-sync",         "show-conflicts",   "show-duplicates",
                                       "show-calendar",     "show-todo",        "open-mission",
                                       "show-relays",       "show-entity",      "show-rules",
                                       "workbooks",         "review-duplicates" };
static const char *const writing[] = {
  "new",     "new-record",      "open-draft", "undo",
  "redo",    "undo-batch",      "import",     "load-sample",
  "sign-in", "restore-refused", "pass-on",    "restore-all-refused"
};
/* Of those, what leads to single records: not open to who sees totals alone. */
static const char *const of_records[] = {
  "search-everywhere",   "search",        "show-conflicts",
  "show-duplicates",     "show-calendar", "show-todo",
  "open-mission",        "show-relays",   "show-entity",
  "show-rules",          "new",           "new-record",
  "open-draft",          "import",        "load-sample",
  "restore-refused",     "pass-on",       "review-duplicates",
  "restore-all-refused",
};

static void
enable (KafWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
is_syncing (KafWindow *self)
{
  return self->agent != NULL &&
         kaf_sync_agent_get_status (self->agent)->phase == KAF_SYNC_PHASE_SYNCING;
}

/* Files wait for nobody, and hold no exchange of records up. */
static gboolean
moves_files (KafWindow *self)
{
  return self->agent != NULL && kaf_sync_agent_get_status (self->agent)->moves_files;
}

static gboolean
is_enrolled (KafWindow *self)
{
  return self->agent != NULL && kaf_sync_agent_get_status (self->agent)->url != NULL;
}

void
kaf_window_update_actions (KafWindow *self)
{
  gboolean opened = self->store != NULL;
  gboolean writable = opened && !kaf_store_is_read_only (self->store);
  gboolean records = opened && !kaf_store_sees_totals_alone (self->store);

  for (gsize i = 0; i < G_N_ELEMENTS (reading); i++)
    enable (self, reading[i], opened);
  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    enable (self, writing[i], writable);
  for (gsize i = 0; opened && i < G_N_ELEMENTS (of_records); i++)
    if (!records)
      enable (self, of_records[i], FALSE);
  /* A server of production takes none of it, and the colleagues of another would have it too. */
  enable (self, "load-sample", writable && records && !is_enrolled (self));
  enable (self, "new",
          writable && records && kaf_store_may_make (self->store, kaf_window_get_entity (self)));
  enable (self, "import", writable && records && kaf_import_source_may (self->store));
  enable (self, "show-erasures", opened && kaf_store_may_erase (self->store));
  enable (self, "show-aside", opened && kaf_store_may_settle (self->store) && is_enrolled (self));
  enable (self, "order-erasure",
          writable && kaf_store_may_erase (self->store) && is_enrolled (self));
  enable (self, "open-record", records);
  enable (self, "show-query", records);
  enable (self, "sync", writable && is_enrolled (self) && !is_syncing (self));
  enable (self, "join", writable && self->agent != NULL && !is_enrolled (self));
  enable (self, "cancel-sync", is_syncing (self) || moves_files (self));
  enable (self, "export",
          records && (KAF_IS_LIST_PAGE (kaf_window_get_page (self)) ||
                      KAF_IS_CALENDAR_PAGE (kaf_window_get_page (self))));
  enable (self, "print",
          records && (KAF_IS_PREVIEW_PAGE (kaf_window_get_page (self)) ||
                      kaf_print_subject_is_on (kaf_window_get_page (self))));
}

void
kaf_window_tell_gone (KafWindow *self)
{
  guint n_gone = kaf_sync_agent_get_status (self->agent)->n_gone;

  if (n_gone > self->n_gone)
    {
      g_autofree char *text =
          kaf_erasure_text_gone (n_gone - self->n_gone, kaf_application_get_lang ());

      kaf_window_toast (self, text);
    }
  self->n_gone = n_gone;
}

void
kaf_window_tell_rights (KafWindow *self)
{
  const KafSyncStatus *status = kaf_sync_agent_get_status (self->agent);

  if (status->n_regranted > self->n_regranted)
    {
      g_autofree char *text =
          kaf_sync_report_text_rights (&status->last, status->role, kaf_application_get_lang ());

      if (text != NULL)
        kaf_window_toast (self, text);
    }
  self->n_regranted = status->n_regranted;
}

/* Keys that an entry with the focus sees first, and keeps even when it has nothing to undo. */
static gboolean
on_history_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action (widget, user_data, NULL);
}

static void
add_key (GtkShortcutController *controller, const char *keys, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      controller,
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                        gtk_callback_action_new (on_history_key, (gpointer) action, NULL)));
}

void
kaf_window_add_actions (KafWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  add_key (GTK_SHORTCUT_CONTROLLER (controller), "<Control>z", "win.undo");
  add_key (GTK_SHORTCUT_CONTROLLER (controller), "<Control><Shift>z", "win.redo");
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
