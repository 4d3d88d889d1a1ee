/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-validate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "record/kaf-query.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"

/* Steps up, of parts that are parts of others; people build six. */
#define MAX_ANCESTORS 100

typedef struct
{
  KafRecord *before, *change;
} Merged;

static const char *
get_merged (const char *field, gpointer data)
{
  Merged *merged = data;

  if (kaf_record_holds (merged->change, field))
    return kaf_record_get (merged->change, field);
  return merged->before != NULL ? kaf_record_get (merged->before, field) : NULL;
}

static gboolean
target_exists (KafDatabase *db, const KafField *field, const char *id)
{
  const KafEntity *target = kaf_registry_find (field->target);
  g_autofree char *title = NULL;

  /* A list's items stay in the cache; a retired or deleted one may still be named. */
  if (kaf_entity_has (target, KAF_ENTITY_LIST))
    return (title = kaf_read_title (db, target->id, id, KAF_LANG_FR)) != NULL;
  return kaf_database_find_rid (db, kaf_entity_get_root (target), id) > 0;
}

static gboolean
check_targets (KafDatabase *db, const KafField *field, const char *value, GError **error)
{
  gboolean found = TRUE;

  if (field->target == NULL || value == NULL)
    return TRUE;

  if (kaf_field_is_many (field))
    {
      g_autoptr (GPtrArray) elements = kaf_set_parse (value);

      for (guint i = 0; found && i < elements->len; i++)
        found = target_exists (db, field, ((KafElement *) g_ptr_array_index (elements, i))->value);
    }
  else
    found = target_exists (db, field, value);

  if (!found)
    g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE,
                 "%s names no %s that is here", field->id, field->target);
  return found;
}

/* What @id refers to by @field, or NULL. */
static char *
read_reference (KafDatabase *db, const KafEntity *entity, const KafField *field, const char *id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT t.\"%s\" FROM head h JOIN \"%s\" t ON t.rid = h.rid"
                       " WHERE h.id = ? AND h.entity = ?",
                       field->id, entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  kaf_statement_bind_text (statement, 2, entity->id);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

/* A record is no part of itself, be it through others. Devices that did not know of one another can
 * still close such a circle: who climbs, counts. */
static gboolean
check_ancestors (
    KafDatabase *db, KafRecord *change, const KafField *field, const char *value, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  const char *id = kaf_record_get_id (change);
  g_autofree char *above = NULL;

  if (id == NULL || kaf_field_is_many (field) || g_strcmp0 (field->target, entity->id) != 0)
    return TRUE;
  above = g_strdup (value);
  for (guint i = 0; above != NULL && i < MAX_ANCESTORS; i++)
    {
      g_autofree char *below = above;

      if (g_str_equal (below, id))
        {
          g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                               N_ ("A record cannot be part of itself, nor of one of its parts."));
          above = NULL;
          return FALSE;
        }
      above = read_reference (db, entity, field, below);
    }
  return TRUE;
}

static gboolean
check_required (const KafEntity *entity, Merged *merged, const char **field, GError **error)
{
  for (const KafField *f = entity->fields; f->id != NULL; f++)
    if (kaf_field_has (f, KAF_FIELD_REQUIRED) && get_merged (f->id, merged) == NULL)
      {
        *field = f->id;
        g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED, "");
        return FALSE;
      }
  return TRUE;
}

/* Conditions that nobody could read again would be kept for ever and count nothing. */
static gboolean
check_query (const KafEntity *entity, const KafField *field, const char *value, GError **error)
{
  static const char *const asking[] = { "segment", "segment_list", "saved_filter", NULL };
  g_autoptr (KafQuery) query = NULL;

  if (value == NULL || !g_str_equal (field->id, "query") || !g_strv_contains (asking, entity->id))
    return TRUE;
  query = kaf_query_from_json (value, NULL);
  if (query != NULL)
    return TRUE;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("These conditions cannot be read."));
  return FALSE;
}

/* Longer texts are seldom the same twice. */
#define REMEMBERED_MAX 64

/* What comes many times in a transaction (the source of each value of a long list, and whose value it is) is looked at
 * once, until a record is deleted. */
static gboolean
was_checked (const KafDatabase *db, const KafField *field, const char *value)
{
  const char *before = db->transaction != NULL && !db->transaction->remote
                           ? g_hash_table_lookup (db->transaction->checked, field)
                           : NULL;

  return before != NULL && value != NULL && g_str_equal (before, value);
}

/* @clean: as it is written; was anything else typed, it is to be read again. */
static void
remember_checked (KafDatabase *db, const KafField *field, const char *clean)
{
  if (db->transaction != NULL && !db->transaction->remote && clean != NULL &&
      strlen (clean) <= REMEMBERED_MAX)
    g_hash_table_insert (db->transaction->checked, (gpointer) field, g_strdup (clean));
}

static gboolean
check_value (KafDatabase *db, KafRecord *change, guint index, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  const KafField *field = &entity->fields[index];
  gboolean is_clean = kaf_record_is_clean_at (change, index);

  if ((!is_clean || field->target != NULL) &&
      !was_checked (db, field, kaf_record_get_at (change, index)))
    {
      if (!kaf_record_clean_at (change, index, error) ||
          !check_targets (db, field, kaf_record_get_at (change, index), error))
        return FALSE;
      remember_checked (db, field, kaf_record_get_at (change, index));
    }
  return check_ancestors (db, change, field, kaf_record_get_at (change, index), error) &&
         check_query (entity, field, kaf_record_get_at (change, index), error);
}

gboolean
kaf_validate_change (
    KafDatabase *db, KafRecord *before, KafRecord *change, const char **field, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (change);
  Merged merged = { before, change };

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!kaf_record_holds_at (change, i))
        continue;
      *field = entity->fields[i].id;
      if (!check_value (db, change, i, error))
        return FALSE;
    }

  *field = NULL;
  return check_required (entity, &merged, field, error) &&
         (entity->validate == NULL || entity->validate (get_merged, &merged, field, error));
}
