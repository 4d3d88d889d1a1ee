/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a set of choices: a check button each. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_FLAGS_EDITOR (kaf_flags_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafFlagsEditor, kaf_flags_editor, KAF, FLAGS_EDITOR, AdwPreferencesRow)

GtkWidget *kaf_flags_editor_new (const KafField *field);

/* The check button of a code. (transfer none) (nullable) */
GtkWidget *kaf_flags_editor_get_button (KafFlagsEditor *self, const char *code);

G_END_DECLS
