/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom to ask: of a list those who can be reached, most worth asking first, each with what is missing. Shown as a list,
 * or kept as a segment with its dated list, which is exported with a reason like any other. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks which of the two, and says how many can be reached. @of: all of them; @label: what they are, in the language of
 * the interface. */
void kaf_campaign_ask (KafWindow *window, KafStore *store, const KafQuery *of, const char *label);

/* The list of those of @of who can be asked, on top of the present page. */
void kaf_campaign_show (KafWindow *window, KafStore *store, const KafQuery *of);

/* Keeps them as a segment of that title and freezes its list: one batch. Its page opens. */
void kaf_campaign_keep (KafWindow *window, KafStore *store, const KafQuery *of, const char *title);

G_END_DECLS
