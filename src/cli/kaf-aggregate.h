/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as the command line sees it: of a facet, its owner's fields belong to it too. */
#pragma once

#include "cli/kaf-cli.h"
#include "exchange/kaf-cell.h"

G_BEGIN_DECLS

#define KAF_PARTS_MAX 2

typedef struct
{
  const KafEntity *entity;         /* what was asked for */
  KafRecord *parts[KAF_PARTS_MAX]; /* the owner first */
  guint n_parts;
} KafAggregate;

/* Empty records, to fill. */
KafAggregate *kaf_aggregate_new (const KafEntity *entity, const char *id);

/* As they stand in the store. Errors: KAF_STORE_ERROR. */
KafAggregate *
kaf_aggregate_read (KafDatabase *db, const KafEntity *entity, const char *id, GError **error);

void kaf_aggregate_free (KafAggregate *self);

/* The record that bears the reference and the stamp: the last. */
KafRecord *kaf_aggregate_get_record (const KafAggregate *self);

/* Sets what "FIELD=VALUE" says, an empty value making it unknown. FALSE when it was told what is
 * wrong with it. */
gboolean kaf_aggregate_assign (KafAggregate *self, KafCellReader *cells, const char *assignment);

/* The title as lists show it, NULL when there is none. (transfer full) */
char *kaf_aggregate_title (const KafAggregate *self, KafDatabase *db, gboolean arabic);

/* {entity, id, ref, title, title_ar, fields, created_at, updated_at[, deleted_at]} as members of
 * the object being built. */
void kaf_aggregate_to_json (const KafAggregate *self, KafDatabase *db, JsonBuilder *builder);

/* A canonical value as JSON: sets as arrays, numbers and booleans as such. */
void kaf_value_to_json (const KafField *field, const char *canonical, JsonBuilder *builder);

/* Label and value of each known field, for reading. */
void kaf_aggregate_print (const KafAggregate *self, KafCli *cli);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafAggregate, kaf_aggregate_free)

G_END_DECLS
