/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of what is printed, by its actions: a list and a record, languages, pages, zoom, the PDF, the printer's
 * drawing into a file, and the reason that is asked above the limit. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"
#include "kaf-mission-display.h"

#include "schema/kaf-registry.h"
#include "store/kaf-store-error.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/compat/kaf-banner.h"
#include "ui/list/kaf-list-page.h"
#include "ui/print/kaf-letterhead-group.h"
#include "ui/print/kaf-paper-strip.h"
#include "ui/print/kaf-preview-body.h"
#include "ui/print/kaf-preview-page.h"
#include "ui/print/kaf-print-operation.h"

/* So many that their list takes more than one page. */
#define PERSONS 60

static void
act (KafPreviewPage *page, const char *name, GVariant *target)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (page), name, target));
}

static void
fill (KafStore *store, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *given = g_strdup_printf ("Nora%03u", i);
      g_autofree char *id = kaf_display_add_expert (store, "Alami", given, "علمي", "نورة");
    }
}

/* The list of experts, and Ctrl+P. */
static KafPreviewPage *
open_preview (KafWindow *window, guint n)
{
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "section",
                                  g_variant_new_string ("expert"));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_LIST_PAGE (page));
  KAF_WAIT (kaf_paged_list_get_total (kaf_list_page_get_list (KAF_LIST_PAGE (page))) == n);
  g_action_group_activate_action (G_ACTION_GROUP (window), "print", NULL);
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_PREVIEW_PAGE (page));
  KAF_WAIT (kaf_preview_page_is_settled (KAF_PREVIEW_PAGE (page)));
  return KAF_PREVIEW_PAGE (page);
}

static void
test_pages (void)
{
  KafWindow *window = kaf_display_open ("preview.db");
  KafPreviewPage *page;
  KafPages *pages;
  KafPaperStrip *strip;
  guint n;

  fill (kaf_window_get_store (window), PERSONS);
  page = open_preview (window, PERSONS);
  pages = kaf_preview_page_get_pages (page);
  n = kaf_pages_count (pages);
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (kaf_pages_get_n_persons (pages), ==, PERSONS);

  act (page, "preview.next-page", NULL);
  g_assert_cmpuint (kaf_preview_page_get_page (page), ==, 1);
  act (page, "preview.last-page", NULL);
  g_assert_cmpuint (kaf_preview_page_get_page (page), ==, n - 1);
  act (page, "preview.next-page", NULL);
  g_assert_cmpuint (kaf_preview_page_get_page (page), ==, n - 1);
  act (page, "preview.first-page", NULL);
  g_assert_cmpuint (kaf_preview_page_get_page (page), ==, 0);

  /* Only what is in sight has a widget, and that is drawn. */
  strip = KAF_PAPER_STRIP (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_PAPER_STRIP));
  KAF_WAIT (kaf_paper_strip_is_drawn (strip));
}

static void
test_zoom (void)
{
  KafWindow *window = kaf_display_open ("zoom.db");
  KafPreviewPage *page;
  double before;

  fill (kaf_window_get_store (window), 3);
  page = open_preview (window, 3);
  act (page, "preview.whole-page", NULL);
  before = kaf_preview_page_get_zoom (page);
  act (page, "preview.zoom-in", NULL);
  g_assert_cmpfloat (kaf_preview_page_get_zoom (page), >, before);
  act (page, "preview.zoom-out", NULL);
  act (page, "preview.zoom-out", NULL);
  g_assert_cmpfloat (kaf_preview_page_get_zoom (page), <, before + 0.01);
  for (guint i = 0; i < 40; i++)
    act (page, "preview.zoom-in", NULL);
  g_assert_cmpfloat_with_epsilon (kaf_preview_page_get_zoom (page), 3, 0.001);
}

static void
test_languages (void)
{
  KafWindow *window = kaf_display_open ("languages.db");
  KafPreviewPage *page;
  guint n;

  fill (kaf_window_get_store (window), 3);
  page = open_preview (window, 3);
  g_assert_cmpint (kaf_pages_get_lang (kaf_preview_page_get_pages (page), 0), ==, KAF_LANG_FR);
  n = kaf_pages_count (kaf_preview_page_get_pages (page));
  act (page, "preview.language", g_variant_new_string ("ar"));
  KAF_WAIT (kaf_preview_page_is_settled (page));
  g_assert_cmpint (kaf_pages_get_lang (kaf_preview_page_get_pages (page), 0), ==, KAF_LANG_AR);
  act (page, "preview.language", g_variant_new_string ("fr+ar"));
  KAF_WAIT (kaf_preview_page_is_settled (page));
  g_assert_cmpuint (kaf_pages_count (kaf_preview_page_get_pages (page)), >=, n);
}

/* What the pages tell of has changed: they are made anew. */
static void
test_changed (void)
{
  KafWindow *window = kaf_display_open ("changed.db");
  KafPreviewPage *page;

  fill (kaf_window_get_store (window), 3);
  page = open_preview (window, 3);
  fill (kaf_window_get_store (window), 1);
  KAF_WAIT (kaf_preview_page_is_settled (page) &&
            kaf_pages_get_n_persons (kaf_preview_page_get_pages (page)) == 4);
}

static void
assert_pdf (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 1000);
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
}

static void
test_save (void)
{
  KafWindow *window = kaf_display_open ("save.db");
  g_autofree char *path = kaf_display_path ("list.pdf");
  KafPreviewPage *page;

  fill (kaf_window_get_store (window), 3);
  page = open_preview (window, 3);
  act (page, "preview.save-as", g_variant_new_string (path));
  KAF_WAIT (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_pdf (path);
}

static GtkWindow *
find_dialog (KafWindow *window)
{
  return kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG);
}

/* @reason: nullable. (transfer full) */
static GtkPrintOperation *
operation_to (KafPreviewPage *page, KafStore *store, const char *path, const char *reason)
{
  GtkPrintOperation *operation =
      kaf_print_operation_new (kaf_preview_page_get_pages (page), store, reason);

  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_show_progress (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  return operation;
}

static void
count_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, guint *n)
{
  (*n)++;
}

/* Has the register answer late. */
static gpointer
dawdle (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_usleep (G_USEC_PER_SEC / 2);
  return NULL;
}

/* The register has an entry once the pages leave, and not because somebody was about to; without one they do not leave. */
static void
test_printer (void)
{
  KafWindow *window = kaf_display_open ("printer.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *path = kaf_display_path ("printed.pdf");
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPrintOperation) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) why = NULL;
  guint n_drawn = 0;
  KafPreviewPage *page;

  kaf_display_set_limit (store, 2);
  fill (store, 3);
  page = open_preview (window, 3);
  operation = operation_to (page, store, path, "Asked by the committee");
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 0);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            GTK_WINDOW (window), &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_null (kaf_print_operation_dup_error (operation));
  assert_pdf (path);
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 1);

  refused = operation_to (page, store, path, NULL);
  g_signal_connect (refused, "draw-page", G_CALLBACK (count_page), &n_drawn);
  kaf_store_run_async (store, KAF_LANE_READ, dawdle, NULL, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint (gtk_print_operation_run (refused, GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            GTK_WINDOW (window), &error),
                   ==, GTK_PRINT_OPERATION_RESULT_CANCEL);
  why = kaf_print_operation_dup_error (refused);
  g_assert_error (why, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
  g_assert_cmpuint (n_drawn, ==, 0);
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 1);
}

/* More persons than the setting allows: nothing is written before a reason, and the register has it after. */
static void
test_reason (void)
{
  KafWindow *window = kaf_display_open ("reason.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *path = kaf_display_path ("many.pdf");
  KafPreviewPage *page;
  GtkWidget *entry;

  kaf_display_set_limit (store, 2);
  fill (store, 3);
  page = open_preview (window, 3);
  act (page, "preview.save-as", g_variant_new_string (path));
  KAF_WAIT (find_dialog (window) != NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 0);
  entry = kaf_display_find (GTK_WIDGET (find_dialog (window)), GTK_TYPE_TEXT);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Asked by the committee");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog (window)), "export");
  KAF_WAIT (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_pdf (path);
  g_assert_cmpint (kaf_display_count (store, "disclosure"), ==, 1);
}

/* A service that is applied in the preferences stands at the head of the next paper. */
static void
test_letterhead (void)
{
  KafWindow *window = kaf_display_open ("letterhead.db");
  KafStore *store = kaf_window_get_store (window);
  GtkWidget *group = g_object_ref_sink (kaf_letterhead_group_new (store));
  GtkWidget *row;
  KafPreviewPage *page;
  g_autofree char *text = NULL;

  KAF_WAIT (kaf_letterhead_group_is_settled (KAF_LETTERHEAD_GROUP (group)));
  row = kaf_letterhead_group_get_row (KAF_LETTERHEAD_GROUP (group), "document.service-fr");
  gtk_editable_set_text (GTK_EDITABLE (row), "Direction des compétences | Service des missions");
  g_signal_emit_by_name (row, "apply");
  KAF_WAIT (kaf_letterhead_group_is_settled (KAF_LETTERHEAD_GROUP (group)));
  fill (store, 1);
  page = open_preview (window, 1);
  text = kaf_pages_read (kaf_preview_page_get_pages (page), 0);
  g_assert_nonnull (strstr (text, "Service des missions"));
  g_object_unref (group);
}

static KafPreviewPage *
preview_record (KafWindow *window, const char *entity, const char *id, const char *document)
{
  KafPreviewPage *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-record",
                                  g_variant_new ("(ss)", entity, id));
  g_action_group_activate_action (G_ACTION_GROUP (window), "print", NULL);
  g_assert_true (KAF_IS_PREVIEW_PAGE (kaf_window_get_page (window)));
  page = KAF_PREVIEW_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_preview_page_is_settled (page));
  act (page, "preview.document", g_variant_new_string (document));
  KAF_WAIT (kaf_preview_page_is_settled (page));
  return page;
}

/* What stands as dots on the paper is told over it, with the way to the record; it goes when it is filled in. */
static void
test_blanks (void)
{
  KafWindow *window = kaf_display_open ("blanks.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  KafPreviewPage *page = preview_record (window, "expert", id, "envelope");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafReceipt) receipt = NULL;
  KafBanner *banner;

  g_assert_cmpuint (kaf_pages_get_blanks (kaf_preview_page_get_pages (page))->len, ==, 2);
  banner = KAF_BANNER (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_BANNER));
  g_assert_true (kaf_banner_get_revealed (banner));
  kaf_record_set (person, "address", "12, rue de l’Exemple");
  kaf_record_set (person, "city", "Tiznit");
  kaf_change_set_update (set, person);
  receipt = kaf_display_commit (store, set);
  KAF_WAIT (kaf_preview_page_is_settled (page) && !kaf_banner_get_revealed (banner));
}

/* Who signs this one, instead of who is set. */
static void
test_signer (void)
{
  KafWindow *window = kaf_display_open ("signer.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add (store, "mission", "title_fr", "Abeilles", NULL);
  KafPreviewPage *page = preview_record (window, "mission", id, "covering-note");
  GtkWidget *row = kaf_display_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW);
  g_autofree char *text = NULL;

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "Exemple Signataire");
  g_signal_emit_by_name (row, "apply");
  g_assert_false (kaf_preview_page_is_settled (page));
  KAF_WAIT (kaf_preview_page_is_settled (page));
  text = kaf_pages_read (kaf_preview_page_get_pages (page), 0);
  g_assert_nonnull (strstr (text, "Exemple Signataire"));
}

static int
get_least (gpointer widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* A window of 360 px holds all of the preview: its frame, and buttons that other desktops have, are not in it here. */
static void
test_narrow (void)
{
  KafWindow *window = kaf_display_open ("narrow.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add (store, "mission", "title_fr", "Abeilles", NULL);
  GtkWidget *page;
  gboolean narrow = TRUE;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-record",
                                  g_variant_new ("(ss)", "mission", id));
  g_action_group_activate_action (G_ACTION_GROUP (window), "print", NULL);
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_PREVIEW_PAGE (page));
  /* Before it has a width it would widen the window for good. */
  g_assert_cmpint (get_least (page), <=, 320);
  KAF_WAIT ((g_object_get (kaf_display_find (page, KAF_TYPE_PREVIEW_BODY), "narrow", &narrow, NULL),
             !narrow));
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  KAF_WAIT (get_least (page) <= 320);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "fr");
  g_test_add_func ("/preview/pages", test_pages);
  g_test_add_func ("/preview/zoom", test_zoom);
  g_test_add_func ("/preview/languages", test_languages);
  g_test_add_func ("/preview/changed", test_changed);
  g_test_add_func ("/preview/save", test_save);
  g_test_add_func ("/preview/printer", test_printer);
  g_test_add_func ("/preview/reason", test_reason);
  g_test_add_func ("/preview/letterhead", test_letterhead);
  g_test_add_func ("/preview/blanks", test_blanks);
  g_test_add_func ("/preview/signer", test_signer);
  g_test_add_func ("/preview/narrow", test_narrow);
  return kaf_display_finish (g_test_run ());
}
