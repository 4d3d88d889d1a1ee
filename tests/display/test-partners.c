/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions, networks and programmes by the actions of their pages: an amendment is entered and the act says what
 * it changed; who signed and who presided; members joined from the list; a network made of a selection; coverage.
 * With -m perf: how long the page of a network of 5 000 members takes to read. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-office-holders.h"
#include "ui/app/kaf-bar.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-form-page.h"
#include "ui/form/kaf-reference-editor.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/list/kaf-list-join.h"
#include "ui/list/kaf-list-page.h"
#include "ui/record/kaf-coverage.h"
#include "ui/record/kaf-presided.h"
#include "ui/record/kaf-record-page-private.h"

#define MANY 5000

typedef struct
{
  KafWindow *window;
  KafStore *store;
  char *ministry, *office, *network, *minister, *president, *mandate, *programme, *act;
} Fixture;

/* @fields: id, value…, NULL. The id of the record. (transfer full) */
static char *
add (KafStore *store, const char *entity, const char *id, const char *const *fields)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  for (; *fields != NULL; fields += 2)
    kaf_record_set (record, fields[0], fields[1]);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

#define ADD(store, entity, id, ...)                                                                \
  add (store, entity, id, (const char *const[]){ __VA_ARGS__, NULL })

static void
add_people (Fixture *f)
{
  f->minister = kaf_display_add_expert (f->store, "El Ouafi", "Nezha", NULL, NULL);
  f->president = kaf_display_add_expert (f->store, "Amrani", "Samir", NULL, NULL);
  f->mandate = ADD (f->store, "mandate", NULL, "person", f->minister, "organisation", f->ministry,
                    "office", "Minister", "valid_from", "2019-10", "valid_to", "2021-10");
  g_free (ADD (f->store, "mandate", NULL, "person", f->president, "organisation", f->network,
               "office", "President", "presides", "1", "valid_from", "2015", "valid_to", "2022"));
}

static void
set_up (Fixture *f, gconstpointer name)
{
  f->window = kaf_display_open (name);
  f->store = kaf_window_get_store (f->window);
  f->ministry = ADD (f->store, "organisation", NULL, "name_fr", "Ministry abroad", "acronym", "MRE",
                     "kind", "ministry");
  f->office = ADD (f->store, "organisation", NULL, "name_fr", "Training office", "kind",
                   "public_establishment");
  f->network = ADD (f->store, "organisation", NULL, "name_fr", "Medical network", "acronym", "C3M",
                    "kind", "network");
  g_free (ADD (f->store, "network", f->network, "basis", "thematic"));
  f->programme = ADD (f->store, "programme", NULL, "title_fr", "Academy", "domains", "health\nai",
                      "target", "100");
  add_people (f);
  f->act = ADD (f->store, "convention", NULL, "title_fr", "Framework 2020", "kind", "framework",
                "programme", f->programme, "parties", f->ministry, "signed_on", "2020-06-24");
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  char **all[] = { &f->ministry,  &f->office,  &f->network,   &f->minister,
                   &f->president, &f->mandate, &f->programme, &f->act };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_free);
}

static KafRecordPage *
open_page (Fixture *f, const char *entity, const char *id)
{
  KafRecordPage *page;

  kaf_window_open_record (f->window, kaf_registry_find (entity), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (kaf_record_page_is_settled (page) && page->data != NULL &&
            gtk_widget_get_visible (page->rests[0]));
  return page;
}

static KafFormPage *
await_form (Fixture *f)
{
  KAF_WAIT (KAF_IS_FORM_PAGE (kaf_window_get_page (f->window)) &&
            kaf_form_page_is_ready (KAF_FORM_PAGE (kaf_window_get_page (f->window))));
  return KAF_FORM_PAGE (kaf_window_get_page (f->window));
}

static void
type (KafFormPage *form, const char *field, const char *typed)
{
  kaf_field_row_set_typed (kaf_form_page_get_row (form, field), typed);
}

static void
save (KafFormPage *form)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL));
}

/* Only an amendment is asked what it changes; it begins as what it amends says. */
static void
test_amendment (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "convention", f->act);
  KafFormPage *form;
  g_autofree char *kind = NULL;
  GtkWidget *changes;

  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "term unknown"));
  gtk_widget_activate_action (GTK_WIDGET (page), "record.add", "s",
                              "convention parent kind=amendment");
  form = await_form (f);
  changes = GTK_WIDGET (kaf_form_page_get_row (form, "changes"));
  kind = kaf_field_row_get_typed (kaf_form_page_get_row (form, "kind"));
  g_assert_cmpstr (kind, ==, "amendment");
  g_assert_true (gtk_widget_get_visible (changes));
  g_assert_false (
      gtk_widget_get_visible (GTK_WIDGET (kaf_form_page_get_row (form, "parties_left"))) &&
      !gtk_widget_get_visible (changes));

  type (form, "title_fr", "Amendment no 1");
  type (form, "changes", "end");
  type (form, "signed_on", "01/02/2023");
  type (form, "ends_on", "30/06/2040");
  save (form);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (f->window)) &&
            kaf_window_get_page (f->window) != GTK_WIDGET (page));
  page = open_page (f, "convention", f->act);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "until"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "by"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Amendment no 1"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "in force"));
}

static void
test_only_for_amendments (Fixture *f, gconstpointer data)
{
  KafFormPage *form;

  kaf_window_open_form (f->window, kaf_registry_find ("convention"), f->act);
  form = await_form (f);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (kaf_form_page_get_row (form, "changes"))));
  kaf_window_open_form (f->window, kaf_registry_find ("convention"), f->act);
}

static void
test_signatory (Fixture *f, gconstpointer data)
{
  KafRecordPage *page;

  g_free (ADD (f->store, "signatory", NULL, "convention", f->act, "mandate", f->mandate));
  page = open_page (f, "convention", f->act);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "EL OUAFI Nezha"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Minister"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Ministry abroad"));
}

static gpointer
find_holders (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_office_holders_find (db, "", data, KAF_LANG_FR, 10, error);
}

/* Those of the parties on the day come first, in words that tell them apart. */
static void
test_office_holders (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = kaf_display_run (f->store, find_holders, f->act);
  const KafOfficeHolder *first;

  g_assert_cmpuint (found->len, ==, 2);
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->mandate, ==, f->mandate);
  g_assert_true (first->of_party && first->in_office);
  g_assert_nonnull (strstr (first->title, "EL OUAFI Nezha"));
  g_assert_nonnull (strstr (first->title, "Minister"));
  g_assert_nonnull (strstr (first->title, "MRE"));
  g_assert_nonnull (strstr (first->title, "2019–2021"));
  g_assert_false (((KafOfficeHolder *) g_ptr_array_index (found, 1))->of_party);
}

static void
test_presided (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "network", f->network);
  KafPresided *presided = KAF_PRESIDED (page->presided);

  kaf_presided_set_day (presided, "24/06/2020");
  KAF_WAIT (strstr (kaf_presided_get_answer (presided), "AMRANI Samir") != NULL);
  kaf_presided_set_day (presided, "24/06/2010");
  KAF_WAIT (strstr (kaf_presided_get_answer (presided), "Nobody") != NULL);
  /* Within the year that is all that is known of the end. */
  kaf_presided_set_day (presided, "24/06/2022");
  KAF_WAIT (strstr (kaf_presided_get_answer (presided), "perhaps") != NULL);
}

static gpointer
count_members (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "valid_from", "source", NULL };

  return kaf_page_related (db, kaf_registry_find ("membership"), "network", data, columns,
                           KAF_LANG_EN, 100, error);
}

static guint
n_members (Fixture *f, const char *network)
{
  g_autoptr (GPtrArray) rows = kaf_display_run (f->store, count_members, (gpointer) network);

  return rows->len;
}

static GtkWidget *
find_dialog (Fixture *f)
{
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);

      if (window != GTK_WIDGET (f->window) && gtk_widget_get_mapped (window) &&
          kaf_display_find (window, KAF_TYPE_FIELD_ROW) != NULL)
        return window;
    }
  return NULL;
}

static void
test_join (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "network", f->network);
  KafListPage *list;
  GtkWidget *row;
  g_autoptr (GPtrArray) members = NULL;

  gtk_widget_activate_action (GTK_WIDGET (page), "record.add-many", NULL);
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (f->window)));
  list = KAF_LIST_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (kaf_paged_list_get_total (kaf_list_page_get_list (list)) == 2);
  g_assert_true (kaf_display_shows (GTK_WIDGET (list), "Add to Medical network"));
  gtk_widget_activate_action (GTK_WIDGET (list), "list.select-all", NULL);
  gtk_widget_activate_action (GTK_WIDGET (list), "list.join", NULL);
  KAF_WAIT (find_dialog (f) != NULL);
  row = kaf_display_find (find_dialog (f), KAF_TYPE_FIELD_ROW);
  kaf_field_row_set_typed (KAF_FIELD_ROW (row), "2021");
  g_signal_emit_by_name (row, "activated");
  KAF_WAIT (n_members (f, f->network) == 2);
  members = kaf_display_run (f->store, count_members, f->network);
  g_assert_cmpstr (((KafRow *) g_ptr_array_index (members, 0))->raw[0], ==, "2021");

  /* One step takes all back. */
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  KAF_WAIT (n_members (f, f->network) == 0);
}

static gpointer
first_network (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "title", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("network"));
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, query, columns, KAF_LANG_EN, 0, 10, NULL, NULL, error);

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->title, data) == 0)
        return g_strdup (row->id);
    }
  return g_strdup ("");
}

static char *
find_network (Fixture *f, const char *title)
{
  return kaf_display_run (f->store, first_network, (gpointer) title);
}

static gboolean
is_there (Fixture *f, const char *title)
{
  g_autofree char *id = find_network (f, title);

  return *id != '\0';
}

static void
test_new_network (Fixture *f, gconstpointer data)
{
  KafListPage *list;
  KafFormPage *form;
  g_autofree char *id = NULL;

  kaf_window_show_section (f->window, "expert");
  list = KAF_LIST_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (kaf_paged_list_get_total (kaf_list_page_get_list (list)) == 2);
  gtk_widget_activate_action (GTK_WIDGET (list), "list.select-all", NULL);
  gtk_widget_activate_action (GTK_WIDGET (list), "list.new-network", NULL);
  form = await_form (f);
  /* It slides in. */
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (form), "2 persons"));
  type (form, "name_fr", "Network of two");
  type (form, "kind", "network");
  type (form, "basis", "thematic");
  save (form);
  KAF_WAIT (is_there (f, "Network of two"));
  id = find_network (f, "Network of two");
  g_assert_cmpuint (n_members (f, id), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  KAF_WAIT (!is_there (f, "Network of two"));
  g_assert_cmpuint (n_members (f, id), ==, 0);
}

static gpointer
read_coverage (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_coverage_read (db, data, KAF_LANG_EN, error);
}

/* Buttons that add what is missing. */
static guint
count_adding (GtkWidget *widget)
{
  guint n =
      GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                                           "record.add") == 0
          ? 1
          : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_adding (child);
  return n;
}

static GtkWidget *
find_table (KafRecordPage *page)
{
  return kaf_display_find (GTK_WIDGET (page), KAF_TYPE_COVERAGE_TABLE);
}

static void
test_coverage (Fixture *f, gconstpointer data)
{
  g_autofree char *module = ADD (f->store, "training_module", NULL, "programme", f->programme,
                                 "title_fr", "First aid", "domain", "health");
  g_autoptr (KafCoverage) coverage = NULL;
  const KafCoverageRow *health, *ai;
  KafRecordPage *page;

  g_free (ADD (f->store, "training_session", NULL, "module", module, "starts_on", "2026-03-12",
               "present", "17"));
  coverage = kaf_display_run (f->store, read_coverage, f->programme);
  health = g_ptr_array_index (coverage->rows, 0);
  ai = g_ptr_array_index (coverage->rows, 1);
  g_assert_cmpint (health->counts[KAF_COVERAGE_MODULES], ==, 1);
  g_assert_cmpint (health->counts[KAF_COVERAGE_SESSIONS], ==, 1);
  g_assert_cmpint (health->counts[KAF_COVERAGE_CONVENTIONS], ==, 0);
  g_assert_cmpint (ai->counts[KAF_COVERAGE_MODULES], ==, 0);
  g_assert_null (ai->queries[KAF_COVERAGE_SESSIONS]);
  g_assert_cmpint (coverage->present, ==, 17);
  g_assert_cmpint (coverage->target, ==, 100);

  page = open_page (f, "programme", f->programme);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Trainees present: 17"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "none"));
  /* Modules and conventions of one domain, and conventions of the other, are for who may add them alone. */
  g_assert_cmpuint (count_adding (find_table (page)), ==, 3);
  kaf_display_become (f->store, "regional-officer");
  kaf_store_announce (f->store, NULL);
  KAF_WAIT (count_adding (find_table (page)) == 0);
  g_assert_true (kaf_display_shows (find_table (page), "none"));
}

/* The first descendant of that type, one of a closed pop-up as well. */
static GtkWidget *
find_any (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_any (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_field (GtkWidget *widget, const char *field)
{
  if (KAF_IS_FIELD_ROW (widget) &&
      g_str_equal (kaf_field_row_get_field (KAF_FIELD_ROW (widget))->id, field))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_field (child, field);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gpointer
count_signatories (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "mandate", NULL };

  return kaf_page_related (db, kaf_registry_find ("signatory"), "convention", data, columns,
                           KAF_LANG_EN, 10, error);
}

/* Asked again and again. */
static gboolean
has_chosen (KafFieldRow *row, char **chosen)
{
  g_clear_pointer (chosen, g_free);
  return kaf_field_row_check (row, chosen) && *chosen != NULL;
}

/* The mandate of a signatory that nobody has entered yet is made where the signatory is. */
static void
test_new_mandate (Fixture *f, gconstpointer data)
{
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("signatory"), NULL);
  g_autoptr (GPtrArray) signatories = NULL;
  KafReferencePicker *picker;
  GtkWidget *row;
  KafFormPage *form;
  g_autofree char *chosen = NULL;

  kaf_record_set (preset, "convention", f->act);
  kaf_window_open_form_with (f->window, preset);
  form = await_form (f);
  row = GTK_WIDGET (kaf_form_page_get_row (form, "mandate"));
  adw_action_row_activate (ADW_ACTION_ROW (find_any (row, KAF_TYPE_REFERENCE_EDITOR)));
  picker = KAF_REFERENCE_PICKER (find_any (row, KAF_TYPE_REFERENCE_PICKER));
  KAF_WAIT (gtk_widget_get_mapped (GTK_WIDGET (picker)));
  kaf_reference_picker_set_text (picker, "nobody of that name");
  KAF_WAIT (!kaf_reference_picker_is_busy (picker));
  g_assert_cmpuint (kaf_reference_picker_get_n_results (picker), ==, 0);
  /* The line after the results. */
  kaf_reference_picker_activate (picker, 0);
  kaf_field_row_set_value (KAF_FIELD_ROW (find_field (GTK_WIDGET (picker), "person")), f->president,
                           NULL);
  kaf_field_row_set_value (KAF_FIELD_ROW (find_field (GTK_WIDGET (picker), "organisation")),
                           f->office, NULL);
  kaf_field_row_set_typed (KAF_FIELD_ROW (find_field (GTK_WIDGET (picker), "office")), "Director");
  kaf_field_row_set_typed (KAF_FIELD_ROW (find_field (GTK_WIDGET (picker), "valid_from")), "2018");
  g_signal_emit_by_name (kaf_display_find_button (GTK_WIDGET (picker), "Create"), "clicked");
  KAF_WAIT (has_chosen (KAF_FIELD_ROW (row), &chosen));
  g_assert_cmpstr (chosen, !=, f->mandate);
  save (form);
  KAF_WAIT (!KAF_IS_FORM_PAGE (kaf_window_get_page (f->window)));
  signatories = kaf_display_run (f->store, count_signatories, f->act);
  g_assert_cmpuint (signatories->len, ==, 1);
  g_assert_cmpstr (((KafRow *) g_ptr_array_index (signatories, 0))->raw[0], ==, chosen);
  /* Who signed, in the office of the day. */
  open_page (f, "convention", f->act);
  KAF_WAIT (kaf_display_shows (kaf_window_get_page (f->window), "Director"));
}

/* What a file is: from its menu, and in its row. */
static void
test_file_role (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "convention", f->act);
  g_autofree char *path = kaf_display_path ("scan.pdf");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *id = NULL;
  GtkWidget *button;

  g_assert_true (g_file_set_contents (path, "%PDF-1.4 scan", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (page), "record.attach-file", "s", uri);
  KAF_WAIT (page->data->attachments->len == 1);
  id = g_strdup (((KafRow *) g_ptr_array_index (page->data->attachments, 0))->id);
  g_assert_false (kaf_display_shows (page->attachments, "Signed copy"));

  button = find_any (page->attachments, GTK_TYPE_MENU_BUTTON);
  g_assert_nonnull (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  KAF_WAIT (kaf_display_shows (button, "What It Is"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));

  gtk_widget_activate_action (GTK_WIDGET (page), "record.set-file-role", "(ss)", id, "signed");
  KAF_WAIT (kaf_display_shows (page->attachments, "Signed copy"));
  gtk_widget_activate_action (GTK_WIDGET (page), "record.set-file-role", "(ss)", id, "");
  KAF_WAIT (!kaf_display_shows (page->attachments, "Signed copy"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  KAF_WAIT (kaf_display_shows (page->attachments, "Signed copy"));
}

static char *
in_days (int days)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  return kaf_date_add_days (today, days);
}

/* Of each duty its pill, and of all how far they are, party by party and convention by convention. */
static void
test_duties (Fixture *f, gconstpointer data)
{
  g_autofree char *late = in_days (-9);
  g_autofree char *later = in_days (400);
  g_autofree char *duty = ADD (f->store, "commitment", NULL, "convention", f->act, "party",
                               f->ministry, "text_fr", "Report", "due_on", late);
  g_autofree char *other = ADD (f->store, "commitment", NULL, "convention", f->act, "party",
                                f->ministry, "text_fr", "Audit", "due_on", later);
  g_autofree char *third = ADD (f->store, "commitment", NULL, "convention", f->act, "party",
                                f->office, "text_fr", "Rooms", "due_on", later);
  KafRecordPage *page = open_page (f, "convention", f->act);
  GtkWidget *bar;

  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "9 days late"));
  KAF_WAIT (kaf_display_shows (page->duties, "Overdue, 1"));
  g_assert_true (kaf_display_shows (page->duties, "To come, 2"));
  g_assert_false (kaf_display_shows (page->duties, "Done, "));
  g_assert_true (kaf_display_shows (page->duties, "0 of 2 done, 1 overdue"));
  g_assert_true (kaf_display_shows (page->duties, "0 of 1 done"));

  /* Done: the pill and the figures follow. */
  g_free (ADD (f->store, "fulfilment", NULL, "commitment", duty, "done_on", late, "due_on", late));
  KAF_WAIT (kaf_display_shows (page->duties, "Done, 1"));
  KAF_WAIT (!kaf_display_shows (GTK_WIDGET (page), "9 days late"));
  g_assert_true (kaf_display_shows (page->duties, "1 of 2 done"));

  /* The same of the party; a figure opens what it counts. */
  page = open_page (f, "organisation", f->ministry);
  KAF_WAIT (kaf_display_shows (page->duties, "To come, 1"));
  g_assert_true (kaf_display_shows (page->duties, "Framework 2020"));
  g_assert_true (kaf_display_shows (page->duties, "1 of 2 done"));
  bar = kaf_display_find (page->duties, KAF_TYPE_BAR);
  g_signal_emit_by_name (bar, "clicked");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (f->window)));
  KAF_WAIT (kaf_paged_list_get_total (
                kaf_list_page_get_list (KAF_LIST_PAGE (kaf_window_get_page (f->window)))) == 1);
}

/* On the programme's own page, module by module. */
static void
test_sessions (Fixture *f, gconstpointer data)
{
  g_autofree char *module = ADD (f->store, "training_module", NULL, "programme", f->programme,
                                 "title_fr", "First aid", "domain", "health");
  g_autofree char *without = ADD (f->store, "training_module", NULL, "programme", f->programme,
                                  "title_fr", "Learning machines", "domain", "ai");
  KafRecordPage *page = open_page (f, "programme", f->programme);

  KAF_WAIT (kaf_display_shows (page->sessions, "No session is planned."));
  g_free (ADD (f->store, "training_session", NULL, "module", module, "starts_on", "2026-03-12",
               "place", "Tiznit", "present", "17"));
  KAF_WAIT (kaf_display_shows (page->sessions, "First aid"));
  g_assert_true (kaf_display_shows (page->sessions, "Tiznit"));
  g_assert_true (kaf_display_shows (page->sessions, "17"));
  g_assert_false (kaf_display_shows (page->sessions, "Learning machines"));
  g_assert_false (kaf_display_shows (page->sessions, "See All"));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *day = g_strdup_printf ("2026-04-1%u", i);

      g_free (ADD (f->store, "training_session", NULL, "module", module, "starts_on", day));
    }
  KAF_WAIT (kaf_display_shows (page->sessions, "See All"));
}

typedef struct
{
  KafRecordData *data;
  gboolean done;
} Reading;

static void
on_data (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;

  reading->data = kaf_record_data_read_finish (KAF_STORE (source), result, NULL);
  reading->done = TRUE;
}

static void
add_many (Fixture *f)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("import");
  g_autoptr (KafChangeSet) ties = kaf_change_set_new ("import");
  g_autoptr (KafReceipt) receipt = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *name = g_strdup_printf ("Member%u", i);

      kaf_record_set (person, "family_name", name);
      kaf_change_set_create (set, person);
    }
  receipt = kaf_display_commit (f->store, set);
  for (guint i = 0; i < receipt->ids->len; i++)
    {
      g_autoptr (KafRecord) tie = kaf_record_new (kaf_registry_find ("membership"), NULL);

      kaf_record_set (tie, "person", g_ptr_array_index (receipt->ids, i));
      kaf_record_set (tie, "network", f->network);
      kaf_change_set_create (ties, tie);
    }
  kaf_receipt_unref (kaf_display_commit (f->store, ties));
}

static void
test_big_network (Fixture *f, gconstpointer data)
{
  double least = G_MAXDOUBLE;

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  add_many (f);
  for (guint i = 0; i < 10; i++)
    {
      Reading reading = { 0 };
      gint64 start = g_get_monotonic_time ();

      kaf_record_data_read_async (f->store, kaf_registry_find ("network"), f->network, NULL,
                                  KAF_LANG_FR, NULL, on_data, &reading);
      KAF_WAIT (reading.done);
      g_assert_nonnull (reading.data);
      least = MIN (least, (double) (g_get_monotonic_time () - start) / 1000);
      kaf_record_data_free (reading.data);
    }
  g_test_minimized_result (least, "page of a network of %d members read in %.1f ms", MANY, least);
  g_assert_cmpfloat (least, <, 50);
}

#define CASE(name, func)                                                                           \
  g_test_add (name, Fixture, "partners-" #func ".db", set_up, func, tear_down)

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  CASE ("/partners/amendment", test_amendment);
  CASE ("/partners/only-for-amendments", test_only_for_amendments);
  CASE ("/partners/signatory", test_signatory);
  CASE ("/partners/office-holders", test_office_holders);
  CASE ("/partners/presided", test_presided);
  CASE ("/partners/join", test_join);
  CASE ("/partners/new-network", test_new_network);
  CASE ("/partners/coverage", test_coverage);
  CASE ("/partners/new-mandate", test_new_mandate);
  CASE ("/partners/file-role", test_file_role);
  CASE ("/partners/duties", test_duties);
  CASE ("/partners/sessions", test_sessions);
  CASE ("/partners/big-network", test_big_network);
  return kaf_display_finish (g_test_run ());
}
