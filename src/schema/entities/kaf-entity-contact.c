/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An exchange with a person or an organisation. Written once; it is the log of accompaniment and awareness. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice channels[] = {
  { "call", N_ ("Call"), NULL },         { "message", N_ ("Message"), NULL },
  { "email", N_ ("E-mail"), NULL },      { "meeting", N_ ("Meeting"), NULL },
  { "visit", N_ ("Visit"), NULL },       { "letter", N_ ("Letter"), NULL },
  { "referral", N_ ("Referral"), NULL }, { NULL },
};

/* Of a mission: the step that it serves. */
static const KafChoice purposes[] = {
  { "awareness", N_ ("Awareness"), NULL },
  { "linking", N_ ("Linking"), NULL },
  { "coordination", N_ ("Coordination"), NULL },
  { "follow_up", N_ ("Follow-up"), NULL },
  { NULL },
};

static const KafChoice attitudes[] = {
  { "favourable", N_ ("Favourable"), "success" },
  { "reserved", N_ ("Reserved"), "warning" },
  { "opposed", N_ ("Opposed"), "error" },
  { NULL },
};

static const KafChoice outcomes[] = {
  { "no_answer", N_ ("No answer"), "warning" },
  { "answered", N_ ("Answered"), NULL },
  { "interested", N_ ("Interested"), "success" },
  { "declined", N_ ("Declined"), "error" },
  { "call_back", N_ ("To call back"), "accent" },
  { "documents", N_ ("Documents received"), "success" },
  { NULL },
};

static const KafSection sections[] = {
  { "contact", N_ ("Exchange") },
  { "next", N_ ("What follows") },
  { "mission", N_ ("Mission") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person" },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation" },
  { .id = "held_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("On"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "channel",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Channel"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .choices = channels,
    .list_width = 12 },
  { .id = "by_whom",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Who of us"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 16 },
  { .id = "subject",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("About"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { .id = "answer",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Answer"),
    .section = "contact",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY,
    .klass = KAF_CLASS_PRIVATE },
  { .id = "next_action",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Next action"),
    .section = "next",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY },
  { .id = "next_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("By"),
    .section = "next",
    .since = 1,
    .merge = KAF_MERGE_APPEND_ONLY },
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "mission",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission" },
  { .id = "stakeholder",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Stakeholder"),
    .section = "mission",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "stakeholder" },
  { .id = "purpose",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Purpose of the exchange"),
    .section = "mission",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_FILTER,
    .choices = purposes },
  { .id = "attitude",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Attitude"),
    .section = "mission",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .choices = attitudes },
  { .id = "reached",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("People told"),
    .section = "mission",
    .since = 4,
    .merge = KAF_MERGE_APPEND_ONLY,
    .min = 0,
    .max = 1000000 },
  { .id = "outcome",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Outcome"),
    .section = "contact",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_FILTER,
    .choices = outcomes,
    .list_width = 12 },
  { .id = "project",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Project"),
    .section = "contact",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "project" },
  { .id = "referred_to",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Referred to"),
    .hint = N_ ("A regional investment centre, a bank, an agency."),
    .section = "contact",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation" },
  { NULL },
};

static const char *const title[] = { "subject", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (get ("person", data) != NULL || get ("organisation", data) != NULL ||
      get ("stakeholder", data) != NULL)
    return TRUE;

  *field = "person";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                       N_ ("Say with whom: a person or an organisation."));
  return FALSE;
}

const KafEntity kaf_entity_contact = {
  .id = "contact",
  .label = N_ ("Exchange"),
  .plural = N_ ("Exchanges"),
  .since = 1,
  .flags = KAF_ENTITY_APPEND_ONLY,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
