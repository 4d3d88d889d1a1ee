/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-orders.h"

#include <string.h>

#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-hold.h"

/* In the hub's meta: "order.TIME.ID" is "USER\tREASON". */
#define PREFIX "order."

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
  g_autofree char *key = g_strdup_printf (PREFIX "%" G_GINT64_FORMAT ".%s", at, id);

  return write_order (storage, key, user, reason, error);
}

static gboolean
hide_reason (KafHubStorage *storage, const char *key, GError **error)
{
  g_autofree char *text = storage->klass->get_meta (storage, key, error);
  char *reason = text != NULL ? strchr (text, '\t') : NULL;

  if (reason == NULL || g_str_has_prefix (reason + 1, HASHED))
    return text != NULL;
  *reason = '\0';
  return write_order (storage, key, text, reason + 1, error);
}

gboolean
kaf_hub_orders_hide_reasons (KafHubStorage *storage, GError **error)
{
  g_autofree char *hidden = storage->klass->get_meta (storage, HIDDEN, NULL);
  g_autoptr (GPtrArray) keys = NULL;

  if (hidden != NULL)
    return TRUE;
  keys = storage->klass->list_meta (storage, PREFIX, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (!hide_reason (storage, g_ptr_array_index (keys, i), error))
      return FALSE;
  return keys != NULL && (keys->len == 0 || kaf_hub_erase_note_unfinished (storage, "-", error)) &&
         storage->klass->set_meta (storage, HIDDEN, "1", error);
}
