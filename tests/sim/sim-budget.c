/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budgets that were validated with the approval of their mission: who has not heard of it changes them, and what they
 * held stays. */
#include "config.h"

#include "sim-world.h"

#include "server/kaf-hub-storage.h"

/* What was validated stays */

static const KafHubPart *
find_part (GPtrArray *records, const char *entity, const char *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->root->id, entity) && g_str_equal (record->id, id))
        return g_ptr_array_index (record->parts, 0);
    }
  return NULL;
}

/* Of what costs what, and who pays it; "": it is deleted. */
static char *
print_line (const KafHubPart *part)
{
  static const char *const fields[] = { "mission",  "label_fr",   "label_ar", "category",
                                        "quantity", "unit_price", "payer",    "basis" };
  g_autoptr (GString) text = g_string_new (NULL);

  if (part == NULL || kaf_record_get_stamp (part->record)->deleted_at != 0)
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = kaf_record_get (part->record, fields[i]);

      g_string_append_printf (text, "%s=%s;", fields[i], value != NULL ? value : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Those of the mission that stood there when it was approved. */
static GHashTable *
list_lines (GPtrArray *records, const char *mission, const char *approval)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const KafHubPart *act = find_part (records, "mission_act", approval);

  for (guint i = 0; act != NULL && i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);
      const KafHubPart *part = g_ptr_array_index (record->parts, 0);

      if (g_str_equal (record->root->id, "budget_line") && part->fate.seq < act->fate.seq &&
          kaf_record_get_stamp (part->record)->deleted_at == 0 &&
          g_strcmp0 (kaf_record_get (part->record, "mission"), mission) == 0)
        g_hash_table_insert (lines, g_strdup (record->id), print_line (part));
    }
  return lines;
}

static void
check_lines (SimWorld *self, GPtrArray *records, GHashTable *lines)
{
  GHashTableIter iter;
  gpointer id, text;

  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      g_autofree char *now = print_line (find_part (records, "budget_line", id));

      if (!g_str_equal (now, text))
        sim_wrong (self, "%s was validated as %s and is %s", (const char *) id, (const char *) text,
                   now);
    }
}

/* After each exchange: from the one on that brought the approval. */
void
sim_budget_check (SimWorld *self)
{
  g_autoptr (GPtrArray) records = NULL;
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->chains);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      SimChain *chain = value;

      if (chain->approval == NULL)
        continue;
      if (records == NULL)
        records = sim_scope_read_hub (self);
      if (chain->lines == NULL)
        chain->lines = list_lines (records, id, chain->approval);
      else
        check_lines (self, records, chain->lines);
    }
}

/* Writing */

/* A mission whose approval the hub has and the device has not heard of; NULL: there is none. */
static const char *
pick_approved (SimWorld *self, SimDevice *device, guint32 any)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, "mission");

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, (any + i) % ids->len);
      SimChain *chain = g_hash_table_lookup (self->chains, id);

      if (chain != NULL && chain->approval != NULL &&
          !kaf_read_exists (device->db, kaf_registry_find ("mission_act"), chain->approval))
        return id;
    }
  return NULL;
}

/* Of that mission, which the device shows; nullable. */
static const char *
pick_line (SimWorld *self, SimDevice *device, const char *mission, guint32 any)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, "budget_line");

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = sim_user_pick (self, device, "budget_line", any + i, FALSE);
      g_autoptr (KafRecord) record =
          id != NULL ? kaf_read_record (device->db, kaf_registry_find ("budget_line"), id, NULL)
                     : NULL;

      if (record != NULL && g_strcmp0 (kaf_record_get (record, "mission"), mission) == 0)
        return id;
    }
  return NULL;
}

/* Who does not know yet that a budget was validated changes what it says. FALSE: there is none. */
gboolean
sim_budget_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const fields[] = { "label_fr", "quantity", "unit_price", "payer", "category" };
  const KafEntity *entity = kaf_registry_find ("budget_line");
  const char *mission = pick_approved (self, device, step->b);
  const char *id = mission != NULL ? pick_line (self, device, mission, step->c) : NULL;
  guint at = step->a / 64 % (G_N_ELEMENTS (fields) + 1);
  g_autofree char *number = g_strdup_printf ("%u", step->number);
  g_autofree char *price = g_strdup_printf ("%u MAD", step->number);
  const char *const values[] = { number, number, price, NULL, "lodging" };
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (KafChangeSet) set =
      kaf_change_set_new (at < G_N_ELEMENTS (fields) ? "edit" : "delete");

  if (id == NULL)
    return FALSE;
  if (at < G_N_ELEMENTS (fields))
    {
      change = kaf_record_new (entity, id);
      kaf_record_set (change, fields[at], values[at]);
      kaf_change_set_update (set, change);
    }
  else
    kaf_change_set_delete (set, entity, id);
  sim_note (self, "  device %u: %s of %s, which was validated", device->number,
            change != NULL ? fields[at] : "deletion", id);
  sim_user_commit (self, device, set, step);
  return TRUE;
}
