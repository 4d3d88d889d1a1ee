/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions, networks and programmes by the actions of their pages: an amendment is entered and the act says what
 * it changed; who signed and who presided; members joined from the list; a network made of a selection; coverage.
 * With -m perf: how long the page of a network of 5 000 members takes to read. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "store/kaf-office-holders.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-form-page.h"
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

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gpointer
run (KafStore *store, KafStoreJob func, gpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer answer;

  kaf_store_run_async (store, KAF_LANE_READ, func, data, NULL, NULL, NULL, on_done, &result);
  KAF_WAIT (result != NULL);
  answer = kaf_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  return answer;
}

/* Those of the parties on the day come first, in words that tell them apart. */
static void
test_office_holders (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = run (f->store, find_holders, f->act);
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
  g_autoptr (GPtrArray) rows = run (f->store, count_members, (gpointer) network);

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
  members = run (f->store, count_members, f->network);
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
  return run (f->store, first_network, (gpointer) title);
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
  g_assert_true (kaf_display_shows (GTK_WIDGET (form), "2 persons"));
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
  coverage = run (f->store, read_coverage, f->programme);
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
  CASE ("/partners/big-network", test_big_network);
  return kaf_display_finish (g_test_run ());
}
