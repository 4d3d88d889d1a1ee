/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an evaluation says together. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "report/documents/kaf-mission-parts.h"
#include "rules/mission/kaf-evaluation.h"
#include "rules/mission/kaf-remark.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"

/* More are no mission's. */
#define PARTICIPANTS_MOST 5000

static const char *
role_name (const KafDoc *doc, guint role)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("evaluation"), "role");

  return kaf_doc_word (doc, kaf_field_find_choice (field, kaf_evaluation_roles[role])->label);
}

/* Averages */

static void
begin_averages (KafDoc *doc)
{
  const KafEntity *entity = kaf_registry_find ("evaluation");
  KafDocColumn columns[KAF_EVALUATION_QUESTIONS + 3] = {
    { kaf_doc_word (doc, "Role"), 2.4, KAF_DOC_START },
    { kaf_doc_word (doc, "Answers"), 1.6, KAF_DOC_END },
  };

  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    columns[i + 2] = (KafDocColumn){
      kaf_doc_word (doc, kaf_entity_find_field (entity, kaf_evaluation_questions[i])->label), 2,
      KAF_DOC_END
    };
  kaf_doc_heading (doc, 3, kaf_doc_word (doc, "Averages, from 1 to 5"));
  kaf_doc_table (doc, columns);
}

static void
add_averages_row (KafDoc *doc, const char *name, guint n, const KafScore *scores, gboolean total)
{
  KafLang lang = kaf_doc_get_lang (doc);
  g_autofree char *count = kaf_number_format (n, lang);
  char *figures[KAF_EVALUATION_QUESTIONS];
  const char *cells[KAF_EVALUATION_QUESTIONS + 2] = { name, count };

  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    cells[i + 2] = figures[i] = kaf_score_format (&scores[i], lang);
  if (total)
    kaf_doc_row_total (doc, cells);
  else
    kaf_doc_row (doc, cells);
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    g_free (figures[i]);
}

static void
add_averages (KafDoc *doc, const KafMission *mission, guint least)
{
  KafEvaluation sums;
  g_autofree char *rule = kaf_doc_print_plural (
      doc, "An average shows from %u answer on, so that nobody's own can be read from it.",
      "An average shows from %u answers on, so that nobody's own can be read from it.", least,
      least);

  kaf_evaluation_sum (mission, least, &sums);
  if (sums.n_all == 0)
    return;
  begin_averages (doc);
  for (guint role = 0; role < KAF_EVALUATION_ROLES; role++)
    if (sums.n[role] > 0)
      add_averages_row (doc, role_name (doc, role), sums.n[role], sums.scores[role], FALSE);
  add_averages_row (doc, kaf_doc_word (doc, "All together"), sums.n_all, sums.all, TRUE);
  kaf_doc_note (doc, rule);
}

/* Results */

static char *
tell_percent (const KafDoc *doc, const KafResult *result)
{
  int percent = kaf_result_percent (result);

  return percent >= 0 ? g_strdup_printf (kaf_doc_word_in (doc, "percentage", "%d %%"), percent)
                      : NULL;
}

/* Not reached, or not said, is marked. */
static void
add_result (KafDoc *doc,
            KafDocumentContext *context,
            const KafResult *result,
            const KafRecord *record)
{
  g_autofree char *target = kaf_document_value (context, record, "target");
  g_autofree char *reached = kaf_document_value (context, record, "reached");
  g_autofree char *comment = kaf_document_value (context, record, "comment");
  g_autofree char *percent = tell_percent (doc, result);
  const char *const cells[] = { kaf_document_text (context, record, "text"), target, reached,
                                percent, comment };
  gboolean fell_short =
      result->target > 0 && result->reached >= 0 && result->reached < result->target;

  if (fell_short || (result->reached < 0 && comment == NULL))
    kaf_doc_row_marked (doc, cells);
  else
    kaf_doc_row (doc, cells);
}

static gboolean
add_results (KafDoc *doc, KafDocumentContext *context, const KafMission *mission, GError **error)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "Expected result"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "Expected"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Reached"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Per cent"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Comment"), 3, KAF_DOC_START },
    { NULL },
  };

  if (mission->results->len == 0)
    return TRUE;
  kaf_doc_heading (doc, 3, kaf_doc_word (doc, "Results against what was expected"));
  kaf_doc_table (doc, columns);
  for (guint i = 0; i < mission->results->len; i++)
    {
      const KafResult *result = g_ptr_array_index (mission->results, i);
      g_autoptr (KafRecord) record =
          kaf_document_read (context, "mission_result", result->id, error);

      if (record == NULL)
        return FALSE;
      add_result (doc, context, result, record);
    }
  kaf_doc_note (doc,
                kaf_doc_word (doc, "A bar before a line marks a result that was not reached, or "
                                   "of which nothing is said."));
  return TRUE;
}

/* In words */

/* Of those who were there: a remark that names one of them does not go on paper. They are looked at, not written. */
static GPtrArray *
list_names (KafDocumentContext *context, const KafMission *mission, GError **error)
{
  static const char *const columns[] = { "name", "name_ar", NULL };
  const KafRelatedQuery query = { .field = "mission",
                                  .owner_id = mission->id,
                                  .limit = PARTICIPANTS_MOST };
  g_autoptr (GPtrArray) rows = kaf_page_related_by (context->db, kaf_registry_find ("participant"),
                                                    &query, columns, context->lang, error);
  g_autoptr (GPtrArray) names = NULL;

  if (rows == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    for (guint side = 0; side < 2; side++)
      {
        const char *name = ((const KafRow *) g_ptr_array_index (rows, i))->raw[side];

        if (name != NULL)
          g_ptr_array_add (names, g_strdup (name));
      }
  for (guint i = 0; i < mission->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (mission->experts, i);
      char *name = kaf_document_title (context, "person", expert->person);

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  return g_steal_pointer (&names);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static char *
read_remark (KafDocumentContext *context, const KafRecord *answer, const char *field)
{
  g_autofree char *text = kaf_document_value (context, answer, field);
  g_autofree char *use = text != NULL && strcmp (field, "suggestion") == 0
                             ? kaf_document_value (context, answer, "suggestion_use")
                             : NULL;
  g_autofree char *apart = use != NULL ? kaf_bidi_isolate (text) : NULL;

  return use != NULL ? g_strdup_printf ("%s (%s)", apart, use) : g_steal_pointer (&text);
}

/* What one field says, without who said it: by the alphabet, so that it tells no answer together either. Gives how many
 * remarks are left out. */
static guint
add_remarks (KafDoc *doc,
             KafDocumentContext *context,
             const GPtrArray *answers,
             const GPtrArray *names,
             const char *field)
{
  const KafEntity *entity = kaf_registry_find ("evaluation");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint left_out = 0;

  for (guint i = 0; i < answers->len; i++)
    {
      g_autofree char *text = read_remark (context, g_ptr_array_index (answers, i), field);

      if (text == NULL)
        continue;
      if (kaf_remark_is_delicate (text, (const char *const *) names->pdata))
        left_out++;
      else
        g_ptr_array_add (texts, g_steal_pointer (&text));
    }
  if (texts->len > 0)
    kaf_doc_heading (doc, 3, kaf_doc_word (doc, kaf_entity_find_field (entity, field)->label));
  g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    kaf_doc_item (doc, g_ptr_array_index (texts, i));
  return left_out;
}

static void
tell_left_out (KafDoc *doc, guint n)
{
  g_autofree char *text = kaf_doc_print_plural (
      doc, "%u remark is left out: it seems to name a person or to speak of somebody's health.",
      "%u remarks are left out: they seem to name a person or to speak of somebody's health.", n,
      n);

  if (n > 0)
    kaf_doc_note (doc, text);
}

gboolean
kaf_mission_parts_answers (KafDoc *doc,
                           KafDocumentContext *context,
                           const KafMission *mission,
                           guint least,
                           GError **error)
{
  static const char *const fields[] = { "liked", "missing", "suggestion" };
  g_autoptr (GPtrArray) answers =
      kaf_document_related (context, "evaluation", "mission", mission->id, NULL, error);
  g_autoptr (GPtrArray) names = answers != NULL ? list_names (context, mission, error) : NULL;
  guint left_out = 0;

  if (names == NULL)
    return FALSE;
  add_averages (doc, mission, least);
  if (!add_results (doc, context, mission, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    left_out += add_remarks (doc, context, answers, names, fields[i]);
  tell_left_out (doc, left_out);
  return TRUE;
}
