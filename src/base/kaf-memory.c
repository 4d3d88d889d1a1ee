/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-memory.h"

#include <malloc.h>

#define LARGE (1024 * 1024)

void
kaf_memory_return_large (void)
{
  mallopt (M_MMAP_THRESHOLD, LARGE);
}
