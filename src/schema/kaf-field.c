/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-field.h"

KafClass
kaf_field_get_class (const KafField *field)
{
  return field->klass != 0 ? field->klass : KAF_CLASS_PUBLIC;
}

const KafChoice *
kaf_field_find_choice (const KafField *field, const char *code)
{
  if (field->choices == NULL || code == NULL)
    return NULL;

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    if (g_str_equal (choice->code, code))
      return choice;
  return NULL;
}

gboolean
kaf_field_changes_with (const KafField *field, const KafField *other)
{
  return field == other || (field->unit != NULL && g_strcmp0 (field->unit, other->unit) == 0);
}
