/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl match: the engine that finds who is who, on files alone: no store is needed. Findings go to standard output
 * as lines with tabs, or as JSON. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cli/kaf-match-json.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-match-file.h"
#include "match/kaf-match-groups.h"
#include "match/kaf-match-words.h"

/* From here on a pair is to be examined (matching.md). */
#define THRESHOLD .30

typedef struct
{
  KafCli *cli;
  char *map;
  double threshold;
} Options;

/* ---- match names ---- */

/* Whether one reading of the one name is a reading of the other, as a search by name would find it. */
static gboolean
share_key (const char *a, const char *b)
{
  g_auto (GStrv) keys = kaf_name_key_query (a);
  g_autofree char *text = kaf_name_key (b);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) words, keys[i]))
      return FALSE;
  return keys[0] != NULL;
}

static void
print_names (KafCli *cli, const char *a, const char *b)
{
  double likeness = kaf_name_likeness (a, b);
  gboolean key = share_key (a, b) || share_key (b, a);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.3f", likeness);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "a", a);
      kaf_cli_add_text (builder, "b", b);
      json_builder_set_member_name (builder, "likeness");
      json_builder_add_double_value (builder, likeness);
      json_builder_set_member_name (builder, "same_key");
      json_builder_add_boolean_value (builder, key);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
    }
  else
    g_print ("%s\t%s\t%s\t%d\n", number, a, b, key);
}

static KafExit
match_names (Options *options, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!g_utf8_validate (text, (gssize) length, NULL))
    return kaf_cli_fail (_ ("The text is not in valid UTF-8: save the file as UTF-8."));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), "\t", -1);

      if (*lines[i] == '\0')
        continue;
      if (cells[0] == NULL || cells[1] == NULL)
        return kaf_cli_fail_printf (_ ("Line %u: write two names with a tab between them."), i + 1);
      print_names (options->cli, cells[0], cells[1]);
    }
  return KAF_EXIT_OK;
}

/* ---- match dedupe, match link ---- */

static void
print_json (KafCli *cli, const char *a, const char *b, guint32 group, const KafMatchScore *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "a", a);
  kaf_cli_add_text (builder, "b", b);
  json_builder_set_member_name (builder, "probability");
  json_builder_add_double_value (builder, score->probability);
  json_builder_set_member_name (builder, "bits");
  json_builder_add_double_value (builder, round (score->bits * 100) / 100);
  kaf_cli_add_text (builder, "band", kaf_match_band_id (kaf_match_band (score->probability)));
  if (group > 0)
    kaf_cli_add_int (builder, "group", group);
  kaf_cli_add_int (builder, "model", score->version);
  kaf_match_json_add_reasons (builder, score, cli->lang);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_row (KafCli *cli, const char *a, const char *b, guint32 group, const KafMatchScore *score)
{
  g_autofree char *told = kaf_match_tell (score, cli->lang);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_strdelimit (told, "\t\r\n", ' ');
  g_ascii_formatd (number, sizeof number, "%.4f", score->probability);
  g_print ("%s\t%s\t%s\t", number, a, b);
  if (group > 0)
    g_print ("%u\t", group);
  g_print ("%s\n", told);
}

/* Two rows of one file, in the groups that they are put together in. */
typedef struct
{
  const KafMatchIndex *index;
  double prior;
} Judge;

static double
judge (guint a, guint b, gpointer data)
{
  const Judge *self = data;
  KafMatchScore score;

  kaf_match_weigh (kaf_match_model_default (), kaf_match_index_get_rarity (self->index),
                   self->prior, kaf_match_index_get (self->index, a),
                   kaf_match_index_get (self->index, b), &score);
  return score.bits - self->prior;
}

/* @others NULL: pairs within @index. @groups: of each row; nullable. */
static void
print_pairs (Options *options,
             const KafMatchIndex *index,
             const KafMatchIndex *others,
             const GArray *pairs,
             const guint32 *groups)
{
  const KafMatchIndex *from = others != NULL ? others : index;
  guint n = MAX (kaf_match_index_get_n (from), kaf_match_index_get_n (index));
  const KafMatchRarity *rarity = kaf_match_index_get_rarity (
      kaf_match_index_get_n (from) > kaf_match_index_get_n (index) ? from : index);
  KafMatchScore score;

  for (guint i = 0; i < pairs->len; i++)
    {
      const KafMatchPair *pair = &g_array_index (pairs, KafMatchPair, i);
      const KafMatchPerson *a = kaf_match_index_get (from, pair->a);
      const KafMatchPerson *b = kaf_match_index_get (index, pair->b);
      /* Counted from 1; 0: the two are alike, and yet not put together. */
      guint32 group =
          groups != NULL && groups[pair->a] == groups[pair->b] ? groups[pair->a] + 1 : 0;

      kaf_match_weigh (kaf_match_model_default (), rarity, kaf_match_prior (n), a, b, &score);
      if (options->cli->json)
        print_json (options->cli, a->id, b->id, group, &score);
      else
        print_row (options->cli, a->id, b->id, 0, &score);
    }
}

static KafExit
fail_file (const char *path, const GError *error)
{
  if (error->domain != KAF_MATCH_FILE_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (error->code == KAF_MATCH_FILE_ERROR_COLUMN)
    return kaf_cli_fail_printf (_ ("%s: there is no column “%s”."), path, error->message);
  if (error->code == KAF_MATCH_FILE_ERROR_MAP)
    {
      g_autofree char *fields = g_strjoinv (", ", (char **) kaf_match_file_fields ());

      return kaf_cli_fail_printf (_ ("“%s”: write field=column. The fields are: %s."),
                                  error->message, fields);
    }
  return kaf_cli_fail_printf (
      _ ("%s: no column says who a person is. Name them: --map name=COLUMN,email=COLUMN."), path);
}

static KafExit
match_dedupe (Options *options, const char *path)
{
  g_autoptr (KafMatchAliases) aliases = kaf_match_file_aliases ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMatchIndex) index = kaf_match_file_read (path, options->map, aliases, NULL, &error);
  g_autoptr (GArray) pairs = NULL;
  g_autofree guint32 *groups = NULL;
  Judge data;

  if (index == NULL)
    return fail_file (path, error);
  pairs =
      kaf_match_index_dedupe (index, kaf_match_model_default (), options->threshold, NULL, NULL);
  data = (Judge){ index, kaf_match_prior (kaf_match_index_get_n (index)) };
  groups = kaf_match_groups (kaf_match_index_get_n (index), pairs,
                             log2 (options->threshold / (1 - options->threshold)), judge, &data);
  print_pairs (options, index, NULL, pairs, groups);
  return pairs->len > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

static KafExit
match_link (Options *options, const char *path, const char *other)
{
  g_autoptr (KafMatchAliases) aliases = kaf_match_file_aliases ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMatchIndex) from = kaf_match_file_read (path, options->map, aliases, NULL, &error);
  g_autoptr (KafMatchIndex) index = NULL;
  g_autoptr (GArray) pairs = NULL;

  if (from == NULL)
    return fail_file (path, error);
  index = kaf_match_file_read (other, options->map, aliases, NULL, &error);
  if (index == NULL)
    return fail_file (other, error);
  pairs = kaf_match_index_link (index, from, kaf_match_model_default (), options->threshold, NULL,
                                NULL);
  print_pairs (options, index, from, pairs, NULL);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  Options options = { cli, NULL, THRESHOLD };
  g_autofree char *map = NULL;
  const GOptionEntry entries[] = {
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &map, N_ ("Which column of the file says what"),
      "FIELD=COLUMN,…" },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &options.threshold,
      N_ ("Pairs from this probability on; 0.30 when nothing is said"), "0…1" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);

  if (!kaf_cli_parse (cli, &kaf_verb_match, entries, &words, 2, 3))
    return KAF_EXIT_USAGE;
  options.map = map;
  if (!(options.threshold > 0 && options.threshold < 1))
    return kaf_cli_fail (_ ("Write a probability between 0 and 1 behind --threshold."));
  if (words[3] == NULL && g_str_equal (words[1], "names"))
    return match_names (&options, words[2]);
  if (words[3] == NULL && g_str_equal (words[1], "dedupe"))
    return match_dedupe (&options, words[2]);
  if (words[3] != NULL && g_str_equal (words[1], "link"))
    return match_link (&options, words[2], words[3]);
  return kaf_cli_fail (
      _ ("Write “match names PAIRS.tsv”, “match dedupe FILE.csv” or “match link A.csv B.csv”."));
}

const KafVerb kaf_verb_match = {
  .name = "match",
  .arguments = "names PAIRS.tsv | dedupe FILE.csv | link A.csv B.csv [--map …] [--threshold P]",
  .summary = N_ ("Finds who is who in files: names, rows of one file, rows of two"),
  .run = run,
};
