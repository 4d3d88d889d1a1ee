/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons chosen in a list join a network: since when, and how that is known. One transaction, one step to undo. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Asks for the date and the source, then adds the persons of the rows. @page: stands in the window that reports the
 * outcome; @network: id; @title: its name. Who belongs to it already stays as she is. */
void kaf_list_join_ask (GtkWidget *page,
                        KafStore *store,
                        const KafEntity *entity,
                        GArray *rids,
                        const char *network,
                        const char *title);

/* The same without asking; @since (whole or partial date), @source: nullable. */
void kaf_list_join (GtkWidget *page,
                    KafStore *store,
                    const KafEntity *entity,
                    GArray *rids,
                    const char *network,
                    const char *since,
                    const char *source);

/* Opens the form of a new network; the persons of the rows join it when it is saved, in the same batch. */
void kaf_list_join_new (GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids);

G_END_DECLS
