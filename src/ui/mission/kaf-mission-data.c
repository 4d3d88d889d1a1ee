/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-data.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-attendance.h"
#include "store/kaf-missions.h"
#include "store/kaf-permit.h"
#include "ui/mission/kaf-mission-parts.h"

/* Rows of one kind: more than a mission has. */
#define PART_LIMIT 2000

typedef struct
{
  char *id;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

KafMissionData *
kaf_mission_data_ref (KafMissionData *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_mission_data_unref (KafMissionData *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    g_clear_pointer (&self->checks[step], g_ptr_array_unref);
  g_clear_pointer (&self->findings, kaf_findings_unref);
  g_clear_pointer (&self->surroundings, kaf_mission_surroundings_free);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->record, kaf_record_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->attendance, kaf_attendance_free);
  g_ptr_array_unref (self->none);
  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

static KafMissionData *
data_new (const char *id, KafLang lang)
{
  KafMissionData *self = g_new0 (KafMissionData, 1);

  g_atomic_ref_count_init (&self->refs);
  self->id = g_strdup (id);
  self->lang = lang;
  self->rows =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->none = g_ptr_array_new ();
  return self;
}

/* The rules */

static void
note_begun (KafMissionData *self)
{
  const KafMission *mission = self->mission;

  self->begun[1] = mission->needs->len > 0;
  self->begun[2] = mission->contacts->len > 0 || mission->has_message_ar;
  self->begun[3] = mission->experts->len > 0;
  self->begun[4] = mission->items->len > 0 || mission->results->len > 0 || mission->has_objective;
  self->begun[5] = mission->lines->len > 0 || mission->equipment->len > 0 ||
                   mission->rooms->len > 0 || mission->participants_planned >= 0;
  self->begun[6] = mission->parties->len > 0;
  self->begun[7] = mission->conventions->len > 0;
  self->begun[8] = mission->bookings->len > 0;
  self->begun[9] = mission->materials->len > 0 || mission->follow_ups->len > 0;
  self->begun[10] = mission->answers->len > 0;
}

/* What is to be mended or justified, one by one: a check may have found several. */
static guint
count_warnings (KafMissionData *self, guint step)
{
  guint n = 0;

  for (guint i = 0; i < self->checks[step]->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (self->checks[step], i);

      if (check->state != KAF_CHECK_FAILS || check->rule->rule.kind == KAF_FINDING_BLOCKS)
        continue;
      for (guint j = 0; j < check->findings->len; j++)
        n += kaf_check_find_settlement (check->rule, g_ptr_array_index (check->findings, j),
                                        self->mission, &self->life) == NULL;
    }
  return n;
}

static void
run_rules (KafMissionData *self)
{
  const KafThresholds thresholds = kaf_thresholds_default ();

  kaf_mission_live (self->mission, &self->life);
  self->findings = kaf_findings_new (self->context.day, &thresholds);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      self->checks[step] =
          kaf_mission_run_checks (self->mission, &self->life, step, &self->context, self->findings);
      kaf_checks_allow (self->checks[step], &self->n_gates[step], NULL);
      self->n_warnings[step] = count_warnings (self, step);
    }
  note_begun (self);
}

/* The parts */

static GPtrArray *
read_needs (KafMissionData *self, KafDatabase *db, const KafMissionPart *part, GError **error)
{
  const KafEntity *entity = kaf_registry_find (part->entity);
  GPtrArray *links = kaf_mission_data_rows (self, "mission_need");
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (KafQuery) query = kaf_query_new (entity);

  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (ids, (gpointer) kaf_mission_data_raw (g_ptr_array_index (links, i), "need"));
  if (ids->len == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_row_unref);
  g_ptr_array_add (ids, NULL);
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  return kaf_page_read (db, query, part->columns, self->lang, 0, PART_LIMIT, NULL, NULL, error);
}

static GPtrArray *
read_of (KafMissionData *self,
         KafDatabase *db,
         const KafMissionPart *part,
         const char *owner,
         GError **error)
{
  const KafRelatedQuery query = {
    .field = part->field, .owner_id = owner, .order = part->order, .limit = PART_LIMIT
  };

  return kaf_page_related_by (db, kaf_registry_find (part->entity), &query, part->columns,
                              self->lang, error);
}

/* Of every need of the mission. */
static GPtrArray *
read_stakeholders (KafMissionData *self,
                   KafDatabase *db,
                   const KafMissionPart *part,
                   GError **error)
{
  GPtrArray *links = kaf_mission_data_rows (self, "mission_need");
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_row_unref);

  for (guint i = 0; i < links->len; i++)
    {
      const char *need = kaf_mission_data_raw (g_ptr_array_index (links, i), "need");
      g_autoptr (GPtrArray) rows = read_of (self, db, part, need, error);

      if (rows == NULL)
        return NULL;
      for (guint j = 0; j < rows->len; j++)
        g_ptr_array_add (all, kaf_row_ref (g_ptr_array_index (rows, j)));
    }
  return g_steal_pointer (&all);
}

/* What a row refers to is called as its text says. */
static void
note_names (KafMissionData *self, const KafMissionPart *part, GPtrArray *rows)
{
  const KafEntity *entity = kaf_registry_find (part->entity);

  for (guint column = 0; part->columns[column] != NULL; column++)
    {
      const KafField *field = kaf_entity_find_field (entity, part->columns[column]);

      if (field == NULL || field->kind != KAF_KIND_REFERENCE)
        continue;
      for (guint i = 0; i < rows->len; i++)
        {
          const KafRow *row = g_ptr_array_index (rows, i);

          if (row->raw[column] != NULL && row->cells[column] != NULL)
            g_hash_table_replace (self->names, g_strdup (row->raw[column]),
                                  g_strdup (row->cells[column]));
        }
    }
}

static gboolean
read_parts (KafMissionData *self, KafDatabase *db, GCancellable *cancellable, GError **error)
{
  for (const KafMissionPart *part = kaf_mission_parts; part->entity != NULL; part++)
    {
      GPtrArray *rows;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (strcmp (part->field, "id") == 0)
        rows = read_needs (self, db, part, error);
      else if (strcmp (part->field, "need") == 0)
        rows = read_stakeholders (self, db, part, error);
      else
        rows = read_of (self, db, part, self->id, error);
      if (rows == NULL)
        return FALSE;
      g_hash_table_insert (self->rows, (gpointer) part->entity, rows);
      note_names (self, part, rows);
    }
  return TRUE;
}

/* The words of the header */

/* The networks and the facilitator say most of who makes it. */
static void
append_parties (KafMissionData *self, KafDatabase *db, GString *line)
{
  GPtrArray *experts = kaf_mission_data_rows (self, "mission_expert");
  const char *ids[] = { self->mission->facilitator, self->mission->lead };
  const char *network = NULL;

  for (guint i = 0; i < experts->len && network == NULL; i++)
    network = kaf_mission_data_text (g_ptr_array_index (experts, i), "network");
  kaf_bidi_append (line, network);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i] != NULL)
      {
        g_autofree char *name = kaf_read_short_title (db, "organisation", ids[i], self->lang);

        kaf_bidi_append (line, name);
        break;
      }
}

static void
make_titles (KafMissionData *self, KafDatabase *db)
{
  g_autofree char *title = kaf_read_title (db, "mission", self->id, self->lang);
  g_autofree char *today = kaf_day_to_iso (self->context.day);
  g_autofree char *days =
      kaf_date_format_span (kaf_record_get (self->record, "starts_on"),
                            kaf_record_get (self->record, "ends_on"), today, self->lang);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_record_get_ref (self->record));
  kaf_bidi_append (line, days);
  append_parties (self, db, line);
  self->title = g_strdup (title != NULL ? title : kaf_record_get_ref (self->record));
  self->subtitle = kaf_bidi_line (line->str);
}

static gboolean
read_surroundings (KafMissionData *self, KafDatabase *db, GError **error)
{
  self->surroundings = kaf_mission_surroundings_read (db, KAF_DAY_UNKNOWN, self->lang, error);
  if (self->surroundings == NULL)
    return FALSE;
  self->context = self->surroundings->context;
  self->role = kaf_mission_read_role (db);
  return TRUE;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (KafMissionData) self = data_new (request->id, request->lang);

  self->record = kaf_read_record (db, kaf_registry_find ("mission"), self->id, error);
  if (self->record == NULL)
    return NULL;
  self->deleted = kaf_record_get_stamp (self->record)->deleted_at != 0;
  self->mission = kaf_mission_read (db, self->id, self->lang, cancellable, error);
  if (self->mission == NULL || !read_surroundings (self, db, error) ||
      !read_parts (self, db, cancellable, error))
    return NULL;
  self->attendance = kaf_mission_read_attendance (db, self->id, error);
  if (self->attendance == NULL)
    return NULL;
  run_rules (self);
  if (!kaf_findings_tell (db, self->findings, self->lang, error))
    return NULL;
  make_titles (self, db);
  return g_steal_pointer (&self);
}

void
kaf_mission_data_read_async (KafStore *store,
                             const char *id,
                             KafLang lang,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->id = g_strdup (id);
  request->lang = lang;
  kaf_store_run_async (store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) kaf_mission_data_unref, cancellable, callback, user_data);
}

KafMissionData *
kaf_mission_data_read_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

KafMissionData *
kaf_mission_data_new (KafMission *mission, KafRecord *record, KafDay day)
{
  KafMissionData *self = data_new (mission->id, KAF_LANG_EN);

  self->mission = mission;
  self->attendance = kaf_attendance_new ();
  self->record = record != NULL ? kaf_record_ref (record)
                                : kaf_record_new (kaf_registry_find ("mission"), mission->id);
  self->context.day = day;
  self->context.limits = kaf_mission_thresholds_default ();
  self->role = kaf_role_find ("manager");
  self->title = g_strdup (mission->title);
  self->subtitle = g_strdup (mission->ref);
  run_rules (self);
  return self;
}

/* Rights */

gboolean
kaf_mission_data_knows (const KafMissionData *self, const char *entity)
{
  const KafEntity *found = kaf_registry_find (entity);

  return self->role == NULL ||
         (found != NULL && kaf_role_knows (self->role, kaf_entity_get_root (found)));
}

gboolean
kaf_mission_data_may_write (const KafMissionData *self, const char *entity)
{
  const KafEntity *found = kaf_registry_find (entity);

  return found != NULL && kaf_permit_allows (self->role, found);
}

gboolean
kaf_mission_data_may_write_field (const KafMissionData *self, const char *entity, const char *field)
{
  const KafEntity *found = kaf_registry_find (entity);
  const KafField *said = found != NULL ? kaf_entity_find_field (found, field) : NULL;

  return said != NULL && kaf_permit_allows (self->role, found) &&
         kaf_permit_allows_field (self->role, found, said);
}

gboolean
kaf_mission_data_may_make (const KafMissionData *self, const char *entity)
{
  const KafEntity *found = kaf_registry_find (entity);

  return found != NULL && kaf_permit_allows_new (self->role, found);
}

gboolean
kaf_mission_data_may_act (const KafMissionData *self)
{
  return (self->role == NULL || self->role->leads || self->role->approves) &&
         kaf_mission_data_may_make (self, "mission_act");
}

gboolean
kaf_mission_data_may_mend (const KafMissionData *self, const KafMissionRule *rule)
{
  return rule->made != NULL ? kaf_mission_data_may_write (self, rule->made)
                            : kaf_permit_mends (self->role, &rule->rule);
}

/* Looking into it */

GPtrArray *
kaf_mission_data_rows (const KafMissionData *self, const char *entity)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, entity);

  return rows != NULL ? rows : self->none;
}

const KafRow *
kaf_mission_data_find_row (const KafMissionData *self, const char *entity, const char *id)
{
  GPtrArray *rows = kaf_mission_data_rows (self, entity);

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->id, id) == 0)
        return row;
    }
  return NULL;
}

static int
find_column (const KafRow *row, const char *column)
{
  const KafMissionPart *part = kaf_mission_part_find (row->entity->id);
  int index = part != NULL ? kaf_mission_part_column (part, column) : -1;

  return index >= 0 && (guint) index < row->n_cells ? index : -1;
}

const char *
kaf_mission_data_text (const KafRow *row, const char *column)
{
  int index = find_column (row, column);
  const char *text = index >= 0 ? row->cells[index] : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

const char *
kaf_mission_data_raw (const KafRow *row, const char *column)
{
  int index = find_column (row, column);

  return index >= 0 ? row->raw[index] : NULL;
}

const char *
kaf_mission_data_words (const KafMissionData *self, const KafRow *row, const char *stem)
{
  g_autofree char *french = g_strconcat (stem, "_fr", NULL);
  g_autofree char *arabic = g_strconcat (stem, "_ar", NULL);
  gboolean rtl = self->lang == KAF_LANG_AR;
  const char *first = kaf_mission_data_text (row, rtl ? arabic : french);

  return first != NULL ? first : kaf_mission_data_text (row, rtl ? french : arabic);
}

const char *
kaf_mission_data_name (const KafMissionData *self, const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (self->names, id) : NULL;

  return name != NULL ? name : "—";
}
