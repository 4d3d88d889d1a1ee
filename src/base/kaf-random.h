/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where randomness comes from: the kernel, or a seed so that a run can be repeated. */
typedef struct _KafRandom KafRandom;

KafRandom *kaf_random_new_system (void);
KafRandom *kaf_random_new_seeded (guint64 seed);
KafRandom *kaf_random_ref (KafRandom *self);
void kaf_random_unref (KafRandom *self);

void kaf_random_bytes (KafRandom *self, guint8 *buf, gsize n);
guint64 kaf_random_u64 (KafRandom *self);
guint32 kaf_random_below (KafRandom *self, guint32 n);
guint64 kaf_random_stamp (KafRandom *self, guint64 wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRandom, kaf_random_unref)

G_END_DECLS
