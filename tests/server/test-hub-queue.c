/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several exchanges in one commit: what it costs, what becomes of one that is refused, of all when the disk fails, and
 * that nobody is told before it is on the disk. */
#include "config.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kaf-faulty-vfs.h"
#include "server/kaf-hub-queue.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"

#define N_DEVICES 8
#define PATIENCE_US (30 * G_USEC_PER_SEC)

typedef struct
{
  char *folder, *path;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
} World;

/* A device, and what it asks next. */
typedef struct
{
  KafHubSession session;
  gint64 dseq;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
  GString *body, *answer;
  KafHubExchange exchange;
} Device;

static void
open_hub (World *self, gboolean create)
{
  g_autoptr (GError) error = NULL;

  self->hub = kaf_hub_open (self->path, create, self->clock, self->random, &error);
  g_assert_no_error (error);
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->folder = g_dir_make_tmp ("kafaat-queue-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "hub.db", NULL);
  self->clock = kaf_clock_new_system ();
  self->random = kaf_random_new_seeded (7);
  open_hub (self, TRUE);
  return self;
}

static void
world_reopen (World *self)
{
  kaf_hub_close (self->hub);
  open_hub (self, FALSE);
}

static void
world_free (World *self)
{
  const char *argv[] = { "rm", "-rf", self->folder, NULL };

  kaf_hub_close (self->hub);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

static Device *
device_new (guint64 number)
{
  Device *self = g_new0 (Device, 1);

  self->session = (KafHubSession){ number, "amina", kaf_role_find ("manager"), "national",
                                   .only_reads = FALSE };
  self->body = g_string_new (NULL);
  self->answer = g_string_new (NULL);
  return self;
}

static void
device_free (Device *self)
{
  g_clear_error (&self->exchange.error);
  g_string_free (self->body, TRUE);
  g_string_free (self->answer, TRUE);
  g_free (self);
}

static void
begin_body (Device *self)
{
  const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL, .now = g_get_real_time () / 1000 };

  g_clear_error (&self->exchange.error);
  g_string_truncate (self->body, 0);
  g_string_truncate (self->answer, 0);
  kaf_hello_print (&hello, self->body);
}

static KafHubExchange *
get_exchange (Device *self, gsize size)
{
  self->exchange = (KafHubExchange){
    .session = &self->session, .body = self->body->str, .size = size, .answer = self->answer
  };
  return &self->exchange;
}

/* It makes one person more, with a note of @size letters. */
static KafHubExchange *
device_add (Device *self, gsize size)
{
  g_autofree char *letters = g_strnfill (size, 'a');
  g_autofree char *payload =
      g_strdup_printf ("[{\"o\":\"create\",\"e\":\"person\",\"i\":\"p%" G_GINT64_MODIFIER
                       "x-%" G_GINT64_FORMAT "\",\"f\":{\"notes\":\"%s\"}}]",
                       self->session.device, self->dseq + 1, letters);
  KafOpGroup group = { .device = self->session.device,
                       .dseq = ++self->dseq,
                       .batch = (char *) "b",
                       .at = g_get_real_time (),
                       .schema = 1,
                       .n_ops = 1,
                       .payload = payload };

  group.clock = kaf_hlc_make (group.at / 1000, 0, self->session.device);
  memcpy (group.prev_hash, self->hash, sizeof group.prev_hash);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_op_group_hash (&group, self->hash);
  kaf_op_group_print (&group, self->body);
  return get_exchange (self, self->body->len);
}

static KafHubExchange *
device_write (Device *self, gsize size)
{
  begin_body (self);
  return device_add (self, size);
}

/* The group that the hub expects of the device. */
static gint64
ask_expected (KafHub *hub, guint64 number)
{
  Device *device = device_new (number);
  const char *text;
  const char *line;
  gsize rest, length;
  gint64 expects = -1;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GError) error = NULL;

  begin_body (device);
  kaf_hub_exchange (hub, &device->session, device->body->str, device->body->len, device->answer,
                    &error);
  g_assert_no_error (error);
  text = device->answer->str;
  rest = device->answer->len;
  kaf_exchange_next (&text, &rest, &length);
  line = kaf_exchange_next (&text, &rest, &length);
  verdicts = kaf_verdicts_parse (line, length, &expects, &error);
  g_assert_no_error (error);
  device_free (device);
  return expects;
}

static void
take_all (KafHub *hub, KafHubExchange **list, guint n)
{
  guint taken = 0;

  while (taken < n)
    taken += kaf_hub_exchange_together (hub, list + taken, n - taken);
  g_assert_cmpuint (taken, ==, n);
}

static void
make_devices (Device **devices, KafHubExchange **list)
{
  for (guint i = 0; i < N_DEVICES; i++)
    {
      devices[i] = device_new (i + 1);
      list[i] = device_write (devices[i], 10);
    }
}

static void
free_devices (Device **devices)
{
  for (guint i = 0; i < N_DEVICES; i++)
    device_free (devices[i]);
}

static gboolean
was_answered (const Device *device)
{
  return device->exchange.done && strstr (device->answer->str, "\"ok\"") != NULL;
}

/* From here on, and for good. */
static World *
world_new_faulty (void)
{
  kaf_faulty_vfs_register ();
  sqlite3_vfs_register (sqlite3_vfs_find (KAF_FAULTY_VFS), TRUE);
  return world_new ();
}

/* The disk turns once for all of them, also where one of them is refused at its end. */
static void
test_one_commit (void)
{
  World *world = world_new_faulty ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];

  make_devices (devices, list);
  list[3] = device_add (devices[3], 10);
  list[3]->size--;
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = KAF_FAULT_SYNC, .room = -1 });
  take_all (world->hub, list, N_DEVICES);
  g_assert_cmpuint (kaf_faulty_vfs_get_count (), ==, 1);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      if (i == 3)
        {
          g_assert_error (devices[i]->exchange.error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST);
          g_assert_cmpuint (devices[i]->answer->len, ==, 0);
        }
      else
        g_assert_true (was_answered (devices[i]));
      g_assert_cmpint (ask_expected (world->hub, i + 1), ==, i == 3 ? 1 : 2);
    }
  /* And it may come again, whole. */
  g_clear_error (&devices[3]->exchange.error);
  list[3] = get_exchange (devices[3], devices[3]->body->len);
  take_all (world->hub, list + 3, 1);
  g_assert_true (was_answered (devices[3]));
  g_assert_cmpint (ask_expected (world->hub, 4), ==, 3);
  free_devices (devices);
  world_free (world);
}

/* Who only reads costs no turn of the disk. */
static void
test_nothing_to_write (void)
{
  World *world = world_new_faulty ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];

  make_devices (devices, list);
  take_all (world->hub, list, N_DEVICES);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      begin_body (devices[i]);
      list[i] = get_exchange (devices[i], devices[i]->body->len);
    }
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = KAF_FAULT_SYNC | KAF_FAULT_WRITE, .room = -1 });
  take_all (world->hub, list, N_DEVICES);
  g_assert_cmpuint (kaf_faulty_vfs_get_count (), ==, 0);
  free_devices (devices);
  world_free (world);
}

/* The commit fails once: each is taken by itself, and stands. */
static void
test_commit_fails_once (void)
{
  World *world = world_new_faulty ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];

  make_devices (devices, list);
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = KAF_FAULT_SYNC, .at = 1, .room = -1 });
  take_all (world->hub, list, N_DEVICES);
  g_assert_true (kaf_faulty_vfs_has_struck ());
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .room = -1 });
  world_reopen (world);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_assert_true (was_answered (devices[i]));
      g_assert_cmpint (ask_expected (world->hub, i + 1), ==, 2);
    }
  free_devices (devices);
  world_free (world);
}

/* It fails for good: nobody is told anything else, and nothing was taken. */
static void
test_commit_fails (void)
{
  World *world = world_new_faulty ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];

  make_devices (devices, list);
  kaf_faulty_vfs_arm (
      &(KafFaultPlan){ .ops = KAF_FAULT_SYNC, .at = 1, .lasting = TRUE, .room = -1 });
  take_all (world->hub, list, N_DEVICES);
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .room = -1 });
  world_reopen (world);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_assert_false (devices[i]->exchange.done);
      g_assert_error (devices[i]->exchange.error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO);
      g_assert_cmpuint (devices[i]->answer->len, ==, 0);
      g_assert_cmpint (ask_expected (world->hub, i + 1), ==, 1);
    }
  free_devices (devices);
  world_free (world);
}

/* The power goes after what was told: all of that is there. */
static void
test_power (void)
{
  for (guint64 at = 1; at < 60; at++)
    {
      World *world = world_new_faulty ();
      Device *devices[N_DEVICES];
      KafHubExchange *list[N_DEVICES];

      kaf_faulty_vfs_arm (&(KafFaultPlan){
          .ops = KAF_FAULT_SYNC | KAF_FAULT_WRITE, .at = at, .power = TRUE, .room = -1 });
      make_devices (devices, list);
      take_all (world->hub, list, N_DEVICES);
      kaf_hub_close (world->hub);
      kaf_faulty_vfs_lose_unsynced (at);
      kaf_faulty_vfs_arm (&(KafFaultPlan){ .room = -1 });
      open_hub (world, FALSE);
      for (guint i = 0; i < N_DEVICES; i++)
        if (devices[i]->exchange.done)
          g_assert_cmpint (ask_expected (world->hub, i + 1), ==, 2);
      free_devices (devices);
      world_free (world);
    }
}

/* Answers fill a page: the rest is for the next call. */
static void
test_pages (void)
{
  World *world = world_new ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];

  kaf_hub_set_page_size (world->hub, 1);
  make_devices (devices, list);
  g_assert_cmpuint (kaf_hub_exchange_together (world->hub, list, N_DEVICES), ==, 1);
  take_all (world->hub, list + 1, N_DEVICES - 1);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_true (was_answered (devices[i]));
  free_devices (devices);
  world_free (world);
}

/* Who brings nothing does not wait, though somebody writes; who brings something is none of the reader's. */
static void
test_reader (void)
{
  World *world = world_new ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];
  g_autoptr (GError) error = NULL;
  sqlite3 *other;
  gint64 began;

  make_devices (devices, list);
  g_assert_false (kaf_hub_read (world->hub, list[0]));
  kaf_hub_open_reader (world->hub, world->path, &error);
  g_assert_no_error (error);
  g_assert_false (kaf_hub_read (world->hub, list[0]));
  take_all (world->hub, list, N_DEVICES);
  g_assert_cmpint (sqlite3_open (world->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < N_DEVICES; i++)
    {
      begin_body (devices[i]);
      g_assert_true (kaf_hub_read (world->hub, get_exchange (devices[i], devices[i]->body->len)));
      g_assert_nonnull (strstr (devices[i]->answer->str, "{\"verdicts\":[],\"expects\":2}"));
      g_assert_nonnull (strstr (devices[i]->answer->str, i == 0 ? "p2-1" : "p1-1"));
      g_assert_nonnull (strstr (devices[i]->answer->str, "\"more\":false"));
    }
  g_assert_cmpint (g_get_monotonic_time () - began, <, G_USEC_PER_SEC);
  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (other);
  /* More than fits a page is for the hub. */
  kaf_hub_set_page_size (world->hub, 1);
  begin_body (devices[0]);
  g_assert_false (kaf_hub_read (world->hub, get_exchange (devices[0], devices[0]->body->len)));
  g_assert_no_error (devices[0]->exchange.error);
  g_assert_cmpuint (devices[0]->answer->len, ==, 0);
  free_devices (devices);
  world_free (world);
}

/* The device asks, and has carried out the erasures up to that one. */
static gboolean
read_after (World *world, Device *device, const char *cursor, gint64 erased)
{
  const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL,
                           .now = g_get_real_time () / 1000,
                           .cursor = (char *) cursor,
                           .erased = erased };

  g_string_truncate (device->body, 0);
  g_string_truncate (device->answer, 0);
  kaf_hello_print (&hello, device->body);
  return kaf_hub_read (world->hub, get_exchange (device, device->body->len));
}

static World *
world_new_read (Device **devices)
{
  World *world = world_new ();
  KafHubExchange *list[N_DEVICES];
  g_autoptr (GError) error = NULL;

  make_devices (devices, list);
  take_all (world->hub, list, N_DEVICES);
  kaf_hub_open_reader (world->hub, world->path, &error);
  g_assert_no_error (error);
  return world;
}

static void
erase_one (World *world, guint device)
{
  g_autofree char *id = g_strdup_printf ("p%u-1", device);
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_hub_erase (world->hub, id, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* What a reader listens to is short, and so is what it tells, of erasures as well. */
static void
test_reader_bounds (void)
{
  Device *devices[N_DEVICES];
  World *world = world_new_read (devices);
  g_autofree char *cursor = g_strnfill (4096, '.');
  g_autofree char *epoch = NULL;

  g_assert_true (read_after (world, devices[0], "...", 0));
  g_assert_false (read_after (world, devices[0], cursor, 0));
  for (guint i = 0; i < N_DEVICES; i++)
    erase_one (world, i + 1);
  g_assert_true (read_after (world, devices[0], NULL, 0));
  epoch = g_strndup (strstr (devices[0]->answer->str, "{\"cursor\":\"") + 11, 17);
  /* That it has carried them out is noted by the hub. */
  g_assert_false (read_after (world, devices[0], epoch, N_DEVICES));
  take_all (world->hub, (KafHubExchange *[]){ &devices[0]->exchange }, 1);
  g_assert_true (read_after (world, devices[0], epoch, N_DEVICES));
  kaf_hub_set_page_size (world->hub, devices[0]->answer->len);
  g_assert_true (read_after (world, devices[0], epoch, N_DEVICES));
  g_assert_false (read_after (world, devices[0], epoch, 0));
  g_assert_cmpuint (devices[0]->answer->len, ==, 0);
  free_devices (devices);
  world_free (world);
}

/* How often that stands in the memory of this process; @shifted: its letters, each the one that follows, lest it be found
 * itself. */
static guint
count_in_memory (const char *shifted)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length = strlen (shifted);
  guint n = 0;

  g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL);
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *end;
      const char *from = GSIZE_TO_POINTER (g_ascii_strtoull (lines[i], &end, 16));
      const char *to = *end == '-' ? GSIZE_TO_POINTER (g_ascii_strtoull (end + 1, &end, 16)) : from;

      if (!g_str_has_prefix (end, " rw") || strstr (end, "[v") != NULL || strchr (end, '/') != NULL)
        continue;
      for (; from + length <= to; from++)
        {
          gsize same = 0;

          while (same < length && from[same] == shifted[same] - 1)
            same++;
          n += same == length;
        }
    }
  return n;
}

/* What was freed is overwritten: not with every allocator; and not all of its memory may be looked at. */
static gboolean
is_memory_wiped (const char *shifted)
{
  GString *text;

#ifdef __SANITIZE_ADDRESS__
  return FALSE;
#endif
  text = g_string_new (NULL);
  mallopt (M_PERTURB, 0x5a);
  for (const char *c = shifted; *c != '\0'; c++)
    g_string_append_c (text, *c - 1);
  g_string_free (text, TRUE);
  return count_in_memory (shifted) == 0;
}

/* Somebody who was erased is in nobody's memory any more, though nobody asks since. */
static void
test_reader_forgets (void)
{
  static const char shifted[] = "|#f#;#qfstpo#-#j#;#q2.2#";
  Device *devices[N_DEVICES];
  World *world;

  if (!is_memory_wiped (shifted))
    {
      g_test_skip ("what was freed stays in memory here");
      return;
    }
  world = world_new_read (devices);
  g_assert_true (read_after (world, devices[1], NULL, 0));
  g_assert_nonnull (strstr (devices[1]->answer->str, "p1-1"));
  free_devices (devices);
  /* The hub has it, and its reader. */
  g_assert_cmpuint (count_in_memory (shifted), ==, 2);
  erase_one (world, 1);
  g_assert_cmpuint (count_in_memory (shifted), ==, 0);
  world_free (world);
}

/* An epoch that did not come to be is told to nobody. */
static void
test_anew_fails (void)
{
  World *world = world_new_faulty ();
  Device *device = device_new (1);
  g_autofree char *epoch = NULL;
  g_autoptr (GError) error = NULL;

  take_all (world->hub, (KafHubExchange *[]){ device_write (device, 10) }, 1);
  epoch = g_strndup (strstr (device->answer->str, "\"epoch\":\""), 27);
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = KAF_FAULT_SYNC, .at = 1, .room = -1 });
  g_assert_false (kaf_hub_begin_anew (world->hub, &error));
  g_assert_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO);
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .room = -1 });
  take_all (world->hub, (KafHubExchange *[]){ device_write (device, 10) }, 1);
  g_assert_nonnull (strstr (device->answer->str, epoch));
  g_clear_error (&error);
  g_assert_true (kaf_hub_begin_anew (world->hub, &error));
  take_all (world->hub, (KafHubExchange *[]){ device_write (device, 10) }, 1);
  g_assert_null (strstr (device->answer->str, epoch));
  device_free (device);
  world_free (world);
}

/* By the queue */

typedef struct
{
  KafHubQueue *queue;
  Device *device;
  gint *n_done; /* atomic */
  gint order;
} Asking;

static gpointer
ask (gpointer data)
{
  Asking *self = data;

  kaf_hub_queue_exchange (self->queue, &self->device->exchange);
  self->order = g_atomic_int_add (self->n_done, 1);
  return NULL;
}

static guint
count_waiting (KafHubQueue *queue)
{
  guint64 n_exchanges, n_turns;

  return kaf_hub_queue_get_figures (queue, &n_exchanges, &n_turns);
}

/* Threads that ask while the hub is held by somebody else; the first of them goes alone, since it came to a queue that
 * was empty. @size: of what the first writes. */
static void
ask_all (KafHubQueue *queue, GMutex *mutex, Device **devices, Asking *askings)
{
  GThread *threads[N_DEVICES];
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  gint n_done = 0;

  g_mutex_lock (mutex);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      askings[i] = (Asking){ queue, devices[i], &n_done, -1 };
      threads[i] = g_thread_new ("ask", ask, &askings[i]);
      while (count_waiting (queue) < i + 1 && g_get_monotonic_time () < until)
        g_usleep (1000);
    }
  g_assert_cmpint (g_atomic_int_get (&n_done), ==, 0);
  g_mutex_unlock (mutex);
  for (guint i = 0; i < N_DEVICES; i++)
    g_thread_join (threads[i]);
}

static void
test_turns (void)
{
  World *world = world_new ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];
  Asking askings[N_DEVICES];
  GMutex mutex;
  KafHubQueue *queue;
  guint64 n_exchanges, n_turns;

  g_mutex_init (&mutex);
  queue = kaf_hub_queue_new (world->hub, &mutex);
  make_devices (devices, list);
  ask_all (queue, &mutex, devices, askings);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_true (was_answered (devices[i]));
  g_assert_cmpuint (kaf_hub_queue_get_figures (queue, &n_exchanges, &n_turns), ==, 0);
  g_assert_cmpuint (n_exchanges, ==, N_DEVICES);
  g_assert_cmpuint (n_turns, ==, 2);
  kaf_hub_queue_free (queue);
  g_mutex_clear (&mutex);
  free_devices (devices);
  world_free (world);
}

/* Of three that have much to say one goes first, since nobody else is there; what is short passes the others. */
static void
test_short_ones_pass (void)
{
  World *world = world_new ();
  Device *devices[N_DEVICES];
  KafHubExchange *list[N_DEVICES];
  Asking askings[N_DEVICES];
  GMutex mutex;
  KafHubQueue *queue;

  g_mutex_init (&mutex);
  queue = kaf_hub_queue_new (world->hub, &mutex);
  make_devices (devices, list);
  for (guint i = 0; i < 3; i++)
    {
      devices[i]->dseq = 0;
      memset (devices[i]->hash, 0, sizeof devices[i]->hash);
      list[i] = device_write (devices[i], 200 * 1024);
    }
  ask_all (queue, &mutex, devices, askings);
  for (guint i = 0; i < N_DEVICES; i++)
    g_assert_true (devices[i]->exchange.done);
  for (guint i = 3; i < N_DEVICES; i++)
    {
      g_assert_cmpint (askings[i].order, <=, 6);
      g_assert_cmpint (askings[i].order, <, askings[2].order);
    }
  kaf_hub_queue_free (queue);
  g_mutex_clear (&mutex);
  free_devices (devices);
  world_free (world);
}

/* kill -9 */

typedef struct
{
  guint64 device;
  gint64 dseq;
} Told;

typedef struct
{
  KafHubQueue *queue;
  guint64 number;
  int pipe;
} Writer;

static gpointer
write_on (gpointer data)
{
  Writer *self = data;
  Device *device = device_new (self->number);

  while (TRUE)
    {
      Told told = { self->number, device->dseq + 1 };

      device_write (device, 10);
      kaf_hub_queue_exchange (self->queue, &device->exchange);
      if (!was_answered (device) || write (self->pipe, &told, sizeof told) != sizeof told)
        _exit (3);
    }
}

/* In a process of its own, until it is killed. */
static void
serve (const World *world, guint life, int fd)
{
  GMutex mutex;
  World own = { .path = world->path,
                .clock = kaf_clock_new_system (),
                .random = kaf_random_new_system () };
  Writer writers[N_DEVICES];
  KafHubQueue *queue;

  open_hub (&own, FALSE);
  g_mutex_init (&mutex);
  queue = kaf_hub_queue_new (own.hub, &mutex);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      /* Nobody was that before: they begin with their first group. */
      writers[i] = (Writer){ queue, 1 + life * N_DEVICES + i, fd };
      g_thread_new ("write", write_on, &writers[i]);
    }
  g_usleep (PATIENCE_US);
  _exit (4);
}

/* Returns how many were told. */
static guint
kill_once (World *world, guint life, guint64 after_us)
{
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer device, dseq;
  Told told;
  int fds[2], status;
  guint n = 0;
  pid_t pid;

  kaf_hub_close (world->hub);
  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      close (fds[0]);
      serve (world, life, fds[1]);
    }
  close (fds[1]);
  /* Its life begins with the first answer. */
  if (read (fds[0], &told, sizeof told) != sizeof told)
    g_assert_not_reached ();
  g_usleep (after_us);
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
  g_assert_true (WIFSIGNALED (status));
  do
    {
      g_hash_table_replace (last, g_memdup2 (&told.device, sizeof told.device),
                            g_memdup2 (&told.dseq, sizeof told.dseq));
      n++;
    }
  while (read (fds[0], &told, sizeof told) == sizeof told);
  close (fds[0]);
  open_hub (world, FALSE);
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, &device, &dseq))
    g_assert_cmpint (ask_expected (world->hub, *(guint64 *) device), >, *(gint64 *) dseq);
  return n;
}

static void
test_kill (void)
{
  World *world = world_new ();
  guint n = 0;

  for (guint i = 0; i < 25; i++)
    n += kill_once (world, i, 1000 + (i * 7919) % 40000);
  g_test_message ("%u were told", n);
  g_assert_cmpuint (n, >, 100);
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The disk that fails is for one thread, and comes last. */
  g_test_add_func ("/hub-queue/kill", test_kill);
  g_test_add_func ("/hub-queue/reader", test_reader);
  g_test_add_func ("/hub-queue/reader-bounds", test_reader_bounds);
  g_test_add_func ("/hub-queue/reader-forgets", test_reader_forgets);
  g_test_add_func ("/hub-queue/turns", test_turns);
  g_test_add_func ("/hub-queue/short-ones-pass", test_short_ones_pass);
  g_test_add_func ("/hub-queue/one-commit", test_one_commit);
  g_test_add_func ("/hub-queue/nothing-to-write", test_nothing_to_write);
  g_test_add_func ("/hub-queue/commit-fails-once", test_commit_fails_once);
  g_test_add_func ("/hub-queue/commit-fails", test_commit_fails);
  g_test_add_func ("/hub-queue/anew-fails", test_anew_fails);
  g_test_add_func ("/hub-queue/power", test_power);
  g_test_add_func ("/hub-queue/pages", test_pages);
  return g_test_run ();
}
