/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents, one a file: kaf-document-NAME.c. */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

extern const KafDocument kaf_document_attestation;
extern const KafDocument kaf_document_convention;
extern const KafDocument kaf_document_covering_note;
extern const KafDocument kaf_document_covering_note_convention;
extern const KafDocument kaf_document_list;
extern const KafDocument kaf_document_mission_file;
extern const KafDocument kaf_document_mission_order;
extern const KafDocument kaf_document_mission_sheet;
extern const KafDocument kaf_document_record_sheet;
extern const KafDocument kaf_document_request_letter;

G_END_DECLS
