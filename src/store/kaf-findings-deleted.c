/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that name a deleted one, by the catalogue's entities and fields. There are few deleted ones: the way goes from
 * them to who names them, by the index of the field. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include "rules/kaf-deleted-rules.h"
#include "rules/kaf-rulebook.h"
#include "schema/kaf-registry.h"

typedef struct
{
  const KafRule *rule;
  const KafEntity *entity, *target;
  const KafField *field;
  const KafField *parent; /* nullable: by which it belongs to something */
} Named;

static void
look_up (Named *self, const KafRule *rule)
{
  self->rule = rule;
  self->entity = kaf_registry_find (rule->entity);
  self->field = kaf_entity_find_field (self->entity, rule->field);
  self->target = kaf_registry_find (self->field->target);
  self->parent = NULL;
  for (const KafField *field = self->entity->fields; field->id != NULL; field++)
    if (self->parent == NULL && field != self->field && kaf_field_has (field, KAF_FIELD_PARENT))
      self->parent = field;
}

/* Columns: id, id of its parent, id of the deleted. */
static void
take_naming (KafRun *self, KafStatement *row, gpointer data)
{
  const Named *named = data;
  const KafNaming naming = {
    .id = kaf_statement_text (row, 0),
    .parent_entity = named->parent != NULL ? kaf_registry_find (named->parent->target)->id : NULL,
    .parent = kaf_statement_text (row, 1),
    .named_entity = named->target->id,
    .named = kaf_statement_text (row, 2),
  };

  kaf_deleted_check (self->findings, named->rule, &naming);
}

/* The joins from d, the deleted head, to x and h, who names it, and p, what that belongs to. */
static void
add_joins (const Named *self, GString *sql)
{
  if (kaf_field_is_many (self->field))
    g_string_append_printf (sql,
                            " CROSS JOIN \"%s_set\" s ON s.field = '%s' AND s.value = d.id"
                            " AND s.removed IS NULL CROSS JOIN \"%s\" x ON x.rid = s.rid",
                            self->entity->id, self->field->id, self->entity->id);
  else
    g_string_append_printf (sql, " CROSS JOIN \"%s\" x ON x.\"%s\" = d.id", self->entity->id,
                            self->field->id);
  g_string_append (sql, " CROSS JOIN head h ON h.rid = x.rid AND h.deleted = 0");
  if (self->parent != NULL)
    g_string_append_printf (sql, " LEFT JOIN head p ON p.id = x.\"%s\" AND p.entity = '%s'",
                            self->parent->id,
                            kaf_entity_get_root (kaf_registry_find (self->parent->target))->id);
}

/* What belongs to something deleted is not looked at any more. */
static void
add_conditions (const Named *self, GString *sql)
{
  g_string_append (sql, " AND x.deleted_at IS NULL");
  if (self->parent != NULL)
    g_string_append (sql, " AND coalesce (p.deleted, 0) = 0");
}

static char *
print_query (const Named *self, const char *from, const char *where)
{
  GString *sql = g_string_new ("SELECT h.id, ");

  g_string_append_printf (sql, "%s, d.id FROM %s", self->parent != NULL ? "p.id" : "NULL", from);
  add_joins (self, sql);
  g_string_append_printf (sql, " WHERE %s", where);
  add_conditions (self, sql);
  return g_string_free (sql, FALSE);
}

static gboolean
run_rule (KafRun *self, Named *named, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (named->target);
  g_autofree char *where = g_strdup_printf ("d.entity = '%s' AND d.deleted = 1", root->id);
  g_autofree char *sql = print_query (named, "head d", where);
  g_autofree char *from = NULL;
  g_autofree char *facets = NULL;

  if (!kaf_run_rows (self, sql, NULL, take_naming, named, error))
    return FALSE;
  if (root == named->target)
    return TRUE;
  /* A network whose organisation goes on. */
  from = g_strdup_printf ("\"%s\" t CROSS JOIN head d ON d.rid = t.rid", named->target->id);
  facets = print_query (named, from, "t.deleted_at IS NOT NULL AND d.deleted = 0");
  return kaf_run_rows (self, facets, NULL, take_naming, named, error);
}

gboolean
kaf_run_deleted (KafRun *self, KafRunWantedFunc wanted, gpointer data, GError **error)
{
  for (const KafRule *rule = kaf_deleted_rules; rule->code != NULL; rule++)
    {
      Named named;

      if (!wanted (rule->entity, data))
        continue;
      look_up (&named, rule);
      if (!run_rule (self, &named, error))
        return FALSE;
    }
  return TRUE;
}
