/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads and the undo need of a transaction under way. */
#pragma once

#include "store/kaf-commit.h"
#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* The row number of the identity held back, if it is that one; else 0. */
gint64 kaf_transaction_find_held (KafTransaction *self, const KafEntity *root, const char *id);

/* This batch undoes @batch. */
void kaf_transaction_set_undoes (KafTransaction *self, const char *batch);
const char *kaf_transaction_get_batch (KafTransaction *self);

/* Names a field that an undo left alone. */
void kaf_transaction_skip (KafTransaction *self, const char *ref, const char *field);

/* The same of a record that is written once for ever. */
void kaf_transaction_skip_permanent (KafTransaction *self, const char *entity);

G_END_DECLS
