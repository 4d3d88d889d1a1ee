/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libical, loaded when a calendar is first written. */
#pragma once

#include <libical/ical.h>

#include "base/kaf-late.h"

#define icalcomponent_add_component KAF_LATE (KAF_LIBRARY_ICAL, icalcomponent_add_component)
#define icalcomponent_add_property KAF_LATE (KAF_LIBRARY_ICAL, icalcomponent_add_property)
#define icalcomponent_as_ical_string_r KAF_LATE (KAF_LIBRARY_ICAL, icalcomponent_as_ical_string_r)
#define icalcomponent_free KAF_LATE (KAF_LIBRARY_ICAL, icalcomponent_free)
#define icalcomponent_new KAF_LATE (KAF_LIBRARY_ICAL, icalcomponent_new)
#define icaldurationtype_from_int KAF_LATE (KAF_LIBRARY_ICAL, icaldurationtype_from_int)
#define icalmemory_free_buffer KAF_LATE (KAF_LIBRARY_ICAL, icalmemory_free_buffer)
#define icalparameter_new_value KAF_LATE (KAF_LIBRARY_ICAL, icalparameter_new_value)
#define icalproperty_add_parameter KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_add_parameter)
#define icalproperty_new_action KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_action)
#define icalproperty_new_calscale KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_calscale)
#define icalproperty_new_categories KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_categories)
#define icalproperty_new_description KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_description)
#define icalproperty_new_dtend KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_dtend)
#define icalproperty_new_dtstamp KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_dtstamp)
#define icalproperty_new_dtstart KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_dtstart)
#define icalproperty_new_duration KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_duration)
#define icalproperty_new_location KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_location)
#define icalproperty_new_method KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_method)
#define icalproperty_new_prodid KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_prodid)
#define icalproperty_new_status KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_status)
#define icalproperty_new_summary KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_summary)
#define icalproperty_new_transp KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_transp)
#define icalproperty_new_trigger KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_trigger)
#define icalproperty_new_uid KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_uid)
#define icalproperty_new_version KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_version)
#define icalproperty_new_x KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_new_x)
#define icalproperty_set_x_name KAF_LATE (KAF_LIBRARY_ICAL, icalproperty_set_x_name)
#define icaltime_from_timet_with_zone KAF_LATE (KAF_LIBRARY_ICAL, icaltime_from_timet_with_zone)
#define icaltime_is_valid_time KAF_LATE (KAF_LIBRARY_ICAL, icaltime_is_valid_time)
#define icaltime_null_date KAF_LATE (KAF_LIBRARY_ICAL, icaltime_null_date)
#define icaltimezone_get_utc_timezone KAF_LATE (KAF_LIBRARY_ICAL, icaltimezone_get_utc_timezone)
#define icaltriggertype_from_string KAF_LATE (KAF_LIBRARY_ICAL, icaltriggertype_from_string)
