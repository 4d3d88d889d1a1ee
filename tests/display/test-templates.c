/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of texts: their list, their form (placeholders inserted, a wrong one named, the preview), and the usual
 * articles of a convention. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"
#include "kaf-mission-display.h"

#include "schema/kaf-registry.h"
#include "ui/app/kaf-window-private.h"
#include "ui/form/kaf-form-page.h"
#include "ui/form/kaf-reference-editor.h"
#include "ui/form/kaf-template-preview.h"
#include "ui/list/kaf-list-page.h"
#include "ui/record/kaf-record-page-private.h"

static KafFormPage *
open_form (KafWindow *window)
{
  GtkWidget *page;

  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (window), "win.show-entity", "s", "text_template"));
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT (kaf_window_get_entity (window) == kaf_registry_find ("text_template"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_FORM_PAGE (page));
  KAF_WAIT (kaf_form_page_is_ready (KAF_FORM_PAGE (page)));
  return KAF_FORM_PAGE (page);
}

static void
put (KafFormPage *form, const char *field, const char *typed)
{
  kaf_field_row_set_typed (kaf_form_page_get_row (form, field), typed);
}

static const char *
get_error (KafFormPage *form, const char *field)
{
  const char *error = kaf_field_row_get_error (kaf_form_page_get_row (form, field));

  return error != NULL ? error : "";
}

static void
insert (KafFormPage *form, const char *name)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (form), "form.insert-placeholder", "s", name));
}

static void
test_editor (void)
{
  KafWindow *window = kaf_display_open ("editor");
  KafFormPage *form = open_form (window);
  KafTemplatePreview *preview =
      KAF_TEMPLATE_PREVIEW (kaf_display_find (GTK_WIDGET (form), KAF_TYPE_TEMPLATE_PREVIEW));
  g_autofree char *typed = NULL;

  g_assert_nonnull (preview);
  put (form, "kind", "mission_order");
  put (form, "title_fr", "Ordre");
  put (form, "body_fr", "Se rendre à {mission.titel}.");
  KAF_WAIT (strstr (get_error (form, "body_fr"), "{mission.title}") != NULL);
  g_assert_true (strstr (kaf_template_preview_get_text (preview, KAF_LANG_FR), "………") != NULL);

  /* What is refused stays in the form. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL));
  KAF_WAIT (strstr (get_error (form, "body_fr"), "{mission.title}") != NULL &&
            !kaf_form_page_is_saving (form));
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (form));

  put (form, "body_fr", "");
  g_assert_true (kaf_field_row_focus (kaf_form_page_get_row (form, "body_fr")));
  insert (form, "mission.title");
  insert (form, "day");
  typed = kaf_field_row_get_typed (kaf_form_page_get_row (form, "body_fr"));
  g_assert_cmpstr (typed, ==, "{mission.title}{day}");
  KAF_WAIT (strchr (kaf_template_preview_get_text (preview, KAF_LANG_FR), '{') == NULL);
  g_assert_cmpstr (kaf_template_preview_get_text (preview, KAF_LANG_FR), !=, "");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL));
  /* The form is gone by then. */
  KAF_WAIT ((gpointer) kaf_window_get_page (window) != (gpointer) form);
}

/* The text as the paper of a record that is chosen would say it, in both languages; another kind asks for another. */
static void
test_record (void)
{
  KafWindow *window = kaf_display_open ("record");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = kaf_display_add (store, "mission", "title_fr", "Greffe", "title_ar",
                                              "تطعيم", "place_fr", "Agadir", NULL);
  g_autofree char *meeting = kaf_display_add (store, "meeting", "title_fr", "Comité", "kind",
                                              "steering", "held_on", "2026-03-02", NULL);
  KafFormPage *form = open_form (window);
  KafTemplatePreview *preview =
      KAF_TEMPLATE_PREVIEW (kaf_display_find (GTK_WIDGET (form), KAF_TYPE_TEMPLATE_PREVIEW));
  GtkWidget *chooser;

  put (form, "kind", "mission_order");
  put (form, "body_fr", "Pour {mission.title}, à {mission.place}, {mission.lead}.");
  put (form, "body_ar", "{mission.title}");
  chooser = kaf_display_find (GTK_WIDGET (preview), KAF_TYPE_REFERENCE_EDITOR);
  g_assert_nonnull (chooser);
  kaf_reference_editor_pick (KAF_REFERENCE_EDITOR (chooser), mission, "Greffe");
  KAF_WAIT (strcmp (kaf_template_preview_get_text (preview, KAF_LANG_FR),
                    "Pour Greffe, à Agadir, ……….") == 0);
  g_assert_cmpstr (kaf_template_preview_get_text (preview, KAF_LANG_AR), ==, "تطعيم");
  /* As it is typed on. */
  put (form, "body_fr", "{mission.place} !");
  KAF_WAIT (strcmp (kaf_template_preview_get_text (preview, KAF_LANG_FR), "Agadir !") == 0);

  put (form, "kind", "minutes");
  put (form, "body_fr", "{meeting.title}");
  chooser = kaf_display_find (GTK_WIDGET (preview), KAF_TYPE_REFERENCE_EDITOR);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (chooser)), ==,
                   "Filled in from: Meeting");
  /* Nothing is chosen yet: examples. */
  KAF_WAIT (strstr (kaf_template_preview_get_text (preview, KAF_LANG_FR), "meeting") == NULL &&
            strcmp (kaf_template_preview_get_text (preview, KAF_LANG_FR), "Agadir !") != 0);
  kaf_reference_editor_pick (KAF_REFERENCE_EDITOR (chooser), meeting, "Comité");
  KAF_WAIT (strcmp (kaf_template_preview_get_text (preview, KAF_LANG_FR), "Comité") == 0);
  kaf_reference_editor_pick (KAF_REFERENCE_EDITOR (chooser), NULL, NULL);
  KAF_WAIT (strcmp (kaf_template_preview_get_text (preview, KAF_LANG_FR), "Comité") != 0);
}

static char *
add_convention (KafStore *store)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("convention"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, "title_fr", "Convention-cadre");
  kaf_record_set (record, "kind", "framework");
  kaf_record_set (record, "object_fr", "la mobilité");
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER ((int) kaf_page_total (db, kaf_registry_find ("convention_article")) + 1);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  *(int *) data = GPOINTER_TO_INT (kaf_store_run_finish (KAF_STORE (source), result, NULL)) - 1;
}

static int
count_articles (KafStore *store)
{
  int n = -1;

  kaf_store_run_async (store, KAF_LANE_READ, count_job, NULL, NULL, NULL, NULL, on_counted, &n);
  KAF_WAIT (n >= 0);
  return n;
}

static void
test_articles (void)
{
  KafWindow *window = kaf_display_open ("articles");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add_convention (store);
  KafRecordPage *page;
  int n;

  kaf_window_open_record (window, kaf_registry_find ("convention"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  page = KAF_RECORD_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_record_page_is_settled (page) && page->data != NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "record.insert-articles", NULL));
  KAF_WAIT (!page->inserting && count_articles (store) > 0);
  n = count_articles (store);
  g_assert_cmpint (n, >, 5);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Règlement des différends"));

  /* They stand once, and go as one. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "record.insert-articles", NULL));
  KAF_WAIT (!page->inserting);
  g_assert_cmpint (count_articles (store), ==, n);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  KAF_WAIT (count_articles (store) == 0);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/templates/editor", test_editor);
  g_test_add_func ("/templates/record", test_record);
  g_test_add_func ("/templates/articles", test_articles);
  return kaf_display_finish (g_test_run ());
}
