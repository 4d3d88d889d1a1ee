/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 3: who could come: the short list with answers, windows, consents and reasons; and the way to find more. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-step-form.h"

static char *
expert_detail (const KafMissionData *data, const KafRow *row)
{
  const KafMissionExpert *expert = kaf_mission_find_expert (data->mission, row->id);
  const char *network = kaf_mission_data_text (row, "network");
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, network != NULL ? network : _ ("through no network"));
  if (!kaf_part_append_window (line, row))
    kaf_bidi_append (line, _ ("no window yet"));
  if (expert != NULL && expert->here)
    {
      kaf_bidi_append (line, expert->opposed    ? _ ("opposed to the use of her data")
                             : expert->consents ? _ ("consents to sharing")
                                                : _ ("no consent to sharing"));
      if (!expert->in_network)
        kaf_bidi_append (line, _ ("member of no network"));
    }
  kaf_bidi_append_format (line, _ ("score %s"), kaf_mission_data_text (row, "fit_score"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "fit_reasons"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "reason"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
expert_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  return kaf_part_choice (row, "answer", style);
}

static const KafPartQuick answers[] = {
  { "answer", "contacted", N_ ("Contacted Today"), "contacted_on" },
  { "answer", "interested", N_ ("Interested"), "answered_on" },
  { "answer", "retained", N_ ("Retain"), "answered_on" },
  { "answer", "reserve", N_ ("Keep in Reserve"), "answered_on" },
  { "answer", "declined", N_ ("Declined"), "answered_on" },
  { "answer", "discarded", N_ ("Do Not Retain"), NULL },
  { NULL },
};

static const KafPartSpec experts = { .entity = "mission_expert",
                                     .title = N_ ("Short List"),
                                     .empty = N_ ("Nobody is on the short list yet. Find experts, "
                                                  "or ask a network for candidates."),
                                     .add = "mission_expert",
                                     .name = kaf_part_name_expert,
                                     .detail = expert_detail,
                                     .pill = expert_pill,
                                     .quick = answers,
                                     .opens = "person" };

static char *
request_name (const KafMissionData *data, const KafRow *row)
{
  const char *criteria = kaf_mission_data_text (row, "criteria");

  return g_strdup (criteria);
}

static char *
request_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append_format (line, _ ("asked on %s"), kaf_mission_data_text (row, "asked_on"));
  kaf_bidi_append_format (line, _ ("number: %s"), kaf_mission_data_text (row, "wanted"));
  kaf_bidi_append_format (line, _ ("wanted by %s"), kaf_mission_data_text (row, "by"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "answer_text"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
request_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  gboolean answered = kaf_mission_data_raw (row, "answered_on") != NULL;

  *style = answered ? "success" : NULL;
  return g_strdup (answered ? C_ ("request", "answered") : C_ ("request", "waiting"));
}

static const KafPartSpec requests = {
  .entity = "candidate_request",
  .title = N_ ("Requests for Candidates"),
  .empty = N_ ("No request. Where the experts are not on this device, the server or a network "
               "answers one."),
  .name = request_name,
  .detail = request_detail,
  .pill = request_pill
};

static void
show_buttons (GtkWidget *box, const KafMissionData *data, gboolean writable)
{
  gtk_widget_set_visible (gtk_widget_get_first_child (box),
                          kaf_mission_data_may_make (data, "mission_expert"));
  gtk_widget_set_visible (gtk_widget_get_last_child (box),
                          kaf_mission_data_may_make (data, "candidate_request"));
}

static GtkWidget *
make_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *find = gtk_button_new_with_label (_ ("Find Experts"));
  GtkWidget *ask = gtk_button_new_with_label (_ ("Request Candidates…"));

  /* Beside one another on a telephone too. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (find))), TRUE);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (ask))), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (find), "mission.find-experts");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), "mission.request-candidates");
  gtk_box_append (GTK_BOX (box), find);
  gtk_box_append (GTK_BOX (box), ask);
  return box;
}

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);

  kaf_step_form_add (KAF_STEP_FORM (form), make_buttons (), NULL, show_buttons, NULL);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &experts);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &requests);
  return form;
}

const KafMissionStepView kaf_step_experts_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                   FALSE };
