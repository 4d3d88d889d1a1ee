/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that is older than its hub: of one field it knows nothing. It leaves out what it is told of it and nobody writes
 * into it there; once it is today's program it has all of it, and nothing that was written there meanwhile is lost. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>

#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"

#define ENTITY "person"
#define FIELD "birth_year"

/* Steps at most until the program is replaced. */
#define OLDER_MAX 120

/* Of a program that is replaced at the end. */
#define LAST_EXCHANGES 6

/* One device of it; before it has read anything. */
void
sim_older_begin (SimWorld *self, guint64 seed)
{
  self->of_older = TRUE;
  self->devices[1 + seed / 4 % (SIM_DEVICES - 1)].older_until = 100 + seed / 8 * 47 % OLDER_MAX;
}

/* Whether an older program has no such field. @field: an id. */
gboolean
sim_older_is_new (const KafEntity *entity, const char *field)
{
  return g_str_equal (entity->id, ENTITY) && g_str_equal (field, FIELD);
}

/* And whether the device knows nothing of it. */
gboolean
sim_older_lacks (const SimDevice *device, const KafEntity *entity, const char *field)
{
  return device->older_until > 0 && sim_older_is_new (entity, field);
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

/* A copy from before would be one of an older program again. */
static void
replace_program (SimWorld *self, SimDevice *device)
{
  g_autofree char *noted = kaf_local_get (device->db, KAF_SYNC_UNKNOWN);
  g_autofree char *older = g_strdup_printf ("%d", KAF_SCHEMA_VERSION - 1);
  g_autoptr (GError) error = NULL;

  sim_note (self, "  device %u has the program of today, and left out %s", device->number,
            noted != NULL ? "something" : "nothing");
  device->older_until = 0;
  if (device->copy != NULL)
    g_unlink (device->copy);
  g_clear_pointer (&device->copy, g_free);
  /* That of today stood in for the older one. */
  if (noted != NULL && !kaf_local_set (device->db, KAF_SYNC_UNKNOWN, older, &error))
    g_assert_no_error (error);
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
