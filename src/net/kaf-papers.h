/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers of a person, at the hub, which alone keeps them (server/kaf-endpoint-papers.c). Nothing of them is
 * written here: who asks shows a number and lets go of it. Blocking, for a worker thread, unless it is _async. @store: path;
 * @url: of its hub; @person: id. Errors: KAF_NET_ERROR_PAPERS_… and what else there is, see kaf_net_explain();
 * G_IO_ERROR_CANCELLED. */
#pragma once

#include <gio/gio.h>

#include "rules/kaf-identity-paper.h"

G_BEGIN_DECLS

/* One that is held. */
typedef struct
{
  KafIdentityPaper kind;
  char *until; /* ISO day; nullable */
  char *by;    /* account; nullable */
  gint64 at;   /* µs since 1970 UTC */
} KafHeldPaper;

typedef struct
{
  gboolean authorised; /* the CNDP's authorisation is recorded: numbers are entered and revealed */
  GPtrArray *papers;   /* (element-type KafHeldPaper), in the order of the kinds */
} KafPapers;
void kaf_papers_free (KafPapers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafPapers, kaf_papers_free)

/* NULL: there is none of that kind. (transfer none) */
const KafHeldPaper *kaf_papers_find (const KafPapers *self, KafIdentityPaper kind);

/* A number that was read or typed, overwritten as it is freed. */
void kaf_papers_free_number (char *number);

KafPapers *kaf_papers_fetch (const char *store,
                             const char *url,
                             const char *person,
                             GCancellable *cancellable,
                             GError **error);

/* @number: as it was typed; @until: ISO day, nullable. NULL, without @until: it is removed. */
gboolean kaf_papers_set (const char *store,
                         const char *url,
                         const char *person,
                         KafIdentityPaper kind,
                         const char *number,
                         const char *until,
                         GCancellable *cancellable,
                         GError **error);

/* @reason: logged. (transfer full), see kaf_papers_free_number() */
char *kaf_papers_reveal (const char *store,
                         const char *url,
                         const char *person,
                         KafIdentityPaper kind,
                         const char *reason,
                         GCancellable *cancellable,
                         GError **error);

void kaf_papers_fetch_async (const char *store,
                             const char *url,
                             const char *person,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
KafPapers *kaf_papers_fetch_finish (GAsyncResult *result, GError **error);

void kaf_papers_set_async (const char *store,
                           const char *url,
                           const char *person,
                           KafIdentityPaper kind,
                           const char *number,
                           const char *until,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean kaf_papers_set_finish (GAsyncResult *result, GError **error);

void kaf_papers_reveal_async (const char *store,
                              const char *url,
                              const char *person,
                              KafIdentityPaper kind,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *kaf_papers_reveal_finish (GAsyncResult *result, GError **error);

/* What the hub said, read strictly. Errors: KAF_NET_ERROR_PROTOCOL. For tests. */
KafPapers *kaf_papers_parse (const char *text, gsize size, GError **error);
char *kaf_papers_parse_number (const char *text, gsize size, GError **error);

G_END_DECLS
