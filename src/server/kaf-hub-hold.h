/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a person is erased: what the law keeps of her (rules/kaf-hold.h) names a pseudonym from then on,
 * by the hub's own hand. */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Within a transaction, once for each hub: draws the key that the following work with. */
gboolean kaf_hub_hold_prepare (KafHubStorage *storage, KafRandom *random, GError **error);

/* @text as a keyed hash, in hex: who has the text can show that it is the one. (transfer full) */
char *kaf_hub_hold_prove (KafHubStorage *storage, const char *text, GError **error);

/* Within a transaction, once for each person. @at: µs since 1970 UTC. @kept (element-type KafRecord, nullable): gets what
 * is kept, as it is then. */
gboolean kaf_hub_hold_keep (KafHubStorage *storage,
                            const KafEntity *root,
                            const char *id,
                            gint64 at,
                            GPtrArray *kept,
                            GError **error);

/* Of a device that was away while somebody was erased: the field of @after, a record of @entity, that names her
 * though the law keeps it, and the @id (out, transfer full) of who stands there instead. NULL, without
 * @error: it names nobody who was erased, or would go with her. */
const KafField *kaf_hub_hold_find_late (KafHubStorage *storage,
                                        const KafEntity *entity,
                                        const KafRecord *after,
                                        char **id,
                                        GError **error);

/* Makes that somebody of @record, an empty one, with the number @seq; and, once it is kept, her reference. */
void kaf_hub_hold_begin (KafHubRecord *record, gint64 seq, gint64 at);
gboolean
kaf_hub_hold_draw_ref (KafHubStorage *storage, KafHubRecord *record, gint64 at, GError **error);

G_END_DECLS
