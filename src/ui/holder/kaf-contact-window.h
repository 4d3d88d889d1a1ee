/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of a log, whole: all that was written, and a button for the entry that corrects it. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* @page: has the action "holder.correct". @id: of the contact, which is read first. */
void kaf_contact_window_show (GtkWidget *page, KafStore *store, const char *id, KafLang lang);

G_END_DECLS
