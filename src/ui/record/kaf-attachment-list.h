/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a record, and those that are coming in.
 *
 * Uses the actions "record.attach", "record.cancel-attach" and, with the id of the attachment (s),
 * "record.open-file", "record.save-file", "record.copy-file", "record.set-cv", "record.set-photo",
 * "record.remove-file", "record.cancel-fetch". */
#pragma once

#include <gtk/gtk.h>

#include "net/kaf-blob-agent.h"
#include "ui/record/kaf-file-jobs.h"
#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_ATTACHMENT_LIST (kaf_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (KafAttachmentList, kaf_attachment_list, KAF, ATTACHMENT_LIST, GtkBox)

GtkWidget *kaf_attachment_list_new (void);
/* @store: asked which file its user may choose as the photograph. @writable: files may be added and taken out. */
void kaf_attachment_list_set_data (KafAttachmentList *self,
                                   const KafRecordData *data,
                                   KafStore *store,
                                   gboolean writable,
                                   KafLang lang);

/* What moves the contents of files, whose progress shows in their rows; nullable. */
void kaf_attachment_list_set_files (KafAttachmentList *self, KafBlobAgent *files);

/* Shows a row for a file that is coming in, until kaf_attachment_list_remove_progress(). */
void kaf_attachment_list_add_progress (KafAttachmentList *self,
                                       const char *name,
                                       KafFileProgress *progress);
void kaf_attachment_list_remove_progress (KafAttachmentList *self, KafFileProgress *progress);

guint kaf_attachment_list_get_n_files (KafAttachmentList *self);

G_END_DECLS
