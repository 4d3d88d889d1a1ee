/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission is taken to the field in the window, with a real server: what large files it needs come, that can be stopped
 * and taken up again, and without a network what is here is told from what is here. Another device is kafaatctl. */
#include "config.h"

#include "kaf-display-programs.h"
#include "kaf-display.h"

#include <signal.h>
#include <string.h>

#include "store/kaf-database-private.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/mission/kaf-take-window.h"

#define PASSWORD "a password for tests\n"

/* Bytes of what is not fetched unasked. */
#define LARGE (KAF_BLOB_SMALL + 1000)

typedef struct
{
  GSubprocess *server;
  char *dir, *url, *ca;
  char *other; /* store of the other device */
  char *mission, *expert;
  KafWindow *window;
  GtkWidget *page;
  KafTakeWindow *taking;
} Fixture;

/* A name that no case before this one had. */
static char *
make_path (const char *name)
{
  static guint n;
  g_autofree char *own = g_strdup_printf ("%u-%s", ++n, name);

  return kaf_display_path (own);
}

static void
stop_server (Fixture *f)
{
  if (f->server == NULL)
    return;
  g_subprocess_send_signal (f->server, SIGCONT);
  g_subprocess_send_signal (f->server, SIGTERM);
  g_subprocess_wait (f->server, NULL, NULL);
  g_clear_object (&f->server);
}

static void
enroll (Fixture *f, const char *store, const char *user)
{
  const char *program = g_getenv ("KAFAATCTL");

  kaf_display_ignore (kaf_display_call (PASSWORD, program, "--store", store, "enroll", f->url,
                                        "--user", user, "--ca", f->ca, NULL));
  kaf_display_ignore (kaf_display_call (NULL, program, "--store", store, "sync", NULL));
}

/* The id of the record that is made on the other device. (transfer full) */
static char *
make (Fixture *f, const char *entity, const char *one, const char *two)
{
  g_autofree char *out = kaf_display_call (NULL, g_getenv ("KAFAATCTL"), "--store", f->other,
                                           "--json", "new", entity, one, two, NULL);
  const char *from = strstr (out, "\"id\":\"");

  g_assert_nonnull (from);
  from += strlen ("\"id\":\"");
  return g_strndup (from, strcspn (from, "\""));
}

static void
attach (Fixture *f, const char *record, const char *name, gsize size)
{
  g_autofree char *path = kaf_display_path (name);
  g_autofree char *data = g_strnfill (size, *name);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  kaf_display_ignore (kaf_display_call (NULL, g_getenv ("KAFAATCTL"), "--store", f->other, "attach",
                                        record, path, NULL));
}

static void
add_user (Fixture *f, const char *user, const char *role, const char *scope)
{
  const char *program = g_getenv ("KAFAAT_SERVER");

  kaf_display_ignore (kaf_display_call (PASSWORD, program, "--dir", f->dir, "user", "add", user,
                                        "--password-stdin", NULL));
  kaf_display_ignore (
      kaf_display_call (NULL, program, "--dir", f->dir, "grant", user, role, scope, NULL));
}

/* The office has a mission with an expert and her large curriculum vitae; the window is a facilitator's, who was given
 * that mission. */
static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *own = make_path ("own.db");
  g_autofree char *name = g_path_get_basename (own);
  g_autofree char *named = NULL, *person = NULL, *listed = NULL, *scope = NULL;

  f->dir = make_path ("hub");
  f->ca = g_build_filename (f->dir, "dev-ca.pem", NULL);
  kaf_display_ignore (
      kaf_display_call (NULL, g_getenv ("KAFAAT_SERVER"), "--dir", f->dir, "init", NULL));
  add_user (f, "amina", "manager", "national");
  f->server = kaf_display_serve (f->dir, "127.0.0.1:0", &f->url);
  f->other = make_path ("other.db");
  enroll (f, f->other, "amina");
  f->mission = make (f, "mission", "title_fr=Soins", "territory=MA-TIZ");
  f->expert = make (f, "person", "family_name=Bennis", NULL);
  named = g_strconcat ("mission=", f->mission, NULL);
  person = g_strconcat ("person=", f->expert, NULL);
  listed = make (f, "mission_expert", named, person);
  attach (f, f->expert, "cv.pdf", LARGE);
  attach (f, f->mission, "order.txt", 100);
  kaf_display_ignore (
      kaf_display_call (NULL, g_getenv ("KAFAATCTL"), "--store", f->other, "sync", NULL));
  scope = g_strconcat ("mission:", f->mission, NULL);
  add_user (f, "brahim", "facilitator", scope);
  enroll (f, own, "brahim");
  f->window = kaf_display_open (name);
  /* The window exchanges records once by itself: what comes after that comes because it was taken along. */
  KAF_WAIT (kaf_sync_agent_get_status (kaf_window_get_sync (f->window))->has_report &&
            kaf_sync_agent_get_status (kaf_window_get_sync (f->window))->phase ==
                KAF_SYNC_PHASE_IDLE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->taking != NULL)
    gtk_window_destroy (GTK_WINDOW (f->taking));
  kaf_display_open ("none.db");
  stop_server (f);
  g_free (f->dir);
  g_free (f->url);
  g_free (f->ca);
  g_free (f->other);
  g_free (f->mission);
  g_free (f->expert);
}

static KafTakeWindow *
find_taking (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (KAF_IS_TAKE_WINDOW (window) && gtk_widget_get_mapped (window))
        return KAF_TAKE_WINDOW (window);
    }
  return NULL;
}

static void
take (Fixture *f)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->window), "open-mission",
                                  g_variant_new ("(su)", f->mission, 0));
  f->page = kaf_window_get_page (f->window);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (f->page)));
  gtk_widget_activate_action (f->page, "mission.take", NULL);
  KAF_WAIT (find_taking () != NULL);
  f->taking = find_taking ();
}

static KafTakePhase
get_phase (Fixture *f)
{
  return kaf_take_agent_get_phase (kaf_take_window_get_agent (f->taking));
}

static gboolean
is_whole (Fixture *f)
{
  const KafMissionKit *kit = kaf_take_agent_get_kit (kaf_take_window_get_agent (f->taking));

  return kit != NULL && kaf_mission_kit_is_whole (kit);
}

static gboolean
shows (Fixture *f, const char *text)
{
  return kaf_display_shows (GTK_WIDGET (f->taking), text);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (Fixture *f, const char *label)
{
  GtkWidget *button = find_button (GTK_WIDGET (f->taking), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Once begun, all comes; what was written on another device since too. */
static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autofree char *named = g_strconcat ("mission=", f->mission, NULL);
  g_autofree char *later = make (f, "mission_room", named, "name=Salle Zagora");

  kaf_display_ignore (
      kaf_display_call (NULL, g_getenv ("KAFAATCTL"), "--store", f->other, "sync", NULL));
  take (f);
  KAF_WAIT (get_phase (f) == KAF_TAKE_DONE);
  g_assert_null (kaf_take_agent_get_error (kaf_take_window_get_agent (f->taking)));
  g_assert_true (is_whole (f));
  g_assert_true (shows (f, "All that the mission needs is here"));
  g_assert_true (shows (f, "Last exchange with the server"));
  g_assert_false (shows (f, "What Is Missing"));
  g_assert_cmpuint (kaf_take_agent_get_kit (kaf_take_window_get_agent (f->taking))->files->len, ==,
                    2);
  gtk_window_close (GTK_WINDOW (f->taking));
  KAF_WAIT (find_taking () == NULL);
  f->taking = NULL;
  kaf_mission_page_show_step (KAF_MISSION_PAGE (f->page), 5);
  KAF_WAIT (kaf_display_shows (f->page, "Salle Zagora"));
}

/* The server hangs in the middle; it is stopped, and begun again. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  take (f);
  KAF_WAIT (get_phase (f) == KAF_TAKE_FETCHING || get_phase (f) == KAF_TAKE_DONE);
  g_assert_cmpint (get_phase (f), ==, KAF_TAKE_FETCHING);
  g_subprocess_send_signal (f->server, SIGSTOP);
  KAF_WAIT (shows (f, "Fetching files"));
  press (f, "_Cancel");
  KAF_WAIT (get_phase (f) == KAF_TAKE_DONE);
  g_assert_false (is_whole (f));
  g_assert_true (shows (f, "Not all that the mission needs is here"));
  g_assert_true (shows (f, "What Is Missing"));
  g_assert_true (shows (f, "cv.pdf"));
  g_assert_true (shows (f, "on the server, not downloaded"));
  g_subprocess_send_signal (f->server, SIGCONT);
  press (f, "_Try Again");
  KAF_WAIT (get_phase (f) == KAF_TAKE_DONE);
  g_assert_true (is_whole (f));
  g_assert_true (shows (f, "All that the mission needs is here"));
}

/* Nobody answers: what is here is told at once, and what is not comes by itself once the server is back. */
static void
test_offline (Fixture *f, gconstpointer data)
{
  g_autofree char *address = g_strdup (f->url + strlen ("https://"));

  stop_server (f);
  take (f);
  KAF_WAIT (get_phase (f) == KAF_TAKE_DONE);
  g_assert_error (kaf_take_agent_get_error (kaf_take_window_get_agent (f->taking)), KAF_NET_ERROR,
                  KAF_NET_ERROR_OFFLINE);
  g_assert_true (shows (f, "cannot be reached"));
  g_assert_true (shows (f, "cv.pdf"));
  g_assert_true (shows (f, "comes by itself as soon as the server answers"));
  g_assert_true (shows (f, "Last exchange with the server"));
  f->server = kaf_display_serve (f->dir, address, &f->url);
  gtk_window_close (GTK_WINDOW (f->taking));
  f->taking = NULL;
  g_action_group_activate_action (G_ACTION_GROUP (f->window), "sync", NULL);
  KAF_WAIT (kaf_blob_agent_get_counts (kaf_window_get_files (f->window))->n_elsewhere == 0);
}

/* A store of its own asks nobody, and says what lies nowhere. */
static void
test_alone (void)
{
  Fixture f = { NULL };
  g_autofree char *own = make_path ("alone.db");
  g_autofree char *name = g_path_get_basename (own);
  g_autofree char *files = g_strconcat (own, ".files", NULL);

  f.other = own;
  f.mission = make (&f, "mission", "title_fr=Soins", NULL);
  attach (&f, f.mission, "only.txt", 100);
  f.window = kaf_display_open (name);
  take (&f);
  KAF_WAIT (get_phase (&f) == KAF_TAKE_DONE);
  g_assert_true (is_whole (&f));
  g_assert_true (shows (&f, "All that the mission needs is here"));
  g_assert_true (shows (&f, "belongs to no server"));
  gtk_window_close (GTK_WINDOW (f.taking));
  kaf_display_ignore (kaf_display_call (NULL, "rm", "-r", files, NULL));
  take (&f);
  KAF_WAIT (get_phase (&f) == KAF_TAKE_DONE);
  g_assert_false (is_whole (&f));
  g_assert_true (shows (&f, "only.txt"));
  g_assert_true (shows (&f, "add the file again"));
  g_assert_false (gtk_widget_get_mapped (find_button (GTK_WIDGET (f.taking), "_Try Again")));
  gtk_window_close (GTK_WINDOW (f.taking));
  g_free (f.mission);
}

/* It compares by itself once a week what is here with what the server has told, and mends it. */

/* A row is spoiled behind its back, and the last comparison is nine days old. */
static gpointer
spoil (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_database_exec (db,
                     "UPDATE mission SET title_fr = 'Verdorben';"
                     "UPDATE local SET value = (CAST (substr (value, 1, 16) AS INTEGER) -"
                     " 777600000000) || substr (value, 17) WHERE key = 'sync-compared'",
                     error);
  return NULL;
}

static gpointer
read_title (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_read_title (db, "mission", data, KAF_LANG_FR);
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
  if (*(char **) data == NULL)
    *(char **) data = g_strdup ("");
}

/* (transfer full) */
static char *
run_on_store (Fixture *f, KafStoreJob job)
{
  char *said = NULL;

  kaf_store_run_async (kaf_window_get_store (f->window), KAF_LANE_WRITE, job, f->mission, NULL,
                       g_free, NULL, on_ran, &said);
  KAF_WAIT (said != NULL);
  return said;
}

static void
test_compared (Fixture *f, gconstpointer data)
{
  KafSyncAgent *agent = kaf_window_get_sync (f->window);
  const KafSyncStatus *status = kaf_sync_agent_get_status (agent);
  g_autofree char *mended = NULL;

  g_assert_cmpuint (status->n_mended, ==, 0);
  g_free (run_on_store (f, spoil));
  kaf_sync_agent_sync_now (agent);
  KAF_WAIT (status->n_mended == 1 && status->phase == KAF_SYNC_PHASE_IDLE);
  g_assert_cmpuint (status->n_unmended, ==, 0);
  g_assert_null (status->error);
  mended = run_on_store (f, read_title);
  g_assert_cmpstr (mended, ==, "Soins");
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add ("/take/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/take/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/take/offline", Fixture, NULL, set_up, test_offline, tear_down);
  g_test_add ("/take/compared", Fixture, NULL, set_up, test_compared, tear_down);
  g_test_add_func ("/take/alone", test_alone);
  return kaf_display_finish (g_test_run ());
}
