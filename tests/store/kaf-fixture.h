/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, with a clock and a seed that repeat. */
#pragma once

#include "store/kaf-commit.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

typedef struct
{
  char *folder, *path;
  KafClock *clock;
  KafRandom *random;
  KafDatabase *db;
} KafFixture;

KafFixture *kaf_fixture_new (void);

/* With another seed: another device. */
KafFixture *kaf_fixture_new_seeded (guint64 seed);
void kaf_fixture_free (KafFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFixture, kaf_fixture_free)

/* Closes and opens again. */
void kaf_fixture_reopen (KafFixture *self);

/* Creates a record of FIELD, VALUE pairs; returns its id. (transfer full) */
char *kaf_fixture_create (KafFixture *self, const char *entity, const char *id, ...)
    G_GNUC_NULL_TERMINATED;
KafReceipt *kaf_fixture_update (KafFixture *self, const char *entity, const char *id, ...)
    G_GNUC_NULL_TERMINATED;

void kaf_fixture_delete (KafFixture *self, const char *entity, const char *id);

/* The value of a field. (transfer full) */
char *kaf_fixture_get (KafFixture *self, const char *entity, const char *id, const char *field);

/* The user of the store has that role on a hub from now on. */
void kaf_fixture_be (KafDatabase *db, const char *role);

void kaf_fixture_assert_field (
    KafFixture *self, const char *entity, const char *id, const char *field, const char *value);

/* Fails the test when kaf_check() finds anything. */
void kaf_fixture_assert_whole (KafFixture *self);

/* Ids of what a search finds, best first. (transfer full) */
GPtrArray *kaf_fixture_search (KafFixture *self, const char *entity, const char *text);

void kaf_fixture_remove_folder (const char *folder);
