/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-suspects-cli.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/kaf-bidi.h"
#include "cli/kaf-match-json.h"
#include "cli/kaf-table.h"
#include "cli/kaf-terminal.h"
#include "match/kaf-match-words.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "store/kaf-suspects.h"

static gboolean
show_progress (guint permille, G_GNUC_UNUSED gpointer data)
{
  static guint shown = G_MAXUINT;

  if (permille / 10 != shown)
    {
      shown = permille / 10;
      /* Translators: how far the first comparison of all records has come, in per cent. */
      kaf_terminal_show_progress (_ ("Comparing the records: %u %%"), shown);
    }
  return TRUE;
}

static void
print_json (KafCli *cli, const KafSuspect *one, const KafMatchScore *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", one->entity->id);
  kaf_cli_add_text (builder, "a", one->a);
  kaf_cli_add_text (builder, "a_ref", one->ref_a);
  kaf_cli_add_text (builder, "a_title", one->title_a);
  kaf_cli_add_text (builder, "b", one->b);
  kaf_cli_add_text (builder, "b_ref", one->ref_b);
  kaf_cli_add_text (builder, "b_title", one->title_b);
  kaf_cli_add_int (builder, "likelihood", one->likelihood);
  kaf_cli_add_text (builder, "band", kaf_match_band_id (kaf_match_band (one->likelihood / 1000.)));
  kaf_cli_add_int (builder, "gain", one->gain);
  kaf_cli_add_int (builder, "model", score->version);
  kaf_match_json_add_reasons (builder, score, cli->lang);
  kaf_cli_add_text (builder, "question", kaf_match_question (score, cli->lang));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafCli *cli, KafTable *table, const KafSuspect *one, const KafMatchScore *score)
{
  g_autofree char *told = kaf_match_tell (score, cli->lang);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.3f", one->likelihood / 1000.);
  kaf_table_add (table, number);
  kaf_table_add (table, one->ref_a != NULL ? one->ref_a : one->a);
  kaf_table_add (table, one->title_a);
  kaf_table_add (table, one->ref_b != NULL ? one->ref_b : one->b);
  kaf_table_add (table, one->title_b);
  kaf_table_add (table, told);
}

static gboolean
print_list (KafCli *cli, GPtrArray *list, GError **error)
{
  g_autoptr (KafTable) table = kaf_table_new (6);

  for (guint i = 0; i < list->len; i++)
    {
      const KafSuspect *one = g_ptr_array_index (list, i);
      g_autoptr (KafMatchPerson) a = NULL;
      g_autoptr (KafMatchPerson) b = NULL;
      GError *local = NULL;
      KafMatchScore score;

      if (!kaf_suspects_weigh (cli->db, one->entity, one->a, one->b, &a, &b, &score, &local))
        {
          if (local == NULL)
            continue;
          g_propagate_error (error, local);
          return FALSE;
        }
      if (cli->json)
        print_json (cli, one, &score);
      else
        add_row (cli, table, one, &score);
    }
  kaf_table_print (table);
  return TRUE;
}

static gboolean
bring_up_to_date (KafCli *cli, GError **error)
{
  gboolean terminal = isatty (STDERR_FILENO), done;

  /* What was found by then is listed all the same. */
  if (kaf_database_is_read_only (cli->db))
    return TRUE;
  done = kaf_suspects_update (cli->db, terminal ? show_progress : NULL, NULL, NULL, error);
  if (terminal)
    kaf_terminal_clear_progress ();
  return done;
}

/* What is compared; NULL: any. FALSE when it was told what is wrong. */
static gboolean
find_root (const char *name, const KafEntity **root)
{
  const KafEntity *entity = name != NULL ? kaf_cli_find_entity (name) : NULL;

  *root = entity != NULL ? kaf_entity_get_root (entity) : NULL;
  if (name == NULL || *root == kaf_registry_find ("person") ||
      *root == kaf_registry_find ("organisation"))
    return TRUE;
  if (entity != NULL)
    kaf_cli_fail (_ ("Persons and organisations are compared, nothing else."));
  return FALSE;
}

KafExit
kaf_suspects_cli_list (KafCli *cli, const char *entity, int limit)
{
  const KafEntity *root = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!find_root (entity, &root))
    return KAF_EXIT_USAGE;
  if (!bring_up_to_date (cli, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  list = kaf_suspects_list (cli->db, root, 0, 0, limit > 0 ? (guint) limit : G_MAXINT, cli->lang,
                            &error);
  if (list == NULL || !print_list (cli, list, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return list->len > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

/* The record itself, not the one that is shown for it. */
static gboolean
resolve (KafCli *cli, const char *text, const KafEntity **root, char **id)
{
  const KafEntity *entity = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_one_resolve_raw (cli->db, text, NULL, &entity, id, &error))
    {
      kaf_cli_fail_error (NULL, NULL, error);
      return FALSE;
    }
  *root = kaf_entity_get_root (entity);
  return TRUE;
}

static gboolean
commit (KafCli *cli, KafChangeSet *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_commit (cli->db, set, NULL, NULL, &error);

  if (receipt == NULL)
    kaf_cli_fail_error (NULL, NULL, error);
  return receipt != NULL;
}

static KafExit
say (KafCli *cli,
     const KafEntity *root,
     const char *a,
     const char *b,
     const char *verdict,
     const char *reason)
{
  g_autoptr (KafMatchPerson) person_a = NULL;
  g_autoptr (KafMatchPerson) person_b = NULL;
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *evidence = NULL;
  g_autofree char *engine = NULL;
  KafJudging judging = { .entity = root, .a = a, .b = b, .reason = reason, .likelihood = -1 };
  KafMatchScore score;

  judging.verdict = kaf_judge_parse (verdict);
  if (kaf_suspects_weigh (cli->db, root, a, b, &person_a, &person_b, &score, &error))
    {
      judging.likelihood = (int) kaf_match_permille (score.probability);
      judging.engine = engine = g_strdup_printf ("%u", score.version);
      judging.evidence = evidence = kaf_suspects_print_evidence (&score);
    }
  set = kaf_judge (&judging);
  return error == NULL && commit (cli, set) ? KAF_EXIT_OK
         : error != NULL                    ? kaf_cli_fail_error (NULL, NULL, error)
                                            : KAF_EXIT_USAGE;
}

static KafExit
take_back (KafCli *cli, const KafEntity *root, const char *a, const char *b, const char *reason)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  g_autoptr (GError) error = NULL;

  if (kaf_judge_revoke_all (cli->db, set, root, a, b, reason, &error))
    return commit (cli, set) ? KAF_EXIT_OK : KAF_EXIT_USAGE;
  if (!g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING))
    return kaf_cli_fail_error (NULL, NULL, error);
  g_print ("%s\n", _ ("Nothing was said of these two."));
  return KAF_EXIT_FINDING;
}

KafExit
kaf_suspects_cli_judge (
    KafCli *cli, const char *a, const char *b, const char *verdict, const char *reason)
{
  const KafEntity *root_a = NULL, *root_b = NULL;
  g_autofree char *id_a = NULL;
  g_autofree char *id_b = NULL;
  KafJudgementVerdict said = kaf_judge_parse (verdict);

  if (said == KAF_VERDICT_NONE)
    return kaf_cli_fail (_ ("Say “same”, “different”, “unsure” or “revoke”."));
  if (!resolve (cli, a, &root_a, &id_a) || !resolve (cli, b, &root_b, &id_b))
    return KAF_EXIT_USAGE;
  if (root_a != root_b || g_str_equal (id_a, id_b))
    return kaf_cli_fail (_ ("Name two records of a kind: two persons, or two organisations."));
  if (said == KAF_VERDICT_REVOKE)
    return take_back (cli, root_a, id_a, id_b, reason);
  return say (cli, root_a, id_a, id_b, verdict, reason);
}

KafExit
kaf_suspects_cli_accept (KafCli *cli, const char *entity, const char *reason)
{
  const KafEntity *root = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!find_root (entity != NULL ? entity : "person", &root))
    return KAF_EXIT_USAGE;
  if (reason == NULL || *reason == '\0')
    return kaf_cli_fail (_ ("Say why with --reason: it stands in the history of each record."));
  /* Who may not is told so at once. */
  if (kaf_suspects_get_accept (cli->db) == 0 || bring_up_to_date (cli, &error))
    receipt = kaf_suspects_accept (cli->db, root, reason, NULL, NULL, NULL, &n, NULL, &error);
  if (receipt == NULL && !g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING))
    return kaf_cli_fail_error (NULL, NULL, error);
  g_print (ngettext ("%u pair was accepted.\n", "%u pairs were accepted.\n", n), n);
  return n > 0 ? KAF_EXIT_OK : KAF_EXIT_FINDING;
}
