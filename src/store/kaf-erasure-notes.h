/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References that somebody asked to have erased while the hub could not be asked: kept on this device until they are
 * ordered. Nothing but what was named and when: neither a name nor a reason. An order cannot be taken back, so that none
 * is sent before the hub has shown what it would take. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *name; /* reference or id */
  gint64 at;  /* µs since 1970 UTC */
} KafErasureNote;

/* (element-type KafErasureNote), the first first (transfer full) */
GPtrArray *kaf_erasure_notes_read (KafDatabase *db);

/* One that is there already stays as it is; one that is not there is gone. Errors: KAF_STORE_ERROR. */
gboolean kaf_erasure_notes_add (KafDatabase *db, const char *name, GError **error);
gboolean kaf_erasure_notes_remove (KafDatabase *db, const char *name, GError **error);

G_END_DECLS
