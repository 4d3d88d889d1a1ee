/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was packed comes out as it went in; anything else comes out within its limit, or is refused, and a bomb takes
 * no more memory than that. */
#include "config.h"

#include <string.h>

#include "server/kaf-body.h"
#include "sync/kaf-pack.h"

#define LIMIT (1024 * 1024)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
unpack (KafEncoding encoding, const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  GString *plain = kaf_body_unpack (encoding, data, size, LIMIT, &error);

  g_assert_true ((plain != NULL) == (error == NULL));
  if (plain == NULL)
    return;
  g_assert_cmpuint (plain->len, <=, LIMIT);
  g_string_free (plain, TRUE);
}

static void
pack_and_unpack (KafEncoding encoding, const char *data, gsize size)
{
  GString *packed = kaf_body_pack (encoding, data, size);
  GString *plain = kaf_body_unpack (encoding, packed->str, packed->len, LIMIT, NULL);

  g_assert_nonnull (plain);
  g_assert_cmpmem (plain->str, plain->len, data, size);
  g_string_free (packed, TRUE);
  g_string_free (plain, TRUE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data + 1;
  KafEncoding encoding;

  if (size < 1)
    return 0;
  encoding = data[0] & 1 ? KAF_ENCODING_GZIP : KAF_ENCODING_ZSTD;
  if (data[0] & 2)
    pack_and_unpack (encoding, text, size - 1);
  else
    unpack (encoding, text, size - 1);
  return 0;
}
