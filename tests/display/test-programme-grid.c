/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The half-days of a mission: what blocks say, walking and moving by keys, the tray, what is written and taken back. */
#include "config.h"

#include "kaf-mission-display.h"

#include "ui/mission/kaf-programme-block.h"
#include "ui/mission/kaf-programme-editor.h"
#include "ui/mission/kaf-programme-view.h"

typedef struct
{
  KafStore *store;
  GtkWidget *window;
  GtkWidget *view;
  KafProgrammeBoard *board;
  KafMission *mission;
  GHashTable *names;
  GPtrArray *holidays;
  char *id, *bennis, *idrissi, *room;
  char *cardiac, *bleeding, *triage, *hygiene;
} Fixture;

static char *
add_expert (Fixture *fixture, const char *family, const char *given)
{
  g_autofree char *person = kaf_display_add_expert (fixture->store, family, given, NULL, NULL);

  g_hash_table_insert (fixture->names, g_strdup (person), g_strdup (family));
  return kaf_display_add (fixture->store, "mission_expert", "mission", fixture->id, "person",
                          person, "answer", "retained", NULL);
}

static char *
add_item (Fixture *fixture,
          const char *subject,
          const char *day,
          const char *half,
          const char *trainer,
          const char *room)
{
  return kaf_display_add (fixture->store, "programme_item", "mission", fixture->id, "subject_fr",
                          subject, "held_on", day, "half", half, "trainer", trainer, "room", room,
                          "theory_minutes", "60", "practice_minutes", "120", NULL);
}

/* As the page does when the store changed. */
static void
reload (Fixture *fixture)
{
  KAF_WAIT (kaf_programme_view_is_settled (KAF_PROGRAMME_VIEW (fixture->view)));
  g_clear_pointer (&fixture->mission, kaf_mission_unref);
  fixture->mission = kaf_display_read_mission (fixture->store, fixture->id, KAF_LANG_FR);
  kaf_programme_view_set (KAF_PROGRAMME_VIEW (fixture->view), fixture->mission, fixture->names,
                          fixture->holidays, 30, TRUE);
}

/* Wednesday 6 to Wednesday 13; Monday 11 is a feast; S. Bennis is in two rooms on Thursday. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  KafWindow *window = kaf_display_open (data);
  KafHoliday *feast = g_new0 (KafHoliday, 1);
  g_autofree char *other = NULL;

  fixture->store = kaf_window_get_store (window);
  fixture->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->holidays = g_ptr_array_new_with_free_func (g_free);
  feast->title = "Manifeste";
  feast->from = feast->to = kaf_day_parse ("2027-01-11");
  g_ptr_array_add (fixture->holidays, feast);
  fixture->id = kaf_display_add (fixture->store, "mission", "title_fr", "Soins", "starts_on",
                                 "2027-01-06", "ends_on", "2027-01-13", NULL);
  fixture->bennis = add_expert (fixture, "BENNIS", "Salma");
  fixture->idrissi = add_expert (fixture, "IDRISSI", "Yassine");
  fixture->room =
      kaf_display_add (fixture->store, "mission_room", "mission", fixture->id, "name", "A", NULL);
  other =
      kaf_display_add (fixture->store, "mission_room", "mission", fixture->id, "name", "B", NULL);
  fixture->cardiac =
      add_item (fixture, "Cardiaque", "2027-01-07", "am", fixture->bennis, fixture->room);
  fixture->bleeding = add_item (fixture, "Saignement", "2027-01-07", "am", fixture->bennis, other);
  fixture->triage =
      add_item (fixture, "Triage", "2027-01-06", "pm", fixture->idrissi, fixture->room);
  fixture->hygiene = add_item (fixture, "Hygiene", NULL, NULL, NULL, NULL);
  fixture->view = kaf_programme_view_new (fixture->store, KAF_LANG_FR);
  fixture->board = kaf_programme_view_get_board (KAF_PROGRAMME_VIEW (fixture->view));
  fixture->window = kaf_display_show (fixture->view, 860, 640);
  reload (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  kaf_mission_unref (fixture->mission);
  g_hash_table_unref (fixture->names);
  g_ptr_array_unref (fixture->holidays);
  g_free (fixture->id);
  g_free (fixture->bennis);
  g_free (fixture->idrissi);
  g_free (fixture->room);
  g_free (fixture->cardiac);
  g_free (fixture->bleeding);
  g_free (fixture->triage);
  g_free (fixture->hygiene);
}

static GtkWidget *
find_block (GtkWidget *widget, const char *id)
{
  if (KAF_IS_PROGRAMME_BLOCK (widget) &&
      g_strcmp0 (kaf_programme_block_get_id (KAF_PROGRAMME_BLOCK (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_block (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static KafProgrammeBlock *
block (Fixture *fixture, const char *id)
{
  GtkWidget *found = find_block (GTK_WIDGET (fixture->board), id);

  g_assert_nonnull (found);
  return KAF_PROGRAMME_BLOCK (found);
}

static void
press (Fixture *fixture, guint keyval)
{
  g_assert_true (kaf_display_press (GTK_WIDGET (fixture->board), keyval, 0));
}

static void
assert_cursor (Fixture *fixture, const char *id, const char *day, gboolean afternoon)
{
  const char *at;
  KafDay on;
  gboolean pm;

  g_assert_true (kaf_programme_board_get_cursor (fixture->board, &at, &on, &pm));
  g_assert_cmpstr (at, ==, id);
  g_assert_cmpuint (on, ==, kaf_day_parse (day));
  g_assert_cmpint (pm, ==, afternoon);
}

static void
assert_stands (Fixture *fixture, const char *id, const char *day, const char *half)
{
  g_autoptr (KafRecord) record = kaf_display_load (fixture->store, "programme_item", id);

  g_assert_cmpstr (kaf_record_get (record, "held_on"), ==, day);
  g_assert_cmpstr (kaf_record_get (record, "half"), ==, half);
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_sign (Fixture *fixture, const char *item, const char *text)
{
  GtkWidget *label = find_label (GTK_WIDGET (block (fixture, item)), text);

  g_assert_nonnull (label);
  return GTK_IS_IMAGE (gtk_widget_get_prev_sibling (label));
}

/* Where the clash is, there is its sign: not at the trainer when the room is taken. */
static void
test_signs (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = NULL;

  g_assert_true (has_sign (fixture, fixture->cardiac, "BENNIS"));
  g_assert_false (has_sign (fixture, fixture->cardiac, "A"));
  other = add_item (fixture, "Brûlures", "2027-01-08", "am", fixture->bennis, fixture->room);
  g_free (add_item (fixture, "Plaies", "2027-01-08", "am", fixture->idrissi, fixture->room));
  reload (fixture);
  g_assert_false (has_sign (fixture, other, "BENNIS"));
  g_assert_true (has_sign (fixture, other, "A"));
}

/* Each block says all of it, both of a clash are red, the others not. */
static void
test_says (Fixture *fixture, gconstpointer data)
{
  const char *label = kaf_programme_block_get_label (block (fixture, fixture->cardiac));
  g_autofree char *other = NULL;

  g_assert_cmpint (kaf_programme_block_get_level (block (fixture, fixture->cardiac)), ==,
                   KAF_CLASH_FIRM);
  g_assert_cmpint (kaf_programme_block_get_level (block (fixture, fixture->bleeding)), ==,
                   KAF_CLASH_FIRM);
  g_assert_cmpint (kaf_programme_block_get_level (block (fixture, fixture->triage)), ==,
                   KAF_CLASH_NONE);
  g_assert_cmpstr (label, ==,
                   "Jeudi 7 janvier 2027, morning: \u2068Cardiaque\u2069, trainer "
                   "\u2068BENNIS\u2069, room \u2068A\u2069, \u2068theory 1 h, practice 2 h\u2069, "
                   "clash: \u2068\u2068BENNIS\u2069 holds another session in this "
                   "half-day\u2069");
  other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (block (fixture, fixture->cardiac)),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  g_assert_cmpstr (other, ==, NULL);
  g_assert_true (kaf_display_shows (fixture->view, "Manifeste"));
  g_assert_true (kaf_display_shows (fixture->view, "2 half-days") ||
                 kaf_display_shows (fixture->view, "1 half-day"));
}

/* Over blocks and free half-days, around the weekend, down to the tray and back to where one came from. */
static void
test_walks (Fixture *fixture, gconstpointer data)
{
  g_assert_true (kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->cardiac));
  assert_cursor (fixture, fixture->cardiac, "2027-01-07", FALSE);
  press (fixture, GDK_KEY_Down);
  assert_cursor (fixture, fixture->bleeding, "2027-01-07", FALSE);
  press (fixture, GDK_KEY_Down);
  assert_cursor (fixture, NULL, "2027-01-07", TRUE);
  press (fixture, GDK_KEY_Right);
  assert_cursor (fixture, NULL, "2027-01-08", TRUE);
  press (fixture, GDK_KEY_Right);
  assert_cursor (fixture, NULL, "2027-01-11", TRUE); /* the weekend is folded */
  press (fixture, GDK_KEY_Down);
  assert_cursor (fixture, fixture->hygiene, NULL, FALSE);
  press (fixture, GDK_KEY_Up);
  assert_cursor (fixture, NULL, "2027-01-11", TRUE);
  press (fixture, GDK_KEY_End);
  assert_cursor (fixture, NULL, "2027-01-13", TRUE);
  g_assert_false (kaf_display_press (GTK_WIDGET (fixture->board), GDK_KEY_Right, 0));
  press (fixture, GDK_KEY_Home);
  assert_cursor (fixture, fixture->triage, "2027-01-06", TRUE);
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->bleeding);
  press (fixture, GDK_KEY_m);
  g_assert_cmpstr (kaf_programme_board_get_moving (fixture->board), ==, fixture->bleeding);
  press (fixture, GDK_KEY_Down);
  press (fixture, GDK_KEY_Right);
  press (fixture, GDK_KEY_Escape);
  g_assert_null (kaf_programme_board_get_moving (fixture->board));
  assert_cursor (fixture, fixture->bleeding, "2027-01-07", FALSE);
  reload (fixture);
  assert_stands (fixture, fixture->bleeding, "2027-01-07", "am");

  press (fixture, GDK_KEY_m);
  press (fixture, GDK_KEY_Down);
  press (fixture, GDK_KEY_Right);
  press (fixture, GDK_KEY_Return);
  reload (fixture);
  assert_stands (fixture, fixture->bleeding, "2027-01-08", "pm");
  /* The cursor goes along, and the clash is gone from both. */
  assert_cursor (fixture, fixture->bleeding, "2027-01-08", TRUE);
  g_assert_cmpint (kaf_programme_block_get_level (block (fixture, fixture->cardiac)), ==,
                   KAF_CLASH_NONE);

  kaf_display_undo (fixture->store);
  reload (fixture);
  assert_stands (fixture, fixture->bleeding, "2027-01-07", "am");
  g_assert_cmpint (kaf_programme_block_get_level (block (fixture, fixture->cardiac)), ==,
                   KAF_CLASH_FIRM);
}

/* Delete puts a session into the tray, from where M places it; Delete there takes it out. */
static void
test_tray (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KafRecord) gone = NULL;

  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->triage);
  press (fixture, GDK_KEY_Delete);
  reload (fixture);
  assert_stands (fixture, fixture->triage, NULL, NULL);
  assert_cursor (fixture, fixture->triage, NULL, FALSE);

  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->hygiene);
  press (fixture, GDK_KEY_m);
  press (fixture, GDK_KEY_Up);
  press (fixture, GDK_KEY_Return);
  reload (fixture);
  assert_stands (fixture, fixture->hygiene, "2027-01-06", "am");

  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->triage);
  press (fixture, GDK_KEY_Delete);
  reload (fixture);
  g_assert_null (find_block (GTK_WIDGET (fixture->board), fixture->triage));
  gone = kaf_display_load (fixture->store, "programme_item", fixture->triage);
  g_assert_cmpint (kaf_record_get_stamp (gone)->deleted_at, >, 0);
  kaf_display_undo (fixture->store);
  reload (fixture);
  g_assert_nonnull (find_block (GTK_WIDGET (fixture->board), fixture->triage));
}

/* By actions, what a drop asks for too. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (fixture->view, "programme.move", "(sss)",
                                             fixture->hygiene, "2027-01-12", "pm"));
  reload (fixture);
  assert_stands (fixture, fixture->hygiene, "2027-01-12", "pm");
  g_assert_true (gtk_widget_activate_action (fixture->view, "programme.move", "(sss)",
                                             fixture->hygiene, "", ""));
  reload (fixture);
  assert_stands (fixture, fixture->hygiene, NULL, NULL);
  /* What is dropped from elsewhere is not a session. */
  {
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, G_TYPE_STRING);
    g_value_set_string (&value, "some text");
    g_assert_null (kaf_programme_block_read_drag (&value));
    g_value_set_string (&value, "programme_item abc");
    g_assert_cmpstr (kaf_programme_block_read_drag (&value), ==, "abc");
  }
}

static KafFieldDialog *
get_editor (Fixture *fixture)
{
  KafProgrammeView *view = KAF_PROGRAMME_VIEW (fixture->view);

  KAF_WAIT (kaf_programme_view_get_editor (view) != NULL);
  return KAF_FIELD_DIALOG (kaf_programme_view_get_editor (view));
}

/* N on a free half-day: the place is there, a clash is said at once, a room is made on the spot, all in one batch. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  KafFieldDialog *editor;
  g_autofree char *day = NULL;
  g_autofree char *half = NULL;
  const KafItem *made = NULL;

  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->cardiac);
  press (fixture, GDK_KEY_n);
  editor = get_editor (fixture);
  day = kaf_field_dialog_get_value (editor, "held_on");
  half = kaf_field_dialog_get_value (editor, "half");
  g_assert_cmpstr (day, ==, "2027-01-07");
  g_assert_cmpstr (half, ==, "am");
  g_assert_true (kaf_programme_editor_choose_trainer (GTK_WIDGET (editor), fixture->bennis));
  g_assert_true (kaf_display_shows (GTK_WIDGET (editor), "holds another session"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (editor), "\u2068IDRISSI\u2069 is free then."));
  g_assert_true (kaf_programme_editor_choose_trainer (GTK_WIDGET (editor), fixture->idrissi));
  g_assert_false (kaf_display_shows (GTK_WIDGET (editor), "holds another session"));
  g_assert_true (kaf_programme_editor_choose_room (GTK_WIDGET (editor), NULL, "Salle C"));
  kaf_field_row_set_typed (kaf_field_dialog_find_row (editor, "subject_fr"), "Pansements");
  g_assert_true (kaf_field_dialog_save (editor));
  KAF_WAIT (kaf_programme_view_get_editor (KAF_PROGRAMME_VIEW (fixture->view)) == NULL);
  reload (fixture);
  for (guint i = 0; i < fixture->mission->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (fixture->mission->items, i);

      if (g_strcmp0 (item->subject, "Pansements") == 0)
        made = item;
    }
  g_assert_nonnull (made);
  g_assert_cmpstr (made->trainer, ==, fixture->idrissi);
  g_assert_cmpstr (kaf_mission_find_room (fixture->mission, made->room)->name, ==, "Salle C");
  g_assert_cmpuint (fixture->mission->rooms->len, ==, 3);
  kaf_display_undo (fixture->store);
  reload (fixture);
  g_assert_cmpuint (fixture->mission->items->len, ==, 4);
  g_assert_cmpuint (fixture->mission->rooms->len, ==, 2);
}

/* F2; what is typed and cannot be kept stays, with its sentence, and the window with it. */
static void
test_edit (Fixture *fixture, gconstpointer data)
{
  KafFieldDialog *editor;
  KafFieldRow *row;

  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->triage);
  press (fixture, GDK_KEY_F2);
  editor = get_editor (fixture);
  row = kaf_field_dialog_find_row (editor, "theory_minutes");
  kaf_field_row_set_typed (row, "beaucoup");
  kaf_field_dialog_touch (editor);
  g_assert_false (kaf_field_dialog_save (editor));
  g_assert_nonnull (kaf_field_row_get_error (row));
  /* Closing asks first. */
  gtk_window_close (GTK_WINDOW (editor));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (editor)));
  kaf_field_row_set_typed (row, "30");
  kaf_field_row_set_typed (kaf_field_dialog_find_row (editor, "subject_ar"), "فرز");
  g_assert_true (kaf_field_dialog_save (editor));
  KAF_WAIT (kaf_programme_view_get_editor (KAF_PROGRAMME_VIEW (fixture->view)) == NULL);
  reload (fixture);
  {
    g_autoptr (KafRecord) record =
        kaf_display_load (fixture->store, "programme_item", fixture->triage);

    g_assert_cmpstr (kaf_record_get (record, "theory_minutes"), ==, "30");
    g_assert_cmpstr (kaf_record_get (record, "subject_ar"), ==, "فرز");
    g_assert_cmpstr (kaf_record_get (record, "trainer"), ==, fixture->idrissi);
    g_assert_cmpstr (kaf_record_get (record, "held_on"), ==, "2027-01-06");
  }
}

/* Where nothing may be written, the same keys do nothing. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  kaf_programme_view_set (KAF_PROGRAMME_VIEW (fixture->view), fixture->mission, fixture->names,
                          fixture->holidays, 30, FALSE);
  kaf_programme_view_lead (KAF_PROGRAMME_VIEW (fixture->view), fixture->triage);
  g_assert_false (kaf_display_press (GTK_WIDGET (fixture->board), GDK_KEY_Delete, 0));
  g_assert_false (kaf_display_press (GTK_WIDGET (fixture->board), GDK_KEY_m, 0));
  g_assert_false (kaf_display_press (GTK_WIDGET (fixture->board), GDK_KEY_n, 0));
  gtk_widget_activate_action (fixture->view, "programme.move", "(sss)", fixture->triage, "", "");
  reload (fixture);
  assert_stands (fixture, fixture->triage, "2027-01-06", "pm");
}

/* One day at a time; the arrows turn the page. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = kaf_programme_view_new (fixture->store, KAF_LANG_FR);
  GtkWidget *window = kaf_display_show (view, 360, 640);
  KafProgrammeBoard *board = kaf_programme_view_get_board (KAF_PROGRAMME_VIEW (view));
  int least;

  kaf_programme_view_set (KAF_PROGRAMME_VIEW (view), fixture->mission, fixture->names,
                          fixture->holidays, 30, TRUE);
  KAF_WAIT (kaf_programme_board_is_narrow (board));
  KAF_WAIT (!kaf_display_shows (view, "Saignement"));
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 336);
  g_assert_true (kaf_programme_view_lead (KAF_PROGRAMME_VIEW (view), fixture->triage));
  g_assert_true (kaf_display_shows (view, "Triage"));
  g_assert_true (kaf_display_press (GTK_WIDGET (board), GDK_KEY_Up, 0));
  g_assert_true (kaf_display_press (GTK_WIDGET (board), GDK_KEY_Right, 0));
  g_assert_true (kaf_display_shows (view, "Saignement"));
  g_assert_false (kaf_display_shows (view, "Triage"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Without dates there is a sentence instead, and the tray. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KafMission) bare = kaf_mission_new ("m");

  kaf_programme_view_set (KAF_PROGRAMME_VIEW (fixture->view), bare, NULL, NULL, 30, TRUE);
  g_assert_true (kaf_display_shows (fixture->view, "once the dates of the mission are known"));
  g_assert_true (kaf_display_shows (fixture->view, "no session yet"));
  g_assert_true (kaf_display_shows (fixture->view, "Theory —"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");

#define ADD(name, test)                                                                            \
  g_test_add ("/programme-grid/" name, Fixture, "programme-" name ".db", set_up, test, tear_down)
  ADD ("says", test_says);
  ADD ("signs", test_signs);
  ADD ("walks", test_walks);
  ADD ("moves", test_moves);
  ADD ("tray", test_tray);
  ADD ("actions", test_actions);
  ADD ("new", test_new);
  ADD ("edit", test_edit);
  ADD ("read-only", test_read_only);
  ADD ("narrow", test_narrow);
  ADD ("empty", test_empty);
  return kaf_display_finish (g_test_run ());
}
