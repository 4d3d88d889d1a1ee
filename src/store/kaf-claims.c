/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-claims.h"

#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "schema/kaf-said.h"
#include "schema/kaf-value.h"
#include "store/kaf-database-private.h"
#include "store/kaf-permit.h"
#include "store/kaf-read-private.h"
#include "store/kaf-read.h"
#include "store/kaf-source-claims.h"

void
kaf_field_claims_free (KafFieldClaims *self)
{
  g_free (self->held);
  g_ptr_array_unref (self->claims);
  g_free (self);
}

const KafFieldClaims *
kaf_claims_find (const GPtrArray *claims, const KafEntity *entity, const KafField *field)
{
  for (guint i = 0; claims != NULL && i < claims->len; i++)
    {
      const KafFieldClaims *one = g_ptr_array_index (claims, i);

      if (one->entity == entity && one->field == field)
        return one;
    }
  return NULL;
}

typedef struct
{
  KafDatabase *db;
  const KafRole *role; /* nullable: reads all */
  const KafEntity *root;
  const char *id;
  KafLang lang;
  GHashTable *records; /* const KafEntity * → KafRecord, of those that are there */
  GPtrArray *fields;   /* of KafFieldClaims */
} Reader;

static gboolean
may_read (const KafRole *role, const KafField *field)
{
  const KafField *value = kaf_entity_find_field (kaf_registry_find ("source_claim"), "value");

  return role == NULL || (kaf_role_can_read (role, field) && kaf_role_can_read (role, value));
}

/* The record of the person that holds the field; NULL: she is none of those. (transfer none) */
static KafRecord *
get_record (Reader *self, const KafEntity *holder)
{
  KafRecord *record = g_hash_table_lookup (self->records, holder);

  if (record == NULL && kaf_read_exists (self->db, holder, self->id))
    {
      record = kaf_read_record (self->db, holder, self->id, NULL);
      if (record != NULL)
        g_hash_table_insert (self->records, (gpointer) holder, record);
    }
  return record;
}

/* What a source said, as a value of the field; NULL: it is none. A reference must lead somewhere. (transfer full) */
static char *
understand (KafDatabase *db, const KafField *field, const KafSourceClaim *said, GError **error)
{
  g_autofree char *title = NULL;

  if (said->value == NULL)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "no value of %s",
                   field->id);
      return NULL;
    }
  if (field->kind != KAF_KIND_REFERENCE || kaf_field_is_many (field))
    return g_strdup (said->value);
  title = kaf_read_title (db, field->target, said->value, KAF_LANG_EN);
  if (title != NULL)
    return g_strdup (said->value);
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "no such %s: %s",
               field->target, said->value);
  return NULL;
}

static KafFieldClaims *
field_claims_of (Reader *self, const KafEntity *holder, const KafField *field)
{
  KafFieldClaims *one = (KafFieldClaims *) kaf_claims_find (self->fields, holder, field);
  const char *held;

  if (one != NULL)
    return one;
  one = g_new0 (KafFieldClaims, 1);
  one->entity = holder;
  one->field = field;
  one->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_claim_free);
  held = kaf_record_get (g_hash_table_lookup (self->records, holder), field->id);
  one->held = kaf_value_format (field, held, self->lang, kaf_read_title_func, self->db);
  g_ptr_array_add (self->fields, one);
  return one;
}

static void
add_claim (Reader *self, const KafSourceClaim *said)
{
  const KafEntity *holder;
  const KafField *field = kaf_said_find_field (self->root, said->field, &holder);
  KafRecord *record = field != NULL ? get_record (self, holder) : NULL;
  KafFieldClaims *of;
  KafClaim *claim;

  if (record == NULL || said->text == NULL || !may_read (self->role, field))
    return;
  of = field_claims_of (self, holder, field);
  claim = g_new0 (KafClaim, 1);
  claim->id = g_strdup (said->id);
  claim->source = g_strdup (said->source);
  claim->origin = g_strdup (said->origin);
  claim->claimed_on = g_strdup (said->claimed_on);
  claim->confidence = g_strdup (said->confidence);
  claim->value = understand (self->db, field, said, NULL);
  claim->text = claim->value != NULL ? kaf_value_format (field, claim->value, self->lang,
                                                         kaf_read_title_func, self->db)
                                     : g_strdup (said->text);
  claim->agrees = kaf_claim_agrees (field, claim->value, kaf_record_get (record, field->id));
  of->n_otherwise += claim->agrees ? 0 : 1;
  g_ptr_array_add (of->claims, claim);
}

static int
compare_claims (gconstpointer a, gconstpointer b)
{
  return kaf_claim_compare (*(const KafClaim *const *) a, *(const KafClaim *const *) b);
}

/* The root's fields first, each in the order of its table. */
static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const KafFieldClaims *x = *(const KafFieldClaims *const *) a;
  const KafFieldClaims *y = *(const KafFieldClaims *const *) b;

  if (x->entity != y->entity)
    return (x->entity->owner != NULL) - (y->entity->owner != NULL) != 0
               ? (x->entity->owner != NULL) - (y->entity->owner != NULL)
               : g_strcmp0 (x->entity->id, y->entity->id);
  return x->field < y->field ? -1 : x->field > y->field;
}

static void
settle (Reader *self)
{
  g_ptr_array_sort (self->fields, compare_fields);
  for (guint i = 0; i < self->fields->len; i++)
    {
      KafFieldClaims *one = g_ptr_array_index (self->fields, i);

      g_ptr_array_sort (one->claims, compare_claims);
      one->why = kaf_claim_explain (one->claims, one->held != NULL, &one->best);
    }
}

GPtrArray *
kaf_claims_read (
    KafDatabase *db, const KafEntity *root, const char *id, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_field_claims_free);
  g_autoptr (GHashTable) records =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) kaf_record_unref);
  g_autoptr (GPtrArray) said = kaf_source_claims_read (db, root, id, error);
  Reader reader = { db, kaf_permit_read (db), root, id, lang, records, fields };

  if (said == NULL)
    return NULL;
  for (guint i = 0; i < said->len; i++)
    add_claim (&reader, g_ptr_array_index (said, i));
  settle (&reader);
  return g_steal_pointer (&fields);
}

/* Adopting */

static const KafEntity *
root_of (const KafRecord *claim, const char **id)
{
  const char *root = kaf_record_get (claim, "person") != NULL ? "person" : "organisation";

  *id = kaf_record_get (claim, root);
  return kaf_registry_find (root);
}

/* What the record @id among @said says of the field of that name; NULL: nothing. */
static const KafSourceClaim *
find_said (const GPtrArray *said, const char *id, const char *field)
{
  for (guint i = 0; i < said->len; i++)
    {
      const KafSourceClaim *claim = g_ptr_array_index (said, i);

      if (g_str_equal (claim->id, id) && g_strcmp0 (claim->field, field) == 0 &&
          claim->text != NULL)
        return claim;
    }
  return NULL;
}

KafChangeSet *
kaf_claim_adopt (KafDatabase *db, const char *id, const char *name, GError **error)
{
  g_autoptr (KafRecord) claim = kaf_read_record (db, kaf_registry_find ("source_claim"), id, error);
  const char *of = NULL;
  const KafEntity *root = claim != NULL ? root_of (claim, &of) : NULL;
  g_autoptr (GPtrArray) all = of != NULL ? kaf_source_claims_read_all (db, root, of, error) : NULL;
  const KafSourceClaim *said = all != NULL ? find_said (all, id, name) : NULL;
  const KafEntity *holder = NULL;
  const KafField *field = said != NULL ? kaf_said_find_field (root, name, &holder) : NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafRecord) change = NULL;
  g_autofree char *value = NULL;
  g_autofree char *held = NULL;
  KafChangeSet *set;

  if (claim == NULL || (of != NULL && all == NULL))
    return NULL;
  if (field == NULL || !may_read (kaf_permit_read (db), field))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "the claim is about nothing");
      return NULL;
    }
  record = kaf_read_record (db, holder, of, error);
  value = record != NULL ? understand (db, field, said, error) : NULL;
  if (value == NULL)
    return NULL;
  held = kaf_claim_apply (field, value, kaf_record_get (record, field->id));
  change = kaf_record_new (kaf_record_get_entity (record), kaf_record_get_id (record));
  kaf_record_set (change, field->id, held);
  set = kaf_change_set_new ("edit");
  kaf_change_set_update (set, change);
  return set;
}
