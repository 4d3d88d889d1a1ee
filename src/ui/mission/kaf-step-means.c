/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 5: who takes part, where, with what, paid by whom, on which paper. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/mission/kaf-budget-view.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-payer-bar.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/record/kaf-record-section.h"

static const char *const numbers[] = { "participants_planned", NULL };
static const char *const limits[] = { "ceiling", NULL };
static const char *const resources[] = { "local_resources", NULL };

/* The figures */

#define N_FIGURES 4

static GtkWidget *
make_figure (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figure = gtk_label_new (NULL);
  GtkWidget *words = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (figure), 0);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (figure, "title-3");
  gtk_widget_add_css_class (figure, "numeric");
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static GtkWidget *
make_figures (void)
{
  GtkWidget *card = gtk_flow_box_new ();

  for (guint i = 0; i < N_FIGURES; i++)
    gtk_flow_box_insert (GTK_FLOW_BOX (card), make_figure (), -1);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (card), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (card), N_FIGURES);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (card), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (card), TRUE);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  return card;
}

/* @n < 0: unknown. */
static void
set_figure (GtkWidget *card, int place, gint64 n, const char *words, KafLang lang)
{
  GtkWidget *box =
      gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (card), place));
  g_autofree char *number = n >= 0 ? kaf_number_format (n, lang) : g_strdup ("—");

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), number);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), words);
}

static int
most_places (const KafMission *mission, const char **name)
{
  int most = -1;

  for (guint i = 0; i < mission->rooms->len; i++)
    {
      const KafRoom *room = g_ptr_array_index (mission->rooms, i);

      if (room->places > most)
        {
          most = room->places;
          *name = room->name;
        }
    }
  return most;
}

static void
show_figures (GtkWidget *card, const KafMissionData *data, gboolean writable)
{
  const KafMission *mission = data->mission;
  const char *room = NULL;
  int places = most_places (mission, &room);
  g_autofree char *in_room =
      room != NULL ? g_strdup_printf (_ ("places in %s"), room) : g_strdup (_ ("places in a room"));
  guint n_trainers = 0;

  for (guint i = 0; i < mission->experts->len; i++)
    if (kaf_mission_expert_comes (g_ptr_array_index (mission->experts, i)))
      n_trainers++;
  set_figure (card, 0, mission->participants_planned, _ ("participants planned"), data->lang);
  set_figure (card, 1, places, in_room, data->lang);
  set_figure (card, 2, n_trainers, _ ("trainers"), data->lang);
  set_figure (card, 3, mission->items->len, _ ("sessions"), data->lang);
}

/* The budget in short */

static void
show_budget (GtkWidget *section, const KafMissionData *data, gboolean writable)
{
  GtkWidget *box = gtk_widget_get_last_child (section);
  GtkWidget *empty = gtk_widget_get_last_child (box);
  g_autofree char *total = kaf_payer_bar_total (data);

  kaf_record_section_set_note (KAF_RECORD_SECTION (section), total);
  kaf_payer_bar_set (KAF_PAYER_BAR (gtk_widget_get_first_child (box)), data);
  gtk_widget_set_visible (empty, data->mission->lines->len == 0);
}

static void
on_open_table (KafStepForm *form)
{
  kaf_step_form_show_tab (form, "budget");
}

static GtkWidget *
make_budget (KafStepForm *form)
{
  GtkWidget *section = kaf_record_section_new (_ ("By Payer"));
  GtkWidget *open = kaf_record_section_add_button (KAF_RECORD_SECTION (section),
                                                   _ ("Open the Table"), _ ("Open the Table"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = kaf_record_section_list (_ ("By Payer"));

  g_signal_connect_object (open, "clicked", G_CALLBACK (on_open_table), form, G_CONNECT_SWAPPED);
  kaf_record_section_say (list, _ ("No line yet."));
  gtk_box_append (GTK_BOX (box), kaf_payer_bar_new ());
  gtk_box_append (GTK_BOX (box), list);
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), box);
  return section;
}

/* The table */

static void
show_table (GtkWidget *view, const KafMissionData *data, gboolean writable)
{
  kaf_budget_view_set (KAF_BUDGET_VIEW (view), data->mission, data->names,
                       kaf_budget_phase (&data->life), writable);
}

static gboolean
lead_table (GtkWidget *view, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "budget_line") && id != NULL &&
         kaf_budget_view_lead (KAF_BUDGET_VIEW (view), id, field);
}

/* Rooms and participants */

static char *
room_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_text (row, "name"));
}

static char *
room_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append_format (line, _ ("places: %s"), kaf_mission_data_text (row, "places"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "organisation"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static const KafPartSpec rooms = { .entity = "mission_room",
                                   .title = N_ ("Rooms"),
                                   .empty = N_ ("No room yet."),
                                   .add = "mission_room",
                                   .name = room_name,
                                   .detail = room_detail };

static char *
participant_name (const KafMissionData *data, const KafRow *row)
{
  const char *arabic = kaf_mission_data_text (row, "name_ar");
  const char *latin = kaf_mission_data_text (row, "name");

  return g_strdup (data->lang == KAF_LANG_AR && arabic != NULL ? arabic : latin);
}

static char *
participant_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "function"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "establishment"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
participant_note (const KafMissionData *data)
{
  return kaf_number_format (kaf_mission_data_rows (data, "participant")->len, data->lang);
}

static const KafPartSpec participants = {
  .entity = "participant",
  .title = N_ ("Participants"),
  .empty = N_ ("Nobody is on the list yet; it can also be written on the first day."),
  .add = "participant",
  .name = participant_name,
  .detail = participant_detail,
  .note = participant_note
};

/* Equipment */

static char *
equipment_name (const KafMissionData *data, const KafRow *row)
{
  const char *label = kaf_mission_data_words (data, row, "label");
  const char *quantity = kaf_mission_data_text (row, "quantity");

  if (label == NULL || quantity == NULL)
    return g_strdup (label);
  return g_strdup_printf ("%s × %s", label, quantity);
}

static char *
equipment_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "source"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "provider"));
  kaf_bidi_append_format (line, _ ("condition: %s"), kaf_mission_data_text (row, "condition"));
  kaf_bidi_append_format (line, _ ("needed by %s"), kaf_mission_data_text (row, "needed_on"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "remarks"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
equipment_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  return kaf_part_choice (row, "state", style);
}

static const KafPartQuick equipment_quick[] = {
  { "state", "asked", N_ ("Asked For"), NULL },
  { "state", "confirmed", N_ ("Confirmed"), NULL },
  { "state", "bought", N_ ("Bought"), NULL },
  { "state", "dropped", N_ ("Not Needed"), NULL },
  { NULL },
};

static const KafPartSpec equipment = { .entity = "equipment",
                                       .title = N_ ("Equipment"),
                                       .empty = N_ ("No equipment yet: what the practice needs, "
                                                    "its state, where it comes from."),
                                       .add = "equipment",
                                       .name = equipment_name,
                                       .detail = equipment_detail,
                                       .pill = equipment_pill,
                                       .quick = equipment_quick,
                                       .opens = "provider" };

/* The paper */

static char *
convention_name (const KafMissionData *data, const KafRow *row)
{
  const char *title = kaf_mission_data_text (row, "convention");

  return g_strdup (title != NULL ? title : _ ("Convention that is not on this device"));
}

static const KafPartSpec conventions = {
  .entity = "mission_convention",
  .title = N_ ("Draft Convention"),
  .empty = N_ ("None yet. Whoever pays does so by a convention: choose the one that covers it, or "
               "prepare a specific one or an amendment; it is signed in step 7."),
  .add = "mission_convention",
  .name = convention_name,
  .opens = "convention"
};

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *widget = kaf_step_form_new (page, TRUE);
  KafStepForm *form = KAF_STEP_FORM (widget);

  kaf_step_form_add_tab (form, "logistics", _ ("Logistics"));
  kaf_step_form_add (form, make_figures (), NULL, show_figures, NULL);
  kaf_step_form_add_fields (form, NULL, numbers, limits);
  kaf_step_form_add (form, make_budget (form), NULL, show_budget, NULL);
  kaf_step_form_add_pair (form, &rooms, &participants);
  kaf_step_form_add_fields (form, NULL, resources, NULL);
  kaf_step_form_add_tab (form, "budget", _ ("Budget"));
  kaf_step_form_add (
      form, kaf_budget_view_new (kaf_mission_page_get_store (page), kaf_application_get_lang ()),
      "budget_line", show_table, lead_table);
  kaf_step_form_add_tab (form, "equipment", _ ("Equipment"));
  kaf_step_form_add_parts (form, &equipment);
  kaf_step_form_add_tab (form, "convention", _ ("Draft Convention"));
  kaf_step_form_add_parts (form, &conventions);
  return widget;
}

const KafMissionStepView kaf_step_means_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                 FALSE };
