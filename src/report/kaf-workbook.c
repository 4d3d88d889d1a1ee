/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-workbook.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-words.h"
#include "report/books/kaf-books.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-store-error.h"

static const KafWorkbook *const workbooks[] = {
  &kaf_book_target,    &kaf_book_experts,  &kaf_book_conventions, &kaf_book_missions,
  &kaf_book_budget,    &kaf_book_holders,  &kaf_book_evaluation,  &kaf_book_quality,
  &kaf_book_committee, &kaf_book_register,
};

const KafWorkbook *const *
kaf_workbooks (guint *n_workbooks)
{
  if (n_workbooks != NULL)
    *n_workbooks = G_N_ELEMENTS (workbooks);
  return workbooks;
}

const KafWorkbook *
kaf_workbook_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (workbooks); i++)
    if (g_str_equal (workbooks[i]->name, name))
      return workbooks[i];
  return NULL;
}

gboolean
kaf_workbook_allows (const KafWorkbook *self, const KafRole *role)
{
  const char *source = self->source != NULL ? self->source : self->entity;

  if (!self->totals && kaf_permit_totals_alone (role))
    return FALSE;
  return role == NULL || source == NULL ||
         kaf_role_knows (role, kaf_entity_get_root (kaf_registry_find (source)));
}

KafQuery *
kaf_workbook_get_query (const KafWorkbook *self, const KafQuery *query)
{
  if (query != NULL)
    return kaf_query_copy (query);
  return self->entity != NULL ? kaf_query_new (kaf_registry_find (self->entity)) : NULL;
}

/* -1: an error. */
static gint64
count_persons (KafDatabase *db, const KafWorkbook *self, const KafQuery *query, GError **error)
{
  return self->names ? kaf_page_count (db, query, error) : 0;
}

static gboolean
check_role (KafDatabase *db, const KafWorkbook *self, const KafQuery *query, GError **error)
{
  if (!self->totals && !kaf_permit_check_records (db, error))
    return FALSE;
  if (kaf_workbook_allows (self, kaf_permit_read (db)))
    return query == NULL || kaf_permit_check_query (db, query, error);
  g_set_error_literal (
      error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
      _ ("Your role on the server does not know what this workbook tells of. Ask a "
         "person whose role does."));
  return FALSE;
}

gboolean
kaf_workbook_needs_reason (KafDatabase *db,
                           const KafWorkbook *self,
                           const KafQuery *query,
                           gint64 *n_persons,
                           GError **error)
{
  g_autoptr (KafQuery) of = kaf_workbook_get_query (self, query);
  gint64 n = check_role (db, self, of, error) ? count_persons (db, self, of, error) : -1;

  if (n_persons != NULL)
    *n_persons = n;
  return n > kaf_disclosure_limit (db);
}

static gboolean
justify (KafDatabase *db,
         const KafWorkbook *self,
         const KafQuery *query,
         const KafWorkbookOptions *options,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *filter = NULL;
  KafDisclosure disclosure = { .act = "export",
                               .entity = self->entity,
                               .reason = options->reason,
                               .recipient = options->recipient };
  gint64 n = count_persons (db, self, query, error);

  if (n < 0 || !self->names)
    return n >= 0;
  disclosure.n_persons = (guint) n;
  disclosure.filter = filter = kaf_query_to_json (query);
  return kaf_disclosure_justify (db, &disclosure, cancellable, error);
}

static gboolean
fill_and_save (const KafWorkbook *self, KafBook *book, GError **error)
{
  KafDatabase *db = kaf_book_get_basis (book)->db;
  /* All sheets tell of the same moment, be it that of who asks. */
  gboolean entered = kaf_database_enter_read (db);
  gboolean filled = self->make (book, error);

  kaf_database_leave_read (db, entered);
  return filled && kaf_book_save (book, error);
}

gboolean
kaf_workbook_make (KafDatabase *db,
                   const KafWorkbook *self,
                   GFile *file,
                   const KafWorkbookOptions *options,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (KafQuery) query = kaf_workbook_get_query (self, options->query);
  const KafBookBasis basis = {
    .db = db,
    .lang = options->lang,
    .title = kaf_words_get (options->lang, self->label),
    .keywords = kaf_words_get (options->lang, self->keywords),
    .query = query,
    .day = options->day,
    .progress = options->progress,
    .progress_data = options->progress_data,
    .cancellable = cancellable,
  };
  g_autoptr (KafBook) book = NULL;

  if (!check_role (db, self, query, error))
    return FALSE;
  book = kaf_book_new (&basis, file, error);
  return book != NULL && justify (db, self, query, options, cancellable, error) &&
         fill_and_save (self, book, error);
}
