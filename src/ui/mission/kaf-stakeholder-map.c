/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-stakeholder-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-text.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-part-list.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define SIDE_BY_SIDE 560 /* px: less and the columns stand one above the other */
#define WHO_PERCENT 36
#define GAP 12
#define TEXT_WIDTH 90

struct _KafStakeholderMap
{
  GtkBox parent_instance;

  char *need;
  GtkWidget *title, *pill, *note;
  GtkWidget *edit, *add;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (KafStakeholderMap, kaf_stakeholder_map, GTK_TYPE_BOX)

static void
kaf_stakeholder_map_finalize (GObject *object)
{
  g_free (KAF_STAKEHOLDER_MAP (object)->need);
  G_OBJECT_CLASS (kaf_stakeholder_map_parent_class)->finalize (object);
}

static void
kaf_stakeholder_map_class_init (KafStakeholderMapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_stakeholder_map_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), "mission.edit", "(ss)", "stakeholder", id);
}

static GtkWidget *
make_heading (KafStakeholderMap *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "heading");
  self->pill = kaf_pill_new (NULL, NULL);
  self->add = gtk_button_new_with_label (_ ("Add a Stakeholder"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_add_css_class (self->add, "kaf-section-button");
  self->edit = kaf_record_section_icon_button ("document-edit-symbolic", _ ("Edit the Need"));
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (heading, "kaf-section-heading");
  gtk_box_append (GTK_BOX (heading), self->title);
  gtk_box_append (GTK_BOX (heading), self->pill);
  gtk_box_append (GTK_BOX (heading), self->add);
  gtk_box_append (GTK_BOX (heading), self->edit);
  return heading;
}

static void
kaf_stakeholder_map_init (KafStakeholderMap *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_box_append (GTK_BOX (self), make_heading (self));
  self->note =
      kaf_text_new (NULL, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, TEXT_WIDTH, KAF_TEXT_WHOLE);
  gtk_box_append (GTK_BOX (self), self->note);
  self->list = kaf_record_section_list (_ ("Stakeholders"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
kaf_stakeholder_map_new (const char *need)
{
  KafStakeholderMap *self = g_object_new (KAF_TYPE_STAKEHOLDER_MAP, NULL);
  g_autofree char *target = g_strdup_printf ("stakeholder need=%s", need);

  self->need = g_strdup (need);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "mission.add");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit), "(ss)", "need", need);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit), "mission.edit");
  return GTK_WIDGET (self);
}

const char *
kaf_stakeholder_map_get_need (KafStakeholderMap *self)
{
  return self->need;
}

/* One stakeholder */

static const KafStakeholder *
find_stakeholder (const KafMissionData *data, const char *id)
{
  for (guint i = 0; i < data->mission->needs->len; i++)
    {
      const KafNeed *need = g_ptr_array_index (data->mission->needs, i);

      for (guint j = 0; j < need->stakeholders->len; j++)
        {
          const KafStakeholder *found = g_ptr_array_index (need->stakeholders, j);

          if (strcmp (found->id, id) == 0)
            return found;
        }
    }
  return NULL;
}

static char *
who_detail (const KafMissionData *data, const KafRow *row)
{
  const KafStakeholder *found = find_stakeholder (data, row->id);
  const char *style;
  g_autofree char *kind = kaf_part_choice (row, "kind", &style);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kind);
  if (found == NULL || found->n_contacts == 0)
    kaf_bidi_append (line, _ ("never contacted"));
  else
    {
      g_autofree char *day = kaf_mission_day (found->last_contact, data->lang);

      kaf_bidi_append_format (line, _ ("contacted on %s"), day);
    }
  return kaf_bidi_line (line->str);
}

/* Duty, or gap: its text under a caption, or what is missing in a pill. */
static GtkWidget *
make_cell (const char *caption, const char *text, const char *missing, const char *style)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (cell),
                  kaf_text_new (caption, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, TEXT_WIDTH, 1));
  if (text != NULL)
    gtk_box_append (GTK_BOX (cell),
                    kaf_text_new (text, KAF_DRAWN_TEXT_PLAIN, TEXT_WIDTH, KAF_TEXT_WHOLE));
  else
    {
      GtkWidget *pill = kaf_pill_new (missing, style);

      gtk_widget_set_halign (pill, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (cell), pill);
    }
  return cell;
}

static GtkWidget *
make_who (const KafMissionData *data, const KafRow *row, const char *name)
{
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *detail = who_detail (data, row);
  const char *style = NULL;
  g_autofree char *attitude = kaf_part_choice (row, "attitude", &style);
  GtkWidget *text = kaf_text_new (name, KAF_DRAWN_TEXT_BOLD, TEXT_WIDTH, 2);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), text);
  if (attitude != NULL)
    gtk_box_append (GTK_BOX (line), kaf_pill_new (attitude, style));
  gtk_box_append (GTK_BOX (who), line);
  gtk_box_append (GTK_BOX (who),
                  kaf_text_new (detail, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, TEXT_WIDTH, 2));
  return who;
}

char *
kaf_stakeholder_map_contact (const KafRow *row)
{
  const char *organisation = kaf_mission_data_raw (row, "organisation");
  g_autoptr (GString) contact = g_string_new ("contact purpose=awareness");

  g_string_append_printf (contact, " stakeholder=%s", row->id);
  if (organisation != NULL)
    g_string_append_printf (contact, " organisation=%s", organisation);
  return g_string_free (g_steal_pointer (&contact), FALSE);
}

static GMenu *
make_menu (const KafMissionData *data, const KafRow *row)
{
  g_autofree char *contact = kaf_stakeholder_map_contact (row);
  g_autoptr (GMenuItem) note = g_menu_item_new (_ ("Note a Contact…"), NULL);
  g_autoptr (GMenuItem) edit = g_menu_item_new (_ ("Edit…"), NULL);
  g_autoptr (GMenuItem) remove = g_menu_item_new (_ ("Remove"), NULL);
  GMenu *menu = g_menu_new ();

  g_menu_item_set_action_and_target (note, "mission.add", "s", contact);
  g_menu_item_set_action_and_target (edit, "mission.edit", "(ss)", "stakeholder", row->id);
  g_menu_item_set_action_and_target (remove, "mission.remove", "(ss)", "stakeholder", row->id);
  if (kaf_mission_data_may_make (data, "contact"))
    g_menu_append_item (menu, note);
  if (kaf_mission_data_may_write (data, "stakeholder"))
    g_menu_append_item (menu, edit);
  if (kaf_mission_data_may_make (data, "stakeholder"))
    g_menu_append_item (menu, remove);
  return menu;
}

static GtkWidget *
make_row (const KafMissionData *data, const KafRow *row, gboolean writable)
{
  const char *organisation = kaf_mission_data_text (row, "organisation");
  const char *own = kaf_mission_data_text (row, "name");
  const char *name = organisation != NULL ? organisation : own != NULL ? own : "—";
  const char *duty = kaf_mission_data_words (data, row, "duty");
  const char *gap = kaf_mission_data_words (data, row, "gap");
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cells = kaf_columns_new (make_cell (_ ("Duty"), duty, _ ("no duty stated"), "error"),
                                      make_cell (_ ("Gap found"), gap, _ ("not looked for"), NULL),
                                      SIDE_BY_SIDE / 2, 50, GAP);
  GtkWidget *columns =
      kaf_columns_new (make_who (data, row, name), cells, SIDE_BY_SIDE, WHO_PERCENT, GAP);
  g_autofree char *said = g_strdup_printf (
      "%s, %s: %s, %s: %s", name, _ ("Duty"), duty != NULL ? duty : _ ("no duty stated"),
      _ ("Gap found"), gap != NULL ? gap : _ ("not looked for"));
  g_autoptr (GMenu) menu = NULL;

  gtk_widget_set_hexpand (columns, TRUE);
  gtk_box_append (GTK_BOX (box), columns);
  if (writable)
    menu = make_menu (data, row);
  if (menu != NULL && g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    {
      g_autofree char *more = g_strdup_printf (_ ("Actions for %s"), name);

      gtk_box_append (GTK_BOX (box), kaf_record_section_menu_button (G_MENU_MODEL (menu), more));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget),
                                    writable && kaf_mission_data_may_write (data, "stakeholder"));
  g_object_set_data_full (G_OBJECT (widget), "kaf-id", g_strdup (row->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return widget;
}

/* The need */

static void
show_need (KafStakeholderMap *self, const KafMissionData *data, const KafRow *need)
{
  const char *style = NULL;
  g_autofree char *urgency = kaf_part_choice (need, "urgency", &style);
  const char *daily = kaf_mission_data_raw (need, "daily_practice");
  const char *title = kaf_mission_data_words (data, need, "title");
  const char *audience = kaf_mission_data_words (data, need, "audience");
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *text = NULL;

  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "—");
  kaf_pill_set (KAF_PILL (self->pill), urgency, style);
  kaf_bidi_append (line, audience != NULL ? audience : _ ("audience not stated"));
  kaf_bidi_append (line, kaf_mission_data_text (need, "territory"));
  kaf_bidi_append_format (line, _ ("stated by %s"), kaf_mission_data_text (need, "stated_by"));
  kaf_bidi_append_format (line, _ ("confirmed on %s"),
                          kaf_mission_data_text (need, "confirmed_on"));
  if (g_strcmp0 (daily, "1") == 0)
    kaf_bidi_append (line, _ ("touches daily practice"));
  else if (g_strcmp0 (daily, "0") == 0)
    kaf_bidi_append (line, _ ("does not touch daily practice"));
  text = kaf_bidi_line (line->str);
  kaf_text_set (KAF_TEXT (self->note), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : _ ("Need"), -1);
}

void
kaf_stakeholder_map_set (KafStakeholderMap *self, const KafMissionData *data, gboolean writable)
{
  GPtrArray *rows;
  const KafRow *need;
  guint n = 0;

  g_return_if_fail (KAF_IS_STAKEHOLDER_MAP (self));

  need = kaf_mission_data_find_row (data, "need", self->need);
  if (need != NULL)
    show_need (self, data, need);
  gtk_widget_set_visible (self->add, writable && kaf_mission_data_may_make (data, "stakeholder"));
  gtk_widget_set_visible (self->edit, writable && kaf_mission_data_may_write (data, "need"));
  rows = kaf_mission_data_rows (data, "stakeholder");
  kaf_record_section_clear (self->list);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (kaf_mission_data_raw (row, "need"), self->need) != 0)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (data, row, writable));
      n++;
    }
  if (n == 0)
    kaf_record_section_say (self->list, _ ("Nobody stands on the map of this need yet: who has a "
                                           "duty in it, who decides, who pays, who lives it?"));
}

gboolean
kaf_stakeholder_map_lead (KafStakeholderMap *self, const char *entity, const char *id)
{
  g_return_val_if_fail (KAF_IS_STAKEHOLDER_MAP (self), FALSE);

  if (strcmp (entity, "need") == 0 || id == NULL)
    return (id == NULL || strcmp (id, self->need) == 0) &&
           gtk_widget_grab_focus (strcmp (entity, "need") == 0 ? self->edit : self->add);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "kaf-id"), id) == 0)
      return gtk_widget_grab_focus (row);
  return FALSE;
}
