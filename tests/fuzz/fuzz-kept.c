/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever somebody writes where he may not, who answers there is told what waits, as JSON of what he reads, and settles
 * it. The first byte says how; the rest are the operations. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "server/kaf-hub-quarantine.h"
#include "server/kaf-hub.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-wire.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* From so many on, a hub is left for an empty one. */
#define GROUPS_MAX 200

typedef struct
{
  KafHubSession session;
  gint64 dseq;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
} Writer;

static char *dir, *path;
static KafClock *machine;
static KafRandom *chance;
static KafHub *hub;
static Writer insider, outsider;

static void
leave_hub (void)
{
  g_clear_pointer (&hub, kaf_hub_close);
  g_unlink (path);
}

static void
clean_up (void)
{
  leave_hub ();
  g_rmdir (dir);
  kaf_clock_unref (machine);
  kaf_random_unref (chance);
  g_free (path);
  g_free (dir);
}

static void
begin_hub (void)
{
  g_autoptr (GError) error = NULL;

  leave_hub ();
  hub = kaf_hub_open (path, TRUE, machine, chance, &error);
  g_assert_no_error (error);
  insider = (Writer){ .session = { 7, "zineb", kaf_role_find ("manager"), "national" } };
  outsider = (Writer){ .session = { 8, "karim", kaf_role_find ("agent"), "country:DE" } };
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_assert_true (sodium_init () >= 0);
  dir = g_dir_make_tmp ("kafaat-fuzz-XXXXXX", NULL);
  machine = kaf_clock_new_system ();
  chance = kaf_random_new_system ();
  path = g_build_filename (dir, "hub.db", NULL);
  begin_hub ();
  atexit (clean_up);
  return 0;
}

static void
send (Writer *self, const char *payload, guint n_ops)
{
  KafOpGroup group = { .device = self->session.device,
                       .dseq = self->dseq + 1,
                       .batch = (char *) "batch",
                       .at = g_get_real_time (),
                       .author = (char *) self->session.user,
                       .clock = kaf_hlc_make (g_get_real_time () / 1000, 0, self->session.device),
                       .schema = 1,
                       .n_ops = n_ops,
                       .payload = (char *) payload };
  g_autoptr (GString) body = g_string_new ("{\"hello\":1,\"now\":1790000000000}\n");
  g_autoptr (GString) answer = g_string_new (NULL);

  memcpy (group.prev_hash, self->hash, sizeof group.prev_hash);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_op_group_print (&group, body);
  if (!kaf_hub_exchange (hub, &self->session, body->str, body->len, answer, NULL))
    return;
  kaf_op_group_hash (&group, self->hash);
  self->dseq++;
}

/* What waits, as @session is told. (transfer full) */
static GString *
list (const KafHubSession *session)
{
  GString *lines = g_string_new (NULL);
  const char *text, *line;
  gsize size, length;

  g_assert_true (kaf_hub_print_quarantine (hub, session, 200, lines, NULL));
  text = lines->str;
  size = lines->len;
  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    g_assert_true (kaf_wire_check (line, length, NULL));
  g_assert_cmpuint (size, ==, 0);
  return lines;
}

/* Settles the first that waits. What is settled waits no more; and what is not taken has a reason. */
static void
settle_first (const KafHubSession *session, const GString *lines, gboolean take)
{
  static const char begins[] = "{\"edit\":\"";
  const char *name = lines->str + strlen (begins);
  g_autofree char *edit = NULL;
  g_autofree char *why = NULL;
  g_autofree char *field = NULL;
  KafHubSettlement settlement = { .take = take, .reason = "non", .seen = G_MAXINT64 };
  gboolean done;

  if (!g_str_has_prefix (lines->str, begins))
    return;
  edit = g_strndup (name, strcspn (name, "\""));
  settlement.edit = edit;
  done = kaf_hub_settle (hub, session, &settlement, &why, &field, NULL);
  g_assert_true (done || (take && why != NULL));
  if (!done)
    return;
  g_clear_pointer (&why, g_free);
  g_clear_pointer (&field, g_free);
  g_assert_false (kaf_hub_settle (hub, session, &settlement, &why, &field, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const KafHubSession officer = { 9, "hind", kaf_role_find ("regional-officer"), "country:CH" };
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autofree char *payload = size > 1 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  const KafWirePart *ops =
      payload != NULL ? kaf_wire_parse (payload, strlen (payload), parts, NULL) : NULL;
  g_autoptr (GString) all = NULL;
  g_autoptr (GString) some = NULL;

  if (ops == NULL || *payload != '[' || ops->n == 0 || ops->n > KAF_OP_GROUP_MAX_OPS)
    return 0;
  if (outsider.dseq + insider.dseq >= GROUPS_MAX)
    begin_hub ();
  send (data[0] & 1 ? &insider : &outsider, payload, ops->n);
  all = list (&insider.session);
  some = list (&officer);
  settle_first (data[0] & 2 ? &officer : &insider.session, data[0] & 2 ? some : all,
                (data[0] & 4) != 0);
  return 0;
}
