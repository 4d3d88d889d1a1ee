/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dated setting that changes what is allowed or counted, the same on every device. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafSection sections[] = {
  { "setting", N_ ("Setting") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "key",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Setting"),
    .section = "setting",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 30 },
  { .id = "valid_from",
    .kind = KAF_KIND_DATE,
    .label = N_ ("From"),
    .section = "setting",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 12 },
  { .id = "value",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Value"),
    .section = "setting",
    .since = 1,
    .list_width = 20 },
  { NULL },
};

static const char *const title[] = { "key", NULL };
static const char *const identity[] = { "key", "valid_from", NULL };

const KafEntity kaf_entity_setting = {
  .id = "setting",
  .label = N_ ("Setting"),
  .plural = N_ ("Settings"),
  .since = 1,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
  .identity = identity,
};
