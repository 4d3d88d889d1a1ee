/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-lease-check.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-adopt.h"
#include "store/kaf-commit.h"
#include "store/kaf-drafts.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-operation.h"

#define BOOK "lease-book"
#define REMOVED "lease-removed"
#define REVOKED "lease-revoked"

/* The row number up to which persons were looked at; there while they are being removed. */
#define REMOVING "lease-removing"

/* Persons that are looked at in one go. */
#define AT_ONCE 300

/* One for each start of the machine. */
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

void
kaf_lease_get_moment (KafDatabase *db, KafLeaseMoment *moment, char boot[KAF_LEASE_BOOT_SIZE])
{
  g_autofree char *id = NULL;
  struct timespec ran = { 0 };

  /* Where there is none, all starts are one: time that it was off is not counted. */
  if (!g_file_get_contents (BOOT_ID, &id, NULL, NULL))
    id = g_strdup ("unknown");
  g_strlcpy (boot, g_strstrip (id), KAF_LEASE_BOOT_SIZE);
  clock_gettime (CLOCK_BOOTTIME, &ran);
  *moment = (KafLeaseMoment){ boot, ran.tv_sec * G_USEC_PER_SEC + ran.tv_nsec / 1000,
                              kaf_clock_now (db->clock) };
}

static void
read_book (KafDatabase *db, KafLeaseBook *book)
{
  g_autofree char *text = kaf_local_get (db, BOOK);

  kaf_lease_parse (book, text);
}

static gboolean
write_book (KafDatabase *db, const KafLeaseBook *book, GError **error)
{
  g_autofree char *text = kaf_lease_print (book);

  return kaf_local_set (db, BOOK, text, error);
}

static guint
read_days (KafDatabase *db, const char *key)
{
  g_autofree char *text = kaf_read_setting (db, key, NULL);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
judge (KafDatabase *db, const KafLeaseBook *book, const KafLeaseMoment *now, KafLeaseReport *report)
{
  g_autofree char *synced = kaf_local_get (db, KAF_SYNC_AT);
  g_autofree char *removed = kaf_local_get (db, REMOVED);
  g_autofree char *removing = kaf_local_get (db, REMOVING);
  g_autofree char *revoked = kaf_local_get (db, REVOKED);
  guint warn = read_days (db, KAF_SETTING_LEASE_WARN_DAYS);

  *report = (KafLeaseReport){ .state = KAF_LEASE_RUNS,
                              .removed = removed != NULL,
                              .revoked = revoked != NULL };
  report->end = read_days (db, KAF_SETTING_LEASE_DAYS);
  if (kaf_sync_is_enrolled (db) && (revoked != NULL || removing != NULL))
    {
      report->state = KAF_LEASE_ENDED;
      return;
    }
  /* A setting that says nothing is no reason to remove anything. */
  if (!kaf_sync_is_enrolled (db) || synced == NULL || report->end == 0)
    return;
  report->state = kaf_lease_judge (book, g_ascii_strtoll (synced, NULL, 10), now->wall, warn,
                                   report->end, &report->days);
}

void
kaf_lease_read (KafDatabase *db, const KafLeaseMoment *now, KafLeaseReport *report)
{
  KafLeaseBook book;

  read_book (db, &book);
  kaf_lease_look (&book, now);
  judge (db, &book, now, report);
}

/* What stays: all that is still to be sent names, and what a person has not let go of. */

static void
add_id (GHashTable *kept, const char *id)
{
  if (id != NULL)
    g_hash_table_add (kept, g_strdup (id));
}

static void
keep_operation (GHashTable *kept, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  add_id (kept, kaf_operation_get_id (op));
  if (kaf_entity_find_field (entity, "owner") != NULL)
    add_id (kept, kaf_record_get (op->after, "owner"));
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      g_autoptr (GPtrArray) named = NULL;

      if (entity->fields[i].target == NULL)
        continue;
      named = kaf_set_difference (kaf_record_get_at (op->after, i), NULL);
      for (guint j = 0; j < named->len; j++)
        add_id (kept, ((KafElement *) g_ptr_array_index (named, j))->value);
    }
}

static gboolean
keep_unsent (KafDatabase *db, GHashTable *kept, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *device = NULL;
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  statement = kaf_database_prepare (
      db, "SELECT coalesce (payload, remainder) FROM op_group WHERE device = ? AND dseq > ?",
      error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, state.acked);
  while (kaf_database_step (db, statement, &local))
    {
      const char *payload = kaf_statement_text (statement, 0);
      g_autoptr (GPtrArray) operations =
          payload != NULL ? kaf_operation_parse (payload, strlen (payload), NULL) : NULL;

      for (guint i = 0; operations != NULL && i < operations->len; i++)
        keep_operation (kept, g_ptr_array_index (operations, i));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
keep_ids (KafDatabase *db, const char *sql, GHashTable *kept, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    add_id (kept, kaf_statement_text (statement, 0));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Whatever of a draft looks like an id is one, or nobody's. What stands before it may be JSON's way to write the end of
 * a line: a letter. */
static void
keep_draft (GHashTable *kept, const KafDraft *draft)
{
  const char *texts[] = { draft->slot, draft->fields };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (const char *at = texts[i]; *at != '\0';)
      {
        gsize length = strspn (at, "0123456789abcdef-");
        g_autofree char *word = g_strndup (at, length);

        if (kaf_id_is_uuid (word))
          add_id (kept, word);
        at += MAX (length, 1);
      }
}

static GHashTable *
find_kept (KafDatabase *db, GError **error)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) drafts = kaf_draft_list (db, error);

  if (drafts == NULL || !keep_unsent (db, kept, error) ||
      !keep_ids (db, "SELECT h.id FROM held x JOIN head h ON h.rid = x.rid", kept, error) ||
      !keep_ids (db, "SELECT id FROM refusal WHERE let_go IS NULL", kept, error))
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    keep_draft (kept, g_ptr_array_index (drafts, i));
  return g_steal_pointer (&kept);
}

static gboolean
is_kept (KafDatabase *db, const char *id, GHashTable *kept, gboolean *keeps, GError **error)
{
  g_autoptr (GPtrArray) parts = kaf_erase_find (db, kaf_registry_find ("person"), id, error);

  *keeps = FALSE;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    *keeps |= g_hash_table_contains (kept, ((KafErased *) g_ptr_array_index (parts, i))->id);
  return parts != NULL;
}

/* Some persons more, deleted ones too, that nothing still to be sent is about. @rid (inout): the row number up to which
 * they were looked at; @last (out): there are no more behind it. (element-type KafErased) */
static GPtrArray *
find_removed (KafDatabase *db, gint64 *rid, gboolean *last, GError **error)
{
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (GHashTable) kept = find_kept (db, error);
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT rid, id FROM head WHERE entity = 'person' AND rid > ? ORDER BY rid"
      " LIMIT " G_STRINGIFY (AT_ONCE),
      error);
  GError *local = NULL;

  if (kept == NULL || statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *rid);
  while (kaf_database_step (db, statement, &local))
    {
      *rid = sqlite3_column_int64 (statement, 0);
      g_ptr_array_add (some, g_strdup (kaf_statement_text (statement, 1)));
    }
  kaf_statement_done (statement);
  *last = some->len < AT_ONCE;
  for (guint i = 0; local == NULL && i < some->len; i++)
    {
      const char *id = g_ptr_array_index (some, i);
      gboolean keeps;

      if (is_kept (db, id, kept, &keeps, &local) && !keeps)
        g_ptr_array_add (removed, kaf_erased_new (0, person, id));
    }
  if (local == NULL)
    return g_steal_pointer (&removed);
  g_propagate_error (error, local);
  return NULL;
}

/* The hub is to tell all of it again, what this device wrote too: that is noted first, so that nothing is
 * missing for ever when the machine stops in between. Until then, what stays may name what went. */
static gboolean
begin_removing (KafDatabase *db, GError **error)
{
  return kaf_sync_begin_anew (db, NULL, error) && kaf_local_set (db, KAF_SYNC_WHOLE, "1", error) &&
         kaf_local_set (db, KAF_SYNC_NO_SNAPSHOT, "1", error) &&
         kaf_local_set (db, KAF_SYNC_READING, "1", error) &&
         kaf_local_set (db, REMOVING, "0", error);
}

static gboolean
remove_some (KafDatabase *db, guint *n, gboolean *last, GError **error)
{
  g_autofree char *before = kaf_local_get (db, REMOVING);
  gint64 rid = before != NULL ? g_ascii_strtoll (before, NULL, 10) : 0;
  g_autoptr (GPtrArray) removed = NULL;

  if (before == NULL && !begin_removing (db, error))
    return FALSE;
  removed = find_removed (db, &rid, last, error);
  if (removed == NULL || !kaf_erase_purge_some (db, removed, error))
    return FALSE;
  *n = removed->len;
  if (!*last)
    return kaf_sync_set_number (db, REMOVING, rid, error);
  return kaf_erase_finish_left (db, error) && kaf_local_set (db, REMOVED, "1", error) &&
         kaf_local_set (db, REMOVING, NULL, error);
}

gboolean
kaf_lease_revoke (KafDatabase *db, GError **error)
{
  g_autofree char *revoked = kaf_local_get (db, REVOKED);

  return revoked != NULL || kaf_local_set (db, REVOKED, "1", error);
}

/* A first exchange that broke off left persons beside a store that knows of none: they go with the lease, which never began.
 * They come again, so that no clock is asked whether it is right. */
static void
drop_parts (KafDatabase *db, const KafLeaseMoment *now, const KafLeaseReport *report)
{
  g_autofree char *part = g_strconcat (kaf_database_get_path (db), KAF_ADOPT_PART, NULL);
  GStatBuf info;

  if (g_stat (part, &info) != 0)
    return;
  if (report->state == KAF_LEASE_ENDED ||
      (report->end > 0 &&
       now->wall - info.st_mtime * G_USEC_PER_SEC >= report->end * KAF_LEASE_DAY))
    kaf_adopt_remove_parts (kaf_database_get_path (db));
}

gboolean
kaf_lease_check (KafDatabase *db,
                 const KafLeaseMoment *now,
                 KafLeaseReport *report,
                 guint *n_removed,
                 GError **error)
{
  KafLeaseBook book;

  *n_removed = 0;
  read_book (db, &book);
  kaf_lease_look (&book, now);
  judge (db, &book, now, report);
  if (!kaf_sync_is_enrolled (db))
    return TRUE;
  drop_parts (db, now, report);
  if (!write_book (db, &book, error))
    return FALSE;
  if (report->state != KAF_LEASE_ENDED || report->removed)
    return TRUE;
  if (!remove_some (db, n_removed, &report->removed, error))
    return FALSE;
  report->more = !report->removed;
  return TRUE;
}

gboolean
kaf_lease_renew (KafDatabase *db, GError **error)
{
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment now;
  KafLeaseBook book;

  kaf_lease_get_moment (db, &now, boot);
  kaf_lease_begin (&book, &now);
  return write_book (db, &book, error) && kaf_local_set (db, REMOVED, NULL, error) &&
         kaf_local_set (db, REVOKED, NULL, error) && kaf_local_set (db, REMOVING, NULL, error);
}
