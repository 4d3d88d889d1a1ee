/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the hub in SQLite share. */
#pragma once

#include "server/kaf-hub-cache.h"
#include "server/kaf-hub-storage.h"
#include "server/kaf-sqlite.h"

G_BEGIN_DECLS

typedef struct
{
  KafHubStorage parent;
  KafSqlite *db;
  KafHubCache *cache;
  gint64 version; /* of the file, as this connection counts what others wrote to it */
  gboolean noted; /* the part under way has written records, which the cache knows of */
} KafHubSqlite;

/* Steps to the one row that there may be. @found (out). */
gboolean kaf_hub_sqlite_step_once (KafHubStorage *self,
                                   KafSqliteRows *rows,
                                   gboolean *found,
                                   GError **error);

/* Contents of files, and the attachments that name them. */
#define KAF_HUB_SQLITE_BLOBS                                                                       \
  "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, user TEXT,"                  \
  " at INTEGER NOT NULL, came BLOB) WITHOUT ROWID;"                                                \
  "CREATE TABLE blob_name (sha256 TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (sha256, id))"      \
  " WITHOUT ROWID;"                                                                                \
  "CREATE INDEX blob_name_id ON blob_name (id);"

/* Notes which content the record names, where it is an attachment. */
gboolean kaf_hub_sqlite_name_blob (KafHubStorage *self, const KafHubRecord *record, GError **error);

GPtrArray *kaf_hub_sqlite_find_blob_names (KafHubStorage *self, const char *sha256, GError **error);
gboolean kaf_hub_sqlite_read_blob (KafHubStorage *self,
                                   const char *sha256,
                                   KafHubBlob *blob,
                                   GError **error);
gboolean kaf_hub_sqlite_write_blob (KafHubStorage *self,
                                    const char *sha256,
                                    const KafHubBlob *blob,
                                    GError **error);
gboolean kaf_hub_sqlite_drop_blob (KafHubStorage *self, const char *sha256, GError **error);
gboolean
kaf_hub_sqlite_sum_blobs (KafHubStorage *self, const char *user, gint64 *size, GError **error);
GPtrArray *kaf_hub_sqlite_list_stale_blobs (KafHubStorage *self, gint64 since, GError **error);

/* Numbers of papers */

#define KAF_HUB_SQLITE_PAPERS                                                                      \
  "CREATE TABLE paper (person TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,"            \
  " until TEXT, user TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (person, kind))"              \
  " WITHOUT ROWID;"

gboolean kaf_hub_sqlite_write_paper (KafHubStorage *self, const KafHubPaper *paper, GError **error);
gboolean kaf_hub_sqlite_drop_paper (KafHubStorage *self,
                                    const char *person,
                                    KafIdentityPaper kind,
                                    GError **error);
GPtrArray *kaf_hub_sqlite_read_papers (KafHubStorage *self, const char *person, GError **error);
GPtrArray *
kaf_hub_sqlite_list_papered (KafHubStorage *self, const char *after, guint limit, GError **error);

/* The one column that is asked for. (element-type utf8) (transfer full) */
GPtrArray *kaf_hub_sqlite_read_keys (KafHubStorage *self, KafSqliteRows *rows, GError **error);

/* Erasing */

/* Whether a text may tell of one of @ids: most do not, and are not read. A device may write the letters of an id as
 * JSON escapes, though ours do not. */
gboolean kaf_hub_sqlite_may_tell (const char *payload, GHashTable *ids);

gboolean kaf_hub_sqlite_erase (KafHubStorage *self, GPtrArray *victims, gint64 at, GError **error);
gboolean kaf_hub_sqlite_is_erased (
    KafHubStorage *self, const char *entity, const char *id, gboolean *erased, GError **error);
GPtrArray *kaf_hub_sqlite_read_erased (KafHubStorage *self, gint64 after, GError **error);
gboolean kaf_hub_sqlite_scrub (KafHubStorage *self, GError **error);

G_END_DECLS
