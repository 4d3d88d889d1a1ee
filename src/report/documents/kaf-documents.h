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
extern const KafDocument kaf_document_minutes;
extern const KafDocument kaf_document_mission_file;
extern const KafDocument kaf_document_mission_order;
extern const KafDocument kaf_document_mission_sheet;
extern const KafDocument kaf_document_mission_step;
extern const KafDocument kaf_document_evaluation_form;
extern const KafDocument kaf_document_evaluation_answer;
extern const KafDocument kaf_document_handover_receipt;
extern const KafDocument kaf_document_envelope;
extern const KafDocument kaf_document_envelope_organisation;
extern const KafDocument kaf_document_badges;
extern const KafDocument kaf_document_badges_meeting;
extern const KafDocument kaf_document_access_answer;
extern const KafDocument kaf_document_erasure_certificate;
extern const KafDocument kaf_document_record_sheet;
extern const KafDocument kaf_document_session_sign_in;
extern const KafDocument kaf_document_sign_in_sheet;
extern const KafDocument kaf_document_summons;
extern const KafDocument kaf_document_summons_all;
extern const KafDocument kaf_document_request_letter;

/* What lies in a dossier; in no catalogue: KafDocumentOptions.told is a KafDossierContents. */
extern const KafDocument kaf_document_contents;

G_END_DECLS
