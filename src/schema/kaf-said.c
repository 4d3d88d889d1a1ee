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
kaf_said_add (GString *said, const char *field, const char *value)
{
  gsize before = said->len;

  if (before > 0)
    g_string_append_c (said, '\n');
  g_string_append (said, field);
  g_string_append_c (said, '=');
  append_escaped (said, value);
  if (said->len <= KAF_SAID_MAX)
    return TRUE;
  g_string_truncate (said, before);
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
kaf_said_parse (const char *said)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (said_free);

  while (said != NULL && *said != '\0')
    {
      gsize length = strcspn (said, "\n");
      gsize name = strcspn (said, "=\n");

      if (name > 0 && name + 1 < length)
        {
          KafSaid *line = g_new (KafSaid, 1);

          line->field = g_strndup (said, name);
          line->value = read_escaped (said + name + 1, length - name - 1);
          g_ptr_array_add (lines, line);
        }
      said += length + (said[length] == '\n');
    }
  return lines;
}

guint
kaf_said_count (const char *said)
{
  guint n = said != NULL && *said != '\0';

  for (; said != NULL && *said != '\0'; said++)
    n += *said == '\n';
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

/* Of whichever it is about: what both have is called alike. */
static const KafField *
find_any (const char *name)
{
  const KafEntity *holder;
  const KafField *field = kaf_said_find_field (kaf_registry_find ("person"), name, &holder);

  return field != NULL ? field
                       : kaf_said_find_field (kaf_registry_find ("organisation"), name, &holder);
}

char *
kaf_said_format (const char *said, KafLang lang, KafTitleFunc title, gpointer data)
{
  g_autoptr (GPtrArray) lines = kaf_said_parse (said);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const KafSaid *line = g_ptr_array_index (lines, i);
      const KafField *field = find_any (line->field);
      g_autofree char *value =
          field != NULL ? kaf_value_format (field, line->value, lang, title, data) : NULL;

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, kaf_words_get (lang, N_ ("%s: %s")),
                              field != NULL ? kaf_words_get (lang, field->label) : line->field,
                              value != NULL ? value : line->value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
