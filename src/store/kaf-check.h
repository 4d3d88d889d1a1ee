/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the store whole? Schema, references, journal chain, search index, attachments. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* One sentence a finding, technical English; empty when all is well. (element-type utf8) */
GPtrArray *kaf_check (KafDatabase *db, GCancellable *cancellable, GError **error);

G_END_DECLS
