/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbooks that the user's role may make: one is chosen, and the language that it speaks.
 *
 * Actions: "workbook.language" (s), "workbook.make" (s: which one), "workbook.save-as" (ss: which one, path). */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

#define KAF_TYPE_WORKBOOK_WINDOW (kaf_workbook_window_get_type ())
G_DECLARE_FINAL_TYPE (KafWorkbookWindow, kaf_workbook_window, KAF, WORKBOOK_WINDOW, AdwWindow)

/* @window has a store. */
GtkWidget *kaf_workbook_window_new (KafWindow *window);

/* Whether it shows what may be made. */
gboolean kaf_workbook_window_is_filled (KafWorkbookWindow *self);

G_END_DECLS
