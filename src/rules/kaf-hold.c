/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-hold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
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

/* A time of arrival is no name. */
const char *
kaf_hold_get_name (KafRecord *record, KafLang lang, const KafRole *role)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *name = NULL;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      gboolean arabic = kaf_field_has (field, KAF_FIELD_ARABIC);
      gboolean names = field->kind == KAF_KIND_TEXT &&
                       (arabic || kaf_field_has (field, KAF_FIELD_REQUIRED)) &&
                       (role == NULL || kaf_role_can_read (role, field));
      const char *value = names ? kaf_record_get_at (record, i) : NULL;

      if (value != NULL && arabic == (lang == KAF_LANG_AR))
        return value;
      if (name == NULL)
        name = value;
    }
  return name;
}

char *
kaf_hold_describe (GPtrArray *kept, KafLang lang)
{
  g_autoptr (GString) text = NULL;

  if (kept->len == 0)
    return NULL;
  text = g_string_new (_ ("Kept by law, with a pseudonym in the place of the person:"));
  for (guint i = 0; i < kept->len; i++)
    {
      KafRecord *record = g_ptr_array_index (kept, i);
      const char *label = _ (kaf_record_get_entity (record)->label);
      const char *found = kaf_hold_get_name (record, lang, NULL);
      g_autofree char *name = found != NULL ? kaf_bidi_isolate (found) : NULL;

      g_string_append (text, "\n• ");
      if (name != NULL)
        g_string_append_printf (text, _ ("%s: %s"), label, name);
      else
        g_string_append (text, label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
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
  kaf_record_set (record, "status", "erased");
  return record;
}
