/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub that a real store filled: of each kind of record one that lies in Switzerland and one that does not, with every
 * text that the schema has saying where it lies, of which class it is, and of which kind. */
#pragma once

#include "kaf-fixture.h"
#include "schema/kaf-role.h"
#include "server/kaf-service.h"
#include "sync/kaf-op-group.h"

G_BEGIN_DECLS

#define N_PLACES 2
#define WRITTEN_BY_FORCE "Einbruch"

/* What stands in texts of it: "in" Switzerland and "out". */
extern const char *const world_places[N_PLACES];

/* Of a content that both attachments name. */
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* One text that stands in the hub. */
typedef struct
{
  char *text;
  guint place; /* 0: in Switzerland */
  KafClass klass;
  const KafEntity *root;
} Canary;

typedef struct
{
  char *dir;
  KafService *service;
  KafRandom *random; /* of a service by another clock; else NULL */
  KafFixture *store;
  char *token;          /* of the store, which sees everything */
  GHashTable *canaries; /* text → Canary */
  char *persons[N_PLACES], *organisations[N_PLACES];
  char *aside[N_PLACES]; /* names of edits that are kept aside, see world_name_aside() */
  char *ordered;         /* id of one who was erased by an order before */
} World;

/* Who asks. */
typedef struct
{
  World *world;
  const KafRole *role;
  const char *scope;
  char *user, *token;
  guint64 device;
  gint64 dseq;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];
} Actor;

World *world_new (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* The service goes by the clock from then on, until it is opened anew. */
void world_set_clock (World *self, KafClock *clock);
/* It serves for so many hours of that clock, and cleans up in each as the program does; @leap days before the first: the clock
 * is set. */
void world_run_hours (World *self, KafClock *clock, gint64 leap, guint hours);

/* What the handler answers. @size < 0: all of @body. (transfer full) */
KafRequest *
world_ask (World *self, const char *path, const char *token, const char *body, gssize size);

/* The token of a device of a user, who is made where there is none of that name. (transfer full) */
char *
world_enroll (World *self, const char *user, const char *role, const char *scope, guint64 device);

/* Exchanges until the store has nothing to say and has heard all. Returns how many of its edits were refused; of the
 * second, none may be. */
guint world_exchange (World *self);
void world_sync (World *self);

/* Has somebody else erased, by an officer of another name, salwa. */
void world_order_one (World *self);

/* Notes by what names the first edits of the persons wait that are kept aside, as a manager is told. */
void world_name_aside (World *self);

/* The first line of a device that has read nothing. (transfer full) */
char *world_greet (World *self);

/* A group with one operation, by a client that keeps to no rule of its own. (transfer full) */
KafRequest *actor_send (Actor *self, const char *payload);

/* Who keeps settings sets one from a day on; and those by which numbers of papers may be kept. */
void actor_set (Actor *self, const char *key, const char *from, const char *value);
void actor_authorise (Actor *self);

G_END_DECLS
