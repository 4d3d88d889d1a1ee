/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a client sends, each endpoint leaves one answer: a status that the protocol knows, and JSON, or a part of the
 * snapshot. The first byte chooses the endpoint, the next how the body is packed; then a token up to the end of its line, of
 * which "manager" is one that holds; of the snapshot two lines, which part and of which one; the rest is the body. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "server/kaf-service.h"
#include "server/kaf-snapshots.h"
#include "sync/kaf-wire.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char *const paths[] = {
  "/v1/hello",      "/v1/enroll",
  "/v1/token",      "/v1/sync",
  "/v1/aggregates", "/v1/erase-orders",
  "/v1/metrics",    "/v1/reconcile",
  "/v1/quarantine", "/v1/settlements",
  "/v1/papers",     "/v1/reveal",
  "/v1/erasures",   "/v1/snapshot/national",
};

/* Their number in the list. */
#define SNAPSHOT 13

static char *dir;
static KafService *service;
static char *token;

static void
clean_up (void)
{
  static const char *const names[] = { "hub.db", "accounts.db", "snapshots" };

  kaf_service_close (service);
  kaf_snapshots_forget (dir, NULL);
  g_free (token);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (dir);
}

static void
enroll (void)
{
  g_autoptr (KafAccountsSession) session = NULL;

  g_assert_true (kaf_accounts_add_user (service->accounts, "rachid", "hash", NULL));
  g_assert_true (kaf_accounts_grant (service->accounts, "rachid", "manager", "national", NULL));
  session = kaf_accounts_enroll (service->accounts, "rachid", 0x800, "a laptop", NULL);
  g_assert_nonnull (session);
  token = g_strdup (session->access);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_assert_true (sodium_init () >= 0);
  dir = g_dir_make_tmp ("kafaat-fuzz-XXXXXX", NULL);
  service = kaf_service_open (dir, TRUE, NULL);
  g_assert_nonnull (service);
  enroll ();
  g_assert_true (kaf_snapshots_prepare (dir, service->hub, &service->hub_mutex,
                                        kaf_role_find ("manager"), TRUE, NULL, NULL));
  atexit (clean_up);
  return 0;
}

static void
check_answer (const KafRequest *request)
{
  static const guint known[] = { 200, 206, 400, 401, 403, 404, 409, 413, 415, 416, 426, 429, 503 };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    found = found || known[i] == request->status;
  g_assert_true (found);
  g_assert_nonnull (request->answer);
  if (request->file >= 0)
    g_assert_true (request->file_at >= 0 && request->file_at < request->file_end &&
                   request->file_end <= request->file_size && request->tag != NULL);
  if (g_str_equal (request->type, KAF_REQUEST_JSON))
    g_assert_true (kaf_wire_check (request->answer->str, request->answer->len, NULL));
}

static char *
take_line (const guint8 **data, gsize *size)
{
  const guint8 *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  char *line;

  if (end == NULL)
    return NULL;
  line = g_strndup ((const char *) *data, end - *data);
  *size -= end + 1 - *data;
  *data = end + 1;
  return line;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KafRequest) request = kaf_request_new ();
  const KafEndpoint *endpoint;
  g_autofree char *bearer = NULL;
  guint which;

  if (size < 3)
    return 0;
  which = data[0] % G_N_ELEMENTS (paths);
  endpoint = kaf_service_find_endpoint (paths[which]);
  request->encoding = data[1] % (KAF_ENCODING_OTHER + 1);
  request->accepts = (data[1] >> 4) % KAF_ENCODING_OTHER;
  request->address = g_strdup ("192.0.2.1");
  request->is_local = TRUE;
  data += 2, size -= 2;
  bearer = take_line (&data, &size);
  if (bearer != NULL)
    request->authorization =
        g_strdup_printf ("Bearer %s", g_str_equal (bearer, "manager") ? token : bearer);
  if (which == SNAPSHOT)
    {
      request->range = take_line (&data, &size);
      request->if_range = take_line (&data, &size);
    }
  g_string_append_len (request->body, (const char *) data, size);

  if (endpoint->admit != NULL)
    endpoint->admit (service, request);
  if (request->status == 0)
    kaf_service_run (service, endpoint, request);
  check_answer (request);
  return 0;
}
