/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mission orders: one page for each expert that the mission retained. */
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
write_order (KafDoc *doc, KafDocumentContext *context, const KafRecord *expert, GError **error)
{
  static const char *const fields[] = { "order_number", "order_on",  "network", "arrives_on",
                                        "arrives_at",   "leaves_on", NULL };
  const KafTextsAbout about = { .mission = context->subject.id,
                                .expert = kaf_record_get_id (expert) };

  if (!kaf_letter_text (doc, context, "mission_order", &about, error))
    return FALSE;
  tell_blanks (doc, context, expert);
  kaf_doc_space (doc, 4);
  kaf_letter_pairs (doc, context, expert, fields);
  kaf_letter_end (doc, context);
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (KafRecord) mission = kaf_document_read (context, "mission", id, error);
  g_autoptr (GPtrArray) experts = NULL;
  guint n = 0;

  if (mission == NULL)
    return FALSE;
  experts = kaf_document_related (context, "mission_expert", "mission", id, "order_number", error);
  if (experts == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Mission order"));
  for (guint i = 0; i < experts->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (experts, i);

      if (g_strcmp0 (kaf_record_get (one, "answer"), "retained") != 0 ||
          !kaf_letter_is_for (context, kaf_record_get_id (one), kaf_record_get (one, "person")))
        continue;
      if (n++ > 0)
        kaf_doc_page_break (doc);
      if (!write_order (doc, context, one, error))
        return FALSE;
    }
  if (n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "No expert is retained for this mission."));
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_expert", "mission", "answer", "retained" },
                                       { NULL } };

const KafDocument kaf_document_mission_order = {
  .name = "mission-order",
  .label = N_ ("Mission order"),
  .entity = "mission",
  .asks = KAF_ASKS_SIGNER,
  .ones = ones,
  .build = build,
};
