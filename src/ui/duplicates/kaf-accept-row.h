/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From which likelihood on pairs may be accepted together: a row that reads the setting, and sets it from today on when
 * another is chosen. Who is no manager cannot choose. */
#pragma once

#include <adwaita.h>

#include "base/kaf-lang.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_ACCEPT_ROW (kaf_accept_row_get_type ())
G_DECLARE_FINAL_TYPE (KafAcceptRow, kaf_accept_row, KAF, ACCEPT_ROW, AdwComboRow)

GtkWidget *kaf_accept_row_new (KafStore *store, KafLang lang);

/* ‰; 0: none; -1: it is being read or written. */
int kaf_accept_row_get_least (KafAcceptRow *self);

/* Chooses one of those that are offered: what the list does. FALSE: it is not. */
gboolean kaf_accept_row_choose (KafAcceptRow *self, guint least);

/* A group of the preferences with that row; it shows for a manager. */
GtkWidget *kaf_accept_group_new (KafStore *store, KafLang lang);

G_END_DECLS
