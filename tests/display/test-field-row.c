/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of each kind of field: what is typed, what it means, what is said when it is wrong. */
#include "config.h"

#include "kaf-display.h"

#include <adwaita.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "ui/form/kaf-attachment-editor.h"
#include "ui/form/kaf-combo-editor.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-flags-editor.h"
#include "ui/form/kaf-pick-set.h"
#include "ui/form/kaf-reference-editor.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/form/kaf-set-row.h"
#include "ui/form/kaf-text-editor.h"

static const KafChoice two[] = { { "a", "First", NULL }, { "b", "Second", NULL }, { NULL } };
static const KafChoice many[] = { { "a", "Alpha", NULL },
                                  { "b", "Beta", NULL },
                                  { "c", "Gamma", NULL },
                                  { "d", "Delta", NULL },
                                  { NULL } };

static KafStore *store;
static char *folder;

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

typedef struct
{
  GtkWidget *window;
  KafFieldRow *row;
  guint changed;
} Fixture;

static void
count (guint *counter)
{
  (*counter)++;
}

static void
setup (Fixture *fixture, const KafField *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  fixture->changed = 0;
  fixture->row = KAF_FIELD_ROW (kaf_field_row_new (field, store));
  g_signal_connect_swapped (fixture->row, "changed", G_CALLBACK (count), &fixture->changed);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->row));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("elsewhere"));
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 480, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
teardown (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
}

/* Types as a person does, and leaves the row. */
static void
type (Fixture *fixture, const char *text)
{
  GtkWidget *entry = kaf_display_find (GTK_WIDGET (fixture->row), GTK_TYPE_TEXT);

  kaf_field_row_focus (fixture->row);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_grab_focus (gtk_widget_get_next_sibling (GTK_WIDGET (fixture->row)));
  settle ();
}

static void
assert_value (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_true (kaf_field_row_get_value (fixture->row, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_entry (void)
{
  static const struct
  {
    KafKind kind;
    const char *typed, *value, *shown, *wrong;
  } cases[] = {
    { KAF_KIND_TEXT, "  Munich ", "Munich", "Munich", NULL },
    { KAF_KIND_INTEGER, "1 985", "1985", "1985", "abc" },
    { KAF_KIND_EMAIL, "S.Bennis@EXEMPLE.org", "S.Bennis@exemple.org", "S.Bennis@exemple.org",
      "nope" },
    { KAF_KIND_URL, "exemple.org/a", "https://exemple.org/a", "https://exemple.org/a", "a b" },
    { KAF_KIND_DATE, "12 novembre 2026", "2026-11-12", "12/11/2026", "31/02/2026" },
    { KAF_KIND_PARTIAL_DATE, "novembre 2026", "2026-11", "11/2026", "hier" },
    { KAF_KIND_PHONE, "00212 6 12 34 56 78", "+212612345678", NULL, "12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafField field = { .id = "f", .kind = cases[i].kind, .label = "Field" };
      g_autofree char *typed = NULL;
      Fixture fixture;

      setup (&fixture, &field);
      assert_value (&fixture, NULL);
      g_assert_false (kaf_field_row_is_touched (fixture.row));
      type (&fixture, cases[i].typed);
      g_assert_true (kaf_field_row_is_touched (fixture.row));
      g_assert_cmpuint (fixture.changed, >, 0);
      assert_value (&fixture, cases[i].value);
      typed = kaf_field_row_get_typed (fixture.row);
      if (cases[i].shown != NULL)
        g_assert_cmpstr (typed, ==, cases[i].shown);
      g_assert_null (kaf_field_row_get_error (fixture.row));

      if (cases[i].wrong != NULL)
        {
          type (&fixture, cases[i].wrong);
          g_assert_nonnull (kaf_field_row_get_error (fixture.row));
          g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture.row), "kaf-wrong"));
          g_assert_true (gtk_test_accessible_has_property (
              GTK_ACCESSIBLE (kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_TEXT)),
              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
          g_assert_true (gtk_test_accessible_has_state (
              GTK_ACCESSIBLE (kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_TEXT)),
              GTK_ACCESSIBLE_STATE_INVALID));
          type (&fixture, cases[i].typed);
          g_assert_null (kaf_field_row_get_error (fixture.row));
        }
      teardown (&fixture);
    }
}

static void
test_suggestion (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_PHONE, .label = "Phone" };
  Fixture fixture;

  setup (&fixture, &field);
  kaf_field_row_set_country (fixture.row, "DE");
  type (&fixture, "0151 5550 0142");
  g_assert_nonnull (kaf_field_row_get_error (fixture.row));
  kaf_field_row_apply_suggestion (fixture.row);
  g_assert_null (kaf_field_row_get_error (fixture.row));
  assert_value (&fixture, "+4915155500142");
  teardown (&fixture);
}

static void
test_required (void)
{
  KafField field = {
    .id = "f", .kind = KAF_KIND_TEXT, .label = "Name", .flags = KAF_FIELD_REQUIRED
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  Fixture fixture;

  setup (&fixture, &field);
  g_assert_false (kaf_field_row_get_value (fixture.row, &value, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED);
  g_assert_false (kaf_field_row_check (fixture.row, &value));
  g_assert_nonnull (kaf_field_row_get_error (fixture.row));
  teardown (&fixture);
}

static void
test_mixed (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_TEXT, .label = "City" };
  Fixture fixture;
  GtkWidget *row;

  setup (&fixture, &field);
  row = kaf_display_find (GTK_WIDGET (fixture.row), ADW_TYPE_PREFERENCES_ROW);
  kaf_field_row_set_mixed (fixture.row, TRUE);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), !=, "City");
  g_assert_false (kaf_field_row_is_touched (fixture.row));
  type (&fixture, "Tiznit");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "City");
  teardown (&fixture);
}

static void
test_money (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_MONEY, .label = "Amount" };
  Fixture fixture;

  setup (&fixture, &field);
  type (&fixture, "12 500,5");
  assert_value (&fixture, "1250050 MAD");
  type (&fixture, "80 EUR");
  assert_value (&fixture, "8000 EUR");
  /* The currency moved beside the amount. */
  type (&fixture, "90");
  assert_value (&fixture, "9000 EUR");
  kaf_field_row_set_value (fixture.row, "1250000 MAD", NULL);
  assert_value (&fixture, "1250000 MAD");
  g_assert_false (kaf_field_row_is_touched (fixture.row));
  teardown (&fixture);
}

static void
test_long_text (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_LONG_TEXT, .label = "Notes" };
  Fixture fixture;
  GtkWidget *view;

  setup (&fixture, &field);
  view = kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "one\ntwo", -1);
  g_assert_cmpuint (fixture.changed, >, 0);
  assert_value (&fixture, "one\ntwo");
  teardown (&fixture);
}

static void
test_boolean (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_BOOLEAN, .label = "Remote" };
  Fixture fixture;
  GtkWidget *toggle;

  setup (&fixture, &field);
  assert_value (&fixture, NULL);
  toggle = kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  assert_value (&fixture, "1");
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  assert_value (&fixture, "0");
  kaf_field_row_set_value (fixture.row, NULL, NULL);
  assert_value (&fixture, NULL);
  teardown (&fixture);
}

static void
test_choice (void)
{
  KafField few = { .id = "f", .kind = KAF_KIND_CHOICE, .label = "Mode", .choices = two };
  KafField more = { .id = "f", .kind = KAF_KIND_CHOICE, .label = "Kind", .choices = many };
  KafField set = { .id = "f",
                   .kind = KAF_KIND_CHOICE,
                   .label = "Interests",
                   .choices = many,
                   .flags = KAF_FIELD_MANY };
  Fixture fixture;
  GtkWidget *widget;

  setup (&fixture, &few);
  widget = kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (widget), TRUE);
  assert_value (&fixture, "a");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (widget)), TRUE);
  assert_value (&fixture, "b");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (widget)), FALSE);
  assert_value (&fixture, NULL);
  teardown (&fixture);

  setup (&fixture, &more);
  widget = kaf_display_find (GTK_WIDGET (fixture.row), ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (widget), 3);
  assert_value (&fixture, "c");
  adw_combo_row_set_selected (ADW_COMBO_ROW (widget), 0);
  assert_value (&fixture, NULL);
  teardown (&fixture);

  setup (&fixture, &set);
  widget = kaf_display_find (GTK_WIDGET (fixture.row), KAF_TYPE_FLAGS_EDITOR);
  kaf_field_row_set_value (fixture.row, "d", NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (kaf_flags_editor_get_button (KAF_FLAGS_EDITOR (widget), "b")), TRUE);
  assert_value (&fixture, "b\nd");
  teardown (&fixture);
}

static void
test_set (void)
{
  KafField field = {
    .id = "f", .kind = KAF_KIND_EMAIL, .label = "E-mail", .flags = KAF_FIELD_MANY
  };
  g_autofree char *typed = NULL;
  Fixture fixture;
  KafSetRow *set;

  setup (&fixture, &field);
  set = KAF_SET_ROW (kaf_display_find (GTK_WIDGET (fixture.row), KAF_TYPE_SET_ROW));
  g_assert_cmpuint (kaf_set_row_get_n_elements (set), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (kaf_set_row_get_entry (set, 0)), "a@exemple.org");
  kaf_set_row_add (set);
  gtk_editable_set_text (GTK_EDITABLE (kaf_set_row_get_entry (set, 1)), "wrong");
  typed = kaf_field_row_get_typed (fixture.row);
  g_assert_cmpstr (typed, ==, "a@exemple.org\nwrong");

  /* The error stands at the entry that is wrong. */
  {
    g_autofree char *value = NULL;

    g_assert_false (kaf_field_row_check (fixture.row, &value));
    g_assert_true (gtk_widget_has_css_class (kaf_set_row_get_entry (set, 1), "error"));
    g_assert_false (gtk_widget_has_css_class (kaf_set_row_get_entry (set, 0), "error"));
  }

  gtk_editable_set_text (GTK_EDITABLE (kaf_set_row_get_entry (set, 1)), "b@exemple.org");
  assert_value (&fixture, "a@exemple.org\nb@exemple.org");
  kaf_set_row_raise (set, 1);
  assert_value (&fixture, "b@exemple.org\na@exemple.org");
  kaf_set_row_remove (set, 1);
  assert_value (&fixture, "b@exemple.org");
  kaf_set_row_remove (set, 0);
  assert_value (&fixture, NULL);
  g_assert_cmpuint (kaf_set_row_get_n_elements (set), ==, 1);
  teardown (&fixture);
}

static gboolean
picker_is_ready (gpointer data)
{
  return !kaf_reference_picker_is_busy (data);
}

static GtkWidget *
open_picker (Fixture *fixture)
{
  GtkWidget *editor = kaf_display_find (GTK_WIDGET (fixture->row), KAF_TYPE_REFERENCE_EDITOR);
  GtkWidget *picker;

  adw_action_row_activate (ADW_ACTION_ROW (editor));
  picker = kaf_display_find (editor, KAF_TYPE_REFERENCE_PICKER);
  g_assert_nonnull (picker);
  return picker;
}

static void
test_reference (void)
{
  KafField field = {
    .id = "f", .kind = KAF_KIND_REFERENCE, .label = "Country", .target = "country"
  };
  Fixture fixture;
  GtkWidget *picker;

  setup (&fixture, &field);
  picker = open_picker (&fixture);
  settle ();
  kaf_reference_picker_set_text (KAF_REFERENCE_PICKER (picker), "moro");
  KAF_WAIT (picker_is_ready (picker));
  g_assert_cmpuint (kaf_reference_picker_get_n_results (KAF_REFERENCE_PICKER (picker)), >=, 1);
  kaf_reference_picker_activate (KAF_REFERENCE_PICKER (picker), 0);
  settle ();
  assert_value (&fixture, "MA");
  kaf_reference_editor_pick (
      KAF_REFERENCE_EDITOR (kaf_display_find (GTK_WIDGET (fixture.row), KAF_TYPE_REFERENCE_EDITOR)),
      NULL, NULL);
  assert_value (&fixture, NULL);
  teardown (&fixture);
}

static gboolean
has_picked (gpointer data)
{
  g_autofree char *typed = kaf_field_row_get_typed (data);

  return *typed != '\0';
}

/* Enter comes before the store has answered: what was typed is taken once it is there, and not what showed before. */
static void
test_reference_quick (void)
{
  KafField field = {
    .id = "f", .kind = KAF_KIND_REFERENCE, .label = "Country", .target = "country"
  };
  Fixture fixture;
  GtkWidget *picker;

  setup (&fixture, &field);
  picker = open_picker (&fixture);
  KAF_WAIT (picker_is_ready (picker));
  kaf_reference_picker_set_text (KAF_REFERENCE_PICKER (picker), "moro");
  g_signal_emit_by_name (kaf_display_find (picker, GTK_TYPE_SEARCH_ENTRY), "activate");
  KAF_WAIT (has_picked (fixture.row));
  assert_value (&fixture, "MA");
  teardown (&fixture);
}

/* An organisation that is not there is made without leaving the form. */
static void
test_make_organisation (void)
{
  KafField field = {
    .id = "f", .kind = KAF_KIND_REFERENCE, .label = "Part of", .target = "organisation"
  };
  Fixture fixture;
  GtkWidget *picker, *combo, *button;

  setup (&fixture, &field);
  picker = open_picker (&fixture);
  settle ();
  kaf_reference_picker_set_text (KAF_REFERENCE_PICKER (picker), "Association exemple");
  KAF_WAIT (picker_is_ready (picker));
  g_assert_cmpuint (kaf_reference_picker_get_n_results (KAF_REFERENCE_PICKER (picker)), ==, 0);
  kaf_reference_picker_activate (KAF_REFERENCE_PICKER (picker), 0);
  combo = kaf_display_find (picker, ADW_TYPE_COMBO_ROW);
  g_assert_nonnull (combo);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 4);
  button = gtk_widget_get_last_child (
      gtk_widget_get_parent (gtk_widget_get_ancestor (combo, KAF_TYPE_FIELD_ROW)));
  g_signal_emit_by_name (button, "clicked");
  KAF_WAIT (has_picked (fixture.row));
  teardown (&fixture);
}

static void
test_pick_set (void)
{
  KafField field = { .id = "f",
                     .kind = KAF_KIND_LANGUAGE,
                     .label = "Languages",
                     .target = "language",
                     .flags = KAF_FIELD_MANY };
  Fixture fixture;
  KafPickSet *set;

  setup (&fixture, &field);
  set = KAF_PICK_SET (kaf_display_find (GTK_WIDGET (fixture.row), KAF_TYPE_PICK_SET));
  kaf_field_row_set_value (fixture.row, "ar\tnative", "Arabic");
  g_assert_cmpuint (fixture.changed, ==, 0);
  kaf_pick_set_add (set, "fr", "French");
  kaf_pick_set_set_level (set, 1, "C1");
  assert_value (&fixture, "ar\tnative\nfr\tC1");
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (set)), "C1"));
  kaf_pick_set_move (set, 1, 0);
  assert_value (&fixture, "fr\tC1\nar\tnative");
  kaf_pick_set_remove (set, 1);
  assert_value (&fixture, "fr\tC1");
  kaf_pick_set_add (set, "fr", "French");
  assert_value (&fixture, "fr\tC1");
  teardown (&fixture);
}

static void
test_attachment (void)
{
  KafField field = {
    .id = "cv", .kind = KAF_KIND_ATTACHMENT, .label = "CV", .target = "attachment"
  };
  g_autofree char *path = g_build_filename (folder, "cv.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *typed = NULL;
  Fixture fixture;
  KafAttachmentEditor *editor;

  setup (&fixture, &field);
  editor = KAF_ATTACHMENT_EDITOR (
      kaf_display_find (GTK_WIDGET (fixture.row), KAF_TYPE_ATTACHMENT_EDITOR));
  g_assert_null (kaf_field_row_get_file (fixture.row));
  kaf_attachment_editor_choose (editor, file);
  g_assert_true (kaf_field_row_get_file (fixture.row) == file);
  assert_value (&fixture, NULL);
  typed = kaf_field_row_get_typed (fixture.row);
  g_assert_true (g_str_has_prefix (typed, "file:"));
  kaf_field_row_set_value (fixture.row, NULL, NULL);
  g_assert_null (kaf_field_row_get_file (fixture.row));
  kaf_field_row_set_typed (fixture.row, typed);
  g_assert_true (g_file_equal (kaf_field_row_get_file (fixture.row), file));
  teardown (&fixture);
}

/* Arabic is written from right to left in a French window too. */
static void
test_arabic (void)
{
  KafField field = { .id = "f", .kind = KAF_KIND_TEXT, .label = "Name", .flags = KAF_FIELD_ARABIC };
  Fixture fixture;

  setup (&fixture, &field);
  g_assert_cmpint (
      gtk_widget_get_direction (kaf_display_find (GTK_WIDGET (fixture.row), GTK_TYPE_TEXT)), ==,
      GTK_TEXT_DIR_RTL);
  type (&fixture, "بنيس");
  assert_value (&fixture, "بنيس");
  teardown (&fixture);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  store = kaf_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
store_is_open (gpointer data)
{
  return store != NULL;
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();

  folder = g_dir_make_tmp ("kafaat-field-row-XXXXXX", NULL);
  path = g_build_filename (folder, "kafaat.db", NULL);
  kaf_store_open_async (path, KAF_OPEN_CREATE, NULL, NULL, on_opened, NULL);
  KAF_WAIT (store_is_open (NULL));

  g_test_add_func ("/field-row/entry", test_entry);
  g_test_add_func ("/field-row/suggestion", test_suggestion);
  g_test_add_func ("/field-row/required", test_required);
  g_test_add_func ("/field-row/mixed", test_mixed);
  g_test_add_func ("/field-row/money", test_money);
  g_test_add_func ("/field-row/long-text", test_long_text);
  g_test_add_func ("/field-row/boolean", test_boolean);
  g_test_add_func ("/field-row/choice", test_choice);
  g_test_add_func ("/field-row/set", test_set);
  g_test_add_func ("/field-row/reference", test_reference);
  g_test_add_func ("/field-row/reference-quick", test_reference_quick);
  g_test_add_func ("/field-row/make-organisation", test_make_organisation);
  g_test_add_func ("/field-row/pick-set", test_pick_set);
  g_test_add_func ("/field-row/attachment", test_attachment);
  g_test_add_func ("/field-row/arabic", test_arabic);
  status = g_test_run ();

  kaf_store_close (store);
  g_object_unref (store);
  g_free (folder);
  return status;
}
