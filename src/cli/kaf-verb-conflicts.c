/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl conflicts: edits that did not see one another, and what settles them; edits that the server
 * did not take. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-validation-error.h"
#include "cli/kaf-aggregate.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-refusal-text.h"
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

/* Whether one of the two sides alone is this account's. */
static gboolean
has_own (const KafConflict *conflict)
{
  return conflict->stands.own != conflict->other.own;
}

/* A side behind the word by which it is chosen. */
static void
add_choice (KafTable *table, const KafConflict *conflict, KafOutcome outcome)
{
  const KafConflictSide *side = outcome == KAF_OUTCOME_STANDS  ? &conflict->stands
                                : outcome == KAF_OUTCOME_OTHER ? &conflict->other
                                                               : &conflict->before;
  const char *word = outcome == KAF_OUTCOME_BEFORE   ? "before"
                     : has_own (conflict)            ? (side->own ? "mine" : "theirs")
                     : outcome == KAF_OUTCOME_STANDS ? "stands"
                                                     : "other";
  g_autoptr (GString) cell = g_string_new (NULL);

  /* Nothing else was there before it was deleted. */
  if (outcome == KAF_OUTCOME_BEFORE && conflict->field == NULL)
    {
      kaf_table_add (table, NULL);
      return;
    }
  g_string_append_printf (cell, "%s: ", word);
  if (side->text != NULL)
    g_string_append (cell, side->text);
  else
    g_string_append (cell, conflict->field == NULL && outcome == KAF_OUTCOME_OTHER
                               ? C_ ("conflict", "deleted")
                               : "—");
  g_strdelimit (cell->str, "\n", ';');
  if (side->author != NULL)
    g_string_append_printf (cell, " (%s)", side->author);
  kaf_table_add (table, cell->str);
}

/* In the order of the words that settle it, which is that of the window. */
static void
add_row (KafTable *table, const KafConflict *conflict)
{
  gboolean stands_first = kaf_conflict_stands_first (conflict);
  g_autofree char *name = kaf_conflict_name (conflict);

  kaf_table_add (table, conflict->id);
  kaf_table_add (table, conflict->title);
  kaf_table_add (table, name);
  add_choice (table, conflict, stands_first ? KAF_OUTCOME_STANDS : KAF_OUTCOME_OTHER);
  add_choice (table, conflict, stands_first ? KAF_OUTCOME_OTHER : KAF_OUTCOME_STANDS);
  add_choice (table, conflict, KAF_OUTCOME_BEFORE);
}

/* What the server did not take */

static void
print_refusal_json (const KafRefusal *refusal)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = kaf_refusal_to_text (refusal);
  static const char *const kinds[] = { [KAF_CHANGE_CREATE] = "create",
                                       [KAF_CHANGE_UPDATE] = "update",
                                       [KAF_CHANGE_DELETE] = "delete",
                                       [KAF_CHANGE_RESTORE] = "restore" };

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "refused", refusal->number);
  kaf_cli_add_text (builder, "entity", refusal->entity->id);
  kaf_cli_add_text (builder, "record", refusal->id);
  kaf_cli_add_text (builder, "title", refusal->title);
  kaf_cli_add_text (builder, "ref", refusal->ref);
  kaf_cli_add_text (builder, "kind", kinds[refusal->kind]);
  kaf_cli_add_text (builder, "typed", text);
  kaf_cli_add_text (builder, "why", refusal->why);
  kaf_cli_add_text (builder, "about", refusal->about);
  kaf_cli_add_time (builder, "written", refusal->written);
  kaf_cli_add_time (builder, "when", refusal->refused);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_refusal (KafCli *cli, KafTable *table, const KafRefusal *refusal)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, refusal->number);
  g_autofree char *edit = kaf_refusal_name_edit (refusal);
  g_autofree char *text = kaf_refusal_to_text (refusal);
  g_autofree char *when = kaf_time_format (refusal->refused, cli->lang);
  g_autofree char *why = kaf_refusal_explain (refusal);

  g_strdelimit (text, "\n", ';');
  g_strdelimit (why, "\n", ' ');
  kaf_table_add (table, number);
  kaf_table_add (table, refusal->title != NULL ? refusal->title
                        : refusal->ref != NULL ? refusal->ref
                                               : _ ("Record that is not on this device any more"));
  kaf_table_add (table, edit);
  kaf_table_add (table, text);
  kaf_table_add (table, when);
  kaf_table_add (table, why);
}

gboolean
kaf_cli_list_refused (KafCli *cli, GError **error)
{
  g_autoptr (KafTable) table = kaf_table_new (6);
  g_autoptr (GPtrArray) refusals = kaf_refusals_read (cli->db, G_MAXINT, cli->lang, error);

  if (refusals == NULL)
    return FALSE;
  for (guint i = 0; i < refusals->len; i++)
    {
      if (cli->json)
        print_refusal_json (g_ptr_array_index (refusals, i));
      else
        add_refusal (cli, table, g_ptr_array_index (refusals, i));
    }
  if (!cli->json && refusals->len > 0)
    g_print ("%s\n", _ ("Not taken by the server:"));
  kaf_table_print (table);
  return TRUE;
}

/* "let-go NUMBER", and "keep NUMBER" that takes it back. */
static KafExit
end_refusal (KafCli *cli, const char *word, const char *number)
{
  gint64 n = g_ascii_strtoll (number, NULL, 10);
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  if (!kaf_refusal_let_go (cli->db, n, g_str_equal (word, "let-go"), &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return KAF_EXIT_OK;
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
  return kaf_cli_list_refused (cli, &error) ? KAF_EXIT_OK : kaf_cli_fail_error (NULL, NULL, error);
}

/* The open one of that id, told apart from those of which there is none. (nullable) */
static const KafConflict *
find_open (GPtrArray *conflicts, const char *id)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const KafConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (conflict->id, id))
        return conflict;
    }
  kaf_cli_fail_printf (_ ("No conflict “%s” is open: see “kafaatctl conflicts”."), id);
  return NULL;
}

/* "mine" and "theirs" are what stands or the other, as the case may be. FALSE when it was told what is wrong. */
static gboolean
find_outcome (const KafConflict *conflict, const char *word, KafOutcome *outcome)
{
  static const struct
  {
    const char *word;
    KafOutcome outcome;
  } words[] = { { "before", KAF_OUTCOME_BEFORE },
                { "stands", KAF_OUTCOME_STANDS },
                { "other", KAF_OUTCOME_OTHER } };
  gboolean mine = g_str_equal (word, "mine");

  *outcome = KAF_OUTCOME_NEW;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      *outcome = words[i].outcome;
  if (!mine && !g_str_equal (word, "theirs"))
    return TRUE;
  if (has_own (conflict))
    {
      *outcome = conflict->stands.own == mine ? KAF_OUTCOME_STANDS : KAF_OUTCOME_OTHER;
      return TRUE;
    }
  kaf_cli_fail (_ ("Neither version is yours alone: write “stands”, “other” or “before”, "
                   "or the value that is right."));
  return FALSE;
}

/* The fields of the unit, as they are written: "country, city". */
static char *
list_fields (const KafConflict *conflict)
{
  GString *text = g_string_new (NULL);

  for (const KafField *field = conflict->entity->fields; field->id != NULL; field++)
    if (kaf_field_changes_with (field, conflict->field))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", field->id);
  return g_string_free (text, FALSE);
}

/* "FIELD=VALUE" of what changes together; of a field that changes alone its value will do. NULL when it was told what is
 * wrong with it. (transfer full) */
static char *
make_assignment (const KafConflict *conflict, const char *word)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, equals - word) : NULL;
  g_autofree char *fields = NULL;
  const KafField *field;

  if (conflict->field->unit == NULL)
    return g_strdup_printf ("%s=%s", conflict->field->id, word);
  field = name != NULL ? kaf_entity_find_field (conflict->entity, name) : NULL;
  if (field != NULL && kaf_field_changes_with (field, conflict->field))
    return g_strdup (word);
  fields = list_fields (conflict);
  kaf_cli_fail_printf (_ ("Several fields change together here (%s): write FIELD=VALUE for each "
                          "that is to be otherwise."),
                       fields);
  return NULL;
}

/* @words: what is right, neither of both. NULL when it was told what is wrong with them. */
static KafChangeSet *
settle_anew (KafCli *cli, const KafConflict *conflict, GStrv words, GError **error)
{
  g_autoptr (KafAggregate) values = kaf_aggregate_new (conflict->entity, conflict->owner);
  g_autoptr (KafCellReader) cells = kaf_cell_reader_new (cli->db);

  if (conflict->field == NULL || (conflict->field->unit == NULL && words[1] != NULL))
    {
      kaf_cli_fail (conflict->field == NULL
                        ? _ ("One deleted the record and another edited it: write which is right.")
                        : _ ("This is about one field: write its value as one word, in quotes."));
      return NULL;
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *assignment = make_assignment (conflict, words[i]);

      if (assignment == NULL || !kaf_aggregate_assign (values, cells, assignment))
        return NULL;
    }
  return kaf_conflict_settle_anew (cli->db, conflict->id, kaf_aggregate_get_record (values), error);
}

static KafExit
settle (KafCli *cli, const char *id, GStrv words)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const KafConflict *conflict;
  KafOutcome outcome = KAF_OUTCOME_NEW;

  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  conflicts = kaf_conflicts_read (cli->db, G_MAXINT, cli->lang, &error);
  if (conflicts == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  conflict = find_open (conflicts, id);
  if (conflict == NULL || (words[1] == NULL && !find_outcome (conflict, words[0], &outcome)))
    return KAF_EXIT_USAGE;
  /* Nothing else was there before it was deleted. */
  if (outcome == KAF_OUTCOME_NEW || (outcome == KAF_OUTCOME_BEFORE && conflict->field == NULL))
    set = settle_anew (cli, conflict, words, &error);
  else
    set = kaf_conflict_settle (cli->db, id, outcome, NULL, &error);
  if (set == NULL && error == NULL)
    return KAF_EXIT_USAGE;
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

  if (!kaf_cli_parse (cli, &kaf_verb_conflicts, NULL, &words, 0, G_MAXUINT))
    return KAF_EXIT_USAGE;
  if (words[1] == NULL || (g_str_equal (words[1], "list") && words[2] == NULL))
    return list (cli);
  if (g_str_equal (words[1], "settle") && words[2] != NULL && words[3] != NULL)
    return settle (cli, words[2], words + 3);
  if ((g_str_equal (words[1], "let-go") || g_str_equal (words[1], "keep")) && words[2] != NULL &&
      words[3] == NULL)
    return end_refusal (cli, words[1], words[2]);
  return kaf_cli_fail (_ (
      "Write “conflicts list”, “conflicts settle ID "
      "mine|theirs|stands|other|before|TEXT|FIELD=VALUE…”, or “conflicts let-go NUMBER” for an edit that the server did not take."));
}

const KafVerb kaf_verb_conflicts = {
  .name = "conflicts",
  .arguments =
      "[list | settle ID mine|theirs|stands|other|before|TEXT|FIELD=VALUE… | let-go NUMBER | keep NUMBER]",
  .summary = N_ ("Lists edits that met another or were not taken, or settles one"),
  .run = run,
  .records = TRUE,
};
