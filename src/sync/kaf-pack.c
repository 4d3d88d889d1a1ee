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
unpack (const char *data, gsize size, gsize limit, GString *out, GError **error)
{
  g_autoptr (Reader) reader = ZSTD_createDCtx ();
  g_autofree char *chunk = g_malloc (CHUNK);
  ZSTD_inBuffer in = { data, size, 0 };

  if (reader == NULL)
    return set_broken (error);
  ZSTD_DCtx_setParameter (reader, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
  for (;;)
    {
      ZSTD_outBuffer buffer = { chunk, CHUNK, 0 };
      gsize left = ZSTD_decompressStream (reader, &buffer, &in);

      if (ZSTD_isError (left))
        return set_broken (error);
      if (out->len + buffer.pos > limit)
        {
          g_set_error_literal (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_LARGE, "it is too large");
          return FALSE;
        }
      g_string_append_len (out, chunk, buffer.pos);
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
