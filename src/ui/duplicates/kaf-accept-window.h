/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs that a manager accepts together: how many they are from the likelihood on that is set, the least likely of them
 * to look at, why; and one step to undo it all.
 *
 * Actions: accept.run. */
#pragma once

#include <adwaita.h>

#include "base/kaf-lang.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

#define KAF_TYPE_ACCEPT_WINDOW (kaf_accept_window_get_type ())
G_DECLARE_FINAL_TYPE (KafAcceptWindow, kaf_accept_window, KAF, ACCEPT_WINDOW, AdwWindow)

/* Above @parent, which tells what was done. */
GtkWidget *kaf_accept_window_new (KafWindow *parent, KafStore *store, KafLang lang);

/* How many pairs would be accepted; -1: they are being read. */
int kaf_accept_window_get_n (KafAcceptWindow *self);

void kaf_accept_window_set_reason (KafAcceptWindow *self, const char *reason);

G_END_DECLS
