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
  { KAF_SETTING_LAPSE_FIRST_DAYS, "90" },
  { KAF_SETTING_LAPSE_SECOND_DAYS, "30" },
  { KAF_SETTING_LAPSE_LAST_DAYS, "7" },
  { KAF_SETTING_EXPIRED_DAYS, "365" },
  { KAF_SETTING_COMMITMENT_SOON_DAYS, "30" },
  { KAF_SETTING_NETWORK_CONTACT_DAYS, "365" },
};

const char *
kaf_settings_default (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].key, key))
      return defaults[i].value;
  return NULL;
}
