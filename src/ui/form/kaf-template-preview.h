/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a text with placeholders will read, in French and in Arabic, filled from a record that is chosen here, or else
 * with examples. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_TEMPLATE_PREVIEW (kaf_template_preview_get_type ())
G_DECLARE_FINAL_TYPE (KafTemplatePreview, kaf_template_preview, KAF, TEMPLATE_PREVIEW, GtkBox)

GtkWidget *kaf_template_preview_new (KafStore *store);

/* Which text it is ("summons": a choice of text_template; nullable): it says of what a record is chosen. */
void kaf_template_preview_set_kind (KafTemplatePreview *self, const char *kind);

/* Of @lang, French or Arabic: title and text as typed; nullable. */
void kaf_template_preview_show (KafTemplatePreview *self,
                                KafLang lang,
                                const char *title,
                                const char *body);

/* What stands there, for tests. */
const char *kaf_template_preview_get_text (KafTemplatePreview *self, KafLang lang);

G_END_DECLS
