/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Six weeks of half-days from the periods of a person, and the change that gives a range another
 * state. Pure: rows in, change set out. */
#pragma once

#include "record/kaf-change-set.h"
#include "store/kaf-page.h"

G_BEGIN_DECLS

#define KAF_PLAN_WEEKS 6
#define KAF_PLAN_WEEK_DAYS 5
#define KAF_PLAN_DAYS (KAF_PLAN_WEEKS * KAF_PLAN_WEEK_DAYS)

/* Order of the columns of the rows. */
enum
{
  KAF_PLAN_FROM,
  KAF_PLAN_TO,
  KAF_PLAN_PART,
  KAF_PLAN_KIND,
  KAF_PLAN_REMOTE,
  KAF_PLAN_TIMEZONE,
};

typedef struct
{
  char monday[11]; /* ISO date of the first */
  /* By day, then morning 0 and afternoon 1: "free", "tentative", "busy" (static), NULL unknown. */
  const char *states[KAF_PLAN_DAYS][2];
} KafAvailabilityPlan;

/* From the Monday of @today's week. Where periods overlap, the most binding state shows.
 * @rows: (element-type KafRow). */
void
kaf_availability_plan_fill (KafAvailabilityPlan *self, const GPtrArray *rows, const char *today);

/* ISO date of a day of the plan, 0 to KAF_PLAN_DAYS - 1. (transfer full) */
char *kaf_availability_plan_date (const KafAvailabilityPlan *self, guint day);

/* Gives the half-days from @from to @to (ISO dates, both included) the state @kind, NULL for
 * unknown: periods that lie across are cut, so that nothing overlaps afterwards.
 * @part: "day", "am" or "pm". (transfer full) */
KafChangeSet *kaf_availability_plan_change (const GPtrArray *rows,
                                            const char *person,
                                            const char *from,
                                            const char *to,
                                            const char *part,
                                            const char *kind);

G_END_DECLS
