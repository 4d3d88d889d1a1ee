/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project holders by the actions of their pages: registered with a first project in one batch, a contact noted and
 * corrected, a stage changed, both sides of a person, a portfolio handed over and back, relays answered, one notice a
 * day. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/form/kaf-form-page.h"
#include "ui/holder/kaf-handover-window.h"
#include "ui/holder/kaf-holder-log.h"
#include "ui/holder/kaf-holder-panel.h"
#include "ui/holder/kaf-relays-page.h"
#include "ui/holder/kaf-reminder.h"
#include "ui/holder/kaf-rules-window.h"
#include "ui/holder/kaf-segmentation.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-field-dialog.h"
#include "ui/record/kaf-record-page-private.h"

typedef struct
{
  KafWindow *window;
  KafStore *store;
  char *person, *project;
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

static char *
today_plus (int days)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  return kaf_date_add_days (today, days);
}

static void
set_up (Fixture *f, gconstpointer name)
{
  f->window = kaf_display_open (name);
  f->store = kaf_window_get_store (f->window);
  f->person = ADD (f->store, "person", NULL, "family_name", "Ouhammou", "given_name", "Yassine");
  g_free (ADD (f->store, "project_holder", f->person, "counsellor", "alaoui"));
  f->project = ADD (f->store, "project", NULL, "person", f->person, "title_fr", "Argan", "amount",
                    "420000000 MAD", "secured", "168000000 MAD", "jobs", "18");
  g_free (ADD (f->store, "project_stage", NULL, "project", f->project, "stage", "idea",
               "reached_on", "2025-02-03"));
}

static gboolean
on_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  g_free (f->person);
  g_free (f->project);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static char *
read_field (KafStore *store, const char *entity, const char *id, const char *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KafRecord) record = NULL;

  kaf_store_load_async (store, kaf_registry_find (entity), id, NULL, keep_result, &result);
  KAF_WAIT (result != NULL);
  record = kaf_store_load_finish (store, result, NULL);
  return record != NULL ? g_strdup (kaf_record_get (record, field)) : NULL;
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

static const KafHolderView *
get_view (KafRecordPage *page)
{
  return kaf_holder_panel_get_view (KAF_HOLDER_PANEL (page->holder));
}

/* The window of that type that is open; NULL: none. */
static GtkWidget *
find_window (GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (all, i);

      if (g_type_is_a (G_OBJECT_TYPE (one), type) && gtk_widget_get_visible (one))
        return one;
    }
  return NULL;
}

static KafFieldDialog *
await_dialog (void)
{
  KAF_WAIT (find_window (KAF_TYPE_FIELD_DIALOG) != NULL);
  return KAF_FIELD_DIALOG (find_window (KAF_TYPE_FIELD_DIALOG));
}

static void
type_in (KafFieldDialog *dialog, const char *field, const char *typed)
{
  g_assert_nonnull (kaf_field_dialog_find_row (dialog, field));
  kaf_field_row_set_typed (kaf_field_dialog_find_row (dialog, field), typed);
}

static void
save_dialog (KafFieldDialog *dialog)
{
  g_assert_true (kaf_field_dialog_save (dialog));
  KAF_WAIT (find_window (KAF_TYPE_FIELD_DIALOG) == NULL);
}

static gint64
count (KafWindow *window, const char *section)
{
  GtkWidget *sidebar = kaf_display_find (GTK_WIDGET (window), KAF_TYPE_SIDEBAR);

  return kaf_sidebar_get_count (KAF_SIDEBAR (sidebar), section);
}

/* Ctrl+N in the section: the person, the holder, the project and its stage are one batch, and one undo. */
static void
test_register (Fixture *f, gconstpointer data)
{
  KafFormPage *form;
  KafRecordPage *page;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.section", "s", "project_holder");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.new", NULL);
  KAF_WAIT (KAF_IS_FORM_PAGE (kaf_window_get_page (f->window)) &&
            kaf_form_page_is_ready (KAF_FORM_PAGE (kaf_window_get_page (f->window))));
  form = KAF_FORM_PAGE (kaf_window_get_page (f->window));
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "family_name"), "Idrissi");
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "given_name"), "Salma");
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "title_fr"), "Saffron of Taliouine");
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "stage"), "study");
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "reached_on"), "2026-03-02");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (f->window)));
  page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (page->holder != NULL && get_view (page) != NULL);
  g_assert_cmpuint (get_view (page)->projects->len, ==, 1);
  g_assert_cmpstr (
      ((KafHolderProjectView *) g_ptr_array_index (get_view (page)->projects, 0))->stage, ==,
      "study");
  KAF_WAIT (count (f->window, "project_holder") == 2);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  KAF_WAIT (count (f->window, "project_holder") == 1);
}

/* Nothing typed for a project: the holder alone. */
static void
test_register_alone (Fixture *f, gconstpointer data)
{
  KafRecordPage *page;
  KafFormPage *form;

  kaf_window_open_form (f->window, kaf_registry_find ("project_holder"), NULL);
  form = KAF_FORM_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "family_name"), "Idrissi");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (f->window)));
  page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  KAF_WAIT (page->holder != NULL && get_view (page) != NULL);
  g_assert_cmpuint (get_view (page)->projects->len, ==, 0);
}

/* What follows stands at the project too; an entry that is wrong stays, another corrects it. */
static void
test_contact (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "project_holder", f->person);
  g_autofree char *next = today_plus (7);
  g_autofree char *kept = NULL;
  KafFieldDialog *dialog;
  KafHolderLog *log;

  KAF_WAIT (get_view (page) != NULL);
  log = KAF_HOLDER_LOG (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_HOLDER_LOG));
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.note-contact", NULL);
  dialog = await_dialog ();
  type_in (dialog, "subject", "The land");
  type_in (dialog, "outcome", "call_back");
  type_in (dialog, "next_action", "Call again");
  type_in (dialog, "next_on", next);
  save_dialog (dialog);
  KAF_WAIT (kaf_holder_log_get_n_rows (log) == 1);
  kept = read_field (f->store, "project", f->project, "next_on");
  g_assert_cmpstr (kept, ==, next);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "The land"));
}

static void
test_correction (Fixture *f, gconstpointer data)
{
  g_autofree char *first =
      ADD (f->store, "contact", NULL, "person", f->person, "held_on", "2026-11-18", "channel",
           "call", "subject", "The land", "outcome", "answered");
  g_autofree char *kept = NULL;
  g_autofree char *typed = NULL;
  KafRecordPage *page = open_page (f, "project_holder", f->person);
  KafHolderLog *log = KAF_HOLDER_LOG (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_HOLDER_LOG));
  KafFieldDialog *dialog;

  KAF_WAIT (get_view (page) != NULL && kaf_holder_log_get_n_rows (log) == 1);
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.correct", "s", first);
  dialog = await_dialog ();
  typed = kaf_field_dialog_get_value (dialog, "subject");
  g_assert_cmpstr (typed, ==, "Correction: The land");
  type_in (dialog, "outcome", "declined");
  save_dialog (dialog);
  KAF_WAIT (kaf_holder_log_get_n_rows (log) == 2);
  kept = read_field (f->store, "contact", first, "outcome");
  g_assert_cmpstr (kept, ==, "answered");
}

static void
test_stage (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "project_holder", f->person);
  const KafHolderProjectView *project;
  KafFieldDialog *dialog;

  KAF_WAIT (get_view (page) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.change-stage", "s", "file");
  dialog = await_dialog ();
  type_in (dialog, "reached_on", "2026-03-14");
  type_in (dialog, "reason", "File complete");
  save_dialog (dialog);
  KAF_WAIT (
      get_view (page) != NULL && get_view (page)->projects->len == 1 &&
      g_strcmp0 (((KafHolderProjectView *) g_ptr_array_index (get_view (page)->projects, 0))->stage,
                 "file") == 0);
  project = g_ptr_array_index (get_view (page)->projects, 0);
  g_assert_cmpint (project->place, ==, 2);
  g_assert_cmpstr (project->reached[0], ==, "2025-02-03");
  g_assert_null (project->reached[1]);
  g_assert_cmpstr (project->reached[2], ==, "2026-03-14");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "03/2026"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "counsellor: "));
}

/* Once in the reference, with both sides, each leading to the other. */
static void
test_sides (Fixture *f, gconstpointer data)
{
  KafRecordPage *page;

  g_free (ADD (f->store, "expert", f->person, "years", "12"));
  page = open_page (f, "project_holder", f->person);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Also an expert"));
  gtk_widget_activate_action (GTK_WIDGET (page), "record.open", "(ss)", "expert", f->person);
  KAF_WAIT (kaf_window_get_page (f->window) != GTK_WIDGET (page) &&
            kaf_record_page_is_settled (KAF_RECORD_PAGE (kaf_window_get_page (f->window))));
  page = KAF_RECORD_PAGE (kaf_window_get_page (f->window));
  g_assert_cmpstr (kaf_record_page_get_entity (page)->id, ==, "expert");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Also a project holder"));
}

/* The holder and the project that names her go; one that names another stays; one undo brings all back. */
static void
test_handover (Fixture *f, gconstpointer data)
{
  g_autofree char *mine = ADD (f->store, "project", NULL, "person", f->person, "title_fr", "Mill",
                               "counsellor", "alaoui");
  g_autofree char *other = ADD (f->store, "project", NULL, "person", f->person, "title_fr", "Oil",
                                "counsellor", "bennis");
  g_autofree char *person = NULL;
  g_autofree char *project = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *back = NULL;
  GtkWidget *page;
  KafHandoverWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.section", "s", "project_holder");
  page = kaf_window_get_page (f->window);
  KAF_WAIT (!kaf_paged_list_is_loading (kaf_list_page_get_list (KAF_LIST_PAGE (page))));
  gtk_widget_activate_action (page, "list.hand-over", NULL);
  KAF_WAIT (find_window (KAF_TYPE_HANDOVER_WINDOW) != NULL);
  window = KAF_HANDOVER_WINDOW (find_window (KAF_TYPE_HANDOVER_WINDOW));
  KAF_WAIT (kaf_handover_window_set_from (window, "alaoui"));
  kaf_handover_window_set_to (window, "tazi");
  KAF_WAIT (strstr (kaf_handover_window_get_sentence (window), "1 project holder and 1 project") !=
            NULL);
  g_assert_true (kaf_handover_window_run (window));
  KAF_WAIT (find_window (KAF_TYPE_HANDOVER_WINDOW) == NULL);
  person = read_field (f->store, "project_holder", f->person, "counsellor");
  project = read_field (f->store, "project", mine, "counsellor");
  kept = read_field (f->store, "project", other, "counsellor");
  g_assert_cmpstr (person, ==, "tazi");
  g_assert_cmpstr (project, ==, "tazi");
  g_assert_cmpstr (kept, ==, "bennis");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  do
    {
      g_free (back);
      back = read_field (f->store, "project", mine, "counsellor");
    }
  while (g_strcmp0 (back, "tazi") == 0);
  g_assert_cmpstr (back, ==, "alaoui");
}

/* The overdue is marked; the answer is entered in the row, and it waits no more. */
static void
test_relays (Fixture *f, gconstpointer data)
{
  g_autofree char *organisation =
      ADD (f->store, "organisation", NULL, "name_fr", "Consulate", "kind", "consulate");
  g_autofree char *sent = today_plus (-30);
  g_autofree char *late = today_plus (-1);
  g_autofree char *soon = today_plus (5);
  g_autofree char *one = ADD (f->store, "relay", NULL, "organisation", organisation, "subject_fr",
                              "Call for projects", "sent_on", sent, "answer_by", late);
  g_autofree char *two =
      ADD (f->store, "relay", NULL, "organisation", organisation, "person", f->person, "subject_fr",
           "Her file", "sent_on", sent, "answer_by", soon);
  g_autofree char *answer = NULL;
  guint awaited, overdue;
  GtkWidget *page;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-relays", NULL);
  page = kaf_window_get_page (f->window);
  g_assert_true (KAF_IS_RELAYS_PAGE (page));
  KAF_WAIT (kaf_relays_page_count (KAF_RELAYS_PAGE (page), &awaited, &overdue) && awaited == 2);
  g_assert_cmpuint (overdue, ==, 1);
  g_assert_true (kaf_display_shows (page, "overdue"));
  gtk_widget_activate_action (page, "relays.answer", "(ss)", one, "passed_on");
  KAF_WAIT (kaf_relays_page_count (KAF_RELAYS_PAGE (page), &awaited, &overdue) && awaited == 1);
  g_assert_cmpuint (overdue, ==, 0);
  answer = read_field (f->store, "relay", one, "answer");
  g_assert_cmpstr (answer, ==, "passed_on");
  KAF_WAIT (kaf_display_shows (page, "Passed on"));
  /* What concerns her stands on her page. */
  page = GTK_WIDGET (open_page (f, "project_holder", f->person));
  KAF_WAIT (kaf_display_shows (page, "Her file"));
  g_assert_false (kaf_display_shows (page, "Call for projects"));
}

static KafSegmentation *
await_score (KafRecordPage *page)
{
  KafSegmentation *found;

  KAF_WAIT (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_SEGMENTATION) != NULL);
  found = KAF_SEGMENTATION (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_SEGMENTATION));
  KAF_WAIT (kaf_segmentation_get_tier (found) != 0);
  return found;
}

static gboolean
is_offered (GtkWidget *widget, const char *label)
{
  return gtk_widget_get_visible (kaf_display_find_button (widget, label));
}

/* Somebody of whom much is still to be asked. */
static char *
add_idrissi (Fixture *f, char **project)
{
  char *person = ADD (f->store, "person", NULL, "family_name", "Idrissi", "given_name", "Salma");

  g_free (ADD (f->store, "project_holder", person, "counsellor", "alaoui"));
  *project = ADD (f->store, "project", NULL, "person", person, "title_fr", "Saffron", "jobs", "18");
  return person;
}

/* What is unknown is asked for, and answered on the spot; who decides otherwise says why, until when. */
static void
test_score (Fixture *f, gconstpointer data)
{
  g_autofree char *project = NULL;
  g_autofree char *person = add_idrissi (f, &project);
  KafRecordPage *page = open_page (f, "project_holder", person);
  KafSegmentation *score = await_score (page);
  g_autofree char *asked = g_strdup (kaf_segmentation_get_question (score));
  g_autofree char *until = today_plus (30);
  KafFieldDialog *dialog;

  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Potential"));
  g_assert_nonnull (asked);
  KAF_WAIT (get_view (page) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.answer", "(ss)", asked,
                              g_str_has_prefix (asked, "project.") ? project : person);
  dialog = await_dialog ();
  g_assert_nonnull (kaf_field_dialog_find_row (dialog, strchr (asked, '.') + 1));
  gtk_window_destroy (GTK_WINDOW (dialog));

  g_assert_cmpint (kaf_segmentation_get_tier (score), !=, 'a');
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.decide-tier", NULL);
  dialog = await_dialog ();
  type_in (dialog, "tier", "a");
  type_in (dialog, "reason", "The region waits for it");
  type_in (dialog, "until", until);
  save_dialog (dialog);
  KAF_WAIT (kaf_segmentation_get_tier (score) == 'a');
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "tier A"));
}

/* Of two projects the one that counts is asked about, whichever shows. */
static void
test_asked_project (Fixture *f, gconstpointer data)
{
  g_autofree char *counts = NULL;
  g_autofree char *person = add_idrissi (f, &counts);
  g_autofree char *other = ADD (f->store, "project", NULL, "person", person, "title_fr", "Almonds");
  KafRecordPage *page = open_page (f, "project_holder", person);
  GtkWidget *answer = kaf_display_find_button (GTK_WIDGET (await_score (page)), "Answer");
  g_autofree char *mine = NULL;
  g_autofree char *others = NULL;
  const char *field, *id;
  KafFieldDialog *dialog;

  KAF_WAIT (get_view (page) != NULL && get_view (page)->projects->len == 2);
  gtk_widget_activate_action (GTK_WIDGET (page), "holder.show-project", "s", other);
  KAF_WAIT (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (answer)) != NULL);
  g_variant_get (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (answer)), "(&s&s)", &field,
                 &id);
  g_assert_cmpstr (field, ==, "project.secured");
  g_assert_cmpstr (id, ==, counts);
  g_signal_emit_by_name (answer, "clicked");
  dialog = await_dialog ();
  type_in (dialog, "secured", "100000");
  save_dialog (dialog);
  mine = read_field (f->store, "project", counts, "secured");
  others = read_field (f->store, "project", other, "secured");
  g_assert_cmpstr (mine, ==, "10000000 MAD");
  g_assert_null (others);
}

/* Whoever decides no tiers, and publishes no rules, is offered neither; he is asked for what he may write. */
static void
test_score_by_role (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *role;
    gboolean decides, answers;
  } cases[] = { { "manager", TRUE, TRUE },
                { "regional-officer", FALSE, TRUE },
                { "partner", FALSE, FALSE } };
  g_autofree char *project = NULL;
  g_autofree char *person = add_idrissi (f, &project);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafSegmentation *score;
      GtkWidget *rules;

      kaf_display_become (f->store, cases[i].role);
      KAF_WAIT (kaf_store_may_make (f->store, kaf_registry_find ("tier_override")) ==
                    cases[i].decides &&
                kaf_store_may_write (f->store, kaf_registry_find ("project")) == cases[i].answers);
      score = await_score (open_page (f, "project_holder", person));
      g_assert_nonnull (kaf_segmentation_get_question (score));
      g_test_message ("%s", cases[i].role);
      g_assert_cmpint (is_offered (GTK_WIDGET (score), "Decide…"), ==, cases[i].decides);
      g_assert_cmpint (is_offered (GTK_WIDGET (score), "Answer"), ==, cases[i].answers);
      gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-rules", NULL);
      KAF_WAIT ((rules = find_window (KAF_TYPE_RULES_WINDOW)) != NULL);
      g_assert_cmpint (is_offered (rules, "Publish…"), ==, cases[i].decides);
      gtk_window_destroy (GTK_WINDOW (rules));
    }
}

static KafRulesWindow *
open_rules (Fixture *f)
{
  KafRulesWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-rules", NULL);
  KAF_WAIT (find_window (KAF_TYPE_RULES_WINDOW) != NULL);
  window = KAF_RULES_WINDOW (find_window (KAF_TYPE_RULES_WINDOW));
  KAF_WAIT (kaf_rules_window_get_editor (window) != NULL);
  return window;
}

static KafScoreCriterion *
find_jobs (KafRulesWindow *window, guint *place)
{
  const KafScoreRules *rules = kaf_rules_editor_get_rules (kaf_rules_window_get_editor (window));

  for (*place = 0; *place < rules->criteria->len; (*place)++)
    {
      KafScoreCriterion *criterion = g_ptr_array_index (rules->criteria, *place);

      if (strcmp (criterion->fact->code, "jobs") == 0)
        return criterion;
    }
  g_assert_not_reached ();
}

static int
first_points (KafRulesWindow *window)
{
  guint place;

  return g_array_index (find_jobs (window, &place)->bands, KafScoreBand, 0).points;
}

/* A draft counts for nobody and outlives its window; the simulation tells who would move; published, it counts. */
static void
test_rules (Fixture *f, gconstpointer data)
{
  KafRecordPage *page = open_page (f, "project_holder", f->person);
  char before = kaf_segmentation_get_tier (await_score (page));
  KafRulesWindow *window = open_rules (f);
  const KafScoreRules *rules = kaf_rules_editor_get_rules (kaf_rules_window_get_editor (window));
  guint place;

  g_assert_false (kaf_rules_window_is_draft (window));
  for (place = 0; place < rules->criteria->len; place++)
    {
      const KafScoreCriterion *one = g_ptr_array_index (rules->criteria, place);

      for (guint i = 0;
           one->axis == KAF_AXIS_POTENTIAL && i < MAX (one->bands->len, one->choices->len); i++)
        kaf_rules_editor_set_points (kaf_rules_window_get_editor (window), place, i, 0);
    }
  g_assert_cmpint (rules->potential, >, 0);
  g_assert_true (kaf_rules_window_is_draft (window));
  gtk_window_close (GTK_WINDOW (window));
  KAF_WAIT (find_window (KAF_TYPE_RULES_WINDOW) == NULL);

  window = open_rules (f);
  g_assert_true (kaf_rules_window_is_draft (window));
  g_assert_cmpint (first_points (window), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "rules-window.simulate", NULL);
  KAF_WAIT (kaf_rules_window_get_simulation (window) != NULL);
  g_assert_cmpuint (kaf_rules_window_get_simulation (window)->n, ==, 1);
  g_assert_cmpuint (kaf_rules_window_get_simulation (window)->n_moved, ==, 1);
  g_assert_true (kaf_display_shows (GTK_WIDGET (window), "OUHAMMOU"));
  kaf_rules_window_publish_now (window);
  KAF_WAIT (find_window (KAF_TYPE_RULES_WINDOW) == NULL);
  KAF_WAIT (kaf_segmentation_get_tier (await_score (page)) != before);

  window = open_rules (f);
  g_assert_false (kaf_rules_window_is_draft (window));
  g_assert_cmpint (first_points (window), ==, 0);
  gtk_window_close (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  KAF_WAIT (kaf_segmentation_get_tier (await_score (page)) == before);
}

/* Where a criterion counts: a draft like any other change, told by the name of the place. */
static void
test_places (Fixture *f, gconstpointer data)
{
  KafRulesWindow *window;
  KafRulesEditor *editor;
  guint place;

  (void) open_page (f, "project_holder", f->person);
  window = open_rules (f);
  editor = kaf_rules_window_get_editor (window);
  find_jobs (window, &place);
  kaf_rules_editor_add_place (editor, place, "MA-09");
  g_assert_true (kaf_rules_window_is_draft (window));
  g_assert_cmpstr (find_jobs (window, &place)->only[0], ==, "MA-09");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Souss-Massa"));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (gtk_widget_get_first_child (GTK_WIDGET (editor))),
                                  "rules.remove-place", "(us)", place, "MA-09"));
  g_assert_null (find_jobs (window, &place)->only);
  gtk_window_close (GTK_WINDOW (window));
}

static void
on_due (KafReminder *reminder, guint n, guint *told)
{
  *told += n;
}

/* What is due today for who works here, told once, with a number and no name. */
static void
test_reminder (Fixture *f, gconstpointer data)
{
  g_autofree char *today = today_plus (0);
  g_autofree char *ministry =
      ADD (f->store, "organisation", NULL, "name_fr", "Ministry", "kind", "ministry");
  g_autofree char *act = ADD (f->store, "convention", NULL, "title_fr", "Framework", "kind",
                              "framework", "parties", ministry, "signed_on", "2024-06-24");
  g_autofree char *due =
      ADD (f->store, "commitment", NULL, "convention", act, "party", ministry, "text_fr",
           "Send the report", "due_on", today, "followed_by", g_get_user_name ());
  g_autoptr (KafReminder) reminder = kaf_reminder_new (NULL, f->store);
  g_autofree char *text = kaf_reminder_text (1);
  gboolean over = FALSE;
  guint told = 0;

  g_signal_connect (reminder, "due", G_CALLBACK (on_due), &told);
  kaf_reminder_check (reminder);
  KAF_WAIT (told > 0);
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpstr (text, ==, "1 reminder for today");
  kaf_reminder_check (reminder);
  g_timeout_add (800, on_over, &over);
  KAF_WAIT (over);
  g_assert_cmpuint (told, ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  kaf_display_init (&argc, &argv, "en");
#define TEST(path, name, function)                                                                 \
  g_test_add ("/holder/" path, Fixture, name, set_up, function, tear_down)
  TEST ("register", "register", test_register);
  TEST ("register-alone", "register-alone", test_register_alone);
  TEST ("contact", "contact", test_contact);
  TEST ("correction", "correction", test_correction);
  TEST ("stage", "stage", test_stage);
  TEST ("sides", "sides", test_sides);
  TEST ("handover", "handover", test_handover);
  TEST ("relays", "relays", test_relays);
  TEST ("score", "score", test_score);
  TEST ("asked-project", "asked-project", test_asked_project);
  TEST ("rules", "rules", test_rules);
  TEST ("places", "places", test_places);
  TEST ("reminder", "reminder", test_reminder);
  TEST ("score-by-role", "score-by-role", test_score_by_role);
  status = g_test_run ();
  return kaf_display_finish (status);
}
