/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 7: what carries the mission: conventions, CVs and mission orders, whom to call at each party. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "rules/convention/kaf-convention-text.h"
#include "ui/app/kaf-application.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/mission/kaf-step-meetings.h"

static const KafConvention *
find_act (const KafMissionData *data, const char *link)
{
  for (guint i = 0; i < data->mission->conventions->len; i++)
    {
      const KafMissionConvention *found = g_ptr_array_index (data->mission->conventions, i);

      if (g_strcmp0 (found->id, link) == 0)
        return found->act;
    }
  return NULL;
}

static char *
convention_name (const KafMissionData *data, const KafRow *row)
{
  const char *title = kaf_mission_data_text (row, "convention");

  return g_strdup (title != NULL ? title : _ ("Convention that is not on this device"));
}

static char *
convention_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  const KafConvention *act = find_act (data, row->id);
  g_autoptr (KafStanding) standing = NULL;

  if (act == NULL)
    {
      *style = NULL;
      return g_strdup (_ ("unknown here"));
    }
  standing = kaf_convention_stand (act, data->context.day);
  return kaf_standing_describe_state (standing, data->context.day,
                                      kaf_thresholds_default ().lapse_second,
                                      kaf_application_get_lang (), style);
}

static const KafPartSpec conventions = {
  .entity = "mission_convention",
  .title = N_ ("Conventions"),
  .empty = N_ ("No convention carries the mission yet. One that is in force and signed is needed "
               "to leave this step."),
  .add = "mission_convention",
  .name = convention_name,
  .pill = convention_pill,
  .opens = "convention"
};

static char *
expert_detail (const KafMissionData *data, const KafRow *row)
{
  const KafMissionExpert *expert = kaf_mission_find_expert (data->mission, row->id);
  const char *order = kaf_mission_data_text (row, "order_number");
  g_autoptr (GString) line = g_string_new (NULL);

  if (expert != NULL && expert->has_cv)
    {
      g_autofree char *day = kaf_mission_day (expert->cv_on, data->lang);

      kaf_bidi_append_format (line, _ ("CV of %s"), day);
    }
  else if (expert != NULL && expert->here)
    kaf_bidi_append (line, _ ("no CV"));
  if (order != NULL)
    kaf_bidi_append_format (line, _ ("mission order no %s"), order);
  else
    kaf_bidi_append (line, _ ("no mission order"));
  kaf_bidi_append_format (line, _ ("of %s"), kaf_mission_data_text (row, "order_on"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
expert_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  const KafMissionExpert *expert = kaf_mission_find_expert (data->mission, row->id);

  if (expert == NULL || !expert->here || expert->has_cv)
    return NULL;
  *style = "error";
  return g_strdup (_ ("CV missing"));
}

static gboolean
comes (const KafMissionData *data, const KafRow *row)
{
  const KafMissionExpert *expert = kaf_mission_find_expert (data->mission, row->id);

  return expert != NULL && kaf_mission_expert_comes (expert);
}

static const KafPartSpec experts = { .entity = "mission_expert",
                                     .title = N_ ("CVs and Mission Orders"),
                                     .empty = N_ ("No expert is interested or retained yet: see "
                                                  "step 3."),
                                     .name = kaf_part_name_expert,
                                     .detail = expert_detail,
                                     .pill = expert_pill,
                                     .stands = comes,
                                     .opens = "person" };

static char *
party_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "role"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "contact_name"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "contact_function"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "contact_phone"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "contact_email"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
party_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  if (kaf_mission_data_raw (row, "contact_name") != NULL)
    return NULL;
  *style = "error";
  return g_strdup (_ ("nobody to call"));
}

static const KafPartSpec parties = { .entity = "mission_party",
                                     .title = N_ ("Contacts of Coordination"),
                                     .empty = N_ ("No party yet: they are named in step 6."),
                                     .add = "mission_party",
                                     .name = kaf_part_name_organisation,
                                     .detail = party_detail,
                                     .pill = party_pill,
                                     .opens = "organisation" };

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);

  kaf_step_form_add_parts (KAF_STEP_FORM (form), &conventions);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &experts);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &parties);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &kaf_step_meetings_ties);
  return form;
}

const KafMissionStepView kaf_step_ties_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                FALSE };
