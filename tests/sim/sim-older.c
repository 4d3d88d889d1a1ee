/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that is older than its hub: of one field it knows nothing. It leaves out what it is told of it and nobody writes
 * into it there; once it is today's program it has all of it, and nothing that was written there meanwhile is lost. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>

#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"

#define ENTITY "person"
#define FIELD "declared_on"

/* One that it knows. */
#define OTHER "birth_year"

#define PERSONS 3

/* The last version of the schema without it. */
#define SCHEMA 4

/* The step, of sixty at least from 100 on, at which the program is replaced. */
#define OLDER_MIN 115
#define OLDER_RANGE 60

/* Of a program that is replaced at the end. */
#define LAST_EXCHANGES 6

/* After its store was opened. */
void
sim_older_open (SimDevice *device)
{
  device->db->schema = device->older_until > 0 ? SCHEMA : KAF_SCHEMA_VERSION;
}

/* One device of it; before it has read anything. */
void
sim_older_begin (SimWorld *self, guint64 seed)
{
  SimDevice *device = &self->devices[1 + seed / 4 % (SIM_DEVICES - 1)];

  self->of_older = TRUE;
  device->older_until = OLDER_MIN + seed / 8 * 47 % OLDER_RANGE;
  sim_older_open (device);
}

/* Whether the device knows nothing of that field. @field: an id. */
gboolean
sim_older_lacks (const SimDevice *device, const KafEntity *entity, const char *field)
{
  return device->older_until > 0 && g_str_equal (entity->id, ENTITY) && g_str_equal (field, FIELD);
}

/* An answer as the device understands it. (transfer full) */
GString *
sim_older_read (const SimDevice *device, const char *answer, gsize size)
{
  GString *text = g_string_new_len (answer, size);

  if (device->older_until > 0)
    g_string_replace (text, "\"" FIELD "\":", "\"" FIELD "_of_tomorrow\":", 0);
  return text;
}

/* Few write there, so that they meet; and who does not see it, or does not see it yet, deletes the person. */
void
sim_older_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const KafEntity *entity = kaf_registry_find (ENTITY);
  const char *id = sim_user_pick (self, device, ENTITY, step->a % PERSONS, FALSE);
  gboolean lacks = sim_older_lacks (device, entity, FIELD);
  gboolean deletes = step->b % (lacks ? 2 : 6) == 0;
  g_autoptr (KafChangeSet) set = kaf_change_set_new (deletes ? "delete" : "edit");

  if (id == NULL)
    return;
  if (deletes)
    kaf_change_set_delete (set, entity, id);
  else
    {
      g_autoptr (KafRecord) change = kaf_record_new (entity, id);
      g_autofree char *year = g_strdup_printf ("%u", 1900 + step->number % 100);
      g_autofree char *value = g_strdup_printf ("%u-%02u-%02u", 2000 + step->number % 25,
                                                1 + step->number % 12, 1 + step->number % 28);

      kaf_record_set (change, lacks ? OTHER : FIELD, lacks ? year : value);
      kaf_change_set_update (set, change);
    }
  sim_note (self, "  device %u: %s %s %s", device->number, kaf_change_set_get_label (set), FIELD,
            id);
  sim_user_commit (self, device, set, step);
}

/* Whether its program was replaced and what the older one left out was not told yet: it is not compared before. */
gboolean
sim_older_is_behind (const SimDevice *device)
{
  KafSyncPlace place;

  return !kaf_sync_place_read (device->db, &place, NULL) || place.schema < device->db->schema;
}

/* A copy from before would be one of an older program again. */
static void
replace_program (SimWorld *self, SimDevice *device)
{
  g_autofree char *noted = kaf_local_get (device->db, KAF_SYNC_UNKNOWN);

  sim_note (self, "  device %u has the program of today, and left out %s", device->number,
            noted != NULL ? "something" : "nothing");
  device->older_until = 0;
  sim_older_open (device);
  if (device->copy != NULL)
    g_unlink (device->copy);
  g_clear_pointer (&device->copy, g_free);
}

/* Before a step of the device. */
void
sim_older_turn (SimWorld *self, SimDevice *device, const SimStep *step)
{
  if (device->older_until > 0 && step->number >= device->older_until)
    replace_program (self, device);
}

/* Who still has it hears of most that the others wrote, and then gets another. */
void
sim_older_finish (SimWorld *self)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    {
      SimDevice *device = &self->devices[i];

      if (device->older_until == 0)
        continue;
      for (guint j = 0; j < SIM_DEVICES; j++)
        if (!self->devices[j].forked && j != i)
          sim_exchange (self, &self->devices[j], SIM_WELL, NULL);
      for (guint j = 0; j < LAST_EXCHANGES && !device->forked; j++)
        sim_exchange (self, device, SIM_WELL, NULL);
      replace_program (self, device);
    }
}
