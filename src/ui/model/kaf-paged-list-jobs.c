/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reads behind a KafPagedList, on the store's worker. */
#include "config.h"

#include "ui/model/kaf-paged-list-jobs.h"

KafListJob *
kaf_list_job_new (
    const KafQuery *query, const char *const *columns, KafLang lang, guint offset, guint limit)
{
  KafListJob *self = g_new0 (KafListJob, 1);

  self->query = kaf_query_copy (query);
  self->columns = g_strdupv ((GStrv) columns);
  self->lang = lang;
  self->offset = offset;
  self->limit = limit;

  return self;
}

void
kaf_list_job_set_rids (KafListJob *self, const guint32 *rids, guint n_rids)
{
  self->rids = g_memdup2 (rids, n_rids * sizeof (guint32));
  self->n_rids = n_rids;
}

void
kaf_list_job_free (KafListJob *self)
{
  kaf_query_unref (self->query);
  g_strfreev (self->columns);
  g_free (self->rids);
  g_free (self);
}

void
kaf_list_answer_free (KafListAnswer *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* The first rows of a query, and what is known of its size. */
gpointer
kaf_list_job_first (KafDatabase *db, gpointer data, GCancellable *c, GError **error)
{
  KafListJob *job = data;
  g_autoptr (KafListAnswer) answer = g_new0 (KafListAnswer, 1);

  answer->total = answer->at_least = -1;
  answer->rows = kaf_page_read (db, job->query, (const char *const *) job->columns, job->lang,
                                job->offset, job->limit, &answer->total, &answer->at_least, error);
  if (answer->rows == NULL)
    return NULL;

  answer->unfiltered = kaf_page_total (db, kaf_query_get_entity (job->query));

  return g_steal_pointer (&answer);
}

/* Rows by number or, while places are unknown, by offset. */
gpointer
kaf_list_job_rows (KafDatabase *db, gpointer data, GCancellable *c, GError **error)
{
  KafListJob *job = data;

  if (job->rids != NULL)
    return kaf_page_rows (db, kaf_query_get_entity (job->query), job->rids, job->n_rids,
                          (const char *const *) job->columns, job->lang, error);

  return kaf_page_read (db, job->query, (const char *const *) job->columns, job->lang, job->offset,
                        job->limit, NULL, NULL, error);
}

gpointer
kaf_list_job_places (KafDatabase *db, gpointer data, GCancellable *c, GError **error)
{
  KafListJob *job = data;

  return kaf_page_places (db, job->query, error);
}
