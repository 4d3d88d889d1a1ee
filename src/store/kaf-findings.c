/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"
#include "store/kaf-finding-titles.h"
#include "store/kaf-findings-kept.h"
#include "store/kaf-findings-private.h"
#include "store/kaf-permit.h"
#include "store/kaf-read-private.h"
#include "store/kaf-settings.h"

/* Of an organisation with more conventions than that, all are read at once. */
#define TREES_MAX 24

static KafStatement *
prepare (KafRun *self, const char *sql, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return kaf_database_prepare (self->db, sql, error);
}

static gboolean
take_rows (KafRun *self, KafStatement *statement, KafRunFunc take, gpointer data, GError **error)
{
  GError *local = NULL;

  while (kaf_database_step (self->db, statement, &local))
    take (self, statement, data);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_run_rows (
    KafRun *self, const char *sql, const char *bind, KafRunFunc take, gpointer data, GError **error)
{
  g_autoptr (KafStatement) statement = prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  if (bind != NULL)
    kaf_statement_bind_text (statement, 1, bind);
  return take_rows (self, statement, take, data, error);
}

gboolean
kaf_run_filtered (KafRun *self,
                  const char *sql,
                  const char *bind,
                  const KafRowFilter *filters,
                  KafRunFunc take,
                  gpointer data,
                  GError **error)
{
  g_autoptr (KafStatement) statement = prepare (self, sql, error);
  int at = 0;

  if (statement == NULL)
    return FALSE;
  if (bind != NULL)
    kaf_statement_bind_text (statement, ++at, bind);
  for (; filters->wants != NULL; filters++)
    kaf_row_filter_bind (statement, ++at, filters);
  return take_rows (self, statement, take, data, error);
}

KafDay
kaf_run_get_day (KafStatement *row, int column)
{
  return kaf_day_parse (kaf_statement_text (row, column));
}

/* Settings */

static guint
read_days (KafDatabase *db, const char *key, const char *day)
{
  g_autofree char *value = kaf_read_setting (db, key, day);
  guint64 days = 0;

  /* What nobody can read counts as what stands without it. */
  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, 36600, &days, NULL))
    g_ascii_string_to_unsigned (kaf_settings_default (key), 10, 0, 36600, &days, NULL);
  return (guint) days;
}

KafThresholds
kaf_findings_read_thresholds (KafDatabase *db, const char *day)
{
  return (KafThresholds){
    .lapse_first = read_days (db, KAF_SETTING_LAPSE_FIRST_DAYS, day),
    .lapse_second = read_days (db, KAF_SETTING_LAPSE_SECOND_DAYS, day),
    .lapse_last = read_days (db, KAF_SETTING_LAPSE_LAST_DAYS, day),
    .expired = read_days (db, KAF_SETTING_EXPIRED_DAYS, day),
    .commitment_soon = read_days (db, KAF_SETTING_COMMITMENT_SOON_DAYS, day),
    .network_contact = read_days (db, KAF_SETTING_NETWORK_CONTACT_DAYS, day),
    .minutes = read_days (db, KAF_SETTING_MINUTES_DAYS, day),
  };
}

/* What is run */

typedef enum
{
  RUN_CONVENTIONS = 1 << 0,
  RUN_BODIES = 1 << 1,
  RUN_PROGRAMMES = 1 << 2,
  RUN_MISSIONS = 1 << 3,
  RUN_HOLDERS = 1 << 4,
  RUN_MEETINGS = 1 << 5,
  RUN_PARTNERS = RUN_CONVENTIONS | RUN_BODIES | RUN_PROGRAMMES,
  RUN_ALL = RUN_PARTNERS | RUN_MISSIONS | RUN_HOLDERS | RUN_MEETINGS,
} RunParts;

/* Which rules may find something about records of an entity. */
static RunParts
get_parts (const char *entity)
{
  static const struct
  {
    const char *entity;
    RunParts parts;
  } parts[] = {
    { "convention", RUN_CONVENTIONS },
    { "signatory", RUN_CONVENTIONS },
    { "commitment", RUN_CONVENTIONS },
    { "network", RUN_PARTNERS },
    { "organisation", RUN_PARTNERS },
    { "mandate", RUN_BODIES },
    { "programme", RUN_PROGRAMMES },
    { "training_module", RUN_PROGRAMMES },
    { "training_session", RUN_PROGRAMMES },
    { "mission", RUN_MISSIONS },
    { "need", RUN_MISSIONS },
    { "stakeholder", RUN_MISSIONS },
    { "mission_party", RUN_MISSIONS },
    { "mission_expert", RUN_MISSIONS },
    { "mission_result", RUN_MISSIONS },
    { "mission_room", RUN_MISSIONS },
    { "programme_item", RUN_MISSIONS },
    { "budget_line", RUN_MISSIONS },
    { "equipment", RUN_MISSIONS },
    { "booking", RUN_MISSIONS },
    { "material", RUN_MISSIONS },
    { "follow_up", RUN_MISSIONS },
    { "evaluation", RUN_MISSIONS },
    { "project_holder", RUN_HOLDERS },
    { "project", RUN_HOLDERS },
    { "relay", RUN_HOLDERS },
    { "meeting", RUN_MEETINGS },
    { "agenda_item", RUN_MEETINGS },
    { "meeting_attendee", RUN_MEETINGS },
    { "decision", RUN_MEETINGS },
  };

  if (entity == NULL)
    return RUN_ALL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].entity, entity))
      return parts[i].parts;
  return 0;
}

/* The same where only findings are asked for that are to be mended on such a record, or are about one: what a convention
 * says of its parties stands with the convention. */
static RunParts
get_parts_about (const char *entity)
{
  return g_str_equal (entity, "network") || g_str_equal (entity, "organisation")
             ? RUN_BODIES
             : get_parts (entity);
}

void
kaf_run_forget_conventions (KafRun *self)
{
  for (guint i = 0; self->standings != NULL && i < self->conventions->acts->len; i++)
    kaf_standing_free (self->standings[i]);
  g_clear_pointer (&self->standings, g_free);
  g_clear_pointer (&self->conventions, kaf_conventions_free);
  g_clear_pointer (&self->mandates, g_hash_table_unref);
}

static gboolean
is_of_parts (const char *entity, gpointer data)
{
  const RunParts *parts = data;

  return (get_parts (entity) & *parts) != 0;
}

static gboolean
run_everything (KafRun *self, RunParts parts, GError **error)
{
  if ((parts & RUN_PARTNERS) != 0 &&
      (!kaf_run_read_mandates (self, NULL, error) ||
       !kaf_run_all_conventions (self, (parts & RUN_CONVENTIONS) != 0, error) ||
       ((parts & RUN_CONVENTIONS) != 0 && !kaf_run_commitments (self, NULL, error)) ||
       ((parts & RUN_BODIES) != 0 && !kaf_run_bodies (self, NULL, error)) ||
       ((parts & RUN_PROGRAMMES) != 0 && !kaf_run_programmes (self, NULL, error))))
    return FALSE;
  if ((parts & RUN_MISSIONS) != 0 && !kaf_run_missions (self, NULL, error))
    return FALSE;
  if ((parts & RUN_HOLDERS) != 0 && !kaf_run_holders (self, NULL, error))
    return FALSE;
  if ((parts & RUN_MEETINGS) != 0 && !kaf_run_meetings (self, NULL, error))
    return FALSE;
  return kaf_run_deleted (self, is_of_parts, &parts, error);
}

static void
take_id (KafRun *self, KafStatement *row, gpointer data)
{
  (void) self;
  g_ptr_array_add (data, g_strdup (kaf_statement_text (row, 0)));
}

/* The trees of the conventions that @sql finds by @id. */
static gboolean
run_trees_of (KafRun *self, const char *sql, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  RunParts parts = RUN_CONVENTIONS;

  return kaf_run_rows (self, sql, id, take_id, ids, error) && kaf_run_trees (self, ids, error) &&
         kaf_run_deleted (self, is_of_parts, &parts, error);
}

/* An organisation's own, and those of the conventions that it is a party to. */
static gboolean
run_organisation (KafRun *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!kaf_run_rows (self,
                     "SELECT h.id FROM convention_set s CROSS JOIN head h ON h.rid = s.rid"
                     " WHERE s.field = 'parties' AND s.value = ?1 AND s.removed IS NULL"
                     " AND h.deleted = 0 LIMIT " G_STRINGIFY (TREES_MAX) " + 1",
                     id, take_id, ids, error))
    return FALSE;
  if (ids->len > TREES_MAX)
    return run_everything (self, RUN_CONVENTIONS, error) && kaf_run_bodies (self, id, error);
  return kaf_run_trees (self, ids, error) && kaf_run_read_mandates (self, id, error) &&
         kaf_run_bodies (self, id, error);
}

static gboolean
run_one (KafRun *self, const char *entity, const char *id, GError **error)
{
  RunParts programmes = RUN_PROGRAMMES, meetings = RUN_MEETINGS;

  if (g_str_equal (entity, "convention"))
    return run_trees_of (self,
                         "SELECT id FROM head WHERE id = ?1 AND entity = 'convention'"
                         " AND deleted = 0",
                         id, error);
  if (g_str_equal (entity, "commitment"))
    return run_trees_of (self,
                         "SELECT c.convention FROM head h CROSS JOIN commitment c ON c.rid = h.rid"
                         " WHERE h.id = ?1 AND h.entity = 'commitment'"
                         " AND c.convention IS NOT NULL",
                         id, error);
  if (g_str_equal (entity, "signatory"))
    return run_trees_of (self,
                         "SELECT s.convention FROM head h CROSS JOIN signatory s ON s.rid = h.rid"
                         " WHERE h.id = ?1 AND h.entity = 'signatory'"
                         " AND s.convention IS NOT NULL",
                         id, error);
  if (g_str_equal (entity, "programme"))
    return kaf_run_all_conventions (self, FALSE, error) && kaf_run_programmes (self, id, error) &&
           kaf_run_deleted (self, is_of_parts, &programmes, error);
  if (g_str_equal (entity, "mission"))
    return kaf_run_missions (self, id, error);
  if (g_str_equal (entity, "meeting"))
    return kaf_run_meetings (self, id, error) &&
           kaf_run_deleted (self, is_of_parts, &meetings, error);
  if (g_str_equal (entity, "project_holder"))
    return kaf_run_holders (self, id, error);
  if (g_str_equal (entity, "network") || g_str_equal (entity, "organisation"))
    return run_organisation (self, id, error);
  return run_everything (self, get_parts (entity), error);
}

/* What is asked for */

/* A network and its organisation are one record. */
static gboolean
is_of_entity (const char *entity, const char *asked)
{
  const KafEntity *one = entity != NULL ? kaf_registry_find (entity) : NULL;
  const KafEntity *two = kaf_registry_find (asked);

  if (g_strcmp0 (entity, asked) == 0)
    return TRUE;
  return one != NULL && two != NULL && kaf_entity_get_root (one) == two;
}

static gboolean
is_wanted (const KafFinding *finding, gpointer data)
{
  const KafFindingsQuery *query = data;

  if (query->id == NULL)
    return is_of_entity (finding->rule->entity, query->entity) ||
           is_of_entity (finding->of_entity, query->entity);
  if (g_strcmp0 (finding->id, query->id) == 0 || g_strcmp0 (finding->of, query->id) == 0)
    return TRUE;
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (g_strcmp0 (finding->args[i].id, query->id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_followed (const KafFinding *finding, gpointer data)
{
  const KafFindingsQuery *query = data;

  return finding->who != NULL ? g_str_equal (finding->who, query->who) : query->or_nobody;
}

typedef struct
{
  const KafFindingsQuery *query;
  const KafRole *role; /* nullable */
} Asker;

static gboolean
is_asked (const KafFinding *finding, gpointer data)
{
  const Asker *asker = data;

  if (asker->query->to_do && !kaf_permit_mends (asker->role, finding->rule))
    return FALSE;
  return asker->query->who == NULL || is_followed (finding, (gpointer) asker->query);
}

/* Telling */

static char *
get_title (const char *entity, const char *id, KafLang lang, gpointer data)
{
  return kaf_finding_titles_tell (data, entity, id, lang);
}

static const char *
find_title_of (KafFindingTitles *titles, const char *entity, const char *id)
{
  return entity != NULL && id != NULL ? kaf_finding_titles_get (titles, entity, id) : NULL;
}

/* Of a record that has no title of its own, what its sentence begins with. */
static const char *
find_title (KafFindingTitles *titles, const KafFinding *finding)
{
  const char *title = find_title_of (titles, finding->rule->entity, finding->id);

  for (guint i = 0; title == NULL && i < KAF_FINDING_ARGS; i++)
    if (finding->args[i].kind == KAF_ARG_RECORD)
      title = find_title_of (titles, finding->args[i].entity, finding->args[i].id);
  return title;
}

static void
tell (KafFindings *findings, KafFinding *finding, KafFindingTitles *titles, KafLang lang)
{
  g_autofree char *sentence = kaf_finding_tell (finding, lang, get_title, titles);

  finding->sentence = kaf_findings_keep (findings, sentence);
  finding->advice = kaf_words_get (lang, finding->rule->advice);
  finding->title = find_title (titles, finding);
  finding->of_title = find_title_of (titles, finding->of_entity, finding->of);
  finding->person_name = find_title_of (titles, "person", finding->person);
}

static gboolean
tell_all (KafRun *self, KafLang lang, GError **error)
{
  g_autoptr (KafFindingTitles) titles = kaf_finding_titles_new (self->db, self->findings, lang);

  if (!kaf_finding_titles_find_ids (titles, error) || !kaf_finding_titles_read (titles, error))
    return FALSE;
  for (guint i = 0; i < self->findings->list->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      tell (self->findings, g_ptr_array_index (self->findings->list, i), titles, lang);
    }
  return TRUE;
}

/* Rows are told apart by ids alone. */
static gboolean
find_ids (KafRun *self, KafLang lang, GError **error)
{
  g_autoptr (KafFindingTitles) titles = kaf_finding_titles_new (self->db, self->findings, lang);

  return kaf_finding_titles_find_ids (titles, error);
}

static gboolean
run_parts (KafRun *self, const KafFindingsQuery *query, GError **error)
{
  RunParts parts = query->entity != NULL ? get_parts_about (query->entity) : RUN_ALL;

  if (query->id != NULL ? !run_one (self, query->entity, query->id, error)
                        : parts != 0 && !run_everything (self, parts, error))
    return FALSE;
  if (query->id != NULL && !find_ids (self, query->lang, error))
    return FALSE;
  kaf_findings_filter (self->findings, is_wanted, (gpointer) query);
  kaf_findings_sort (self->findings);
  return TRUE;
}

static gboolean
run (KafRun *self, const KafFindingsQuery *query, GError **error)
{
  const Asker asker = { query, query->to_do ? kaf_permit_read (self->db) : NULL };
  KafFindings *all;

  if (query->entity == NULL ? !kaf_run_kept (self, error) : !run_parts (self, query, error))
    return FALSE;
  all = self->findings;
  self->findings = kaf_findings_select (all, query->who != NULL || query->to_do ? is_asked : NULL,
                                        (gpointer) &asker, query->limit);
  kaf_findings_unref (all);
  return tell_all (self, query->lang, error);
}

KafFindings *
kaf_findings_read (KafDatabase *db,
                   const KafFindingsQuery *query,
                   GCancellable *cancellable,
                   GError **error)
{
  gboolean entered = kaf_database_enter_read (db);
  g_autofree char *today = query->day != KAF_DAY_UNKNOWN
                               ? kaf_day_to_iso (query->day)
                               : kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  KafThresholds thresholds = kaf_findings_read_thresholds (db, today);
  KafRun self = {
    .db = db,
    .cancellable = cancellable,
    .findings = kaf_findings_new (kaf_day_parse (today), &thresholds),
    .today = today,
    .mandates =
        g_hash_table_new_full (kaf_id_hash, g_str_equal, NULL, (GDestroyNotify) kaf_mandate_free),
  };
  gboolean done;

  done = run (&self, query, error);
  kaf_run_forget_conventions (&self);
  kaf_database_leave_read (db, entered);
  if (!done)
    g_clear_pointer (&self.findings, kaf_findings_unref);
  return self.findings;
}

gboolean
kaf_findings_tell (KafDatabase *db, KafFindings *findings, KafLang lang, GError **error)
{
  KafRun self = { .db = db, .findings = findings };

  return tell_all (&self, lang, error);
}
