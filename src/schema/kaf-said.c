/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "schema/kaf-said.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-words.h"
#include "schema/kaf-registry.h"

/* What a value may hold and a line may not, and the letter that stands for it after a backslash. */
static const char special[] = "\\\n\t";
static const char letters[] = "\\nt";

static void
said_free (gpointer data)
{
  KafSaid *self = data;

  g_free (self->field);
  g_free (self->value);
  g_free (self);
}

static void
append_escaped (GString *said, const char *value)
{
  for (gsize n; *value != '\0'; value += n)
    {
      n = strcspn (value, special);
      g_string_append_len (said, value, (gssize) n);
      if (value[n] == '\0')
        return;
      g_string_append_c (said, '\\');
      g_string_append_c (said, letters[strchr (special, value[n]) - special]);
      n++;
    }
}

gboolean
kaf_said_add (GString *about, GString *said, const char *field, const char *value)
{
  gsize names = about->len, lines = said->len;

  if (names > 0)
    {
      g_string_append_c (about, ' ');
      g_string_append_c (said, '\n');
    }
  g_string_append (about, field);
  append_escaped (said, value);
  if (about->len <= KAF_SAID_ABOUT_MAX && said->len <= KAF_SAID_MAX)
    return TRUE;
  g_string_truncate (about, names);
  g_string_truncate (said, lines);
  return FALSE;
}

/* (transfer full) */
static char *
read_escaped (const char *text, gsize length)
{
  GString *value = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      const char *letter = text[i] == '\\' && i + 1 < length ? strchr (letters, text[i + 1]) : NULL;

      g_string_append_c (value, letter != NULL ? special[letter - letters] : text[i]);
      i += letter != NULL;
    }
  return g_string_free (value, FALSE);
}

GPtrArray *
kaf_said_parse (const char *about, const char *said)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (said_free);

  while (about != NULL && *about != '\0')
    {
      gsize name = strcspn (about, " ");
      gsize line = said != NULL ? strcspn (said, "\n") : 0;

      if (name > 0)
        {
          KafSaid *one = g_new0 (KafSaid, 1);

          one->field = g_strndup (about, name);
          one->value = line > 0 ? read_escaped (said, line) : NULL;
          g_ptr_array_add (all, one);
          if (said != NULL)
            said += line + (said[line] == '\n');
        }
      about += name + (about[name] == ' ');
    }
  return all;
}

guint
kaf_said_count (const char *about)
{
  guint n = about != NULL && *about != '\0';

  for (; about != NULL && *about != '\0'; about++)
    n += *about == ' ';
  return n;
}

const KafField *
kaf_said_find_field (const KafEntity *root, const char *name, const KafEntity **holder)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);
  const KafField *field = name != NULL ? kaf_entity_find_field (root, name) : NULL;

  *holder = root;
  for (guint i = 0; field == NULL && name != NULL && i < n; i++)
    if (g_strcmp0 (entities[i]->owner, root->id) == 0)
      {
        *holder = entities[i];
        field = kaf_entity_find_field (entities[i], name);
      }
  return field;
}

static const char *
find_called (const KafEntity *root, const char *folded)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);

  for (guint i = 0; i < n; i++)
    for (const KafField *field = entities[i]->fields;
         kaf_entity_get_root (entities[i]) == root && field->id != NULL; field++)
      {
        g_autofree char *label = g_utf8_casefold (_ (field->label), -1);

        if (!kaf_field_has (field, KAF_FIELD_HIDDEN) && g_str_equal (label, folded))
          return field->id;
      }
  return NULL;
}

const char *
kaf_said_find_name (const char *text)
{
  static const char *const roots[] = { "person", "organisation" };
  g_autofree char *folded = g_utf8_casefold (text, -1);
  const char *name = NULL;
  const KafEntity *holder;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (kaf_said_find_field (kaf_registry_find (roots[i]), text, &holder) != NULL)
      return text;
  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (roots); i++)
    name = find_called (kaf_registry_find (roots[i]), folded);
  return name != NULL ? name : text;
}

char *
kaf_said_format_names (const char *about, KafLang lang)
{
  g_autoptr (GPtrArray) all = kaf_said_parse (about, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const char *name = ((const KafSaid *) g_ptr_array_index (all, i))->field;
      const KafEntity *holder;
      const KafField *field = kaf_said_find_field (kaf_registry_find ("person"), name, &holder);

      if (field == NULL)
        field = kaf_said_find_field (kaf_registry_find ("organisation"), name, &holder);
      if (i > 0)
        g_string_append (text, lang == KAF_LANG_AR ? "، " : ", ");
      g_string_append (text, field != NULL ? kaf_words_get (lang, field->label) : name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
kaf_said_format (const KafEntity *root,
                 const char *about,
                 const char *said,
                 KafLang lang,
                 KafTitleFunc title,
                 gpointer data)
{
  g_autoptr (GPtrArray) all = kaf_said_parse (about, said);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const KafSaid *one = g_ptr_array_index (all, i);
      const KafEntity *holder;
      const KafField *field = kaf_said_find_field (root, one->field, &holder);
      g_autofree char *value =
          field != NULL ? kaf_value_format (field, one->value, lang, title, data) : NULL;

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, kaf_words_get (lang, N_ ("%s: %s")),
                              field != NULL ? kaf_words_get (lang, field->label) : one->field,
                              value != NULL        ? value
                              : one->value != NULL ? one->value
                                                   : "–");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
