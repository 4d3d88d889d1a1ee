/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-setting-write.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"

/* Id of the setting of that key that begins today; NULL with or without an error. */
static char *
find (KafDatabase *db, const char *key, const char *today, GError **error)
{
  static const char *const columns[] = { "key", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("setting"));
  g_autoptr (GPtrArray) rows = NULL;
  gint64 total, least;

  kaf_query_set_condition (query, "key", KAF_OP_ANY_OF, (const char *const[]){ key, NULL });
  kaf_query_set_condition (query, "valid_from", KAF_OP_AT_LEAST,
                           (const char *const[]){ today, NULL });
  kaf_query_set_condition (query, "valid_from", KAF_OP_AT_MOST,
                           (const char *const[]){ today, NULL });
  rows = kaf_page_read (db, query, columns, KAF_LANG_FR, 0, 1, &total, &least, error);
  return rows != NULL && rows->len > 0
             ? g_strdup (((const KafRow *) g_ptr_array_index (rows, 0))->id)
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
