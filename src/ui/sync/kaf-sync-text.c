/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-sync-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "base/kaf-size.h"
#include "net/kaf-sync-report-text.h"

#define TIME_CHARS 5 /* 14:32 */

void
kaf_sync_line_clear (KafSyncLine *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->subtitle, g_free);
}

char *
kaf_sync_text_moment (gint64 us, KafLang lang)
{
  g_autofree char *day = kaf_date_from_time (us);
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());
  g_autofree char *whole = kaf_time_format (us, lang);
  gsize length = strlen (whole);

  if (g_strcmp0 (day, today) == 0 && length > TIME_CHARS)
    return kaf_bidi_ltr (whole + length - TIME_CHARS);
  return kaf_bidi_ltr (whole);
}

static char *
count (const char *format, guint n, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);

  return g_strdup_printf (format, number);
}

char *
kaf_sync_text_waiting (guint n, KafLang lang)
{
  return count (ngettext ("%s change to send", "%s changes to send", n), n, lang);
}

char *
kaf_sync_text_conflicts (guint n, KafLang lang)
{
  return count (ngettext ("%s conflict to settle", "%s conflicts to settle", n), n, lang);
}

char *
kaf_sync_text_rejected (guint n, KafLang lang)
{
  return count (ngettext ("%s edit not taken by the server", "%s edits not taken by the server", n),
                n, lang);
}

char *
kaf_sync_text_aside (guint n, KafLang lang)
{
  return count (ngettext ("%s change to decide on", "%s changes to decide on", n), n, lang);
}

/* "2 files to send (23 MB)" */
static char *
add_size (char *files, gint64 bytes, KafLang lang)
{
  g_autofree char *counted = files;
  g_autofree char *size = kaf_size_format (bytes, lang);
  g_autofree char *isolated = kaf_bidi_isolate (size);

  return g_strdup_printf ("%s (%s)", counted, isolated);
}

char *
kaf_sync_text_to_send (const KafBlobCounts *counts, KafLang lang)
{
  guint n = counts->n_send;

  return add_size (count (ngettext ("%s file to send", "%s files to send", n), n, lang),
                   counts->send, lang);
}

char *
kaf_sync_text_to_fetch (const KafBlobCounts *counts, KafLang lang)
{
  guint n = counts->n_fetch;

  return add_size (count (ngettext ("%s file to download", "%s files to download", n), n, lang),
                   counts->fetch, lang);
}

char *
kaf_sync_text_alike (guint n, KafLang lang)
{
  return count (ngettext ("%s person looks like one of the server",
                          "%s persons look like ones of the server", n),
                n, lang);
}

char *
kaf_sync_text_held (guint n, KafLang lang)
{
  return count (
      ngettext ("%s person not sent yet, to look at", "%s persons not sent yet, to look at", n), n,
      lang);
}

static char *
count_unmended (guint n, KafLang lang)
{
  return count (
      ngettext ("%s record differs from the server", "%s records differ from the server", n), n,
      lang);
}

char *
kaf_sync_text_compared (const KafSyncStatus *status, KafLang lang, char **detail)
{
  g_autofree char *when =
      status->compared_at > 0 ? kaf_sync_text_moment (status->compared_at, lang) : NULL;

  *detail = NULL;
  if (status->n_unmended > 0)
    {
      *detail = g_strdup (_ ("This could not be put right. Tell your administrator."));
      return count_unmended (status->n_unmended, lang);
    }
  if (status->n_mended > 0)
    {
      /* Translators: a day and a time */
      *detail = g_strdup_printf (_ ("Compared with the server: %s. If it happens again, tell your "
                                    "administrator: the disk may be failing."),
                                 when);
      return count (ngettext ("%s record was not as on the server: it was put right",
                              "%s records were not as on the server: they were put right",
                              status->n_mended),
                    status->n_mended, lang);
    }
  if (status->n_unknown == 0)
    return NULL;
  *detail = g_strdup (_ ("Kept here: the server was restored from an older backup. Tell your "
                         "administrator."));
  return count (ngettext ("%s record is not on the server", "%s records are not on the server",
                          status->n_unknown),
                status->n_unknown, lang);
}

char *
kaf_sync_text_brought (const KafSyncReport *report, KafLang lang)
{
  g_autofree char *sent = kaf_number_format (report->n_sent, lang);
  g_autofree char *received = kaf_number_format (report->n_received, lang);
  g_autofree char *conflicts = kaf_number_format (report->n_conflicts, lang);
  g_autofree char *rejected = kaf_number_format (report->n_rejected, lang);

  if (report->n_conflicts + report->n_rejected == 0)
    /* Translators: changes sent to the server, records received from it */
    return g_strdup_printf (_ ("Sent: %s · received: %s"), sent, received);
  return g_strdup_printf (_ ("Sent: %s · received: %s · in conflict: %s · not taken: %s"), sent,
                          received, conflicts, rejected);
}

char *
kaf_sync_text_coming (const KafSyncStatus *status, KafLang lang)
{
  g_autofree char *came = kaf_size_format (status->came, lang);
  g_autofree char *all = kaf_size_format (status->coming, lang);
  g_autofree char *came_isolated = kaf_bidi_isolate (came);
  g_autofree char *all_isolated = kaf_bidi_isolate (all);

  /* Translators: sizes, "12 MB", of what the server has ready for a new device */
  return g_strdup_printf (_ ("Received: %s of %s"), came_isolated, all_isolated);
}

/* What waits, or when the last exchange was. */
static char *
describe (const KafSyncStatus *status, KafLang lang)
{
  g_autofree char *waiting =
      status->n_waiting > 0 ? kaf_sync_text_waiting (status->n_waiting, lang) : NULL;
  g_autofree char *when =
      status->synced_at > 0 ? kaf_sync_text_moment (status->synced_at, lang) : NULL;

  if (waiting != NULL)
    return g_steal_pointer (&waiting);
  if (status->files.n_send > 0)
    return kaf_sync_text_to_send (&status->files, lang);
  if (when == NULL)
    return g_strdup (_ ("never synchronised"));
  /* Translators: a time, "14:32", or a day and a time */
  return g_strdup_printf (_ ("last exchange: %s"), when);
}

static KafSyncLine
line (char *title, char *subtitle, const char *icon, const char *style)
{
  return (KafSyncLine){ title, subtitle, icon, style };
}

KafSyncLine
kaf_sync_text_line (const KafSyncStatus *status, KafLang lang)
{
  char *rest = describe (status, lang);

  switch (status->phase)
    {
    case KAF_SYNC_PHASE_SYNCING:
      if (status->coming > 0)
        {
          g_free (rest);
          rest = kaf_sync_text_coming (status, lang);
        }
      return line (g_strdup (_ ("Synchronising…")), rest, "emblem-synchronizing-symbolic", NULL);
    case KAF_SYNC_PHASE_NEEDS_SIGN_IN:
      return line (g_strdup (_ ("Sign in again")), rest, "dialog-password-symbolic", "warning");
    case KAF_SYNC_PHASE_BLOCKED:
      if (status->lease.revoked)
        break;
      return line (g_strdup (_ ("Synchronisation stopped")), rest, "dialog-warning-symbolic",
                   "warning");
    case KAF_SYNC_PHASE_UNKNOWN:
    case KAF_SYNC_PHASE_NOT_ENROLLED:
    case KAF_SYNC_PHASE_IDLE:
    case KAF_SYNC_PHASE_OFFLINE:
    default:
      break;
    }
  if (status->lease.revoked)
    return line (g_strdup (_ ("Device withdrawn from the server")), rest, "dialog-warning-symbolic",
                 "warning");
  if (status->lease.removed)
    return line (g_strdup (_ ("Persons removed until the next exchange")), rest,
                 "dialog-warning-symbolic", "warning");
  if (status->lease.state == KAF_LEASE_DOUBTFUL)
    return line (g_strdup (_ ("Check the date and synchronise")), rest, "dialog-warning-symbolic",
                 "warning");
  if (status->lease.state == KAF_LEASE_ENDS_SOON)
    return line (count (ngettext ("%s day without an exchange", "%s days without an exchange",
                                  status->lease.days),
                        status->lease.days, lang),
                 rest, "dialog-warning-symbolic", "warning");
  if (status->n_alike > 0)
    return line (kaf_sync_text_alike (status->n_alike, lang), rest, "system-users-symbolic",
                 "warning");
  if (status->n_conflicts > 0)
    return line (kaf_sync_text_conflicts (status->n_conflicts, lang), rest, "view-refresh-symbolic",
                 "warning");
  if (status->n_unmended > 0)
    return line (count_unmended (status->n_unmended, lang), rest, "dialog-warning-symbolic",
                 "warning");
  if (status->phase == KAF_SYNC_PHASE_OFFLINE)
    return line (g_strdup (_ ("Offline")), rest, "network-offline-symbolic", NULL);
  if (status->n_rejected > 0)
    return line (kaf_sync_text_rejected (status->n_rejected, lang), rest, "dialog-warning-symbolic",
                 "warning");
  if (status->n_aside > 0)
    return line (kaf_sync_text_aside (status->n_aside, lang), rest, "mail-unread-symbolic",
                 "warning");
  if (status->n_settled > 0)
    return line (kaf_sync_report_text_settled (status->n_settled, lang), rest,
                 "mail-unread-symbolic", NULL);
  if (status->n_waiting + status->files.n_send > 0 || status->synced_at == 0)
    return line (g_strdup (_ ("Not all is sent yet")), rest, "content-loading-symbolic", NULL);
  return line (g_strdup (_ ("Synchronised")), rest, "emblem-ok-symbolic", NULL);
}
