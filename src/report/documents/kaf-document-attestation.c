/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attestations: one page for each expert that the mission retained and each participant who was seen at a session. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

/* Nobody is attested a presence that nobody entered. */
static gboolean
has_attended (KafDocumentContext *context,
              const char *participant,
              gboolean *attended,
              GError **error)
{
  g_autoptr (GPtrArray) all =
      kaf_document_related (context, "attendance", "participant", participant, NULL, error);

  *attended = FALSE;
  for (guint i = 0; all != NULL && i < all->len && !*attended; i++)
    *attended = g_strcmp0 (kaf_record_get (g_ptr_array_index (all, i), "presence"), "present") == 0;
  return all != NULL;
}

static gboolean
write_one (KafDoc *doc,
           KafDocumentContext *context,
           const KafTextsAbout *about,
           const GPtrArray *signers,
           guint *n,
           GError **error)
{
  g_autofree char *line =
      kaf_letterhead_date_line (context->letterhead, context->lang, context->day);

  if ((*n)++ > 0)
    kaf_doc_page_break (doc);
  if (!kaf_letter_text (doc, context, "attestation", about, error))
    return FALSE;
  kaf_doc_space (doc, 6);
  kaf_doc_end (doc, line);
  kaf_letter_signatures (doc, signers);
  return TRUE;
}

static gboolean
write_experts (
    KafDoc *doc, KafDocumentContext *context, const GPtrArray *signers, guint *n, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (GPtrArray) experts =
      kaf_document_related (context, "mission_expert", "mission", id, NULL, error);

  for (guint i = 0; experts != NULL && i < experts->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (experts, i);
      const char *person = kaf_record_get (one, "person");
      const KafTextsAbout about = { .mission = id, .person = person };

      if (g_strcmp0 (kaf_record_get (one, "answer"), "retained") == 0 &&
          kaf_letter_is_for (context, kaf_record_get_id (one), person) &&
          !write_one (doc, context, &about, signers, n, error))
        return FALSE;
    }
  return experts != NULL;
}

static gboolean
write_participants (
    KafDoc *doc, KafDocumentContext *context, const GPtrArray *signers, guint *n, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (GPtrArray) all =
      kaf_document_related (context, "participant", "mission", id, "position", error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (all, i);
      g_autofree char *latin = kaf_document_value (context, one, "name");
      g_autofree char *arabic = kaf_document_value (context, one, "name_ar");
      const KafTextsAbout about = {
        .mission = id,
        .name = arabic != NULL && context->lang == KAF_LANG_AR ? arabic : latin,
      };
      gboolean attended;

      if (!kaf_letter_is_for (context, kaf_record_get_id (one), NULL))
        continue;
      if (!has_attended (context, kaf_record_get_id (one), &attended, error) ||
          (attended && !write_one (doc, context, &about, signers, n, error)))
        return FALSE;
    }
  return all != NULL;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) mission =
      kaf_document_read (context, "mission", context->subject.id, error);
  g_autoptr (GPtrArray) signers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_letter_signer_free);
  KafLetterSigner *lead;
  guint n = 0;

  if (mission == NULL)
    return FALSE;
  /* Who answers for the mission attests. */
  lead = kaf_letter_signer_new (context, kaf_record_get (mission, "lead"), NULL, error);
  if (lead == NULL)
    return FALSE;
  g_ptr_array_add (signers, lead);
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Attestation"));
  if (!write_experts (doc, context, signers, &n, error) ||
      !write_participants (doc, context, signers, &n, error))
    return FALSE;
  if (n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "Nobody's presence at this mission is entered."));
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_expert", "mission", "answer", "retained" },
                                       { "participant", "mission" },
                                       { NULL } };

const KafDocument kaf_document_attestation = {
  .name = "attestation",
  .label = N_ ("Attestation"),
  .entity = "mission",
  .ones = ones,
  .build = build,
};
