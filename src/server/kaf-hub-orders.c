/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-orders.h"

#include <string.h>

#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-hold.h"

/* In the hub's meta: "order.TIME.ID" is "USER\tREASON". */

/* Of "erasure.TIME.ID": "ENTITY\tID\tRECORDS\tNUMBER\tKEPT", the latter by blanks "ENTITY:ID". */

/* Set when no reason stands there as it was typed. */
#define HIDDEN "orders-hidden"

/* What stands before the hash. */
#define HASHED "hmac-sha256:"

static gboolean
write_order (
    KafHubStorage *storage, const char *key, const char *user, const char *reason, GError **error)
{
  g_autofree char *proof = kaf_hub_hold_prove (storage, reason, error);
  g_autofree char *text = NULL;

  if (proof == NULL)
    return FALSE;
  text = g_strdup_printf ("%s\t" HASHED "%s", user, proof);
  return storage->klass->set_meta (storage, key, text, error);
}

gboolean
kaf_hub_orders_note (KafHubStorage *storage,
                     const char *user,
                     const char *id,
                     const char *reason,
                     gint64 at,
                     GError **error)
{
  g_autofree char *key = g_strdup_printf (KAF_HUB_ORDERS "%" G_GINT64_FORMAT ".%s", at, id);

  return write_order (storage, key, user, reason, error);
}

gboolean
kaf_hub_orders_note_done (KafHubStorage *storage,
                          const char *name,
                          GPtrArray *victims,
                          GPtrArray *kept,
                          gint64 at,
                          GError **error)
{
  const KafErased *first = g_ptr_array_index (victims, 0);
  g_autofree char *key = g_strdup_printf (KAF_HUB_ERASURES "%" G_GINT64_FORMAT ".%s", at, name);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 number = 0;

  for (guint i = 0; i < victims->len; i++)
    number = MAX (number, ((const KafErased *) g_ptr_array_index (victims, i))->number);
  g_string_append_printf (text, "%s\t%s\t%u\t%" G_GINT64_FORMAT "\t", first->root->id, first->id,
                          victims->len, number);
  for (guint i = 0; i < kept->len; i++)
    {
      KafRecord *record = g_ptr_array_index (kept, i);

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", kaf_record_get_entity (record)->id,
                              kaf_record_get_id (record));
    }
  return storage->klass->set_meta (storage, key, text->str, error);
}

gboolean
kaf_hub_orders_note_receipt (
    KafHubStorage *storage, guint64 device, gint64 number, gint64 at, GError **error)
{
  /* In the order of the numbers, as keys are listed. */
  g_autofree char *key = g_strdup_printf (
      KAF_HUB_RECEIPTS "%016" G_GINT64_MODIFIER "x.%012" G_GINT64_FORMAT, device, number);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, at);

  return storage->klass->set_meta (storage, key, text, error);
}

static gboolean
hide_reason (KafHubStorage *storage, const KafHubMeta *order, GError **error)
{
  g_autofree char *user = g_strdup (order->value);
  char *reason = strchr (user, '\t');

  if (reason == NULL || g_str_has_prefix (reason + 1, HASHED))
    return TRUE;
  *reason = '\0';
  return write_order (storage, order->key, user, reason + 1, error);
}

gboolean
kaf_hub_orders_hide_reasons (KafHubStorage *storage, GError **error)
{
  g_autofree char *hidden = storage->klass->get_meta (storage, HIDDEN, NULL);
  g_autoptr (GPtrArray) orders = NULL;

  if (hidden != NULL)
    return TRUE;
  orders = storage->klass->list_meta (storage, KAF_HUB_ORDERS, error);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (!hide_reason (storage, g_ptr_array_index (orders, i), error))
      return FALSE;
  return orders != NULL &&
         (orders->len == 0 ||
          kaf_hub_erase_note_unfinished (storage, KAF_HUB_ERASED_AGAIN, error)) &&
         storage->klass->set_meta (storage, HIDDEN, "1", error);
}
