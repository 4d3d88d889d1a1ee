/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite transaction, a change at a time.
 *
 *   validate → rows (kaf-writer) → journal (kaf-journal) → identity → … → commit
 *
 * The head and the search document of a record are written when the next record is touched, so
 * that a person and her facets, created one after the other, are indexed once. */
#include "config.h"

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "store/kaf-journal.h"
#include "store/kaf-ledger.h"
#include "store/kaf-permit.h"
#include "store/kaf-query-sql.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-tier-review.h"
#include "store/kaf-validate.h"
#include "store/kaf-minutes-kept.h"
#include "store/kaf-validated.h"
#include "store/kaf-writer.h"
#include "sync/kaf-field-clocks.h"

#define RECEIPT_MAX 1000

/* Above this many records, SQLite is told to look at the shape of the tables again. */
#define ANALYSE_FROM 2000

KafTransaction *
kaf_transaction_begin (KafDatabase *db, const char *label, GError **error)
{
  KafTransaction *self;
  KafSyncPlace place;
  g_autofree char *next = NULL;

  g_return_val_if_fail (db->transaction == NULL, NULL);

  if (db->read_only)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY, "opened for reading only");
      return NULL;
    }
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (!kaf_ledger_refresh (db, error) || !kaf_sync_place_read (db, &place, error))
    {
      kaf_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  self = g_new0 (KafTransaction, 1);
  self->db = db;
  self->now = kaf_clock_now (db->clock);
  self->receipt = kaf_receipt_new (label);
  self->receipt->batch = kaf_id_new (db->clock, db->random);
  self->journal = kaf_journal_new (db, self->receipt->batch, kaf_database_get_author (db), &place);
  self->tallies = g_hash_table_new (g_str_hash, g_str_equal);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->checked = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->beside = kaf_beside_new ();
  self->one = kaf_one_new (db, self->beside);
  self->renamed = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  next = kaf_database_get_meta (db, "next_rid");
  self->next_rid = next != NULL ? g_ascii_strtoll (next, NULL, 10) : 1;
  self->enrolled = place.enrolled;
  self->role = place.enrolled && !g_str_equal (label, "lists") ? kaf_permit_read (db) : NULL;
  db->transaction = self;
  return self;
}

KafTransaction *
kaf_transaction_begin_remote (KafDatabase *db, GError **error)
{
  KafTransaction *self = kaf_transaction_begin (db, "sync", error);

  if (self == NULL)
    return NULL;
  self->remote = TRUE;
  self->role = NULL;
  self->drops = kaf_drop_any (db);
  kaf_journal_speak_for_others (self->journal);
  return self;
}

static void
transaction_free (KafTransaction *self)
{
  self->db->transaction = NULL;
  if (self->other_cache)
    kaf_database_set_cache (self->db, KAF_CACHE_KIB);
  if (self->receipt->n_records >= ANALYSE_FROM)
    kaf_database_exec (self->db, "PRAGMA shrink_memory", NULL);
  kaf_transaction_clear_held (self);
  kaf_transaction_clear_waiting (self);
  g_hash_table_unref (self->checked);
  kaf_journal_free (self->journal);
  g_hash_table_unref (self->tallies);
  g_hash_table_unref (self->counters);
  kaf_one_free (self->one);
  kaf_beside_free (self->beside);
  g_ptr_array_unref (self->renamed);
  g_clear_pointer (&self->receipt, kaf_receipt_unref);
  g_clear_error (&self->failure);
  g_free (self->undoes);
  g_free (self->told);
  g_free (self);
}

void
kaf_transaction_abort (KafTransaction *self)
{
  kaf_database_exec (self->db, "ROLLBACK", NULL);
  kaf_read_forget_titles (self->db);
  transaction_free (self);
}

void
kaf_transaction_set_undoes (KafTransaction *self, const char *batch)
{
  self->undoes = g_strdup (batch);
}

const char *
kaf_transaction_get_batch (KafTransaction *self)
{
  return self->receipt->batch;
}

void
kaf_transaction_skip (KafTransaction *self, const char *ref, const char *field)
{
  g_ptr_array_add (self->receipt->skipped,
                   g_strdup_printf ("%s: %s", ref != NULL ? ref : "", field));
}

void
kaf_transaction_skip_permanent (KafTransaction *self, const char *entity)
{
  kaf_transaction_skip (self, NULL, entity);
  self->receipt->n_permanent++;
}

/* A record and its facets come one after the other. */
static void
count_told (KafTransaction *self, const KafEntity *root, const char *id)
{
  if (kaf_entity_has (root, KAF_ENTITY_LOCAL_OFFICE) || g_str_equal (root->id, "source_claim") ||
      g_strcmp0 (self->told, id) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (id);
  self->receipt->n_told++;
}

void
kaf_transaction_use_cache (KafTransaction *self, guint kib)
{
  self->other_cache = TRUE;
  kaf_database_set_cache (self->db, kib);
}

void
kaf_transaction_note (KafTransaction *self, KafRecord *record, gboolean created)
{
  KafReceipt *receipt = self->receipt;
  const char *id = kaf_record_get_id (record);

  if (++receipt->n_records == ANALYSE_FROM && !self->remote)
    kaf_transaction_use_cache (self, KAF_CACHE_LARGE_KIB);
  count_told (self, kaf_entity_get_root (kaf_record_get_entity (record)), id);
  if (receipt->ids->len < RECEIPT_MAX &&
      (receipt->ids->len == 0 ||
       !g_str_equal (g_ptr_array_index (receipt->ids, receipt->ids->len - 1), id)))
    g_ptr_array_add (receipt->ids, g_strdup (id));
  if (created && kaf_record_get_ref (record) != NULL && receipt->refs_made->len < RECEIPT_MAX)
    g_ptr_array_add (receipt->refs_made, g_strdup (kaf_record_get_ref (record)));
  if (kaf_entity_has (kaf_record_get_entity (record), KAF_ENTITY_LIST))
    self->lists_touched = TRUE;
  kaf_beside_note (self->beside, self->db, record, created);
}

static void
stamp (KafTransaction *self, KafRecord *record, gboolean created)
{
  KafStamp *mark = kaf_record_get_stamp (record);

  mark->updated_at = self->now;
  g_free (mark->updated_by);
  mark->updated_by = g_strdup (self->db->author);
  if (!created)
    return;
  mark->created_at = self->now;
  g_free (mark->created_by);
  mark->created_by = g_strdup (self->db->author);
}

/* Sets hashed from content, list items keyed by their code, the rest drawn. *@drawn (out): nobody can have it. */
static char *
make_id (KafTransaction *self, KafRecord *record, gboolean *drawn)
{
  char *id;

  *drawn = FALSE;
  if (kaf_entity_has (kaf_record_get_entity (record), KAF_ENTITY_LIST))
    return g_strdup (kaf_record_get (record, "code"));
  id = kaf_record_identify (record);
  *drawn = id == NULL;
  return id != NULL ? id : kaf_id_new (self->db->clock, self->db->random);
}

static gboolean
place_new (KafTransaction *self, KafRecord *record, gint64 *rid, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (KafRecord) facet = NULL;
  g_autofree char *id = NULL;
  gboolean drawn = FALSE;

  if (kaf_record_get_id (record) == NULL && entity->owner == NULL)
    {
      id = make_id (self, record, &drawn);
      kaf_record_set_id (record, id);
    }

  *rid = kaf_record_get_id (record) != NULL && !drawn
             ? kaf_database_find_rid (self->db, root, kaf_record_get_id (record))
             : 0;
  if (entity->owner != NULL && *rid == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no %s to be a %s of",
                   entity->owner, entity->id);
      return FALSE;
    }

  /* What she is by another of her records alone makes way. */
  if (entity->owner != NULL &&
      !kaf_one_restore (self->one, root, *rid, kaf_record_get_id (record), &self->failure))
    return FALSE;
  facet = entity->owner != NULL ? kaf_read_row (self->db, entity, *rid, NULL, NULL) : NULL;
  if (facet != NULL || (entity->owner == NULL && *rid != 0))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "such a %s is there already",
                   entity->id);
      return FALSE;
    }
  if (kaf_record_get_ref (record) != NULL &&
      !kaf_transaction_ref_is_free (self, kaf_record_get_ref (record)))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "the reference is taken");
      return FALSE;
    }
  if (entity->owner == NULL)
    *rid = self->next_rid++;
  return TRUE;
}

/* By the id that it brings: what makes its id from its content (a setting) may be made anew. */
static gboolean
refuse_erased (KafTransaction *self, KafRecord *given, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (kaf_record_get_entity (given));
  const char *id = kaf_record_get_id (given);

  if (id == NULL || !kaf_ledger_holds (self->db, root, id))
    return FALSE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED, "this %s was erased for ever",
               root->id);
  return TRUE;
}

static gboolean
apply_create (
    KafTransaction *self, KafRecord *given, char **id_out, KafFault *fault, GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_copy (given);
  const KafEntity *entity = kaf_record_get_entity (record);
  gboolean waits = kaf_transaction_rows_wait (entity);
  const KafHlc *clock;
  gint64 rid;

  kaf_record_begin (record);
  if (refuse_erased (self, given, error) ||
      kaf_rule_set_refuse (self->db, NULL, record, self->undoes != NULL, &fault->field, error) ||
      !kaf_validate_change (self->db, NULL, record, &fault->field, error) ||
      !kaf_validated_may_add (self->db, record, &fault->field, error) ||
      !kaf_minutes_may_change (self->db, NULL, record, FALSE, &fault->field, error) ||
      !place_new (self, record, &rid, error))
    return FALSE;

  stamp (self, record, TRUE);
  clock = kaf_journal_prepare (self->journal, &self->failure);
  if (clock == NULL || !kaf_transaction_give_ref (self, record, rid) ||
      (!waits && !kaf_writer_insert (self->db, record, rid, clock, &self->failure)))
    return FALSE;
  kaf_journal_add (self->journal, KAF_CHANGE_CREATE, NULL, record, rid, NULL);
  kaf_one_note (self->one, record, rid);
  if (self->undoes == NULL && g_str_equal (entity->id, "judgement"))
    kaf_one_note_judged (self->one, record);

  if (waits)
    kaf_transaction_hold_rowless (self, rid, record, clock);
  else if (entity->owner == NULL)
    kaf_transaction_hold_new (self, rid, record);
  else if (kaf_transaction_hold (self, kaf_entity_get_root (entity), rid,
                                 kaf_record_get_id (record)))
    {
      /* Read just now, it is held as its row says. */
      kaf_transaction_hold_facet (self, record);
      self->dirty = TRUE;
    }
  if (self->failure == NULL)
    kaf_transaction_count (self, entity, 1);
  kaf_transaction_note (self, record, TRUE);
  if (id_out != NULL)
    *id_out = g_strdup (kaf_record_get_id (record));
  return TRUE;
}

/* What the writer saw: the latest clock of the fields that it changes. */
static void
latest_clock (KafDatabase *db, KafRecord *change, gint64 rid, KafHlc *latest)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  g_autofree char *sql = g_strdup_printf ("SELECT clock FROM \"%s\" WHERE rid = ?", entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  *latest = (KafHlc){ 0 };
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, rid);
  if (!kaf_database_step (db, statement, NULL))
    return;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      KafHlc clock;

      if (!kaf_record_holds_at (change, i))
        continue;
      kaf_field_clocks_get (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0),
                            entity->fields[i].id, &clock);
      if (kaf_hlc_compare (&clock, latest) > 0)
        *latest = clock;
    }
}

static gboolean
find_existing (
    KafTransaction *self, KafRecord *record, gint64 *rid, KafRecord **before, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);

  *rid = kaf_database_find_rid (self->db, kaf_entity_get_root (entity), id);
  if (*rid == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s", entity->id);
      return FALSE;
    }
  /* It is written as it came, whatever it shows. */
  if (!kaf_one_restore (self->one, kaf_entity_get_root (entity), *rid, id, &self->failure))
    return FALSE;
  *before = kaf_read_row (self->db, entity, *rid, id, error);
  return *before != NULL;
}

static gboolean
refuse_append_only (const KafEntity *entity, GError **error)
{
  if (!kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
    return FALSE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED,
               "a %s is written once and never changed", entity->id);
  return TRUE;
}

/* Who says that a person is verified has done it today, unless the day is told: the count of 2030 asks for it. */
static void
date_verification (KafTransaction *self, KafRecord *before, KafRecord *change)
{
  g_autofree char *today = NULL;

  if (self->undoes != NULL || !g_str_equal (kaf_record_get_entity (change)->id, "person") ||
      g_strcmp0 (kaf_record_get (change, "status"), "verified") != 0 ||
      g_strcmp0 (kaf_record_get (before, "status"), "verified") == 0 ||
      kaf_record_get (change, "verified_on") != NULL ||
      kaf_record_get (before, "verified_on") != NULL)
    return;
  today = kaf_date_from_time (self->now);
  kaf_record_set (change, "verified_on", today);
}

static gboolean
apply_update (KafTransaction *self, KafRecord *given, KafFault *fault, GError **error)
{
  g_autoptr (KafRecord) copy = kaf_record_copy (given);
  g_autoptr (KafRecord) before = NULL;
  g_autoptr (KafRecord) change = NULL;
  const KafEntity *entity = kaf_record_get_entity (given);
  const KafHlc *clock;
  KafHlc base;
  gboolean is_held;
  gint64 rid;

  if (refuse_append_only (entity, error) || !find_existing (self, given, &rid, &before, error))
    return FALSE;
  date_verification (self, before, copy);
  if (kaf_rule_set_refuse (self->db, before, copy, self->undoes != NULL, &fault->field, error) ||
      !kaf_validate_change (self->db, before, copy, &fault->field, error))
    return FALSE;
  change = kaf_record_diff (before, copy);
  if (change == NULL)
    return TRUE;
  if (!kaf_validated_may_change (self->db, before, change, &fault->field, error) ||
      !kaf_minutes_may_change (self->db, before, change, self->undoes != NULL, &fault->field,
                               error))
    return FALSE;
  if (kaf_entity_has (entity, KAF_ENTITY_LIST) && kaf_record_holds (change, "code"))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED, "a code never changes");
      return FALSE;
    }

  stamp (self, change, FALSE);
  kaf_record_set_ref (change, kaf_record_get_ref (before));
  latest_clock (self->db, change, rid, &base);
  clock = kaf_journal_prepare (self->journal, &self->failure);
  if (clock == NULL || !kaf_writer_update (self->db, before, change, rid, clock, &self->failure))
    return FALSE;
  kaf_journal_add (self->journal, KAF_CHANGE_UPDATE, before, change, rid, &base);
  kaf_beside_note_before (self->beside, self->db, before, change);
  kaf_one_note (self->one, change, rid);

  is_held = self->held.rid == rid;
  if (is_held || kaf_transaction_touches_identity (change))
    {
      if (kaf_entity_has (entity, KAF_ENTITY_LIST))
        g_ptr_array_add (self->renamed, kaf_record_ref (change));
      if (is_held)
        kaf_transaction_replace_held (self, entity, rid, kaf_record_get_id (given));
      else
        /* What is read now has the change. */
        self->dirty = kaf_transaction_hold (self, kaf_entity_get_root (entity), rid,
                                            kaf_record_get_id (given));
    }
  kaf_transaction_note (self, change, FALSE);
  return TRUE;
}

static gboolean
apply_mark (KafTransaction *self, KafChangeKind kind, KafRecord *given, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (given);
  const KafEntity *root = kaf_entity_get_root (entity);
  gboolean delete = kind == KAF_CHANGE_DELETE;
  const KafStamp by = { .updated_at = self->now, .updated_by = (char *) self->db->author };
  g_autoptr (KafRecord) before = NULL;
  const char *field = NULL;
  gint64 rid;

  if (refuse_append_only (entity, error) || !find_existing (self, given, &rid, &before, error))
    return FALSE;
  if ((kaf_record_get_stamp (before)->deleted_at > 0) == delete)
    return TRUE;
  if (delete &&(kaf_rule_set_refuse_delete (before, self->undoes != NULL, error) ||
                !kaf_validated_may_change (self->db, before, NULL, &field, error)))
    return FALSE;
  if (!kaf_minutes_may_change (self->db, delete ? before : NULL, delete ? NULL : before, FALSE,
                               &field, error))
    return FALSE;

  if (kaf_journal_prepare (self->journal, &self->failure) == NULL ||
      !kaf_writer_mark (self->db, entity, rid, delete ? self->now : 0, &by, &self->failure) ||
      !kaf_transaction_hold (self, root, rid, kaf_record_get_id (given)))
    return FALSE;
  /* Whoever named it was right then. */
  if (delete)
    g_hash_table_remove_all (self->checked);
  kaf_record_set_ref (given, kaf_record_get_ref (before));
  kaf_journal_add (self->journal, kind, before, given, rid, NULL);
  kaf_transaction_replace_held (self, entity, rid, kaf_record_get_id (given));
  kaf_transaction_count (self, entity, delete ? -1 : 1);
  kaf_transaction_note (self, given, FALSE);
  return TRUE;
}

/* Whether a live record binds the identity held: an office, say. */
static gboolean
is_tied (KafTransaction *self, const KafEntity *root, const char *id)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      const KafField *field = kaf_query_sql_parent_field (entities[i], root);
      g_autofree char *sql = NULL;
      g_autoptr (KafStatement) statement = NULL;

      if (!kaf_entity_has (entities[i], KAF_ENTITY_TIE) || field == NULL)
        continue;
      sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE \"%s\" = ? AND deleted_at IS NULL",
                             entities[i]->id, field->id);
      statement = kaf_database_prepare (self->db, sql, &self->failure);
      if (statement == NULL)
        return TRUE;
      kaf_statement_bind_text (statement, 1, id);
      if (kaf_database_step (self->db, statement, &self->failure))
        return TRUE;
    }
  return FALSE;
}

/* Deleting what a person was to us deletes the person too when nothing else is left of her:
 * data that no list shows would be kept without a reason (law 09-08). Undo turns both back. */
static gboolean
apply_delete (KafTransaction *self, KafRecord *given, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (given);
  const KafEntity *root = kaf_entity_get_root (entity);
  const char *id = kaf_record_get_id (given);
  g_autoptr (KafRecord) rest = NULL;

  if (!apply_mark (self, KAF_CHANGE_DELETE, given, error))
    return FALSE;
  if (root == entity || !kaf_entity_has (root, KAF_ENTITY_BY_FACET) || self->undoes != NULL ||
      self->held.root == NULL || self->held.facets->len > 0 || is_tied (self, root, id))
    return TRUE;
  rest = kaf_record_new (root, id);
  return apply_mark (self, KAF_CHANGE_DELETE, rest, error);
}

/* What a file belongs to; NULL: it is none, or of nothing that is known. */
static const KafEntity *
find_owner (KafTransaction *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autoptr (KafRecord) before = NULL;
  gint64 rid = 0;

  if (!g_str_equal (entity->id, "attachment"))
    return NULL;
  if (kaf_record_get (record, "owner_entity") != NULL)
    return kaf_registry_find (kaf_record_get (record, "owner_entity"));
  if (kaf_record_get_id (record) != NULL)
    rid = kaf_database_find_rid (self->db, entity, kaf_record_get_id (record));
  before = rid > 0 ? kaf_read_row (self->db, entity, rid, NULL, NULL) : NULL;
  return before != NULL ? kaf_registry_find (kaf_record_get (before, "owner_entity")) : NULL;
}

/* What the hub would refuse is not written here. */
static gboolean
refuse_forbidden (KafTransaction *self, KafChangeKind kind, KafRecord *record, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *sentence = NULL;
  const KafEntity *owner;
  gboolean deletes; /* what it may change, but not delete */

  if (self->role == NULL)
    return FALSE;
  owner = find_owner (self, record);
  deletes = kind == KAF_CHANGE_DELETE && !kaf_permit_allows_new_for (self->role, entity, owner);
  if (!deletes && kaf_permit_allows_for (self->role, entity, owner) &&
      (kind == KAF_CHANGE_CREATE || !kaf_entity_has (entity, KAF_ENTITY_LIST) ||
       kaf_role_keeps_lists (self->role)))
    return FALSE;
  sentence = deletes ? kaf_permit_describe_deletion (self->role, entity)
                     : kaf_permit_describe (self->role, owner != NULL ? owner : entity);
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN, sentence);
  return TRUE;
}

static gboolean
apply_one (KafTransaction *self,
           KafChangeKind kind,
           KafRecord *record,
           char **id_out,
           KafFault *fault,
           GError **error)
{
  switch (kind)
    {
    case KAF_CHANGE_CREATE:
      return apply_create (self, record, id_out, fault, error);
    case KAF_CHANGE_UPDATE:
      return apply_update (self, record, fault, error);
    case KAF_CHANGE_DELETE:
      return apply_delete (self, record, error);
    case KAF_CHANGE_RESTORE:
    default:
      return apply_mark (self, kind, record, error);
    }
}

/* What an undo turns back was done to each record for itself already. */
static gboolean
apply (KafTransaction *self,
       KafChangeKind kind,
       KafRecord *record,
       char **id_out,
       KafFault *fault,
       GError **error)
{
  GError *local = NULL;
  g_autoptr (GPtrArray) each =
      self->undoes == NULL ? kaf_transaction_spread (self, kind, record, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (each == NULL)
    return apply_one (self, kind, record, id_out, fault, error);
  for (guint i = 0; i < each->len; i++)
    if (!apply_one (self, kind, g_ptr_array_index (each, i), NULL, fault, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_transaction_apply (KafTransaction *self,
                       KafChangeKind kind,
                       KafRecord *record,
                       char **id_out,
                       KafFault *fault,
                       GError **error)
{
  KafFault own = { 0 };
  gboolean done = FALSE;

  if (fault == NULL)
    fault = &own;
  fault->field = NULL;
  if (id_out != NULL)
    *id_out = NULL;

  if (self->failure == NULL && refuse_forbidden (self, kind, record, error))
    return FALSE;
  if (self->failure == NULL)
    done = apply (self, kind, record, id_out, fault, error);
  /* What could not be read was taken for what is not there. */
  if (!done && self->failure == NULL && self->db->failure != NULL)
    self->failure = g_error_copy (self->db->failure);
  if (self->failure == NULL)
    return done;
  g_clear_error (error);
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/* Writes the identities again that are found by the name of @item through @field. */
static gboolean
refresh_referring (KafTransaction *self,
                   const KafEntity *entity,
                   const KafField *field,
                   KafRecord *item)
{
  g_autofree char *sql = g_strdup_printf (
      kaf_field_is_many (field)
          ? "SELECT h.rid, h.id FROM \"%s_set\" s JOIN head h ON h.rid = s.rid"
            " WHERE s.field = '%s' AND s.value = ? AND s.removed IS NULL"
          : "SELECT h.rid, h.id FROM \"%s\" s JOIN head h ON h.rid = s.rid WHERE s.\"%s\" = ?",
      entity->id, field->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, &self->failure);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, kaf_record_get_id (item));
  while (kaf_database_step (self->db, statement, &self->failure))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
      g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 1)));
    }
  kaf_statement_done (statement);

  for (guint i = 0; self->failure == NULL && i < rids->len; i++)
    if (kaf_transaction_hold (self, kaf_entity_get_root (entity), g_array_index (rids, gint64, i),
                              g_ptr_array_index (ids, i)))
      self->dirty = TRUE;
  return self->failure == NULL;
}

/* An expert is found by the name of her domain: a name that changed goes into her document too. */
static gboolean
refresh_renamed (KafTransaction *self)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  if (self->renamed->len == 0 || !kaf_transaction_settle (self))
    return self->failure == NULL;
  kaf_read_forget_titles (self->db);
  for (guint i = 0; i < self->renamed->len; i++)
    for (guint j = 0; j < n_entities; j++)
      for (const KafField *field = entities[j]->fields; field->id != NULL; field++)
        {
          KafRecord *item = g_ptr_array_index (self->renamed, i);

          if (field->kind == KAF_KIND_REFERENCE && kaf_field_has (field, KAF_FIELD_SEARCH) &&
              g_str_equal (field->target, kaf_record_get_entity (item)->id) &&
              !refresh_referring (self, entities[j], field, item))
            return FALSE;
        }
  return TRUE;
}

static gboolean
write_sums (KafTransaction *self, GError **error)
{
  KafDatabase *db = self->db;
  GHashTableIter iter;
  gpointer key, value;
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, self->next_rid);

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      KafStatement *statement =
          kaf_database_prepare (db,
                                "INSERT INTO tally (entity, live) VALUES (?1, ?2)"
                                " ON CONFLICT (entity) DO UPDATE SET live = live + excluded.live",
                                error);

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, key);
      sqlite3_bind_int (statement, 2, GPOINTER_TO_INT (value));
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      KafStatement *statement = kaf_database_prepare (
          db, "INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)", error);

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, key);
      sqlite3_bind_int64 (statement, 2, GPOINTER_TO_UINT (value));
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return g_hash_table_size (self->counters) + g_hash_table_size (self->tallies) == 0 ||
         kaf_database_set_meta (db, "next_rid", next, error);
}

static gboolean
write_batch (KafTransaction *self, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (self->db,
                            "INSERT INTO batch (id, first, at, author, label, n_records, undoes)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?)",
                            error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->receipt->batch);
  sqlite3_bind_int64 (statement, 2, kaf_journal_get_first (self->journal));
  sqlite3_bind_int64 (statement, 3, self->now);
  kaf_statement_bind_text (statement, 4, self->db->author);
  kaf_statement_bind_text (statement, 5, self->receipt->label);
  sqlite3_bind_int64 (statement, 6, kaf_receipt_count_told (self->receipt));
  kaf_statement_bind_text (statement, 7, self->undoes);
  return kaf_database_run (self->db, statement, error);
}

/* What was typed of somebody who is one with others shows, where another value would. */
static gboolean
choose_typed (KafTransaction *self, GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    {
      KafRecord *choice = g_ptr_array_index (choices, i);
      KafFault fault = { 0 };
      g_autoptr (GError) local = NULL;

      if (!refuse_forbidden (self, KAF_CHANGE_CREATE, choice, &local))
        apply_create (self, choice, NULL, &fault, &local);
      if (self->failure != NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
show_as_one (KafTransaction *self)
{
  g_autoptr (GPtrArray) choices = NULL;

  return kaf_one_project (self->one, &choices, &self->failure) &&
         (choices == NULL ||
          (choose_typed (self, choices) && kaf_one_project (self->one, NULL, &self->failure)));
}

KafReceipt *
kaf_transaction_commit (KafTransaction *self, GError **error)
{
  KafDatabase *db = self->db;
  KafReceipt *receipt;
  gboolean large = self->receipt->n_records >= ANALYSE_FROM;

  if (!refresh_renamed (self) || !show_as_one (self) || !kaf_transaction_settle (self) ||
      !kaf_beside_write (self->beside, db, &self->failure))
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      kaf_transaction_abort (self);
      return NULL;
    }

  if (self->receipt->n_records == 0 && !self->remote)
    {
      g_clear_pointer (&self->receipt->batch, g_free);
      receipt = kaf_receipt_ref (self->receipt);
      kaf_transaction_abort (self);
      return receipt;
    }

  if (!kaf_journal_flush (self->journal, error) || !write_sums (self, error) ||
      (!self->remote && !write_batch (self, error)) || !kaf_database_exec (db, "COMMIT", error))
    {
      kaf_transaction_abort (self);
      return NULL;
    }

  receipt = kaf_receipt_ref (self->receipt);
  if (self->lists_touched)
    kaf_read_forget_titles (db);
  transaction_free (self);
  if (large)
    kaf_database_exec (db, "PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002", NULL);
  return receipt;
}

KafReceipt *
kaf_commit (
    KafDatabase *db, KafChangeSet *set, KafFault *fault, GCancellable *cancellable, GError **error)
{
  KafTransaction *transaction = kaf_transaction_begin (db, kaf_change_set_get_label (set), error);

  if (transaction == NULL)
    return NULL;

  for (guint i = 0; i < kaf_change_set_get_size (set); i++)
    {
      const KafChange *change = kaf_change_set_get (set, i);

      if (fault != NULL)
        fault->change = i;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !kaf_transaction_apply (transaction, change->kind, change->record, NULL, fault, error))
        {
          kaf_transaction_abort (transaction);
          return NULL;
        }
    }
  return kaf_transaction_commit (transaction, error);
}
