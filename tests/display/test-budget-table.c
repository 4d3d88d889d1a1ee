/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The budget of a mission, written in place: cells, payers, lines, adjustments; what is typed is kept. */
#include "config.h"

#include <string.h>

#include "kaf-mission-display.h"

#include "schema/kaf-registry.h"
#include "ui/mission/kaf-budget-cell.h"
#include "ui/mission/kaf-budget-view.h"
#include "ui/mission/kaf-cell-writer.h"

typedef struct
{
  KafStore *store;
  KafWindow *main;
  GtkWidget *window;
  GtkWidget *view;
  KafBudgetTable *table;
  KafMission *mission;
  GHashTable *names;
  KafBudgetPhase phase;
  char *id, *council, *dmk, *convention;
  char *flights, *lodging, *transport;
} Fixture;

static char *
add_named (Fixture *fixture, const char *name)
{
  char *id = kaf_display_add (fixture->store, "organisation", "name_fr", name, "kind",
                              "association", NULL);

  g_hash_table_insert (fixture->names, g_strdup (id), g_strdup (name));
  return id;
}

static char *
add_line (Fixture *fixture,
          const char *label,
          const char *category,
          const char *quantity,
          const char *price,
          const char *payer,
          const char *position)
{
  return kaf_display_add (fixture->store, "budget_line", "mission", fixture->id, "label_fr", label,
                          "category", category, "quantity", quantity, "unit_price", price, "payer",
                          payer, "position", position, NULL);
}

static void
reload (Fixture *fixture)
{
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  g_clear_pointer (&fixture->mission, kaf_mission_unref);
  fixture->mission = kaf_display_read_mission (fixture->store, fixture->id, KAF_LANG_FR);
  kaf_budget_view_set (KAF_BUDGET_VIEW (fixture->view), fixture->mission, fixture->names,
                       fixture->phase, TRUE);
}

/* The council pays the lodging, DMK the flights, nobody the transport. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->main = kaf_display_open (data);
  fixture->store = kaf_window_get_store (fixture->main);
  fixture->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->id = kaf_display_add (fixture->store, "mission", "title_fr", "Soins", "ceiling",
                                 "12000000 MAD", NULL);
  fixture->council = add_named (fixture, "Conseil");
  fixture->dmk = add_named (fixture, "DMK");
  fixture->flights = add_line (fixture, "Billets", "travel", "2", "480000 MAD", fixture->dmk, "1");
  fixture->lodging =
      add_line (fixture, "Nuits", "lodging", "16", "65000 MAD", fixture->council, "2");
  fixture->transport = add_line (fixture, "Minibus", "travel", "6", "140000 MAD", NULL, "3");
  fixture->phase = KAF_BUDGET_PLANNED;
  fixture->view = kaf_budget_view_new (fixture->store, KAF_LANG_FR);
  fixture->table = kaf_budget_view_get_table (KAF_BUDGET_VIEW (fixture->view));
  fixture->window = kaf_display_show (fixture->view, 1100, 640);
  reload (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  kaf_mission_unref (fixture->mission);
  g_hash_table_unref (fixture->names);
  g_free (fixture->id);
  g_free (fixture->council);
  g_free (fixture->dmk);
  g_free (fixture->convention);
  g_free (fixture->flights);
  g_free (fixture->lodging);
  g_free (fixture->transport);
}

static KafBudgetCell *
cell (Fixture *fixture, const char *line, KafBudgetKind kind, const char *payer)
{
  GtkWidget *found = kaf_budget_table_find_cell (fixture->table, line, kind, payer);

  g_assert_nonnull (found);
  return KAF_BUDGET_CELL (found);
}

static void
focus (Fixture *fixture, const char *line, KafBudgetKind kind, const char *payer)
{
  g_assert_true (kaf_budget_table_focus (fixture->table, line, kind, payer));
}

static gboolean
press (Fixture *fixture, guint keyval, GdkModifierType state)
{
  return kaf_display_press (GTK_WIDGET (fixture->table), keyval, state);
}

/* In the entry of the cell that is being written. */
static void
press_in (KafBudgetCell *cell, guint keyval)
{
  GtkWidget *entry = kaf_display_find (GTK_WIDGET (cell), GTK_TYPE_TEXT);

  g_assert_nonnull (entry);
  kaf_display_press (entry, keyval, 0);
}

static void
assert_value (Fixture *fixture, const char *line, const char *field, const char *value)
{
  g_autoptr (KafRecord) record = kaf_display_load (fixture->store, "budget_line", line);

  g_assert_cmpstr (kaf_record_get (record, field), ==, value);
}

static void
assert_text (
    Fixture *fixture, const char *line, KafBudgetKind kind, const char *payer, const char *text)
{
  g_assert_cmpstr (kaf_budget_cell_get_text (cell (fixture, line, kind, payer)), ==, text);
}

static void
test_shows (Fixture *fixture, gconstpointer data)
{
  assert_text (fixture, fixture->flights, KAF_BUDGET_PAYER, fixture->dmk,
               "\u20669\u00A0600,00\u2069");
  assert_text (fixture, fixture->flights, KAF_BUDGET_PAYER, fixture->council, "");
  assert_text (fixture, fixture->transport, KAF_BUDGET_UNPAID, NULL, "\u20668\u00A0400,00\u2069");
  g_assert_cmpstr (
      kaf_budget_cell_get_label (cell (fixture, fixture->flights, KAF_BUDGET_PRICE, NULL)), ==,
      "\u2068Billets\u2069, \u2068Unit price\u2069: \u2068\u20664\u00A0800,00\u2069\u2069");
  g_assert_true (kaf_display_shows (fixture->view, "28\u00A0400,00"));
  g_assert_true (kaf_display_shows (fixture->view, "91\u00A0600,00\u2069 left"));
  g_assert_nonnull (
      strstr (kaf_budget_view_get_banner (KAF_BUDGET_VIEW (fixture->view)), "\u2068Minibus\u2069"));
}

/* Typing begins, Tab keeps and goes on, Enter keeps and goes down; Esc gives up. */
static void
test_types (Fixture *fixture, gconstpointer data)
{
  KafBudgetCell *price = cell (fixture, fixture->flights, KAF_BUDGET_PRICE, NULL);
  const char *at;
  KafBudgetKind kind;

  focus (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL);
  g_assert_true (press (fixture, GDK_KEY_3, 0));
  g_assert_cmpstr (
      kaf_budget_cell_get_typed (cell (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL)), ==,
      "3");
  press_in (cell (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL), GDK_KEY_Tab);
  g_assert_true (kaf_budget_table_get_cursor (fixture->table, &at, &kind));
  g_assert_cmpint (kind, ==, KAF_BUDGET_PRICE);
  g_assert_true (press (fixture, GDK_KEY_F2, 0));
  g_assert_cmpstr (kaf_budget_cell_get_typed (price), ==, "4\u00A0800,00\u00A0MAD");
  kaf_budget_cell_set_typed (price, "5 000,50");
  press_in (price, GDK_KEY_Return);
  g_assert_true (kaf_budget_table_get_cursor (fixture->table, &at, &kind));
  g_assert_cmpstr (at, ==, fixture->lodging);
  g_assert_true (press (fixture, GDK_KEY_9, 0));
  press_in (cell (fixture, fixture->lodging, KAF_BUDGET_PRICE, NULL), GDK_KEY_Escape);
  reload (fixture);
  assert_value (fixture, fixture->flights, "quantity", "3");
  assert_value (fixture, fixture->flights, "unit_price", "500050 MAD");
  assert_value (fixture, fixture->lodging, "unit_price", "65000 MAD");
  assert_text (fixture, fixture->flights, KAF_BUDGET_PAYER, fixture->dmk,
               "\u206615\u00A0001,50\u2069");
  kaf_display_undo (fixture->store);
  reload (fixture);
  assert_value (fixture, fixture->flights, "unit_price", "480000 MAD");
}

/* What cannot be kept stays in its cell, with the reason; leaving it does not lose it. */
static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  KafBudgetCell *quantity = cell (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL);

  focus (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL);
  press (fixture, GDK_KEY_F2, 0);
  kaf_budget_cell_set_typed (quantity, "douze");
  press_in (quantity, GDK_KEY_Return);
  g_assert_true (kaf_budget_cell_is_written (quantity));
  g_assert_nonnull (kaf_budget_view_get_problem (KAF_BUDGET_VIEW (fixture->view)));
  kaf_budget_table_focus (fixture->table, fixture->lodging, KAF_BUDGET_ITEM, NULL);
  g_assert_cmpstr (kaf_budget_cell_get_typed (quantity), ==, "douze");
  kaf_budget_cell_set_typed (quantity, "");
  press_in (quantity, GDK_KEY_Return);
  g_assert_true (kaf_budget_cell_is_written (quantity));
  kaf_budget_cell_set_typed (quantity, "12");
  press_in (quantity, GDK_KEY_Return);
  g_assert_null (kaf_budget_view_get_problem (KAF_BUDGET_VIEW (fixture->view)));
  reload (fixture);
  assert_value (fixture, fixture->flights, "quantity", "12");
}

/* The mission is read again while somebody types: what is typed stays, and the rest shows once it is kept. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  KafBudgetCell *item = cell (fixture, fixture->flights, KAF_BUDGET_ITEM, NULL);
  g_autofree char *other = NULL;

  focus (fixture, fixture->flights, KAF_BUDGET_ITEM, NULL);
  press (fixture, GDK_KEY_F2, 0);
  kaf_budget_cell_set_typed (item, "Billets d’avion");
  other = add_line (fixture, "Affiches", "other", "1", "1192000 MAD", fixture->council, "4");
  reload (fixture);
  g_assert_cmpstr (kaf_budget_cell_get_typed (item), ==, "Billets d’avion");
  g_assert_null (kaf_budget_table_find_cell (fixture->table, other, KAF_BUDGET_ITEM, NULL));
  press_in (item, GDK_KEY_Return);
  g_assert_nonnull (kaf_budget_table_find_cell (fixture->table, other, KAF_BUDGET_ITEM, NULL));
  reload (fixture);
  assert_value (fixture, fixture->flights, "label_fr", "Billets d’avion");
}

/* A row that is being named is a line once it has a name; without one it is nothing. */
static void
test_adds (Fixture *fixture, gconstpointer data)
{
  const char *id;
  g_autofree char *made = NULL;
  KafBudgetKind kind;

  g_assert_true (gtk_widget_activate_action (fixture->view, "budget.add", NULL));
  g_assert_true (kaf_budget_table_get_cursor (fixture->table, &id, &kind));
  press_in (cell (fixture, id, KAF_BUDGET_ITEM, NULL), GDK_KEY_Escape);
  reload (fixture);
  g_assert_cmpuint (fixture->mission->lines->len, ==, 3);

  g_assert_true (press (fixture, GDK_KEY_Insert, 0));
  g_assert_true (kaf_budget_table_get_cursor (fixture->table, &id, &kind));
  made = g_strdup (id);
  kaf_budget_cell_set_typed (cell (fixture, made, KAF_BUDGET_ITEM, NULL), "Repas");
  press_in (cell (fixture, made, KAF_BUDGET_ITEM, NULL), GDK_KEY_Tab);
  /* And goes on being written before the store has answered. */
  focus (fixture, made, KAF_BUDGET_PRICE, NULL);
  g_assert_true (press (fixture, GDK_KEY_7, 0));
  press_in (cell (fixture, made, KAF_BUDGET_PRICE, NULL), GDK_KEY_Tab);
  reload (fixture);
  g_assert_cmpuint (fixture->mission->lines->len, ==, 4);
  assert_value (fixture, made, "label_fr", "Repas");
  assert_value (fixture, made, "category", "travel"); /* of the line above */
  assert_value (fixture, made, "unit_price", "700 MAD");

  focus (fixture, made, KAF_BUDGET_ITEM, NULL);
  g_assert_true (press (fixture, GDK_KEY_Delete, 0));
  reload (fixture);
  g_assert_cmpuint (fixture->mission->lines->len, ==, 3);
  kaf_display_undo (fixture->store);
  reload (fixture);
  g_assert_cmpuint (fixture->mission->lines->len, ==, 4);
}

/* F4 lists; Enter in a payer's column; Ctrl+D; the button of the banner: all make somebody pay. */
static void
test_payers (Fixture *fixture, gconstpointer data)
{
  KafBudgetView *view = KAF_BUDGET_VIEW (fixture->view);

  focus (fixture, fixture->transport, KAF_BUDGET_ITEM, NULL);
  g_assert_true (press (fixture, GDK_KEY_F4, 0));
  g_assert_nonnull (kaf_budget_view_get_choices (view));
  g_assert_true (kaf_budget_choices_choose (kaf_budget_view_get_choices (view), fixture->council));
  KAF_WAIT (kaf_budget_view_get_choices (view) == NULL);
  reload (fixture);
  assert_value (fixture, fixture->transport, "payer", fixture->council);
  g_assert_null (kaf_budget_view_get_banner (view));

  focus (fixture, fixture->transport, KAF_BUDGET_PAYER, fixture->dmk);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  reload (fixture);
  assert_value (fixture, fixture->transport, "payer", fixture->dmk);
  g_assert_true (press (fixture, GDK_KEY_d, GDK_CONTROL_MASK));
  reload (fixture);
  assert_value (fixture, fixture->transport, "payer", fixture->council);

  focus (fixture, fixture->transport, KAF_BUDGET_QUANTITY, NULL);
  g_assert_true (press (fixture, GDK_KEY_D, GDK_CONTROL_MASK));
  reload (fixture);
  assert_value (fixture, fixture->transport, "quantity", "16");

  kaf_display_undo (fixture->store);
  kaf_display_undo (fixture->store);
  kaf_display_undo (fixture->store);
  kaf_display_undo (fixture->store);
  reload (fixture);
  assert_value (fixture, fixture->transport, "payer", NULL);
  g_assert_nonnull (kaf_budget_view_get_banner (view));
  g_assert_true (gtk_widget_activate_action (fixture->view, "budget.set-payer", "(sss)",
                                             fixture->transport, fixture->dmk, ""));
  reload (fixture);
  assert_value (fixture, fixture->transport, "payer", fixture->dmk);
}

/* Once step 6 was left: no key rewrites a line, Enter adjusts it with a reason. */
static void
test_frozen (Fixture *fixture, gconstpointer data)
{
  KafBudgetView *view = KAF_BUDGET_VIEW (fixture->view);
  KafFieldDialog *dialog;

  fixture->phase = KAF_BUDGET_FROZEN;
  reload (fixture);
  focus (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL);
  g_assert_false (press (fixture, GDK_KEY_5, 0));
  g_assert_false (press (fixture, GDK_KEY_Delete, 0));
  press (fixture, GDK_KEY_d, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_F4, 0);
  g_assert_null (kaf_budget_view_get_choices (view));
  gtk_widget_activate_action (fixture->view, "budget.set-payer", "(sss)", fixture->transport,
                              fixture->dmk, "");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  KAF_WAIT (kaf_budget_view_get_dialog (view) != NULL);
  dialog = kaf_budget_view_get_dialog (view);
  kaf_field_row_set_typed (kaf_field_dialog_find_row (dialog, "amount"), "-600");
  g_assert_false (kaf_field_dialog_save (dialog)); /* no reason yet */
  kaf_field_row_set_typed (kaf_field_dialog_find_row (dialog, "reason"), "Tarif de groupe");
  g_assert_true (kaf_field_dialog_save (dialog));
  KAF_WAIT (kaf_budget_view_get_dialog (view) == NULL);
  reload (fixture);
  assert_text (fixture, fixture->flights, KAF_BUDGET_PAYER, fixture->dmk,
               "\u20669\u00A0000,00\u2069");
  assert_value (fixture, fixture->flights, "quantity", "2");
  assert_value (fixture, fixture->transport, "payer", NULL);
}

/* In delivery: what is committed, spent and settled is written; the plan is not. */
static void
test_spending (Fixture *fixture, gconstpointer data)
{
  KafBudgetCell *spent, *settled;

  fixture->phase = KAF_BUDGET_SPENT;
  reload (fixture);
  spent = cell (fixture, fixture->flights, KAF_BUDGET_SPENDING, NULL);
  settled = cell (fixture, fixture->flights, KAF_BUDGET_SETTLED, NULL);
  focus (fixture, fixture->flights, KAF_BUDGET_SPENDING, NULL);
  g_assert_true (press (fixture, GDK_KEY_9, 0));
  kaf_budget_cell_set_typed (spent, "9 100");
  press_in (spent, GDK_KEY_Tab);
  g_assert_true (press (fixture, GDK_KEY_F2, 0));
  kaf_budget_cell_set_typed (settled, "14/01/2027");
  press_in (settled, GDK_KEY_Return);
  reload (fixture);
  assert_value (fixture, fixture->flights, "spent", "910000 MAD");
  assert_value (fixture, fixture->flights, "settled_on", "2027-01-14");
  focus (fixture, fixture->flights, KAF_BUDGET_QUANTITY, NULL);
  g_assert_false (press (fixture, GDK_KEY_5, 0));
}

/* Two currencies are said, not added; a price that nobody knows counts nowhere. */
static void
test_caveats (Fixture *fixture, gconstpointer data)
{
  g_autofree char *euros =
      add_line (fixture, "Inscription", "other", "1", "30000 EUR", fixture->dmk, "4");
  g_autofree char *unknown = add_line (fixture, "Salle", "other", "1", NULL, fixture->dmk, "5");
  KafBudgetCell *price;

  reload (fixture);
  g_assert_true (kaf_display_shows (fixture->view, "28\u00A0400,00"));
  g_assert_true (kaf_display_shows (fixture->view, "300,00\u00A0EUR"));
  g_assert_true (kaf_display_shows (fixture->view, "are not added"));
  g_assert_true (kaf_display_shows (fixture->view, "1 line without a price is not counted"));
  assert_text (fixture, unknown, KAF_BUDGET_PRICE, NULL, "—");
  /* An amount without a word stays in the currency of its line. */
  price = cell (fixture, euros, KAF_BUDGET_PRICE, NULL);
  focus (fixture, euros, KAF_BUDGET_PRICE, NULL);
  press (fixture, GDK_KEY_4, 0);
  press_in (price, GDK_KEY_Return);
  reload (fixture);
  assert_value (fixture, euros, "unit_price", "400 EUR");
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = kaf_budget_view_new (fixture->store, KAF_LANG_FR);
  KafBudgetTable *table = kaf_budget_view_get_table (KAF_BUDGET_VIEW (view));
  GtkWidget *window = kaf_display_show (view, 360, 640);
  int least;

  kaf_budget_view_set (KAF_BUDGET_VIEW (view), fixture->mission, fixture->names, KAF_BUDGET_PLANNED,
                       TRUE);
  KAF_WAIT (kaf_budget_table_is_narrow (table));
  KAF_WAIT (kaf_budget_table_find_cell (table, fixture->flights, KAF_BUDGET_COST, NULL) != NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 336);
  g_assert_true (kaf_budget_table_focus (table, fixture->flights, KAF_BUDGET_COST, NULL));
  g_assert_true (kaf_display_press (GTK_WIDGET (table), GDK_KEY_Return, 0));
  KAF_WAIT (kaf_budget_view_get_dialog (KAF_BUDGET_VIEW (view)) != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KafMission) bare = kaf_mission_new (fixture->id);

  kaf_budget_view_set (KAF_BUDGET_VIEW (fixture->view), bare, NULL, KAF_BUDGET_PLANNED, TRUE);
  g_assert_true (kaf_display_shows (fixture->view, "No budget line yet"));
  g_assert_true (gtk_widget_activate_action (fixture->view, "budget.add", NULL));
  g_assert_false (kaf_display_shows (fixture->view, "No budget line yet"));
}

static const char *get_told (Fixture *fixture);
static void answer (Fixture *fixture, const char *label);

/* The button that gives a line its likely payer, with the basis, goes over nobody's edit either. */
static void
test_payer_given (Fixture *fixture, gconstpointer data)
{
  g_autofree char *theirs = kaf_display_add (fixture->store, "convention", "title_fr", "Cadre",
                                             "kind", "framework", NULL);
  g_autofree char *mine = kaf_display_add (fixture->store, "convention", "title_fr", "Annexe",
                                           "kind", "framework", NULL);

  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->transport, "payer",
                              fixture->council);
  g_assert_true (gtk_widget_activate_action (fixture->view, "budget.set-payer", "(sss)",
                                             fixture->transport, fixture->dmk, ""));
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  assert_value (fixture, fixture->transport, "payer", fixture->council);
  g_assert_nonnull (strstr (get_told (fixture), "Payer"));
  g_assert_nonnull (strstr (get_told (fixture), "Karim"));
  answer (fixture, "Take Mine");
  assert_value (fixture, fixture->transport, "payer", fixture->dmk);

  /* Of the two it is the basis that stands otherwise: neither is written. */
  reload (fixture);
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->transport, "basis", theirs);
  g_assert_true (gtk_widget_activate_action (fixture->view, "budget.set-payer", "(sss)",
                                             fixture->transport, fixture->council, mine));
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  assert_value (fixture, fixture->transport, "payer", fixture->dmk);
  assert_value (fixture, fixture->transport, "basis", theirs);
  g_assert_nonnull (strstr (get_told (fixture), "Basis"));
  answer (fixture, "Take Mine");
  assert_value (fixture, fixture->transport, "payer", fixture->council);
  assert_value (fixture, fixture->transport, "basis", mine);
  g_assert_null (get_told (fixture));
}

static const char *
get_told (Fixture *fixture)
{
  /* Hidden, it has nothing to tell. */
  GtkWidget *writer = kaf_display_find (fixture->view, KAF_TYPE_CELL_WRITER);

  return writer != NULL ? kaf_cell_writer_get_line (KAF_CELL_WRITER (writer)) : NULL;
}

/* Of the line that tells what was typed. */
static void
answer (Fixture *fixture, const char *label)
{
  GtkWidget *writer = kaf_display_find (fixture->view, KAF_TYPE_CELL_WRITER);
  GtkWidget *button = kaf_display_find (writer, GTK_TYPE_BUTTON);

  while (button != NULL && (!GTK_IS_BUTTON (button) ||
                            !g_str_equal (gtk_button_get_label (GTK_BUTTON (button)), label)))
    button = gtk_widget_get_next_sibling (button);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
}

static void
type_price (Fixture *fixture, const char *line, const char *typed)
{
  focus (fixture, line, KAF_BUDGET_PRICE, NULL);
  press (fixture, GDK_KEY_F2, 0);
  kaf_budget_cell_set_typed (cell (fixture, line, KAF_BUDGET_PRICE, NULL), typed);
}

static void
keep_price (Fixture *fixture, const char *line)
{
  press_in (cell (fixture, line, KAF_BUDGET_PRICE, NULL), GDK_KEY_Return);
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
}

/* What a colleague made of a cell while it was being typed in is not written over unseen. */
static void
test_abreast (Fixture *fixture, gconstpointer data)
{
  type_price (fixture, fixture->flights, "4500");
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "unit_price",
                              "300000 MAD");
  reload (fixture);
  keep_price (fixture, fixture->flights);
  assert_value (fixture, fixture->flights, "unit_price", "300000 MAD");
  g_assert_nonnull (strstr (get_told (fixture), "Karim"));
  g_assert_nonnull (strstr (get_told (fixture), "4,500.00"));
  answer (fixture, "Take Mine");
  assert_value (fixture, fixture->flights, "unit_price", "450000 MAD");
  g_assert_null (get_told (fixture));

  /* Of the unit: two at 480 is no more what was typed for. */
  reload (fixture);
  type_price (fixture, fixture->flights, "4800");
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "quantity", "3");
  keep_price (fixture, fixture->flights);
  assert_value (fixture, fixture->flights, "unit_price", "450000 MAD");
  answer (fixture, "Take Theirs");
  assert_value (fixture, fixture->flights, "unit_price", "450000 MAD");
  assert_value (fixture, fixture->flights, "quantity", "3");

  /* What he wrote himself is no news to him, though the table does not show it yet. */
  reload (fixture);
  type_price (fixture, fixture->flights, "100");
  keep_price (fixture, fixture->flights);
  type_price (fixture, fixture->flights, "200");
  keep_price (fixture, fixture->flights);
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "unit_price", "20000 MAD");

  /* Another cell of the line is nobody's loss. */
  reload (fixture);
  type_price (fixture, fixture->flights, "500");
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "payer",
                              fixture->council);
  keep_price (fixture, fixture->flights);
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "unit_price", "50000 MAD");
}

static void
write_price (Fixture *fixture, const char *typed, const char *karim)
{
  type_price (fixture, fixture->flights, typed);
  if (karim != NULL)
    kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "unit_price",
                                karim);
  keep_price (fixture, fixture->flights);
}

/* What was written and taken back is no edit of another. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  write_price (fixture, "100", NULL);
  reload (fixture);
  kaf_display_undo (fixture->store);
  reload (fixture);
  assert_value (fixture, fixture->flights, "unit_price", "480000 MAD");
  write_price (fixture, "300", NULL);
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "unit_price", "30000 MAD");
}

/* Of one cell one line stands, of what was typed last, until something is written there. */
static void
test_one_line (Fixture *fixture, gconstpointer data)
{
  write_price (fixture, "4500", "300000 MAD");
  write_price (fixture, "4600", NULL);
  g_assert_nonnull (strstr (get_told (fixture), "4,600.00"));
  answer (fixture, "Take Theirs");
  g_assert_null (get_told (fixture));

  reload (fixture);
  write_price (fixture, "4700", "310000 MAD");
  g_assert_nonnull (get_told (fixture));
  reload (fixture);
  write_price (fixture, "4800", NULL);
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "unit_price", "480000 MAD");
}

/* It is hidden while it has nothing to tell. */
static KafCellWriter *
get_writer (Fixture *fixture)
{
  GtkWidget *child = gtk_widget_get_first_child (fixture->view);

  while (child != NULL && !KAF_IS_CELL_WRITER (child))
    child = gtk_widget_get_next_sibling (child);
  return KAF_CELL_WRITER (child);
}

static void
write_category (Fixture *fixture, const char *value)
{
  g_autoptr (KafRecord) change =
      kaf_record_new (kaf_registry_find ("budget_line"), fixture->flights);
  g_autoptr (KafRecord) shown = kaf_record_copy (change);

  kaf_record_set (change, "category", value);
  kaf_record_set (shown, "category", "travel");
  kaf_cell_writer_write (get_writer (fixture), change, shown, "Billets", "Done", "Failed");
}

/* One after the other, before the table shows any of it: what was not written, for an error, is no edit of another. */
static void
test_quick (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "lodging",  "nonsense", "meals",
                                        "nonsense", "travel",   "equipment" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    write_category (fixture, values[i]);
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "category", "equipment");

  /* Once he was told of Karim's, he is told of another that comes then. */
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "category", "meals");
  write_category (fixture, "nonsense");
  write_category (fixture, "lodging");
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  g_assert_nonnull (strstr (get_told (fixture), "Karim"));
  answer (fixture, "Take Mine");
  assert_value (fixture, fixture->flights, "category", "lodging");
  write_category (fixture, "equipment");
  KAF_WAIT (kaf_budget_view_is_settled (KAF_BUDGET_VIEW (fixture->view)));
  g_assert_null (get_told (fixture));
  assert_value (fixture, fixture->flights, "category", "equipment");
}

/* Who left the page before it was written hears of it all the same. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = kaf_budget_view_new (fixture->store, KAF_LANG_FR);
  GtkWidget *window = kaf_display_show (view, 1100, 640);
  KafBudgetTable *table = kaf_budget_view_get_table (KAF_BUDGET_VIEW (view));
  GtkWidget *found;
  GtkWindow *dialog;

  kaf_budget_view_set (KAF_BUDGET_VIEW (view), fixture->mission, fixture->names, KAF_BUDGET_PLANNED,
                       TRUE);
  g_assert_true (kaf_budget_table_focus (table, fixture->flights, KAF_BUDGET_PRICE, NULL));
  kaf_display_press (GTK_WIDGET (table), GDK_KEY_F2, 0);
  found = kaf_budget_table_find_cell (table, fixture->flights, KAF_BUDGET_PRICE, NULL);
  kaf_budget_cell_set_typed (KAF_BUDGET_CELL (found), "4500");
  kaf_display_write_as_karim (fixture->store, "budget_line", fixture->flights, "unit_price",
                              "300000 MAD");
  press_in (KAF_BUDGET_CELL (found), GDK_KEY_Return);
  gtk_window_destroy (GTK_WINDOW (window));
  KAF_WAIT ((dialog = kaf_display_find_window (fixture->main, ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "4,500.00"));
  assert_value (fixture, fixture->flights, "unit_price", "300000 MAD");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");

#define ADD(name, test)                                                                            \
  g_test_add ("/budget-table/" name, Fixture, "budget-" name ".db", set_up, test, tear_down)
  ADD ("shows", test_shows);
  ADD ("types", test_types);
  ADD ("wrong", test_wrong);
  ADD ("meanwhile", test_meanwhile);
  ADD ("abreast", test_abreast);
  ADD ("taken-back", test_taken_back);
  ADD ("one-line", test_one_line);
  ADD ("quick", test_quick);
  ADD ("left", test_left);
  ADD ("adds", test_adds);
  ADD ("payers", test_payers);
  ADD ("payer-given", test_payer_given);
  ADD ("frozen", test_frozen);
  ADD ("spending", test_spending);
  ADD ("caveats", test_caveats);
  ADD ("narrow", test_narrow);
  ADD ("empty", test_empty);
  return kaf_display_finish (g_test_run ());
}
