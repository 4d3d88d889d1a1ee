/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl conflicts: edits that did not see one another, and what settles them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-commit.h"
#include "store/kaf-conflicts.h"

static void
add_side (JsonBuilder *builder, const char *name, const KafConflictSide *side)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "text", side->text);
  kaf_cli_add_text (builder, "by", side->author);
  kaf_cli_add_time (builder, "when", side->when);
  json_builder_end_object (builder);
}

static void
print_json (const KafConflict *conflict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", conflict->id);
  kaf_cli_add_text (builder, "entity", conflict->entity->id);
  kaf_cli_add_text (builder, "record", conflict->owner);
  kaf_cli_add_text (builder, "field", conflict->field != NULL ? conflict->field->id : NULL);
  add_side (builder, "stands", &conflict->stands);
  add_side (builder, "other", &conflict->other);
  add_side (builder, "before", &conflict->before);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static char *
describe (const KafConflictSide *side)
{
  const char *text = side->text != NULL ? side->text : "—";

  return side->author != NULL ? g_strdup_printf ("%s (%s)", text, side->author) : g_strdup (text);
}

static void
add_row (KafTable *table, const KafConflict *conflict)
{
  g_autofree char *stands = describe (&conflict->stands);
  g_autofree char *other = describe (&conflict->other);
  g_autofree char *before = describe (&conflict->before);

  kaf_table_add (table, conflict->id);
  kaf_table_add (table, conflict->title);
  kaf_table_add (table,
                 conflict->field != NULL ? _ (conflict->field->label) : _ ("Deleted and edited"));
  kaf_table_add (table, stands);
  kaf_table_add (table, other);
  kaf_table_add (table, before);
}

static KafExit
list (KafCli *cli)
{
  g_autoptr (KafTable) table = kaf_table_new (6);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  conflicts = kaf_conflicts_read (cli->db, G_MAXINT, cli->lang, &error);
  if (conflicts == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      if (cli->json)
        print_json (g_ptr_array_index (conflicts, i));
      else
        add_row (table, g_ptr_array_index (conflicts, i));
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

/* "mine" and "theirs" are what stands or the other, as the case may be. */
static gboolean
find_outcome (KafCli *cli, const char *id, const char *word, KafOutcome *outcome)
{
  g_autoptr (GPtrArray) conflicts = kaf_conflicts_read (cli->db, G_MAXINT, cli->lang, NULL);
  gboolean mine = g_str_equal (word, "mine");

  *outcome = g_str_equal (word, "before") ? KAF_OUTCOME_BEFORE : KAF_OUTCOME_NEW;
  if (!mine && !g_str_equal (word, "theirs"))
    return TRUE;
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const KafConflict *conflict = g_ptr_array_index (conflicts, i);

      if (!g_str_equal (conflict->id, id))
        continue;
      if (conflict->stands.own == conflict->other.own)
        return FALSE;
      *outcome = conflict->stands.own == mine ? KAF_OUTCOME_STANDS : KAF_OUTCOME_OTHER;
      return TRUE;
    }
  *outcome = KAF_OUTCOME_STANDS;
  return TRUE;
}

static KafExit
settle (KafCli *cli, const char *id, const char *word)
{
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafOutcome outcome;

  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  if (!find_outcome (cli, id, word, &outcome))
    return kaf_cli_fail (_ ("Neither version is yours alone: write “before”, or the value that is "
                            "right."));
  set = kaf_conflict_settle (cli->db, id, outcome, word, &error);
  receipt = set != NULL ? kaf_commit (cli->db, set, NULL, NULL, &error) : NULL;
  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  g_print ("%s\n", _ ("The conflict is settled."));
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);

  if (!kaf_cli_parse (cli, &kaf_verb_conflicts, NULL, &words, 0, 3))
    return KAF_EXIT_USAGE;
  if (words[1] == NULL || (g_str_equal (words[1], "list") && words[2] == NULL))
    return list (cli);
  if (g_str_equal (words[1], "settle") && words[2] != NULL && words[3] != NULL)
    return settle (cli, words[2], words[3]);
  return kaf_cli_fail (_ ("Write “conflicts list”, or “conflicts settle ID mine|theirs|before|"
                          "TEXT”."));
}

const KafVerb kaf_verb_conflicts = {
  .name = "conflicts",
  .arguments = "[list | settle ID mine|theirs|before|TEXT]",
  .summary = N_ ("Lists edits that did not see one another, or settles one"),
  .run = run,
};
