/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-step-meetings.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"

static char *
meeting_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "held_on"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "starts_at"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "kind"));
  kaf_bidi_append (line, kaf_mission_data_words (data, row, "place"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
meeting_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  return kaf_part_choice (row, "state", style);
}

#define MEETINGS(what)                                                                             \
  {                                                                                                \
    .entity = "meeting", .title = N_ ("Meetings"), .empty = N_ ("No meeting is called yet."),      \
    .add = "meeting kind=" what, .add_label = N_ ("Call a Meeting…"), .detail = meeting_detail,    \
    .pill = meeting_pill, .paged = TRUE                                                            \
  }

const KafPartSpec kaf_step_meetings_awareness = MEETINGS ("awareness");
const KafPartSpec kaf_step_meetings_agreements = MEETINGS ("validation");
const KafPartSpec kaf_step_meetings_ties = MEETINGS ("coordination");
