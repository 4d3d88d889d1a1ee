/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People judge records to be one, and think better of it, while all the rest goes on. The log, and what is compared
 * with the hub, look at rows as they came; what devices show is the same wherever the same is seen; and when all that
 * was judged is taken back, every device shows what the hub has. */
#include "config.h"

#include "sim-world.h"

#include "store/kaf-database-private.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"

/* The row as it came; at the end, when nothing is judged any more, the record as it is shown. */
KafRecord *
sim_read (const SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id)
{
  return self->judged_back ? kaf_read_record (device->db, entity, id, NULL)
                           : kaf_one_read_raw (device->db, entity, id, NULL);
}

/* ---- What people do ---- */

static void
say (SimWorld *self, SimDevice *device, const SimStep *step, const char *entity)
{
  static const char *const verdicts[] = { "same", "same", "same", "different", "unsure" };
  const char *a = sim_user_pick (self, device, entity, step->b, FALSE);
  const char *b = sim_user_pick (self, device, entity, step->c / 256, FALSE);
  const KafEntity *expert = kaf_registry_find ("expert");
  const KafFieldChoice choices[] = { { kaf_registry_find ("person"), "city", b },
                                     { expert, "headline_fr", a },
                                     { NULL } };
  const char *verdict = verdicts[step->b / 64 % G_N_ELEMENTS (verdicts)];
  const KafJudging judging = {
    .entity = kaf_registry_find (entity),
    .a = a,
    .b = b,
    .verdict = kaf_judge_parse (verdict),
    .likelihood = -1,
    .choices =
        g_str_equal (verdict, "same") && g_str_equal (entity, "person") && step->b / 8 % 2 == 0
            ? choices
            : NULL,
  };
  g_autoptr (KafChangeSet) set = NULL;

  if (a == NULL || b == NULL || g_str_equal (a, b))
    return;
  set = kaf_judge (&judging);
  sim_note (self, "  device %u: %s %s and %s are %s", device->number, entity, a, b, verdict);
  sim_user_commit (self, device, set, step);
}

static void
think_better (SimWorld *self, SimDevice *device, const SimStep *step, const char *entity)
{
  g_autoptr (GPtrArray) standing =
      kaf_judge_list (device->db, kaf_registry_find (entity), NULL, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  const KafJudged *one;

  if (standing == NULL || standing->len == 0)
    return;
  one = g_ptr_array_index (standing, step->b % standing->len);
  sim_note (self, "  device %u: takes back %s", device->number, one->id);
  if (kaf_judge_revoke (device->db, set, one->id, NULL, NULL))
    sim_user_commit (self, device, set, step);
}

/* Whose value shows, of somebody who is several. */
static void
prefer (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const KafEntity *person = kaf_registry_find ("person");
  const char *id = sim_user_pick (self, device, "person", step->b, FALSE);
  g_autoptr (GPtrArray) members =
      id != NULL ? kaf_one_list_members (device->db, person, id, NULL) : NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");
  KafFieldChoice choice = { person, step->a / 8 % 2 == 0 ? "city" : "family_name", NULL };

  if (members == NULL || members->len == 0)
    return;
  choice.of = g_ptr_array_index (members, step->c / 256 % members->len);
  kaf_judge_add_choice (set, person, id, &choice);
  sim_note (self, "  device %u: %s of %s", device->number, choice.field, choice.of);
  sim_user_commit (self, device, set, step);
}

void
sim_judge_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *entity = step->a / 64 % 4 == 0 ? "organisation" : "person";

  switch (step->a % 8)
    {
    case 0:
    case 1:
      think_better (self, device, step, entity);
      break;
    case 2:
      prefer (self, device, step);
      break;
    default:
      say (self, device, step, entity);
      break;
    }
}

/* ---- What must hold ---- */

static gboolean
is_at_rest (const SimDevice *device)
{
  return !device->forked && g_str_equal (device->grant, "national");
}

/* What the hub did not take shows at who wrote it, and nowhere else. */
static gboolean
was_taken (const SimWorld *self, const SimDevice *device)
{
  for (guint i = 0; i < self->taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (self->taken, i);

      for (guint j = 0; group->device == device->number && j < group->ops->len; j++)
        if (((const SimOp *) g_ptr_array_index (group->ops, j))->refused)
          return FALSE;
    }
  return TRUE;
}

static void
print_shown (SimDevice *device, const KafEntity *entity, GString *text)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE ?1 IS NULL AND"
                       " e.deleted_at IS NULL AND h.deleted = 0 ORDER BY h.id",
                       entity->id);
  g_autoptr (GPtrArray) ids = kaf_read_ids (device->db, sql, NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (KafRecord) record = kaf_read_record (device->db, entity, id, NULL);

      g_string_append_printf (text, "%s %s", entity->id, id);
      /* What a role does not read stands where it was typed, and nowhere else. */
      for (guint f = 0; entity->fields[f].id != NULL; f++)
        if (!kaf_field_is_many (&entity->fields[f]) &&
            kaf_role_can_read (device->role, &entity->fields[f]))
          g_string_append_printf (text, "|%s", kaf_record_get_at (record, f));
      g_string_append_c (text, '\n');
    }
}

static char *
print_all_shown (SimDevice *device)
{
  g_autoptr (GPtrArray) aliases =
      kaf_read_ids (device->db,
                    "SELECT entity || ' ' || id || ' is ' || canonical FROM alias WHERE ?1 IS NULL"
                    " ORDER BY 1",
                    NULL, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (aliases, i));
  print_shown (device, kaf_registry_find ("person"), text);
  print_shown (device, kaf_registry_find ("expert"), text);
  print_shown (device, kaf_registry_find ("organisation"), text);
  print_shown (device, kaf_registry_find ("network"), text);
  print_shown (device, kaf_registry_find ("membership"), text);
  return g_string_free (text, FALSE);
}

/* Who sees the same is shown the same. */
void
sim_judge_check (SimWorld *self)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    for (guint j = i + 1; j < SIM_DEVICES; j++)
      {
        SimDevice *one = &self->devices[i];
        SimDevice *other = &self->devices[j];
        g_autofree char *here = NULL;
        g_autofree char *there = NULL;

        if (!is_at_rest (one) || !is_at_rest (other) || one->role != other->role ||
            !was_taken (self, one) || !was_taken (self, other))
          continue;
        here = print_all_shown (one);
        there = print_all_shown (other);
        if (!g_str_equal (here, there))
          sim_wrong (self, "devices %u and %u show not the same:\n%s\nand\n%s", i, j, here, there);
      }
}

/* At each device, which may have judged what the hub did not take. FALSE: there is none that may. */
gboolean
sim_judge_take_back (SimWorld *self)
{
  static const char *const entities[] = { "person", "organisation" };
  const SimStep step = { .number = 8000, .c = 1 };
  gboolean any = FALSE;

  for (guint i = 0; i < SIM_DEVICES; i++)
    {
      SimDevice *device = &self->devices[i];

      if (!is_at_rest (device) ||
          !kaf_role_may_write (device->role, kaf_registry_find ("judgement")))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (entities); j++)
        {
          g_autoptr (GPtrArray) standing =
              kaf_judge_list (device->db, kaf_registry_find (entities[j]), NULL, NULL);
          g_autoptr (KafChangeSet) set = kaf_change_set_new ("judge");

          for (guint k = 0; standing != NULL && k < standing->len; k++)
            kaf_judge_revoke (device->db, set, ((KafJudged *) g_ptr_array_index (standing, k))->id,
                              NULL, NULL);
          if (kaf_change_set_get_size (set) > 0)
            sim_user_commit (self, device, set, &step);
        }
      sim_log_written (self, device);
      any = TRUE;
    }
  self->judged_back = any;
  return any;
}

/* Nothing is shown as anything but itself. */
void
sim_judge_check_back (SimWorld *self)
{
  static const char left[] = "SELECT (SELECT count(*) FROM alias) + (SELECT count(*) FROM raw)";

  for (guint i = 0; i < SIM_DEVICES; i++)
    if (is_at_rest (&self->devices[i]) &&
        kaf_database_get_int (self->devices[i].db, left, NULL) != 0)
      sim_wrong (self, "device %u still shows one for another", i);
}
