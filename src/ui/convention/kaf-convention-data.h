/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of conventions shows, read on a worker and never changed after. Reference counted. */
#pragma once

#include <gio/gio.h>

#include "rules/convention/kaf-convention.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* What is computed of each act once, on the worker. */
typedef struct
{
  KafStanding *standing; /* today */
  char *folded;          /* what a search looks through: title, parties, reference */
} KafConventionEntry;

typedef struct
{
  gatomicrefcount refs;
  KafConventions *all; /* acts alone, with their parties */
  GHashTable *entries; /* KafConvention → KafConventionEntry */
  KafDay today;
  guint soon_days;    /* an end so near is said */
  GHashTable *names;  /* organisation id → short name, in the language of the interface */
  KafDay first, last; /* days that any bar reaches; unknown: none */
} KafConventionData;

void kaf_convention_data_unref (KafConventionData *self);
KafConventionData *kaf_convention_data_ref (KafConventionData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafConventionData, kaf_convention_data_unref)

/* A KafStoreJob. */
gpointer kaf_convention_data_read (KafDatabase *db,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);

/* @act: of these. */
const KafConventionEntry *
kaf_convention_data_get (const KafConventionData *self, const KafConvention *act);

/* The name of a party; "—" when it is not known here. */
const char *kaf_convention_data_get_name (const KafConventionData *self, const char *organisation);

/* "MRE – OFPPT", of those that sign the act itself. NULL: none is named. (transfer full) */
char *kaf_convention_data_describe_parties (const KafConventionData *self, char **parties);

G_END_DECLS
