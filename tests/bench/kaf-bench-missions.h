/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of synthetic missions, at all ten steps; their names say that they do not exist. */
#pragma once

#include <glib.h>

#define KAF_BENCH_MISSIONS 10000
#define KAF_BENCH_SESSIONS_EACH 30
#define KAF_BENCH_LINES_EACH 40
#define KAF_BENCH_PARTICIPANTS_EACH 60

/* The path of the store; made when it is not there. @n: so many missions. (transfer full) */
char *kaf_bench_missions_store (guint n);
