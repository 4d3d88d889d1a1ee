/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 2: what is told to whom, and the log of it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-stakeholder-map.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/mission/kaf-step-meetings.h"

static const char *const message[] = { "message_fr", NULL };
static const char *const message_ar[] = { "message_ar", NULL };

static char *
contact_name (const KafMissionData *data, const KafRow *row)
{
  const char *organisation = kaf_mission_data_text (row, "organisation");
  const char *stakeholder = kaf_mission_data_text (row, "stakeholder");
  const char *person = kaf_mission_data_text (row, "person");
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, organisation != NULL ? organisation : stakeholder);
  kaf_bidi_append (line, person);
  if (line->len == 0)
    kaf_bidi_append (line, kaf_mission_data_text (row, "subject"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
contact_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "held_on"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "channel"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "purpose"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "subject"));
  kaf_bidi_append_format (line, _ ("%s told"), kaf_mission_data_text (row, "reached"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "answer"));
  kaf_bidi_append_format (line, _ ("next: %s"), kaf_mission_data_text (row, "next_action"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
contact_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  char *word = kaf_part_choice (row, "attitude", style);
  const char *code = kaf_mission_data_raw (row, "attitude");

  if (*style == NULL && g_strcmp0 (code, "favourable") == 0)
    *style = "success";
  else if (*style == NULL && g_strcmp0 (code, "opposed") == 0)
    *style = "error";
  else if (*style == NULL && g_strcmp0 (code, "reserved") == 0)
    *style = "warning";
  return word;
}

/* How many were told, in all. */
static char *
contact_note (const KafMissionData *data)
{
  gint64 told = 0;
  g_autofree char *number = NULL;

  for (guint i = 0; i < data->mission->contacts->len; i++)
    told += ((const KafMissionContact *) g_ptr_array_index (data->mission->contacts, i))->reached;
  if (told == 0)
    return NULL;
  number = kaf_number_format (told, data->lang);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s person told", "%s people told", (gulong) told), number);
}

static const KafPartSpec contacts = { .entity = "contact",
                                      .title = N_ ("Contacts and Meetings"),
                                      .empty = N_ ("Nobody was told yet. The local authority "
                                                   "comes first; then those who have a duty in "
                                                   "the need."),
                                      .add = "contact purpose=awareness",
                                      .add_label = N_ ("Note a Contact…"),
                                      .name = contact_name,
                                      .detail = contact_detail,
                                      .pill = contact_pill,
                                      .note = contact_note,
                                      .opens = "organisation" };

static gboolean
is_uncontacted (const KafMissionData *data, const KafRow *row)
{
  for (guint i = 0; i < data->mission->needs->len; i++)
    {
      const KafNeed *need = g_ptr_array_index (data->mission->needs, i);

      for (guint j = 0; j < need->stakeholders->len; j++)
        {
          const KafStakeholder *found = g_ptr_array_index (need->stakeholders, j);

          if (g_strcmp0 (found->id, row->id) == 0)
            return found->n_contacts == 0;
        }
    }
  return FALSE;
}

static char *
stakeholder_name (const KafMissionData *data, const KafRow *row)
{
  const char *organisation = kaf_mission_data_text (row, "organisation");

  return g_strdup (organisation != NULL ? organisation : kaf_mission_data_text (row, "name"));
}

static char *
stakeholder_detail (const KafMissionData *data, const KafRow *row)
{
  const char *style;
  g_autofree char *kind = kaf_part_choice (row, "kind", &style);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kind);
  kaf_bidi_append (line, kaf_mission_data_words (data, row, "duty"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
uncontacted_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  *style = "warning";
  return g_strdup (_ ("never contacted"));
}

static char *
contact_of (const KafMissionData *data, const KafRow *row)
{
  return kaf_stakeholder_map_contact (row);
}

static gboolean
has_map (const KafMissionData *data)
{
  return kaf_mission_data_rows (data, "stakeholder")->len > 0;
}

static const KafPartSpec uncontacted = { .entity = "stakeholder",
                                         .title = N_ ("Still to Be Told"),
                                         .empty = N_ ("Everybody on the map was contacted."),
                                         .name = stakeholder_name,
                                         .detail = stakeholder_detail,
                                         .pill = uncontacted_pill,
                                         .stands = is_uncontacted,
                                         .shows = has_map,
                                         .adds = contact_of,
                                         .adds_label = N_ ("Note a Contact…"),
                                         .opens = "organisation" };

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *form = kaf_step_form_new (page, FALSE);

  kaf_step_form_add_parts (KAF_STEP_FORM (form), &contacts);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &kaf_step_meetings_awareness);
  kaf_step_form_add_parts (KAF_STEP_FORM (form), &uncontacted);
  kaf_step_form_add_fields (KAF_STEP_FORM (form), _ ("What Is Told"), message, message_ar);
  return form;
}

const KafMissionStepView kaf_step_awareness_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                     FALSE };
