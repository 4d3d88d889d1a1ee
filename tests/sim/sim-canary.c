/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words by which a record is known wherever anything of it is left: drawn from its id, in both scripts, and the
 * same in the key by which names are found across them. A mark stands in the middle of each, so that one look at a file
 * finds them all; what stands behind it tells whose it is. What stands before it differs too: an index that keeps of a
 * word only what the word before it has not would hide a mark that all words begin with. */
#include "config.h"

#include "sim-canary.h"

#include <glib/gstdio.h>
#include <string.h>

#define BEFORE 3
#define BEHIND 8

/* In the three ways that a name is written: as typed, in Arabic letters, and as a key. */
enum
{
  LATIN,
  ARABIC,
  KEY,
  N_WAYS
};

static const char *const marks[N_WAYS] = { "zasaz", "زسز", "zsz" };

/* Consonants that name keys tell apart, and no vowel hides. */
static const char *const letters[N_WAYS][8] = {
  { "ba", "di", "fu", "ka", "li", "mu", "na", "ri" },
  { "ب", "د", "ف", "ك", "ل", "م", "ن", "ر" },
  { "b", "d", "f", "k", "l", "m", "n", "r" },
};

/* No letter twice in a row: of those a key keeps one. */
static void
append_letters (GString *word, guint way, const guint8 *bytes, guint n)
{
  guint last = 0;

  for (guint i = 0; i < n; i++)
    {
      last = i == 0 ? bytes[i] % 8 : (last + 1 + bytes[i] % 7) % 8;
      g_string_append (word, letters[way][last]);
    }
}

static void
draw (const char *id, guint8 bytes[32])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (sum, (const guchar *) id, -1);
  g_checksum_get_digest (sum, bytes, &size);
}

static char *
make_word (const char *id, guint way)
{
  GString *word = g_string_new (NULL);
  guint8 bytes[32];

  draw (id, bytes);
  append_letters (word, way, bytes, BEFORE);
  g_string_append (word, marks[way]);
  append_letters (word, way, bytes + BEFORE, BEHIND);
  return g_string_free (word, FALSE);
}

/* What of a word stands behind its mark. */
static char *
make_rest (const char *id, guint way)
{
  GString *rest = g_string_new (NULL);
  guint8 bytes[32];

  draw (id, bytes);
  append_letters (rest, way, bytes + BEFORE, BEHIND);
  return g_string_free (rest, FALSE);
}

char *
sim_canary_latin (const char *id)
{
  char *word = make_word (id, LATIN);

  *word = g_ascii_toupper (*word);
  return word;
}

char *
sim_canary_arabic (const char *id)
{
  return make_word (id, ARABIC);
}

char *
sim_canary_key (const char *id)
{
  return make_word (id, KEY);
}

static void
append_digits (GString *text, const char *id)
{
  guint8 bytes[32];

  draw (id, bytes);
  for (guint i = 0; i < 8; i++)
    g_string_append_c (text, '0' + bytes[12 + i] % 10);
}

char *
sim_canary_phone (const char *id)
{
  GString *phone = g_string_new ("+2126");

  append_digits (phone, id);
  return g_string_free (phone, FALSE);
}

char *
sim_canary_mail (const char *id)
{
  g_autofree char *word = make_word (id, LATIN);

  return g_strconcat (word, "@example.org", NULL);
}

/* Looking */

struct _SimCanaries
{
  GHashTable *rests[N_WAYS]; /* what stands behind the mark → id */
  GPtrArray *phones;         /* of char*: digits */
};

SimCanaries *
sim_canaries_new (void)
{
  SimCanaries *self = g_new0 (SimCanaries, 1);

  for (guint i = 0; i < N_WAYS; i++)
    self->rests[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->phones = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sim_canaries_free (SimCanaries *self)
{
  for (guint i = 0; i < N_WAYS; i++)
    g_hash_table_unref (self->rests[i]);
  g_ptr_array_unref (self->phones);
  g_free (self);
}

void
sim_canaries_add (SimCanaries *self, const char *id)
{
  GString *digits = g_string_new (NULL);

  append_digits (digits, id);
  g_ptr_array_add (self->phones, g_string_free (digits, FALSE));
  for (guint i = 0; i < N_WAYS; i++)
    g_hash_table_replace (self->rests[i], make_rest (id, i), g_strdup (id));
}

static const char *
find_marked (SimCanaries *self, guint way, const char *bytes, gsize size)
{
  gsize length = strlen (marks[way]);
  gsize rest = way == LATIN ? 2 * BEHIND : way == ARABIC ? strlen ("ب") * BEHIND : BEHIND;
  const char *end = bytes + size;

  while ((bytes = memmem (bytes, end - bytes, marks[way], length)) != NULL)
    {
      g_autofree char *word = NULL;
      const char *id;

      bytes += length;
      if ((gsize) (end - bytes) < rest)
        return NULL;
      word = g_strndup (bytes, rest);
      id = g_hash_table_lookup (self->rests[way], word);
      if (id != NULL)
        return id;
    }
  return NULL;
}

static char *
look_at (SimCanaries *self, const char *path)
{
  static const char *const names[N_WAYS] = { "word", "Arabic word", "name key" };
  g_autofree char *bytes = NULL;
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return NULL;
  for (guint i = 0; i < N_WAYS; i++)
    {
      const char *id = find_marked (self, i, bytes, size);

      if (id != NULL)
        return g_strdup_printf ("a %s of %s", names[i], id);
    }
  for (guint i = 0; i < self->phones->len; i++)
    if (memmem (bytes, size, g_ptr_array_index (self->phones, i), 8) != NULL)
      return g_strdup ("a phone");
  return NULL;
}

char *
sim_canaries_find (SimCanaries *self, const char *folder, const char *prefix, const char *without)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  while (dir != NULL && found == NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *what = NULL;

      if (!g_str_has_prefix (name, prefix) || g_strcmp0 (name, without) == 0 ||
          g_str_has_suffix (name, SIM_CANARY_ELSEWHERE))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          found = sim_canaries_find (self, path, "", NULL);
          continue;
        }
      what = look_at (self, path);
      if (what != NULL)
        found = g_strdup_printf ("%s in %s", what, name);
    }
  return found;
}
