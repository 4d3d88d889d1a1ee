/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group as it came, with all that can be said of it without the hub's records: whether its operations can be read,
 * and whether their values are of their fields' kinds. */
#pragma once

#include "server/kaf-hub-storage.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

/* What is said of the values of an operation. */
typedef struct
{
  gboolean measured; /* to look closer at it costs no more than it is worth */
  const char *wrong; /* the first field whose value is none; NULL: all are, or it is not measured */
} KafHubValues;

/* @standing: the record as the hub has it; NULL: it is not looked at, or not there. */
void kaf_hub_values_judge (KafHubValues *self, const KafOperation *op, const KafRecord *standing);

typedef struct
{
  KafOpGroup *group;     /* NULL: see error */
  GPtrArray *operations; /* of KafOperation; NULL: nobody can read them, or they were read before */
  KafHubValues *values;  /* of each of them */
  GError *error;         /* KAF_HUB_ERROR: it is no group, or of a later schema */
} KafHubGroup;

/* Reads one line. @after: the operations of groups up to that number are not read. */
KafHubGroup *kaf_hub_group_read (const char *line, gsize size, gint64 after);
void kaf_hub_group_free (KafHubGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHubGroup, kaf_hub_group_free)

/* Frees one that was taken, elsewhere if it is large. */
void kaf_hub_group_discard (KafHubGroup *self);

G_END_DECLS
