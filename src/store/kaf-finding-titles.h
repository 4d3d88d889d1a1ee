/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the records are called that findings name: the titles of all of them are read together, each once. */
#pragma once

#include "rules/kaf-finding.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct _KafFindingTitles KafFindingTitles;

/* Of @findings, which keep the texts and are to outlive it. */
KafFindingTitles *kaf_finding_titles_new (KafDatabase *db, KafFindings *findings, KafLang lang);
void kaf_finding_titles_free (KafFindingTitles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFindingTitles, kaf_finding_titles_free)

/* Gives their ids to the findings in the list that only know a row. Errors: KAF_STORE_ERROR. */
gboolean kaf_finding_titles_find_ids (KafFindingTitles *self, GError **error);

/* Reads ahead what telling the findings in the list asks for. */
gboolean kaf_finding_titles_read (KafFindingTitles *self, GError **error);

/* The short title, or NULL: it has none, or is not here. @entity: static. Lives as long as the findings. */
const char *kaf_finding_titles_get (KafFindingTitles *self, const char *entity, const char *id);

/* How a sentence calls the record: by its title, or in words where it is not on this device; NULL: it has none. (transfer
 * full) */
char *
kaf_finding_titles_tell (KafFindingTitles *self, const char *entity, const char *id, KafLang lang);

G_END_DECLS
