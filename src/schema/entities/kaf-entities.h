/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entities of this version; use the registry, not these names. */
#pragma once

#include "schema/kaf-entity.h"

extern const KafEntity kaf_entity_country;
extern const KafEntity kaf_entity_territory;
extern const KafEntity kaf_entity_sector;
extern const KafEntity kaf_entity_occupation;
extern const KafEntity kaf_entity_domain;
extern const KafEntity kaf_entity_language;
extern const KafEntity kaf_entity_attachment;
extern const KafEntity kaf_entity_person;
extern const KafEntity kaf_entity_expert;
extern const KafEntity kaf_entity_organisation;
extern const KafEntity kaf_entity_network;
extern const KafEntity kaf_entity_organisation_name;
extern const KafEntity kaf_entity_mandate;
extern const KafEntity kaf_entity_membership;
extern const KafEntity kaf_entity_availability;
extern const KafEntity kaf_entity_conflict;
extern const KafEntity kaf_entity_contact;
extern const KafEntity kaf_entity_source_claim;
extern const KafEntity kaf_entity_consent;
extern const KafEntity kaf_entity_disclosure;
extern const KafEntity kaf_entity_setting;
extern const KafEntity kaf_entity_saved_filter;
extern const KafEntity kaf_entity_programme;
extern const KafEntity kaf_entity_convention;
extern const KafEntity kaf_entity_convention_article;
extern const KafEntity kaf_entity_signatory;
extern const KafEntity kaf_entity_commitment;
extern const KafEntity kaf_entity_fulfilment;
extern const KafEntity kaf_entity_training_module;
extern const KafEntity kaf_entity_training_session;
