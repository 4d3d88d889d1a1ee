/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a text with placeholders will read, in French and in Arabic, filled with examples. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

#define KAF_TYPE_TEMPLATE_PREVIEW (kaf_template_preview_get_type ())
G_DECLARE_FINAL_TYPE (KafTemplatePreview, kaf_template_preview, KAF, TEMPLATE_PREVIEW, GtkBox)

GtkWidget *kaf_template_preview_new (void);

/* Of @lang, French or Arabic: title and text as typed; nullable. */
void kaf_template_preview_show (KafTemplatePreview *self,
                                KafLang lang,
                                const char *title,
                                const char *body);

/* What stands there, for tests. */
const char *kaf_template_preview_get_text (KafTemplatePreview *self, KafLang lang);

G_END_DECLS
