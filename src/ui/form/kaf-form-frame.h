/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of sections beside the form where there is room; the form alone where there is not. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_FORM_FRAME (kaf_form_frame_get_type ())
G_DECLARE_FINAL_TYPE (KafFormFrame, kaf_form_frame, KAF, FORM_FRAME, GtkWidget)

/* @side: nullable, for a form of one section. */
GtkWidget *kaf_form_frame_new (GtkWidget *side, GtkWidget *content);

G_END_DECLS
