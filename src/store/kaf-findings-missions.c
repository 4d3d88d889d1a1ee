/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks of the open step of each open mission, but for what was acknowledged or overridden. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

typedef struct
{
  KafRun *run;
  KafMissionSurroundings *around;
  GHashTable *settled; /* of KafFinding */
  GHashTable *pending; /* ids of missions with an act that waits for the hub; nullable */
} Checking;

static void
note_pending (Checking *self, const KafMission *mission)
{
  for (guint i = 0; self->pending != NULL && i < mission->acts->len; i++)
    if (((const KafAct *) mission->acts->pdata[i])->pending)
      {
        g_hash_table_add (self->pending, g_strdup (mission->id));
        return;
      }
}

static void
check (Checking *self, const KafMission *mission)
{
  g_autoptr (GPtrArray) checks = NULL;
  guint first = self->run->findings->list->len;
  const char *source;
  KafMissionLife life;

  note_pending (self, mission);
  kaf_mission_live (mission, &life);
  if (life.state != KAF_MISSION_OPEN)
    return;
  checks = kaf_mission_run_checks (mission, &life, life.step, &self->around->context,
                                   self->run->findings);
  source = kaf_findings_keep (self->run->findings, mission->id);
  for (guint i = first; i < self->run->findings->list->len; i++)
    ((KafFinding *) self->run->findings->list->pdata[i])->source = source;
  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *one = g_ptr_array_index (checks, i);

      for (guint j = 0; one->act != NULL && j < one->findings->len; j++)
        {
          KafFinding *finding = g_ptr_array_index (one->findings, j);

          if (kaf_check_find_settlement (one->rule, finding, mission, &life) != NULL)
            g_hash_table_add (self->settled, finding);
        }
    }
}

static gboolean
take_mission (KafMission *mission, guint step, gpointer data)
{
  (void) step;
  check (data, mission);
  return TRUE;
}

static gboolean
is_open (const KafFinding *finding, gpointer data)
{
  return !g_hash_table_contains (data, finding);
}

static gboolean
check_one (Checking *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KafMission) mission =
      kaf_mission_read (self->run->db, id, KAF_LANG_EN, self->run->cancellable, &local);

  if (mission != NULL)
    check (self, mission);
  else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
run_missions (KafRun *run, const char *id, const char *rows, GHashTable *pending, GError **error)
{
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (run->db, run->findings->day, KAF_LANG_EN, error);
  g_autoptr (GHashTable) settled = g_hash_table_new (NULL, NULL);
  Checking self = { run, around, settled, pending };

  if (around == NULL)
    return FALSE;
  if (id != NULL ? !check_one (&self, id, error)
                 : !kaf_missions_read_open (run->db, rows, KAF_LANG_EN, take_mission, &self,
                                            run->cancellable, error))
    return FALSE;
  if (g_hash_table_size (settled) > 0)
    kaf_findings_filter (run->findings, is_open, settled);
  return TRUE;
}

gboolean
kaf_run_missions (KafRun *run, const char *id, GError **error)
{
  return run_missions (run, id, NULL, NULL, error);
}

gboolean
kaf_run_some_missions (KafRun *run, const char *rows, GHashTable *pending, GError **error)
{
  return run_missions (run, NULL, rows, pending, error);
}
