/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See kaf-display.h. */
#include "config.h"

#include <glib/gstdio.h>

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-bar.h"
#include "ui/app/kaf-home-row.h"
#include "ui/app/kaf-sidebar-row.h"
#include "ui/app/kaf-language.h"
#include "ui/compat/kaf-text.h"
#include "ui/compat/kaf-toaster.h"

static char *folder;
static KafApplication *application;

void
kaf_display_init (int *argc, char ***argv, const char *language)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("kafaat-display-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (argc, argv, NULL);
  kaf_language_apply (language);
  gtk_disable_setlocale ();
}

static gboolean
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  return g_remove (path) == 0;
}

int
kaf_display_finish (int status)
{
  if (application != NULL)
    {
      GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

      while (windows != NULL)
        {
          gtk_window_destroy (windows->data);
          windows = gtk_application_get_windows (GTK_APPLICATION (application));
        }
      for (int i = 0; i < 20; i++)
        kaf_display_turn ();
      g_clear_object (&application);
    }
  remove_tree (folder);
  g_clear_pointer (&folder, g_free);
  return status;
}

char *
kaf_display_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
kaf_display_turn (void)
{
  guint timer = g_timeout_add (5, wake, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

KafWindow *
kaf_display_open (const char *name)
{
  g_autofree char *path = kaf_display_path (name);
  g_autoptr (GError) error = NULL;
  KafWindow *window;

  if (application == NULL)
    {
      application = kaf_application_new ();
      g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
      g_application_set_default (G_APPLICATION (application));
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      g_application_activate (G_APPLICATION (application));
    }
  window = KAF_WINDOW (gtk_application_get_windows (GTK_APPLICATION (application))->data);
  kaf_application_open_store (application, path);
  KAF_WAIT (kaf_window_get_store (window) != NULL);
  return window;
}

typedef struct
{
  KafReceipt *receipt;
  gboolean done;
} Commit;

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Commit *commit = user_data;
  g_autoptr (GError) error = NULL;

  commit->receipt = kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  g_assert_no_error (error);
  commit->done = TRUE;
}

KafReceipt *
kaf_display_commit (KafStore *store, KafChangeSet *set)
{
  Commit commit = { 0 };

  kaf_store_commit_async (store, set, NULL, on_committed, &commit);
  KAF_WAIT (commit.done);
  return commit.receipt;
}

void
kaf_display_write_as_karim (
    KafStore *store, const char *entity, const char *id, const char *field, const char *value)
{
  const KafEnvironment karim = { .author = "Karim" };
  g_autoptr (GError) error = NULL;
  KafDatabase *db =
      kaf_database_open (kaf_store_get_path (store), KAF_OPEN_DEFAULT, &karim, &error);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafReceipt) receipt = NULL;

  g_assert_no_error (error);
  kaf_record_set (change, field, value);
  kaf_change_set_update (set, change);
  receipt = kaf_commit (db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  kaf_database_close (db);
}

char *
kaf_display_add_expert (KafStore *store,
                        const char *family,
                        const char *given,
                        const char *family_ar,
                        const char *given_ar)
{
  g_autoptr (KafChangeSet) first = kaf_change_set_new ("create");
  g_autoptr (KafChangeSet) second = kaf_change_set_new ("create");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafRecord) expert = NULL;
  g_autoptr (KafReceipt) made = NULL;
  g_autoptr (KafReceipt) facet = NULL;

  kaf_record_set (person, "family_name", family);
  kaf_record_set (person, "given_name", given);
  kaf_record_set (person, "family_name_ar", family_ar);
  kaf_record_set (person, "given_name_ar", given_ar);
  kaf_record_set (person, "country", "MA");
  kaf_change_set_create (first, person);
  made = kaf_display_commit (store, first);
  g_assert_cmpuint (made->ids->len, ==, 1);

  expert = kaf_record_new (kaf_registry_find ("expert"), g_ptr_array_index (made->ids, 0));
  kaf_change_set_create (second, expert);
  facet = kaf_display_commit (store, second);
  return g_strdup (g_ptr_array_index (made->ids, 0));
}

void
kaf_display_set_limit (KafStore *store, guint persons)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) limit = kaf_record_new (kaf_registry_find ("setting"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *value = g_strdup_printf ("%u", persons);

  kaf_record_set (limit, "key", "export.persons-without-reason");
  kaf_record_set (limit, "valid_from", "2020-01-01");
  kaf_record_set (limit, "value", value);
  kaf_change_set_create (set, limit);
  receipt = kaf_display_commit (store, set);
}

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *n = g_new (gint64, 1);

  *n = kaf_page_total (db, kaf_registry_find (data));
  return n;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree gint64 *n = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  *(gint64 *) data = n != NULL ? *n : -2;
}

gint64
kaf_display_count (KafStore *store, const char *entity)
{
  gint64 n = -1;

  kaf_store_run_async (store, KAF_LANE_READ, count_job, (gpointer) entity, NULL, g_free, NULL,
                       on_counted, &n);
  KAF_WAIT (n != -1);
  return n;
}

static gpointer
drafts_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_draft_list (db, error);
}

static void
on_drafts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) data = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
}

GPtrArray *
kaf_display_list_drafts (KafStore *store)
{
  GPtrArray *drafts = NULL;

  /* After what is being kept, or dropped. */
  kaf_store_run_async (store, KAF_LANE_WRITE, drafts_job, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, NULL, on_drafts, &drafts);
  KAF_WAIT (drafts != NULL);
  return drafts;
}

AdwToast *
kaf_display_get_toast (KafWindow *window)
{
  return kaf_toaster_get_shown (
      ADW_TOAST_OVERLAY (kaf_display_find (GTK_WIDGET (window), ADW_TYPE_TOAST_OVERLAY)));
}

GtkWindow *
kaf_display_find_window (KafWindow *window, GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (g_type_is_a (G_OBJECT_TYPE (each), type) &&
          gtk_window_get_transient_for (each) == GTK_WINDOW (window))
        return each;
    }
  return NULL;
}

/* A page of a stack that another stands before is visible, but no child that shows. */
static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

GtkWidget *
kaf_display_find (GtkWidget *widget, GType type)
{
  if (!is_shown (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = kaf_display_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What a widget that draws its own texts tells of them. */
static gboolean
tells (GtkWidget *widget, GtkAccessibleProperty property, const char *text)
{
  /* NULL when it is just that, else what it is. */
  g_autofree char *other =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, text);

  return other == NULL || strstr (other, text) != NULL;
}

GtkWidget *
kaf_display_find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = kaf_display_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
kaf_display_shows (GtkWidget *widget, const char *text)
{
  const char *own = NULL;

  if (!is_shown (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget))
    own = gtk_label_get_text (GTK_LABEL (widget));
  else if (KAF_IS_TEXT (widget))
    own = kaf_text_get (KAF_TEXT (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    own = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (own != NULL && strstr (own, text) != NULL)
    return TRUE;
  if ((KAF_IS_HOME_ROW (widget) || KAF_IS_SIDEBAR_ROW (widget) || KAF_IS_BAR (widget)) &&
      (tells (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, text) ||
       tells (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (kaf_display_shows (child, text))
      return TRUE;
  return FALSE;
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

gpointer
kaf_display_run (KafStore *store, KafStoreJob job, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer given;

  kaf_store_run_async (store, KAF_LANE_WRITE, job, (gpointer) data, NULL, NULL, NULL, on_run,
                       &result);
  KAF_WAIT (result != NULL);
  given = kaf_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  return given;
}

static gpointer
become (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sync_enroll (db, KAF_DISPLAY_NOBODY, "amina", data, kaf_sync_get_device (db), error);
  return NULL;
}

void
kaf_display_become (KafStore *store, const char *role)
{
  kaf_display_run (store, become, role);
}
