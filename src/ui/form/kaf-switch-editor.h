/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of yes and no: a switch. Unknown until a person moves it. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_SWITCH_EDITOR (kaf_switch_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafSwitchEditor, kaf_switch_editor, KAF, SWITCH_EDITOR, AdwActionRow)

GtkWidget *kaf_switch_editor_new (const KafField *field);

G_END_DECLS
