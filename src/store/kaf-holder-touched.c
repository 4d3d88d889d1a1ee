/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which holders and projects a transaction says something of. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now-private.h"

KafHolderTouched *
kaf_holder_touched_new (void)
{
  KafHolderTouched *self = g_new0 (KafHolderTouched, 1);

  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->projects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_holder_touched_free (KafHolderTouched *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->projects);
  g_free (self);
}

void
kaf_holder_touch (GHashTable *ids, const char *id)
{
  if (id != NULL && !g_hash_table_contains (ids, id))
    g_hash_table_add (ids, g_strdup (id));
}

/* Adds the first column of the rows of @sql. */
static void
touch_found (KafDatabase *db, GHashTable *ids, const char *sql, const char *bind)
{
  g_autoptr (KafStatement) statement = bind != NULL ? kaf_database_prepare (db, sql, NULL) : NULL;

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, bind);
  while (kaf_database_step (db, statement, NULL))
    kaf_holder_touch (ids, kaf_statement_text (statement, 0));
}

static void
touch_project (KafDatabase *db, KafHolderTouched *self, const char *project)
{
  kaf_holder_touch (self->projects, project);
  touch_found (db, self->persons,
               "SELECT p.person FROM head h CROSS JOIN project p ON p.rid = h.rid"
               " WHERE h.id = ? AND h.entity = 'project'",
               project);
}

/* Who holds an office there, and so has passed on whom it has passed on. */
static void
touch_office_holders (KafDatabase *db, KafHolderTouched *self, const char *organisation)
{
  touch_found (db, self->persons, "SELECT person FROM mandate WHERE organisation = ?",
               organisation);
}

/* Entities that name the person by this field. */
static const char *const of_person[] = { "contact", "membership", "mandate", "tier_override" };

static gboolean
is_of_person (const KafEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_person); i++)
    if (g_str_equal (of_person[i], entity->id))
      return TRUE;
  return FALSE;
}

/* The value of a field that a change does not hold. (transfer full) (nullable) */
static char *
read_value (KafDatabase *db, const KafEntity *entity, const char *field, gint64 rid)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rid = ?", field, entity->id);
  g_autoptr (KafStatement) statement = rid > 0 ? kaf_database_prepare (db, sql, NULL) : NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

static char *
dup_value (KafDatabase *db, KafRecord *record, const char *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *held = kaf_record_get (record, field);

  if (held != NULL || kaf_record_holds (record, field))
    return g_strdup (held);
  return read_value (
      db, entity, field,
      kaf_database_find_rid (db, kaf_entity_get_root (entity), kaf_record_get_id (record)));
}

void
kaf_holder_now_note (KafDatabase *db, KafHolderTouched *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  g_autofree char *value = NULL;

  if (g_str_equal (entity->id, "rule_set") || g_str_equal (entity->id, "territory"))
    self->all = TRUE;
  else if (g_str_equal (entity->id, "expert"))
    kaf_holder_touch (self->persons, id);
  else if (g_str_equal (entity->id, "person"))
    {
      /* Deleted, she is no longer one of those whom somebody passed on. */
      kaf_holder_touch (self->persons, id);
      value = read_value (db, kaf_registry_find ("project_holder"), "brought_by",
                          kaf_database_find_rid (db, entity, id));
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (entity->id, "project_holder"))
    {
      kaf_holder_touch (self->persons, id);
      value = dup_value (db, record, "brought_by");
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (entity->id, "project"))
    {
      kaf_holder_touch (self->projects, id);
      value = dup_value (db, record, "person");
      kaf_holder_touch (self->persons, value);
    }
  else if (g_str_equal (entity->id, "project_stage"))
    {
      value = dup_value (db, record, "project");
      if (value != NULL)
        touch_project (db, self, value);
    }
  else if (is_of_person (entity))
    {
      value = dup_value (db, record, "person");
      kaf_holder_touch (self->persons, value);
    }
}

KafHolderTouched *
kaf_holder_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autoptr (KafHolderTouched) self = NULL;
  g_autofree char *value = NULL;

  if (!is_of_person (root) && !g_str_equal (root->id, "project") &&
      !g_str_equal (root->id, "project_stage") && !g_str_equal (root->id, "person") &&
      !g_str_equal (root->id, "rule_set"))
    return NULL;
  self = kaf_holder_touched_new ();
  if (g_str_equal (root->id, "rule_set"))
    self->all = TRUE;
  else if (g_str_equal (root->id, "person"))
    {
      value = read_value (db, kaf_registry_find ("project_holder"), "brought_by", rid);
      touch_office_holders (db, self, value);
    }
  else if (g_str_equal (root->id, "project_stage"))
    {
      value = read_value (db, root, "project", rid);
      if (value != NULL)
        touch_project (db, self, value);
    }
  else
    {
      value = read_value (db, root, "person", rid);
      kaf_holder_touch (self->persons, value);
    }
  return g_steal_pointer (&self);
}
