/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Once a day, a notice of the desktop says how many things are due today for who works here: a number and no name, since
 * it may stand on a screen that others see (law 09-08, article 3: no more than is needed). It opens the to-do. */
#pragma once

#include <gio/gio.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_REMINDER (kaf_reminder_get_type ())
G_DECLARE_FINAL_TYPE (KafReminder, kaf_reminder, KAF, REMINDER, GObject)

/* Looks once the store is there, and again when another day begins. @application: nullable in tests.
 *
 * Signal "due" (guint n): it is told now. */
KafReminder *kaf_reminder_new (GApplication *application, KafStore *store);

/* Looks now; told of a day only once on this device. */
void kaf_reminder_check (KafReminder *self);

/* What it says. (transfer full) */
char *kaf_reminder_text (guint n);

G_END_DECLS
