/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* What a list asks of the store, with copies of its own: a job runs on another thread. */
typedef struct
{
  KafQuery *query;
  GStrv columns;
  KafLang lang;
  guint offset, limit;
  guint32 *rids; /* nullable: read these, not @offset */
  guint n_rids;
} KafListJob;

/* What comes back. */
typedef struct
{
  GPtrArray *rows;
  gint64 total, at_least, unfiltered;
} KafListAnswer;

KafListJob *kaf_list_job_new (
    const KafQuery *query, const char *const *columns, KafLang lang, guint offset, guint limit);
void kaf_list_job_set_rids (KafListJob *self, const guint32 *rids, guint n_rids);
void kaf_list_job_free (KafListJob *self);
void kaf_list_answer_free (KafListAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafListAnswer, kaf_list_answer_free)

/* KafStoreJob functions over a KafListJob. */
gpointer kaf_list_job_first (KafDatabase *db, gpointer data, GCancellable *c, GError **error);
gpointer kaf_list_job_rows (KafDatabase *db, gpointer data, GCancellable *c, GError **error);
gpointer kaf_list_job_places (KafDatabase *db, gpointer data, GCancellable *c, GError **error);

G_END_DECLS
