/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the grid of half-days says in words, on screen and to a screen reader. All (transfer full). */
#pragma once

#include "base/kaf-lang.h"
#include "rules/mission/kaf-programme-grid.h"

G_BEGIN_DECLS

/* The name by which a trainer is called; @names: id of a person → her name, nullable. (transfer none) */
const char *
kaf_programme_trainer_name (const KafMission *mission, GHashTable *names, const char *trainer);

/* "Thursday 7". */
char *kaf_programme_day_name (KafDay day, KafLang lang);

/* "Thursday 7 January 2027, morning". */
char *kaf_programme_slot_name (KafDay day, gboolean afternoon, KafLang lang);

/* "1 h 30 min"; @minutes of work. */
char *kaf_programme_duration (guint minutes);

/* Why it clashes, as one sentence; NULL: it does not. */
char *
kaf_programme_clash_text (const KafMission *mission, GHashTable *names, const KafClash *clash);

/* All that a block shows, and where it stands. */
char *kaf_programme_item_text (const KafMission *mission,
                               GHashTable *names,
                               const KafItem *item,
                               const KafClash *clash,
                               KafLang lang);

/* "Thursday 7 January 2027, morning: free", with feast, weekend and Ramadan. */
char *kaf_programme_free_text (const KafProgrammeDay *day, gboolean afternoon, KafLang lang);

/* "theory 1 h, practice 2 h"; NULL: neither is known. */
char *kaf_programme_shares_text (const KafItem *item);

G_END_DECLS
