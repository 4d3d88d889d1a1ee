/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-unzip.h"

#include <string.h>

#include "exchange/kaf-libzip.h"
#include "exchange/kaf-table-cell.h"

#define ENTRIES_MAX 4096
#define NAME_MAX_BYTES 1024
/* All that is read from one archive. A sheet of 100 000 rows and 12 columns is some 60 MiB. */
#define TOTAL_MAX (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)
/* Sheets of nothing but equal rows come to 100 or so; deflate itself ends at 1032. */
#define RATIO_MAX 250
#define RATIO_FREE (16 * 1024 * 1024) /* bytes that an entry may have whatever its ratio */

struct _KafUnzip
{
  zip_t *zip;
  gint64 total;       /* unpacked so far, of all entries */
  GHashTable *places; /* name in small letters → index + 1 */
};

struct _KafUnzipEntry
{
  KafUnzip *archive;
  zip_file_t *file;
  gint64 packed, size, read;
};

static gboolean
fail (GError **error, KafTableError code, const char *what)
{
  g_set_error (error, KAF_TABLE_ERROR, (int) code, "archive: %s", what);
  return FALSE;
}

/* An archive of a document has plain relative names. */
static gboolean
is_name (const char *name)
{
  if (name == NULL || *name == '\0' || *name == '/' || strlen (name) > NAME_MAX_BYTES ||
      strchr (name, '\\') != NULL || strchr (name, ':') != NULL)
    return FALSE;
  return !g_str_has_prefix (name, "../") && strstr (name, "/../") == NULL &&
         !g_str_has_suffix (name, "/..") && !g_str_equal (name, "..");
}

static gboolean
list (KafUnzip *self, GError **error)
{
  zip_int64_t n = zip_get_num_entries (self->zip, 0);

  if (n <= 0)
    return fail (error, KAF_TABLE_ERROR_BROKEN, "no entries");
  if (n > ENTRIES_MAX)
    return fail (error, KAF_TABLE_ERROR_BOMB, "too many entries");
  for (zip_int64_t i = 0; i < n; i++)
    {
      const char *name = zip_get_name (self->zip, (zip_uint64_t) i, ZIP_FL_ENC_GUESS);

      if (!is_name (name))
        return fail (error, KAF_TABLE_ERROR_BROKEN, "a name leads out of it");
      if (!g_hash_table_insert (self->places, g_ascii_strdown (name, -1),
                                GUINT_TO_POINTER ((guint) i + 1)))
        return fail (error, KAF_TABLE_ERROR_BROKEN, "a name stands twice");
    }
  return TRUE;
}

KafUnzip *
kaf_unzip_open (GFile *file, GError **error)
{
  g_autoptr (KafUnzip) self = g_new0 (KafUnzip, 1);
  g_autofree char *path = g_file_get_path (file);
  int code = 0;

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no local file");
      return NULL;
    }
  if (!kaf_late_load (KAF_LIBRARY_ZIP, error))
    return NULL;
  self->zip = zip_open (path, ZIP_RDONLY, &code);
  if (self->zip == NULL)
    {
      fail (error, KAF_TABLE_ERROR_BROKEN, "its directory cannot be read");
      return NULL;
    }
  return list (self, error) ? g_steal_pointer (&self) : NULL;
}

void
kaf_unzip_free (KafUnzip *self)
{
  if (self == NULL)
    return;
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_hash_table_unref (self->places);
  g_free (self);
}

guint
kaf_unzip_get_n (const KafUnzip *self)
{
  return (guint) zip_get_num_entries (self->zip, 0);
}

const char *
kaf_unzip_get_name (const KafUnzip *self, guint index)
{
  return zip_get_name (self->zip, index, ZIP_FL_ENC_GUESS);
}

static guint
find (const KafUnzip *self, const char *name)
{
  g_autofree char *low = g_ascii_strdown (name, -1);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, low));
}

gboolean
kaf_unzip_has (const KafUnzip *self, const char *name)
{
  return find (self, name) != 0;
}

KafUnzipEntry *
kaf_unzip_begin (KafUnzip *self, const char *name, GError **error)
{
  guint place = find (self, name);
  g_autoptr (KafUnzipEntry) entry = NULL;
  zip_stat_t stat;

  if (place == 0 || zip_stat_index (self->zip, place - 1, 0, &stat) != 0)
    {
      fail (error, KAF_TABLE_ERROR_BROKEN, "a part is missing");
      return NULL;
    }
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    {
      fail (error, KAF_TABLE_ERROR_ENCRYPTED, "a part is encrypted");
      return NULL;
    }
  /* The formats of offices know no other ways of packing. */
  if ((stat.valid & ZIP_STAT_COMP_METHOD) != 0 && stat.comp_method != ZIP_CM_STORE &&
      stat.comp_method != ZIP_CM_DEFLATE)
    {
      fail (error, KAF_TABLE_ERROR_BROKEN, "a part is packed in a way that is not known");
      return NULL;
    }

  entry = g_new0 (KafUnzipEntry, 1);
  entry->archive = self;
  entry->packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? (gint64) stat.comp_size : 0;
  entry->size = (stat.valid & ZIP_STAT_SIZE) != 0 ? (gint64) stat.size : 0;
  entry->file = zip_fopen_index (self->zip, place - 1, 0);
  if (entry->file == NULL)
    {
      fail (error, KAF_TABLE_ERROR_BROKEN, "a part cannot be unpacked");
      return NULL;
    }
  return g_steal_pointer (&entry);
}

gssize
kaf_unzip_read (KafUnzipEntry *entry, void *buffer, gsize size, GError **error)
{
  zip_int64_t n = zip_fread (entry->file, buffer, size);

  if (n < 0)
    {
      fail (error, KAF_TABLE_ERROR_BROKEN, "a part is damaged");
      return -1;
    }
  entry->read += n;
  entry->archive->total += n;
  if (entry->archive->total > TOTAL_MAX ||
      (entry->read > RATIO_FREE && entry->read / RATIO_MAX > entry->packed))
    {
      fail (error, KAF_TABLE_ERROR_BOMB, "it grows beyond measure");
      return -1;
    }
  return (gssize) n;
}

gint64
kaf_unzip_get_position (const KafUnzipEntry *entry)
{
  if (entry->size <= 0)
    return 0;
  return (gint64) ((double) entry->packed * MIN (1.0, (double) entry->read / (double) entry->size));
}

void
kaf_unzip_end (KafUnzipEntry *entry)
{
  if (entry == NULL)
    return;
  if (entry->file != NULL)
    zip_fclose (entry->file);
  g_free (entry);
}
