/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expert whom a mission asked, and who may come. The law keeps the file: an erased person stays in it under a
 * pseudonym. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice answers[] = {
  { "listed", N_ ("On the short list"), NULL },  { "contacted", N_ ("Contacted"), NULL },
  { "interested", N_ ("Interested"), "accent" }, { "retained", N_ ("Retained"), "success" },
  { "reserve", N_ ("In reserve"), NULL },        { "declined", N_ ("Declined"), NULL },
  { "discarded", N_ ("Not retained"), NULL },    { NULL },
};

static const KafSection sections[] = {
  { "expert", N_ ("Expert") },
  { "window", N_ ("Window") },
  { "fit", N_ ("Fit") },
  { "journey", N_ ("Journey and order") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "expert",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "expert",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 24 },
  { .id = "network",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Through the network"),
    .section = "expert",
    .since = 4,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "network",
    .list_width = 18 },
  { .id = "answer",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Answer"),
    .section = "expert",
    .since = 4,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = answers,
    .initial = "listed",
    .unit = "answer",
    .list_width = 12 },
  { .id = "contacted_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Contacted on"),
    .section = "expert",
    .since = 4,
    .list_width = 12 },
  { .id = "answered_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answered on"),
    .section = "expert",
    .since = 4,
    .unit = "answer",
    .list_width = 12 },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "expert",
    .since = 4,
    .klass = KAF_CLASS_PRIVATE },
  { .id = "window_from",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Available from"),
    .section = "window",
    .since = 4,
    .unit = "window",
    .list_width = 12 },
  { .id = "window_to",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Available until"),
    .section = "window",
    .since = 4,
    .unit = "window",
    .list_width = 12 },
  { .id = "window_part",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Remarks on the window"),
    .section = "window",
    .since = 4 },
  { .id = "fit_score",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Score"),
    .section = "fit",
    .since = 4,
    .klass = KAF_CLASS_PRIVATE, /* it judges a person */
    .unit = "fit",
    .list_width = 8,
    .min = 0,
    .max = 1000 },
  { .id = "fit_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Scored on"),
    .section = "fit",
    .since = 4,
    .klass = KAF_CLASS_PRIVATE,
    .unit = "fit" },
  { .id = "fit_reasons",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Reasons of the score"),
    .section = "fit",
    .since = 4,
    .klass = KAF_CLASS_PRIVATE,
    .unit = "fit" },
  { .id = "agreed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Agreed to the programme on"),
    .section = "journey",
    .since = 4,
    .list_width = 12 },
  { .id = "arrives_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Arrives on"),
    .section = "journey",
    .since = 4,
    .unit = "arrival",
    .list_width = 12 },
  { .id = "arrives_at",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Arrives at"),
    .hint = N_ ("HH:MM, local time of the mission."),
    .section = "journey",
    .since = 4,
    .unit = "arrival" },
  { .id = "leaves_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Leaves on"),
    .section = "journey",
    .since = 4 },
  { .id = "order_number",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Number of the mission order"),
    .section = "journey",
    .since = 4 },
  { .id = "order_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Mission order of"),
    .section = "journey",
    .since = 4 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "mission", "person", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  const char *at = get ("arrives_at", data);

  if (at != NULL && !kaf_common_is_time (at))
    {
      *field = "arrives_at";
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                           N_ ("Write a time of day as 14:30."));
      return FALSE;
    }
  if (!kaf_common_validate_order (get, data, "window_from", "window_to", field, error))
    return FALSE;
  return kaf_common_validate_order (get, data, "arrives_on", "leaves_on", field, error);
}

const KafEntity kaf_entity_mission_expert = {
  .id = "mission_expert",
  .label = N_ ("Expert of a mission"),
  .plural = N_ ("Experts of missions"),
  .since = 4,
  .flags = KAF_ENTITY_KEPT | KAF_ENTITY_TIE,
  .fields = fields,
  .sections = sections,
  .identity = identity,
  .validate = validate,
};
