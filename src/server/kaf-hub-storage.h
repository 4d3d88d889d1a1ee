/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a hub keeps what it holds. Records are texts (kaf-hub-record.h) that no storage looks into, so
 * that any engine with transactions will do. Within begin and end, and from one thread at a time.
 * Functions that can fail return FALSE or NULL with KAF_HUB_ERROR. */
#pragma once

#include "rules/kaf-identity-paper.h"
#include "server/kaf-hub.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-hub-record.h"
#include "sync/kaf-op-group.h"

G_BEGIN_DECLS

/* How far the hub has come with a device. */
typedef struct
{
  gint64 dseq;                         /* of the last group taken; 0: none */
  guint8 hash[KAF_OP_GROUP_HASH_SIZE]; /* of its header */
  KafHlc clock;                        /* the last one settled */
  gint64 erased;                       /* number of the last erasure that it has carried out */
} KafHubDevice;

/* A group that was taken. */
typedef struct
{
  gint64 first;  /* the hub's number of its first operation */
  char *verdict; /* and below it, "ENTITY\tID\tWHY\tFIELD\n"…: operations that were not taken */
  char *resend;  /* "ENTITY\tID\n"…: records that its author must be told whole */
  guint8 payload_hash[KAF_OP_GROUP_HASH_SIZE]; /* as read; the group itself tells it when written */
} KafHubReceipt;
/* Of one that was read. */
void kaf_hub_receipt_clear (KafHubReceipt *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubReceipt, kaf_hub_receipt_clear)

/* Something that is kept by its name. */
typedef struct
{
  char *key, *value;
} KafHubMeta;

/* What came of the content of a file. */
typedef struct
{
  gint64 size;  /* bytes of the whole */
  char *user;   /* who sends it, or did */
  gint64 at;    /* ms since 1970 UTC of its last chunk */
  GBytes *came; /* a bit by chunk, the lowest first; NULL: it is whole, and verified */
} KafHubBlob;
void kaf_hub_blob_clear (KafHubBlob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHubBlob, kaf_hub_blob_clear)

/* The number of a paper of somebody (rules/kaf-identity-paper.h). */
typedef struct
{
  char *person; /* id */
  KafIdentityPaper kind;
  char *number; /* normalised */
  char *until;  /* ISO day, the last on which it is valid; nullable: not known */
  char *user;   /* who entered it */
  gint64 at;    /* when, µs since 1970 UTC */
} KafHubPaper;
void kaf_hub_paper_free (KafHubPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHubPaper, kaf_hub_paper_free)
#define KAF_HUB_NAMED '~'
#define KAF_HUB_PRODUCTION "production"
#define KAF_HUB_LOST "lost"

typedef struct _KafHubStorage KafHubStorage;
typedef gboolean (*KafHubFeedFunc) (KafHubRecord *record, gpointer data, GError **error);

/* Whether a record is passed over, by what is known without reading it. */
typedef gboolean (*KafHubSkipFunc) (const KafEntity *root,
                                    gint64 seq,
                                    const char *scopes,
                                    gpointer data);

/* A record, by what is known without reading it. */
typedef struct
{
  const KafEntity *root; /* NULL: of a kind that is not known here */
  const char *entity, *id;
  gint64 seq;
  const char *scopes;
} KafHubPlace;

/* What is to be done with it. */
typedef enum
{
  KAF_HUB_STOP, /* nothing of this one, nor of those behind it */
  KAF_HUB_PASS,
  KAF_HUB_READ,
  KAF_HUB_FAIL,
} KafHubStep;
typedef KafHubStep (*KafHubPlaceFunc) (const KafHubPlace *place, gpointer data, GError **error);

/* A group of which something was not taken. */
typedef struct
{
  guint64 device;
  gint64 dseq, first;
  const char *author; /* nullable */
  gint64 at;          /* settled, µs since 1970 UTC */
  const char *verdict;
  const char *payload; /* nullable */
} KafHubRefusedGroup;
typedef gboolean (*KafHubRefusedFunc) (const KafHubRefusedGroup *group,
                                       gpointer data,
                                       GError **error);

typedef struct
{
  void (*close) (KafHubStorage *self);
  gboolean (*begin) (KafHubStorage *self, GError **error);
  gboolean (*end) (KafHubStorage *self, gboolean done, GError **error);
  /* Lets go of what it holds in memory of what it has read. Outside of the two. */
  void (*forget) (KafHubStorage *self);

  /* Within the two, a part that can be taken back alone. Where the storage itself failed in one, the end fails. */
  gboolean (*begin_part) (KafHubStorage *self, GError **error);
  gboolean (*end_part) (KafHubStorage *self, gboolean done, GError **error);

  /* "epoch", "seq", "grants.VERSION", KAF_HUB_PRODUCTION: "1" where no sample data is taken, KAF_HUB_LOST: of each
   * restored backup the last number that it holds and the first that is given after it, "N M\n"… */
  char *(*get_meta) (KafHubStorage *self, const char *key, GError **error);
  /* @value: NULL: nothing stands there any more. */
  gboolean (*set_meta) (KafHubStorage *self, const char *key, const char *value, GError **error);
  /* What stands under the keys that begin with @prefix, in their order. (element-type KafHubMeta) (transfer full) */
  GPtrArray *(*list_meta) (KafHubStorage *self, const char *prefix, GError **error);

  /* @record (out): NULL when there is none. */
  gboolean (*read_record) (KafHubStorage *self,
                           const KafEntity *root,
                           const char *id,
                           KafHubRecord **record,
                           GError **error);
  gboolean (*write_record) (KafHubStorage *self, const KafHubRecord *record, GError **error);

  /* Records changed after number @after, in the order of their change, as long as @func says TRUE.
   * @touched (nullable): "ENTITY\tID" → KafHubRecord, those that are at hand and need not be read.
   * @skip: nullable. */
  gboolean (*read_feed) (KafHubStorage *self,
                         gint64 after,
                         GHashTable *touched,
                         KafHubSkipFunc skip,
                         KafHubFeedFunc func,
                         gpointer data,
                         GError **error);

  /* All records behind the one that is named (nullable: from the first), in the order of entity and id, by bytes. @place
   * is asked of each, @func told of those that it wants read. @all (out): no one stopped it. */
  gboolean (*read_places) (KafHubStorage *self,
                           const char *entity,
                           const char *id,
                           KafHubPlaceFunc place,
                           KafHubFeedFunc func,
                           gpointer data,
                           gboolean *all,
                           GError **error);

  /* What a record belongs to, in the place of what it did before, if it @had anything. @parents: of char*,
   * "ENTITY\tID"; with KAF_HUB_NAMED before it, what the record only names (kaf_scope_names()). */
  gboolean (*write_parents) (KafHubStorage *self,
                             const KafEntity *root,
                             const char *id,
                             gboolean had,
                             GPtrArray *parents,
                             GError **error);
  /* Those of a record, and the records that belong to one. (element-type utf8) (transfer full) */
  GPtrArray *(*read_parents) (KafHubStorage *self,
                              const KafEntity *root,
                              const char *id,
                              GError **error);
  GPtrArray *(*read_children) (KafHubStorage *self,
                               const KafEntity *root,
                               const char *id,
                               GError **error);
  /* The records that name one so. (element-type utf8) (transfer full) */
  GPtrArray *(*read_naming) (KafHubStorage *self,
                             const KafEntity *root,
                             const char *id,
                             GError **error);

  /* Ids of the records of @root whose text has one of @ids (a set of char*) in it, wherever: a walk over all of that
   * kind. (element-type utf8) (transfer full) */
  GPtrArray *(*find_telling) (KafHubStorage *self,
                              const KafEntity *root,
                              GHashTable *ids,
                              GError **error);

  gboolean (*read_device) (KafHubStorage *self,
                           guint64 device,
                           KafHubDevice *state,
                           GError **error);
  gboolean (*write_device) (KafHubStorage *self,
                            guint64 device,
                            const KafHubDevice *state,
                            GError **error);

  /* @receipt (out): its texts are the caller's; NULL ones when there is no such group. */
  gboolean (*read_receipt) (
      KafHubStorage *self, guint64 device, gint64 dseq, KafHubReceipt *receipt, GError **error);
  gboolean (*write_group) (KafHubStorage *self,
                           const KafOpGroup *group,
                           const char *author,
                           gint64 at,
                           const KafHubReceipt *receipt,
                           GError **error);

  /* Of a group that is there. */
  gboolean (*set_verdict) (
      KafHubStorage *self, guint64 device, gint64 dseq, const char *verdict, GError **error);

  /* Those whose verdicts name the reason @why, or one that begins so, in the order in which they came; @first: the one
   * whose first number that is; 0: all. */
  gboolean (*read_refused) (KafHubStorage *self,
                            gint64 first,
                            const char *why,
                            KafHubRefusedFunc func,
                            gpointer data,
                            GError **error);

  /* Who wrote the edit that the hub numbered @seq, and when. */
  gboolean (*read_author) (
      KafHubStorage *self, gint64 seq, char **author, gint64 *at, GError **error);

  /* Gives the reference to the record unless it is another's. @taken (out). */
  gboolean (*enter_ref) (KafHubStorage *self,
                         const char *ref,
                         const char *entity,
                         const char *id,
                         gboolean *taken,
                         GError **error);
  /* Whose reference it is; @id (out): NULL when nobody's. */
  gboolean (*find_ref) (
      KafHubStorage *self, const char *ref, char **entity, char **id, GError **error);
  gint64 (*next_number) (KafHubStorage *self, const char *counter, GError **error);

  /* Removes the records (element-type KafErased, whose numbers it gives), what was written of them, and
   * keeps their ids for ever. Those that are not here are kept out all the same. */
  gboolean (*erase) (KafHubStorage *self, GPtrArray *victims, gint64 at, GError **error);
  gboolean (*is_erased) (
      KafHubStorage *self, const char *entity, const char *id, gboolean *erased, GError **error);
  GPtrArray *(*read_erased) (KafHubStorage *self, gint64 after, GError **error);

  /* Numbers of papers, which are in no record, and go with a person who is erased. One of a kind a person; the first is
   * given in place of what was there. (element-type KafHubPaper) (transfer full) */
  gboolean (*write_paper) (KafHubStorage *self, const KafHubPaper *paper, GError **error);
  gboolean (*drop_paper) (KafHubStorage *self,
                          const char *person,
                          KafIdentityPaper kind,
                          GError **error);
  GPtrArray *(*read_papers) (KafHubStorage *self, const char *person, GError **error);
  /* Ids of those who have any, behind the one that is named ("": from the first), @limit at most. (element-type utf8)
   * (transfer full) */
  GPtrArray *(*list_papered) (KafHubStorage *self, const char *after, guint limit, GError **error);

  /* Once the transaction is through: leaves nothing of what was removed in log and free pages. Fails while
   * somebody reads what was there before. */
  gboolean (*scrub) (KafHubStorage *self, GError **error);

  /* Contents by their SHA-256 in hex; which attachments name one is kept as records are written. */
  GPtrArray *(*find_blob_names) (KafHubStorage *self, const char *sha256, GError **error);
  /* @blob (out): of size -1 when nothing came. */
  gboolean (*read_blob) (KafHubStorage *self, const char *sha256, KafHubBlob *blob, GError **error);
  gboolean (*write_blob) (KafHubStorage *self,
                          const char *sha256,
                          const KafHubBlob *blob,
                          GError **error);
  gboolean (*drop_blob) (KafHubStorage *self, const char *sha256, GError **error);
  gboolean (*sum_blobs) (KafHubStorage *self, const char *user, gint64 *size, GError **error);
  /* (element-type utf8): those that never became whole, of which nothing came since @since. */
  GPtrArray *(*list_stale_blobs) (KafHubStorage *self, gint64 since, GError **error);

  gboolean (*get_figures) (KafHubStorage *self, KafHubFigures *figures, GError **error);
  gboolean (*back_up) (KafHubStorage *self, const char *path, GError **error);
} KafHubStorageClass;

struct _KafHubStorage
{
  const KafHubStorageClass *klass;
};

KafHubStorage *
kaf_hub_sqlite_open (const char *path, gboolean create, KafRandom *random, GError **error);

/* Of one that serves, see kaf-checkpointer.h. */
void kaf_hub_sqlite_checkpoint_aside (KafHubStorage *self);

/* A second look at one that is open already, up to date: whatever writes in it fails. */
KafHubStorage *kaf_hub_sqlite_open_reader (const char *path, GError **error);

G_END_DECLS
