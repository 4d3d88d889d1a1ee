/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-list-file.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "report/kaf-letterhead.h"
#include "report/kaf-ods.h"
#include "report/kaf-sheet-query.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-permit.h"
#include "store/kaf-query-text.h"

/* From so many rows on memory is worth more than links and shared texts. */
#define LARGE_ROWS 5000

KafListFileFormat
kaf_list_file_format (const char *name)
{
  const char *ending = strrchr (name, '.');

  if (ending != NULL && g_ascii_strcasecmp (ending, ".xlsx") == 0)
    return KAF_LIST_FILE_XLSX;
  if (ending != NULL && g_ascii_strcasecmp (ending, ".ods") == 0)
    return KAF_LIST_FILE_ODS;
  return KAF_LIST_FILE_NONE;
}

static gboolean
justify (const KafBookBasis *basis, guint n, const KafListFileOptions *options, GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (basis->query);
  g_autofree char *filter = kaf_query_to_json (basis->query);
  const KafDisclosure disclosure = { .act = "export",
                                     .entity = entity->id,
                                     .n_persons = n,
                                     .filter = filter,
                                     .reason = options->reason,
                                     .recipient = options->recipient };

  return !kaf_disclosure_is_about_persons (entity) ||
         kaf_disclosure_justify (basis->db, &disclosure, basis->cancellable, error);
}

static gboolean
write_xlsx (const KafBookBasis *basis,
            const KafQueryColumns *columns,
            KafBook *book,
            gint64 *n_rows,
            GError **error)
{
  const KafSheetSpec spec = { "list", basis->title };
  KafSheet *sheet = kaf_sheet_add_rows (book, &spec, basis->query, columns, error);

  if (sheet == NULL)
    return FALSE;
  if (n_rows != NULL)
    *n_rows = kaf_sheet_get_n_rows (sheet);
  return kaf_book_save (book, error);
}

static gboolean
make_xlsx (const KafBookBasis *basis,
           const KafQueryColumns *columns,
           guint n,
           const KafListFileOptions *options,
           GFile *file,
           gint64 *n_rows,
           GError **error)
{
  g_autoptr (KafBook) book = kaf_book_new (basis, file, error);

  return book != NULL && justify (basis, n, options, error) &&
         write_xlsx (basis, columns, book, n_rows, error);
}

static gboolean
make_ods (const KafBookBasis *basis,
          const KafQueryColumns *columns,
          guint n,
          const KafListFileOptions *options,
          GFile *file,
          gint64 *n_rows,
          GError **error)
{
  g_autoptr (KafNewFile) made = kaf_new_file_begin (basis->db, file, error);
  g_autofree char *day = kaf_day_to_iso (basis->day);
  g_autoptr (KafLetterhead) head = kaf_letterhead_read (basis->db, day);
  g_autofree char *state = kaf_letterhead_state_line (head, basis->lang);

  return made != NULL && justify (basis, n, options, error) &&
         kaf_ods_write (basis, columns, state, made, n_rows, error);
}

gboolean
kaf_list_file_write (KafDatabase *db,
                     const KafQuery *query,
                     GFile *file,
                     KafListFileFormat format,
                     const KafListFileOptions *options,
                     GCancellable *cancellable,
                     gint64 *n_rows,
                     GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autofree char *subject = kaf_query_describe (db, query, options->lang);
  g_autoptr (KafQueryColumns) columns =
      kaf_query_columns_new_list (db, entity, options->columns, options->lang);
  gint64 n = kaf_page_count (db, query, error);
  const KafBookBasis basis = {
    .db = db,
    .lang = options->lang,
    .title = kaf_words_get (options->lang, entity->plural),
    .query = query,
    .subject = subject,
    .day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db))),
    .large = n >= LARGE_ROWS,
    .progress = options->progress,
    .progress_data = options->progress_data,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (format != KAF_LIST_FILE_NONE, FALSE);

  if (n < 0 || !kaf_permit_check_query (db, query, error))
    return FALSE;
  if (columns->columns->len == 0)
    {
      g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
                           _ ("Your role may read no column of this list."));
      return FALSE;
    }
  return format == KAF_LIST_FILE_XLSX
             ? make_xlsx (&basis, columns, (guint) n, options, file, n_rows, error)
             : make_ods (&basis, columns, (guint) n, options, file, n_rows, error);
}
