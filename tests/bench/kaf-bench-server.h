/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real kafaat-server in a folder to throw away, for the benchmarks. What fails ends the program. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *program, *dir;
  GPid pid;
  int out;
  char *url;       /* https://127.0.0.1:PORT */
  char *authority; /* PEM */
} KafBenchServer;

#define KAF_BENCH_PASSWORD "a long password"

/* Makes the folder @name anew; nothing runs yet. */
KafBenchServer *kaf_bench_server_new (const char *program, const char *name);
void kaf_bench_server_free (KafBenchServer *self);

/* A verb of the server, with its words; the password on its standard input. */
void kaf_bench_server_call (KafBenchServer *self, const char *words);

void kaf_bench_server_start (KafBenchServer *self);
void kaf_bench_server_stop (KafBenchServer *self);

/* ms of processor that it has used. */
double kaf_bench_server_used (KafBenchServer *self);

/* "VmRSS" or "VmHWM", in MiB. */
double kaf_bench_server_memory (KafBenchServer *self, const char *name);

G_END_DECLS
