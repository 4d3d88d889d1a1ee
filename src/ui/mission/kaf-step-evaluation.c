/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 10: what everybody says of it, what was reached, what it cost. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "rules/mission/kaf-mission-budget.h"
#include "ui/mission/kaf-budget-text.h"
#include "ui/mission/kaf-evaluation-entry.h"
#include "ui/mission/kaf-evaluation-table.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-result-table.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/record/kaf-record-section.h"

static const char *const costs[] = { "budget_closed_on", NULL };

/* Answers */

static void
show_entry (GtkWidget *entry, const KafMissionData *data, gboolean writable)
{
  kaf_evaluation_entry_set (KAF_EVALUATION_ENTRY (entry), data, writable);
}

static gboolean
lead_entry (GtkWidget *entry, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "evaluation") && id == NULL &&
         kaf_evaluation_entry_lead (KAF_EVALUATION_ENTRY (entry));
}

static void
show_table (GtkWidget *table, const KafMissionData *data, gboolean writable)
{
  kaf_evaluation_table_set (table, data);
}

static char *
answer_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_text (row, "role"));
}

static char *
answer_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "answered_on"));
  kaf_bidi_append_format (line, _ ("useful: %s"), kaf_mission_data_text (row, "liked"));
  kaf_bidi_append_format (line, _ ("missing: %s"), kaf_mission_data_text (row, "missing"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static const KafPartSpec answers = { .entity = "evaluation",
                                     .title = N_ ("Answers"),
                                     .empty = N_ ("No answer yet."),
                                     .name = answer_name,
                                     .detail = answer_detail };

/* Suggestions */

static gboolean
suggests (const KafMissionData *data, const KafRow *row)
{
  return kaf_mission_data_text (row, "suggestion") != NULL;
}

static char *
suggestion_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_text (row, "suggestion"));
}

static char *
suggestion_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_mission_data_text (row, "role"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "suggestion_use_reason"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
suggestion_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  char *use = kaf_part_choice (row, "suggestion_use", style);

  if (use != NULL && g_strcmp0 (kaf_mission_data_raw (row, "suggestion_use"), "open") != 0)
    return use;
  g_free (use);
  *style = "warning";
  return g_strdup (_ ("To be considered"));
}

static const KafPartQuick suggestion_quick[] = {
  { "suggestion_use", "used", N_ ("Take Up"), NULL },
  { "suggestion_use", "declined", N_ ("Do Not Take Up"), NULL },
  { "suggestion_use", "open", N_ ("To Be Considered"), NULL },
  { NULL },
};

static const KafPartSpec suggestions = {
  .entity = "evaluation",
  .title = N_ ("Suggestions"),
  .empty =
      N_ ("No suggestion yet: what should be kept, changed or repeated is asked of everybody."),
  .name = suggestion_name,
  .detail = suggestion_detail,
  .pill = suggestion_pill,
  .stands = suggests,
  .quick = suggestion_quick
};

/* Results and costs */

static void
show_results (GtkWidget *table, const KafMissionData *data, gboolean writable)
{
  kaf_result_table_set (KAF_RESULT_TABLE (table), data, writable);
}

static gboolean
lead_results (GtkWidget *table, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "mission_result") && id != NULL &&
         kaf_result_table_lead (KAF_RESULT_TABLE (table), id);
}

static void
add_line (GtkWidget *list, const char *title, const char *planned, const char *done)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *figure = gtk_label_new (done);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append_format (line, _ ("planned: %s"), planned);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->str);
  gtk_widget_add_css_class (figure, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), figure);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
add_number (GtkWidget *list, const char *title, gint64 planned, gint64 done, KafLang lang)
{
  g_autofree char *before = planned >= 0 ? kaf_number_format (planned, lang) : g_strdup ("—");
  g_autofree char *after = kaf_number_format (done, lang);

  add_line (list, title, before, after);
}

static void
add_costs (GtkWidget *list, const KafMissionData *data)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (data->mission);

  for (guint i = 0; i < budget->sums->len; i++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (budget->sums, i);
      g_autofree char *planned = kaf_budget_amount (sum->total, sum->currency, NULL, data->lang);
      g_autofree char *spent = kaf_budget_amount (sum->spent, sum->currency, NULL, data->lang);

      add_line (list, _ ("Spending"), planned, spent);
    }
}

/* Planned against done: what a report begins with. */
static void
show_comparison (GtkWidget *section, const KafMissionData *data, gboolean writable)
{
  GtkWidget *list = gtk_widget_get_last_child (section);
  const KafMission *mission = data->mission;
  guint held = 0;

  for (guint i = 0; i < mission->items->len; i++)
    held += ((const KafItem *) g_ptr_array_index (mission->items, i))->state == KAF_ITEM_HELD;
  kaf_record_section_clear (list);
  add_number (list, _ ("Sessions held"), mission->items->len, held, data->lang);
  add_number (list, _ ("Participants on the list"), mission->participants_planned,
              mission->n_participants, data->lang);
  add_costs (list, data);
}

static GtkWidget *
make_comparison (void)
{
  GtkWidget *section = kaf_record_section_new (_ ("Planned and Done"));

  kaf_record_section_set_child (KAF_RECORD_SECTION (section),
                                kaf_record_section_list (_ ("Planned and Done")));
  return section;
}

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *widget = kaf_step_form_new (page, TRUE);
  KafStepForm *form = KAF_STEP_FORM (widget);

  kaf_step_form_add_tab (form, "answers", _ ("Answers"));
  kaf_step_form_add (form, kaf_evaluation_entry_new (kaf_mission_page_get_store (page)),
                     "evaluation", show_entry, lead_entry);
  kaf_step_form_add (form, kaf_evaluation_table_new (), NULL, show_table, NULL);
  kaf_step_form_add_parts (form, &answers);
  kaf_step_form_add_tab (form, "suggestions", _ ("Suggestions"));
  kaf_step_form_add_parts (form, &suggestions);
  kaf_step_form_add_tab (form, "results", _ ("Results and Costs"));
  kaf_step_form_add (form, kaf_result_table_new (), "mission_result", show_results, lead_results);
  kaf_step_form_add (form, make_comparison (), NULL, show_comparison, NULL);
  kaf_step_form_add_fields (form, _ ("Closing of the Costs"), costs, NULL);
  return widget;
}

const KafMissionStepView kaf_step_evaluation_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                      FALSE };
