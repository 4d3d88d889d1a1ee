/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Envelope (DL, 220 × 110 mm): to a person at home, or to an organisation; the sender is the service of the letterhead. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/documents/kaf-documents.h"

#define WIDTH 220
#define HEIGHT 110
#define MARGIN 12

static void
write_sender (KafDoc *doc, const KafDocumentContext *context)
{
  guint side = kaf_letterhead_side (context->lang);

  kaf_doc_note (doc, context->letterhead->state[side]);
  kaf_doc_note (doc, context->letterhead->service[side]);
}

static void
tell_blanks (
    KafDoc *doc, const KafRecord *record, const char *address, const char *city, const char *name)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  if (address == NULL)
    kaf_doc_add_blank (doc, kaf_entity_find_field (entity, "address")->label, entity->id,
                       kaf_record_get_id (record), name);
  if (city == NULL)
    kaf_doc_add_blank (doc, kaf_entity_find_field (entity, "city")->label, entity->id,
                       kaf_record_get_id (record), name);
}

/* To whom, where; postal services read the town and the country last. */
static void
write_recipient (KafDoc *doc,
                 KafDocumentContext *context,
                 const KafRecord *record,
                 const char *name)
{
  g_autofree char *country = kaf_document_value (context, record, "country");
  g_autofree char *city = kaf_document_value (context, record, "city");
  g_autofree char *address = kaf_document_value (context, record, "address");

  tell_blanks (doc, record, address, city, name);
  kaf_doc_space (doc, 24);
  kaf_doc_indent (doc, 95);
  kaf_doc_heading (doc, 3, name);
  kaf_doc_paragraph (doc, address);
  if (address == NULL || city == NULL || strstr (address, city) == NULL)
    kaf_doc_paragraph (doc, city);
  kaf_doc_paragraph (doc, country);
  kaf_doc_indent (doc, 0);
}

static gboolean
build_for (KafDoc *doc, KafDocumentContext *context, const char *entity, GError **error)
{
  g_autoptr (KafRecord) record = kaf_document_read (context, entity, context->subject.id, error);
  g_autofree char *name = NULL;

  if (record == NULL)
    return FALSE;
  name = kaf_document_title (context, entity, context->subject.id);
  kaf_doc_set_paper (doc, WIDTH, HEIGHT, MARGIN);
  kaf_doc_set_bare (doc);
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Envelope"));
  write_sender (doc, context);
  write_recipient (doc, context, record, name);
  return TRUE;
}

static gboolean
build_person (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  return build_for (doc, context, "person", error);
}

static gboolean
build_organisation (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  return build_for (doc, context, "organisation", error);
}

const KafDocument kaf_document_envelope = {
  .name = "envelope",
  .label = N_ ("Envelope"),
  .entity = "person",
  .build = build_person,
};

const KafDocument kaf_document_envelope_organisation = {
  .name = "envelope-organisation",
  .label = N_ ("Envelope"),
  .entity = "organisation",
  .build = build_organisation,
};
