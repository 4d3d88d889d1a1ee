/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-file-name.h"

#include <string.h>

#include "base/kaf-bidi.h"

/* File systems take 255 bytes; what is made beside, and a number behind, needs some. */
#define BYTES_MAX 150
/* A longer ending is no ending. */
#define ENDING_MAX 12

/* Names that are devices on Windows, whatever their ending. */
static gboolean
is_device (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", NULL };
  gsize length = strcspn (name, ".");
  g_autofree char *stem = g_ascii_strdown (name, (gssize) length);

  g_strchomp (stem);
  return g_strv_contains (devices, stem) ||
         (strlen (stem) == 4 && g_ascii_isdigit (stem[3]) &&
          (g_str_has_prefix (stem, "com") || g_str_has_prefix (stem, "lpt")));
}

/* Where the ending begins; the end of @name where there is none. */
static const char *
find_ending (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name && strlen (dot) <= ENDING_MAX ? dot : name + strlen (name);
}

static char *
shorten (const char *name)
{
  const char *ending = find_ending (name);
  gsize room = BYTES_MAX - strlen (ending);
  const char *cut = name + room;

  if (strlen (name) <= BYTES_MAX)
    return g_strdup (name);
  while ((*cut & 0xc0) == 0x80)
    cut--;
  return g_strdup_printf ("%.*s%s", (int) (cut - name), name, ending);
}

char *
kaf_file_name_make (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *plain = kaf_bidi_strip (valid);
  g_autofree char *composed = g_utf8_normalize (plain, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) name = g_string_new (NULL);
  char *end;

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || g_unichar_isspace (c))
        g_string_append_c (name, ' ');
      else if (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL)
        g_string_append_c (name, '-');
      else
        g_string_append_unichar (name, c);
    }
  /* Windows drops blanks and dots at the end; one at the beginning hides the file. */
  end = name->str + name->len;
  while (end > name->str && (end[-1] == ' ' || end[-1] == '.'))
    *--end = '\0';
  g_string_erase (name, 0, (gssize) strspn (name->str, " ."));
  if (*name->str == '\0' || is_device (name->str))
    g_string_prepend (name, "_");
  g_string_set_size (name, strlen (name->str));
  return shorten (name->str);
}

char *
kaf_file_name_take (GHashTable *taken, const char *name)
{
  const char *ending = find_ending (name);
  g_autofree char *chosen = g_strdup (name);

  for (guint n = 2;; n++)
    {
      g_autofree char *key = g_utf8_casefold (chosen, -1);

      if (!g_hash_table_contains (taken, key))
        {
          g_hash_table_add (taken, g_steal_pointer (&key));
          return g_steal_pointer (&chosen);
        }
      g_free (chosen);
      chosen = g_strdup_printf ("%.*s (%u)%s", (int) (ending - name), name, n, ending);
    }
}
