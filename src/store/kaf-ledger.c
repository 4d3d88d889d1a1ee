/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kept in memory as a set of "ENTITY\tID", and read on from where it was left: it only grows. */
#include "config.h"

#include "store/kaf-ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/kaf-registry.h"

static char *
ledger_path (KafDatabase *db)
{
  return g_strconcat (db->path, ".erased", NULL);
}

static gboolean
fail (GError **error, int code)
{
  g_set_error (error, KAF_STORE_ERROR,
               code == ENOSPC || code == EDQUOT ? KAF_STORE_ERROR_FULL : KAF_STORE_ERROR_IO,
               "ledger: %s", g_strerror (code));
  return FALSE;
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return done;
}

/* What a power cut left of a line ends here, lest the next be glued to it. */
static gboolean
end_line (int fd, off_t end)
{
  char last = '\n';

  return end <= 0 || pread (fd, &last, 1, end - 1) != 1 || last == '\n' || write (fd, "\n", 1) == 1;
}

/* A write that was cut short is taken back. */
static gboolean
write_whole (int fd, const char *text)
{
  off_t end = lseek (fd, 0, SEEK_END);
  gssize size = strlen (text);
  gssize n = end_line (fd, end) ? write (fd, text, size) : -1;

  if (n == size && fsync (fd) == 0)
    return TRUE;
  if (n >= 0 && n < size)
    errno = ENOSPC;
  if (n > 0 && end >= 0)
    {
      int code = errno;

      if (ftruncate (fd, end) != 0)
        g_debug ("ledger: %s", g_strerror (errno));
      errno = code;
    }
  return FALSE;
}

gboolean
kaf_ledger_append (KafDatabase *db, const char *lines, GError **error)
{
  g_autofree char *path = ledger_path (db);
  int fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && write_whole (fd, lines) && sync_folder (path);
  int code = errno;

  if (fd >= 0)
    close (fd);
  return done || fail (error, code);
}

static void
take_line (KafDatabase *db, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  gint64 when;

  /* Of another version of the program, or cut short by a power cut. */
  if (g_strv_length (cells) < 4 || kaf_registry_find (cells[0]) == NULL || *cells[1] == '\0')
    return;
  when = g_ascii_strtoll (cells[2], NULL, 10);
  g_hash_table_insert (db->erased, g_strdup_printf ("%s\t%s", cells[0], cells[1]),
                       g_memdup2 (&when, sizeof when));
}

/* Whole lines alone: the rest of a line under way is read the next time. */
static gboolean
read_lines (KafDatabase *db, int fd, gsize size, GError **error)
{
  g_autofree char *text = g_malloc (size + 1);
  gssize n = pread (fd, text, size, db->erased_size);
  char *start = text;

  if (n < 0)
    return fail (error, errno);
  text[n] = '\0';
  for (char *end; (end = strchr (start, '\n')) != NULL; start = end + 1)
    {
      *end = '\0';
      take_line (db, start);
    }
  db->erased_size += start - text;
  return TRUE;
}

gboolean
kaf_ledger_refresh (KafDatabase *db, GError **error)
{
  g_autofree char *path = ledger_path (db);
  struct stat info;
  gboolean done;
  int fd;

  if (stat (path, &info) != 0)
    return errno == ENOENT || fail (error, errno);
  if (info.st_size == db->erased_size)
    return TRUE;
  if (info.st_size < db->erased_size)
    db->erased_size = 0; /* another file took its place */
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail (error, errno);
  done = read_lines (db, fd, info.st_size - db->erased_size, error);
  close (fd);
  return done;
}

gint64
kaf_ledger_get_time (KafDatabase *db, const KafEntity *root, const char *id)
{
  g_autofree char *key = NULL;
  const gint64 *when;

  if (g_hash_table_size (db->erased) == 0)
    return -1;
  key = g_strdup_printf ("%s\t%s", root->id, id);
  when = g_hash_table_lookup (db->erased, key);
  return when != NULL ? *when : -1;
}

gboolean
kaf_ledger_holds (KafDatabase *db, const KafEntity *root, const char *id)
{
  return kaf_ledger_get_time (db, root, id) >= 0;
}

void
kaf_ledger_foreach (KafDatabase *db, KafLedgerFunc func, gpointer data)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, db->erased);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *tab = strchr (key, '\t');
      g_autofree char *name = g_strndup (key, tab - (const char *) key);

      func (kaf_registry_find (name), tab + 1, data);
    }
}
