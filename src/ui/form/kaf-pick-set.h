/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editor of a set of references or of languages with their level: the elements in their order,
 * the first being the main one, with a button that adds one through KafReferencePicker. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_PICK_SET (kaf_pick_set_get_type ())
G_DECLARE_FINAL_TYPE (KafPickSet, kaf_pick_set, KAF, PICK_SET, AdwExpanderRow)

GtkWidget *kaf_pick_set_new (const KafField *field, KafStore *store);

/* What the buttons do, by the place of an element. */
void kaf_pick_set_add (KafPickSet *self, const char *id, const char *title);
void kaf_pick_set_remove (KafPickSet *self, guint index);
void kaf_pick_set_move (KafPickSet *self, guint from, guint to);
/* @level: CEFR, "native" or NULL. */
void kaf_pick_set_set_level (KafPickSet *self, guint index, const char *level);

G_END_DECLS
