/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections with their counts, the main menu, and the state of the store as its last line.
 * Signal "section" (const char *id): the person chose one. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-sync-agent.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_SIDEBAR (kaf_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KafSidebar, kaf_sidebar, KAF, SIDEBAR, GtkBox)

GtkWidget *kaf_sidebar_new (void);

/* @store, @agent: nullable. */
void kaf_sidebar_set_store (KafSidebar *self, KafStore *store, KafSyncAgent *agent);

/* The store could not be opened. */
void kaf_sidebar_set_problem (KafSidebar *self);

/* Shows which section is open, without asking for it. @section: NULL: none. */
void kaf_sidebar_set_section (KafSidebar *self, const char *section);
void kaf_sidebar_set_folded (KafSidebar *self, gboolean folded);
void kaf_sidebar_popup_menu (KafSidebar *self);

/* What the last line tells in full. */
void kaf_sidebar_popup_status (KafSidebar *self);
void kaf_sidebar_popdown_status (KafSidebar *self);

/* The count shown for a section, -1 while it is not known: for the tests. */
gint64 kaf_sidebar_get_count (KafSidebar *self, const char *section);

/* Ids of the sections in order, ending with NULL. */
const char *const *kaf_sidebar_sections (void);

G_END_DECLS
