/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a device may keep the persons of a hub that it no longer hears of. Pure: what time it is, and how
 * long the machine has run, is handed in.
 *
 * The wall clock alone decides nothing: it may be set. What counts is how long the machine ran (asleep or
 * awake) since the last exchange, and while it was off at most three days at a time and three times as long
 * as it ran: nights and long weekends, not the years that an empty battery makes up. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_LEASE_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* A moment of the machine. */
typedef struct
{
  const char *boot; /* tells one start of the machine from another */
  gint64 ran;       /* µs since that start, asleep or awake */
  gint64 wall;      /* µs since 1970 UTC, by its clock */
} KafLeaseMoment;

/* What is kept between looks. All 0: nothing yet. */
typedef struct
{
  char boot[64];
  gint64 ran, wall; /* of the last look */
  gint64 running;   /* µs that the machine ran since the last exchange */
  gint64 off;       /* µs that it was off meanwhile, as far as that counts */
} KafLeaseBook;

/* An exchange with the hub ended well. */
void kaf_lease_begin (KafLeaseBook *self, const KafLeaseMoment *now);

/* Adds what went by since the last look. */
void kaf_lease_look (KafLeaseBook *self, const KafLeaseMoment *now);

typedef enum
{
  KAF_LEASE_RUNS,
  KAF_LEASE_ENDS_SOON, /* a person is to be told */
  KAF_LEASE_DOUBTFUL, /* the clock says it has ended, and nothing else does: ask, and remove nothing */
  KAF_LEASE_ENDED,    /* what the hub has confirmed is to be removed */
} KafLeaseState;

/* @synced: wall clock of the last exchange; 0: there was none, and the hub gave nothing. @warn, @end: days.
 * @days (out, nullable): whole days without an exchange, by what is believed. */
KafLeaseState kaf_lease_judge (
    const KafLeaseBook *self, gint64 synced, gint64 wall, guint warn, guint end, guint *days);

/* As text, to be kept, and back: FALSE when it is none, and @self is then as if nothing was kept.
 * (transfer full) */
char *kaf_lease_print (const KafLeaseBook *self);
gboolean kaf_lease_parse (KafLeaseBook *self, const char *text);

G_END_DECLS
