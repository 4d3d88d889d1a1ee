/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written outside of what its author was granted, and is kept aside: it is told to who answers for the place
 * where it lies (KafRole.settles), field by field as far as his role reads, and settled by him: taken as an edit of his own,
 * by his own rights, or set aside. Either way its author is told at his device's next exchange (kaf-exchange.h).
 *
 * An edit is what one group does to one record and its facets. Its name is FIRST-N: the hub's number of the group, and the
 * place of the first of its operations among those that the group's verdict names. As a line of JSON:
 *
 *   {"edit":"FIRST-N","by":USER,"at":MS,"entity":ENTITY,"id":ID,"ref":REF,"hidden":FIELDS,
 *    "ops":[{"o":"create"|"update"|"delete"|"restore","e":ENTITY,"f":{FIELD:[WRITTEN,STANDS]}}…]}
 *
 * "hidden" counts the fields that it writes and the role does not read; such an edit is not his to take. The last line is
 * {"seen":N,"more":true|false}: what stands was looked at up to that number of the hub. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* What the keys begin with in the hub's meta, a device and a number behind it. */
#define KAF_HUB_SETTLED "settled."

/* Days that such a note is kept from when the edit was settled, for its author's device to hear of it, and who settled it and
 * why. Then it goes; that the edit is settled stays, in the verdict on its group. */
#define KAF_HUB_SETTLED_DAYS 365

/* Of what stands under such a key, the id of the record; NULL: nothing stands there any more. (transfer full) */
char *kaf_hub_quarantine_name_settled (const char *text);

/* Within a transaction. @limit: how many at most, the first first. */
gboolean kaf_hub_quarantine_print (KafHubStorage *storage,
                                   const KafHubSession *session,
                                   guint limit,
                                   GString *lines,
                                   GError **error);

/* How many wait, wherever they lie. */
gboolean kaf_hub_quarantine_count (KafHubStorage *storage, gint64 *n, GError **error);

/* Within a transaction that is taken back where this fails. @edit: its name; @seen: as above; @take: else it is set aside, for
 * @reason, on one line (nullable). @now: ms since 1970 UTC. @why, @field (out, nullable) (transfer full): when it is not
 * taken, KAF_REFUSED_…; nothing was done then, as when FALSE is returned. Errors: KAF_HUB_ERROR_MISSING: no such edit waits
 * where the session answers. */
typedef struct _KafHubSettlement
{
  const char *edit;
  gint64 seen;
  gboolean take;
  const char *reason;
} KafHubSettlement;
gboolean kaf_hub_quarantine_settle (KafHubStorage *storage,
                                    KafRandom *random,
                                    const KafHubSession *session,
                                    const KafHubSettlement *settlement,
                                    gint64 now,
                                    char **why,
                                    char **field,
                                    GError **error);

/* Whether the record was taken over from edits of the session's user, by whatever device: hers has another number by now where
 * its store was a copy. @taken (out) */
gboolean kaf_hub_quarantine_was_taken (KafHubStorage *storage,
                                       const KafHubSession *session,
                                       const KafEntity *entity,
                                       const char *id,
                                       gboolean *taken,
                                       GError **error);

/* Within a transaction: the notes that have been kept for so long go. @due: ms since 1970 UTC. @n (out): how many went. */
gboolean kaf_hub_quarantine_prune (KafHubStorage *storage, gint64 due, guint *n, GError **error);

/* What was settled of what the device wrote, the first beyond number @after: the rest is told to who has heard those.
 * (element-type KafSettled) (transfer full) */
GPtrArray *kaf_hub_quarantine_list_settled (KafHubStorage *storage,
                                            guint64 device,
                                            gint64 after,
                                            GError **error);

G_END_DECLS
