/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sentence an error code; what has no sentence of its own shows its technical text. */
#include "config.h"

#include "exchange/kaf-explain.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-csv.h"
#include "exchange/kaf-import-map.h"
#include "exchange/kaf-table-cell.h"
#include "schema/kaf-value.h"
#include "store/kaf-store-error.h"

static const char *
explain_store (KafStoreError code)
{
  switch (code)
    {
    case KAF_STORE_ERROR_NOT_A_STORE:
      return _ ("This file is not a Kafaat store: choose another one.");
    case KAF_STORE_ERROR_DAMAGED:
      return _ ("The store is damaged: nothing was changed. Restore the latest backup.");
    case KAF_STORE_ERROR_LOCKED:
      return _ ("Another program holds the store: close it, then try again.");
    case KAF_STORE_ERROR_READ_ONLY:
      return _ ("The store may only be read: check the rights of the file and its folder.");
    case KAF_STORE_ERROR_NEWER:
      return _ ("The store was written by a later version of Kafaat: update the program.");
    case KAF_STORE_ERROR_MIGRATION:
      return _ ("The store could not be brought to this version. It is unchanged, with a backup "
                "beside it.");
    case KAF_STORE_ERROR_FULL:
      return _ ("The disk is full: nothing was written. Free some space, then try again.");
    case KAF_STORE_ERROR_IO:
      return _ ("The disk could not be read or written: check it, then try again.");
    case KAF_STORE_ERROR_NOT_FOUND:
      return _ ("There is no such record.");
    case KAF_STORE_ERROR_EXISTS:
      return _ ("There is such a record already.");
    case KAF_STORE_ERROR_REFUSED:
      return _ ("A rule forbids this change.");
    case KAF_STORE_ERROR_AUTHORITY:
      return _ ("Only the server erases for ever: ask the data-protection officer.");
    case KAF_STORE_ERROR_ELSEWHERE:
      return _ ("The content of this file is not here: “kafaatctl sync --all-files” fetches it.");
    case KAF_STORE_ERROR_OWN_FILE:
      return _ ("The store keeps its own data in this file: name another one.");
    case KAF_STORE_ERROR_NOTHING:
      return _ ("There is nothing to undo or to redo.");
    case KAF_STORE_ERROR_JOINED:
      return _ (
          "This store belongs to a server, which would get the invented people of the sample data: load it into "
          "another store.");
    case KAF_STORE_ERROR_TRACES:
      return _ (
          "It is erased, but traces of it remain in the file of the store. Free some room on the disk, close other "
          "programs that read the store, and give the same command with its ID.");
    default:
      return NULL;
    }
}

static const char *
explain_io (GIOErrorEnum code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return _ ("The work was stopped: nothing was changed.");
    case G_IO_ERROR_NOT_FOUND:
      return _ ("There is no such file.");
    case G_IO_ERROR_NOT_DIRECTORY:
      return _ ("The folder does not exist: make it, or choose another one.");
    case G_IO_ERROR_IS_DIRECTORY:
      return _ ("This is a folder: name a file.");
    case G_IO_ERROR_NOT_REGULAR_FILE:
      return _ ("This is a device or a pipe: name a file.");
    case G_IO_ERROR_NOT_EMPTY:
      return _ ("The folder is not empty: name one that is, or one that is not there yet.");
    case G_IO_ERROR_EXISTS:
      return _ ("A file of that name is there already: choose another name.");
    case G_IO_ERROR_NO_SPACE:
      return explain_store (KAF_STORE_ERROR_FULL);
    default:
      return NULL;
    }
}

static char *
with_suggestion (char *sentence, const char *suggestion)
{
  g_autofree char *first = sentence;
  g_autofree char *second = NULL;

  if (suggestion == NULL)
    return g_steal_pointer (&first);
  /* Translators: %s is a value, for example a phone number with its country code. */
  second = g_strdup_printf (_ ("Did you mean “%s”?"), suggestion);
  return g_strdup_printf ("%s %s", first, second);
}

char *
kaf_explain (const KafField *field, const char *suggestion, const GError *error)
{
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == KAF_VALIDATION_ERROR)
    return with_suggestion (kaf_value_explain (field, error), suggestion);
  if (error->domain == KAF_CSV_ERROR)
    return kaf_csv_explain (error);
  if (error->domain == KAF_TABLE_ERROR)
    return kaf_table_explain (error);
  if (error->domain == KAF_IMPORT_MAP_ERROR)
    return kaf_import_map_explain (error);
  if (error->domain == KAF_STORE_ERROR)
    sentence = explain_store ((KafStoreError) error->code);
  else if (error->domain == G_IO_ERROR)
    sentence = explain_io ((GIOErrorEnum) error->code);
  return g_strdup (sentence != NULL ? sentence : error->message);
}
