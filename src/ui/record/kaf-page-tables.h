/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of the pages share, and where kaf-related-spec.c finds them. */
#pragma once

#include "ui/record/kaf-related-spec.h"

G_BEGIN_DECLS

/* Rows of a related list before "see all". */
#define KAF_PAGE_LIMIT 20

/* Each ends with a NULL id, or title. */
extern const KafRelatedSpec kaf_page_organisation_claims;
extern const KafRelatedGroup kaf_page_person_groups[];
extern const KafRelatedGroup kaf_page_holder_groups[];
extern const KafRelatedGroup kaf_page_project_groups[];
extern const KafRelatedGroup kaf_page_organisation_groups[];
extern const KafRelatedGroup kaf_page_network_groups[];
extern const KafRelatedGroup kaf_page_convention_groups[];
extern const KafRelatedGroup kaf_page_commitment_groups[];
extern const KafRelatedGroup kaf_page_programme_groups[];
extern const KafRelatedGroup kaf_page_module_groups[];
extern const KafRelatedGroup kaf_page_need_groups[];
extern const KafRelatedGroup kaf_page_meeting_groups[];
extern const KafFactGroup kaf_page_person_facts[];
extern const KafFactGroup kaf_page_holder_facts[];
extern const KafFactGroup kaf_page_project_facts[];
extern const KafFactGroup kaf_page_organisation_facts[];
extern const KafFactGroup kaf_page_convention_facts[];
extern const KafFactGroup kaf_page_commitment_facts[];
extern const KafFactGroup kaf_page_programme_facts[];
extern const KafFactGroup kaf_page_module_facts[];
extern const KafFactGroup kaf_page_session_facts[];
extern const KafFactGroup kaf_page_need_facts[];
extern const KafFactGroup kaf_page_meeting_facts[];

/* What an organisation is party to, and what a network gives. */
extern const KafRelatedSpec kaf_page_party_conventions;
extern const KafRelatedSpec kaf_page_network_modules;
extern const KafRelatedSpec kaf_page_network_sessions;

/* The missions in which each of them has a part. */
extern const KafRelatedSpec kaf_page_party_missions;
extern const KafRelatedSpec kaf_page_person_missions;
extern const KafRelatedSpec kaf_page_programme_missions;
extern const KafRelatedSpec kaf_page_convention_missions;

/* The meetings about it. */
extern const KafRelatedSpec kaf_page_programme_meetings;
extern const KafRelatedSpec kaf_page_convention_meetings;

/* Canonical text of a cell; NULL: unknown. */
const char *kaf_page_raw (const KafRow *row, guint index);

/* The word of a choice and the style of its pill; NULL: no such choice. (transfer full) */
char *
kaf_page_choice_pill (const char *entity, const char *field, const char *code, const char **style);

/* Whether a period that ends @to (whole or partial date, nullable) is over on @today. */
gboolean kaf_page_is_over (const char *to, const char *today);

/* What a person is bound to, and what vouches for her. */
extern const KafRelatedSpec *const kaf_page_person_ties[];
extern const KafRelatedSpec *const kaf_page_person_proofs[];

/* Pills and parts of several pages. */
char *kaf_page_membership_pill (const KafRow *row, const char *today, const char **style);
char *kaf_page_mandate_pill (const KafRow *row, const char *today, const char **style);
char *kaf_page_contact_pill (const KafRow *row, const char *today, const char **style);
extern const KafRelatedPart kaf_page_membership_parts[];
extern const KafRelatedPart kaf_page_mandate_parts[];
extern const KafRelatedPart kaf_page_contact_parts[];
extern const char *const kaf_page_contact_columns[];

G_END_DECLS
