/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why two records are thought to be one, as JSON. */
#pragma once

#include "cli/kaf-cli.h"
#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

/* Adds the member "reasons" to the object being built. */
void kaf_match_json_add_reasons (JsonBuilder *builder, const KafMatchScore *score, KafLang lang);

G_END_DECLS
