/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of a CSV file: choose it, see what it would do, then do it. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

#define KAF_TYPE_IMPORT_WINDOW (kaf_import_window_get_type ())
G_DECLARE_FINAL_TYPE (KafImportWindow, kaf_import_window, KAF, IMPORT_WINDOW, AdwWindow)

/* @entity: what the lines are supposed to be at first. */
GtkWidget *kaf_import_window_new (KafWindow *parent, KafStore *store, const KafEntity *entity);

/* Looks at @file as if it had been chosen: for tests and files that are dropped. */
void kaf_import_window_set_file (KafImportWindow *self, GFile *file);

/* The last look's result, or NULL while there is none. */
gboolean kaf_import_window_is_ready (KafImportWindow *self);

G_END_DECLS
