/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates in words: of the few that are shown, never of those that were looked at. */
#include "config.h"

#include "store/kaf-candidates-private.h"
#include "store/kaf-read.h"

/* Titles of what she has in the set @field of @entity, as far as it is near to what is asked; nullable. */
static char *
tell_near (KafDatabase *db,
           const char *id,
           const char *list,
           GHashTable *tree,
           GPtrArray *asked,
           gboolean domains,
           KafLang lang)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      "SELECT s.value FROM head h CROSS JOIN expert_set s ON s.rid = h.rid WHERE h.id = ?1"
      " AND h.entity = 'person' AND s.field = ?2 AND s.removed IS NULL ORDER BY s.position,"
      " s.value",
      NULL);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  if (row == NULL)
    return NULL;
  kaf_statement_bind_text (row, 1, id);
  kaf_statement_bind_text (row, 2, domains ? "domains" : "occupations");
  while (kaf_database_step (db, row, NULL))
    g_ptr_array_add (codes, g_strdup (kaf_statement_text (row, 0)));
  for (guint i = 0; i < codes->len; i++)
    for (guint j = 0; j < asked->len; j++)
      if (kaf_fit_near (tree, asked->pdata[j], codes->pdata[i]) != KAF_NEAR_NOT)
        {
          g_autofree char *title = kaf_read_title (db, list, codes->pdata[i], lang);

          g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                                  title != NULL ? title : (char *) codes->pdata[i]);
          break;
        }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static char *
tell_detail (KafDatabase *db,
             const KafCandidateAsk *asked,
             const KafCandidate *candidate,
             KafFitPart part,
             KafLang lang)
{
  switch (part)
    {
    case KAF_FIT_DOMAIN:
      return tell_near (db, candidate->id, "domain", asked->domain_tree, asked->domains, TRUE,
                        lang);
    case KAF_FIT_OCCUPATION:
      return tell_near (db, candidate->id, "occupation", asked->occupation_tree, asked->occupations,
                        FALSE, lang);
    case KAF_FIT_NETWORK:
      return g_strdup (candidate->network_name);
    default:
      return NULL;
    }
}

static void
add_line (KafDatabase *db,
          const KafCandidateAsk *asked,
          KafCandidate *candidate,
          KafFitPart part,
          KafLang lang)
{
  const KafFitPoints *points = &candidate->fit.parts[part];
  KafCandidateLine *line = g_new0 (KafCandidateLine, 1);

  line->part = part;
  line->text = kaf_fit_tell (points);
  line->detail = tell_detail (db, asked, candidate, part, lang);
  line->question = kaf_fit_question (part, points);
  g_ptr_array_add (candidate->lines, line);
}

gboolean
kaf_candidate_tell (KafDatabase *db,
                    const KafCandidateAsk *asked,
                    KafCandidate *candidate,
                    KafLang lang,
                    GError **error)
{
  g_autoptr (KafStatement) row = NULL;

  candidate->name = kaf_read_title (db, "person", candidate->id, lang);
  if (candidate->network != NULL)
    candidate->network_name = kaf_read_short_title (db, "organisation", candidate->network, lang);
  row = kaf_database_prepare (
      db,
      "SELECT coalesce (e.ref, p.ref) FROM head h CROSS JOIN person p ON p.rid = h.rid"
      " LEFT JOIN expert e ON e.rid = h.rid WHERE h.id = ?1 AND h.entity = 'person'",
      error);
  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, candidate->id);
  if (kaf_database_step (db, row, NULL))
    candidate->ref = g_strdup (kaf_statement_text (row, 0));
  for (KafFitPart part = 0; part < KAF_N_FIT_PARTS; part++)
    if (candidate->fit.parts[part].max > 0)
      add_line (db, asked, candidate, part, lang);
  return TRUE;
}
