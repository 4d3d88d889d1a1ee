/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ties a mission to what it needs comes and goes: parties, needs, conventions and those that amend them, which
 * stand wherever the mission does. */
#include "config.h"

#include "sim-world.h"

/* They are picked among so many, that missions and scopes meet in them. */
#define FEW 3

/* What the convention amends, where it amends one; else itself. */
static char *
find_amended (SimDevice *device, const char *id)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (device->db, kaf_registry_find ("convention"), id, NULL);
  const char *parent = kaf_record_get (record, "parent");

  return g_strdup (parent != NULL ? parent : id);
}

static void
tie (SimWorld *self, SimDevice *device, const SimStep *step, const char *entity, const char *field)
{
  const char *kind = g_str_equal (entity, "mission_party") ? "network" : field;
  const char *mission = sim_user_pick (self, device, "mission", step->b, FALSE);
  const char *other = sim_user_pick (self, device, kind, step->c / 64 % FEW, FALSE);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autofree char *id = NULL;

  if (mission == NULL || other == NULL)
    return;
  id = g_str_equal (kind, "convention") && step->c / 1024 % 2 == 0 ? find_amended (device, other)
                                                                   : g_strdup (other);
  kaf_record_set (record, "mission", mission);
  kaf_record_set (record, field, id);
  sim_note (self, "  device %u: ties %s to %s %s", device->number, mission, kind, id);
  sim_user_create (self, device, record, step);
}

static void
untie (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const kinds[] = { "mission_party", "mission_convention", "mission_convention",
                                       "mission_need" };
  const char *entity = kinds[step->a / 64 % G_N_ELEMENTS (kinds)];
  const char *id = sim_user_pick (self, device, entity, step->b, FALSE);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  if (id == NULL)
    return;
  kaf_change_set_delete (set, kaf_registry_find (entity), id);
  sim_note (self, "  device %u: takes away %s %s", device->number, entity, id);
  sim_user_commit (self, device, set, step);
}

/* Of a convention that is there, or one of its amendments. */
static void
amend (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *parent = sim_user_pick (self, device, "convention", step->b % FEW, FALSE);
  g_autofree char *title = g_strdup_printf ("v%u", step->number);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("convention"), NULL);

  kaf_record_set (record, "title_fr", title);
  kaf_record_set (record, "kind", parent != NULL ? "amendment" : "framework");
  kaf_record_set (record, "parent", parent);
  sim_note (self, "  device %u: amends %s", device->number, parent);
  sim_user_create (self, device, record, step);
}

static void
tie_party (SimWorld *self, SimDevice *device, const SimStep *step)
{
  if (step->a / 64 % 3 == 0)
    tie (self, device, step, "mission_need", "need");
  else
    tie (self, device, step, "mission_party", "organisation");
}

void
sim_tie_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  guint what = step->a / 1024 % 8;

  if (what < 2)
    untie (self, device, step);
  else if (self->of_ties == SIM_TIES_OF_PARTIES)
    tie_party (self, device, step);
  else if (what < 4)
    amend (self, device, step);
  else
    tie (self, device, step, "mission_convention", "convention");
}
