/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a meeting decided, and what somebody has to do for it by when. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice states[] = {
  { "open", N_ ("To do"), "accent" },
  { "done", N_ ("Done"), "success" },
  { "dropped", N_ ("Given up"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "decision", N_ ("Decision") },
  { "follow_up", N_ ("Follow-up") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "meeting",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Meeting"),
    .section = "decision",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "meeting",
    .list_width = 28 },
  { .id = "item",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Point of the agenda"),
    .section = "decision",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .target = "agenda_item" },
  { .id = "text_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Decision"),
    .section = "decision",
    .since = 6,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 40 },
  { .id = "text_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Decision in Arabic"),
    .section = "decision",
    .since = 6,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC,
    .list_width = 40 },
  { .id = "owner",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Person responsible"),
    .section = "follow_up",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .list_width = 18 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation responsible"),
    .section = "follow_up",
    .since = 6,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "organisation",
    .list_width = 18 },
  { .id = "due_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Due on"),
    .section = "follow_up",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "follow_up",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER | KAF_FIELD_INDEX,
    .initial = "open",
    .choices = states,
    .list_width = 10 },
  { .id = "done_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Done on"),
    .section = "follow_up",
    .since = 6,
    .list_width = 12 },
  { .id = "result",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Result"),
    .section = "follow_up",
    .since = 6 },
  KAF_POSITION_FIELD (6),
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "text_fr", NULL };
static const char *const title_ar[] = { "text_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_either (get, data, "text_fr", "text_ar",
                                     N_ ("Write what was decided, in French or in Arabic."), field,
                                     error);
}

const KafEntity kaf_entity_decision = {
  .id = "decision",
  .prefix = "DEC",
  .label = N_ ("Decision"),
  .plural = N_ ("Decisions"),
  .since = 6,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
