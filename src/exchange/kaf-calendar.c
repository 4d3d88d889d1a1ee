/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-calendar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "exchange/kaf-agenda-text.h"
#include "exchange/kaf-ical.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-export-target.h"

#define UID_DOMAIN                                                                                 \
  "kafaat" /* short: a line that is folded before it begins is not read everywhere */

/* Before the day begins: in the morning, at nine, so many days before. */
#define ALARM_DUE "-P6DT15H"  /* a week */
#define ALARM_END "-P29DT15H" /* thirty days */

/* No calendar writes a year of five digits. */
#define LAST_DAY "9999-12-31"

static const char *const codes[] = {
  [KAF_AGENDA_SESSION] = "session",
  [KAF_AGENDA_MEETING] = "meeting",
  [KAF_AGENDA_DUE] = "due",
  [KAF_AGENDA_END] = "end",
};

static struct icaltimetype
make_day (KafDay day)
{
  struct icaltimetype time = icaltime_null_date ();
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  time.year = g_date_get_year (&date);
  time.month = g_date_get_month (&date);
  time.day = g_date_get_day (&date);
  return time;
}

/* A session, a meeting and an end are the same entry when they move; an occurrence is the day on which it is due. */
static char *
make_uid (const KafAgendaItem *item)
{
  g_autofree char *day = item->kind == KAF_AGENDA_DUE ? kaf_day_to_iso (item->from) : NULL;

  return g_strdup_printf ("%s-%s%s%s@" UID_DOMAIN, codes[item->kind], item->id,
                          day != NULL ? "-" : "", day != NULL ? day : "");
}

/* Marks of direction are for the window: a calendar isolates what it shows by itself. */
static char *
plain (const char *text)
{
  return kaf_bidi_strip (text);
}

/* It takes place, rather than falls due. */
static gboolean
is_held (const KafAgendaItem *item)
{
  return item->kind == KAF_AGENDA_SESSION || item->kind == KAF_AGENDA_MEETING;
}

static char *
make_summary (const KafAgendaItem *item)
{
  g_autofree char *title = kaf_agenda_text_title (item);
  g_autofree char *text = plain (title);

  return item->state == KAF_AGENDA_DONE ? g_strconcat ("✓ ", text, NULL) : g_strdup (text);
}

static void
add_line (GString *text, const char *label, const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;
  line = g_strdup_printf (_ ("%s: %s"), label, value);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* What the person of an entry is to it. */
static const char *
tell_part (const KafAgendaItem *item)
{
  if (item->kind == KAF_AGENDA_SESSION)
    return _ ("Trainer");
  if (g_str_equal (item->entity, "project") || g_str_equal (item->entity, "project_holder"))
    return _ ("Project holder");
  return g_str_equal (item->entity, "relay") ? _ ("Person") : _ ("Person responsible");
}

static char *
make_description (const KafAgendaItem *item, gboolean no_names)
{
  GString *text = g_string_new (NULL);

  add_line (text, _ ("State"), kaf_agenda_text_state (item, NULL));
  if (item->kind == KAF_AGENDA_DUE)
    add_line (text, g_str_equal (item->entity, "decision") ? _ ("Meeting") : _ ("Convention"),
              item->where);
  if (!no_names)
    add_line (text, tell_part (item), item->person_name);
  if (!no_names)
    add_line (text, _ ("Who of us follows it"), item->who);
  add_line (text, _ ("Reference"), item->ref);
  return g_string_free (text, FALSE);
}

static void
add_alarm (icalcomponent *event, const KafAgendaItem *item, const char *summary)
{
  icalcomponent *alarm;
  const char *before = item->kind == KAF_AGENDA_END ? ALARM_END : ALARM_DUE;

  if (is_held (item) || item->state != KAF_AGENDA_OPEN)
    return;
  alarm = icalcomponent_new (ICAL_VALARM_COMPONENT);
  icalcomponent_add_property (alarm, icalproperty_new_action (ICAL_ACTION_DISPLAY));
  icalcomponent_add_property (alarm,
                              icalproperty_new_trigger (icaltriggertype_from_string (before)));
  icalcomponent_add_property (alarm, icalproperty_new_description (summary));
  icalcomponent_add_component (event, alarm);
}

/* libical writes no year from some three thousand on, but zeros: the property is then written as it stands. */
static void
add_day (icalcomponent *event, const char *name, KafDay day)
{
  struct icaltimetype time = make_day (day);
  g_autofree char *value = g_strdup_printf ("%04d%02d%02d", time.year, time.month, time.day);
  icalproperty *property = NULL;

  if (icaltime_is_valid_time (time))
    property = g_str_equal (name, "DTSTART") ? icalproperty_new_dtstart (time)
                                             : icalproperty_new_dtend (time);
  else
    {
      property = icalproperty_new_x (value);
      icalproperty_set_x_name (property, name);
      icalproperty_add_parameter (property, icalparameter_new_value (ICAL_VALUE_DATE));
    }
  icalcomponent_add_property (event, property);
}

/* Without a zone: the hour on the wall, where it is held. */
static struct icaltimetype
make_hour (KafDay day, const char *at)
{
  struct icaltimetype time = make_day (day);

  time.is_date = 0;
  time.hour = (int) g_ascii_strtoull (at, NULL, 10);
  time.second = 0;
  time.minute = (int) g_ascii_strtoull (at + strcspn (at, ":") + 1, NULL, 10);
  return time;
}

static void
add_hours (icalcomponent *event, const KafAgendaItem *item)
{
  icalcomponent_add_property (event,
                              icalproperty_new_dtstart (make_hour (item->from, item->starts_at)));
  if (item->ends_at != NULL)
    icalcomponent_add_property (event,
                                icalproperty_new_dtend (make_hour (item->from, item->ends_at)));
}

static void
add_days (icalcomponent *event, const KafAgendaItem *item)
{
  KafDay last = kaf_day_parse (LAST_DAY);
  int days = (int) (item->to + 1 - item->from);

  add_day (event, "DTSTART", item->from);
  /* The first day that is no longer of it; after the last one, no day can be written: so many days, then. */
  if (item->to < last)
    add_day (event, "DTEND", item->to + 1);
  else
    icalcomponent_add_property (
        event, icalproperty_new_duration (icaldurationtype_from_int (days * 86400)));
}

static icalcomponent *
make_event (const KafAgendaItem *item, const KafCalendarOptions *options, struct icaltimetype stamp)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  g_autofree char *uid = make_uid (item);
  g_autofree char *summary = make_summary (item);
  g_autofree char *description = make_description (item, options->no_names);

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (stamp));
  if (item->starts_at != NULL && icaltime_is_valid_time (make_hour (item->from, item->starts_at)))
    add_hours (event, item);
  else
    add_days (event, item);
  icalcomponent_add_property (event, icalproperty_new_summary (summary));
  if (*description != '\0')
    icalcomponent_add_property (event, icalproperty_new_description (description));
  if (is_held (item) && item->where != NULL)
    icalcomponent_add_property (event, icalproperty_new_location (item->where));
  icalcomponent_add_property (event,
                              icalproperty_new_categories (kaf_agenda_text_kind (item->kind)));
  icalcomponent_add_property (event, icalproperty_new_status (item->state == KAF_AGENDA_OFF
                                                                  ? ICAL_STATUS_CANCELLED
                                                                  : ICAL_STATUS_CONFIRMED));
  /* It takes nobody's day. */
  icalcomponent_add_property (event, icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT));
  add_alarm (event, item, summary);
  return event;
}

static void
add_x (icalcomponent *calendar, const char *name, const char *value)
{
  icalproperty *property = icalproperty_new_x (value);

  icalproperty_set_x_name (property, name);
  icalcomponent_add_property (calendar, property);
}

char *
kaf_calendar_write (const GPtrArray *items, const KafCalendarOptions *options, gint64 stamp)
{
  icalcomponent *calendar = icalcomponent_new (ICAL_VCALENDAR_COMPONENT);
  struct icaltimetype now = icaltime_from_timet_with_zone ((time_t) (stamp / G_USEC_PER_SEC), 0,
                                                           icaltimezone_get_utc_timezone ());
  char *written;
  char *text;

  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar,
                              icalproperty_new_prodid ("-//Kafaat//Kafaat " KAF_VERSION "//FR"));
  icalcomponent_add_property (calendar, icalproperty_new_calscale ("GREGORIAN"));
  icalcomponent_add_property (calendar, icalproperty_new_method (ICAL_METHOD_PUBLISH));
  add_x (calendar, "X-WR-CALNAME", _ ("Kafaat"));
  for (guint i = 0; i < items->len; i++)
    icalcomponent_add_component (calendar, make_event (g_ptr_array_index (items, i), options, now));
  /* Folded, escaped, with CRLF. */
  written = icalcomponent_as_ical_string_r (calendar);
  text = g_strdup (written);
  icalmemory_free_buffer (written);
  icalcomponent_free (calendar);
  return text;
}

guint
kaf_calendar_count_persons (const GPtrArray *items)
{
  g_autoptr (GHashTable) persons = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (items, i);

      /* Who answers for a decision is a name alone. */
      if (item->person_name != NULL)
        g_hash_table_add (persons, item->person != NULL ? item->person : item->person_name);
    }
  return g_hash_table_size (persons);
}

static gboolean
justify (KafDatabase *db,
         guint n_persons,
         const KafCalendarOptions *options,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *from = kaf_day_to_iso (options->from);
  g_autofree char *until = kaf_day_to_iso (options->until);
  g_autofree char *filter = g_strdup_printf ("%s/%s", from, until);
  const KafDisclosure disclosure = {
    .act = "export",
    .entity = "training_session",
    .n_persons = n_persons,
    .filter = filter,
    .reason = options->reason,
    .recipient = options->recipient,
  };

  return kaf_disclosure_justify (db, &disclosure, cancellable, error);
}

gboolean
kaf_calendar_export (KafDatabase *db,
                     GFile *file,
                     const KafCalendarOptions *given,
                     GCancellable *cancellable,
                     guint *n_items,
                     guint *n_persons,
                     GError **error)
{
  g_autofree char *path = kaf_export_target_find (db, file, error);
  KafCalendarOptions limited = *given;
  const KafCalendarOptions *options = &limited;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *text = NULL;
  guint persons;

  if (path == NULL || !kaf_late_load (KAF_LIBRARY_ICAL, error))
    return FALSE;
  /* A year from now, said in the last year that there is. */
  if (limited.until == KAF_DAY_UNKNOWN)
    limited.until = kaf_day_parse (LAST_DAY);
  items = kaf_agenda_read (db, options->from, options->until, KAF_DAY_UNKNOWN, options->lang,
                           cancellable, error);
  if (items == NULL)
    return FALSE;
  persons = options->no_names ? 0 : kaf_calendar_count_persons (items);
  if (n_persons != NULL)
    *n_persons = persons;
  if (!justify (db, persons, options, cancellable, error))
    return FALSE;
  text = kaf_calendar_write (items, options, kaf_clock_now (kaf_database_get_clock (db)));
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    {
      g_prefix_error (error, "writing the calendar: ");
      return FALSE;
    }
  if (n_items != NULL)
    *n_items = items->len;
  return TRUE;
}
