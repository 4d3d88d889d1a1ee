/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs of the review as a list: which of them, in which order, several at a time.
 *
 * Signals: "changed" (), when others are asked for; "open" (guint position), a pair that was activated.
 * Actions: suspects.different (D) and suspects.later (L), of those that are selected; the list's own keys select. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-store.h"
#include "ui/duplicates/kaf-suspect-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_SUSPECTS_VIEW (kaf_suspects_view_get_type ())
G_DECLARE_FINAL_TYPE (KafSuspectsView, kaf_suspects_view, KAF, SUSPECTS_VIEW, GtkBox)

GtkWidget *kaf_suspects_view_new (KafStore *store, KafLang lang);

const KafSuspectsAsked *kaf_suspects_view_get_asked (KafSuspectsView *self);

/* What the two drop-downs do. */
void kaf_suspects_view_ask (KafSuspectsView *self, const KafSuspectsAsked *asked);

/* Reads again which they are. */
void kaf_suspects_view_refresh (KafSuspectsView *self);

/* Gives the focus to the list, at that pair. */
void kaf_suspects_view_enter (KafSuspectsView *self, guint position);

KafSuspectList *kaf_suspects_view_get_list (KafSuspectsView *self);
GtkSelectionModel *kaf_suspects_view_get_selection (KafSuspectsView *self);

G_END_DECLS
