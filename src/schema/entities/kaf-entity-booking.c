/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A room, a journey or a meal to be booked in time, and settled. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "lodging", N_ ("Lodging"), NULL },
  { "travel", N_ ("Travel"), NULL },
  { "vehicle", N_ ("Vehicle"), NULL },
  { "room", N_ ("Room"), NULL },
  { "meals", N_ ("Meals"), NULL },
  { "other", N_ ("Other"), NULL },
  { NULL },
};

static const KafChoice states[] = {
  { "wanted", N_ ("To be booked"), "warning" },
  { "booked", N_ ("Booked"), "accent" },
  { "settled", N_ ("Settled"), "success" },
  { "cancelled", N_ ("Cancelled"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "booking", N_ ("Booking") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission",
    .list_width = 28 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 12 },
  { .id = "label",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("What"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "expert",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("For"),
    .section = "booking",
    .since = 4,
    .target = "mission_expert",
    .list_width = 18 },
  { .id = "starts_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("From"),
    .section = "booking",
    .since = 4,
    .unit = "days",
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("To"),
    .section = "booking",
    .since = 4,
    .unit = "days",
    .list_width = 12 },
  { .id = "book_by",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Book by"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = states,
    .initial = "wanted",
    .list_width = 12 },
  { .id = "supplier",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Supplier"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_SEARCH },
  { .id = "number",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Booking number"),
    .section = "booking",
    .since = 4 },
  { .id = "line",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Budget line"),
    .section = "booking",
    .since = 4,
    .flags = KAF_FIELD_INDEX,
    .target = "budget_line" },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "label", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_order (get, data, "starts_on", "ends_on", field, error);
}

const KafEntity kaf_entity_booking = {
  .id = "booking",
  .label = N_ ("Booking"),
  .plural = N_ ("Bookings"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
