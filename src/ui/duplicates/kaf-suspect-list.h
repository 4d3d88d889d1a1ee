/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs as a list that knows which they are, in the order of SQL, and reads the lines that somebody looks at. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-store.h"
#include "ui/duplicates/kaf-suspect-item.h"

G_BEGIN_DECLS

#define KAF_TYPE_SUSPECT_LIST (kaf_suspect_list_get_type ())
G_DECLARE_FINAL_TYPE (KafSuspectList, kaf_suspect_list, KAF, SUSPECT_LIST, GObject)

KafSuspectList *kaf_suspect_list_new (KafStore *store, KafLang lang);

/* Asks for others, or for the same again: what is still there stays where it is. Signal "settled" () when they are
 * there. */
void kaf_suspect_list_ask (KafSuspectList *self, const KafSuspectsAsked *asked);

gboolean kaf_suspect_list_is_settled (KafSuspectList *self);

/* An item shows, or shows no more: the lines of those that show are read. */
void kaf_suspect_list_want (KafSuspectList *self, KafSuspectItem *item);
void kaf_suspect_list_forget (KafSuspectList *self, KafSuspectItem *item);

G_END_DECLS
