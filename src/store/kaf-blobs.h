/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contents of attachments between this device and its hub: which are to be sent, which are to be
 * fetched, how it went. What lies here is seen by the file itself; the store remembers what the hub has
 * confirmed. Not within a transaction. Errors: KAF_STORE_ERROR. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Bytes up to which a content is fetched without being asked for. */
#define KAF_BLOB_SMALL (G_GINT64_CONSTANT (5) * 1024 * 1024)

typedef enum
{
  KAF_BLOB_UP,
  KAF_BLOB_DOWN,
  KAF_BLOB_N_WAYS,
} KafBlobWay;

/* Something to move. */
typedef struct
{
  KafBlobWay way;
  char *sha256;
  gint64 size;
  char *path;  /* where the content lies, or will */
  char *part;  /* what has come of it; to be resumed at its end */
  char *epoch; /* of the hub that is meant */
} KafBlobTask;
void kaf_blob_task_free (KafBlobTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBlobTask, kaf_blob_task_free)

/* The next one to move, those that a person waits for first, then the smallest; NULL without error: none
 * is due, or the store has not exchanged its records with a hub yet. @most: bytes of what is fetched without
 * being waited for. */
KafBlobTask *kaf_blob_next (KafDatabase *db, KafBlobWay way, gint64 most, GError **error);

/* It was sent: the hub has all of it. */
gboolean kaf_blob_sent (KafDatabase *db, const KafBlobTask *task, GError **error);

/* It was fetched, and @task->part proved to be it: takes its place, unless its record was erased meanwhile. */
gboolean kaf_blob_fetched (KafDatabase *db, const KafBlobTask *task, GError **error);

/* It could not be moved, for what concerns this content alone: it is tried again later, each time after
 * longer. @problem: a word for why. */
gboolean
kaf_blob_failed (KafDatabase *db, const KafBlobTask *task, const char *problem, GError **error);

/* A person waits for the content of the attachment, or does no more. */
gboolean
kaf_blob_want (KafDatabase *db, const char *attachment_id, gboolean wanted, GError **error);

typedef enum
{
  KAF_BLOB_HERE,
  KAF_BLOB_TO_SEND,   /* here, and not with the hub yet */
  KAF_BLOB_ELSEWHERE, /* not here; to be asked for */
  KAF_BLOB_UNSENT,    /* not here; when it was asked for, the hub did not have it */
  KAF_BLOB_WANTED,    /* not here; a person waits for it */
  KAF_BLOB_REFUSED,   /* here; the hub does not take it */
} KafBlobState;

KafBlobState kaf_blob_get_state (KafDatabase *db, const char *sha256);

typedef struct
{
  guint n_send, n_fetch; /* fetch: what comes by itself, or is waited for */
  gint64 send, fetch;    /* bytes */
  guint n_elsewhere;     /* all that is not here */
} KafBlobCounts;
gboolean kaf_blob_count (KafDatabase *db, KafBlobCounts *counts, GError **error);

G_END_DECLS
