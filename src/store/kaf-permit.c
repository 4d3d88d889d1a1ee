/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-permit.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"

const KafRole *
kaf_permit_read (KafDatabase *db)
{
  g_autofree char *url = kaf_local_get (db, KAF_SYNC_URL);
  g_autofree char *name = url != NULL ? kaf_local_get (db, KAF_SYNC_ROLE) : NULL;

  return name != NULL ? kaf_role_find (name) : NULL;
}

gboolean
kaf_permit_allows (const KafRole *role, const KafEntity *entity)
{
  return role == NULL || kaf_role_may_write (role, entity);
}

gboolean
kaf_permit_allows_for (const KafRole *role, const KafEntity *entity, const KafEntity *owner)
{
  return role == NULL || kaf_role_may_write_of (role, entity, owner);
}

gboolean
kaf_permit_allows_field (const KafRole *role, const KafEntity *entity, const KafField *field)
{
  return role == NULL || kaf_role_can_write_in (role, entity, field);
}

/* The first field from @index on that the record holds and the role may not write; n_fields: there is none. */
static guint
find_forbidden (const KafRole *role, const KafRecord *record, guint index)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  guint n = kaf_entity_n_fields (entity);

  while (index < n && (!kaf_record_holds_at (record, index) ||
                       kaf_permit_allows_field (role, entity, &entity->fields[index])))
    index++;
  return index;
}

KafRecord *
kaf_permit_limit (const KafRole *role, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  guint n = kaf_entity_n_fields (entity), at = role != NULL ? find_forbidden (role, record, 0) : n;
  KafRecord *limited = at < n ? kaf_record_copy (record) : kaf_record_ref (record);

  for (; at < n; at = find_forbidden (role, record, at + 1))
    kaf_record_drop (limited, entity->fields[at].id);
  return limited;
}

gboolean
kaf_permit_allows_new_for (const KafRole *role, const KafEntity *entity, const KafEntity *owner)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  if (!kaf_permit_allows_for (role, entity, owner))
    return FALSE;
  for (const KafField *field = entity->fields; field->id != NULL && role != NULL; field++)
    if ((kaf_field_has (field, KAF_FIELD_REQUIRED) || kaf_field_has (field, KAF_FIELD_NAME) ||
         kaf_field_has (field, KAF_FIELD_POINT)) &&
        !kaf_role_can_write_of (role, entity, owner, field))
      return FALSE;
  return root == entity || kaf_permit_allows_new (role, root);
}

gboolean
kaf_permit_allows_new (const KafRole *role, const KafEntity *entity)
{
  return kaf_permit_allows_new_for (role, entity, NULL);
}

char *
kaf_permit_describe (const KafRole *role, const KafEntity *entity)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (entity->plural));

  /* Translators: the role of the user, then the kind of records: "Conventions". */
  return g_strdup_printf (_ ("Your role on the server, %s, does not allow writing here: %s. The "
                             "server would refuse it; ask a person whose role allows it."),
                          who, what);
}

char *
kaf_permit_describe_new (const KafRole *role, const KafEntity *entity)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (entity->plural));

  if (!kaf_permit_allows (role, entity))
    return kaf_permit_describe (role, entity);
  /* Translators: the role of the user, then the kind of records: "Experts". */
  return g_strdup_printf (
      _ ("Your role on the server, %s, allows changing records, not adding any: %s. Ask a person "
         "whose role allows it."),
      who, what);
}

char *
kaf_permit_describe_deletion (const KafRole *role, const KafEntity *entity)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (entity->plural));

  if (!kaf_permit_allows (role, entity))
    return kaf_permit_describe (role, entity);
  /* Translators: the role of the user, then the kind of records: "Experts". */
  return g_strdup_printf (
      _ ("Your role on the server, %s, allows changing records, not deleting any: %s. Ask a person "
         "whose role allows it."),
      who, what);
}

char *
kaf_permit_describe_untold (const KafRole *role, const KafEntity *entity)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (entity->plural));

  /* Translators: the role of the user, then the kind of records: "Budget lines". */
  return g_strdup_printf (_ ("Your role on the server, %s, is not shown: %s. Ask a person whose "
                             "role sees them."),
                          who, what);
}

static char *
describe_field (const KafRole *role, const KafField *field)
{
  g_autofree char *who = kaf_bidi_isolate (_ (role->label));
  g_autofree char *what = kaf_bidi_isolate (_ (field->label));

  /* Translators: the role of the user, then the label of a field. */
  return g_strdup_printf (
      _ ("Your role on the server, %s, does not allow writing “%s”. The server "
         "would refuse it: leave it out, or ask a person whose role allows it."),
      who, what);
}

char *
kaf_permit_explain (const KafRole *role, KafRecord *record, gboolean creates)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  guint at;

  if (role == NULL || !kaf_permit_allows (role, entity))
    return NULL;
  if (creates && !kaf_permit_allows_new (role, entity))
    return kaf_permit_describe_new (role, entity);
  at = find_forbidden (role, record, 0);
  return entity->fields[at].id != NULL ? describe_field (role, &entity->fields[at]) : NULL;
}

gboolean
kaf_permit_mends (const KafRole *role, const KafRule *rule)
{
  const KafEntity *entity = kaf_registry_find (rule->entity);
  const KafField *field =
      entity != NULL && rule->field != NULL ? kaf_entity_find_field (entity, rule->field) : NULL;

  if (role == NULL || (role->entities == NULL && role->file == NULL && role->beyond == NULL))
    return TRUE;
  if (rule->by != NULL)
    return kaf_permit_allows_new (role, kaf_registry_find (rule->by));
  if (field != NULL)
    return kaf_permit_allows_field (role, entity, field);
  return entity == NULL || kaf_permit_allows (role, entity);
}

gboolean
kaf_permit_erases (const KafRole *role)
{
  return role == NULL || role->erases;
}

gboolean
kaf_permit_settles (const KafRole *role)
{
  return role != NULL && role->settles;
}

gboolean
kaf_permit_reveals (const KafRole *role)
{
  return role == NULL || role->reveals;
}

gboolean
kaf_permit_totals_alone (const KafRole *role)
{
  return role != NULL && role->aggregates_only;
}

gboolean
kaf_permit_check_records (KafDatabase *db, GError **error)
{
  const KafRole *role = kaf_permit_read (db);
  g_autofree char *who = NULL;

  if (!kaf_permit_totals_alone (role))
    return TRUE;
  who = kaf_bidi_isolate (_ (role->label));
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
               /* Translators: the role of the user. */
               _ ("Your role on the server, %s, sees totals alone: records, their lists and their "
                  "documents stay closed to it."),
               who);
  return FALSE;
}

static gboolean
is_unreadable (const KafField *field, gpointer data)
{
  return !kaf_role_can_read (data, field);
}

gboolean
kaf_permit_check_query (KafDatabase *db, const KafQuery *query, GError **error)
{
  const KafRole *role = kaf_permit_read (db);
  const KafField *field =
      role != NULL ? kaf_query_find_field (query, is_unreadable, (gpointer) role) : NULL;
  g_autofree char *label = NULL;
  g_autofree char *who = NULL;

  if (!kaf_permit_check_records (db, error))
    return FALSE;
  if (field == NULL)
    return TRUE;
  label = kaf_bidi_isolate (_ (field->label));
  who = kaf_bidi_isolate (_ (role->label));
  g_set_error (
      error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
      /* Translators: the label of a field, then the role of the user. */
      _ ("These conditions ask about “%s”, which your role on the server, %s, may not read. "
         "Take that condition out."),
      label, who);
  return FALSE;
}

/* A name is made of fields of the class of names: who may not read those reads no title either. */
gboolean
kaf_permit_reads_column (const KafRole *role, const KafEntity *entity, const char *path)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  const char *const *parts = root->title;
  const KafField *field;

  if (role == NULL)
    return TRUE;
  if (!g_str_equal (path, "title") && !g_str_equal (path, "title_ar"))
    {
      field = kaf_query_resolve (entity, path, NULL, NULL);
      return field == NULL || kaf_role_can_read (role, field);
    }
  for (; parts != NULL && *parts != NULL; parts++)
    {
      field = kaf_entity_find_field (root, *parts);
      if (field != NULL && !kaf_role_can_read (role, field))
        return FALSE;
    }
  return TRUE;
}
