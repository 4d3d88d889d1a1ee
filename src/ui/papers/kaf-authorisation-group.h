/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prior authorisation of the CNDP for numbers of papers, as two settings dated today: its reference and its day. Who
 * keeps settings fills them; others read them. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_AUTHORISATION_GROUP (kaf_authorisation_group_get_type ())
G_DECLARE_FINAL_TYPE (
    KafAuthorisationGroup, kaf_authorisation_group, KAF, AUTHORISATION_GROUP, AdwPreferencesGroup)

GtkWidget *kaf_authorisation_group_new (KafStore *store);

/* For tests: whether nothing is under way; the rows of the two. (transfer none) */
gboolean kaf_authorisation_group_is_settled (KafAuthorisationGroup *self);
GtkWidget *kaf_authorisation_group_get_row (KafAuthorisationGroup *self, const char *key);

G_END_DECLS
