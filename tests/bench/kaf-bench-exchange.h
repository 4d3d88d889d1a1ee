/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sync of a store with its hub, as a benchmark sees it. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  double ms;
  guint n;    /* records sent and received */
  double mib; /* of memory, at its highest, beyond what the program had before */
} KafBenchExchange;

/* What fails ends the program. */
KafDatabase *
kaf_bench_enroll (const char *path, const char *url, const char *authority, const char *user);

/* Until nothing is left to send or to hear. */
void kaf_bench_exchange (KafDatabase *db, KafBenchExchange *exchange);

G_END_DECLS
