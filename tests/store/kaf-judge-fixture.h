/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores in which records are judged to be one. */
#pragma once

#include "kaf-fixture.h"
#include "store/kaf-judge.h"

/* Returns the batch. (transfer full) */
char *judge (KafFixture *f, const char *entity, const char *a, const char *b, const char *verdict);
void take_back (KafFixture *f, const char *entity, const char *a, const char *b);
void choose (KafFixture *f, const char *part, const char *field, const char *of);

/* All that the tables hold, but for the journal and for what was judged; rows by the ids of their records. (transfer
 * full) */
char *dump (KafFixture *f);

/* Says where they differ, and fails. */
void assert_same_dump (const char *one, const char *other);
