/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-matcher.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-name-key.h"

/* A key this long may be begun only; a shorter one must be met whole, or it finds everybody. */
#define KEY_PREFIX_MIN 3

/* A search has few words; more than these are ignored. */
#define WORDS_MAX 12

struct _KafMatcher
{
  char **words;
  char **keys;  /* of each word; "" when too weak to search by */
  char **joint; /* of the whole, particles read with what they belong to: "El Ouafi" */
  guint n_words;
};

/* "+49 (151) 5550-142": one number, however it is spaced. */
static char *
join_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *folded = kaf_fold (text);

  if (strpbrk (text, "0123456789") == NULL && g_str_is_ascii (text))
    return NULL;
  for (const char *p = folded; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (*p != ' ')
        return NULL;
    }
  if (strncmp (digits->str, "00", 2) == 0)
    g_string_erase (digits, 0, 2);
  return digits->len >= 4 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

KafMatcher *
kaf_matcher_new (const char *text)
{
  KafMatcher *self;
  g_autofree char *digits = text != NULL ? join_digits (text) : NULL;
  g_auto (GStrv) words = NULL;

  if (text == NULL)
    return NULL;
  words = kaf_fold_words (digits != NULL ? digits : text);
  if (words[0] == NULL)
    return NULL;

  self = g_new0 (KafMatcher, 1);
  self->words = g_steal_pointer (&words);
  self->n_words = g_strv_length (self->words);
  for (; self->n_words > WORDS_MAX; self->n_words--)
    g_clear_pointer (&self->words[self->n_words - 1], g_free);
  self->keys = g_new0 (char *, self->n_words + 1);
  for (guint i = 0; i < self->n_words; i++)
    self->keys[i] = kaf_name_key_word (self->words[i]);
  self->joint = kaf_name_key_query (text);
  return self;
}

void
kaf_matcher_free (KafMatcher *self)
{
  g_strfreev (self->words);
  g_strfreev (self->keys);
  g_strfreev (self->joint);
  g_free (self);
}

const char *const *
kaf_matcher_words (KafMatcher *self)
{
  return (const char *const *) self->words;
}

gboolean
kaf_matcher_is_arabic (KafMatcher *self)
{
  return kaf_text_is_arabic (self->words[0]);
}

static gboolean
key_is_prefix (const char *key)
{
  return g_utf8_strlen (key, -1) >= KEY_PREFIX_MIN;
}

static void
append_words (KafMatcher *self, GString *sql, gboolean anywhere)
{
  for (guint i = 0; i < self->n_words; i++)
    {
      g_string_append_printf (sql, "%s(%s : \"%s\" *", i > 0 ? " AND " : "(",
                              anywhere ? "{name rest}" : "{name}", self->words[i]);
      if (anywhere && *self->keys[i] != '\0')
        g_string_append_printf (sql, " OR {key} : \"%s\"%s", self->keys[i],
                                key_is_prefix (self->keys[i]) ? " *" : "");
      g_string_append_c (sql, ')');
    }
  g_string_append_c (sql, ')');
}

static void
append_joint (KafMatcher *self, GString *sql)
{
  for (guint i = 0; self->joint[i] != NULL; i++)
    g_string_append_printf (sql, "%s({key} : \"%s\"%s)", i > 0 ? " AND " : " OR (", self->joint[i],
                            key_is_prefix (self->joint[i]) ? " *" : "");
  if (self->joint[0] != NULL)
    g_string_append_c (sql, ')');
}

char *
kaf_matcher_expression (KafMatcher *self, guint class)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_words (self, sql, FALSE);
  if (class >= 2)
    append_joint (self, sql);
  if (class >= 3)
    {
      g_string_append (sql, " OR ");
      append_words (self, sql, TRUE);
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Whether a word of the space-separated @text begins with @word, or is it when @whole. */
static gboolean
has_word (const char *text, const char *word, gboolean whole)
{
  gsize length = strlen (word);

  for (const char *p = text; p != NULL && (p = strstr (p, word)) != NULL; p++)
    if ((p == text || p[-1] == ' ') && (!whole || p[length] == ' ' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

static gboolean
has_key (const char *key, const char *wanted)
{
  return *wanted != '\0' && has_word (key, wanted, !key_is_prefix (wanted));
}

static gboolean
has_joint (KafMatcher *self, const char *key)
{
  for (guint i = 0; self->joint[i] != NULL; i++)
    if (!has_key (key, self->joint[i]))
      return FALSE;
  return self->joint[0] != NULL;
}

guint
kaf_matcher_classify (
    KafMatcher *self, const char *name, const char *key, const char *rest, const char *sort)
{
  gboolean named = TRUE, found = TRUE;

  for (guint i = 0; found && i < self->n_words; i++)
    {
      const char *word = self->words[i];

      if (has_word (name, word, FALSE))
        continue;
      named = FALSE;
      found = has_word (rest, word, FALSE) || has_key (key, self->keys[i]);
    }
  if (named)
    return sort != NULL && g_str_has_prefix (sort, self->words[0]) ? 0 : 1;
  if (has_joint (self, key))
    return 2;
  return found ? 3 : KAF_MATCH_NONE;
}

static void
class_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  KafDatabase *db = sqlite3_user_data (context);
  guint class = KAF_MATCH_NONE;

  if (db->search != NULL)
    class = kaf_matcher_classify (db->search, (const char *) sqlite3_value_text (values[0]),
                                  (const char *) sqlite3_value_text (values[1]),
                                  (const char *) sqlite3_value_text (values[2]),
                                  (const char *) sqlite3_value_text (values[3]));
  sqlite3_result_int (context, class);
}

void
kaf_matcher_register (KafDatabase *db)
{
  sqlite3_create_function (db->sql, "kaf_class", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY, db,
                           class_function, NULL, NULL);
}
