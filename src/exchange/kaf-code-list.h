/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a list as others write them – in three languages, with or without accents – to codes. */
#pragma once

#include "exchange/kaf-table-reader.h"
#include "schema/kaf-field.h"

G_BEGIN_DECLS

/* A list, for the translation of its values. */
typedef struct _KafCodeList KafCodeList;

KafCodeList *kaf_code_list_new (void);
void kaf_code_list_free (KafCodeList *self);
/* Adds a label of a code; of labels that are folded alike the first stands. */
void kaf_code_list_add (KafCodeList *self, const char *code, const char *label);
/* All choices of @field: codes and labels in the three languages. */
void kaf_code_list_add_choices (KafCodeList *self, const KafField *field);
/* The code; NULL: to be asked, and then added. */
const char *kaf_code_list_find (const KafCodeList *self, const char *text);
/* Values of a column that the list does not know, each once, in their order. (transfer full) (element-type utf8) */
GPtrArray *
kaf_code_list_find_unknown (const KafCodeList *self, const GPtrArray *rows, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCodeList, kaf_code_list_free)

G_END_DECLS
