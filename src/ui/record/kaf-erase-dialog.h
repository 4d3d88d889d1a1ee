/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only question that is asked before an act: erasing cannot be undone. Asks for the reason, which
 * the law wants kept (law 09-08).
 *
 * Signal "erased" (): done. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_ERASE_DIALOG (kaf_erase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KafEraseDialog, kaf_erase_dialog, KAF, ERASE_DIALOG, AdwWindow)

/* @title: of the record, to say what goes. */
GtkWidget *
kaf_erase_dialog_new (KafStore *store, const KafEntity *entity, const char *id, const char *title);

/* Comes as soon as it is known what the law keeps. */
void kaf_erase_dialog_show (KafEraseDialog *self);

/* The entry of the reason and the act, for tests and assistive tools. */
void kaf_erase_dialog_set_reason (KafEraseDialog *self, const char *reason);
gboolean kaf_erase_dialog_erase (KafEraseDialog *self); /* FALSE: a reason is missing */

G_END_DECLS
