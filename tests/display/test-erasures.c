/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures in the window: who may order one and who is told whom to ask, a number that is kept while the server does not
 * answer, and a store that has no server. With a server that answers: tests/e2e/erasure.py. */
#include "config.h"

#include "kaf-display.h"

#include "net/kaf-secrets.h"
#include "schema/kaf-registry.h"
#include "store/kaf-erasure-notes.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-closed-page.h"
#include "ui/erasure/kaf-erasure-window.h"
#include "ui/erasure/kaf-erasures-page.h"
#include "ui/record/kaf-erase-dialog.h"
#include "ui/record/kaf-record-page.h"

static gpointer
enroll_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sync_enroll (db, KAF_DISPLAY_NOBODY, "salwa", data, kaf_sync_get_device (db), error);
  return NULL;
}

/* The store belongs to a server that does not answer, and has tokens for it. */
static void
enroll (KafWindow *window, const char *role)
{
  KafStore *store = kaf_window_get_store (window);
  KafSecrets secrets = { (char *) "access", G_MAXINT64, (char *) "refresh" };
  g_autoptr (GError) error = NULL;

  kaf_secrets_save (kaf_store_get_path (store), &secrets, &error);
  g_assert_no_error (error);
  kaf_display_run (store, enroll_job, role);
  kaf_store_announce (store, NULL);
  KAF_WAIT (kaf_sync_agent_get_status (kaf_window_get_sync (window))->url != NULL);
  /* What the actions allow follows. */
  for (guint i = 0; i < 20; i++)
    kaf_display_turn ();
}

static gboolean
is_enabled (KafWindow *window, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static void
activate (KafWindow *window, const char *action, GVariant *parameter)
{
  g_assert_true (is_enabled (window, action));
  g_action_group_activate_action (G_ACTION_GROUP (window), action, parameter);
}

static KafErasuresPage *
open_page (KafWindow *window)
{
  activate (window, "show-erasures", NULL);
  g_assert_true (KAF_IS_ERASURES_PAGE (kaf_window_get_page (window)));
  return KAF_ERASURES_PAGE (kaf_window_get_page (window));
}

/* An order is not given blindly: without the server there is none, and the number waits in the list. */
static void
test_offline (void)
{
  KafWindow *window = kaf_display_open ("offline");
  KafErasuresPage *page;
  KafErasureWindow *order;
  guint n_erasures, n_noted;

  enroll (window, "protection-officer");
  page = open_page (window);
  KAF_WAIT (kaf_erasures_page_has_failed (page));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "It alone knows what was erased"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "erasures.order", "s", ""));
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_ERASURE_WINDOW) != NULL);
  order = KAF_ERASURE_WINDOW (kaf_display_find_window (window, KAF_TYPE_ERASURE_WINDOW));
  kaf_erasure_window_set_name (order, " PER-2026-0001 ");
  /* Not before it was looked at, whatever the reason. */
  kaf_erasure_window_set_reason (order, "demande du 20 novembre");
  gtk_widget_activate_action (GTK_WIDGET (order), "erasure.order", NULL);
  g_assert_cmpint (kaf_erasure_window_get_phase (order), ==, KAF_ERASURE_ASKS);
  gtk_widget_activate_action (GTK_WIDGET (order), "erasure.look", NULL);
  g_assert_cmpint (kaf_erasure_window_get_phase (order), ==, KAF_ERASURE_LOOKS);
  KAF_WAIT (strstr (kaf_erasure_window_get_error (order), "The number is kept") != NULL);
  g_assert_cmpint (kaf_erasure_window_get_phase (order), ==, KAF_ERASURE_ASKS);
  gtk_window_close (GTK_WINDOW (order));

  KAF_WAIT (kaf_erasures_page_count (page, &n_erasures, &n_noted) && n_noted == 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "PER-2026-0001"));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (page), "erasures.forget", "s", "PER-2026-0001"));
  KAF_WAIT (kaf_erasures_page_count (page, &n_erasures, &n_noted) && n_noted == 0);
}

static AdwMessageDialog *
find_request (KafWindow *window)
{
  return (AdwMessageDialog *) kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG);
}

static void
open_record (KafWindow *window, const char *id)
{
  kaf_window_open_record (window, kaf_registry_find ("expert"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)) &&
            kaf_display_shows (kaf_window_get_page (window), "BENNIS"));
}

/* A manager does not erase, and is told so before a reason is typed, with the number to send on. */
static void
test_manager (void)
{
  KafWindow *window = kaf_display_open ("manager");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Bennis", "Salma", NULL, NULL);

  enroll (window, "manager");
  g_assert_false (is_enabled (window, "show-erasures"));
  g_assert_false (is_enabled (window, "order-erasure"));
  open_record (window, id);
  g_assert_true (gtk_widget_activate_action (kaf_window_get_page (window), "record.erase", NULL));
  KAF_WAIT (find_request (window) != NULL);
  g_assert_null (kaf_display_find_window (window, KAF_TYPE_ERASE_DIALOG));
  /* The number, and not the name. */
  g_assert_null (strstr (adw_message_dialog_get_body (find_request (window)), "BENNIS"));
  adw_message_dialog_response (find_request (window), "copy");
  KAF_WAIT (kaf_display_get_toast (window) != NULL);
}

/* Who orders erasures and meets a record orders it at the server, by its number. */
static void
test_officer_on_record (void)
{
  KafWindow *window = kaf_display_open ("officer");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Bennis", "Salma", NULL, NULL);
  GtkWindow *order;

  enroll (window, "protection-officer");
  open_record (window, id);
  g_assert_true (gtk_widget_activate_action (kaf_window_get_page (window), "record.erase", NULL));
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_ERASURE_WINDOW) != NULL);
  g_assert_true (KAF_IS_ERASURES_PAGE (kaf_window_get_page (window)));
  g_assert_null (kaf_display_find_window (window, KAF_TYPE_ERASE_DIALOG));
  /* It is asked at once what the number is. */
  order = kaf_display_find_window (window, KAF_TYPE_ERASURE_WINDOW);
  KAF_WAIT (*kaf_erasure_window_get_error (KAF_ERASURE_WINDOW (order)) != '\0');
  gtk_window_close (order);
}

/* An empty home of a role to whom nobody is told offers neither import nor form, but the registers. */
static void
test_home (void)
{
  KafWindow *window = kaf_display_open ("home");
  GtkWidget *page = kaf_window_get_page (window);

  KAF_WAIT (kaf_display_shows (page, "Nobody Here Yet"));
  enroll (window, "protection-officer");
  g_assert_true (kaf_closed_page_is_due (kaf_window_get_store (window)));
  KAF_WAIT (kaf_display_shows (page, "Your Role Sees No Records of People"));
  g_assert_true (kaf_display_shows (page, "Erasures"));
  g_assert_true (kaf_display_shows (page, "Consents"));
  g_assert_false (kaf_display_shows (page, "Nobody Here Yet"));
}

/* Without a server the page says on which days something was erased; nothing is ordered from anybody. */
static void
test_alone (void)
{
  KafWindow *window = kaf_display_open ("alone");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Bennis", "Salma", NULL, NULL);
  GtkWindow *dialog;
  KafErasuresPage *page;
  guint n_erasures, n_noted;

  open_record (window, id);
  g_assert_true (gtk_widget_activate_action (kaf_window_get_page (window), "record.erase", NULL));
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_ERASE_DIALOG) != NULL);
  dialog = kaf_display_find_window (window, KAF_TYPE_ERASE_DIALOG);
  kaf_erase_dialog_set_reason (KAF_ERASE_DIALOG (dialog), "demande du 20 novembre");
  g_assert_true (kaf_erase_dialog_erase (KAF_ERASE_DIALOG (dialog)));
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_ERASE_DIALOG) == NULL);
  g_assert_false (is_enabled (window, "order-erasure"));
  page = open_page (window);
  KAF_WAIT (kaf_erasures_page_count (page, &n_erasures, &n_noted) && n_erasures == 1);
  g_assert_cmpuint (n_noted, ==, 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "1 record"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/erasures/offline", test_offline);
  g_test_add_func ("/erasures/manager", test_manager);
  g_test_add_func ("/erasures/officer-on-record", test_officer_on_record);
  g_test_add_func ("/erasures/home", test_home);
  g_test_add_func ("/erasures/alone", test_alone);
  return kaf_display_finish (g_test_run ());
}
