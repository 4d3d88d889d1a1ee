/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where records stand as the hub has them: the pure function of rules/kaf-scope.h over what the hub
 * keeps, and who stands elsewhere once one of them has moved. Within a transaction of the storage. */
#pragma once

#include "server/kaf-hub-grants.h"
#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

/* Raised when kaf_scope_of() gives other scopes than before: all records are looked at again. */
#define KAF_HUB_SCOPES_VERSION "4"

typedef struct
{
  KafHubStorage *storage;
  GHashTable *records; /* "ENTITY\tID" → KafHubRecord: those touched; written by who owns it */
  GHashTable *read;    /* the same of those read for the sake of others */
  GHashTable *parents; /* set of "ENTITY\tID": records that belongings were noted of */
  char *parent;        /* "ENTITY\tID": whose belongings were read last; nullable */
  GPtrArray *children; /* those; they hold until belongings are written */
  GPtrArray *affected; /* of char*, "ENTITY\tID": to be looked at, beside those touched */
  KafHubRecord *draft; /* not owned, nullable: the record that is asked about, kept or not */
  gboolean apart;      /* no exchange: what belongs to what was noted before */
  guint n_moves;       /* records that got a number because they stand elsewhere now */
  GError *error;       /* the first failure */
} KafHubScopes;

/* @records: not owned. */
void kaf_hub_scopes_init (KafHubScopes *self, KafHubStorage *storage, GHashTable *records);
void kaf_hub_scopes_clear (KafHubScopes *self);

/* The scopes that a record stands in. (transfer full) Errors: KAF_HUB_ERROR. */
char **kaf_hub_scopes_of (KafHubScopes *self, KafHubRecord *record, GError **error);

/* The record of that key, touched or not; NULL without @error: there is none. (transfer none) */
KafHubRecord *kaf_hub_scopes_find (KafHubScopes *self, const char *key, GError **error);

/* To be told of each record that an edit changed: what it belongs to is kept. */
gboolean kaf_hub_scopes_note (KafHubScopes *self, KafHubRecord *record, GError **error);

/* Has those touched since number @first stand where they do now, and those with them that belong to
 * them; the latter get a number each out of *@seq, and are touched from then on. */
gboolean kaf_hub_scopes_settle (KafHubScopes *self, gint64 first, gint64 *seq, GError **error);

/* The same of all records that there are, once, when the function has changed. */
gboolean kaf_hub_scopes_settle_all (KafHubStorage *storage, GError **error);

/* After an erasure: those that the erased records (element-type KafErased) stood by. To be called with
 * what kaf_hub_scopes_find_tied() gave before it. */
GPtrArray *kaf_hub_scopes_find_tied (KafHubStorage *storage, GPtrArray *victims, GError **error);
gboolean kaf_hub_scopes_settle_tied (KafHubStorage *storage, GPtrArray *keys, GError **error);

/* The same of records that the hub itself wrote (element-type utf8, "ENTITY\tID"). */
gboolean kaf_hub_scopes_settle_written (KafHubStorage *storage, GPtrArray *keys, GError **error);

G_END_DECLS
