/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of project holders.
 *
 * Of all, each kind of part is one walk through its table: what belongs to a holder is found by her id in a hash, and put
 * in order once it is all there. Of one, the same rows come by the index of their parent. Ids of parts are read only where
 * two of the same day have to be told apart, so that it is the same on every device. */
#include "config.h"

#include "store/kaf-holders.h"

#include <string.h>

#include "rules/holder/kaf-score-facts.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

typedef struct
{
  guint owner; /* index of the holder */
  gint64 rid;
  KafHolderProject project;
  gint64 stage_rid;
} Project;

typedef struct
{
  guint owner;
  gint64 rid;
  const char *id; /* read where it is needed */
  KafHolderContact contact;
} Contact;

typedef struct
{
  guint owner;
  KafTierOverride override;
} Override;

typedef struct
{
  KafDatabase *db;
  KafHolders *all;
  const char *id; /* of the one; NULL: all */
  GCancellable *cancellable;
  GArray *projects, *contacts, *overrides; /* of Project, Contact, Override: as they are read */
  GHashTable *projects_by_id;              /* id → index + 1 */
  GHashTable *brought;                     /* of all: organisation → how many it passed on */
  guint expert_bit;
} Reading;

typedef void (*TakeFunc) (Reading *self, KafStatement *row);

/* Reading rows */

static const char *
keep (Reading *self, KafStatement *row, int column)
{
  const char *text = kaf_statement_text (row, column);

  return text != NULL ? g_string_chunk_insert_const (self->all->texts, text) : NULL;
}

static gint64
get_number (KafStatement *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? KAF_HOLDER_UNKNOWN
                                                          : sqlite3_column_int64 (row, column);
}

static KafDay
get_day (KafStatement *row, int column)
{
  return kaf_day_parse (kaf_statement_text (row, column));
}

/* The index of the holder named in that column; FALSE: she is none of ours. */
static gboolean
find_owner (Reading *self, KafStatement *row, int column, guint *owner)
{
  const char *id = kaf_statement_text (row, column);
  guint found = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->all->by_id, id)) : 0;

  *owner = found - 1;
  return found > 0;
}

static KafHolderLine *
get_line (Reading *self, guint i)
{
  return &g_array_index (self->all->lines, KafHolderLine, i);
}

static gboolean
read_rows (Reading *self, const char *all, const char *one, TakeFunc take, GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  statement = kaf_database_prepare (self->db, self->id != NULL ? one : all, error);
  if (statement == NULL)
    return FALSE;
  if (self->id != NULL && sqlite3_bind_parameter_count (statement) > 0)
    kaf_statement_bind_text (statement, 1, self->id);
  while (kaf_database_step (self->db, statement, &local))
    take (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Holders */

static void
take_territory (Reading *self, KafStatement *row)
{
  const char *code = keep (self, row, 0);
  const char *parent = keep (self, row, 1);

  if (code != NULL)
    g_hash_table_insert (self->all->regions, (gpointer) code,
                         (gpointer) (parent != NULL ? parent : code));
}

static const char *
find_region (Reading *self, const char *territory)
{
  return territory != NULL ? g_hash_table_lookup (self->all->regions, territory) : NULL;
}

static void
take_holder (Reading *self, KafStatement *row)
{
  KafHolderLine line = { .rid = (guint32) sqlite3_column_int64 (row, 1) };
  KafHolder *facts = &line.facts;

  facts->id = keep (self, row, 0);
  facts->is_expert = ((guint) sqlite3_column_int (row, 2) & self->expert_bit) != 0;
  facts->counsellor = keep (self, row, 3);
  facts->horizon = keep (self, row, 4);
  facts->experience_years = get_number (row, 5);
  facts->registered_on = get_day (row, 6);
  facts->post = keep (self, row, 7);
  facts->relay_willing = get_number (row, 8);
  facts->relay_reach = get_number (row, 9);
  facts->territory = keep (self, row, 10);
  facts->region = find_region (self, facts->territory);
  facts->country = keep (self, row, 11);
  g_array_append_val (self->all->lines, line);
  g_hash_table_insert (self->all->by_id, (gpointer) facts->id,
                       GUINT_TO_POINTER (self->all->lines->len));
}

#define HOLDER_COLUMNS                                                                             \
  "SELECT h.id, h.rid, h.facets, e.counsellor, e.horizon, e.experience_years, e.registered_on,"    \
  " e.post, e.relay_willing, e.relay_reach, p.territory, p.country"

static gboolean
read_holders (Reading *self, GError **error)
{
  return read_rows (self, "SELECT code, parent FROM territory WHERE deleted_at IS NULL",
                    "SELECT code, parent FROM territory WHERE deleted_at IS NULL", take_territory,
                    error) &&
         read_rows (self,
                    HOLDER_COLUMNS " FROM project_holder e CROSS JOIN head h ON h.rid = e.rid"
                                   " CROSS JOIN person p ON p.rid = e.rid"
                                   " WHERE e.deleted_at IS NULL AND h.deleted = 0",
                    HOLDER_COLUMNS " FROM head h CROSS JOIN project_holder e ON e.rid = h.rid"
                                   " CROSS JOIN person p ON p.rid = h.rid WHERE h.id = ?1"
                                   " AND h.entity = 'person' AND h.deleted = 0"
                                   " AND e.deleted_at IS NULL",
                    take_holder, error);
}

/* Projects and how far they are */

/* In dirhams where it is stated so, or was converted. */
static gint64
get_dirhams (KafStatement *row, int column)
{
  if (g_strcmp0 (kaf_statement_text (row, column + 1), "MAD") == 0)
    return get_number (row, column);
  return get_number (row, column + 2);
}

static void
take_project (Reading *self, KafStatement *row)
{
  Project one = { .rid = sqlite3_column_int64 (row, 1) };
  KafHolderProject *project = &one.project;

  if (!find_owner (self, row, 2, &one.owner))
    return;
  project->id = keep (self, row, 0);
  project->sector = keep (self, row, 3);
  project->territory = keep (self, row, 4);
  project->region = find_region (self, project->territory);
  project->amount = get_dirhams (row, 5);
  project->secured = get_dirhams (row, 8);
  project->jobs = get_number (row, 11);
  project->jobs_permanent = get_number (row, 12);
  project->land = keep (self, row, 13);
  project->market_studied = get_number (row, 14);
  project->file_completed_on = get_day (row, 15);
  project->next_on = get_day (row, 16);
  g_array_append_val (self->projects, one);
  g_hash_table_insert (self->projects_by_id, (gpointer) project->id,
                       GUINT_TO_POINTER (self->projects->len));
}

/* (transfer full) (nullable) */
static char *
dup_id (KafDatabase *db, gint64 rid)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT id FROM head WHERE rid = ?", NULL);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

/* Of the same day, the greater id: it was made later. */
static gboolean
comes_after (KafDatabase *db, gint64 rid, gint64 other)
{
  g_autofree char *one = dup_id (db, rid);
  g_autofree char *two = dup_id (db, other);

  return g_strcmp0 (one, two) > 0;
}

static void
take_stage (Reading *self, KafStatement *row)
{
  const char *id = kaf_statement_text (row, 1);
  guint at = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->projects_by_id, id)) : 0;
  KafStage stage = kaf_stage_from_id (kaf_statement_text (row, 2));
  KafDay day = get_day (row, 3);
  gint64 rid = sqlite3_column_int64 (row, 0);
  Project *project;

  if (at == 0 || stage == KAF_STAGE_NONE || day == KAF_DAY_UNKNOWN || day > self->all->as_of)
    return;
  project = &g_array_index (self->projects, Project, at - 1);
  if (day < project->project.stage_since ||
      (day == project->project.stage_since && !comes_after (self->db, rid, project->stage_rid)))
    return;
  project->project.stage = stage;
  project->project.stage_since = day;
  project->stage_rid = rid;
}

#define PROJECT_COLUMNS                                                                             \
  "SELECT h.id, x.rid, x.person, x.sector, x.territory, x.amount, x.amount_currency, x.amount_mad," \
  " x.secured, x.secured_currency, x.secured_mad, x.jobs, x.jobs_permanent, x.land,"                \
  " x.market_studied, x.file_completed_on, x.next_on FROM project x"                                \
  " CROSS JOIN head h ON h.rid = x.rid WHERE x.deleted_at IS NULL"
#define STAGE_COLUMNS "SELECT x.rid, x.project, x.stage, x.reached_on FROM "

static gboolean
read_projects (Reading *self, GError **error)
{
  return read_rows (self, PROJECT_COLUMNS, PROJECT_COLUMNS " AND x.person = ?1", take_project,
                    error) &&
         read_rows (self, STAGE_COLUMNS "project_stage x WHERE x.deleted_at IS NULL",
                    STAGE_COLUMNS "project p CROSS JOIN head h ON h.rid = p.rid"
                                  " CROSS JOIN project_stage x ON x.project = h.id"
                                  " WHERE p.person = ?1 AND p.deleted_at IS NULL"
                                  " AND x.deleted_at IS NULL",
                    take_stage, error);
}

/* Exchanges, decisions, offices */

static void
take_contact (Reading *self, KafStatement *row)
{
  Contact one = { .rid = sqlite3_column_int64 (row, 0) };

  one.contact.held_on = get_day (row, 2);
  if (one.contact.held_on == KAF_DAY_UNKNOWN || one.contact.held_on > self->all->as_of ||
      !find_owner (self, row, 1, &one.owner))
    return;
  one.contact.channel = keep (self, row, 3);
  one.contact.outcome = keep (self, row, 4);
  one.contact.next_on = get_day (row, 5);
  g_array_append_val (self->contacts, one);
}

static void
take_override (Reading *self, KafStatement *row)
{
  Override one = { 0 };
  const char *tier = kaf_statement_text (row, 2);

  if (!find_owner (self, row, 1, &one.owner))
    return;
  one.override.id = keep (self, row, 0);
  one.override.tier = tier != NULL ? *tier : '\0';
  one.override.decided_on = get_day (row, 3);
  one.override.until = get_day (row, 4);
  g_array_append_val (self->overrides, one);
}

/* Whether a period known to the year, the month or the day holds. */
static gboolean
holds (Reading *self, KafStatement *row, int column)
{
  const char *to = kaf_statement_text (row, column + 1);

  return get_day (row, column) <= self->all->as_of &&
         (to == NULL || kaf_day_parse_end (to) >= self->all->as_of);
}

static void
take_membership (Reading *self, KafStatement *row)
{
  guint owner;

  if (find_owner (self, row, 0, &owner) && holds (self, row, 1))
    get_line (self, owner)->facts.memberships++;
}

static guint
count_brought (Reading *self, const char *organisation)
{
  g_autoptr (KafStatement) statement = NULL;

  if (self->id == NULL)
    return GPOINTER_TO_UINT (g_hash_table_lookup (self->brought, organisation));
  statement = kaf_database_prepare (
      self->db,
      "SELECT count(*) FROM project_holder e CROSS JOIN head h ON h.rid = e.rid"
      " WHERE e.brought_by = ? AND e.deleted_at IS NULL AND h.deleted = 0",
      NULL);
  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, organisation);
  return kaf_database_step (self->db, statement, NULL) ? (guint) sqlite3_column_int (statement, 0)
                                                       : 0;
}

static void
take_mandate (Reading *self, KafStatement *row)
{
  const char *organisation = kaf_statement_text (row, 3);
  guint owner;

  if (!find_owner (self, row, 0, &owner) || !holds (self, row, 1))
    return;
  get_line (self, owner)->facts.mandates++;
  if (organisation != NULL)
    get_line (self, owner)->facts.brought += count_brought (self, organisation);
}

static void
take_brought (Reading *self, KafStatement *row)
{
  g_hash_table_insert (self->brought, (gpointer) keep (self, row, 0),
                       GUINT_TO_POINTER (sqlite3_column_int (row, 1)));
}

#define CONTACTS                                                                                   \
  "SELECT rid, person, held_on, channel, outcome, next_on FROM contact WHERE deleted_at IS NULL"
#define OVERRIDES                                                                                  \
  "SELECT h.id, x.person, x.tier, x.decided_on, x.until FROM tier_override x"                      \
  " CROSS JOIN head h ON h.rid = x.rid WHERE x.deleted_at IS NULL"
#define MEMBERSHIPS "SELECT person, valid_from, valid_to FROM membership WHERE deleted_at IS NULL"
#define MANDATES                                                                                   \
  "SELECT person, valid_from, valid_to, organisation FROM mandate WHERE deleted_at IS NULL"
#define BROUGHT                                                                                    \
  "SELECT e.brought_by, count(*) FROM project_holder e CROSS JOIN head h ON h.rid = e.rid"         \
  " WHERE e.brought_by IS NOT NULL AND e.deleted_at IS NULL AND h.deleted = 0 GROUP BY 1"

static gboolean
read_rest (Reading *self, GError **error)
{
  return read_rows (self, CONTACTS " AND person IS NOT NULL", CONTACTS " AND person = ?1",
                    take_contact, error) &&
         read_rows (self, OVERRIDES, OVERRIDES " AND x.person = ?1", take_override, error) &&
         read_rows (self, MEMBERSHIPS, MEMBERSHIPS " AND person = ?1", take_membership, error) &&
         (self->id != NULL || read_rows (self, BROUGHT, NULL, take_brought, error)) &&
         read_rows (self, MANDATES, MANDATES " AND person = ?1", take_mandate, error);
}

/* In order, and with their holders */

static int
rank_stage (KafStage stage)
{
  return stage < KAF_STAGE_LAUNCHED ? 0 : (int) stage;
}

static int
compare_projects (gconstpointer a, gconstpointer b)
{
  const Project *one = a, *two = b;
  int ranks = rank_stage (one->project.stage) - rank_stage (two->project.stage);

  if (one->owner != two->owner)
    return one->owner < two->owner ? -1 : 1;
  return ranks != 0 ? ranks : strcmp (one->project.id, two->project.id);
}

static int
compare_contacts (gconstpointer a, gconstpointer b)
{
  const Contact *one = a, *two = b;

  if (one->owner != two->owner)
    return one->owner < two->owner ? -1 : 1;
  if (one->contact.held_on != two->contact.held_on)
    return one->contact.held_on > two->contact.held_on ? -1 : 1;
  return -g_strcmp0 (one->id, two->id);
}

static gboolean
are_twins (const Contact *one, const Contact *two)
{
  return one->owner == two->owner && one->contact.held_on == two->contact.held_on;
}

static void
name_contact (Reading *self, Contact *contact)
{
  g_autofree char *id = contact->id == NULL ? dup_id (self->db, contact->rid) : NULL;

  if (id != NULL)
    contact->id = g_string_chunk_insert_const (self->all->texts, id);
}

static void
order_contacts (Reading *self)
{
  gboolean twins = FALSE;

  g_array_sort (self->contacts, compare_contacts);
  for (guint i = 1; i < self->contacts->len; i++)
    {
      Contact *one = &g_array_index (self->contacts, Contact, i);

      if (!are_twins (one, one - 1))
        continue;
      name_contact (self, one - 1);
      name_contact (self, one);
      twins = TRUE;
    }
  if (twins)
    g_array_sort (self->contacts, compare_contacts);
}

static int
compare_overrides (gconstpointer a, gconstpointer b)
{
  const Override *one = a, *two = b;

  if (one->owner != two->owner)
    return one->owner < two->owner ? -1 : 1;
  return strcmp (one->override.id, two->override.id);
}

/* Arrays have their last place by now: what points into them stays. */
static void
hand_out (Reading *self)
{
  KafHolders *all = self->all;

  for (guint i = 0; i < self->projects->len; i++)
    {
      const Project *one = &g_array_index (self->projects, Project, i);
      KafHolder *facts = &get_line (self, one->owner)->facts;

      g_array_append_val (all->projects, one->project);
      if (facts->n_projects++ == 0)
        facts->projects = &g_array_index (all->projects, KafHolderProject, i);
    }
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const Contact *one = &g_array_index (self->contacts, Contact, i);
      KafHolder *facts = &get_line (self, one->owner)->facts;

      g_array_append_val (all->contacts, one->contact);
      if (facts->n_contacts++ == 0)
        {
          facts->contacts = &g_array_index (all->contacts, KafHolderContact, i);
          facts->last_contact_on = one->contact.held_on;
        }
    }
  for (guint i = 0; i < self->overrides->len; i++)
    {
      const Override *one = &g_array_index (self->overrides, Override, i);
      KafHolderLine *line = get_line (self, one->owner);

      g_array_append_val (all->overrides, one->override);
      if (line->n_overrides++ == 0)
        line->overrides = &g_array_index (all->overrides, KafTierOverride, i);
    }
}

static void
bring_together (Reading *self)
{
  KafHolders *all = self->all;

  g_array_sort (self->projects, compare_projects);
  order_contacts (self);
  g_array_sort (self->overrides, compare_overrides);
  all->projects = g_array_sized_new (FALSE, FALSE, sizeof (KafHolderProject), self->projects->len);
  all->contacts = g_array_sized_new (FALSE, FALSE, sizeof (KafHolderContact), self->contacts->len);
  all->overrides = g_array_sized_new (FALSE, FALSE, sizeof (KafTierOverride), self->overrides->len);
  hand_out (self);
}

KafHolders *
kaf_holders_read (
    KafDatabase *db, const char *id, KafDay as_of, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafHolders) all = g_new0 (KafHolders, 1);
  g_autoptr (GArray) projects = g_array_new (FALSE, FALSE, sizeof (Project));
  g_autoptr (GArray) contacts = g_array_new (FALSE, FALSE, sizeof (Contact));
  g_autoptr (GArray) overrides = g_array_new (FALSE, FALSE, sizeof (Override));
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) brought = g_hash_table_new (g_str_hash, g_str_equal);
  Reading self = { db, all, id, cancellable, projects, contacts, overrides, by_id, brought, 0 };
  gboolean entered;
  gboolean done;

  all->as_of = as_of;
  all->lines = g_array_new (FALSE, FALSE, sizeof (KafHolderLine));
  all->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  all->regions = g_hash_table_new (g_str_hash, g_str_equal);
  all->texts = g_string_chunk_new (id != NULL ? 4096 : 65536);
  self.expert_bit = kaf_registry_find ("expert")->facet;
  entered = kaf_database_enter_read (db);
  done = read_holders (&self, error) &&
         (all->lines->len == 0 || (read_projects (&self, error) && read_rest (&self, error)));
  if (done)
    bring_together (&self);
  kaf_database_leave_read (db, entered);
  return done ? g_steal_pointer (&all) : NULL;
}

void
kaf_holders_free (KafHolders *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->lines);
  g_clear_pointer (&self->projects, g_array_unref);
  g_clear_pointer (&self->contacts, g_array_unref);
  g_clear_pointer (&self->overrides, g_array_unref);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->regions);
  g_string_chunk_free (self->texts);
  g_free (self);
}

guint
kaf_holders_get_size (const KafHolders *self)
{
  return self->lines->len;
}

const KafHolderLine *
kaf_holders_get (const KafHolders *self, guint i)
{
  return &g_array_index (self->lines, KafHolderLine, i);
}

/* Rules */

void
kaf_rules_in_force_clear (KafRulesInForce *self)
{
  g_clear_pointer (&self->rules, kaf_score_rules_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->published_on, g_free);
}

/* A set that this program does not understand (it may be of a later one) counts as none. */
gboolean
kaf_rules_in_force_read (KafDatabase *db, KafDay day, KafRulesInForce *rules, GError **error)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id, r.number, r.published_on, r.rules FROM rule_set r"
      " CROSS JOIN head h ON h.rid = r.rid WHERE r.published_on <= ? AND r.deleted_at IS NULL"
      " ORDER BY r.published_on DESC, r.number DESC, h.id DESC",
      error);
  GError *local = NULL;

  *rules = (KafRulesInForce){ 0 };
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, iso);
  while (rules->rules == NULL && kaf_database_step (db, statement, &local))
    {
      rules->rules = kaf_score_rules_parse (kaf_statement_text (statement, 3), NULL);
      if (rules->rules == NULL)
        continue;
      rules->id = g_strdup (kaf_statement_text (statement, 0));
      rules->number = (guint) sqlite3_column_int (statement, 1);
      rules->published_on = g_strdup (kaf_statement_text (statement, 2));
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (rules->rules == NULL)
    rules->rules = kaf_score_rules_ref (kaf_score_rules_default ());
  return TRUE;
}
