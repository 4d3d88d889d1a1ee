/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a project, from the idea to the launch: what was reached has its bar and its day. Each is a button that
 * asks to change to it (action "holder.change-stage"); six side by side, or three above three where it is narrow. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

#define KAF_TYPE_STAGE_BAR (kaf_stage_bar_get_type ())
G_DECLARE_FINAL_TYPE (KafStageBar, kaf_stage_bar, KAF, STAGE_BAR, GtkWidget)

/* Those that lead to the launch; what was given up stands beside them. */
#define KAF_STAGE_BAR_N 6

GtkWidget *kaf_stage_bar_new (KafLang lang);

/* @current: 0 to 5; -1: none yet. @reached: days (ISO), a NULL for what was not reached. @off: the project was given up
 * there. @writable: whether it may be changed. */
void kaf_stage_bar_set (
    KafStageBar *self, int current, const char *const *reached, gboolean off, gboolean writable);

/* The button of a stage. (transfer none) */
GtkWidget *kaf_stage_bar_get_button (KafStageBar *self, guint stage);

/* Its code in project_stage.stage, and its word. Static. */
const char *kaf_stage_bar_code (guint stage);
const char *kaf_stage_bar_word (const char *code);
/* 0 to 5; -1: none of them. */
int kaf_stage_bar_find (const char *code);

G_END_DECLS
