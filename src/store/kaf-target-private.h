/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counting and closing share. */
#pragma once

#include "store/kaf-target.h"

G_BEGIN_DECLS

/* In a tally, in place of an item. */
#define KAF_TARGET_CODE_ALL "all"
#define KAF_TARGET_CODE_UNKNOWN "?"
#define KAF_TARGET_CODE_REST "*"

KafDay kaf_target_today (KafDatabase *db);

/* "2026-10" (transfer full) */
char *kaf_target_month_of (KafDay day);

gboolean kaf_target_is_closed (KafDatabase *db, const char *month);

/* The breakdown at the end of @day, without titles. (element-type KafTargetCell) (transfer full) */
GPtrArray *kaf_target_read_cells (KafDatabase *db, KafTargetAxis axis, KafDay day, GError **error);

/* What an item of an axis (KafTargetAxis) is called; NULL: it is not here. (transfer full) */
char *kaf_target_dup_title (KafDatabase *db, guint axis, const char *code, KafLang lang);

/* Of a KafTargetCell. */
void kaf_target_cell_free (gpointer data);

/* The settings of its day, and the path by them; whoever sees a part only has neither goal nor path. */
void kaf_target_settle (KafDatabase *db, KafTargetCount *self);

/* Small ones go to the rest. */
void kaf_target_hide_cells (GPtrArray *cells);

/* KAF_FEW_SMALL for each that is. */
void kaf_target_hide_stages (guint n[KAF_TARGET_N_STAGES]);

G_END_DECLS
