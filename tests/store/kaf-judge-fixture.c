/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-judge-fixture.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

static char *
commit (KafFixture *f, KafChangeSet *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_commit (f->db, set, NULL, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (receipt->batch);
}

char *
judge (KafFixture *f, const char *entity, const char *a, const char *b, const char *verdict)
{
  const KafJudging judging = { .entity = kaf_registry_find (entity),
                               .a = a,
                               .b = b,
                               .verdict = kaf_judge_parse (verdict),
                               .reason = "test",
                               .likelihood = 990 };
  g_autoptr (KafChangeSet) set = kaf_judge (&judging);

  return commit (f, set);
}

void
take_back (KafFixture *f, const char *entity, const char *a, const char *b)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  g_assert_true (kaf_judge_revoke_all (f->db, set, kaf_registry_find (entity), a, b, NULL, &error));
  g_assert_no_error (error);
  batch = commit (f, set);
}

void
choose (KafFixture *f, const char *part, const char *field, const char *of)
{
  const KafFieldChoice choice = { kaf_registry_find (part), field, of };
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  g_autofree char *batch = NULL;

  kaf_judge_add_choice (set, choice.part, of, &choice);
  batch = commit (f, set);
}

/* The journal, what was judged, and what is kept in an order of its own, which kaf_check() looks at. */
static gboolean
is_left_out (const char *table)
{
  static const char *const names[] = { "op_group",     "op",          "batch",       "judgement",
                                       "field_choice", "raw",         "alias",       "touched",
                                       "meta",         "expert_page", "expert_word", NULL };

  return g_strv_contains (names, table) || g_str_has_prefix (table, "sqlite_") ||
         (g_str_has_prefix (table, "search") && !g_str_equal (table, "search_doc"));
}

static GPtrArray *
list (KafFixture *f, const char *sql, const char *bind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *texts = kaf_read_ids (f->db, sql, bind, &error);

  g_assert_no_error (error);
  return texts;
}

static void
dump_table (KafFixture *f, const char *table, GPtrArray *lines)
{
  g_autoptr (GPtrArray) columns = list (f, "SELECT name FROM pragma_table_info (?)", table);
  g_autoptr (GString) sql = g_string_new ("SELECT ''");
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = g_ptr_array_index (columns, i);

      if (!g_str_equal (column, "rid"))
        g_string_append_printf (sql, " || ' %s=' || quote (t.\"%s\")", column, column);
      else if (!g_str_equal (table, "head"))
        g_string_append (sql, " || (SELECT h.id FROM head h WHERE h.rid = t.rid)");
    }
  g_string_append_printf (sql, " FROM \"%s\" t WHERE ?1 IS NULL%s", table,
                          g_str_equal (table, "head") || g_str_equal (table, "tally")
                              ? " AND entity NOT IN ('judgement', 'field_choice')"
                              : "");
  rows = list (f, sql->str, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (lines,
                     g_strdup_printf ("%s: %s", table, (char *) g_ptr_array_index (rows, i)));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
dump (KafFixture *f)
{
  g_autoptr (GPtrArray) tables =
      list (f, "SELECT name FROM sqlite_schema WHERE type = 'table' AND ?1 IS NULL", NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tables->len; i++)
    if (!is_left_out (g_ptr_array_index (tables, i)))
      dump_table (f, g_ptr_array_index (tables, i), lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
tell_lines (const char *of, const char *in, const char *what)
{
  g_auto (GStrv) lines = g_strsplit (of, "\n", -1);
  g_auto (GStrv) others = g_strsplit (in, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) others, lines[i]))
      g_test_message ("%s %s", what, lines[i]);
}

void
assert_same_dump (const char *one, const char *other)
{
  if (strcmp (one, other) == 0)
    return;
  tell_lines (one, other, "-");
  tell_lines (other, one, "+");
  g_test_fail_printf ("the stores differ");
}
