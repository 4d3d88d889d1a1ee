/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a consular post, a network or an institution was asked to pass on, to whom, when, and what came back. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice answers[] = {
  { "accepted", N_ ("Accepted"), "accent" },
  { "passed_on", N_ ("Passed on"), "success" },
  { "declined", N_ ("Declined"), "error" },
  { "none", N_ ("No answer"), "warning" },
  { NULL },
};

static const KafSection sections[] = {
  { "relay", N_ ("Relay") },
  { "answer", N_ ("Answer") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Relayed by"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 24 },
  { .id = "post",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Diplomatic or consular post"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "post",
    .list_width = 24 },
  { .id = "segment",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Segment"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .target = "segment",
    .list_width = 20 },
  { .id = "list",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Frozen list"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .target = "segment_list",
    .list_width = 14 },
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .hint = N_ ("Where it concerns one alone."),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person",
    .list_width = 20 },
  { .id = "subject_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What is passed on"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_SEARCH,
    .list_width = 30 },
  { .id = "sent_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Sent on"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "by_whom",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Who of us"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .list_width = 14 },
  { .id = "answer_by",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answer expected by"),
    .section = "relay",
    .since = 5,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "answer",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Answer"),
    .section = "answer",
    .since = 5,
    .flags = KAF_FIELD_FILTER,
    .choices = answers,
    .list_width = 12 },
  { .id = "answered_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Answered on"),
    .section = "answer",
    .since = 5,
    .list_width = 12 },
  { .id = "reached",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("People told"),
    .section = "answer",
    .since = 5,
    .list_width = 8,
    .min = 0,
    .max = 1000000 },
  { .id = "note",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Note"),
    .section = "answer",
    .since = 5 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "subject_fr", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (get ("organisation", data) == NULL && get ("post", data) == NULL)
    {
      *field = "organisation";
      g_set_error_literal (
          error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
          N_ ("Say who relays: an organisation, or a diplomatic or consular post."));
      return FALSE;
    }
  return kaf_common_validate_order (get, data, "sent_on", "answered_on", field, error);
}

const KafEntity kaf_entity_relay = {
  .id = "relay",
  .prefix = "REL",
  .label = N_ ("Relay"),
  .plural = N_ ("Relays"),
  .since = 5,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
