/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the papers of a meeting have in common: what stands at their head, who is called, and its agenda. */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

/* The meeting that the paper is about; sets its reference, date and name. NULL with an error. (transfer full) */
KafRecord *kaf_meeting_begin (KafDoc *doc, KafDocumentContext *context, GError **error);

/* Its day, hours and place, and how to take part from afar. */
void kaf_meeting_where (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting);

/* When and where, who calls and chairs, what it is for. */
void kaf_meeting_pairs (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting);

/* FIELD or FIELD_ar by the language, or the other where that one is empty: names. (transfer full) (nullable) */
char *kaf_meeting_name (KafDocumentContext *context, const KafRecord *record, const char *field);

/* A person of the reference, or a name; NULL: the organisation sends somebody. (transfer full) (nullable) */
char *kaf_meeting_person (KafDocumentContext *context, const KafRecord *attendee);

/* The same, or else that organisation. (transfer full) (nullable) */
char *kaf_meeting_attendee (KafDocumentContext *context, const KafRecord *attendee);

/* In their order. (element-type KafRecord) (transfer full) (nullable: with an error) */
GPtrArray *kaf_meeting_attendees (KafDocumentContext *context, GError **error);
GPtrArray *kaf_meeting_agenda (KafDocumentContext *context, GError **error);

G_END_DECLS
