/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hub: all records, with what each edit had seen, and the one place where edits meet. It takes
 * in what devices wrote, and gives each what it has not read yet. Blocking; used from one thread at a
 * time. */
#pragma once

#include <gio/gio.h>

#include "base/kaf-clock.h"
#include "base/kaf-random.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

typedef struct _KafHub KafHub;

/* The SQLite file @path. @create: an empty one, where none is yet. Errors: KAF_HUB_ERROR. */
KafHub *kaf_hub_open (
    const char *path, gboolean create, KafClock *clock, KafRandom *random, GError **error);
void kaf_hub_close (KafHub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHub, kaf_hub_close)

#define KAF_HUB_ERROR (kaf_hub_error_quark ())
GQuark kaf_hub_error_quark (void);
typedef enum
{
  KAF_HUB_ERROR_MISSING,    /* no such file */
  KAF_HUB_ERROR_EXISTS,     /* there is one already */
  KAF_HUB_ERROR_FOREIGN,    /* a file of something else, or of a newer version */
  KAF_HUB_ERROR_IO,         /* nothing was written; try again */
  KAF_HUB_ERROR_FULL,       /* the disk is */
  KAF_HUB_ERROR_REQUEST,    /* the request is not what the protocol says; the message tells where */
  KAF_HUB_ERROR_VERSION,    /* a protocol that this hub does not speak yet */
  KAF_HUB_ERROR_OBSOLETE,   /* one that it no longer speaks */
  KAF_HUB_ERROR_UNFINISHED, /* erased, and traces remain in the file: to be called again */
} KafHubError;

/* Bytes of a page of an answer, but for what its last record adds; 4 MiB where nothing is said. */
void kaf_hub_set_page_size (KafHub *self, gsize size);

/* Who asks, as the accounts know it. */
typedef struct
{
  guint64 device;
  const char *user;
  const KafRole *role;
  const char *grant;   /* the scopes of the role, parted by spaces: "national", "country:CH", … */
  gboolean only_reads; /* no device: nothing is noted of it */
} KafHubSession;

/* One exchange: @body holds JSON lines (see kaf-exchange.h), at most KAF_HUB_MAX_BODY bytes. What is
 * appended to @answer was durably taken before. On error nothing of @body was taken. */
#define KAF_HUB_MAX_BODY (16 * 1024 * 1024)
gboolean kaf_hub_exchange (KafHub *self,
                           const KafHubSession *session,
                           const char *body,
                           gsize size,
                           GString *answer,
                           GError **error);

/* What came of a comparison, or of a stretch of one. */
typedef struct
{
  guint n_compared;  /* records summed up */
  guint n_lacking;   /* the device had not: told */
  guint n_differing; /* it had otherwise: told whole */
  guint n_dropped;   /* it had, and was not to */
  guint n_unknown;   /* it has, and the hub, restored since, has not: left */
  gboolean behind;   /* it has not read all that it should have: nothing was compared */
} KafHubCompared;

/* Whether the device of @session holds what it was told, by what it says of it: see kaf-compare.h. */
gboolean kaf_hub_reconcile (KafHub *self,
                            const KafHubSession *session,
                            const char *body,
                            gsize size,
                            GString *answer,
                            KafHubCompared *compared,
                            GError **error);

/* One of several that go together. */
typedef struct
{
  const KafHubSession *session;
  const char *body;
  gsize size;
  GString *answer; /* is appended to, when @done */
  gboolean done;   /* (out) */
  GError *error;   /* (out) (transfer full): why not */
} KafHubExchange;

/* kaf_hub_exchange() for several in their order, as if they came one by one, and with one commit: none is done before
 * all are on the disk. Each is taken wholly or not at all, whatever becomes of the others. When the answers together
 * grow beyond a page (kaf_hub_set_page_size()), the rest is left for the next call. Returns how many it
 * settled, the first of them, one at least; @n > 0. */
guint kaf_hub_exchange_together (KafHub *self, KafHubExchange *const *exchanges, guint n);

/* For those who bring nothing and have little to hear: a second look at the hub's file, by which they do not wait for what
 * others write. Once opened it is closed with the hub. */
gboolean kaf_hub_open_reader (KafHub *self, const char *path, GError **error);
gboolean kaf_hub_has_reader (KafHub *self);

/* The exchange by the reader, from any thread. FALSE: it is one for the hub itself, since there is no reader, or it brings
 * something, or there is more to tell, or to note of the device; nothing was done. */
gboolean kaf_hub_read (KafHub *self, KafHubExchange *exchange);

/* Erases the record @id (an id, or a reference) and what belongs to it for ever: rows, what was
 * written of it, conflicts. Every device is told before anything else, and never brings it back. What
 * was erased is kept, as ids alone, in @path.erased beside the hub's file, outside of its backups. @n
 * (out): records erased, 0 when it was before and only what had remained of it was removed; @kept (element-type
 * KafRecord, nullable): gets what the law keeps, with a pseudonym in the person's place. Errors:
 * KAF_HUB_ERROR_MISSING, _UNFINISHED. */
gboolean kaf_hub_erase (KafHub *self, const char *id, guint *n, GPtrArray *kept, GError **error);

/* Finishes the erasures that a full disk, a reader elsewhere or a kill left unfinished; opening does, too.
 * Errors: KAF_HUB_ERROR_UNFINISHED. */
gboolean kaf_hub_finish_erasures (KafHub *self, GError **error);

/* The contents of files that its records name: kaf-hub-blobs.h. (transfer none) */
struct _KafHubBlobs *kaf_hub_get_blobs (KafHub *self);

/* The same by the order of a user, who gives a reason; within his scopes. That he gave it is kept, and
 * of the reason a proof (kaf-hub-orders.h). @seen (nullable): the id of the record that was looked at: a reference
 * that is another's since erases nobody. */
gboolean kaf_hub_order_erasure (KafHub *self,
                                const KafHubSession *session,
                                const char *id,
                                const char *seen,
                                const char *reason,
                                guint *n,
                                GError **error);

/* What such an order would erase, and what would be kept: see kaf-hub-erasures.h. Errors: KAF_HUB_ERROR_MISSING. */
gboolean kaf_hub_foresee_erasure (
    KafHub *self, const KafHubSession *session, const char *id, GString *lines, GError **error);

/* What was erased, as far as the session may hear of it, and the receipts of each of @devices, into the text of that
 * place: the same. By the reader where there is one, and then from any thread. */
gboolean kaf_hub_print_erasures (KafHub *self,
                                 const KafHubSession *session,
                                 const guint64 *devices,
                                 guint n_devices,
                                 GString **receipts,
                                 GString *lines,
                                 GError **error);

/* What waits for the session to settle it: see kaf-hub-quarantine.h. By the reader where there is one, and then from any
 * thread. */
gboolean kaf_hub_print_quarantine (
    KafHub *self, const KafHubSession *session, guint limit, GString *lines, GError **error);

/* How many edits from outside of what their author was granted nobody has settled. All of them are read. */
gboolean kaf_hub_count_quarantine (KafHub *self, gint64 *n, GError **error);

/* By when what is kept for a term may go: see kaf-hub-steady.h. */
gboolean kaf_hub_find_due (KafHub *self, gint64 *due, GError **error);

/* What is said of those that were settled goes when it was kept long enough (KAF_HUB_SETTLED_DAYS). @n (out): how many notes. */
gboolean kaf_hub_prune_settled (KafHub *self, gint64 due, guint *n, GError **error);

/* Settles one of them. @why, @field (out) (transfer full): why it was not taken; nothing has changed then, and FALSE is
 * returned without @error. Errors: KAF_HUB_ERROR_MISSING. */
struct _KafHubSettlement;
gboolean kaf_hub_settle (KafHub *self,
                         const KafHubSession *session,
                         const struct _KafHubSettlement *settlement,
                         char **why,
                         char **field,
                         GError **error);

/* Numbers of papers: see kaf-hub-papers.h. @answer is appended to once what was done is on the disk. FALSE without @error:
 * @refusal (out) says why. Errors: KAF_HUB_ERROR_MISSING. */
struct _KafHubPapersAsk;
struct _KafHubPapersRefusal;
gboolean kaf_hub_ask_papers (KafHub *self,
                             const KafHubSession *session,
                             const struct _KafHubPapersAsk *ask,
                             GString *answer,
                             struct _KafHubPapersRefusal *refusal,
                             GError **error);

/* Removes those that serve nobody any more by @due, of some persons at a time: until *@after, "" at first, is NULL. Their
 * traces go with kaf_hub_finish_erasures(). */
gboolean kaf_hub_clean_papers (KafHub *self, gint64 due, char **after, GError **error);

/* Totals of what lies in the scopes of the session: see kaf-hub-aggregates.h. */
gboolean kaf_hub_print_aggregates (KafHub *self,
                                   const KafHubSession *session,
                                   GString *json,
                                   GError **error);

/* For the status: records, edits taken (the number of the last one), open conflicts… */
typedef struct
{
  gint64 n_records, seq, n_conflicts;
  gint64 n_moves;      /* of the numbers given, those of records that stand elsewhere, unedited */
  gint64 n_erased;     /* records erased for ever */
  gint64 last_erased;  /* number of the last erasure; 0: none */
  guint n_awaited;     /* devices that have not yet carried all of it out */
  gboolean unfinished; /* traces of something erased remain in the file */
} KafHubFigures;
gboolean kaf_hub_get_figures (KafHub *self, KafHubFigures *figures, GError **error);

/* A hub of production takes no sample data. */
gboolean kaf_hub_set_production (KafHub *self, gboolean production, GError **error);
gboolean kaf_hub_is_production (KafHub *self);

/* To be called once the hub's file was replaced by a backup of it: devices read all again, and send again
 * what the backup does not hold. */
gboolean kaf_hub_begin_anew (KafHub *self, GError **error);

/* A scope as grants have it: of an organisation, a convention or a mission by its id, where @scope has its reference.
 * Errors: KAF_HUB_ERROR_MISSING: there is none of that kind. @named (out) (transfer full). */
gboolean kaf_hub_name_scope (KafHub *self, const char *scope, char **named, GError **error);

/* A whole, consistent copy at @path, which must not exist; for its owner alone. */
gboolean kaf_hub_back_up (KafHub *self, const char *path, GError **error);

G_END_DECLS
