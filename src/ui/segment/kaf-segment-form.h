/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "record/kaf-query.h"
#include "store/kaf-store.h"
#include "ui/segment/kaf-query-editor.h"

G_BEGIN_DECLS

/* A new segment, or one to change: names, purpose, conditions, and how many they find while one edits. What is typed is
 * kept as a draft. Actions: "segment-form.save" (Ctrl+S), "segment-form.cancel" (Escape). */
#define KAF_TYPE_SEGMENT_FORM (kaf_segment_form_get_type ())
G_DECLARE_FINAL_TYPE (KafSegmentForm, kaf_segment_form, KAF, SEGMENT_FORM, GtkBox)

/* @id NULL: a new one; the slot of a draft: that one, new too. @query: nullable, what a new one begins with. */
GtkWidget *kaf_segment_form_new (KafStore *store, const char *id, const KafQuery *query);

/* What shows is read, counted and kept. */
gboolean kaf_segment_form_is_settled (KafSegmentForm *self);
gint64 kaf_segment_form_get_count (KafSegmentForm *self); /* -1: unknown */
KafQueryEditor *kaf_segment_form_get_editor (KafSegmentForm *self);
void kaf_segment_form_set_entity (KafSegmentForm *self, const char *entity);
void kaf_segment_form_set_title (KafSegmentForm *self, const char *title);

G_END_DECLS
