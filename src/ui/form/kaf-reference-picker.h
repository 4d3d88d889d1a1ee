/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a record by typing: the items of a reference list, or what the store finds. An
 * organisation or a mandate that is not there can be made on the spot.
 *
 * Signal: "picked" (const char *id, const char *title). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_REFERENCE_PICKER (kaf_reference_picker_get_type ())
G_DECLARE_FINAL_TYPE (KafReferencePicker, kaf_reference_picker, KAF, REFERENCE_PICKER, GtkPopover)

/* @target: entity to choose from. */
GtkWidget *kaf_reference_picker_new (KafStore *store, const char *target, const char *title);

/* Canonical set of what is chosen already: ticked in the list. */
void kaf_reference_picker_set_chosen (KafReferencePicker *self, const char *set);

/* The convention whose parties, and who holds an office in them, come first; nullable. */
void kaf_reference_picker_set_within (KafReferencePicker *self, const char *convention);

void kaf_reference_picker_set_text (KafReferencePicker *self, const char *text);

/* Rows that show now, once the store answered. */
guint kaf_reference_picker_get_n_results (KafReferencePicker *self);
gboolean kaf_reference_picker_is_busy (KafReferencePicker *self);

/* As if a person had pressed Enter on the row. */
void kaf_reference_picker_activate (KafReferencePicker *self, guint index);

G_END_DECLS
