/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-target-settings.h"

#include "base/kaf-date.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

#define HIGHEST 10000000

static guint
read_number (KafDatabase *db, const char *key, const char *day)
{
  g_autofree char *value = kaf_read_setting (db, key, day);
  guint64 number = 0;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, HIGHEST, &number, NULL))
    g_ascii_string_to_unsigned (kaf_settings_default (key), 10, 0, HIGHEST, &number, NULL);
  return (guint) number;
}

static KafDay
read_day (KafDatabase *db, const char *key, const char *day)
{
  g_autofree char *value = kaf_read_setting (db, key, day);
  KafDay found = kaf_day_parse (value);

  return found != KAF_DAY_UNKNOWN ? found : kaf_day_parse (kaf_settings_default (key));
}

KafTargetSettings
kaf_target_settings_read (KafDatabase *db, const char *day)
{
  return (KafTargetSettings){
    .start = read_day (db, KAF_SETTING_TARGET_START, day),
    .end = read_day (db, KAF_SETTING_TARGET_END, day),
    .goal = read_number (db, KAF_SETTING_TARGET_GOAL, day),
    .days = read_number (db, KAF_SETTING_TARGET_DAYS, day),
    .months = read_number (db, KAF_SETTING_TARGET_MONTHS, day),
  };
}

GArray *
kaf_target_terms_read (KafDatabase *db, GError **error)
{
  static const char first[] = "0001-01-01";
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (KafTargetTerm));
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT DISTINCT valid_from FROM setting WHERE key IN ('" KAF_SETTING_TARGET_DAYS
      "', '" KAF_SETTING_TARGET_MONTHS
      "') AND deleted_at IS NULL AND valid_from IS NOT NULL ORDER BY valid_from",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  g_ptr_array_add (days, g_strdup (first));
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (days, g_strdup (kaf_statement_text (statement, 0)));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  for (guint i = 0; i < days->len; i++)
    {
      const char *day = g_ptr_array_index (days, i);
      KafTargetTerm term = { .from = i > 0 ? kaf_day_parse (day) : KAF_DAY_UNKNOWN,
                             .days = read_number (db, KAF_SETTING_TARGET_DAYS, day),
                             .months = read_number (db, KAF_SETTING_TARGET_MONTHS, day) };

      g_array_append_val (terms, term);
    }
  return g_steal_pointer (&terms);
}
