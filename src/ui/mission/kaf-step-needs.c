/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 1: the needs that the mission answers, and for each the map of those whom it concerns. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-stakeholder-map.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/record/kaf-record-section.h"

/* The maps, one a need, in a box. */

static GtkWidget *
find_map (GtkWidget *box, const char *need)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (kaf_stakeholder_map_get_need (KAF_STAKEHOLDER_MAP (child)), need))
      return child;
  return NULL;
}

static gboolean
is_answered (const KafMissionData *data, const char *need)
{
  return kaf_mission_data_find_row (data, "need", need) != NULL;
}

static void
drop_gone (GtkWidget *box, const KafMissionData *data)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!is_answered (data, kaf_stakeholder_map_get_need (KAF_STAKEHOLDER_MAP (child))))
        gtk_box_remove (GTK_BOX (box), child);
    }
}

static void
show_maps (GtkWidget *box, const KafMissionData *data, gboolean writable)
{
  GPtrArray *needs = kaf_mission_data_rows (data, "need");

  drop_gone (box, data);
  for (guint i = 0; i < needs->len; i++)
    {
      const KafRow *row = g_ptr_array_index (needs, i);
      GtkWidget *map = find_map (box, row->id);

      if (map == NULL)
        {
          map = kaf_stakeholder_map_new (row->id);
          gtk_box_append (GTK_BOX (box), map);
        }
      kaf_stakeholder_map_set (KAF_STAKEHOLDER_MAP (map), data, writable);
    }
}

static gboolean
lead_maps (GtkWidget *box, const char *entity, const char *id, const char *field)
{
  if (!g_str_equal (entity, "need") && !g_str_equal (entity, "stakeholder"))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (kaf_stakeholder_map_lead (KAF_STAKEHOLDER_MAP (child), entity, id))
      return TRUE;
  return FALSE;
}

/* The head: how to add a need. */

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* Two of them stand beside one another on a telephone too. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
show_head (GtkWidget *head, const KafMissionData *data, gboolean writable)
{
  GtkWidget *sentence = gtk_widget_get_first_child (head);

  gtk_widget_set_visible (sentence, kaf_mission_data_rows (data, "need")->len == 0);
  gtk_widget_set_visible (gtk_widget_get_last_child (head),
                          writable && kaf_mission_data_may_make (data, "mission_need"));
}

static gboolean
lead_head (GtkWidget *head, const char *entity, const char *id, const char *field)
{
  return (g_str_equal (entity, "need") || g_str_equal (entity, "mission_need")) && id == NULL &&
         gtk_widget_child_focus (gtk_widget_get_last_child (head), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_head (void)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *card = kaf_record_section_list (_ ("Needs"));

  kaf_record_section_say (card, _ ("No need yet. Begin with one that touches the daily practice of "
                                   "those who state it: what they lack, who they are, where."));
  add_button (buttons, _ ("Write a New Need…"), "mission.add", "need");
  add_button (buttons, _ ("Choose a Known Need…"), "mission.add", "mission_need");
  gtk_box_append (GTK_BOX (head), card);
  gtk_box_append (GTK_BOX (head), buttons);
  return head;
}

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);
  GtkWidget *maps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  kaf_step_form_add (KAF_STEP_FORM (form), maps, NULL, show_maps, lead_maps);
  kaf_step_form_add (KAF_STEP_FORM (form), make_head (), NULL, show_head, lead_head);
  return form;
}

const KafMissionStepView kaf_step_needs_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                 FALSE };
