/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-print-job.h"

#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "ui/app/kaf-application.h"

/* Choices of one are offered up to so many. */
#define ONES_MOST 500

static KafPrintJob *
job_new (const KafEntity *entity)
{
  KafPrintJob *self = g_new0 (KafPrintJob, 1);

  self->entity = entity;
  self->langs = kaf_application_get_lang () == KAF_LANG_AR ? KAF_PAPER_AR : KAF_PAPER_FR;
  return self;
}

KafPrintJob *
kaf_print_job_new_for_record (const KafEntity *entity, const char *id)
{
  KafPrintJob *self = job_new (entity);

  self->id = g_strdup (id);
  return self;
}

KafPrintJob *
kaf_print_job_new_for_query (const KafQuery *query, const char *const *columns)
{
  KafPrintJob *self = job_new (kaf_query_get_entity (query));

  self->query = kaf_query_copy (query);
  self->columns = g_strdupv ((GStrv) columns);
  return self;
}

KafPrintJob *
kaf_print_job_copy (const KafPrintJob *self)
{
  KafPrintJob *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->query = self->query != NULL ? kaf_query_copy (self->query) : NULL;
  copy->columns = g_strdupv (self->columns);
  copy->one = g_strdup (self->one);
  copy->signer = g_strdup (self->signer);
  copy->function = g_strdup (self->function);
  return copy;
}

void
kaf_print_job_free (KafPrintJob *self)
{
  g_free (self->id);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_strfreev (self->columns);
  g_free (self->one);
  g_free (self->signer);
  g_free (self->function);
  g_free (self);
}

void
kaf_print_made_free (KafPrintMade *self)
{
  g_clear_pointer (&self->pages, kaf_pages_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->ones, g_ptr_array_unref);
  g_free (self->one);
  g_free (self);
}

static GPtrArray *
find_documents (KafDatabase *db, const KafPrintJob *job)
{
  const KafDocument *const *all = kaf_documents ();
  GPtrArray *found;

  if (job->id != NULL)
    return kaf_documents_for (db, job->entity, job->id);
  found = g_ptr_array_new ();
  for (guint i = 0; all[i] != NULL; i++)
    if (all[i]->takes == KAF_TAKES_QUERY &&
        (all[i]->entity == NULL || g_str_equal (all[i]->entity, job->entity->id)))
      g_ptr_array_add (found, (gpointer) all[i]);
  return found;
}

KafDocumentOptions
kaf_print_job_get_options (const KafPrintJob *self)
{
  return (KafDocumentOptions){ .langs = self->langs,
                               .blank = self->blank,
                               .n_blank = self->n_blank,
                               .one = self->one,
                               .no_letterhead = self->no_letterhead,
                               .signer = self->signer,
                               .function = self->function };
}

gpointer
kaf_print_job_run (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafPrintJob *job = data;
  const KafSubject subject = { .entity = job->query == NULL ? job->entity : NULL,
                               .id = job->id,
                               .query = job->query,
                               .columns = (const char *const *) job->columns };
  const KafDocumentOptions options = kaf_print_job_get_options (job);
  g_autoptr (KafPrintMade) made = g_new0 (KafPrintMade, 1);

  made->documents = find_documents (db, job);
  made->limit = kaf_disclosure_limit (db);
  if (made->documents->len == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND,
                   "no document is about records of %s", job->entity->id);
      return NULL;
    }
  made->document = job->document != NULL ? job->document : g_ptr_array_index (made->documents, 0);
  made->ones = kaf_addressees_read (db, made->document, job->id, ONES_MOST,
                                    kaf_application_get_lang (), error);
  if (made->ones == NULL)
    return NULL;
  made->one = g_strdup (job->one);
  made->pages = kaf_document_make (db, made->document, &subject, &options, cancellable, error);
  return made->pages != NULL ? g_steal_pointer (&made) : NULL;
}
