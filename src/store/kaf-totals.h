/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of who sees totals alone: the count of 2030 and the projects by stage. The hub counts them for him over all
 * records, of which his device gets none; it sends them as one JSON object, and the device keeps that and shows nothing
 * else. No number in it is small (base/kaf-few.h), and no name but those of countries, sectors, networks and regions.
 *
 *   {"day":DAY,"n":[N,N,N],"before":[N,N,N],
 *    "axes":[[{"kind":K,"code":C,"titles":[EN,FR,AR],"n":[N,N,N]}…]…],
 *    "series":[{"day":DAY,"closed":0|1,"n":[N,N,N]}…],
 *    "projects":N,"stages":[N…],
 *    "regions":[{"code":C,"titles":[EN,FR,AR],"n":[PROJECTS,HOLDERS],"jobs":N,"amount":CENTIMES,"unpriced":N,
 *                "unstaffed":N}…]}
 *
 * A number that is not told is -1, a small one, or -2, together with others. */
#pragma once

#include "store/kaf-funnel.h"
#include "store/kaf-target.h"

G_BEGIN_DECLS

/* Bytes: of more, no device keeps anything. */
#define KAF_TOTALS_MAX_SIZE (1024 * 1024)

/* Counts them in a store that holds all records. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean
kaf_totals_print (KafDatabase *db, GString *json, GCancellable *cancellable, GError **error);

/* Keeps what the hub sent, in the place of what it sent before. @changed (out). Errors: KAF_SYNC_ERROR: it is no such
 * object, and what was kept stays; KAF_STORE_ERROR. */
gboolean
kaf_totals_keep (KafDatabase *db, const char *json, gsize size, gboolean *changed, GError **error);

/* Whether the role of who works here sees nothing else: the hub is asked for them. */
gboolean kaf_totals_are_asked (KafDatabase *db);

/* Whether figures are those that are kept: so, but for a store that holds records yet, which the hub has not told to drop
 * them. */
gboolean kaf_totals_are_due (KafDatabase *db);

/* What is kept. Of a day before that of the totals: the last month that ended by then, without parts. Errors:
 * KAF_STORE_ERROR_FORBIDDEN: the hub has sent nothing yet, or nothing of so early a day; the text is a sentence for people.
 * (transfer full) */
KafTargetCount *kaf_totals_count (KafDatabase *db, const KafTargetQuery *query, GError **error);
/* (element-type KafTargetPoint) */
GArray *kaf_totals_series (KafDatabase *db, KafDay from, KafDay to, GError **error);
KafFunnel *kaf_totals_funnel (KafDatabase *db, KafLang lang, GError **error);

/* Whether that is the whole of @error (nullable): nothing to warn of. */
gboolean kaf_totals_are_lacking (const GError *error);

G_END_DECLS
