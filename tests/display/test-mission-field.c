/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 8 to 10 of a mission by their actions and keys: the attendance sheet, participants pasted, answers typed in,
 * results in place, a follow-up done. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/mission/kaf-attendance-cell.h"
#include "ui/mission/kaf-attendance-sheet.h"
#include "ui/mission/kaf-evaluation-entry.h"
#include "ui/mission/kaf-evaluation-table.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/mission/kaf-participant-entry.h"
#include "ui/mission/kaf-result-table.h"
#include "ui/mission/kaf-score-row.h"
#include "ui/mission/kaf-step-form.h"

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

/* As the keyboard of whoever has the focus there: the controllers of the widget and of what it stands in. */
static gboolean
press (GtkWidget *widget, guint keyval)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);
          gboolean handled = FALSE;

          if (!GTK_IS_EVENT_CONTROLLER_KEY (one))
            continue;
          g_signal_emit_by_name (one, "key-pressed", keyval, 0, 0, &handled);
          if (handled)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
press_focus (KafWindow *window, guint keyval)
{
  return press (gtk_root_get_focus (GTK_ROOT (window)), keyval);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  KafRecord **record = data;
  g_autoptr (GError) error = NULL;

  *record = kaf_store_load_finish (KAF_STORE (source), result, &error);
  g_assert_no_error (error);
}

static char *
read_field (KafStore *store, const char *entity, const char *id, const char *field)
{
  g_autoptr (KafRecord) record = NULL;

  kaf_store_load_async (store, kaf_registry_find (entity), id, NULL, on_loaded, &record);
  KAF_WAIT (record != NULL);
  return g_strdup (kaf_record_get (record, field));
}

typedef struct
{
  KafWindow *window;
  KafStore *store;
  char *mission;
  char *room, *first, *second; /* sessions of one morning and afternoon */
  char *people[3];
} Field;

static void
field_init (Field *self, const char *name)
{
  static const char *const names[] = { "Amina (exemple)", "Brahim (exemple)", "Chaïma (exemple)" };

  self->window = kaf_display_open (name);
  self->store = kaf_window_get_store (self->window);
  self->mission = add (self->store, "mission", "title_fr", "Soins", "starts_on", "2026-03-02",
                       "ends_on", "2026-03-02", NULL);
  self->room = add (self->store, "mission_room", "mission", self->mission, "name", "Salle A",
                    "places", "2", NULL);
  self->first =
      add (self->store, "programme_item", "mission", self->mission, "subject_fr", "Premiers soins",
           "held_on", "2026-03-02", "half", "am", "room", self->room, NULL);
  self->second = add (self->store, "programme_item", "mission", self->mission, "subject_fr",
                      "Pratique", "held_on", "2026-03-02", "half", "pm", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *position = g_strdup_printf ("%u", i + 1);

      self->people[i] = add (self->store, "participant", "mission", self->mission, "name", names[i],
                             "position", position, NULL);
    }
}

static void
field_clear (Field *self)
{
  g_free (self->mission);
  g_free (self->room);
  g_free (self->first);
  g_free (self->second);
  for (guint i = 0; i < G_N_ELEMENTS (self->people); i++)
    g_free (self->people[i]);
}

static KafPresence
get_mark (KafAttendanceSheet *sheet, guint row, guint column)
{
  return kaf_attendance_cell_get (
      KAF_ATTENDANCE_CELL (kaf_attendance_sheet_get_cell (sheet, row, column)));
}

#define settled(page, sheet)                                                                       \
  (kaf_attendance_sheet_is_settled (sheet) && kaf_mission_page_is_settled (page))

static void
test_attendance (void)
{
  Field field;
  KafMissionPage *page;
  KafAttendanceSheet *sheet;
  g_autofree char *state = NULL;

  field_init (&field, "field-attendance.db");
  page = open_mission (field.window, field.mission, 8);
  sheet = KAF_ATTENDANCE_SHEET (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET));
  g_assert_nonnull (sheet);
  g_assert_nonnull (kaf_attendance_sheet_get_cell (sheet, 2, 1));
  g_assert_null (kaf_attendance_sheet_get_cell (sheet, 3, 0));

  /* One key a mark, and down; a second one before the first is written. */
  gtk_widget_grab_focus (kaf_attendance_sheet_get_cell (sheet, 0, 0));
  g_assert_true (press_focus (field.window, GDK_KEY_p));
  g_assert_true (press_focus (field.window, GDK_KEY_Arabic_ghain));
  g_assert_true (press_focus (field.window, GDK_KEY_3));
  g_assert_true (press_focus (field.window, GDK_KEY_space));
  g_assert_cmpint (get_mark (sheet, 0, 0), ==, KAF_PRESENCE_PRESENT);
  g_assert_cmpint (get_mark (sheet, 1, 0), ==, KAF_PRESENCE_ABSENT);
  g_assert_cmpint (get_mark (sheet, 2, 0), ==, KAF_PRESENCE_PRESENT);
  KAF_WAIT (settled (page, sheet));
  KAF_WAIT (kaf_mission_page_is_settled (page));
  g_assert_cmpint (get_mark (sheet, 0, 0), ==, KAF_PRESENCE_PRESENT);
  g_assert_cmpint (get_mark (sheet, 1, 0), ==, KAF_PRESENCE_ABSENT);
  g_assert_cmpint (get_mark (sheet, 2, 0), ==, KAF_PRESENCE_PRESENT);
  g_assert_nonnull (strstr (kaf_attendance_sheet_get_count (sheet, 0), "2 of 3 present"));
  /* Whoever was there says that it was held. */
  state = read_field (field.store, "programme_item", field.first, "state");
  g_assert_cmpstr (state, ==, "held");

  /* Taken back, and marked again: the record comes back. */
  g_assert_true (press_focus (field.window, GDK_KEY_Delete));
  KAF_WAIT (settled (page, sheet));
  g_assert_cmpint (get_mark (sheet, 2, 0), ==, KAF_PRESENCE_NONE);
  g_assert_true (press_focus (field.window, GDK_KEY_a));
  KAF_WAIT (settled (page, sheet));
  g_assert_cmpint (get_mark (sheet, 2, 0), ==, KAF_PRESENCE_ABSENT);

  /* The other column: all that are not marked. */
  g_assert_true (press_focus (field.window, GDK_KEY_Right));
  g_assert_true (press_focus (field.window, GDK_KEY_e));
  g_assert_true (press_focus (field.window, GDK_KEY_asterisk));
  KAF_WAIT (settled (page, sheet));
  g_assert_cmpint (get_mark (sheet, 2, 1), ==, KAF_PRESENCE_EXCUSED);
  g_assert_cmpint (get_mark (sheet, 0, 1), ==, KAF_PRESENCE_PRESENT);
  g_assert_nonnull (strstr (kaf_attendance_sheet_get_count (sheet, 1), "2 of 3 present"));

  /* What another reading of the store says is the same. */
  kaf_window_back (field.window);
  page = open_mission (field.window, field.mission, 8);
  sheet = KAF_ATTENDANCE_SHEET (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET));
  g_assert_cmpint (get_mark (sheet, 1, 0), ==, KAF_PRESENCE_ABSENT);
  g_assert_cmpint (get_mark (sheet, 2, 0), ==, KAF_PRESENCE_ABSENT);
  g_assert_cmpint (get_mark (sheet, 2, 1), ==, KAF_PRESENCE_EXCUSED);
  field_clear (&field);
}

/* Three in a room of two. */
static void
test_overfull (void)
{
  Field field;
  KafMissionPage *page;
  KafAttendanceSheet *sheet;

  field_init (&field, "field-room.db");
  page = open_mission (field.window, field.mission, 8);
  sheet = KAF_ATTENDANCE_SHEET (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET));
  gtk_widget_activate_action (GTK_WIDGET (sheet), "attendance.all", "s", field.first);
  KAF_WAIT (settled (page, sheet));
  g_assert_nonnull (strstr (kaf_attendance_sheet_get_count (sheet, 0), "more than the room holds"));
  field_clear (&field);
}

static void
test_participants (void)
{
  Field field;
  KafMissionPage *page;
  KafParticipantEntry *entry;
  KafAttendanceSheet *sheet;

  field_init (&field, "field-people.db");
  page = open_mission (field.window, field.mission, 8);
  sheet = KAF_ATTENDANCE_SHEET (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET));
  entry = KAF_PARTICIPANT_ENTRY (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_PARTICIPANT_ENTRY));
  kaf_participant_entry_set_typed (entry, "Driss (exemple), infirmier, CHP\n"
                                          "إلهام (مثال)، ممرضة\n"
                                          "amina (Exemple)");
  g_assert_nonnull (strstr (kaf_participant_entry_get_note (entry), "adds 2 persons"));
  g_assert_nonnull (strstr (kaf_participant_entry_get_note (entry), "1 person is on the list"));
  kaf_participant_entry_add (entry);
  KAF_WAIT (kaf_attendance_sheet_get_cell (sheet, 4, 0) != NULL);
  g_assert_null (kaf_attendance_sheet_get_cell (sheet, 5, 0));
  g_assert_cmpstr (kaf_participant_entry_get_typed (entry), ==, "");
  g_assert_true (kaf_display_shows (GTK_WIDGET (sheet), "Driss (exemple)"));
  KAF_WAIT (kaf_mission_page_is_settled (page));
  field_clear (&field);
}

/* Before anybody stands on the list there is nobody to be present. */
static void
test_nobody (void)
{
  KafWindow *window = kaf_display_open ("field-nobody.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = add (store, "mission", "title_fr", "Soins", "starts_on", "2026-01-05",
                                  "ends_on", "2026-01-06", NULL);
  KafMissionPage *page;
  GtkWidget *sheet;

  g_free (add (store, "programme_item", "mission", mission, "subject_fr", "Triage", "held_on",
               "2026-01-05", "half", "am", NULL));
  page = open_mission (window, mission, 8);
  sheet = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET);
  g_assert_true (kaf_display_shows (sheet, "Triage"));
  g_assert_false (kaf_display_shows (sheet, "All Present"));
  g_free (add (store, "participant", "mission", mission, "name", "Driss", NULL));
  KAF_WAIT (kaf_display_shows (sheet, "All Present"));
  KAF_WAIT (kaf_mission_page_is_settled (page));
}

static KafEvaluationEntry *
find_entry (KafMissionPage *page)
{
  return KAF_EVALUATION_ENTRY (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_EVALUATION_ENTRY));
}

static void
answer (KafWindow *window, KafMissionPage *page, guint score, const char *suggestion)
{
  KafEvaluationEntry *entry = find_entry (page);
  GtkWidget *text = kaf_evaluation_entry_get_text (entry, "suggestion");

  gtk_widget_grab_focus (kaf_evaluation_entry_get_row (entry, 0));
  for (guint i = 0; i < 5; i++)
    g_assert_true (press_focus (window, GDK_KEY_0 + score));
  /* After the last score the texts are due. */
  g_assert_false (KAF_IS_SCORE_ROW (gtk_root_get_focus (GTK_ROOT (window))));
  gtk_editable_set_text (GTK_EDITABLE (text), suggestion);
  g_signal_emit_by_name (text, "activate");
  KAF_WAIT (kaf_evaluation_entry_is_settled (entry) && kaf_mission_page_is_settled (page));
  g_assert_cmpint (kaf_score_row_get (KAF_SCORE_ROW (kaf_evaluation_entry_get_row (entry, 0))), ==,
                   0);
}

/* Tab stops at each question and goes on from it; a sentence in place of rows is no stop. */
static void
tab_through (KafWindow *window, KafMissionPage *page)
{
  KafEvaluationEntry *entry = find_entry (page);
  GtkWidget *form = gtk_widget_get_ancestor (GTK_WIDGET (entry), KAF_TYPE_STEP_FORM);

  gtk_widget_grab_focus (kaf_evaluation_entry_get_row (entry, 0));
  for (guint i = 1; i < 5; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) ==
                     kaf_evaluation_entry_get_row (entry, i));
    }
  for (guint i = 0; i < 5; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_true (i > 0 || GTK_IS_TEXT (focus));
      g_assert_false (GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_is_ancestor (focus, form));
    }
}

static gboolean
has_draft (KafStore *store)
{
  g_autoptr (GPtrArray) drafts = kaf_display_list_drafts (store);

  return drafts->len == 1 &&
         strstr (((const KafDraft *) g_ptr_array_index (drafts, 0))->fields, "Merci") != NULL;
}

static void
test_evaluation (void)
{
  Field field;
  KafMissionPage *page;
  GtkWidget *text;

  field_init (&field, "field-evaluation.db");
  page = open_mission (field.window, field.mission, 10);
  tab_through (field.window, page);
  for (guint i = 0; i < 4; i++)
    answer (field.window, page, 4, i == 0 ? "Plus de pratique" : "");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "All together"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "shows from 5 answers"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "4.0"));
  answer (field.window, page, 5, "");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "4.2"));

  /* A name is warned of, and not kept from being written. */
  text = kaf_evaluation_entry_get_text (find_entry (page), "liked");
  g_assert_null (kaf_evaluation_entry_get_warning (find_entry (page)));
  gtk_editable_set_text (GTK_EDITABLE (text), "Merci à Chaïma");
  g_assert_nonnull (kaf_evaluation_entry_get_warning (find_entry (page)));
  /* Left half written: among the drafts. */
  KAF_WAIT (has_draft (field.store));
  /* And put back where it was typed, on a page that opens later. */
  page = open_mission (field.window, field.mission, 10);
  text = kaf_evaluation_entry_get_text (find_entry (page), "liked");
  KAF_WAIT (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (text)), "Merci à Chaïma") == 0);
  gtk_editable_set_text (GTK_EDITABLE (text), "");
  field_clear (&field);
}

static void
test_results (void)
{
  Field field;
  KafMissionPage *page;
  KafResultTable *table;
  GtkWidget *entry;
  g_autofree char *id = NULL;
  g_autofree char *reached = NULL;

  field_init (&field, "field-results.db");
  id = add (field.store, "mission_result", "mission", field.mission, "text_fr", "Formés", "target",
            "20", NULL);
  page = open_mission (field.window, field.mission, 10);
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.mend", "(sss)", "mission_result", id,
                              "reached");
  table = KAF_RESULT_TABLE (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_RESULT_TABLE));
  g_assert_nonnull (table);
  entry = kaf_result_table_get_entry (table, id);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (field.window)), entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "quinze");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "15");
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  KAF_WAIT (kaf_mission_page_is_settled (page));
  reached = read_field (field.store, "mission_result", id, "reached");
  g_assert_cmpstr (reached, ==, "15");
  field_clear (&field);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Done in one click, with today's date. */
static void
test_follow_up (void)
{
  Field field;
  KafMissionPage *page;
  g_autofree char *id = NULL;
  g_autofree char *done = NULL;
  g_autofree char *session = NULL;
  GtkWidget *button;

  field_init (&field, "field-follow.db");
  id = add (field.store, "follow_up", "mission", field.mission, "label_fr", "Visite", "owner_name",
            "Amina (exemple)", "due_on", "2026-03-20", NULL);
  page = open_mission (field.window, field.mission, 9);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Visite"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No pair yet"));
  button = find_button (GTK_WIDGET (page), "mission.set-today");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  KAF_WAIT (kaf_mission_page_is_settled (page));
  done = read_field (field.store, "follow_up", id, "done_on");
  g_assert_nonnull (done);
  KAF_WAIT (find_button (GTK_WIDGET (page), "mission.set-today") == NULL);
  field_clear (&field);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/mission-field/attendance", test_attendance);
  g_test_add_func ("/mission-field/overfull", test_overfull);
  g_test_add_func ("/mission-field/participants", test_participants);
  g_test_add_func ("/mission-field/nobody", test_nobody);
  g_test_add_func ("/mission-field/evaluation", test_evaluation);
  g_test_add_func ("/mission-field/results", test_results);
  g_test_add_func ("/mission-field/follow-up", test_follow_up);
  return kaf_display_finish (g_test_run ());
}
