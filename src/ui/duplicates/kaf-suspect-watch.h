/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps in step which records may be one, while a store is open: looks at all of them where that was not done yet, on a
 * connection of its own, and after each commit again at what was written. Nobody waits for it.
 *
 * Signal "updated" (): the pairs are others, or the progress is. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_SUSPECT_WATCH (kaf_suspect_watch_get_type ())
G_DECLARE_FINAL_TYPE (KafSuspectWatch, kaf_suspect_watch, KAF, SUSPECT_WATCH, GObject)

/* The one of the store. (transfer none) */
KafSuspectWatch *kaf_suspect_watch_get (KafStore *store);

/* Begins at once with what is to be done. */
void kaf_suspect_watch_look (KafSuspectWatch *self);

/* How far the first look at all has come, ‰; -1: none is under way. */
int kaf_suspect_watch_get_progress (KafSuspectWatch *self);

/* Nothing is left to be done. */
gboolean kaf_suspect_watch_is_current (KafSuspectWatch *self);

G_END_DECLS
