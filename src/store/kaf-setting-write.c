/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-setting-write.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

/* Id of the setting of that key that begins today, and counts, see kaf_read_setting(); NULL with or without an error. */
static char *
find (KafDatabase *db, const char *key, const char *today, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT max (head.id) FROM setting JOIN head USING (rid) WHERE key = ? AND valid_from = ?"
      " AND deleted_at IS NULL",
      error);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, key);
  kaf_statement_bind_text (statement, 2, today);
  return kaf_database_step (db, statement, error) ? g_strdup (kaf_statement_text (statement, 0))
                                                  : NULL;
}

KafReceipt *
kaf_setting_write (KafDatabase *db, const char *key, const char *value, char **id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *known = find (db, key, today, &failed);
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  KafReceipt *receipt;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  record = kaf_record_new (kaf_registry_find ("setting"), known);
  kaf_record_set (record, "value", value);
  if (known == NULL)
    {
      kaf_record_set (record, "key", key);
      kaf_record_set (record, "valid_from", today);
      kaf_change_set_create (set, record);
    }
  else
    kaf_change_set_update (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, error);
  if (receipt != NULL && id != NULL)
    *id = known != NULL ? g_steal_pointer (&known) : find (db, key, today, NULL);
  return receipt;
}
