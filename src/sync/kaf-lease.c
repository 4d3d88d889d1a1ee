/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-lease.h"

#include <string.h>

/* What an off machine is believed: days at a time, and for each hour that it ran. */
#define OFF_MOST (3 * KAF_LEASE_DAY)
#define OFF_PER_RUNNING 3

static void
note (KafLeaseBook *self, const KafLeaseMoment *now)
{
  g_strlcpy (self->boot, now->boot, sizeof self->boot);
  self->ran = now->ran;
  self->wall = now->wall;
}

void
kaf_lease_begin (KafLeaseBook *self, const KafLeaseMoment *now)
{
  self->running = self->off = 0;
  note (self, now);
}

void
kaf_lease_look (KafLeaseBook *self, const KafLeaseMoment *now)
{
  if (*self->boot == '\0')
    {
      note (self, now);
      return;
    }
  if (g_str_equal (self->boot, now->boot))
    self->running += MAX (0, now->ran - self->ran);
  else
    {
      /* Off from some time after the last look to the start. */
      gint64 off = now->wall - self->wall - now->ran;

      self->running += MAX (0, now->ran);
      self->off += CLAMP (off, 0, OFF_MOST);
    }
  note (self, now);
}

KafLeaseState
kaf_lease_judge (
    const KafLeaseBook *self, gint64 synced, gint64 wall, guint warn, guint end, guint *days)
{
  gint64 explained = self->running + MIN (self->off, self->running * OFF_PER_RUNNING);
  gint64 elapsed = wall - synced;
  gint64 believed = MAX (explained, MIN (elapsed, end * KAF_LEASE_DAY));

  if (days != NULL)
    *days = synced > 0 ? MAX (0, believed / KAF_LEASE_DAY) : 0;
  if (synced <= 0)
    return KAF_LEASE_RUNS;
  if (explained >= end * KAF_LEASE_DAY)
    return KAF_LEASE_ENDED;
  /* Ahead of what is explained, or back before the exchange. */
  if (elapsed >= end * KAF_LEASE_DAY || elapsed < -KAF_LEASE_DAY)
    return KAF_LEASE_DOUBTFUL;
  return MAX (elapsed, explained) >= warn * KAF_LEASE_DAY ? KAF_LEASE_ENDS_SOON : KAF_LEASE_RUNS;
}

char *
kaf_lease_print (const KafLeaseBook *self)
{
  return g_strdup_printf (
      "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
      *self->boot != '\0' ? self->boot : "-", self->ran, self->wall, self->running, self->off);
}

gboolean
kaf_lease_parse (KafLeaseBook *self, const char *text)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;
  gint64 numbers[4];

  *self = (KafLeaseBook){ 0 };
  if (words == NULL || g_strv_length (words) != 5 || strlen (words[0]) >= sizeof self->boot)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_string_to_signed (words[i + 1], 10, G_MININT64, G_MAXINT64, &numbers[i], NULL))
      return FALSE;
  if (!g_str_equal (words[0], "-"))
    g_strlcpy (self->boot, words[0], sizeof self->boot);
  self->ran = numbers[0];
  self->wall = numbers[1];
  self->running = MAX (0, numbers[2]);
  self->off = MAX (0, numbers[3]);
  return TRUE;
}
