/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks by their actions: which ones a role may make, the language, the file, the reason that is asked above the
 * limit, and the way to open what was written. */
#include "config.h"

#include "kaf-display.h"

#include "report/kaf-workbook.h"
#include "ui/app/kaf-window-private.h"
#include "ui/app/kaf-workbook-window.h"

static KafWorkbookWindow *
find_workbooks (KafWindow *window)
{
  return (KafWorkbookWindow *) kaf_display_find_window (window, KAF_TYPE_WORKBOOK_WINDOW);
}

/* Ctrl+Shift+X. */
static KafWorkbookWindow *
open_workbooks (KafWindow *window)
{
  KafWorkbookWindow *workbooks;

  g_action_group_activate_action (G_ACTION_GROUP (window), "workbooks", NULL);
  workbooks = find_workbooks (window);
  g_assert_nonnull (workbooks);
  KAF_WAIT (kaf_workbook_window_is_filled (workbooks));
  return workbooks;
}

static void
save_as (KafWorkbookWindow *workbooks, const char *name, const char *path)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (workbooks), "workbook.save-as", "(ss)", name, path));
}

static guint
count_actionables (GtkWidget *widget, const char *action)
{
  guint n = GTK_IS_ACTIONABLE (widget) &&
            g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_actionables (child, action);
  return n;
}

static void
assert_workbook (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 4000);
  g_assert_true (g_str_has_prefix (text, "PK"));
}

static void
add_experts (KafStore *store)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *given = g_strdup_printf ("Nora%u", i);
      g_autofree char *id = kaf_display_add_expert (store, "Alami", given, "علمي", "نورة");
    }
}

static void
test_make (void)
{
  KafWindow *window = kaf_display_open ("make.db");
  g_autofree char *path = kaf_display_path ("experts.xlsx");
  KafWorkbookWindow *workbooks;
  const char *uri;
  guint n;

  add_experts (kaf_window_get_store (window));
  workbooks = open_workbooks (window);
  kaf_workbooks (&n);
  g_assert_cmpuint (count_actionables (GTK_WIDGET (workbooks), "workbook.make"), ==, n);
  save_as (workbooks, "experts", path);
  g_assert_null (find_workbooks (window));
  KAF_WAIT (kaf_display_get_toast (window) != NULL);
  assert_workbook (path);
  g_assert_cmpstr (adw_toast_get_action_name (kaf_display_get_toast (window)), ==, "win.open-file");
  uri = g_variant_get_string (adw_toast_get_action_target_value (kaf_display_get_toast (window)),
                              NULL);
  g_assert_true (g_str_has_suffix (uri, "/experts.xlsx"));
}

/* The same rows in two languages are two files; that of the window is chosen to begin with. */
static void
test_language (void)
{
  KafWindow *window = kaf_display_open ("language.db");
  static const char *const languages[] = { NULL, "fr", "ar" };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strdup_printf ("quality-%u.xlsx", i);
      g_autofree char *path = kaf_display_path (name);
      KafWorkbookWindow *workbooks = open_workbooks (window);
      char *text;
      gsize length;

      if (languages[i] != NULL)
        g_assert_true (gtk_widget_activate_action (GTK_WIDGET (workbooks), "workbook.language", "s",
                                                   languages[i]));
      save_as (workbooks, "data-quality", path);
      KAF_WAIT (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_ptr_array_add (files, g_bytes_new_take (text, length));
    }
  g_assert_cmpuint (g_bytes_get_size (files->pdata[0]), ==, g_bytes_get_size (files->pdata[1]));
  g_assert_cmpuint (g_bytes_get_size (files->pdata[0]), !=, g_bytes_get_size (files->pdata[2]));
}

/* Who sees totals alone is offered the totals; the officer for protection the register too. */
static void
test_role (void)
{
  KafWindow *window = kaf_display_open ("role.db");
  g_autofree char *path = kaf_display_path ("forbidden.xlsx");
  KafWorkbookWindow *workbooks;

  kaf_display_become (kaf_window_get_store (window), "protection-officer");
  workbooks = open_workbooks (window);
  g_assert_cmpuint (count_actionables (GTK_WIDGET (workbooks), "workbook.make"), ==, 2);
  gtk_window_destroy (GTK_WINDOW (workbooks));

  kaf_display_become (kaf_window_get_store (window), "direction");
  workbooks = open_workbooks (window);
  g_assert_cmpuint (count_actionables (GTK_WIDGET (workbooks), "workbook.make"), ==, 1);
  save_as (workbooks, "experts", path);
  KAF_WAIT (kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG));
}

/* More persons than the setting allows: nothing is written before a reason, and the register has it after. */
static void
test_reason (void)
{
  KafWindow *window = kaf_display_open ("reason.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *path = kaf_display_path ("many.xlsx");
  GtkWindow *dialog;
  GtkWidget *entry;

  kaf_display_set_limit (store, 2);
  add_experts (store);
  save_as (open_workbooks (window), "experts", path);
  KAF_WAIT ((dialog = kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 0);
  entry = kaf_display_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Asked by the committee");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "export");
  KAF_WAIT (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_workbook (path);
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 1);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "fr");
  g_test_add_func ("/workbooks/make", test_make);
  g_test_add_func ("/workbooks/language", test_language);
  g_test_add_func ("/workbooks/role", test_role);
  g_test_add_func ("/workbooks/reason", test_reason);
  return kaf_display_finish (g_test_run ());
}
