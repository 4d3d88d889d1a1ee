/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the holder of a token sends of a content: one answer, and a content is never seen before it is
 * what its name says. The first byte chooses the endpoint, the second bits of what is right about the request;
 * then two lines, the range and the place; the rest is the chunk. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "server/kaf-hub-blobs.h"
#include "server/kaf-service.h"
#include "sync/kaf-wire.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Of a content of three bytes, "abc", and of one that is not what its name says. */
static const char *const hashes[] = {
  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "1111111111111111111111111111111111111111111111111111111111111111", /* nothing names it */
};

static char *dir;
static char *bearer;
static KafService *service;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static void
clean_up (void)
{
  kaf_service_close (service);
  remove_tree (dir);
  g_free (bearer);
  g_free (dir);
}

static void
name_content (KafHubStorage *storage, const char *id, const char *sha256, gint64 seq)
{
  const KafEntity *entity = kaf_registry_find ("attachment");
  g_autoptr (KafHubRecord) record = kaf_hub_record_new (entity, id);
  KafHubPart *part = kaf_hub_record_add (record, entity);

  record->seq = seq;
  kaf_record_set (part->record, "sha256", sha256);
  kaf_record_set (part->record, "size", "3");
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    part->marks[i].seq = seq;
  g_assert_true (storage->klass->write_record (storage, record, NULL));
}

/* Records that name them, beneath the hub: how they came there is the business of another target. */
static void
fill_hub (void)
{
  g_autofree char *path = g_build_filename (dir, "hub.db", NULL);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);
  KafHubStorage *storage = kaf_hub_sqlite_open (path, FALSE, random, NULL);

  g_assert_nonnull (storage);
  g_assert_true (storage->klass->begin (storage, NULL));
  name_content (storage, "01a221c7-c08d-774f-8390-0032835da001", hashes[0], 1);
  name_content (storage, "01a221c7-c08d-774f-8390-0032835da002", hashes[1], 2);
  g_assert_true (storage->klass->end (storage, TRUE, NULL));
  storage->klass->close (storage);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (KafAccountsSession) session = NULL;

  g_assert_true (sodium_init () >= 0);
  dir = g_dir_make_tmp ("kafaat-fuzz-XXXXXX", NULL);
  service = kaf_service_open (dir, TRUE, NULL);
  g_assert_nonnull (service);
  fill_hub ();
  g_assert_true (kaf_accounts_add_user (service->accounts, "amina", "hash", NULL));
  g_assert_true (kaf_accounts_grant (service->accounts, "amina", "agent", "national", NULL));
  session = kaf_accounts_enroll (service->accounts, "amina", 1, "a laptop", NULL);
  g_assert_nonnull (session);
  bearer = g_strconcat ("Bearer ", session->access, NULL);
  atexit (clean_up);
  return 0;
}

/* A line of the input, or NULL at its end. */
static char *
take_line (const guint8 **data, gsize *size)
{
  const guint8 *end = memchr (*data, '\n', *size);
  char *line;

  if (end == NULL)
    return NULL;
  line = g_strndup ((const char *) *data, end - *data);
  *size -= end + 1 - *data;
  *data = end + 1;
  return line;
}

static char *
make_digest (const GString *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *base64 = NULL;
  guint8 hash[32];
  gsize size = sizeof hash;

  g_checksum_update (checksum, (const guchar *) body->str, (gssize) body->len);
  g_checksum_get_digest (checksum, hash, &size);
  base64 = g_base64_encode (hash, size);
  return g_strdup_printf ("sha-256=:%s:", base64);
}

static void
check_file (const KafRequest *request)
{
  char content[4];

  g_assert_cmpint (request->file_size, ==, 3);
  g_assert_true (request->file_at >= 0 && request->file_at < request->file_end &&
                 request->file_end <= request->file_size);
  g_assert_cmpint (pread (request->file, content, sizeof content, 0), ==, 3);
  g_assert_cmpint (memcmp (content, "abc", 3), ==, 0);
}

static void
check_answer (const KafRequest *request)
{
  static const guint known[] = { 200, 206, 400, 401, 404, 413, 415, 416, 422 };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    found = found || known[i] == request->status;
  g_assert_true (found);
  if (request->file >= 0)
    check_file (request);
  else
    g_assert_true (kaf_wire_check (request->answer->str, request->answer->len, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const ends[] = { "", "/missing", "/0", "/1" };
  g_autoptr (KafRequest) request = kaf_request_new ();
  const KafEndpoint *endpoint;
  guint8 kind, right;

  if (size < 2)
    return 0;
  kind = data[0], right = data[1];
  data += 2, size -= 2;
  request->path = g_strconcat ("/v1/blobs/", hashes[(kind >> 4) % G_N_ELEMENTS (hashes)],
                               ends[kind % G_N_ELEMENTS (ends)], NULL);
  endpoint = kaf_service_find_endpoint (request->path);
  g_assert_nonnull (endpoint);
  request->address = g_strdup ("192.0.2.1");
  request->authorization = g_strdup (right & 1 ? "Bearer nobody" : bearer);
  request->range = take_line (&data, &size);
  request->content_range = take_line (&data, &size);
  g_string_append_len (request->body, (const char *) data, (gssize) size);
  if (right & 2)
    request->digest = make_digest (request->body);
  if (right & 4)
    {
      g_free (request->content_range);
      request->content_range = g_strdup ("bytes 0-2/3");
    }
  request->encoding = (right >> 4) % (KAF_ENCODING_OTHER + 1);

  if (endpoint->admit != NULL)
    endpoint->admit (service, request);
  if (request->status == 0)
    kaf_service_run (service, endpoint, request);
  check_answer (request);
  return 0;
}
