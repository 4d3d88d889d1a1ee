/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answer to an access request (law 09-08, article 7): all that this store holds about a person, where it comes from, what
 * she agreed to, and what can be asked for. Found through the schema: a field added to it is in the answer. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "schema/kaf-registry.h"

static void
write_fields (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, const char *owner)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autofree char *value = NULL;

      if (kaf_field_has (field, KAF_FIELD_HIDDEN) ||
          g_strcmp0 (kaf_record_get (record, field->id), owner) == 0)
        continue;
      value = kaf_document_value (context, record, field->id);
      if (value != NULL && *value != '\0')
        kaf_doc_pair (doc, kaf_doc_word (doc, field->label), value);
    }
}

/* All that a list said of her. */
static void
write_said (KafDoc *doc, KafDocumentContext *context, const KafRecord *claim)
{
  const KafEntity *entity = kaf_record_get_entity (claim);
  g_autofree char *said =
      g_str_equal (entity->id, "source_claim") ? kaf_document_said (context, claim) : NULL;

  if (said != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, kaf_entity_find_field (entity, "said")->label), said);
}

/* The person, and each of her sides. */
static gboolean
write_person (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const KafEntity *root = kaf_registry_find ("person");
  const char *id = context->subject.id;

  for (guint bit = 0; bit == 0 || kaf_registry_find_facet (root, bit) != NULL;
       bit = bit == 0 ? 1 : bit << 1)
    {
      const KafEntity *entity = bit == 0 ? root : kaf_registry_find_facet (root, bit);
      g_autoptr (GError) local = NULL;
      g_autoptr (KafRecord) record = kaf_document_read (context, entity->id, id, &local);

      if (record == NULL &&
          (bit == 0 || !g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND)))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (record == NULL)
        continue;
      kaf_doc_heading (doc, 2, kaf_doc_word (doc, entity->label));
      write_fields (doc, context, record, id);
    }
  return TRUE;
}

static gboolean
write_related (KafDoc *doc,
               KafDocumentContext *context,
               const KafEntity *entity,
               const KafField *field,
               GError **error)
{
  g_autoptr (GPtrArray) records =
      kaf_document_related (context, entity->id, field->id, context->subject.id, NULL, error);

  if (records == NULL)
    return FALSE;
  if (records->len > 0)
    kaf_doc_heading (doc, 2, kaf_doc_word (doc, entity->plural));
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *heading = g_strdup_printf ("%u.", i + 1);

      if (records->len > 1)
        kaf_doc_heading (doc, 3, heading);
      write_fields (doc, context, records->pdata[i], context->subject.id);
      write_said (doc, context, records->pdata[i]);
    }
  return TRUE;
}

static gboolean
is_about_person (const KafEntity *entity, const KafField *field)
{
  return field->kind == KAF_KIND_REFERENCE && entity->owner == NULL && field->target != NULL &&
         g_str_equal (kaf_entity_get_root (kaf_registry_find (field->target))->id, "person");
}

/* Whatever names her, by any field that may. */
static gboolean
write_all_related (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const KafEntity *files = kaf_registry_find ("attachment");
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
      if (is_about_person (entities[i], field) &&
          !write_related (doc, context, entities[i], field, error))
        return FALSE;
  return write_related (doc, context, files, kaf_entity_find_field (files, "owner"), error);
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) person = kaf_document_read (context, "person", context->subject.id, error);
  g_autofree char *name = NULL;
  const KafDocSigner signers[] = {
    { kaf_doc_word (doc, "For the controller"), NULL, NULL, TRUE },
    { NULL },
  };

  if (person == NULL)
    return FALSE;
  name = kaf_document_title (context, "person", context->subject.id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (person));
  kaf_doc_title (doc, kaf_doc_word (doc, "Answer to an access request"));
  kaf_doc_subtitle (doc, name);
  kaf_doc_paragraph (doc,
                     kaf_doc_word (doc, "Under law 09-08 on the protection of individuals with "
                                        "regard to the processing of personal data, here is "
                                        "all that this office holds about you."));
  kaf_doc_heading (doc, 1, kaf_doc_word (doc, "Data held"));
  if (!write_person (doc, context, error) || !write_all_related (doc, context, error))
    return FALSE;
  kaf_doc_heading (doc, 1, kaf_doc_word (doc, "Your rights"));
  kaf_doc_paragraph (doc, kaf_doc_word (doc, "You may have these data corrected, oppose their use, "
                                             "or have them erased, by writing to this office. What "
                                             "has been exported or printed before is out of its "
                                             "reach."));
  kaf_doc_signatures (doc, signers);
  return TRUE;
}

const KafDocument kaf_document_access_answer = {
  .name = "access-answer",
  .label = N_ ("Answer to an access request"),
  .entity = "person",
  .of_deleted = TRUE,
  .build = build,
};
