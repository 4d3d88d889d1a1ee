/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who or what the record is: picture, name in both scripts, one line, pills, one suggested act. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_RECORD_HEADER (kaf_record_header_get_type ())
G_DECLARE_FINAL_TYPE (KafRecordHeader, kaf_record_header, KAF, RECORD_HEADER, GtkWidget)

GtkWidget *kaf_record_header_new (void);

/* @may: FALSE hides the suggested act. */
void kaf_record_header_set_data (KafRecordHeader *self,
                                 const KafRecordData *data,
                                 gboolean may,
                                 KafLang lang);

/* Another act than to confirm is what the page is there for. @action: of the page. */
void kaf_record_header_suggest (KafRecordHeader *self, const char *label, const char *action);

G_END_DECLS
