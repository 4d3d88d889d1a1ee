/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-matcher.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-name-key.h"

/* A key this long may be begun only; a shorter one must be met whole, or it finds everybody. One of
 * a single letter stands beside another that was found, and begins what is still being typed. */
#define KEY_PREFIX_MIN 3

/* A word so short, without a consonant, may become any name: it is not passed over when names are
 * read as a whole. A longer one is: Aya has no key. */
#define BEGUN_MAX 2

/* Of the full-text index, as kaf-ddl.c makes it. */
#define COLUMN_NAME 0

struct _KafMatcher
{
  char **words;
  char *whole;    /* the words, joined */
  char **keys;    /* of each word; "" when there is none to search by */
  char **joint;   /* of the whole, particles read with what they belong to: "El Ouafi" */
  gboolean alike; /* the keys of the words are those of the whole */
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

/* Keys of one letter only beside one that finds somebody. */
static void
add_keys (KafMatcher *self, const char *text)
{
  const char *last = self->words[self->n_words - 1];

  self->joint = kaf_name_key_query (text);
  self->keys = g_new0 (char *, self->n_words + 1);
  for (guint i = 0; i < self->n_words; i++)
    {
      self->keys[i] = kaf_name_key_word (self->words[i]);
      if (self->joint[0] == NULL)
        *self->keys[i] = '\0';
    }
  if (*self->keys[self->n_words - 1] == '\0' && g_utf8_strlen (last, -1) <= BEGUN_MAX)
    for (guint i = 0; self->joint[i] != NULL; i++)
      g_clear_pointer (&self->joint[i], g_free);
  self->alike = self->joint[0] != NULL &&
                g_strv_equal ((const char *const *) self->joint, (const char *const *) self->keys);
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
  for (; self->n_words > KAF_MATCH_MAX_WORDS; self->n_words--)
    g_clear_pointer (&self->words[self->n_words - 1], g_free);
  self->whole = g_strjoinv (" ", self->words);
  add_keys (self, text);
  return self;
}

void
kaf_matcher_free (KafMatcher *self)
{
  g_strfreev (self->words);
  g_free (self->whole);
  g_strfreev (self->keys);
  g_strfreev (self->joint);
  g_free (self);
}

const char *const *
kaf_matcher_words (KafMatcher *self)
{
  return (const char *const *) self->words;
}

const char *
kaf_matcher_whole (KafMatcher *self)
{
  return self->whole;
}

gboolean
kaf_matcher_is_arabic (KafMatcher *self)
{
  return kaf_text_is_arabic (self->words[0]);
}

static gboolean
key_is_prefix (const char *key)
{
  return key[1] == '\0' || strlen (key) >= KEY_PREFIX_MIN;
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
    g_string_append_printf (sql, "%s({key} : \"%s\"%s)", i > 0 ? " AND " : "(", self->joint[i],
                            key_is_prefix (self->joint[i]) ? " *" : "");
  g_string_append_c (sql, ')');
}

char *
kaf_matcher_expression (KafMatcher *self, KafMatchClass class)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_words (self, sql, class >= KAF_MATCH_TEXT);
  if (class >= KAF_MATCH_KEYS && self->joint[0] != NULL)
    {
      g_string_append (sql, " OR ");
      append_joint (self, sql);
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

char *
kaf_matcher_words_expression (KafMatcher *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_words (self, sql, TRUE);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

char *
kaf_matcher_joint_expression (KafMatcher *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (self->joint[0] == NULL ||
      g_strv_equal ((const char *const *) self->joint, (const char *const *) self->keys))
    return NULL;
  append_joint (self, sql);
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

static guint
find_place (KafMatcher *self, const char *sort)
{
  if (g_str_has_prefix (sort, self->whole))
    return KAF_MATCH_WHOLE;
  for (guint i = 0; i < self->n_words; i++)
    if (g_str_has_prefix (sort, self->words[i]))
      return KAF_MATCH_WORD (i);
  return KAF_MATCH_WITHIN;
}

guint
kaf_matcher_rank (KafMatcher *self, KafMatchClass class, const char *sort)
{
  return KAF_MATCH_RANK (class, find_place (self, sort != NULL ? sort : ""));
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
    return kaf_matcher_rank (self, KAF_MATCH_NAMES, sort);
  if (has_joint (self, key))
    return kaf_matcher_rank (self, KAF_MATCH_KEYS, sort);
  return found ? kaf_matcher_rank (self, KAF_MATCH_TEXT, sort) : KAF_MATCH_N_RANKS;
}

static void
rank_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  KafDatabase *db = sqlite3_user_data (context);
  guint rank = KAF_MATCH_N_RANKS;

  if (db->search != NULL)
    rank = kaf_matcher_classify (db->search, (const char *) sqlite3_value_text (values[0]),
                                 (const char *) sqlite3_value_text (values[1]),
                                 (const char *) sqlite3_value_text (values[2]),
                                 (const char *) sqlite3_value_text (values[3]));
  sqlite3_result_int (context, rank);
}

/* Whether the row at hand has that phrase of the expression, and in which column first. */
static int
first_column (const Fts5ExtensionApi *api, Fts5Context *context, int phrase)
{
  Fts5PhraseIter iter;
  int column = -1;

  return api->xPhraseFirstColumn (context, phrase, &iter, &column) == SQLITE_OK ? column : -1;
}

/* The class of a row that kaf_matcher_words_expression() found: which phrases it has, and where,
 * tells it without the row's document. Phrases are numbered as append_words() writes them. */
static void
found_function (const Fts5ExtensionApi *api,
                Fts5Context *context,
                sqlite3_context *result,
                int n_values,
                sqlite3_value **values)
{
  KafDatabase *db = api->xUserData (context);
  KafMatcher *matcher = db->search;
  gboolean named = matcher != NULL, keyed = matcher != NULL && matcher->alike;
  int phrase = 0;

  for (guint i = 0; (named || keyed) && i < matcher->n_words; i++)
    {
      gboolean has_key_phrase = *matcher->keys[i] != '\0';

      named = named && first_column (api, context, phrase) == COLUMN_NAME;
      keyed = keyed && has_key_phrase && first_column (api, context, phrase + 1) >= 0;
      phrase += has_key_phrase ? 2 : 1;
    }
  sqlite3_result_int (result, named ? KAF_MATCH_NAMES : keyed ? KAF_MATCH_KEYS : KAF_MATCH_TEXT);
}

static fts5_api *
get_fts5 (KafDatabase *db)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (db->sql, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  return api;
}

gboolean
kaf_matcher_register (KafDatabase *db, GError **error)
{
  fts5_api *fts5 = get_fts5 (db);
  int rc = SQLITE_ERROR;

  if (fts5 != NULL)
    rc = fts5->xCreateFunction (fts5, "kaf_found", db, found_function, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function (db->sql, "kaf_rank", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY, db,
                                  rank_function, NULL, NULL);
  return rc == SQLITE_OK || kaf_database_fail (db, rc, "search functions", error);
}
