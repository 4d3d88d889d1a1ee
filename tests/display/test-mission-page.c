/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a mission by its actions: where it stands, what blocks, leaving refused and allowed, reasons, paper. */
#include "config.h"

#include "kaf-display.h"

#include <adwaita.h>
#include <string.h>

#include "base/kaf-day.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missions.h"
#include "store/kaf-read.h"
#include "ui/mission/kaf-act-dialog.h"
#include "ui/mission/kaf-check-panel.h"
#include "ui/mission/kaf-field-dialog.h"
#include "ui/mission/kaf-leave-foot.h"
#include "ui/mission/kaf-mission-fields.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-part-list.h"
#include "ui/mission/kaf-stakeholder-map.h"
#include "ui/mission/kaf-stepper.h"
#include "ui/print/kaf-preview-page.h"

static char *
add (KafStore *store, const char *entity, const char *first, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  va_list list;

  va_start (list, first);
  for (const char *name = first; name != NULL; name = va_arg (list, const char *))
    kaf_record_set (record, name, va_arg (list, const char *));
  va_end (list);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

static KafMissionPage *
open_mission (KafWindow *window, const char *id, guint step)
{
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-mission",
                                  g_variant_new ("(su)", id, step));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_MISSION_PAGE (page));
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
  return KAF_MISSION_PAGE (page);
}

static KafStepper *
get_stepper (KafMissionPage *page)
{
  return KAF_STEPPER (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_STEPPER));
}

static KafCheckPanel *
get_panel (KafMissionPage *page)
{
  return KAF_CHECK_PANEL (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_CHECK_PANEL));
}

static const char *
get_sentence (KafMissionPage *page)
{
  return kaf_leave_foot_get_sentence (
      KAF_LEAVE_FOOT (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_LEAVE_FOOT)));
}

static KafActDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (KAF_IS_ACT_DIALOG (window) && gtk_widget_get_visible (window))
        return KAF_ACT_DIALOG (window);
    }
  return NULL;
}

/* The first warning that waits is given a reason. */
static void
justify (KafMissionPage *page, const char *reason)
{
  GtkWidget *row = g_ptr_array_index (kaf_check_panel_get_open_rows (get_panel (page)), 0);
  GtkWidget *button = NULL;

  for (GtkWidget *found = kaf_display_find (row, GTK_TYPE_BUTTON); found != NULL;
       found = gtk_widget_get_next_sibling (found))
    if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (found)), "mission.justify") == 0)
      button = found;
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  KAF_WAIT (find_dialog () != NULL);
  if (reason != NULL)
    kaf_field_row_set_typed (kaf_act_dialog_get_row (find_dialog (), "reason"), reason);
  kaf_act_dialog_accept (find_dialog ());
}

/* A need with its audience, and somebody who has a duty in it. */
static void
fill_needs (KafStore *store, const char *mission)
{
  g_autofree char *authority = add (store, "organisation", "name_fr", "Conseil provincial", "kind",
                                    "provincial_council", NULL);
  g_autofree char *need = add (store, "need", "title_fr", "Soins", "audience_fr", "Infirmiers",
                               "daily_practice", "1", "stated_on", "2020-01-01", NULL);
  g_autofree char *link = add (store, "mission_need", "mission", mission, "need", need, NULL);
  g_autofree char *stakeholder = add (store, "stakeholder", "need", need, "organisation", authority,
                                      "kind", "authority", "duty_fr", "Assurer les soins", NULL);
}

static void
test_empty (void)
{
  KafWindow *window = kaf_display_open ("mission-empty.db");
  g_autofree char *id = add (kaf_window_get_store (window), "mission", "title_fr", "Soins", NULL);
  KafMissionPage *page = open_mission (window, id, 0);
  KafStepper *stepper = get_stepper (page);

  g_assert_cmpuint (kaf_mission_page_get_step (page), ==, 1);
  g_assert_cmpint (kaf_stepper_get_state (stepper, 1), ==, KAF_STEPPER_OPEN);
  g_assert_cmpuint (kaf_stepper_get_blocks (stepper, 1), >, 0);
  g_assert_cmpint (kaf_stepper_get_state (stepper, 2), ==, KAF_STEPPER_TO_COME);
  g_assert_cmpuint (kaf_stepper_get_blocks (stepper, 2), ==, 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No need yet"));
  /* Refused, with the reason. */
  g_assert_nonnull (strstr (get_sentence (page), "shut"));
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.leave", NULL);
  KAF_WAIT (kaf_mission_page_is_settled (page));
  g_assert_cmpint (kaf_stepper_get_state (stepper, 1), ==, KAF_STEPPER_OPEN);
  /* Any step shows; one that is not open is not left. */
  for (int step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      gtk_widget_activate_action (GTK_WIDGET (page), "mission.show-step", "i", step);
      g_assert_cmpuint (kaf_mission_page_get_step (page), ==, step);
      if (step > 1)
        g_assert_nonnull (strstr (get_sentence (page), "Step 1 is open"));
    }
}

static GtkWidget *
find_print_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "document-print-symbolic") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_print_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* That of the history of the file, which is a window of its own. */
static GtkWidget *
find_print_in_history (KafWindow *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (each) == GTK_WINDOW (window) &&
          find_print_button (GTK_WIDGET (each)) != NULL)
        return find_print_button (GTK_WIDGET (each));
    }
  return NULL;
}

/* The step as it stood before it was reopened is previewed from the history. */
static void
print_version (KafWindow *window, KafMissionPage *page)
{
  g_autofree char *text = NULL;
  GtkWidget *preview;

  gtk_widget_activate_action (GTK_WIDGET (page), "mission.history", NULL);
  KAF_WAIT (find_print_in_history (window) != NULL);
  g_signal_emit_by_name (find_print_in_history (window), "clicked");
  preview = kaf_window_get_page (window);
  g_assert_true (KAF_IS_PREVIEW_PAGE (preview));
  KAF_WAIT (kaf_preview_page_is_settled (KAF_PREVIEW_PAGE (preview)));
  text = kaf_pages_read (kaf_preview_page_get_pages (KAF_PREVIEW_PAGE (preview)), 0);
  g_assert_nonnull (strstr (text, "Another need"));
  g_assert_nonnull (strstr (text, "Version archiv"));
}

static void
test_leave (void)
{
  KafWindow *window = kaf_display_open ("mission-leave.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  KafMissionPage *page = open_mission (window, id, 1);
  KafStepper *stepper = get_stepper (page);
  guint n;

  fill_needs (store, id);
  KAF_WAIT (kaf_mission_page_is_settled (page) && kaf_stepper_get_blocks (stepper, 1) == 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Assurer les soins"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "not looked for"));
  /* The need is old: that is said, and asks for a reason. */
  n = kaf_check_panel_get_open_rows (get_panel (page))->len;
  g_assert_cmpuint (n, >, 0);
  g_assert_nonnull (strstr (get_sentence (page), "justified"));
  justify (page, NULL);
  g_assert_nonnull (find_dialog ());
  kaf_field_row_set_typed (kaf_act_dialog_get_row (find_dialog (), "reason"), "Confirmed by phone");
  kaf_act_dialog_accept (find_dialog ());
  KAF_WAIT (find_dialog () == NULL && kaf_mission_page_is_settled (page) &&
            kaf_check_panel_get_open_rows (get_panel (page))->len == n - 1);
  while (--n > 0)
    {
      justify (page, "Known");
      KAF_WAIT (find_dialog () == NULL && kaf_mission_page_is_settled (page) &&
                kaf_check_panel_get_open_rows (get_panel (page))->len == n - 1);
    }
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Confirmed by phone"));
  g_assert_cmpstr (get_sentence (page), ==, "");

  gtk_widget_activate_action (GTK_WIDGET (page), "mission.leave", NULL);
  KAF_WAIT (kaf_mission_page_is_settled (page) &&
            kaf_stepper_get_state (stepper, 1) == KAF_STEPPER_DONE);
  g_assert_cmpint (kaf_stepper_get_state (stepper, 2), ==, KAF_STEPPER_OPEN);
  KAF_WAIT (kaf_mission_page_get_step (page) == 2);

  /* Reopened: the step that was left is the open one again. */
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.show-step", "i", 1);
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.act", "s", "reopen");
  KAF_WAIT (find_dialog () != NULL);
  kaf_field_row_set_typed (kaf_act_dialog_get_row (find_dialog (), "reason"), "Another need");
  kaf_act_dialog_accept (find_dialog ());
  KAF_WAIT (find_dialog () == NULL && kaf_mission_page_is_settled (page) &&
            kaf_stepper_get_state (stepper, 1) == KAF_STEPPER_OPEN);
  print_version (window, page);
}

static GtkWidget *
get_focus (KafWindow *window)
{
  return gtk_root_get_focus (GTK_ROOT (window));
}

static void
test_findings (void)
{
  KafWindow *window = kaf_display_open ("mission-findings.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  KafMissionPage *page = open_mission (window, id, 1);
  GPtrArray *rows = kaf_check_panel_get_open_rows (get_panel (page));
  GtkWidget *first = g_ptr_array_index (rows, 0);

  gtk_widget_activate_action (GTK_WIDGET (page), "mission.next-finding", NULL);
  g_assert_true (get_focus (window) == first);
  /* No need is there: what mends it is the button that adds one. */
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.mend", "(sss)", "need", "", "");
  g_assert_true (GTK_IS_BUTTON (get_focus (window)));
  fill_needs (store, id);
  KAF_WAIT (kaf_mission_page_is_settled (page) &&
            kaf_display_find (GTK_WIDGET (page), KAF_TYPE_STAKEHOLDER_MAP) != NULL);
}

/* What is written in place is in the store when the focus goes. */
static void
test_fields (void)
{
  KafWindow *window = kaf_display_open ("mission-fields.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  KafMissionPage *page = open_mission (window, id, 2);
  GtkWidget *fields = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_MISSION_FIELDS);
  GtkWidget *row = kaf_display_find (fields, KAF_TYPE_FIELD_ROW);
  KafStepper *stepper = get_stepper (page);

  g_assert_cmpstr (kaf_field_row_get_field (KAF_FIELD_ROW (row))->id, ==, "message_fr");
  g_assert_true (kaf_mission_fields_lead (KAF_MISSION_FIELDS (fields), "message_ar"));
  kaf_field_row_set_typed (KAF_FIELD_ROW (row), "Venez");
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.show-step", "i", 5);
  KAF_WAIT (kaf_mission_page_is_settled (page));
  {
    KafMissionPage *again;

    kaf_window_back (window);
    again = open_mission (window, id, 2);
    KAF_WAIT (kaf_display_find (GTK_WIDGET (again), KAF_TYPE_MISSION_FIELDS) != NULL);
    row = kaf_display_find (GTK_WIDGET (again), KAF_TYPE_FIELD_ROW);
    {
      g_autofree char *typed = kaf_field_row_get_typed (KAF_FIELD_ROW (row));

      g_assert_cmpstr (typed, ==, "Venez");
    }
    stepper = get_stepper (again);
    g_assert_cmpint (kaf_stepper_get_state (stepper, 1), ==, KAF_STEPPER_OPEN);
  }
}

static gboolean
types (KafFieldRow *row, const char *text)
{
  g_autofree char *typed = kaf_field_row_get_typed (row);

  return g_str_equal (typed, text);
}

static gpointer
load_mission (KafDatabase *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return kaf_read_record (db, kaf_registry_find ("mission"), id, error);
}

static void
assert_message (KafStore *store, const char *id, const char *message)
{
  g_autoptr (KafRecord) record = kaf_display_run (store, load_mission, id);

  g_assert_cmpstr (kaf_record_get (record, "message_fr"), ==, message);
}

/* What the store refuses stays as it was typed, with what is wrong. */
static void
test_refused (void)
{
  KafWindow *window = kaf_display_open ("mission-refused.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id =
      add (store, "mission", "title_fr", "Soins", "starts_on", "2027-04-12", NULL);
  KafMissionPage *page = open_mission (window, id, 4);
  GtkWidget *found = NULL;
  g_autofree char *typed = NULL;

  for (GtkWidget *fields = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_MISSION_FIELDS);
       fields != NULL; fields = gtk_widget_get_next_sibling (fields))
    if (KAF_IS_MISSION_FIELDS (fields) &&
        kaf_mission_fields_lead (KAF_MISSION_FIELDS (fields), "ends_on"))
      found = fields;
  g_assert_nonnull (found);
  {
    GtkWidget *row =
        gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)), KAF_TYPE_FIELD_ROW);

    kaf_field_row_set_typed (KAF_FIELD_ROW (row), "01/04/2027");
    kaf_mission_fields_write (KAF_MISSION_FIELDS (found));
    KAF_WAIT (kaf_mission_page_is_settled (page) &&
              kaf_field_row_get_error (KAF_FIELD_ROW (row)) != NULL);
    typed = kaf_field_row_get_typed (KAF_FIELD_ROW (row));
    g_assert_cmpstr (typed, ==, "01/04/2027");
    g_assert_true (kaf_field_row_is_touched (KAF_FIELD_ROW (row)));
  }
}

/* What a colleague made of a field while it was being typed in is not written over unseen. */
static void
test_abreast (void)
{
  KafWindow *window = kaf_display_open ("mission-abreast.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  KafMissionPage *page = open_mission (window, id, 2);
  GtkWidget *fields = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_MISSION_FIELDS);
  KafFieldRow *row = KAF_FIELD_ROW (kaf_display_find (fields, KAF_TYPE_FIELD_ROW));

  /* Nobody typed: it follows. */
  kaf_display_write_as_karim (store, "mission", id, "message_fr", "Bonjour");
  KAF_WAIT (types (row, "Bonjour"));

  /* The main loop has not heard of it. */
  kaf_field_row_set_typed (row, "Venez");
  kaf_display_write_as_karim (store, "mission", id, "message_fr", "Bienvenue");
  g_signal_emit_by_name (row, "left");
  KAF_WAIT (kaf_mission_page_is_settled (page) && kaf_field_row_get_news (row) != NULL);
  assert_message (store, id, "Bienvenue");
  g_assert_true (types (row, "Venez"));
  g_assert_nonnull (strstr (kaf_field_row_get_news (row), "Karim"));

  /* Nor with the page, before somebody said which stands. */
  g_assert_false (kaf_mission_fields_write (KAF_MISSION_FIELDS (fields)));
  kaf_display_turn ();
  assert_message (store, id, "Bienvenue");

  /* Who comes back to the field and leaves it as it is has seen the line. */
  g_signal_emit_by_name (row, "left");
  KAF_WAIT (kaf_mission_page_is_settled (page) && !kaf_field_row_is_touched (row));
  assert_message (store, id, "Venez");
  g_assert_null (kaf_field_row_get_news (row));

  /* What one wrote oneself is no news. */
  kaf_field_row_set_typed (row, "Un");
  g_signal_emit_by_name (row, "left");
  kaf_field_row_set_typed (row, "Deux");
  g_signal_emit_by_name (row, "left");
  KAF_WAIT (kaf_mission_page_is_settled (page) && !kaf_field_row_is_touched (row));
  for (guint i = 0; i < 20; i++)
    kaf_display_turn ();
  g_assert_null (kaf_field_row_get_news (row));
  assert_message (store, id, "Deux");
}

static KafFieldDialog *
find_part_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (KAF_IS_FIELD_DIALOG (window) && gtk_widget_get_visible (window))
        return KAF_FIELD_DIALOG (window);
    }
  return NULL;
}

static void
write_part (KafMissionPage *page, const char *target, const char *field, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.add", "s", target);
  KAF_WAIT (find_part_dialog () != NULL);
  kaf_field_row_set_typed (kaf_field_dialog_find_row (find_part_dialog (), field), text);
  g_assert_true (kaf_field_dialog_save (find_part_dialog ()));
  KAF_WAIT (find_part_dialog () == NULL && kaf_mission_page_is_settled (page));
}

/* Parts are written on the spot, and belong to the mission; what is quickly said is said from the row. */
static void
test_parts (void)
{
  KafWindow *window = kaf_display_open ("mission-parts.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  g_autofree char *person = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  g_autofree char *listed = add (store, "mission_expert", "mission", id, "person", person, NULL);
  KafMissionPage *page = open_mission (window, id, 1);

  write_part (page, "need", "title_fr", "Urgences");
  KAF_WAIT (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_STAKEHOLDER_MAP) != NULL);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Urgences"));

  kaf_mission_page_show_step (page, 3);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "On the short list"));
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.set-today", "(sssss)", "mission_expert",
                              listed, "answer", "interested", "answered_on");
  KAF_WAIT (kaf_mission_page_is_settled (page) &&
            kaf_display_shows (GTK_WIDGET (page), "Interested"));

  kaf_mission_page_show_step (page, 5);
  write_part (page, "mission_room", "name", "Salle B");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Salle B"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No line yet"));
}

/* Who edited what is approved records the decision of another, on paper. */
static void
test_paper (void)
{
  KafMission *mission = kaf_mission_new ("m");
  KafMissionData *data;
  gboolean on_paper = FALSE;
  g_autoptr (GError) error = NULL;

  mission->ref = mission->title = "x";
  mission->content = "abc";
  mission->created_on = 738000;
  for (guint step = 1; step <= 5; step++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", step);
      g_autofree char *after = step > 1 ? g_strdup_printf ("a%u", step - 1) : NULL;
      KafAct *act = kaf_mission_add_act (mission, id);

      act->kind = KAF_ACT_LEAVE;
      act->step = step;
      act->after = kaf_mission_keep (mission, after);
      act->by = "me";
      act->at = 1;
    }
  g_strfreev (mission->editors);
  mission->editors = g_strsplit ("me", ",", -1);
  data = kaf_mission_data_new (mission, NULL, 738100);
  data->context.me = "me";
  g_assert_cmpuint (data->life.step, ==, 6);
  g_assert_cmpint (kaf_mission_step_state (data, 5), ==, KAF_STEPPER_DONE);
  g_assert_cmpint (kaf_mission_step_state (data, 6), ==, KAF_STEPPER_OPEN);
  kaf_leave_allowed (data, 6, &on_paper, &error);
  g_assert_true (on_paper);
  g_clear_error (&error);
  data->context.me = "another";
  kaf_leave_allowed (data, 6, &on_paper, &error);
  g_assert_false (on_paper);
  kaf_mission_data_unref (data);
}

static GtkWindow *
find_message (KafWindow *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (ADW_IS_MESSAGE_DIALOG (each) &&
          gtk_window_get_transient_for (each) == GTK_WINDOW (window))
        return each;
    }
  return NULL;
}

/* All of it goes out as a folder; what names more persons than may go without a reason waits for one. */
static void
test_dossier (void)
{
  KafWindow *window = kaf_display_open ("mission-dossier.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  g_autofree char *limit = add (store, "setting", "key", "export.persons-without-reason", "value",
                                "1", "valid_from", "2020-01-01", NULL);
  g_autofree char *first = add (store, "participant", "mission", id, "name", "A. Alami", NULL);
  g_autofree char *second = add (store, "participant", "mission", id, "name", "B. Alami", NULL);
  g_autofree char *path = kaf_display_path ("dossier");
  KafMissionPage *page = open_mission (window, id, 0);

  gtk_widget_activate_action (GTK_WIDGET (page), "mission.dossier", NULL);
  KAF_WAIT (find_message (window) != NULL);
  gtk_window_close (find_message (window));
  KAF_WAIT (find_message (window) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.dossier-to", "s", path);
  KAF_WAIT (find_message (window) != NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_editable_set_text (
      GTK_EDITABLE (kaf_display_find (GTK_WIDGET (find_message (window)), GTK_TYPE_TEXT)), "Audit");
  g_assert_true (kaf_display_shows (GTK_WIDGET (find_message (window)), "as a sentence"));
  gtk_editable_set_text (
      GTK_EDITABLE (kaf_display_find (GTK_WIDGET (find_message (window)), GTK_TYPE_TEXT)),
      "Audit of the year");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_message (window)), "export");
  KAF_WAIT (g_file_test (path, G_FILE_TEST_IS_DIR));
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

/* Badges of a mission, out of the preview as a file for each participant. */
static void
test_each (void)
{
  KafWindow *window = kaf_display_open ("mission-each.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = add (store, "mission", "title_fr", "Soins", NULL);
  g_autofree char *first = add (store, "participant", "mission", id, "name", "A. Alami", NULL);
  g_autofree char *second = add (store, "participant", "mission", id, "name", "A. ALAMI", NULL);
  g_autofree char *path = kaf_display_path ("badges");
  GtkWidget *page;

  open_mission (window, id, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "print", NULL);
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_PREVIEW_PAGE (page));
  KAF_WAIT (kaf_preview_page_is_settled (KAF_PREVIEW_PAGE (page)));
  gtk_widget_activate_action (page, "preview.document", "s", "badges");
  KAF_WAIT (kaf_preview_page_is_settled (KAF_PREVIEW_PAGE (page)) &&
            kaf_pages_count (kaf_preview_page_get_pages (KAF_PREVIEW_PAGE (page))) == 2);
  gtk_widget_activate_action (page, "preview.save-each-to", "s", path);
  KAF_WAIT (g_file_test (path, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (count_files (path), ==, 2);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/mission-page/empty", test_empty);
  g_test_add_func ("/mission-page/leave", test_leave);
  g_test_add_func ("/mission-page/findings", test_findings);
  g_test_add_func ("/mission-page/fields", test_fields);
  g_test_add_func ("/mission-page/refused", test_refused);
  g_test_add_func ("/mission-page/abreast", test_abreast);
  g_test_add_func ("/mission-page/parts", test_parts);
  g_test_add_func ("/mission-page/paper", test_paper);
  g_test_add_func ("/mission-page/dossier", test_dossier);
  g_test_add_func ("/mission-page/each", test_each);
  return kaf_display_finish (g_test_run ());
}
