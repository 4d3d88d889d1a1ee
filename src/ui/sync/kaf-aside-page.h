/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others wrote where they may not, for who answers for that place: each is taken over, or set aside with a reason. */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-quarantine.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_ASIDE_PAGE (kaf_aside_page_get_type ())
G_DECLARE_FINAL_TYPE (KafAsidePage, kaf_aside_page, KAF, ASIDE_PAGE, GtkBox)

GtkWidget *kaf_aside_page_new (KafStore *store);

/* How many are listed; -1 while the server is asked, or when it did not answer. */
int kaf_aside_page_get_n (KafAsidePage *self);
gboolean kaf_aside_page_has_failed (KafAsidePage *self);

/* As if the server had said it. (transfer full) For tests. */
void kaf_aside_page_show (KafAsidePage *self, KafQuarantine *all);

G_END_DECLS
