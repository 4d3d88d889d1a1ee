/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-sync-state.h"

#include <string.h>

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-narrow.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-transaction-private.h"

void
kaf_sync_state_clear (KafSyncState *self)
{
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->cursor, g_free);
}

static gint64
get_number (KafDatabase *db, const char *key)
{
  g_autofree char *text = kaf_local_get (db, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

gint64
kaf_sync_get_seen (KafDatabase *db)
{
  return get_number (db, KAF_SYNC_SEEN);
}

gboolean
kaf_sync_is_enrolled (KafDatabase *db)
{
  g_autofree char *url = kaf_local_get (db, KAF_SYNC_URL);

  return url != NULL;
}

gboolean
kaf_sync_is_part (KafDatabase *db)
{
  g_autofree char *scope = kaf_local_get (db, KAF_SYNC_SCOPE);
  g_autofree char *name = kaf_local_get (db, KAF_SYNC_ROLE);
  const KafRole *role = name != NULL ? kaf_role_find (name) : NULL;
  g_auto (GStrv) scopes = g_strsplit (scope != NULL ? scope : KAF_SCOPE_NATIONAL, " ", -1);

  return !g_strv_contains ((const char *const *) scopes, KAF_SCOPE_NATIONAL) ||
         /* Totals, for who sees nothing else, were counted over all. */
         (role != NULL && role->entities != NULL && !role->aggregates_only);
}

char **
kaf_sync_read_bounds (KafDatabase *db, const char *kind)
{
  g_autofree char *scope = kaf_sync_is_enrolled (db) ? kaf_local_get (db, KAF_SYNC_SCOPE) : NULL;
  g_auto (GStrv) scopes = g_strsplit (scope != NULL ? scope : "", " ", -1);
  g_autoptr (GStrvBuilder) bounds = g_strv_builder_new ();

  if (scopes[0] == NULL)
    return NULL;
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      if (!g_str_has_prefix (scopes[i], kind))
        return NULL;
      g_strv_builder_add (bounds, scopes[i] + strlen (kind));
    }
  return g_strv_builder_end (bounds);
}

/* Another connection may have given the store another number. */
guint64
kaf_sync_get_device (KafDatabase *db)
{
  g_autofree char *device = kaf_database_get_meta (db, "device");

  if (device != NULL)
    db->device = g_ascii_strtoull (device, NULL, 16);
  return db->device;
}

char *
kaf_sync_get_epoch (KafDatabase *db)
{
  g_autofree char *cursor = kaf_local_get (db, KAF_SYNC_CURSOR);
  const char *end = cursor != NULL ? strchr (cursor, '.') : NULL;

  return end != NULL ? g_strndup (cursor, end - cursor) : NULL;
}

/* Of a role that is not known here the hub judges alone. */
static guint
get_reads (const char *name)
{
  const KafRole *role = name != NULL ? kaf_role_find (name) : NULL;

  return role != NULL ? role->reads : KAF_CLASS_ALL;
}

static guint
read_classes (const char *text)
{
  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : KAF_CLASS_ALL;
}

gboolean
kaf_sync_place_read (KafDatabase *db, KafSyncPlace *self, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            "SELECT (SELECT value FROM meta WHERE key = 'device'),"
                            " (SELECT value FROM local WHERE key = '" KAF_SYNC_URL "') IS NOT NULL,"
                            " (SELECT value FROM local WHERE key = '" KAF_SYNC_SEEN "'),"
                            " (SELECT value FROM local WHERE key = '" KAF_SYNC_ROLE "'),"
                            " (SELECT value FROM local WHERE key = '" KAF_SYNC_TOLD "'),"
                            " (SELECT min (CAST (value AS INTEGER)) FROM local"
                            " WHERE key IN ('" KAF_SYNC_UNKNOWN "', '" KAF_SYNC_SCHEMA "'))",
                            error);
  const char *device, *role, *told;

  if (statement == NULL || !kaf_database_step (db, statement, error))
    return FALSE;
  device = kaf_statement_text (statement, 0);
  if (device != NULL)
    db->device = g_ascii_strtoull (device, NULL, 16);
  role = kaf_statement_text (statement, 3);
  told = kaf_statement_text (statement, 4);
  *self = (KafSyncPlace){ sqlite3_column_int (statement, 1), sqlite3_column_int64 (statement, 2),
                          KAF_CLASS_ALL, db->schema };
  if (self->enrolled)
    self->told = get_reads (role) & read_classes (told);
  if (self->enrolled && sqlite3_column_type (statement, 5) != SQLITE_NULL)
    self->schema = MIN (db->schema, (guint) sqlite3_column_int (statement, 5));
  return TRUE;
}

gboolean
kaf_sync_set_number (KafDatabase *db, const char *key, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return kaf_local_set (db, key, text, error);
}

gboolean
kaf_sync_keep_unknown (KafDatabase *db, GError **error)
{
  return get_number (db, KAF_SYNC_UNKNOWN) > 0 ||
         kaf_sync_set_number (db, KAF_SYNC_UNKNOWN, db->schema, error);
}

gboolean
kaf_sync_find_replaced (KafDatabase *db, gboolean *replaced, GError **error)
{
  gint64 left_out = get_number (db, KAF_SYNC_UNKNOWN), before = get_number (db, KAF_SYNC_SCHEMA);

  *replaced = left_out > 0 && left_out < db->schema;
  if (!*replaced)
    return TRUE;
  /* The oldest counts where a program was replaced twice before all was read. */
  return kaf_sync_set_number (db, KAF_SYNC_SCHEMA, before > 0 ? MIN (before, left_out) : left_out,
                              error) &&
         kaf_local_set (db, KAF_SYNC_UNKNOWN, NULL, error);
}

gboolean
kaf_sync_is_forked (KafDatabase *db)
{
  g_autofree char *forked = kaf_local_get (db, KAF_SYNC_FORKED);

  return forked != NULL;
}

/* Operations of this device that the hub has not acknowledged. */
static gboolean
count_waiting (KafDatabase *db, KafSyncState *self, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT coalesce (sum (n_ops), 0), coalesce (sum (n_ops) FILTER (WHERE NOT"
      " " KAF_OUTBOX_IS_LISTS "), 0) FROM op_group g WHERE device = ? AND dseq > ?",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, self->acked);
  if (!kaf_database_step (db, statement, error))
    return FALSE;
  self->n_unsent = sqlite3_column_int64 (statement, 0);
  self->n_waiting = sqlite3_column_int64 (statement, 1);
  return TRUE;
}

/* "AT EPOCH DEVICE MENDED LEFT UNKNOWN" */
static void
read_compared (KafDatabase *db, KafSyncState *self)
{
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_COMPARED);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  if (g_strv_length (words) != 6)
    return;
  self->compared_at = g_ascii_strtoll (words[0], NULL, 10);
  self->n_mended = g_ascii_strtoull (words[3], NULL, 10);
  self->n_unmended = g_ascii_strtoull (words[4], NULL, 10);
  self->n_unknown = g_ascii_strtoull (words[5], NULL, 10);
}

gboolean
kaf_sync_state_read (KafDatabase *db, KafSyncState *self, GError **error)
{
  g_autofree char *preview = kaf_local_get (db, KAF_SYNC_PREVIEW);
  g_autofree char *whole = kaf_local_get (db, KAF_SYNC_WHOLE);
  GError *local = NULL;

  kaf_sync_get_device (db);
  *self = (KafSyncState){
    .url = kaf_local_get (db, KAF_SYNC_URL),
    .user = kaf_local_get (db, KAF_SYNC_USER),
    .role = kaf_local_get (db, KAF_SYNC_ROLE),
    .cursor = kaf_local_get (db, KAF_SYNC_CURSOR),
    .acked = get_number (db, KAF_SYNC_ACKED),
    .erased = get_number (db, KAF_SYNC_ERASED),
    .settled = get_number (db, KAF_SYNC_SETTLED),
    .synced_at = get_number (db, KAF_SYNC_AT),
    .preview = preview != NULL,
    .whole = whole != NULL,
  };
  read_compared (db, self);
  if (count_waiting (db, self, &local))
    self->n_rejected = kaf_refusals_count (db, &local);
  if (local == NULL)
    self->n_settled = kaf_refusals_count_settled (db, &local);
  if (local == NULL)
    self->n_held = kaf_duplicates_count_held (db, &local);
  if (local == NULL)
    self->n_conflicts = kaf_database_get_int (
        db, "SELECT count(*) FROM conflict WHERE state = 'open' AND deleted_at IS NULL", &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  kaf_sync_state_clear (self);
  return FALSE;
}

/* The classes that both roles read were told all along. */
static gboolean
set_role (KafDatabase *db, const char *name, GError **error)
{
  g_autofree char *known = kaf_local_get (db, KAF_SYNC_ROLE);
  g_autofree char *text = kaf_local_get (db, KAF_SYNC_TOLD);
  g_autofree char *told = NULL;

  if (name == NULL || g_strcmp0 (known, name) == 0)
    return TRUE;
  told = g_strdup_printf ("%u", read_classes (text) & get_reads (known) & get_reads (name));
  return kaf_narrow_note (db, name, error) && kaf_local_set (db, KAF_SYNC_ROLE, name, error) &&
         (known == NULL || kaf_local_set (db, KAF_SYNC_TOLD, told, error));
}

guint
kaf_sync_count_granted (KafDatabase *db)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count (*) FROM head WHERE deleted = 0"
                                          " AND entity NOT IN (''");
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (kaf_scope_is_everybodys (entities[i]))
      g_string_append_printf (sql, ", '%s'", entities[i]->id);
  g_string_append_c (sql, ')');
  kaf_transaction_settle (db->transaction);
  return (guint) kaf_database_get_int (db, sql->str, NULL);
}

/* Before a role and a scope were told once, none was changed. */
static gboolean
note_regranted (KafDatabase *db, const char *role, const char *scope, GError **error)
{
  g_autofree char *known_role = kaf_local_get (db, KAF_SYNC_ROLE);
  g_autofree char *known_scope = kaf_local_get (db, KAF_SYNC_SCOPE);
  g_autofree char *before = NULL, *known = NULL;

  if (known_scope == NULL || (g_strcmp0 (role != NULL ? role : known_role, known_role) == 0 &&
                              g_strcmp0 (scope != NULL ? scope : known_scope, known_scope) == 0))
    return TRUE;
  before = g_strdup_printf ("%u", kaf_sync_count_granted (db));
  known = kaf_local_get (db, KAF_SYNC_REGRANTED);
  return known != NULL || kaf_local_set (db, KAF_SYNC_REGRANTED, before, error);
}

gboolean
kaf_sync_set_grants (KafDatabase *db, const char *role, const char *scope, GError **error)
{
  g_autofree char *known = kaf_local_get (db, KAF_SYNC_SCOPE);

  return note_regranted (db, role, scope, error) && set_role (db, role, error) &&
         (scope == NULL || g_strcmp0 (known, scope) == 0 ||
          kaf_local_set (db, KAF_SYNC_SCOPE, scope, error));
}

KafHello
kaf_sync_state_greet (const KafSyncState *self, gint64 now)
{
  return (KafHello){ .protocol = KAF_EXCHANGE_PROTOCOL,
                     .now = now,
                     .cursor = self->cursor,
                     .erased = self->erased,
                     .settled = self->settled,
                     .whole = self->whole };
}

static gboolean
write_enrolment (
    KafDatabase *db, const char *url, const char *user, const char *role, GError **error)
{
  return kaf_local_set (db, KAF_SYNC_URL, url, error) &&
         kaf_local_set (db, KAF_SYNC_USER, user, error) &&
         kaf_sync_set_grants (db, role, NULL, error);
}

gboolean
kaf_sync_enroll (KafDatabase *db,
                 const char *url,
                 const char *user,
                 const char *role,
                 guint64 device,
                 GError **error)
{
  g_autofree char *now = kaf_local_get (db, KAF_SYNC_URL);

  if (now != NULL && !g_str_equal (now, url))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "enrolled at another hub");
      return FALSE;
    }
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if ((device == kaf_sync_get_device (db) || kaf_sync_renumber (db, device, error)) &&
      write_enrolment (db, url, user, role, error) && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  kaf_sync_get_device (db);
  return FALSE;
}
