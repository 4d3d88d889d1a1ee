/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue. */
#include "config.h"

#include "report/documents/kaf-documents.h"
#include "schema/kaf-registry.h"
#include "store/kaf-permit.h"

static const KafDocument *const documents[] = {
  &kaf_document_mission_file,
  &kaf_document_mission_sheet,
  &kaf_document_mission_order,
  &kaf_document_request_letter,
  &kaf_document_session_sign_in,
  &kaf_document_attestation,
  &kaf_document_evaluation_form,
  &kaf_document_evaluation_answer,
  &kaf_document_handover_receipt,
  &kaf_document_covering_note,
  &kaf_document_badges,
  &kaf_document_mission_step,
  &kaf_document_convention,
  &kaf_document_covering_note_convention,
  &kaf_document_summons,
  &kaf_document_summons_all,
  &kaf_document_sign_in_sheet,
  &kaf_document_minutes,
  &kaf_document_badges_meeting,
  &kaf_document_envelope,
  &kaf_document_envelope_organisation,
  &kaf_document_access_answer,
  &kaf_document_erasure_certificate,
  &kaf_document_record_sheet,
  &kaf_document_list,
  NULL,
};

const KafDocument *const *
kaf_documents (void)
{
  return documents;
}

const KafDocument *
kaf_document_find (const char *name)
{
  for (guint i = 0; documents[i] != NULL; i++)
    if (g_str_equal (documents[i]->name, name))
      return documents[i];
  return NULL;
}

static gboolean
is_about (const KafDocument *document, const KafEntity *entity)
{
  return document->entity != NULL &&
         (g_str_equal (document->entity, entity->id) ||
          g_str_equal (document->entity, kaf_entity_get_root (entity)->id));
}

const KafEntity *
kaf_document_find_untold (const KafDocument *self, const KafRole *role)
{
  for (guint i = 0; role != NULL && self->of != NULL && self->of[i] != NULL; i++)
    {
      const KafEntity *entity = kaf_registry_find (self->of[i]);

      if (!kaf_role_knows (role, kaf_entity_get_root (entity)))
        return entity;
    }
  return NULL;
}

GPtrArray *
kaf_documents_for (KafDatabase *db, const KafEntity *entity, const char *id)
{
  GPtrArray *found = g_ptr_array_new ();
  const KafRole *role = kaf_permit_read (db);

  for (guint i = 0; documents[i] != NULL; i++)
    if (documents[i]->takes == KAF_TAKES_RECORD && is_about (documents[i], entity) &&
        kaf_document_find_untold (documents[i], role) == NULL &&
        (id == NULL || documents[i]->suits == NULL || documents[i]->suits (db, id)))
      g_ptr_array_add (found, (gpointer) documents[i]);
  for (guint i = 0; documents[i] != NULL; i++)
    if (documents[i]->entity == NULL && documents[i]->takes == KAF_TAKES_RECORD)
      g_ptr_array_add (found, (gpointer) documents[i]);
  return found;
}
