/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-body.h"

#include <string.h>

#include "sync/kaf-pack.h"

#define CHUNK (64 * 1024)

#define GZIP_LEVEL 6

static const struct
{
  const char *name;
  KafEncoding encoding;
} names[] = {
  /* The best first. */
  { "zstd", KAF_ENCODING_ZSTD },
  { "gzip", KAF_ENCODING_GZIP },
};

KafEncoding
kaf_encoding_from_header (const char *header)
{
  if (header == NULL || g_ascii_strcasecmp (header, "identity") == 0)
    return KAF_ENCODING_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (header, names[i].name) == 0)
      return names[i].encoding;
  return KAF_ENCODING_OTHER;
}

/* One of "zstd, gzip;q=0.5, br;q=0". */
static gboolean
accepts (char **items, const char *name)
{
  for (guint i = 0; items[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (items[i], ";", 2);

      if (parts[0] == NULL || g_ascii_strcasecmp (g_strstrip (parts[0]), name) != 0)
        continue;
      if (parts[1] == NULL)
        return TRUE;
      g_strstrip (parts[1]);
      return g_ascii_strncasecmp (parts[1], "q=", 2) != 0 ||
             g_ascii_strtod (parts[1] + 2, NULL) > 0;
    }
  return FALSE;
}

KafEncoding
kaf_encoding_choose (const char *accept)
{
  g_auto (GStrv) items = g_strsplit (accept != NULL ? accept : "", ",", 32);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (accepts (items, names[i].name))
      return names[i].encoding;
  return KAF_ENCODING_NONE;
}

const char *
kaf_encoding_get_name (KafEncoding encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].encoding == encoding)
      return names[i].name;
  return NULL;
}

static gboolean
add (GString *out, const char *chunk, gsize size, gsize limit, GError **error)
{
  if (out->len + size > limit)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the body is too large");
      return FALSE;
    }
  g_string_append_len (out, chunk, size);
  return TRUE;
}

static gboolean
set_broken (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the body cannot be unpacked");
  return FALSE;
}

static GString *
unpack_zstd (const char *data, gsize size, gsize limit, GError **error)
{
  g_autoptr (GError) local = NULL;
  GString *unpacked = kaf_unpack (data, size, limit, &local);

  if (g_error_matches (local, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_LARGE))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the body is too large");
  else if (unpacked == NULL)
    set_broken (error);
  return unpacked;
}

static gboolean
convert_by (GConverter *converter,
            char *chunk,
            const char *data,
            gsize size,
            gsize limit,
            GString *out,
            GError **error)
{
  gsize place = 0;

  for (;;)
    {
      gsize read = 0, written = 0;
      GConverterResult result =
          g_converter_convert (converter, data + place, size - place, chunk, CHUNK,
                               G_CONVERTER_INPUT_AT_END, &read, &written, NULL);

      if (result == G_CONVERTER_ERROR)
        return set_broken (error);
      if (!add (out, chunk, written, limit, error))
        return FALSE;
      place += read;
      if (result == G_CONVERTER_FINISHED)
        return place == size || set_broken (error);
    }
}

static gboolean
convert (
    GConverter *converter, const char *data, gsize size, gsize limit, GString *out, GError **error)
{
  char *chunk = g_malloc (CHUNK);
  gboolean done = convert_by (converter, chunk, data, size, limit, out, error);

  explicit_bzero (chunk, CHUNK);
  g_free (chunk);
  return done;
}

static gboolean
unpack_gzip (const char *data, gsize size, gsize limit, GString *out, GError **error)
{
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (converter), data, size, limit, out, error);
}

GString *
kaf_body_unpack (KafEncoding encoding, const char *data, gsize size, gsize limit, GError **error)
{
  GString *out;
  gboolean done = FALSE;

  if (encoding == KAF_ENCODING_ZSTD)
    return unpack_zstd (data, size, limit, error);
  out = g_string_new (NULL);
  switch (encoding)
    {
    case KAF_ENCODING_NONE:
      done = add (out, data, size, limit, error);
      break;
    case KAF_ENCODING_GZIP:
      done = unpack_gzip (data, size, limit, out, error);
      break;
    default:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "an unknown encoding");
      break;
    }

  if (done)
    return out;
  g_string_free (out, TRUE);
  return NULL;
}

static GString *
pack_gzip (const char *data, gsize size)
{
  g_autoptr (GZlibCompressor) converter =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);
  GString *out = g_string_new (NULL);

  if (convert (G_CONVERTER (converter), data, size, G_MAXSIZE, out, NULL))
    return out;
  g_string_free (out, TRUE);
  return NULL;
}

GString *
kaf_body_pack (KafEncoding encoding, const char *data, gsize size)
{
  return encoding == KAF_ENCODING_ZSTD ? kaf_pack (data, size) : pack_gzip (data, size);
}
