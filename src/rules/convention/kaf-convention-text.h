/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a convention stands, in words: the same on pages, lists, paper and the command line. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/convention/kaf-convention.h"

G_BEGIN_DECLS

/* "in force", "lapses in 12 days" within @soon_days of its end, "term unknown"… @style (out, nullable): of the
 * pill, "success", "warning", "error" or NULL. (transfer full) */
char *kaf_standing_describe_state (
    const KafStanding *self, KafDay day, guint soon_days, KafLang lang, const char **style);

/* "until 30 June 2028, by Amendment no 1", "for an indefinite term", "term unknown". @act: whose standing it is;
 * another that gave the term is named. (transfer full) */
char *kaf_standing_describe_term (const KafStanding *self, const KafConvention *act, KafLang lang);

G_END_DECLS
