/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a device that is signed in sends, the hub answers by the protocol and never breaks, and what it then tells, another
 * device takes: no edit of one is the end of the others' syncs.
 *
 * Lines of the input: the first is a cursor, or empty for the one that was last told; "!" begins a line that is sent as it is; each other is the operations of a
 * group, which gets the number and the hashes that the hub expects. Lines after "?" are what is said to compare what the device
 * holds, "$" in them the cursor that was last told. Now and then the other device is compared, and nothing may be found. Hub
 * and store live on from input to input, and are made
 * anew now and then. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "server/kaf-password.h"
#include "server/kaf-service.h"
#include "store/kaf-check.h"
#include "store/kaf-drafts.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-reconcile.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-compare.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-json.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-wire.h"

#define INPUTS_OF_A_WORLD 2000
#define INPUTS_BETWEEN_CHECKS 250
#define GROUPS_MAX 8

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Of a reference list: a name line and records. All of them would be what every input waits for. */
#define LIST_LINES 5

/* One who writes whatever the input says. */
typedef struct
{
  guint64 device;
  char *authorization;
  gint64 dseq;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
  char *cursor;
} Writer;

static char *dir;
static KafService *service;
static KafDatabase *store;
static Writer writer;
static char *reader_authorization;
static guint n_inputs;

static char *
in_dir (const char *name)
{
  return g_build_filename (dir, name, NULL);
}

static void
remove_files (void)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = in_dir (name);

      g_unlink (path);
    }
}

static void
close_world (void)
{
  g_clear_pointer (&service, kaf_service_close);
  g_clear_pointer (&store, kaf_database_close);
  g_clear_pointer (&writer.authorization, g_free);
  g_clear_pointer (&writer.cursor, g_free);
  g_clear_pointer (&reader_authorization, g_free);
  remove_files ();
}

static void
clean_up (void)
{
  close_world ();
  g_rmdir (dir);
}

static guint64
enroll (const char *user, guint64 device, char **authorization)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafAccountsSession) session = NULL;

  kaf_accounts_add_user (service->accounts, user, "not asked for", &error);
  g_assert_no_error (error);
  kaf_accounts_grant (service->accounts, user, "manager", "national", &error);
  g_assert_no_error (error);
  session = kaf_accounts_enroll (service->accounts, user, device, "fuzz", &error);
  g_assert_no_error (error);
  *authorization = g_strconcat ("Bearer ", session->access, NULL);
  return session->device;
}

/* The answer to @body; the status of another is checked and NULL. */
static GString *
post_to (const char *path, const char *authorization, const GString *body, guint other)
{
  const KafEndpoint *endpoint = kaf_service_find_endpoint (path);
  g_autoptr (KafRequest) request = kaf_request_new ();

  request->authorization = g_strdup (authorization);
  request->address = g_strdup ("192.0.2.1");
  g_string_append_len (request->body, body->str, body->len);
  endpoint->admit (service, request);
  g_assert_cmpuint (request->status, ==, 0);
  kaf_service_run (service, endpoint, request);
  if (request->status == 200)
    return g_string_new_len (request->answer->str, request->answer->len);
  g_assert_true (request->status == 400 || request->status == other);
  return NULL;
}

static GString *
post (const char *authorization, const GString *body, guint other)
{
  return post_to ("/v1/sync", authorization, body, other);
}

static void
read_all (void)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *cursor = kaf_local_get (store, KAF_SYNC_CURSOR);
      const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL,
                               .now = g_get_real_time () / 1000,
                               .cursor = cursor };
      GString *answer;
      KafInboxResult result;

      kaf_hello_print (&hello, body);
      kaf_outbox_print (store, KAF_HUB_MAX_BODY / 4, body, &error);
      g_assert_no_error (error);
      answer = post (reader_authorization, body, 200);
      g_assert_nonnull (answer);
      kaf_inbox_take (store, answer->str, answer->len, &result, &receipt, &error);
      g_assert_no_error (error);
      more = result.more;
      g_string_free (answer, TRUE);
    }
}

/* Short lists for the stores. */
static void
make_lists (void)
{
  static const char *const names[] = { "countries.tsv",   "territories.tsv", "sectors.tsv",
                                       "occupations.tsv", "domains.tsv",     "languages.tsv",
                                       "holidays.tsv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (FUZZ_DATA, "reference", names[i], NULL);
      g_autofree char *to = in_dir (names[i]);
      g_autofree char *text = NULL;
      char *end;

      g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
      end = text;
      for (guint j = 0; j < LIST_LINES && end != NULL; j++)
        end = strchr (end + (j > 0), '\n');
      g_assert_nonnull (end);
      g_assert_true (g_file_set_contents (to, text, end + 1 - text, NULL));
    }
}

static void
open_world (void)
{
  const KafEnvironment environment = { .lists_dir = dir };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_dir ("store.db");
  guint64 device;

  make_lists ();
  service = kaf_service_open (dir, TRUE, &error);
  g_assert_no_error (error);
  store = kaf_database_open (path, KAF_OPEN_CREATE, &environment, &error);
  g_assert_no_error (error);
  writer = (Writer){ 0 };
  writer.device = enroll ("writer", 1, &writer.authorization);
  device = enroll ("reader", kaf_sync_get_device (store), &reader_authorization);
  kaf_sync_enroll (store, "https://hub", "reader", "manager", device, &error);
  g_assert_no_error (error);
  read_all ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  const char *memory = "/dev/shm";

  /* A disk would be what is measured. */
  if (g_getenv ("TMPDIR") == NULL && g_file_test (memory, G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", memory, TRUE);
  g_assert_true (sodium_init () >= 0);
  dir = g_dir_make_tmp ("kafaat-fuzz-XXXXXX", NULL);
  open_world ();
  atexit (clean_up);
  return 0;
}

/* FALSE: no payload that a device could have written. */
static gboolean
print_group (Writer *self, const char *text, gsize size, GString *body)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list = kaf_wire_parse (text, size, parts, NULL);
  g_autofree char *payload = g_strndup (text, size);
  KafOpGroup group = { .device = self->device,
                       .dseq = self->dseq + 1,
                       .batch = (char *) "batch",
                       .at = g_get_real_time (),
                       .author = (char *) "writer",
                       .schema = 1,
                       .payload = payload };

  if (!kaf_wire_is_array (list) || list->n == 0 || list->n > KAF_OP_GROUP_MAX_OPS ||
      *payload != '[')
    return FALSE;
  group.n_ops = list->n;
  group.clock = kaf_hlc_make (g_get_real_time () / 1000, self->dseq % 1000, self->device);
  memcpy (group.prev_hash, self->hash, sizeof group.prev_hash);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_op_group_print (&group, body);
  kaf_op_group_hash (&group, self->hash);
  self->dseq++;
  return TRUE;
}

static gboolean
read_row (const char *line, gsize length)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, length, NULL);
  g_auto (KafCheckpoint) checkpoint = { 0 };

  if (row != NULL)
    return TRUE;
  if (!kaf_checkpoint_parse (line, length, &checkpoint, NULL))
    return FALSE;
  g_free (writer.cursor);
  writer.cursor = g_steal_pointer (&checkpoint.cursor);
  return TRUE;
}

/* Whether an answer is one, by the readers of a client. */
static void
check_answer (const GString *answer)
{
  const char *text = answer->str, *line;
  gsize size = answer->len, length;

  for (guint i = 0; (line = kaf_exchange_next (&text, &size, &length)) != NULL; i++)
    {
      g_auto (KafHello) hello = { 0 };
      g_autoptr (GPtrArray) list = NULL;
      gint64 expects;

      if (i == 0)
        g_assert_true (kaf_hello_parse (line, length, &hello, NULL));
      else if (i == 1)
        g_assert_nonnull (list = kaf_verdicts_parse (line, length, &expects, NULL));
      else if (i == 2)
        g_assert_nonnull (list = kaf_erased_parse (line, length, NULL));
      else
        g_assert_true (read_row (line, length));
    }
  g_assert_cmpuint (size, ==, 0);
}

static void
print_input (Writer *self, const char *text, gsize size, GString *body)
{
  const char *line;
  gsize length;
  guint n = 0;

  g_string_append_printf (
      body, "{\"hello\":1,\"now\":%" G_GINT64_FORMAT ",\"cursor\":", g_get_real_time () / 1000);
  line = kaf_exchange_next (&text, &size, &length);
  if (line != NULL && length == 0)
    kaf_json_append_string (body, writer.cursor);
  else if (line != NULL && g_utf8_validate_len (line, length, NULL))
    {
      g_autofree char *cursor = g_strndup (line, length);

      kaf_json_append_string (body, cursor);
    }
  else
    g_string_append (body, "null");
  g_string_append (body, "}\n");
  while (line != NULL && (line = kaf_exchange_next (&text, &size, &length)) != NULL)
    {
      if (length > 0 && *line == '!')
        g_string_append_len (body, line + 1, length);
      else if (length > 0 && *line == '?')
        continue;
      else if (n < GROUPS_MAX)
        n += print_group (self, line, length, body);
    }
}

/* The lines that compare; empty where there is none. */
static void
print_comparison (const char *text, gsize size, GString *body)
{
  const char *line;
  gsize length;

  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    if (length > 0 && *line == '?')
      g_string_append_len (body, line + 1, length);
  g_string_replace (body, "$", writer.cursor != NULL ? writer.cursor : "", 0);
}

static void
check_comparison (const GString *answer)
{
  const char *text = answer->str, *line;
  gsize size = answer->len, length;
  g_auto (KafCompareAnswer) first = { NULL };
  gboolean ends = FALSE;

  line = kaf_exchange_next (&text, &size, &length);
  g_assert_nonnull (line);
  g_assert_true (kaf_compare_answer_parse (line, length, &first, NULL));
  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    {
      g_auto (KafCompareEnd) end = { { NULL } };
      g_autoptr (KafFeedRow) row = NULL;

      g_assert_false (ends);
      ends = kaf_compare_end_parse (line, length, &end, NULL);
      if (!ends)
        row = kaf_feed_row_parse (line, length, NULL);
      g_assert_true (ends || row != NULL);
    }
  g_assert_cmpuint (size, ==, 0);
  g_assert_true (ends || first.has_sums || first.behind);
}

static void
compare (const char *text, gsize size)
{
  g_autoptr (GString) body = g_string_new (NULL);
  GString *answer;

  print_comparison (text, size, body);
  if (body->len == 0)
    return;
  answer = post_to ("/v1/reconcile", writer.authorization, body, 426);
  if (answer == NULL)
    return;
  check_comparison (answer);
  g_string_free (answer, TRUE);
}

/* What it was told it holds, whatever that was. */
static void
compare_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReconcile) reconcile = kaf_reconcile_new (store, &error);
  const KafReconcileResult *result = kaf_reconcile_get_result (reconcile);
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      GString *answer;

      kaf_reconcile_print (reconcile, store, body);
      answer = post_to ("/v1/reconcile", reader_authorization, body, 200);
      g_assert_nonnull (answer);
      kaf_reconcile_take (reconcile, store, answer->str, answer->len, &receipt, &done, &error);
      g_assert_no_error (error);
      g_string_free (answer, TRUE);
    }
  g_assert_false (result->early);
  g_assert_cmpuint (kaf_reconcile_count_mended (result) + result->n_left + result->n_unknown, ==,
                    0);
}

static void
check_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = kaf_check (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_printerr ("%s\n", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) body = g_string_new (NULL);
  Writer after = writer;
  GString *answer;

  if (++n_inputs % INPUTS_OF_A_WORLD == 0)
    {
      close_world ();
      open_world ();
      after = writer;
    }
  print_input (&after, (const char *) data, size, body);
  answer = post (writer.authorization, body, 426);
  if (answer == NULL)
    return 0;
  writer = after;
  check_answer (answer);
  g_string_free (answer, TRUE);
  compare ((const char *) data, size);
  read_all ();
  if (n_inputs % INPUTS_BETWEEN_CHECKS == 0)
    {
      check_store ();
      compare_store ();
    }
  return 0;
}
