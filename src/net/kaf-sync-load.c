/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-sync-load.h"

#include "net/kaf-remote.h"
#include "store/kaf-outbox.h"
#include "sync/kaf-pack.h"

/* Bytes of groups in one request. */
#define SEND_MAX (4 * 1024 * 1024)

KafSyncLoad *
kaf_sync_load_new (KafDatabase *db, gint64 after, GError **error)
{
  g_autoptr (KafSyncLoad) self = g_new0 (KafSyncLoad, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  GString *packed;

  self->after = after;
  if (!kaf_outbox_print_after (db, after, SEND_MAX, text, &self->n_made, &self->last, error))
    return NULL;
  self->full = text->len >= SEND_MAX;
  packed = text->len > KAF_REMOTE_PACK_MIN ? kaf_pack (text->str, text->len) : NULL;
  self->packed = packed != NULL;
  self->bytes = g_string_free_to_bytes (packed != NULL ? packed : g_steal_pointer (&text));
  return g_steal_pointer (&self);
}

void
kaf_sync_load_free (KafSyncLoad *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

GBytes *
kaf_sync_load_join (const KafSyncLoad *self, GString *head, gboolean *packed)
{
  g_autoptr (GString) plain = head;
  GString *body = NULL;
  gsize size = 0;
  const char *bytes = self != NULL ? g_bytes_get_data (self->bytes, &size) : NULL;

  if (self != NULL && self->packed)
    body = kaf_pack (plain->str, plain->len);
  *packed = body != NULL;
  if (body == NULL)
    body = g_steal_pointer (&plain);
  if (size > 0)
    g_string_append_len (body, bytes, size);
  return g_string_free_to_bytes (body);
}
