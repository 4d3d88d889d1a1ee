/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-naming.h"

#include "schema/kaf-registry.h"

const KafEntity *
kaf_naming_find_root (const KafField *field)
{
  const KafEntity *target;

  if ((field->kind != KAF_KIND_REFERENCE && field->kind != KAF_KIND_ATTACHMENT) ||
      kaf_field_has (field, KAF_FIELD_PARENT))
    return NULL;
  target = kaf_registry_find (field->target);
  if (target == NULL || kaf_entity_has (target, KAF_ENTITY_LIST))
    return NULL;
  return kaf_entity_get_root (target);
}

gboolean
kaf_naming_concerns (const KafField *field, const KafEntity *root)
{
  return kaf_naming_find_root (field) == root;
}
