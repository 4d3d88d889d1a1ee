/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures: the hub erases a person while devices are away, write of her, and are restored; she has words of her own in
 * all that is known of her, and once a device has carried it out none of its files has one of them. What the ledger
 * beside the hub names is gone for ever, whatever comes in late, and whatever backup the hub is restored from. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/kaf-id.h"
#include "rules/kaf-hold.h"
#include "schema/kaf-set.h"
#include "server/kaf-hub-blobs.h"
#include "server/kaf-hub-storage.h"
#include "sim-canary.h"
#include "store/kaf-attachments.h"
#include "store/kaf-blobs.h"
#include "store/kaf-drafts.h"
#include "store/kaf-lease-check.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

/* Of a history. */
#define ERASURES_MAX 4

#define AWAY_DAYS 60

/* Who may order it, and sees all for that. */
#define OFFICER "salwa"

/* How the hub, and what is known of it, stood when it was backed up. */
struct _SimYesterday
{
  char *path;
  guint n_taken;
  gint64 hub_dseq[SIM_DEVICES];
  guint life[SIM_DEVICES];
  GHashTable *exists;
};

static void
yesterday_free (SimYesterday *self)
{
  g_free (self->path);
  g_hash_table_unref (self->exists);
  g_free (self);
}

void
sim_erase_init (SimWorld *self)
{
  self->erased = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->along = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
sim_erase_clear (SimWorld *self)
{
  g_clear_pointer (&self->erased, g_hash_table_unref);
  g_clear_pointer (&self->along, g_hash_table_unref);
  g_clear_pointer (&self->yesterday, yesterday_free);
}

static char *
make_key (const KafEntity *entity, const char *id)
{
  return g_strconcat (kaf_entity_get_root (entity)->id, "\t", id, NULL);
}

/* What is erased */

gboolean
sim_erase_has (const SimWorld *self, const KafEntity *entity, const char *id)
{
  g_autofree char *key = NULL;

  if (id == NULL || g_hash_table_size (self->erased) == 0)
    return FALSE;
  key = make_key (entity, id);
  return g_hash_table_contains (self->erased, key) || g_hash_table_contains (self->along, key);
}

/* Whether that value of the field takes the record along: what the law keeps stays without her. */
static gboolean
takes_along (const SimWorld *self, const KafEntity *entity, guint i, const char *value)
{
  const KafField *field = &entity->fields[i];
  const KafEntity *target = kaf_registry_find (field->target);

  return value != NULL && target != NULL && kaf_field_has (field, KAF_FIELD_PARENT) &&
         kaf_hold_find_field (entity, kaf_entity_get_root (target)) != field &&
         sim_erase_has (self, target, value);
}

gboolean
sim_erase_goes (
    SimWorld *self, const KafEntity *entity, const char *id, SimValueFunc get, gconstpointer data)
{
  const char *owner = NULL;
  const KafEntity *kind = NULL;
  gboolean goes = sim_erase_has (self, entity, id);

  if (g_hash_table_size (self->erased) == 0)
    return FALSE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      goes |= takes_along (self, entity, i, get (data, i));
      if (g_str_equal (entity->fields[i].id, "owner"))
        owner = get (data, i);
      if (g_str_equal (entity->fields[i].id, "owner_entity"))
        kind = kaf_registry_find (get (data, i));
    }
  goes |= kind != NULL && sim_erase_has (self, kind, owner);
  if (goes)
    g_hash_table_add (self->along, make_key (entity, id));
  return goes;
}

/* The value without who was erased; @names (out): it named one. (transfer full) (nullable) */
char *
sim_erase_unname (const SimWorld *self, const KafField *field, const char *value, gboolean *names)
{
  const KafEntity *target = kaf_registry_find (field->target);
  g_autofree char *rest = g_strdup (value);
  g_autoptr (GPtrArray) elements = NULL;

  *names = FALSE;
  if (value == NULL || target == NULL || g_hash_table_size (self->erased) == 0)
    return g_steal_pointer (&rest);
  elements = kaf_set_parse (value);
  for (guint i = 0; i < elements->len; i++)
    {
      const char *id = ((KafElement *) g_ptr_array_index (elements, i))->value;
      char *less;

      if (!sim_erase_has (self, target, id))
        continue;
      *names = TRUE;
      less = kaf_field_is_many (field) ? kaf_set_remove (rest, id) : NULL;
      g_free (rest);
      rest = less;
    }
  return g_steal_pointer (&rest);
}

/* Whether it stands in the place of somebody erased: the hub itself made it. */
gboolean
sim_erase_stands (SimWorld *self, const KafEntity *entity, const char *id)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!self->of_erasures || !g_str_equal (entity->id, "person"))
    return FALSE;
  records = sim_scope_read_hub (self);
  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);
      KafHubPart *part = kaf_hub_record_find (record, entity);

      if (part != NULL && g_str_equal (record->id, id))
        return g_strcmp0 (kaf_record_get (part->record, "status"), "erased") == 0;
    }
  return FALSE;
}

/* As the hub tells it. */
static void
hear (SimWorld *self)
{
  g_autoptr (GError) error = NULL;
  KafHubStorage *storage = kaf_hub_sqlite_open (self->hub_path, FALSE, self->random, &error);
  g_autoptr (GPtrArray) told = NULL;

  g_assert_no_error (error);
  told = storage->klass->read_erased (storage, 0, &error);
  g_assert_no_error (error);
  storage->klass->close (storage);
  for (guint i = 0; i < told->len; i++)
    {
      const KafErased *one = g_ptr_array_index (told, i);

      g_hash_table_replace (self->erased, make_key (one->root, one->id),
                            g_memdup2 (&one->number, sizeof one->number));
    }
}

/* What must hold */

static const char *
get_id (const char *key)
{
  return strchr (key, '\t') + 1;
}

static SimCanaries *
name_erased (SimWorld *self, gint64 until)
{
  SimCanaries *canaries = sim_canaries_new ();
  GHashTableIter iter;
  gpointer key, number;

  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, &key, &number))
    if (*(gint64 *) number <= until)
      sim_canaries_add (canaries, get_id (key));
  return canaries;
}

/* The hub has nothing of them, and its ledger names all. Restored, it does not know whose the contents are that came after
 * the backup, and keeps them for a month until their records are sent again. */
static void
check_hub (SimWorld *self)
{
  g_autofree char *path = g_strconcat (self->hub_path, ".erased", NULL);
  g_autofree char *ledger = NULL;
  g_autofree char *base = g_path_get_basename (self->hub_path);
  g_autofree char *files = g_strconcat (base, ".files", NULL);
  g_autoptr (SimCanaries) canaries = name_erased (self, G_MAXINT64);
  g_autofree char *found = NULL;
  KafHubFigures figures = { 0 };
  GHashTableIter iter;
  gpointer key;

  kaf_hub_get_figures (self->hub, &figures, NULL);
  if (figures.unfinished || g_hash_table_size (self->erased) == 0)
    return;
  g_file_get_contents (path, &ledger, NULL, NULL);
  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (ledger == NULL || strstr (ledger, key) == NULL)
      sim_wrong (self, "the ledger of the hub does not name %s", get_id (key));
  found = sim_canaries_find (canaries, self->folder, base, self->is_restored ? files : NULL);
  if (found != NULL)
    sim_wrong (self, "the hub erased it, and has %s", found);
}

/* None of those that the device says it has erased is left here, or comes back. */
void
sim_erase_check (SimWorld *self, SimDevice *device)
{
  g_autofree char *text = NULL;
  g_autofree char *base = NULL;
  g_autofree char *found = NULL;
  g_autoptr (SimCanaries) canaries = NULL;
  gint64 number;
  GHashTableIter iter;
  gpointer key, value;

  if (!self->of_erasures || g_hash_table_size (self->erased) == 0 || device->db == NULL)
    return;
  text = kaf_local_get (device->db, KAF_SYNC_ERASED);
  number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  if (number == 0)
    return;
  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto (GStrv) words = g_strsplit (key, "\t", 2);

      if (*(gint64 *) value <= number &&
          kaf_database_find_rid (device->db, kaf_registry_find (words[0]), words[1]) != 0)
        sim_wrong (self, "device %u erased %s %s, and has it", device->number, words[0], words[1]);
    }
  canaries = name_erased (self, number);
  base = g_path_get_basename (device->path);
  found = sim_canaries_find (canaries, self->folder, base, NULL);
  if (found != NULL)
    sim_wrong (self, "device %u erased it, and has %s", device->number, found);
}

/* The hub after it answered. */
void
sim_erase_check_hub (SimWorld *self)
{
  if (self->of_erasures)
    check_hub (self);
}

/* At the end nobody is left who was to be erased: the hub opens once more, and finishes what a disk kept it from. */
void
sim_erase_finish (SimWorld *self)
{
  if (!self->of_erasures)
    return;
  sim_reopen_hub (self);
  check_hub (self);
}

/* The hub was opened: it did what its ledger says. */
void
sim_erase_opened (SimWorld *self)
{
  GHashTableIter iter;
  gpointer value;

  if (!self->of_erasures)
    return;
  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    *(gint64 *) value = 0;
  hear (self);
  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (*(gint64 *) value == 0)
      sim_wrong (self, "the hub forgot that it had erased somebody");
  check_hub (self);
}

/* Erasing */

static const char *
pick_at_hub (SimWorld *self, const char *entity, guint32 any)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, entity);
  const KafEntity *kind = kaf_registry_find (entity);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, (any + i) % ids->len);
      g_autofree char *key = make_key (kind, id);

      if (g_hash_table_contains (self->exists, key) && !sim_erase_has (self, kind, id))
        return id;
    }
  return NULL;
}

static void
order (SimWorld *self, const SimStep *step)
{
  const KafHubSession session = { 1, OFFICER, kaf_role_find ("protection-officer"), "national" };
  const char *entity = step->b % 8 == 0 ? "organisation" : "person";
  const char *id = pick_at_hub (self, entity, step->b / 8);
  const KafFaultPlan plan = {
    .ops = KAF_FAULT_WRITE | KAF_FAULT_SYNC, .at = 1 + step->c / 8 % 60, .lasting = TRUE, .room = -1
  };
  g_autoptr (GError) error = NULL;
  gboolean done;
  guint n = 0;

  if (id == NULL || self->n_orders == ERASURES_MAX)
    return;
  self->n_orders++;
  if (step->c % 4 == 0)
    kaf_faulty_vfs_arm (&plan);
  done = kaf_hub_order_erasure (self->hub, &session, id, NULL, "asked", &n, &error);
  sim_disarm ();
  sim_note (self, "  the hub erases %s %s: %u, %s", entity, id, n, done ? "" : error->message);
  /* What a disk kept it from, it does when it opens; until then it goes on, with her or without. */
  if (!done && step->c / 512 % 2 == 0)
    sim_reopen_hub (self);
  hear (self);
  if (done && !sim_erase_has (self, kaf_registry_find (entity), id))
    sim_wrong (self, "the hub says that it erased %s, and tells nobody", id);
  check_hub (self);
}

/* The hub's yesterday */

static void
back_up (SimWorld *self)
{
  SimYesterday *yesterday = g_new0 (SimYesterday, 1);
  g_autofree char *files = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer key;

  g_clear_pointer (&self->yesterday, yesterday_free);
  yesterday->path = g_build_filename (self->folder, "yesterday.db", NULL);
  yesterday->n_taken = self->taken->len;
  memcpy (yesterday->hub_dseq, self->hub_dseq, sizeof self->hub_dseq);
  for (guint i = 0; i < SIM_DEVICES; i++)
    yesterday->life[i] = self->devices[i].life;
  yesterday->exists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->exists);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (yesterday->exists, g_strdup (key));
  g_unlink (yesterday->path);
  kaf_hub_back_up (self->hub, yesterday->path, &error);
  g_assert_no_error (error);
  files = g_strconcat (yesterday->path, ".files", NULL);
  kaf_hub_blobs_back_up (kaf_hub_get_blobs (self->hub), files, &error);
  g_assert_no_error (error);
  self->yesterday = yesterday;
  sim_note (self, "  the hub is backed up");
}

static void
limit (gint64 *place, gint64 most)
{
  *place = MIN (*place, most);
}

/* What was taken since is not, and is sent again; of what devices heard of it, nothing can be said any more. */
static void
forget_taken (SimWorld *self, guint n_taken)
{
  for (guint i = n_taken; i < self->taken->len; i++)
    {
      SimGroup *group = g_ptr_array_index (self->taken, i);

      group->place = -1;
      group->was_taken = TRUE;
      for (guint j = 0; j < group->ops->len; j++)
        ((SimOp *) g_ptr_array_index (group->ops, j))->refused = FALSE;
    }
  g_ptr_array_set_size (self->taken, n_taken);
  for (guint i = 0; i < self->groups->len; i++)
    limit (&((SimGroup *) g_ptr_array_index (self->groups, i))->least, n_taken);
  for (guint i = 0; i < SIM_DEVICES; i++)
    {
      SimDevice *device = &self->devices[i];

      limit (&device->told, n_taken);
      limit (&device->quiet, n_taken);
      limit (&device->copy_told, n_taken);
      limit (&device->copy_quiet, n_taken);
      limit (&device->late_place, n_taken);
    }
}

static void
restore (SimWorld *self)
{
  SimYesterday *yesterday = g_steal_pointer (&self->yesterday);
  g_autofree char *files = NULL;
  g_autoptr (GError) error = NULL;

  if (yesterday == NULL)
    return;
  sim_note (self, "  the hub is what it was yesterday");
  self->is_restored = TRUE;
  g_clear_pointer (&self->hub, kaf_hub_close);
  sim_put_file (self->hub_path, yesterday->path);
  forget_taken (self, yesterday->n_taken);
  for (guint i = 0; i < SIM_DEVICES; i++)
    self->hub_dseq[i] = yesterday->life[i] == self->devices[i].life ? yesterday->hub_dseq[i] : 0;
  g_hash_table_unref (self->exists);
  self->exists = g_hash_table_ref (yesterday->exists);
  sim_reopen_hub (self);
  files = g_strconcat (yesterday->path, ".files", NULL);
  kaf_hub_begin_anew (self->hub, &error);
  g_assert_no_error (error);
  kaf_hub_blobs_restore (kaf_hub_get_blobs (self->hub), files, &error);
  g_assert_no_error (error);
  check_hub (self);
  yesterday_free (yesterday);
}

/* What is written of persons */

/* Words of @of wherever the record says anything. */
void
sim_erase_mark (const SimWorld *self, KafRecord *record, const char *of)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *latin = NULL;

  if (!self->of_erasures)
    return;
  latin = sim_canary_latin (of);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (record, i);

      if ((entity->fields[i].kind == KAF_KIND_TEXT ||
           entity->fields[i].kind == KAF_KIND_LONG_TEXT) &&
          !kaf_field_is_many (&entity->fields[i]) && value != NULL)
        {
          g_autofree char *marked = g_strconcat (value, " ", latin, NULL);

          kaf_record_set_at (record, i, marked);
        }
    }
}

/* And what else a person is known by. */
void
sim_erase_mark_person (const SimWorld *self, KafRecord *record)
{
  const char *id = kaf_record_get_id (record);
  g_autofree char *arabic = sim_canary_arabic (id);
  g_autofree char *phone = sim_canary_phone (id);
  g_autofree char *mail = sim_canary_mail (id);

  if (!self->of_erasures)
    return;
  kaf_record_set (record, "family_name_ar", arabic);
  kaf_record_set (record, "phones", phone);
  kaf_record_set (record, "emails", mail);
}

/* Kept by law, without her; and a call, which goes with her. */
static void
add_belonging (SimWorld *self, SimDevice *device, const SimStep *step, gboolean kept)
{
  const char *person = sim_user_pick (self, device, "person", step->b, FALSE);
  const char *organisation = sim_user_pick (self, device, "organisation", step->c, FALSE);
  g_autofree char *id = kaf_id_new (device->clock, device->random);
  g_autoptr (KafRecord) record =
      kaf_record_new (kaf_registry_find (kept ? "mandate" : "contact"), id);

  if (person == NULL || (kept && organisation == NULL))
    return;
  kaf_record_set (record, "person", person);
  if (kept)
    {
      kaf_record_set (record, "organisation", organisation);
      kaf_record_set (record, "office", "o");
      kaf_record_set (record, "valid_from", "2020");
    }
  else
    {
      kaf_record_set (record, "held_on", "2026-11-20");
      kaf_record_set (record, "channel", "call");
      kaf_record_set (record, "subject", "s");
      sim_erase_mark (self, record, person);
    }
  sim_user_create (self, device, record, step);
}

static void
attach (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *id = sim_user_pick (self, device, "person", step->b, FALSE);
  g_autofree char *word = id != NULL ? sim_canary_latin (id) : NULL;
  g_autofree char *name = g_strdup_printf ("%s %u.txt", word, step->number);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("%u\n%s\n", step->number, word);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    return;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  receipt = kaf_attachment_add (device->db, kaf_registry_find ("person"), id, NULL, file, NULL,
                                NULL, NULL, NULL, &error);
  g_unlink (path);
  sim_note (self, "  device %u: a file of %s %s", device->number, id,
            receipt != NULL ? "" : error->message);
}

/* Of her, of a call with her, of a new person who may be her. */
static void
draft (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *id = sim_user_pick (self, device, "person", step->b, FALSE);
  g_autofree char *word = id != NULL ? sim_canary_latin (id) : NULL;
  g_autofree char *slot = g_strdup_printf ("new:%s", id);
  g_autofree char *name = g_strdup_printf ("{\"family_name\":\"%s\"}", word);
  g_autofree char *call = g_strdup_printf ("{\"subject\":\"%s\"}", word);
  const KafEntity *person = kaf_registry_find ("person");

  if (id == NULL)
    return;
  sim_note (self, "  device %u: a draft of %s", device->number, id);
  if (step->c % 3 == 0)
    kaf_draft_save (device->db, kaf_registry_find ("contact"), slot, call, NULL);
  else
    kaf_draft_save (device->db, person, step->c % 3 == 1 ? id : "new", name, NULL);
}

/* As a migration leaves it. */
static void
leave_backup (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autofree char *path = g_strdup_printf ("%s.backup-%u", device->path, step->number);

  sim_note (self, "  device %u leaves a backup", device->number);
  sim_put_file (path, device->path);
}

/* Two months in a drawer: who is confirmed goes from there. */
static void
be_away (SimWorld *self, SimDevice *device)
{
  KafLeaseMoment moment = { .boot = "away", .ran = AWAY_DAYS * KAF_LEASE_DAY };
  KafLeaseReport report = { 0 };
  g_autoptr (GError) error = NULL;
  guint n;

  sim_advance (self, AWAY_DAYS * KAF_LEASE_DAY);
  moment.wall = kaf_clock_now (device->clock);
  sim_log_forget_absent (self, device, FALSE);
  do
    kaf_lease_check (device->db, &moment, &report, &n, &error);
  while (error == NULL && report.more);
  g_assert_no_error (error);
  sim_note (self, "  device %u was away, and removed %s", device->number,
            report.removed ? "persons" : "nobody");
  sim_log_forget_absent (self, device, TRUE);
}

void
sim_erase_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  SimStep other = *step;

  switch (step->a % 16)
    {
    case 0:
    case 1:
      order (self, step);
      break;
    case 2:
    case 3:
      attach (self, device, step);
      break;
    case 4:
      draft (self, device, step);
      break;
    case 5:
    case 6:
      add_belonging (self, device, step, TRUE);
      break;
    case 7:
      add_belonging (self, device, step, FALSE);
      break;
    case 8:
    case 9:
      /* A mission, or somebody to be sent on it. */
      other.a = 2;
      sim_mission_act (self, device, &other);
      break;
    case 10:
      be_away (self, device);
      break;
    case 11:
      leave_backup (self, device, step);
      break;
    case 12:
      back_up (self);
      break;
    case 13:
      if (self->of_restores)
        restore (self);
      break;
    default:
      /* What is judged stands in no scope that is told apart here. */
      other.a /= 16;
      if (!self->of_parts)
        sim_judge_act (self, device, &other);
      break;
    }
}

/* Contents of files, each way */

static gboolean
send_content (SimWorld *self, const KafHubSession *session, const KafBlobTask *task)
{
  KafHubBlobs *blobs = kaf_hub_get_blobs (self->hub);
  g_autofree char *bytes = NULL;
  gsize size;
  guint missing = 1;
  gboolean whole = FALSE, right = FALSE;

  return g_file_get_contents (task->path, &bytes, &size, NULL) &&
         kaf_hub_blobs_put (blobs, session, task->sha256, 0, size, bytes, size, &missing, &whole,
                            NULL) &&
         (whole || (kaf_hub_blobs_verify (blobs, task->sha256, &right, NULL) &&
                    kaf_hub_blobs_settle (blobs, task->sha256, right, NULL) && right));
}

static gboolean
fetch_content (SimWorld *self, const KafHubSession *session, const KafBlobTask *task)
{
  gint64 size = 0;
  int fd = kaf_hub_blobs_open (kaf_hub_get_blobs (self->hub), session, task->sha256, &size, NULL);
  g_autofree char *bytes = g_malloc (size + 1);
  g_autofree char *folder = g_path_get_dirname (task->part);
  gboolean whole = fd >= 0 && read (fd, bytes, size) == size;

  if (fd >= 0)
    close (fd);
  g_mkdir_with_parents (folder, 0700);
  return whole && g_file_set_contents (task->part, bytes, size, NULL);
}

/* After an exchange that went well. */
void
sim_erase_move_files (SimWorld *self, SimDevice *device)
{
  const KafHubSession session = { kaf_sync_get_device (device->db), device->user, device->role,
                                  device->grant };

  if (!self->of_erasures)
    return;
  for (guint way = KAF_BLOB_UP; way < KAF_BLOB_N_WAYS; way++)
    {
      KafBlobTask *task;

      while ((task = kaf_blob_next (device->db, way, KAF_BLOB_SMALL, NULL)) != NULL)
        {
          if (way == KAF_BLOB_UP ? send_content (self, &session, task)
                                 : fetch_content (self, &session, task))
            way == KAF_BLOB_UP ? kaf_blob_sent (device->db, task, NULL)
                               : kaf_blob_fetched (device->db, task, NULL);
          else
            kaf_blob_failed (device->db, task, "sim", NULL);
          kaf_blob_task_free (task);
        }
    }
}
