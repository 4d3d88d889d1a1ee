/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-listed.h"

/* By which SQLite knows what kind of pointer it was handed. */
#define POINTER_TYPE "kaf-listed"

static void
listed_function (sqlite3_context *context, G_GNUC_UNUSED int n_args, sqlite3_value **args)
{
  GHashTable *set = sqlite3_value_pointer (args[0], POINTER_TYPE);
  const char *text = (const char *) sqlite3_value_text (args[1]);

  sqlite3_result_int (context, set != NULL && text != NULL && g_hash_table_contains (set, text));
}

gboolean
kaf_listed_register (KafDatabase *db, GError **error)
{
  int rc = sqlite3_create_function (db->sql, "kaf_listed", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                    listed_function, NULL, NULL);

  return rc == SQLITE_OK || kaf_database_fail (db, rc, "a function of lists", error);
}

void
kaf_listed_bind (KafStatement *statement, int index, GHashTable *set)
{
  sqlite3_bind_pointer (statement, index, set, POINTER_TYPE, NULL);
}
