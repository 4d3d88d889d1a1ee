/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures that stand once others go by them: scoring rules that were published, months of the count that were closed.
 * Who has not heard of it changes them all the same, or closes the month too. */
#include "config.h"

#include "sim-world.h"

#include "rules/holder/kaf-score.h"
#include "server/kaf-hub-storage.h"
#include "store/kaf-tier-review.h"

/* Rules that the hub took as published. */
typedef struct
{
  guint device; /* that published them */
  char *said;   /* key of what they said */
  char *text;   /* what they say; NULL: not looked at yet */
} Published;

static void
published_free (gpointer data)
{
  Published *self = data;

  g_free (self->said);
  g_free (self->text);
  g_free (self);
}

void
sim_figures_init (SimWorld *self)
{
  self->published = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, published_free);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->months = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
sim_figures_clear (SimWorld *self)
{
  g_clear_pointer (&self->published, g_hash_table_unref);
  g_clear_pointer (&self->said, g_hash_table_unref);
  g_clear_pointer (&self->months, g_hash_table_unref);
}

/* Of what was taken back and is done again, as it was. */
static char *
make_last_key (const char *id, guint device)
{
  return g_strdup_printf ("%s %u", id, device);
}

static char *
print_rules (const KafRecord *record)
{
  g_autofree char *sum =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, kaf_record_get (record, "rules"), -1);

  return g_strdup_printf ("%s: %.8s", kaf_record_get (record, "number"), sum);
}

/* Of the group by which it was said: a device may publish, take that back, and publish something else before the hub hears
 * of any of it, which then takes the first alone. */
static char *
make_said_key (const KafOpGroup *group)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < KAF_OP_GROUP_HASH_SIZE; i++)
    g_string_append_printf (hex, "%02x", group->payload_hash[i]);
  return g_string_free (hex, FALSE);
}

/* Writing */

static void
draft (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autofree char *title = g_strdup_printf ("v%u", step->number);
  g_autofree char *number = g_strdup_printf ("%u", step->number);
  g_autofree char *json = kaf_score_rules_to_json (kaf_score_rules_default ());
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("rule_set"), NULL);

  kaf_record_set (record, "title_fr", title);
  kaf_record_set (record, "number", number);
  kaf_record_set (record, "rules", json);
  sim_user_create (self, device, record, step);
}

static void
edit (SimWorld *self, SimDevice *device, const SimStep *step, const char *id)
{
  static const char *const fields[] = { "number", "number", "title_fr", "published_by" };
  const char *field = fields[step->b / 64 % G_N_ELEMENTS (fields)];
  g_autofree char *value = g_strdup_printf ("%u", step->number);
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("rule_set"), id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  kaf_record_set (change, field, value);
  kaf_change_set_update (set, change);
  sim_note (self, "  device %u: %s of %s: %s", device->number, field, id, value);
  sim_user_commit (self, device, set, step);
}

static void
publish (SimWorld *self, SimDevice *device, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) before =
      kaf_read_record (device->db, kaf_registry_find ("rule_set"), id, NULL);
  g_autoptr (KafReceipt) receipt = kaf_rule_set_publish (device->db, id, NULL, &error);

  /* What is published already is not published again. */
  if (receipt != NULL && receipt->batch != NULL)
    {
      g_hash_table_replace (self->said, make_last_key (id, device->number), print_rules (before));
      sim_log_written (self, device);
      g_hash_table_replace (
          self->said, make_said_key (sim_log_find (self, device->number, device->logged)->group),
          print_rules (before));
    }
  sim_note (self, "  device %u publishes %s: %s", device->number, id,
            error != NULL ? error->message : "");
}

static void
drop (SimWorld *self, SimDevice *device, const SimStep *step, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, kaf_registry_find ("rule_set"), id);
  sim_note (self, "  device %u: deletes %s", device->number, id);
  sim_user_commit (self, device, set, step);
}

static KafRecord *
make_tally (const char *month, const char *axis, const char *code, guint count)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("target_tally"), NULL);
  g_autofree char *text = g_strdup_printf ("%u", count);

  kaf_record_set (record, "month", month);
  kaf_record_set (record, "stage", "identified");
  kaf_record_set (record, "axis", axis);
  kaf_record_set (record, "code", code);
  kaf_record_set (record, "count", text);
  return record;
}

/* The total, and some countries: another has seen other persons, and has others. */
static void
close_month (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const months[] = { "2026-08", "2026-09", "2026-10" };
  static const char *const countries[] = { "MA", "FR", "CH" };
  const char *month = months[step->b % G_N_ELEMENTS (months)];
  g_autoptr (KafRecord) total = make_tally (month, "all", "all", step->c / 64 % 8);
  g_autofree char *id = kaf_record_identify (total);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("close-month");

  /* A month is closed once, as far as this store knows. */
  if (kaf_read_exists (device->db, kaf_registry_find ("target_tally"), id))
    return;
  kaf_change_set_create (set, total);
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    if (step->c / 512 & 1u << i)
      {
        g_autoptr (KafRecord) cell =
            make_tally (month, "country", countries[i], 5 + step->number % 8);

        kaf_change_set_create (set, cell);
      }
  sim_note (self, "  device %u: closes %s", device->number, month);
  sim_user_commit (self, device, set, step);
}

void
sim_figures_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, "rule_set");
  const char *id = sim_user_pick (self, device, "rule_set", step->b, FALSE);
  guint what = step->a / 64 % 16;

  if (!device->role->approves)
    return;
  if (what < 6)
    close_month (self, device, step);
  else if (id == NULL || (what == 6 && ids->len < 3))
    draft (self, device, step);
  else if (what < 11)
    edit (self, device, step, id);
  else if (what < 14)
    publish (self, device, id);
  else if (what == 14)
    drop (self, device, step, id);
  else
    sim_user_turn_back (self, device, FALSE);
}

/* Judging */

/* Of an operation that the hub refused for @why. */
void
sim_figures_judge (SimWorld *self, const SimDevice *device, const KafOperation *op, const char *why)
{
  const char *id = kaf_operation_get_id (op);
  const char *month;
  guint closer;

  if (g_str_equal (why, KAF_REFUSED_PUBLISHED) && !g_hash_table_contains (self->published, id))
    sim_wrong (self, "%s of device %u was published by nobody", id, device->number);
  if (!g_str_equal (why, KAF_REFUSED_CLOSED))
    return;
  month = kaf_record_get (op->after, "month");
  closer = GPOINTER_TO_UINT (g_hash_table_lookup (self->months, month));
  if (closer == 0 || closer == device->number + 1)
    sim_wrong (self, "device %u closed %s first, and was refused", device->number, month);
}

static void
note_rules (SimWorld *self,
            const SimDevice *device,
            const KafOpGroup *group,
            const KafOperation *op)
{
  const char *id = kaf_operation_get_id (op);
  int field = kaf_entity_field_index (kaf_operation_get_entity (op), "published_on");
  Published *published = g_hash_table_lookup (self->published, id);

  if (op->kind != KAF_CHANGE_UPDATE || !kaf_operation_changes (op, field))
    return;
  if (kaf_record_get_at (op->after, field) == NULL)
    {
      if (published != NULL && published->device != device->number)
        sim_wrong (self, "device %u took back what device %u published", device->number,
                   published->device);
      g_hash_table_remove (self->published, id);
      return;
    }
  /* What is published stays so, whatever its publisher made of it when he thought that he had taken it back. */
  if (published != NULL && published->device == device->number)
    return;
  published = g_new0 (Published, 1);
  published->device = device->number;
  published->said = make_said_key (group);
  if (!g_hash_table_contains (self->said, published->said))
    {
      g_free (published->said);
      published->said = make_last_key (id, device->number);
    }
  g_hash_table_replace (self->published, g_strdup (id), published);
}

/* The hub took it: a month has the figures of one closing. */
void
sim_figures_note (SimWorld *self,
                  const SimDevice *device,
                  const KafOpGroup *group,
                  const KafOperation *op)
{
  const char *entity = kaf_operation_get_entity (op)->id;
  const char *month;
  guint closer;

  if (g_str_equal (entity, "rule_set"))
    note_rules (self, device, group, op);
  if (!g_str_equal (entity, "target_tally") || op->kind != KAF_CHANGE_CREATE)
    return;
  month = kaf_record_get (op->after, "month");
  closer = GPOINTER_TO_UINT (g_hash_table_lookup (self->months, month));
  if (closer == 0)
    g_hash_table_insert (self->months, g_strdup (month), GUINT_TO_POINTER (device->number + 1));
}

static void
check_rules (SimWorld *self, const char *id, Published *published, KafRecord *record)
{
  g_autofree char *text = print_rules (record);
  g_autofree char *now =
      g_strdup_printf ("%s, %s by %s", text, kaf_record_get (record, "published_on"),
                       kaf_record_get (record, "published_by"));
  const char *said = g_hash_table_lookup (self->said, published->said);

  if (kaf_record_get_stamp (record)->deleted_at != 0)
    sim_wrong (self, "%s was published, and is deleted", id);
  if (g_strcmp0 (said, text) != 0)
    sim_wrong (self, "%s was published as %s, and says %s", id, said, text);
  if (published->text != NULL && !g_str_equal (published->text, now))
    sim_wrong (self, "%s was published, and says other things now", id);
  g_free (published->text);
  published->text = g_steal_pointer (&now);
}

static void
check_tally (SimWorld *self, const KafHubPart *part)
{
  const char *month = kaf_record_get (part->record, "month");
  guint closer = GPOINTER_TO_UINT (g_hash_table_lookup (self->months, month));
  const char *user = kaf_record_get_stamp (part->record)->created_by;

  if (closer == 0 || g_strcmp0 (user, self->devices[closer - 1].user) != 0)
    sim_wrong (self, "%s has figures of two closings", month);
}

/* After each exchange. */
void
sim_figures_check (SimWorld *self)
{
  g_autoptr (GPtrArray) records = NULL;

  if (g_hash_table_size (self->published) == 0 && g_hash_table_size (self->months) == 0)
    return;
  records = sim_scope_read_hub (self);
  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);
      KafHubPart *part = g_ptr_array_index (record->parts, 0);
      Published *published = g_hash_table_lookup (self->published, record->id);

      if (published != NULL)
        check_rules (self, record->id, published, part->record);
      if (g_str_equal (record->root->id, "target_tally"))
        check_tally (self, part);
    }
}
