/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-settings.h"

static const struct
{
  const char *key, *value;
} defaults[] = {
  { KAF_SETTING_CONFIRM_DAYS, "365" },
  { KAF_SETTING_EXPORT_LIMIT, "100" },
  { KAF_SETTING_LEASE_DAYS, "10" },
  { KAF_SETTING_LEASE_WARN_DAYS, "7" },
  { KAF_SETTING_RETENTION_YEARS, "3" },
  { KAF_SETTING_FILE_YEARS, "10" },
  { KAF_SETTING_IDENTIFIERS_REFERENCE, "" },
  { KAF_SETTING_IDENTIFIERS_DAY, "" },
  { KAF_SETTING_LAPSE_FIRST_DAYS, "90" },
  { KAF_SETTING_LAPSE_SECOND_DAYS, "30" },
  { KAF_SETTING_LAPSE_LAST_DAYS, "7" },
  { KAF_SETTING_EXPIRED_DAYS, "365" },
  { KAF_SETTING_COMMITMENT_SOON_DAYS, "30" },
  { KAF_SETTING_NETWORK_CONTACT_DAYS, "365" },
  { KAF_SETTING_MINUTES_DAYS, "30" },
  { KAF_SETTING_ACCEPT_FROM, "" },
  { KAF_SETTING_HOLDER "stale-a-days", "60" },
  { KAF_SETTING_HOLDER "stale-b-days", "90" },
  { KAF_SETTING_HOLDER "stale-days", "180" },
  { KAF_SETTING_HOLDER "override-days", "14" },
  { KAF_SETTING_HOLDER "unmoved-days", "180" },
  { KAF_SETTING_MISSION "need-stale-months", "6" },
  { KAF_SETTING_MISSION "profile-months", "12" },
  { KAF_SETTING_MISSION "subjects-a-day", "3" },
  { KAF_SETTING_MISSION "subjects", "5" },
  { KAF_SETTING_MISSION "practice-percent", "30" },
  { KAF_SETTING_MISSION "trainer-halves-a-day", "1" },
  { KAF_SETTING_MISSION "arrival-hours", "12" },
  { KAF_SETTING_MISSION "answer-days", "7" },
  { KAF_SETTING_MISSION "cv-months", "24" },
  { KAF_SETTING_MISSION "booking-days", "15" },
  { KAF_SETTING_MISSION "turnout-percent", "60" },
  { KAF_SETTING_MISSION "overspend-percent", "10" },
  { KAF_SETTING_MISSION "follow-up-days", "90" },
  { KAF_SETTING_MISSION "answers-percent", "50" },
  { KAF_SETTING_MISSION "answers-shown", "5" },
  { KAF_SETTING_MISSION "reopen-days", "90" },
  { KAF_SETTING_MISSION "step-days", "30" },
  { KAF_SETTING_MISSION "morning", "540" },
  { KAF_SETTING_MISSION "afternoon", "840" },
  { KAF_SETTING_DOCUMENT "state-fr", "Royaume du Maroc" },
  { KAF_SETTING_DOCUMENT "state-ar", "المملكة المغربية" },
  { KAF_SETTING_DOCUMENT "service-fr", "" },
  { KAF_SETTING_DOCUMENT "service-ar", "" },
  { KAF_SETTING_DOCUMENT "place-fr", "" },
  { KAF_SETTING_DOCUMENT "place-ar", "" },
  { KAF_SETTING_DOCUMENT "signer-fr", "" },
  { KAF_SETTING_DOCUMENT "signer-ar", "" },
  { KAF_SETTING_DOCUMENT "function-fr", "" },
  { KAF_SETTING_DOCUMENT "function-ar", "" },
  { KAF_SETTING_DOCUMENT_LOGO, "" },
  { KAF_SETTING_TARGET_START, "2021-01-01" },
  { KAF_SETTING_TARGET_END, "2030-12-31" },
  { KAF_SETTING_TARGET_GOAL, "10000" },
  { KAF_SETTING_TARGET_DAYS, "10" },
  { KAF_SETTING_TARGET_MONTHS, "3" },
  /* [p], to be confirmed by the ministry's counsel: the European Economic Area, and those whose protection is held
   * to be sufficient. */
  { KAF_SETTING_LISTED_COUNTRIES, "AT BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HU IE IS IT LI LT"
                                  " LU LV MT NL NO PL PT RO SE SI SK" },
};

const char *
kaf_settings_default (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].key, key))
      return defaults[i].value;
  return NULL;
}
