/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may reach a record: the scopes that it stands in. One pure function, the same on the
 * device and on the server.
 *
 *   national                 everything
 *   country:CH               persons who live there, organisations seated there
 *   territory:MA-TIZ         persons attached to it, organisations seated in it; a region has those of
 *                            its provinces
 *   organisation:ID          the organisation, what belongs to it, its members and office-holders
 *                            a convention is its parties', with what stands in it and what amends it
 *   sector:DOMAIN            experts of a domain
 *   user:NAME                what a user keeps for himself: saved searches, what he took out
 *   system                   reference lists and settings: everybody's
 *
 * What belongs to a record (its memberships, contacts, consents, files, conflicts) stands where that
 * one does. What is deleted still stands where it stood: there its end is told. A conflict over an item of a
 * list is for those who see everything. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

#define KAF_SCOPE_NATIONAL "national"
#define KAF_SCOPE_SYSTEM "system"
#define KAF_SCOPE_USER "user:"

/* Where the function finds the records that others depend on. */
typedef struct
{
  /* The record that one belongs to, a facet of it, an item of a list; NULL when it is not at hand.
   * (transfer none) */
  KafRecord *(*lookup) (const KafEntity *entity, const char *id, gpointer data);

  /* The records that belong to that one, of any kind, or NULL; nullable. (element-type KafRecord)
   * (transfer container) */
  GPtrArray *(*belongings) (const KafEntity *root, const char *id, gpointer data);
  gpointer data;
} KafScopeSource;

/* Sorted, without repeats. (transfer full) */
char **kaf_scope_of (KafRecord *record, const KafScopeSource *source);

/* Whether a grant ("country:CH", "national") covers one of @scopes. */
gboolean kaf_scope_covers (const char *grant, const char *const *scopes);

G_END_DECLS
