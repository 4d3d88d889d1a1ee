/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be chosen about a document before it is printed, and what has to be known: that it is provisional or a
 * specimen, and how many persons it names. Of all questions, those that the document asks.
 *
 * Signal "changed" (): something was chosen. */
#pragma once

#include <gtk/gtk.h>

#include "ui/print/kaf-print-job.h"

G_BEGIN_DECLS

#define KAF_TYPE_PREVIEW_OPTIONS (kaf_preview_options_get_type ())
G_DECLARE_FINAL_TYPE (KafPreviewOptions, kaf_preview_options, KAF, PREVIEW_OPTIONS, GtkWidget)

GtkWidget *kaf_preview_options_new (void);

/* Shows the questions of the document, and what there is to know of its pages. */
void kaf_preview_options_show (KafPreviewOptions *self, const KafPrintMade *made);

/* Writes what was chosen into @job. */
void kaf_preview_options_apply (KafPreviewOptions *self, KafPrintJob *job);

G_END_DECLS
