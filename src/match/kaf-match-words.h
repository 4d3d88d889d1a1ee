/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why two persons are thought to be one, in words, in the language that is asked for. */
#pragma once

#include "base/kaf-lang.h"
#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

/* Whether a reason speaks for it: what has a mark ✔, and not ✘. */
gboolean kaf_match_speaks_for (const KafMatchReason *reason);

/* "same e-mail address", "different employer": without a mark. (transfer full) */
char *kaf_match_tell_reason (const KafMatchReason *reason, KafLang lang);

/* "very likely". (transfer none) */
const char *kaf_match_tell_band (KafMatchBand band, KafLang lang);

/* "99.5 %", isolated: of thousandths. (transfer full) */
char *kaf_match_tell_likelihood (guint permille, KafLang lang);

/* All of it on one line: "✔ same e-mail address · ✔ names that agree in two scripts: محمد بوجدير ↔ Mohamed Boutjdir · ✘
 * different employer → very likely". (transfer full) */
char *kaf_match_tell (const KafMatchScore *score, KafLang lang);

/* What to ask so that an open case is settled: the strongest thing that one of the two does not tell. NULL: nothing is
 * open. (transfer none) */
const char *kaf_match_question (const KafMatchScore *score, KafLang lang);

G_END_DECLS
