/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stores, of Amina and of Brahim, and the hub where they meet. */
#pragma once

#include "kaf-fixture.h"
#include "server/kaf-hub.h"
#include "store/kaf-inbox.h"
#include "store/kaf-reconcile.h"

typedef struct
{
  char *folder;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
  KafFixture *a, *b;
  const char *grant; /* of b; NULL: everything */
  GString *heard;    /* all that b was ever answered */
} World;

/* Their names. */
extern const char *const users[2];

World *world_new (void);
/* Without the two being enrolled. */
World *world_new_alone (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* As an agent, or of another role. */
void enroll (KafFixture *f, const char *user);
void enroll_as (KafFixture *f, const char *user, const char *role);

/* A second passes, everywhere. */
void advance (World *self);

/* What the store says, and what the hub answers. @most: bytes of groups. */
void ask_some (World *self, KafFixture *f, const char *role, gsize most, GString *answer);
void ask (World *self, KafFixture *f, const char *role, GString *answer);
void take (KafFixture *f, GString *answer);

/* As often as there is something to say; sums of all. */
KafInboxResult sync_as (World *self, KafFixture *f, const char *role);
KafInboxResult sync_store (World *self, KafFixture *f);

/* Compares the store with the hub to the end. What the hub counted is added to @compared (nullable). */
KafReconcileResult
reconcile_as (World *self, KafFixture *f, const char *role, KafHubCompared *compared);

void update (KafFixture *f, const char *id, const char *field, const char *value);

/* Whether that record is shown in both. */
void assert_both_show (World *self, const char *entity, const char *id, gboolean there);

/* Ids of open conflicts. (element-type utf8) (transfer full) */
GPtrArray *find_conflicts (KafFixture *f);

/* The hub is what it was at its last backup, and again lacks what others wrote since. */
void restore_hub (World *self, const char *backup);

/* What the hub makes of the one operation of a device, new to it, that keeps to no rule of its own and says that it has
 * read all: why not; NULL: it took it. (transfer full) */
char *say (World *self, guint64 device, const char *role, const char *payload);

/* A person with a facet that both know. (transfer full) */
char *share (World *self);

/* Whether any file of the folder holds @text, be it in free pages or the log. */
gboolean holds (const char *folder, const char *text);
