/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-place.h"

#include <sodium.h>
#include <string.h>

#include "server/kaf-hub-hold.h"

/* Stands in no id of ours. */
#define MARK '~'

/* Of the hub's key another is made, for this alone: no reason of an order has a tab in it. */
#define PURPOSE "place\tkey"

/* How long the name of the entity and the id are is not told either. */
#define ROOM 128

/* Behind the id. */
#define SETTLED "\tsettled"

#define KEY_BYTES crypto_secretbox_KEYBYTES
#define NONCE_BYTES crypto_secretbox_NONCEBYTES
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

G_STATIC_ASSERT (KEY_BYTES == 32);

static gboolean
make_key (KafHubStorage *storage, guchar *key, GError **error)
{
  g_autofree char *proof = kaf_hub_hold_prove (storage, PURPOSE, error);

  return proof != NULL &&
         sodium_hex2bin (key, KEY_BYTES, proof, strlen (proof), NULL, NULL, NULL) == 0;
}

/* The nonce is drawn from what is sealed: it is another for each place, and needs no chance. */
gboolean
kaf_hub_place_seal (KafHubStorage *storage,
                    const KafComparePlace *behind,
                    const KafComparePlace *place,
                    gboolean settled,
                    KafComparePlace *told,
                    GError **error)
{
  g_autofree char *plain =
      g_strconcat (place->entity, "\t", place->id, settled ? SETTLED : NULL, NULL);
  gsize size = (strlen (plain) / ROOM + 1) * ROOM;
  gsize sealed_size = NONCE_BYTES + crypto_secretbox_MACBYTES + size;
  gsize text_size = sodium_base64_encoded_len (sealed_size, BASE64);
  g_autofree guchar *padded = g_malloc0 (size);
  g_autofree guchar *sealed = g_malloc (sealed_size);
  g_autofree char *text = g_malloc (text_size);
  guchar key[KEY_BYTES];

  if (!make_key (storage, key, error))
    return FALSE;
  memcpy (padded, plain, strlen (plain));
  crypto_generichash (sealed, NONCE_BYTES, padded, size, key, sizeof key);
  crypto_secretbox_easy (sealed + NONCE_BYTES, padded, size, sealed, key);
  sodium_bin2base64 (text, text_size, sealed, sealed_size, BASE64);
  kaf_compare_place_clear (told);
  told->entity = g_strdup (behind->entity != NULL ? behind->entity : "");
  told->id = g_strdup_printf ("%s%c%s", behind->entity != NULL ? behind->id : "", MARK, text);
  return TRUE;
}

/* NULL: @text is nothing that was sealed here. (transfer full) */
static char *
unseal (const guchar *key, const char *text)
{
  gsize length = strlen (text), size;
  g_autofree guchar *sealed = g_malloc (length + 1);
  g_autofree guchar *plain = NULL;

  if (sodium_base642bin (sealed, length, text, length, NULL, &size, NULL, BASE64) != 0 ||
      size < NONCE_BYTES + crypto_secretbox_MACBYTES + ROOM)
    return NULL;
  plain = g_malloc (size);
  return crypto_secretbox_open_easy (plain, sealed + NONCE_BYTES, size - NONCE_BYTES, sealed,
                                     key) == 0
             ? g_strdup ((const char *) plain)
             : NULL;
}

gboolean
kaf_hub_place_open (KafHubStorage *storage,
                    KafComparePlace *place,
                    KafComparePlace *behind,
                    gboolean *settled,
                    GError **error)
{
  const char *mark = place->entity != NULL ? strrchr (place->id, MARK) : NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) words = NULL;
  guchar key[KEY_BYTES];

  if (behind != NULL)
    kaf_compare_place_set (behind, place->entity, place->id);
  if (settled != NULL)
    *settled = FALSE;
  if (mark == NULL)
    return TRUE;
  if (!make_key (storage, key, error))
    return FALSE;
  plain = unseal (key, mark + 1);
  if (plain == NULL)
    return TRUE;
  if (behind != NULL)
    behind->id[mark - place->id] = '\0';
  if (settled != NULL)
    *settled = g_str_has_suffix (plain, SETTLED);
  words = g_strsplit (plain, "\t", -1);
  kaf_compare_place_set (place, words[0], words[1]);
  return TRUE;
}
