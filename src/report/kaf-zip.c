/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes and checksum of an entry are put into its header when it ends: the file is seekable. Source: PKWARE's APPNOTE,
 * 4.3. */
#include "config.h"

#include "report/kaf-zip.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define BUFFER_SIZE (64 * 1024)
#define LOCAL_SIZE 30
#define CENTRAL_SIZE 46
#define END_SIZE 22
#define VERSION 20
#define FLAG_UTF8 0x0800
#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define ENTRIES_MAX 65535

typedef struct
{
  char *name;
  guint64 offset, size, packed;
  guint32 crc;
  guint16 method;
} Entry;

struct _KafZip
{
  int fd;
  guint64 at; /* bytes written */
  guint16 date, time;
  GPtrArray *entries; /* (element-type Entry) */
  Entry *open;        /* nullable; one of the entries */
  z_stream stream;
  gboolean deflating;
  guint8 *buffer;
};

static void
entry_free (Entry *self)
{
  g_free (self->name);
  g_free (self);
}

KafZip *
kaf_zip_new (int fd, gint64 when)
{
  KafZip *self = g_new0 (KafZip, 1);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);

  self->fd = fd;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->buffer = g_malloc (BUFFER_SIZE);
  if (utc != NULL && g_date_time_get_year (utc) >= 1980 && g_date_time_get_year (utc) < 2108)
    {
      self->date =
          (guint16) ((g_date_time_get_year (utc) - 1980) << 9 | g_date_time_get_month (utc) << 5 |
                     g_date_time_get_day_of_month (utc));
      self->time = (guint16) (g_date_time_get_hour (utc) << 11 | g_date_time_get_minute (utc) << 5 |
                              g_date_time_get_second (utc) / 2);
    }
  return self;
}

void
kaf_zip_free (KafZip *self)
{
  if (self == NULL)
    return;
  if (self->deflating)
    deflateEnd (&self->stream);
  g_ptr_array_unref (self->entries);
  g_free (self->buffer);
  g_free (self);
}

static gboolean
fail (int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "writing the archive: %s",
               g_strerror (number));
  return FALSE;
}

static gboolean
write_at (KafZip *self, const void *data, gsize size, guint64 offset, GError **error)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      gssize n = pwrite (self->fd, bytes, size, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (n < 0 ? errno : EIO, error);
      bytes += n;
      size -= (gsize) n;
      offset += (guint64) n;
    }
  return TRUE;
}

static gboolean
append (KafZip *self, const void *data, gsize size, GError **error)
{
  if (self->at + size > G_MAXUINT32)
    return fail (EFBIG, error);
  if (!write_at (self, data, size, self->at, error))
    return FALSE;
  self->at += size;
  return TRUE;
}

static guint8 *
put16 (guint8 *to, guint value)
{
  to[0] = (guint8) value;
  to[1] = (guint8) (value >> 8);
  return to + 2;
}

static guint8 *
put32 (guint8 *to, guint64 value)
{
  return put16 (put16 (to, (guint) (value & 0xffff)), (guint) (value >> 16 & 0xffff));
}

/* What the two headers of an entry share: from the version that reads it to the length of its extra field. */
static guint8 *
put_entry (KafZip *self, guint8 *to, const Entry *entry)
{
  to = put16 (to, VERSION);
  to = put16 (to, FLAG_UTF8);
  to = put16 (to, entry->method);
  to = put16 (to, self->time);
  to = put16 (to, self->date);
  to = put32 (to, entry->crc);
  to = put32 (to, entry->packed);
  to = put32 (to, entry->size);
  to = put16 (to, (guint) strlen (entry->name));
  return put16 (to, 0);
}

static gboolean
write_local (KafZip *self, const Entry *entry, GError **error)
{
  guint8 header[LOCAL_SIZE];

  put_entry (self, put32 (header, 0x04034b50), entry);
  return write_at (self, header, sizeof header, entry->offset, error);
}

/* @flush: Z_FINISH ends it. */
static gboolean
deflate_on (KafZip *self, const void *data, gsize size, int flush, GError **error)
{
  self->stream.next_in = (Bytef *) data;
  self->stream.avail_in = (uInt) size;
  do
    {
      gsize n;

      self->stream.next_out = self->buffer;
      self->stream.avail_out = BUFFER_SIZE;
      deflate (&self->stream, flush);
      n = BUFFER_SIZE - self->stream.avail_out;
      if (!append (self, self->buffer, n, error))
        return FALSE;
      self->open->packed += n;
    }
  while (self->stream.avail_out == 0);
  return TRUE;
}

static gboolean
end_entry (KafZip *self, GError **error)
{
  Entry *entry = self->open;

  if (entry == NULL)
    return TRUE;
  if (self->deflating)
    {
      if (!deflate_on (self, NULL, 0, Z_FINISH, error))
        return FALSE;
      deflateEnd (&self->stream);
      self->deflating = FALSE;
    }
  self->open = NULL;
  return entry->size > G_MAXUINT32 ? fail (EFBIG, error) : write_local (self, entry, error);
}

gboolean
kaf_zip_begin (KafZip *self, const char *name, gboolean deflate, GError **error)
{
  guint8 header[LOCAL_SIZE] = { 0 };
  Entry *entry;

  if (!end_entry (self, error))
    return FALSE;
  if (self->entries->len >= ENTRIES_MAX || strlen (name) > G_MAXUINT16)
    return fail (EFBIG, error);
  entry = g_new0 (Entry, 1);
  entry->name = g_strdup (name);
  entry->offset = self->at;
  entry->method = deflate ? METHOD_DEFLATED : METHOD_STORED;
  g_ptr_array_add (self->entries, entry);
  self->open = entry;
  if (deflate)
    {
      memset (&self->stream, 0, sizeof self->stream);
      self->deflating = deflateInit2 (&self->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS,
                                      8, Z_DEFAULT_STRATEGY) == Z_OK;
      if (!self->deflating)
        return fail (ENOMEM, error);
    }
  return append (self, header, sizeof header, error) && append (self, name, strlen (name), error);
}

gboolean
kaf_zip_write (KafZip *self, const void *data, gsize size, GError **error)
{
  g_return_val_if_fail (self->open != NULL && size <= G_MAXINT32, FALSE);

  if (size == 0)
    return TRUE;
  self->open->crc = (guint32) crc32 (self->open->crc, data, (uInt) size);
  self->open->size += size;
  if (self->deflating)
    return deflate_on (self, data, size, Z_NO_FLUSH, error);
  self->open->packed += size;
  return append (self, data, size, error);
}

gboolean
kaf_zip_add_text (
    KafZip *self, const char *name, const char *text, gboolean deflate, GError **error)
{
  return kaf_zip_begin (self, name, deflate, error) &&
         kaf_zip_write (self, text, strlen (text), error);
}

static gboolean
write_central (KafZip *self, const Entry *entry, GError **error)
{
  guint8 header[CENTRAL_SIZE] = { 0 };
  guint8 *to = put32 (header, 0x02014b50);

  put_entry (self, put16 (to, VERSION), entry);
  put32 (header + CENTRAL_SIZE - 4, entry->offset);
  return append (self, header, sizeof header, error) &&
         append (self, entry->name, strlen (entry->name), error);
}

gboolean
kaf_zip_finish (KafZip *self, GError **error)
{
  guint8 end[END_SIZE] = { 0 };
  guint64 from;

  if (!end_entry (self, error))
    return FALSE;
  from = self->at;
  for (guint i = 0; i < self->entries->len; i++)
    if (!write_central (self, g_ptr_array_index (self->entries, i), error))
      return FALSE;
  put32 (end, 0x06054b50);
  put16 (put16 (end + 8, self->entries->len), self->entries->len);
  put32 (put32 (end + 12, self->at - from), from);
  return append (self, end, sizeof end, error);
}
