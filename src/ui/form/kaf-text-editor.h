/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of long text: grows with what is typed. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_TEXT_EDITOR (kaf_text_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafTextEditor, kaf_text_editor, KAF, TEXT_EDITOR, AdwPreferencesRow)

GtkWidget *kaf_text_editor_new (const KafField *field);

G_END_DECLS
