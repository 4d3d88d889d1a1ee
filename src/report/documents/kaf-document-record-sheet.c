/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any record as its form has it: sections, labels, values. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "store/kaf-read.h"

static void
add_section (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, const char *id)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autofree char *value = NULL;

      if (g_strcmp0 (field->section, id) != 0 || kaf_field_has (field, KAF_FIELD_HIDDEN))
        continue;
      value = kaf_document_value (context, record, field->id);
      /* Both languages have the same rows: those that have a value. */
      if (value != NULL)
        kaf_doc_pair (doc, kaf_doc_word (doc, field->label), value);
    }
}

static gboolean
has_values (KafDocumentContext *context, const KafRecord *record, const char *id)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autofree char *value =
          g_strcmp0 (field->section, id) == 0 && !kaf_field_has (field, KAF_FIELD_HIDDEN)
              ? kaf_document_value (context, record, field->id)
              : NULL;

      if (value != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_entity (KafDoc *doc, KafDocumentContext *context, const KafEntity *entity, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_document_read (context, entity->id, context->subject.id, error);

  if (record == NULL)
    return FALSE;
  for (const KafSection *section = entity->sections; section->id != NULL; section++)
    if (has_values (context, record, section->id))
      {
        kaf_doc_heading (doc, 2, kaf_doc_word (doc, section->label));
        add_section (doc, context, record, section->id);
      }
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const KafEntity *entity = context->subject.entity;
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (KafRecord) record = kaf_document_read (context, root->id, context->subject.id, error);
  g_autofree char *title = NULL;

  if (record == NULL)
    return FALSE;
  title = kaf_document_title (context, entity->id, context->subject.id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (record));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, title);
  kaf_doc_title (doc, title);
  kaf_doc_subtitle (doc, kaf_doc_word (doc, entity->label));
  return add_entity (doc, context, root, error) &&
         (root == entity || add_entity (doc, context, entity, error));
}

const KafDocument kaf_document_record_sheet = {
  .name = "record-sheet",
  .label = N_ ("Record sheet"),
  .takes = KAF_TAKES_RECORD,
  .both = KAF_BOTH_SIDES,
  .build = build,
};
