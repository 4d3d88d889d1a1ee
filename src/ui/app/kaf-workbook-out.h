/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving a workbook out: where to, why when it names many persons, with progress. */
#pragma once

#include "report/kaf-workbook.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then makes it. @lang: that the workbook speaks. @file: where to; NULL: asks. */
void kaf_workbook_out (KafWindow *window, const KafWorkbook *workbook, KafLang lang, GFile *file);

G_END_DECLS
