/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-scopes.h"

#include <string.h>

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"

void
kaf_hub_scopes_init (KafHubScopes *self, KafHubStorage *storage, GHashTable *records)
{
  *self = (KafHubScopes){ .storage = storage, .records = records };
  self->read =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  self->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->affected = g_ptr_array_new_with_free_func (g_free);
}

static void
forget_children (KafHubScopes *self)
{
  g_clear_pointer (&self->parent, g_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
}

void
kaf_hub_scopes_clear (KafHubScopes *self)
{
  forget_children (self);
  g_clear_pointer (&self->read, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_hash_table_unref);
  g_clear_pointer (&self->affected, g_ptr_array_unref);
  g_clear_error (&self->error);
}

static KafHubRecord *
read_record (KafHubScopes *self, const char *key, GError **error)
{
  g_auto (GStrv) words = g_strsplit (key, "\t", 2);
  const KafEntity *root = kaf_registry_find (words[0]);
  KafHubRecord *record = NULL;

  if (root != NULL && words[1] != NULL &&
      !self->storage->klass->read_record (self->storage, root, words[1], &record, error))
    return NULL;
  return record;
}

KafHubRecord *
kaf_hub_scopes_find (KafHubScopes *self, const char *key, GError **error)
{
  KafHubRecord *record = g_hash_table_lookup (self->records, key);
  GError *local = NULL;
  gpointer known;

  if (record != NULL)
    return record->parts->len > 0 ? record : NULL;
  if (g_hash_table_lookup_extended (self->read, key, NULL, &known))
    return known;
  record = read_record (self, key, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  /* That there is none may change: the next asks again. */
  if (record != NULL)
    g_hash_table_insert (self->read, g_strdup (key), record);
  return record;
}

/* What the pure function asks */

static KafHubRecord *
find (KafHubScopes *self, const KafEntity *root, const char *id)
{
  g_autofree char *key = NULL;

  if (self->draft != NULL && self->draft->root == root && g_str_equal (self->draft->id, id))
    return self->draft;
  key = kaf_entity_make_key (root, id);
  return self->error == NULL ? kaf_hub_scopes_find (self, key, &self->error) : NULL;
}

static KafRecord *
look_up (const KafEntity *entity, const char *id, gpointer data)
{
  KafHubRecord *record = find (data, kaf_entity_get_root (entity), id);
  KafHubPart *part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;

  return part != NULL ? part->record : NULL;
}

/* What is new in this exchange has no belongings but those noted in it. */
static gboolean
may_have_belongings (KafHubScopes *self, const KafEntity *root, const char *id, const char *key)
{
  KafHubRecord *record = find (self, root, id);

  return self->apart || g_hash_table_contains (self->parents, key) ||
         (record != NULL && record->scopes != NULL);
}

static void
ask_each (KafHubScopes *self, GPtrArray *keys, KafScopeFunc func, gpointer func_data)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      KafHubRecord *record = kaf_hub_scopes_find (self, g_ptr_array_index (keys, i), &self->error);

      if (record != NULL &&
          !func (((KafHubPart *) g_ptr_array_index (record->parts, 0))->record, func_data))
        return;
    }
}

/* Of one record it is asked several times in a row. */
static GPtrArray *
read_children (KafHubScopes *self, const KafEntity *root, const char *id, const char *key)
{
  if (g_strcmp0 (self->parent, key) != 0)
    {
      forget_children (self);
      self->children = self->storage->klass->read_children (self->storage, root, id, &self->error);
      self->parent = self->children != NULL ? g_strdup (key) : NULL;
    }
  return self->children != NULL ? g_ptr_array_ref (self->children) : NULL;
}

static void
each_belonging (
    const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data)
{
  KafHubScopes *self = data;
  g_autofree char *key = kaf_entity_make_key (root, id);
  g_autoptr (GPtrArray) keys = NULL;

  if (self->error != NULL || !may_have_belongings (self, root, id, key))
    return;
  keys = read_children (self, root, id, key);
  ask_each (self, keys, func, func_data);
}

static void
each_naming (
    const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data)
{
  KafHubScopes *self = data;
  g_autoptr (GPtrArray) keys = NULL;

  if (self->error == NULL)
    keys = self->storage->klass->read_naming (self->storage, root, id, &self->error);
  ask_each (self, keys, func, func_data);
}

static KafScopeSource
make_source (KafHubScopes *self)
{
  return (KafScopeSource){ look_up, each_belonging, each_naming, self };
}

char **
kaf_hub_scopes_of (KafHubScopes *self, KafHubRecord *record, GError **error)
{
  const KafScopeSource source = make_source (self);
  KafHubPart *part = g_ptr_array_index (record->parts, 0);
  g_auto (GStrv) scopes = NULL;

  self->draft = record;
  scopes = kaf_scope_of (part->record, &source);
  self->draft = NULL;
  if (self->error == NULL)
    return g_steal_pointer (&scopes);
  g_propagate_error (error, g_error_copy (self->error));
  return NULL;
}

/* What belongs to what */

static void
add_parent (GPtrArray *parents, const KafEntity *target, const char *id)
{
  if (target != NULL && id != NULL)
    g_ptr_array_add (parents, kaf_entity_make_key (kaf_entity_get_root (target), id));
}

static void
add_named (GPtrArray *parents, const KafField *field, const char *id)
{
  if (id != NULL)
    g_ptr_array_add (
        parents, g_strdup_printf ("%c%s\t%s", KAF_HUB_NAMED,
                                  kaf_entity_get_root (kaf_registry_find (field->target))->id, id));
}

/* @belongs: set when records of the part's kind may belong to one. */
static void
list_parents_of (KafHubPart *part, GPtrArray *parents, gboolean *belongs)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_field_has (&entity->fields[i], KAF_FIELD_PARENT))
      {
        *belongs = TRUE;
        add_parent (parents, kaf_registry_find (entity->fields[i].target),
                    kaf_record_get_at (part->record, i));
      }
    else if (kaf_scope_names (entity, &entity->fields[i]))
      {
        *belongs = TRUE;
        add_named (parents, &entity->fields[i], kaf_record_get_at (part->record, i));
      }
  if (kaf_entity_find_field (entity, "owner_entity") == NULL)
    return;
  *belongs = TRUE;
  add_parent (parents, kaf_registry_find (kaf_record_get (part->record, "owner_entity")),
              kaf_record_get (part->record, "owner"));
}

/* By the record or one of its facets. NULL: records of its kind belong to nobody. */
static GPtrArray *
list_parents (KafHubRecord *record)
{
  g_autoptr (GPtrArray) parents = g_ptr_array_new_with_free_func (g_free);
  gboolean belongs = FALSE;

  for (guint i = 0; i < record->parts->len; i++)
    list_parents_of (g_ptr_array_index (record->parts, i), parents, &belongs);
  return belongs ? g_steal_pointer (&parents) : NULL;
}

/* Who stands by others */

static const char *
skip_mark (const char *key)
{
  return *key == KAF_HUB_NAMED ? key + 1 : key;
}

/* Whether the record stands there, by its text of spans. */
static gboolean
is_in_span (const char *spans, const char *scope)
{
  gsize size = strlen (scope);

  for (const char *at = spans; at != NULL && (at = strstr (at, scope)) != NULL; at += size)
    if ((at == spans || at[-1] == '\n') && at[size] == '\t')
      {
        const char *left = strchr (at + size + 1, '\t');

        return left != NULL && left[1] == '0';
      }
  return FALSE;
}

/* Whether what needs it changes nothing: an organisation has to do with many missions, and is not to be looked at again
 * for each line of their budgets. @closure: where one of those stands. A need stands wherever its missions do, by their
 * parties and conventions too. */
static gboolean
stands_already (KafHubScopes *self, const char *key, const char *const *closure)
{
  KafHubRecord *record = NULL;

  if (closure == NULL || g_str_has_prefix (key, "person\t") ||
      g_str_has_prefix (key, "mission\t") || g_str_has_prefix (key, "need\t"))
    return FALSE;
  record = kaf_hub_scopes_find (self, key, &self->error);
  if (record == NULL || record->scopes == NULL)
    return FALSE;
  if (is_in_span (record->scopes, KAF_SCOPE_MISSIONS))
    return TRUE;
  for (guint i = 0; closure[i] != NULL; i++)
    if (!is_in_span (record->scopes, closure[i]))
      return FALSE;
  return TRUE;
}

/* Where the mission stands to which the record, which is there, ties what it belongs to; nullable. */
static char **
find_closure (KafHubScopes *self, KafRecord *tie)
{
  const KafScopeSource source = make_source (self);
  const KafEntity *entity = kaf_registry_find ("mission");
  const char *id = kaf_entity_find_field (kaf_record_get_entity (tie), "mission") != NULL
                       ? kaf_record_get (tie, "mission")
                       : NULL;
  KafRecord *mission = id != NULL ? look_up (entity, id, self) : NULL;

  if (mission == NULL || kaf_record_get_stamp (tie)->deleted_at > 0)
    return NULL;
  return kaf_scope_of_closure (mission, &source);
}

/* Whether records of the kind stand by what belongs to them or names them. */
static gboolean
stands_by_others (const char *key)
{
  static const char *const kinds[] = { "person", "organisation", "convention",
                                       "need",   "programme",    "mission" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (key, kinds[i]) && key[strlen (kinds[i])] == '\t')
      return TRUE;
  return FALSE;
}

/* Persons stand by their ties; what missions need by those to them. */
static void
note_affected (KafHubScopes *self,
               KafHubRecord *record,
               GPtrArray *parents,
               const char *const *closure)
{
  gboolean ties = kaf_scope_ties (record->root);

  for (guint i = 0; i < parents->len; i++)
    {
      const char *parent = g_ptr_array_index (parents, i);
      const char *key = skip_mark (parent);

      if (g_str_has_prefix (key, "person\t") ||
          ((ties || key != parent || g_str_equal (record->root->id, "convention")) &&
           stands_by_others (key) && !stands_already (self, key, closure)))
        g_ptr_array_add (self->affected, g_strdup (key));
    }
}

/* What amends a convention is needed with it, and not with what stands within it: it moves though that one does not. */
static gboolean
note_amendments (KafHubScopes *self, KafHubRecord *record, GPtrArray *parents, GError **error)
{
  for (guint i = 0; g_str_equal (record->root->id, "mission_convention") && i < parents->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (parents, i), "\t", 2);
      g_autoptr (GPtrArray) children = NULL;

      if (!g_str_equal (words[0], "convention"))
        continue;
      children = self->storage->klass->read_children (self->storage, kaf_registry_find (words[0]),
                                                      words[1], error);
      for (guint j = 0; children != NULL && j < children->len; j++)
        if (g_str_has_prefix (g_ptr_array_index (children, j), "convention\t"))
          g_ptr_array_add (self->affected, g_strdup (g_ptr_array_index (children, j)));
      if (children == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean queue_tied (KafHubScopes *self,
                            KafHubRecord *record,
                            const char *const *closure,
                            GPtrArray *queue,
                            GError **error);

/* Those that a mission needs, when it goes or is back. */
static gboolean
note_fate (KafHubScopes *self, KafHubRecord *record, GError **error)
{
  const KafHubPart *part = g_ptr_array_index (record->parts, 0);

  return record->scopes == NULL || part->fate.seq != record->seq ||
         queue_tied (self, record, NULL, self->affected, error);
}

static gboolean
same_keys (GPtrArray *before, GPtrArray *after)
{
  for (guint i = 0; i < before->len; i++)
    if (!g_ptr_array_find_with_equal_func (after, g_ptr_array_index (before, i), g_str_equal, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
write_parents (
    KafHubScopes *self, KafHubRecord *record, GPtrArray *before, GPtrArray *parents, GError **error)
{
  record->fresh = FALSE;
  if (before->len == parents->len && same_keys (before, parents))
    return TRUE;
  return self->storage->klass->write_parents (self->storage, record->root, record->id,
                                              before->len > 0, parents, error);
}

gboolean
kaf_hub_scopes_note (KafHubScopes *self, KafHubRecord *record, GError **error)
{
  KafHubStorage *storage = self->storage;
  g_autoptr (GPtrArray) parents = record->parts->len > 0 ? list_parents (record) : NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_auto (GStrv) closure = NULL;

  if (parents == NULL)
    return TRUE;
  before = record->fresh ? g_ptr_array_new ()
                         : storage->klass->read_parents (storage, record->root, record->id, error);
  if (before == NULL)
    return FALSE;
  if (!note_amendments (self, record, before, error) ||
      !note_amendments (self, record, parents, error))
    return FALSE;
  closure = find_closure (self, ((KafHubPart *) g_ptr_array_index (record->parts, 0))->record);
  if (!same_keys (before, parents))
    note_affected (self, record, before, NULL);
  note_affected (self, record, parents, (const char *const *) closure);
  for (guint i = 0; i < parents->len; i++)
    g_hash_table_add (self->parents, g_strdup (g_ptr_array_index (parents, i)));
  forget_children (self);
  return write_parents (self, record, before, parents, error) && note_fate (self, record, error);
}

/* Moving */

/* The record as one that is touched; NULL without @error: there is none. */
static KafHubRecord *
touch (KafHubScopes *self, const char *key, GError **error)
{
  KafHubRecord *record = kaf_hub_scopes_find (self, key, error);
  gpointer own_key, own;

  if (record == NULL || g_hash_table_lookup (self->records, key) != NULL)
    return record;
  if (g_hash_table_steal_extended (self->read, key, &own_key, &own))
    g_hash_table_insert (self->records, own_key, own);
  return record;
}

static gboolean
queue_children (KafHubScopes *self, KafHubRecord *record, GPtrArray *queue, GError **error)
{
  g_autoptr (GPtrArray) children =
      self->storage->klass->read_children (self->storage, record->root, record->id, error);

  for (guint i = 0; children != NULL && i < children->len; i++)
    g_ptr_array_add (queue, g_strdup (g_ptr_array_index (children, i)));
  return children != NULL;
}

/* What the other sides of a mission's, or a need's, ties are: they stand by where it does. @closure: nullable, see
 * stands_already(). */
static gboolean
queue_other_sides (KafHubScopes *self,
                   const char *child,
                   const char *const *closure,
                   GPtrArray *queue,
                   GError **error)
{
  g_auto (GStrv) words = g_strsplit (child, "\t", 2);
  const KafEntity *entity = kaf_registry_find (words[0]);
  g_autoptr (GPtrArray) parents = NULL;

  if (entity == NULL || words[1] == NULL || !kaf_scope_ties (entity))
    return TRUE;
  parents = self->storage->klass->read_parents (self->storage, entity, words[1], error);
  for (guint i = 0; parents != NULL && i < parents->len; i++)
    {
      const char *key = g_ptr_array_index (parents, i);

      if (stands_by_others (key) && !g_str_has_prefix (key, "mission\t") &&
          !stands_already (self, key, closure))
        g_ptr_array_add (queue, g_strdup (key));
    }
  return parents != NULL;
}

/* Those that stand by where the record does, though they do not belong to it. */
static gboolean
queue_tied (KafHubScopes *self,
            KafHubRecord *record,
            const char *const *closure,
            GPtrArray *queue,
            GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  gboolean is_file =
      g_str_equal (record->root->id, "mission") || g_str_equal (record->root->id, "need");
  g_autoptr (GPtrArray) children = NULL;
  g_autoptr (GPtrArray) parents = NULL;

  if (!is_file && !g_str_equal (record->root->id, "convention"))
    return TRUE;
  parents = klass->read_parents (self->storage, record->root, record->id, error);
  for (guint i = 0; parents != NULL && i < parents->len; i++)
    if (!stands_already (self, skip_mark (g_ptr_array_index (parents, i)), closure))
      g_ptr_array_add (queue, g_strdup (skip_mark (g_ptr_array_index (parents, i))));
  if (parents == NULL || !is_file)
    return parents != NULL;
  children = klass->read_children (self->storage, record->root, record->id, error);
  for (guint i = 0; children != NULL && i < children->len; i++)
    if (!queue_other_sides (self, g_ptr_array_index (children, i), closure, queue, error))
      return FALSE;
  return children != NULL;
}

/* Of a mission that moved, where it stands now, when it left nothing: NULL: it did, or is none. @spans: before. */
static char **
find_gained (KafHubScopes *self, KafHubRecord *record, const char *spans, char **scopes)
{
  const KafScopeSource source = make_source (self);
  KafHubPart *part = g_ptr_array_index (record->parts, 0);
  g_auto (GStrv) lines = g_strsplit (spans != NULL ? spans : "", "\n", -1);

  if (!g_str_equal (record->root->id, "mission"))
    return NULL;
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 3);

      if (g_strcmp0 (cells[2], "0") == 0 &&
          !g_strv_contains ((const char *const *) scopes, cells[0]))
        return NULL;
    }
  return kaf_scope_of_closure (part->record, &source);
}

/* When a new record was made, which its author knows, rather than last changed. */
static gint64
number_of_move (const KafHubRecord *record)
{
  const KafHubPart *part = g_ptr_array_index (record->parts, 0);

  return record->scopes == NULL && part->fate.seq > 0 ? part->fate.seq : record->seq;
}

static gboolean
move (KafHubScopes *self,
      const char *key,
      gint64 first,
      gint64 *seq,
      GPtrArray *queue,
      GError **error)
{
  GError *local = NULL;
  KafHubRecord *record = kaf_hub_scopes_find (self, key, &local);
  g_auto (GStrv) scopes = NULL;
  g_auto (GStrv) gained = NULL;
  g_autofree char *spans = NULL;
  gboolean moved, is_new, is_told;

  if (record != NULL)
    scopes = kaf_hub_scopes_of (self, record, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  is_new = record->scopes == NULL;
  is_told = record->seq >= first;
  spans = kaf_hub_spans_move (record->scopes, (const char *const *) scopes,
                              is_told ? number_of_move (record) : *seq + 1, &moved);
  if (!moved && !is_new)
    return TRUE;
  record = touch (self, key, error);
  if (record == NULL)
    return FALSE;
  if (!is_told)
    {
      record->seq = ++*seq;
      self->n_moves++;
    }
  gained = find_gained (self, record, record->scopes, scopes);
  g_free (record->scopes);
  record->scopes = g_steal_pointer (&spans);
  if (moved && !queue_tied (self, record, (const char *const *) gained, queue, error))
    return FALSE;
  return !moved || (is_new && is_told) || queue_children (self, record, queue, error);
}

static gboolean
move_all (KafHubScopes *self, GPtrArray *queue, gint64 first, gint64 *seq, GError **error)
{
  for (guint i = 0; i < queue->len; i++)
    if (!move (self, g_ptr_array_index (queue, i), first, seq, queue, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_hub_scopes_settle (KafHubScopes *self, gint64 first, gint64 *seq, GError **error)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &key, &record))
    if (((KafHubRecord *) record)->parts->len > 0 && ((KafHubRecord *) record)->seq >= first)
      g_ptr_array_add (queue, g_strdup (key));
  for (guint i = 0; i < self->affected->len; i++)
    g_ptr_array_add (queue, g_strdup (g_ptr_array_index (self->affected, i)));
  return move_all (self, queue, first, seq, error);
}

/* On its own */

static gboolean
write_touched (KafHubScopes *self, gint64 seq, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (!self->storage->klass->write_record (self->storage, record, error))
      return FALSE;
  return self->storage->klass->set_meta (self->storage, "seq", text, error);
}

/* Moves the records of @queue, and all that depend on them. */
static gboolean
settle_queue (KafHubStorage *storage, GPtrArray *queue, GError **error)
{
  g_autoptr (GHashTable) records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  GError *local = NULL;
  g_autofree char *text = storage->klass->get_meta (storage, "seq", &local);
  gint64 seq = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  KafHubScopes self;
  gboolean done;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (queue->len == 0)
    return TRUE;
  kaf_hub_scopes_init (&self, storage, records);
  self.apart = TRUE;
  done = move_all (&self, queue, seq + 1, &seq, error) && write_touched (&self, seq, error);
  kaf_hub_scopes_clear (&self);
  return done;
}

static gboolean
note_key (KafHubRecord *record, gpointer data, GError **error)
{
  g_ptr_array_add (data, kaf_entity_make_key (record->root, record->id));
  return TRUE;
}

static gboolean
note_parents (KafHubStorage *storage, GPtrArray *keys, GError **error)
{
  g_autoptr (GHashTable) records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  KafHubScopes self;
  gboolean done = TRUE;

  kaf_hub_scopes_init (&self, storage, records);
  for (guint i = 0; done && i < keys->len; i++)
    {
      GError *local = NULL;
      g_autoptr (KafHubRecord) record = read_record (&self, g_ptr_array_index (keys, i), &local);

      done = local == NULL && (record == NULL || kaf_hub_scopes_note (&self, record, &local));
      if (local != NULL)
        g_propagate_error (error, local);
    }
  kaf_hub_scopes_clear (&self);
  return done;
}

gboolean
kaf_hub_scopes_settle_all (KafHubStorage *storage, GError **error)
{
  g_autofree char *version = storage->klass->get_meta (storage, "scopes", NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  if (g_strcmp0 (version, KAF_HUB_SCOPES_VERSION) == 0)
    return TRUE;
  return storage->klass->read_feed (storage, 0, NULL, NULL, note_key, keys, error) &&
         note_parents (storage, keys, error) && settle_queue (storage, keys, error) &&
         storage->klass->set_meta (storage, "scopes", KAF_HUB_SCOPES_VERSION, error);
}

GPtrArray *
kaf_hub_scopes_find_tied (KafHubStorage *storage, GPtrArray *victims, GError **error)
{
  g_autoptr (GPtrArray) tied = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);
      g_autoptr (GPtrArray) parents =
          storage->klass->read_parents (storage, one->root, one->id, error);

      if (parents == NULL)
        return NULL;
      for (guint j = 0; j < parents->len; j++)
        if (stands_by_others (skip_mark (g_ptr_array_index (parents, j))))
          g_ptr_array_add (tied, g_strdup (skip_mark (g_ptr_array_index (parents, j))));
    }
  return g_steal_pointer (&tied);
}

gboolean
kaf_hub_scopes_settle_tied (KafHubStorage *storage, GPtrArray *keys, GError **error)
{
  return settle_queue (storage, keys, error);
}

gboolean
kaf_hub_scopes_settle_written (KafHubStorage *storage, GPtrArray *keys, GError **error)
{
  return note_parents (storage, keys, error) && settle_queue (storage, keys, error);
}
