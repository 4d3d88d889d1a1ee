/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-attendance-head.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-text.h"
#include "ui/mission/kaf-part-list.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 110 /* px */

static void
add_state (GMenu *menu, const KafItem *item, const char *label, const char *state)
{
  g_autoptr (GMenuItem) choice = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (choice, "mission.set-today", "(sssss)", "programme_item",
                                     item->id, "state", state, "");
  g_menu_append_item (menu, choice);
}

/* To cancel asks for the reason, in the window of the session. */
static GtkWidget *
make_menu (const KafItem *item)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) cancel =
      g_menu_item_new (item->state == KAF_ITEM_CANCELLED ? _ ("Reason…") : _ ("Cancelled…"), NULL);
  g_autofree char *name = g_strdup_printf (_ ("Held or cancelled: %s"), item->subject);

  if (item->state != KAF_ITEM_HELD)
    add_state (menu, item, _ ("Held"), "held");
  if (item->state != KAF_ITEM_PLANNED)
    add_state (menu, item, _ ("Planned"), "planned");
  g_menu_item_set_action_and_target (cancel, "mission.edit", "(ss)", "programme_item", item->id);
  g_menu_append_item (menu, cancel);
  return kaf_record_section_menu_button (G_MENU_MODEL (menu), name);
}

static char *
where (const KafMissionData *data, const KafItem *item)
{
  const KafRoom *room =
      item->room != NULL ? kaf_mission_find_room (data->mission, item->room) : NULL;
  const KafMissionExpert *trainer =
      item->trainer != NULL ? kaf_mission_find_expert (data->mission, item->trainer) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (item->day != KAF_DAY_UNKNOWN)
    kaf_bidi_append (line, item->afternoon ? _ ("Afternoon") : _ ("Morning"));
  kaf_bidi_append (line, room != NULL ? room->name : NULL);
  kaf_bidi_append (line, trainer != NULL ? kaf_mission_data_name (data, trainer->person) : NULL);
  return kaf_bidi_line (line->str);
}

GtkWidget *
kaf_attendance_head_new (const KafMissionData *data, const KafItem *item, gboolean writable)
{
  static const char *const styles[] = { NULL, "success", "error" };
  const char *const states[] = { C_ ("session", "Planned"), C_ ("session", "Held"),
                                 C_ ("session", "Cancelled") };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *pill = kaf_pill_new (states[item->state], styles[item->state]);
  GtkWidget *count = kaf_text_new (NULL, KAF_DRAWN_TEXT_SMALL, WIDTH, KAF_TEXT_WHOLE);
  g_autofree char *place = where (data, item);

  gtk_widget_add_css_class (head, "kaf-attendance-head");
  /* Its button goes to the foot of the row, and the row grows no further for it. */
  gtk_widget_set_vexpand (head, FALSE);
  gtk_widget_set_hexpand (pill, TRUE);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (top), pill);
  if (writable && kaf_mission_data_may_write_field (data, "programme_item", "state"))
    {
      GtkWidget *menu = make_menu (item);

      gtk_box_append (GTK_BOX (top), menu);
      g_object_set_data (G_OBJECT (head), "kaf-menu", menu);
    }
  gtk_box_append (GTK_BOX (head), top);
  gtk_box_append (GTK_BOX (head), kaf_text_new (item->subject, KAF_DRAWN_TEXT_BOLD, WIDTH, 3));
  gtk_box_append (GTK_BOX (head), kaf_text_new (place, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM,
                                                WIDTH, KAF_TEXT_WHOLE));
  gtk_box_append (GTK_BOX (head), count);
  g_object_set_data (G_OBJECT (head), "kaf-count", count);
  if (writable && item->state != KAF_ITEM_CANCELLED &&
      kaf_mission_data_rows (data, "participant")->len > 0)
    {
      GtkWidget *all = gtk_button_new_with_label (_ ("All Present"));
      g_autofree char *name = g_strdup_printf (_ ("All present: %s"), item->subject);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (all), "s", item->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "attendance.all");
      gtk_accessible_update_property (GTK_ACCESSIBLE (all), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      gtk_widget_set_valign (all, GTK_ALIGN_END);
      gtk_widget_set_vexpand (all, TRUE);
      gtk_box_append (GTK_BOX (head), all);
    }
  return head;
}

void
kaf_attendance_head_count (GtkWidget *head,
                           const KafMissionData *data,
                           const KafItem *item,
                           const KafTurnout *turnout,
                           guint expected)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (head), "kaf-count");
  const KafRoom *room =
      item->room != NULL ? kaf_mission_find_room (data->mission, item->room) : NULL;
  int places = room != NULL ? room->places : -1;
  KafTurnoutState state = kaf_turnout_judge (turnout, expected, places, &data->context.limits);
  g_autoptr (GString) line = g_string_new (NULL);

  gtk_widget_remove_css_class (label, "error");
  gtk_widget_remove_css_class (label, "warning");
  if (state != KAF_TURNOUT_NONE)
    /* Translators: how many came of how many on the list. */
    g_string_printf (line, _ ("%u of %u present"), turnout->present, expected);
  if (places >= 0)
    {
      g_autofree char *text = g_strdup_printf ("%d", places);

      kaf_bidi_append_format (line, _ ("places: %s"), text);
    }
  if (state == KAF_TURNOUT_LOW || state == KAF_TURNOUT_OVERFULL)
    {
      kaf_bidi_append (line,
                       state == KAF_TURNOUT_LOW ? _ ("few came") : _ ("more than the room holds"));
      gtk_widget_add_css_class (label, "warning");
    }
  kaf_text_set (KAF_TEXT (label), line->str);
}

const char *
kaf_attendance_head_get_count (GtkWidget *head)
{
  return kaf_text_get (KAF_TEXT (g_object_get_data (G_OBJECT (head), "kaf-count")));
}

gboolean
kaf_attendance_head_lead (GtkWidget *head)
{
  GtkWidget *menu = g_object_get_data (G_OBJECT (head), "kaf-menu");

  return menu != NULL && gtk_widget_child_focus (menu, GTK_DIR_TAB_FORWARD);
}
