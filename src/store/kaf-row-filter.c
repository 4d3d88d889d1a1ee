/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-row-filter.h"

/* By which SQLite knows what kind of pointer it was handed. */
#define POINTER_TYPE "kaf-row-filter"

static void
wants_function (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const KafRowFilter *filter = n_args > 0 ? sqlite3_value_pointer (args[0], POINTER_TYPE) : NULL;

  sqlite3_result_int (context, filter != NULL && filter->wants (args + 1, filter->data));
}

gboolean
kaf_row_filter_register (KafDatabase *db, GError **error)
{
  int rc = sqlite3_create_function (db->sql, "kaf_wants", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                    wants_function, NULL, NULL);

  return rc == SQLITE_OK || kaf_database_fail (db, rc, "filters of rows", error);
}

void
kaf_row_filter_bind (KafStatement *statement, int index, const KafRowFilter *self)
{
  sqlite3_bind_pointer (statement, index, (gpointer) self, POINTER_TYPE, NULL);
}
