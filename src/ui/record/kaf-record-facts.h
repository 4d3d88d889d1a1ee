/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a record's fields to the lines of its page: grouped in cards, references by their titles,
 * unknown ones left out. Runs on a worker, since titles are read from the store. */
#pragma once

#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

/* @owner: @record again when the entity is no facet.
 * Returns: (element-type KafFactCard) (transfer full). */
GPtrArray *kaf_record_facts_build (KafDatabase *db,
                                   const KafRecord *record,
                                   const KafRecord *owner,
                                   KafLang lang);

/* A value as a person reads it, references by their titles. (transfer full) (nullable) */
char *kaf_record_facts_format (KafDatabase *db,
                               const KafField *field,
                               const char *canonical,
                               KafLang lang);

G_END_DECLS
