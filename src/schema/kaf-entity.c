/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-entity.h"

#include <string.h>

#include "schema/kaf-registry.h"

guint
kaf_entity_n_fields (const KafEntity *entity)
{
  guint n = 0;

  while (entity->fields[n].id != NULL)
    n++;
  return n;
}

int
kaf_entity_field_index (const KafEntity *entity, const char *id)
{
  for (int i = 0; entity->fields[i].id != NULL; i++)
    if (entity->fields[i].id[0] == id[0] && g_str_equal (entity->fields[i].id, id))
      return i;
  return -1;
}

int
kaf_entity_field_index_of (const KafEntity *entity, const char *text, gsize size)
{
  for (int i = 0; entity->fields[i].id != NULL; i++)
    if (strncmp (entity->fields[i].id, text, size) == 0 && entity->fields[i].id[size] == '\0')
      return i;
  return -1;
}

const KafField *
kaf_entity_find_field (const KafEntity *entity, const char *id)
{
  int index = kaf_entity_field_index (entity, id);

  return index >= 0 ? &entity->fields[index] : NULL;
}

char *
kaf_entity_make_key (const KafEntity *entity, const char *id)
{
  return g_strconcat (entity->id, "\t", id, NULL);
}

const KafEntity *
kaf_entity_get_root (const KafEntity *entity)
{
  return entity->owner != NULL ? kaf_registry_find (entity->owner) : entity;
}
