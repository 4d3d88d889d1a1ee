/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a participant was at a session: once for each, on whatever device it was ticked. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice presences[] = {
  { "present", N_ ("Present"), "success" },
  { "absent", N_ ("Absent"), "error" },
  { "excused", N_ ("Excused"), "warning" },
  { NULL },
};

static const KafSection sections[] = {
  { "attendance", N_ ("Attendance") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "session",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Session"),
    .section = "attendance",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "programme_item",
    .list_width = 24 },
  { .id = "participant",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Participant"),
    .section = "attendance",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "participant",
    .list_width = 24 },
  { .id = "presence",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Presence"),
    .section = "attendance",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = presences,
    .list_width = 12 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const identity[] = { "session", "participant", NULL };

const KafEntity kaf_entity_attendance = {
  .id = "attendance",
  .label = N_ ("Attendance"),
  .plural = N_ ("Attendances"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .identity = identity,
};
