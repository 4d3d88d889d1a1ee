/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which territories a criterion counts: rows of the rules' editor. They activate "rules.add-place" and
 * "rules.remove-place" (us: place of the criterion, code). */
#pragma once

#include <adwaita.h>

#include "rules/holder/kaf-score-rules.h"

G_BEGIN_DECLS

/* Adds the rows of the criterion at @place to @expander. @territories: (element-type KafListItem), regions and their
 * provinces. */
void kaf_rules_places_add (AdwExpanderRow *expander,
                           const KafScoreCriterion *criterion,
                           guint place,
                           const GPtrArray *territories);

/* Counts there too, or no longer; with none left it counts everywhere. */
void kaf_rules_places_include (KafScoreCriterion *criterion, const char *code);
void kaf_rules_places_exclude (KafScoreCriterion *criterion, const char *code);

G_END_DECLS
