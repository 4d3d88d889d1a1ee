/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 8: what is booked, who comes, what is spent, what happens. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/app/kaf-application.h"
#include "ui/mission/kaf-attendance-sheet.h"
#include "ui/mission/kaf-budget-view.h"
#include "ui/mission/kaf-mission-step-view.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-part-title.h"
#include "ui/mission/kaf-participant-entry.h"
#include "ui/mission/kaf-step-form.h"
#include "ui/record/kaf-record-section.h"

/* Bookings */

static gboolean
is_late (const KafMissionData *data, const KafRow *row)
{
  for (guint i = 0; i < data->mission->bookings->len; i++)
    {
      const KafBooking *booking = g_ptr_array_index (data->mission->bookings, i);

      if (g_str_equal (booking->id, row->id))
        return kaf_booking_is_late (data->mission, booking, &data->context);
    }
  return FALSE;
}

static int
rank (const KafMissionData *data, const KafRow *row)
{
  const char *state = kaf_mission_data_raw (row, "state");

  if (is_late (data, row))
    return 0;
  if (state == NULL || g_str_equal (state, "wanted"))
    return 1;
  return g_str_equal (state, "booked") ? 2 : 3;
}

/* Late ones first, then those to be made, those to be settled, the rest. */
static int
compare_bookings (const KafMissionData *data, const KafRow *a, const KafRow *b)
{
  const char *day_a = kaf_mission_data_raw (a, "book_by");
  const char *day_b = kaf_mission_data_raw (b, "book_by");
  int difference = rank (data, a) - rank (data, b);

  if (difference != 0)
    return difference;
  return day_a == NULL || day_b == NULL ? (day_a == NULL) - (day_b == NULL)
                                        : g_strcmp0 (day_a, day_b);
}

static char *
booking_name (const KafMissionData *data, const KafRow *row)
{
  const char *label = kaf_mission_data_text (row, "label");

  return g_strdup (label != NULL ? label : kaf_mission_data_text (row, "kind"));
}

static char *
booking_detail (const KafMissionData *data, const KafRow *row)
{
  g_autofree char *expert = kaf_part_title_of (data, row, "expert");
  g_autoptr (GString) line = g_string_new (NULL);

  if (kaf_mission_data_text (row, "label") != NULL)
    kaf_bidi_append (line, kaf_mission_data_text (row, "kind"));
  kaf_bidi_append_format (line, _ ("for %s"), expert);
  kaf_bidi_append_format (line, _ ("from %s"), kaf_mission_data_text (row, "starts_on"));
  kaf_bidi_append_format (line, _ ("to %s"), kaf_mission_data_text (row, "ends_on"));
  kaf_bidi_append_format (line, _ ("book by %s"), kaf_mission_data_text (row, "book_by"));
  kaf_bidi_append (line, kaf_mission_data_text (row, "supplier"));
  kaf_bidi_append_format (line, _ ("no %s"), kaf_mission_data_text (row, "number"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
booking_pill (const KafMissionData *data, const KafRow *row, const char **style)
{
  if (!is_late (data, row))
    return kaf_part_choice (row, "state", style);
  *style = "error";
  return g_strdup (_ ("Late: to be booked"));
}

static char *
booking_note (const KafMissionData *data)
{
  GPtrArray *rows = kaf_mission_data_rows (data, "booking");
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += is_late (data, g_ptr_array_index (rows, i)) ? 1 : 0;
  return n > 0 ? g_strdup_printf (ngettext ("%u late", "%u late", n), n) : NULL;
}

static const KafPartQuick booking_quick[] = {
  { "state", "booked", N_ ("Booked"), NULL },
  { "state", "settled", N_ ("Settled"), NULL },
  { "state", "wanted", N_ ("To Be Booked"), NULL },
  { "state", "cancelled", N_ ("Cancelled"), NULL },
  { NULL },
};

static const KafPartSpec bookings = { .entity = "booking",
                                      .title = N_ ("Bookings"),
                                      .empty = N_ ("No booking yet: rooms and journeys are booked "
                                                   "ahead, each with the day by which it has to "
                                                   "be."),
                                      .add = "booking",
                                      .name = booking_name,
                                      .detail = booking_detail,
                                      .pill = booking_pill,
                                      .note = booking_note,
                                      .compare = compare_bookings,
                                      .quick = booking_quick };

/* Attendance */

static void
show_sheet (GtkWidget *sheet, const KafMissionData *data, gboolean writable)
{
  kaf_attendance_sheet_set (KAF_ATTENDANCE_SHEET (sheet), data, writable);
}

static gboolean
lead_sheet (GtkWidget *sheet, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "programme_item") &&
         kaf_attendance_sheet_lead (KAF_ATTENDANCE_SHEET (sheet), id);
}

static void
show_entry (GtkWidget *entry, const KafMissionData *data, gboolean writable)
{
  kaf_participant_entry_set (KAF_PARTICIPANT_ENTRY (entry), data, writable);
}

static gboolean
lead_entry (GtkWidget *entry, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "participant") && id == NULL &&
         kaf_participant_entry_lead (KAF_PARTICIPANT_ENTRY (entry));
}

/* Spending */

static void
show_spending (GtkWidget *view, const KafMissionData *data, gboolean writable)
{
  kaf_budget_view_set (KAF_BUDGET_VIEW (view), data->mission, data->names,
                       kaf_budget_phase (&data->life), writable);
}

static gboolean
lead_spending (GtkWidget *view, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "budget_line") && id != NULL &&
         kaf_budget_view_lead (KAF_BUDGET_VIEW (view), id, field);
}

/* Incidents */

static GtkWidget *
incident_row (const KafMissionData *data, const KafAct *act)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *detail = kaf_mission_day_of (act->at, data->lang);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, detail);
  kaf_bidi_append (line, act->by);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 act->reason != NULL ? act->reason : "—");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 6);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->str);
  return row;
}

static void
show_incidents (GtkWidget *section, const KafMissionData *data, gboolean writable)
{
  GtkWidget *list = gtk_widget_get_last_child (section);
  GPtrArray *acts = data->mission->acts;
  guint n = 0;

  kaf_record_section_clear (list);
  for (guint i = acts->len; i > 0; i--)
    {
      const KafAct *act = g_ptr_array_index (acts, i - 1);

      if (act->kind != KAF_ACT_INCIDENT)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (list), incident_row (data, act));
      n++;
    }
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (section), "kaf-add"),
                          writable && kaf_mission_data_may_act (data));
  if (n == 0)
    kaf_record_section_say (list, _ ("No incident so far. What is recorded here stays in the "
                                     "history of the file and prints with it."));
}

static GtkWidget *
make_incidents (void)
{
  GtkWidget *section = kaf_record_section_new (_ ("Incidents"));
  GtkWidget *button = kaf_record_section_add_button (
      KAF_RECORD_SECTION (section), _ ("Record an Incident"), _ ("Record an incident"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "incident");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.act");
  g_object_set_data (G_OBJECT (section), "kaf-add", button);
  kaf_record_section_set_child (KAF_RECORD_SECTION (section),
                                kaf_record_section_list (_ ("Incidents")));
  return section;
}

/* Before the mission bookings are what is looked for, by who makes them. */
static void
show (GtkWidget *form, const KafMissionData *data, gboolean writable)
{
  kaf_step_form_show (form, data, writable);
  if (g_object_get_data (G_OBJECT (form), "kaf-shown") != NULL)
    return;
  g_object_set_data (G_OBJECT (form), "kaf-shown", form);
  if (kaf_mission_data_may_write (data, "booking") &&
      (data->mission->starts_on == KAF_DAY_UNKNOWN || data->context.day < data->mission->starts_on))
    kaf_step_form_show_tab (KAF_STEP_FORM (form), "bookings");
}

static GtkWidget *
make (KafMissionPage *page)
{
  GtkWidget *widget = kaf_step_form_new (page, TRUE);
  KafStepForm *form = KAF_STEP_FORM (widget);
  KafStore *store = kaf_mission_page_get_store (page);

  kaf_step_form_add_tab (form, "attendance", _ ("Attendance"));
  kaf_step_form_add (form, kaf_attendance_sheet_new (store), "attendance", show_sheet, lead_sheet);
  kaf_step_form_add (form, kaf_participant_entry_new (store), "participant", show_entry,
                     lead_entry);
  kaf_step_form_add_tab (form, "bookings", _ ("Bookings"));
  kaf_step_form_add_parts (form, &bookings);
  kaf_step_form_add_tab (form, "spending", _ ("Spending"));
  kaf_step_form_add (form, kaf_budget_view_new (store, kaf_application_get_lang ()), "budget_line",
                     show_spending, lead_spending);
  kaf_step_form_add_tab (form, "incidents", _ ("Incidents"));
  kaf_step_form_add (form, make_incidents (), NULL, show_incidents, NULL);
  return widget;
}

const KafMissionStepView kaf_step_delivery_view = { make, show, kaf_step_form_lead, FALSE };
