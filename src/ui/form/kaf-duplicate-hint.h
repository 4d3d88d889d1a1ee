/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that says which persons already there resemble the one being typed, and why. It never
 * blocks: one opens the record, or says that it is another person.
 *
 * Signal: "open-record" (const char *entity, const char *id). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_DUPLICATE_HINT (kaf_duplicate_hint_get_type ())
G_DECLARE_FINAL_TYPE (KafDuplicateHint, kaf_duplicate_hint, KAF, DUPLICATE_HINT, GtkBox)

GtkWidget *kaf_duplicate_hint_new (KafStore *store);

/* Looks soon for persons like @person (names, e-mails, phones); hides when there are none. */
void kaf_duplicate_hint_look (KafDuplicateHint *self, KafRecord *person);

guint kaf_duplicate_hint_get_n_candidates (KafDuplicateHint *self);

/* What the buttons of a candidate do. */
void kaf_duplicate_hint_open (KafDuplicateHint *self, guint index);
void kaf_duplicate_hint_dismiss (KafDuplicateHint *self, guint index);

/* Why they were found, in words. (transfer none) */
const char *kaf_duplicate_hint_get_reason (KafDuplicateHint *self);

G_END_DECLS
