/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a reference: the title of the record referred to, and a picker to choose another. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_REFERENCE_EDITOR (kaf_reference_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafReferenceEditor, kaf_reference_editor, KAF, REFERENCE_EDITOR, AdwActionRow)

GtkWidget *kaf_reference_editor_new (const KafField *field, KafStore *store);

/* As if a person had picked it; @id NULL: none. */
void kaf_reference_editor_pick (KafReferenceEditor *self, const char *id, const char *title);

G_END_DECLS
