/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Organisations and networks of the store by what a cell calls them: in full or short, in either language, by a name
 * that they had, or by one that is known for them (match/kaf-match-organisation.h). */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct _KafImportBodies KafImportBodies;

/* Reads those of the store. Errors: KAF_STORE_ERROR. */
KafImportBodies *kaf_import_bodies_new (KafDatabase *db, GError **error);
void kaf_import_bodies_free (KafImportBodies *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafImportBodies, kaf_import_bodies_free)

/* The one of @entity (organisation, or a facet of it) that is called @text; who is called exactly so before who has its
 * initials. NULL: none is, or @several (out) are. (transfer none) */
const char *kaf_import_bodies_find (KafImportBodies *self,
                                    const KafEntity *entity,
                                    const char *text,
                                    gboolean *several);

G_END_DECLS
