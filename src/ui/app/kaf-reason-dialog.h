/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks why, before something is done that wants a reason: many persons are given out, an edit is set aside. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_REASON_CANCELLED,
  KAF_REASON_GIVEN,
  KAF_REASON_WITHOUT_NAMES,
} KafReasonAnswer;

/* Called once. @reason: what was typed, without blanks around it, a sentence (base/kaf-reason.h); NULL unless
 * one was given. */
typedef void (*KafReasonFunc) (KafReasonAnswer answer, const char *reason, gpointer data);

/* @body: a sentence that says what hangs on it: how many persons, and from which number on the law asks. @hint: stands where
 * the reason is typed. @go: label of the button that goes on.
 * @without_names: offers that as well. */
void kaf_reason_dialog_ask (GtkWindow *parent,
                            const char *heading,
                            const char *body,
                            const char *hint,
                            const char *go,
                            gboolean without_names,
                            KafReasonFunc func,
                            gpointer data);

G_END_DECLS
