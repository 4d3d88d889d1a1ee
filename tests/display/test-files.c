/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contents of files in the window, with a real server: what is attached is sent, what lies elsewhere is
 * fetched when it is opened, and that can be stopped. Another device is kafaatctl. And a chooser of files. */
#include "config.h"

#include "kaf-display-programs.h"
#include "kaf-display.h"

#include <signal.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/record/kaf-record-page-private.h"
#include "ui/sync/kaf-sign-in-window.h"

#define PASSWORD "a password for tests\n"

/* Bytes of what is not fetched unasked. */
#define LARGE (KAF_BLOB_SMALL + 1000)

typedef struct
{
  GSubprocess *server;
  char *dir, *url, *ca;
  char *other; /* store of the other device */
  char *ref;   /* of the expert */
  KafWindow *window;
  KafRecordPage *page;
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
start_server (Fixture *f)
{
  const char *program = g_getenv ("KAFAAT_SERVER");

  f->dir = make_path ("hub");
  f->ca = g_build_filename (f->dir, "dev-ca.pem", NULL);
  kaf_display_ignore (kaf_display_call (NULL, program, "--dir", f->dir, "init", NULL));
  kaf_display_ignore (kaf_display_call (PASSWORD, program, "--dir", f->dir, "user", "add", "amina",
                                        "--password-stdin", NULL));
  kaf_display_ignore (kaf_display_call (NULL, program, "--dir", f->dir, "grant", "amina", "agent",
                                        "national", NULL));
  f->server = kaf_display_serve (f->dir, "127.0.0.1:0", &f->url);
}

static void
enroll (Fixture *f, const char *store)
{
  const char *program = g_getenv ("KAFAATCTL");

  kaf_display_ignore (kaf_display_call (PASSWORD, program, "--store", store, "enroll", f->url,
                                        "--user", "amina", "--ca", f->ca, NULL));
  kaf_display_ignore (kaf_display_call (NULL, program, "--store", store, "sync", NULL));
}

static char *
make_file (const char *name, gsize size, char fill)
{
  char *path = kaf_display_path (name);
  g_autofree char *data = g_strnfill (size, fill);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  return path;
}

/* The other device has an expert with two large files, and the window a store that knows of them. */
static void
set_up (Fixture *f, gconstpointer data)
{
  const char *program = g_getenv ("KAFAATCTL");
  g_autofree char *own = make_path ("own.db");
  g_autofree char *name = g_path_get_basename (own);
  g_autofree char *one = make_file ("one.pdf", LARGE, '1');
  g_autofree char *two = make_file ("two.pdf", LARGE + 1, '2');
  g_autofree char *list = NULL;

  start_server (f);
  f->other = make_path ("other.db");
  enroll (f, f->other);
  kaf_display_ignore (kaf_display_call (NULL, program, "--store", f->other, "new", "expert",
                                        "family_name=Bennis", NULL));
  kaf_display_ignore (kaf_display_call (NULL, program, "--store", f->other, "sync", NULL));
  list = kaf_display_call (NULL, program, "--store", f->other, "list", "expert", NULL);
  f->ref = g_strdup (g_strstr_len (list, -1, "EXP-"));
  g_assert_nonnull (f->ref);
  f->ref[strcspn (f->ref, " \t\n")] = '\0';
  kaf_display_ignore (
      kaf_display_call (NULL, program, "--store", f->other, "attach", f->ref, one, NULL));
  kaf_display_ignore (
      kaf_display_call (NULL, program, "--store", f->other, "attach", f->ref, two, NULL));
  kaf_display_ignore (kaf_display_call (NULL, program, "--store", f->other, "sync", NULL));
  enroll (f, own);
  f->window = kaf_display_open (name);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  kaf_display_open ("none.db");
  g_subprocess_send_signal (f->server, SIGTERM);
  g_subprocess_wait (f->server, NULL, NULL);
  g_object_unref (f->server);
  g_free (f->dir);
  g_free (f->url);
  g_free (f->ca);
  g_free (f->other);
  g_free (f->ref);
}

static gpointer
find_expert (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafEntity *entity;
  char *id = NULL;

  kaf_read_resolve (db, data, NULL, &entity, &id, error);
  return id;
}

typedef struct
{
  char *id;
  gboolean done;
} Found;

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  Found *found = data;

  found->id = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  found->done = TRUE;
}

static gboolean
is_settled (Fixture *f)
{
  return kaf_record_page_is_settled (f->page) && f->page->data != NULL;
}

static void
open_page (Fixture *f)
{
  Found found = { NULL };
  g_autofree char *id = NULL;

  kaf_store_run_async (kaf_window_get_store (f->window), KAF_LANE_READ, find_expert, f->ref, NULL,
                       g_free, NULL, on_found, &found);
  KAF_WAIT (found.done);
  id = found.id;
  g_assert_nonnull (id);
  kaf_window_open_record (f->window, kaf_registry_find ("expert"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  f->page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (is_settled (f));
}

/* The attachment of that name. */
static const char *
find_file (Fixture *f, const char *name)
{
  for (guint i = 0; f->page->data != NULL && i < f->page->data->attachments->len; i++)
    {
      const KafRow *row = g_ptr_array_index (f->page->data->attachments, i);

      if (g_strcmp0 (row->raw[0], name) == 0)
        return row->id;
    }
  return NULL;
}

static KafBlobState
get_state (Fixture *f, const char *name)
{
  for (guint i = 0; i < f->page->data->attachments->len; i++)
    if (g_strcmp0 (((KafRow *) g_ptr_array_index (f->page->data->attachments, i))->raw[0], name) ==
        0)
      return f->page->data->contents[i];
  g_assert_not_reached ();
}

static void
activate (Fixture *f, const char *action, const char *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->page->actions), action,
                                  g_variant_new_string (target));
}

static gboolean
shows (Fixture *f, const char *text)
{
  return kaf_display_shows (f->page->attachments, text);
}

static guint
count_at_server (Fixture *f)
{
  g_autofree char *folder = g_build_filename (f->dir, "hub.db.files", NULL);
  g_autoptr (GDir) shelves = g_dir_open (folder, 0, NULL);
  const char *shelf;
  guint n = 0;

  while (shelves != NULL && (shelf = g_dir_read_name (shelves)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, shelf, NULL);
      g_autoptr (GDir) dir = strlen (shelf) == 2 ? g_dir_open (path, 0, NULL) : NULL;

      while (dir != NULL && g_dir_read_name (dir) != NULL)
        n++;
    }
  return n;
}

static void
test_fetch (Fixture *f, gconstpointer data)
{
  open_page (f);
  KAF_WAIT (find_file (f, "one.pdf") != NULL);
  KAF_WAIT (shows (f, "on the server, opens after downloading"));
  g_assert_cmpint (get_state (f, "one.pdf"), ==, KAF_BLOB_ELSEWHERE);
  activate (f, "copy-file", find_file (f, "one.pdf"));
  KAF_WAIT (get_state (f, "one.pdf") == KAF_BLOB_HERE);
  /* The other was not asked for. */
  g_assert_cmpint (get_state (f, "two.pdf"), ==, KAF_BLOB_ELSEWHERE);
}

/* The server does not answer meanwhile. */
static void
test_stop (Fixture *f, gconstpointer data)
{
  open_page (f);
  KAF_WAIT (find_file (f, "two.pdf") != NULL);
  g_subprocess_send_signal (f->server, SIGSTOP);
  activate (f, "copy-file", find_file (f, "two.pdf"));
  KAF_WAIT (shows (f, "being downloaded, 0 %"));
  activate (f, "cancel-fetch", find_file (f, "two.pdf"));
  KAF_WAIT (!shows (f, "being downloaded"));
  KAF_WAIT (get_state (f, "two.pdf") == KAF_BLOB_ELSEWHERE);
  g_subprocess_send_signal (f->server, SIGCONT);
  /* It can be asked for again. */
  activate (f, "copy-file", find_file (f, "two.pdf"));
  KAF_WAIT (get_state (f, "two.pdf") == KAF_BLOB_HERE);
}

static void
test_send (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_file ("three.pdf", LARGE, '3');
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  KafBlobAgent *files = kaf_window_get_files (f->window);

  open_page (f);
  g_subprocess_send_signal (f->server, SIGSTOP);
  activate (f, "attach-file", uri);
  KAF_WAIT (find_file (f, "three.pdf") != NULL && shows (f, "to be sent"));
  KAF_WAIT (kaf_blob_agent_get_counts (files)->n_send == 1);
  g_assert_cmpint (kaf_blob_agent_get_counts (files)->send, ==, LARGE);
  g_assert_cmpuint (count_at_server (f), ==, 2);
  g_subprocess_send_signal (f->server, SIGCONT);
  g_action_group_activate_action (G_ACTION_GROUP (f->window), "sync", NULL);
  KAF_WAIT (kaf_blob_agent_get_counts (files)->n_send == 0);
  g_assert_cmpuint (count_at_server (f), ==, 3);
  KAF_WAIT (get_state (f, "three.pdf") == KAF_BLOB_HERE && !shows (f, "to be sent"));
}

static gboolean
lists (GtkFileChooser *dialog, guint filter, const char *name)
{
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (dialog);
  g_autoptr (GtkFilter) each = g_list_model_get_item (filters, filter);
  g_autoptr (GFileInfo) file = g_file_info_new ();

  g_file_info_set_display_name (file, name);
  g_file_info_set_name (file, name);
  return gtk_filter_match (each, file);
}

/* A certificate may end in several ways, or in none that is known. */
static void
test_certificate_names (void)
{
  g_autoptr (GtkFileChooserNative) native =
      gtk_file_chooser_native_new (NULL, NULL, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  GtkFileChooser *dialog = GTK_FILE_CHOOSER (native);

  kaf_file_chooser_add_patterns (dialog, KAF_SIGN_IN_CERTIFICATES, "Certificates");
  g_assert_true (lists (dialog, 0, "authority.pem"));
  g_assert_true (lists (dialog, 0, "authority.crt"));
  g_assert_true (lists (dialog, 0, "authority.cer"));
  g_assert_false (lists (dialog, 0, "letter.txt"));
  g_assert_true (lists (dialog, 1, "letter.txt"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add ("/files/fetch", Fixture, NULL, set_up, test_fetch, tear_down);
  g_test_add ("/files/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/files/send", Fixture, NULL, set_up, test_send, tear_down);
  g_test_add_func ("/files/certificate-names", test_certificate_names);
  return kaf_display_finish (g_test_run ());
}
