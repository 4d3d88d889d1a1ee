/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a record, driven by its actions: open, step, mend in place, undo, files, related records,
 * availability, delete and restore, erase, right to left. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-copies.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "ui/compat/kaf-banner.h"
#include "ui/form/kaf-field-row.h"
#include "ui/record/kaf-availability-plan.h"
#include "ui/record/kaf-availability-section.h"
#include "ui/record/kaf-erase-dialog.h"
#include "ui/record/kaf-fact-editor.h"
#include "ui/record/kaf-fact-list.h"
#include "ui/record/kaf-history-window.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-page-private.h"
#include "ui/record/kaf-related-list.h"

typedef struct
{
  KafWindow *window;
  KafStore *store;
  char *salma, *karim;
  KafRecordPage *page;
} Fixture;

static void
update (KafStore *store, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, field, value);
  kaf_change_set_update (set, record);
  receipt = kaf_display_commit (store, set);
}

static gboolean
is_settled (Fixture *f)
{
  return kaf_record_page_is_settled (f->page) && f->page->data != NULL;
}

static void
open_page (Fixture *f, KafPagedList *list, guint position)
{
  GtkWidget *page;

  kaf_window_open_record (f->window, kaf_registry_find ("expert"), f->salma, list, position);
  page = kaf_window_get_page (f->window);
  g_assert_true (KAF_IS_RECORD_PAGE (page));
  f->page = KAF_RECORD_PAGE (page);
  KAF_WAIT (is_settled (f));
}

static void
set_up (Fixture *f, gconstpointer name)
{
  f->window = kaf_display_open (name);
  f->store = kaf_window_get_store (f->window);
  f->salma = kaf_display_add_expert (f->store, "Bennis", "Salma", "بنيس", "سلمى");
  f->karim = kaf_display_add_expert (f->store, "Zeroual", "Karim", "زروال", "كريم");
  update (f->store, "person", f->salma, "phones", "+4915155500142");
  update (f->store, "person", f->salma, "city", "Munich");
  open_page (f, NULL, GTK_INVALID_LIST_POSITION);
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  g_free (f->salma);
  g_free (f->karim);
}

static void
activate (Fixture *f, const char *action, GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (f->page), action, sunk));
}

static void
test_open (Fixture *f, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (f->page);

  g_assert_true (kaf_display_shows (page, "BENNIS Salma"));
  g_assert_true (kaf_display_shows (page, "سلمى بنيس"));
  g_assert_true (kaf_display_shows (page, "Munich"));
  g_assert_true (kaf_display_shows (page, "+49"));
  g_assert_true (kaf_display_shows (page, "EXP-"));
  g_assert_false (f->page->data->deleted);
  g_assert_cmpuint (f->page->data->history->len, >, 0);
}

/* The page that was left shows the next record, and never the one before. */
static void
test_open_another (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = f->page;

  kaf_window_back (f->window);
  g_assert_false (kaf_record_page_is_settled (page));
  kaf_window_open_record (f->window, kaf_registry_find ("expert"), f->karim, NULL,
                          GTK_INVALID_LIST_POSITION);
  g_assert_true (kaf_window_get_page (f->window) == GTK_WIDGET (page));
  g_assert_false (kaf_record_page_is_settled (page));
  g_assert_false (gtk_widget_get_child_visible (page->scrolled));
  KAF_WAIT (is_settled (f));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "ZEROUAL Karim"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "BENNIS Salma"));

  /* What changes may be its record: nothing of it is kept then. */
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  kaf_window_back (f->window);
  g_assert_nonnull (page);
  update (f->store, "person", f->karim, "city", "Oujda");
  KAF_WAIT (page == NULL);
}

/* The page that was kept still holds the record before: nothing may be done to that. */
static void
test_open_missing (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "delete", "erase", "confirm", "copy-phone", "undo" };
  KafRecordPage *page = f->page;

  kaf_window_back (f->window);
  kaf_window_open_record (f->window, kaf_registry_find ("expert"),
                          "01900000-0000-7000-8000-000000000000", NULL, GTK_INVALID_LIST_POSITION);
  g_assert_true (kaf_window_get_page (f->window) == GTK_WIDGET (page));
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_false (
            g_action_group_get_action_enabled (G_ACTION_GROUP (page->actions), names[i]));
      KAF_WAIT (page->settled);
    }
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (page->stack)), ==, "problem");
}

static void
test_step (Fixture *f, gconstpointer data)
{
  const char *const columns[] = { "title", NULL };
  g_autoptr (KafPagedList) list = kaf_paged_list_new (f->store, columns, KAF_LANG_EN);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));

  kaf_paged_list_set_query (list, query);
  KAF_WAIT (kaf_paged_list_get_total (list) == 2);
  kaf_record_page_set_list (f->page, list, 0);
  KAF_WAIT (is_settled (f));
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "1 of 2"));

  activate (f, "record.next", NULL);
  /* The one before stays until the next is there. */
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "BENNIS Salma"));
  KAF_WAIT (strcmp (kaf_record_page_get_id (f->page), f->karim) == 0 && is_settled (f));
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "ZEROUAL Karim"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "2 of 2"));
  /* What stands under the first cards comes a frame later, and is of the same record. */
  g_assert_false (gtk_widget_get_visible (f->page->rests[0]));
  KAF_WAIT (gtk_widget_get_visible (f->page->rests[0]));
  g_assert_true (gtk_widget_get_visible (f->page->rests[1]));
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (f->page), "record.next", NULL) &&
                  g_action_group_get_action_enabled (G_ACTION_GROUP (f->page->actions), "next"));

  activate (f, "record.previous", NULL);
  KAF_WAIT (strcmp (kaf_record_page_get_id (f->page), f->salma) == 0 && is_settled (f));
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "BENNIS Salma"));
}

static GtkWidget *
find_fact (GtkWidget *widget, const char *field)
{
  if (KAF_IS_FACT_LIST (widget))
    return kaf_fact_list_find_row (KAF_FACT_LIST (widget), field);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_fact (child, field);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static void
edit_phone (Fixture *f, const char *typed)
{
  GtkWidget *row = find_fact (GTK_WIDGET (f->page), "phones");
  GPtrArray *rows;

  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  g_assert_nonnull (f->page->editor);
  rows = kaf_fact_editor_get_rows (KAF_FACT_EDITOR (f->page->editor));
  g_assert_cmpuint (rows->len, ==, 1);
  kaf_field_row_set_typed (g_ptr_array_index (rows, 0), typed);
  kaf_fact_editor_save (KAF_FACT_EDITOR (f->page->editor));
}

static const char *
shown_phone (Fixture *f)
{
  return kaf_record_data_get (f->page->data, "phones");
}

static void
test_edit_in_place (Fixture *f, gconstpointer data)
{
  g_autofree char *batch = NULL;

  edit_phone (f, "+49 151 5550 0199");
  KAF_WAIT (g_strcmp0 (shown_phone (f), "+4915155500199") == 0);
  KAF_WAIT (f->page->editor == NULL);

  batch = g_strdup (((KafHistoryItem *) g_ptr_array_index (f->page->data->history, 0))->batch);
  activate (f, "record.undo", g_variant_new_string (batch));
  KAF_WAIT (g_strcmp0 (shown_phone (f), "+4915155500142") == 0);
}

static gboolean
offers (Fixture *f, const char *field)
{
  GtkWidget *row = find_fact (GTK_WIDGET (f->page), field);

  return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row));
}

/* Who may not change a field is offered no pencil for it. */
static void
test_edit_role (Fixture *f, gconstpointer data)
{
  update (f->store, "person", f->salma, "birth_year", "1980");
  KAF_WAIT (g_strcmp0 (kaf_record_data_get (f->page->data, "birth_year"), "1980") == 0);
  g_assert_true (offers (f, "birth_year"));
  kaf_display_become (f->store, "regional-officer");
  KAF_WAIT (!offers (f, "birth_year"));
  g_assert_true (offers (f, "phones"));
}

static gpointer
read_as_it_came (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_one_read_raw (db, kaf_registry_find ("person"), data, error);
}

/* Another device judged the record of this page to be one with that which is shown for it now: what is changed here is
 * changed of what is shown, and nothing of the other is written into this one. */
static void
test_edit_one (Fixture *f, gconstpointer data)
{
  const KafJudging judging = { .entity = kaf_registry_find ("person"),
                               .a = f->salma,
                               .b = f->karim,
                               .verdict = KAF_VERDICT_SAME,
                               .likelihood = -1 };
  g_autoptr (KafChangeSet) judgement = kaf_judge (&judging);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafRecord) raw = NULL;

  update (f->store, "person", f->karim, "phones", "+4915155500177");
  kaf_window_open_record (f->window, kaf_registry_find ("expert"), f->karim, NULL,
                          GTK_INVALID_LIST_POSITION);
  f->page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (is_settled (f));
  receipt = kaf_display_commit (f->store, judgement);
  KAF_WAIT (strcmp (kaf_record_page_get_id (f->page), f->salma) == 0 && is_settled (f));
  g_assert_true (kaf_set_contains (shown_phone (f), "+4915155500142"));

  edit_phone (f, "+4915155500142\n+4915155500177\n+4915155500188");
  KAF_WAIT (kaf_set_contains (shown_phone (f), "+4915155500188"));
  raw = kaf_display_run (f->store, read_as_it_came, f->karim);
  g_assert_cmpstr (kaf_record_get (raw, "phones"), ==, "+4915155500177");

  /* Taken back, the page is again of the one that was opened. */
  activate (f, "record.undo", g_variant_new_string (receipt->batch));
  KAF_WAIT (strcmp (kaf_record_page_get_id (f->page), f->karim) == 0 && is_settled (f));
  g_assert_cmpstr (shown_phone (f), ==, "+4915155500177");
}

/* What is wrong is told at the row, and nothing is written. */
static void
test_edit_refused (Fixture *f, gconstpointer data)
{
  GPtrArray *rows;

  edit_phone (f, "12");
  rows = kaf_fact_editor_get_rows (KAF_FACT_EDITOR (f->page->editor));
  g_assert_nonnull (kaf_field_row_get_error (g_ptr_array_index (rows, 0)));
  g_assert_true (gtk_widget_get_visible (f->page->editor));
  g_assert_cmpstr (shown_phone (f), ==, "+4915155500142");
}

static KafFieldRow *
get_edited (Fixture *f)
{
  return g_ptr_array_index (kaf_fact_editor_get_rows (KAF_FACT_EDITOR (f->page->editor)), 0);
}

/* What others made of it while the pop-up was open is told before it is written over. */
static void
test_edit_told (Fixture *f, gconstpointer data)
{
  GtkWidget *row = find_fact (GTK_WIDGET (f->page), "phones");

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  kaf_field_row_set_typed (get_edited (f), "+49 151 5550 0199");
  update (f->store, "person", f->salma, "phones", "+4915155500177");
  KAF_WAIT (kaf_field_row_get_news (get_edited (f)) != NULL);
  g_assert_nonnull (strstr (kaf_field_row_get_news (get_edited (f)), "77"));
  g_assert_true (gtk_widget_get_visible (f->page->editor));
  kaf_fact_editor_save (KAF_FACT_EDITOR (f->page->editor));
  KAF_WAIT (f->page->editor == NULL && g_strcmp0 (shown_phone (f), "+4915155500199") == 0);
}

/* A refresh waits for the person who types. */
static void
test_edit_not_disturbed (Fixture *f, gconstpointer data)
{
  GtkWidget *row = find_fact (GTK_WIDGET (f->page), "phones");

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  update (f->store, "person", f->salma, "city", "Berlin");
  KAF_WAIT (f->page->stale);
  g_assert_true (gtk_widget_get_visible (f->page->editor));
  gtk_popover_popdown (GTK_POPOVER (f->page->editor));
  KAF_WAIT (g_strcmp0 (kaf_record_data_get (f->page->data, "city"), "Berlin") == 0);
}

/* The kind of the first file, as the page has read it, the sixth of its columns. */
static const char *
get_role (Fixture *f)
{
  const KafRow *row = g_ptr_array_index (f->page->data->attachments, 0);

  return row->raw[5];
}

static guint
count_pills (GtkWidget *widget)
{
  guint n = KAF_IS_PILL (widget) && gtk_widget_get_visible (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_pills (child);
  return n;
}

static void
test_files (Fixture *f, gconstpointer data)
{
  g_autofree char *path = kaf_display_path ("CV Salma.txt");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  KafAttachmentList *list = KAF_ATTACHMENT_LIST (f->page->attachments);
  g_autofree char *id = NULL;

  g_assert_true (g_file_set_contents (path, "one page", -1, NULL));
  activate (f, "record.attach-file", g_variant_new_string (uri));
  KAF_WAIT (kaf_attachment_list_get_n_files (list) == 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (list), "CV Salma.txt"));
  id = g_strdup (((KafRow *) g_ptr_array_index (f->page->data->attachments, 0))->id);

  activate (f, "record.set-cv", g_variant_new_string (id));
  KAF_WAIT (g_strcmp0 (kaf_record_data_get (f->page->data, "cv"), id) == 0);
  KAF_WAIT (count_pills (GTK_WIDGET (list)) == 1);
  /* That it is of that kind says nothing more; another kind does. */
  update (f->store, "attachment", id, "role", "cv");
  KAF_WAIT (get_role (f) != NULL && g_str_equal (get_role (f), "cv"));
  g_assert_cmpuint (count_pills (GTK_WIDGET (list)), ==, 1);
  update (f->store, "attachment", id, "role", "evidence");
  KAF_WAIT (get_role (f) != NULL && g_str_equal (get_role (f), "evidence"));
  KAF_WAIT (count_pills (GTK_WIDGET (list)) == 2);
  activate (f, "record.remove-file", g_variant_new_string (id));
  KAF_WAIT (kaf_attachment_list_get_n_files (list) == 0);
  g_assert_null (kaf_record_data_get (f->page->data, "cv"));
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GFile **file = user_data;
  g_autoptr (GError) error = NULL;

  *file = kaf_file_copy_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* A copy to look at keeps its name, lies apart and goes at the end. */
static void
test_copy (Fixture *f, gconstpointer data)
{
  g_autofree char *path = kaf_display_path ("Diplôme.txt");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GFile) copy = NULL;
  g_autofree char *name = NULL;

  g_assert_true (g_file_set_contents (path, "degree", -1, NULL));
  activate (f, "record.attach-file", g_variant_new_string (uri));
  KAF_WAIT (f->page->data->attachments->len == 1);
  kaf_file_copy_async (f->store, ((KafRow *) g_ptr_array_index (f->page->data->attachments, 0))->id,
                       NULL, NULL, on_copied, &copy);
  KAF_WAIT (copy != NULL);
  name = g_file_get_basename (copy);
  g_assert_cmpstr (name, ==, "Diplôme.txt");
  g_assert_true (g_file_query_exists (copy, NULL));
  kaf_copies_forget_own ();
  g_assert_false (g_file_query_exists (copy, NULL));
}

static void
test_delete_and_restore (Fixture *f, gconstpointer data)
{
  KafBanner *banner = KAF_BANNER (f->page->banner);

  activate (f, "record.delete", NULL);
  KAF_WAIT (f->page->data->deleted && is_settled (f));
  g_assert_true (kaf_banner_get_revealed (banner));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (f->page->actions), "edit"));

  activate (f, "record.restore", NULL);
  KAF_WAIT (!f->page->data->deleted && is_settled (f));
  g_assert_false (kaf_banner_get_revealed (banner));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (f->page->actions), "edit"));
}

static void
test_confirm (Fixture *f, gconstpointer data)
{
  activate (f, "record.confirm", NULL);
  KAF_WAIT (g_strcmp0 (kaf_record_data_get (f->page->data, "confirmed_on"), f->page->data->today) ==
            0);
}

static char *
add_network (Fixture *f)
{
  g_autoptr (KafRecord) organisation =
      kaf_record_new (kaf_registry_find ("organisation"), "11111111-1111-7111-8111-111111111111");
  g_autoptr (KafRecord) network =
      kaf_record_new (kaf_registry_find ("network"), "11111111-1111-7111-8111-111111111111");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (organisation, "name_fr", "Réseau d'essai");
  kaf_record_set (organisation, "kind", "network");
  kaf_record_set (network, "basis", "thematic");
  kaf_change_set_create (set, organisation);
  kaf_change_set_create (set, network);
  receipt = kaf_display_commit (f->store, set);
  return g_strdup ("11111111-1111-7111-8111-111111111111");
}

static KafRelatedList *
find_related (Fixture *f, const char *shown)
{
  for (guint i = 0; i < f->page->related->len; i++)
    {
      if (kaf_display_shows (g_ptr_array_index (f->page->related, i), shown))
        return g_ptr_array_index (f->page->related, i);
    }
  return NULL;
}

static void
test_related (Fixture *f, gconstpointer data)
{
  g_autofree char *network = add_network (f);
  g_autoptr (KafRecord) membership = kaf_record_new (kaf_registry_find ("membership"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  KafRelatedList *list;

  kaf_record_set (membership, "person", f->salma);
  kaf_record_set (membership, "network", network);
  kaf_record_set (membership, "valid_from", "2019-03-14");
  kaf_change_set_create (set, membership);
  receipt = kaf_display_commit (f->store, set);
  KAF_WAIT (find_related (f, "Réseau d'essai") != NULL);
  list = find_related (f, "Réseau d'essai");
  g_assert_cmpuint (kaf_related_list_get_n_rows (list), ==, 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (list), "member since"));

  activate (f, "record.remove-related",
            g_variant_new ("(ss)", "membership", g_ptr_array_index (receipt->ids, 0)));
  KAF_WAIT (kaf_related_list_get_n_rows (list) == 0);

  /* The other end opens, as the network that it is. */
  activate (f, "record.open", g_variant_new ("(ss)", "organisation", network));
  KAF_WAIT (kaf_window_get_page (f->window) != GTK_WIDGET (f->page));
  f->page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (is_settled (f));
  g_assert_cmpstr (kaf_record_page_get_entity (f->page)->id, ==, "network");
  g_assert_true (kaf_display_shows (GTK_WIDGET (f->page), "Réseau d'essai"));
}

static const char *
state_of (Fixture *f, guint day, guint half)
{
  KafAvailabilityPlan plan;

  kaf_availability_plan_fill (&plan, f->page->data->availability, f->page->data->today);
  return plan.states[day][half];
}

static void
test_availability (Fixture *f, gconstpointer data)
{
  KafAvailabilityPlan plan;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *middle = NULL;

  kaf_availability_plan_fill (&plan, NULL, f->page->data->today);
  from = kaf_availability_plan_date (&plan, 5);
  middle = kaf_availability_plan_date (&plan, 7);
  to = kaf_availability_plan_date (&plan, 9);
  activate (f, "record.set-availability", g_variant_new ("(ssss)", from, to, "day", "free"));
  KAF_WAIT (g_strcmp0 (state_of (f, 9, 1), "free") == 0);

  activate (f, "record.set-availability", g_variant_new ("(ssss)", middle, middle, "am", "busy"));
  KAF_WAIT (g_strcmp0 (state_of (f, 7, 0), "busy") == 0);
  g_assert_cmpstr (state_of (f, 7, 1), ==, "free");
  g_assert_cmpstr (state_of (f, 6, 0), ==, "free");
  g_assert_cmpstr (state_of (f, 8, 0), ==, "free");
  g_assert_null (state_of (f, 10, 0));

  activate (f, "record.set-availability", g_variant_new ("(ssss)", from, to, "day", ""));
  KAF_WAIT (f->page->data->availability->len == 0);
  g_assert_null (state_of (f, 5, 0));
}

static void
test_availability_keys (Fixture *f, gconstpointer data)
{
  KafAvailabilityGrid *grid =
      kaf_availability_section_get_grid (KAF_AVAILABILITY_SECTION (f->page->availability));
  GtkWidget *first = kaf_availability_grid_get_cell (grid, 0, 0);

  g_assert_true (gtk_widget_get_focusable (first));
  g_assert_false (gtk_widget_get_focusable (kaf_availability_grid_get_cell (grid, 0, 1)));
  g_assert_true (gtk_widget_get_has_tooltip (GTK_WIDGET (grid)));
  KAF_WAIT (gtk_widget_get_visible (f->page->rests[0]));
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

static void
test_history (Fixture *f, gconstpointer data)
{
  GtkWindow *window;

  activate (f, "record.history", NULL);
  window = find_window (KAF_TYPE_HISTORY_WINDOW);
  g_assert_nonnull (window);
  KAF_WAIT (kaf_history_window_get_n_items (KAF_HISTORY_WINDOW (window)) > 0);
  gtk_window_destroy (window);
}

static void
test_erase (Fixture *f, gconstpointer data)
{
  KafEraseDialog *dialog;
  KafRecordPage *page = f->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  activate (f, "record.erase", NULL);
  dialog = KAF_ERASE_DIALOG (find_window (KAF_TYPE_ERASE_DIALOG));
  g_assert_nonnull (dialog);
  g_assert_false (kaf_erase_dialog_erase (dialog));
  kaf_erase_dialog_set_reason (dialog, "Asked for by the person");
  g_assert_true (kaf_erase_dialog_erase (dialog));
  KAF_WAIT (find_window (KAF_TYPE_ERASE_DIALOG) == NULL);
  KAF_WAIT (page == NULL);
}

static gpointer
erase (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_erase (db, kaf_registry_find ("person"), data, "asked", error);
  return NULL;
}

/* The page of a record that is erased elsewhere says so, and sends nobody to look for it. */
static void
test_erased_elsewhere (Fixture *f, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (f->page);

  kaf_display_run (f->store, erase, f->salma);
  kaf_store_announce (f->store, NULL);
  KAF_WAIT (kaf_display_shows (page, "erased for good on this computer"));
  g_assert_false (kaf_display_shows (page, "look for it again"));

  kaf_display_become (f->store, "agent");
  kaf_store_announce (f->store, NULL);
  KAF_WAIT (kaf_display_shows (page, "by order of the data-protection officer"));
}

/* In Arabic the picture stands to the right, and everything after it to the left. */
static void
test_right_to_left (Fixture *f, gconstpointer data)
{
  graphene_rect_t start, end;
  GtkWidget *header = f->page->header;

  KAF_WAIT (gtk_widget_get_width (header) > 0);
  g_assert_true (gtk_widget_compute_bounds (f->page->attachments, GTK_WIDGET (f->page), &start));
  g_assert_true (gtk_widget_compute_bounds (f->page->history, GTK_WIDGET (f->page), &end));
  g_assert_cmpfloat (start.origin.x, <=, end.origin.x);

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gtk_widget_queue_resize (GTK_WIDGET (f->window));
  open_page (f, NULL, GTK_INVALID_LIST_POSITION);
  KAF_WAIT (gtk_widget_get_width (f->page->history) > 0);
  g_assert_true (gtk_widget_compute_bounds (f->page->attachments, GTK_WIDGET (f->page), &start));
  g_assert_true (gtk_widget_compute_bounds (f->page->history, GTK_WIDGET (f->page), &end));
  g_assert_cmpfloat (start.origin.x, >=, end.origin.x);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static KafRow *
period (const char *id, const char *from, const char *to, const char *part, const char *kind)
{
  KafRow *row = g_new0 (KafRow, 1);
  const char *raw[] = { from, to, part, kind, NULL, "Europe/Berlin" };

  g_atomic_ref_count_init (&row->refs);
  row->entity = kaf_registry_find ("availability");
  row->id = g_strdup (id);
  row->n_cells = G_N_ELEMENTS (raw);
  row->cells = g_new0 (char *, row->n_cells + 1);
  row->raw = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    row->raw[i] = g_strdup (raw[i]);
  return row;
}

static char *
describe (const KafChange *change)
{
  static const char *const kinds[] = { "create", "update", "delete", "restore" };
  const KafRecord *record = change->record;

  if (change->kind == KAF_CHANGE_DELETE)
    return g_strdup_printf ("delete %s", kaf_record_get_id (record));
  return g_strdup_printf ("%s %s %s %s", kinds[change->kind], kaf_record_get (record, "valid_from"),
                          kaf_record_get (record, "valid_to"), kaf_record_get (record, "part"));
}

static void
assert_change (const GPtrArray *rows,
               const char *from,
               const char *to,
               const char *part,
               const char *kind,
               const char *expected)
{
  g_autoptr (KafChangeSet) set = kaf_availability_plan_change (rows, "p", from, to, part, kind);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kaf_change_set_get_size (set); i++)
    {
      g_autofree char *line = describe (kaf_change_set_get (set, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", line);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_plan_change (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_row_unref);

  g_ptr_array_add (rows, period ("one", "2026-11-02", "2026-11-06", "day", "free"));
  assert_change (rows, "2026-11-04", "2026-11-04", "day", "busy",
                 "update 2026-11-02 2026-11-03 day; create 2026-11-05 2026-11-06 day; "
                 "create 2026-11-04 2026-11-04 day");
  assert_change (rows, "2026-11-02", "2026-11-06", "pm", NULL, "update 2026-11-02 2026-11-06 am");
  assert_change (rows, "2026-11-01", "2026-11-30", "day", NULL, "delete one");
  assert_change (rows, "2026-11-07", "2026-11-08", "day", NULL, "");
  assert_change (rows, "2026-11-06", "2026-11-10", "am", "tentative",
                 "update 2026-11-02 2026-11-05 day; create 2026-11-06 2026-11-06 pm; "
                 "create 2026-11-06 2026-11-10 am");
}

static void
test_plan_fill (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_row_unref);
  KafAvailabilityPlan plan;

  g_ptr_array_add (rows, period ("one", "2026-11-16", "2026-11-27", "day", "free"));
  g_ptr_array_add (rows, period ("two", "2026-11-17", "2026-11-17", "pm", "busy"));
  /* A Sunday belongs to the week before it. */
  kaf_availability_plan_fill (&plan, rows, "2026-11-22");
  g_assert_cmpstr (plan.monday, ==, "2026-11-16");
  g_assert_cmpstr (plan.states[0][0], ==, "free");
  g_assert_cmpstr (plan.states[1][0], ==, "free");
  g_assert_cmpstr (plan.states[1][1], ==, "busy");
  g_assert_cmpstr (plan.states[9][1], ==, "free");
  g_assert_null (plan.states[10][0]);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/record-page/" path, Fixture, path, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");

  g_test_add_func ("/availability-plan/change", test_plan_change);
  g_test_add_func ("/availability-plan/fill", test_plan_fill);
  ADD ("open", test_open);
  ADD ("open-another", test_open_another);
  ADD ("open-missing", test_open_missing);
  ADD ("step", test_step);
  ADD ("edit-in-place", test_edit_in_place);
  ADD ("edit-role", test_edit_role);
  ADD ("edit-one", test_edit_one);
  ADD ("edit-refused", test_edit_refused);
  ADD ("edit-not-disturbed", test_edit_not_disturbed);
  ADD ("edit-told", test_edit_told);
  ADD ("files", test_files);
  ADD ("copy", test_copy);
  ADD ("delete-and-restore", test_delete_and_restore);
  ADD ("confirm", test_confirm);
  ADD ("related", test_related);
  ADD ("availability", test_availability);
  ADD ("availability-keys", test_availability_keys);
  ADD ("history", test_history);
  ADD ("erase", test_erase);
  ADD ("erased-elsewhere", test_erased_elsewhere);
  ADD ("right-to-left", test_right_to_left);

  return kaf_display_finish (g_test_run ());
}
