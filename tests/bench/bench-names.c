/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well two spellings of a name are told from two names: bench-names FILE.tsv, lines of which are a name, one spelling,
 * another (make-people scripts, make-people variants). Each is held against its own and one other, and against all.
 * KAF_BENCH_SHOW=n: that many of those that are told wrongly. */
#include "config.h"

#include <string.h>

#include "kaf-bench.h"
#include "match/kaf-name-key.h"

#define ALIKE .80 /* from here on the engine says that they sound alike */
#define STEPS 100

typedef struct
{
  char *name;
  char *cells[2];
  KafSpokenName *one, *other;
} Line;

static void
line_clear (Line *line)
{
  g_free (line->name);
  g_free (line->cells[0]);
  g_free (line->cells[1]);
  kaf_spoken_name_free (line->one);
  kaf_spoken_name_free (line->other);
}

static GArray *
read_lines (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  g_autoptr (GError) error = NULL;
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  g_array_set_clear_func (lines, (GDestroyNotify) line_clear);
  g_file_get_contents (path, &text, NULL, &error);
  kaf_bench_check (error);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], "\t", 3);
      Line line;

      if (g_strv_length (cells) < 3)
        continue;
      line.name = g_strdup (cells[0]);
      line.cells[0] = g_strdup (cells[1]);
      line.cells[1] = g_strdup (cells[2]);
      line.one = kaf_spoken_name_new (cells[1]);
      line.other = kaf_spoken_name_new (cells[2]);
      g_array_append_val (lines, line);
    }
  return lines;
}

/* Pairs that are at least so alike, by hundredths. */
typedef struct
{
  guint same[STEPS + 1], all[STEPS + 1];
} Counts;

static void
count_pair (Counts *counts, const Line *a, const Line *b)
{
  double likeness = kaf_spoken_name_likeness (a->one, b->other);
  gboolean one = g_str_equal (a->name, b->name);

  for (guint step = 0; step <= (guint) (likeness * STEPS + 1e-6); step++)
    {
      counts->all[step]++;
      counts->same[step] += one;
    }
}

/* Of every name with every other; or of each with its own and with one other. */
static void
count (const GArray *lines, gboolean every, Counts *counts)
{
  for (guint i = 0; i < lines->len; i++)
    for (guint j = 0; j < lines->len; j++)
      if (every || j == i || j == (i + lines->len / 2) % lines->len)
        count_pair (counts, &g_array_index (lines, Line, i), &g_array_index (lines, Line, j));
}

static void
show (const GArray *lines, double from)
{
  const char *wanted = g_getenv ("KAF_BENCH_SHOW");
  guint left[2] = { wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 0 };

  left[1] = left[0];
  for (guint i = 0; i < lines->len; i++)
    for (guint j = 0; j < lines->len && (left[0] > 0 || left[1] > 0); j++)
      {
        /* Spread over all of them. */
        const Line *a = &g_array_index (lines, Line, i * 7919u % lines->len);
        const Line *b = &g_array_index (lines, Line, j);
        double likeness = kaf_spoken_name_likeness (a->one, b->other);
        gboolean one = g_str_equal (a->name, b->name);

        if (one == (likeness >= from) || left[one] == 0)
          continue;
        left[one]--;
        g_print ("%s %.2f %s ↔ %s\n", one ? "missed" : "false", likeness, a->cells[0], b->cells[1]);
      }
}

static double
f1 (guint same, guint all, guint truth)
{
  return all + truth > 0 ? 2. * same / (all + truth) : 0;
}

static double
report (const char *what, const Counts *counts)
{
  guint best = 0, at = (guint) (ALIKE * STEPS + 1e-6), truth = counts->same[0];
  const guint *same = counts->same, *all = counts->all;

  for (guint step = 1; step <= STEPS; step++)
    if (f1 (same[step], all[step], truth) > f1 (same[best], all[best], truth))
      best = step;
  g_print ("%s: from %.2f on precision %.4f  recall %.4f  F1 %.4f; best, from %.2f on, F1 %.4f\n",
           what, ALIKE, (double) same[at] / all[at], (double) same[at] / truth,
           f1 (same[at], all[at], truth), best / (double) STEPS, f1 (same[best], all[best], truth));
  return best / (double) STEPS;
}

static void
measure (const char *path)
{
  g_autoptr (GArray) lines = read_lines (path);
  Counts every = { { 0 }, { 0 } }, one = { { 0 }, { 0 } };

  count (lines, TRUE, &every);
  count (lines, FALSE, &one);
  g_print ("%s: %u names, %u pairs of one\n", path, lines->len, every.same[0]);
  report ("each with one other", &one);
  show (lines, report ("each with every other", &every));
}

int
main (int argc, char *argv[])
{
  if (argc < 2)
    {
      g_printerr ("bench-names FILE.tsv…\n");
      return 2;
    }
  kaf_bench_init ("bench-names");
  for (int i = 1; i < argc; i++)
    measure (argv[i]);
  return kaf_bench_finish ();
}
