/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What many persons have in common, once: a hundred thousand share some thousands of names, cities and employers. */
#pragma once

#include "match/kaf-match-person.h"

G_BEGIN_DECLS

typedef struct _KafMatchPool KafMatchPool;

KafMatchPool *kaf_match_pool_new (void);

/* After the persons that were taken. */
void kaf_match_pool_free (KafMatchPool *self);

/* From now on the texts of @person belong to the pool, and nothing may be added to her. */
void kaf_match_pool_take (KafMatchPool *self, KafMatchPerson *person);

G_END_DECLS
