/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluation form: blank for a mission, to be filled in by hand; and one that was entered. Nobody signs it: what somebody
 * thinks of another is told without a name. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "rules/mission/kaf-evaluation.h"
#include "schema/kaf-registry.h"

static void
write_mission (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission)
{
  g_autofree char *title = kaf_document_title (context, "mission", kaf_record_get_id (mission));
  g_autofree char *from = kaf_document_value (context, mission, "starts_on");
  g_autofree char *to = kaf_document_value (context, mission, "ends_on");

  kaf_doc_title (doc, kaf_doc_word (doc, "Evaluation form"));
  kaf_doc_subtitle (doc, title);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Place"), kaf_document_text (context, mission, "place"));
  kaf_doc_pair (doc, kaf_doc_word (doc, "First day"), from);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Last day"), to);
  kaf_doc_note (doc, kaf_doc_word (doc, "Your answer bears no name. Please name nobody in it, and "
                                        "say nothing of anybody's health."));
}

/* The role is ticked, of the answer; of a blank form, none is. */
static void
write_roles (KafDoc *doc, const KafEntity *entity, const KafRecord *answer)
{
  const KafField *role = kaf_entity_find_field (entity, "role");
  const char *hers = answer != NULL ? kaf_record_get (answer, "role") : NULL;

  kaf_doc_heading (doc, 2, kaf_doc_word (doc, "You answer as"));
  kaf_doc_columns (doc, 3);
  for (const KafChoice *choice = role->choices; choice->code != NULL; choice++)
    kaf_doc_check (doc, kaf_doc_word (doc, choice->label), g_strcmp0 (choice->code, hers) == 0);
  kaf_doc_columns (doc, 1);
}

static void
write_scores (KafDoc *doc, const KafEntity *entity, const KafRecord *answer)
{
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, "From 1 (not at all) to 5 (entirely)"));
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      const KafField *field = kaf_entity_find_field (entity, kaf_evaluation_questions[i]);
      const char *score = answer != NULL ? kaf_record_get (answer, field->id) : NULL;

      kaf_doc_scale (doc, kaf_doc_word (doc, field->label),
                     score != NULL ? (guint) g_ascii_strtoull (score, NULL, 10) : 0);
    }
}

static void
write_words (KafDoc *doc, const KafEntity *entity, const KafRecord *answer)
{
  static const char *const fields[] = { "liked", "missing", "suggestion" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const KafField *field = kaf_entity_find_field (entity, fields[i]);

      kaf_doc_keep_begin (doc);
      kaf_doc_heading (doc, 2, kaf_doc_word (doc, field->label));
      if (answer == NULL)
        kaf_doc_lines (doc, kaf_doc_get_lang (doc) == KAF_LANG_AR ? 2 : 3);
      else
        kaf_doc_paragraph (doc, kaf_record_get (answer, field->id) != NULL
                                    ? kaf_record_get (answer, field->id)
                                    : "—");
      kaf_doc_keep_end (doc);
    }
}

/* @answer: NULL for a blank form. */
static gboolean
write_form (KafDoc *doc,
            KafDocumentContext *context,
            const char *mission_id,
            const KafRecord *answer,
            GError **error)
{
  const KafEntity *entity = kaf_registry_find ("evaluation");
  g_autoptr (KafRecord) mission = kaf_document_read (context, "mission", mission_id, error);

  if (mission == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  write_mission (doc, context, mission);
  write_roles (doc, entity, answer);
  write_scores (doc, entity, answer);
  write_words (doc, entity, answer);
  return TRUE;
}

static gboolean
build_blank (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  return write_form (doc, context, context->subject.id, NULL, error);
}

static gboolean
build_answer (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) answer =
      kaf_document_read (context, "evaluation", context->subject.id, error);

  if (answer == NULL)
    return FALSE;
  kaf_doc_set_date (doc, kaf_record_get (answer, "answered_on"));
  return write_form (doc, context, kaf_record_get (answer, "mission"), answer, error);
}

static const char *const of[] = { "evaluation", NULL };

const KafDocument kaf_document_evaluation_form = {
  .name = "evaluation-form",
  .label = N_ ("Evaluation form"),
  .entity = "mission",
  .of = of,
  .build = build_blank,
};

const KafDocument kaf_document_evaluation_answer = {
  .name = "evaluation-answer",
  .label = N_ ("Evaluation answer"),
  .entity = "evaluation",
  .build = build_answer,
};
