/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes: experts, what else they do meanwhile; and who of us wrote what step 6 approves. */
#include "config.h"

#include "store/kaf-missions-private.h"

#include <string.h>

#define STEPS_EXPERTS (1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10)
#define STEPS_ENGAGEMENTS (1 << 3 | 1 << 4 | 1 << 6)

/* "14:30" as minutes of the day; -1: not a time. */
static int
parse_minute (const char *text)
{
  guint64 hour, minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':')
    return -1;
  hour = g_ascii_strtoull (text, NULL, 10);
  minute = g_ascii_strtoull (text + 3, NULL, 10);
  return hour < 24 && minute < 60 ? (int) (hour * 60 + minute) : -1;
}

/* What the rules ask of a person, whatever the mission. */
typedef struct
{
  gboolean here, opposed, gone, consents, is_member, has_cv;
  char *country, *languages; /* nullable */
  KafDay confirmed_on, cv_on;
} Person;

static void
free_person (gpointer data)
{
  Person *self = data;

  g_free (self->country);
  g_free (self->languages);
  g_free (self);
}

#define PERSON                                                                                     \
  "SELECT p.status, p.country, p.confirmed_on, (SELECT group_concat (value, char (10)) FROM"       \
  " (SELECT s.value || coalesce (char (9) || s.detail, '') AS value FROM person_set s"             \
  " WHERE s.rid = p.rid AND s.field = 'languages' AND s.removed IS NULL ORDER BY s.position)),"    \
  " EXISTS (SELECT 1 FROM consent c WHERE c.person = ?1 AND c.purpose IN ('sharing', 'mission')"   \
  " AND c.withdrawn_on IS NULL AND c.deleted_at IS NULL),"                                         \
  " EXISTS (SELECT 1 FROM membership c WHERE c.person = ?1 AND c.deleted_at IS NULL"               \
  " AND (c.valid_to IS NULL OR c.valid_to >= substr (date (), 1, length (c.valid_to)))),"          \
  " (SELECT max (a.created_at) FROM attachment a WHERE a.owner = ?1 AND a.role = 'cv'"             \
  " AND a.deleted_at IS NULL),"                                                                    \
  " EXISTS (SELECT 1 FROM expert e WHERE e.rid = p.rid AND e.cv IS NOT NULL"                       \
  " AND e.deleted_at IS NULL)"                                                                     \
  " FROM head h CROSS JOIN person p ON p.rid = h.rid"                                              \
  " WHERE h.id = ?1 AND h.entity = 'person' AND p.deleted_at IS NULL"

static void
fill_person (Person *self, KafStatement *row)
{
  const char *status = kaf_statement_text (row, 0);

  self->here = TRUE;
  self->opposed = g_strcmp0 (status, "opposed") == 0;
  self->gone = g_strcmp0 (status, "erased") == 0;
  self->country = g_strdup (kaf_statement_text (row, 1));
  self->confirmed_on = kaf_mission_get_day (row, 2);
  self->languages = g_strdup (kaf_statement_text (row, 3));
  self->consents = sqlite3_column_int (row, 4) != 0;
  self->is_member = sqlite3_column_int (row, 5) != 0;
  self->cv_on = kaf_mission_get_moment_day (row, 6);
  self->has_cv = sqlite3_column_int (row, 7) != 0 || self->cv_on != KAF_DAY_UNKNOWN;
}

/* Read once, in however many missions she is. */
static const Person *
find_person (KafMissionReading *self, const char *id)
{
  Person *one = NULL;

  if (self->persons == NULL)
    self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  else
    one = g_hash_table_lookup (self->persons, id);
  if (one == NULL)
    {
      g_autoptr (KafStatement) statement = NULL;

      one = g_new0 (Person, 1);
      g_hash_table_insert (self->persons, g_strdup (id), one);
      if (self->failure == NULL)
        statement = kaf_database_prepare (self->db, PERSON, &self->failure);
      if (statement != NULL)
        kaf_statement_bind_text (statement, 1, id);
      if (statement != NULL && kaf_database_step (self->db, statement, &self->failure))
        fill_person (one, statement);
    }
  return one;
}

static void
take_person (KafMissionReading *self, KafMissionExpert *expert)
{
  const Person *person = expert->person != NULL ? find_person (self, expert->person) : NULL;

  expert->here = person != NULL && person->here;
  if (!expert->here)
    {
      self->mission->partial |= self->is_part;
      expert->gone = !self->is_part;
      return;
    }
  expert->opposed = person->opposed;
  expert->gone = person->gone;
  expert->country = kaf_mission_keep (self->mission, person->country);
  expert->confirmed_on = person->confirmed_on;
  expert->languages = kaf_mission_keep (self->mission, person->languages);
  expert->consents = person->consents;
  expert->in_network = person->is_member || expert->network != NULL;
  expert->cv_on = person->cv_on;
  expert->has_cv = person->has_cv;
}

static void
take_expert (KafMissionReading *self, KafStatement *row)
{
  KafMissionExpert *one = kaf_mission_add_expert (self->mission, kaf_statement_text (row, 1));

  one->person = kaf_mission_get_text (self, row, 2);
  one->network = kaf_mission_get_text (self, row, 3);
  one->answer = kaf_mission_get_text (self, row, 4);
  one->window_from = kaf_mission_get_day (row, 5);
  one->window_to = kaf_mission_get_day (row, 6);
  one->contacted_on = kaf_mission_get_day (row, 7);
  one->answered_on = kaf_mission_get_day (row, 8);
  one->agreed_on = kaf_mission_get_day (row, 9);
  one->arrives_on = kaf_mission_get_day (row, 10);
  one->arrives_minute = parse_minute (kaf_statement_text (row, 11));
  one->order_number = kaf_mission_get_text (self, row, 12);
  one->order_on = kaf_mission_get_day (row, 13);
  take_person (self, one);
}

static KafBusy
parse_busy (const char *code)
{
  if (g_strcmp0 (code, "busy") == 0)
    return KAF_BUSY_FIRM;
  return g_strcmp0 (code, "free") == 0 ? KAF_BUSY_FREE : KAF_BUSY_TENTATIVE;
}

/* Columns: mission, expert, from, to, part ("day", "am", "pm"), kind, the other mission. */
static void
take_engagement (KafMissionReading *self, KafStatement *row)
{
  KafMissionExpert *expert = kaf_mission_find_expert (self->mission, kaf_statement_text (row, 1));
  const char *part = kaf_statement_text (row, 4);
  KafEngagement *one;

  if (expert == NULL)
    return;
  one = kaf_mission_expert_add_engagement (expert);
  one->from = kaf_mission_get_day (row, 2);
  one->to = kaf_mission_get_day (row, 3);
  if (one->to == KAF_DAY_UNKNOWN)
    one->to = one->from;
  one->morning = g_strcmp0 (part, "pm") != 0;
  one->afternoon = g_strcmp0 (part, "am") != 0;
  one->kind = parse_busy (kaf_statement_text (row, 5));
  one->mission = kaf_mission_get_text (self, row, 6);
}

/* Editors */

static void
add_editor (GPtrArray *editors, const char *who)
{
  if (who != NULL && !g_ptr_array_find_with_equal_func (editors, who, g_str_equal, NULL))
    g_ptr_array_add (editors, g_strdup (who));
}

static gboolean
add_editors (KafMissionReading *self, const char *sql, GPtrArray *editors, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->mission->id);
  while (kaf_database_step (self->db, statement, &local))
    add_editor (editors, kaf_statement_text (statement, 0));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Large groups (an import) tell the author of a row by its creation: they are not searched for a field. */
#define JOURNAL_OF(rid)                                                                            \
  " CROSS JOIN op o ON o.rid = " rid " CROSS JOIN op_group g ON g.seq = o.seq AND g.n_ops <= 50"   \
  " CROSS JOIN json_each (coalesce (g.payload, g.remainder, '[]')) j"

#define WRITES(field) "json_type (j.value, '$.f." field "') IS NOT NULL"

/* Who wrote a session, or took one out; who brought in somebody who comes, or said that she comes; who gave or changed
 * dates and place; who said what a line of the budget costs and who pays it, or took one out. To note an agreement, an
 * order or what was spent is no edit of what is approved. */
gboolean
kaf_mission_read_editors (KafMissionReading *self, GError **error)
{
  static const char *const ways[] = {
    "SELECT x.created_by FROM programme_item x INDEXED BY programme_item__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NULL",
    "SELECT x.updated_by FROM programme_item x INDEXED BY programme_item__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NULL",
    "SELECT g.author FROM programme_item x INDEXED BY programme_item__mission"
    " CROSS JOIN op o ON o.rid = x.rid CROSS JOIN op_group g ON g.seq = o.seq"
    " WHERE x.mission = ?1 AND x.deleted_at IS NULL",
    "SELECT x.created_by FROM mission_expert x INDEXED BY mission_expert__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NULL AND x.answer IN ('interested', 'retained')",
    "SELECT g.author FROM mission_expert x INDEXED BY mission_expert__mission" JOURNAL_OF (
        "x.rid") " WHERE x.mission = ?1 AND x.deleted_at IS NULL AND json_extract (j.value, '$.i') ="
                 " " KAF_MISSION_ID_OF ("x.rid") " AND " WRITES ("answer"),
    "SELECT g.author FROM head h" JOURNAL_OF (
        "h.rid") " WHERE h.id = ?1 AND h.entity = 'mission' AND json_extract (j.value, '$.i') = h.id"
                 " AND (" WRITES ("starts_on") " OR " WRITES ("ends_on") " OR " WRITES ("place_fr") " OR " WRITES (
                     "place_ar") " OR " WRITES ("territory") " OR " WRITES ("mode") ")",
    "SELECT x.updated_by FROM programme_item x INDEXED BY programme_item__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NOT NULL",
    "SELECT x.updated_by FROM budget_line x INDEXED BY budget_line__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NOT NULL",
    "SELECT x.created_by FROM budget_line x INDEXED BY budget_line__mission"
    " WHERE x.mission = ?1 AND x.deleted_at IS NULL",
    /* Those of kaf_budget_validates(). */
    "SELECT g.author FROM budget_line x INDEXED BY budget_line__mission" JOURNAL_OF (
        "x.rid") " WHERE x.mission = ?1 AND x.deleted_at IS NULL AND json_extract (j.value, '$.i') ="
                 " " KAF_MISSION_ID_OF ("x.rid") " AND (" WRITES ("mission") " OR " WRITES ("label_fr") " OR " WRITES ("label_ar") " OR " WRITES (
                     "category") " OR " WRITES ("quantity") " OR " WRITES ("unit_price") " OR " WRITES ("payer") " OR " WRITES ("basis") ")",
  };
  g_autoptr (GPtrArray) editors = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (!add_editors (self, ways[i], editors, error))
      return FALSE;
  g_ptr_array_sort (editors, compare_names);
  g_strfreev (self->mission->editors);
  g_ptr_array_add (editors, NULL);
  self->mission->editors = g_strdupv ((char **) editors->pdata);
  return TRUE;
}

/* What another mission has her do on days that this one knows of, as @trainer: her sessions by its @index, not all of
 * that mission. */
#define ELSEWHERE(index, trainer)                                                                                                    \
  "SELECT w.id, " KAF_MISSION_ID ", i.held_on, i.held_on, i.half,"                                                                   \
  " CASE o.answer WHEN 'retained' THEN 'busy' ELSE 'tentative' END, o.mission" KAF_MISSION_ROWS (                                    \
      "mission_expert") " CROSS JOIN mission m ON m.rid = w.rid"                                                                     \
                        " CROSS JOIN mission_expert o INDEXED BY mission_expert__person ON o.person = x.person"                      \
                        " AND o.mission <> w.id"                                                                                     \
                        " CROSS JOIN mission n ON n.rid = " KAF_MISSION_ROW_OF (                                                     \
                            "o.mission",                                                                                             \
                            "mission") " CROSS JOIN mission_now k ON k.rid = n.rid AND k.state IN ('open', 'on_hold')"               \
                                       " CROSS JOIN programme_item i INDEXED BY " index                                              \
                                       " ON " trainer " = " KAF_MISSION_ID_OF (                                                      \
                                           "o.rid") " AND i.mission = o.mission WHERE x.deleted_at IS NULL AND o.deleted_at IS NULL" \
                                                    " AND o.answer IN ('interested', 'retained') AND n.deleted_at IS NULL"           \
                                                    " AND coalesce (n.ends_on, '9999') >= coalesce (m.starts_on, '')"                \
                                                    " AND coalesce (n.starts_on, '') <= coalesce (m.ends_on, '9999')"                \
                                                    " AND i.deleted_at IS NULL AND i.held_on IS NOT NULL"                            \
                                                    " AND coalesce (i.state, '') <> 'cancelled'"

const KafMissionPart kaf_mission_parts_people[] = {
  { "SELECT w.id, " KAF_MISSION_ID ", x.person, x.network, x.answer, x.window_from, x.window_to,"
    " x.contacted_on, x.answered_on, x.agreed_on, x.arrives_on, x.arrives_at, x.order_number,"
    " x.order_on" KAF_MISSION_ROWS ("mission_expert") " WHERE x.deleted_at IS NULL",
    NULL, STEPS_EXPERTS, take_expert },
  { "SELECT w.id, " KAF_MISSION_ID
    ", v.valid_from, v.valid_to, v.part, v.kind, NULL" KAF_MISSION_ROWS (
        "mission_expert") " CROSS JOIN mission m ON m.rid = w.rid"
                          " CROSS JOIN availability v INDEXED BY availability__person ON v.person = x.person"
                          " WHERE x.deleted_at IS NULL AND v.deleted_at IS NULL"
                          " AND coalesce (v.valid_to, v.valid_from, '') >= coalesce (m.starts_on, '')",
    NULL, STEPS_ENGAGEMENTS, take_engagement },
  { ELSEWHERE ("programme_item__trainer", "i.trainer"), KAF_MISSION_SHARED, STEPS_ENGAGEMENTS,
    take_engagement },
  { ELSEWHERE ("programme_item__second_trainer",
               "i.second_trainer") " AND i.trainer IS NOT i.second_trainer",
    KAF_MISSION_SHARED, STEPS_ENGAGEMENTS, take_engagement },
  { NULL, NULL, 0, NULL },
};
