/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of a mission: half a day on one subject, with its trainer and its room. Without a date it waits to be
 * placed. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice halves[] = {
  { "am", N_ ("Morning"), NULL },
  { "pm", N_ ("Afternoon"), NULL },
  { NULL },
};

static const KafChoice states[] = {
  { "planned", N_ ("Planned"), NULL },
  { "held", N_ ("Held"), "success" },
  { "cancelled", N_ ("Cancelled"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "session", N_ ("Session") },
  { "session_ar", N_ ("In Arabic") },
  { "delivery", N_ ("Delivery") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "subject_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Subject"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 28 },
  { .id = "subject_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Subject in Arabic"),
    .section = "session_ar",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "held_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Day"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .unit = "slot",
    .list_width = 12 },
  { .id = "half",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Half-day"),
    .section = "session",
    .since = 4,
    .choices = halves,
    .unit = "slot",
    .list_width = 10 },
  { .id = "theory_minutes",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Theory, in minutes"),
    .section = "session",
    .since = 4,
    .min = 0,
    .max = 600 },
  { .id = "practice_minutes",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Practice, in minutes"),
    .section = "session",
    .since = 4,
    .min = 0,
    .max = 600 },
  { .id = "trainer",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Trainer"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "mission_expert",
    .list_width = 20 },
  { .id = "second_trainer",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Second trainer"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "mission_expert" },
  { .id = "room",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Room"),
    .section = "session",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "mission_room",
    .list_width = 12 },
  { .id = "language",
    .kind = KAF_KIND_LANGUAGE,
    .label = N_ ("Language"),
    .section = "session",
    .since = 4,
    .target = "language" },
  KAF_POSITION_FIELD (4),
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "delivery",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = states,
    .initial = "planned",
    .unit = "state",
    .list_width = 10 },
  { .id = "state_reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "delivery",
    .since = 4,
    .unit = "state" },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "subject_fr", NULL };
static const char *const title_ar[] = { "subject_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  gboolean dated = get ("held_on", data) != NULL;

  if (!kaf_common_validate_either (get, data, "subject_fr", "subject_ar",
                                   N_ ("A session needs a subject, in French or in Arabic."), field,
                                   error))
    return FALSE;
  if (g_strcmp0 (get ("state", data), "cancelled") == 0 && get ("state_reason", data) == NULL)
    {
      *field = "state_reason";
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                           N_ ("Say why the session was cancelled."));
      return FALSE;
    }
  if (dated == (get ("half", data) != NULL))
    return TRUE;
  *field = dated ? "half" : "held_on";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("A session has a day and a half-day, or neither."));
  return FALSE;
}

const KafEntity kaf_entity_programme_item = {
  .id = "programme_item",
  .label = N_ ("Session of a mission"),
  .plural = N_ ("Sessions of missions"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
