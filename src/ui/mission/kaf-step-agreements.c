/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 6: what each party and each expert says to the programme, side by side. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/mission/kaf-step-meetings.h"

static char *
party_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "role"));
  kaf_bidi_append_format (line, _ ("asked on %s"), kaf_mission_data_text (row, "asked_on"));
  kaf_bidi_append_format (line, _ ("answered on %s"), kaf_mission_data_text (row, "answered_on"));
  kaf_bidi_append_format (line, _ ("hours: %s"), kaf_mission_data_text (row, "hours"));
  kaf_bidi_append_format (line, _ ("relevance: %s"), kaf_mission_data_text (row, "relevance"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
party_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  char *answer = kaf_part_choice (row, "answer", style);

  if (answer != NULL)
    return answer;
  *style = "warning";
  return g_strdup (kaf_mission_data_raw (row, "asked_on") != NULL ? C_ ("agreement", "waiting")
                                                                  : C_ ("agreement", "not asked"));
}

static const KafPartQuick party_quick[] = {
  { "answer", "agrees", N_ ("Agrees"), "answered_on" },
  { "answer", "reserves", N_ ("Agrees with Reservations"), "answered_on" },
  { "answer", "refuses", N_ ("Refuses"), "answered_on" },
  { NULL },
};

static const KafPartSpec parties = { .entity = "mission_party",
                                     .title = N_ ("Parties"),
                                     .empty = N_ ("No party yet: host, authority, funder, "
                                                  "network. Each is asked for its agreement."),
                                     .add = "mission_party",
                                     .name = kaf_part_name_organisation,
                                     .detail = party_detail,
                                     .pill = party_pill,
                                     .quick = party_quick,
                                     .opens = "organisation" };

static char *
expert_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_part_append_window (line, row);
  kaf_bidi_append (line, kaf_mission_data_text (row, "window_part"));
  kaf_bidi_append_format (line, _ ("arrives on %s"), kaf_mission_data_text (row, "arrives_on"));
  kaf_bidi_append_format (line, _ ("at %s"), kaf_mission_data_text (row, "arrives_at"));
  kaf_bidi_append_format (line, _ ("leaves on %s"), kaf_mission_data_text (row, "leaves_on"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
expert_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  gboolean agreed = kaf_mission_data_raw (row, "agreed_on") != NULL;

  *style = agreed ? "success" : "warning";
  return g_strdup (agreed ? C_ ("agreement", "agrees") : C_ ("agreement", "waiting"));
}

static gboolean
comes (const KafMissionData *data, const KafRow *row)
{
  const char *answer = kaf_mission_data_raw (row, "answer");

  return g_strcmp0 (answer, "interested") == 0 || g_strcmp0 (answer, "retained") == 0;
}

static const KafPartQuick expert_quick[] = {
  { "answer", "retained", N_ ("Retain"), NULL },
  { NULL },
};

static const KafPartSpec experts = { .entity = "mission_expert",
                                     .title = N_ ("Experts Who Come"),
                                     .empty = N_ ("No expert is interested or retained yet: see "
                                                  "step 3."),
                                     .name = kaf_part_name_expert,
                                     .detail = expert_detail,
                                     .pill = expert_pill,
                                     .stands = comes,
                                     .quick = expert_quick,
                                     .opens = "person" };

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);

  kaf_step_form_add_pair (KAF_STEP_FORM (form), &parties, &experts);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &kaf_step_meetings_agreements);
  return form;
}

const KafMissionStepView kaf_step_agreements_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                      FALSE };
