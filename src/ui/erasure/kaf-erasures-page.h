/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was erased, for who orders it: each order with the devices that have confirmed it and those that have not, when
 * these were last heard of, and what the law keeps and until when; and numbers that wait to be ordered. It is the server
 * that knows, and is asked each time, and again after each exchange. Of a store without one: on which days something was erased. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

#define KAF_TYPE_ERASURES_PAGE (kaf_erasures_page_get_type ())
G_DECLARE_FINAL_TYPE (KafErasuresPage, kaf_erasures_page, KAF, ERASURES_PAGE, GtkBox)

/* Actions "erasures.…": order ((s): the number to begin with, or ""), forget ((s): one that was noted), refresh. */
GtkWidget *kaf_erasures_page_new (KafStore *store, KafSyncAgent *agent);

/* Orders an erasure in a window above @page, once it is known at which server. The page hears of it. */
void kaf_erasures_page_order (KafErasuresPage *self, const char *name);

/* For tests. FALSE: not read (yet). */
gboolean kaf_erasures_page_count (KafErasuresPage *self, guint *n_erasures, guint *n_noted);
gboolean kaf_erasures_page_has_failed (KafErasuresPage *self);

G_END_DECLS
