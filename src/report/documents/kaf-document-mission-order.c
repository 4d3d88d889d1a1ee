/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mission orders: one page for each expert that the mission retained. The number of no identity paper is printed: copies on
 * paper are out of reach of an erasure and of the register of who saw it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

/* An order that is not numbered and dated is no order yet. */
static void
tell_blanks (KafDoc *doc, KafDocumentContext *context, const KafRecord *expert)
{
  static const char *const names[] = { "expert.order_number", "expert.order_on" };
  static const char *const fields[] = { "order_number", "order_on" };
  g_autofree char *title = kaf_document_value (context, expert, "person");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (kaf_record_get (expert, fields[i]) == NULL)
      kaf_doc_add_blank (doc, kaf_template_find (NULL, names[i])->label, "mission_expert",
                         kaf_record_get_id (expert), title);
}

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
  tell_blanks (doc, context, expert);
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
  .asks = KAF_ASKS_SIGNER,
  .ones = ones,
  .build = build,
};
