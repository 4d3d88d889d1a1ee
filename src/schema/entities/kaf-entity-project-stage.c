/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That a project came to a stage, on a day. The latest tells where it stands. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice stages[] = {
  { "idea", N_ ("Idea"), NULL },           { "study", N_ ("Study"), NULL },
  { "file", N_ ("File"), NULL },           { "finance", N_ ("Funding"), "accent" },
  { "licence", N_ ("Licence"), "accent" }, { "launched", N_ ("Launched"), "success" },
  { "abandoned", N_ ("Given up"), NULL },  { NULL },
};

static const KafSection sections[] = {
  { "stage", N_ ("Stage") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "project",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Project"),
    .section = "stage",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "project",
    .list_width = 24 },
  { .id = "stage",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Stage"),
    .section = "stage",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = stages,
    .list_width = 14 },
  { .id = "reached_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Reached on"),
    .section = "stage",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "stage",
    .since = 5,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 24 },
  { NULL },
};

const KafEntity kaf_entity_project_stage = {
  .id = "project_stage",
  .label = N_ ("Change of stage"),
  .plural = N_ ("Changes of stage"),
  .since = 5,
  .flags = KAF_ENTITY_APPEND_ONLY,
  .fields = fields,
  .sections = sections,
};
