/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that have no title of their own and are named by others all the same: a mandate that signs, a session that
 * is held, an expert of a mission who trains. They are called by what they say. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

gboolean kaf_untitled_is (const KafEntity *entity);

/* "Nezha El Ouafi, ministre déléguée… (MRE), 2019–2021"; "Soudage aéronautique · 12/03/2026". What is not known is
 * left out. NULL: there is no such record. @entity: one of them. (transfer full) */
char *
kaf_untitled_describe (KafDatabase *db, const KafEntity *entity, const char *id, KafLang lang);

/* The years of a mandate: "2019–2021", "since 2019", "until 2020"; NULL when neither is known. Dates as the record
 * has them. (transfer full) */
char *kaf_untitled_years (const char *from, const char *to, KafLang lang);

G_END_DECLS
