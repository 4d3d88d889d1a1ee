/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-glib calls itself for each array and object, and so ends the program where they lie deep; it also reads comments
 * and texts in single quotation marks, in which brackets and marks could hide from whoever counts. Neither is JSON. */
#include "config.h"

#include "record/kaf-json-in.h"

#include <string.h>

/* As many as a double holds without turning them round. */
#define DIGITS_MAX 15
#define NUL "\\u0000"

/* Where a text that begins at @p goes on after its mark; NULL: it holds a NUL, or does not end. */
static const char *
skip_text (const char *p)
{
  for (p++; *p != '"'; p++)
    {
      if (*p == '\0' || strncmp (p, NUL, strlen (NUL)) == 0)
        return NULL;
      if (*p == '\\' && *++p == '\0')
        return NULL;
    }
  return p + 1;
}

static gboolean
is_of_json (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("[]{}:,+-. \t\r\n", c) != NULL);
}

/* How deep arrays and objects lie in @json; G_MAXUINT where something in it is not to be read. Stops past @depth_max. */
static guint
measure (const char *json, guint depth_max)
{
  guint depth = 0, deepest = 0, digits = 0;

  for (const char *p = json; *p != '\0' && deepest <= depth_max;)
    {
      if (*p == '"')
        {
          digits = 0;
          p = skip_text (p);
          if (p == NULL)
            return G_MAXUINT;
          continue;
        }
      digits = g_ascii_isdigit (*p) ? digits + 1 : 0;
      if (*p == '[' || *p == '{')
        depth++;
      else if ((*p == ']' || *p == '}') && depth > 0)
        depth--;
      deepest = MAX (deepest, depth);
      if (digits > DIGITS_MAX || !is_of_json (*p))
        return G_MAXUINT;
      p++;
    }
  return deepest;
}

gboolean
kaf_json_in_is_harmless (const char *json, gsize size_max, guint depth_max, gboolean *too_much)
{
  gboolean is_long = strlen (json) > size_max;
  guint depth =
      is_long || !g_utf8_validate (json, -1, NULL) ? G_MAXUINT : measure (json, depth_max);

  if (too_much != NULL)
    *too_much = is_long || (depth > depth_max && depth != G_MAXUINT);
  return depth <= depth_max;
}

gboolean
kaf_json_in_has_only (JsonObject *object, const char *const *names)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      return FALSE;
  return TRUE;
}
