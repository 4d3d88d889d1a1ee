/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written about a project holder on the spot, each in a window over her page: it stays open until the store has
 * it. @page: stands in the window that tells the outcome. */
#pragma once

#include <gtk/gtk.h>

#include "ui/holder/kaf-holder-data.h"

G_BEGIN_DECLS

/* A contact, with its project and what follows; @project: place in @view, -1: of none. @before: nullable, the entry that
 * the new one corrects. */
GtkWidget *kaf_holder_dialog_contact (GtkWidget *page,
                                      KafStore *store,
                                      const KafHolderView *view,
                                      int project,
                                      const KafRecord *before);

/* The day and the reason of a change. @stage: code, nullable: is asked. */
GtkWidget *kaf_holder_dialog_stage (
    GtkWidget *page, KafStore *store, const KafHolderView *view, int project, const char *stage);

/* A tier decided against the score, for a reason and for a time. */
GtkWidget *kaf_holder_dialog_tier (GtkWidget *page, KafStore *store, const KafHolderView *view);

/* What @preset (a relay) passes on, to whom, when. */
GtkWidget *kaf_holder_dialog_relay (GtkWidget *page, KafStore *store, KafRecord *preset);

/* One field of a record that is there, and those that change with it: it is read first. */
void kaf_holder_dialog_field (
    GtkWidget *page, KafStore *store, const char *entity, const char *id, const char *field);

G_END_DECLS
