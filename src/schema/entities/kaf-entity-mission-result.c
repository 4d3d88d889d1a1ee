/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission is to bring about, and what it did. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "expected", N_ ("Expected") },
  { "reached", N_ ("Reached") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "expected",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "text_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Result"),
    .section = "expected",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 30 },
  { .id = "text_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Result in Arabic"),
    .section = "expected",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "indicator",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Measured by"),
    .section = "expected",
    .since = 4 },
  { .id = "target",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Expected figure"),
    .section = "expected",
    .since = 4,
    .list_width = 10,
    .min = 0,
    .max = 1000000000 },
  { .id = "reached",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Figure reached"),
    .section = "reached",
    .since = 4,
    .list_width = 10,
    .min = 0,
    .max = 1000000000 },
  { .id = "comment",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Comment"),
    .section = "reached",
    .since = 4 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "text_fr", NULL };
static const char *const title_ar[] = { "text_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_either (get, data, "text_fr", "text_ar",
                                     N_ ("Say what is expected, in French or in Arabic."), field,
                                     error);
}

const KafEntity kaf_entity_mission_result = {
  .id = "mission_result",
  .label = N_ ("Expected result"),
  .plural = N_ ("Expected results"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
