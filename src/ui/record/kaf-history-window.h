/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole history of a record, read further as a person scrolls. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_HISTORY_WINDOW (kaf_history_window_get_type ())
G_DECLARE_FINAL_TYPE (KafHistoryWindow, kaf_history_window, KAF, HISTORY_WINDOW, AdwWindow)

/* @title: of the record. */
GtkWidget *kaf_history_window_new (
    KafStore *store, const KafEntity *entity, const char *id, const char *title, KafLang lang);

guint kaf_history_window_get_n_items (KafHistoryWindow *self);

G_END_DECLS
