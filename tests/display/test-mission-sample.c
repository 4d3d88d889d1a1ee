/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The missions of the sample data, each of their steps: it is no wider than a telephone, and whoever cannot see it hears
 * what each button does. */
#include "config.h"

#include "kaf-display.h"

#include <adwaita.h>

#include "rules/mission/kaf-mission.h"
#include "schema/kaf-registry.h"
#include "ui/mission/kaf-mission-page.h"

#define NARROW 360

typedef struct
{
  GPtrArray *ids;
  gboolean done;
} Found;

static gpointer
list_missions (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_read_ids (db, "SELECT id FROM head WHERE entity = ? AND deleted = 0 ORDER BY id",
                       "mission", error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  Found *found = data;

  found->ids = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  found->done = TRUE;
}

static GPtrArray *
read_missions (KafWindow *window)
{
  Found found = { 0 };

  kaf_store_run_async (kaf_window_get_store (window), KAF_LANE_READ, list_missions, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, NULL, on_listed, &found);
  KAF_WAIT (found.done);
  return found.ids;
}

/* Loaded once for all cases. */
static KafWindow *
open_sample (void)
{
  KafWindow *window = kaf_display_open ("sample.db");
  g_autoptr (GPtrArray) before = read_missions (window);
  guint n = before->len;

  if (n > 0)
    return window;
  g_action_group_activate_action (G_ACTION_GROUP (window), "load-sample", NULL);
  for (gint64 end = g_get_monotonic_time () + 3 * KAF_DISPLAY_DEADLINE;
       n == 0 && g_get_monotonic_time () < end; kaf_display_turn ())
    {
      g_autoptr (GPtrArray) ids = read_missions (window);

      n = ids->len;
    }
  g_assert_cmpuint (n, >, 1);
  return window;
}

typedef void (*Look) (GtkWidget *page, const char *where);

static void
look_at_all (Look look)
{
  KafWindow *window = open_sample ();
  g_autoptr (GPtrArray) ids = read_missions (window);

  for (guint i = 0; i < ids->len; i++)
    {
      GtkWidget *page;

      g_action_group_activate_action (
          G_ACTION_GROUP (window), "open-mission",
          g_variant_new ("(su)", (const char *) g_ptr_array_index (ids, i), 1));
      page = kaf_window_get_page (window);
      g_assert_true (KAF_IS_MISSION_PAGE (page));
      KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
      for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
        {
          g_autofree char *where = g_strdup_printf ("mission %u, step %u", i + 1, step);

          kaf_mission_page_show_step (KAF_MISSION_PAGE (page), step);
          for (guint turn = 0; turn < 20; turn++)
            kaf_display_turn ();
          look (page, where);
        }
    }
}

/* The widget that takes the most room, down to where it is one. */
static void
blame (GtkWidget *widget, int limit)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least;

      if (!gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least <= limit)
        continue;
      g_test_message ("%s %s: %d px", G_OBJECT_TYPE_NAME (child),
                      GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : "", least);
      blame (child, limit);
    }
}

static void
look_at_width (GtkWidget *page, const char *where)
{
  int least;

  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (least <= NARROW)
    return;
  g_test_message ("%s: %d px", where, least);
  blame (page, NARROW - 36);
  g_test_fail ();
}

static void
test_narrow (void)
{
  look_at_all (look_at_width);
}

/* Names */

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         has_words (widget);
}

/* The outer one is what a person meets: the toggle within a menu button has its words. */
static gboolean
is_met (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) || GTK_IS_WINDOW_CONTROLS (parent))
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_ENTRY (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_TEXT_VIEW (widget) || GTK_IS_PROGRESS_BAR (widget);
}

static guint n_met;

static void
look_at_names_of (GtkWidget *widget, const char *where)
{
  if (is_met (widget))
    {
      n_met++;
      if (!is_named (widget))
        {
          g_autoptr (GString) path = g_string_new (NULL);

          for (GtkWidget *each = widget; each != NULL; each = gtk_widget_get_parent (each))
            g_string_append_printf (path, " < %s", G_OBJECT_TYPE_NAME (each));
          g_test_message ("%s: no name:%s", where, path->str);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at_names_of (child, where);
}

static void
test_names (void)
{
  look_at_all (look_at_names_of);
  g_assert_cmpuint (n_met, >, 200);
}

int
main (int argc, char **argv)
{
  const char *language = g_getenv ("KAF_TEST_LANGUAGE");

  kaf_display_init (&argc, &argv, language != NULL ? language : "en");
  g_test_add_func ("/mission-sample/narrow", test_narrow);
  g_test_add_func ("/mission-sample/names", test_names);
  return kaf_display_finish (g_test_run ());
}
