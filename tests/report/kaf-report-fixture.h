/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/kaf-layout.h"

/* Pages of one document, without letterhead. */
KafPages *kaf_report_lay_out (const KafDoc *doc);

/* The lines of a page. (transfer full) */
char **kaf_report_lines (KafPages *pages, guint page);

/* The page on which a line that is @text stands; fails the test when none does. */
guint kaf_report_find (KafPages *pages, const char *text);
