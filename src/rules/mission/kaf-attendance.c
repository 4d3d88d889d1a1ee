/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-attendance.h"

static const char *const ids[] = { NULL, "present", "absent", "excused" };

KafPresence
kaf_presence_parse (const char *id)
{
  for (guint i = 1; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (ids[i], id) == 0)
      return (KafPresence) i;
  return KAF_PRESENCE_NONE;
}

const char *
kaf_presence_id (KafPresence presence)
{
  return ids[presence];
}

KafPresence
kaf_presence_toggle (KafPresence presence)
{
  return presence == KAF_PRESENCE_PRESENT ? KAF_PRESENCE_ABSENT : KAF_PRESENCE_PRESENT;
}

KafPresence
kaf_presence_next (KafPresence presence)
{
  return (KafPresence) ((presence + 1) % G_N_ELEMENTS (ids));
}

typedef struct
{
  char *id; /* nullable */
  KafPresence presence;
} Mark;

struct _KafAttendance
{
  GHashTable *marks; /* "session participant" → Mark */
};

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->id);
  g_free (mark);
}

KafAttendance *
kaf_attendance_new (void)
{
  KafAttendance *self = g_new0 (KafAttendance, 1);

  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mark_free);
  return self;
}

void
kaf_attendance_free (KafAttendance *self)
{
  g_hash_table_unref (self->marks);
  g_free (self);
}

/* Ids hold no blank. */
static char *
make_key (const char *session, const char *participant)
{
  return g_strconcat (session, " ", participant, NULL);
}

void
kaf_attendance_mark (KafAttendance *self,
                     const char *session,
                     const char *participant,
                     const char *id,
                     KafPresence presence)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->id = g_strdup (id);
  mark->presence = presence;
  g_hash_table_replace (self->marks, make_key (session, participant), mark);
}

KafPresence
kaf_attendance_get (const KafAttendance *self,
                    const char *session,
                    const char *participant,
                    const char **id)
{
  g_autofree char *key = make_key (session, participant);
  const Mark *mark = g_hash_table_lookup (self->marks, key);

  if (id != NULL)
    *id = mark != NULL ? mark->id : NULL;
  return mark != NULL ? mark->presence : KAF_PRESENCE_NONE;
}

KafTurnout
kaf_attendance_count (const KafAttendance *self, const char *session, GPtrArray *participants)
{
  KafTurnout sum = { 0 };

  for (guint i = 0; i < participants->len; i++)
    switch (kaf_attendance_get (self, session, g_ptr_array_index (participants, i), NULL))
      {
      case KAF_PRESENCE_PRESENT:
        sum.present++;
        break;
      case KAF_PRESENCE_ABSENT:
        sum.absent++;
        break;
      case KAF_PRESENCE_EXCUSED:
        sum.excused++;
        break;
      case KAF_PRESENCE_NONE:
      default:
        sum.unmarked++;
      }
  return sum;
}

KafTurnoutState
kaf_turnout_judge (const KafTurnout *self,
                   guint expected,
                   int places,
                   const KafMissionThresholds *limits)
{
  if (self->present + self->absent + self->excused == 0)
    return KAF_TURNOUT_NONE;
  if (places >= 0 && self->present > (guint) places)
    return KAF_TURNOUT_OVERFULL;
  if ((guint64) self->present * 100 < (guint64) expected * limits->turnout_percent)
    return KAF_TURNOUT_LOW;
  return KAF_TURNOUT_FINE;
}
