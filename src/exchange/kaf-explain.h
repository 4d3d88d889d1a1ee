/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of the store and of values, in words: for the command line and the report of an import. */
#pragma once

#include "schema/kaf-field.h"

G_BEGIN_DECLS

/* The sentence for a person, in the language of the interface, saying what to do. @field
 * (nullable): the one the error is about; @suggestion (nullable): a value to offer instead.
 * (transfer full) */
char *kaf_explain (const KafField *field, const char *suggestion, const GError *error);

G_END_DECLS
