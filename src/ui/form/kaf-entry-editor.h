/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of what is typed on one line: text, number, amount, date, e-mail, phone, URL. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_ENTRY_EDITOR (kaf_entry_editor_get_type ())
G_DECLARE_FINAL_TYPE (KafEntryEditor, kaf_entry_editor, KAF, ENTRY_EDITOR, AdwEntryRow)

GtkWidget *kaf_entry_editor_new (const KafField *field);

G_END_DECLS
