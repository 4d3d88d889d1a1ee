/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-programme-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date-words.h"
#include "base/kaf-date.h"

#define UNKNOWN "—"

const char *
kaf_programme_trainer_name (const KafMission *mission, GHashTable *names, const char *trainer)
{
  const KafMissionExpert *expert =
      trainer != NULL ? kaf_mission_find_expert (mission, trainer) : NULL;
  const char *name = NULL;

  if (expert != NULL && expert->person != NULL && names != NULL)
    name = g_hash_table_lookup (names, expert->person);
  return name != NULL ? name : UNKNOWN;
}

char *
kaf_programme_day_name (KafDay day, KafLang lang)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%s %u", kaf_date_weekday_name (g_date_get_weekday (&date), lang),
                          g_date_get_day (&date));
}

char *
kaf_programme_slot_name (KafDay day, gboolean afternoon, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *words = kaf_date_format (iso, lang, KAF_DATE_WEEKDAY);

  return g_strdup_printf (afternoon ? _ ("%s, afternoon") : _ ("%s, morning"), words);
}

char *
kaf_programme_duration (guint minutes)
{
  if (minutes % 60 == 0)
    return g_strdup_printf (C_ ("duration", "%u h"), minutes / 60);
  if (minutes < 60)
    return g_strdup_printf (C_ ("duration", "%u min"), minutes);
  return g_strdup_printf (C_ ("duration", "%u h %02u min"), minutes / 60, minutes % 60);
}

char *
kaf_programme_shares_text (const KafItem *item)
{
  g_autofree char *theory = kaf_programme_duration (item->theory);
  g_autofree char *practice = kaf_programme_duration (item->practice);

  if (item->theory == 0 && item->practice == 0)
    return NULL;
  return g_strdup_printf (_ ("theory %s, practice %s"), theory, practice);
}

/* The firm ones first: only the first is told, the others follow from mending it. */
static const char *
choose_sentence (const KafClash *clash)
{
  if (clash->reasons & KAF_CLASH_TRAINER)
    return _ ("%s holds another session in this half-day");
  if (clash->reasons & KAF_CLASH_BUSY)
    return _ ("%s is not free in this half-day");
  if (clash->reasons & KAF_CLASH_ROOM)
    return _ ("the room %s is taken in this half-day");
  if (clash->reasons & KAF_CLASH_AGENDA)
    return _ ("%s is to confirm this half-day");
  if (clash->reasons & KAF_CLASH_WINDOW)
    return _ ("%s did not say that she is available then");
  return NULL;
}

char *
kaf_programme_clash_text (const KafMission *mission, GHashTable *names, const KafClash *clash)
{
  const char *sentence = choose_sentence (clash);
  g_autofree char *name = NULL;
  const KafRoom *room;

  if (sentence == NULL)
    return NULL;
  if ((clash->reasons & (KAF_CLASH_TRAINER | KAF_CLASH_BUSY)) == 0 &&
      (clash->reasons & KAF_CLASH_ROOM) != 0)
    {
      room = clash->with != NULL && clash->with->room != NULL
                 ? kaf_mission_find_room (mission, clash->with->room)
                 : NULL;
      name = kaf_bidi_isolate (room != NULL ? room->name : UNKNOWN);
    }
  else
    name = kaf_bidi_isolate (kaf_programme_trainer_name (
        mission, names, clash->expert != NULL ? clash->expert->id : NULL));
  return g_strdup_printf (sentence, name);
}

static void
append (GString *text, const char *format, const char *name)
{
  g_autofree char *isolated = kaf_bidi_isolate (name);

  g_string_append (text, _ (", "));
  g_string_append_printf (text, format, isolated);
}

static void
append_people (GString *text, const KafMission *mission, GHashTable *names, const KafItem *item)
{
  const KafRoom *room = item->room != NULL ? kaf_mission_find_room (mission, item->room) : NULL;

  if (item->trainer == NULL)
    append (text, "%s", _ ("no trainer yet"));
  else
    append (text, _ ("trainer %s"), kaf_programme_trainer_name (mission, names, item->trainer));
  if (item->second_trainer != NULL)
    append (text, _ ("with %s"), kaf_programme_trainer_name (mission, names, item->second_trainer));
  if (room != NULL)
    append (text, _ ("room %s"), room->name);
}

char *
kaf_programme_item_text (const KafMission *mission,
                         GHashTable *names,
                         const KafItem *item,
                         const KafClash *clash,
                         KafLang lang)
{
  g_autofree char *where = item->day != KAF_DAY_UNKNOWN
                               ? kaf_programme_slot_name (item->day, item->afternoon, lang)
                               : g_strdup (_ ("Waits to be placed"));
  g_autofree char *subject = kaf_bidi_isolate (item->subject != NULL ? item->subject : UNKNOWN);
  g_autofree char *shares = kaf_programme_shares_text (item);
  g_autofree char *why = kaf_programme_clash_text (mission, names, clash);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s: %s"), where, subject);
  append_people (text, mission, names, item);
  if (shares != NULL)
    append (text, "%s", shares);
  if (item->state == KAF_ITEM_CANCELLED)
    append (text, "%s", _ ("cancelled"));
  else if (item->state == KAF_ITEM_HELD)
    append (text, "%s", _ ("held"));
  if (why != NULL)
    append (text, clash->level == KAF_CLASH_FIRM ? _ ("clash: %s") : _ ("to confirm: %s"), why);
  return g_string_free (text, FALSE);
}

char *
kaf_programme_free_text (const KafProgrammeDay *day, gboolean afternoon, KafLang lang)
{
  g_autofree char *where = kaf_programme_slot_name (day->day, afternoon, lang);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s: %s"), where, C_ ("half-day", "free"));
  if (day->holiday != NULL)
    append (text, _ ("public holiday: %s"), day->holiday->title);
  else if (day->weekend)
    append (text, "%s", _ ("weekend"));
  if (day->ramadan)
    append (text, "%s", _ ("Ramadan"));
  return g_string_free (text, FALSE);
}
