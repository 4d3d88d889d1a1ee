/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/erase-orders {"id":ID,"reason":TEXT}, for the data-protection officer: {"erased":N}, 0 when it was before;
 * 503 "unfinished": it is erased and traces remain here, the same order again removes them. "seen":ID is what was
 * looked at: nobody else is erased, though the reference be another's since. With "look":true and no
 * reason nothing is erased, and the answer says what would be (kaf-hub-erasures.h).
 * GET /v1/erasures, for the same: what was erased, what of it is kept, and by device what was confirmed:
 * {"device":ID,"user":…,"name":…,"enrolled":MS,"synced":MS,"revoked":MS,"erased":NUMBER,"receipts":[[NUMBER,MS]…]}. */
#include "config.h"

#include "server/kaf-service.h"
#include "server/kaf-snapshots.h"

#include <microhttpd.h>

#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

#define ID_MAX_BYTES 128

void
kaf_endpoint_orders_admit (KafService *self, KafRequest *request)
{
  kaf_service_find_session (self, request, NULL);
}

static void
carry_out (KafService *self,
           KafRequest *request,
           const KafHubSession *session,
           const char *id,
           const char *seen,
           const char *reason)
{
  g_autoptr (GError) error = NULL;
  gboolean done;
  guint n = 0;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_order_erasure (self->hub, session, id, seen, reason, &n, &error);
  g_mutex_unlock (&self->hub_mutex);
  /* It may be erased, and something after it have failed. */
  done = kaf_snapshots_forget (self->dir, done ? &error : NULL) && done;
  if (done)
    {
      GString *answer = g_string_new (NULL);

      g_string_printf (answer, "{\"erased\":%u}\n", n);
      kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
    }
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "missing");
  else
    kaf_request_refuse_error (request, error);
}

static void
look (KafService *self, KafRequest *request, const KafHubSession *session, const char *id)
{
  g_autoptr (GError) error = NULL;
  GString *answer = g_string_new (NULL);
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_foresee_erasure (self->hub, session, id, answer, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (done)
    {
      kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, answer);
      return;
    }
  g_string_free (answer, TRUE);
  if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "missing");
  else
    kaf_request_refuse_error (request, error);
}

void
kaf_endpoint_erase_orders (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  g_autofree char *id = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *reason = NULL;
  gboolean looks = FALSE;

  if (!kaf_service_find_session (self, request, &session))
    return;
  if (!session.role->erases)
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
      return;
    }
  if ((members = kaf_wire_parse_object (request->body->str, request->body->len, parts, NULL)) !=
      NULL)
    {
      id = kaf_request_find_line (members, "id", ID_MAX_BYTES);
      seen = kaf_request_find_line (members, "seen", ID_MAX_BYTES);
      reason = kaf_request_find_reason (members);
      looks = kaf_wire_is_true (kaf_wire_find (members, "look"));
    }
  if (id != NULL && looks)
    look (self, request, &session, id);
  else if (id == NULL || reason == NULL)
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
  else
    carry_out (self, request, &session, id, seen, reason);
}

/* Receipts */

static void
print_device (const KafAccountsDevice *device, const char *receipts, GString *lines)
{
  g_string_append_printf (lines,
                          "{\"device\":\"%016" G_GINT64_MODIFIER "x\",\"user\":", device->id);
  kaf_json_append_string (lines, device->user);
  g_string_append (lines, ",\"name\":");
  kaf_json_append_string (lines, device->name);
  g_string_append_printf (lines,
                          ",\"enrolled\":%" G_GINT64_FORMAT ",\"synced\":%" G_GINT64_FORMAT
                          ",\"revoked\":%" G_GINT64_FORMAT ",%s}\n",
                          device->enrolled, device->last_sync, device->revoked, receipts);
}

static gboolean
print_erasures (KafService *self, const KafHubSession *session, GString *lines, GError **error)
{
  g_autoptr (GPtrArray) devices = kaf_accounts_list_devices (self->accounts, error);
  g_autofree guint64 *ids = NULL;
  g_autofree GString **receipts = NULL;
  gboolean waits = !kaf_hub_has_reader (self->hub), done;

  if (devices == NULL)
    return FALSE;
  ids = g_new (guint64, devices->len);
  receipts = g_new (GString *, devices->len);
  for (guint i = 0; i < devices->len; i++)
    {
      ids[i] = ((const KafAccountsDevice *) g_ptr_array_index (devices, i))->id;
      receipts[i] = g_string_new (NULL);
    }
  /* It grows with the years: nobody waits for it who writes. */
  if (waits)
    g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_print_erasures (self->hub, session, ids, devices->len, receipts, lines, error);
  if (waits)
    g_mutex_unlock (&self->hub_mutex);
  for (guint i = 0; i < devices->len; i++)
    {
      if (done)
        print_device (g_ptr_array_index (devices, i), receipts[i]->str, lines);
      g_string_free (receipts[i], TRUE);
    }
  return done;
}

void
kaf_endpoint_erasures (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GError) error = NULL;
  GString *answer;

  if (!kaf_service_find_session (self, request, &session))
    return;
  if (!session.role->erases)
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
      return;
    }
  answer = g_string_new (NULL);
  if (print_erasures (self, &session, answer, &error))
    {
      kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, answer);
      return;
    }
  g_string_free (answer, TRUE);
  kaf_request_refuse_error (request, error);
}
