/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-mission-match.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "store/kaf-candidates.h"

/* JSON */

static void
add_parts (const KafCandidate *candidate, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < candidate->lines->len; i++)
    {
      const KafCandidateLine *line = candidate->lines->pdata[i];
      const KafFitPoints *points = &candidate->fit.parts[line->part];

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "part", kaf_fit_part_id (line->part));
      kaf_cli_add_int (builder, "from", points->from);
      kaf_cli_add_int (builder, "to", points->to);
      kaf_cli_add_int (builder, "of", points->max);
      kaf_cli_add_text (builder, "reason", line->text);
      kaf_cli_add_text (builder, "detail", line->detail);
      kaf_cli_add_text (builder, "question", line->question);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_candidate_json (const KafCandidate *candidate, const char *kind, guint rank)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", kind);
  if (rank > 0)
    kaf_cli_add_int (builder, "rank", rank);
  kaf_cli_add_text (builder, "id", candidate->id);
  kaf_cli_add_text (builder, "ref", candidate->ref);
  kaf_cli_add_text (builder, "name", candidate->name);
  kaf_cli_add_text (builder, "network", candidate->network_name);
  kaf_cli_add_int (builder, "from", candidate->fit.from);
  kaf_cli_add_int (builder, "to", candidate->fit.to);
  kaf_cli_add_text (builder, "out", kaf_fit_out_id (candidate->fit.out));
  add_parts (candidate, builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_counts_json (const KafCandidates *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *day = kaf_day_to_iso (found->day);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "kind", "counts");
  kaf_cli_add_text (builder, "as_of", day);
  kaf_cli_add_int (builder, "experts", found->n_experts);
  kaf_cli_add_int (builder, "considered", found->n_considered);
  kaf_cli_add_int (builder, "looked_at", found->n_looked);
  json_builder_set_member_name (builder, "partial");
  json_builder_add_boolean_value (builder, found->partial);
  for (KafFitOut out = KAF_FIT_IN; out < KAF_N_FIT_OUT; out++)
    kaf_cli_add_int (builder, kaf_fit_out_id (out), found->n_out[out]);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

/* Words */

static char *
tell_interval (guint from, guint to)
{
  return from == to ? g_strdup_printf ("%u", from) : g_strdup_printf ("%u–%u", from, to);
}

static void
print_lines (const KafCandidate *candidate)
{
  for (guint i = 0; i < candidate->lines->len; i++)
    {
      const KafCandidateLine *line = candidate->lines->pdata[i];
      const KafFitPoints *points = &candidate->fit.parts[line->part];
      g_autofree char *interval = tell_interval (points->from, points->to);

      g_print ("      %s/%u  %s", interval, points->max, line->text);
      if (line->detail != NULL)
        g_print (" (%s)", line->detail);
      g_print ("\n");
      if (line->question != NULL)
        g_print ("        ? %s\n", line->question);
    }
}

static void
print_candidate (const KafCandidate *candidate, guint rank)
{
  g_autofree char *interval = tell_interval (candidate->fit.from, candidate->fit.to);
  g_autofree char *place = rank > 0 ? g_strdup_printf ("%u.", rank) : g_strdup ("—");

  g_print ("%4s %s  %s  %s\n", place, interval,
           candidate->ref != NULL ? candidate->ref : candidate->id,
           candidate->name != NULL ? candidate->name : "");
  print_lines (candidate);
}

static void
print_counts (const KafCandidates *found)
{
  /* Translators: %1$u experts have a domain or an occupation asked for, of %2$u in this store. */
  g_print (_ ("Considered: %1$u of %2$u experts."), found->n_considered, (guint) found->n_experts);
  g_print ("\n");
  for (KafFitOut out = KAF_FIT_IN + 1; out < KAF_N_FIT_OUT; out++)
    if (found->n_out[out] > 0)
      g_print ("  %6u  %s\n", found->n_out[out], kaf_fit_tell_out (out));
  if (found->partial)
    g_print ("%s\n", _ ("This device does not hold all experts: request candidates too."));
  g_print ("%s\n", _ ("Scores advise, you decide."));
}

static void
print_why (const KafCandidates *found)
{
  const KafCandidate *why = found->why;

  if (!why->is_expert)
    g_print ("%s\n", _ ("This person is not recorded as an expert."));
  else if (why->fit.out != KAF_FIT_IN)
    g_print ("%s\n", kaf_fit_tell_out (why->fit.out));
  else if (found->why_rank > 0)
    {
      g_print (_ ("Among the best: number %u."), found->why_rank);
      g_print ("\n");
    }
  else if (found->best->len > 0)
    {
      const KafCandidate *last = found->best->pdata[found->best->len - 1];
      g_autofree char *interval = tell_interval (last->fit.from, last->fit.to);

      /* Translators: %1$u is how many are shown, %2$s the score of the last of them. */
      g_print (_ ("Behind the first %1$u, of whom the last has %2$s."), found->best->len, interval);
      g_print ("\n");
    }
}

static void
print_all (KafCli *cli, const KafCandidates *found, gboolean why)
{
  for (guint i = 0; i < found->best->len && !why; i++)
    {
      const KafCandidate *candidate = found->best->pdata[i];

      if (cli->json)
        print_candidate_json (candidate, "candidate", i + 1);
      else
        print_candidate (candidate, i + 1);
    }
  if (why && cli->json)
    print_candidate_json (found->why, "why", found->why_rank);
  else if (why)
    {
      print_why (found);
      print_candidate (found->why, found->why_rank);
    }
  if (cli->json)
    print_counts_json (found);
  else
    print_counts (found);
}

/* A person or, as the lists name her, an expert. */
static gboolean
resolve_person (KafCli *cli, const char *why, char **id)
{
  const KafEntity *entity = NULL;

  return why == NULL || kaf_cli_resolve (cli, why, &entity, id);
}

KafExit
kaf_mission_cli_match (KafCli *cli, const char *ref, int limit, const char *why)
{
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;
  g_autofree char *person = NULL;
  g_autoptr (KafCandidates) found = NULL;
  g_autoptr (GError) error = NULL;
  KafCandidatesQuery query = { .limit = limit > 0 ? (guint) limit : 0, .lang = cli->lang };

  if (!kaf_cli_resolve (cli, ref, &entity, &id) || !resolve_person (cli, why, &person))
    return KAF_EXIT_USAGE;
  if (g_str_equal (entity->id, "need"))
    query.need = id;
  else if (g_str_equal (entity->id, "mission"))
    query.mission = id;
  else
    return kaf_cli_fail_printf (_ ("“%s” is neither a mission nor a need."), ref);
  query.why = person;
  found = kaf_candidates_find (cli->db, &query, NULL, &error);
  if (found == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (found->asks_nothing)
    return kaf_cli_fail (_ ("The mission and its needs name no domain and no occupation: say "
                            "which, so that experts can be found."));
  if (why != NULL && found->why == NULL)
    return kaf_cli_fail_printf (_ ("“%s” is no person of this store."), why);
  print_all (cli, found, why != NULL);
  return KAF_EXIT_OK;
}
