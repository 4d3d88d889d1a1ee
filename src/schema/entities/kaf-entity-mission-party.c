/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An organisation that takes part in a mission: what it is in it, whether it agrees, whom to call. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice roles[] = {
  { "lead", N_ ("Lead organisation"), NULL },  { "host", N_ ("Host"), NULL },
  { "authority", N_ ("Authority"), NULL },     { "funder", N_ ("Funder"), NULL },
  { "network", N_ ("Network"), NULL },         { "facilitator", N_ ("Facilitator"), NULL },
  { "beneficiary", N_ ("Beneficiary"), NULL }, { NULL },
};

static const KafChoice answers[] = {
  { "agrees", N_ ("Agrees"), "success" },
  { "reserves", N_ ("Agrees with reservations"), "warning" },
  { "refuses", N_ ("Refuses"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "party", N_ ("Party") },
  { "agreement", N_ ("Agreement") },
  { "contact", N_ ("Contact of coordination") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "party",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "party",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 24 },
  { .id = "role",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Part it takes"),
    .section = "party",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = roles,
    .list_width = 14 },
  { .id = "asked_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Agreement asked on"),
    .section = "agreement",
    .since = 4,
    .list_width = 12 },
  { .id = "answer",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Answer"),
    .section = "agreement",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = answers,
    .unit = "answer",
    .list_width = 12 },
  { .id = "answered_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answered on"),
    .section = "agreement",
    .since = 4,
    .unit = "answer",
    .list_width = 12 },
  { .id = "hours",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Availability"),
    .hint = N_ ("Working hours and travel time as it stated them."),
    .section = "agreement",
    .since = 4 },
  { .id = "relevance",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Relevance of the content"),
    .section = "agreement",
    .since = 4 },
  { .id = "contact_name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .section = "contact",
    .since = 4,
    .klass = KAF_CLASS_IDENTITY,
    .list_width = 18 },
  { .id = "contact_function",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Function"),
    .section = "contact",
    .since = 4 },
  { .id = "contact_phone",
    .kind = KAF_KIND_PHONE,
    .label = N_ ("Phone"),
    .section = "contact",
    .since = 4,
    .klass = KAF_CLASS_CONTACT },
  { .id = "contact_email",
    .kind = KAF_KIND_EMAIL,
    .label = N_ ("E-mail"),
    .section = "contact",
    .since = 4,
    .klass = KAF_CLASS_CONTACT },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "mission", "organisation", NULL };

const KafEntity kaf_entity_mission_party = {
  .id = "mission_party",
  .label = N_ ("Party to a mission"),
  .plural = N_ ("Parties to missions"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
