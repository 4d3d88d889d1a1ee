/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-pack.h"

#include <zstd.h>

#define CHUNK (64 * 1024)
#define LEVEL 3

/* 2^24 bytes: as much as a body may have. */
#define WINDOW_LOG_MAX 24

typedef ZSTD_DCtx Reader;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, ZSTD_freeDCtx)

GString *
kaf_pack (const char *data, gsize size)
{
  GString *out = g_string_sized_new (ZSTD_compressBound (size));
  gsize written = ZSTD_compress (out->str, out->allocated_len, data, size, LEVEL);

  if (ZSTD_isError (written))
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  out->len = written;
  return out;
}

static gboolean
set_broken (GError **error)
{
  g_set_error_literal (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_ENCODING, "it cannot be unpacked");
  return FALSE;
}

static gboolean
set_too_large (GError **error)
{
  g_set_error_literal (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_LARGE, "it is too large");
  return FALSE;
}

/* Bytes of what the frame at @data holds, where it says so; then the reader needs no window of its own. */
static guint64
read_size (const char *data, gsize size)
{
  guint64 told = ZSTD_getFrameContentSize (data, size);

  return told == ZSTD_CONTENTSIZE_UNKNOWN || told == ZSTD_CONTENTSIZE_ERROR ? 0 : told;
}

static gboolean
unpack (const char *data, gsize size, gsize limit, GString *out, GError **error)
{
  g_autoptr (Reader) reader = ZSTD_createDCtx ();
  ZSTD_inBuffer in = { data, size, 0 };
  gsize left = 0; /* 0: between two frames */

  if (reader == NULL)
    return set_broken (error);
  ZSTD_DCtx_setParameter (reader, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
  for (;;)
    {
      guint64 room = left == 0 ? read_size (data + in.pos, size - in.pos) : 0;
      gsize length = out->len;
      ZSTD_outBuffer buffer;

      if (room > limit)
        return set_too_large (error);
      g_string_set_size (out, length + MAX (room, CHUNK));
      buffer = (ZSTD_outBuffer){ out->str, out->len, length };
      left = ZSTD_decompressStream (reader, &buffer, &in);
      g_string_truncate (out, buffer.pos);
      if (ZSTD_isError (left))
        return set_broken (error);
      if (out->len > limit)
        return set_too_large (error);
      if (in.pos == in.size && left == 0)
        return TRUE;
      /* All was read, and nothing waits for room any more. */
      if (in.pos == in.size && buffer.pos < buffer.size)
        return set_broken (error);
    }
}

GString *
kaf_unpack (const char *data, gsize size, gsize limit, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  return unpack (data, size, limit, out, error) ? g_steal_pointer (&out) : NULL;
}
