/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way by which something leaves the window, walked by a dossier: given up midway it leaves nothing behind and what was
 * there before as it was; who may not is told before anything is asked; what is written can be opened. An annex is a
 * pipe here: the work is midway for as long as the test wants it to be. */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kaf-mission-display.h"

#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-window-private.h"
#include "ui/print/kaf-dossier-out.h"

#define BEFORE "what was there before"

/* Gives where the content lies. */
static gpointer
attach_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = kaf_display_path ("annex.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) content = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *id = NULL;

  g_assert_true (g_file_set_contents (path, "annex", -1, NULL));
  receipt = kaf_attachment_add (db, kaf_registry_find ("mission"), data, NULL, file, NULL, NULL,
                                &id, NULL, error);
  content = receipt != NULL ? kaf_attachment_get_file (db, id, error) : NULL;
  return content != NULL ? g_file_get_path (content) : NULL;
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A folder to give out to. (transfer full) */
static char *
make_place (const char *name)
{
  char *path = kaf_display_path (name);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

/* Gives the mission out to @target, and gives it up in the middle of its annex; @before: files that lie beside. */
static void
give_up_midway (
    KafWindow *window, const char *mission, const char *annex, const char *target, guint before)
{
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autofree char *place = g_path_get_dirname (target);
  GtkWindow *progress;
  int inside = -1;
  int pipe = open (annex, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (pipe, >=, 0);
  g_assert_cmpint (write (pipe, "half", 4), ==, 4);
  kaf_dossier_out_to (window, mission, file);
  KAF_WAIT ((progress = kaf_display_find_window (window, KAF_TYPE_PROGRESS_WINDOW)) != NULL);
  /* Once the half is read, so much is written, under another name. */
  KAF_WAIT (ioctl (pipe, FIONREAD, &inside) == 0 && inside == 0);
  g_assert_cmpuint (count_files (place), >, before);
  /* It shows when the work takes longer than a moment, and can be closed from then on. */
  KAF_WAIT (gtk_widget_get_visible (GTK_WIDGET (progress)));
  gtk_window_close (progress);
  g_assert_cmpint (write (pipe, "rest", 4), ==, 4);
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_PROGRESS_WINDOW) == NULL);
  close (pipe);
  g_assert_null (kaf_display_get_toast (window));
  g_assert_null (kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpuint (count_files (place), ==, before);
}

static void
test_cancel (void)
{
  KafWindow *window = kaf_display_open ("cancel.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = kaf_display_add (store, "mission", "title_fr", "Soins", NULL);
  g_autofree char *annex = kaf_display_run (store, attach_job, mission);
  g_autofree char *place = make_place ("cancelled");
  g_autofree char *folder = g_build_filename (place, "dossier", NULL);
  g_autofree char *zip = g_build_filename (place, "dossier.zip", NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpint (g_unlink (annex), ==, 0);
  g_assert_cmpint (mkfifo (annex, 0600), ==, 0);
  give_up_midway (window, mission, annex, folder, 0);
  g_assert_true (g_file_set_contents (zip, BEFORE, -1, NULL));
  give_up_midway (window, mission, annex, zip, 1);
  g_assert_true (g_file_get_contents (zip, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, BEFORE);
}

static void
test_open (void)
{
  KafWindow *window = kaf_display_open ("open.db");
  g_autofree char *mission =
      kaf_display_add (kaf_window_get_store (window), "mission", "title_fr", "Soins", NULL);
  g_autofree char *place = make_place ("opened");
  g_autofree char *folder = g_build_filename (place, "dossier", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (folder);
  const char *uri;

  kaf_dossier_out_to (window, mission, target);
  KAF_WAIT (kaf_display_get_toast (window) != NULL);
  g_assert_cmpstr (adw_toast_get_action_name (kaf_display_get_toast (window)), ==, "win.open-file");
  uri = g_variant_get_string (adw_toast_get_action_target_value (kaf_display_get_toast (window)),
                              NULL);
  g_assert_true (g_str_has_suffix (uri, "/opened/dossier"));
  g_assert_cmpuint (count_files (folder), >, 1);
}

/* Who sees totals alone is told so, and asked nothing. */
static void
test_role (void)
{
  KafWindow *window = kaf_display_open ("role.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = kaf_display_add (store, "mission", "title_fr", "Soins", NULL);
  g_autofree char *place = make_place ("refused");
  g_autofree char *folder = g_build_filename (place, "dossier", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (folder);
  GtkWindow *message;

  kaf_display_become (store, "direction");
  kaf_dossier_out_to (window, mission, target);
  KAF_WAIT ((message = kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)), ==,
                   "The dossier was not given out");
  g_assert_cmpuint (count_files (place), ==, 0);
  gtk_window_destroy (message);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/outgoing/cancel", test_cancel);
  g_test_add_func ("/outgoing/open", test_open);
  g_test_add_func ("/outgoing/role", test_role);
  return kaf_display_finish (g_test_run ());
}
