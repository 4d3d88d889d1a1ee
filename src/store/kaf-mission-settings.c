/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-settings.h"

#include "base/kaf-date.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"
#include "store/kaf-sync-private.h"

static guint
read_number (KafDatabase *db, const char *name, const char *day)
{
  g_autofree char *key = g_strconcat (KAF_SETTING_MISSION, name, NULL);
  g_autofree char *value = kaf_read_setting (db, key, day);
  guint64 number = 0;

  /* What nobody can read counts as what stands without it. */
  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, 36600, &number, NULL))
    g_ascii_string_to_unsigned (kaf_settings_default (key), 10, 0, 36600, &number, NULL);
  return (guint) number;
}

KafMissionThresholds
kaf_mission_thresholds_read (KafDatabase *db, const char *day)
{
  return (KafMissionThresholds){
    .need_stale_months = read_number (db, "need-stale-months", day),
    .profile_months = read_number (db, "profile-months", day),
    .subjects_a_day = read_number (db, "subjects-a-day", day),
    .subjects = read_number (db, "subjects", day),
    .practice_percent = read_number (db, "practice-percent", day),
    .trainer_halves_a_day = read_number (db, "trainer-halves-a-day", day),
    .arrival_hours = read_number (db, "arrival-hours", day),
    .answer_days = read_number (db, "answer-days", day),
    .cv_months = read_number (db, "cv-months", day),
    .booking_days = read_number (db, "booking-days", day),
    .turnout_percent = read_number (db, "turnout-percent", day),
    .overspend_percent = read_number (db, "overspend-percent", day),
    .follow_up_days = read_number (db, "follow-up-days", day),
    .answers_percent = read_number (db, "answers-percent", day),
    .answers_shown = read_number (db, "answers-shown", day),
    .reopen_days = read_number (db, "reopen-days", day),
    .step_days = read_number (db, "step-days", day),
    .morning = read_number (db, "morning", day),
    .afternoon = read_number (db, "afternoon", day),
  };
}

static void
free_holiday (gpointer data)
{
  KafHoliday *self = data;

  g_free (self->code);
  g_free (self->title);
  g_free (self);
}

static char *
dup_name (KafStatement *row, KafLang lang)
{
  static const int columns[] = { [KAF_LANG_FR] = 1, [KAF_LANG_AR] = 2, [KAF_LANG_EN] = 3 };
  const char *name = kaf_statement_text (row, columns[lang]);

  return g_strdup (name != NULL ? name : kaf_statement_text (row, 1));
}

static gboolean
read_holidays (KafDatabase *db, GPtrArray *holidays, KafLang lang, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT code, name_fr, name_ar, name_en, starts_on, ends_on, kind, every_year, announced"
      " FROM holiday WHERE deleted_at IS NULL AND coalesce (retired, 0) = 0"
      " AND starts_on IS NOT NULL ORDER BY starts_on, code",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      KafHoliday *one = g_new0 (KafHoliday, 1);

      one->code = g_strdup (kaf_statement_text (statement, 0));
      one->title = dup_name (statement, lang);
      one->from = kaf_day_parse (kaf_statement_text (statement, 4));
      one->to = kaf_day_parse (kaf_statement_text (statement, 5));
      one->ramadan = g_strcmp0 (kaf_statement_text (statement, 6), "ramadan") == 0;
      one->every_year = sqlite3_column_int (statement, 7) != 0;
      one->announced = sqlite3_column_int (statement, 8) != 0;
      g_ptr_array_add (holidays, one);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

KafMissionSurroundings *
kaf_mission_surroundings_read (KafDatabase *db, KafDay day, KafLang lang, GError **error)
{
  g_autoptr (KafMissionSurroundings) self = g_new0 (KafMissionSurroundings, 1);
  g_autofree char *iso = day != KAF_DAY_UNKNOWN
                             ? kaf_day_to_iso (day)
                             : kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *countries = kaf_read_setting (db, KAF_SETTING_LISTED_COUNTRIES, iso);
  const KafRole *role;

  self->holidays = g_ptr_array_new_with_free_func (free_holiday);
  if (!read_holidays (db, self->holidays, lang, error))
    return NULL;
  self->countries = countries != NULL ? g_strsplit (countries, " ", -1) : NULL;
  self->me = g_strdup (kaf_database_get_author (db));
  self->context.day = kaf_day_parse (iso);
  self->context.limits = kaf_mission_thresholds_read (db, iso);
  self->context.holidays = self->holidays;
  self->context.listed_countries = (const char *const *) self->countries;
  self->context.me = self->me;
  role = kaf_mission_read_role (db);
  self->context.reader = role != NULL && !kaf_role_knows_all (role) ? role : NULL;
  self->context.approves = role != NULL && role->approves;
  return g_steal_pointer (&self);
}

void
kaf_mission_surroundings_free (KafMissionSurroundings *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->holidays, g_ptr_array_unref);
  g_strfreev (self->countries);
  g_free (self->me);
  g_free (self);
}

const KafRole *
kaf_mission_read_role (KafDatabase *db)
{
  g_autofree char *url = kaf_local_get (db, KAF_SYNC_URL);
  g_autofree char *name = url != NULL ? kaf_local_get (db, KAF_SYNC_ROLE) : NULL;

  if (url == NULL)
    return kaf_role_find ("manager");
  return name != NULL ? kaf_role_find (name) : NULL;
}
