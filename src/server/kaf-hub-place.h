/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a stretch of a comparison ended, for a device that may not know what stands there: that a record exists is not
 * told by how far the hub came. It is told the last of its own records before that place, and behind it, sealed with a
 * key of the hub's, the place itself:
 *
 *   [ENTITY,"ID~SEALED"]
 *
 * which to a device is a place right behind that record (kaf-compare.h), as it is; to the hub, where it goes on. Of what
 * the device holds between the two it is sealed too whether the hub has dealt with it: the device, which does not know
 * how far the hub came, names it once more. */
#pragma once

#include "server/kaf-hub-storage.h"
#include "sync/kaf-compare.h"

G_BEGIN_DECLS

/* @behind: the record of the device's own; without an entity: it has none there. @settled: what the device holds up to
 * @place was dealt with. @told (out): is set. */
gboolean kaf_hub_place_seal (KafHubStorage *storage,
                             const KafComparePlace *behind,
                             const KafComparePlace *place,
                             gboolean settled,
                             KafComparePlace *told,
                             GError **error);

/* What was sealed so takes the place of what was told; any other place stays. @behind (out, nullable): is set to the record
 * behind which it was told, or to the place that it is. @settled (out, nullable): as it was sealed; FALSE where nothing
 * was. */
gboolean kaf_hub_place_open (KafHubStorage *storage,
                             KafComparePlace *place,
                             KafComparePlace *behind,
                             gboolean *settled,
                             GError **error);

G_END_DECLS
