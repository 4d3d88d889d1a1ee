/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a choice between two or three words: linked buttons, of which one at most is down. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_TOGGLE_EDITOR (kaf_toggle_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafToggleEditor, kaf_toggle_editor, KAF, TOGGLE_EDITOR, AdwActionRow)

GtkWidget *kaf_toggle_editor_new (const KafField *field);

G_END_DECLS
