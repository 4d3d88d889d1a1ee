/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 4: what for, for whom, where and when; the half-days; and the results that step 10 compares with. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/app/kaf-application.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-programme-view.h"
#include "ui/mission/kaf-step-form.h"

static const char *const purpose[] = { "objective_fr", "audience_fr", "method_fr", NULL };
static const char *const purpose_ar[] = { "objective_ar", "audience_ar", "method_ar", NULL };
static const char *const when[] = { "starts_on", "ends_on", "mode", NULL };
static const char *const where[] = { "territory", "place_fr", "place_ar", NULL };
static const char *const who[] = { "languages", NULL };
static const char *const what[] = { "domains", NULL };

static char *
result_name (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_words (data, row, "text"));
}

static char *
result_detail (const KafMissionData *data, const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append_format (line, _ ("measured by %s"), kaf_mission_data_text (row, "indicator"));
  kaf_bidi_append_format (line, _ ("expected: %s"), kaf_mission_data_text (row, "target"));
  kaf_bidi_append_format (line, _ ("reached: %s"), kaf_mission_data_text (row, "reached"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static const KafPartSpec results = { .entity = "mission_result",
                                     .title = N_ ("Expected Results"),
                                     .empty = N_ ("No result yet: what will those who took part "
                                                  "do that they do not do today?"),
                                     .add = "mission_result",
                                     .name = result_name,
                                     .detail = result_detail };

static void
show_grid (GtkWidget *grid, const KafMissionData *data, gboolean writable)
{
  kaf_programme_view_set (KAF_PROGRAMME_VIEW (grid), data->mission, data->names,
                          data->context.holidays, data->context.limits.practice_percent,
                          /* Who says what became of a session may not plan it. */
                          writable && kaf_mission_data_may_make (data, "programme_item"));
}

static gboolean
lead_grid (GtkWidget *grid, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "programme_item") && id != NULL &&
         kaf_programme_view_lead (KAF_PROGRAMME_VIEW (grid), id);
}

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *widget = kaf_step_form_new (page, TRUE);
  KafStepForm *form = KAF_STEP_FORM (widget);
  GtkWidget *grid =
      kaf_programme_view_new (kaf_mission_page_get_store (page), kaf_application_get_lang ());

  kaf_step_form_add_tab (form, "purpose", _ ("Purpose"));
  kaf_step_form_add_fields (form, _ ("What For and for Whom"), purpose, purpose_ar);
  kaf_step_form_add_fields (form, _ ("When and Where"), when, where);
  kaf_step_form_add_fields (form, _ ("In Which Language, in Which Field"), who, what);
  kaf_step_form_add_tab (form, "programme", _ ("Half-Days"));
  kaf_step_form_add (form, grid, "programme_item", show_grid, lead_grid);
  kaf_step_form_add_tab (form, "results", _ ("Results"));
  kaf_step_form_add_parts (form, &results);
  return widget;
}

const KafMissionStepView kaf_step_programme_view = { make, kaf_step_form_show, kaf_step_form_lead,
                                                     FALSE };
