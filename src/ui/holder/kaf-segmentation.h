/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a project holder is scored, and why: the plot of both axes, the three figures with what unknown answers leave open,
 * a sentence for each criterion, and the question that would move the tier most. It advises; who decides otherwise says
 * so, with a reason (no decision rests on a score alone: law 09-08, article 11). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_SEGMENTATION (kaf_segmentation_get_type ())
G_DECLARE_FINAL_TYPE (KafSegmentation, kaf_segmentation, KAF, SEGMENTATION, GtkBox)

GtkWidget *kaf_segmentation_new (KafStore *store, KafLang lang);

/* Reads the score of the holder of that id; hides where there is none. */
void kaf_segmentation_set_person (KafSegmentation *self, const char *person);

/* The tier that shows, 'a' to 'd'; 0: none was read. For tests. */
char kaf_segmentation_get_tier (KafSegmentation *self);
/* The question's field, ENTITY.FIELD; NULL: there is none. */
const char *kaf_segmentation_get_question (KafSegmentation *self);

G_END_DECLS
