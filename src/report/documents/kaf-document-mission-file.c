/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission: cover, the ten steps with their checks as the page runs them, who decided what, boxes to sign,
 * and the list of annexes. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-money.h"
#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-mission-parts.h"
#include "rules/mission/kaf-mission-budget.h"
#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

typedef struct
{
  KafDoc *doc;
  KafDocumentContext *context;
  KafRecord *record;
  KafMission *mission;
  KafMissionLife life;
  KafMissionSurroundings *around;
  KafFindings *findings;
  GPtrArray *checks[KAF_MISSION_STEPS + 1]; /* of KafCheck */
} File;

static void
file_clear (File *self)
{
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    g_clear_pointer (&self->checks[step], g_ptr_array_unref);
  g_clear_pointer (&self->findings, kaf_findings_unref);
  g_clear_pointer (&self->around, kaf_mission_surroundings_free);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->record, kaf_record_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

static gboolean
read_file (File *self, GError **error)
{
  KafDocumentContext *context = self->context;
  const KafThresholds thresholds = kaf_thresholds_default ();

  self->record = kaf_document_read (context, "mission", context->subject.id, error);
  self->mission = self->record != NULL
                      ? kaf_mission_read (context->db, context->subject.id, context->lang,
                                          context->cancellable, error)
                      : NULL;
  if (self->mission == NULL)
    return FALSE;
  self->around = kaf_mission_surroundings_read (context->db, kaf_day_parse (context->day),
                                                context->lang, error);
  if (self->around == NULL)
    return FALSE;
  kaf_mission_live (self->mission, &self->life);
  self->findings = kaf_findings_new (self->around->context.day, &thresholds);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    self->checks[step] = kaf_mission_run_checks (self->mission, &self->life, step,
                                                 &self->around->context, self->findings);
  return kaf_findings_tell (context->db, self->findings, context->lang, error);
}

static char *
tell_day (const File *self, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);

  return iso != NULL ? kaf_date_format (iso, self->context->lang, KAF_DATE_SHORT) : NULL;
}

/* The cover */

static const char *
tell_state (const File *self)
{
  static const char *const words[] = {
    [KAF_MISSION_OPEN] = NC_ ("mission", "open"),
    [KAF_MISSION_ON_HOLD] = NC_ ("mission", "on hold"),
    [KAF_MISSION_CLOSED] = NC_ ("mission", "closed"),
    [KAF_MISSION_ABANDONED] = NC_ ("mission", "abandoned"),
  };

  return kaf_doc_word_in (self->doc, "mission", words[self->life.state]);
}

static void
add_cover (const File *self)
{
  KafDoc *doc = self->doc;
  const char *ref = kaf_record_get_ref (self->record);
  g_autofree char *title = kaf_document_title (self->context, "mission", self->context->subject.id);
  g_autofree char *step =
      kaf_doc_print (doc, "Step %1$u, %2$s", self->life.step,
                     kaf_mission_step_name_in (self->life.step, kaf_doc_get_lang (doc)));

  kaf_doc_set_reference (doc, ref);
  kaf_doc_set_date (doc, self->context->day);
  kaf_doc_set_name (doc, title);
  kaf_doc_set_provisional (doc, self->life.state != KAF_MISSION_CLOSED);
  kaf_doc_title (doc, kaf_doc_word (doc, "Mission file"));
  kaf_doc_subtitle (doc, title);
  kaf_doc_pair (doc, kaf_doc_word (doc, "State"), tell_state (self));
  kaf_doc_pair (doc, kaf_doc_word (doc, "Step"), step);
  kaf_mission_parts_cover (doc, self->context, self->record);
}

static const char *
tell_step_state (const File *self, guint step)
{
  const KafMissionLife *life = &self->life;

  if (life->recheck[step])
    return kaf_doc_word_in (self->doc, "step", "to be looked at again");
  if (life->left[step])
    return life->pending[step] ? kaf_doc_word_in (self->doc, "step", "left, waits for the server")
                               : kaf_doc_word_in (self->doc, "step", "left");
  if (step != life->step)
    return kaf_doc_word_in (self->doc, "step", "to come");
  return life->approval_lapsed
             ? kaf_doc_word_in (self->doc, "step", "open again: the content changed")
             : kaf_doc_word_in (self->doc, "step", "open");
}

/* Who left it last. */
static const KafAct *
find_leaving (const File *self, guint step)
{
  for (guint i = self->mission->acts->len; i > 0; i--)
    {
      const KafAct *act = g_ptr_array_index (self->mission->acts, i - 1);

      if (act->kind == KAF_ACT_LEAVE && act->step == step)
        return act;
    }
  return NULL;
}

static void
add_overview (const File *self)
{
  KafDoc *doc = self->doc;
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "No."), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Step"), 3, KAF_DOC_START },
    { kaf_doc_word (doc, "State"), 3, KAF_DOC_START },
    { kaf_doc_word (doc, "On"), 0, KAF_DOC_START },
    { kaf_doc_word_in (doc, "who", "By"), 2, KAF_DOC_START },
    { NULL },
  };

  kaf_doc_heading (doc, 1, kaf_doc_word (doc, "The ten steps"));
  kaf_doc_table (doc, columns);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      const KafAct *act = find_leaving (self, step);
      g_autofree char *number = g_strdup_printf ("%u", step);
      g_autofree char *day = tell_day (self, self->life.left_on[step]);

      kaf_doc_row (doc, (const char *[]){ number,
                                          kaf_mission_step_name_in (step, kaf_doc_get_lang (doc)),
                                          tell_step_state (self, step), day,
                                          act != NULL ? kaf_mission_parts_author (act) : NULL });
    }
}

/* A step */

/* What was found, a line each. */
static char *
tell_found (const KafCheck *check)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < check->findings->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (check->findings, i);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", finding->sentence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is overridden stands first, so that nobody overlooks it. */
static void
add_checks (const File *self, guint step)
{
  for (guint i = 0; i < self->checks[step]->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (self->checks[step], i);

      kaf_mission_parts_overridden (self->doc, check->rule, check->state);
    }
  kaf_mission_parts_checks (self->doc);
  for (guint i = 0; i < self->checks[step]->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (self->checks[step], i);
      g_autofree char *found = tell_found (check);

      kaf_mission_parts_check (self->doc, self->context, check->rule, check->state, found,
                               check->act);
    }
}

static void
add_budget (const File *self)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (self->mission);
  KafDoc *doc = self->doc;
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "Payer"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "Lines"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Amount"), 0, KAF_DOC_END },
    { NULL },
  };

  if (budget->sums->len == 0)
    return;
  kaf_doc_heading (doc, 3, kaf_doc_word (doc, "By payer"));
  kaf_doc_table (doc, columns);
  for (guint i = 0; i < budget->sums->len; i++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (budget->sums, i);
      g_autofree char *money = kaf_money_make (sum->total, sum->currency);
      g_autofree char *total = kaf_money_format (money, self->context->lang);
      g_autofree char *n = g_strdup_printf ("%u", sum->n_lines);

      for (guint k = 0; k < sum->payers->len; k++)
        {
          const KafBudgetShare *share = &g_array_index (sum->payers, KafBudgetShare, k);
          g_autofree char *payer = kaf_document_title (self->context, "organisation", share->of);
          g_autofree char *amount = kaf_money_make (share->total, sum->currency);
          g_autofree char *shown = kaf_money_format (amount, self->context->lang);
          g_autofree char *n_lines = g_strdup_printf ("%u", share->n_lines);

          kaf_doc_row (doc,
                       (const char *[]){ payer != NULL ? payer : kaf_doc_word (doc, "To be named"),
                                         n_lines, shown });
        }
      kaf_doc_row_total (doc, (const char *[]){ kaf_doc_word (doc, "Total"), n, total });
    }
}

static void
add_signatures (const File *self, guint step)
{
  const KafAct *act = find_leaving (self, step);
  const KafDocSigner leads[] = {
    { kaf_doc_word (self->doc, "Who leads the file"),
      act != NULL ? kaf_mission_parts_author (act) : NULL, NULL, FALSE },
    { NULL },
  };
  const KafDocSigner decides[] = {
    { kaf_doc_word (self->doc, "Who leads the file"), kaf_record_get (self->record, "followed_by"),
      NULL, FALSE },
    { kaf_doc_word (self->doc, "Who approves"), act != NULL ? kaf_mission_parts_author (act) : NULL,
      act != NULL ? act->paper_function : NULL, TRUE },
    { NULL },
  };

  kaf_doc_signatures (self->doc, step == 6 || step == 7 ? decides : leads);
}

static gboolean
add_step (const File *self, guint step, GError **error)
{
  KafDoc *doc = self->doc;
  const KafAct *act = find_leaving (self, step);
  g_autofree char *heading =
      g_strdup_printf ("%u. %s", step, kaf_mission_step_name_in (step, kaf_doc_get_lang (doc)));
  g_autofree char *day = tell_day (self, self->life.left_on[step]);

  kaf_doc_heading (doc, 1, heading);
  kaf_doc_pair (doc, kaf_doc_word (doc, "State"), tell_step_state (self, step));
  if (act != NULL)
    {
      kaf_doc_pair (doc, kaf_doc_word (doc, "Left on"), day);
      kaf_doc_pair (doc, kaf_doc_word_in (doc, "who", "By"), kaf_mission_parts_author (act));
    }
  if (step == 4)
    kaf_mission_parts_texts (doc, self->context, self->record);
  add_checks (self, step);
  for (const KafPartTable *part = kaf_mission_parts_of (step); part->entity != NULL; part++)
    if (!kaf_document_part (doc, self->context, part, self->mission->id, NULL, error))
      return FALSE;
  if (step == 1 && !kaf_mission_parts_needs (doc, self->context, self->mission, error))
    return FALSE;
  if (step == 5)
    add_budget (self);
  if (step == 10 && !kaf_mission_parts_answers (doc, self->context, self->mission,
                                                self->around->context.limits.answers_shown, error))
    return FALSE;
  add_signatures (self, step);
  return TRUE;
}

static gboolean
add_annexes (const File *self, GError **error)
{
  static const KafPartColumn columns[] = {
    { "file_name", NULL, 4 }, { "role", NULL, 2 }, { "sha256", NULL, 4 }, { NULL }
  };
  const KafPartTable part = { "attachment", "owner", NULL, N_ ("Files"), columns };
  guint n = 0;

  kaf_doc_heading (self->doc, 1, kaf_doc_word (self->doc, "Annexes"));
  if (!kaf_document_part (self->doc, self->context, &part, self->mission->id, &n, error))
    return FALSE;
  if (n == 0)
    kaf_doc_note (self->doc, kaf_doc_word (self->doc, "No file is attached to the mission."));
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_auto (File) file = { .doc = doc, .context = context };

  if (!read_file (&file, error))
    return FALSE;
  add_cover (&file);
  add_overview (&file);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (!add_step (&file, step, error))
      return FALSE;
  return add_annexes (&file, error);
}

static const char *const of[] = { "need", "budget_line", "evaluation", NULL };

const KafDocument kaf_document_mission_file = {
  .name = "mission-file",
  .label = N_ ("Mission file"),
  .entity = "mission",
  .of = of,
  .both = KAF_BOTH_SIDES,
  .build = build,
};
