/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may reach a record: the scopes that it stands in. One pure function, the same on the
 * device and on the server.
 *
 *   national                 everything
 *   country:CH               persons who live there, organisations seated there
 *   territory:MA-TIZ         persons attached to it, organisations seated in it, and its region
 *   organisation:ID          the organisation, what belongs to it, its members
 *   sector:DOMAIN            experts of a domain
 *   system                   reference lists and settings: everybody's
 */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* Gives the records that a record's scopes are inherited from (a membership's person and
 * network); NULL when it is not at hand. (transfer none) */
typedef KafRecord *(*KafScopeLookup) (const KafEntity *entity, const char *id, gpointer data);

/* Sorted, without repeats. (transfer full) */
char **kaf_scope_of (KafRecord *record, KafScopeLookup lookup, gpointer data);

/* Whether a grant ("country:CH", "national") covers one of @scopes. */
gboolean kaf_scope_covers (const char *grant, const char *const *scopes);

G_END_DECLS
