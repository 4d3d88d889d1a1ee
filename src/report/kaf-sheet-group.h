/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of how many records of a query there are by the values of a field, with bars. */
#pragma once

#include "report/kaf-sheet.h"

G_BEGIN_DECLS

/* The most frequent first, then those of which it is not known. A record with several values counts in each; a note
 * says so. Left out where the role may not read @path. FALSE: an error. */
gboolean kaf_sheet_add_groups (KafBook *book,
                               const char *id,
                               const char *title,
                               const KafQuery *query,
                               const char *path,
                               GError **error);

G_END_DECLS
