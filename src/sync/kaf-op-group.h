/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of operations as it travels: one line of JSON.
 *
 *   {"device":HEX,"dseq":N,"batch":TEXT,"at":µs,"author":TEXT,"clock":HEX,"schema":N,"n":N,
 *    "prev":HEX,"hash":HEX,"salt":HEX,"saw":N,"ops":[…]}
 *
 * The operations are the payload of the journal, byte for byte: "hash" is SHA-256 of salt and payload.
 * With "partial":true something was erased of them, and the hash cannot be checked.
 * Members that a newer peer adds are passed over. */
#pragma once

#include "base/kaf-hlc.h"
#include "sync/kaf-sync-error.h"

G_BEGIN_DECLS

#define KAF_OP_GROUP_HASH_SIZE 32
#define KAF_OP_GROUP_SALT_SIZE 16

/* What a group may hold; the journal begins another before (kaf-journal.h), but for what its last
 * operation adds. */
#define KAF_OP_GROUP_MAX_OPS 500
#define KAF_OP_GROUP_MAX_BYTES (4 * 1024 * 1024)

typedef struct
{
  guint64 device;
  gint64 dseq;   /* without a gap, from 1 */
  char *batch;   /* id */
  gint64 at;     /* µs since 1970 UTC, by the author's clock */
  char *author;  /* nullable */
  KafHlc clock;  /* of all its operations */
  gint64 schema; /* version that wrote it */
  guint n_ops;
  gint64 saw; /* the hub's number up to which the device had read; 0: it knew no hub */
  guint8 prev_hash[KAF_OP_GROUP_HASH_SIZE];
  guint8 payload_hash[KAF_OP_GROUP_HASH_SIZE];
  guint8 salt[KAF_OP_GROUP_SALT_SIZE];
  gboolean partial; /* part of the payload was erased: its hash and number are those of the whole */
  char *payload;    /* JSON array of n_ops operations; nullable with partial */
} KafOpGroup;

/* SHA-256 (salt ‖ payload): so that both can go, by erasure or trimming, and the chain stays whole. */
void kaf_op_group_hash_payload (const guint8 *salt,
                                gsize salt_size,
                                const char *payload,
                                guint8 hash[KAF_OP_GROUP_HASH_SIZE]);

/* The hash of the header, by which the next group of the device is chained to this one. */
void kaf_op_group_hash (const KafOpGroup *self, guint8 hash[KAF_OP_GROUP_HASH_SIZE]);

/* It in hexadecimal digits, small letters among them. (transfer full) */
char *kaf_op_group_print_hash (const guint8 hash[KAF_OP_GROUP_HASH_SIZE]);

void kaf_op_group_free (KafOpGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafOpGroup, kaf_op_group_free)

/* Appends the line, with its line end. */
void kaf_op_group_print (const KafOpGroup *self, GString *out);

/* Reads a line (@size bytes, with or without its end) and checks that it is whole: its form, its
 * limits, the number of its operations and their hash. What the operations say is for the merge to
 * judge. Errors: KAF_SYNC_ERROR; the message names a member, never a value. (transfer full) */
KafOpGroup *kaf_op_group_parse (const char *line, gsize size, GError **error);

G_END_DECLS
