/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From row numbers to changes, in slices, in one transaction; and to a query of those rows. */
#include "config.h"

#include "ui/list/kaf-list-bulk.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-export.h"
#include "ui/app/kaf-window.h"
#include "ui/list/kaf-filter.h"
#include "ui/list/kaf-list-join.h"
#include "ui/list/kaf-list-page.h"

#define SLICE 500

typedef struct
{
  KafStore *store;
  const KafEntity *entity;
  GArray *rids;
  GStrv columns;
  char *label;
  KafBulkFunc func;
  gpointer data;
  GDestroyNotify data_free;
  int *done; /* nullable, atomic */
} BulkJob;

static void
bulk_job_free (gpointer data)
{
  BulkJob *job = data;

  g_object_unref (job->store);
  g_array_unref (job->rids);
  g_strfreev (job->columns);
  g_free (job->label);
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

/* Adds what one slice of rows asks for. Returns FALSE with error. */
static gboolean
apply_slice (KafDatabase *db,
             KafTransaction *transaction,
             BulkJob *job,
             guint at,
             GCancellable *cancellable,
             GError **error)
{
  guint n = MIN (SLICE, job->rids->len - at);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (job->label);
  g_autoptr (GPtrArray) rows =
      kaf_page_rows (db, job->entity, &g_array_index (job->rids, guint32, at), n,
                     (const char *const *) job->columns, KAF_LANG_EN, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0, applied = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      /* A row that is gone meanwhile is NULL. */
      if (row != NULL && !job->func (db, set, row, job->data, error))
        return FALSE;
      for (; applied < kaf_change_set_get_size (set); applied++)
        {
          const KafChange *change = kaf_change_set_get (set, applied);

          if (!kaf_transaction_apply (transaction, change->kind, change->record, NULL, NULL, error))
            return FALSE;
        }
      if (job->done != NULL)
        g_atomic_int_inc (job->done);
    }

  return TRUE;
}

/* On the writing lane, a slice at a time: the records of a whole store never stand in memory. */
static gpointer
bulk_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BulkJob *job = data;
  KafTransaction *transaction = kaf_transaction_begin (db, job->label, error);
  KafReceipt *receipt;

  if (transaction == NULL)
    return NULL;

  for (guint at = 0; at < job->rids->len; at += SLICE)
    if (!apply_slice (db, transaction, job, at, cancellable, error))
      {
        kaf_transaction_abort (transaction);
        return NULL;
      }

  receipt = kaf_transaction_commit (transaction, error);
  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (job->store, receipt);

  return receipt;
}

void
kaf_list_bulk_run_async (KafStore *store,
                         const KafEntity *entity,
                         GArray *rids,
                         const char *const *columns,
                         const char *label,
                         KafBulkFunc func,
                         gpointer data,
                         GDestroyNotify data_free,
                         int *done,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  static const char *const none[] = { NULL };
  BulkJob *job = g_new0 (BulkJob, 1);

  job->store = g_object_ref (store);
  job->entity = entity;
  job->rids = g_array_copy (rids);
  job->columns = g_strdupv ((GStrv) (columns != NULL ? columns : none));
  job->label = g_strdup (label);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->done = done;
  kaf_store_run_async (store, KAF_LANE_WRITE, bulk_job, job, bulk_job_free,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, callback, user_data);
}

/* (transfer full) */
KafReceipt *
kaf_list_bulk_run_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

typedef struct
{
  KafQuery *query;
  GArray *rids;
} ChosenJob;

static void
chosen_job_free (gpointer data)
{
  ChosenJob *job = data;

  kaf_query_unref (job->query);
  g_array_unref (job->rids);
  g_free (job);
}

static gpointer
chosen_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const none[] = { NULL };
  const ChosenJob *job = data;
  g_autoptr (KafQuery) query = kaf_query_copy (job->query);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint at = 0; at < job->rids->len; at += SLICE)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows =
          kaf_page_rows (db, kaf_query_get_entity (query), &g_array_index (job->rids, guint32, at),
                         MIN (SLICE, job->rids->len - at), none, KAF_LANG_EN, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL)
          g_ptr_array_add (ids, g_strdup (((KafRow *) g_ptr_array_index (rows, i))->id));
    }
  g_ptr_array_add (ids, NULL);

  /* Rows stay chosen when the list is narrowed to others: its filters do not count here. */
  kaf_query_clear_conditions (query);
  kaf_query_set_text (query, NULL);
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);

  return g_steal_pointer (&query);
}

void
kaf_list_bulk_query_async (KafStore *store,
                           const KafQuery *query,
                           GArray *rids,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  ChosenJob *job = g_new0 (ChosenJob, 1);

  job->query = kaf_query_copy (query);
  job->rids = g_array_copy (rids);
  kaf_store_run_async (store, KAF_LANE_READ, chosen_job, job, chosen_job_free,
                       (GDestroyNotify) kaf_query_unref, NULL, callback, user_data);
}

/* (transfer full) */
KafQuery *
kaf_list_bulk_query_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  GtkRoot *root = gtk_widget_get_root (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_list_bulk_query_finish (KAF_STORE (source), result, &error);

  if (!KAF_IS_WINDOW (root))
    return;
  if (query != NULL)
    {
      g_auto (GStrv) columns =
          KAF_IS_LIST_PAGE (page) ? kaf_list_page_get_columns (KAF_LIST_PAGE (page)) : NULL;

      kaf_export_query (KAF_WINDOW (root), query, (const char *const *) columns);
    }
  else
    kaf_window_report_error (KAF_WINDOW (root), _ ("The list was not exported"), error);
}

/* @query: of the list, whose sort the file keeps. */
void
kaf_list_bulk_export (GtkWidget *page, KafStore *store, const KafQuery *query, GArray *rids)
{
  if (rids->len > 0)
    kaf_list_bulk_query_async (store, query, rids, chosen_cb, g_object_ref (page));
}

/* How the work is told of, once done. (transfer full) */
static char *
describe_deleted (guint n)
{
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());

  if (n == 0)
    return g_strdup (_ ("Nothing was deleted"));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s record deleted", "%s records deleted", n), number);
}

void
kaf_list_bulk_report (
    GtkWidget *page, KafReceipt *receipt, const GError *error, const char *done, const char *failed)
{
  GtkRoot *root = gtk_widget_get_root (page);

  if (!KAF_IS_WINDOW (root))
    return;
  if (receipt == NULL)
    kaf_window_report_error (KAF_WINDOW (root), failed, error);
  else if (receipt->batch != NULL)
    kaf_window_toast_undo (KAF_WINDOW (root), done, receipt);
  else
    kaf_window_toast (KAF_WINDOW (root), done);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_list_bulk_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *done =
      describe_deleted (receipt != NULL && receipt->batch != NULL ? receipt->n_records : 0);

  kaf_list_bulk_report (page, receipt, error, done, _ ("The records were not deleted"));
}

static gboolean
add_delete (KafDatabase *db, KafChangeSet *set, const KafRow *row, gpointer data, GError **error)
{
  kaf_change_set_delete (set, data, row->id);

  return TRUE;
}

void
kaf_list_bulk_delete (GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids)
{
  if (rids->len == 0)
    return;

  kaf_list_bulk_run_async (store, entity, rids, NULL, "delete", add_delete, (gpointer) entity, NULL,
                           NULL, NULL, deleted_cb, g_object_ref (page));
}

/* The choice of a network. */
typedef struct
{
  GtkWidget *page;
  KafStore *store;
  const KafEntity *entity;
  GArray *rids;
  GPtrArray *filters;
  KafFilter *filter;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->page);
  g_object_unref (choice->store);
  g_array_unref (choice->rids);
  g_ptr_array_unref (choice->filters);
  g_free (choice);
}

static void
network_chosen_cb (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  Choice *choice = g_object_get_data (G_OBJECT (data), "choice");
  const KafFilterValue *value =
      g_ptr_array_index (choice->filter->values, (guint) gtk_list_box_row_get_index (row));

  kaf_list_join_ask (choice->page, choice->store, choice->entity, choice->rids, value->code,
                     value->title);
  gtk_window_destroy (GTK_WINDOW (data));
}

static GtkWidget *
new_network_box (Choice *choice, GtkWidget *window)
{
  GtkWidget *box = gtk_list_box_new ();

  gtk_widget_add_css_class (box, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  for (guint i = 0; i < choice->filter->values->len; i++)
    {
      const KafFilterValue *value = g_ptr_array_index (choice->filter->values, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value->title);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (box), row);
    }
  g_signal_connect (box, "row-activated", G_CALLBACK (network_chosen_cb), window);

  return box;
}

static void
networks_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  GtkRoot *root = gtk_widget_get_root (choice->page);
  GtkWidget *window, *content, *page, *group;

  if (!kaf_filter_load_finish (choice->filter, choice->store, result, NULL) || root == NULL)
    {
      choice_free (choice);
      return;
    }

  window = adw_window_new ();
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  if (choice->filter->values->len == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _ ("There is no network yet: add one first."));
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_network_box (choice, window));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Add to a Network"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 420);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_object_set_data_full (G_OBJECT (window), "choice", choice, (GDestroyNotify) choice_free);
  gtk_window_present (GTK_WINDOW (window));
}

/* Asks which network, then adds the persons. */
void
kaf_list_bulk_choose_network (
    GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids, KafLang lang)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->page = g_object_ref (page);
  choice->store = g_object_ref (store);
  choice->entity = entity;
  choice->rids = g_array_ref (rids);
  choice->filters = kaf_filters_new (entity);
  choice->filter = kaf_filters_ensure (choice->filters, entity, "membership.network");
  kaf_filter_load_async (choice->filter, store, lang, NULL, networks_read_cb, choice);
}
