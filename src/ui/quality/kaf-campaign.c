/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/quality/kaf-campaign.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "record/kaf-listing.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-registry.h"
#include "store/kaf-segments.h"
#include "ui/list/kaf-list-page.h"

/* What is asked about, until the answer. */
typedef struct
{
  KafWindow *window; /* weak */
  KafStore *store;
  KafQuery *of;
  char *label;
  gint64 counts[2]; /* all of them, and those who can be asked */
} Campaign;

static void
campaign_free (gpointer data)
{
  Campaign *self = data;

  g_clear_weak_pointer (&self->window);
  g_object_unref (self->store);
  kaf_query_unref (self->of);
  g_free (self->label);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Campaign, campaign_free)

static void
campaign_free_closure (gpointer data, GClosure *closure)
{
  campaign_free (data);
}

static Campaign *
campaign_new (KafWindow *window, KafStore *store, const KafQuery *of, const char *label)
{
  Campaign *self = g_new0 (Campaign, 1);

  g_set_weak_pointer (&self->window, window);
  self->store = g_object_ref (store);
  self->of = kaf_query_copy (of);
  self->label = g_strdup (label);
  return self;
}

void
kaf_campaign_show (KafWindow *window, KafStore *store, const KafQuery *of)
{
  g_autoptr (KafQuery) query = NULL;
  GtkWidget *page;

  g_return_if_fail (KAF_IS_WINDOW (window) && of != NULL);

  query = kaf_quality_askable (of);
  page = kaf_list_page_new (store, kaf_query_get_entity (query));
  kaf_list_page_set_back (KAF_LIST_PAGE (page));
  kaf_list_page_show_columns (KAF_LIST_PAGE (page), kaf_listing_asking);
  kaf_window_push (window, page);
  kaf_list_page_set_query (KAF_LIST_PAGE (page), query);
}

/* Keeping */

typedef struct
{
  KafWindow *window; /* weak */
  KafRecord *segment;
  char *id; /* of what was made */
} Keep;

static void
keep_free (gpointer data)
{
  Keep *self = data;

  g_clear_weak_pointer (&self->window);
  kaf_record_unref (self->segment);
  g_free (self->id);
  g_free (self);
}

static gpointer
keep_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Keep *keep = data;

  return kaf_segment_create_frozen (db, keep->segment, NULL, &keep->id, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Keep *keep = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (receipt != NULL)
    kaf_store_announce (KAF_STORE (source), receipt);
  if (keep->window != NULL && receipt != NULL)
    {
      kaf_window_open_record (keep->window, kaf_registry_find ("segment"), keep->id, NULL,
                              GTK_INVALID_LIST_POSITION);
      kaf_window_toast_undo (keep->window, _ ("List frozen"), receipt);
    }
  else if (keep->window != NULL)
    kaf_window_report_error (keep->window, _ ("The list was not frozen"), error);
  keep_free (keep);
}

void
kaf_campaign_keep (KafWindow *window, KafStore *store, const KafQuery *of, const char *title)
{
  g_autoptr (KafQuery) query = NULL;
  Keep *keep;

  g_return_if_fail (KAF_IS_WINDOW (window) && of != NULL && title != NULL);

  query = kaf_quality_askable (of);
  keep = g_new0 (Keep, 1);
  g_set_weak_pointer (&keep->window, window);
  keep->segment = kaf_segment_make (
      query, title, kaf_application_get_lang (),
      _ ("Persons to be asked to confirm and complete what is known of them"), TRUE);
  kaf_store_run_async (store, KAF_LANE_WRITE, keep_job, keep, NULL,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_kept, keep);
}

/* Asking */

static void
on_response (AdwMessageDialog *dialog, const char *response, Campaign *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (self->window == NULL)
    return;
  if (g_str_equal (response, "show"))
    kaf_campaign_show (self->window, self->store, self->of);
  else if (g_str_equal (response, "keep"))
    kaf_campaign_keep (self->window, self->store, self->of, *title != '\0' ? title : self->label);
}

/* "Campaign of 29 November 2026: Never confirmed". */
static char *
make_title (const Campaign *self)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());
  g_autofree char *day = kaf_date_format (today, kaf_application_get_lang (), KAF_DATE_LONG);

  /* Translators: a day, then who is asked: "Never confirmed". */
  return g_strdup_printf (_ ("Campaign of %s: %s"), day, self->label);
}

static char *
make_body (const Campaign *self)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *all = kaf_number_format (self->counts[0], lang);
  g_autofree char *reached = kaf_number_format (self->counts[1], lang);

  /* Translators: two numbers of persons. */
  return g_strdup_printf (
      _ ("%1$s of %2$s have a phone or an e-mail and have not opposed. Those of "
         "whom most is won come first: confirmed long ago or never, and with "
         "much missing."),
      reached, all);
}

/* Takes @self over. */
static void
present (Campaign *self)
{
  g_autofree char *body = make_body (self);
  g_autofree char *title = make_title (self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), _ ("Whom to Ask"), body);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), title);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Title of the segment"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "show",
                                    _ ("_Show the List"), "keep", _ ("_Keep as a Frozen List"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (
      ADW_MESSAGE_DIALOG (dialog), "keep",
      self->counts[1] > 0 && !kaf_store_is_read_only (self->store) &&
          kaf_store_may_write (self->store, kaf_registry_find ("segment")));
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "show",
                                           self->counts[1] > 0);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, campaign_free_closure,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafQuery *of = data;
  g_autoptr (KafQuery) askable = kaf_quality_askable (of);
  const KafQuery *queries[] = { of, askable };
  g_autofree gint64 *counts = g_new0 (gint64, G_N_ELEMENTS (queries));

  return kaf_page_counts (db, queries, G_N_ELEMENTS (queries), counts, error)
             ? g_steal_pointer (&counts)
             : NULL;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Campaign) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->window == NULL)
    return;
  if (counts == NULL)
    {
      kaf_window_report_error (self->window, _ ("Who can be asked was not counted"), error);
      return;
    }
  self->counts[0] = counts[0];
  self->counts[1] = counts[1];
  present (g_steal_pointer (&self));
}

void
kaf_campaign_ask (KafWindow *window, KafStore *store, const KafQuery *of, const char *label)
{
  g_return_if_fail (KAF_IS_WINDOW (window) && of != NULL);

  kaf_store_run_async (store, KAF_LANE_READ, count_job, kaf_query_copy (of),
                       (GDestroyNotify) kaf_query_unref, g_free, NULL, on_counted,
                       campaign_new (window, store, of, label));
}
