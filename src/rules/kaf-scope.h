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
 *   convention:ID            the convention, what stands in it and what amends it; the missions that it carries
 *   mission:ID               the mission with its whole file, and what it needs (below)
 *   missions                 what so many missions need that it is told to whoever has to do with any
 *   sector:DOMAIN            experts of a domain, missions and needs
 *   user:NAME                what a user keeps for himself: saved searches, what he took out; the missions and
 *                            needs that he began or follows; the project holders whom he accompanies
 *   entered:NAME             the organisations that a user entered, with what one brings along that a mission needs: a
 *                            facilitator enters the bodies of a place before they have a part in his mission. Granted
 *                            to himself, while his role writes organisations
 *   of:ENTITY                beside these, of a file or a conflict: the kind of record that it belongs to. It is granted to
 *                            nobody: to whom that kind is closed, what belongs to it is
 *   system                   reference lists, settings, scoring rules, the closed months of the count: everybody's
 *
 * A project is where its holder is and in its own territory (and region), and brings her there. A relay about one
 * person stands with her, not with the organisation that is asked; any other with that, or in the country of the post.
 *
 * What belongs to a mission or a need stands with that, and with the organisation that it names; not where the
 * persons and organisations in it stand. A mission is its territory's (and region's), its lead's, facilitator's
 * and parties', that of its conventions and of who began or follows it. A mission needs (its closure) the persons
 * listed for it until they are discarded, with their facets and all that belongs to them; the organisations that
 * lead, facilitate, take part in it, pay for it, sent an expert, stated its needs or have a duty in them, with their
 * names and office-holders; its conventions, with all that stands in them, what amends them and the frameworks
 * above them; its needs; its programme. These stand in mission:ID too, and where the mission's territory and
 * people are.
 *
 * What belongs to a record (its memberships, contacts, consents, files, conflicts) stands where that
 * one does. What is deleted still stands where it stood: there its end is told. A conflict over an item of a
 * list is for those who see everything. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

#define KAF_SCOPE_NATIONAL "national"
#define KAF_SCOPE_SYSTEM "system"
#define KAF_SCOPE_MISSIONS "missions"
#define KAF_SCOPE_MISSION "mission:"
#define KAF_SCOPE_USER "user:"
#define KAF_SCOPE_ENTERED "entered:"
#define KAF_SCOPE_OF "of:"

/* What more missions than this need stands in "missions" instead of in each. Persons never do. */
#define KAF_SCOPE_MISSIONS_MAX 200

/* TRUE: the next one. */
typedef gboolean (*KafScopeFunc) (KafRecord *record, gpointer data);

/* Where the function finds the records that others depend on. */
typedef struct
{
  /* The record that one belongs to, a facet of it, an item of a list; NULL when it is not at hand.
   * (transfer none) */
  KafRecord *(*lookup) (const KafEntity *entity, const char *id, gpointer data);

  /* Asks @func about the records that belong to that one, of any kind; nullable. */
  void (*each_belonging) (
      const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data);

  /* The same of those that name it without belonging to it (kaf_scope_names()); nullable. */
  void (*each_naming) (
      const KafEntity *root, const char *id, KafScopeFunc func, gpointer func_data, gpointer data);
  gpointer data;
} KafScopeSource;

/* Sorted, without repeats. (transfer full) */
char **kaf_scope_of (KafRecord *record, const KafScopeSource *source);

/* Where a mission's closure stands: part of the scopes of what it needs. (transfer full) */
char **kaf_scope_of_closure (KafRecord *mission, const KafScopeSource *source);

/* Whether that field brings what it names into the closure of a mission, though the record is no part of that. */
gboolean kaf_scope_names (const KafEntity *entity, const KafField *field);

/* Whether records of the kind tie what they belong to to a mission, so that their coming and going moves it. */
gboolean kaf_scope_ties (const KafEntity *entity);

/* What every device needs to say the same: lists, settings, scoring rules, and numbers that name nobody. */
gboolean kaf_scope_is_everybodys (const KafEntity *entity);

/* Whether a grant ("country:CH", "national") covers one of @scopes. */
gboolean kaf_scope_covers (const char *grant, const char *const *scopes);

G_END_DECLS
