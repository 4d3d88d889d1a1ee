/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-handover.h"

#include "schema/kaf-registry.h"

#define AT_A_TIME 500
#define PROJECTS_MOST 200 /* of one holder */
#define COUNSELLORS_MOST 200

typedef struct
{
  GArray *rids; /* nullable */
  char *from;   /* nullable with rids */
  char *to;     /* nullable: counts only */
  KafStore *store;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->rids, g_array_unref);
  g_free (request->from);
  g_free (request->to);
  g_object_unref (request->store);
  g_free (request);
}

static Request *
request_new (KafStore *store, GArray *rids, const char *from, const char *to)
{
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  if (rids != NULL)
    {
      request->rids = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rids->len);
      if (rids->len > 0)
        g_array_append_vals (request->rids, rids->data, rids->len);
    }
  request->from = g_strdup (from);
  request->to = g_strdup (to);
  return request;
}

static const char *const columns[] = { "counsellor", NULL };

typedef struct
{
  KafDatabase *db;
  const Request *request;
  KafChangeSet *set; /* nullable: counts only */
  KafHandoverCount count;
} Work;

static void
give (Work *work, const KafEntity *entity, const char *id, guint *n)
{
  g_autoptr (KafRecord) change = NULL;

  (*n)++;
  if (work->set == NULL)
    return;
  change = kaf_record_new (entity, id);
  kaf_record_set (change, "counsellor", work->request->to);
  kaf_change_set_update (work->set, change);
}

/* Of a holder who was chosen: those of her projects that name the one who followed her. */
static gboolean
give_projects (Work *work, const KafRow *holder, GError **error)
{
  const KafEntity *project = kaf_registry_find ("project");
  g_autoptr (GPtrArray) rows = kaf_page_related (work->db, project, "person", holder->id, columns,
                                                 KAF_LANG_EN, PROJECTS_MOST, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (row->raw[0] != NULL && g_strcmp0 (row->raw[0], holder->raw[0]) == 0 &&
          g_strcmp0 (row->raw[0], work->request->to) != 0)
        give (work, project, row->id, &work->count.n_projects);
    }
  return rows != NULL;
}

/* A page of rows at a time, as they were numbered. */
static gboolean
give_rows (Work *work,
           const KafEntity *entity,
           const GArray *rids,
           guint *n,
           gboolean chosen,
           GCancellable *cancellable,
           GError **error)
{
  for (guint from = 0; from < rids->len; from += AT_A_TIME)
    {
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (work->db, entity, &g_array_index (rids, guint32, from),
                         MIN (AT_A_TIME, rids->len - from), columns, KAF_LANG_EN, error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const KafRow *row = g_ptr_array_index (rows, i);

          /* Gone meanwhile. */
          if (row == NULL)
            continue;
          if (g_strcmp0 (row->raw[0], work->request->to) != 0)
            give (work, entity, row->id, n);
          if (chosen && !give_projects (work, row, error))
            return FALSE;
        }
    }
  return TRUE;
}

static GArray *
find_followed (Work *work, const KafEntity *entity, GError **error)
{
  const char *values[] = { work->request->from, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (entity);

  kaf_query_set_condition (query, "counsellor", KAF_OP_ANY_OF, values);
  return kaf_page_places (work->db, query, error);
}

static gboolean
give_all (Work *work, const char *entity, guint *n, GCancellable *cancellable, GError **error)
{
  const KafEntity *of = kaf_registry_find (entity);
  g_autoptr (GArray) rids = find_followed (work, of, error);

  return rids != NULL && give_rows (work, of, rids, n, FALSE, cancellable, error);
}

static gboolean
do_work (Work *work, GCancellable *cancellable, GError **error)
{
  if (work->request->rids != NULL)
    return give_rows (work, kaf_registry_find ("project_holder"), work->request->rids,
                      &work->count.n_holders, TRUE, cancellable, error);
  return give_all (work, "project_holder", &work->count.n_holders, cancellable, error) &&
         give_all (work, "project", &work->count.n_projects, cancellable, error);
}

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work work = { db, data, NULL, { 0, 0 } };

  return do_work (&work, cancellable, error) ? g_memdup2 (&work.count, sizeof work.count) : NULL;
}

static gpointer
run_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("handover");
  Work work = { db, request, set, { 0, 0 } };
  KafReceipt *receipt;

  if (!do_work (&work, cancellable, error))
    return NULL;
  receipt = kaf_commit (db, set, NULL, cancellable, error);
  if (receipt != NULL)
    kaf_store_announce (request->store, receipt);
  return receipt;
}

void
kaf_handover_count_async (KafStore *store,
                          GArray *rids,
                          const char *from,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  kaf_store_run_async (store, KAF_LANE_BACKGROUND, count_job, request_new (store, rids, from, NULL),
                       request_free, g_free, cancellable, callback, user_data);
}

gboolean
kaf_handover_count_finish (KafStore *store,
                           GAsyncResult *result,
                           KafHandoverCount *count,
                           GError **error)
{
  g_autofree KafHandoverCount *counted = kaf_store_run_finish (store, result, error);

  if (counted != NULL)
    *count = *counted;
  return counted != NULL;
}

static gpointer
counsellors_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("project_holder"));

  return kaf_page_groups (db, query, "counsellor", GPOINTER_TO_INT (data), COUNSELLORS_MOST, error);
}

void
kaf_handover_counsellors_async (KafStore *store,
                                KafLang lang,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  kaf_store_run_async (store, KAF_LANE_READ, counsellors_job, GINT_TO_POINTER ((int) lang), NULL,
                       (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
kaf_handover_counsellors_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

void
kaf_handover_run_async (KafStore *store,
                        GArray *rids,
                        const char *from,
                        const char *to,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  kaf_store_run_async (store, KAF_LANE_WRITE, run_job, request_new (store, rids, from, to),
                       request_free, (GDestroyNotify) kaf_receipt_unref, NULL, callback, user_data);
}

KafReceipt *
kaf_handover_run_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
