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

/* Whom it is about: an expert is a person, a participant a name. @name: (out) owned by the caller. */
static void
tell_whom (KafDocumentContext *context, const KafRecord *one, KafTextsAbout *about, char **name)
{
  g_autofree char *latin = NULL;
  g_autofree char *arabic = NULL;

  if (g_str_equal (kaf_record_get_entity (one)->id, "mission_expert"))
    {
      about->person = kaf_record_get (one, "person");
      return;
    }
  latin = kaf_document_value (context, one, "name");
  arabic = kaf_document_value (context, one, "name_ar");
  *name = arabic != NULL && context->lang == KAF_LANG_AR ? g_steal_pointer (&arabic)
                                                         : g_steal_pointer (&latin);
  about->name = *name;
}

/* Of who was there. */
static gboolean
write_one (KafLetters *letters, KafRecord *one, GError **error)
{
  KafDoc *doc = letters->doc;
  KafDocumentContext *context = letters->context;
  g_autofree char *line =
      kaf_letterhead_date_line (context->letterhead, context->lang, context->day);
  g_autofree char *name = NULL;
  KafTextsAbout about = { .mission = context->subject.id };
  gboolean attended = TRUE;

  if (g_str_equal (kaf_record_get_entity (one)->id, "participant") &&
      !has_attended (context, kaf_record_get_id (one), &attended, error))
    return FALSE;
  if (!attended)
    return TRUE;
  tell_whom (context, one, &about, &name);
  kaf_letters_begin (letters);
  if (!kaf_letter_text (doc, context, "attestation", &about, error))
    return FALSE;
  kaf_doc_space (doc, 6);
  kaf_doc_end (doc, line);
  kaf_letter_signatures (doc, letters->data);
  return TRUE;
}

static const KafDocumentOne ones[] = { { "mission_expert", "mission", "answer", "retained" },
                                       { "participant", "mission", .order = "position" },
                                       { NULL } };

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) mission =
      kaf_document_read (context, "mission", context->subject.id, error);
  g_autoptr (GPtrArray) signers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_letter_signer_free);
  KafLetters letters = { doc, context, signers };
  KafLetterSigner *lead;

  if (mission == NULL)
    return FALSE;
  /* Who answers for the mission attests. */
  lead = kaf_letter_signer_new (context, kaf_record_get (mission, "lead"), NULL, error);
  if (lead == NULL)
    return FALSE;
  g_ptr_array_add (signers, lead);
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Attestation"));
  if (!kaf_letters_write (&letters, ones, write_one, error))
    return FALSE;
  if (letters.n == 0)
    kaf_doc_warn (doc, kaf_doc_word (doc, "Nobody's presence at this mission is entered."));
  return TRUE;
}

const KafDocument kaf_document_attestation = {
  .name = "attestation",
  .label = N_ ("Attestation"),
  .entity = "mission",
  .ones = ones,
  .build = build,
};
