/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is due, both ways at a time: what comes does not wait for what goes. For programs without a main
 * loop; the window has KafBlobAgent. */
#pragma once

#include "net/kaf-blob-transfer.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_sent, n_fetched, n_failed;
  gint64 sent, fetched; /* bytes, of whole contents */
  GError *failure;      /* of the first that failed for itself alone; nullable */
} KafBlobReport;
void kaf_blob_report_clear (KafBlobReport *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafBlobReport, kaf_blob_report_clear)

/* @done of @total bytes of the content under way, some five times a second. */
typedef void (*KafBlobProgressFunc) (KafBlobWay way, gint64 done, gint64 total, gpointer data);

/* Blocking. A link that is cut is tried again as long as each try moves something, and a few times more. @most:
 * bytes of what is fetched. @progress: nullable. @report is filled in either case. */
gboolean kaf_blob_queue_run (KafDatabase *db,
                             gint64 most,
                             KafBlobReport *report,
                             KafBlobProgressFunc progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
