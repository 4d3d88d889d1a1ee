/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks from whom to whom a portfolio goes, tells how much it is, and does it in one batch. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_HANDOVER_WINDOW (kaf_handover_window_get_type ())
G_DECLARE_FINAL_TYPE (KafHandoverWindow, kaf_handover_window, KAF, HANDOVER_WINDOW, AdwWindow)

/* @rids (nullable): rows of project holders that were chosen in a list; else somebody's whole portfolio. It tells the
 * outcome in the window that it is transient for. */
GtkWidget *kaf_handover_window_new (KafStore *store, GArray *rids, KafLang lang);

/* What a person chooses; @from is known only once the counsellors were read. */
gboolean kaf_handover_window_set_from (KafHandoverWindow *self, const char *from);
void kaf_handover_window_set_to (KafHandoverWindow *self, const char *to);

/* The sentence at the foot: what would go, to whom. */
const char *kaf_handover_window_get_sentence (KafHandoverWindow *self);

/* As the button. FALSE: something is missing yet. */
gboolean kaf_handover_window_run (KafHandoverWindow *self);

G_END_DECLS
