/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-steady.h"

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* In the hub's meta: "SINCE LAST BELIEVED", µs since 1970 UTC: since when it has run without a leap, what it said when it was
 * looked at last, and the latest that was believed. */
#define CLOCK "clock"

typedef struct
{
  gint64 since, last, believed; /* 0: never */
} Seen;

static Seen
read_seen (KafHubStorage *storage, GError **error)
{
  g_autofree char *text = storage->klass->get_meta (storage, CLOCK, error);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", 3);

  if (g_strv_length (words) != 3)
    return (Seen){ 0, 0, 0 };
  return (Seen){ g_ascii_strtoll (words[0], NULL, 10), g_ascii_strtoll (words[1], NULL, 10),
                 g_ascii_strtoll (words[2], NULL, 10) };
}

gboolean
kaf_hub_steady_look (KafHubStorage *storage, gint64 now, gint64 *due, GError **error)
{
  GError *local = NULL;
  Seen seen = read_seen (storage, &local);
  g_autofree char *text = NULL;

  *due = 0;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (seen.last == 0 || ABS (now - seen.last) > DAY_US)
    {
      if (seen.last != 0)
        g_warning ("the clock has gone by %" G_GINT64_FORMAT
                   " days since it was looked at: nothing is removed for its age "
                   "before it has run on for %d days",
                   (now - seen.last) / DAY_US, KAF_HUB_STEADY_DAYS);
      seen.since = now;
    }
  else if (now - seen.since >= KAF_HUB_STEADY_DAYS * DAY_US)
    {
      *due = now - DAY_US;
      seen.believed = MAX (seen.believed, now);
    }
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, seen.since,
                          now, seen.believed);
  return storage->klass->set_meta (storage, CLOCK, text, error);
}

gint64
kaf_hub_steady_at_least (KafHubStorage *storage, gint64 now)
{
  return MAX (now, read_seen (storage, NULL).believed);
}
