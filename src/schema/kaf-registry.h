/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All entities, in an order in which each stands after those it refers to. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Raised by one with every release that adds an entity or a field. */
#define KAF_SCHEMA_VERSION 8

const KafEntity *const *kaf_registry_entities (guint *n_entities);
const KafEntity *kaf_registry_find (const char *id);

/* The facet entities of @root, in the order of their bits; NULL-terminated, static. */
const KafEntity *kaf_registry_find_facet (const KafEntity *root, guint facet);

/* Whether its records are of the file of a mission: needs, the mission, and all that cannot be without one. */
gboolean kaf_registry_is_of_mission (const KafEntity *entity);

/* Checks the tables against themselves: ids unique, targets and sections known, every field in
 * a section or hidden, titles and identities made of own fields. Returns a list of sentences,
 * empty when all is well. (transfer full) */
GPtrArray *kaf_registry_check (void);

G_END_DECLS
