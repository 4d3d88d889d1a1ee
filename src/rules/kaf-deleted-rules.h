/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that names one that was deleted: what the other rules then cannot see. Each rule of the catalogue is a field
 * of the schema; the store looks for them by entity and field alone. */
#pragma once

#include "rules/kaf-finding.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;            /* of the record that names */
  const char *parent_entity; /* nullable: what it belongs to */
  const char *parent;
  const char *named_entity; /* the deleted record */
  const char *named;
} KafNaming;

/* @rule: of kaf_deleted_rules. Texts are copied, entities are of the schema. */
void kaf_deleted_check (KafFindings *findings, const KafRule *rule, const KafNaming *naming);

G_END_DECLS
