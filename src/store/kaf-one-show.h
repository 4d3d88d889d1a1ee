/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes into rows, which are as they came, what they are to show. For the files of kaf-one. */
#pragma once

#include "store/kaf-one-private.h"
#include "store/kaf-one-rows.h"

G_BEGIN_DECLS

/* Records that are one, with who is shown for them. */
typedef struct
{
  const KafEntity *root;
  GPtrArray *ids; /* of char*, smallest first */
  char *shown;    /* nullable: none of them is there, or they were all deleted */
} KafOneGroup;
void kaf_one_group_free (gpointer group);

/* One that has somebody to show. */
gboolean kaf_one_show_group (KafOneRows *self,
                             const KafOneGroup *group,
                             const KafOneKnown *known,
                             GError **error);

/* A row that is no part of a group: it names who is shown. */
gboolean kaf_one_show_row (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error);

G_END_DECLS
