/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands at the head of printed papers, in both languages, with a miniature of it: for the preferences. What is
 * applied counts from today on, on every device. */
#pragma once

#include "store/kaf-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAF_TYPE_LETTERHEAD_GROUP (kaf_letterhead_group_get_type ())
G_DECLARE_FINAL_TYPE (
    KafLetterheadGroup, kaf_letterhead_group, KAF, LETTERHEAD_GROUP, AdwPreferencesGroup)

/* Can be written in where the role may write settings. */
GtkWidget *kaf_letterhead_group_new (KafStore *store);

/* What was last typed is written, and what is written was read. */
gboolean kaf_letterhead_group_is_settled (KafLetterheadGroup *self);

/* For tests: the row of that setting; NULL when there is none. */
GtkWidget *kaf_letterhead_group_get_row (KafLetterheadGroup *self, const char *key);

G_END_DECLS
