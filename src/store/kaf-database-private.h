/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of store/ share: the connection, its statements and caches. */
#pragma once

#include <sqlite3.h>

#include "base/kaf-hlc.h"
#include "store/kaf-checkpointer.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* "KAFA", in the header of the file: what tells a store from any other SQLite file. */
#define KAF_STORE_APPLICATION_ID 0x4b414641

/* Raised with every frozen step of kaf-migrate.c. */
#define KAF_STORE_VERSION 13

/* A page cache that does not grow with the store; given back when nobody asks, see
 * kaf_database_rest(). No mapping: an unreadable page would then be a
 * signal and not an error that can be told. */
#define KAF_CACHE_KIB 32768
/* A large import works in all indexes at once: its pages stay in memory until it ends. */
#define KAF_CACHE_LARGE_KIB 131072
/* What a hub tells comes in parts, each committed, or as pages that are copied once: more makes it no faster. */
#define KAF_CACHE_TOLD_KIB 12288

/* How long a lock that another program has is waited for. */
#define KAF_DATABASE_BUSY_TIMEOUT_MS 5000

typedef struct _KafMatchKept KafMatchKept;
void kaf_match_kept_free (KafMatchKept *self);

/* A statement by where its text lies, since most texts are constant: they need not be hashed each time. */
typedef struct
{
  const char *sql;
  const char *text; /* what lay there; owned by the table of statements */
  sqlite3_stmt *statement;
} KafRecentStatement;

#define KAF_RECENT_STATEMENTS 64

struct _KafDatabase
{
  sqlite3 *sql;
  char *path;
  const char *author; /* interned; see kaf_database_get_author() */
  char *lists_dir;
  KafClock *clock;
  KafRandom *random;
  gboolean read_only;
  guint schema; /* KAF_SCHEMA_VERSION; a test may make it that of an older program */
  guint64 device;
  GHashTable *statements; /* SQL text → sqlite3_stmt */
  KafRecentStatement recent[KAF_RECENT_STATEMENTS];
  GHashTable *titles;          /* "entity\ncode" → GStrv {fr, ar, en} of reference lists */
  GHashTable *erased;          /* "entity\tid": the ledger, as far as it was read */
  gint64 erased_size;          /* bytes of the ledger read */
  KafTransaction *transaction; /* the one under way, or NULL */
  gboolean began;              /* BEGIN was run, and neither COMMIT nor ROLLBACK since */
  GCancellable *cancellable;   /* of the read under way; not owned */
  GError *failure;             /* what broke that; all but ROLLBACK gives it again */
  gpointer findings;   /* all that the rules found last, see kaf-findings-kept.h; nullable */
  gpointer touched;    /* rows written since BEGIN, see kaf-touched.h; nullable */
  KafMatchKept *match; /* what the matching keeps, see kaf-suspects-private.h; nullable */
  KafCheckpointer *checkpointer; /* nullable */
  gpointer search;               /* the KafMatcher that SQL functions use while a search runs */
};

/* A prepared statement out of the cache, reset when it goes out of scope. */
typedef sqlite3_stmt KafStatement;
void kaf_statement_done (KafStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafStatement, kaf_statement_done)

/* One statement text must not be in use twice at a time. NULL with KAF_STORE_ERROR. */
KafStatement *kaf_database_prepare (KafDatabase *self, const char *sql, GError **error);

/* TRUE with a row at hand; FALSE at the end or, with @error set, on failure. */
gboolean kaf_database_step (KafDatabase *self, KafStatement *statement, GError **error);

/* Runs a statement that gives no rows. */
gboolean kaf_database_run (KafDatabase *self, KafStatement *statement, GError **error);

/* The same for one whose only parameter is the number of a row. */
gboolean kaf_database_run_for (KafDatabase *self, const char *sql, gint64 rid, GError **error);
gboolean kaf_database_exec (KafDatabase *self, const char *sql, GError **error);

/* KAF_CACHE_…: how much of the file is kept in memory from now on. */
void kaf_database_set_cache (KafDatabase *self, guint kib);

/* Sets @error from what SQLite says; always FALSE. */
gboolean kaf_database_fail (KafDatabase *self, int rc, const char *doing, GError **error);

void kaf_statement_bind_text (KafStatement *statement, int index, const char *text);
void kaf_statement_bind_id (KafStatement *statement, int index, gint64 value);
const char *kaf_statement_text (KafStatement *statement, int column);

/* Puts the number of a row into a JSON array of them, "[]" at first, that a statement reads by json_each(). */
void kaf_rows_add (GString *rows, gint64 rid);

/* The one value of a query that gives one; 0 or NULL when there is no row. */
gint64 kaf_database_get_int (KafDatabase *self, const char *sql, GError **error);

char *kaf_database_get_meta (KafDatabase *self, const char *key);
gboolean
kaf_database_set_meta (KafDatabase *self, const char *key, const char *value, GError **error);

/* The row number of a record's root, or 0. Sees what the transaction under way holds back. */
gint64 kaf_database_find_rid (KafDatabase *self, const KafEntity *root, const char *id);

/* An empty store without lists that is no file and whose writes nobody notes: see kaf-scratch.h. Errors:
 * KAF_STORE_ERROR. (transfer full) */
KafDatabase *kaf_database_open_in_memory (GError **error);

/* Brings a new, empty file to this version. */
gboolean kaf_ddl_create (KafDatabase *self, GError **error);

/* DDL of an entity, derived from its table: what a fresh store is made of, and what a migrated
 * one is compared with. (element-type utf8) (transfer full) */
GPtrArray *kaf_ddl_entity (const KafEntity *entity);
GPtrArray *kaf_ddl_fixed (void);

/* Brings an older file to this version; a backup is made first. */
gboolean kaf_migrate (KafDatabase *self, int from, GError **error);

/* One frozen step: the version it reaches and its SQL. */
typedef struct
{
  int to;
  const char *sql;
} KafMigration;

/* Steps too long to stand in the list of them. */
extern const char kaf_migrate_4[];
extern const char kaf_migrate_5[];
extern const char kaf_migrate_6[];
extern const char kaf_migrate_7[];
extern const char kaf_migrate_9[];

/* The same with other steps, for the tests of the mechanism. */
gboolean kaf_migrate_steps (
    KafDatabase *self, int from, int to, const KafMigration *steps, guint n, GError **error);

/* The local key that stands while files, log or free pages may still hold what was erased. */
#define KAF_ERASE_UNFINISHED "erase-unfinished"

/* Local key: what the law keeps was spared, and the hub is to say who stands there. */
#define KAF_ERASE_SPARED "erase-spared"

/* Does what an erasure leaves to do once its rows are gone; to be tried again when it fails. */
gboolean kaf_erase_finish (KafDatabase *self, GError **error);

/* Erases again what the ledger names and the store still holds: a restored backup, or an erasure
 * that was cut short between the two. */
gboolean kaf_erase_replay (KafDatabase *self, GError **error);

/* The record and what belongs to it, itself first: all that an erasure of it takes. (element-type
 * KafErased) (transfer full) */
GPtrArray *
kaf_erase_find (KafDatabase *self, const KafEntity *root, const char *id, GError **error);

/* Removes @records (element-type KafErased) and what belongs to them for good, from rows, index, journal and
 * files, and drafts where @drafts says so; but they are in no ledger, and may come again. */
gboolean kaf_erase_purge (KafDatabase *self, GPtrArray *records, gboolean drafts, GError **error);

/* The same, drafts apart, but for files, log and free pages: kaf_erase_finish_left() sees to these. */
gboolean kaf_erase_purge_some (KafDatabase *self, GPtrArray *records, GError **error);

/* The folder of the reference lists. (transfer full) */
char *kaf_lists_get_dir (KafDatabase *self);

/* Fills an empty store with the reference lists. */
gboolean kaf_lists_load (KafDatabase *self, GError **error);

/* Fills the lists of a store that was made before there were such, where this device keeps lists. */
gboolean kaf_lists_complete (KafDatabase *self, GError **error);

G_END_DECLS
