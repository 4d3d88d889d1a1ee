/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers in the window, with a real server: entered, revealed against a reason and hidden again, removed; what
 * was typed stays while nobody answers; and a store that has no server. */
#include "config.h"

#include "kaf-display-programs.h"
#include "kaf-display.h"

#include <signal.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/papers/kaf-authorisation-group.h"
#include "ui/papers/kaf-papers-window.h"
#include "ui/record/kaf-record-page.h"

#define PASSWORD "a password for tests\n"
#define NUMBER "KN483920"

typedef struct
{
  GSubprocess *server;
  char *dir, *url, *ca, *store, *person;
  KafWindow *window;
  KafPapersWindow *papers;
} Fixture;

static void
stop_server (Fixture *f)
{
  if (f->server == NULL)
    return;
  g_subprocess_send_signal (f->server, SIGTERM);
  g_subprocess_wait (f->server, NULL, NULL);
  g_clear_object (&f->server);
}

/* The id of a person that is made by another hand in the window's own store. (transfer full) */
static char *
make_person (Fixture *f)
{
  g_autofree char *out =
      kaf_display_call (NULL, g_getenv ("KAFAATCTL"), "--store", f->store, "--json", "new",
                        "person", "family_name=Bennis", "country=CH", NULL);
  const char *from = strstr (out, "\"id\":\"");

  g_assert_nonnull (from);
  from += strlen ("\"id\":\"");
  return g_strndup (from, strcspn (from, "\""));
}

static void
wait_idle (Fixture *f)
{
  KAF_WAIT (kaf_sync_agent_get_status (kaf_window_get_sync (f->window))->has_report &&
            kaf_sync_agent_get_status (kaf_window_get_sync (f->window))->phase ==
                KAF_SYNC_PHASE_IDLE &&
            kaf_sync_agent_get_status (kaf_window_get_sync (f->window))->n_waiting == 0);
}

/* @data: role of the user; NULL: the store has no server. */
static void
set_up (Fixture *f, gconstpointer data)
{
  static guint n;
  const char *server = g_getenv ("KAFAAT_SERVER"), *ctl = g_getenv ("KAFAATCTL");
  g_autofree char *hub = g_strdup_printf ("%u-hub", ++n);
  g_autofree char *name = g_strdup_printf ("%u-own.db", n);

  f->store = kaf_display_path (name);
  f->person = make_person (f);
  if (data != NULL)
    {
      f->dir = kaf_display_path (hub);
      f->ca = g_build_filename (f->dir, "dev-ca.pem", NULL);
      kaf_display_ignore (kaf_display_call (NULL, server, "--dir", f->dir, "init", NULL));
      kaf_display_ignore (kaf_display_call (PASSWORD, server, "--dir", f->dir, "user", "add",
                                            "meryem", "--password-stdin", NULL));
      kaf_display_ignore (kaf_display_call (NULL, server, "--dir", f->dir, "grant", "meryem", data,
                                            "national", NULL));
      f->server = kaf_display_serve (f->dir, "127.0.0.1:0", &f->url);
      kaf_display_ignore (kaf_display_call (PASSWORD, ctl, "--store", f->store, "enroll", f->url,
                                            "--user", "meryem", "--ca", f->ca, NULL));
      kaf_display_ignore (kaf_display_call (NULL, ctl, "--store", f->store, "sync", NULL));
    }
  f->window = kaf_display_open (name);
  if (data != NULL)
    wait_idle (f);
  kaf_window_open_record (f->window, kaf_registry_find ("person"), f->person, NULL,
                          GTK_INVALID_LIST_POSITION);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (f->window)) &&
            kaf_display_shows (kaf_window_get_page (f->window), "BENNIS"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->papers != NULL)
    gtk_window_destroy (GTK_WINDOW (f->papers));
  kaf_display_open ("none.db");
  stop_server (f);
  g_free (f->dir);
  g_free (f->url);
  g_free (f->ca);
  g_free (f->store);
  g_free (f->person);
}

static void
open_papers (Fixture *f)
{
  g_assert_true (
      gtk_widget_activate_action (kaf_window_get_page (f->window), "record.papers", NULL));
  KAF_WAIT (kaf_display_find_window (f->window, KAF_TYPE_PAPERS_WINDOW) != NULL);
  f->papers = KAF_PAPERS_WINDOW (kaf_display_find_window (f->window, KAF_TYPE_PAPERS_WINDOW));
  KAF_WAIT (kaf_papers_window_is_settled (f->papers));
}

static gboolean
shows (Fixture *f, const char *text)
{
  return kaf_display_shows (GTK_WIDGET (f->papers), text);
}

static void
activate (Fixture *f, const char *action, const char *kind)
{
  gboolean done = kind != NULL
                      ? gtk_widget_activate_action (GTK_WIDGET (f->papers), action, "s", kind)
                      : gtk_widget_activate_action (GTK_WIDGET (f->papers), action, NULL);

  g_assert_true (done);
}

static void
go (Fixture *f)
{
  activate (f, "papers.go", NULL);
  KAF_WAIT (kaf_papers_window_is_settled (f->papers));
}

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* By another hand, while the window goes on: an exchange of its own that is under way must come to its end first. */
static void
exchange (Fixture *f)
{
  gboolean done = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("KAFAATCTL"), "--store", f->store, "sync", NULL);

  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, on_exchanged, &done);
  KAF_WAIT (done);
}

/* As a manager fills it in the preferences. */
static void
authorise (Fixture *f)
{
  GtkWidget *preferences = kaf_preferences_window_new (
      KAF_APPLICATION (g_application_get_default ()), kaf_window_get_store (f->window));
  KafAuthorisationGroup *group;
  static const struct
  {
    const char *key, *value;
  } texts[] = { { KAF_SETTING_IDENTIFIERS_REFERENCE, " A-PO-2026/17 " },
                { KAF_SETTING_IDENTIFIERS_DAY, "03/03/2026" } };

  gtk_window_present (GTK_WINDOW (preferences));
  group = KAF_AUTHORISATION_GROUP (kaf_display_find (preferences, KAF_TYPE_AUTHORISATION_GROUP));
  KAF_WAIT (kaf_authorisation_group_is_settled (group));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *row = kaf_authorisation_group_get_row (group, texts[i].key);

      gtk_editable_set_text (GTK_EDITABLE (row), texts[i].value);
      g_signal_emit_by_name (row, "apply");
      KAF_WAIT (kaf_authorisation_group_is_settled (group));
    }
  gtk_window_destroy (GTK_WINDOW (preferences));
  exchange (f);
}

/* Neither the store nor what lies beside it has the number. */
static void
check_files (Fixture *f)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (f->store, endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &bytes, &size, NULL))
        g_assert_null (memmem (bytes, size, NUMBER, strlen (NUMBER)));
    }
}

static void
test_way (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) drafts = NULL;

  open_papers (f);
  /* Nobody authorised it: the window says what is to be filled, and nothing is asked for that would be refused. */
  g_assert_true (shows (f, "CNDP authorisation"));
  gtk_window_close (GTK_WINDOW (f->papers));
  authorise (f);
  open_papers (f);
  g_assert_true (shows (f, "The server holds no number"));

  activate (f, "papers.enter", "cin");
  kaf_papers_window_type (f->papers, "12", NULL, NULL);
  go (f);
  g_assert_nonnull (strstr (kaf_papers_window_get_error (f->papers), "one or two letters"));
  kaf_papers_window_type (f->papers, "kn 483 920", "demain", NULL);
  go (f);
  g_assert_nonnull (strstr (kaf_papers_window_get_error (f->papers), "24/12/2031"));
  kaf_papers_window_type (f->papers, "kn 483 920", "31/12/2099", NULL);
  go (f);
  KAF_WAIT (shows (f, "meryem"));
  g_assert_true (shows (f, "31/12/2099"));
  g_assert_false (shows (f, NUMBER));

  /* Not without a reason; and not for longer than it takes to read it. */
  activate (f, "papers.reveal", "cin");
  activate (f, "papers.go", NULL);
  g_assert_true (kaf_papers_window_is_settled (f->papers));
  kaf_papers_window_type (f->papers, NULL, NULL, "ok");
  activate (f, "papers.go", NULL);
  g_assert_true (kaf_papers_window_is_settled (f->papers));
  g_assert_true (shows (f, "as a sentence"));
  g_assert_null (kaf_papers_window_get_number (f->papers, KAF_IDENTITY_PAPER_CIN));
  kaf_papers_window_set_seconds (f->papers, 1);
  kaf_papers_window_type (f->papers, NULL, NULL, "Ordre de mission");
  go (f);
  g_assert_cmpstr (kaf_papers_window_get_number (f->papers, KAF_IDENTITY_PAPER_CIN), ==, NUMBER);
  g_assert_true (shows (f, NUMBER));
  g_assert_null (strstr (gtk_window_get_title (GTK_WINDOW (f->papers)), NUMBER));
  KAF_WAIT (!shows (f, NUMBER));
  check_files (f);
  drafts = kaf_display_list_drafts (kaf_window_get_store (f->window));
  g_assert_cmpuint (drafts->len, ==, 0);

  activate (f, "papers.remove", "cin");
  g_assert_true (shows (f, "cannot be undone"));
  activate (f, "papers.cancel", NULL);
  g_assert_false (shows (f, "cannot be undone"));
  activate (f, "papers.remove", "cin");
  go (f);
  KAF_WAIT (!shows (f, "meryem"));
}

/* Nothing of what it says or offers lies beyond its edge. */
static gboolean
has_room (Fixture *f)
{
  GtkWidget *scrolled = kaf_display_find (GTK_WIDGET (f->papers), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *rows = scrolled != NULL
                            ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))
                            : NULL;

  return rows != NULL && gtk_adjustment_get_page_size (rows) > 1 &&
         gtk_adjustment_get_upper (rows) <= gtk_adjustment_get_page_size (rows);
}

static void
test_away (Fixture *f, gconstpointer data)
{
  open_papers (f);
  g_assert_true (shows (f, "CNDP authorisation"));
  KAF_WAIT (has_room (f));
  gtk_window_close (GTK_WINDOW (f->papers));
  stop_server (f);
  open_papers (f);
  g_assert_true (shows (f, "Try Again"));
  KAF_WAIT (has_room (f));
}

/* What was typed stays, and the window says what there is to do. */
static void
test_offline (Fixture *f, gconstpointer data)
{
  g_autofree char *address = NULL;

  authorise (f);
  open_papers (f);
  address = g_strdup (f->url + strlen ("https://"));
  stop_server (f);
  activate (f, "papers.enter", "passport");
  kaf_papers_window_type (f->papers, "AB1234567", NULL, NULL);
  go (f);
  g_assert_nonnull (
      strstr (kaf_papers_window_get_error (f->papers), "nothing was shown or changed"));
  g_assert_cmpstr (kaf_papers_window_get_typed (f->papers), ==, "AB1234567");
  f->server = kaf_display_serve (f->dir, address, &f->url);
  go (f);
  KAF_WAIT (shows (f, "meryem"));
  g_assert_cmpstr (kaf_papers_window_get_error (f->papers), ==, "");
}

/* Whoever may not see a number reads who may, and nothing is offered. */
static void
test_agent (Fixture *f, gconstpointer data)
{
  open_papers (f);
  g_assert_true (shows (f, "Your role on the server sees no numbers of papers: a manager does."));
  g_assert_false (shows (f, "The server holds no number"));
  g_assert_false (shows (f, "CNDP"));
}

static void
test_alone (Fixture *f, gconstpointer data)
{
  open_papers (f);
  g_assert_true (shows (f, "this store belongs to none"));
  g_assert_false (shows (f, "The server holds no number"));
}

#define ADD(path, role, func) g_test_add (path, Fixture, role, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  ADD ("/papers/way", "manager", test_way);
  ADD ("/papers/offline", "manager", test_offline);
  ADD ("/papers/away", "manager", test_away);
  ADD ("/papers/agent", "agent", test_agent);
  ADD ("/papers/alone", NULL, test_alone);
  return kaf_display_finish (g_test_run ());
}
