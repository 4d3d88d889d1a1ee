/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sync in the window: the inbox of conflicts, the sign-in and where it tells what is wrong, the last
 * line of the sidebar. No server answers here: what waits stays. */
#include "config.h"

#include "kaf-display.h"

#include "net/kaf-lease-text.h"
#include "net/kaf-net-error.h"
#include "net/kaf-secrets.h"
#include "schema/kaf-registry.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-store-error.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-store-status.h"
#include "ui/app/kaf-window-private.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-form-page.h"
#include "ui/record/kaf-record-page.h"
#include "ui/sync/kaf-conflicts-page.h"
#include "ui/sync/kaf-duplicates-page.h"
#include "ui/sync/kaf-sign-in-window.h"
#include "ui/sync/kaf-sync-panel.h"
#include "ui/sync/kaf-sync-text.h"

static gpointer
enroll (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sync_enroll (db, data, "amina", "agent", kaf_sync_get_device (db), error);
  return NULL;
}

/* The store belongs to the server at @url. */
static KafWindow *
open_enrolled_at (const char *name, const char *url)
{
  KafWindow *window = kaf_display_open (name);
  KafStore *store = kaf_window_get_store (window);

  kaf_display_run (store, enroll, url);
  kaf_store_announce (store, NULL);
  return window;
}

/* To one that does not answer. */
static KafWindow *
open_enrolled (const char *name)
{
  return open_enrolled_at (name, KAF_DISPLAY_NOBODY);
}

/* Tokens that have not ended, so that the server is asked. */
static void
keep_tokens (KafWindow *window)
{
  KafSecrets secrets = { (char *) "access", G_MAXINT64, (char *) "refresh" };
  g_autoptr (GError) error = NULL;

  kaf_secrets_save (kaf_store_get_path (kaf_window_get_store (window)), &secrets, &error);
  g_assert_no_error (error);
}

static void
set_degree (KafStore *store, const char *id, const char *degree)
{
  g_autoptr (KafChangeSet) edit = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), id);
  g_autoptr (KafReceipt) edited = NULL;

  kaf_record_set (expert, "degree", degree);
  kaf_change_set_update (edit, expert);
  edited = kaf_display_commit (store, edit);
}

/* An expert whose degree two persons have changed; what the other one wrote stands. */
static char *
add_conflict (KafStore *store, const char *family)
{
  g_autofree char *id = kaf_display_add_expert (store, family, "Nora", NULL, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) conflict = kaf_record_new (kaf_registry_find ("conflict"), NULL);
  g_autoptr (KafReceipt) made = NULL;

  set_degree (store, id, "Theirs");
  kaf_record_set (conflict, "owner_entity", "expert");
  kaf_record_set (conflict, "owner", id);
  kaf_record_set (conflict, "field", "degree");
  kaf_record_set (conflict, "stands", "{\"degree\":\"Theirs\"}");
  kaf_record_set (conflict, "stands_by", "karim");
  kaf_record_set (conflict, "stands_at", "1795000000000000");
  kaf_record_set (conflict, "other", "{\"degree\":\"Own\"}");
  kaf_record_set (conflict, "other_by", "amina");
  kaf_record_set (conflict, "other_at", "1794000000000000");
  kaf_record_set (conflict, "before", "{\"degree\":\"Old\"}");
  kaf_record_set (conflict, "state", "open");
  kaf_change_set_create (set, conflict);
  made = kaf_display_commit (store, set);
  return g_steal_pointer (&id);
}

/* An answer has come, which may be nothing. */
static gboolean done;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, NULL);

  *(char **) data = g_strdup (kaf_record_get (record, "degree"));
  done = TRUE;
}

static char *
load_degree (KafStore *store, const char *id)
{
  char *degree = NULL;

  done = FALSE;
  kaf_store_load_async (store, kaf_registry_find ("expert"), id, NULL, on_loaded, &degree);
  KAF_WAIT (done);
  return degree;
}

static void
assert_degree (KafStore *store, const char *id, const char *expected)
{
  g_autofree char *degree = load_degree (store, id);

  g_assert_cmpstr (degree, ==, expected);
}

static KafConflictsPage *
show_conflicts (KafWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-conflicts", NULL);
  g_assert_true (KAF_IS_CONFLICTS_PAGE (kaf_window_get_page (window)));
  return KAF_CONFLICTS_PAGE (kaf_window_get_page (window));
}

static void
settle (KafConflictsPage *page, int place, KafConflictChoice choice, const char *text)
{
  KafConflictRow *row = kaf_conflicts_page_get_row (page, place);

  gtk_widget_activate_action (GTK_WIDGET (page), "conflicts.settle", "(sus)",
                              kaf_conflict_row_get_conflict (row)->id, (guint) choice, text);
}

static void
test_empty (void)
{
  KafWindow *window = kaf_display_open ("sync-empty.db");
  KafConflictsPage *page = show_conflicts (window);

  KAF_WAIT (kaf_conflicts_page_get_n (page) == 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No Conflict"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-conflicts", NULL);
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (page));
}

/* Mine is what does not stand; choosing writes it, and undoing opens the conflict again. */
static void
test_settle_and_undo (void)
{
  KafWindow *window = open_enrolled ("sync-settle.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_conflict (store, "Alami");
  KafConflictsPage *page = show_conflicts (window);

  KAF_WAIT (kaf_conflicts_page_get_n (page) == 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Own"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Theirs"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Old"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "karim"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "stands now"));
  assert_degree (store, id, "Theirs");

  settle (page, 0, KAF_CONFLICT_MINE, "");
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 0);
  assert_degree (store, id, "Own");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Conflict settled"));

  g_action_group_activate_action (G_ACTION_GROUP (window), "undo", NULL);
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 1);
  assert_degree (store, id, "Theirs");
}

/* The record is written while the card is looked at: by what nobody meant then, and again. */
static void
test_written_since (void)
{
  KafWindow *window = open_enrolled ("sync-since.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_conflict (store, "Alami");
  KafConflictsPage *page = show_conflicts (window);

  KAF_WAIT (kaf_conflicts_page_get_n (page) == 1);
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "something else by now"));
  set_degree (store, id, "First");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "First"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "stands now"));
  set_degree (store, id, "Second");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Second"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "First"));
  set_degree (store, id, "Old");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "stands now"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "something else by now"));
}

static void
test_other_choices (void)
{
  KafWindow *window = open_enrolled ("sync-choices.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *a = add_conflict (store, "Alami");
  g_autofree char *b = add_conflict (store, "Berrada");
  g_autofree char *c = add_conflict (store, "Chraibi");
  KafConflictsPage *page = show_conflicts (window);

  /* The latest first. */
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 3);
  settle (page, 0, KAF_CONFLICT_THEIRS, "");
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 2);
  assert_degree (store, c, "Theirs");
  settle (page, 0, KAF_CONFLICT_BEFORE, "");
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 1);
  assert_degree (store, b, "Old");
  settle (page, 0, KAF_CONFLICT_WRITTEN, "New");
  KAF_WAIT (kaf_conflicts_page_get_n (page) == 0);
  assert_degree (store, a, "New");
}

static void
test_open_record (void)
{
  KafWindow *window = open_enrolled ("sync-open.db");
  g_autofree char *id = add_conflict (kaf_window_get_store (window), "Alami");
  KafConflictsPage *page = show_conflicts (window);
  GtkWidget *record;

  KAF_WAIT (kaf_conflicts_page_get_n (page) == 1);
  gtk_widget_activate_action (
      GTK_WIDGET (page), "conflicts.open", "s",
      kaf_conflict_row_get_conflict (kaf_conflicts_page_get_row (page, 0))->id);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
  record = kaf_window_get_page (window);
  g_assert_cmpstr (kaf_record_page_get_id (KAF_RECORD_PAGE (record)), ==, id);
}

/* What the server did not take */

/* The last thing written here was an edit of the person @data, and was not taken. */
static gpointer
refuse_last (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafVerdict) verdict = kaf_verdict_new (kaf_outbox_get_last (db, NULL), "rejected");
  guint n;

  kaf_verdict_refuse (verdict, "person", data, KAF_REFUSED_RIGHT, NULL);
  kaf_refusals_add (db, verdict->dseq, verdict->refused, &n, error);
  return NULL;
}

static void
run_on_store (KafStore *store, KafStoreJob job, gpointer data)
{
  kaf_display_run (store, job, data);
  kaf_store_announce (store, NULL);
}

/* An expert whose town was changed here, which the server did not take. */
static char *
add_refused (KafStore *store)
{
  char *id = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  g_autoptr (KafChangeSet) edit = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafReceipt) edited = NULL;

  kaf_record_set (person, "city", "Rabat");
  kaf_change_set_update (edit, person);
  edited = kaf_display_commit (store, edit);
  run_on_store (store, refuse_last, id);
  return id;
}

static gboolean
lists_refused (KafConflictsPage *page, int n)
{
  return kaf_refusal_list_get_n (kaf_conflicts_page_get_refused (page)) == n;
}

static void
activate_refused (KafConflictsPage *page, const char *action)
{
  KafRefusalList *list = kaf_conflicts_page_get_refused (page);
  KafRefusalRow *row = kaf_refusal_list_get_row (list, 0);

  gtk_widget_activate_action (GTK_WIDGET (list), action, "x",
                              kaf_refusal_row_get_refusal (row)->number);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  done = TRUE;
}

/* It is named with what was typed and why, is copied, let go of and taken back. */
static void
test_refused (void)
{
  KafWindow *window = open_enrolled ("sync-refused.db");
  g_autofree char *id = add_refused (kaf_window_get_store (window));
  KafConflictsPage *page = show_conflicts (window);
  g_autofree char *text = NULL;
  gint64 number;

  KAF_WAIT (lists_refused (page, 1));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "1 edit not taken by the server"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "ALAMI"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "City"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Rabat"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "may not write this"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "Keys 1, 2 and 3"));

  activate_refused (page, "refused.copy");
  done = FALSE;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (page)), NULL, on_text,
                                 &text);
  KAF_WAIT (done);
  g_assert_nonnull (strstr (text, "Rabat"));

  number = kaf_refusal_row_get_refusal (
               kaf_refusal_list_get_row (kaf_conflicts_page_get_refused (page), 0))
               ->number;
  activate_refused (page, "refused.let-go");
  KAF_WAIT (lists_refused (page, 0));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "No Conflict"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "restore-refused",
                                  g_variant_new_int64 (number));
  KAF_WAIT (lists_refused (page, 1));

  activate_refused (page, "refused.open");
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
}

/* The last thing written here was an act of a mission, which was not taken. */
static gpointer
refuse_act (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafVerdict) verdict = kaf_verdict_new (kaf_outbox_get_last (db, NULL), "rejected");
  guint n;

  kaf_verdict_refuse (verdict, "mission_act", data, KAF_REFUSED_GATES, NULL);
  kaf_refusals_add (db, verdict->dseq, verdict->refused, &n, error);
  return NULL;
}

/* A step that was not taken is told as such, without what an act is made of; all that was refused goes at once, and
 * comes back at once. */
static void
test_refused_act (void)
{
  KafWindow *window = open_enrolled ("sync-refused-act.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_refused (store);
  g_autoptr (KafRecord) mission = kaf_record_new (kaf_registry_find ("mission"), NULL);
  g_autoptr (KafRecord) act = kaf_record_new (kaf_registry_find ("mission_act"), NULL);
  g_autoptr (KafChangeSet) missions = kaf_change_set_new ("create");
  g_autoptr (KafChangeSet) acts = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) made = NULL, done_act = NULL;
  KafConflictsPage *page;
  g_autoptr (GVariant) numbers = NULL;

  kaf_record_set (mission, "title_fr", "Gestes d’urgence");
  kaf_change_set_create (missions, mission);
  made = kaf_display_commit (store, missions);
  kaf_record_set (act, "mission", g_ptr_array_index (made->ids, 0));
  kaf_record_set (act, "kind", "leave");
  kaf_record_set (act, "step", "5");
  kaf_change_set_create (acts, act);
  done_act = kaf_display_commit (store, acts);
  run_on_store (store, refuse_act, g_ptr_array_index (done_act->ids, 0));

  page = show_conflicts (window);
  KAF_WAIT (lists_refused (page, 2));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Step 5 · "));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Gestes d’urgence"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "New record"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "Step left"));

  gtk_widget_activate_action (GTK_WIDGET (kaf_conflicts_page_get_refused (page)),
                              "refused.let-go-all", NULL);
  KAF_WAIT (lists_refused (page, 0));
  KAF_WAIT (kaf_display_get_toast (window) != NULL &&
            strstr (adw_toast_get_title (kaf_display_get_toast (window)), "2 edits left") != NULL);
  numbers = g_variant_ref_sink (adw_toast_get_action_target_value (kaf_display_get_toast (window)));
  g_action_group_activate_action (G_ACTION_GROUP (window), "restore-all-refused", numbers);
  KAF_WAIT (lists_refused (page, 2));
}

/* What was typed stands in the form again, and in the list until the person lets go of it. */
static void
test_refused_again (void)
{
  KafWindow *window = open_enrolled ("sync-refused-form.db");
  g_autofree char *id = add_refused (kaf_window_get_store (window));
  KafConflictsPage *page = show_conflicts (window);
  g_autofree char *typed = NULL;
  KafFormPage *form;

  KAF_WAIT (lists_refused (page, 1));
  g_object_ref (page);
  activate_refused (page, "refused.write");
  KAF_WAIT (KAF_IS_FORM_PAGE (kaf_window_get_page (window)));
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  typed = kaf_field_row_get_typed (kaf_form_page_get_row (form, "city"));
  g_assert_cmpstr (typed, ==, "Rabat");
  g_assert_true (kaf_field_row_is_touched (kaf_form_page_get_row (form, "city")));
  kaf_store_announce (kaf_window_get_store (window), NULL);
  KAF_WAIT (lists_refused (page, 1));
  g_object_unref (page);
}

static gpointer
acknowledge_all (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, kaf_outbox_get_last (db, NULL));

  kaf_local_set (db, "sync-acked", last, error);
  return NULL;
}

/* A record tells what of it waits, until the server has it. */
static void
test_waiting (void)
{
  KafWindow *window = open_enrolled ("sync-waiting.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  GtkWidget *page;

  kaf_window_open_record (window, kaf_registry_find ("expert"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_display_shows (page, "2 changes wait to be sent"));
  kaf_display_run (store, acknowledge_all, NULL);
  kaf_store_announce_sent (store);
  KAF_WAIT (!kaf_display_shows (page, "to be sent"));
}

/* Persons that look alike */

/* A person whom the server has: what was written so far is acknowledged; then one is made here who has the
 * same address, and nothing is sent before somebody has looked. */
static char *
add_alike (KafWindow *window)
{
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *known = kaf_display_add_expert (store, "Bennis", "Salma", NULL, NULL);
  char *id;

  run_on_store (store, acknowledge_all, NULL);
  /* The same name again: another person, or the same one. */
  id = kaf_display_add_expert (store, "Bennis", "Salma", NULL, NULL);
  return id;
}

static gpointer
begin_preview (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_duplicates_set_preview (db, TRUE, error);
  return NULL;
}

static gpointer
count_held (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  *(guint *) data = kaf_duplicates_count_held (db, error);
  return NULL;
}

static KafDuplicatesPage *
show_duplicates (KafWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-duplicates", NULL);
  g_assert_true (KAF_IS_DUPLICATES_PAGE (kaf_window_get_page (window)));
  return KAF_DUPLICATES_PAGE (kaf_window_get_page (window));
}

static void
test_duplicates (void)
{
  KafWindow *window = open_enrolled ("sync-alike.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_alike (window);
  KafDuplicatesPage *page;
  guint n_held = 0;

  run_on_store (store, begin_preview, NULL);
  /* The window has heard of it. */
  KAF_WAIT (kaf_sync_agent_get_status (window->agent)->preview);
  page = show_duplicates (window);
  KAF_WAIT (kaf_duplicates_page_get_n (page) == 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "1 of the 1 persons"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "At the server"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "like name"));

  /* Left for review unless it is said otherwise. */
  gtk_widget_activate_action (GTK_WIDGET (page), "duplicates.send", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "stay on this computer"));
  run_on_store (store, count_held, &n_held);
  g_assert_cmpuint (n_held, ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (page), "duplicates.release", "s", id);
  KAF_WAIT (kaf_duplicates_page_get_n (page) == 0);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Nobody Is Held Back"));
}

/* The lease, in words */

static void
test_lease (void)
{
  static const struct
  {
    KafLeaseReport report;
    const char *sentence; /* NULL: nothing is told */
    const char *line;
  } cases[] = {
    { { KAF_LEASE_RUNS, 3, 10, FALSE }, NULL, "Synchronised" },
    { { KAF_LEASE_ENDS_SOON, 8, 10, FALSE }, "in 2 days", "8 days without an exchange" },
    { { KAF_LEASE_DOUBTFUL, 10, 10, FALSE },
      "Nothing is removed",
      "Check the date and synchronise" },
    { { KAF_LEASE_ENDED, 10, 10, TRUE },
      "they come back",
      "Persons removed until the next exchange" },
    { { KAF_LEASE_ENDED, 3, 10, FALSE, .revoked = TRUE },
      "are being removed",
      "Device withdrawn from the server" },
    { { KAF_LEASE_ENDED, 3, 10, TRUE, .revoked = TRUE },
      "sign in again to send it, or export it",
      "Device withdrawn from the server" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafSyncStatus status = { .phase = KAF_SYNC_PHASE_IDLE,
                               .synced_at = 1,
                               .lease = cases[i].report };
      g_auto (KafSyncLine) line = kaf_sync_text_line (&status, KAF_LANG_EN);
      g_autofree char *sentence = kaf_lease_explain (&cases[i].report);

      g_assert_cmpstr (line.title, ==, cases[i].line);
      if (cases[i].sentence == NULL)
        g_assert_null (sentence);
      else
        g_assert_nonnull (strstr (sentence, cases[i].sentence));
    }
}

/* How much came of what an empty store begins with, of how much. */
static void
test_coming (void)
{
  KafSyncStatus status = { .phase = KAF_SYNC_PHASE_SYNCING, .came = 12000000, .coming = 51000000 };
  g_auto (KafSyncLine) coming = kaf_sync_text_line (&status, KAF_LANG_EN);
  g_auto (KafSyncLine) after = { NULL };

  g_assert_nonnull (strstr (coming.subtitle, "12"));
  g_assert_nonnull (strstr (coming.subtitle, "51"));
  status.came = status.coming = 0;
  after = kaf_sync_text_line (&status, KAF_LANG_EN);
  g_assert_cmpstr (after.subtitle, ==, "never synchronised");
}

/* What a comparison with the server found is said until the next finds nothing. */

static gpointer
keep_compared (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_reconcile_keep (db, data, error);
  return NULL;
}

static void
test_compared (void)
{
  static const struct
  {
    KafReconcileResult found;
    const char *title, *detail; /* NULL: nothing is said */
  } cases[] = {
    { { .n_compared = 9 }, NULL, NULL },
    { { .n_fetched = 1 }, "1 record was not as on the server: it was put right", "disk" },
    { { .n_fetched = 1, .n_renewed = 2, .n_dropped = 4 },
      "7 records were not as on the server: they were put right",
      "Compared with the server" },
    { { .n_renewed = 2, .n_left = 1 }, "1 record differs from the server", "administrator" },
    { { .n_unknown = 3 }, "3 records are not on the server", "restored" },
  };
  KafWindow *window = open_enrolled ("sync-compared.db");
  KafStore *store = kaf_window_get_store (window);
  GtkWidget *panel = g_object_ref_sink (kaf_sync_panel_new ());

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KafSyncStatus *status = kaf_sync_agent_get_status (window->agent);
      gint64 before = status->compared_at;
      g_auto (KafSyncLine) line = { NULL };

      run_on_store (store, keep_compared, (gpointer) &cases[i].found);
      KAF_WAIT (status->compared_at > before);
      kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), status);
      g_assert_cmpint (kaf_display_shows (panel, "not as on the server"), ==,
                       cases[i].title != NULL && strstr (cases[i].title, "not as on") != NULL);
      line = kaf_sync_text_line (status, KAF_LANG_EN);
      g_assert_cmpint (g_strcmp0 (line.title, cases[i].title) == 0, ==, cases[i].found.n_left > 0);
      if (cases[i].title == NULL)
        continue;
      g_assert_true (kaf_display_shows (panel, cases[i].title));
      g_assert_true (kaf_display_shows (panel, cases[i].detail));
    }
  g_object_unref (panel);
}

/* A form is told of an erasure that came from elsewhere. */

/* As an exchange does that is told of it. */
static void
erase_told (KafDatabase *db, const char *entity, const char *id, GError **error)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);

  g_ptr_array_add (told, kaf_erased_new (1, kaf_registry_find (entity), id));
  kaf_erase_told (db, told, 1, error);
}

static gpointer
erase_person (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  erase_told (db, "person", data, error);
  return NULL;
}

static gpointer
erase_organisation (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  erase_told (db, "organisation", data, error);
  return NULL;
}

static KafFormPage *
open_form (KafWindow *window, const char *entity, const char *id)
{
  KafFormPage *form;

  kaf_window_open_form (window, kaf_registry_find (entity), id);
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  return form;
}

static void
test_erased_form (void)
{
  KafWindow *window = open_enrolled ("sync-erased-form.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  KafFormPage *form = open_form (window, "expert", id);

  run_on_store (store, erase_person, id);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (form), "This record was erased"));
}

static char *
add_organisation (KafStore *store, const char *name)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("organisation"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, "name_fr", name);
  kaf_record_set (record, "kind", "network");
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

static void
test_erased_name (void)
{
  KafWindow *window = open_enrolled ("sync-erased-name.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_organisation (store, "Mine");
  g_autofree char *parent = add_organisation (store, "Canaryo");
  KafFormPage *form = open_form (window, "organisation", id);
  KafFieldRow *row = kaf_form_page_get_row (form, "parent");
  g_autofree char *left = NULL;
  g_autofree char *kept = NULL;

  kaf_field_row_set_typed (row, parent);
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "name_fr"), "Ours");
  run_on_store (store, erase_organisation, parent);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (form), "it is left out"));
  left = kaf_field_row_get_typed (row);
  g_assert_cmpstr (left, ==, "");
  kept = kaf_field_row_get_typed (kaf_form_page_get_row (form, "name_fr"));
  g_assert_cmpstr (kept, ==, "Ours");
}

static KafStoreStatus *
get_status (KafWindow *window)
{
  return KAF_STORE_STATUS (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_STATUS));
}

static gboolean
says (KafWindow *window, const char *title)
{
  return g_strcmp0 (kaf_store_status_get_title (get_status (window)), title) == 0;
}

/* However long its lines are, it asks for no more width than without them; what is cut off stands beside the pointer. */
static void
check_width (KafWindow *window)
{
  KafStoreStatus *status = get_status (window);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (status));
  int least, most;

  gtk_widget_measure (GTK_WIDGET (status), GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL,
                      NULL);
  g_assert_cmpint (most, ==, least);
  g_assert_cmpint (least, <, 226);
  g_assert_nonnull (strstr (kaf_tooltip_get (button), kaf_store_status_get_title (status)));
}

/* Alone, then of a server that does not answer, then with something to settle. */
static void
test_indicator (void)
{
  KafWindow *window = kaf_display_open ("sync-line.db");
  GActionGroup *actions = G_ACTION_GROUP (window);
  g_autofree char *id = NULL;
  GtkWidget *home;

  KAF_WAIT (says (window, "This computer only"));
  g_assert_false (g_action_group_get_action_enabled (actions, "sync"));
  g_assert_true (g_action_group_get_action_enabled (actions, "sign-in"));
  /* Whoever begins may begin at the server. */
  KAF_WAIT (kaf_display_shows (kaf_window_get_page (window), "Nobody Here Yet"));
  KAF_WAIT (kaf_display_shows (kaf_window_get_page (window), "Connect to a Server…"));
  g_action_group_activate_action (actions, "show-sync", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Connect to a Server…") ||
            kaf_display_find (GTK_WIDGET (window), GTK_TYPE_POPOVER) != NULL);

  window = open_enrolled ("sync-line-2.db");
  actions = G_ACTION_GROUP (window);
  KAF_WAIT (says (window, "Not all is sent yet"));
  check_width (window);
  KAF_WAIT (!kaf_display_shows (kaf_window_get_page (window), "Connect to a Server…"));
  KAF_WAIT (g_action_group_get_action_enabled (actions, "sync"));
  g_action_group_activate_action (actions, "show-sync", NULL);
  g_action_group_activate_action (actions, "sync", NULL);
  /* No tokens were kept beside this store: only a person can mend that. */
  KAF_WAIT (says (window, "Sign in again"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Your session has ended"));
  g_assert_nonnull (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_SYNC_PANEL));

  id = add_conflict (kaf_window_get_store (window), "Alami");
  home = kaf_window_get_page (window);
  g_assert_true (KAF_IS_HOME_PAGE (home));
  KAF_WAIT (kaf_display_shows (home, "1 conflict to settle"));
}

/* Nobody answers: the window goes on, and what waits is told. */
static void
test_offline (void)
{
  KafWindow *window = open_enrolled ("sync-offline.db");

  keep_tokens (window);
  KAF_WAIT (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "sync"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "sync", NULL);
  KAF_WAIT (says (window, "Offline"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-sync", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Offline since"));
}

/* A server that takes the call and says nothing: cancelling ends it at once, and a record can be written
 * and read meanwhile. */
static void
test_cancel (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  KafWindow *window = open_enrolled_at ("sync-cancel.db", url);
  GActionGroup *actions = G_ACTION_GROUP (window);
  g_autofree char *id = NULL;
  gint64 since;

  g_assert_no_error (error);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no module for TLS");
      return;
    }
  keep_tokens (window);
  KAF_WAIT (g_action_group_get_action_enabled (actions, "sync"));
  g_assert_false (g_action_group_get_action_enabled (actions, "cancel-sync"));
  g_action_group_activate_action (actions, "sync", NULL);
  KAF_WAIT (says (window, "Synchronising…"));
  id = kaf_display_add_expert (kaf_window_get_store (window), "Alami", "Nora", NULL, NULL);
  assert_degree (kaf_window_get_store (window), id, NULL);
  g_assert_true (says (window, "Synchronising…"));

  since = g_get_monotonic_time ();
  g_action_group_activate_action (actions, "cancel-sync", NULL);
  KAF_WAIT (says (window, "Not all is sent yet"));
  g_assert_cmpint (g_get_monotonic_time () - since, <, 5 * G_USEC_PER_SEC);
  g_assert_true (g_action_group_get_action_enabled (actions, "sync"));
}

/* Signing in */

static void
assert_place (GQuark domain, int code, KafSignInPlace place)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "technical text");
  g_autofree char *sentence = kaf_sign_in_explain (error, KAF_LANG_EN);

  g_assert_cmpint (kaf_sign_in_place (error), ==, place);
  g_assert_null (strstr (sentence, "technical text"));
  g_assert_cmpuint (strlen (sentence), >, 20);
}

static void
test_places (void)
{
  static const struct
  {
    KafNetError code;
    KafSignInPlace place;
  } places[] = {
    { KAF_NET_ERROR_ADDRESS, KAF_SIGN_IN_URL },
    { KAF_NET_ERROR_OFFLINE, KAF_SIGN_IN_URL },
    { KAF_NET_ERROR_PROTOCOL, KAF_SIGN_IN_URL },
    { KAF_NET_ERROR_CERTIFICATE, KAF_SIGN_IN_AUTHORITY },
    { KAF_NET_ERROR_OTHER_HOST, KAF_SIGN_IN_URL },
    { KAF_NET_ERROR_EXPIRED, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_CLOCK, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_SAMPLE, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_KEYRING, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_CREDENTIALS, KAF_SIGN_IN_PASSWORD },
    { KAF_NET_ERROR_WAIT, KAF_SIGN_IN_PASSWORD },
    { KAF_NET_ERROR_NO_GRANT, KAF_SIGN_IN_USER },
    { KAF_NET_ERROR_DISABLED, KAF_SIGN_IN_USER },
    { KAF_NET_ERROR_REVOKED, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_SERVER_OLD, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_SERVER_NEW, KAF_SIGN_IN_WHOLE },
    { KAF_NET_ERROR_SERVER, KAF_SIGN_IN_WHOLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    assert_place (KAF_NET_ERROR, places[i].code, places[i].place);
  assert_place (KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, KAF_SIGN_IN_URL);
  assert_place (KAF_STORE_ERROR, KAF_STORE_ERROR_FULL, KAF_SIGN_IN_WHOLE);
}

static void
test_url (void)
{
  static const char *const urls[][2] = {
    { "https://hub.example.org", "https://hub.example.org" },
    { " hub.example.org/ ", "https://hub.example.org" },
    { "127.0.0.1:8443", "https://127.0.0.1:8443" },
    { "https://hub.example.org:444//", "https://hub.example.org:444" },
    { "http://hub.example.org", NULL },
    { "", NULL },
    { "not an address", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *url = kaf_sign_in_normalise_url (urls[i][0]);

      g_assert_cmpstr (url, ==, urls[i][1]);
    }
}

static gboolean
tells (KafSignInWindow *window, KafSignInPlace place, const char *text)
{
  const char *error = kaf_sign_in_window_get_error (window, place);

  return error != NULL && strstr (error, text) != NULL;
}

/* What is missing is told at once, and what the network says under its field; what was typed stays. */
static void
test_sign_in (void)
{
  KafWindow *window = kaf_display_open ("sync-sign-in.db");
  KafSyncAgent *agent = kaf_sync_agent_new (kaf_window_get_store (window));
  KafSignInWindow *self = KAF_SIGN_IN_WINDOW (kaf_sign_in_window_new (GTK_WINDOW (window), agent));
  g_autofree char *path = kaf_display_path ("letter.pem");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_object_ref_sink (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.run", NULL);
  g_assert_true (tells (self, KAF_SIGN_IN_URL, "https://server.example.org"));
  g_assert_true (tells (self, KAF_SIGN_IN_USER, "account"));
  g_assert_true (tells (self, KAF_SIGN_IN_PASSWORD, "password"));

  kaf_sign_in_window_set_text (self, KAF_SIGN_IN_URL, "127.0.0.1:9");
  kaf_sign_in_window_set_text (self, KAF_SIGN_IN_USER, "amina");
  kaf_sign_in_window_set_text (self, KAF_SIGN_IN_PASSWORD, "secret");
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.run", NULL);
  g_assert_null (kaf_sign_in_window_get_error (self, KAF_SIGN_IN_USER));
  KAF_WAIT (tells (self, KAF_SIGN_IN_URL, "cannot be reached"));
  g_assert_cmpint (kaf_sync_agent_get_status (agent)->phase, ==, KAF_SYNC_PHASE_NOT_ENROLLED);

  g_assert_true (g_file_set_contents (path, "A letter and no certificate.", -1, NULL));
  kaf_sign_in_window_set_authority (self, file);
  KAF_WAIT (tells (self, KAF_SIGN_IN_AUTHORITY, "no certificate"));

  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
  kaf_sync_agent_stop (agent);
  g_object_unref (agent);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/sync/empty", test_empty);
  g_test_add_func ("/sync/settle-and-undo", test_settle_and_undo);
  g_test_add_func ("/sync/written-since", test_written_since);
  g_test_add_func ("/sync/other-choices", test_other_choices);
  g_test_add_func ("/sync/open-record", test_open_record);
  g_test_add_func ("/sync/refused", test_refused);
  g_test_add_func ("/sync/refused-act", test_refused_act);
  g_test_add_func ("/sync/refused-again", test_refused_again);
  g_test_add_func ("/sync/waiting", test_waiting);
  g_test_add_func ("/sync/duplicates", test_duplicates);
  g_test_add_func ("/sync/lease", test_lease);
  g_test_add_func ("/sync/coming", test_coming);
  g_test_add_func ("/sync/compared", test_compared);
  g_test_add_func ("/sync/erased-form", test_erased_form);
  g_test_add_func ("/sync/erased-name", test_erased_name);
  g_test_add_func ("/sync/indicator", test_indicator);
  g_test_add_func ("/sync/offline", test_offline);
  g_test_add_func ("/sync/cancel", test_cancel);
  g_test_add_func ("/sync/sign-in/places", test_places);
  g_test_add_func ("/sync/sign-in/url", test_url);
  g_test_add_func ("/sync/sign-in/window", test_sign_in);
  return kaf_display_finish (g_test_run ());
}
