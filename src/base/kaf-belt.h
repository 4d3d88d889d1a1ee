/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things that one thread makes and another uses, in their order: who makes them waits when too many lie on it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafBelt KafBelt;

/* @most: things that may lie on it, > 1; @free_thing: frees those that nobody took. */
KafBelt *kaf_belt_new (guint most, GDestroyNotify free_thing);

/* Nobody may use it any more, on either side. */
void kaf_belt_free (KafBelt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBelt, kaf_belt_free)

/* @thing: (transfer full) (not nullable). FALSE: it was stopped, and nobody will take it. */
gboolean kaf_belt_put (KafBelt *self, gpointer thing);

/* Nothing more comes. */
void kaf_belt_end (KafBelt *self);

/* Waits for the next. NULL: there is no more. (transfer full) */
gpointer kaf_belt_take (KafBelt *self);

/* Nothing more is taken: who is about to put something goes on. */
void kaf_belt_stop (KafBelt *self);

G_END_DECLS
