/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a choice among many: a list that drops down. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_COMBO_EDITOR (kaf_combo_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafComboEditor, kaf_combo_editor, KAF, COMBO_EDITOR, AdwComboRow)

GtkWidget *kaf_combo_editor_new (const KafField *field);

G_END_DECLS
