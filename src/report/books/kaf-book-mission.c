/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All figures of one mission: who took part, what was held, who was there, what it costs, what was said of it. Goes out
 * with its dossier; in no catalogue, since it counts the persons that it names there. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "schema/kaf-registry.h"
#include "store/kaf-mission-attendance.h"
#include "store/kaf-missions.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"

static KafQuery *
query_part (const char *entity, const char *mission, const char *sort)
{
  const char *const values[] = { mission, NULL };
  KafQuery *query = kaf_query_new (kaf_registry_find (entity));

  kaf_query_set_condition (query, "mission", KAF_OP_ANY_OF, values);
  kaf_query_set_sort (query, sort, FALSE);
  return query;
}

static gboolean
add_participants (KafBook *book, const char *mission, GError **error)
{
  static const KafSheetPath paths[] = {
    { "name", .width = 28 },
    { "name_ar", .width = 24 },
    { "function", .width = 26 },
    { "establishment", .width = 34 },
    { NULL },
  };
  g_autoptr (KafQuery) query = query_part ("participant", mission, "position");

  return kaf_sheet_add_query (book, &(KafSheetSpec){ "participants", _ ("Participants") }, query,
                              paths, error) != NULL;
}

static gboolean
add_sessions (KafBook *book, const char *mission, GError **error)
{
  static const KafSheetPath paths[] = {
    { "held_on", .flags = KAF_SHEET_MISSING },
    { "half", .width = 12 },
    { "subject_fr", .width = 36 },
    { "subject_ar", .width = 32 },
    { "trainer", .width = 24, .flags = KAF_SHEET_MISSING },
    { "second_trainer", .width = 20 },
    { "room", .width = 20, .flags = KAF_SHEET_MISSING },
    { "theory_minutes", .width = 12, .flags = KAF_SHEET_TOTAL },
    { "practice_minutes", .width = 12, .flags = KAF_SHEET_TOTAL },
    { "state", .width = 12 },
    { NULL },
  };
  g_autoptr (KafQuery) query = query_part ("programme_item", mission, "held_on");

  return kaf_sheet_add_query (book, &(KafSheetSpec){ "sessions", _ ("Sessions") }, query, paths,
                              error) != NULL;
}

/* Attendance: a row for each participant, a column for each session */

static const char *
tell_presence (KafPresence presence)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("attendance"), "presence");
  const char *id = kaf_presence_id (presence);
  const KafChoice *choice = id != NULL ? kaf_field_find_choice (field, id) : NULL;

  return choice != NULL ? _ (choice->label) : NULL;
}

/* Day and half-day; without a day what it is about. (transfer full) */
static char *
tell_session (const KafItem *item, KafLang lang)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("programme_item"), "half");
  g_autofree char *iso = kaf_day_to_iso (item->day);
  g_autofree char *day = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_SHORT) : NULL;

  if (day == NULL)
    return g_strdup (item->subject);
  return g_strdup_printf ("%s %s", day, _ (field->choices[item->afternoon ? 1 : 0].label));
}

static KafSheet *
make_attendance (KafBook *book, const KafMission *mission)
{
  KafLang lang = kaf_book_get_basis (book)->lang;
  KafSheet *sheet = kaf_sheet_new (book, &(KafSheetSpec){ "attendance", _ ("Attendance") });

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "name", _ ("Name"), KAF_SHEET_TEXT, 28 });
  for (guint i = 0; i < mission->items->len; i++)
    {
      g_autofree char *title = tell_session (g_ptr_array_index (mission->items, i), lang);

      kaf_sheet_add_column (sheet, &(KafSheetColumn){ NULL, title, KAF_SHEET_TEXT, 12 });
    }
  kaf_sheet_add_column (sheet,
                        &(KafSheetColumn){ "present", _ ("Present"), KAF_SHEET_INTEGER, 10 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "share", _ ("Per cent"), KAF_SHEET_PERCENT, 10 });
  return sheet;
}

static void
add_attendant (KafSheet *sheet,
               const KafMission *mission,
               const KafAttendance *attendance,
               const KafRow *participant)
{
  guint n_present = 0, n_marked = 0;

  kaf_sheet_add_text (sheet, participant->cells[0]);
  for (guint i = 0; i < mission->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (mission->items, i);
      KafPresence presence = kaf_attendance_get (attendance, item->id, participant->id, NULL);

      kaf_sheet_add_text (sheet, tell_presence (presence));
      n_present += presence == KAF_PRESENCE_PRESENT;
      n_marked += presence != KAF_PRESENCE_NONE;
    }
  kaf_sheet_add_number (sheet, n_present);
  kaf_sheet_add_share (sheet, n_present, n_marked);
  kaf_sheet_end_row (sheet);
}

static gboolean
add_attendance (KafBook *book, const char *id, GError **error)
{
  static const char *const columns[] = { "name", NULL };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafEntity *entity = kaf_registry_find ("participant");
  const KafRelatedQuery query = {
    .field = "mission", .owner_id = id, .order = "position", .limit = G_MAXINT
  };
  g_autoptr (KafMission) mission = NULL;
  g_autoptr (KafAttendance) attendance = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  KafSheet *sheet;

  if (!kaf_permit_reads_column (kaf_permit_read (basis->db), entity, "name"))
    return TRUE;
  mission = kaf_mission_read (basis->db, id, basis->lang, basis->cancellable, error);
  attendance = mission != NULL ? kaf_mission_read_attendance (basis->db, id, error) : NULL;
  rows = attendance != NULL
             ? kaf_page_related_by (basis->db, entity, &query, columns, basis->lang, error)
             : NULL;
  if (rows == NULL)
    return FALSE;
  sheet = make_attendance (book, mission);
  for (guint i = 0; i < rows->len; i++)
    add_attendant (sheet, mission, attendance, g_ptr_array_index (rows, i));
  return TRUE;
}

gboolean
kaf_book_mission_make (KafBook *book, const char *mission, GError **error)
{
  return add_participants (book, mission, error) && add_sessions (book, mission, error) &&
         add_attendance (book, mission, error) && kaf_book_budget.make (book, error) &&
         kaf_book_evaluation.make (book, error);
}
