/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters of request: one page for each party to a mission, of whom its help is asked. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

/* To whom the letter goes. */
static void
write_recipient (KafDoc *doc, KafDocumentContext *context, const KafRecord *party)
{
  g_autofree char *house = kaf_document_value (context, party, "organisation");
  g_autofree char *name = kaf_document_value (context, party, "contact_name");
  g_autofree char *function = kaf_document_value (context, party, "contact_function");

  kaf_doc_end (doc, house);
  kaf_doc_end (doc, name);
  kaf_doc_end (doc, function);
}

static gboolean
write_letter (KafDoc *doc,
              KafDocumentContext *context,
              const KafRecord *mission,
              const KafRecord *party,
              GError **error)
{
  static const char *const fields[] = { "starts_on", "ends_on", "mode", "participants_planned",
                                        NULL };
  const KafTextsAbout about = { .mission = context->subject.id,
                                .organisation = kaf_record_get (party, "organisation") };
  g_autofree char *role = kaf_document_value (context, party, "role");

  write_recipient (doc, context, party);
  if (!kaf_letter_text (doc, context, "request_letter", &about, error))
    return FALSE;
  kaf_doc_space (doc, 4);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Part it takes"), role);
  kaf_letter_pairs (doc, context, mission, fields);
  kaf_letter_end (doc, context);
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (KafRecord) mission = kaf_document_read (context, "mission", id, error);
  g_autoptr (GPtrArray) parties = NULL;
  guint n = 0;

  if (mission == NULL)
    return FALSE;
  parties = kaf_document_related (context, "mission_party", "mission", id, "role", error);
  if (parties == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Letter of request"));
  for (guint i = 0; i < parties->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (parties, i);

      if (!kaf_letter_is_for (context, kaf_record_get_id (one),
                              kaf_record_get (one, "organisation")))
        continue;
      if (n++ > 0)
        kaf_doc_page_break (doc);
      if (!write_letter (doc, context, mission, one, error))
        return FALSE;
    }
  if (n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "This mission has no party to write to."));
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_party", "mission" }, { NULL } };

const KafDocument kaf_document_request_letter = {
  .name = "request-letter",
  .label = N_ ("Letter of request"),
  .entity = "mission",
  .asks = KAF_ASKS_SIGNER,
  .ones = ones,
  .build = build,
};
