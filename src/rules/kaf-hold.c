/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-hold.h"

#include <string.h>

#include "schema/kaf-registry.h"

/* Letters and digits of the id that tell one pseudonym from another. */
#define CODE_CHARS 6

gboolean
kaf_hold_concerns (const KafEntity *root)
{
  return g_str_equal (root->id, "person");
}

const KafField *
kaf_hold_find_field (const KafEntity *entity, const KafEntity *root)
{
  if (!kaf_entity_has (entity, KAF_ENTITY_KEPT) || !kaf_hold_concerns (root))
    return NULL;
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *target = kaf_registry_find (field->target);

      if (kaf_field_has (field, KAF_FIELD_PARENT) && target != NULL &&
          kaf_entity_get_root (target) == root)
        return field;
    }
  return NULL;
}

const char *
kaf_hold_get_name (KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (entity->fields[i].kind == KAF_KIND_TEXT && kaf_record_get_at (record, i) != NULL)
      return kaf_record_get_at (record, i);
  return NULL;
}

KafRecord *
kaf_hold_make_pseudonym (const KafEntity *root, const char *id)
{
  KafRecord *record = kaf_record_new (root, id);
  gsize length = strlen (id);
  g_autofree char *code = g_ascii_strup (id + length - MIN (length, CODE_CHARS), -1);
  g_autofree char *name = g_strconcat ("Anonyme ", code, NULL);
  g_autofree char *name_ar = g_strconcat ("مجهول ", code, NULL);

  kaf_record_set (record, "family_name", name);
  kaf_record_set (record, "family_name_ar", name_ar);
  return record;
}
