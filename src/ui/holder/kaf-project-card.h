/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project as its holder's page shows it: what, how much, where, what blocks, what comes next. With several projects its
 * heading lets one choose ("holder.show-project"). */
#pragma once

#include <gtk/gtk.h>

#include "ui/holder/kaf-holder-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROJECT_CARD (kaf_project_card_get_type ())
G_DECLARE_FINAL_TYPE (KafProjectCard, kaf_project_card, KAF, PROJECT_CARD, GtkBox)

GtkWidget *kaf_project_card_new (KafLang lang);

/* @shown: place in @view, -1: there is no project. @view is looked at during the call alone. */
void kaf_project_card_set (KafProjectCard *self, const KafHolderView *view, int shown);

G_END_DECLS
