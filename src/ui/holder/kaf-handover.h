/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portfolio goes from one counsellor to another: the holders that she follows and the projects that name her, in one
 * batch that is undone as one. A project that names nobody goes with its holder. */
#pragma once

#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_holders, n_projects;
} KafHandoverCount;

/* What would go. @rids (nullable): of the holders chosen, copied; else all that @from follows. */
void kaf_handover_count_async (KafStore *store,
                               GArray *rids,
                               const char *from,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean kaf_handover_count_finish (KafStore *store,
                                    GAsyncResult *result,
                                    KafHandoverCount *count,
                                    GError **error);

/* Who follows somebody, and how many: (element-type KafGroup), the most first. */
void kaf_handover_counsellors_async (KafStore *store,
                                     KafLang lang,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *kaf_handover_counsellors_finish (KafStore *store, GAsyncResult *result, GError **error);

/* All or nothing. The receipt has no batch when nothing was to be done. */
void kaf_handover_run_async (KafStore *store,
                             GArray *rids,
                             const char *from,
                             const char *to,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
KafReceipt *kaf_handover_run_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
