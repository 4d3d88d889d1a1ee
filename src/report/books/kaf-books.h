/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbooks, one a file: kaf-book-NAME.c. */
#pragma once

#include "report/kaf-workbook.h"

G_BEGIN_DECLS

extern const KafWorkbook kaf_book_budget;
extern const KafWorkbook kaf_book_committee;
extern const KafWorkbook kaf_book_conventions;
extern const KafWorkbook kaf_book_evaluation;
extern const KafWorkbook kaf_book_experts;
extern const KafWorkbook kaf_book_holders;
extern const KafWorkbook kaf_book_missions;
extern const KafWorkbook kaf_book_quality;
extern const KafWorkbook kaf_book_register;
extern const KafWorkbook kaf_book_target;

/* Fills @book, whose query finds the mission @id alone, with what its dossier has of figures. Errors: those of reading. */
gboolean kaf_book_mission_make (KafBook *book, const char *id, GError **error);

/* Records of @entity whose @field names one of those that the workbook's query finds; all of them where it narrows
 * nothing. (transfer full) */
KafQuery *kaf_books_query_of (const KafEntity *entity,
                              const char *field,
                              const KafBookBasis *basis,
                              GError **error);

/* The ids of all that @query finds. (element-type utf8) (transfer full) */
GHashTable *kaf_books_read_ids (KafDatabase *db, const KafQuery *query, GError **error);

G_END_DECLS
