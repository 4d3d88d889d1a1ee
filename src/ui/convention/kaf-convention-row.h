/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the tree: title with its place in it, kind, state, and when it holds. */
#pragma once

#include "ui/convention/kaf-convention-item.h"
#include "ui/convention/kaf-time-scale.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONVENTION_ROW (kaf_convention_row_get_type ())
G_DECLARE_FINAL_TYPE (KafConventionRow, kaf_convention_row, KAF, CONVENTION_ROW, GtkBox)

GtkWidget *kaf_convention_row_new (KafTimeScale *scale);

/* @row: of a tree of KafConventionItem; NULL: it shows nothing. */
void kaf_convention_row_bind (KafConventionRow *self, GtkTreeListRow *row);

G_END_DECLS
