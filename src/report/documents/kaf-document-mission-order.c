/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mission orders: one page for each expert that the mission retained. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

static gboolean
write_order (KafLetters *letters, KafRecord *expert, GError **error)
{
  KafDoc *doc = letters->doc;
  KafDocumentContext *context = letters->context;
  static const char *const fields[] = { "order_number", "order_on",  "network", "arrives_on",
                                        "arrives_at",   "leaves_on", NULL };
  const KafTextsAbout about = { .mission = context->subject.id,
                                .expert = kaf_record_get_id (expert) };

  kaf_letters_begin (letters);
  if (!kaf_letter_text (doc, context, "mission_order", &about, error))
    return FALSE;
  kaf_doc_space (doc, 4);
  kaf_letter_pairs (doc, context, expert, fields);
  kaf_letter_end (doc, context);
  return TRUE;
}

static const KafDocumentOne ones[] = {
  { "mission_expert", "mission", "answer", "retained", "order_number" }, { NULL }
};

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  KafLetters letters = { doc, context };
  g_autoptr (KafRecord) mission =
      kaf_document_read (context, "mission", context->subject.id, error);

  if (mission == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Mission order"));
  if (!kaf_letters_write (&letters, ones, write_order, error))
    return FALSE;
  if (letters.n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "No expert is retained for this mission."));
  return TRUE;
}

const KafDocument kaf_document_mission_order = {
  .name = "mission-order",
  .label = N_ ("Mission order"),
  .entity = "mission",
  .ones = ones,
  .build = build,
};
