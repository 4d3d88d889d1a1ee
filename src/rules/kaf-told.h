/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields of a record a hub tells to whom; by it a device leaves out of what it compares with the hub what it was
 * never told. */
#pragma once

#include "record/kaf-record.h"

G_BEGIN_DECLS

/* Whether who reads the classes @reads is told field @field of @part. A value that was copied from another field, into a
 * conflict or a source, is told to those who may read that one too. */
gboolean kaf_told_can_read (guint reads, KafRecord *part, guint field);

G_END_DECLS
