/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-mission-take.h"

#include "net/kaf-blob-queue.h"
#include "net/kaf-syncer.h"

typedef struct
{
  gint64 total;   /* bytes that were not here */
  gint64 before;  /* of contents that have come */
  gint64 current; /* of the one under way */
  gint64 size;    /* its whole */
  KafMissionTakeFunc progress;
  gpointer data;
} Meter;

/* One content follows another: that a new one began is seen by its size, or by its having less than the last. */
static void
tell (KafBlobWay way, gint64 done, gint64 total, gpointer data)
{
  Meter *self = data;

  if (way != KAF_BLOB_DOWN)
    return;
  if (total != self->size || done < self->current)
    {
      self->before += self->size;
      self->size = total;
    }
  self->current = done;
  self->progress (MIN (self->before + done, self->total), self->total, self->data);
}

/* What is small and nobody waits for is not fetched with it: @most is 0. */
static gboolean
fetch (KafDatabase *db,
       const KafMissionKit *kit,
       KafMissionTakeFunc progress,
       gpointer data,
       GCancellable *cancellable,
       GError **error)
{
  g_auto (KafBlobReport) report = { 0 };
  Meter meter = { .total = kit->absent, .progress = progress, .data = data };
  gboolean done;

  if (!kaf_mission_kit_want (db, kit, TRUE, error))
    return FALSE;
  done = kaf_blob_queue_run (db, 0, &report, progress != NULL ? tell : NULL, &meter, cancellable,
                             error);
  /* Who was told that it failed waits no longer; a network that is down is another matter, and leaves the wish. */
  if (!done && g_cancellable_is_cancelled (cancellable))
    kaf_mission_kit_want (db, kit, FALSE, NULL);
  if (done && report.failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&report.failure));
      return FALSE;
    }
  return done;
}

gboolean
kaf_mission_take (KafDatabase *db,
                  const char *mission,
                  KafMissionKit **kit,
                  KafMissionTakeFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (KafMissionKit) before = NULL;
  KafSyncReport report;
  GError *local = NULL;
  gboolean done = kaf_syncer_run (db, &report, cancellable, &local);

  *kit = NULL;
  before = kaf_mission_kit_read (db, mission, done ? &local : NULL);
  if (before != NULL && done && before->n_absent > 0)
    done = fetch (db, before, progress, progress_data, cancellable, &local);
  if (before != NULL)
    *kit = kaf_mission_kit_read (db, mission, NULL);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (progress != NULL && before != NULL)
    progress (before->absent - (*kit != NULL ? (*kit)->absent : 0), before->absent, progress_data);
  return done;
}
