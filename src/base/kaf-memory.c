/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-memory.h"

#include <malloc.h>

#define LARGE (1024 * 1024)

/* What is free at the end of the small pieces stays, as it would if the threshold above went on rising by itself. */
#define SPARE (2 * LARGE)

void
kaf_memory_return_large (void)
{
  mallopt (M_MMAP_THRESHOLD, LARGE);
  mallopt (M_TRIM_THRESHOLD, SPARE);
}
