/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edit that the server did not take, as a row: of which record, what was typed, why, and what to do with
 * it. Its buttons are the actions "refused.open", "refused.copy", "refused.write" and "refused.let-go" (x:
 * its number) of the list. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-refusals.h"

G_BEGIN_DECLS

#define KAF_TYPE_REFUSAL_ROW (kaf_refusal_row_get_type ())
G_DECLARE_FINAL_TYPE (KafRefusalRow, kaf_refusal_row, KAF, REFUSAL_ROW, GtkListBoxRow)

/* @refusal: taken over. @writable: the store may be written. */
GtkWidget *kaf_refusal_row_new (KafRefusal *refusal, gboolean writable, KafLang lang);

const KafRefusal *kaf_refusal_row_get_refusal (KafRefusalRow *self);

G_END_DECLS
