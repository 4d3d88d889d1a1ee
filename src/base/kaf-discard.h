/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is large and no longer used is freed on a thread of its own, and nobody waits for it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @thing: (transfer full) (nullable). Nobody else may have anything that @free_thing frees. */
void kaf_discard (gpointer thing, GDestroyNotify free_thing);

G_END_DECLS
