/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that belong to the one of the page: memberships, mandates, exchanges… Made from
 * KafRelatedGroup alone. Enter opens what a row stands for; its menu edits and removes it.
 *
 * Uses the actions of the page: "record.add" (s: ENTITY FIELD), "record.open" (ss: entity, id),
 * "record.edit-related" (ss), "record.remove-related" (ss), "record.mark-related" (sss: entity, id, value), "record.order-related" (sas),
 * "record.see-all" (ss: section, path). */
#pragma once

#include <gtk/gtk.h>

#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_RELATED_LIST (kaf_related_list_get_type ())
G_DECLARE_FINAL_TYPE (KafRelatedList, kaf_related_list, KAF, RELATED_LIST, GtkBox)

GtkWidget *kaf_related_list_new (const KafRelatedGroup *group, KafStore *store);

void kaf_related_list_set_data (KafRelatedList *self,
                                const KafRecordData *data,
                                gboolean writable,
                                KafLang lang);

guint kaf_related_list_get_n_rows (KafRelatedList *self);

G_END_DECLS
