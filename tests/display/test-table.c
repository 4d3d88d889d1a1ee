/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recycling table over a model in memory: how many widgets it makes, what keys and selection
 * do, rows that are not read yet. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/list/kaf-table-row.h"
#include "ui/list/kaf-table.h"
#include "ui/model/kaf-row-item.h"

#define N_ROWS 5000

typedef struct
{
  GtkWidget *window;
  KafTable *table;
  GListStore *model;
  KafTableSelection *selection;
  GtkAdjustment *vadjustment;
  guint activated;
} Fixture;

static KafRow *
new_row (guint rid)
{
  KafRow *row = g_new0 (KafRow, 1);

  g_atomic_ref_count_init (&row->refs);
  row->rid = rid;
  row->entity = kaf_registry_find ("expert");
  row->id = g_strdup_printf ("id-%u", rid);
  row->ref = g_strdup_printf ("EXP-2026-%04u", rid);
  row->title = g_strdup_printf ("NAME%u Given", rid);
  row->title_ar = g_strdup ("اسم");
  row->cells = g_new0 (char *, 1);
  row->raw = g_new0 (char *, 1);

  return row;
}

static void
activated_cb (KafTable *table, guint position, Fixture *fixture)
{
  fixture->activated = position;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) columns = kaf_column_list_new (kaf_registry_find ("expert"), KAF_LANG_EN);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (KafRow) row = new_row (i + 1);

      g_ptr_array_add (items, kaf_row_item_new (row, 0));
    }
  fixture->model = g_list_store_new (KAF_TYPE_ROW_ITEM);
  g_list_store_splice (fixture->model, 0, 0, items->pdata, items->len);
  fixture->selection = kaf_table_selection_new (G_LIST_MODEL (fixture->model));
  fixture->activated = G_MAXUINT;

  fixture->table = KAF_TABLE (kaf_table_new (KAF_LANG_EN));
  kaf_table_set_columns (fixture->table, columns);
  kaf_table_set_model (fixture->table, G_LIST_MODEL (fixture->model));
  kaf_table_set_selection (fixture->table, fixture->selection);
  g_signal_connect (fixture->table, "row-activated", G_CALLBACK (activated_cb), fixture);

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 500);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->table));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  KAF_WAIT (kaf_table_get_row_widget (fixture->table, 0) != NULL);
  fixture->vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->selection);
  g_object_unref (fixture->model);
}

static const char *
title_at (Fixture *fixture, guint position)
{
  GtkWidget *row = kaf_table_get_row_widget (fixture->table, position);
  KafRow *bound = row != NULL ? kaf_table_row_get_row (KAF_TABLE_ROW (row)) : NULL;

  return bound != NULL ? bound->title : NULL;
}

static void
press (Fixture *fixture, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->table));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
}

static void
test_recycles (Fixture *fixture, gconstpointer data)
{
  guint fits = (guint) (gtk_adjustment_get_page_size (fixture->vadjustment) / 35) + 2;
  GtkWidget *kept;

  g_assert_cmpuint (kaf_table_get_n_row_widgets (fixture->table), <=, fits);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->vadjustment), ==, N_ROWS * 35.0);

  /* A row that stays in view keeps its widget. */
  kept = kaf_table_get_row_widget (fixture->table, 5);
  gtk_adjustment_set_value (fixture->vadjustment, 3 * 35);
  g_assert_true (kaf_table_get_row_widget (fixture->table, 5) == kept);
  g_assert_cmpstr (title_at (fixture, 3), ==, "NAME4 Given");

  for (guint i = 0; i < 50; i++)
    {
      gtk_adjustment_set_value (fixture->vadjustment, i * 3333);
      kaf_display_turn ();
    }
  g_assert_cmpuint (kaf_table_get_n_row_widgets (fixture->table), <=, fits);
  g_assert_nonnull (title_at (fixture, 49 * 3333 / 35));
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  press (fixture, GDK_KEY_Down, 0);
  press (fixture, GDK_KEY_Down, 0);
  g_assert_cmpuint (kaf_table_get_focus_position (fixture->table), ==, 2);
  press (fixture, GDK_KEY_End, 0);
  g_assert_cmpuint (kaf_table_get_focus_position (fixture->table), ==, N_ROWS - 1);
  g_assert_nonnull (title_at (fixture, N_ROWS - 1));
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (fixture->activated, ==, N_ROWS - 1);
  press (fixture, GDK_KEY_Home, 0);
  g_assert_cmpuint (kaf_table_get_focus_position (fixture->table), ==, 0);
  g_assert_nonnull (title_at (fixture, 0));
  press (fixture, GDK_KEY_Page_Down, 0);
  g_assert_cmpuint (kaf_table_get_focus_position (fixture->table), >, 5);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  press (fixture, GDK_KEY_space, 0);
  g_assert_true (kaf_table_selection_contains (fixture->selection, 0));
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpuint (kaf_table_selection_get_size (fixture->selection), ==, 3);
  g_assert_true (gtk_widget_get_state_flags (kaf_table_get_row_widget (fixture->table, 2)) &
                 GTK_STATE_FLAG_SELECTED);

  /* Chosen rows stay chosen wherever they move to; one that the list has no more is not. */
  g_list_store_remove (fixture->model, 0);
  g_assert_true (kaf_table_selection_contains (fixture->selection, 0));
  g_assert_false (kaf_table_selection_contains (fixture->selection, 2));

  press (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  g_assert_cmpuint (kaf_table_selection_get_size (fixture->selection), ==, N_ROWS - 1);
  kaf_table_selection_clear (fixture->selection);
  g_assert_cmpuint (kaf_table_selection_get_size (fixture->selection), ==, 0);
}

static void
test_not_read_yet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KafRowItem) blank = kaf_row_item_new (NULL, 1);
  GtkWidget *row;

  g_list_store_splice (fixture->model, 0, 1, (gpointer *) &blank, 1);
  row = kaf_table_get_row_widget (fixture->table, 0);
  g_assert_null (title_at (fixture, 0));
  g_assert_true (gtk_widget_has_css_class (row, "loading"));
  g_assert_false (kaf_display_shows (row, "NAME1"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 500);
  KAF_WAIT (kaf_table_is_compact (fixture->table));
  KAF_WAIT (kaf_table_get_row_widget (fixture->table, 0) != NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->vadjustment), ==, N_ROWS * 76.0);
  g_assert_true (kaf_display_shows (kaf_table_get_row_widget (fixture->table, 0), "NAME1 Given"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  adw_init ();
  g_test_add ("/table/recycles", Fixture, NULL, set_up, test_recycles, tear_down);
  g_test_add ("/table/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/table/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/table/not-read-yet", Fixture, NULL, set_up, test_not_read_yet, tear_down);
  g_test_add ("/table/narrow", Fixture, NULL, set_up, test_narrow, tear_down);

  return kaf_display_finish (g_test_run ());
}
