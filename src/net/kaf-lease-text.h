/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is told of the lease on the records of a hub. */
#pragma once

#include "store/kaf-lease-check.h"

G_BEGIN_DECLS

/* A sentence that says what is so and what to do, in the language of the interface; NULL: nothing to tell.
 * (transfer full) (nullable) */
char *kaf_lease_explain (const KafLeaseReport *report);

G_END_DECLS
