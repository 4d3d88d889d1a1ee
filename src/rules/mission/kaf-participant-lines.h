/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Participants as they are typed or pasted, one a line: "name, function, establishment". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *function, *establishment; /* nullable */
} KafParticipantLine;

void kaf_participant_line_free (KafParticipantLine *self);

/* What stands between is a tab where the line has one (a spreadsheet), else a semicolon, else a comma of either
 * script. Lines without a name are left out; of two that say the same, the second.
 * (element-type KafParticipantLine) (transfer full) */
GPtrArray *kaf_participant_lines_parse (const char *text);

/* Whether two are the same name, function and establishment, however they are written. */
gboolean kaf_participant_line_is (const KafParticipantLine *self,
                                  const char *name,
                                  const char *function,
                                  const char *establishment);

G_END_DECLS
