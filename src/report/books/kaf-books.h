/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbooks, one a file: kaf-book-NAME.c. */
#pragma once

#include "report/kaf-workbook.h"

G_BEGIN_DECLS

extern const KafWorkbook kaf_book_budget;
extern const KafWorkbook kaf_book_conventions;
extern const KafWorkbook kaf_book_evaluation;
extern const KafWorkbook kaf_book_experts;
extern const KafWorkbook kaf_book_holders;
extern const KafWorkbook kaf_book_missions;
extern const KafWorkbook kaf_book_quality;
extern const KafWorkbook kaf_book_register;
extern const KafWorkbook kaf_book_target;

G_END_DECLS
