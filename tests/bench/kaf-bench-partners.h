/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of many persons with networks, conventions and commitments as a ministry may have them in fifteen years:
 * most over, most kept, some forgotten. */
#pragma once

#include "base/kaf-day.h"

G_BEGIN_DECLS

/* The day on which it is looked at. */
#define KAF_BENCH_DAY "2026-11-28"

#define KAF_BENCH_NETWORKS 200
#define KAF_BENCH_CONVENTIONS 5000
#define KAF_BENCH_COMMITMENTS 50000

/* 100 000 persons and those; made when it is not there. (transfer full) */
char *kaf_bench_partners_store (void);

G_END_DECLS
