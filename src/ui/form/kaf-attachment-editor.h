/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of an attachment: a file is chosen or dropped here, and copied in once the form is saved. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_ATTACHMENT_EDITOR (kaf_attachment_editor_get_type ())
G_DECLARE_FINAL_TYPE (
    KafAttachmentEditor, kaf_attachment_editor, KAF, ATTACHMENT_EDITOR, AdwActionRow)

GtkWidget *kaf_attachment_editor_new (const KafField *field, KafStore *store);

/* The file chosen and not yet in the store. (transfer none) (nullable) */
GFile *kaf_attachment_editor_get_file (KafAttachmentEditor *self);

/* Takes the file as if a person had chosen it; NULL forgets it. */
void kaf_attachment_editor_choose (KafAttachmentEditor *self, GFile *file);

G_END_DECLS
