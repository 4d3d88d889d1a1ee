/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-refusals.h"

#include <string.h>

#include "base/kaf-money.h"
#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-drafts.h"
#include "store/kaf-mission-now.h"
#include "store/kaf-target-now.h"
#include "store/kaf-read-private.h"
#include "sync/kaf-operation.h"

static void
field_free (gpointer data)
{
  KafRefusedField *self = data;

  g_free (self->value);
  g_free (self->text);
  g_free (self);
}

void
kaf_refusal_free (KafRefusal *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->ref);
  g_free (self->mission);
  g_free (self->why);
  g_free (self->about);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* Reading */

static gboolean
is_written (const KafOperation *op, guint field)
{
  if (op->kind == KAF_CHANGE_CREATE)
    return kaf_record_get_at (op->after, field) != NULL;
  return op->kind == KAF_CHANGE_UPDATE && kaf_operation_changes (op, field);
}

static void
set_field (
    KafDatabase *db, KafRefusal *self, const KafField *field, const char *value, KafLang lang)
{
  KafRefusedField *one = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    if (((KafRefusedField *) g_ptr_array_index (self->fields, i))->field == field)
      one = g_ptr_array_index (self->fields, i);
  if (one == NULL)
    {
      one = g_new0 (KafRefusedField, 1);
      one->field = field;
      g_ptr_array_add (self->fields, one);
    }
  g_free (one->value);
  g_free (one->text);
  one->value = g_strdup (value);
  one->text = kaf_value_format (field, value, lang, kaf_read_title_func, db);
}

/* Of a group that writes a record twice, what was written last. */
static void
add_operation (KafDatabase *db, KafRefusal *self, const KafOperation *op, KafLang lang)
{
  const KafEntity *entity = self->entity;

  if (op->kind != KAF_CHANGE_UPDATE || self->fields->len == 0)
    self->kind = op->kind;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (is_written (op, i) && (!kaf_field_has (&entity->fields[i], KAF_FIELD_HIDDEN) ||
                               kaf_field_has (&entity->fields[i], KAF_FIELD_FIELDS)))
      set_field (db, self, &entity->fields[i], kaf_record_get_at (op->after, i), lang);
}

static void
add_operations (KafDatabase *db, KafRefusal *self, const char *payload, KafLang lang)
{
  g_autoptr (GPtrArray) operations =
      payload != NULL ? kaf_operation_parse_record (payload, self->id, NULL) : NULL;

  self->kind = KAF_CHANGE_UPDATE;
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (operations, i);

      if (kaf_operation_get_entity (op) == self->entity)
        add_operation (db, self, op, lang);
    }
}

#define SELECT                                                                                     \
  "SELECT r.n, r.entity, r.id, r.why, r.at, g.at, coalesce (g.payload, g.remainder), r.about"      \
  " FROM refusal r LEFT JOIN op_group g ON g.seq = r.seq"

static const char *
find_value (const KafRefusal *self, const char *field)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (((KafRefusedField *) g_ptr_array_index (self->fields, i))->field->id, field))
      return ((KafRefusedField *) g_ptr_array_index (self->fields, i))->value;
  return NULL;
}

/* "MIS-2026-0001 · Gestes d’urgence". */
static char *
name_mission (KafDatabase *db, const char *id, KafLang lang)
{
  g_autoptr (KafRecord) mission = kaf_read_record (db, kaf_registry_find ("mission"), id, NULL);
  const char *ref = mission != NULL ? kaf_record_get_ref (mission) : NULL;
  g_autofree char *title = kaf_read_title (db, "mission", id, lang);

  if (ref == NULL || title == NULL || *title == '\0')
    return g_strdup (ref != NULL ? ref : title);
  return g_strdup_printf ("%s · %s", ref, title);
}

/* An act that was not taken is not here any more: where one goes on is its mission. */
static void
find_mission (KafDatabase *db, KafRefusal *self, KafLang lang)
{
  const char *id =
      g_str_equal (self->entity->id, "mission_act") ? find_value (self, "mission") : NULL;

  if (id == NULL || !kaf_read_exists (db, kaf_registry_find ("mission"), id))
    return;
  self->mission = g_strdup (id);
  g_free (self->title);
  self->title = name_mission (db, id, lang);
}

/* Kept beside the records: of one that goes from this device since its user may see it no more, who wrote knows what he
 * wrote about by that. */
#define REF_KEY "refused-ref."

static char *
get_ref (KafDatabase *db, const char *id)
{
  g_autofree char *key = g_strconcat (REF_KEY, id, NULL);

  return kaf_local_get (db, key);
}

/* Within a transaction. @ref: NULL: it is forgotten. */
static gboolean
set_ref (KafDatabase *db, const char *id, const char *ref, GError **error)
{
  g_autofree char *key = g_strconcat (REF_KEY, id, NULL);

  return kaf_local_set (db, key, ref, error);
}

/* What people know the record by, if it is here: a person by what she is first. */
static gboolean
keep_ref (KafDatabase *db, const char *id, GError **error)
{
  const KafEntity *entity = NULL;
  g_autofree char *found = NULL;
  g_autoptr (KafRecord) record = kaf_read_resolve (db, id, NULL, &entity, &found, NULL)
                                     ? kaf_read_record (db, entity, found, NULL)
                                     : NULL;
  const char *ref = record != NULL ? kaf_record_get_ref (record) : NULL;

  return ref == NULL || set_ref (db, id, ref, error);
}

static KafRefusal *
read_row (KafDatabase *db, KafStatement *row, KafLang lang)
{
  const KafEntity *entity = kaf_registry_find (kaf_statement_text (row, 1));
  KafRefusal *self;

  /* Of a later program that wrote here. */
  if (entity == NULL)
    return NULL;
  self = g_new0 (KafRefusal, 1);
  self->number = sqlite3_column_int64 (row, 0);
  self->entity = entity;
  self->id = g_strdup (kaf_statement_text (row, 2));
  self->why = g_strdup (kaf_statement_text (row, 3));
  self->about = g_strdup (kaf_statement_text (row, 7));
  self->refused = sqlite3_column_int64 (row, 4);
  self->written = sqlite3_column_int64 (row, 5);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->title = kaf_read_title (db, kaf_entity_get_root (entity)->id, self->id, lang);
  self->ref = get_ref (db, self->id);
  self->exists = kaf_read_exists (db, entity, self->id);
  add_operations (db, self, kaf_statement_text (row, 6), lang);
  find_mission (db, self, lang);
  return self;
}

GPtrArray *
kaf_refusals_read (KafDatabase *db, guint limit, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_refusal_free);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, SELECT " WHERE r.let_go IS NULL ORDER BY r.n DESC LIMIT ?", error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, limit);
  while (kaf_database_step (db, statement, &local))
    {
      KafRefusal *one = read_row (db, statement, lang);

      if (one != NULL)
        g_ptr_array_add (list, one);
    }
  if (local == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, local);
  return NULL;
}

static KafRefusal *
read_one (KafDatabase *db, gint64 number, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, SELECT " WHERE r.n = ? AND r.let_go IS NULL", error);
  KafRefusal *self = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, number);
  if (kaf_database_step (db, statement, error))
    self = read_row (db, statement, KAF_LANG_EN);
  if (self == NULL && (error == NULL || *error == NULL))
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such edit");
  return self;
}

/* SQL: of a refusal. */
#define IS_SETTLED "why IN ('" KAF_REFUSED_TAKEN "', '" KAF_REFUSED_ASIDE "')"

guint
kaf_refusals_count (KafDatabase *db, GError **error)
{
  return kaf_database_get_int (
      db, "SELECT count (*) FROM refusal WHERE let_go IS NULL AND NOT " IS_SETTLED, error);
}

guint
kaf_refusals_count_settled (KafDatabase *db, GError **error)
{
  return kaf_database_get_int (
      db, "SELECT count (*) FROM refusal WHERE let_go IS NULL AND " IS_SETTLED, error);
}

gboolean
kaf_refusal_is_settled (const KafRefusal *self)
{
  return g_strcmp0 (self->why, KAF_REFUSED_TAKEN) == 0 ||
         g_strcmp0 (self->why, KAF_REFUSED_ASIDE) == 0;
}

GHashTable *
kaf_refusals_list_ids (KafDatabase *db, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT DISTINCT id FROM refusal", error);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    g_hash_table_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local);
  return NULL;
}

gboolean
kaf_refusals_hold (KafDatabase *db, const KafEntity *entity, const char *id, guint field)
{
  g_autoptr (KafStatement) groups =
      kaf_database_prepare (db,
                            "SELECT coalesce (g.payload, g.remainder) FROM refusal r"
                            " JOIN op_group g ON g.seq = r.seq WHERE r.id = ?",
                            NULL);
  gboolean found = groups == NULL;

  if (groups != NULL)
    kaf_statement_bind_text (groups, 1, id);
  while (!found && kaf_database_step (db, groups, NULL))
    {
      const char *payload = kaf_statement_text (groups, 0);
      g_autoptr (GPtrArray) operations =
          payload != NULL ? kaf_operation_parse_record (payload, id, NULL) : NULL;

      for (guint i = 0; !found && operations != NULL && i < operations->len; i++)
        {
          const KafOperation *op = g_ptr_array_index (operations, i);

          found = kaf_operation_get_entity (op) == entity && is_written (op, field);
        }
    }
  return found;
}

/* Letting go */

gboolean
kaf_refusal_let_go (KafDatabase *db, gint64 number, gboolean gone, GError **error)
{
  g_autofree char *is_there = g_strdup_printf (
      "SELECT EXISTS (SELECT 1 FROM refusal WHERE n = %" G_GINT64_FORMAT ")", number);
  KafStatement *statement;

  if (kaf_database_get_int (db, is_there, NULL) == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such edit");
      return FALSE;
    }
  statement = kaf_database_prepare (db, "UPDATE refusal SET let_go = ? WHERE n = ?", error);
  if (statement == NULL)
    return FALSE;
  if (gone)
    sqlite3_bind_int64 (statement, 1, kaf_clock_now (db->clock));
  sqlite3_bind_int64 (statement, 2, number);
  return kaf_database_run (db, statement, error);
}

/* As it would be typed: what is canonical is read by every editor, but for an amount in minor units. */
static char *
make_typed (const KafRefusedField *one)
{
  if (one->value == NULL)
    return g_strdup ("");
  if (one->field->kind == KAF_KIND_MONEY)
    return kaf_money_format (one->value, KAF_LANG_EN);
  return g_strdup (one->value);
}

/* FALSE: another text stands there already. */
static gboolean
put_typed (GHashTable *typed, const KafRefusal *self, const KafEntity *entity)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (self->fields, i);
      g_autofree char *key = self->entity == entity
                                 ? g_strdup (one->field->id)
                                 : g_strconcat (self->entity->id, ".", one->field->id, NULL);
      g_autofree char *text = make_typed (one);
      const char *there = g_hash_table_lookup (typed, key);

      if (there != NULL && !g_str_equal (there, text))
        return FALSE;
      if (there == NULL)
        g_hash_table_insert (typed, g_steal_pointer (&key), g_steal_pointer (&text));
    }
  return TRUE;
}

gboolean
kaf_refusal_keep_draft (KafDatabase *db, gint64 number, const KafEntity *entity, GError **error)
{
  g_autoptr (KafRefusal) self = read_one (db, number, error);
  g_autoptr (KafDraft) draft = NULL;
  g_autoptr (GHashTable) typed = NULL;
  g_autofree char *json = NULL;

  if (self == NULL)
    return FALSE;
  if (!kaf_read_exists (db, entity, self->id))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "the record is not here");
      return FALSE;
    }
  draft = kaf_draft_load (db, entity, self->id);
  typed = draft != NULL ? kaf_typed_from_json (draft->fields) : NULL;
  if (typed == NULL)
    typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!put_typed (typed, self, entity))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "the draft has another text");
      return FALSE;
    }
  json = kaf_typed_to_json (typed);
  return kaf_draft_save (db, entity, self->id, json, error);
}

/* Taking in */

static gboolean
add_one (KafDatabase *db, gint64 seq, const KafRefused *one, GError **error)
{
  /* Told twice, it is the same one, and stays let go of. */
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT OR IGNORE INTO refusal (seq, entity, id, why, at, about) VALUES (?, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, seq);
  kaf_statement_bind_text (statement, 2, one->entity);
  kaf_statement_bind_text (statement, 3, one->id);
  kaf_statement_bind_text (statement, 4, one->why);
  sqlite3_bind_int64 (statement, 5, kaf_clock_now (db->clock));
  kaf_statement_bind_text (statement, 6, one->field);
  return kaf_database_run (db, statement, error) && keep_ref (db, one->id, error) &&
         (!g_str_equal (one->entity, "mission_act") ||
          (kaf_mission_now_refuse (db, one->id, error) &&
           kaf_target_now_refuse (db, one->id, error)));
}

static gboolean
add_all (KafDatabase *db, gint64 seq, const char *payload, guint *n, GError **error)
{
  g_autoptr (GPtrArray) operations =
      payload != NULL ? kaf_operation_parse (payload, strlen (payload), NULL) : NULL;

  *n = operations != NULL ? operations->len : 0;
  for (guint i = 0; i < *n; i++)
    {
      const KafOperation *op = g_ptr_array_index (operations, i);

      const KafRefused one = { .entity = (char *) kaf_operation_get_entity (op)->id,
                               .id = (char *) kaf_operation_get_id (op),
                               .why = (char *) KAF_REFUSED_UNREADABLE };

      if (!add_one (db, seq, &one, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_refusals_add (KafDatabase *db, gint64 dseq, GPtrArray *refused, guint *n, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autoptr (KafStatement) group = kaf_database_prepare (
      db, "SELECT seq, coalesce (payload, remainder) FROM op_group WHERE device = ? AND dseq = ?",
      error);
  gint64 seq;

  *n = 0;
  if (group == NULL)
    return FALSE;
  kaf_statement_bind_text (group, 1, device);
  sqlite3_bind_int64 (group, 2, dseq);
  if (!kaf_database_step (db, group, error))
    return error == NULL || *error == NULL;
  seq = sqlite3_column_int64 (group, 0);
  if (refused == NULL)
    return add_all (db, seq, kaf_statement_text (group, 1), n, error);
  *n = refused->len;
  for (guint i = 0; i < refused->len; i++)
    if (!add_one (db, seq, g_ptr_array_index (refused, i), error))
      return FALSE;
  return TRUE;
}

/* The hub would not have the content of a file whose record it kept aside, and was asked ever less often. */
static gboolean
send_content (KafDatabase *db, const KafSettled *settled, GError **error)
{
  KafStatement *statement;

  if (!g_str_equal (settled->entity, "attachment") ||
      !g_str_equal (settled->what, KAF_REFUSED_TAKEN))
    return TRUE;
  statement = kaf_database_prepare (
      db,
      "UPDATE blob SET due = 0, failures = 0, problem = NULL WHERE sha256 ="
      " (SELECT a.sha256 FROM attachment a JOIN head h ON h.rid = a.rid WHERE h.id = ?)",
      error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, settled->id);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_refusals_settle (KafDatabase *db, const KafSettled *settled, GError **error)
{
  g_autofree char *device = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", db->device);
  g_autofree char *about =
      g_strdup_printf ("%s\t%s", settled->by, settled->reason != NULL ? settled->reason : "");
  KafStatement *statement = kaf_database_prepare (
      db,
      "UPDATE refusal SET why = ?, about = ? WHERE entity = ? AND id = ? AND seq ="
      " (SELECT seq FROM op_group WHERE device = ? AND dseq = ?)",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, settled->what);
  kaf_statement_bind_text (statement, 2, about);
  kaf_statement_bind_text (statement, 3, settled->entity);
  kaf_statement_bind_text (statement, 4, settled->id);
  kaf_statement_bind_text (statement, 5, device);
  sqlite3_bind_int64 (statement, 6, settled->dseq);
  return kaf_database_run (db, statement, error) && send_content (db, settled, error);
}

gboolean
kaf_refusals_erase (KafDatabase *db, const char *id, GError **error)
{
  KafStatement *statement = kaf_database_prepare (db, "DELETE FROM refusal WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_run (db, statement, error) && set_ref (db, id, NULL, error);
}
