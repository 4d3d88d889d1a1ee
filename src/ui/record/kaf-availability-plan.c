/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A period that a new range lies across is cut into what stands before, beside (the other half of
 * the day) and after it. */
#include "config.h"

#include "ui/record/kaf-availability-plan.h"

#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"

#define MORNING 1u
#define AFTERNOON 2u

static guint
part_bits (const char *part)
{
  if (g_strcmp0 (part, "am") == 0)
    return MORNING;
  if (g_strcmp0 (part, "pm") == 0)
    return AFTERNOON;
  return MORNING | AFTERNOON;
}

static const char *
part_name (guint bits)
{
  return bits == MORNING ? "am" : bits == AFTERNOON ? "pm" : "day";
}

static const char *
more_binding (const char *a, const char *b)
{
  static const char *const order[] = { "busy", "tentative", "free" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (g_strcmp0 (a, order[i]) == 0 || g_strcmp0 (b, order[i]) == 0)
        return order[i];
    }
  return NULL;
}

static void
find_monday (char monday[11], const char *today)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, today);
  if (!g_date_valid (&date))
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 2024);
  g_date_subtract_days (&date, g_date_get_weekday (&date) - G_DATE_MONDAY);
  g_snprintf (monday, 11, "%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date),
              g_date_get_day (&date));
}

static void
mark_row (KafAvailabilityPlan *self, const KafRow *row)
{
  guint bits = part_bits (row->raw[KAF_PLAN_PART]);

  for (guint day = 0; day < KAF_PLAN_DAYS; day++)
    {
      g_autofree char *date = kaf_availability_plan_date (self, day);

      if (strcmp (date, row->raw[KAF_PLAN_FROM]) < 0 || strcmp (date, row->raw[KAF_PLAN_TO]) > 0)
        continue;
      for (guint half = 0; half < 2; half++)
        {
          if ((bits & (1u << half)) != 0)
            self->states[day][half] =
                more_binding (self->states[day][half], row->raw[KAF_PLAN_KIND]);
        }
    }
}

static gboolean
is_period (const KafRow *row)
{
  return row->raw[KAF_PLAN_FROM] != NULL && row->raw[KAF_PLAN_TO] != NULL;
}

void
kaf_availability_plan_fill (KafAvailabilityPlan *self, const GPtrArray *rows, const char *today)
{
  memset (self, 0, sizeof *self);
  find_monday (self->monday, today);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (is_period (row))
        mark_row (self, row);
    }
}

char *
kaf_availability_plan_date (const KafAvailabilityPlan *self, guint day)
{
  return kaf_date_add_days (self->monday, day / KAF_PLAN_WEEK_DAYS * 7 + day % KAF_PLAN_WEEK_DAYS);
}

static void
set_period (KafRecord *record, const char *from, const char *to, guint bits)
{
  kaf_record_set (record, "valid_from", from);
  kaf_record_set (record, "valid_to", to);
  kaf_record_set (record, "part", part_name (bits));
}

static KafRecord *
period_new (const char *person, const char *kind, const char *from, const char *to, guint bits)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("availability"), NULL);

  kaf_record_set (record, "person", person);
  kaf_record_set (record, "kind", kind);
  set_period (record, from, to, bits);
  return record;
}

/* Where the pieces of one period go: the first takes the record over, the others are new. */
typedef struct
{
  KafChangeSet *set;
  const KafRow *row;
  const char *person;
  gboolean reused;
} Cut;

static void
keep_piece (Cut *cut, const char *from, const char *to, guint bits)
{
  g_autoptr (KafRecord) record = NULL;

  if (bits == 0 || strcmp (from, to) > 0)
    return;
  if (!cut->reused)
    {
      cut->reused = TRUE;
      record = kaf_record_new (kaf_registry_find ("availability"), cut->row->id);
      set_period (record, from, to, bits);
      kaf_change_set_update (cut->set, record);
      return;
    }
  record = period_new (cut->person, cut->row->raw[KAF_PLAN_KIND], from, to, bits);
  kaf_record_set (record, "remote", cut->row->raw[KAF_PLAN_REMOTE]);
  kaf_record_set (record, "timezone", cut->row->raw[KAF_PLAN_TIMEZONE]);
  kaf_change_set_create (cut->set, record);
}

static void
cut_row (KafChangeSet *set,
         const KafRow *row,
         const char *person,
         const char *from,
         const char *to,
         guint bits)
{
  Cut cut = { set, row, person, FALSE };
  const char *row_from = row->raw[KAF_PLAN_FROM];
  const char *row_to = row->raw[KAF_PLAN_TO];
  guint row_bits = part_bits (row->raw[KAF_PLAN_PART]);
  const char *middle_from = strcmp (row_from, from) > 0 ? row_from : from;
  const char *middle_to = strcmp (row_to, to) < 0 ? row_to : to;
  g_autofree char *before = kaf_date_add_days (from, -1);
  g_autofree char *after = kaf_date_add_days (to, 1);

  if ((row_bits & bits) == 0 || strcmp (middle_from, middle_to) > 0)
    return;
  keep_piece (&cut, row_from, before, row_bits);
  keep_piece (&cut, middle_from, middle_to, row_bits & ~bits);
  keep_piece (&cut, after, row_to, row_bits);
  if (!cut.reused)
    kaf_change_set_delete (set, kaf_registry_find ("availability"), row->id);
}

KafChangeSet *
kaf_availability_plan_change (const GPtrArray *rows,
                              const char *person,
                              const char *from,
                              const char *to,
                              const char *part,
                              const char *kind)
{
  KafChangeSet *set = kaf_change_set_new ("edit");
  guint bits = part_bits (part);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (is_period (row))
        cut_row (set, row, person, from, to, bits);
    }
  if (kind != NULL)
    {
      g_autoptr (KafRecord) record = period_new (person, kind, from, to, bits);

      kaf_change_set_create (set, record);
    }
  return set;
}
