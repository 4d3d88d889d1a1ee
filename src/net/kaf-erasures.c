/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-erasures.h"

#include <string.h>

#include "base/kaf-utf8.h"
#include "net/kaf-net-error.h"
#include "net/kaf-tokens.h"
#include "schema/kaf-registry.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

/* As the hub says it (kaf-hub-orders.h). */
#define ERASED_AGAIN "-"

/* Values */

static void
kept_free (gpointer data)
{
  KafErasureKept *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->name_ar);
  g_free (self->of);
  g_free (self->ends);
  g_free (self);
}

static void
device_free (gpointer data)
{
  KafErasureDevice *self = data;

  g_free (self->id);
  g_free (self->user);
  g_free (self->name);
  g_clear_pointer (&self->receipts, g_array_unref);
  g_free (self);
}

void
kaf_erasure_free (KafErasure *self)
{
  if (self == NULL)
    return;
  g_free (self->by);
  g_free (self->name);
  g_free (self->id);
  g_free (self->ref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->as, g_ptr_array_unref);
  g_free (self);
}

void
kaf_erasures_free (KafErasures *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->erasures, g_ptr_array_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_free (self);
}

KafErasureState
kaf_erasure_get_state (const KafErasure *self, const KafErasureDevice *device, gint64 *when)
{
  *when = 0;
  if (device->erased < self->number)
    return device->synced == 0    ? KAF_ERASURE_EMPTY
           : device->revoked != 0 ? KAF_ERASURE_SHUT_OUT
                                  : KAF_ERASURE_AWAITED;
  for (guint i = 0; *when == 0 && i < device->receipts->len; i++)
    {
      const KafErasureReceipt *receipt = &g_array_index (device->receipts, KafErasureReceipt, i);

      if (receipt->number >= self->number)
        *when = receipt->at;
    }
  return KAF_ERASURE_CONFIRMED;
}

KafErasureCount
kaf_erasure_count (const KafErasure *self, const KafErasures *all)
{
  KafErasureCount count = { 0, 0, 0 };

  for (guint i = 0; i < all->devices->len; i++)
    {
      gint64 when;
      KafErasureState state =
          kaf_erasure_get_state (self, g_ptr_array_index (all->devices, i), &when);

      count.n_confirmed += state == KAF_ERASURE_CONFIRMED;
      count.n_awaited += state == KAF_ERASURE_AWAITED;
      count.n_shut_out += state == KAF_ERASURE_SHUT_OUT;
    }
  return count;
}

/* Reading */

/* µs of a member in ms; 0 where there is none. */
static gint64
find_time (const KafWirePart *members, const char *name)
{
  gint64 ms = 0;

  return kaf_wire_find_integer (members, name, &ms) && ms > 0 && ms < G_MAXINT64 / 1000 ? ms * 1000
                                                                                        : 0;
}

static const KafEntity *
find_entity (const KafWirePart *members, const char *name)
{
  g_autofree char *id = kaf_wire_find_string (members, name);

  return id != NULL ? kaf_registry_find (id) : NULL;
}

static KafErasure *
read_erasure (const KafWirePart *members)
{
  KafErasure *self = g_new0 (KafErasure, 1);
  g_autofree char *as = kaf_wire_find_string (members, "as");
  g_auto (GStrv) words = g_strsplit (as != NULL ? as : "", " ", -1);
  gint64 n = 0;

  self->at = find_time (members, "erasure");
  self->by = kaf_wire_find_string (members, "by");
  self->name = kaf_wire_find_string (members, "name");
  if (g_strcmp0 (self->name, ERASED_AGAIN) == 0)
    g_clear_pointer (&self->name, g_free);
  self->entity = find_entity (members, "entity");
  self->id = kaf_wire_find_string (members, "id");
  self->ref = kaf_wire_find_string (members, "ref");
  self->made = find_time (members, "made");
  self->changed = find_time (members, "changed");
  self->kept = g_ptr_array_new_with_free_func (kept_free);
  self->as = g_ptr_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    if (kaf_registry_find (words[i]) != NULL)
      g_ptr_array_add (self->as, (gpointer) kaf_registry_find (words[i]));
  kaf_wire_find_integer (members, "number", &self->number);
  kaf_wire_find_integer (members, "n", &n);
  self->n = (guint) CLAMP (n, 0, G_MAXINT);
  return self;
}

/* One of a kind that is not known here is left out. */
static void
read_kept (const KafWirePart *members, GPtrArray *list)
{
  const KafEntity *entity = find_entity (members, "kept");
  KafErasureKept *self;

  if (entity == NULL)
    return;
  self = g_new0 (KafErasureKept, 1);
  self->entity = entity;
  self->id = kaf_wire_find_string (members, "id");
  self->name = kaf_wire_find_string (members, "name");
  self->name_ar = kaf_wire_find_string (members, "name_ar");
  self->of = kaf_wire_find_string (members, "of");
  self->ends = kaf_wire_find_string (members, "ends");
  g_ptr_array_add (list, self);
}

static void
read_receipts (const KafWirePart *array, GArray *list)
{
  const KafWirePart *pair = array != NULL ? array + 1 : NULL;

  for (guint i = 0; kaf_wire_is_array (array) && i < array->n; i++, pair = kaf_wire_after (pair))
    {
      KafErasureReceipt receipt = { 0 };

      if (kaf_wire_get_integer (kaf_wire_nth (pair, 0), &receipt.number) &&
          kaf_wire_get_integer (kaf_wire_nth (pair, 1), &receipt.at) &&
          receipt.at < G_MAXINT64 / 1000)
        {
          receipt.at *= 1000;
          g_array_append_val (list, receipt);
        }
    }
}

static KafErasureDevice *
read_device (const KafWirePart *members)
{
  KafErasureDevice *self = g_new0 (KafErasureDevice, 1);

  self->id = kaf_wire_find_string (members, "device");
  self->user = kaf_wire_find_string (members, "user");
  self->name = kaf_wire_find_string (members, "name");
  self->enrolled = find_time (members, "enrolled");
  self->synced = find_time (members, "synced");
  self->revoked = find_time (members, "revoked");
  self->receipts = g_array_new (FALSE, FALSE, sizeof (KafErasureReceipt));
  kaf_wire_find_integer (members, "erased", &self->erased);
  read_receipts (kaf_wire_find (members, "receipts"), self->receipts);
  return self;
}

/* What is kept stands behind the erasure that it is kept of. */
static void
read_line (KafErasures *self, const KafWirePart *members)
{
  const GPtrArray *erasures = self->erasures;
  KafErasure *last = erasures->len > 0 ? g_ptr_array_index (erasures, erasures->len - 1) : NULL;

  if (kaf_wire_find (members, "erasure") != NULL)
    g_ptr_array_add (self->erasures, read_erasure (members));
  else if (kaf_wire_find (members, "kept") != NULL && last != NULL)
    read_kept (members, last->kept);
  else if (kaf_wire_find (members, "device") != NULL)
    g_ptr_array_add (self->devices, read_device (members));
}

static void
turn (GPtrArray *list)
{
  for (guint i = 0; i < list->len / 2; i++)
    {
      gpointer one = list->pdata[i];

      list->pdata[i] = list->pdata[list->len - 1 - i];
      list->pdata[list->len - 1 - i] = one;
    }
}

static gboolean
protocol_error (GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "not what was asked for");
  return FALSE;
}

KafErasures *
kaf_erasures_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (KafErasures) self = g_new0 (KafErasures, 1);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const char *line;
  gsize length;

  self->erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erasure_free);
  self->devices = g_ptr_array_new_with_free_func (device_free);
  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    {
      const KafWirePart *members = kaf_wire_parse_object (line, length, parts, NULL);

      if (members == NULL)
        {
          protocol_error (error);
          return NULL;
        }
      read_line (self, members);
    }
  turn (self->erasures);
  return g_steal_pointer (&self);
}

/* Asking */

typedef struct
{
  char *store, *url;
  const char *path;
  char *json; /* nullable */
  GBytes *answer;
} Call;

static Call *
call_new (const char *store, const char *url, const char *path)
{
  Call *self = g_new0 (Call, 1);

  self->store = g_strdup (store);
  self->url = g_strdup (url);
  self->path = path;
  return self;
}

static void
call_free (gpointer data)
{
  Call *self = data;

  g_free (self->store);
  g_free (self->url);
  g_free (self->json);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static Call *
fetch_call (const char *store, const char *url)
{
  return call_new (store, url, "/v1/erasures");
}

static Call *
look_call (const char *store, const char *url, const char *name)
{
  Call *self = call_new (store, url, "/v1/erase-orders");
  GString *json = g_string_new ("{\"id\":");

  kaf_json_append_string (json, name);
  g_string_append (json, ",\"look\":true}");
  self->json = g_string_free (json, FALSE);
  return self;
}

static Call *
order_call (
    const char *store, const char *url, const char *name, const char *seen, const char *reason)
{
  Call *self = call_new (store, url, "/v1/erase-orders");
  GString *json = g_string_new ("{\"id\":");
  g_autofree char *line = kaf_text_make_line (reason);

  kaf_json_append_string (json, name);
  if (seen != NULL)
    {
      g_string_append (json, ",\"seen\":");
      kaf_json_append_string (json, seen);
    }
  g_string_append (json, ",\"reason\":");
  kaf_json_append_string (json, line);
  g_string_append_c (json, '}');
  self->json = g_string_free (json, FALSE);
  return self;
}

/* What the hub refuses says less about an erasure than a person has to know. Who only asks what was erased has ordered
 * nothing. */
static void
translate (const Call *self, GError *error)
{
  gboolean lists = self->json == NULL;

  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_NOT_THERE))
    error->code = KAF_NET_ERROR_ERASE_UNKNOWN;
  else if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_NO_GRANT))
    error->code = lists ? KAF_NET_ERROR_ERASURES_HIDDEN : KAF_NET_ERROR_ERASE_NO_RIGHT;
  else if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))
    error->code = lists ? KAF_NET_ERROR_ERASURES_OFFLINE : KAF_NET_ERROR_ERASE_OFFLINE;
}

/* The text of the answer; valid as long as the call. */
static const char *
run (Call *self, gsize *size, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  const char *text;

  self->answer =
      kaf_tokens_ask_path (self->store, self->url, self->path, self->json, cancellable, &local);
  if (self->answer == NULL)
    {
      translate (self, local);
      g_propagate_error (error, local);
      return NULL;
    }
  text = g_bytes_get_data (self->answer, size);
  return text != NULL ? text : "";
}

static KafErasures *
run_list (Call *self, GCancellable *cancellable, GError **error)
{
  gsize size;
  const char *text = run (self, &size, cancellable, error);

  return text != NULL ? kaf_erasures_parse (text, size, error) : NULL;
}

static KafErasure *
run_look (Call *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafErasures) list = run_list (self, cancellable, error);

  if (list != NULL && list->erasures->len == 1)
    return g_ptr_array_steal_index (list->erasures, 0);
  if (list != NULL)
    protocol_error (error);
  return NULL;
}

static gboolean
run_order (Call *self, guint *n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  gsize size;
  const char *text = run (self, &size, cancellable, error);
  const KafWirePart *members =
      text != NULL ? kaf_wire_parse_object (text, size, parts, NULL) : NULL;
  gint64 erased = 0;

  *n = 0;
  if (text == NULL)
    return FALSE;
  if (members == NULL || !kaf_wire_find_integer (members, "erased", &erased) || erased < 0)
    return protocol_error (error);
  *n = (guint) MIN (erased, G_MAXINT);
  return TRUE;
}

KafErasures *
kaf_erasures_fetch (const char *store, const char *url, GCancellable *cancellable, GError **error)
{
  g_autoptr (Call) call = fetch_call (store, url);

  return run_list (call, cancellable, error);
}

KafErasure *
kaf_erasures_look (
    const char *store, const char *url, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (Call) call = look_call (store, url, name);

  return run_look (call, cancellable, error);
}

gboolean
kaf_erasures_order (const char *store,
                    const char *url,
                    const char *name,
                    const char *seen,
                    const char *reason,
                    guint *n,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (Call) call = order_call (store, url, name, seen, reason);

  return run_order (call, n, cancellable, error);
}

/* The same on a thread */

static void
start (Call *call,
       GTaskThreadFunc func,
       gpointer tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, call_free);
  g_task_run_in_thread (task, func);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  KafErasures *list = run_list (data, cancellable, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) kaf_erasures_free);
  else
    g_task_return_error (task, error);
}

void
kaf_erasures_fetch_async (const char *store,
                          const char *url,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  start (fetch_call (store, url), fetch_thread, kaf_erasures_fetch_async, cancellable, callback,
         user_data);
}

KafErasures *
kaf_erasures_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  KafErasure *erasure = run_look (data, cancellable, &error);

  if (erasure != NULL)
    g_task_return_pointer (task, erasure, (GDestroyNotify) kaf_erasure_free);
  else
    g_task_return_error (task, error);
}

void
kaf_erasures_look_async (const char *store,
                         const char *url,
                         const char *name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  start (look_call (store, url, name), look_thread, kaf_erasures_look_async, cancellable, callback,
         user_data);
}

KafErasure *
kaf_erasures_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
order_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  guint n;

  if (run_order (data, &n, cancellable, &error))
    g_task_return_int (task, n);
  else
    g_task_return_error (task, error);
}

void
kaf_erasures_order_async (const char *store,
                          const char *url,
                          const char *name,
                          const char *seen,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  start (order_call (store, url, name, seen, reason), order_thread, kaf_erasures_order_async,
         cancellable, callback, user_data);
}

gboolean
kaf_erasures_order_finish (GAsyncResult *result, guint *n, GError **error)
{
  gssize erased = g_task_propagate_int (G_TASK (result), error);

  *n = (guint) MAX (erased, 0);
  return erased >= 0;
}
