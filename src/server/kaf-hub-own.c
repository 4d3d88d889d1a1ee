/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-own.h"

#include <string.h>

#include "schema/kaf-registry.h"

KafHubGroup *
kaf_hub_own_make_group (
    const KafHubIntake *intake, const char *batch, const char *payload, guint n_ops, gint64 saw)
{
  g_autoptr (GString) line = g_string_new (NULL);
  KafOpGroup group = { .device = KAF_HUB_OWN_DEVICE,
                       .dseq = intake->device.dseq + 1,
                       .batch = (char *) batch,
                       .at = intake->now * 1000,
                       .author = (char *) intake->session->user,
                       .clock = kaf_hlc_make (intake->now, 0, KAF_HUB_OWN_DEVICE),
                       .schema = KAF_SCHEMA_VERSION,
                       .n_ops = n_ops,
                       .saw = CLAMP (saw, 0, intake->seq),
                       .payload = (char *) payload };

  memcpy (group.prev_hash, intake->device.hash, sizeof group.prev_hash);
  /* Of what is erased the hash stays: nobody tries it against what he guesses. */
  kaf_random_bytes (intake->random, group.salt, sizeof group.salt);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_op_group_print (&group, line);
  return kaf_hub_group_read (line->str, line->len, intake->device.dseq);
}
