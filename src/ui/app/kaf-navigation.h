/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the content side: a pile for each section, of which the top one of the present section
 * shows. The first page of a section gets a button that leads back to the sidebar when that is folded
 * away; pages above it bring their own. Signal "changed" (): another page shows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_NAVIGATION (kaf_navigation_get_type ())
G_DECLARE_FINAL_TYPE (KafNavigation, kaf_navigation, KAF, NAVIGATION, GtkWidget)

GtkWidget *kaf_navigation_new (void);

const char *kaf_navigation_get_section (KafNavigation *self); /* nullable */
gboolean kaf_navigation_has_section (KafNavigation *self, const char *section);

/* Starts the pile of a section with its first page; it does not show yet. */
void kaf_navigation_add_section (KafNavigation *self, const char *section, GtkWidget *page);

/* Shows a section's top page. */
void kaf_navigation_show_section (KafNavigation *self, const char *section);

/* On top of the present section. @page: new, or one that was kept. */
void kaf_navigation_push (KafNavigation *self, GtkWidget *page);

/* A page that was taken away emits "left" first: a handler that returns TRUE keeps it, unseen, to
 * push it again or to discard it. */
void kaf_navigation_discard (KafNavigation *self, GtkWidget *page);

/* Takes @page away, and whatever lies above it; never the first of a section. */
void kaf_navigation_remove (KafNavigation *self, GtkWidget *page);

/* Takes the pages above the first one of the present section away, down to one that @stays, if there is
 * such a one: FALSE, it shows then. @stays: nullable. */
gboolean kaf_navigation_pop_to_root (KafNavigation *self, gboolean (*stays) (GtkWidget *page));

/* FALSE when only the first page is left. */
gboolean kaf_navigation_pop (KafNavigation *self);
guint kaf_navigation_get_depth (KafNavigation *self);

GtkWidget *kaf_navigation_get_page (KafNavigation *self); /* nullable */
GtkWidget *kaf_navigation_get_root_page (KafNavigation *self, const char *section);

/* Every page, shown or not. */
void kaf_navigation_foreach (KafNavigation *self, GFunc func, gpointer data);

/* Takes everything away: the store is another one. */
void kaf_navigation_clear (KafNavigation *self);

/* Whether the buttons that lead back to the sidebar show. */
void kaf_navigation_set_folded (KafNavigation *self, gboolean folded);

G_END_DECLS
