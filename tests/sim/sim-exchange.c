/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange between a device and the hub, and all that may go wrong with it. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/kaf-day.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-findings.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

#define ALL_OF_IT (1024 * 1024)

gint64
sim_get_acked (SimWorld *self, SimDevice *device)
{
  g_autofree char *text = kaf_local_get (device->db, KAF_SYNC_ACKED);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static char *
get_cursor (SimWorld *self, SimDevice *device)
{
  g_autofree char *cursor = kaf_local_get (device->db, KAF_SYNC_CURSOR);

  return g_strdup_printf ("%s %" G_GINT64_FORMAT, cursor, sim_get_acked (self, device));
}

static GString *
make_body (SimWorld *self, SimDevice *device, gsize most)
{
  g_autofree char *cursor = kaf_local_get (device->db, KAF_SYNC_CURSOR);
  GString *body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *erased = kaf_local_get (device->db, KAF_SYNC_ERASED);
  g_autofree char *whole = kaf_local_get (device->db, KAF_SYNC_WHOLE);
  KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL,
                     .now = kaf_clock_now (device->clock) / 1000,
                     .cursor = cursor,
                     .erased = erased != NULL ? g_ascii_strtoll (erased, NULL, 10) : 0,
                     .whole = whole != NULL };

  kaf_hello_print (&hello, body);
  kaf_outbox_print (device->db, most, body, &error);
  g_assert_no_error (error);
  return body;
}

#define WRITES (KAF_FAULT_WRITE | KAF_FAULT_SYNC)

/* The hub */

/* Of the groups in @body: whether one is another than the one of that number that the hub took. */
static gboolean
is_of_a_copy (SimWorld *self, SimDevice *device, const char *body, gsize size)
{
  const char *line;
  gsize length;

  kaf_exchange_next (&body, &size, &length);
  while ((line = kaf_exchange_next (&body, &size, &length)) != NULL)
    {
      g_autoptr (KafOpGroup) group = kaf_op_group_parse (line, length, NULL);

      for (guint i = 0; group != NULL && i < self->taken->len; i++)
        {
          const SimGroup *taken = g_ptr_array_index (self->taken, i);

          if (sim_log_is_of (taken, device) && taken->group->dseq == group->dseq)
            return memcmp (taken->group->payload_hash, group->payload_hash,
                           KAF_OP_GROUP_HASH_SIZE) != 0;
        }
    }
  return FALSE;
}

static void
note_verdict (
    SimWorld *self, SimDevice *device, const KafVerdict *verdict, const char *body, gsize size)
{
  const char *line;
  gsize length;

  if (verdict->dseq <= self->hub_dseq[device->number])
    return;
  if (verdict->dseq != self->hub_dseq[device->number] + 1)
    sim_wrong (self, "the hub took a group before its turn");
  self->hub_dseq[device->number] = verdict->dseq;
  kaf_exchange_next (&body, &size, &length);
  while ((line = kaf_exchange_next (&body, &size, &length)) != NULL)
    {
      g_autoptr (KafOpGroup) group = kaf_op_group_parse (line, length, NULL);

      if (group != NULL && group->dseq == verdict->dseq)
        {
          sim_log_taken (self, device, group, verdict);
          return;
        }
    }
  sim_wrong (self, "a verdict on a group that was not sent");
}

static void
note_answer (SimWorld *self, SimDevice *device, GString *answer, const char *body, gsize size)
{
  const char *text = answer->str, *line;
  gsize rest = answer->len, length;
  g_autoptr (GPtrArray) verdicts = NULL;
  gboolean copy = is_of_a_copy (self, device, body, size);
  gint64 expects = 0;

  kaf_exchange_next (&text, &rest, &length);
  line = kaf_exchange_next (&text, &rest, &length);
  verdicts = kaf_verdicts_parse (line, length, &expects, NULL);
  g_assert_nonnull (verdicts);
  for (guint i = 0; i < verdicts->len; i++)
    note_verdict (self, device, g_ptr_array_index (verdicts, i), body, size);
  if (copy && expects >= 0)
    sim_wrong (self, "the hub took device %u, a copy, for the one it had", device->number);
  if (expects >= 0 && expects != self->hub_dseq[device->number] + 1)
    sim_wrong (self, "the hub expects group %" G_GINT64_FORMAT, expects);
  if ((device->role->reads & KAF_CLASS_PRIVATE) == 0 && strstr (answer->str, SIM_CANARY) != NULL)
    sim_wrong (self, "a %s was told what is not for him", device->role->id);
  sim_scope_check_answer (self, device, answer->str, answer->len);
  sim_budget_check (self);
  sim_figures_check (self);
  sim_erase_check_hub (self);
}

/* What one who sees a part might write is judged by what stood there. */
static void
look_before (SimWorld *self, SimDevice *device)
{
  g_clear_pointer (&self->before, g_ptr_array_unref);
  if (sim_scope_is_part (device))
    self->before = sim_scope_read_hub (self);
}

/* Whether two answers say the same of what was sent. */
static gboolean
is_same_verdict (const GString *one, const GString *other)
{
  g_auto (GStrv) ours = g_strsplit (one->str, "\n", 3);
  g_auto (GStrv) others = g_strsplit (other->str, "\n", 3);

  return g_strcmp0 (ours[1], others[1]) == 0;
}

/* Where a request of @size is cut so that it ends within a line: at the end of one it would be whole, and shorter. */
static gsize
cut_within (const char *body, gsize size)
{
  gsize cut = MAX (size, 1) - 1;

  return cut > 0 && body[cut - 1] == '\n' ? cut - 1 : cut;
}

/* In one commit with two more: one that is cut at its end, before it, of which nothing may remain; and the same once
 * more, after it, as of a device that did not hear the answer. */
static gboolean
ask_together (SimWorld *self,
              const KafHubSession *session,
              const char *body,
              gsize size,
              GString *answer,
              GError **error)
{
  g_autoptr (GString) none = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);
  KafHubExchange all[] = {
    { .session = session, .body = body, .size = cut_within (body, size), .answer = none },
    { .session = session, .body = body, .size = size, .answer = answer },
    { .session = session, .body = body, .size = size, .answer = again },
  };
  KafHubExchange *list[] = { &all[0], &all[1], &all[2] };

  for (guint n = 0; n < G_N_ELEMENTS (list);)
    n += kaf_hub_exchange_together (self->hub, list + n, G_N_ELEMENTS (list) - n);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].done != (all[i].error == NULL) || (!all[i].done && all[i].answer->len > 0))
      sim_wrong (self, "an exchange was refused and answered");
  /* A disk may have failed between the two. */
  if (all[1].done && !all[2].done && !kaf_faulty_vfs_has_struck ())
    sim_wrong (self, "what was taken is refused when it is repeated: %s", all[2].error->message);
  /* One that forked, or that has a gap, is not read to its end. */
  for (guint i = 0; i < G_N_ELEMENTS (all); i += 2)
    if (all[1].done && all[i].done && !is_same_verdict (answer, all[i].answer))
      sim_wrong (self, "another verdict on what came before");
  g_clear_error (&all[0].error);
  g_clear_error (&all[2].error);
  if (all[1].error != NULL)
    g_propagate_error (error, all[1].error);
  return all[1].done;
}

/* Who brings nothing is told the same by a second look at the file, where that tells at all. */
static void
check_reader (SimWorld *self, const KafHubSession *session, const char *body, gsize size)
{
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) read = g_string_new (NULL);
  KafHubExchange exchange = { .session = session, .body = body, .size = size, .answer = read };

  if (!kaf_hub_read (self->hub, &exchange))
    {
      if (exchange.error != NULL || read->len > 0)
        sim_wrong (self, "an exchange that was not read was answered");
      return;
    }
  if (!kaf_hub_exchange (self->hub, session, body, size, own, NULL) || !g_string_equal (own, read))
    sim_wrong (self, "a reader tells something else than the hub");
}

/* FALSE: the hub said no, and took nothing. */
static gboolean
ask_hub (SimWorld *self, SimDevice *device, const char *body, gsize size, GString *answer)
{
  const KafHubSession session = { kaf_sync_get_device (device->db), device->user, device->role,
                                  device->grant };
  KafHubFigures before = { 0 }, after = { 0 };
  g_autoptr (GError) error = NULL;

  kaf_hub_get_figures (self->hub, &before, NULL);
  check_reader (self, &session, body, size);
  look_before (self, device);
  if (ask_together (self, &session, body, size, answer, &error))
    {
      sim_disarm ();
      note_answer (self, device, answer, body, size);
      g_checksum_update (self->trace, (const guchar *) answer->str, answer->len);
      return TRUE;
    }
  sim_disarm ();
  sim_note (self, "  the hub: %s", error->message);
  kaf_hub_get_figures (self->hub, &after, &error);
  if (before.seq != after.seq || before.n_records != after.n_records)
    sim_wrong (self, "the hub refused a request and took something of it");
  return FALSE;
}

static gboolean
ask_alone (SimWorld *self,
           const KafHubSession *session,
           const char *body,
           gsize size,
           GString *answer,
           GError **error)
{
  return kaf_hub_exchange (self->hub, session, body, size, answer, error);
}

/* The disk of the hub fails; it must be as if never asked. */
static void
ask_faulty_hub (SimWorld *self, SimDevice *device, GString *body, const SimStep *step)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  const KafHubSession session = { kaf_sync_get_device (device->db), device->user, device->role,
                                  device->grant };
  const KafFaultPlan plan = { .ops = WRITES, .at = 1 + step->a % 12, .lasting = TRUE, .room = -1 };
  gboolean together = (step->a / 12) % 4 == 0;
  g_autoptr (GError) error = NULL;

  look_before (self, device);
  kaf_faulty_vfs_arm (&plan);
  if ((together ? ask_together : ask_alone) (self, &session, body->str, body->len, answer, &error))
    note_answer (self, device, answer, body->str, body->len);
  else
    sim_note (self, "  the hub: %s", error->message);
  sim_disarm ();
  if (step->b % 2 == 0)
    sim_reopen_hub (self);
}

/* The device */

/* What stands in the store by that number; NULL: nothing. */
static GBytes *
read_payload_hash (SimDevice *device, gint64 dseq)
{
  g_autofree char *number =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kaf_sync_get_device (device->db));
  g_autoptr (KafStatement) row = kaf_database_prepare (
      device->db, "SELECT payload_hash FROM op_group WHERE device = ? AND dseq = ?", NULL);

  g_assert_nonnull (row);
  kaf_statement_bind_text (row, 1, number);
  sqlite3_bind_int64 (row, 2, dseq);
  return kaf_database_step (device->db, row, NULL)
             ? g_bytes_new (sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0))
             : NULL;
}

/* Whether the last group that the hub had when it answered is another than what the store wrote by that number. */
static gboolean
is_of_another (SimWorld *self, SimDevice *device, const char *answer, gsize size)
{
  gint64 dseq = sim_log_read_taken (answer, size);
  g_autoptr (GBytes) own = read_payload_hash (device, dseq);

  for (guint i = self->taken->len; i-- > 0;)
    {
      const SimGroup *taken = g_ptr_array_index (self->taken, i);

      if (sim_log_is_of (taken, device) && taken->group->dseq == dseq)
        return own == NULL || memcmp (taken->group->payload_hash, g_bytes_get_data (own, NULL),
                                      KAF_OP_GROUP_HASH_SIZE) != 0;
    }
  return FALSE;
}

static void
note_fork (
    SimWorld *self, SimDevice *device, const char *answer, gsize size, const KafInboxResult *result)
{
  if (result->forked)
    {
      sim_note (self, "  device %u is known for a copy", device->number);
      device->forked = TRUE;
    }
  else if (is_of_another (self, device, answer, size))
    sim_wrong (self, "device %u is a copy, and does not know", device->number);
}

/* TRUE: the answer is in the store. */
static gboolean
take_answer (SimWorld *self,
             SimDevice *device,
             const char *answer,
             gsize size,
             gint64 place,
             KafInboxResult *result)
{
  g_autofree char *before = get_cursor (self, device);
  g_autofree char *after = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) read = sim_older_read (device, answer, size);
  gboolean done = kaf_inbox_take (device->db, read->str, read->len, result, &receipt, &error);
  gboolean struck = kaf_faulty_vfs_has_struck ();
  gboolean power = kaf_faulty_vfs_get_plan ()->power && struck;

  if (struck)
    {
      g_clear_pointer (&device->db, kaf_database_close);
      if (power)
        kaf_faulty_vfs_lose_unsynced (place);
    }
  sim_disarm ();
  if (struck)
    sim_open_device (self, device);
  after = get_cursor (self, device);
  sim_note (self, "  device %u took %u records: %s (%s)", device->number, result->n_records,
            done ? after : "no", done ? "" : error->message);
  if (done)
    note_fork (self, device, answer, size, result);
  sim_erase_check (self, device);
  if (device->forked)
    {
      if (!self->of_erasures)
        return FALSE;
      sim_account_sign_in (self, device);
      device->forked = FALSE;
      return FALSE;
    }
  if (done || !g_str_equal (before, after))
    sim_log_told (self, device, answer, size, place);
  sim_log_check_shown (self, device);
  if (done)
    sim_mission_check_shown (self, device);
  if (done)
    sim_erase_move_files (self, device);
  return done;
}

/* Nothing of an answer that was cut, or met a broken disk, is seen. */
static void
take_broken (
    SimWorld *self, SimDevice *device, GString *answer, gsize size, const KafFaultPlan *plan)
{
  gint64 place = self->taken->len;
  g_autofree char *before = sim_dump (self, device);
  g_autofree char *cursor = get_cursor (self, device);
  g_autofree char *after = NULL;
  g_autofree char *now = NULL;
  KafInboxResult result;

  kaf_faulty_vfs_arm (plan);
  if (take_answer (self, device, answer->str, size, place, &result) || result.forked)
    return;
  now = get_cursor (self, device);
  after = sim_dump (self, device);
  /* An erasure waits for no answer to be whole. */
  if (g_str_equal (cursor, now) && result.n_erased == 0 && !g_str_equal (before, after))
    sim_wrong (self, "device %u took half of an answer", device->number);
}

/* Somebody types while the answer is on its way, or deletes; half of those who do are of another role by the time at which
 * it is sent. */
static void
type_meanwhile (SimWorld *self, SimDevice *device, const SimStep *step, const GString *answer)
{
  if (self->of_meanwhile && step->c / 8192 % 2 == 0)
    sim_user_delete (self, device, step);
  else
    sim_user_edit_told (self, device, step, answer->str, answer->len);
  if (self->of_meanwhile && step->c / 16384 % 2 == 0)
    sim_scope_turn (self, device);
}

/* Somebody types while the answer is on its way, and again once it is there. */
static gboolean
take_typed (SimWorld *self, SimDevice *device, GString *answer, const SimStep *step)
{
  SimStep next = *step;
  KafInboxResult result;

  type_meanwhile (self, device, step, answer);
  if (!take_answer (self, device, answer->str, answer->len, self->taken->len, &result))
    return FALSE;
  next.number += 500;
  next.b++;
  if (step->kind % 2 == 0)
    sim_user_edit_told (self, device, &next, answer->str, answer->len);
  return TRUE;
}

static gboolean
end_exchange (
    SimWorld *self, SimDevice *device, GString *answer, SimFault fault, const SimStep *step)
{
  gint64 place = self->taken->len;
  guint life = device->life;
  KafInboxResult result = { 0 };
  KafFaultPlan plan = { .at = 1 + (step != NULL ? step->a : 0) % 20, .lasting = TRUE, .room = -1 };

  switch (fault)
    {
    case SIM_ANSWER_CUT:
      plan.at = 0;
      take_broken (self, device, answer, step->a % answer->len, &plan);
      return FALSE;
    case SIM_DEVICE_DISK:
      plan.ops = WRITES | KAF_FAULT_READ;
      take_broken (self, device, answer, answer->len, &plan);
      return FALSE;
    case SIM_DEVICE_FULL:
      plan.at = 0;
      plan.room = step->a % 20000;
      take_broken (self, device, answer, answer->len, &plan);
      return FALSE;
    case SIM_DEVICE_POWER:
      plan.ops = WRITES;
      plan.power = TRUE;
      take_broken (self, device, answer, answer->len, &plan);
      return FALSE;
    case SIM_TYPED_MEANWHILE:
      return take_typed (self, device, answer, step);
    case SIM_WELL:
    case SIM_REQUEST_LOST:
    case SIM_REQUEST_CUT:
    case SIM_REQUEST_TWICE:
    case SIM_REQUEST_LATE:
    case SIM_ANSWER_LOST:
    case SIM_ANSWER_LATE:
    case SIM_HUB_DISK:
    case SIM_N_FAULTS:
    default:
      break;
    }
  return take_answer (self, device, answer->str, answer->len, place, &result)
             ? (result.n_records > 0 || result.n_acked > 0 || result.more)
             : device->life > life;
}

/* A request that was long on its way arrives; nobody waits for the answer. */
static void
deliver_late (SimWorld *self, SimDevice *device)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  if (device->stash == NULL)
    return;
  if (sim_account_come (self, device, FALSE))
    ask_hub (self, device, device->stash->str, device->stash->len, answer);
  sim_drop (&device->stash);
}

/* Two processes of one store ask, and the one that was answered first takes its answer last. */
static void
take_late (SimWorld *self, SimDevice *device, GString *answer)
{
  g_autoptr (GString) late = g_steal_pointer (&device->late);
  KafInboxResult result;

  if (late != NULL)
    take_answer (self, device, late->str, late->len, device->late_place, &result);
  device->late = g_string_new_len (answer->str, answer->len);
  device->late_place = self->taken->len;
}

/* Whether the device begins anew, and the answer too is one from the beginning. */
static gboolean
begins_here (SimDevice *device, const GString *answer)
{
  g_autofree char *cursor = kaf_local_get (device->db, KAF_SYNC_CURSOR);
  const char *text = answer->str;
  gsize size = answer->len, length;
  const char *line = kaf_exchange_next (&text, &size, &length);
  g_auto (KafHello) hello = { 0 };

  return line != NULL && kaf_hello_parse (line, length, &hello, NULL) &&
         g_strcmp0 (hello.cursor, cursor) == 0 && (cursor == NULL || *cursor == '/');
}

/* The process that was answered first takes its answer after the other has taken a later one: what is shown does not go
 * back to what was before. With as far a cursor it may still tell what the hub took of what was sent meanwhile: then it
 * is no older. Nor is one from where the device stands: it begins anew, and asked the same before. */
static void
take_older (SimWorld *self, SimDevice *device)
{
  g_autoptr (GString) late = g_steal_pointer (&device->late);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  KafInboxResult result;
  gint64 acked;

  if (late == NULL || device->forked || begins_here (device, late))
    return;
  acked = sim_get_acked (self, device);
  before = sim_dump (self, device);
  take_answer (self, device, late->str, late->len, device->late_place, &result);
  after = sim_dump (self, device);
  if (sim_get_acked (self, device) == acked && !g_str_equal (before, after))
    sim_wrong (self, "device %u took an answer that was older than what it had", device->number);
}

/* What the rules find is kept by the device and brought up to date; the end looks whether that is what they find. */
static void
look (SimDevice *device)
{
  const KafFindingsQuery query = { .limit = 1, .day = kaf_day_parse ("2026-11-22") };
  KafFindings *findings = kaf_findings_read (device->db, &query, NULL, NULL);

  g_clear_pointer (&findings, kaf_findings_unref);
}

gboolean
sim_exchange (SimWorld *self, SimDevice *device, SimFault fault, const SimStep *step)
{
  gboolean contested = self->of_fields || self->of_sets > 0;
  gsize most = step != NULL && step->c % (contested ? 2 : 4) == 0 ? 1 : ALL_OF_IT;
  g_autoptr (GString) body = make_body (self, device, most);
  g_autoptr (GString) answer = g_string_new (NULL);
  gsize size = body->len;
  gboolean moved;

  if (self->of_fields && fault != SIM_WELL && step->a % 3 == 0)
    fault = SIM_ANSWER_LATE;
  else if (self->of_meanwhile && fault == SIM_WELL && step != NULL && step->c / 1024 % 3 == 0)
    fault = SIM_TYPED_MEANWHILE;
  look (device);
  g_checksum_update (self->trace, (const guchar *) body->str, body->len);
  if (fault == SIM_REQUEST_LOST)
    return FALSE;
  if (fault == SIM_REQUEST_LATE)
    {
      deliver_late (self, device);
      device->stash = g_steal_pointer (&body);
      return FALSE;
    }
  if (!sim_account_come (self, device, fault != SIM_REQUEST_CUT && fault != SIM_ANSWER_LOST))
    return FALSE;
  if (fault == SIM_HUB_DISK)
    {
      ask_faulty_hub (self, device, body, step);
      return FALSE;
    }
  if (fault == SIM_REQUEST_CUT)
    size = step->a % size;
  if (fault == SIM_REQUEST_TWICE && !ask_hub (self, device, body->str, size, answer))
    return FALSE;
  g_string_truncate (answer, 0);
  if (!ask_hub (self, device, body->str, size, answer) || fault == SIM_REQUEST_CUT ||
      fault == SIM_ANSWER_LOST)
    return FALSE;
  if (fault == SIM_ANSWER_LATE)
    {
      take_late (self, device, answer);
      return FALSE;
    }
  moved = end_exchange (self, device, answer, fault, step);
  if (self->of_fields && fault == SIM_WELL)
    take_older (self, device);
  /* A part was sent. */
  if (self->of_sets > 0 && fault == SIM_WELL && most == 1 && !device->forked &&
      sim_get_acked (self, device) < device->logged)
    sim_user_contest_again (self, device, step);
  return moved;
}
