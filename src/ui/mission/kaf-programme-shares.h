/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a programme is theory and how much practice, with the mark of what is asked; and the half-days that
 * each trainer has. */
#pragma once

#include <gtk/gtk.h>

#include "rules/mission/kaf-programme-grid.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRAMME_SHARES (kaf_programme_shares_get_type ())
G_DECLARE_FINAL_TYPE (KafProgrammeShares, kaf_programme_shares, KAF, PROGRAMME_SHARES, GtkBox)

GtkWidget *kaf_programme_shares_new (void);

/* @names: id of a person → her name, nullable. @practice_percent: the least that is asked. */
void kaf_programme_shares_set (KafProgrammeShares *self,
                               const KafMission *mission,
                               GHashTable *names,
                               guint practice_percent);

G_END_DECLS
