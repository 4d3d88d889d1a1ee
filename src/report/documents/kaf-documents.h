/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents, one a file: kaf-document-NAME.c. */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

extern const KafDocument kaf_document_list;
extern const KafDocument kaf_document_mission_file;
extern const KafDocument kaf_document_mission_sheet;
extern const KafDocument kaf_document_record_sheet;

G_END_DECLS
