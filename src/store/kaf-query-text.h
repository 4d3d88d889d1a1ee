/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query asks for, told in the language of the interface: "Project holders: country of residence is Germany;
 * Projects – at least one (sector is Health)". */
#pragma once

#include "record/kaf-query.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* All of it, with the entity in front; isolated for both directions. (transfer full) */
char *kaf_query_describe (KafDatabase *db, const KafQuery *query, KafLang lang);

/* "in the last 90 days", of a condition with days. (transfer full) */
char *kaf_query_days_text (const KafCondition *condition, KafLang lang);

/* The name of a way to other records: "Exchanges", "Network", "also Expert". (transfer full) */
char *kaf_link_describe (const KafLink *link, KafLang lang);

G_END_DECLS
