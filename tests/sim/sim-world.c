/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store is made once for each device, with its device number and few reference lists, and copied for
 * every history: what takes long is not done again. */
#include "config.h"

#include "sim-world.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "kaf-fixture.h"
#include "store/kaf-sync-state.h"

/* 22 November 2026, 10:00 UTC. */
#define START G_GINT64_CONSTANT (1795341600000000)
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

const char *const sim_users[SIM_DEVICES] = { "amina", "brahim", "chama" };
static char *root;
static GBytes *templates[SIM_DEVICES];
static GBytes *hub_template;

static const struct
{
  const char *file, *text;
} lists[] = {
  { "countries.tsv", "code\tname_fr\nMA\tMaroc\nFR\tFrance\nCH\tSuisse\n" },
  { "territories.tsv", "code\tname_fr\nMA-01\tTanger\n" },
  { "sectors.tsv", "code\tname_fr\nA\tAgriculture\n" },
  { "occupations.tsv", "code\tname_fr\n2\tSciences\n" },
  { "domains.tsv", "code\tname_fr\nhealth\tSoins\nenergy\tÉnergie\narts\tArts\n" },
  { "languages.tsv", "code\tname_fr\nfr\tfrançais\nar\tarabe\nen\tanglais\nes\tespagnol\n" },
  { "holidays.tsv", "code\tname_fr\tkind\tstarts_on\ncivil-05-01\tTravail\tcivil\t2000-05-01\n" },
};

void
sim_disarm (void)
{
  static const KafFaultPlan none = { .room = -1 };

  kaf_faulty_vfs_arm (&none);
}

void
sim_drop (GString **text)
{
  if (*text != NULL)
    g_string_free (*text, TRUE);
  *text = NULL;
}

/* Memory, where the system offers a folder of it: there a sync costs nothing. */
static char *
make_root (void)
{
  char *folder = g_strdup ("/dev/shm/kafaat-sim-XXXXXX");

  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);
  return g_dir_make_tmp ("kafaat-sim-XXXXXX", NULL);
}

static void
put (const char *path, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  FILE *file;

  g_unlink (wal);
  g_unlink (shm);
  file = g_fopen (path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpint (fwrite (data, 1, size, file), ==, size);
  fclose (file);
}

static GBytes *
take_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* A copy of @from in the place of @path and of its log. */
void
sim_put_file (const char *path, const char *from)
{
  g_autoptr (GBytes) bytes = take_file (from);

  put (path, bytes);
}

static KafDatabase *
open_store (const char *path, SimDevice *device)
{
  g_autofree char *dir = g_build_filename (root, "lists", NULL);
  KafEnvironment environment = { device->clock, device->random, device->user, KAF_FAULTY_VFS, dir };
  g_autoptr (GError) error = NULL;
  KafDatabase *db = kaf_database_open (path, KAF_OPEN_CREATE, &environment, &error);

  g_assert_no_error (error);
  return db;
}

static void
make_template (guint i)
{
  g_autofree char *path = g_strdup_printf ("%s/template-%u.db", root, i);
  g_autoptr (KafClock) clock = kaf_clock_new_manual (START - DAY);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1000 + i);
  SimDevice device = { .clock = clock, .random = random, .user = sim_users[i] };
  KafDatabase *db = open_store (path, &device);

  kaf_database_close (db);
  templates[i] = take_file (path);
}

void
sim_world_prepare (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KafClock) clock = kaf_clock_new_manual (START);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (999);
  g_autoptr (GError) error = NULL;

  /* One process alone: no locks to ask the system for. */
  sqlite3_vfs_register (sqlite3_vfs_find ("unix-excl"), TRUE);
  kaf_faulty_vfs_register ();
  sim_disarm ();
  /* The hub names no VFS: it takes the default. */
  sqlite3_vfs_register (sqlite3_vfs_find (KAF_FAULTY_VFS), TRUE);
  root = make_root ();
  dir = g_build_filename (root, "lists", NULL);
  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = g_build_filename (dir, lists[i].file, NULL);

      g_file_set_contents (list, lists[i].text, -1, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < SIM_DEVICES; i++)
    make_template (i);
  path = g_build_filename (root, "template-hub.db", NULL);
  kaf_hub_close (kaf_hub_open (path, TRUE, clock, random, &error));
  g_assert_no_error (error);
  hub_template = take_file (path);
  sim_account_prepare (root, clock);
}

void
sim_world_finish (void)
{
  for (guint i = 0; i < SIM_DEVICES; i++)
    g_bytes_unref (templates[i]);
  g_bytes_unref (hub_template);
  sim_account_finish_all ();
  kaf_fixture_remove_folder (root);
  g_free (root);
}

void
sim_wrong (SimWorld *self, const char *format, ...)
{
  va_list args;

  if (self->wrong != NULL)
    return;
  va_start (args, format);
  self->wrong = g_strdup_vprintf (format, args);
  va_end (args);
}

/* Into the trace, and where asked for on the screen. */
void
sim_note (SimWorld *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_checksum_update (self->trace, (const guchar *) text, -1);
  if (self->tells)
    g_print ("%s\n", text);
}

/* The process died, or begins. */
void
sim_open_device (SimWorld *self, SimDevice *device)
{
  g_clear_pointer (&device->db, kaf_database_close);
  device->db = open_store (device->path, device);
  sim_older_open (device);
}

void
sim_reopen_hub (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->hub, kaf_hub_close);
  self->hub = kaf_hub_open (self->hub_path, FALSE, self->clock, self->random, &error);
  g_assert_no_error (error);
  kaf_hub_open_reader (self->hub, self->hub_path, &error);
  g_assert_no_error (error);
  sim_erase_opened (self);
}

void
sim_advance (SimWorld *self, gint64 us)
{
  kaf_clock_advance (self->clock, us);
  kaf_clock_advance (self->accounts_clock, us);
  for (guint i = 0; i < SIM_DEVICES; i++)
    kaf_clock_advance (self->devices[i].clock, us);
}

void
sim_copy_device (SimWorld *self, SimDevice *device)
{
  g_autoptr (GBytes) bytes = NULL;

  g_clear_pointer (&device->db, kaf_database_close);
  bytes = take_file (device->path);
  if (device->copy == NULL)
    device->copy = g_strconcat (device->path, ".copy", NULL);
  put (device->copy, bytes);
  device->copy_logged = device->logged;
  device->copy_told = device->told;
  device->copy_quiet = device->quiet;
  sim_open_device (self, device);
}

void
sim_restore_device (SimWorld *self, SimDevice *device)
{
  g_autoptr (GBytes) bytes = NULL;

  if (device->copy == NULL)
    return;
  g_clear_pointer (&device->db, kaf_database_close);
  bytes = take_file (device->copy);
  put (device->path, bytes);
  g_unlink (device->copy);
  g_clear_pointer (&device->copy, g_free);
  sim_drop (&device->late);
  sim_log_forget (self, device, device->copy_logged);
  device->is_copy |= self->hub_dseq[device->number] > device->copy_logged;
  sim_note (self, "  device %u is what it was", device->number);
  device->told = device->copy_told;
  device->quiet = device->copy_quiet;
  sim_open_device (self, device);
}

/* Mostly near the truth; a month off; fifty years behind, ten ahead. */
static gint64
draw_skew (KafRandom *random)
{
  switch (kaf_random_below (random, 8))
    {
    case 0:
      return -50 * 365 * DAY;
    case 1:
      return 10 * 365 * DAY;
    case 2:
      return (gint64) kaf_random_below (random, 60) * DAY - 30 * DAY;
    default:
      return (gint64) kaf_random_below (random, 200) * G_USEC_PER_SEC - 100 * G_USEC_PER_SEC;
    }
}

static const KafRole *
draw_role (KafRandom *random)
{
  static const char *const roles[] = { "agent",   "agent",   "manager",
                                       "manager", "partner", "regional-officer" };

  return kaf_role_find (roles[kaf_random_below (random, G_N_ELEMENTS (roles))]);
}

static void
begin_device (SimWorld *self, guint i)
{
  SimDevice *device = &self->devices[i];

  device->number = i;
  device->path = g_strdup_printf ("%s/store-%u.db", self->folder, i);
  device->user = sim_users[i];
  device->role = i == 0 ? kaf_role_find ("manager") : draw_role (self->random);
  /* Who approves is not who wrote it: two managers at least. */
  if (self->of_ties || ((self->of_missions || self->of_figures) && i == 1))
    device->role = kaf_role_find ("manager");
  sim_scope_draw (self, device, kaf_random_u64 (self->random));
  device->clock = kaf_clock_new_manual (START + draw_skew (self->random));
  device->random = kaf_random_new_seeded (kaf_random_u64 (self->random));
  device->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  device->typed =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sim_typed_free);
  put (device->path, templates[i]);
  sim_open_device (self, device);
  sim_log_written (self, device);
  /* Some wrote before they knew of any hub. */
  if (kaf_random_below (self->random, 2) == 0)
    sim_user_begin (self, device);
  sim_account_begin (self, device);
}

gboolean
sim_world_is_of_missions (guint64 seed)
{
  return seed % 5 == 0 || seed % 5 == 4;
}

/* Whether it is for that device to approve what the others write: who has a hand in it may not. */
gboolean
sim_world_is_approver (const SimWorld *self, const SimDevice *device)
{
  return self->of_approvals && device->number == 1;
}

SimWorld *
sim_world_new (guint64 seed, gboolean tells)
{
  SimWorld *self = g_new0 (SimWorld, 1);
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);

  self->folder = g_build_filename (root, "world", NULL);
  g_mkdir (self->folder, 0700);
  self->tells = tells;
  self->trace = g_checksum_new (G_CHECKSUM_SHA256);
  self->random = kaf_random_new_seeded (seed);
  self->clock = kaf_clock_new_manual (START);
  self->hub_path = g_build_filename (self->folder, "hub.db", NULL);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_group_free);
  self->taken = g_ptr_array_new ();
  self->exists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->chains =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sim_chain_free);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->of_missions = sim_world_is_of_missions (seed);
  self->of_approvals = seed % 5 == 4;
  self->of_ties = seed % 10 == 0 ? SIM_TIES_OF_PARTIES + seed / 10 % 2 : SIM_TIES_OF_NONE;
  self->of_fields = !self->of_missions && seed % 7 == 1;
  self->of_meanwhile = self->of_fields && seed / 7 % 2 == 0;
  self->of_figures = !self->of_missions && seed % 7 == 2;
  self->of_sets = !self->of_missions && seed % 7 == 3 ? 1 + seed / 7 % 3 : 0;
  self->of_judgements = !self->of_missions && seed % 7 == 5;
  self->of_erasures = !self->of_missions && seed % 7 == 4;
  self->of_restores = self->of_erasures && seed / 7 % 2 == 0;
  self->of_parts = self->of_erasures && seed / 14 % 2 == 0;
  sim_file_init (self);
  sim_figures_init (self);
  sim_erase_init (self);
  sim_account_init (self, START);
  sim_note (self, "seed %s", seed_text);
  put (self->hub_path, hub_template);
  sim_reopen_hub (self);
  for (guint i = 0; i < SIM_DEVICES; i++)
    begin_device (self, i);
  return self;
}

static void
device_clear (SimDevice *self)
{
  g_clear_pointer (&self->db, kaf_database_close);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_hash_table_unref (self->stale);
  g_hash_table_unref (self->typed);
  sim_drop (&self->stash);
  sim_drop (&self->late);
  g_free (self->grant);
  g_free (self->access);
  g_free (self->refresh);
  g_free (self->path);
  g_free (self->copy);
}

void
sim_world_free (SimWorld *self)
{
  sim_disarm ();
  for (guint i = 0; i < SIM_DEVICES; i++)
    device_clear (&self->devices[i]);
  kaf_hub_close (self->hub);
  kaf_fixture_remove_folder (self->folder);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_ptr_array_unref (self->taken);
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->exists);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->chains);
  g_hash_table_unref (self->files);
  sim_file_clear (self);
  sim_figures_clear (self);
  sim_erase_clear (self);
  sim_account_clear (self);
  g_checksum_free (self->trace);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_free (self->hub_path);
  g_free (self->folder);
  g_free (self->wrong);
  g_free (self);
}
