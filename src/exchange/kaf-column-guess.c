/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each column asks each field how well it fits; the best pair is taken first, then the best of those that are left. */
#include "config.h"

#include "exchange/kaf-column-guess.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "base/kaf-words.h"
#include "exchange/kaf-column-words.h"
#include "schema/kaf-registry.h"

#define SURE_ID 1.0
#define SURE_LABEL 0.95
#define SURE_SYNONYM 0.9
#define SURE_PART 0.6   /* the header holds a synonym among other words */
#define SURE_VALUES 0.7 /* nearly all values are of the kind */
#define BONUS 0.05
#define LEAST 0.3
#define SHARE 0.8 /* of values that must be of a kind */
#define YEAR_LEAST 1900
#define YEAR_MOST 2030

/* What stands in a column, as shares of its cells that are not empty. */
typedef struct
{
  guint n, emails, phones, links, arabic, years, two_words;
} Values;

/* A field that may be proposed. */
typedef struct
{
  const KafEntity *entity;
  const KafField *field;
  KafColumnTreatment treatment;
  const char *word; /* its name in the table of synonyms */
} Candidate;

static gboolean
is_phone (const char *text)
{
  guint digits = 0;
  g_autofree char *day = kaf_date_normalise (text, FALSE, NULL);

  if (day != NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        digits++;
      else if (strchr ("+-. ()/", *p) == NULL)
        return FALSE;
    }
  return digits >= 8 && digits <= 15;
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at, '.') != NULL && strpbrk (text, " \t") == NULL;
}

static Values
look_at_values (const GPtrArray *rows, guint column)
{
  Values values = { 0 };

  for (guint i = 0; rows != NULL && i < MIN (rows->len, KAF_COLUMN_GUESS_ROWS); i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);
      const char *text = column < row->n_cells ? row->cells[column].text : "";
      guint64 number = g_ascii_strtoull (text, NULL, 10);

      if (*text == '\0')
        continue;
      values.n++;
      values.emails += is_email (text);
      values.phones += is_phone (text);
      values.links += g_str_has_prefix (text, "http") || g_str_has_prefix (text, "www.");
      values.arabic += kaf_text_is_arabic (text);
      values.years += strlen (text) == 4 && number >= YEAR_LEAST && number <= YEAR_MOST;
      values.two_words += strchr (text, ' ') != NULL;
    }
  return values;
}

static gboolean
most (guint count, const Values *values)
{
  return values->n > 0 && count >= SHARE * values->n;
}

/* Headers */

/* Whether @words (parted by '|') has @folded; *part: whether one of its entries stands in it among other words. */
static gboolean
match_words (const char *words, const char *folded, gboolean *part)
{
  g_auto (GStrv) entries = g_strsplit (words, "|", -1);
  g_autofree char *padded = g_strdup_printf (" %s ", folded);

  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *entry = kaf_fold (entries[i]);
      g_autofree char *inside = NULL;

      if (g_str_equal (g_strstrip (entry), folded))
        return TRUE;
      inside = g_strdup_printf (" %s ", entry);
      *part |= g_utf8_strlen (entry, -1) >= 4 && strstr (padded, inside) != NULL;
    }
  return FALSE;
}

static gboolean
is_label (const KafField *field, const char *folded)
{
  for (KafLang lang = 0; lang <= KAF_LANG_AR; lang++)
    {
      g_autofree char *label = kaf_fold (kaf_words_get (lang, field->label));

      if (g_str_equal (g_strstrip (label), folded))
        return TRUE;
    }
  return FALSE;
}

static double
weigh_header (const Candidate *candidate, const char *header, const char *folded)
{
  const KafColumnWord *words = kaf_column_words ();
  gboolean part = FALSE;
  g_autofree char *id = kaf_fold (candidate->word);

  if (g_ascii_strcasecmp (candidate->word, header) == 0)
    return SURE_ID;
  if (*folded == '\0')
    return 0;
  if (candidate->treatment == KAF_COLUMN_AS_IS && is_label (candidate->field, folded))
    return SURE_LABEL;
  if (g_str_equal (g_strstrip (id), folded))
    return SURE_SYNONYM;
  for (guint i = 0; words[i].field != NULL; i++)
    if (g_str_equal (words[i].field, candidate->word) &&
        match_words (words[i].words, folded, &part))
      return SURE_SYNONYM;
  /* "Company name" is no person's. */
  return part && candidate->treatment == KAF_COLUMN_AS_IS ? SURE_PART : 0;
}

/* What values say against or for a field: FALSE excludes it. */
static gboolean
weigh_values (const Candidate *candidate, const Values *values, double *sure)
{
  KafKind kind = candidate->field->kind;
  gboolean arabic = kaf_field_has (candidate->field, KAF_FIELD_ARABIC);
  gboolean name = kaf_field_has (candidate->field, KAF_FIELD_NAME);

  if (values->n == 0)
    return TRUE;
  if (kind == KAF_KIND_EMAIL || kind == KAF_KIND_PHONE || kind == KAF_KIND_URL)
    {
      guint count = kind == KAF_KIND_EMAIL   ? values->emails
                    : kind == KAF_KIND_PHONE ? values->phones
                                             : values->links;

      if (most (count, values))
        *sure = *sure > 0 ? MIN (1.0, *sure + BONUS) : SURE_VALUES;
      else if (count == 0)
        *sure /= 2;
      return TRUE;
    }
  /* What is an e-mail in nearly all rows is no name, whatever it is called. */
  if (most (values->emails, values))
    return FALSE;
  if (candidate->field->max == YEAR_MOST && most (values->years, values) && *sure == 0)
    *sure = LEAST + BONUS;
  if (arabic && values->arabic == 0)
    return FALSE;
  if (name && !arabic && most (values->arabic, values))
    return FALSE;
  return TRUE;
}

/* Candidates */

static void
add_candidate (GArray *candidates,
               const KafEntity *entity,
               const KafField *field,
               KafColumnTreatment treatment,
               const char *word)
{
  Candidate candidate = { entity, field, treatment, word };

  if (field != NULL)
    g_array_append_val (candidates, candidate);
}

static void
add_fields (GArray *candidates, const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (!kaf_field_has (field, KAF_FIELD_HIDDEN) || g_str_equal (field->id, "external_id"))
      add_candidate (candidates, entity, field, KAF_COLUMN_AS_IS, field->id);
}

static GArray *
list_candidates (const KafEntity *entity)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  add_candidate (candidates, root, kaf_entity_find_field (root, "family_name"),
                 KAF_COLUMN_FULL_NAME, KAF_COLUMN_WORD_FULL_NAME);
  add_candidate (candidates, root, kaf_entity_find_field (root, "family_name_ar"),
                 KAF_COLUMN_FULL_NAME, KAF_COLUMN_WORD_FULL_NAME_AR);
  add_fields (candidates, entity);
  if (root != entity)
    add_fields (candidates, root);
  return candidates;
}

static double
weigh (const Candidate *candidate, const char *header, const char *folded, const Values *values)
{
  double sure = header != NULL ? weigh_header (candidate, header, folded) : 0;

  return weigh_values (candidate, values, &sure) ? sure : 0;
}

/* The pair of a column and a field that fit best, of those still free. FALSE: none is left. */
static gboolean
take_best (GArray *guesses, GArray *candidates, const double *sure, gboolean *taken)
{
  guint column = 0, place = 0;
  double best = 0;

  for (guint i = 0; i < guesses->len; i++)
    for (guint j = 0; j < candidates->len; j++)
      if (g_array_index (guesses, KafColumnGuess, i).entity == NULL && !taken[j] &&
          sure[i * candidates->len + j] > best)
        {
          best = sure[i * candidates->len + j];
          column = i;
          place = j;
        }
  if (best < LEAST)
    return FALSE;
  {
    const Candidate *candidate = &g_array_index (candidates, Candidate, place);
    KafColumnGuess *guess = &g_array_index (guesses, KafColumnGuess, column);

    guess->entity = candidate->entity;
    guess->field = candidate->field;
    guess->treatment = candidate->treatment;
    guess->confidence = best;
    taken[place] = !kaf_field_is_many (candidate->field);
  }
  return TRUE;
}

GArray *
kaf_column_guess (const KafEntity *entity,
                  const char *const *headers,
                  guint n_columns,
                  const GPtrArray *rows)
{
  GArray *guesses = g_array_new (FALSE, TRUE, sizeof (KafColumnGuess));
  g_autoptr (GArray) candidates = NULL;
  g_autofree double *sure = NULL;
  g_autofree gboolean *taken = NULL;

  g_return_val_if_fail (entity != NULL, guesses);

  candidates = list_candidates (entity);
  g_array_set_size (guesses, MIN (n_columns, 256));
  sure = g_new0 (double, (gsize) guesses->len * candidates->len + 1);
  taken = g_new0 (gboolean, candidates->len + 1);
  for (guint i = 0; i < guesses->len; i++)
    {
      Values values = look_at_values (rows, i);
      g_autofree char *folded =
          headers != NULL && headers[i] != NULL ? kaf_fold (headers[i]) : g_strdup ("");

      g_strstrip (folded);
      for (guint j = 0; j < candidates->len; j++)
        sure[i * candidates->len + j] =
            weigh (&g_array_index (candidates, Candidate, j), headers != NULL ? headers[i] : NULL,
                   folded, &values);
    }
  while (take_best (guesses, candidates, sure, taken))
    ;
  g_array_set_size (guesses, n_columns);
  return guesses;
}

gboolean
kaf_column_is_header (const KafTablePeek *row)
{
  guint texts = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      const KafTableCell *cell = &row->cells[i];

      if (cell->type == KAF_TABLE_CELL_EMPTY)
        continue;
      if (cell->type != KAF_TABLE_CELL_TEXT || is_email (cell->text) || is_phone (cell->text))
        return FALSE;
      texts++;
    }
  return texts > 0;
}

/* Names in full */

static gboolean
is_capitals (const char *word)
{
  guint letters = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_islower (c))
        return FALSE;
      letters += g_unichar_isupper (c);
    }
  return letters > 1;
}

/* A word that belongs to the family name behind it. */
static gboolean
is_particle (const char *word)
{
  static const char *const particles[] = { "el",  "al",   "ben", "bin", "ait", "ould", "ibn",
                                           "bel", "abou", "de",  "du",  "von", "van",  "le",
                                           "la",  "بن",   "ابن", "ايت", "ابو", NULL };
  g_autofree char *folded = kaf_fold (word);

  return g_strv_contains (particles, g_strstrip (folded));
}

static char *
join (char **words, guint from, guint to)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
split_at_comma (const char *name, char **given, char **family)
{
  const char *comma = strchr (name, ',');

  if (comma == NULL || comma == name || comma[1 + strspn (comma + 1, " ")] == '\0')
    return FALSE;
  *family = g_strstrip (g_strndup (name, (gsize) (comma - name)));
  *given = g_strstrip (g_strdup (comma + 1));
  return TRUE;
}

gboolean
kaf_column_split_name (const char *name, char **given, char **family)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) raw = g_strsplit_set (name, " \t\n", -1);
  g_auto (GStrv) words = NULL;
  guint n, first = 0, last;

  *given = *family = NULL;
  if (split_at_comma (name, given, family))
    return TRUE;
  for (guint i = 0; raw[i] != NULL; i++)
    if (*raw[i] != '\0')
      g_strv_builder_add (builder, raw[i]);
  words = g_strv_builder_end (builder);
  n = g_strv_length (words);
  if (n < 2)
    {
      *family = g_strdup (n == 1 ? words[0] : "");
      *given = g_strdup ("");
      return FALSE;
    }
  while (first < n && !is_capitals (words[first]))
    first++;
  last = first;
  while (last < n && is_capitals (words[last]))
    last++;
  /* Capitals at one end, and not all of it. */
  if (first < n && last - first < n && (first == 0 || last == n))
    {
      *family = join (words, first, last);
      *given = first == 0 ? join (words, last, n) : join (words, 0, first);
      return TRUE;
    }
  first = n - 1;
  while (first > 1 && is_particle (words[first - 1]))
    first--;
  *given = join (words, 0, first);
  *family = join (words, first, n);
  return TRUE;
}
