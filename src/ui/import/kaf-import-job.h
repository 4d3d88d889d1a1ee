/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the assistant of imports asks of its worker. All of it runs on the lane that writes, one job after the other:
 * a plan belongs to one thread at a time. */
#pragma once

#include "exchange/kaf-import-plan.h"
#include "ui/app/kaf-progress-window.h"

G_BEGIN_DECLS

/* How a file is opened; what is not set is found. */
typedef struct
{
  GFile *file;
  const KafEntity *entity;
  char *encoding; /* nullable */
  char separator; /* 0 */
  int sheet;      /* -1 */
} KafImportOpening;

KafImportOpening *kaf_import_opening_copy (const KafImportOpening *self);
void kaf_import_opening_free (KafImportOpening *self);

/* A file that was opened: its first rows, and what is proposed for it. */
typedef struct
{
  KafTableReader *reader;
  GPtrArray *rows; /* KafTablePeek */
  KafImportMap *map;
  gboolean recalled; /* as it was read before */
  char *slot;        /* where what is decided of it is kept (kaf-import-decisions.h) */
} KafImportOpened;

void kaf_import_opened_free (KafImportOpened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportOpened, kaf_import_opened_free)

/* A KafStoreJob; @data: KafImportOpening; gives a KafImportOpened. */
gpointer
kaf_import_job_open (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

/* A row in words. */
typedef struct
{
  guint place;
  GPtrArray *said;  /* KafImportSaid; nullable */
  GPtrArray *cells; /* char*: as the file has them */
  char *reasons;    /* nullable */
  char *name, *ref; /* of the record that it is about; nullable */
} KafImportTold;

void kaf_import_told_free (KafImportTold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportTold, kaf_import_told_free)

/* Tells a row; before that mends a cell of it where @column is one. */
void kaf_import_job_tell_async (KafStore *store,
                                KafImportPlan *plan,
                                guint place,
                                int column,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KafImportTold *kaf_import_job_tell_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
