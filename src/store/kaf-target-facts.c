/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verified are few beside all that is known: they are read first, and what is told of others is passed over. Each
 * SQL text stands twice, for one person and for all; they cannot differ but in their last condition. */
#include "config.h"

#include "store/kaf-target-facts.h"

#include "base/kaf-fold.h"
#include "rules/mission/kaf-mission-life.h"
#include "store/kaf-missions-private.h"
#include "store/kaf-target-settings.h"

typedef struct
{
  gint64 rid;
  KafTargetFacts facts;
  KafTargetSources sources;
  GArray *gifts; /* (element-type KafTargetGift), nullable */
} Person;

typedef struct
{
  KafDatabase *db;
  GCancellable *cancellable;
  const char *only;     /* nullable: all */
  GHashTable *persons;  /* id → Person */
  GHashTable *sources;  /* folded name → number */
  GHashTable *missions; /* id → day on which it was delivered; NULL: not asked yet */
  const GArray *terms;
} Reading;

typedef void (*Take) (Reading *self, Person *person, KafStatement *row);

static void
person_free (gpointer data)
{
  Person *self = data;

  g_clear_pointer (&self->gifts, g_array_unref);
  g_free (self);
}

static KafDay
get_day (KafStatement *row, int column)
{
  return kaf_day_parse (kaf_statement_text (row, column));
}

static KafDay
earlier (KafDay a, KafDay b)
{
  return a == KAF_DAY_UNKNOWN || b == KAF_DAY_UNKNOWN ? MAX (a, b) : MIN (a, b);
}

/* A claim and a contribution; a claim without its day is of when it was entered. */
static void
take_claim (Reading *self, Person *person, KafStatement *row)
{
  g_autofree char *folded = kaf_fold (kaf_statement_text (row, 1));
  KafDay day = get_day (row, 2);
  guint source;

  g_strstrip (folded);
  if (*folded == '\0')
    return;
  source = GPOINTER_TO_UINT (g_hash_table_lookup (self->sources, folded));
  if (source == 0)
    {
      source = g_hash_table_size (self->sources) + 1;
      g_hash_table_insert (self->sources, g_steal_pointer (&folded), GUINT_TO_POINTER (source));
    }
  if (day == KAF_DAY_UNKNOWN)
    day = kaf_day_from_time (sqlite3_column_int64 (row, 3));
  kaf_target_add_claim (&person->sources, source, day);
}

static void
take_answer (Reading *self, Person *person, KafStatement *row)
{
  person->facts.answered_on = earlier (person->facts.answered_on, get_day (row, 1));
}

static void
take_gift (Reading *self, Person *person, KafStatement *row)
{
  KafTargetGift gift = { get_day (row, 1), get_day (row, 2),
                         sqlite3_column_type (row, 3) == SQLITE_NULL
                             ? -1
                             : sqlite3_column_int (row, 3) };

  if (person->gifts == NULL)
    person->gifts = g_array_new (FALSE, FALSE, sizeof (KafTargetGift));
  g_array_append_val (person->gifts, gift);
}

/* Missions delivered */

/* Of two acts that leave step 8 one counts: which, the chain tells. */
static KafDay
ask_chain (KafDatabase *db, const char *mission)
{
  g_autoptr (KafMission) found = kaf_mission_read_acts (db, mission, NULL);
  KafMissionLife life = { 0 };

  if (found == NULL)
    return KAF_DAY_UNKNOWN;
  kaf_mission_live (found, &life);
  return life.left[8] ? life.left_on[8] : KAF_DAY_UNKNOWN;
}

#define DELIVERED                                                                                  \
  "SELECT x.mission, x.paper_on, x.created_at, count(*) FROM mission_act x CROSS JOIN head h ON"   \
  " h.id = x.mission AND h.entity = 'mission' AND h.deleted = 0 CROSS JOIN mission_now n ON"       \
  " n.rid = h.rid AND (n.step > 8 OR n.state = 'closed') WHERE x.kind = 'leave' AND x.step = 8"    \
  " AND x.deleted_at IS NULL AND (SELECT a.id FROM head a WHERE a.rid = x.rid) NOT IN"             \
  " (SELECT id FROM refusal WHERE entity = 'mission_act')"

static KafDay
get_delivered (KafDatabase *db, KafStatement *row)
{
  KafDay day = get_day (row, 1);

  if (sqlite3_column_int (row, 3) > 1)
    return ask_chain (db, kaf_statement_text (row, 0));
  return day != KAF_DAY_UNKNOWN ? day : kaf_day_from_time (sqlite3_column_int64 (row, 2));
}

static gboolean
read_missions (Reading *self, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db, DELIVERED " GROUP BY x.mission", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (self->db, statement, &local))
    g_hash_table_insert (self->missions, g_strdup (kaf_statement_text (statement, 0)),
                         GUINT_TO_POINTER (get_delivered (self->db, statement)));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static KafDay
find_delivered (Reading *self, const char *mission)
{
  g_autoptr (KafStatement) statement = NULL;

  if (self->only == NULL)
    return GPOINTER_TO_UINT (g_hash_table_lookup (self->missions, mission));
  statement =
      kaf_database_prepare (self->db, DELIVERED " AND x.mission = ?1 GROUP BY x.mission", NULL);
  if (statement == NULL)
    return KAF_DAY_UNKNOWN;
  kaf_statement_bind_text (statement, 1, mission);
  return kaf_database_step (self->db, statement, NULL) ? get_delivered (self->db, statement)
                                                       : KAF_DAY_UNKNOWN;
}

static void
take_mission (Reading *self, Person *person, KafStatement *row)
{
  if (sqlite3_column_int (row, 2))
    person->facts.mission_on =
        earlier (person->facts.mission_on, find_delivered (self, kaf_statement_text (row, 1)));
  if (kaf_statement_text (row, 3) != NULL)
    person->facts.answered_on = earlier (person->facts.answered_on, get_day (row, 3));
}

/* Persons */

static gboolean
take_persons (Reading *self, KafStatement *statement, GError **error)
{
  GError *local = NULL;

  while (kaf_database_step (self->db, statement, &local))
    {
      KafDay verified = kaf_target_verified (kaf_statement_text (statement, 2),
                                             get_day (statement, 3), get_day (statement, 4));
      Person *person;

      /* Of one, that she is here is told all the same. */
      if (verified == KAF_DAY_UNKNOWN && self->only == NULL)
        continue;
      person = g_new0 (Person, 1);
      person->rid = sqlite3_column_int64 (statement, 0);
      person->facts.verified_on = verified;
      person->facts.declared_on = get_day (statement, 5);
      person->facts.signed_up_on = get_day (statement, 6);
      g_hash_table_insert (self->persons, g_strdup (kaf_statement_text (statement, 1)), person);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_part (Reading *self, const char *all, const char *one, Take take, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db, self->only != NULL ? one : all, error);
  GError *local = NULL;

  if (statement == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->only != NULL)
    kaf_statement_bind_text (statement, 1, self->only);
  while (kaf_database_step (self->db, statement, &local))
    {
      Person *person = g_hash_table_lookup (self->persons, kaf_statement_text (statement, 0));

      if (person != NULL)
        take (self, person, statement);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Who is neither an expert nor a project holder is in the reference for another reason: an office, say. */
#define PERSONS                                                                                    \
  "SELECT h.rid, h.id, p.status, p.verified_on, p.confirmed_on, p.declared_on,"                    \
  " (SELECT e.signed_up_on FROM expert e WHERE e.rid = h.rid AND e.deleted_at IS NULL)"
#define ALL                                                                                        \
  " FROM person p CROSS JOIN head h ON h.rid = p.rid WHERE h.deleted = 0 AND h.facets <> 0"
#define ONE                                                                                        \
  " FROM head h CROSS JOIN person p ON p.rid = h.rid WHERE h.id = ?1 AND h.entity = 'person' AND"  \
  " h.deleted = 0 AND h.facets <> 0"
#define LIVE " AND x.deleted_at IS NULL"
#define OWN " AND x.person = ?1"
#define PART(sql, take) read_part (self, sql, sql OWN, take, error)

static gboolean
read_parts (Reading *self, GError **error)
{
  return PART ("SELECT x.person, x.source, x.claimed_on, x.created_at FROM source_claim x"
               " WHERE x.source IS NOT NULL AND x.person IS NOT NULL" LIVE,
               take_claim) &&
         PART ("SELECT x.person, x.held_on FROM contact x WHERE x.outcome IN ('answered',"
               " 'interested', 'documents') AND x.person IS NOT NULL" LIVE,
               take_answer) &&
         PART ("SELECT x.person, x.starts_on, x.ends_on, x.days FROM contribution x"
               " WHERE x.person IS NOT NULL" LIVE,
               take_gift) &&
         PART ("SELECT x.person, x.mission, x.answer = 'retained' OR (x.answer = 'interested' AND"
               " x.agreed_on IS NOT NULL), x.answered_on FROM mission_expert x"
               " WHERE x.answer IN ('interested', 'retained', 'reserve')" LIVE,
               take_mission);
}

static void
tell (Reading *self, Person *person, KafTargetLine *line)
{
  line->rid = person->rid;
  person->facts.second_claim_on = person->sources.day[1];
  if (person->gifts != NULL)
    person->facts.contribution_on =
        kaf_target_contributed ((KafTargetGift *) person->gifts->data, person->gifts->len,
                                (const KafTargetTerm *) self->terms->data, self->terms->len);
  kaf_target_stages (&person->facts, line->reached);
}

static void
reading_init (Reading *self, KafDatabase *db, const char *only)
{
  *self = (Reading){ .db = db, .only = only };
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
reading_clear (Reading *self)
{
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->missions);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const KafTargetLine *one = a, *two = b;

  return one->rid < two->rid ? -1 : one->rid > two->rid;
}

static gboolean
read_all (Reading *self, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, PERSONS ALL, error);

  if (statement == NULL || !take_persons (self, statement, error))
    return FALSE;
  /* What a long list says of those who are not verified yet, all of it, would be read for nothing. */
  return g_hash_table_size (self->persons) == 0 ||
         (read_missions (self, error) && read_parts (self, error));
}

GArray *
kaf_target_facts_read_all (KafDatabase *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (KafTargetLine));
  g_autoptr (GArray) terms = kaf_target_terms_read (db, error);
  gboolean entered;
  gboolean done;
  GHashTableIter iter;
  gpointer person;
  Reading self;

  if (terms == NULL)
    return NULL;
  reading_init (&self, db, NULL);
  self.cancellable = cancellable;
  self.terms = terms;
  entered = kaf_database_enter_read (db);
  done = read_all (&self, error);
  kaf_database_leave_read (db, entered);
  g_hash_table_iter_init (&iter, self.persons);
  while (done && g_hash_table_iter_next (&iter, NULL, &person))
    {
      KafTargetLine line;

      tell (&self, person, &line);
      if (line.reached[KAF_TARGET_IDENTIFIED] != KAF_DAY_UNKNOWN)
        g_array_append_val (lines, line);
    }
  reading_clear (&self);
  if (!done)
    return NULL;
  g_array_sort (lines, compare_lines);
  return g_steal_pointer (&lines);
}

static gboolean
read_one (Reading *self, KafTargetLine *line, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, PERSONS ONE, error);
  Person *person;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->only);
  if (!take_persons (self, statement, error))
    return FALSE;
  person = g_hash_table_lookup (self->persons, self->only);
  if (person == NULL)
    return TRUE;
  line->rid = person->rid;
  if (person->facts.verified_on == KAF_DAY_UNKNOWN)
    return TRUE;
  if (!read_parts (self, error))
    return FALSE;
  tell (self, person, line);
  return TRUE;
}

gboolean
kaf_target_facts_read (
    KafDatabase *db, const char *person, const GArray *terms, KafTargetLine *line, GError **error)
{
  Reading self;
  gboolean done;

  *line = (KafTargetLine){ 0 };
  reading_init (&self, db, person);
  self.terms = terms;
  done = read_one (&self, line, error);
  reading_clear (&self);
  return done;
}
