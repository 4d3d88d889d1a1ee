/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-findings-news.h"

#include "schema/kaf-registry.h"

#define PARTNERS (KAF_NEWS_COMMITMENTS | KAF_NEWS_BODIES | KAF_NEWS_PROGRAMMES)
#define CONVENTIONS (KAF_NEWS_ACTS | KAF_NEWS_BODIES | KAF_NEWS_PROGRAMMES)

/* The rows of @entity that were touched, as x. */
#define TOUCHED(entity) " FROM touched t CROSS JOIN \"" entity "\" x ON x.rid = t.rid"
#define OF(entity) " WHERE t.seq > ?1 AND t.entity = '" entity "'"
#define ID "(SELECT id FROM head WHERE rid = t.rid)"
/* A field of the record that @id names. Looked up: to join heads by their ids, SQLite 3.40 would read all of them into a
 * Bloom filter first. */
#define OF_RECORD(entity, field, id)                                                               \
  "(SELECT o.\"" field "\" FROM \"" entity "\" o WHERE o.rid ="                                    \
  " (SELECT rid FROM head WHERE id = " id " AND entity = '" entity "'))"

/* Ways from a touched row to the missions that look at it; each gives ids as `mission`. */
#define OWN(entity) "SELECT x.mission AS mission" TOUCHED (entity) OF (entity)
#define BY_PERSON(entity)                                                                          \
  "SELECT m.mission AS mission" TOUCHED (                                                          \
      entity) " CROSS JOIN mission_expert m"                                                       \
              " INDEXED BY mission_expert__person ON m.person = x.person" OF (entity)
#define OF_PERSON(entity)                                                                          \
  "SELECT m.mission AS mission FROM touched t CROSS JOIN mission_expert m"                         \
  " INDEXED BY mission_expert__person ON m.person = " ID                                           \
  OF (entity)
#define AT_STEPS(steps)                                                                            \
  "SELECT h.id AS mission FROM mission_now n CROSS JOIN head h ON h.rid = n.rid"                   \
  " WHERE n.state = 'open' AND n.step IN (" steps ") AND ?1 IS NOT NULL"
/* Where conventions are looked at: by themselves, or as the basis of a budget line. */
#define CITING AT_STEPS ("5, 7, 8, 10")
/* What a mission has somebody do, other missions with that person look at. */
#define COMPANIONS(entity)                                                                               \
  "SELECT o.mission AS mission" TOUCHED (                                                                \
      entity) " CROSS JOIN mission_expert m"                                                             \
              " INDEXED BY mission_expert__mission ON m.mission = x.mission CROSS JOIN mission_expert o" \
              " INDEXED BY mission_expert__person ON o.person = m.person" OF (entity)

#define WAYS_MAX 3

/* What rows of an entity concern. An entity that does not stand here concerns everything. Of a project holder the rules
 * look at what is kept beside the records (holder_now): what else changes it is told as a row of project_holder. */
static const struct
{
  const char *entity;
  guint parts;
  const char *ways[WAYS_MAX];
  const char
      *duties[WAYS_MAX]; /* to the conventions whose commitments it concerns, as `convention` */
} concerns[] = {
  { "convention",
    CONVENTIONS,
    { CITING },
    { "SELECT " ID " AS convention FROM touched t" OF ("convention") } },
  { "signatory", CONVENTIONS, { CITING } },
  { "mandate", CONVENTIONS, { CITING } },
  { "commitment",
    0,
    { NULL },
    { "SELECT x.convention AS convention" TOUCHED ("commitment") OF ("commitment"),
      "SELECT " OF_RECORD ("commitment", "convention", "x.replaces") " AS convention" TOUCHED (
          "commitment") OF ("commitment") } },
  { "fulfilment",
    0,
    { NULL },
    { "SELECT " OF_RECORD ("commitment", "convention", "x.commitment") " AS convention" TOUCHED (
        "fulfilment") OF ("fulfilment") } },
  { "network", KAF_NEWS_BODIES, { NULL } },
  { "organisation",
    KAF_NEWS_BODIES,
    { "SELECT p.mission AS mission FROM touched t CROSS JOIN mission_party p"
      " INDEXED BY mission_party__organisation ON p.organisation = " ID OF ("organisation"),
      "SELECT m.mission AS mission FROM touched t CROSS JOIN stakeholder s"
      " ON s.organisation = " ID
      " CROSS JOIN mission_need m ON m.need = s.need" OF ("organisation") } },
  { "programme", KAF_NEWS_PROGRAMMES, { NULL } },
  { "training_module", KAF_NEWS_PROGRAMMES, { NULL } },
  { "training_session", KAF_NEWS_PROGRAMMES, { NULL } },
  { "domain", KAF_NEWS_PROGRAMMES, { NULL } },

  { "person", KAF_NEWS_PROGRAMMES, { OF_PERSON ("person") } },
  { "expert", KAF_NEWS_PROGRAMMES, { OF_PERSON ("expert") } },
  { "membership", KAF_NEWS_PROGRAMMES, { BY_PERSON ("membership") } },
  { "project_holder", KAF_NEWS_HOLDERS, { NULL } },
  { "project", KAF_NEWS_HOLDERS, { NULL } },
  { "project_stage", KAF_NEWS_HOLDERS, { NULL } },
  { "tier_override", KAF_NEWS_HOLDERS, { NULL } },
  { "relay", KAF_NEWS_HOLDERS, { NULL } },
  { "decision", KAF_NEWS_MEETINGS, { NULL } },
  { "meeting", KAF_NEWS_MEETINGS, { NULL } },
  { "consent", KAF_NEWS_HOLDERS, { BY_PERSON ("consent") } },
  { "availability", 0, { BY_PERSON ("availability") } },
  { "contact", KAF_NEWS_BODIES | KAF_NEWS_HOLDERS, { OWN ("contact") } },
  /* Of a convention: the signed one may be there now. */
  { "attachment",
    CONVENTIONS,
    { "SELECT m.mission AS mission" TOUCHED (
          "attachment") " CROSS JOIN mission_expert m"
                        " INDEXED BY mission_expert__person ON m.person = x.owner" OF (
                            "attachment"),
      CITING " AND EXISTS (SELECT 1" TOUCHED ("attachment")
          OF ("attachment") " AND x.owner_entity = 'convention')" } },

  { "mission",
    0,
    { "SELECT " ID " AS mission FROM touched t" OF ("mission"),
      "SELECT o.mission AS mission FROM touched t CROSS JOIN mission_expert m"
      " INDEXED BY mission_expert__mission ON m.mission = " ID " CROSS JOIN mission_expert o"
      " INDEXED BY mission_expert__person ON o.person = m.person" OF ("mission") } },
  { "mission_act", 0, { OWN ("mission_act"), COMPANIONS ("mission_act") } },
  { "mission_expert", 0, { OWN ("mission_expert"), COMPANIONS ("mission_expert") } },
  { "programme_item", 0, { OWN ("programme_item"), COMPANIONS ("programme_item") } },
  { "refusal",
    0,
    { "SELECT a.mission AS mission FROM touched t CROSS JOIN refusal r ON r.n = t.rid"
      " CROSS JOIN head h ON h.id = r.id AND h.entity = 'mission_act'"
      " CROSS JOIN mission_act a ON a.rid = h.rid" OF ("refusal"),
      "SELECT o.mission AS mission FROM touched t CROSS JOIN refusal r ON r.n = t.rid"
      " CROSS JOIN head h ON h.id = r.id AND h.entity = 'mission_act'"
      " CROSS JOIN mission_act a ON a.rid = h.rid"
      " CROSS JOIN mission_expert m ON m.mission = a.mission"
      " CROSS JOIN mission_expert o ON o.person = m.person" OF ("refusal") } },
  /* Of step 1: another need of the place and a domain. */
  { "need",
    0,
    { "SELECT m.mission AS mission FROM touched t CROSS JOIN mission_need m ON m.need = " ID OF (
          "need"),
      AT_STEPS ("1") } },
  { "mission_need", 0, { OWN ("mission_need") } },
  { "stakeholder",
    0,
    { "SELECT m.mission AS mission" TOUCHED ("stakeholder") " CROSS JOIN mission_need m"
                                                            " ON m.need = x.need" OF (
                                                                "stakeholder") } },
  { "mission_party", 0, { OWN ("mission_party") } },
  { "mission_result", 0, { OWN ("mission_result") } },
  { "mission_room", 0, { OWN ("mission_room") } },
  { "mission_convention", 0, { OWN ("mission_convention") } },
  { "budget_line", 0, { OWN ("budget_line") } },
  { "budget_adjustment",
    0,
    { "SELECT " OF_RECORD ("budget_line", "mission", "x.line") " AS mission" TOUCHED (
        "budget_adjustment") OF ("budget_adjustment") } },
  { "equipment", 0, { OWN ("equipment") } },
  { "booking", 0, { OWN ("booking") } },
  { "participant", 0, { OWN ("participant") } },
  { "attendance",
    0,
    { "SELECT i.mission AS mission" TOUCHED (
        "attendance") " CROSS JOIN head h"
                      " ON h.id = x.session AND h.entity = 'programme_item'"
                      " CROSS JOIN programme_item i ON i.rid = h.rid" OF ("attendance") } },
  { "material", 0, { OWN ("material") } },
  { "pair", 0, { OWN ("pair") } },
  { "follow_up", 0, { OWN ("follow_up") } },
  { "evaluation", 0, { OWN ("evaluation") } },

  /* Which no rule looks at. */
  { "agenda_item", 0, { NULL } },
  { "candidate_request", 0, { NULL } },
  { "conflict", 0, { NULL } },
  { "contribution", 0, { NULL } },
  { "convention_article", 0, { NULL } },
  { "disclosure", 0, { NULL } },
  { "meeting_attendee", 0, { NULL } },
  { "organisation_name", 0, { NULL } },
  { "saved_filter", 0, { NULL } },
  { "source_claim", 0, { NULL } },
  { "country", 0, { NULL } },
  { "language", 0, { NULL } },
  { "occupation", 0, { NULL } },
  { "post", 0, { NULL } },
  { "rule_set", 0, { NULL } },
  { "sector", 0, { NULL } },
  { "segment", 0, { NULL } },
  { "segment_list", 0, { NULL } },
  { "segment_member", 0, { NULL } },
  { "target_tally", 0, { NULL } },
  { "tier_record", 0, { NULL } },
  { "territory", 0, { NULL } },
  { "text_template", 0, { NULL } },
};

gboolean
kaf_news_add_mission (KafDatabase *db, GHashTable *missions, const char *id, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT rid FROM head WHERE id = ? AND entity = 'mission'", error);
  GError *local = NULL;
  gint64 rid;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  if (kaf_database_step (db, statement, &local))
    {
      rid = sqlite3_column_int64 (statement, 0);
      g_hash_table_replace (missions, g_strdup (id), g_memdup2 (&rid, sizeof rid));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
add_missions (KafDatabase *db, const char *way, gint64 since, GHashTable *missions, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT DISTINCT q.mission, (SELECT rid FROM head WHERE id = q.mission"
                       " AND entity = 'mission') FROM (%s) q",
                       way);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, since);
  while (kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 1);

      if (rid != 0)
        g_hash_table_replace (missions, g_strdup (kaf_statement_text (statement, 0)),
                              g_memdup2 (&rid, sizeof rid));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
add_conventions (
    KafDatabase *db, const char *way, gint64 since, GHashTable *conventions, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, way, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, since);
  while (kaf_database_step (db, statement, &local))
    if (kaf_statement_text (statement, 0) != NULL)
      g_hash_table_add (conventions, g_strdup (kaf_statement_text (statement, 0)));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* @any: nobody knows which rows of the entity. */
static gboolean
add_concern (KafDatabase *db,
             const char *entity,
             gboolean any,
             gint64 since,
             KafNews *news,
             GHashTable *missions,
             GHashTable *conventions,
             GError **error)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (concerns) && !g_str_equal (concerns[i].entity, entity))
    i++;
  if (i == G_N_ELEMENTS (concerns))
    {
      *news = KAF_NEWS_ALL;
      return TRUE;
    }
  *news |= concerns[i].parts;
  if (any && concerns[i].ways[0] != NULL)
    *news |= KAF_NEWS_MISSIONS;
  if (any && concerns[i].duties[0] != NULL)
    *news |= KAF_NEWS_COMMITMENTS;
  for (guint j = 0; j < WAYS_MAX && concerns[i].duties[j] != NULL; j++)
    if (!add_conventions (db, concerns[i].duties[j], since, conventions, error))
      return FALSE;
  for (guint j = 0; j < WAYS_MAX && concerns[i].ways[j] != NULL; j++)
    if ((*news & KAF_NEWS_MISSIONS) == 0 &&
        !add_missions (db, concerns[i].ways[j], since, missions, error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_news_read (KafDatabase *db,
               gint64 since,
               KafNews *news,
               GHashTable *missions,
               GHashTable *conventions,
               GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT entity, min (rid) FROM touched WHERE seq > ?1 GROUP BY entity", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, since);
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      *news |= KAF_NEWS_DELETED;
      add_concern (db, kaf_statement_text (statement, 0), sqlite3_column_int64 (statement, 1) == 0,
                   since, news, missions, conventions, &local);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}
