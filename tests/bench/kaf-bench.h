/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share: a clock, quantiles, stores of many persons that are built once, and
 * the report.
 *
 * A figure is compared with a floor (what the same work costs without us) that was measured in
 * the same run, in turns with it; its target is a ratio to that floor, or a figure of its own. A
 * figure that misses its target says so and fails nothing: machines differ. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_BENCH_TOLD,       /* no target */
  KAF_BENCH_AT_MOST,    /* the value itself */
  KAF_BENCH_RATIO_MOST, /* value / floor */
  KAF_BENCH_RATIO_LEAST,
} KafBenchTarget;

/* @name: the bench; its figures are also written to NAME.jsonl in the folder of stores. */
void kaf_bench_init (const char *name);
int kaf_bench_finish (void);

/* @floor 0: none. @unit: of value and floor. Returns whether the target is met. */
gboolean kaf_bench_report (const char *name,
                           double value,
                           double floor,
                           const char *unit,
                           KafBenchTarget kind,
                           double target);

/* Whether stores of 1 000 000 persons are asked for (KAF_BENCH_LARGE=1). */
gboolean kaf_bench_is_large (void);

/* Ends the program with status 1 when @error is set. */
void kaf_bench_check (const GError *error);

/* The store of the sample and @n_persons synthetic ones; made when it is not there. */
char *kaf_bench_store (guint n_persons);

/* A path in the folder of stores for a file to throw away; what stands there is removed. */
char *kaf_bench_scratch (const char *name);
void kaf_bench_remove_store (const char *path);

/* A copy on the disk, written out, so that later syncs do not pay for it. */
char *kaf_bench_copy_store (const char *path, const char *name);

/* "100 000". */
char *kaf_bench_number (guint n);

gint64 kaf_bench_now (void);         /* ns */
gint64 kaf_bench_used (void);        /* ns that this thread ran: nothing of what others took */
gint64 kaf_bench_used_by_all (void); /* the same of all threads of the program */

/* Arrays of double. */
GArray *kaf_bench_times_new (void);
void kaf_bench_times_add (GArray *times, gint64 start); /* ms since @start */
void kaf_bench_add (GArray *times, double ms);
double kaf_bench_quantile (GArray *times, double share);
double kaf_bench_median (GArray *times);

G_END_DECLS
