/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What step 6 validated stays as it was: a budget line is changed by adjustments, of its currency. Source: sync.md, merge
 * of money. What comes from the hub is not asked. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Whether somebody here may write @change over @before, a row as it stands; @change NULL: delete it. *field (out): the
 * field at fault, NULL where it is the line. Errors: KAF_VALIDATION_ERROR_RULE (an N_() sentence), KAF_STORE_ERROR. */
gboolean kaf_validated_may_change (
    KafDatabase *db, KafRecord *before, KafRecord *change, const char **field, GError **error);

/* The same of a new record. */
gboolean
kaf_validated_may_add (KafDatabase *db, KafRecord *record, const char **field, GError **error);

G_END_DECLS
