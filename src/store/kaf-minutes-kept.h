/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approved minutes stay as they were (rules/meeting/kaf-minutes.h). What comes from the hub is not asked. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Whether somebody here may write @change over @before, a row as it stands. @before NULL: a new row, or one that comes
 * back; @change NULL: it goes. @undoing: what was done is turned back, by which who approved may take that back.
 * *field (out): the field at fault, NULL where it is the record. Errors: KAF_VALIDATION_ERROR_RULE (an N_() sentence),
 * KAF_STORE_ERROR. */
gboolean kaf_minutes_may_change (KafDatabase *db,
                                 KafRecord *before,
                                 KafRecord *change,
                                 gboolean undoing,
                                 const char **field,
                                 GError **error);

G_END_DECLS
