/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was erased, and who has confirmed it, for who orders erasures: no name of anybody, by ids and references. JSON
 * lines; within a transaction. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Where a file is kept without whom was erased, of what office, in what, and when that ends, each as far as the role
 * reads it: {"kept":ENTITY,"id":…,"name":…,"name_ar":…,"of":REFERENCE,"ends":DATE}, a line for each of @kept (element-type
 * KafRecord). That something is kept, and of which kind, is told in any case, since the person is owed it; the rest of a
 * record alone that lies, without her, where the officer's orders reach: "of" and "ends" are of the file that it stands in,
 * and go by where that lies. */
gboolean kaf_hub_erasures_print_kept (KafHubStorage *storage,
                                      const KafHubGrants *grants,
                                      GPtrArray *kept,
                                      GString *lines,
                                      GError **error);

/* What would be erased: {"erasure":0,"entity":…,"id":…,"ref":…,"as":ENTITIES,"n":RECORDS,"made":MS,"changed":MS}.
 * @victims: element-type KafErased, who was named first. */
gboolean kaf_hub_erasures_print_foreseen (KafHubStorage *storage,
                                          GPtrArray *victims,
                                          GString *lines,
                                          GError **error);

/* All that the session may hear of, the first first; those of other officers where @grants are national. Each with what is
 * still kept: {"erasure":MS,"by":USER,"name":…,"entity":…,"id":…,"n":RECORDS,"number":NUMBER}; "by" is null for one
 * ordered at the server. @numbers (element-type gint64): gets theirs, sorted. */
gboolean kaf_hub_erasures_print (KafHubStorage *storage,
                                 const KafHubSession *session,
                                 const KafHubGrants *grants,
                                 GArray *numbers,
                                 GString *lines,
                                 GError **error);

/* "erased":NUMBER,"receipts":[[NUMBER,MS]…], of each of @n devices: up to which erasure it has carried all out, and when
 * it said so; of receipts those alone that are the first to confirm one of the erasures of @numbers. */
gboolean kaf_hub_erasures_print_receipts (KafHubStorage *storage,
                                          const GArray *numbers,
                                          const guint64 *devices,
                                          guint n,
                                          GString **json,
                                          GError **error);

G_END_DECLS
