/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at random moments: a child commits and tells each acknowledged commit through a pipe;
 * what it told is in the store when it is opened again, and the store is whole. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/kaf-random.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"

#define N_ROUNDS 25
#define N_COMMITS 500
#define IMPORT_SIZE 300

static void
tell (int fd, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  if (write (fd, line, strlen (line)) != (gssize) strlen (line))
    _exit (3);
}

/* "Nabcd": a family name that tells the number in letters. */
static char *
make_name (guint round, guint number)
{
  char name[] = "Naaaaaa";

  for (guint i = 0, n = round * 1000 + number; i < 6; i++, n /= 16)
    name[i + 1] = 'a' + n % 16;
  return g_strdup (name);
}

static void
commit_persons (KafDatabase *db, guint round, int fd)
{
  for (guint i = 0; i < N_COMMITS; i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
      g_autofree char *name = make_name (round, i);
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autoptr (KafReceipt) receipt = NULL;

      kaf_record_set (person, "family_name", name);
      kaf_change_set_create (set, person);
      receipt = kaf_commit (db, set, NULL, NULL, NULL);
      if (receipt == NULL)
        _exit (4);
      tell (fd, name);
    }
}

/* Whole or not at all: the last name of the batch stands for it. */
static void
import_persons (KafDatabase *db, guint round, int fd)
{
  for (guint batch = 0; batch < 3; batch++)
    {
      KafTransaction *tx = kaf_transaction_begin (db, "import", NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      g_autofree char *last = NULL;

      if (tx == NULL)
        _exit (4);
      for (guint i = 0; i < IMPORT_SIZE; i++)
        {
          g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);

          g_free (last);
          last = make_name (round, batch * IMPORT_SIZE + i);
          kaf_record_set (person, "family_name", last);
          kaf_record_set (person, "city", "Imported");
          if (!kaf_transaction_apply (tx, KAF_CHANGE_CREATE, person, NULL, NULL, NULL))
            _exit (5);
        }
      receipt = kaf_transaction_commit (tx, NULL);
      if (receipt == NULL)
        _exit (6);
      tell (fd, last);
    }
}

static void G_GNUC_NORETURN
run_child (const char *path, guint round, int fd)
{
  KafEnvironment environment = { NULL, NULL, "child", NULL, NULL };
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, &environment, NULL);

  if (db == NULL)
    _exit (2);
  if (round % 3 == 2)
    import_persons (db, round, fd);
  else
    commit_persons (db, round, fd);
  _exit (0);
}

/* What the child told until it died, one name a line. */
static char *
read_all (int fd)
{
  GString *text = g_string_new (NULL);
  char chunk[4096];
  gssize n;

  while ((n = read (fd, chunk, sizeof chunk)) > 0)
    g_string_append_len (text, chunk, n);
  return g_string_free (text, FALSE);
}

static char *
kill_at_random (const char *path, guint round, KafRandom *random)
{
  int pipes[2];
  int status;
  pid_t pid;
  char *told;

  g_assert_cmpint (pipe (pipes), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (pipes[0]);
      run_child (path, round, pipes[1]);
    }
  close (pipes[1]);
  g_usleep (1000 * (5 + kaf_random_below (random, 250)));
  kill (pid, SIGKILL);
  told = read_all (pipes[0]);
  close (pipes[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return told;
}

static gint64
count_persons (KafFixture *f, const char *field, const char *value)
{
  const char *values[] = { value, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));

  if (field != NULL)
    kaf_query_set_condition (query, field, KAF_OP_ANY_OF, values);
  return kaf_page_count (f->db, query, NULL);
}

/* Looks for the last ones told, which are those in danger; the sum tells of the rest. */
static guint
count_told (KafFixture *f, const char *told)
{
  g_auto (GStrv) names = g_strsplit (told, "\n", -1);
  guint n = MAX (g_strv_length (names), 1) - 1;

  for (guint i = n > 10 ? n - 10 : 0; i < n; i++)
    g_assert_cmpint (count_persons (f, "family_name", names[i]), ==, 1);
  return n;
}

static void
test_kill (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (2026);
  guint total = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *told = NULL;
      gboolean import = round % 3 == 2;
      gint64 before = count_persons (f, NULL, NULL);
      gint64 after;
      guint n;

      g_clear_pointer (&f->db, kaf_database_close);
      told = kill_at_random (f->path, round, random);
      kaf_fixture_reopen (f);
      kaf_fixture_assert_whole (f);
      n = count_told (f, told);
      g_assert_cmpint (count_persons (f, "city", "Imported") % IMPORT_SIZE, ==, 0);
      if (import)
        n *= IMPORT_SIZE;
      after = count_persons (f, NULL, NULL);
      g_assert_cmpint (after, >=, before + n);
      g_assert_cmpint (after, <=, before + n + (import ? IMPORT_SIZE : 1));
      total += n;
      g_test_message ("round %u: %u persons told", round, n);
    }
  g_assert_cmpuint (total, >, N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/at-random", test_kill);
  return g_test_run ();
}
