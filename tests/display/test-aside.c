/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others wrote where they may not: who may settle it, what is shown of it, and what is said when the server does not
 * answer; and how an edit that met a deletion is told. */
#include "config.h"

#include "kaf-display.h"

#include <string.h>

#include "net/kaf-secrets.h"
#include "schema/kaf-registry.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-window-private.h"
#include "ui/record/kaf-record-page.h"
#include "ui/sync/kaf-aside-page.h"
#include "ui/sync/kaf-aside-row.h"
#include "ui/sync/kaf-conflicts-page.h"

static gpointer
enroll (KafDatabase *db, gpointer role, GCancellable *cancellable, GError **error)
{
  kaf_sync_enroll (db, KAF_DISPLAY_NOBODY, "rachid", role, kaf_sync_get_device (db), error);
  return NULL;
}

static KafWindow *
open_as (const char *name, const char *role)
{
  KafWindow *window = kaf_display_open (name);
  KafSecrets secrets = { (char *) "access", G_MAXINT64, (char *) "refresh" };
  KafStore *store = kaf_window_get_store (window);

  kaf_secrets_save (kaf_store_get_path (store), &secrets, NULL);
  kaf_display_run (store, enroll, role);
  kaf_store_announce (store, NULL);
  return window;
}

static gboolean
is_enabled (KafWindow *window, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static KafAsidePage *
open_page (KafWindow *window)
{
  KAF_WAIT (is_enabled (window, "show-aside"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-aside", NULL);
  g_assert_true (KAF_IS_ASIDE_PAGE (kaf_window_get_page (window)));
  return KAF_ASIDE_PAGE (kaf_window_get_page (window));
}

/* @id: of a record that is here. */
static KafQuarantine *
make_list (const char *id)
{
  g_autofree char *text = g_strdup_printf (
      "{\"edit\":\"12-0\",\"by\":\"amina\",\"at\":1795000000000,\"entity\":\"person\",\"id\":\"%s\","
      "\"ref\":\"PER-2026-0001\",\"hidden\":0,\"ops\":[{\"o\":\"update\",\"e\":\"person\","
      "\"f\":{\"city\":[\"Berne\",\"Genève\"]}}]}\n"
      "{\"edit\":\"13-0\",\"by\":\"karim\",\"at\":1795000000000,\"entity\":\"person\",\"id\":\"y\","
      "\"ref\":null,\"hidden\":2,\"ops\":[{\"o\":\"create\",\"e\":\"person\","
      "\"f\":{\"family_name\":[\"Tazi\",null]}}]}\n"
      "{\"seen\":40,\"more\":true}\n",
      id);
  g_autoptr (GError) error = NULL;
  KafQuarantine *all = kaf_quarantine_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return all;
}

static void
test_who (void)
{
  KafWindow *window = open_as ("aside-agent", "agent");

  kaf_display_turn ();
  g_assert_false (is_enabled (window, "show-aside"));
  window = open_as ("aside-officer", "regional-officer");
  KAF_WAIT (is_enabled (window, "show-aside"));
  /* A store of its own has nobody who may not write there. */
  window = kaf_display_open ("aside-alone");
  kaf_display_turn ();
  g_assert_false (is_enabled (window, "show-aside"));
}

static void
test_page (void)
{
  KafWindow *window = open_as ("aside-page", "manager");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Bennis", "Salma", NULL, NULL);
  KafAsidePage *page = open_page (window);
  GtkWidget *row;

  KAF_WAIT (kaf_aside_page_has_failed (page));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "It alone keeps what was set apart"));
  kaf_aside_page_show (page, make_list (id));
  KAF_WAIT (kaf_aside_page_get_n (page) == 2);
  g_assert_false (kaf_aside_page_has_failed (page));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "BENNIS Salma"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Berne"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "stands now"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "2 fields that your role does not read"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "There are more"));
  /* The server does not answer: it waits still, and says so where it stands. */
  gtk_widget_activate_action (GTK_WIDGET (page), "aside.take", "s", "12-0");
  row = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ASIDE_ROW);
  KAF_WAIT (kaf_display_shows (row, "The server cannot be reached"));
  g_assert_cmpint (kaf_aside_page_get_n (page), ==, 2);
  /* What is not here yet cannot be looked at. */
  gtk_widget_activate_action (GTK_WIDGET (page), "aside.open", "s", "13-0");
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (page));
  gtk_widget_activate_action (GTK_WIDGET (page), "aside.open", "s", "12-0");
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
}

static void
add_conflict (KafStore *store, const char *owner)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) conflict = kaf_record_new (kaf_registry_find ("conflict"), NULL);
  g_autoptr (KafReceipt) made = NULL;

  kaf_record_set (conflict, "owner_entity", "person");
  kaf_record_set (conflict, "owner", owner);
  kaf_record_set (conflict, "stands", "{\"city\":\"Berne\",\"expert.employer\":null}");
  kaf_record_set (conflict, "before", "{\"city\":\"Genève\",\"expert.employer\":\"CHUV\"}");
  kaf_record_set (conflict, "other", "{}");
  kaf_record_set (conflict, "stands_by", "karim");
  kaf_record_set (conflict, "other_by", "amina");
  kaf_record_set (conflict, "state", "open");
  kaf_change_set_create (set, conflict);
  made = kaf_display_commit (store, set);
}

/* Who decides whether a record goes sees what somebody edited there. */
static void
test_deleted_and_edited (void)
{
  KafWindow *window = open_as ("aside-conflict", "agent");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Bennis", "Salma", NULL, NULL);
  GtkWidget *page;

  add_conflict (kaf_window_get_store (window), id);
  kaf_window_show_conflicts (window);
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_conflicts_page_get_n (KAF_CONFLICTS_PAGE (page)) == 1);
  KAF_WAIT (kaf_display_shows (page, "Keep the record"));
  g_assert_true (kaf_display_shows (page, "City: "));
  g_assert_true (kaf_display_shows (page, "Berne"));
  g_assert_true (kaf_display_shows (page, "Genève"));
  g_assert_true (kaf_display_shows (page, "Employer: emptied"));
  g_assert_true (kaf_display_shows (page, "CHUV"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/aside/who", test_who);
  g_test_add_func ("/aside/page", test_page);
  g_test_add_func ("/aside/deleted-and-edited", test_deleted_and_edited);
  return kaf_display_finish (g_test_run ());
}
