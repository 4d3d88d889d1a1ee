/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in memory for one question: records that lie elsewhere, as a hub keeps them, are put into it, and what asks
 * SQL of a store asks it of them. Nothing is journalled, given a reference or made to be searched, and nothing of it
 * ever reaches a disk. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct _KafScratch KafScratch;

/* Errors: KAF_STORE_ERROR. */
KafScratch *kaf_scratch_new (GError **error);
void kaf_scratch_free (KafScratch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafScratch, kaf_scratch_free)

/* What is put from here on is there until kaf_scratch_end(). */
gboolean kaf_scratch_begin (KafScratch *self, GError **error);
void kaf_scratch_end (KafScratch *self);

/* A record of an identity that is not there yet, and its facets: the root is the first of @parts (element-type
 * KafRecord), whose ids are one. It is there, deleted or not; of the facets those that are not. */
gboolean kaf_scratch_put (KafScratch *self, GPtrArray *parts, GError **error);

/* Once all is put: where the missions among it stand (kaf-mission-now.h). */
gboolean kaf_scratch_settle (KafScratch *self, GError **error);

/* (transfer none) */
KafDatabase *kaf_scratch_get_database (KafScratch *self);

G_END_DECLS
