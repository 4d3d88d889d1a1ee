/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every rule there is, from the catalogues of conventions, networks, programmes and the steps of missions. */
#pragma once

#include "rules/kaf-finding.h"

G_BEGIN_DECLS

/* (element-type KafRule) (transfer container), in the order of the catalogues. */
GPtrArray *kaf_rulebook_list (void);

/* NULL: no such rule. */
const KafRule *kaf_rulebook_find (const char *code);

/* A catalogue, as each file of rules has one; ends with a NULL code. */
extern const KafRule kaf_convention_rules[];
extern const KafRule kaf_commitment_rules[];
extern const KafRule kaf_cover_rules[];
extern const KafRule kaf_network_rules[];
extern const KafRule kaf_programme_rules[];
extern const KafRule kaf_deleted_rules[];
extern const KafRule kaf_holder_rules[];
extern const KafRule kaf_meeting_rules[];

G_END_DECLS
