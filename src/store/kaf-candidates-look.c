/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One expert, by a few columns of her rows. */
#include "config.h"

#include "store/kaf-candidates-private.h"

void
kaf_candidate_look_init (KafCandidateLook *self, KafDatabase *db, const KafCandidateAsk *asked)
{
  self->db = db;
  self->asked = asked;
  self->languages = g_ptr_array_new_with_free_func (g_free);
  self->networks = g_ptr_array_new_with_free_func (g_free);
  self->times = g_array_new (FALSE, FALSE, sizeof (KafFitTime));
  self->none_evaluated =
      kaf_database_get_int (db, "SELECT NOT EXISTS (SELECT 1 FROM evaluation)", NULL) != 0;
}

void
kaf_candidate_look_clear (KafCandidateLook *self)
{
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->networks, g_ptr_array_unref);
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->territory, g_free);
  g_clear_error (&self->error);
}

static void
begin (KafCandidateLook *self, gint64 rid)
{
  self->rid = rid;
  self->expert = (KafFitExpert){ 0 };
  self->is_expert = self->deleted = FALSE;
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->territory, g_free);
  g_ptr_array_set_size (self->languages, 0);
  g_ptr_array_set_size (self->networks, 0);
  g_array_set_size (self->times, 0);
}

/* (transfer full) */
static KafStatement *
prepare (KafCandidateLook *self, const char *sql, gboolean by_id)
{
  KafStatement *statement = kaf_database_prepare (self->db, sql, &self->error);

  if (statement == NULL)
    return NULL;
  if (by_id)
    kaf_statement_bind_text (statement, 1, self->id);
  else
    kaf_statement_bind_id (statement, 1, self->rid);
  return statement;
}

static void
look_at_id (KafCandidateLook *self)
{
  g_autoptr (KafStatement) row =
      prepare (self, "SELECT id, deleted FROM head WHERE rid = ?1", FALSE);

  self->deleted = TRUE;
  if (row == NULL || !kaf_database_step (self->db, row, &self->error))
    return;
  self->id = g_strdup (kaf_statement_text (row, 0));
  self->deleted = sqlite3_column_int (row, 1) != 0;
}

static void
look_at_person (KafCandidateLook *self)
{
  g_autoptr (KafStatement) row =
      prepare (self,
               "SELECT p.status, p.territory, p.confirmed_on,"
               " EXISTS (SELECT 1 FROM expert e WHERE e.rid = p.rid AND e.deleted_at IS NULL)"
               " FROM person p WHERE p.rid = ?1",
               FALSE);

  if (row == NULL || !kaf_database_step (self->db, row, &self->error))
    return;
  self->status = g_strdup (kaf_statement_text (row, 0));
  self->territory = g_strdup (kaf_statement_text (row, 1));
  self->is_expert = sqlite3_column_int (row, 3) != 0;
  self->expert.status = self->status;
  self->expert.territory = self->territory;
  self->expert.confirmed_on = kaf_day_parse (kaf_statement_text (row, 2));
}

static void
look_at_words (KafCandidateLook *self, const char *sql, gboolean by_id, GPtrArray *into)
{
  g_autoptr (KafStatement) row = prepare (self, sql, by_id);

  if (row != NULL && sqlite3_bind_parameter_count (row) > 1)
    kaf_statement_bind_text (row, 2, self->asked->today);
  while (row != NULL && kaf_database_step (self->db, row, &self->error))
    g_ptr_array_add (into, g_strdup (kaf_statement_text (row, 0)));
  g_ptr_array_add (into, NULL);
}

static void
take_time (KafCandidateLook *self, KafStatement *row)
{
  const char *part = kaf_statement_text (row, 2);
  const char *kind = kaf_statement_text (row, 3);
  KafFitTime time = { .from = kaf_day_parse (kaf_statement_text (row, 0)),
                      .to = kaf_day_parse (kaf_statement_text (row, 1)),
                      .morning = g_strcmp0 (part, "pm") != 0,
                      .afternoon = g_strcmp0 (part, "am") != 0,
                      .kind = g_strcmp0 (kind, "busy") == 0   ? KAF_FIT_BUSY
                              : g_strcmp0 (kind, "free") == 0 ? KAF_FIT_FREE
                                                              : KAF_FIT_TENTATIVE,
                      .remote = sqlite3_column_int (row, 4) != 0 };

  g_array_append_val (self->times, time);
}

/* Her agenda, and the sessions that other missions have her for. */
static void
look_at_times (KafCandidateLook *self)
{
  g_autoptr (KafStatement) row = NULL;

  if (self->asked->ask.n_halves == 0)
    return;
  row = prepare (
      self,
      "SELECT valid_from, valid_to, part, kind, remote FROM availability"
      " INDEXED BY availability__person WHERE person = ?1 AND deleted_at IS NULL"
      " UNION ALL SELECT i.held_on, i.held_on, i.half,"
      " CASE o.answer WHEN 'retained' THEN 'busy' ELSE 'tentative' END, 0"
      " FROM mission_expert o INDEXED BY mission_expert__person"
      " CROSS JOIN head g ON g.id = o.mission AND g.entity = 'mission'"
      " CROSS JOIN mission_now k ON k.rid = g.rid AND k.state IN ('open', 'on_hold')"
      " CROSS JOIN programme_item i INDEXED BY programme_item__mission ON i.mission = o.mission"
      " WHERE o.person = ?1 AND o.mission IS NOT ?2 AND o.deleted_at IS NULL"
      " AND o.answer IN ('interested', 'retained') AND i.deleted_at IS NULL"
      " AND i.held_on IS NOT NULL AND coalesce (i.state, '') <> 'cancelled'"
      " AND (SELECT id FROM head WHERE rid = o.rid) IN (i.trainer, i.second_trainer)",
      TRUE);
  if (row != NULL)
    kaf_statement_bind_text (row, 2, self->asked->mission);
  while (row != NULL && kaf_database_step (self->db, row, &self->error))
    take_time (self, row);
  self->expert.times = (const KafFitTime *) self->times->data;
  self->expert.n_times = self->times->len;
}

/* What they who were there said of the trainers; not what trainers said of themselves. */
static void
look_at_evaluations (KafCandidateLook *self)
{
  g_autoptr (KafStatement) row = NULL;

  if (self->none_evaluated)
    return;
  row = prepare (self,
                 "SELECT count (*), coalesce (sum (e.trainer_score), 0) FROM mission_expert x"
                 " INDEXED BY mission_expert__person"
                 " CROSS JOIN evaluation e INDEXED BY evaluation__mission ON e.mission = x.mission"
                 " WHERE x.person = ?1 AND x.mission IS NOT ?2 AND x.answer = 'retained'"
                 " AND x.deleted_at IS NULL AND e.deleted_at IS NULL AND e.role <> 'expert'"
                 " AND e.trainer_score IS NOT NULL",
                 TRUE);
  if (row == NULL)
    return;
  kaf_statement_bind_text (row, 2, self->asked->mission);
  if (!kaf_database_step (self->db, row, &self->error))
    return;
  self->expert.n_answers = (guint) sqlite3_column_int64 (row, 0);
  self->expert.sum_scores = (guint) sqlite3_column_int64 (row, 1);
}

static gboolean
is_consenting (KafCandidateLook *self)
{
  g_autoptr (KafStatement) row =
      prepare (self,
               "SELECT 1 FROM consent INDEXED BY consent__person WHERE person = ?1"
               " AND purpose IN ('sharing', 'mission') AND withdrawn_on IS NULL"
               " AND deleted_at IS NULL",
               TRUE);

  return row != NULL && kaf_database_step (self->db, row, &self->error);
}

/* The nearness by her own sets, consent and list. */
static void
look_at_near (KafCandidateLook *self)
{
  const KafCandidateAsk *asked = self->asked;
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) occupations = g_ptr_array_new_with_free_func (g_free);

  look_at_words (self,
                 "SELECT value FROM expert_set WHERE rid = ?1 AND field = 'domains'"
                 " AND removed IS NULL",
                 FALSE, domains);
  look_at_words (self,
                 "SELECT value FROM expert_set WHERE rid = ?1 AND field = 'occupations'"
                 " AND removed IS NULL",
                 FALSE, occupations);
  for (guint i = 0; i < asked->domains->len; i++)
    for (guint j = 0; j + 1 < domains->len; j++)
      self->expert.domains[i] =
          MAX (self->expert.domains[i],
               kaf_fit_near (asked->domain_tree, asked->domains->pdata[i], domains->pdata[j]));
  for (guint i = 0; i < asked->occupations->len; i++)
    for (guint j = 0; j + 1 < occupations->len; j++)
      self->expert.occupation =
          MAX (self->expert.occupation,
               kaf_fit_near (asked->occupation_tree, asked->occupations->pdata[i],
                             occupations->pdata[j]));
  self->expert.consents = is_consenting (self);
  self->expert.listed =
      g_ptr_array_find_with_equal_func (asked->listed, self->id, g_str_equal, NULL);
}

gboolean
kaf_candidate_look_at (KafCandidateLook *self, gint64 rid)
{
  begin (self, rid);
  look_at_id (self);
  if (self->deleted)
    return FALSE;
  look_at_person (self);
  look_at_words (self,
                 "SELECT value || coalesce (char (9) || detail, '') FROM person_set"
                 " WHERE rid = ?1 AND field = 'languages' AND removed IS NULL",
                 FALSE, self->languages);
  look_at_words (self,
                 "SELECT network FROM membership INDEXED BY membership__person"
                 " WHERE person = ?1 AND deleted_at IS NULL AND network IS NOT NULL"
                 " AND (valid_to IS NULL OR valid_to >= substr (?2, 1, length (valid_to)))"
                 " ORDER BY network",
                 TRUE, self->networks);
  self->expert.languages = (const char *const *) self->languages->pdata;
  self->expert.networks = (const char *const *) self->networks->pdata;
  look_at_times (self);
  look_at_evaluations (self);
  look_at_near (self);
  return self->error == NULL;
}
