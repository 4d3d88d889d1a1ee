/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers (domain §6, §7): kept here alone, and shown to who may reveal them, one at a time, against a reason
 * that is logged as a disclosure. No record holds one, so that none reaches a device by the sync.
 *
 * A number stands with the person that it was entered for. Who is judged to be one with her is asked together with her,
 * and what is taken back of that parts them again. It goes with her erasure (KafHubStorage.erase); it serves no more from
 * the day after its validity ended, nor while the person is deleted, and kaf_hub_papers_clean() removes it: of who is
 * deleted after KAF_HUB_PAPERS_DELETED_DAYS, up to when it is there again if the deletion is undone. By a clock that is
 * believed, see kaf-hub-steady.h. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

#define KAF_HUB_PAPERS_DELETED_DAYS 30

/* How many numbers one account is shown an hour. */
#define KAF_HUB_REVEALS_AN_HOUR 30

typedef enum
{
  KAF_HUB_PAPERS_LIST,
  KAF_HUB_PAPERS_SET,
  KAF_HUB_PAPERS_REMOVE,
  KAF_HUB_PAPERS_REVEAL,
} KafHubPapersAct;

typedef struct _KafHubPapersAsk
{
  KafHubPapersAct act;
  const char *person;    /* id */
  KafIdentityPaper kind; /* of all but a list */
  const char *number;    /* as it was typed; of what is set: */
  const char *until;     /* ISO day; nullable */
  const char *reason;    /* of what is revealed; on one line */
} KafHubPapersAsk;

/* Why it was not done. */
typedef struct _KafHubPapersRefusal
{
  /* "authorisation": none of the CNDP is recorded; "number"; "expired": it would serve nobody; NULL */
  const char *why;
  gint64 wait; /* ms until another is revealed; 0: no question of it */
} KafHubPapersRefusal;

typedef struct
{
  KafHubStorage *storage;
  KafClock *clock;
  KafRandom *random;
  const KafHubSession *session;
  const char *ledger; /* path: what was removed does not come back with a backup */
  gint64 now;         /* of the clock, as it was when all began; µs since 1970 UTC */
} KafHubPapers;

/* Within a transaction, whose end comes before the answer is given. @answer gets one line:
 *
 *   LIST    {"authorised":BOOL,"papers":[{"kind":…,"until":DAY|null,"by":USER,"at":MS}…]}
 *   REVEAL  {"kind":…,"number":…,"until":DAY|null}
 *   others  {"done":true}
 *
 * FALSE without @error: @refusal says why. Errors: KAF_HUB_ERROR_MISSING, where there is no such person or number, or not
 * within the session's scopes. @gone (out): something was removed, which kaf_hub_papers_enter_owed() is to tell, and whose
 * traces kaf_hub_erase_finish() is to remove. */
gboolean kaf_hub_papers_carry_out (const KafHubPapers *self,
                                   const KafHubPapersAsk *ask,
                                   GString *answer,
                                   KafHubPapersRefusal *refusal,
                                   gboolean *gone,
                                   GError **error);

/* Within a transaction: removes what serves nobody any more by @due of the persons behind @after ("": from the first), @limit of
 * them at most. @after (in, out) (transfer full): the last; NULL: there was none left. */
gboolean kaf_hub_papers_clean (
    KafHubStorage *storage, gint64 due, char **after, guint limit, GError **error);

/* Within a transaction of its own, behind that which removed something: the ledger gets what it is to tell. */
gboolean kaf_hub_papers_enter_owed (KafHubStorage *storage, const char *ledger, GError **error);

/* Removes again what the ledger says was removed: the storage was restored from a backup. */
gboolean kaf_hub_papers_replay (KafHubStorage *storage, const char *ledger, GError **error);

G_END_DECLS
