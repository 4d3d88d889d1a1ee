/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of the state of the sync. */
#pragma once

#include "base/kaf-lang.h"
#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

/* The last line of the sidebar. */
typedef struct
{
  char *title;
  char *subtitle;
  const char *icon;
  const char *style; /* class of the icon: NULL, "warning" or "error" */
} KafSyncLine;
void kaf_sync_line_clear (KafSyncLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafSyncLine, kaf_sync_line_clear)

/* @status: of a store that belongs to a server. */
KafSyncLine kaf_sync_text_line (const KafSyncStatus *status, KafLang lang);

/* "14:32" of today, else the day too; isolated. @us: since 1970 UTC. (transfer full) */
char *kaf_sync_text_moment (gint64 us, KafLang lang);

/* "Sent: 3 · received: 12" (transfer full) */
/* How much came of what an empty store begins with; while it comes. */
char *kaf_sync_text_coming (const KafSyncStatus *status, KafLang lang);

char *kaf_sync_text_brought (const KafSyncReport *report, KafLang lang);

/* Each with its number. (transfer full) */
char *kaf_sync_text_waiting (guint n, KafLang lang);
char *kaf_sync_text_conflicts (guint n, KafLang lang);
char *kaf_sync_text_rejected (guint n, KafLang lang);
char *kaf_sync_text_aside (guint n, KafLang lang);
char *kaf_sync_text_alike (guint n, KafLang lang);
char *kaf_sync_text_held (guint n, KafLang lang);

/* What the last comparison with the server found, and what is to be done; @detail (out, transfer full). NULL: it found
 * nothing, or there was none. (transfer full) */
char *kaf_sync_text_compared (const KafSyncStatus *status, KafLang lang, char **detail);

/* "2 files to send (23 MB)", "1 file to download (3 MB)" (transfer full) */
char *kaf_sync_text_to_send (const KafBlobCounts *counts, KafLang lang);
char *kaf_sync_text_to_fetch (const KafBlobCounts *counts, KafLang lang);

G_END_DECLS
