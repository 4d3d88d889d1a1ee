/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-conflicts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-database-private.h"
#include "store/kaf-known.h"
#include "store/kaf-read-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-wire.h"

static const char *const outcome_codes[] = { "stands", "other", "before", "new" };

static void
side_clear (KafConflictSide *self)
{
  g_free (self->text);
  g_free (self->author);
}

void
kaf_conflict_free (KafConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->owner);
  g_free (self->title);
  side_clear (&self->stands);
  side_clear (&self->other);
  side_clear (&self->before);
  g_free (self->now);
  g_free (self);
}

char *
kaf_conflict_name (const KafConflict *self)
{
  const KafField *field = self->field;
  g_autoptr (GString) name = NULL;

  if (field == NULL)
    return g_strdup (_ ("Deleted by one, edited by another"));
  name = g_string_new (_ (field->label));
  for (const KafField *other = self->entity->fields; other->id != NULL; other++)
    if (other != field && kaf_field_changes_with (other, field))
      g_string_append_printf (name, " · %s", _ (other->label));
  return g_string_free (g_steal_pointer (&name), FALSE);
}

gboolean
kaf_conflict_stands_first (const KafConflict *self)
{
  return self->stands.own || !self->other.own;
}

static const KafEntity *
conflict_entity (void)
{
  return kaf_registry_find ("conflict");
}

/* The values of one side, {FIELD:VALUE}, as fields that a record of @entity holds. */
static KafRecord *
read_values (const KafEntity *entity, const char *id, const char *json)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members, *name;
  KafRecord *record = kaf_record_new (entity, id);

  if (json == NULL || (members = kaf_wire_parse_object (json, strlen (json), parts, NULL)) == NULL)
    return record;
  name = members + 1;
  for (guint i = 0; i < members->n; i++, name = kaf_wire_after (name + 1))
    {
      int field = kaf_entity_field_index_of (entity, name->text, name->size);

      if (field >= 0)
        kaf_record_take_at (record, field, kaf_wire_get_string (name + 1));
    }
  return record;
}

/* What one of them says of the record, or nothing where it may not be seen. */
static gboolean
holds_all (KafRecord *record, KafRecord *values)
{
  const KafEntity *entity = kaf_record_get_entity (values);
  guint n = 0;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!kaf_record_holds_at (values, i))
        continue;
      if (g_strcmp0 (kaf_record_get_at (record, i), kaf_record_get_at (values, i)) != 0)
        return FALSE;
      n++;
    }
  return n > 0;
}

/* @by, @at: fields of the conflict; NULL: nobody's. @now: the record; nullable. */
static KafConflictSide
read_side (KafDatabase *db,
           const KafConflict *conflict,
           KafRecord *record,
           KafRecord *now,
           const char *side,
           const char *by,
           const char *at,
           KafLang lang,
           const char *user)
{
  g_autoptr (KafRecord) values =
      read_values (conflict->entity, conflict->owner, kaf_record_get (record, side));
  const char *when = at != NULL ? kaf_record_get (record, at) : NULL;
  KafConflictSide read = { .text = kaf_known_format (db, values, NULL, lang) };

  read.author = by != NULL ? g_strdup (kaf_record_get (record, by)) : NULL;
  read.when = when != NULL ? g_ascii_strtoll (when, NULL, 10) : 0;
  read.own = read.author != NULL && g_strcmp0 (read.author, user) == 0;
  read.in_force = now != NULL && holds_all (now, values);
  return read;
}

/* "FIELD" of @entity, or "FACET.FIELD" of a facet of it. */
static const KafField *
find_edited (const KafEntity *entity, const KafWirePart *name)
{
  g_autofree char *text = g_strndup (name->text, name->size);
  char *dot = strchr (text, '.');
  const KafEntity *of = entity;

  if (dot != NULL)
    {
      *dot = '\0';
      of = kaf_registry_find (text);
    }
  return of != NULL && kaf_entity_get_root (of) == kaf_entity_get_root (entity)
             ? kaf_entity_find_field (of, dot != NULL ? dot + 1 : text)
             : NULL;
}

static char *
format_edited (KafDatabase *db, const KafField *field, const KafWirePart *value, KafLang lang)
{
  g_autofree char *canonical = value != NULL ? kaf_wire_get_string (value) : NULL;
  g_autofree char *text = kaf_value_format (field, canonical, lang, kaf_read_title_func, db);

  return text != NULL ? kaf_bidi_isolate (text) : NULL;
}

/* What was edited of a record that somebody else deleted: a line for each field. NULL: it is not told. */
static char *
describe_edit (KafDatabase *db, const KafConflict *self, KafRecord *conflict, KafLang lang)
{
  const char *stands = kaf_record_get (conflict, "stands");
  const char *before = kaf_record_get (conflict, "before");
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (GArray) parts_before = kaf_wire_parts_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const KafWirePart *members, *old, *name;

  members = stands != NULL ? kaf_wire_parse_object (stands, strlen (stands), parts, NULL) : NULL;
  old = before != NULL ? kaf_wire_parse_object (before, strlen (before), parts_before, NULL) : NULL;
  name = members != NULL ? members + 1 : NULL;
  for (guint i = 0; members != NULL && i < members->n; i++, name = kaf_wire_after (name + 1))
    {
      const KafField *field = find_edited (self->entity, name);
      g_autofree char *id = g_strndup (name->text, name->size);
      g_autofree char *now = field != NULL ? format_edited (db, field, name + 1, lang) : NULL;
      g_autofree char *was =
          field != NULL ? format_edited (db, field, kaf_wire_find (old, id), lang) : NULL;

      if (field == NULL || kaf_field_has (field, KAF_FIELD_HIDDEN))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (was != NULL)
        /* Translators: of an edit: a field, what was written, and what had stood there. */
        g_string_append_printf (text, C_ ("conflict", "%s: %s (before: %s)"), _ (field->label),
                                now != NULL ? now : C_ ("conflict", "emptied"), was);
      else
        g_string_append_printf (text, _ ("%s: %s"), _ (field->label),
                                now != NULL ? now : C_ ("conflict", "emptied"));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The fields of the unit that the conflict is about, of the record as it is. */
static char *
describe_now (KafDatabase *db, KafRecord *conflict, KafRecord *now, KafLang lang)
{
  const KafEntity *entity = kaf_record_get_entity (now);
  g_autoptr (KafRecord) values =
      read_values (entity, kaf_record_get_id (now), kaf_record_get (conflict, "stands"));
  g_autoptr (KafRecord) own = kaf_record_new (entity, kaf_record_get_id (now));

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (values, i))
      kaf_record_set_at (own, i, kaf_record_get_at (now, i));
  return kaf_known_format (db, own, NULL, lang);
}

/* It may have been changed since, or settled by another who wrote over it. */
static void
tell_what_is_in_force (
    KafDatabase *db, KafConflict *self, KafRecord *conflict, KafRecord *now, KafLang lang)
{
  if (self->stands.in_force || self->other.in_force || self->before.in_force)
    return;
  if (self->field != NULL && now != NULL && kaf_record_get (conflict, "stands") != NULL)
    self->now = describe_now (db, conflict, now, lang);
  else
    self->stands.in_force = TRUE;
}

static KafConflict *
read_conflict (KafDatabase *db, KafRecord *record, KafLang lang, const char *user)
{
  g_autoptr (KafConflict) self = g_new0 (KafConflict, 1);
  g_autoptr (KafRecord) now = NULL;
  const char *field = kaf_record_get (record, "field");

  self->id = g_strdup (kaf_record_get_id (record));
  self->entity = kaf_registry_find (kaf_record_get (record, "owner_entity"));
  self->owner = g_strdup (kaf_record_get (record, "owner"));
  if (self->entity == NULL || self->owner == NULL)
    return NULL;
  self->field = field != NULL ? kaf_entity_find_field (self->entity, field) : NULL;
  self->title = kaf_read_title (db, kaf_entity_get_root (self->entity)->id, self->owner, lang);
  now = kaf_read_record (db, self->entity, self->owner, NULL);
  self->stands = read_side (db, self, record, now, "stands", "stands_by", "stands_at", lang, user);
  self->other = read_side (db, self, record, now, "other", "other_by", "other_at", lang, user);
  self->before = read_side (db, self, record, now, "before", NULL, NULL, lang, user);
  tell_what_is_in_force (db, self, record, now, lang);
  if (self->field == NULL)
    {
      g_clear_pointer (&self->before.text, g_free);
      g_free (self->stands.text);
      self->stands.text = describe_edit (db, self, record, lang);
    }
  return g_steal_pointer (&self);
}

/* Ids of the open ones. */
static GPtrArray *
find_open (KafDatabase *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id FROM conflict c JOIN head h ON h.rid = c.rid WHERE c.state = 'open'"
      " AND c.deleted_at IS NULL ORDER BY c.created_at DESC, c.rid DESC LIMIT ?",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, limit);
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, local);
  return NULL;
}

GPtrArray *
kaf_conflicts_read (KafDatabase *db, guint limit, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_conflict_free);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GPtrArray) ids = NULL;

  if (!kaf_sync_state_read (db, &state, error))
    return NULL;
  ids = find_open (db, limit, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KafRecord) record =
          kaf_read_record (db, conflict_entity (), g_ptr_array_index (ids, i), error);
      KafConflict *conflict = record != NULL ? read_conflict (db, record, lang, state.user) : NULL;

      if (record == NULL)
        return NULL;
      if (conflict != NULL)
        g_ptr_array_add (conflicts, conflict);
    }
  return ids != NULL ? g_steal_pointer (&conflicts) : NULL;
}

/* Settling */

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED, why);
  return FALSE;
}

static gboolean
write_anew (KafChangeSet *set,
            const KafEntity *entity,
            const char *owner,
            const char *name,
            const char *text,
            GError **error)
{
  const KafField *field = name != NULL ? kaf_entity_find_field (entity, name) : NULL;
  g_autoptr (KafRecord) record = kaf_record_new (entity, owner);
  g_autofree char *value = NULL;

  if (field == NULL)
    return refuse ("nothing of this conflict can be written anew", error);
  if (!kaf_value_parse (field, text, NULL, &value, NULL, error))
    return FALSE;
  kaf_record_set (record, name, value);
  kaf_change_set_update (set, record);
  return TRUE;
}

/* What stood when the conflict arose; something else may by now. */
static gboolean
write_what_stood (KafDatabase *db,
                  KafChangeSet *set,
                  const KafEntity *entity,
                  const char *owner,
                  KafRecord *conflict)
{
  const char *stood = kaf_record_get (conflict, "stands");
  g_autoptr (KafRecord) now =
      stood != NULL && kaf_record_get (conflict, "field") != NULL && entity != NULL && owner != NULL
          ? kaf_read_record (db, entity, owner, NULL)
          : NULL;
  g_autoptr (KafRecord) values = now != NULL ? read_values (entity, owner, stood) : NULL;

  if (values != NULL && !holds_all (now, values))
    kaf_change_set_update (set, values);
  return TRUE;
}

static gboolean
write_outcome (KafDatabase *db,
               KafChangeSet *set,
               KafRecord *conflict,
               KafOutcome outcome,
               const char *text,
               GError **error)
{
  const KafEntity *entity = kaf_registry_find (kaf_record_get (conflict, "owner_entity"));
  const char *owner = kaf_record_get (conflict, "owner");
  const char *field = kaf_record_get (conflict, "field");
  g_autoptr (KafRecord) record = NULL;

  if (outcome == KAF_OUTCOME_STANDS)
    return write_what_stood (db, set, entity, owner, conflict);
  if (entity == NULL || owner == NULL)
    return refuse ("the record of this conflict is not known here", error);
  if (outcome == KAF_OUTCOME_NEW)
    return write_anew (set, entity, owner, field, text, error);
  /* Deleted by one, edited by another: it stands edited; the other side is without it. */
  if (field == NULL)
    {
      kaf_change_set_delete (set, entity, owner);
      return TRUE;
    }
  if (kaf_record_get (conflict, outcome_codes[outcome]) == NULL)
    return refuse ("what is to be written may not be seen here", error);
  record = read_values (entity, owner, kaf_record_get (conflict, outcome_codes[outcome]));
  kaf_change_set_update (set, record);
  return TRUE;
}

static KafRecord *
read_open (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (KafRecord) conflict = kaf_read_record (db, conflict_entity (), id, error);

  if (conflict != NULL && g_strcmp0 (kaf_record_get (conflict, "state"), "open") != 0)
    {
      refuse ("this conflict is settled already", error);
      return NULL;
    }
  return g_steal_pointer (&conflict);
}

static void
add_settled (KafChangeSet *set, const char *id, KafOutcome outcome)
{
  g_autoptr (KafRecord) settled = kaf_record_new (conflict_entity (), id);

  kaf_record_set (settled, "state", "settled");
  kaf_record_set (settled, "outcome", outcome_codes[outcome]);
  kaf_change_set_update (set, settled);
}

KafChangeSet *
kaf_conflict_settle (
    KafDatabase *db, const char *id, KafOutcome outcome, const char *text, GError **error)
{
  g_autoptr (KafRecord) conflict = read_open (db, id, error);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("settle");

  if (conflict == NULL || !write_outcome (db, set, conflict, outcome, text, error))
    return NULL;
  add_settled (set, id, outcome);
  return g_steal_pointer (&set);
}

KafChangeSet *
kaf_conflict_settle_anew (KafDatabase *db, const char *id, KafRecord *values, GError **error)
{
  g_autoptr (KafRecord) conflict = read_open (db, id, error);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("settle");

  if (conflict == NULL)
    return NULL;
  kaf_change_set_update (set, values);
  add_settled (set, id, KAF_OUTCOME_NEW);
  return g_steal_pointer (&set);
}
