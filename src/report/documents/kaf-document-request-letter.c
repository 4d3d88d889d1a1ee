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
write_letter (KafLetters *letters, KafRecord *party, GError **error)
{
  static const char *const fields[] = { "starts_on", "ends_on", "mode", "participants_planned",
                                        NULL };
  KafDoc *doc = letters->doc;
  KafDocumentContext *context = letters->context;
  const KafRecord *mission = letters->data;
  const KafTextsAbout about = { .mission = context->subject.id,
                                .organisation = kaf_record_get (party, "organisation") };
  g_autofree char *role = kaf_document_value (context, party, "role");

  kaf_letters_begin (letters);
  write_recipient (doc, context, party);
  if (!kaf_letter_text (doc, context, "request_letter", &about, error))
    return FALSE;
  kaf_doc_space (doc, 4);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Part it takes"), role);
  kaf_letter_pairs (doc, context, mission, fields);
  kaf_letter_end (doc, context);
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_party", "mission", .order = "role" }, { NULL } };

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) mission =
      kaf_document_read (context, "mission", context->subject.id, error);
  KafLetters letters = { doc, context, mission };

  if (mission == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Letter of request"));
  if (!kaf_letters_write (&letters, ones, write_letter, error))
    return FALSE;
  if (letters.n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "This mission has no party to write to."));
  return TRUE;
}

static const char *const of[] = { "candidate_request", NULL };

const KafDocument kaf_document_request_letter = {
  .name = "request-letter",
  .label = N_ ("Letter of request"),
  .entity = "mission",
  .of = of,
  .asks = KAF_ASKS_SIGNER,
  .ones = ones,
  .build = build,
};
