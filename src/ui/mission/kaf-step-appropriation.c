/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 9: what remains: materials handed over, pairs, follow-ups. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-part-title.h"
#include "ui/mission/kaf-step-form.h"

/* Materials */

static char *
material_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_words (data, row, "title"));
}

static char *
material_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "form"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "rights"));
  kaf_bidi_append_format (line, _ ("copies: %s"), kaf_mission_data_text (row, "copies"));
  kaf_bidi_append_format (line, _ ("handed to %s"), kaf_mission_data_text (row, "handed_to"));
  kaf_bidi_append_format (line, _ ("on %s"), kaf_mission_data_text (row, "handed_on"));
  kaf_bidi_append_format (line, _ ("not handed over: %s"),
                          kaf_mission_data_text (row, "refused_reason"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
material_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  if (kaf_mission_data_raw (row, "handed_on") != NULL)
    {
      *style = "success";
      return g_strdup (C_ ("material", "Handed over"));
    }
  if (kaf_mission_data_raw (row, "refused_reason") != NULL)
    {
      *style = NULL;
      return g_strdup (C_ ("material", "Refused"));
    }
  *style = "warning";
  return g_strdup (C_ ("material", "To be handed over"));
}

static const KafPartQuick material_quick[] = {
  { "handed_on", "", N_ ("Handed Over Today"), "handed_on" },
  { NULL },
};

static const KafPartSpec materials = {
  .entity = "material",
  .title = N_ ("Materials"),
  .empty = N_ ("Nothing yet: the digital and printed materials that stay with those who took part, "
               "with which rights; or why one is not handed over."),
  .add = "material",
  .name = material_name,
  .detail = material_detail,
  .pill = material_pill,
  .quick = material_quick,
  .opens = "handed_to"
};

/* Pairs */

static char *
pair_name (const KafMissionData *data, const KafRow *row)
{
  return kaf_part_title (data, "pair", row->id);
}

static char *
pair_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "purpose"));
  kaf_bidi_append_format (line, _ ("from %s"), kaf_mission_data_text (row, "starts_on"));
  kaf_bidi_append_format (line, _ ("to %s"), kaf_mission_data_text (row, "ends_on"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
pair_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  return kaf_part_choice (row, "state", style);
}

static const KafPartQuick pair_quick[] = {
  { "state", "active", N_ ("Active"), NULL },
  { "state", "ended", N_ ("Ended"), NULL },
  { NULL },
};

static const KafPartSpec pairs = { .entity = "pair",
                                   .title = N_ ("Pairs"),
                                   .empty = N_ ("No pair yet: an expert abroad and a professional "
                                                "in Morocco who go on working together."),
                                   .add = "pair",
                                   .name = pair_name,
                                   .detail = pair_detail,
                                   .pill = pair_pill,
                                   .quick = pair_quick };

/* Follow-ups */

static char *
follow_up_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_text (row, "label_fr"));
}

static char *
follow_up_detail (const KafMissionData *data, const KafRow *row)
{
  g_autofree char *pair = kaf_part_title_of (data, row, "pair");
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "kind"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "owner_name"));
  kaf_bidi_append (line, pair);
  kaf_bidi_append_format (line, _ ("due on %s"), kaf_mission_data_text (row, "due_on"));
  kaf_bidi_append_format (line, _ ("done on %s"), kaf_mission_data_text (row, "done_on"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "outcome"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
follow_up_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  const char *due = kaf_mission_data_raw (row, "due_on");

  if (kaf_mission_data_raw (row, "done_on") != NULL)
    {
      *style = "success";
      return g_strdup (C_ ("follow-up", "Done"));
    }
  *style = "warning";
  if (kaf_mission_data_raw (row, "owner_name") == NULL)
    return g_strdup (C_ ("follow-up", "nobody named"));
  if (due == NULL)
    return g_strdup (C_ ("follow-up", "no date"));
  if (kaf_day_parse (due) < data->context.day)
    {
      *style = "error";
      return g_strdup (C_ ("follow-up", "Late"));
    }
  *style = "accent";
  return g_strdup (C_ ("follow-up", "Planned"));
}

static const char *
follow_up_act (const KafMissionData *data, const KafRow *row)
{
  return kaf_mission_data_raw (row, "done_on") == NULL ? _ ("Done") : NULL;
}

static const KafPartQuick follow_up_quick[] = {
  { "done_on", "", N_ ("Done Today"), "done_on" },
  { NULL },
};

static const KafPartSpec follow_ups = {
  .entity = "follow_up",
  .title = N_ ("Follow-ups"),
  .empty = N_ ("No follow-up yet: a visit, a call, a session at a distance, with who does it and "
               "when."),
  .add = "follow_up",
  .name = follow_up_name,
  .detail = follow_up_detail,
  .pill = follow_up_pill,
  .quick = follow_up_quick,
  .act = follow_up_act
};

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);

  kaf_step_form_add_parts (KAF_STEP_FORM (form), &materials);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &pairs);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &follow_ups);
  return form;
}

const KafMissionStepView kaf_step_appropriation_view = { make, kaf_step_form_show,
                                                         kaf_step_form_lead, FALSE };
