/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session in the grid of half-days, or in the tray under it: what, who, where, and how much of it is practice. It
 * takes the focus, and can be dragged; the grid knows its keys. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "rules/mission/kaf-programme-grid.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRAMME_BLOCK (kaf_programme_block_get_type ())
G_DECLARE_FINAL_TYPE (KafProgrammeBlock, kaf_programme_block, KAF, PROGRAMME_BLOCK, GtkBox)

/* @names: id of a person → her name, nullable. @movable: it may be dragged. */
GtkWidget *kaf_programme_block_new (const KafMission *mission,
                                    GHashTable *names,
                                    const KafItem *item,
                                    KafLang lang,
                                    gboolean movable);

/* Id of the session. */
const char *kaf_programme_block_get_id (KafProgrammeBlock *self);
KafClashLevel kaf_programme_block_get_level (KafProgrammeBlock *self);

/* What a screen reader says of it. */
const char *kaf_programme_block_get_label (KafProgrammeBlock *self);

/* What a drag carries: "programme_item ID". NULL: it is something else. (transfer none) */
const char *kaf_programme_block_read_drag (const GValue *value);

G_END_DECLS
