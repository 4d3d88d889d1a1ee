/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each step of a mission prints of its data: tables of the records that were written there. */
#pragma once

#include "report/kaf-document-part.h"

G_BEGIN_DECLS

/* Of the step @step, 1 to 10. Ends with a NULL entity. */
const KafPartTable *kaf_mission_parts_of (guint step);

/* What the cover says of the mission itself, and what step 4 does: pairs. */
void kaf_mission_parts_cover (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission);
void kaf_mission_parts_texts (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission);

G_END_DECLS
