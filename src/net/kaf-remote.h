/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub over HTTPS. Blocking and cancellable: for a worker thread. Errors: KAF_NET_ERROR,
 * G_IO_ERROR_CANCELLED. */
#pragma once

#include <gio/gio.h>

#include "net/kaf-secrets.h"

G_BEGIN_DECLS

typedef struct _KafRemote KafRemote;

/* @url: "https://HOST[:PORT]"; @authority: file (PEM) of the only authority to trust, which
 * stays there; or NULL for those of the system. */
KafRemote *kaf_remote_new (const char *url, const char *authority, GError **error);
void kaf_remote_free (KafRemote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRemote, kaf_remote_free)

/* What the hub says of a device that signs in. */
typedef struct
{
  guint64 device; /* the number that it is known by there */
  char *role;
  char *scope;
  gint64 now; /* by its clock, ms since 1970 UTC; 0: it did not say */
} KafEnrolment;
void kaf_enrolment_clear (KafEnrolment *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafEnrolment, kaf_enrolment_clear)

/* @name: of the device, for those who look after devices. @sample: it holds sample data. @secrets: gets the tokens. */
gboolean kaf_remote_enroll (KafRemote *self,
                            const char *user,
                            const char *password,
                            guint64 device,
                            const char *name,
                            gboolean sample,
                            KafSecrets *secrets,
                            KafEnrolment *enrolment,
                            GCancellable *cancellable,
                            GError **error);

/* New tokens for the old ones. */
gboolean kaf_remote_refresh (KafRemote *self,
                             KafSecrets *secrets,
                             GCancellable *cancellable,
                             GError **error);

/* Bytes from which on a body is packed. */
#define KAF_REMOTE_PACK_MIN 1024

/* One exchange (kaf-exchange.h). @packed (in, out): @body is in frames of zstd; else it is packed here where that is worth it.
 * Then, that the answer is as it came, for kaf_remote_unpack(): one that waits for its turn takes a tenth of the room so.
 * (transfer full) */
GBytes *kaf_remote_exchange (KafRemote *self,
                             const KafSecrets *secrets,
                             GBytes *body,
                             gboolean *packed,
                             GCancellable *cancellable,
                             GError **error);

/* (transfer full) Errors: KAF_NET_ERROR_PROTOCOL. */
GBytes *kaf_remote_unpack (GBytes *packed, GError **error);

/* Any other question: @json is posted, or where it is NULL, @path ("/v1/…") is got. (transfer full) */
GBytes *kaf_remote_ask (KafRemote *self,
                        const KafSecrets *secrets,
                        const char *path,
                        const char *json,
                        GCancellable *cancellable,
                        GError **error);

/* The same of a comparison (kaf-compare.h). Errors: KAF_NET_ERROR_SERVER_OLD where the hub knows of none. */
GBytes *kaf_remote_reconcile (KafRemote *self,
                              const KafSecrets *secrets,
                              GBytes *body,
                              gboolean *packed,
                              GCancellable *cancellable,
                              GError **error);

/* Bytes that are there, of how many. On the thread that fetches. */
typedef void (*KafRemoteProgressFunc) (goffset done, goffset all, gpointer data);

/* What the hub keeps at @path ("/v1/…") into the file @part. With a @tag (in, out; transfer full), which names
 * what @part is the beginning of, it goes on from there, unless that is no longer what is there. What came
 * before a failure stays in @part, and @tag names it. Errors: KAF_NET_ERROR_NOT_THERE too; G_IO_ERROR for
 * the file. */
gboolean kaf_remote_fetch (KafRemote *self,
                           const KafSecrets *secrets,
                           const char *path,
                           const char *part,
                           char **tag,
                           KafRemoteProgressFunc progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
