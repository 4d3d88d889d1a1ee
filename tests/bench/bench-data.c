/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-data N: prints the path of the store of N synthetic persons, which it makes if need be. */
#include "config.h"

#include "kaf-bench.h"

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;

  if (argc != 2)
    return 2;
  kaf_bench_init ("data");
  path = kaf_bench_store (g_ascii_strtoull (argv[1], NULL, 10));
  g_print ("%s\n", path);
  return 0;
}
