/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-gates.h"

#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-settings.h"

#define STEP(n) (1u << (n))
#define ALL_STEPS (STEP (11) - STEP (1))

/* Whom a tie leads from. */
typedef enum
{
  FROM_ANY,
  FROM_THIS,  /* the mission that is judged */
  FROM_OTHER, /* one of those that its experts go to as well */
} From;

/* What the gates of a step look at, beginning with the mission: of a record of @of those of @kind that belong to it; or,
 * with @field, the one that it names there. Sessions and who comes are what step 6 approves: whether it has lapsed, and
 * with it what was settled since, is asked at every step. */
static const struct
{
  const char *of, *kind, *field;
  guint steps;
  From from;
  gboolean
      one; /* whether there is any is all that is asked: of 60 who came to 30 sessions, 30 are read */
} ties[] = {
  { "mission", "mission_act", NULL, ALL_STEPS, FROM_ANY },
  { "mission", "mission_need", NULL, STEP (1) | STEP (2), FROM_THIS },
  { "mission", "contact", NULL, STEP (2), FROM_THIS },
  { "mission", "mission_party", NULL, STEP (2) | STEP (6) | STEP (7) | STEP (10), FROM_THIS },
  { "mission", "mission_room", NULL, STEP (6), FROM_THIS },
  { "mission", "mission_expert", NULL, ALL_STEPS, FROM_THIS },
  { "mission", "programme_item", NULL, ALL_STEPS, FROM_ANY },
  { "mission", "mission_result", NULL, STEP (4) | STEP (10), FROM_THIS },
  { "mission", "mission_convention", NULL, STEP (7), FROM_THIS },
  { "mission", "budget_line", NULL, STEP (5), FROM_THIS },
  { "mission", "equipment", NULL, STEP (5), FROM_THIS },
  { "mission", "participant", NULL, STEP (10), FROM_THIS },
  { "mission", "booking", NULL, STEP (8), FROM_THIS },
  { "mission", "material", NULL, STEP (9), FROM_THIS },
  { "mission", "follow_up", NULL, STEP (9), FROM_THIS },
  { "mission", "evaluation", NULL, STEP (10), FROM_THIS },
  { "mission_need", "need", "need", ALL_STEPS, FROM_ANY },
  { "need", "stakeholder", NULL, ALL_STEPS, FROM_ANY },
  { "stakeholder", "organisation", "organisation", ALL_STEPS, FROM_ANY },
  { "mission_party", "organisation", "organisation", STEP (2), FROM_ANY },
  { "budget_line", "budget_adjustment", NULL, ALL_STEPS, FROM_ANY },
  { "programme_item", "attendance", NULL, STEP (8), FROM_ANY, TRUE },
  { "mission_expert", "person", "person", ALL_STEPS, FROM_ANY },
  { "person", "consent", NULL, STEP (3), FROM_ANY },
  { "person", "attachment", NULL, STEP (7), FROM_ANY },
  { "person", "availability", NULL, STEP (6), FROM_ANY },
  { "person", "mission_expert", NULL, STEP (6), FROM_ANY },
  { "mission_expert", "mission", "mission", STEP (6), FROM_ANY },
  { "mission_convention", "convention", "convention", ALL_STEPS, FROM_ANY },
  { "convention", "convention", "parent", ALL_STEPS, FROM_ANY },
  { "convention", "convention", NULL, ALL_STEPS, FROM_ANY },
  { "convention", "signatory", NULL, ALL_STEPS, FROM_ANY },
  { "convention", "attachment", NULL, ALL_STEPS, FROM_ANY },
  { "signatory", "mandate", "mandate", ALL_STEPS, FROM_ANY },
};

/* One mission being put into the store in memory. */
typedef struct
{
  KafHubScopes *scopes;
  KafScratch *scratch;
  const char *id;
  guint step;
  GHashTable *seen; /* set of keys */
  GPtrArray *queue; /* of char*: keys that were not put yet */
  GPtrArray *parts; /* (element-type KafRecord), not owned: of the record at hand */
} Gathering;

void
kaf_hub_gates_clear (KafHubGates *self)
{
  g_clear_pointer (&self->scratch, kaf_scratch_free);
}

/* Gathering */

static void
queue_key (Gathering *self, const char *key)
{
  if (g_hash_table_add (self->seen, g_strdup (key)))
    g_ptr_array_add (self->queue, g_strdup (key));
}

static gboolean
is_of_kind (const char *key, const char *kind)
{
  gsize size = strlen (kind);

  return strncmp (key, kind, size) == 0 && key[size] == '\t';
}

static gboolean
leads_on (const Gathering *self, guint tie, const KafHubRecord *record)
{
  gboolean own = g_strcmp0 (record->id, self->id) == 0;

  return g_str_equal (ties[tie].of, record->root->id) &&
         (ties[tie].steps & STEP (self->step)) != 0 &&
         (ties[tie].from == FROM_ANY || (ties[tie].from == FROM_THIS) == own);
}

static gboolean
is_this (const Gathering *self, const char *key)
{
  return is_of_kind (key, "mission") && g_str_equal (strchr (key, '\t') + 1, self->id);
}

static gboolean
is_alive (const KafHubRecord *record)
{
  return record != NULL && record->parts->len > 0 &&
         kaf_record_get_stamp (((const KafHubPart *) g_ptr_array_index (record->parts, 0))->record)
                 ->deleted_at == 0;
}

static gboolean
queue_kind (Gathering *self, GPtrArray *keys, guint tie, GError **error)
{
  GError *local = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (!is_of_kind (key, ties[tie].kind))
        continue;
      queue_key (self, key);
      if (ties[tie].one && is_alive (kaf_hub_scopes_find (self->scopes, key, &local)))
        break;
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
    }
  return TRUE;
}

/* Asked once of a record, whatever leads on from it. */
static gboolean
queue_children (Gathering *self, const KafHubRecord *record, GError **error)
{
  g_autoptr (GPtrArray) children = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      if (ties[i].field != NULL || !leads_on (self, i, record))
        continue;
      if (children == NULL)
        children = self->scopes->storage->klass->read_children (self->scopes->storage, record->root,
                                                                record->id, error);
      if (children == NULL || !queue_kind (self, children, i, error))
        return FALSE;
    }
  return TRUE;
}

static void
queue_named (Gathering *self, const KafHubRecord *record)
{
  const KafHubPart *root = g_ptr_array_index (record->parts, 0);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      const char *id = ties[i].field != NULL && leads_on (self, i, record)
                           ? kaf_record_get (root->record, ties[i].field)
                           : NULL;
      g_autofree char *key = id != NULL ? g_strconcat (ties[i].kind, "\t", id, NULL) : NULL;

      if (key != NULL)
        queue_key (self, key);
    }
}

/* What the hub does not have is none of what the rules look at: it was erased, or never taken. The mission itself is
 * looked at though somebody has deleted it: it may come back. */
static gboolean
put (Gathering *self, const char *key, GError **error)
{
  GError *local = NULL;
  KafHubRecord *record = kaf_hub_scopes_find (self->scopes, key, &local);

  if (local != NULL)
    g_propagate_error (error, local);
  if (local != NULL || (!is_alive (record) && (!is_this (self, key) || record == NULL)))
    return local == NULL;
  g_ptr_array_set_size (self->parts, 0);
  for (guint i = 0; i < record->parts->len; i++)
    g_ptr_array_add (self->parts, ((KafHubPart *) g_ptr_array_index (record->parts, i))->record);
  queue_named (self, record);
  return kaf_scratch_put (self->scratch, self->parts, error) &&
         queue_children (self, record, error);
}

/* Those that came in this exchange are not in the storage yet. */
static gboolean
queue_settings (Gathering *self, GError **error)
{
  static const char *const keys[] = { KAF_SETTING_MISSION, KAF_SETTING_LISTED_COUNTRIES };
  const KafEntity *entity = kaf_registry_find ("setting");
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = NULL;
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_hash_table_add (told, (gpointer) keys[i]);
  ids = self->scopes->storage->klass->find_telling (self->scopes->storage, entity, told, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autofree char *one = kaf_entity_make_key (entity, g_ptr_array_index (ids, i));

      queue_key (self, one);
    }
  g_hash_table_iter_init (&iter, self->scopes->records);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (is_of_kind (key, entity->id))
      queue_key (self, key);
  return ids != NULL;
}

static gboolean
gather (KafHubGates *gates, const char *id, guint step, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) queue = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *own = g_strconcat ("mission\t", id, NULL);
  Gathering self = { gates->scopes, gates->scratch, id, step, seen, queue, parts };

  queue_key (&self, own);
  if (!queue_settings (&self, error))
    return FALSE;
  for (guint i = 0; i < queue->len; i++)
    if (!put (&self, g_ptr_array_index (queue, i), error))
      return FALSE;
  return kaf_scratch_settle (gates->scratch, error);
}

/* Judging */

gboolean
kaf_hub_gates_can_judge (KafHubGates *self, gint64 saw, gboolean *can, GError **error)
{
  KafHubStorage *storage = self->scopes->storage;
  GError *local = NULL;
  g_autofree char *lost = storage->klass->get_meta (storage, KAF_HUB_LOST, &local);
  g_auto (GStrv) spans = g_strsplit (lost != NULL ? lost : "", "\n", -1);

  *can = TRUE;
  for (guint i = 0; spans[i] != NULL && *spans[i] != '\0'; i++)
    {
      char *until = NULL;
      gint64 from = g_ascii_strtoll (spans[i], &until, 10);

      if (saw > from && saw <= g_ascii_strtoll (until, NULL, 10))
        *can = FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Of a table of few, kept for the life of the program. */
static const char *
name_shut (GPtrArray *checks)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->state == KAF_CHECK_FAILS && check->rule->rule.kind == KAF_FINDING_BLOCKS)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", check->rule->rule.code);
    }
  return codes->len > 0 ? g_intern_string (codes->str) : NULL;
}

static void
run_checks (
    KafHubGates *self, const char *id, guint step, KafDay day, const char **shut, GError **error)
{
  KafDatabase *db = kaf_scratch_get_database (self->scratch);
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (db, day, KAF_LANG_EN, error);
  g_autoptr (KafMission) mission =
      around != NULL ? kaf_mission_read (db, id, KAF_LANG_EN, NULL, error) : NULL;
  g_autoptr (KafFindings) findings = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  KafMissionLife life;

  if (mission == NULL)
    return;
  /* Whether who approves has a hand in it is asked of all that the hub knows: kaf-hub-editors.h. */
  around->context.me = NULL;
  around->context.approves = FALSE;
  kaf_mission_live (mission, &life);
  findings = kaf_findings_new (day, NULL);
  checks = kaf_mission_run_checks (mission, &life, step, &around->context, findings);
  *shut = name_shut (checks);
}

static gboolean
fail (GError *why, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "gates: %s", why->message);
  g_error_free (why);
  return FALSE;
}

gboolean
kaf_hub_gates_find_shut (
    KafHubGates *self, const char *id, guint step, gint64 at, const char **shut, GError **error)
{
  GError *local = NULL;

  *shut = NULL;
  if (self->scratch == NULL)
    self->scratch = kaf_scratch_new (&local);
  if (local == NULL && kaf_scratch_begin (self->scratch, &local))
    {
      if (gather (self, id, step, &local))
        run_checks (self, id, step, kaf_day_from_time (at), shut, &local);
      kaf_scratch_end (self->scratch);
    }
  /* That the act names no mission is judged elsewhere. */
  if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    g_clear_error (&local);
  return local == NULL || fail (local, error);
}
