/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of the chosen act beneath the tree: its commitments in force, and what it is or changes. Read on a
 * worker, as texts. */
#pragma once

#include <gio/gio.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* A commitment as a row. */
typedef struct
{
  char *id;
  char *party, *text, *who, *due; /* who, due: nullable */
  char *state;
  const char *style; /* of the pill; nullable */
} KafCommitmentLine;

typedef struct
{
  char *label; /* translated */
  char *value;
} KafConventionFact;

typedef struct
{
  char *id; /* of the act */
  char *title;
  GPtrArray *lines; /* (element-type KafCommitmentLine) */
  guint n_overdue;
  gboolean accumulated; /* commitments of amendments are among them */
  GPtrArray *facts;     /* (element-type KafConventionFact) */
} KafConventionDetails;

void kaf_convention_details_free (KafConventionDetails *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConventionDetails, kaf_convention_details_free)

/* A KafStoreJob; @data: the id of the act. NULL without error: it is no longer there. */
gpointer kaf_convention_details_read (KafDatabase *db,
                                      gpointer data,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
