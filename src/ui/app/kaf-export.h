/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving the present list out as a CSV file: where to, why when it is many persons, with progress. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then writes. */
void kaf_export_query (KafWindow *window, KafQuery *query);

G_END_DECLS
