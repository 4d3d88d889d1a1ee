/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that several entities have alike. */
#pragma once

#include "schema/kaf-field.h"

/* Where an imported record comes from, so that the next import finds it; and whether it is one
 * of the sample records, which a production server refuses. */
#define KAF_ORIGIN_FIELDS                                                                          \
  { .id = "external_source",                                                                       \
    .kind = KAF_KIND_TEXT,                                                                         \
    .label = N_ ("Source of the import"),                                                          \
    .since = 1,                                                                                    \
    .flags = KAF_FIELD_INDEX | KAF_FIELD_HIDDEN },                                                 \
      { .id = "external_id",                                                                       \
        .kind = KAF_KIND_TEXT,                                                                     \
        .label = N_ ("Number in that source"),                                                     \
        .since = 1,                                                                                \
        .flags = KAF_FIELD_HIDDEN },                                                               \
  {                                                                                                \
    .id = "sample", .kind = KAF_KIND_BOOLEAN, .label = N_ ("Sample record"), .since = 1,           \
    .flags = KAF_FIELD_HIDDEN                                                                      \
  }

/* A period known to the year, the month or the day; see kaf_common_validate_period(). */
#define KAF_PERIOD_FIELDS(in_section, from_label, to_label)                                        \
  { .id = "valid_from",                                                                            \
    .kind = KAF_KIND_PARTIAL_DATE,                                                                 \
    .label = from_label,                                                                           \
    .section = in_section,                                                                         \
    .since = 1,                                                                                    \
    .unit = "validity",                                                                            \
    .list_width = 12 },                                                                            \
  {                                                                                                \
    .id = "valid_to", .kind = KAF_KIND_PARTIAL_DATE, .label = to_label, .section = in_section,     \
    .since = 1, .unit = "validity", .list_width = 12                                               \
  }

/* What an expert can do, and what a need or a mission asks for: the same two lists, so that they can be matched. */
#define KAF_EXPERTISE_FIELDS(in_section, version)                                                  \
  { .id = "domains",                                                                               \
    .kind = KAF_KIND_REFERENCE,                                                                    \
    .label = N_ ("Domains"),                                                                       \
    .section = in_section,                                                                         \
    .since = version,                                                                              \
    .merge = KAF_MERGE_ADD_WINS,                                                                   \
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER | KAF_FIELD_SEARCH,               \
    .target = "domain",                                                                            \
    .list_width = 20 },                                                                            \
  {                                                                                                \
    .id = "occupations", .kind = KAF_KIND_REFERENCE, .label = N_ ("Occupations"),                  \
    .section = in_section, .since = version, .merge = KAF_MERGE_ADD_WINS,                          \
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX, .target = "occupation"                              \
  }

/* The place of a part among its like, which nobody types. */
#define KAF_POSITION_FIELD(version)                                                                \
  {                                                                                                \
    .id = "position", .kind = KAF_KIND_INTEGER, .label = N_ ("Order"), .since = version,           \
    .flags = KAF_FIELD_HIDDEN, .min = 0, .max = 1000000                                            \
  }
