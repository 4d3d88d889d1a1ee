/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a form beside it: how many errors each holds, and the way to each.
 *
 * Signal: "chosen" (KafFormSection *section). */
#pragma once

#include "ui/form/kaf-form-section.h"

G_BEGIN_DECLS

#define KAF_TYPE_FORM_OUTLINE (kaf_form_outline_get_type ())
G_DECLARE_FINAL_TYPE (KafFormOutline, kaf_form_outline, KAF, FORM_OUTLINE, GtkBox)

GtkWidget *kaf_form_outline_new (void);
void kaf_form_outline_append (KafFormOutline *self, KafFormSection *section);

/* The section that holds the focus. */
void kaf_form_outline_select (KafFormOutline *self, KafFormSection *section);

/* Counts the errors anew. */
void kaf_form_outline_update (KafFormOutline *self);

/* What the badge of a section says; NULL without error. (transfer none) */
const char *kaf_form_outline_get_badge (KafFormOutline *self, guint index);

G_END_DECLS
