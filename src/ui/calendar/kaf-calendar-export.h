/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving the calendar out as an iCalendar file: where to, why when it names many persons. */
#pragma once

#include "base/kaf-day.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then writes what stands between the two days, both counted. */
void kaf_calendar_export_file (KafWindow *window, KafDay from, KafDay until);

/* The same where the file is known already. */
void kaf_calendar_export_to (KafWindow *window, GFile *file, KafDay from, KafDay until);

G_END_DECLS
