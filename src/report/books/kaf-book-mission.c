/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All figures of one mission: who took part, what was held, who was there, what it costs, what was said of it. Goes out
 * with its dossier; in no catalogue, since it counts the persons that it names there. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-words.h"
#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "schema/kaf-registry.h"
#include "store/kaf-mission-attendance.h"
#include "store/kaf-missions.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

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

  return kaf_sheet_add_query (
             book, &(KafSheetSpec){ "participants", kaf_book_word (book, "Participants") }, query,
             paths, error) != NULL;
}

static const char *
label_of (KafLang lang, const char *entity, const char *field, const char *code)
{
  const KafField *kind = kaf_entity_find_field (kaf_registry_find (entity), field);
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (kind, code) : NULL;

  return choice != NULL ? kaf_words_get (lang, choice->label) : NULL;
}

/* An expert of the mission is a person. */
static void
add_expert (KafSheet *sheet, const KafMission *mission, const char *id)
{
  const KafBookBasis *basis = kaf_book_get_basis (kaf_sheet_get_book (sheet));
  const KafMissionExpert *expert = id != NULL ? kaf_mission_find_expert (mission, id) : NULL;
  g_autofree char *name = expert != NULL && expert->person != NULL
                              ? kaf_read_title (basis->db, "person", expert->person, basis->lang)
                              : NULL;

  kaf_sheet_add_text (sheet, name);
}

static void
add_session (KafSheet *sheet, const KafMission *mission, const KafItem *item)
{
  static const char *const states[] = { "planned", "held", "cancelled" };
  KafLang lang = kaf_book_get_basis (kaf_sheet_get_book (sheet))->lang;
  const KafRoom *room = item->room != NULL ? kaf_mission_find_room (mission, item->room) : NULL;

  kaf_sheet_add_day (sheet, item->day);
  kaf_sheet_add_text (sheet,
                      item->day != KAF_DAY_UNKNOWN
                          ? label_of (lang, "programme_item", "half", item->afternoon ? "pm" : "am")
                          : NULL);
  kaf_sheet_add_text (sheet, item->subject);
  add_expert (sheet, mission, item->trainer);
  add_expert (sheet, mission, item->second_trainer);
  kaf_sheet_add_text (sheet, room != NULL ? room->name : NULL);
  kaf_sheet_add_number (sheet, item->theory);
  kaf_sheet_add_number (sheet, item->practice);
  kaf_sheet_add_text (sheet, label_of (lang, "programme_item", "state", states[item->state]));
  kaf_sheet_add_number (sheet, item->n_present);
  kaf_sheet_end_row (sheet);
}

static void
add_sessions (KafBook *book, const KafMission *mission)
{
  const KafSheetColumn columns[] = {
    { "held_on", kaf_book_word (book, "Day"), KAF_SHEET_DAY, 12, KAF_SHEET_MISSING },
    { "half", kaf_book_word (book, "Half-day"), KAF_SHEET_TEXT, 12 },
    { "subject", kaf_book_word (book, "Subject"), KAF_SHEET_LONG_TEXT, 40 },
    { "trainer", kaf_book_word (book, "Trainer"), KAF_SHEET_TEXT, 24, KAF_SHEET_MISSING },
    { "second_trainer", kaf_book_word (book, "Second trainer"), KAF_SHEET_TEXT, 22 },
    { "room", kaf_book_word (book, "Room"), KAF_SHEET_TEXT, 20, KAF_SHEET_MISSING },
    { "theory", kaf_book_word (book, "Theory, in minutes"), KAF_SHEET_INTEGER, 11,
      KAF_SHEET_TOTAL },
    { "practice", kaf_book_word (book, "Practice, in minutes"), KAF_SHEET_INTEGER, 11,
      KAF_SHEET_TOTAL },
    { "state", kaf_book_word (book, "State"), KAF_SHEET_TEXT, 12 },
    { "present", kaf_book_word (book, "Present"), KAF_SHEET_INTEGER, 10, KAF_SHEET_TOTAL },
  };
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "sessions", kaf_book_word (book, "Sessions") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  for (guint i = 0; i < mission->items->len; i++)
    add_session (sheet, mission, g_ptr_array_index (mission->items, i));
}

/* Attendance: a row for each participant, a column for each session */

/* Day and half-day; without a day what it is about. (transfer full) */
static char *
tell_session (const KafItem *item, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (item->day);
  g_autofree char *day = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_SHORT) : NULL;

  if (day == NULL)
    return g_strdup (item->subject);
  return g_strdup_printf ("%s %s", day,
                          label_of (lang, "programme_item", "half", item->afternoon ? "pm" : "am"));
}

static KafSheet *
make_attendance (KafBook *book, const KafMission *mission)
{
  KafLang lang = kaf_book_get_basis (book)->lang;
  KafSheet *sheet =
      kaf_sheet_new (book, &(KafSheetSpec){ "attendance", kaf_book_word (book, "Attendance") });

  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "name", kaf_book_word (book, "Name"), KAF_SHEET_TEXT, 28 });
  for (guint i = 0; i < mission->items->len; i++)
    {
      g_autofree char *title = tell_session (g_ptr_array_index (mission->items, i), lang);

      kaf_sheet_add_column (sheet, &(KafSheetColumn){ NULL, title, KAF_SHEET_TEXT, 12 });
    }
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "present", kaf_book_word (book, "Present"),
                                                  KAF_SHEET_INTEGER, 10 });
  kaf_sheet_add_column (
      sheet, &(KafSheetColumn){ "share", kaf_book_word (book, "Per cent"), KAF_SHEET_PERCENT, 10 });
  return sheet;
}

static void
add_attendant (KafSheet *sheet,
               const KafMission *mission,
               const KafAttendance *attendance,
               const KafRow *participant)
{
  KafLang lang = kaf_book_get_basis (kaf_sheet_get_book (sheet))->lang;
  guint n_present = 0, n_marked = 0;

  kaf_sheet_add_text (sheet, participant->cells[0]);
  for (guint i = 0; i < mission->items->len; i++)
    {
      const KafItem *item = g_ptr_array_index (mission->items, i);
      KafPresence presence = kaf_attendance_get (attendance, item->id, participant->id, NULL);

      kaf_sheet_add_text (sheet,
                          label_of (lang, "attendance", "presence", kaf_presence_id (presence)));
      n_present += presence == KAF_PRESENCE_PRESENT;
      n_marked += presence != KAF_PRESENCE_NONE;
    }
  kaf_sheet_add_number (sheet, n_present);
  kaf_sheet_add_share (sheet, n_present, n_marked);
  kaf_sheet_end_row (sheet);
}

static gboolean
add_attendance (KafBook *book, const KafMission *mission, GError **error)
{
  static const char *const columns[] = { "name", NULL };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  const KafEntity *entity = kaf_registry_find ("participant");
  const KafRelatedQuery query = {
    .field = "mission", .owner_id = mission->id, .order = "position", .limit = G_MAXINT
  };
  g_autoptr (KafAttendance) attendance = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  KafSheet *sheet;

  if (!kaf_permit_reads_column (kaf_permit_read (basis->db), entity, "name"))
    return TRUE;
  attendance = kaf_mission_read_attendance (basis->db, mission->id, error);
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
kaf_book_mission_make (KafBook *book, const char *id, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (KafMission) mission =
      kaf_mission_read (basis->db, id, basis->lang, basis->cancellable, error);

  if (mission == NULL || !add_participants (book, id, error))
    return FALSE;
  add_sessions (book, mission);
  return add_attendance (book, mission, error) && kaf_book_budget.make (book, error) &&
         kaf_book_evaluation.make (book, error);
}
