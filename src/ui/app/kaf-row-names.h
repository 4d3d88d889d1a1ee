/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a row's two names comes first: that in the script of the interface, where there is one. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-page.h"

G_BEGIN_DECLS

/* @first (out): never NULL, the reference where there is no name. @second (out): the other name or
 * NULL. Both belong to @row. */
void kaf_row_names (const KafRow *row, KafLang lang, const char **first, const char **second);

G_END_DECLS
